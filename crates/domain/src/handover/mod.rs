//! A warm handover: another service is asked to take a person over, and answers; whoever asks stays responsible until the
//! other has met the person (pathway §3, hazards H03, H06).
//!
//! One handover and its own steps. What it does to the referral, and what follows when it fails, is the referral's.

mod limits;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::episode::Mode;
use crate::ids::{HandoverId, TeamId};
use crate::notice::Route;
use crate::refused::Refused;
use crate::value::{Email, Line, Phone, Text};

pub use limits::HandoverLimits;

#[cfg(test)]
mod tests;

/// Who is asked to take the person over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Receiver {
    /// A team whose people sign in here and answer on screen.
    Team {
        /// The team.
        team: TeamId,
        /// Its name at the time.
        name: Line,
    },
    /// A service without accounts here: it answers by a one-time link, or on the phone to a named person.
    Outside {
        /// Its name.
        name: Line,
        /// Where the one-time link goes.
        email: Option<Email>,
        /// The number to ring.
        phone: Option<Phone>,
    },
}

impl Receiver {
    /// Its name.
    pub fn name(&self) -> &Line {
        match self {
            Self::Team { name, .. } | Self::Outside { name, .. } => name,
        }
    }

    /// The team, where its people sign in here.
    pub fn team(&self) -> Option<TeamId> {
        match self {
            Self::Team { team, .. } => Some(*team),
            Self::Outside { .. } => None,
        }
    }

    /// How it is told that something waits for it: an e-mail with a one-time link, a call by a named person; a team here
    /// sees it in its queue. The message says nothing about the person.
    pub fn route(&self) -> Option<Route> {
        match self {
            Self::Outside { email: Some(email), .. } => {
                Some(Route::Email { to: email.clone(), say_nhs: true })
            }
            Self::Outside { phone: Some(phone), .. } => {
                Some(Route::Call { to: phone.clone(), voicemail: false })
            }
            Self::Team { .. } | Self::Outside { email: None, phone: None, .. } => None,
        }
    }

    /// Whether there is any way to ask it.
    pub fn can_be_asked(&self) -> bool {
        matches!(self, Self::Team { .. }) || self.route().is_some()
    }
}

/// How the person would like to meet the new service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Introduction {
    /// A call of three: the person, somebody they know here, somebody of the new service.
    ThreeWayCall,
    /// A first appointment together.
    Together,
    /// A message that names the person of the new service who gets in touch.
    NamedMessage,
}

impl Introduction {
    /// Every way, in form order.
    pub const ALL: [Self; 3] = [Self::ThreeWayCall, Self::Together, Self::NamedMessage];

    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::ThreeWayCall => "three-way-call",
            Self::Together => "together",
            Self::NamedMessage => "named-message",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// Whether the person wants this. Nobody is handed over without being asked, or a senior's written reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Consent {
    /// Nobody has asked yet: nothing is offered to anybody.
    ToAsk,
    /// The person agrees.
    Agrees {
        /// In their words, if they said more than yes.
        said: Option<Text>,
    },
    /// It is done without asking, for this reason.
    Without {
        /// The reason.
        why: Text,
    },
}

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
    /// Something else, said in words.
    Other,
}

impl DeclineReason {
    /// Every reason, in form order.
    pub const ALL: [Self; 8] = [
        Self::Capacity,
        Self::NotAppropriate,
        Self::Eligibility,
        Self::PersonsChoice,
        Self::Distance,
        Self::NotReached,
        Self::NoAppointment,
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
            Self::Other => "other",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// How an answer came. Never by silence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Answered {
    /// On screen, by somebody of the service who is signed in.
    OnScreen {
        /// Who.
        who: Author,
    },
    /// By the one-time link that went to the service.
    ByLink {
        /// Who they said they are.
        name: Line,
    },
    /// On the phone.
    ByPhone {
        /// Who answered for the service.
        name: Line,
        /// When.
        at: Timestamp,
        /// Their own reference for it, if they gave one.
        reference: Option<Line>,
        /// Who rang.
        rang: Author,
    },
}

/// What the service that takes over promises.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Promise {
    /// Who gets in touch with the person.
    pub contact_name: Line,
    /// How they do it, in plain words for the person.
    pub next: Text,
    /// How the answer came.
    pub answered: Answered,
    /// When.
    pub at: Timestamp,
    /// By when they have met the person.
    pub meet_by: Timestamp,
}

/// Where a handover is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum HandoverState {
    /// Chosen; the person has not been asked yet.
    Proposed,
    /// The service has been asked.
    Offered {
        /// When.
        at: Timestamp,
        /// By when it answers.
        answer_by: Timestamp,
    },
    /// The service takes the person; they have not met.
    Accepted {
        /// What it promises.
        promise: Promise,
    },
    /// Somebody introduced them.
    Introduced {
        /// What was promised.
        promise: Promise,
        /// How.
        how: Introduction,
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
    },
    /// They have met: the person is theirs.
    Met {
        /// What was promised.
        promise: Promise,
        /// When they met.
        at: Timestamp,
        /// How.
        mode: Mode,
        /// Who recorded it.
        by: Answered,
    },
    /// The service cannot take the person.
    Declined {
        /// When.
        at: Timestamp,
        /// Why.
        reason: DeclineReason,
        /// In words.
        words: Text,
        /// How the answer came.
        by: Answered,
    },
    /// It did not answer, or did not meet the person, in time: it came back by itself.
    BouncedBack {
        /// When.
        at: Timestamp,
        /// Whether it had accepted.
        after_accepting: bool,
    },
    /// It ended from this side: taken back, or the referral ended.
    Ended {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
        /// Why, where somebody took it back.
        why: Option<Text>,
    },
}

