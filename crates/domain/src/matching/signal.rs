//! The closed set of facts that rules may speak of. Each is a plain yes, no or not known; none is a score, and nothing is
//! ever made of their number.

use serde::{Deserialize, Serialize};

/// One fact a rule may rest on. Source: pathway §7 and §8.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Housing is a main need.
    Housing,
    /// Money, debt or benefits is a main need.
    Money,
    /// Being alone is a main need.
    Isolation,
    /// Work, school or study is a main need.
    Work,
    /// A daily routine is a main need.
    Routine,
    /// Coping day to day is a main need.
    Skills,
    /// Practical help would do more than talking.
    PracticalHelp,
    /// What troubles them is there, and daily life mostly goes on.
    Mild,
    /// Common anxiety or depression.
    CommonAnxietyOrDepression,
    /// Wants talking therapy.
    WantsTalking,
    /// Can come to appointments, or join them by phone or video.
    CanAttend,
    /// Distress is very strong.
    HighDistress,
    /// Wants help and cannot get started.
    HardToStart,
    /// Too anxious to come, to ring, to travel or to be in a group.
    TooAnxious,
    /// Missed or declined an earlier offer.
    MissedOffer,
    /// Has hardly gone out or seen people for a long time.
    Withdrawn,
    /// More than one thing, or it has gone on for years.
    SeveralOrLong,
    /// Trauma.
    Trauma,
    /// Talking therapy was not enough.
    TherapyNotEnough,
    /// A service said that it was not the right one.
    ToldDidNotFit,
    /// Crises that come again and again.
    RepeatedCrises,
    /// A crisis that home treatment is there for.
    Crisis,
    /// Personality disorder, developing or established, or asked about.
    Personality,
    /// Psychosis may be beginning, or is there.
    Psychosis,
    /// Mania may be beginning, or is there.
    Mania,
    /// Worry about eating.
    Eating,
    /// Has hurt themselves.
    SelfHarm,
    /// Pregnant, a baby, or planning one with a severe illness, or a loss.
    Perinatal,
    /// Memory or confusion.
    Memory,
    /// Alcohol or drugs.
    Substance,
    /// No home.
    Homeless,
    /// Police, a court or probation.
    Court,
    /// Between seventeen and a half and eighteen.
    SeventeenAndAHalf,
    /// Sixty-five or over.
    SixtyFiveOrOver,
    /// Between fourteen and sixty-five.
    FourteenToSixtyFive,
    /// A senior decided that somebody sees them within a day.
    Urgent,
    /// They said that there is danger, and nobody senior has looked, or somebody still owes them a call.
    SafetyOpen,
}

/// Under which heading staff are asked about a signal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SignalGroup {
    /// What weighs most.
    Need,
    /// What would suit.
    Suits,
    /// What makes it hard to get to help.
    Reach,
    /// What there was before.
    Before,
    /// What a team of its own is there for.
    Specialist,
    /// What the record says by itself: nobody is asked.
    Record,
}

impl SignalGroup {
    /// The groups staff are asked about, in page order.
    pub const ASKED: [Self; 5] = [Self::Need, Self::Suits, Self::Reach, Self::Before, Self::Specialist];

    /// The code used in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Suits => "suits",
            Self::Reach => "reach",
            Self::Before => "before",
            Self::Specialist => "specialist",
            Self::Record => "record",
        }
    }

    /// Its signals, in page order.
    pub fn signals(self) -> impl Iterator<Item = Signal> {
        TABLE.into_iter().filter(move |(_, _, group)| *group == self).map(|(signal, _, _)| signal)
    }
}

use Signal as S;
use SignalGroup as G;

/// Every signal with its code and its group, in page order.
#[rustfmt::skip] // a table
const TABLE: [(Signal, &str, SignalGroup); 37] = [
    (S::Housing, "housing", G::Need),
    (S::Money, "money", G::Need),
    (S::Isolation, "isolation", G::Need),
    (S::Work, "work", G::Need),
    (S::Routine, "routine", G::Need),
    (S::Skills, "skills", G::Need),
    (S::PracticalHelp, "practical-help", G::Suits),
    (S::Mild, "mild", G::Suits),
    (S::CommonAnxietyOrDepression, "common-anxiety-or-depression", G::Suits),
    (S::WantsTalking, "wants-talking", G::Suits),
    (S::CanAttend, "can-attend", G::Suits),
    (S::HighDistress, "high-distress", G::Reach),
    (S::HardToStart, "hard-to-start", G::Reach),
    (S::TooAnxious, "too-anxious", G::Reach),
    (S::MissedOffer, "missed-offer", G::Reach),
    (S::Withdrawn, "withdrawn", G::Reach),
    (S::SeveralOrLong, "several-or-long", G::Before),
    (S::Trauma, "trauma", G::Before),
    (S::TherapyNotEnough, "therapy-not-enough", G::Before),
    (S::ToldDidNotFit, "told-did-not-fit", G::Before),
    (S::RepeatedCrises, "repeated-crises", G::Before),
    (S::Crisis, "crisis", G::Specialist),
    (S::Personality, "personality", G::Specialist),
    (S::Psychosis, "psychosis", G::Specialist),
    (S::Mania, "mania", G::Specialist),
    (S::Eating, "eating", G::Specialist),
    (S::SelfHarm, "self-harm", G::Specialist),
    (S::Perinatal, "perinatal", G::Specialist),
    (S::Memory, "memory", G::Specialist),
    (S::Substance, "substance", G::Specialist),
    (S::Homeless, "homeless", G::Specialist),
    (S::Court, "court", G::Specialist),
    (S::SeventeenAndAHalf, "seventeen-and-a-half", G::Record),
    (S::SixtyFiveOrOver, "sixty-five-or-over", G::Record),
    (S::FourteenToSixtyFive, "fourteen-to-sixty-five", G::Record),
    (S::Urgent, "urgent", G::Record),
    (S::SafetyOpen, "safety-open", G::Record),
];

impl Signal {
    /// Every signal, in page order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.into_iter().map(|(signal, _, _)| signal)
    }

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        TABLE.into_iter().find(|(signal, _, _)| *signal == self).map_or("", |(_, code, _)| code)
    }

    /// The signal with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        TABLE.into_iter().find(|(_, known, _)| *known == code).map(|(signal, _, _)| signal)
    }

    /// Under which heading staff are asked about it.
    pub fn group(self) -> SignalGroup {
        TABLE.into_iter().find(|(signal, _, _)| *signal == self).map_or(G::Record, |(_, _, group)| group)
    }

    /// Whether staff can write it down: what the record says by itself, they cannot.
    pub fn is_asked(self) -> bool {
        self.group() != SignalGroup::Record
    }

    /// Whether it is said back to the person in a letter and on their page. What they answered on the safety page is not
    /// repeated in writing.
    pub fn is_said_back(self) -> bool {
        self.is_asked() && self != Self::SelfHarm
    }
}
