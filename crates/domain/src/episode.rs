//! Accepted care of one person by one team, and contacts with the person. A stub here: allocation and care come later.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::ids::{ContactId, EpisodeId, TeamId, UserId};
use crate::unmet::NeedsMet;
use crate::value::{Line, Text};

/// Accepted care of one person by one team.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Episode {
    /// Its id.
    pub id: EpisodeId,
    /// The team.
    pub team: TeamId,
    /// The name the person is given to ask for.
    pub contact_name: Line,
    /// What happens next, in plain words.
    pub next_step: Text,
    /// On which day.
    pub next_on: Date,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// The key worker, once named.
    pub key_worker: Option<(UserId, Line)>,
}

/// How a contact was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Face to face.
    FaceToFace,
    /// Phone.
    Phone,
    /// Video.
    Video,
    /// Text or e-mail, with an answer.
    Written,
}

impl Mode {
    /// Every mode, in form order.
    pub const ALL: [Self; 4] = [Self::FaceToFace, Self::Phone, Self::Video, Self::Written];

    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::FaceToFace => "face-to-face",
            Self::Phone => "phone",
            Self::Video => "video",
            Self::Written => "written",
        }
    }

    /// The mode with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// A contact, or an attempt at one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Who made it.
    pub by: Author,
    /// When it was made.
    pub at: Timestamp,
    /// How.
    pub mode: Mode,
    /// Whether the person was reached.
    pub reached: bool,
    /// What happens next.
    pub next: Text,
    /// Whether what they asked for was there, where the contact did not give it by itself.
    #[serde(default)]
    pub needs: Option<NeedsMet>,
}
