//! Signing in, locking, unlocking, signing out, and posts that met a locked or ended session.
//!
//! Must not say whether an account exists, and must not open a page on a password alone.

pub mod code;
pub mod keep;
pub mod parked;
pub mod picker;
pub mod sign_in;
pub(crate) mod tries;
pub mod unlock;

use std::fmt::Write as _;

use axum::extract::Request;
use axum::http::{Method, header};
use axum::response::{IntoResponse as _, Response};
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::ids::TenantId;
use onedoor_domain::session::Standing;
use onedoor_store::Identified;
use serde::Deserialize;

use crate::ui::{Frame, FrameKind};
use crate::web::answer::go;
use crate::web::app::random;
use crate::web::gate::{form_encode, hash};
use crate::web::{Answer, App, Problem, Public};

/// The first page after signing in.
pub const HOME: &str = "/my-day";

/// What the addresses of this room may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Ask {
    /// Where to go afterwards.
    #[serde(default)]
    pub next: String,
    /// What was just done.
    #[serde(default)]
    pub done: String,
}

/// A session's random token, and what of it is stored.
pub(crate) fn token() -> (String, [u8; 32]) {
    let token = hex(&random::<32>());
    let stored = hash(token.as_bytes());
    (token, stored)
}

/// For cookies, links and hidden fields.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A page of ours to go to, else the first page. Never somebody else's, never back to signing in.
fn own_path(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let around = ["/sign-in", "/sign-out", "/unlock", "/lock", "/still-here", "/invitation", "/demo"];
    let plain = next.chars().all(|c| c.is_ascii_graphic());
    let here = around.iter().any(|start| next.starts_with(start));
    if ours && plain && !here { next } else { HOME }
}

fn with_next(to: &str, next: &str) -> String {
    let mut to = format!("{to}?next=");
    to.extend(form_encode(own_path(next)));
    to
}

/// The page around a page of somebody who works here and is not signed in yet.
pub(crate) async fn frame(public: &Public, title: &str) -> Frame {
    let mut frame = public.frame(public.lang.t(title)).await;
    frame.kind = FrameKind::Public { leave_quickly: false };
    frame.no_index = true;
    frame
}

/// The context of somebody whose session is known, whether or not it opens pages.
fn acting(app: &App, tenant: TenantId, identified: &Identified) -> Ctx {
    app.ctx(tenant, Actor::Staff(identified.member.clone()))
}

/// Answers a request whose session does not open pages: on to signing in, the second factor or unlocking. What was
/// posted is kept for the same person.
pub async fn turned_away(
    app: &App,
    tenant: TenantId,
    identified: Option<Identified>,
    request: Request,
) -> Response {
    match turned(app, tenant, identified, request).await {
        Ok(answer) => answer.into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn turned(
    app: &App,
    tenant: TenantId,
    identified: Option<Identified>,
    request: Request,
) -> Result<Answer, Problem> {
    let path = request.uri().path_and_query().map_or(HOME, |path| path.as_str()).to_owned();
    let standing = identified.as_ref().map(|found| found.session.standing(app.clock.now(), app.limits()));
    let to = match standing {
        Some(Standing::Locked) => "/unlock",
        Some(Standing::HalfWay) => "/sign-in/code",
        Some(Standing::Open | Standing::Over) | None => "/sign-in",
    };
    let next = match (request.method(), identified) {
        // A file is not kept: the page it came from is shown again.
        (&Method::POST, Some(_)) if sends_file(&request) => path,
        (&Method::POST, Some(identified)) if standing != Some(Standing::HalfWay) => {
            parked::keep(app, &acting(app, tenant, &identified), path, request).await?
        }
        (&Method::POST, _) => HOME.to_owned(),
        _ => path,
    };
    Ok(go(&with_next(to, &next)))
}

fn sends_file(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_come_after_signing_in() {
        for own in ["/worklist", "/referrals/0190?step=2", "/parked"] {
            assert_eq!(own_path(own), own);
        }
        for other in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "/sign-out", "x"]
        {
            assert_eq!(own_path(other), HOME, "{other}");
        }
    }

    #[test]
    fn a_token_is_256_bits_and_never_the_same() {
        let ((first, stored), (second, _)) = (token(), token());
        assert_eq!(first.len(), 64);
        assert_ne!(first, second);
        assert_eq!(stored, hash(first.as_bytes()));
    }
}
