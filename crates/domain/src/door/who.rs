//! Who the help is for and how old they are: which questions are asked follows from it, never who gets help.

use serde::{Deserialize, Serialize};

/// Who the help is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForWhom {
    /// The one who types.
    #[default]
    Me,
    /// Somebody they know: a relative, a friend, somebody they look after.
    Someone,
    /// Somebody a professional works with.
    Professional,
}

impl ForWhom {
    /// Everybody the door is for, in page order.
    pub const ALL: [Self; 3] = [Self::Me, Self::Someone, Self::Professional];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Someone => "someone",
            Self::Professional => "professional",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whom| whom.code() == code)
    }
}

/// How old the person is, as far as the law of consent asks. Source: people-and-roles §4.5.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// 18 or over.
    Adult,
    /// 16 or 17: presumed able to decide about their own care.
    SixteenSeventeen,
    /// Under 16: whether they understand what they decide is asked by a professional, each time.
    UnderSixteen,
    /// They would rather not say.
    NotSaid,
}

impl Age {
    /// Every answer, in page order.
    pub const ALL: [Self; 4] = [Self::Adult, Self::SixteenSeventeen, Self::UnderSixteen, Self::NotSaid];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::SixteenSeventeen => "16-17",
            Self::UnderSixteen => "under-16",
            Self::NotSaid => "not-said",
        }
    }

    /// The answer with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|age| age.code() == code)
    }

    /// Whether the page speaks to a young person.
    pub fn is_young(self) -> bool {
        match self {
            Self::SixteenSeventeen | Self::UnderSixteen => true,
            Self::Adult | Self::NotSaid => false,
        }
    }
}
