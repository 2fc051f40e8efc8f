//! Setting up a county: what is missing before its door may open, and the pages that mend it.
//!
//! Must not hold a rule of its own: what is missing is decided by the domain.

mod checked;
pub mod crisis;
pub mod districts;
pub mod handover;
pub mod hours;
pub mod overview;
pub mod places;
pub mod procedures;
pub mod rota;
pub mod service;
mod times;
pub mod waits;
pub mod wants;

use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::Role;
use onedoor_domain::county::County;
use onedoor_domain::team::User;
use onedoor_store::{StoreError, Tx};

use crate::ui::{ConflictPage, SummaryList, SummaryRow};
use crate::web::form::{FormErrors, RawForm};
use crate::web::{Answer, Problem, Staff, page_with, redirect};
use crate::words;

/// A county to change, with the version the form must have shown.
async fn to_change(tx: &mut Tx) -> Result<(County, i64), StoreError> {
    tx.county_settings(Action::CountyWrite).await
}

/// Saves, or shows who was faster; then `typed` (label and text) is kept on the page.
async fn save(
    staff: &Staff,
    mut tx: Tx,
    (county, version): (County, i64),
    raw: &RawForm,
    typed: Vec<(String, String)>,
    to: &str,
) -> Result<Answer, Problem> {
    if raw.text("version") == version.to_string() {
        let done = tx.commit(county.change(&staff.ctx, version)).await?;
        return Ok(redirect(done, to));
    }
    let lang = staff.lang;
    let last = tx.county_changed().await?;
    let rows = last.map(|event| {
        let who = event.by.name().map(ToString::to_string).unwrap_or_default();
        SummaryRow::new(lang.t("county-changed-by"), format!("{who}, {}", words::date_time(lang, event.at)))
    });
    let changes = SummaryList { rows: rows.into_iter().collect(), ..SummaryList::default() };
    let frame = staff.frame(&mut tx, String::new(), "/county").await?;
    let shown = ConflictPage::new(frame, changes, typed, to.split('?').next().unwrap_or(to));
    page_with(StatusCode::CONFLICT, tx.close().await?, &shown)
}

/// Everybody in use who can answer a duty page.
async fn duty_people(tx: &mut Tx) -> Result<Vec<User>, StoreError> {
    let answers = Action::DutyAcknowledge.roles();
    let mut people = users(tx).await?;
    people.retain(|user| user.is_active() && user.roles.iter().any(|role| answers.contains(role)));
    Ok(people)
}

/// Everybody in use with this role.
async fn people_with(tx: &mut Tx, role: Role) -> Result<Vec<User>, StoreError> {
    let mut people = users(tx).await?;
    people.retain(|user| user.is_active() && user.roles.contains(&role));
    Ok(people)
}

/// Every account, by name.
pub(crate) async fn users(tx: &mut Tx) -> Result<Vec<User>, StoreError> {
    let mut all: Vec<User> = Vec::new();
    loop {
        let after = all.last().map(|last| (last.name.to_string(), last.id));
        let more = tx.users(after).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}

/// A form filled with what is stored.
fn filled(fields: &[(&str, String)]) -> RawForm {
    RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())))
}

fn none() -> FormErrors {
    FormErrors::default()
}
