//! The small steps of a draft: begin one, move or take away a rule, take away a test case, throw it all away.

use axum::extract::{Path, Request};
use onedoor_domain::access::Action;
use onedoor_domain::change::Changes;
use onedoor_domain::matching::Rulebook;
use onedoor_domain::refused::Refused;

use super::{finish, rule_id, version};
use crate::web::form::{RawForm, read_form};
use crate::web::{Answer, Problem, Staff};

async fn step(
    staff: Staff,
    request: Request,
    done: &str,
    take: impl FnOnce(&Staff, Rulebook, &RawForm) -> Result<Changes, Refused> + Send,
) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let changes = take(&staff, book, &raw);
    finish(&staff, tx, (changes, done), Vec::new()).await
}

/// POST `/rules/begin`: a draft of what is in force.
///
/// # Errors
/// [`Problem`].
pub async fn begin(staff: Staff, request: Request) -> Result<Answer, Problem> {
    step(staff, request, "begun", |staff, book, raw| {
        let live = book.live.clone();
        book.begin(&staff.ctx, version(raw), live)
    })
    .await
}

/// POST `/rules/draft/{rule}/move`.
///
/// # Errors
/// [`Problem`].
pub async fn move_rule(staff: Staff, Path(rule): Path<String>, request: Request) -> Result<Answer, Problem> {
    let id = rule_id(&rule)?;
    step(staff, request, "moved", |staff, book, raw| {
        book.move_rule(&staff.ctx, version(raw), &id, raw.text("to") == "up")
    })
    .await
}

/// POST `/rules/draft/{rule}/remove`.
///
/// # Errors
/// [`Problem`].
pub async fn remove_rule(
    staff: Staff,
    Path(rule): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = rule_id(&rule)?;
    step(staff, request, "removed", |staff, book, raw| book.remove_rule(&staff.ctx, version(raw), &id)).await
}

/// POST `/rules/cases/{case}/remove`.
///
/// # Errors
/// [`Problem`].
pub async fn remove_case(
    staff: Staff,
    Path(case): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = rule_id(&case)?;
    step(staff, request, "removed", |staff, book, raw| book.remove_case(&staff.ctx, version(raw), &id)).await
}

/// POST `/rules/drop`.
///
/// # Errors
/// [`Problem`].
pub async fn drop_draft(staff: Staff, request: Request) -> Result<Answer, Problem> {
    step(staff, request, "dropped", |staff, book, raw| book.drop_draft(&staff.ctx, version(raw))).await
}
