//! Messages out, each with a final status that staff can see. "Told" means a stored answer or a named human (hazard H18).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::door::{SafeContact, Way};
use crate::ids::NoticeId;
use crate::refused::Refused;
use crate::value::Text;

mod message;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use message::{Message, News};
pub use state::{NoticeState, NoticeStep};

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
            | (
                _,
                // The last says that somebody waits for an answer, and nothing about whom.
                Message::Received { .. }
                | Message::Withdrawn { .. }
                | Message::Duplicate { .. }
                | Message::HandoverOffered { .. }
                | Message::HandoverCarry { .. }
                | Message::IntroductionCopy { .. }
                | Message::GpReminder { .. },
            ) => true,
            (_, Message::ToReferrer { news, .. }) if news.is_least() => true,
            (
                Self::Email { say_nhs, .. } | Self::Text { say_nhs, .. },
                Message::Accepted { .. }
                | Message::AskedFor { .. }
                | Message::Enquiry { .. }
                | Message::ToReferrer { .. }
                | Message::HandoverAccepted { .. }
                | Message::HandoverBack { .. }
                | Message::KeyWorker { .. }
                | Message::Introduction { .. }
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
            (
                S::Queued | S::Printed { .. } | S::Failed { .. },
                NoticeStep::Posted { address_checked, needs },
            ) if letter => {
                if !address_checked {
                    return Err(Refused::AddressNotChecked);
                }
                S::Posted { at, by, address_checked, needs }
            }
            (S::Posted { .. }, NoticeStep::CameBack { why }) if letter => S::Failed { at, answer: why },
            (
                S::Queued | S::Spooled { .. } | S::Asked { .. } | S::Failed { .. } | S::Printed { .. },
                NoticeStep::ToldByPhone { needs },
            ) => S::ToldByPhone { at, by, needs },
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
