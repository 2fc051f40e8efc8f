//! What a senior records and decides: categories, triage, the closed set of outcomes. Facts only; steps are elsewhere.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::panel::Sat;
use crate::actor::Author;
use crate::ids::{EpisodeId, HandoverId, ReferralId, ServiceId, TeamId};
use crate::value::{Line, Reference, Text};

/// Response-time category. A human's decision about how soon, never a prediction. Source: pathway §5.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Category {
    /// Harm happening now: emergency services.
    A,
    /// Within 4 hours.
    B,
    /// Within 24 hours.
    C,
    /// Within 72 hours.
    D,
    /// Within 4 weeks.
    E,
    /// Another service fits better.
    F,
    /// Advice or information.
    G,
}

impl Category {
    /// Every category, in order.
    pub const ALL: [Self; 7] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F, Self::G];

    /// Its letter.
    pub fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::F => 'F',
            Self::G => 'G',
        }
    }

    /// The category with this letter.
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| letter.eq_ignore_ascii_case(&category.letter().to_string()))
    }
}

/// Children in the person's care. Must be answered (seed 29).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Children {
    /// No children at home or cared for.
    None,
    /// Children, and nothing that needs action today.
    NoConcern {
        /// What is known.
        about: Text,
    },
    /// Children may need help today: makes a task for the same day.
    Urgent {
        /// What worries us.
        about: Text,
    },
}

/// A senior's triage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Triage {
    /// How soon somebody sees the person.
    pub category: Category,
    /// Why, in words.
    pub narrative: Text,
    /// Safety formulation in words; there is no number, band or colour.
    pub safety: Text,
    /// Children in the person's care.
    pub children: Children,
    /// Category A: what was done now, with which service, and its incident number.
    pub emergency: Option<Text>,
    /// Under 16: what the young person understands of what is decided, in words.
    #[serde(default)]
    pub competence: Option<Text>,
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What was decided, by whom, when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decided {
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// What.
    pub outcome: Outcome,
}

/// The closed set of ends. "Rejected" is not one of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// A team has taken responsibility.
    Accepted {
        /// The episode it became.
        episode: EpisodeId,
        /// The team.
        team: TeamId,
        /// The team's name at the time.
        team_name: Line,
        /// Who to ask for.
        contact_name: Line,
        /// What happens next.
        next_step: Text,
        /// On which day.
        next_on: Date,
        /// Who sat on the panel that named the team; none where it accepted by itself.
        #[serde(default)]
        panel: Option<Sat>,
    },
    /// Advice, with a dated follow-up check.
    Advised {
        /// The advice, in plain words.
        advice: Text,
        /// Other places that help.
        options: Text,
        /// Those that were chosen from the directory.
        #[serde(default)]
        services: Vec<ServiceId>,
        /// Why advice and no team.
        basis: AdviceBasis,
        /// When we ask how things are.
        follow_up_on: Date,
    },
    /// Another service has met the person and takes care of them.
    Redirected {
        /// The handover it came by.
        handover: HandoverId,
        /// The service.
        to: Line,
        /// Who to ask for.
        contact_name: Line,
        /// What happens next.
        next: Text,
    },
    /// The person does not want to go on. The door stays open.
    Withdrawn {
        /// What they said.
        why: Option<Text>,
        /// What was considered about safety before agreeing.
        safety: Text,
    },
    /// Joined to the person's live referral.
    Duplicate {
        /// The live one.
        of: ReferralId,
        /// Its reference.
        live: Reference,
    },
    /// The person died.
    Died {
        /// How it became known.
        source: Text,
    },
}

impl Outcome {
    /// The stored code and message suffix.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Advised { .. } => "advised",
            Self::Redirected { .. } => "redirected",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Duplicate { .. } => "duplicate",
            Self::Died { .. } => "died",
        }
    }
}

/// Why advice and no team: one of the two must be stated.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "basis")]
pub enum AdviceBasis {
    /// The person wants advice and no more.
    PersonsWish {
        /// In their words.
        said: Text,
    },
    /// The senior's reason why no team is needed.
    NoTeamNeeded {
        /// The reason.
        why: Text,
    },
}
