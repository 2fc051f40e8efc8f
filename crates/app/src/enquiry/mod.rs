//! What is still missing is asked for once. Whoever is asked answers by a one-time link, without an account; what they read
//! there is the list of what is missing and a reference, and never who the person is.

pub mod answer;
pub(crate) mod part;
pub mod steps;

use onedoor_domain::ids::{ReferralId, TenantId};

use crate::once::Once;
use crate::web::App;

/// The one-time link of a request: there is one question, so there is one link.
fn link(tenant: TenantId, id: ReferralId) -> Once {
    Once { of_use: "answer", tenant, id: id.into() }
}

/// The path of the link that goes into the message.
pub fn path(app: &App, tenant: TenantId, id: ReferralId) -> String {
    format!("/question/{id}/{}", link(tenant, id).key(&app.secret))
}
