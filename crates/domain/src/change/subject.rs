//! What events and audit rows are about.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an event or an audit row is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Subject {
    /// Which noun.
    pub noun: Noun,
    /// Which one.
    pub id: Uuid,
}

/// The nouns that have events of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// A draft of a public form.
    Draft,
    /// A one-time code.
    Code,
    /// A referral and all that hangs on it.
    Referral,
    /// A request that a member of staff writes down.
    Entry,
    /// A file.
    File,
    /// The county's settings.
    County,
    /// A text for the public.
    Content,
    /// An account.
    User,
    /// A team.
    Team,
    /// What somebody is and can do, and when they are away, by their account's id.
    Worker,
    /// An organisation.
    Org,
    /// A sign-in.
    Session,
    /// Following a referral from outside, by the referral's id.
    Tracking,
    /// A service of the directory.
    Service,
    /// An import of a feed of services.
    Import,
    /// The matching rules.
    Rules,
    /// A list, by its own name.
    List,
    /// A filter of lists that somebody keeps.
    Filter,
}

impl Noun {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Code => "code",
            Self::Referral => "referral",
            Self::Entry => "entry",
            Self::File => "file",
            Self::County => "county",
            Self::Content => "content",
            Self::User => "user",
            Self::Team => "team",
            Self::Worker => "worker",
            Self::Org => "org",
            Self::Session => "session",
            Self::Tracking => "tracking",
            Self::Service => "service",
            Self::Import => "import",
            Self::Rules => "rules",
            Self::List => "list",
            Self::Filter => "filter",
        }
    }
}
