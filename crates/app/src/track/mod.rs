//! Following a request from outside: the person themselves, with a reference and a phrase or a code.
//!
//! Nothing here says whether a reference exists, and every page shows where help is now. What they may see and do is the
//! evaluator's to say; what follows from it is the referral's.

pub mod again;
pub mod begin;
pub mod change;
pub mod code;
pub mod looked;
pub mod phrase;
pub mod place;
mod reach;
pub mod say;
mod spoken;
pub mod worse;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::door::ask::stop;
use crate::ui::Markup;
use crate::web::answer::go;
use crate::web::form::read_form;
use crate::web::{Answer, Problem, Public};

/// Where somebody says which request is theirs.
pub const START: &str = "/track";
/// Where it is.
pub const PLACE: &str = "/track/where";

/// Nobody is known any more: half an hour passed, or it was finished. What was typed is shown, to be kept.
pub async fn turned_away(public: &Public, request: Request) -> Response {
    match turned(public, request).await {
        Ok(answer) => answer.into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn turned(public: &Public, request: Request) -> Result<Answer, Problem> {
    if request.method() != Method::POST {
        return Ok(go(&format!("{START}?over=1")));
    }
    let raw = read_form(request).await?;
    let typed = raw.fields().filter(|(_, value)| value.trim().contains(' '));
    let label = public.lang.t("track-over-typed");
    let kept: Vec<(String, Markup)> = typed.map(|(_, value)| (label.clone(), Markup::lines(value))).collect();
    let keys = ["track-over-what", "track-over-do"];
    stop(public, StatusCode::UNAUTHORIZED, ("track-over-title", START), &keys, kept).await
}
