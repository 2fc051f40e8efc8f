//! Why a service could not take somebody, as a closed list.

use serde::{Deserialize, Serialize};

/// Why a service could not take somebody. Source: the rejection reasons of `BaRS`, as pathway §3 lists them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// No room in a reasonable time.
    Capacity,
    /// What is needed is not what it does.
    NotAppropriate,
    /// Its commission does not cover the person.
    Eligibility,
    /// The person does not want it.
    PersonsChoice,
    /// Too far away.
    Distance,
    /// The person could not be reached.
    NotReached,
    /// No appointment that fits.
    NoAppointment,
    /// It had taken the person, and cannot go on.
    CannotGoOn,
    /// Something else, said in words.
    Other,
}

impl DeclineReason {
    /// Every reason, in form order.
    pub const ALL: [Self; 9] = [
        Self::Capacity,
        Self::NotAppropriate,
        Self::Eligibility,
        Self::PersonsChoice,
        Self::Distance,
        Self::NotReached,
        Self::NoAppointment,
        Self::CannotGoOn,
        Self::Other,
    ];

    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::NotAppropriate => "not-appropriate",
            Self::Eligibility => "eligibility",
            Self::PersonsChoice => "persons-choice",
            Self::Distance => "distance",
            Self::NotReached => "not-reached",
            Self::NoAppointment => "no-appointment",
            Self::CannotGoOn => "cannot-go-on",
            Self::Other => "other",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The reasons there can be: before it said yes nobody can fail to go on.
    pub fn when(taken: bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |reason| taken || *reason != Self::CannotGoOn)
    }
}
