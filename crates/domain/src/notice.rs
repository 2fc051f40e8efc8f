//! Messages out, each with a final status that staff can see. "Told" means a stored answer or a named human (hazard H18).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::door::{SafeContact, Way};
use crate::ids::NoticeId;
use crate::refused::Refused;
use crate::value::{Line, Text};

mod message;
#[cfg(test)]
pub(crate) mod tests;

pub use message::{Message, News};

/// Who must be told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The person the referral is about.
    Person,
    /// Their GP, where they allowed it.
    Gp,
    /// Whoever asked for them: as much as the person agrees to.
    Referrer,
    /// The service that is asked to take them over.
    Receiver,
}

/// Where a message goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Route {
    /// E-mail to an address.
    Email {
        /// The address.
        to: crate::value::Email,
        /// Whether it may name the service and the subject.
        say_nhs: bool,
    },
    /// Text to a number.
    Text {
        /// The number.
        to: crate::value::Phone,
        /// Whether it may name the service and the subject.
        say_nhs: bool,
    },
    /// A letter, printed and posted by a named person.
    Letter {
        /// The address, or the practice's name.
        to: Text,
    },
    /// A call by a named person.
    Call {
        /// The number.
        to: crate::value::Phone,
        /// Whether a voicemail may be left.
        voicemail: bool,
    },
    /// In person, by a named person: there is no phone and no address.
    InPerson {
        /// Where they can be found.
        at: Text,
    },
}

impl Route {
    /// The safe way the person chose.
    pub fn to_person(contact: &SafeContact) -> Self {
        let say_nhs = contact.say_nhs;
        match &contact.way {
            Way::Call { phone, voicemail } => Self::Call { to: phone.clone(), voicemail: *voicemail },
            Way::Text { phone } => Self::Text { to: phone.clone(), say_nhs },
            Way::Email { email } => Self::Email { to: email.clone(), say_nhs },
            Way::Letter { address } => Self::Letter { to: address.clone() },
            Way::InPerson { place } => Self::InPerson { at: place.clone() },
        }
    }

    /// Whether the program can send it without a human.
    pub fn is_electronic(&self) -> bool {
        matches!(self, Self::Email { .. } | Self::Text { .. })
    }

    /// Whether what the program sends by this route says all that the party must know. Without "say NHS" a message names
    /// no service and no subject, so it cannot say what was decided; and advice is never put into a text. Such a message
    /// only asks them to get in touch: being told is then a human's work (hazards H05, H18).
    pub fn carries(&self, message: &Message) -> bool {
        match (self, message) {
            (Self::Letter { .. } | Self::Call { .. } | Self::InPerson { .. }, _)
            | (_, Message::Received { .. } | Message::Withdrawn { .. } | Message::Duplicate { .. }) => true,
            // It says that something waits, behind a one-time link or a call, and nothing about whom.
            (_, Message::HandoverOffered { .. }) => true,
            (_, Message::ToReferrer { news, .. }) if news.is_least() => true,
            (
                Self::Email { say_nhs, .. } | Self::Text { say_nhs, .. },
                Message::Accepted { .. }
                | Message::AskedFor { .. }
                | Message::ToReferrer { .. }
                | Message::HandoverAccepted { .. }
                | Message::HandoverBack { .. }
                | Message::Redirected { .. },
            )
            | (Self::Email { say_nhs, .. }, Message::Advised { .. }) => *say_nhs,
            (Self::Text { .. }, Message::Advised { .. }) => false,
        }
    }

    /// The stored code and message suffix.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Email { .. } => "email",
            Self::Text { .. } => "text",
            Self::Letter { .. } => "letter",
            Self::Call { .. } => "call",
            Self::InPerson { .. } => "in-person",
        }
    }
}

/// Where a message is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum NoticeState {
    /// Waits for the worker, or for a human where the route needs one.
    Queued,
    /// Written to the local spool: nobody has been told.
    Spooled {
        /// When.
        at: Timestamp,
        /// The spool file's name.
        file: Line,
    },
    /// A provider took it and answered.
    Handed {
        /// When.
        at: Timestamp,
        /// The provider's answer, as it came.
        answer: Text,
    },
    /// A provider took a message that only asks them to get in touch: they do not know the decision yet.
    Asked {
        /// When.
        at: Timestamp,
        /// The provider's answer, as it came.
        answer: Text,
    },
    /// The provider said it was delivered.
    Delivered {
        /// When.
        at: Timestamp,
        /// The provider's answer, as it came.
        answer: Text,
    },
    /// It failed.
    Failed {
        /// When.
        at: Timestamp,
        /// The provider's answer, or ours.
        answer: Text,
    },
    /// A letter was printed; nobody has been told yet.
    Printed {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
    },
    /// A named person posted the letter.
    Posted {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
    },
    /// A named person told them by phone, or face to face.
    ToldByPhone {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
    },
    /// They are not told, for a stated reason.
    Excepted {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
        /// Why.
        why: Text,
    },
}

