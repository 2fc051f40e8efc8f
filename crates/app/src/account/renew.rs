//! Changing one's own password or second factor. Each asks for the password first: an unlocked screen is not enough.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::change::Changes;
use onedoor_domain::session::sign_in_refused;
use onedoor_domain::team::User;
use onedoor_store::StoreError;

use super::{NewFactor, and, end_sessions, new_password_input, password};
use crate::session::sign_in::too_often;
use crate::session::token;
use crate::session::tries::{self, Try};
use crate::ui::{Field, FormPage, PasswordInput};
use crate::web::address::client_address;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Staff, page, page_with, redirect};

/// GET `/account/password`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn password_form(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let form = password_page(&staff, &mut tx, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/account/password`.
///
/// # Errors
/// [`Problem`].
pub async fn set_password(State(app): State<App>, staff: Staff, request: Request) -> Result<Answer, Problem> {
    let address = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let user = own(&staff).await?;
    let (status, mut errors) = prove(&app, &staff, &user, &raw, &address).await?;
    let typed = raw.one("new-password").unwrap_or_default();
    if let Some(key) = password::weakness(typed, &user.name, &user.email) {
        errors.push(FieldError::new("new-password", key));
    }
    if !errors.is_empty() {
        let mut tx = staff.begin().await?;
        let form = password_page(&staff, &mut tx, &errors).await?;
        return page_with(status, tx.close().await?, &form);
    }
    let hashed = password::hashed(&app, typed.to_owned()).await?;
    let mut tx = staff.begin().await?;
    let fresh = unchanged(tx.user(user.id, Action::OwnSession).await?, &user)?;
    let ended = end_sessions(&mut tx, user.id, Some(&staff.session)).await?;
    let (renewed, cookie) = proved_again(&app, &staff)?;
    let changes = fresh.set_password(&staff.ctx, hashed)?.and(renewed);
    let done = tx.commit(and(changes, ended)).await?;
    Ok(redirect(done, "/account?done=password").cookie(&cookie))
}

/// GET `/account/factor`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn factor_form(State(app): State<App>, staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let user = tx.user(staff.member.user, Action::OwnSession).await?;
    let factor = NewFactor::make(&app, user.id)?;
    let form = factor_page(&staff, &mut tx, (&user, &factor), &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/account/factor`.
///
/// # Errors
/// [`Problem`].
pub async fn set_factor(State(app): State<App>, staff: Staff, request: Request) -> Result<Answer, Problem> {
    let address = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let user = own(&staff).await?;
    let factor = NewFactor::carried(&app, user.id, &raw)?;
    let (status, mut errors) = prove(&app, &staff, &user, &raw, &address).await?;
    factor.check(&app, &raw, &mut errors);
    let mut tx = staff.begin().await?;
    if !errors.is_empty() {
        let form = factor_page(&staff, &mut tx, (&user, &factor), &errors).await?;
        return page_with(status, tx.close().await?, &form);
    }
    let fresh = unchanged(tx.user(user.id, Action::OwnSession).await?, &user)?;
    let ended = end_sessions(&mut tx, user.id, Some(&staff.session)).await?;
    let kept = fresh.password.clone().unwrap_or_default();
    let (renewed, cookie) = proved_again(&app, &staff)?;
    let changes = fresh.set_credentials(&staff.ctx, kept, factor.sealed)?.and(renewed);
    let done = tx.commit(and(changes, ended)).await?;
    Ok(redirect(done, "/account?done=factor").cookie(&cookie))
}

/// The session that goes on, under a token of its own: whoever copied the cookie of before is out.
fn proved_again(app: &App, staff: &Staff) -> Result<(Changes, String), Problem> {
    let (token, stored) = token();
    let changes = staff.session.clone().unlock(&staff.ctx, app.limits(), stored)?;
    Ok((changes, Cookie::Session.set(app, &token)))
}

async fn own(staff: &Staff) -> Result<User, StoreError> {
    let mut tx = staff.begin().await?;
    let user = tx.user(staff.member.user, Action::OwnSession).await?;
    tx.close().await?;
    Ok(user)
}

/// Hashing took a while: the account must still be the one whose password was checked.
fn unchanged(fresh: User, checked: &User) -> Result<User, StoreError> {
    if fresh.password == checked.password && fresh.is_active() { Ok(fresh) } else { Err(StoreError::Stale) }
}

/// The password of now, with the same limit on tries as signing in.
async fn prove(
    app: &App,
    staff: &Staff,
    user: &User,
    raw: &RawForm,
    address: &str,
) -> Result<(StatusCode, FormErrors), Problem> {
    let ctx = app.system(staff.ctx.tenant, SystemScope::SignIn);
    let name = user.email.as_str().to_ascii_lowercase();
    if let Some(seconds) = tries::count(app, &ctx, Try::Password, &name, address).await? {
        return Ok((StatusCode::TOO_MANY_REQUESTS, too_often("password", seconds).into()));
    }
    let typed = raw.one("password").unwrap_or_default().to_owned();
    let mut errors = FormErrors::default();
    if password::is_right(app, user.password.clone(), typed).await? {
        tries::forget(app, &ctx, Try::Password, &name, address).await?;
    } else {
        app.db.begin(&ctx).await?.commit(sign_in_refused(&ctx, Some(user.id))).await?;
        errors.push(FieldError::new("password", "account-password-wrong"));
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, errors))
}

async fn password_page(
    staff: &Staff,
    tx: &mut onedoor_store::Tx,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("account-password-title"), "/account").await?;
    Ok(FormPage::new(frame, "/account/password", lang.t("account-password-change"))
        .errors(errors)
        .back("/account")
        .intro([lang.t("account-password-about")])
        .control(&current(staff, errors))
        .control(&new_password_input(lang, errors)))
}

async fn factor_page(
    staff: &Staff,
    tx: &mut onedoor_store::Tx,
    (user, factor): (&User, &NewFactor),
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("account-renew-title"), "/account").await?;
    let page = FormPage::new(frame, "/account/factor", lang.t("account-renew-change"))
        .errors(errors)
        .back("/account")
        .intro([lang.t("account-renew-about")])
        .control(&current(staff, errors));
    Ok(factor.show(page, user.email.as_str(), errors))
}

fn current(staff: &Staff, errors: &FormErrors) -> PasswordInput {
    let field = Field::new(staff.lang, "password", staff.lang.t("account-password-now")).with(errors);
    PasswordInput { field, ..PasswordInput::default() }
}
