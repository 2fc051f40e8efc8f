//! The link that shows whoever asked for somebody else where it stands: taken back, or a new one in its place, by name. A new
//! one is shown once, because only its hash is stored.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::Origin;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::track::StatusKey;

use super::step::referral_id;
use crate::door::status::path;
use crate::session::token;
use crate::ui::{Choice, Field, FormPage, Markup, NotePage, Radios};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, App, Problem, Staff, page, page_with, redirect};

/// GET `/referrals/{id}/status-link`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    form(&staff, referral_id(&id)?, &FormErrors::default()).await
}

/// POST `/referrals/{id}/status-link`.
///
/// # Errors
/// [`Problem::NotFound`] where the person asked themselves.
pub async fn submit(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let raw: RawForm = read_form(request).await?;
    let renew = match raw.text("link") {
        "withdraw" => false,
        "new" => true,
        _ => {
            let errors = vec![FieldError::new("link", "referral-link-empty")].into();
            return form(&staff, id, &errors).await;
        }
    };
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::StatusLink).await?;
    if !renew {
        let changes = StatusKey::withdraw(&staff.ctx, &referral).map_err(|_| Problem::NotFound)?;
        return Ok(redirect(tx.commit(changes).await?, &format!("/referrals/{id}?done=link-withdrawn")));
    }
    let (key, stored) = token();
    let changes = StatusKey::renew(&staff.ctx, &referral, stored).map_err(|_| Problem::NotFound)?;
    let lang = staff.lang;
    let frame = staff.frame(&mut tx, lang.t("referral-link-new-title"), "").await?;
    let link = format!("{}{}", app.settings.public_url, path(id, &key));
    let texts = [
        Markup::from(lang.t("referral-link-new-once")),
        Markup::link(&path(id, &key), &link),
        Markup::from(lang.t("referral-link-new-tell")),
    ];
    let back = format!("/referrals/{id}#asked");
    page(tx.commit(changes).await?, &NotePage::new(frame, texts).back(&back))
}

async fn form(staff: &Staff, id: ReferralId, errors: &FormErrors) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::StatusLink).await?;
    let key = tx.status_key(id).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = staff.frame(&mut tx, lang.t("referral-link-title"), "").await?;
    if *referral.origin() == Origin::Own {
        let shown = NotePage::new(frame, [lang.t("referral-link-own")]);
        return page_with(status, tx.close().await?, &shown.back(&format!("/referrals/{id}")));
    }
    let now = match key {
        None => "referral-link-first",
        Some(StatusKey { hash: None, .. }) => "referral-link-none",
        Some(StatusKey { hash: Some(_), .. }) => "referral-link-later",
    };
    let choices = Radios {
        field: Field::new(lang, "link", lang.t("referral-link-do")).with(errors),
        choices: vec![
            Choice::new("withdraw", lang.t("referral-link-withdraw")),
            Choice::new("new", lang.t("referral-link-new")),
        ],
        ..Radios::default()
    };
    let shown = FormPage::new(frame, &format!("/referrals/{id}/status-link"), lang.t("referral-link-go"))
        .errors(errors)
        .back(&format!("/referrals/{id}#asked"))
        .intro([lang.t("referral-link-what"), lang.t(now), lang.t("referral-link-lists")])
        .control(&choices);
    page_with(status, tx.close().await?, &shown)
}
