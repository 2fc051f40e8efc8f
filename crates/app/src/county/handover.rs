//! How long a service that is asked has to answer, and to meet the person; and how long until a panel has met.

use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::county::County;
use onedoor_domain::handover::HandoverLimits;
use onedoor_store::{StoreError, Tx};

use super::service::number;
use super::{filled, none, save, to_change};
use crate::ui::{Field, FormPage, TextInput};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};

/// Each field: its name, its label, its hint, what it may be, and what is said when it is not.
const FIELDS: [(&str, &str, &str); 5] = [
    ("urgent", "county-handover-urgent", "county-handover-urgent-hint"),
    ("answer", "county-handover-answer", "county-handover-answer-hint"),
    ("meet", "county-handover-meet", "county-handover-meet-hint"),
    ("panel", "county-handover-panel", "county-handover-panel-hint"),
    ("receipt", "county-handover-receipt", "county-handover-receipt-hint"),
];

/// GET `/county/handover`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let limits = county.handover;
    let raw = filled(&[
        ("version", version.to_string()),
        ("urgent", limits.urgent_answer_days.to_string()),
        ("answer", limits.answer_days.to_string()),
        ("meet", limits.meet_days.to_string()),
        ("panel", limits.panel_days.to_string()),
        ("receipt", limits.receipt_days.to_string()),
    ]);
    let form = form(&staff, &mut tx, &raw, &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/handover`. Handovers that run keep the times they were given.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (county, version) = to_change(&mut tx).await?;
    let mut errors = none();
    let Some(handover) = read(&raw, &mut errors) else {
        let form = form(&staff, &mut tx, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let typed = FIELDS.map(|(name, label, _)| (staff.lang.t(label), raw.text(name).to_owned())).into();
    let county = County { handover, ..county };
    save(&staff, tx, (county, version), &raw, typed, "/county?done=saved").await
}

fn read(raw: &RawForm, errors: &mut FormErrors) -> Option<HandoverLimits> {
    let urgent = errors.keep(number(raw, "urgent", 1..=5, "county-handover-urgent-wrong"));
    let answer = errors.keep(number(raw, "answer", 1..=20, "county-handover-answer-wrong"));
    let meet = errors.keep(number(raw, "meet", 1..=84, "county-handover-meet-wrong"));
    let panel = errors.keep(number(raw, "panel", 1..=10, "county-handover-panel-wrong"));
    let receipt = errors.keep(number(raw, "receipt", 1..=20, "county-handover-receipt-wrong"));
    Some(HandoverLimits {
        urgent_answer_days: urgent?,
        answer_days: answer?,
        meet_days: meet?,
        panel_days: panel?,
        receipt_days: receipt?,
    })
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("county-handover-title"), "/county").await?;
    let form = FormPage::new(frame, "/county/handover", lang.t("county-save"))
        .errors(errors)
        .back("/county")
        .intro([lang.t("county-handover-intro")])
        .carry("version", raw.text("version"));
    Ok(FIELDS.into_iter().fold(form, |form, (name, label, hint)| {
        form.control(&TextInput {
            field: Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors),
            value: raw.text(name).to_owned(),
            width: Some(3),
            inputmode: Some("numeric"),
            ..TextInput::default()
        })
    }))
}
