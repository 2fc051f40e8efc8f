//! How to reach a person without putting them in danger (hazard H05). Decides no route: that is the notice room's.

use serde::{Deserialize, Serialize};

use crate::value::{Email, Line, Phone, Text};

/// One way to reach a person safely.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Way {
    /// A call.
    Call {
        /// The number to ring.
        phone: Phone,
        /// Whether a voicemail may be left.
        voicemail: bool,
    },
    /// A text message.
    Text {
        /// The number to text.
        phone: Phone,
    },
    /// An e-mail.
    Email {
        /// The address.
        email: Email,
    },
    /// A letter.
    Letter {
        /// The postal address, as written.
        address: Text,
    },
    /// In person: no phone and no address, only where they can be found.
    InPerson {
        /// Where, and whom to ask for, in their words.
        place: Text,
    },
}

impl Way {
    /// Which way it is, without the number or address.
    pub fn kind(&self) -> WayKind {
        match self {
            Self::Call { .. } => WayKind::Call,
            Self::Text { .. } => WayKind::Text,
            Self::Email { .. } => WayKind::Email,
            Self::Letter { .. } => WayKind::Letter,
            Self::InPerson { .. } => WayKind::InPerson,
        }
    }
}

/// A way to reach a person, without the number or address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// A call.
    Call,
    /// A text message.
    Text,
    /// An e-mail.
    Email,
    /// A letter.
    Letter,
    /// In person.
    InPerson,
}

impl WayKind {
    /// Every way, in page order.
    pub const ALL: [Self; 5] = [Self::Call, Self::Text, Self::Email, Self::Letter, Self::InPerson];

    /// The code used in forms and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Text => "text",
            Self::Email => "email",
            Self::Letter => "letter",
            Self::InPerson => "in-person",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// How to reach a person safely (hazard H05).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SafeContact {
    /// The way to try first.
    pub way: Way,
    /// Other ways that are safe too.
    #[serde(default)]
    pub also: Vec<Way>,
    /// Whether a message may say it is from the NHS. Without it a message names no service and no subject.
    pub say_nhs: bool,
    /// When it is safe, in their words.
    pub safe_times: Option<Line>,
    /// Who we should say is calling, when somebody else answers.
    #[serde(default)]
    pub code_name: Option<Line>,
    /// The number is that of whoever asked for them: nothing is sent there that is for the person.
    #[serde(default)]
    pub through_asker: bool,
}

impl SafeContact {
    /// One way and nothing more: no message says who it is from.
    pub fn by(way: Way) -> Self {
        Self {
            way,
            also: Vec::new(),
            say_nhs: false,
            safe_times: None,
            code_name: None,
            through_asker: false,
        }
    }

    /// Every way, the one to try first at the front.
    pub fn ways(&self) -> impl Iterator<Item = &Way> {
        std::iter::once(&self.way).chain(&self.also)
    }
}
