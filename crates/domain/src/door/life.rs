//! What else is going on: whom they care for, what would help, practical troubles, what got in the way before.
//!
//! Plain answers for a human to read; the matching rules may later point at one. Nothing here is ever added up.

use serde::{Deserialize, Serialize};

use crate::value::Text;

/// What would help and what matters, in the person's words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Help {
    /// What would help.
    pub would_help: Option<Text>,
    /// What matters to them.
    pub matters: Option<Text>,
}

impl Help {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.would_help.is_none() && self.matters.is_none()
    }
}

/// One fact about children and caring.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaringFact {
    /// Somebody under 18 lives with them or is looked after by them.
    Children,
    /// Pregnant, or a baby under one year.
    PregnantOrBaby,
    /// They look after an adult.
    AdultCaredFor,
    /// They are under 18 and look after somebody.
    YoungCarer,
}

impl CaringFact {
    /// Every fact, in page order.
    pub const ALL: [Self; 4] = [Self::Children, Self::PregnantOrBaby, Self::AdultCaredFor, Self::YoungCarer];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::PregnantOrBaby => "pregnant-or-baby",
            Self::AdultCaredFor => "adult-cared-for",
            Self::YoungCarer => "young-carer",
        }
    }

    /// The fact with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.code() == code)
    }
}

/// Children and caring. An empty list of facts is an answer: none of these.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Caring {
    /// What is true.
    pub facts: Vec<CaringFact>,
    /// Anything they want us to know about it.
    pub about: Option<Text>,
}

/// A practical trouble.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strain {
    /// Nowhere to live: the street, a sofa, a hostel.
    NoHome,
    /// The home may be lost, or is not safe or fit to live in.
    HomeAtRisk,
    /// Money, debt or benefits.
    Money,
    /// Work, school or study.
    Work,
    /// Alcohol.
    Alcohol,
    /// Drugs.
    Drugs,
    /// Gambling.
    Gambling,
    /// Police, courts or another legal matter.
    Legal,
    /// Alone too much.
    Alone,
}

impl Strain {
    /// Every trouble, in page order.
    pub const ALL: [Self; 9] = [
        Self::NoHome,
        Self::HomeAtRisk,
        Self::Money,
        Self::Work,
        Self::Alcohol,
        Self::Drugs,
        Self::Gambling,
        Self::Legal,
        Self::Alone,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoHome => "no-home",
            Self::HomeAtRisk => "home-at-risk",
            Self::Money => "money",
            Self::Work => "work",
            Self::Alcohol => "alcohol",
            Self::Drugs => "drugs",
            Self::Gambling => "gambling",
            Self::Legal => "legal",
            Self::Alone => "alone",
        }
    }

    /// The trouble with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strain| strain.code() == code)
    }
}

/// Practical troubles. An empty list is an answer: none of these.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Practical {
    /// What is true.
    pub strains: Vec<Strain>,
    /// Anything they want us to know about it.
    pub about: Option<Text>,
}

/// Something that made help hard to get before, so that nobody falls into the same gap again (seeds 78 to 80).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Coping day to day is what is hard (gap 1).
    CopingDayToDay,
    /// Practical help would do more than talking (gap 1).
    PracticalHelp,
    /// Wants help and cannot get started (gap 2).
    HardToStart,
    /// Too anxious to come, to ring or to be in a group (gap 2).
    TooAnxious,
    /// Was offered help before and could not go, or stopped going (gap 2).
    MissedOrStopped,
    /// Has hardly gone out or seen people for a long time (gap 2).
    HardlyOut,
    /// Was told they did not fit a service, or to wait until it is worse (gap 3).
    ToldDidNotFit,
    /// Talking therapy was not enough (gap 3).
    TherapyNotEnough,
    /// More than one thing, or it has gone on for years (gap 3).
    SeveralOrLong,
}

impl Signal {
    /// Every signal, in page order.
    pub const ALL: [Self; 9] = [
        Self::CopingDayToDay,
        Self::PracticalHelp,
        Self::HardToStart,
        Self::TooAnxious,
        Self::MissedOrStopped,
        Self::HardlyOut,
        Self::ToldDidNotFit,
        Self::TherapyNotEnough,
        Self::SeveralOrLong,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::CopingDayToDay => "coping-day-to-day",
            Self::PracticalHelp => "practical-help",
            Self::HardToStart => "hard-to-start",
            Self::TooAnxious => "too-anxious",
            Self::MissedOrStopped => "missed-or-stopped",
            Self::HardlyOut => "hardly-out",
            Self::ToldDidNotFit => "told-did-not-fit",
            Self::TherapyNotEnough => "therapy-not-enough",
            Self::SeveralOrLong => "several-or-long",
        }
    }

    /// The signal with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signal| signal.code() == code)
    }
}
