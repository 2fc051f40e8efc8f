//! What must be right before an edition may be signed off: every mistake by its place and its reason, all at once.

use std::collections::BTreeSet;

use super::{Case, Picture, Rule, RuleId, RuleSet, Said, Signal};

/// The most rules of an edition, and the most test cases.
pub const MOST: usize = 200;
/// The most offers of a rule.
const MOST_OFFERS: usize = 20;

/// Words that turn people away. A rule says whom something helps (seed 81).
const TURNS_AWAY: [&str; 9] = [
    "eligib",
    "criteria",
    "threshold",
    "reject",
    "unsuitable",
    "not suitable",
    "does not meet",
    "do not meet",
    "exclu",
];

/// Where a mistake is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// The edition as a whole.
    Edition,
    /// A rule.
    Rule(RuleId),
    /// A test case.
    Case(RuleId),
}

/// Why something cannot be signed off.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wrong {
    /// There is no rule at all.
    NoRules,
    /// More than [`MOST`].
    TooMany,
    /// Two have the same name in data.
    Twice,
    /// It asks for nothing, so it would be suggested to everybody, for no reason.
    NoSignals,
    /// It asks for something and forbids it.
    Contradicts,
    /// It offers nothing, or more than twenty things.
    NoOffers,
    /// No kind of team offers it.
    NoTeams,
    /// Its words turn people away.
    TurnsAway,
    /// No test case expects it.
    NoCase,
    /// A test case expects a rule that is not there.
    NoSuchRule,
    /// A test case suggests something else.
    Fails,
}

impl Wrong {
    /// The message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRules => "no-rules",
            Self::TooMany => "too-many",
            Self::Twice => "twice",
            Self::NoSignals => "no-signals",
            Self::Contradicts => "contradicts",
            Self::NoOffers => "no-offers",
            Self::NoTeams => "no-teams",
            Self::TurnsAway => "turns-away",
            Self::NoCase => "no-case",
            Self::NoSuchRule => "no-such-rule",
            Self::Fails => "fails",
        }
    }
}

/// One mistake.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mistake {
    /// Where.
    pub place: Place,
    /// Why.
    pub wrong: Wrong,
}

impl RuleSet {
    /// Everything that is wrong, in page order. An edition without a mistake may be signed off.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        let mut note = |place: &Place, wrong: Wrong| found.push(Mistake { place: place.clone(), wrong });
        if self.rules.is_empty() {
            note(&Place::Edition, Wrong::NoRules);
        }
        if self.rules.len() > MOST || self.cases.len() > MOST {
            note(&Place::Edition, Wrong::TooMany);
        }
        let mut seen = BTreeSet::new();
        for rule in &self.rules {
            let place = Place::Rule(rule.id.clone());
            if !seen.insert(&rule.id) {
                note(&place, Wrong::Twice);
            }
            rule.mistakes().into_iter().for_each(|wrong| note(&place, wrong));
            if !self.cases.iter().any(|case| case.expect.contains(&rule.id)) {
                note(&place, Wrong::NoCase);
            }
        }
        let mut named = BTreeSet::new();
        for case in &self.cases {
            let place = Place::Case(case.id.clone());
            if !named.insert(&case.id) {
                note(&place, Wrong::Twice);
            }
            if !case.yes.is_disjoint(&case.no) {
                note(&place, Wrong::Contradicts);
            }
            if !case.expect.iter().all(|expected| seen.contains(expected)) {
                note(&place, Wrong::NoSuchRule);
            } else if self.tried(case) != case.expect {
                note(&place, Wrong::Fails);
            }
        }
        found
    }

    /// What is suggested for a test case.
    pub fn tried(&self, case: &Case) -> BTreeSet<RuleId> {
        self.suggest(&case.picture()).suggestions.into_iter().map(|one| one.rule).collect()
    }
}

impl Rule {
    /// What is wrong with the rule by itself.
    pub fn mistakes(&self) -> Vec<Wrong> {
        let asks: BTreeSet<Signal> = self.all.union(&self.any).copied().collect();
        let forbids: BTreeSet<Signal> = self.none.union(&self.guards).copied().collect();
        let offers = (1..=MOST_OFFERS).contains(&self.offers.len());
        let words = std::iter::once(self.name.as_str())
            .chain([self.helps.as_str()])
            .chain(self.offers.iter().map(super::super::value::Checked::as_str));
        let turns_away =
            words.map(str::to_lowercase).any(|said| TURNS_AWAY.iter().any(|no| said.contains(no)));
        let checks = [
            (asks.is_empty(), Wrong::NoSignals),
            (!asks.is_disjoint(&forbids), Wrong::Contradicts),
            (!offers, Wrong::NoOffers),
            (self.teams.is_empty(), Wrong::NoTeams),
            (turns_away, Wrong::TurnsAway),
        ];
        checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, why)| why).collect()
    }
}

impl Case {
    /// The invented answers as a picture.
    pub fn picture(&self) -> Picture {
        let no =
            self.no.iter().fold(Picture::default(), |known, signal| known.with(*signal, false, Said::Staff));
        self.yes.iter().fold(no, |known, signal| known.with(*signal, true, Said::Staff))
    }
}
