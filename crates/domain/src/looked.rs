//! Who looked at a record, as the person it is about is told (golden rule 8: no surprises; seed 124).

use jiff::Timestamp;

use crate::value::{Line, Text};

/// One look at the record, or one change of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: LookedBy,
    /// What they did.
    pub what: Looking,
}

/// Who looked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LookedBy {
    /// Somebody with an account.
    Staff {
        /// Their name.
        name: Line,
        /// Their organisation.
        org: Line,
    },
    /// Somebody with a one-time link, as they said who they are.
    Guest {
        /// Their name, what they do, and which service was asked.
        said: Text,
    },
    /// The person, or whoever has their phrase or gets their codes.
    Own,
    /// Whoever asked for them, or was asked about them, by a link.
    Asker,
}

/// What somebody did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looking {
    /// Opened the record.
    Opened,
    /// Saw it in a list.
    Listed,
    /// Wrote in it.
    Wrote,
    /// Tried to, and was stopped.
    Stopped,
}
