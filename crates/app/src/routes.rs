//! The one route table. The router, docs/permissions.md, the route × persona matrix and the audit test walk its rows.

use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::MethodRouter;
use axum::{Extension, Router};
use onedoor_domain::access::Action;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use crate::health::{self, Health};
use crate::session::{code, keep, parked, picker, sign_in, unlock};
use crate::web::{App, gate, guard};
use crate::{assets, door, ui};

/// Who is admitted to a route at all; what they may do there is decided again in the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Signed-in staff and partner users whose role may do this.
    Staff(Action),
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
    handler: MethodRouter<App>,
}

fn get<H: Handler<T, App>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
    Route { method: "GET", path, access, handler: axum::routing::get(handler) }
}

fn post<H: Handler<T, App>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
    Route { method: "POST", path, access, handler: axum::routing::post(handler) }
}

/// Why the pages of a draft are public: the visitor's cookie makes it theirs, the transaction decides.
const OWN: &str = "one's own draft";

/// Every page the program answers.
pub fn table() -> Vec<Route> {
    let mut rows = vec![
        get("/health/live", Access::Open("is the process alive"), health::live),
        get("/health/ready", Access::Open("are database and worker alive"), health::ready),
        get("/assets/{name}", Access::Open("styles and scripts"), assets::serve),
        get(ui::LEAVE_PATH, Access::Open("leave this page quickly"), door::start::leave),
    ];
    rows.extend(door_rows());
    rows.extend(session_rows());
    rows
}

fn door_rows() -> Vec<Route> {
    vec![
        get("/", Access::Public("what this is, help now"), door::start::start),
        get("/crisis-help", Access::Public("help now"), door::start::crisis_help),
        get("/privacy", Access::Public("how information is used"), door::start::privacy),
        get("/accessibility", Access::Public("accessibility statement"), door::start::accessibility),
        get("/ask", Access::Public("the first question"), door::ask::show),
        post("/ask", Access::Public("starts one's own draft"), door::ask::begin),
        get(door::ask::SOMEONE_ELSE, Access::Public("where else to ask"), door::ask::someone_else),
        get("/ask/{draft}/danger", Access::Public(OWN), door::danger::show),
        post("/ask/{draft}/safe-for-now", Access::Public(OWN), door::danger::safe_for_now),
        get("/ask/{draft}/call-me", Access::Public(OWN), door::call_me::show),
        post("/ask/{draft}/call-me", Access::Public(OWN), door::call_me::submit),
        get("/ask/{draft}/check", Access::Public(OWN), door::check::show),
        post("/ask/{draft}/send", Access::Public(OWN), door::check::send),
        get("/ask/{draft}/sent", Access::Public(OWN), door::sent::show),
        get("/ask/{draft}/{question}", Access::Public(OWN), door::question::show),
        post("/ask/{draft}/{question}", Access::Public(OWN), door::question::save),
    ]
}

fn session_rows() -> Vec<Route> {
    let signing_in = Access::Public("nobody is signed in yet");
    let leaving = Access::Public("locking and signing out are never refused");
    let demonstration = Access::Public("demonstration only, else not found");
    let own = Access::Staff(Action::OwnSession);
    vec![
        get("/sign-in", signing_in, sign_in::show),
        post("/sign-in", signing_in, sign_in::submit),
        get("/sign-in/code", signing_in, code::show),
        post("/sign-in/code", signing_in, code::submit),
        get("/unlock", signing_in, unlock::show),
        post("/unlock", signing_in, unlock::submit),
        post("/lock", leaving, unlock::lock),
        post("/sign-out", leaving, unlock::sign_out),
        post("/still-here", own, keep::submit),
        get("/parked", own, parked::show),
        post("/parked", own, parked::discard),
        get("/demo", demonstration, picker::show),
        post("/demo/{persona}", demonstration, picker::pick),
    ]
}

/// The router, built from the table and nothing else.
#[expect(clippy::disallowed_methods, reason = "this is the file that builds the router")]
pub fn router(app: &App, health: Health) -> Router {
    let mut router = Router::new();
    for row in table() {
        let gate = from_fn_with_state((app.clone(), row.access), gate::gate);
        router = router.route(row.path, row.handler.layer(gate));
    }
    router
        .with_state(app.clone())
        .layer(from_fn_with_state(app.clone(), gate::same_origin))
        .layer(CsrfLayer::new())
        // A panic is our mistake; the person still gets a page that says what to do.
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), gate::show_problems))
        .layer(from_fn(guard::headers))
        .layer(Extension(health))
}
