//! Crisis places and evening lines: where, when open, and the day on which somebody asked there whether it is right.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::{County, CrisisPlace};
use onedoor_domain::value::{Line, Text};
use onedoor_store::{StoreError, Tx};

use super::crisis::{DATE, Remove};
use super::{filled, hours, none, save, to_change};
use crate::team::text_key;
use crate::ui::{
    Button, ButtonKind, Column, DateInput, Field, FormPage, Frame, Markup, Table, TextInput, Textarea,
};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::{self, Lang};

/// The address of a place that is to be added.
const NEW: &str = "new";
const TO: &str = "/county/places";

#[derive(Debug, askama::Template)]
#[template(path = "county/places.html")]
struct List {
    frame: Frame,
    table: Table,
    add: Button,
}

/// GET `/county/places`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn list(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (county, _) = tx.county_settings(Action::CountyRead).await?;
    let today = local_date(staff.ctx.now);
    let row = |(at, place): (usize, &CrisisPlace)| {
        let state = if place.is_reviewed(today) { "county-reviewed-good" } else { "county-reviewed-old" };
        let reviewed =
            [("day", words::day_of(lang, place.reviewed_on)), ("name", place.reviewed_by.to_string())];
        let reviewed = format!("{}\n{}", lang.tr("county-reviewed-by", &reviewed), lang.t(state));
        let change = lang.tr("county-places-edit", &[("name", place.name.to_string())]);
        vec![
            place.name.to_string().into(),
            place.area.to_string().into(),
            Markup::lines(&hours::in_words(lang, &place.hours)).into(),
            Markup::lines(&reviewed).into(),
            Markup::link(&format!("{TO}/{at}"), &change).into(),
        ]
    };
    let heads = [
        "county-places-name",
        "county-places-area",
        "county-crisis-hours",
        "county-reviewed",
        "county-change",
    ];
    let table = Table {
        lang,
        columns: heads.map(|key| Column::new(lang.t(key))).into(),
        rows: county.places.iter().enumerate().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    };
    let add = Button::to(&format!("{TO}/{NEW}"), lang.t("county-places-add"));
    let frame = staff.frame(&mut tx, lang.t("county-places"), "/county").await?;
    page(tx.close().await?, &List { frame, table, add })
}

/// GET `/county/places/{place}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(at): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let mut fields = vec![("version", version.to_string())];
    if at == NEW {
        fields.push(("by", staff.member.name.to_string()));
        fields.push(("bank-holidays", "closed".to_owned()));
    } else {
        let place = index(&county, &at).and_then(|at| county.places.get(at)).ok_or(Problem::NotFound)?;
        fields.extend(stored(staff.lang, place));
    }
    let form = form(&staff, &mut tx, &at, &filled(&fields), &none()).await?;
    page(tx.close().await?, &form)
}

fn stored(lang: Lang, place: &CrisisPlace) -> Vec<(&'static str, String)> {
    let text = |text: Option<String>| text.unwrap_or_default();
    let mut fields = vec![
        ("name", place.name.to_string()),
        ("area", place.area.to_string()),
        ("about", text(place.about.as_ref().map(ToString::to_string))),
        ("address", text(place.address.as_ref().map(ToString::to_string))),
        ("phone", text(place.phone.as_ref().map(ToString::to_string))),
        ("reviewed[day]", place.reviewed_on.day().to_string()),
        ("reviewed[month]", place.reviewed_on.month().to_string()),
        ("reviewed[year]", place.reviewed_on.year().to_string()),
        ("by", place.reviewed_by.to_string()),
    ];
    fields.extend(hours::fields(lang, &place.hours));
    fields
}

