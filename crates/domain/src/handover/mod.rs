//! A warm handover: another service is asked to take a person over, and answers; whoever asks stays responsible until the
//! other has met the person (pathway §3, hazards H03, H06).
//!
//! One handover and its own steps. What it does to the referral, and what follows when it fails, is the referral's.

mod limits;
mod reason;
mod receiver;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::episode::Mode;
use crate::guest::LinkStands;
use crate::ids::{HandoverId, TeamId};
use crate::refused::Refused;
use crate::value::{Line, Text};

pub use limits::HandoverLimits;
pub use reason::DeclineReason;
pub use receiver::Receiver;

#[cfg(test)]
mod tests;

/// How the person would like to meet the new service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Introduction {
    /// A call of three: the person, somebody they know here, somebody of the new service.
    ThreeWayCall,
    /// A first appointment together.
    Together,
    /// A message from here that names the person of the new service who gets in touch. It counts when the person has it.
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
        /// What they said they do there.
        role: Line,
        /// Their own reference for it, if they gave one.
        reference: Option<Line>,
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

impl Answered {
    /// When it was said on the phone; other answers come when they are given.
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::ByPhone { at, .. } => Some(*at),
            Self::OnScreen { .. } | Self::ByLink { .. } => None,
        }
    }

    /// Who answered for the service.
    pub fn by(&self) -> Option<&Line> {
        match self {
            Self::OnScreen { who } => who.name(),
            Self::ByLink { name, .. } | Self::ByPhone { name, .. } => Some(name),
        }
    }
}

/// What the service that takes over promises.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Promise {
    /// Who gets in touch with the person.
    pub contact_name: Line,
    /// How they do it, in plain words for the person.
    pub next: Text,
    /// On which day, if they said one.
    #[serde(default)]
    pub on: Option<Date>,
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
        /// Whether it had taken the person and gives them back.
        #[serde(default)]
        after_accepting: bool,
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

    /// When the service was asked what it answers next: whether it takes the person, and once it did whether they have met.
    pub fn asked_at(&self) -> Option<Timestamp> {
        match self {
            Self::Offered { at, .. } => Some(*at),
            Self::Accepted { promise } | Self::Introduced { promise, .. } => {
                Some(promise.answered.at().unwrap_or(promise.at))
            }
            Self::Proposed
            | Self::Met { .. }
            | Self::Declined { .. }
            | Self::BouncedBack { .. }
            | Self::Ended { .. } => None,
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

    /// Whether the link by which the service answers can be used. It dies with its time, with any answer, and with whatever
    /// ends the asking; a new offer has a link of its own.
    pub fn answer_link(&self, now: Timestamp) -> LinkStands {
        match &self.state {
            HandoverState::Offered { answer_by, .. } if now <= *answer_by => LinkStands::Good,
            HandoverState::Accepted { promise }
            | HandoverState::Introduced { promise, .. }
            | HandoverState::Met { promise, .. } => self.done(&promise.answered, promise.at),
            HandoverState::Declined { at, by, .. } => self.done(by, *at),
            HandoverState::Proposed
            | HandoverState::Offered { .. }
            | HandoverState::BouncedBack { .. }
            | HandoverState::Ended { .. } => LinkStands::Over,
        }
    }

    /// Whether the link by which the service says that they have met can be used.
    pub fn carry_link(&self, now: Timestamp) -> LinkStands {
        match &self.state {
            HandoverState::Accepted { promise } | HandoverState::Introduced { promise, .. }
                if now <= promise.meet_by =>
            {
                LinkStands::Good
            }
            HandoverState::Met { at, by, .. } | HandoverState::Declined { at, by, .. } => self.done(by, *at),
            HandoverState::Proposed
            | HandoverState::Offered { .. }
            | HandoverState::Accepted { .. }
            | HandoverState::Introduced { .. }
            | HandoverState::BouncedBack { .. }
            | HandoverState::Ended { .. } => LinkStands::Over,
        }
    }

    fn done(&self, by: &Answered, at: Timestamp) -> LinkStands {
        LinkStands::Done { by: by.by().unwrap_or_else(|| self.to.name()).clone(), at }
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
                let after_accepting = self.state.promise().is_some();
                if reason == DeclineReason::CannotGoOn && !after_accepting {
                    return Err(Refused::HandoverStep);
                }
                self.state = HandoverState::Declined { at, reason, words, by, after_accepting };
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

    /// The message that introduced them did not arrive after all.
    pub(crate) fn not_introduced(&mut self) {
        if let HandoverState::Introduced { promise, how: Introduction::NamedMessage, .. } = &self.state {
            self.state = HandoverState::Accepted { promise: promise.clone() };
        }
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
