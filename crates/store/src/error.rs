//! Why the store did not do it, and what the caller may do next.

use onedoor_domain::access::Action;
use onedoor_domain::refused::Refused;

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The subject does not exist for this actor: 404. Audited.
    #[error("not found")]
    Hidden,
    /// The subject may be known, the action is not theirs: 403. Audited.
    #[error("not permitted: {0:?}")]
    Refused(Action),
    /// Somebody else changed it meanwhile: 409.
    #[error("changed by somebody else")]
    Stale,
    /// Another account has this e-mail address already: 422 where it was typed.
    #[error("the e-mail address belongs to another account")]
    Taken,
    /// The connection broke while committing: nobody knows whether it was stored. Repeating the request is safe.
    #[error("the connection broke while saving")]
    Unknown(#[source] sqlx::Error),
    /// The database does not answer: 503.
    #[error("the database does not answer")]
    Down(#[source] sqlx::Error),
    /// A row does not read as what it should be.
    #[error("a stored {0} does not read")]
    Unreadable(&'static str),
    /// Anything else the database said.
    #[error("the database refused")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    pub(crate) fn at_commit(error: sqlx::Error) -> Self {
        if is_down(&error) { Self::Unknown(error) } else { error.into() }
    }

    /// For the one table with a value that two people can want at once.
    pub(crate) fn or_taken(error: sqlx::Error) -> Self {
        let taken = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        if taken { Self::Taken } else { error.into() }
    }
}

impl StoreError {
    /// What may be logged: the kind, and the database's five-character code. Its message may quote a row.
    pub fn for_log(&self) -> String {
        let source = match self {
            Self::Unknown(source) | Self::Down(source) | Self::Database(source) => Some(source),
            Self::Hidden | Self::Refused(_) | Self::Stale | Self::Taken | Self::Unreadable(_) => None,
        };
        let code = source.and_then(sqlx::Error::as_database_error).and_then(sqlx::error::DatabaseError::code);
        code.map_or_else(|| self.to_string(), |code| format!("{self} ({code})"))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_down(&error) {
            Self::Down(error)
        } else if is_race(&error) {
            Self::Stale
        } else {
            Self::Database(error)
        }
    }
}

impl From<StoreError> for Refused {
    /// For machines that treat a lost race like a stale form.
    fn from(_: StoreError) -> Self {
        Self::Stale
    }
}

/// This one connection is gone: cut, or ended by a server that stops.
pub(crate) fn is_broken(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P0")),
        _ => false,
    }
}

/// Cut connections, a server that stops or starts, a standby that took over, a disk or memory that is full.
fn is_down(error: &sqlx::Error) -> bool {
    is_broken(error)
        || match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| {
                ["25006", "08", "53"].iter().any(|soon_over| code.starts_with(soon_over))
            }),
            _ => false,
        }
}

/// Two people changed the same records in opposite order, and the database let one of them win.
fn is_race(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| code == "40P01" || code == "40001")
}
