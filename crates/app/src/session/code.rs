//! The second step of signing in: the six digits of the app.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use jiff::SignedDuration;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Ctx, SystemScope};
use onedoor_domain::session::{Session, Standing, sign_in_refused};
use onedoor_domain::team::User;
use onedoor_store::{Identified, Tx};

use super::sign_in::too_often;
use super::tries::{self, Try};
use super::{Ask, frame, own_path, token, with_next};
use crate::account::factor::Factor;
use crate::ui::{Field, FormPage, Markup, TextInput};
use crate::web::address::client_address;
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::{Cookie, identify};
use crate::web::{Answer, App, Problem, Public, page_with, redirect, static_page};

/// How long the password stays good while the code is looked up.
const HALF_WAY_FOR: SignedDuration = SignedDuration::from_mins(10);

/// GET `/sign-in/code`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(
    State(app): State<App>,
    public: Public,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    match half_way(&app, &public, &headers).await? {
        Some(_) => static_page(StatusCode::OK, &form(&public, &ask.next, &FormErrors::default()).await),
        None => Ok(go(&with_next("/sign-in", &ask.next))),
    }
}

/// POST `/sign-in/code`.
///
/// # Errors
/// [`Problem`]; a wrong code is a page, not an error.
pub async fn submit(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let address = client_address(&app, request.headers(), request.extensions());
    let found = half_way(&app, &public, request.headers()).await?;
    let raw = read_form(request).await?;
    let Some(found) = found else { return Ok(go(&with_next("/sign-in", raw.text("next")))) };
    if raw.text("code").is_empty() {
        let errors = vec![FieldError::new("code", "session-code-missing")].into();
        return static_page(
            StatusCode::UNPROCESSABLE_ENTITY,
            &form(&public, raw.text("next"), &errors).await,
        );
    }
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let account = found.session.user.to_string();
    if let Some(seconds) = tries::count(&app, &ctx, Try::Code, &account, &address).await? {
        let errors = too_often("code", seconds).into();
        return static_page(StatusCode::TOO_MANY_REQUESTS, &form(&public, raw.text("next"), &errors).await);
    }
    let mut tx = app.db.begin(&ctx).await?;
    let user = tx.user(found.session.user, Action::OwnSession).await?;
    let Some(step) = step(&app, &ctx, &user, &raw) else {
        let done = tx.commit(sign_in_refused(&ctx, Some(user.id))).await?;
        let errors = vec![FieldError::new("code", "session-code-wrong")].into();
        let page = form(&public, raw.text("next"), &errors).await;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &page);
    };
    let answer = finish(&app, tx, (user, step), found.session, raw.text("next")).await?;
    tries::forget(&app, &ctx, Try::Code, &account, &address).await?;
    Ok(answer)
}

/// The time step of a right code that was not used before.
fn step(app: &App, ctx: &Ctx, user: &User, raw: &RawForm) -> Option<i64> {
    let factor = Factor::open(&app.secret, user.id, user.factor.as_deref()?)?;
    factor.step_of(raw.text("code"), ctx.now).filter(|step| user.is_active() && *step > user.factor_step)
}

async fn finish(
    app: &App,
    mut tx: Tx,
    (user, step): (User, i64),
    session: Session,
    next: &str,
) -> Result<Answer, Problem> {
    let kept = tx.parked(user.id).await?.is_some();
    let ctx = tx.ctx().clone();
    let (token, stored) = token();
    // The account first: its row is the lock that stops two browsers from using one code.
    let changes = user.use_factor_step(&ctx, step)?.and(session.complete(&ctx, app.limits(), stored)?);
    let done = tx.commit(changes).await?;
    let to = if kept { "/parked" } else { own_path(next) };
    Ok(redirect(done, to).cookie(&Cookie::Session.set(app, &token)))
}

async fn half_way(app: &App, public: &Public, headers: &HeaderMap) -> Result<Option<Identified>, Problem> {
    let found = identify(app, public.ctx.tenant, headers).await?;
    let now = app.clock.now();
    Ok(found.filter(|found| {
        found.session.standing(now, app.limits()) == Standing::HalfWay
            && now.duration_since(found.session.began_at) < HALF_WAY_FOR
    }))
}

async fn form(public: &Public, next: &str, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
    let code = code_input(
        Field::new(lang, "code", lang.t("session-code")).hint(lang.t("session-code-hint")).with(errors),
    );
    let mut page =
        FormPage::new(frame(public, "session-code-title").await, "/sign-in/code", lang.t("session-sign-in"))
            .errors(errors)
            .back("/sign-in")
            .carry("next", own_path(next))
            .control(&code);
    page.after = Markup::paragraphs([lang.t("session-code-lost")]);
    page
}

/// Six digits, typed or filled in by a password manager.
pub fn code_input(field: Field) -> TextInput {
    TextInput {
        field,
        width: Some(10),
        inputmode: Some("numeric"),
        autocomplete: Some("one-time-code"),
        spellcheck: Some(false),
        is_code: true,
        ..TextInput::default()
    }
}