/// POST `/county/places/{place}`: saves it, or removes it.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, Path(place): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let fresh = raw.text("version") == version.to_string();
    let at = index(&county, &place);
    if place != NEW && at.is_none() && fresh {
        return Err(Problem::NotFound);
    }
    if raw.text("do") == "remove" {
        if let Some(at) = at {
            county.places.remove(at);
        }
        return save(&staff, tx, (county, version), &raw, Vec::new(), TO).await;
    }
    let mut errors = none();
    let Some(read) = read(staff.lang, &raw, local_date(staff.ctx.now), &mut errors) else {
        let form = form(&staff, &mut tx, &place, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let lang = staff.lang;
    let mut typed = vec![
        (lang.t("county-places-name"), read.name.to_string()),
        (lang.t("county-places-area"), read.area.to_string()),
        (lang.t("county-places-address"), raw.text("address").to_owned()),
        (lang.t("county-places-phone"), raw.text("phone").to_owned()),
    ];
    typed.push((lang.t("county-crisis-hours"), hours::in_words(lang, &read.hours)));
    match at.and_then(|at| county.places.get_mut(at)) {
        Some(known) => *known = read,
        None => county.places.push(read),
    }
    save(&staff, tx, (county, version), &raw, typed, TO).await
}

fn index(county: &County, place: &str) -> Option<usize> {
    place.parse().ok().filter(|at| *at < county.places.len())
}

fn read(lang: Lang, raw: &RawForm, today: Date, errors: &mut FormErrors) -> Option<CrisisPlace> {
    let name = errors.keep(raw.parsed::<Line>("name", text_key("county-places-name-missing")));
    let area = errors.keep(raw.parsed::<Line>("area", text_key("county-places-area-missing")));
    let about = errors.keep(raw.optional::<Line>("about", text_key("county-places-name-missing")));
    let address = errors.keep(raw.optional::<Text>("address", text_key("county-places-phone-missing")));
    let phone = errors.keep(raw.optional::<Line>("phone", text_key("county-places-phone-missing")));
    let dials = |number: &Line| number.as_str().chars().filter(char::is_ascii_digit).count() >= 3;
    let wrong = matches!(&phone, Some(Some(number)) if !dials(number));
    if wrong || matches!((&address, &phone), (Some(None), Some(None))) {
        errors.push(FieldError::new("phone", "county-places-phone-missing"));
    }
    let hours = hours::read(lang, raw, errors);
    let reviewed_on = errors.date(raw, "reviewed", &DATE);
    if reviewed_on.is_some_and(|day| day > today) {
        errors.push(FieldError::new("reviewed", "county-reviewed-future"));
    }
    let reviewed_by = errors.keep(raw.parsed::<Line>("by", text_key("county-reviewed-who-missing")));
    if !errors.is_empty() {
        return None;
    }
    Some(CrisisPlace {
        name: name?,
        area: area?,
        about: about?,
        address: address?,
        phone: phone?,
        hours,
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
    let field = |name: &str, label: &str, hint: &str| {
        Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors)
    };
    let line = |name: &str, label: &str, hint: &str| TextInput {
        field: field(name, label, hint),
        value: raw.text(name).to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let address = Textarea {
        field: field("address", "county-places-address", "county-places-address-hint"),
        value: raw.text("address").to_owned(),
        rows: Some(4),
        ..Textarea::default()
    };
    let reviewed = Field::new(lang, "reviewed", lang.t("county-places-checked"))
        .hint(lang.t("county-places-checked-hint"));
    let frame = staff.frame(tx, lang.t("county-places-title"), "/county").await?;
    let page = FormPage::new(frame, &format!("{TO}/{place}"), lang.t("county-save"))
        .errors(errors)
        .back(TO)
        .intro([lang.t("county-hours-example")])
        .carry("version", raw.text("version"))
        .control(&line("name", "county-places-name", "county-places-name-hint"))
        .control(&line("area", "county-places-area", "county-places-area-hint"))
        .control(&line("about", "county-places-say", "county-places-say-hint"))
        .control(&address)
        .control(&line("phone", "county-places-phone", "county-places-phone-hint"));
    let mut page = hours::controls(lang, page, raw, errors)
        .control(&DateInput::new(reviewed, raw, errors))
        .control(&line("by", "county-places-who", "county-reviewed-who-hint"));
    if place != NEW {
        let button = Button {
            kind: ButtonKind::Warning,
            name: Some("do"),
            value: Some("remove".to_owned()),
            ..Button::new(lang.t("county-places-remove"))
        };
        let version = raw.text("version").to_owned();
        page.after = Markup::of(&Remove { action: format!("{TO}/{place}"), version, field: None, button });
    }
    Ok(page)
}
