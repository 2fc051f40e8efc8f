//! Crisis places and evening lines: where, when open, and the day on which somebody asked there whether it is right.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::CrisisPlace;
use onedoor_domain::value::{Line, Text};
use onedoor_store::{StoreError, Tx};

use super::checked::{self, List, NEW, Remove};
use super::{filled, hours, none, save, to_change};
use crate::team::text_key;
use crate::ui::{Button, DateInput, Field, FormPage, Markup, TextInput, Textarea};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

const TO: &str = "/county/places";

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
        let change = lang.tr("county-places-edit", &[("name", place.name.to_string())]);
        vec![
            Markup::from(place.name.to_string()),
            Markup::from(place.area.to_string()),
            Markup::lines(&hours::in_words(lang, &place.hours)),
            checked::in_words(lang, place.reviewed_on, &place.reviewed_by, place.is_reviewed(today)),
            Markup::link(&format!("{TO}/{at}"), &change),
        ]
    };
    let heads = [
        "county-places-name",
        "county-places-area",
        "county-crisis-hours",
        "county-reviewed",
        "county-change",
    ];
    let table = checked::table(lang, heads, county.places.iter().enumerate().map(row).collect());
    let add = Button::to(&format!("{TO}/{NEW}"), lang.t("county-places-add"));
    let frame = staff.frame(&mut tx, lang.t("county-places"), "/county").await?;
    page(tx.close().await?, &List { frame, about: lang.t("county-places-about"), table, add })
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
        let at = checked::index(&at, county.places.len());
        let place = at.and_then(|at| county.places.get(at)).ok_or(Problem::NotFound)?;
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
    ];
    fields.extend(checked::fields(place.reviewed_on, &place.reviewed_by));
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
    let at = checked::meant(&place, &county.places, fresh)?;
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
    checked::put(&mut county.places, at, read);
    save(&staff, tx, (county, version), &raw, typed, TO).await
}

fn read(lang: Lang, raw: &RawForm, today: Date, errors: &mut FormErrors) -> Option<CrisisPlace> {
    let name = errors.keep(raw.parsed::<Line>("name", text_key("county-places-name-missing")));
    let area = errors.keep(raw.parsed::<Line>("area", text_key("county-places-area-missing")));
    let about = errors.keep(raw.optional::<Line>("about", text_key("county-places-name-missing")));
    let address = errors.keep(raw.optional::<Text>("address", text_key("county-places-phone-missing")));
    let phone = errors.keep(raw.optional::<Line>("phone", text_key("county-places-phone-missing")));
    let wrong = matches!(&phone, Some(Some(number)) if !checked::dials(number));
    if wrong || matches!((&address, &phone), (Some(None), Some(None))) {
        errors.push(FieldError::new("phone", "county-places-phone-missing"));
    }
    let hours = hours::read(lang, raw, errors);
    let (reviewed_on, reviewed_by) = checked::read(raw, today, errors);
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
        let text = lang.t("county-places-remove");
        page.after = Remove::at(format!("{TO}/{place}"), raw.text("version"), text);
    }
    Ok(page)
}
