//! What can go wrong on the way to an answer, and the calm page it becomes.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use onedoor_domain::refused::Refused;
use onedoor_store::StoreError;

use super::form::FormRejected;
use crate::ui::ErrorKind;

/// What can go wrong on the way to an answer.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The form could not be read at all.
    #[error(transparent)]
    Form(#[from] FormRejected),
    /// A transition did not happen and the handler had nothing better to show.
    #[error("refused: {0}")]
    Refused(#[from] Refused),
    /// Too many tries; seconds to wait.
    #[error("too many tries")]
    TooOften(u32),
    /// There is no such page.
    #[error("no such page")]
    NotFound,
    /// Signed in, but not for this.
    #[error("not permitted")]
    Forbidden,
    /// A page of another site, or one that says nothing of where it is from, tried to send this.
    #[error("sent from elsewhere")]
    Elsewhere,
    /// A template did not render.
    #[error("a page did not render")]
    Render,
    /// A handler asked for an actor its route does not admit: our mistake.
    #[error("the route admits somebody else")]
    Misrouted,
    /// Something of ours broke.
    #[error("{0}")]
    Fault(&'static str),
}

/// Left on an error's response for the frame to be put around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    pub(super) kind: ErrorKind,
    pub(super) wait: Option<u32>,
}

impl Problem {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Store(StoreError::Hidden) | Self::NotFound => ErrorKind::NotFound,
            Self::Store(StoreError::Refused(_)) | Self::Forbidden => ErrorKind::Forbidden,
            Self::Elsewhere => ErrorKind::Elsewhere,
            Self::Store(StoreError::Down(_) | StoreError::Unknown(_)) => ErrorKind::Unavailable,
            Self::Form(FormRejected::TooLarge) => ErrorKind::TooLarge,
            Self::Store(StoreError::Stale | StoreError::Taken) => ErrorKind::Changed,
            Self::Refused(_) | Self::Form(_) => ErrorKind::Unreadable,
            Self::TooOften(_) => ErrorKind::TooOften,
            Self::Store(StoreError::Unreadable(_) | StoreError::Database(_))
            | Self::Render
            | Self::Misrouted
            | Self::Fault(_) => ErrorKind::Fault,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = self.kind();
        if kind == ErrorKind::Fault {
            let error = if let Self::Store(error) = &self { error.for_log() } else { self.to_string() };
            tracing::error!(error, "a request failed");
        }
        let wait = if let Self::TooOften(seconds) = self { Some(seconds) } else { None };
        let mut response = status(kind).into_response();
        response.extensions_mut().insert(Shown { kind, wait });
        response
    }
}

fn status(kind: ErrorKind) -> StatusCode {
    kind.status()
}
