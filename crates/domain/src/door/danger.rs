//! The danger questions: plain facts for a human to act on at once. Never counted, weighed or banded.

use serde::{Deserialize, Serialize};

/// A danger question answered yes. Plain facts for a human to act on at once: never counted, weighed or banded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Thoughts of ending their life now.
    EndingLife,
    /// A plan, or the means.
    PlanOrMeans,
    /// Already hurt, or has taken something.
    AlreadyHurt,
    /// Somebody else is in danger.
    SomeoneElse,
    /// Not safe from somebody.
    NotSafeFrom,
    /// Cannot keep children safe.
    ChildrenUnsafe,
    /// Very unwell or confused.
    VeryUnwell,
}

impl Danger {
    /// Every question, in page order.
    pub const ALL: [Self; 7] = [
        Self::EndingLife,
        Self::PlanOrMeans,
        Self::AlreadyHurt,
        Self::SomeoneElse,
        Self::NotSafeFrom,
        Self::ChildrenUnsafe,
        Self::VeryUnwell,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::EndingLife => "ending-life",
            Self::PlanOrMeans => "plan-or-means",
            Self::AlreadyHurt => "already-hurt",
            Self::SomeoneElse => "someone-else",
            Self::NotSafeFrom => "not-safe-from",
            Self::ChildrenUnsafe => "children-unsafe",
            Self::VeryUnwell => "very-unwell",
        }
    }

    /// The danger with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|danger| danger.code() == code)
    }
}

/// What a person answered to the danger questions. Facts for a human; nothing is ever made of their number.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SafetyAnswers {
    /// The questions answered yes.
    pub dangers: Vec<Danger>,
    /// After the emergency page they chose "I can keep myself safe for now". It never lowers anything: the duty person
    /// is paged all the same.
    pub safe_for_now: bool,
    /// They asked to be called.
    pub call_me: bool,
    /// Whoever wrote it down for them pressed "danger now".
    pub danger_now: bool,
}

impl SafetyAnswers {
    /// Whether the duty person is paged: any danger answer, or "call me".
    pub fn is_flagged(&self) -> bool {
        self.call_me || self.danger_now || !self.dangers.is_empty()
    }
}
