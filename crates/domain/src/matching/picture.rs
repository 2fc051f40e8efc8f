//! What is known of one person, signal by signal: yes, no, or not there. Who said it stays with it.
//!
//! Not known is not no. Ticking one box of a page says nothing about the boxes beside it; only "none of these" does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Signal;

/// Who a fact comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The person themselves.
    Person,
    /// Somebody who asked for them. Never said back to the person.
    Other,
    /// A member of staff who wrote it down.
    Staff,
    /// The record, by itself: an age, how soon somebody must be seen.
    Record,
}

impl Said {
    /// Everybody, in page order.
    pub const ALL: [Self; 4] = [Self::Person, Self::Other, Self::Staff, Self::Record];

    /// The message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Other => "other",
            Self::Staff => "staff",
            Self::Record => "record",
        }
    }
}

/// One known fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Whether it is so.
    pub yes: bool,
    /// Who said it.
    pub said: Said,
}

/// What is known. A signal that is not in it is not known.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Picture(BTreeMap<Signal, Known>);

impl Picture {
    /// What is known of a signal.
    pub fn of(&self, signal: Signal) -> Option<Known> {
        self.0.get(&signal).copied()
    }

    /// Yes, no, or not known.
    pub fn says(&self, signal: Signal) -> Option<bool> {
        self.of(signal).map(|known| known.yes)
    }

    /// Everything known, in page order.
    pub fn known(&self) -> impl Iterator<Item = (Signal, Known)> {
        self.0.iter().map(|(signal, known)| (*signal, *known))
    }

    /// The same with one more fact; what was known of it before is replaced.
    #[must_use]
    pub fn with(mut self, signal: Signal, yes: bool, said: Said) -> Self {
        self.put(signal, yes, said);
        self
    }

    pub(crate) fn put(&mut self, signal: Signal, yes: bool, said: Said) {
        self.0.insert(signal, Known { yes, said });
    }

    pub(crate) fn forget(&mut self, signal: Signal) {
        self.0.remove(&signal);
    }

    /// What was answered on a page of boxes: those ticked are so; where none was, none of them is.
    pub(crate) fn put_page<T: PartialEq>(&mut self, ticked: &[T], boxes: &[(T, Signal)], said: Said) {
        for (one, signal) in boxes {
            let yes = ticked.contains(one);
            // Two boxes may stand for one signal.
            if (yes || ticked.is_empty()) && self.says(*signal) != Some(true) {
                self.put(*signal, yes, said);
            }
        }
    }
}