impl HandoverState {
    /// The stored code and message suffix.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Offered { .. } => "offered",
            Self::Accepted { .. } => "accepted",
            Self::Introduced { .. } => "introduced",
            Self::Met { .. } => "met",
            Self::Declined { .. } => "declined",
            Self::BouncedBack { .. } => "bounced-back",
            Self::Ended { .. } => "ended",
        }
    }

    /// Whether something is still to come of it.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Proposed | Self::Offered { .. } | Self::Accepted { .. } | Self::Introduced { .. } => true,
            Self::Met { .. } | Self::Declined { .. } | Self::BouncedBack { .. } | Self::Ended { .. } => false,
        }
    }

    /// What the service promised, once it did and while it stands.
    pub fn promise(&self) -> Option<&Promise> {
        match self {
            Self::Accepted { promise } | Self::Introduced { promise, .. } | Self::Met { promise, .. } => {
                Some(promise)
            }
            Self::Proposed
            | Self::Offered { .. }
            | Self::Declined { .. }
            | Self::BouncedBack { .. }
            | Self::Ended { .. } => None,
        }
    }
}

/// One service asked to take one person over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// Who is asked.
    pub to: Receiver,
    /// Why this service, in plain words for the person and for the service.
    pub why: Text,
    /// Whether the person wants it.
    pub consent: Consent,
    /// How the person would like to be introduced.
    pub wish: Option<Introduction>,
    /// When it was chosen.
    pub made_at: Timestamp,
    /// By whom.
    pub by: Author,
    /// Where it is.
    pub state: HandoverState,
}

impl Handover {
    /// Whether something is still to come of it.
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// The team here that may see the record because of it: while it is asked, and once it has met the person.
    pub fn team(&self) -> Option<TeamId> {
        let may = match self.state {
            HandoverState::Offered { .. }
            | HandoverState::Accepted { .. }
            | HandoverState::Introduced { .. }
            | HandoverState::Met { .. } => true,
            HandoverState::Proposed
            | HandoverState::Declined { .. }
            | HandoverState::BouncedBack { .. }
            | HandoverState::Ended { .. } => false,
        };
        self.to.team().filter(|_| may)
    }

    /// By when the next thing must happen: an answer, or having met.
    pub fn due_at(&self) -> Option<Timestamp> {
        match &self.state {
            HandoverState::Offered { answer_by, .. } => Some(*answer_by),
            HandoverState::Accepted { promise } | HandoverState::Introduced { promise, .. } => {
                Some(promise.meet_by)
            }
            HandoverState::Proposed
            | HandoverState::Met { .. }
            | HandoverState::Declined { .. }
            | HandoverState::BouncedBack { .. }
            | HandoverState::Ended { .. } => None,
        }
    }

    pub(crate) fn offer(
        &mut self,
        consent: Consent,
        wish: Option<Introduction>,
        at: Timestamp,
        answer_by: Timestamp,
    ) -> Result<(), Refused> {
        if self.state != HandoverState::Proposed {
            return Err(Refused::HandoverStep);
        }
        self.consent = consent;
        self.wish = wish;
        self.state = HandoverState::Offered { at, answer_by };
        Ok(())
    }

    pub(crate) fn accept(&mut self, promise: Promise) -> Result<(), Refused> {
        if !matches!(self.state, HandoverState::Offered { .. }) {
            return Err(Refused::HandoverStep);
        }
        self.state = HandoverState::Accepted { promise };
        Ok(())
    }

    /// A service may also give back what it had accepted, as long as it has not met the person.
    pub(crate) fn decline(
        &mut self,
        at: Timestamp,
        reason: DeclineReason,
        words: Text,
        by: Answered,
    ) -> Result<(), Refused> {
        match self.state {
            HandoverState::Offered { .. }
            | HandoverState::Accepted { .. }
            | HandoverState::Introduced { .. } => {
                self.state = HandoverState::Declined { at, reason, words, by };
                Ok(())
            }
            HandoverState::Proposed
            | HandoverState::Met { .. }
            | HandoverState::Declined { .. }
            | HandoverState::BouncedBack { .. }
            | HandoverState::Ended { .. } => Err(Refused::HandoverStep),
        }
    }

    pub(crate) fn introduce(&mut self, how: Introduction, at: Timestamp, by: Author) -> Result<(), Refused> {
        let HandoverState::Accepted { promise } = &self.state else { return Err(Refused::HandoverStep) };
        self.state = HandoverState::Introduced { promise: promise.clone(), how, at, by };
        Ok(())
    }

    pub(crate) fn meet(&mut self, at: Timestamp, mode: Mode, by: Answered) -> Result<(), Refused> {
        let (HandoverState::Accepted { promise } | HandoverState::Introduced { promise, .. }) = &self.state
        else {
            return Err(Refused::HandoverStep);
        };
        self.state = HandoverState::Met { promise: promise.clone(), at, mode, by };
        Ok(())
    }

    /// Nobody answered, or met the person, in time.
    pub(crate) fn bounce(&mut self, now: Timestamp) -> Result<(), Refused> {
        if self.due_at().is_none_or(|due| now <= due) {
            return Err(Refused::NotDue);
        }
        let after_accepting = self.state.promise().is_some();
        self.state = HandoverState::BouncedBack { at: now, after_accepting };
        Ok(())
    }

    pub(crate) fn end(&mut self, at: Timestamp, by: Author, why: Option<Text>) -> Result<(), Refused> {
        if !self.is_open() {
            return Err(Refused::HandoverStep);
        }
        self.state = HandoverState::Ended { at, by, why };
        Ok(())
    }
}
