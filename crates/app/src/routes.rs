//! The route table. Until the rooms come it holds the two health pages.

use axum::routing::get;
use axum::{Extension, Router};

use crate::health::{self, Health};

/// Every page the program answers.
#[expect(clippy::disallowed_methods, reason = "this is the file that builds the router")]
pub fn router(health: Health) -> Router {
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(Extension(health))
}
