//! Where a message is, and the steps it takes from there. Which step leads where is the message's own rule, `Notice::step`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::unmet::NeedsMet;
use crate::value::{Line, Text};

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
        /// Whether they read the address on the envelope against what we were told; letters of before do not say.
        #[serde(default)]
        address_checked: bool,
        /// Whether it was in the language and format the person asked for.
        #[serde(default)]
        needs: Option<NeedsMet>,
    },
    /// A named person told them by phone, or face to face.
    ToldByPhone {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Author,
        /// Whether what the person asked for was there.
        #[serde(default)]
        needs: Option<NeedsMet>,
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
    Posted {
        /// Whether the address on the envelope was read against what we were told (hazard H27).
        address_checked: bool,
        /// Whether it was in the language and format the person asked for.
        needs: Option<NeedsMet>,
    },
    /// A posted letter came back.
    CameBack {
        /// What is known of why: "gone away", a wrong address.
        why: Text,
    },
    /// Told by phone, or face to face.
    ToldByPhone {
        /// Whether what the person asked for was there.
        needs: Option<NeedsMet>,
    },
    /// Not told, for a reason.
    Excepted {
        /// The reason.
        why: Text,
    },
}
