//! A one-time link: sets the password and the second factor of an account, once, within seven days.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::team::User;
use onedoor_store::{Done, Saw, StoreError, Tx};

use super::{NewFactor, and, end_sessions, new_password_input, password};
use crate::session::frame;
use crate::ui::{FormPage, NotePage};
use crate::web::form::{FieldError, FormErrors, read_form};
use crate::web::gate::{Cookie, hash};
use crate::web::{Answer, App, Problem, Public, page_with, redirect, static_page};

/// GET `/invitation/{token}`.
///
/// # Errors
/// [`Problem::Store`]; a link that does not work is a page, not an error.
pub async fn show(
    State(app): State<App>,
    public: Public,
    Path(token): Path<String>,
) -> Result<Answer, Problem> {
    let Some((user, done)) = usable(&app, &public, &token).await? else { return gone(&public).await };
    let factor = NewFactor::make(&app, user.id)?;
    let page = form(&public, (&user, &token), &factor, &FormErrors::default()).await;
    page_with(StatusCode::OK, done, &page)
}

/// POST `/invitation/{token}`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(
    State(app): State<App>,
    public: Public,
    Path(token): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let Some((user, done)) = usable(&app, &public, &token).await? else { return gone(&public).await };
    let factor = NewFactor::carried(&app, user.id, &raw)?;
    let typed = raw.one("new-password").unwrap_or_default();
    let mut errors = FormErrors::default();
    if let Some(key) = password::weakness(typed, &user.name, &user.email) {
        errors.push(FieldError::new("new-password", key));
    }
    factor.check(&app, &raw, &mut errors);
    if !errors.is_empty() {
        let page = form(&public, (&user, &token), &factor, &errors).await;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &page);
    }
    let hashed = password::hashed(&app, typed.to_owned()).await?;
    // Read again, locked: hashing took a while, and the same link may have been used in another window.
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let mut tx = app.db.begin(&ctx).await?;
    let (link, user) = tx.invitation(hash(token.as_bytes())).await?;
    if !user.awaits_credentials() {
        return gone(&public).await;
    }
    let ended = end_sessions(&mut tx, user.id, None).await?;
    let changes = link.spend(&ctx)?.and(user.set_credentials(&ctx, hashed, factor.sealed)?);
    let done = tx.commit(and(changes, ended)).await?;
    Ok(redirect(done, "/sign-in?done=ready").cookie(&Cookie::Session.clear(&app)))
}

/// The account a link may set up. Unknown, used and old links cannot be told apart.
async fn usable(app: &App, public: &Public, token: &str) -> Result<Option<(User, Done<Saw>)>, StoreError> {
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let mut tx: Tx = app.db.begin(&ctx).await?;
    let (link, user) = match tx.invitation(hash(token.as_bytes())).await {
        Err(StoreError::Hidden) => return Ok(None),
        found => found?,
    };
    let done = tx.close().await?;
    Ok((link.is_usable(ctx.now) && user.awaits_credentials()).then_some((user, done)))
}

async fn gone(public: &Public) -> Result<Answer, Problem> {
    let lang = public.lang;
    let texts = [lang.t("account-link-gone-what"), lang.t("account-link-gone-next")];
    static_page(StatusCode::NOT_FOUND, &NotePage::new(frame(public, "account-link-gone").await, texts))
}

async fn form(
    public: &Public,
    (user, token): (&User, &str),
    factor: &NewFactor,
    errors: &FormErrors,
) -> FormPage {
    let lang = public.lang;
    let who = [("name", user.name.to_string()), ("email", user.email.to_string())];
    let page = FormPage::new(
        frame(public, "account-set-up-title").await,
        &format!("/invitation/{token}"),
        lang.t("account-set-up-finish"),
    )
    .errors(errors)
    .intro([lang.tr("account-set-up-who", &who), lang.t("account-set-up-steps")])
    .control(&new_password_input(lang, errors));
    factor.show(page, user.email.as_str(), errors)
}
