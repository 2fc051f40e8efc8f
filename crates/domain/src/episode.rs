//! Accepted care of one person by one team: who is their key worker, what of it was done, and contacts with the person.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::ids::{ContactId, EpisodeId, TeamId, UserId};
use crate::unmet::NeedsMet;
use crate::value::{Line, Phone, Text};

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
    /// What the person is told of the key worker, and since when it is them.
    #[serde(default)]
    pub named: Option<Named>,
    /// Who was the key worker before.
    #[serde(default)]
    pub earlier: Vec<Earlier>,
    /// Whom the person said they would like as key worker.
    #[serde(default)]
    pub wishes: Vec<WorkerWish>,
    /// The parts of the four-week wait that were done.
    #[serde(default)]
    pub parts: Vec<PartDone>,
    /// When it ended.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
}

impl Episode {
    /// Whether this account is the key worker.
    pub fn is_with(&self, user: UserId) -> bool {
        self.key_worker.as_ref().is_some_and(|(known, _)| *known == user)
    }

    /// The first time this part was done.
    pub fn part(&self, part: Part) -> Option<&PartDone> {
        self.parts.iter().filter(|done| done.part == part).min_by_key(|done| done.at)
    }
}

/// The named contact, as the person is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Named {
    /// What they are, in words.
    pub role: Option<Line>,
    /// The number they are reached on.
    pub number: Option<Phone>,
    /// Since when.
    pub since: Timestamp,
    /// Why this one, where something spoke against it.
    pub why: Option<Text>,
}

/// Somebody who was the key worker before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// The account.
    pub user: UserId,
    /// The name at the time.
    pub name: Line,
    /// Until when.
    pub until: Timestamp,
    /// Why somebody else took over.
    pub why: Text,
}

/// Whom the person would like as key worker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorkerWish {
    /// In their words.
    pub said: Text,
    /// To whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// One of the four parts of the four-week wait of adults. Source: pathway §6.2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A direct contact.
    Contact,
    /// A meaningful assessment.
    Assessment,
    /// A care plan agreed with the person, or an intervention begun. Signposting is neither.
    PlanOrIntervention,
    /// A baseline outcome measure.
    Baseline,
}

impl Part {
    /// Every part, in page order.
    pub const ALL: [Self; 4] = [Self::Contact, Self::Assessment, Self::PlanOrIntervention, Self::Baseline];

    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Assessment => "assessment",
            Self::PlanOrIntervention => "plan-or-intervention",
            Self::Baseline => "baseline",
        }
    }

    /// The part with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// One part was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartDone {
    /// Which.
    pub part: Part,
    /// When it was done.
    pub at: Timestamp,
    /// By whom it was written down here.
    pub by: Author,
    /// Where it is kept; this release holds contacts itself, and of the other parts that they were done.
    pub kept: Option<Text>,
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
