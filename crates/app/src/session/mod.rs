//! Signing in, locking, unlocking, signing out.

use axum::extract::Request;
use axum::response::Response;
use onedoor_domain::ids::TenantId;
use onedoor_store::Identified;

use crate::web::App;
use crate::web::gate::to_sign_in;

/// Answers a request whose session does not open pages: on to signing in, the second factor or unlocking.
#[expect(clippy::unused_async, reason = "parking a POST writes to the database")]
pub async fn turned_away(_: &App, _: TenantId, _: Option<Identified>, request: Request) -> Response {
    to_sign_in(request.uri().path())
}
