//! A match was wrong: it is taken back, with the reason, and everything is again as it was before. Nothing is removed.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::access::Action;
use onedoor_domain::ids::{PersonLinkId, ReferralId};
use onedoor_domain::referral::PersonLink;
use onedoor_store::Tx;

use super::undo_path;
use crate::referral::ask::text;
use crate::referral::kept::Kept;
use crate::referral::step::{conflict, finish, referral_id, version_of};
use crate::ui::{Field, FormPage, Size, Textarea};
use crate::web::answer::{Answer, go};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with};

/// What was typed, for the page of a conflict.
const FIELDS: [(&str, &str); 1] = [("why", "match-undo-why")];

fn link_id(text: &str) -> Result<PersonLinkId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// GET `/referrals/{id}/matches/{match}`.
///
/// # Errors
/// [`Problem::NotFound`] for a match that was not said on this request.
pub async fn show(staff: Staff, Path((id, link)): Path<(String, String)>) -> Result<Answer, Problem> {
    let (id, link) = (referral_id(&id)?, link_id(&link)?);
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::PersonMatch).await?;
    let link = tx.person_link(id, link).await?.ok_or(Problem::NotFound)?;
    if link.end.is_some() {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=unmatched#same")));
    }
    let typed = (&RawForm::default(), &FormErrors::default());
    let form = form(&staff, &mut tx, (&link, referral.version()), typed).await?;
    page(tx.close().await?, &form)
}

/// POST `/referrals/{id}/matches/{match}`. Taken back twice is taken back once.
///
/// # Errors
/// [`Problem::NotFound`] for a match that was not said on this request.
pub async fn submit(
    staff: Staff,
    Path((id, link)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let (id, link) = (referral_id(&id)?, link_id(&link)?);
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let why = text(&raw, &mut errors, "why", "match-undo-why-missing");
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::PersonMatch).await?;
    let link = tx.person_link(id, link).await?.ok_or(Problem::NotFound)?;
    if link.end.is_some() {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=unmatched#same")));
    }
    let Ok(referral) = referral.shown(version_of(&raw)) else {
        return conflict(&staff, tx, id, Kept::of(&raw, &FIELDS)).await;
    };
    let version = referral.version();
    let Some(why) = why else {
        let form = form(&staff, &mut tx, (&link, version), (&raw, &errors)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let changes = referral.unmatch_person(&staff.ctx, link, why).map_err(|_| Problem::NotFound)?;
    finish(&staff, tx, changes, (id, "unmatched"), Kept::of(&raw, &FIELDS)).await
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    (link, version): (&PersonLink, i64),
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<FormPage, Problem> {
    let lang = staff.lang;
    let id: ReferralId = link.referral;
    let frame = staff.frame(tx, lang.t("match-undo-title"), "").await?;
    let field = Field::new(lang, "why", lang.t("match-undo-why"))
        .sized(Size::S)
        .hint(lang.t("match-undo-why-hint"))
        .with(errors);
    let why = Textarea { field, value: raw.text("why").to_owned(), rows: Some(3), ..Textarea::default() };
    let parts = [("reference", link.reference.to_string()), ("other", link.with_reference.to_string())];
    let action = undo_path(id, link.id);
    Ok(FormPage::new(frame, &action, lang.t("match-undo-button"))
        .back(&format!("/referrals/{id}#same"))
        .intro([lang.tr("match-undo-what", &parts), lang.t("match-undo-then")])
        .carry("version", version.to_string())
        .control(&why)
        .errors(errors))
}
