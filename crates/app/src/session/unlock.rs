//! Locking and unlocking a screen, and signing out. The password alone opens a locked session again.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::session::{Standing, sign_in_refused};
use onedoor_store::{Identified, StoreError};

use super::sign_in::too_often;
use super::tries::{self, Try};
use super::{Ask, acting, frame, own_path, token, with_next};
use crate::account::password;
use crate::ui::{Button, Field, FormPage, Markup, PasswordInput};
use crate::web::address::client_address;
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, read_form};
use crate::web::gate::{Cookie, identify};
use crate::web::{Answer, App, Problem, Public, page_with, redirect, static_page};

/// Somebody's session and whether it is locked; else where to go instead.
async fn locked(
    app: &App,
    public: &Public,
    headers: &HeaderMap,
    next: &str,
) -> Result<Result<Identified, Answer>, Problem> {
    let Some(found) = identify(app, public.ctx.tenant, headers).await? else {
        return Ok(Err(go(&with_next("/sign-in", next))));
    };
    Ok(match found.session.standing(app.clock.now(), app.limits()) {
        Standing::Locked => Ok(found),
        Standing::Open => Err(go(own_path(next))),
        Standing::HalfWay => Err(go(&with_next("/sign-in/code", next))),
        Standing::Over => Err(go(&with_next("/sign-in", next))),
    })
}

/// GET `/unlock`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(
    State(app): State<App>,
    public: Public,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    match locked(&app, &public, &headers, &ask.next).await? {
        Ok(found) => {
            let page = form(&app, &public, &found, &ask.next, &FormErrors::default()).await;
            static_page(StatusCode::OK, &page)
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// POST `/unlock`.
///
/// # Errors
/// [`Problem`]; a wrong password is a page, not an error.
pub async fn submit(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let headers = request.headers().clone();
    let address = client_address(&app, &headers, request.extensions());
    let raw = read_form(request).await?;
    let next = raw.text("next").to_owned();
    let found = match locked(&app, &public, &headers, &next).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let mut tx = app.db.begin(&ctx).await?;
    let user = tx.user(found.session.user, Action::OwnSession).await?;
    tx.close().await?;
    let name = user.email.as_str().to_ascii_lowercase();
    if let Some(seconds) = tries::count(&app, &ctx, Try::Password, &name, &address).await? {
        let page = form(&app, &public, &found, &next, &too_often("password", seconds).into()).await;
        return static_page(StatusCode::TOO_MANY_REQUESTS, &page);
    }
    let typed = raw.one("password").unwrap_or_default().to_owned();
    // A demonstration's personas have no password: they are picked again.
    if !password::is_right(&app, user.password.clone(), typed).await? {
        let done = app.db.begin(&ctx).await?.commit(sign_in_refused(&ctx, Some(user.id))).await?;
        let errors = vec![FieldError::new("password", "session-unlock-wrong")].into();
        let page = form(&app, &public, &found, &next, &errors).await;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &page);
    }
    let answer = open(&app, &public, found, user.password, &next).await?;
    tries::forget(&app, &ctx, Try::Password, &name, &address).await?;
    Ok(answer)
}

async fn open(
    app: &App,
    public: &Public,
    found: Identified,
    checked: Option<String>,
    next: &str,
) -> Result<Answer, Problem> {
    let ctx = acting(app, public.ctx.tenant, &found);
    let mut tx = app.db.begin(&ctx).await?;
    let user = tx.user(found.session.user, Action::OwnSession).await?;
    if user.password != checked || !user.is_active() {
        return Err(StoreError::Stale.into());
    }
    let kept = tx.parked(user.id).await?.is_some();
    let (token, stored) = token();
    let done = tx.commit(found.session.unlock(&ctx, app.limits(), stored)?).await?;
    let to = if kept { "/parked" } else { own_path(next) };
    Ok(redirect(done, to).cookie(&Cookie::Session.set(app, &token)))
}

/// POST `/lock`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn lock(State(app): State<App>, public: Public, headers: HeaderMap) -> Result<Answer, Problem> {
    let found = identify(&app, public.ctx.tenant, &headers).await?;
    let Some(found) =
        found.filter(|found| found.session.standing(app.clock.now(), app.limits()) == Standing::Open)
    else {
        return Ok(go("/unlock"));
    };
    let ctx = acting(&app, public.ctx.tenant, &found);
    let done = app.db.begin(&ctx).await?.commit(found.session.lock(&ctx)).await?;
    Ok(redirect(done, "/unlock"))
}

/// POST `/sign-out`. Works from any page in any state: signing out is never refused.
///
/// # Errors
/// [`Problem::Store`].
pub async fn sign_out(State(app): State<App>, public: Public, headers: HeaderMap) -> Result<Answer, Problem> {
    let to = "/sign-in?done=out";
    let gone = Cookie::Session.clear(&app);
    let Some(found) = identify(&app, public.ctx.tenant, &headers).await? else {
        return Ok(go(to).cookie(&gone));
    };
    let ctx = acting(&app, public.ctx.tenant, &found);
    let done = app.db.begin(&ctx).await?.commit(found.session.end(&ctx)).await?;
    Ok(redirect(done, to).cookie(&gone))
}

async fn form(app: &App, public: &Public, found: &Identified, next: &str, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
    let password = PasswordInput {
        field: Field::new(lang, "password", lang.t("session-password")).with(errors),
        ..PasswordInput::default()
    };
    let who = lang.tr("session-unlock-who", &[("name", found.member.name.to_string())]);
    let mut page =
        FormPage::new(frame(public, "session-unlock-title").await, "/unlock", lang.t("session-unlock"))
            .errors(errors)
            .intro([who, lang.t("session-unlock-why")])
            .carry("next", own_path(next))
            .control(&password);
    let other = Markup::of(&SignOut { button: Button::secondary(lang.t("session-unlock-other")) });
    let picker =
        app.settings.demo.then(|| Markup::paragraphs([Markup::link("/demo", &lang.t("session-to-picker"))]));
    page.after = Markup::all([Some(other), picker].into_iter().flatten());
    page
}

/// "Not you?": ends the session that is locked here.
#[derive(Debug, askama::Template)]
#[template(source = "<form method=\"post\" action=\"/sign-out\">{{ button }}</form>", ext = "html")]
struct SignOut {
    button: Button,
}

impl askama::filters::HtmlSafe for SignOut {}
