//! What a team here is, as the national data set counts it. Which kinds of team or service a matching rule offers, also outside,
//! is [`crate::matching::TeamType`].

use serde::{Deserialize, Serialize};

/// What a team is: SERVICE OR TEAM TYPE of the national data set, those this release measures. Source: data §4.4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum TeamKind {
    /// Crisis resolution and home treatment.
    A02,
    /// Primary care mental health.
    A05,
    /// Community mental health team.
    A06,
    /// Assertive outreach.
    A08,
    /// Community rehabilitation.
    A09,
    /// Psychiatric liaison.
    A11,
    /// Psychotherapy.
    A12,
    /// Psychological therapy.
    A13,
    /// Early intervention in psychosis.
    A14,
    /// Personality disorder service.
    A16,
    /// Single point of access.
    A18,
    /// Crisis line.
    A19,
    /// Crisis café.
    A21,
    /// Paediatric liaison.
    C05,
    /// Community eating disorder service.
    C10,
}

impl TeamKind {
    /// Every kind, in form order.
    pub const ALL: [Self; 15] = [
        Self::A02,
        Self::A05,
        Self::A06,
        Self::A08,
        Self::A09,
        Self::A11,
        Self::A12,
        Self::A13,
        Self::A14,
        Self::A16,
        Self::A18,
        Self::A19,
        Self::A21,
        Self::C05,
        Self::C10,
    ];

    /// The national code, also the form value and message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::A02 => "A02",
            Self::A05 => "A05",
            Self::A06 => "A06",
            Self::A08 => "A08",
            Self::A09 => "A09",
            Self::A11 => "A11",
            Self::A12 => "A12",
            Self::A13 => "A13",
            Self::A14 => "A14",
            Self::A16 => "A16",
            Self::A18 => "A18",
            Self::A19 => "A19",
            Self::A21 => "A21",
            Self::C05 => "C05",
            Self::C10 => "C10",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the national four-week wait of adults counts it. Source: pathway §6.2.
    pub fn is_core(self) -> bool {
        match self {
            Self::A05 | Self::A06 | Self::A08 | Self::A09 | Self::A12 | Self::A13 | Self::A16 | Self::C10 => {
                true
            }
            Self::A02 | Self::A11 | Self::A14 | Self::A18 | Self::A19 | Self::A21 | Self::C05 => false,
        }
    }

    /// Whether the crisis waits count it. Source: pathway §6.1, UEC-VU and UEC-U.
    pub fn is_crisis(self) -> bool {
        matches!(self, Self::A02 | Self::A18 | Self::A19)
    }

    /// Whether it sees people in emergency departments. Source: pathway §6.1, ED-LIAISON.
    pub fn is_liaison(self) -> bool {
        matches!(self, Self::A11 | Self::C05)
    }
}
