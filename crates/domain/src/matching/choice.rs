//! What a senior made of the suggestions: followed one, or decided something else and said why. Kept with the decision.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Picture, RuleId, Signal, Suggested, Suggestion};
use crate::actor::Author;
use crate::change::EventKind;
use crate::ids::{MatchId, TeamId};
use crate::value::Text;

/// Why a decision differs from every suggestion, in few words; the senior adds more in their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverrideReason {
    /// The person wants something else.
    PersonsWish,
    /// Something that the rules do not know of.
    NotAsked,
    /// What is offered is not there, or there is no place for a long time.
    NotThere,
    /// Something else comes first.
    FirstThingsFirst,
    /// The rule is wrong here.
    RuleWrong,
    /// Something else.
    Other,
}

impl OverrideReason {
    /// Every reason, in form order.
    pub const ALL: [Self; 6] = [
        Self::PersonsWish,
        Self::NotAsked,
        Self::NotThere,
        Self::FirstThingsFirst,
        Self::RuleWrong,
        Self::Other,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::PersonsWish => "persons-wish",
            Self::NotAsked => "not-asked",
            Self::NotThere => "not-there",
            Self::FirstThingsFirst => "first-things-first",
            Self::RuleWrong => "rule-wrong",
            Self::Other => "other",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What the senior chose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "chose")]
pub enum Chosen {
    /// The decision goes the way of this suggestion.
    Follows {
        /// The rule.
        rule: RuleId,
    },
    /// It differs from every suggestion.
    Differs {
        /// Why, in few words.
        reason: OverrideReason,
        /// Why, in their words.
        words: Text,
    },
    /// Nothing was suggested.
    NothingSuggested,
}

/// What the senior saw and chose, on its way to the decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Weighing {
    /// The edition in force.
    pub edition: u32,
    /// What it suggested then.
    pub shown: Vec<Suggestion>,
    /// What they chose.
    pub chosen: Chosen,
    /// The team the decision names, if it names one.
    pub team: Option<TeamId>,
}

impl Weighing {
    /// Whether a choice was made among what was shown: nothing is followed that was not suggested, and nothing that was
    /// suggested is passed over without a reason.
    pub fn is_made(&self) -> bool {
        match &self.chosen {
            Chosen::Follows { rule } => self.shown.iter().any(|one| one.rule == *rule),
            Chosen::Differs { .. } => !self.shown.is_empty(),
            Chosen::NothingSuggested => self.shown.is_empty(),
        }
    }
}

/// The same, kept for ever with the referral.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Weighed {
    /// Its id.
    pub id: MatchId,
    /// The step it belongs to.
    pub step: EventKind,
    /// The edition in force.
    pub edition: u32,
    /// What it suggested then, with the reasons.
    pub shown: Vec<Suggestion>,
    /// What was chosen.
    pub chosen: Chosen,
    /// The team the decision names, if it names one.
    pub team: Option<TeamId>,
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

impl Weighed {
    /// The suggestion that was followed.
    pub fn followed(&self) -> Option<&Suggestion> {
        match &self.chosen {
            Chosen::Follows { rule } => self.shown.iter().find(|one| one.rule == *rule),
            Chosen::Differs { .. } | Chosen::NothingSuggested => None,
        }
    }

    /// What the person told us themselves and the decision rests on, where it followed a suggestion. What others said, what
    /// staff wrote down and what was answered on the safety page is not said back.
    pub fn said_back(&self) -> Vec<Signal> {
        let because = self.followed().map(|one| one.because.as_slice()).unwrap_or_default();
        let own = because.iter().filter(|why| why.said == super::Said::Person && why.signal.is_said_back());
        own.map(|why| why.signal).collect()
    }
}

/// One answer that a member of staff wrote down, kept with those before it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SignNote {
    /// What it is about.
    pub signal: Signal,
    /// Yes, no, or not known (any more).
    pub answer: Option<bool>,
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What is known, what may help and why, and what was made of it: for the record page.
#[derive(Clone, PartialEq, Debug)]
pub struct MayHelp {
    /// The edition in force.
    pub edition: u32,
    /// What is known.
    pub picture: Picture,
    /// What staff wrote down, as it stands: the last of each signal.
    pub signs: Vec<SignNote>,
    /// What may help, and what is worth asking.
    pub suggested: Suggested,
    /// What was made of suggestions, oldest first.
    pub weighed: Vec<Weighed>,
}
