//! Signing in: e-mail and password. The second factor comes after.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Ctx, SystemScope};
use onedoor_domain::session::{AuthLevel, Session, Standing, sign_in_refused};
use onedoor_domain::team::User;
use onedoor_domain::value::Email;
use onedoor_store::StoreError;

use super::tries::{self, Try};
use super::{Ask, frame, own_path, token, with_next};
use crate::account::password;
use crate::ui::{Field, FormPage, Link, Markup, PasswordInput, TextInput};
use crate::web::address::client_address;
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::{Cookie, identify};
use crate::web::{Answer, App, Problem, Public, page_with, redirect, static_page};

/// GET `/sign-in`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(
    State(app): State<App>,
    public: Public,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    if let Some(found) = identify(&app, public.ctx.tenant, &headers).await? {
        match found.session.standing(app.clock.now(), app.limits()) {
            Standing::Open => return Ok(go(own_path(&ask.next))),
            Standing::Locked => return Ok(go(&with_next("/unlock", &ask.next))),
            Standing::HalfWay | Standing::Over => {}
        }
    }
    let mut page =
        form(&app, &public, &RawForm::of([("next", ask.next.as_str())]), FormErrors::default()).await;
    page.frame.flash = match ask.done.as_str() {
        "out" => Some(public.lang.t("session-done-out")),
        "everywhere" => Some(public.lang.t("session-done-everywhere")),
        "ready" => Some(public.lang.t("session-done-ready")),
        _ => None,
    };
    static_page(StatusCode::OK, &page)
}

/// POST `/sign-in`.
///
/// # Errors
/// [`Problem`]; a wrong password is a page, not an error.
pub async fn submit(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let address = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    errors.keep(raw.required("email", "session-email-missing"));
    if raw.one("password").unwrap_or_default().is_empty() {
        errors.push(FieldError::new("password", "session-password-missing"));
    }
    if !errors.is_empty() {
        return static_page(StatusCode::UNPROCESSABLE_ENTITY, &form(&app, &public, &raw, errors).await);
    }
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let name = raw.text("email").to_ascii_lowercase();
    if let Some(seconds) = tries::count(&app, &ctx, Try::Password, &name, &address).await? {
        let errors = too_often("email", seconds).into();
        return static_page(StatusCode::TOO_MANY_REQUESTS, &form(&app, &public, &raw, errors).await);
    }
    let known = find(&app, &ctx, &name).await?;
    let typed = raw.one("password").unwrap_or_default().to_owned();
    let stored = known.as_ref().and_then(|user| user.password.clone());
    let right = password::is_right(&app, stored, typed).await?;
    match known {
        Some(user) if right && user.is_active() && user.factor.is_some() => {
            let answer = begin(&app, &ctx, &user, raw.text("next")).await?;
            tries::forget(&app, &ctx, Try::Password, &name, &address).await?;
            Ok(answer)
        }
        known => {
            let tx = app.db.begin(&ctx).await?;
            let done = tx.commit(sign_in_refused(&ctx, known.map(|user| user.id))).await?;
            let errors = vec![FieldError::new("email", "session-wrong")].into();
            page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &form(&app, &public, &raw, errors).await)
        }
    }
}

async fn find(app: &App, ctx: &Ctx, name: &str) -> Result<Option<User>, StoreError> {
    let Ok(email) = name.parse::<Email>() else { return Ok(None) };
    let mut tx = app.db.begin(ctx).await?;
    let user = tx.user_to_sign_in(&email).await?;
    tx.close().await?;
    Ok(user)
}

/// The password was right: a session that opens nothing yet. The account is read again, locked, because hashing took
/// a while and access may have ended meanwhile.
async fn begin(app: &App, ctx: &Ctx, checked: &User, next: &str) -> Result<Answer, Problem> {
    let mut tx = app.db.begin(ctx).await?;
    let user = tx.user(checked.id, Action::OwnSession).await?;
    if user.password != checked.password || !user.is_active() {
        return Err(StoreError::Stale.into());
    }
    let (token, stored) = token();
    let (_, changes) = Session::begin(ctx, user.id, stored, AuthLevel::Password);
    let done = tx.commit(changes).await?;
    Ok(redirect(done, &with_next("/sign-in/code", next)).cookie(&Cookie::Session.set(app, &token)))
}

pub(crate) fn too_often(field: &'static str, seconds: u32) -> Vec<FieldError> {
    let minutes = seconds.div_ceil(60).max(1).to_string();
    vec![FieldError { field, key: "session-too-often", args: vec![("minutes", minutes)] }]
}

async fn form(app: &App, public: &Public, raw: &RawForm, errors: FormErrors) -> FormPage {
    let lang = public.lang;
    let email = TextInput {
        field: Field::new(lang, "email", lang.t("session-email")).with(&errors),
        value: raw.text("email").to_owned(),
        kind: Some("email"),
        autocomplete: Some("username"),
        spellcheck: Some(false),
        ..TextInput::default()
    };
    let password = PasswordInput {
        field: Field::new(lang, "password", lang.t("session-password")).with(&errors),
        ..PasswordInput::default()
    };
    let mut page =
        FormPage::new(frame(public, "session-title").await, "/sign-in", lang.t("session-continue"))
            .errors(&errors)
            .intro([lang.t("session-for-staff")])
            .carry("next", own_path(raw.text("next")))
            .control(&email)
            .control(&password);
    let ask = Link::new("/", lang.t("session-ask-for-help"));
    let mut after =
        vec![Markup::from(lang.t("session-help")), Markup::link(&ask.href, &lang.t("session-ask-for-help"))];
    if app.settings.demo {
        after.push(Markup::link("/demo", &lang.t("session-to-picker")));
    }
    page.after = Markup::paragraphs(after);
    page
}
