//! The invented stories and names, read from the files beside this one. Must not hold a word of them itself.

use onedoor_domain::door::{Danger, Signal, Strain};
use onedoor_domain::value::{Line, Text};
use serde::Deserialize;

use super::entered::Unfinished;

/// The way of contact that fits a story or a journey.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum By {
    /// A call.
    Call,
    /// A text message.
    Text,
    /// An e-mail.
    Email,
    /// A letter.
    Letter,
}

/// One person's story, with what colleagues later wrote about it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// The team that fits, a key of the county's teams.
    pub(super) team: String,
    /// The only way of contact that fits, if there is but one.
    pub(super) by: Option<By>,
    /// Danger questions answered yes.
    #[serde(default)]
    pub(super) dangers: Vec<Danger>,
    /// Practical troubles they ticked.
    #[serde(default)]
    pub(super) strains: Vec<Strain>,
    /// What made it hard to get help before, as they ticked it.
    #[serde(default)]
    pub(super) before: Vec<Signal>,
    /// Why now, in their own words.
    pub(super) why: Text,
    /// The senior's narrative.
    pub(super) narrative: Text,
    /// The safety formulation, in words.
    pub(super) safety: Text,
    /// What happens next, as told to the person.
    pub(super) next_step: Text,
    /// Children in their care.
    pub(super) children: Option<Text>,
    /// Advice, where advice was right.
    pub(super) advice: Option<Text>,
    /// Other places that help.
    pub(super) options: Option<Text>,
    /// Who asked for them: what they are to the person, or the national code of their service.
    pub(super) asked_by: Option<String>,
    /// How old they are, where it matters.
    pub(super) age: Option<String>,
}

#[derive(Deserialize)]
struct Entries {
    entry: Vec<Unfinished>,
}

#[derive(Deserialize)]
struct Stories {
    story: Vec<Story>,
}

/// Names and sentences that stories share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub(super) called: Vec<Line>,
    pub(super) surnames: Vec<Line>,
    pub(super) practices: Vec<Line>,
    pub(super) streets: Vec<Line>,
    pub(super) places: Vec<Line>,
    pub(super) safe_times: Vec<Line>,
    pub(super) needs: Vec<Text>,
    pub(super) rang: Vec<Text>,
    pub(super) met: Vec<Text>,
    pub(super) wrote: Vec<Text>,
    pub(super) attempted: Vec<Text>,
    pub(super) rang_all_the_same: Vec<Text>,
    pub(super) late: Vec<Text>,
    pub(super) handed_over: Vec<Text>,
    pub(super) handed_to_cafe: Vec<Text>,
    pub(super) taken_over: Vec<Text>,
    pub(super) cannot: Vec<Text>,
    pub(super) missing: Vec<Text>,
    pub(super) withdrew: Vec<Text>,
    pub(super) withdrew_safety: Vec<Text>,
    pub(super) better: Vec<Text>,
    pub(super) not_better: Vec<Text>,
    pub(super) no_answer: Vec<Text>,
    pub(super) excepted: Vec<Text>,
    pub(super) emergency: Vec<Text>,
    pub(super) death: Vec<Text>,
    pub(super) children_done: Vec<Text>,
    pub(super) wish: Vec<Text>,
    pub(super) no_team: Vec<Text>,
    /// Why this key worker, for whoever chose against a wish.
    pub(super) chosen: Vec<Text>,
}

/// Everything that is told.
#[derive(Clone, Debug)]
pub(super) struct Book {
    /// People who answered a danger question with yes.
    pub(super) danger: Vec<Story>,
    /// People who need a team, not this minute.
    pub(super) everyday: Vec<Story>,
    /// People for whom advice was right.
    pub(super) light: Vec<Story>,
    /// People for whom somebody else asked.
    pub(super) behalf: Vec<Story>,
    /// What somebody began to write down.
    pub(super) unfinished: Vec<Unfinished>,
    /// What they share.
    pub(super) phrases: Phrases,
}

impl Book {
    /// Reads the files, which are part of the program.
    ///
    /// # Errors
    /// Where a file does not read; a test reads them all.
    pub(super) fn read() -> Result<Self, toml::de::Error> {
        let stories = |text| toml::from_str::<Stories>(text).map(|stories| stories.story);
        let unfinished: Entries = toml::from_str(include_str!("stories/unfinished.toml"))?;
        Ok(Self {
            danger: stories(include_str!("stories/danger.toml"))?,
            everyday: stories(include_str!("stories/everyday.toml"))?,
            light: stories(include_str!("stories/light.toml"))?,
            behalf: stories(include_str!("stories/behalf.toml"))?,
            unfinished: unfinished.entry,
            phrases: toml::from_str(include_str!("stories/phrases.toml"))?,
        })
    }
}
