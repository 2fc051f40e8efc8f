//! Filters kept under a name: keep one, rename it, remove it. One's own, and nobody else's.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use onedoor_domain::ids::FilterId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Failure as _, Line, TextError};
use onedoor_domain::worklist::SavedFilter;
use onedoor_store::Tx;

use super::page::view_name;
use super::{PATH, Place};
use crate::ui::{BackLink, Button, Field, FormPage, Frame, TextInput};
use crate::web::answer::Answer;
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with, redirect};

/// The filters somebody keeps.
#[derive(Debug, Template)]
#[template(path = "worklist/saved.html")]
struct SavedPage {
    frame: Frame,
    back: BackLink,
    rows: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    id: FilterId,
    href: String,
    name: String,
    view: String,
    remove: Button,
}

/// GET `/worklist/filters`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn list(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let kept = tx.saved_filters().await?;
    let mut frame = staff.frame(&mut tx, lang.t("worklist-kept-title"), PATH).await?;
    frame.flash = query.get("done").and_then(|done| super::page::flash(lang, done));
    let rows = kept.into_iter().map(|one| Kept {
        id: one.id,
        href: Place::default().with(one.filter).address(),
        name: one.name.to_string(),
        view: view_name(lang, one.filter.view),
        remove: Button { small: true, ..Button::secondary(lang.t("worklist-kept-remove")) },
    });
    let rows = rows.collect();
    page(tx.close().await?, &SavedPage { frame, back: BackLink::new(lang, PATH), rows })
}

/// GET `/worklist/filters/new?back=`: what to call the list one looks at.
///
/// # Errors
/// [`Problem::Store`].
pub async fn new(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let back = query.get("back").map(String::as_str).unwrap_or_default();
    let place = Place::carried(back)?;
    let mut tx = staff.begin().await?;
    let raw = RawForm::default();
    let form = form(&staff, &mut tx, (FilterId(new_id()), place), (&raw, &FormErrors::default())).await?;
    page(tx.close().await?, &form)
}

/// POST `/worklist/filters/new`.
///
/// # Errors
/// [`Problem::Store`]; [`Problem::NotFound`] for a form that is not ours.
pub async fn keep(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let place = Place::carried(raw.text("back"))?;
    let id: FilterId = raw.text("id").parse().map_err(|_| Problem::NotFound)?;
    let mut tx = staff.begin().await?;
    let others = tx.saved_filters().await?;
    let mut errors = FormErrors::default();
    if let Some(name) = errors.keep(name(&raw)) {
        match SavedFilter::keep(&staff.ctx, &others, (id, name), place.filter) {
            Ok(changes) => {
                let back = place.address_with("done", "kept");
                return Ok(redirect(tx.commit(changes).await?, &back));
            }
            Err(refused) => errors.push(wrong(refused)),
        }
    }
    let form = form(&staff, &mut tx, (id, place), (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

/// GET `/worklist/filters/{filter}`: another name for it.
///
/// # Errors
/// [`Problem::Store`] for anybody else's.
pub async fn show(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let one = tx.saved_filter(id.parse().map_err(|_| Problem::NotFound)?).await?;
    let raw = RawForm::of([("name", one.name.as_str())]);
    let form = rename_form(&staff, &mut tx, one.id, (&raw, &FormErrors::default())).await?;
    page(tx.close().await?, &form)
}

/// POST `/worklist/filters/{filter}`.
///
/// # Errors
/// [`Problem::Store`] for anybody else's.
pub async fn rename(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let one = tx.saved_filter(id.parse().map_err(|_| Problem::NotFound)?).await?;
    let others = tx.saved_filters().await?;
    let mut errors = FormErrors::default();
    if let Some(name) = errors.keep(name(&raw)) {
        match SavedFilter::keep(&staff.ctx, &others, (one.id, name), one.filter) {
            Ok(changes) => {
                return Ok(redirect(tx.commit(changes).await?, "/worklist/filters?done=kept"));
            }
            Err(refused) => errors.push(wrong(refused)),
        }
    }
    let form = rename_form(&staff, &mut tx, one.id, (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

/// POST `/worklist/filters/{filter}/remove`.
///
/// # Errors
/// [`Problem::Store`] for anybody else's.
pub async fn remove(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Answer, Problem> {
    read_form(request).await?;
    let mut tx = staff.begin().await?;
    let one = tx.saved_filter(id.parse().map_err(|_| Problem::NotFound)?).await?;
    let done = tx.commit(one.remove(&staff.ctx)).await?;
    Ok(redirect(done, "/worklist/filters?done=removed"))
}

/// A short name, to be read in a row of them.
const LONGEST: usize = 60;

fn name(raw: &RawForm) -> Result<Line, FieldError> {
    let name: Line = raw.parsed("name", |failure: &TextError| match failure.key() {
        "too-long" => "worklist-keep-name-long",
        _ => "worklist-keep-name-missing",
    })?;
    if name.as_str().chars().count() > LONGEST {
        return Err(FieldError::new("name", "worklist-keep-name-long"));
    }
    Ok(name)
}

fn wrong(refused: Refused) -> FieldError {
    let key = if refused == Refused::TooMany { "worklist-keep-too-many" } else { "worklist-keep-name-taken" };
    FieldError::new("name", key)
}

fn input(staff: &Staff, (raw, errors): (&RawForm, &FormErrors)) -> TextInput {
    let lang = staff.lang;
    TextInput {
        field: Field::new(lang, "name", lang.t("worklist-keep-name"))
            .hint(lang.t("worklist-keep-name-hint"))
            .with(errors),
        value: raw.one("name").unwrap_or_default().to_owned(),
        autocomplete: Some("off"),
        width: Some(30),
        ..TextInput::default()
    }
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    (id, place): (FilterId, Place),
    typed: (&RawForm, &FormErrors),
) -> Result<FormPage, Problem> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("worklist-keep"), PATH).await?;
    let form = FormPage::new(frame, "/worklist/filters/new", lang.t("worklist-keep-button"));
    Ok(form
        .errors(typed.1)
        .back(&place.address())
        .intro([lang.t("worklist-keep-intro")])
        .carry("id", id.to_string())
        .carry("back", place.query())
        .control(&input(staff, typed)))
}

async fn rename_form(
    staff: &Staff,
    tx: &mut Tx,
    id: FilterId,
    typed: (&RawForm, &FormErrors),
) -> Result<FormPage, Problem> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("worklist-kept-rename"), PATH).await?;
    let form = FormPage::new(frame, &format!("/worklist/filters/{id}"), lang.t("worklist-keep-button"));
    Ok(form.errors(typed.1).back("/worklist/filters").control(&input(staff, typed)))
}
