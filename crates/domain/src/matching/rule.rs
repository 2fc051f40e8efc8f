//! One rule: whom an offer helps, in plain words, and which facts it rests on. Data that a county writes; never a bar.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Signal;
use crate::content::Slug;
use crate::value::{Line, Text};

/// What a rule is called in data: short, and kept for ever, so that what was decided can be counted.
pub type RuleId = Slug;

/// The kind of team or service an offer is made by. Source: pathway §7 and §8; codes of the national list of team types,
/// and two that are none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TeamType {
    /// A voluntary partner.
    Voluntary,
    /// NHS Talking Therapies.
    TalkingTherapies,
    /// F06: mental health and wellbeing hub.
    WellbeingHub,
    /// A05: primary care mental health.
    PrimaryCare,
    /// A06: community mental health team.
    Community,
    /// A08: outreach.
    Outreach,
    /// A13: psychological therapy.
    Psychological,
    /// A16: personality disorder service.
    Personality,
    /// A14: early intervention in psychosis.
    EarlyIntervention,
    /// C10: community eating disorder team.
    Eating,
    /// C02: perinatal team.
    Perinatal,
    /// A07: community team for older people with memory or physical illness.
    Organic,
    /// A17: memory service.
    Memory,
    /// A02: crisis and home treatment.
    Crisis,
    /// D01: drugs and alcohol.
    Substance,
    /// D02: liaison and diversion at police and court.
    Diversion,
    /// D08: people who sleep rough.
    RoughSleeping,
}

impl TeamType {
    /// Every kind, in form order.
    pub const ALL: [Self; 17] = [
        Self::Voluntary,
        Self::TalkingTherapies,
        Self::WellbeingHub,
        Self::PrimaryCare,
        Self::Community,
        Self::Outreach,
        Self::Psychological,
        Self::Personality,
        Self::EarlyIntervention,
        Self::Eating,
        Self::Perinatal,
        Self::Organic,
        Self::Memory,
        Self::Crisis,
        Self::Substance,
        Self::Diversion,
        Self::RoughSleeping,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Voluntary => "voluntary",
            Self::TalkingTherapies => "talking-therapies",
            Self::WellbeingHub => "wellbeing-hub",
            Self::PrimaryCare => "primary-care",
            Self::Community => "community",
            Self::Outreach => "outreach",
            Self::Psychological => "psychological",
            Self::Personality => "personality",
            Self::EarlyIntervention => "early-intervention",
            Self::Eating => "eating",
            Self::Perinatal => "perinatal",
            Self::Organic => "organic",
            Self::Memory => "memory",
            Self::Crisis => "crisis",
            Self::Substance => "substance",
            Self::Diversion => "diversion",
            Self::RoughSleeping => "rough-sleeping",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is called in data.
    pub id: RuleId,
    /// What is offered, as the person reads it.
    pub name: Line,
    /// Whom it helps, in plain words. Never who is not helped.
    pub helps: Text,
    /// All of these must be so.
    #[serde(default)]
    pub all: BTreeSet<Signal>,
    /// One of these must be so, where any are named.
    #[serde(default)]
    pub any: BTreeSet<Signal>,
    /// None of these may be so. One that is not known does not stop the suggestion, which then names it.
    #[serde(default)]
    pub none: BTreeSet<Signal>,
    /// Each of these must be known not to be so: as long as one is not known, nothing is suggested.
    #[serde(default)]
    pub guards: BTreeSet<Signal>,
    /// What can be offered, one line each.
    pub offers: Vec<Line>,
    /// Which kinds of team or service offer it.
    pub teams: BTreeSet<TeamType>,
}

/// Invented answers, and what must be suggested for them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it is called in data.
    pub id: RuleId,
    /// What it shows.
    pub name: Line,
    /// What is so.
    #[serde(default)]
    pub yes: BTreeSet<Signal>,
    /// What is not so. Everything else is not known.
    #[serde(default)]
    pub no: BTreeSet<Signal>,
    /// The rules that suggest, and no others.
    #[serde(default)]
    pub expect: BTreeSet<RuleId>,
}

/// The rules of a county with their test cases, as one edition.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// In the order in which suggestions are shown.
    pub rules: Vec<Rule>,
    /// The test cases.
    pub cases: Vec<Case>,
}

impl RuleSet {
    /// A name in data that no rule and no test case here has, made from the words: `help-with-eating`.
    pub fn free_id(&self, words: &str) -> Option<RuleId> {
        let folded: String =
            words.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let joined = folded.split_whitespace().collect::<Vec<_>>().join("-");
        let cut: String = joined.chars().take(40).collect();
        let stem = cut.trim_matches('-');
        let stem = if stem.len() < 2 { "rule" } else { stem };
        let taken = |id: &RuleId| {
            self.rules.iter().any(|rule| rule.id == *id) || self.cases.iter().any(|case| case.id == *id)
        };
        let names = std::iter::once(stem.to_owned()).chain((2..1000).map(|n| format!("{stem}-{n}")));
        names.filter_map(|name| name.parse::<RuleId>().ok()).find(|id| !taken(id))
    }
}
