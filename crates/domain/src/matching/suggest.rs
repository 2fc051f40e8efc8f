//! From what is known to suggestions. Pure: the same rules and the same facts always give the same list, in the order of
//! the rules. Nothing is counted, weighed or ranked, and nothing here can change anything: a human decides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Known, Picture, Rule, RuleId, RuleSet, Said, Signal, TeamType};
use crate::value::Line;

/// One reason of a suggestion.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Because {
    /// What is so.
    pub signal: Signal,
    /// Who said it.
    pub said: Said,
}

/// Something that may help, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Suggestion {
    /// The rule.
    pub rule: RuleId,
    /// What is offered.
    pub name: Line,
    /// What can be offered.
    pub offers: Vec<Line>,
    /// Which kinds of team or service offer it.
    pub teams: BTreeSet<TeamType>,
    /// The facts it rests on. Never empty.
    pub because: Vec<Because>,
    /// What would stop it and is not known: somebody asks before it is followed.
    pub not_known: Vec<Signal>,
}

/// A rule that would suggest if more were known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorthAsking {
    /// The rule.
    pub rule: RuleId,
    /// What is offered.
    pub name: Line,
    /// What is known and speaks for it.
    pub because: Vec<Because>,
    /// What is not known.
    pub ask: Vec<Signal>,
}

/// What an edition says of one person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Suggested {
    /// In the order of the edition.
    pub suggestions: Vec<Suggestion>,
    /// In the order of the edition.
    pub worth_asking: Vec<WorthAsking>,
}

impl RuleSet {
    /// What may help, and what is worth asking.
    pub fn suggest(&self, picture: &Picture) -> Suggested {
        let mut suggested = Suggested::default();
        for rule in &self.rules {
            let because = rule.because(picture);
            match rule.holds(picture) {
                Some(true) => suggested.suggestions.push(Suggestion {
                    rule: rule.id.clone(),
                    name: rule.name.clone(),
                    offers: rule.offers.clone(),
                    teams: rule.teams.clone(),
                    because,
                    not_known: unknown(picture, rule.none.iter()),
                }),
                None if !because.is_empty() => suggested.worth_asking.push(WorthAsking {
                    rule: rule.id.clone(),
                    name: rule.name.clone(),
                    because,
                    ask: rule.ask(picture),
                }),
                None | Some(false) => {}
            }
        }
        suggested
    }
}

impl Rule {
    /// Whether it suggests: yes, no, or not known.
    pub fn holds(&self, picture: &Picture) -> Option<bool> {
        let says = |signal: &Signal| picture.says(*signal);
        let stopped = self.none.iter().any(|signal| says(signal) == Some(true));
        let all = every(self.all.iter().map(says));
        let any = if self.any.is_empty() { Some(true) } else { some(self.any.iter().map(says)) };
        let guarded = every(self.guards.iter().map(|signal| says(signal).map(|yes| !yes)));
        every([all, any, guarded, Some(!stopped)].into_iter())
    }

    /// The facts that are so and that it asks for, in page order.
    fn because(&self, picture: &Picture) -> Vec<Because> {
        let asked = |signal: &Signal| self.all.contains(signal) || self.any.contains(signal);
        let so = picture.known().filter(|(signal, known): &(Signal, Known)| known.yes && asked(signal));
        so.map(|(signal, known)| Because { signal, said: known.said }).collect()
    }

    /// What must be known before it can suggest.
    fn ask(&self, picture: &Picture) -> Vec<Signal> {
        let open = self.any.iter().all(|signal| picture.says(*signal) != Some(true));
        let any = self.any.iter().filter(|_| open);
        unknown(picture, self.all.iter().chain(any).chain(&self.guards))
    }
}

fn unknown<'a>(picture: &Picture, signals: impl Iterator<Item = &'a Signal>) -> Vec<Signal> {
    signals.copied().filter(|signal| picture.says(*signal).is_none()).collect()
}

/// All of them: no as soon as one is no, not known as long as one is not known.
fn every(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            None => known = None,
            Some(true) => {}
        }
    }
    known
}

/// One of them: yes as soon as one is yes, not known as long as one is not known.
fn some(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    every(answers.map(|answer| answer.map(|yes| !yes))).map(|none| !none)
}
