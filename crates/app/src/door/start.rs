//! The pages that ask nothing: what this is, where help is now, how information is used, accessibility, leaving.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use onedoor_domain::county::CrisisNumber;

use super::places::{AreaShown, areas};
use crate::ui::{BackLink, Button, Frame, Markup};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, static_page};

#[derive(Template)]
#[template(path = "door/start.html")]
struct StartPage {
    frame: Frame,
    welcome: Option<Markup>,
    button: Button,
}

#[derive(Template)]
#[template(path = "door/crisis.html")]
struct CrisisPage {
    frame: Frame,
    back: BackLink,
    lines: Vec<CrisisNumber>,
    open: Vec<AreaShown>,
    later: Vec<AreaShown>,
}

#[derive(Template)]
#[template(path = "door/privacy.html")]
struct PrivacyPage {
    frame: Frame,
    back: BackLink,
}

#[derive(Template)]
#[template(path = "door/accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
    back: BackLink,
}

/// The first page: help now, what this is, a button to ask.
///
/// # Errors
/// [`Problem::Render`].
pub async fn start(State(app): State<App>, public: Public) -> Result<Answer, Problem> {
    let frame = public.frame(public.lang.t("door-start-title")).await;
    let county = app.county(public.ctx.tenant).await.ok();
    let welcome = county.and_then(|county| county.welcome).map(|text| Markup::lines(text.as_str()));
    let button = Button::to("/ask", public.lang.t("door-start-button"));
    static_page(StatusCode::OK, &StartPage { frame, welcome, button })
}

/// Every number of the county, and what happens when one rings.
///
/// # Errors
/// [`Problem::Render`].
pub async fn crisis_help(State(app): State<App>, public: Public) -> Result<Answer, Problem> {
    let frame = public.frame(public.lang.t("door-crisis-title")).await;
    let county = app.county(public.ctx.tenant).await.ok();
    let (open, later) =
        county.as_ref().map(|county| areas(public.lang, county, public.ctx.now)).unwrap_or_default();
    let lines = county.map(|county| county.crisis).unwrap_or_default();
    static_page(
        StatusCode::OK,
        &CrisisPage { back: BackLink::new(frame.lang, "/"), frame, lines, open, later },
    )
}

/// How information is used.
///
/// # Errors
/// [`Problem::Render`].
pub async fn privacy(public: Public) -> Result<Answer, Problem> {
    let frame = public.frame(public.lang.t("frame-privacy")).await;
    static_page(StatusCode::OK, &PrivacyPage { back: BackLink::new(frame.lang, "/"), frame })
}

/// What works for whom, and what to do where something does not.
///
/// # Errors
/// [`Problem::Render`].
pub async fn accessibility(public: Public) -> Result<Answer, Problem> {
    let frame = public.frame(public.lang.t("door-access-title")).await;
    static_page(StatusCode::OK, &AccessibilityPage { back: BackLink::new(frame.lang, "/"), frame })
}

/// Leaves at once, and takes the keys to what was typed and to what is followed along: going back shows nothing of it.
pub async fn leave(State(app): State<App>) -> Response {
    let mut away = crate::ui::leave(&app.settings.leave_url);
    for cookie in [Cookie::Visitor, Cookie::Track] {
        if let Ok(gone) = HeaderValue::from_str(&cookie.clear(&app)) {
            away.headers_mut().append(header::SET_COOKIE, gone);
        }
    }
    away
}