impl NoticeState {
    /// The stored code and message suffix.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Spooled { .. } => "spooled",
            Self::Handed { .. } => "handed",
            Self::Asked { .. } => "asked",
            Self::Delivered { .. } => "delivered",
            Self::Failed { .. } => "failed",
            Self::Printed { .. } => "printed",
            Self::Posted { .. } => "posted",
            Self::ToldByPhone { .. } => "told-by-phone",
            Self::Excepted { .. } => "excepted",
        }
    }

    /// Whether the party counts as told, or as excepted: a provider's stored answer, a named human, or a reason.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Handed { .. }
            | Self::Delivered { .. }
            | Self::Posted { .. }
            | Self::ToldByPhone { .. }
            | Self::Excepted { .. } => true,
            Self::Queued
            | Self::Spooled { .. }
            | Self::Asked { .. }
            | Self::Failed { .. }
            | Self::Printed { .. } => false,
        }
    }
}

/// One step of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoticeStep {
    /// Written to the local spool.
    Spooled {
        /// The file's name.
        file: Line,
    },
    /// Taken by a provider.
    Handed {
        /// Its answer.
        answer: Text,
    },
    /// Delivered, says the provider.
    Delivered {
        /// Its answer.
        answer: Text,
    },
    /// Failed.
    Failed {
        /// The answer.
        answer: Text,
    },
    /// A letter was printed.
    Printed,
    /// The letter was posted.
    Posted,
    /// A posted letter came back.
    CameBack {
        /// What is known of why: "gone away", a wrong address.
        why: Text,
    },
    /// Told by phone, or face to face.
    ToldByPhone,
    /// Not told, for a reason.
    Excepted {
        /// The reason.
        why: Text,
    },
}

/// A message to one party by one route.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// Its id; also the key that makes sending safe to repeat.
    pub id: NoticeId,
    /// Who is told.
    pub party: Party,
    /// By which route.
    pub route: Route,
    /// What it says.
    pub message: Message,
    /// When it was made.
    pub made_at: Timestamp,
    /// Where it is.
    pub state: NoticeState,
}

impl Notice {
    /// Whether by it the person knows that we hold what somebody told us about them.
    pub(crate) fn tells_person(&self) -> bool {
        let told = match self.state {
            NoticeState::Handed { .. }
            | NoticeState::Delivered { .. }
            | NoticeState::Posted { .. }
            | NoticeState::ToldByPhone { .. } => true,
            NoticeState::Queued
            | NoticeState::Spooled { .. }
            | NoticeState::Asked { .. }
            | NoticeState::Failed { .. }
            | NoticeState::Printed { .. }
            | NoticeState::Excepted { .. } => false,
        };
        told && self.party == Party::Person
    }

    /// Whether it can take this step now: what a page offers is what the machine takes.
    pub fn can(&self, step: NoticeStep) -> bool {
        self.clone().step(self.made_at, Author::System, step).is_ok()
    }

    /// Takes one step. A failure may come after "handed" and "delivered" too: providers change their mind.
    pub(crate) fn step(&mut self, at: Timestamp, by: Author, step: NoticeStep) -> Result<(), Refused> {
        use NoticeState as S;
        let electronic = self.route.is_electronic();
        let carried = self.route.carries(&self.message);
        let letter = matches!(self.route, Route::Letter { .. });
        let next = match (&self.state, step) {
            (S::Queued | S::Failed { .. }, NoticeStep::Spooled { file }) if electronic => {
                S::Spooled { at, file }
            }
            (S::Queued | S::Spooled { .. } | S::Failed { .. }, NoticeStep::Handed { answer })
                if electronic =>
            {
                if carried {
                    S::Handed { at, answer }
                } else {
                    S::Asked { at, answer }
                }
            }
            (S::Handed { .. }, NoticeStep::Delivered { answer }) => S::Delivered { at, answer },
            (S::Asked { .. }, NoticeStep::Delivered { answer }) => S::Asked { at, answer },
            (
                S::Queued | S::Spooled { .. } | S::Handed { .. } | S::Asked { .. } | S::Delivered { .. },
                NoticeStep::Failed { answer },
            ) if electronic => S::Failed { at, answer },
            (S::Queued | S::Failed { .. }, NoticeStep::Printed) if letter => S::Printed { at, by },
            (S::Queued | S::Printed { .. } | S::Failed { .. }, NoticeStep::Posted) if letter => {
                S::Posted { at, by }
            }
            (S::Posted { .. }, NoticeStep::CameBack { why }) if letter => S::Failed { at, answer: why },
            (
                S::Queued | S::Spooled { .. } | S::Asked { .. } | S::Failed { .. } | S::Printed { .. },
                NoticeStep::ToldByPhone,
            ) => S::ToldByPhone { at, by },
            (
                S::Queued | S::Spooled { .. } | S::Asked { .. } | S::Failed { .. } | S::Printed { .. },
                NoticeStep::Excepted { why },
            ) => S::Excepted { at, by, why },
            (
                S::Queued
                | S::Spooled { .. }
                | S::Handed { .. }
                | S::Asked { .. }
                | S::Delivered { .. }
                | S::Failed { .. }
                | S::Printed { .. }
                | S::Posted { .. }
                | S::ToldByPhone { .. }
                | S::Excepted { .. },
                _,
            ) => return Err(Refused::NoticeStep),
        };
        self.state = next;
        Ok(())
    }
}
