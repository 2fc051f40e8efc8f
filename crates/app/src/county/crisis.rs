//! The crisis numbers, each with the day on which somebody rang it and who that was.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::{County, CrisisNumber};
use onedoor_domain::value::Line;
use onedoor_store::{StoreError, Tx};

use super::{filled, none, save, to_change};
use crate::team::text_key;
use crate::ui::{Button, ButtonKind, Column, DateInput, Field, FormPage, Frame, Markup, Table, TextInput};
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words;

/// The address of a number that is to be added.
const NEW: &str = "new";
const TO: &str = "/county/crisis";

pub(super) const DATE: DateKeys = DateKeys {
    missing: "county-reviewed-missing",
    no_day: "county-reviewed-no-day",
    no_month: "county-reviewed-no-month",
    no_year: "county-reviewed-no-year",
    not_real: "county-reviewed-not-real",
};

#[derive(Debug, askama::Template)]
#[template(path = "county/crisis.html")]
struct List {
    frame: Frame,
    table: Table,
    add: Button,
}

/// GET `/county/crisis`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn list(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (county, _) = tx.county_settings(Action::CountyRead).await?;
    let today = local_date(staff.ctx.now);
    let row = |(at, line): (usize, &CrisisNumber)| {
        let state = if line.is_reviewed(today) { "county-reviewed-good" } else { "county-reviewed-old" };
        let day = words::day_of(lang, line.reviewed_on);
        let reviewed = [("day", day), ("name", line.reviewed_by.to_string())];
        vec![
            line.label.to_string().into(),
            line.number.to_string().into(),
            line.hours.to_string().into(),
            Markup::lines(&format!("{}\n{}", lang.tr("county-reviewed-by", &reviewed), lang.t(state))).into(),
            Markup::link(
                &format!("{TO}/{at}"),
                &lang.tr("county-crisis-edit", &[("label", line.label.to_string())]),
            )
            .into(),
        ]
    };
    let heads = [
        "county-crisis-label",
        "county-crisis-number",
        "county-crisis-hours",
        "county-reviewed",
        "county-change",
    ];
    let table = Table {
        lang,
        columns: heads.map(|key| Column::new(lang.t(key))).into(),
        rows: county.crisis.iter().enumerate().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    };
    let add = Button::to(&format!("{TO}/{NEW}"), lang.t("county-crisis-add"));
    let frame = staff.frame(&mut tx, lang.t("county-crisis"), "/county").await?;
    page(tx.close().await?, &List { frame, table, add })
}

/// GET `/county/crisis/{n}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(place): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let mut fields = vec![("version", version.to_string())];
    if place == NEW {
        fields.push(("by", staff.member.name.to_string()));
    } else {
        let line = at(&county, &place).and_then(|at| county.crisis.get(at)).ok_or(Problem::NotFound)?;
        fields.extend([
            ("label", line.label.to_string()),
            ("number", line.number.to_string()),
            ("hours", line.hours.to_string()),
            ("reviewed[day]", line.reviewed_on.day().to_string()),
            ("reviewed[month]", line.reviewed_on.month().to_string()),
            ("reviewed[year]", line.reviewed_on.year().to_string()),
            ("by", line.reviewed_by.to_string()),
        ]);
    }
    let form = form(&staff, &mut tx, &place, &filled(&fields), &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/crisis/{n}`: saves it, or removes it.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, Path(place): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let fresh = raw.text("version") == version.to_string();
    let at = at(&county, &place);
    if place != NEW && at.is_none() && fresh {
        return Err(Problem::NotFound);
    }
    if raw.text("do") == "remove" {
        if let Some(at) = at {
            county.crisis.remove(at);
        }
        return save(&staff, tx, (county, version), &raw, Vec::new(), TO).await;
    }
    let mut errors = none();
    let Some(line) = read(&raw, local_date(staff.ctx.now), &mut errors) else {
        let form = form(&staff, &mut tx, &place, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let lang = staff.lang;
    let typed = vec![
        (lang.t("county-crisis-label"), line.label.to_string()),
        (lang.t("county-crisis-number"), line.number.to_string()),
        (lang.t("county-crisis-hours"), line.hours.to_string()),
    ];
    match at.and_then(|at| county.crisis.get_mut(at)) {
        Some(known) => *known = line,
        None => county.crisis.push(line),
    }
    save(&staff, tx, (county, version), &raw, typed, TO).await
}

fn at(county: &County, place: &str) -> Option<usize> {
    place.parse().ok().filter(|at| *at < county.crisis.len())
}

fn read(raw: &RawForm, today: Date, errors: &mut FormErrors) -> Option<CrisisNumber> {
    let label = errors.keep(raw.parsed::<Line>("label", text_key("county-crisis-label-missing")));
    let number = errors.keep(raw.parsed::<Line>("number", text_key("county-crisis-number-missing")));
    let digits = number
        .as_ref()
        .is_some_and(|number| number.as_str().chars().filter(char::is_ascii_digit).count() >= 3);
    if number.is_some() && !digits {
        errors.push(FieldError::new("number", "county-crisis-number-missing"));
    }
    let hours = errors.keep(raw.parsed::<Line>("hours", text_key("county-crisis-hours-missing")));
    let reviewed_on = errors.date(raw, "reviewed", &DATE);
    if reviewed_on.is_some_and(|day| day > today) {
        errors.push(FieldError::new("reviewed", "county-reviewed-future"));
    }
    let reviewed_by = errors.keep(raw.parsed::<Line>("by", text_key("county-reviewed-who-missing")));
    if !errors.is_empty() {
        return None;
    }
    Some(CrisisNumber {
        label: label?,
        number: number?,
        hours: hours?,
        reviewed_on: reviewed_on?,
        reviewed_by: reviewed_by?,
    })
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    place: &str,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let line = |name: &str, label: &str, hint: &str| TextInput {
        field: Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors),
        value: raw.text(name).to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let reviewed =
        Field::new(lang, "reviewed", lang.t("county-reviewed")).hint(lang.t("county-reviewed-hint"));
    let frame = staff.frame(tx, lang.t("county-crisis-title"), "/county").await?;
    let mut page = FormPage::new(frame, &format!("{TO}/{place}"), lang.t("county-save"))
        .errors(errors)
        .back(TO)
        .carry("version", raw.text("version"))
        .control(&line("label", "county-crisis-label", "county-crisis-label-hint"))
        .control(&line("number", "county-crisis-number", "county-crisis-number-hint"))
        .control(&line("hours", "county-crisis-hours", "county-crisis-hours-hint"))
        .control(&DateInput::new(reviewed, raw, errors))
        .control(&line("by", "county-reviewed-who", "county-reviewed-who-hint"));
    if place != NEW {
        let button = Button {
            kind: ButtonKind::Warning,
            name: Some("do"),
            value: Some("remove".to_owned()),
            ..Button::new(lang.t("county-crisis-remove"))
        };
        let version = raw.text("version").to_owned();
        page.after = Markup::of(&Remove { action: format!("{TO}/{place}"), version, field: None, button });
    }
    Ok(page)
}

/// A form of one button that takes something away.
#[derive(Debug, askama::Template)]
#[template(path = "county/remove.html")]
pub(super) struct Remove {
    pub(super) action: String,
    pub(super) version: String,
    pub(super) field: Option<(&'static str, String)>,
    pub(super) button: Button,
}

impl askama::filters::HtmlSafe for Remove {}
