//! One row of the route table: its path, who is admitted, and what answers.

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::MethodRouter;
use onedoor_domain::access::Action;

use crate::file;
use crate::referral::step::{self, Step};
use crate::web::App;

/// Who is admitted to a route at all; what they may do there is decided again in the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Signed-in staff and partner users whose role may do this.
    Staff(Action),
    /// Somebody from outside who proved that they hold a referral, in a scope that may do this.
    Person(Action),
    /// Somebody of another organisation who opened a one-time link and said who they are, on an errand that may do this.
    Guest(Action),
    /// Anybody, with the reason why.
    Public(&'static str),
    /// Anybody, and nothing of a county is read: health and assets.
    Open(&'static str),
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Route {
    /// GET or POST.
    pub method: &'static str,
    /// The path, with `{places}`.
    pub path: &'static str,
    /// Who is admitted.
    pub access: Access,
    pub(super) handler: MethodRouter<App>,
}

pub(super) fn get<H: Handler<T, App>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
    Route { method: "GET", path, access, handler: axum::routing::get(handler) }
}

pub(super) fn post<H: Handler<T, App>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
    Route { method: "POST", path, access, handler: axum::routing::post(handler) }
}

/// The form of one step of a request, and where it goes.
pub(super) fn step<S: Step>(path: &'static str, access: Access) -> [Route; 2] {
    [get(path, access, step::show::<S>), post(path, access, step::submit::<S>)]
}

/// A row that takes a file: the only ones with room for one.
pub(super) fn upload<H: Handler<T, App>, T: 'static>(
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    let handler = axum::routing::post(handler).layer(DefaultBodyLimit::max(file::MOST_SENT));
    Route { method: "POST", path, access, handler }
}
