//! The crisis numbers, each with the day on which somebody rang it and who that was.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::CrisisNumber;
use onedoor_domain::value::Line;
use onedoor_store::{StoreError, Tx};

use super::checked::{self, List, NEW, Remove};
use super::{filled, none, save, to_change};
use crate::team::text_key;
use crate::ui::{Button, DateInput, Field, FormPage, Markup, TextInput};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};

const TO: &str = "/county/crisis";

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
        let change = lang.tr("county-crisis-edit", &[("label", line.label.to_string())]);
        vec![
            Markup::from(line.label.to_string()),
            Markup::from(line.number.to_string()),
            Markup::from(line.hours.to_string()),
            checked::in_words(lang, line.reviewed_on, &line.reviewed_by, line.is_reviewed(today)),
            Markup::link(&format!("{TO}/{at}"), &change),
        ]
    };
    let heads = [
        "county-crisis-label",
        "county-crisis-number",
        "county-crisis-hours",
        "county-reviewed",
        "county-change",
    ];
    let table = checked::table(lang, heads, county.crisis.iter().enumerate().map(row).collect());
    let add = Button::to(&format!("{TO}/{NEW}"), lang.t("county-crisis-add"));
    let frame = staff.frame(&mut tx, lang.t("county-crisis"), "/county").await?;
    page(tx.close().await?, &List { frame, about: lang.t("county-crisis-about"), table, add })
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
        let at = checked::index(&place, county.crisis.len());
        let line = at.and_then(|at| county.crisis.get(at)).ok_or(Problem::NotFound)?;
        fields.extend([
            ("label", line.label.to_string()),
            ("number", line.number.to_string()),
            ("hours", line.hours.to_string()),
        ]);
        fields.extend(checked::fields(line.reviewed_on, &line.reviewed_by));
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
    let at = checked::meant(&place, &county.crisis, fresh)?;
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
    checked::put(&mut county.crisis, at, line);
    save(&staff, tx, (county, version), &raw, typed, TO).await
}

fn read(raw: &RawForm, today: Date, errors: &mut FormErrors) -> Option<CrisisNumber> {
    let label = errors.keep(raw.parsed::<Line>("label", text_key("county-crisis-label-missing")));
    let number = errors.keep(raw.parsed::<Line>("number", text_key("county-crisis-number-missing")));
    if number.as_ref().is_some_and(|number| !checked::dials(number)) {
        errors.push(FieldError::new("number", "county-crisis-number-missing"));
    }
    let hours = errors.keep(raw.parsed::<Line>("hours", text_key("county-crisis-hours-missing")));
    let (reviewed_on, reviewed_by) = checked::read(raw, today, errors);
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
        let text = lang.t("county-crisis-remove");
        page.after = Remove::at(format!("{TO}/{place}"), raw.text("version"), text);
    }
    Ok(page)
}
