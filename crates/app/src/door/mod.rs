//! The public door: a person asks for help, one question a page, without JavaScript.
//!
//! Nobody is turned away here and no page is a dead end: each says where help is now. It must not decide anything about
//! a request: that is the referral room's.

pub(crate) mod answers;
pub mod ask;
pub mod back;
pub mod call_me;
pub mod check;
pub(crate) mod controls;
pub(crate) mod cover;
pub mod danger;
pub mod end;
pub(crate) mod errors;
pub(crate) mod given;
pub mod keep;
mod kept;
pub mod language;
pub(crate) mod limit;
pub mod names;
pub(crate) mod places;
pub mod question;
pub mod send;
pub mod sent;
mod so_far;
pub mod start;
pub mod status;
pub mod voice;

use axum::http::Uri;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Draft, DraftState, ForWhom, Question};
use onedoor_domain::ids::DraftId;
use onedoor_store::Tx;
use uuid::Uuid;

use crate::web::answer::go;
use crate::web::{Answer, Problem, Public};

/// The draft a path names. Anything else is no page of ours.
fn draft_id(text: &str) -> Result<DraftId, Problem> {
    Uuid::try_parse(text).map(DraftId).map_err(|_| Problem::NotFound)
}

/// A visitor's own draft and the transaction that holds it; none when it was sent: then there is nothing left to ask.
async fn open(public: &Public, id: DraftId, action: Action) -> Result<Option<(Tx, Draft)>, Problem> {
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, action).await?;
    match draft.state {
        DraftState::Open => Ok(Some((tx, draft))),
        DraftState::Sent { .. } => {
            tx.close().await?;
            Ok(None)
        }
    }
}

/// On to the one confirmation a draft has, however often it is sent.
fn to_confirmation(id: DraftId) -> Answer {
    go(&path(id, "sent"))
}

/// A page of a draft.
fn path(id: DraftId, page: &str) -> String {
    format!("/ask/{id}/{page}")
}

/// Why a visitor is on a question page, and so where they go next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    /// Through the form, page by page.
    On,
    /// From "check your answers", and back there.
    Change,
    /// Sending what they told so far: only what is needed to reach them is still asked.
    SoFar,
}

impl Going {
    fn of(uri: &Uri) -> Self {
        let asks = |part: &str| uri.query().is_some_and(|query| query.split('&').any(|one| one == part));
        if asks("change=1") {
            Self::Change
        } else if asks("so-far=1") {
            Self::SoFar
        } else {
            Self::On
        }
    }

    /// A page of a draft, to come to in the same way.
    fn to(self, id: DraftId, page: &str) -> String {
        match self {
            Self::On => path(id, page),
            Self::Change => format!("{}?change=1", path(id, page)),
            Self::SoFar => format!("{}?so-far=1", path(id, page)),
        }
    }
}

/// The page after a question: the next one, or back to "check your answers".
fn after(id: DraftId, (question, whom): (Question, ForWhom), going: Going) -> String {
    match question.next(whom).filter(|_| going == Going::On) {
        Some(next) => path(id, next.code()),
        None => path(id, "check"),
    }
}
