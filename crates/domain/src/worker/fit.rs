//! Why somebody fits a person, in words, and what stands against it. No sum, no rank: plain facts, sorted by plain rules,
//! and whoever chooses decides (hazard H22).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{MeetsAs, Profile, Skill, Standing};
use crate::door::{CaringFact, Need, Needs, Strain, Told};
use crate::ids::UserId;
use crate::value::Line;

/// Somebody who could be a person's key worker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The account.
    pub user: UserId,
    /// The name.
    pub name: Line,
    /// What they are, in words, as people are told.
    pub role: Option<Line>,
    /// What is known of them.
    pub profile: Profile,
    /// For how many people they are there now.
    pub caseload: u16,
    /// Away now, until this day.
    pub away: Option<Date>,
    /// Whether they were this person's key worker before.
    pub before: bool,
}

/// What the person asked for and said, as far as the chooser may know it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// What helps to understand each other and meet.
    pub needs: Needs,
    /// Which skills what they said points at.
    pub points_at: BTreeSet<Skill>,
}

impl Asked {
    /// From what the person needs, and what else they told us where the reader may see it.
    pub fn of(needs: &Needs, told: Option<&Told>) -> Self {
        let mut points_at = BTreeSet::new();
        if needs.needs.contains(&Need::Bsl) {
            points_at.insert(Skill::Bsl);
        }
        if let Some(caring) = told.and_then(|told| told.caring.as_ref()) {
            let baby = caring.facts.contains(&CaringFact::PregnantOrBaby);
            let cares = [CaringFact::Children, CaringFact::AdultCaredFor, CaringFact::YoungCarer];
            points_at.extend(baby.then_some(Skill::Perinatal));
            points_at.extend(cares.iter().any(|fact| caring.facts.contains(fact)).then_some(Skill::Families));
        }
        if let Some(practical) = told.and_then(|told| told.practical.as_ref()) {
            let has = |strain: Strain| practical.strains.contains(&strain);
            points_at.extend((has(Strain::Alcohol) || has(Strain::Drugs)).then_some(Skill::Substances));
            points_at.extend(has(Strain::NoHome).then_some(Skill::Outreach));
        }
        Self { needs: needs.clone(), points_at }
    }

    /// Whom the person asked to meet, where they said so. Both, or neither, is no wish.
    pub fn wants(&self) -> Option<MeetsAs> {
        let asked = |need| self.needs.needs.contains(&need);
        match (asked(Need::Woman), asked(Need::Man)) {
            (true, false) => Some(MeetsAs::Woman),
            (false, true) => Some(MeetsAs::Man),
            (true, true) | (false, false) => None,
        }
    }
}

/// One thing to know before choosing somebody.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// They were this person's key worker before.
    Before,
    /// They speak the person's language.
    Speaks(Line),
    /// The person asked for a woman, or a man, and they are.
    AsAsked(MeetsAs),
    /// They know what the person said is going on.
    Knows(Skill),
    /// They have room: people now, and for how many they can be there.
    Room(u16, u16),
    /// The person asked for a woman, or a man, and they are not, or have not said.
    NotAsAsked(MeetsAs),
    /// They are there for as many people as they can be, or more.
    Full(u16, u16),
    /// They are away until this day.
    Away(Date),
    /// They asked to be asked first.
    AskFirst(Line),
    /// Nobody has looked their registration up.
    NotChecked,
    /// Nobody has written down what they are, or who answers for them.
    NoStanding,
}

impl Reason {
    /// Whether choosing them all the same needs a reason in words.
    pub fn is_against(&self) -> bool {
        match self {
            Self::NotAsAsked(_)
            | Self::Full(..)
            | Self::Away(_)
            | Self::AskFirst(_)
            | Self::NotChecked
            | Self::NoStanding => true,
            Self::Before | Self::Speaks(_) | Self::AsAsked(_) | Self::Knows(_) | Self::Room(..) => false,
        }
    }
}

/// All there is to say about choosing this one for that person: what speaks for it first.
pub fn reasons(asked: &Asked, candidate: &Candidate) -> Vec<Reason> {
    let profile = &candidate.profile;
    let mut said = Vec::new();
    said.extend(candidate.before.then_some(Reason::Before));
    if let Some(language) = &asked.needs.language {
        let same = |known: &Line| known.as_str().eq_ignore_ascii_case(language.as_str());
        said.extend(profile.languages.iter().find(|known| same(known)).cloned().map(Reason::Speaks));
    }
    let wants = asked.wants();
    said.extend(wants.filter(|wish| profile.meets_as == Some(*wish)).map(Reason::AsAsked));
    said.extend(asked.points_at.intersection(&profile.skills).map(|skill| Reason::Knows(*skill)));
    let caseload = candidate.caseload;
    said.extend(profile.limit.filter(|limit| caseload < *limit).map(|limit| Reason::Room(caseload, limit)));
    said.extend(wants.filter(|wish| profile.meets_as != Some(*wish)).map(Reason::NotAsAsked));
    said.extend(profile.limit.filter(|limit| caseload >= *limit).map(|limit| Reason::Full(caseload, limit)));
    said.extend(candidate.away.map(Reason::Away));
    said.extend(profile.ask_first.clone().map(Reason::AskFirst));
    match profile.standing() {
        Standing::Checked | Standing::Supervised => {}
        Standing::NotChecked => said.push(Reason::NotChecked),
        Standing::Unknown => said.push(Reason::NoStanding),
    }
    said
}

/// In the order they are offered: first those nothing stands against; among them whoever was the key worker before, then
/// who speaks the language, then who knows what it is about, then by name. Nothing is weighed or added up.
pub fn sort(asked: &Asked, candidates: &mut [Candidate]) {
    candidates.sort_by_cached_key(|candidate| {
        let said = reasons(asked, candidate);
        let has = |test: fn(&Reason) -> bool| said.iter().any(test);
        (
            has(Reason::is_against),
            !has(|reason| matches!(reason, Reason::Before)),
            !has(|reason| matches!(reason, Reason::Speaks(_))),
            !has(|reason| matches!(reason, Reason::Knows(_))),
            candidate.name.to_string(),
        )
    });
}
