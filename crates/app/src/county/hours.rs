//! When the single point of access is staffed: one line a day, and what bank holidays change.

use axum::extract::Request;
use axum::http::StatusCode;
use jiff::civil::Time;
use onedoor_domain::access::Action;
use onedoor_domain::duty::{HolidayRule, Hours, Opening};
use onedoor_store::{StoreError, Tx};

use super::{filled, none, save, times, to_change};
use crate::ui::{Choice, Field, FormPage, Radios, TextInput};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

pub(crate) const DAYS: [(&str, &str); 7] = [
    ("monday", "when-weekday-monday"),
    ("tuesday", "when-weekday-tuesday"),
    ("wednesday", "when-weekday-wednesday"),
    ("thursday", "when-weekday-thursday"),
    ("friday", "when-weekday-friday"),
    ("saturday", "when-weekday-saturday"),
    ("sunday", "when-weekday-sunday"),
];

const RULES: [(HolidayRule, &str, &str); 3] = [
    (HolidayRule::Closed, "closed", "county-holiday-closed"),
    (HolidayRule::Same, "same", "county-holiday-same"),
    (HolidayRule::AsSunday, "as-sunday", "county-holiday-as-sunday"),
];

pub(super) fn week(hours: &Hours) -> [&[Opening]; 7] {
    [
        &hours.monday,
        &hours.tuesday,
        &hours.wednesday,
        &hours.thursday,
        &hours.friday,
        &hours.saturday,
        &hours.sunday,
    ]
}

/// One day as it is typed and shown.
pub(super) fn day(lang: Lang, openings: &[Opening]) -> String {
    let whole = Opening { open: Time::midnight(), close: Time::midnight() };
    if openings.is_empty() {
        return lang.t("county-hours-closed");
    }
    if openings == [whole] {
        return lang.t("county-hours-all-day");
    }
    let each = openings.iter().map(|opening| {
        let times = [("open", times::shown(opening.open)), ("close", times::shown(opening.close))];
        lang.tr("county-hours-from-to", &times)
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The week, a line a day.
pub(crate) fn in_words(lang: Lang, hours: &Hours) -> String {
    let lines = DAYS.iter().zip(week(hours)).map(|((_, name), openings)| {
        let parts = [("day", lang.t(name)), ("hours", day(lang, openings))];
        lang.tr("county-hours-day", &parts)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// GET `/county/hours`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let mut shown = vec![("version", version.to_string())];
    shown.extend(fields(staff.lang, &county.hours));
    let form = form(&staff, &mut tx, &filled(&shown), &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/hours`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let mut errors = none();
    let hours = read(staff.lang, &raw, &mut errors);
    if !errors.is_empty() {
        let form = form(&staff, &mut tx, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    }
    county.hours = hours;
    let typed = DAYS.map(|(name, label)| (staff.lang.t(label), raw.text(name).to_owned())).into();
    save(&staff, tx, (county, version), &raw, typed, "/county?done=saved").await
}

pub(crate) fn read(lang: Lang, raw: &RawForm, errors: &mut FormErrors) -> Hours {
    let (all_day, closed) = (lang.t("county-hours-all-day"), lang.t("county-hours-closed"));
    let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = DAYS.map(|(name, label)| {
        let openings = times::openings(raw.text(name), &all_day, &closed);
        openings.unwrap_or_else(|| {
            let args = vec![("day", lang.t(label))];
            errors.push(FieldError { field: name, key: "county-hours-wrong", args });
            Vec::new()
        })
    });
    let rule = RULES.iter().find(|(_, code, _)| *code == raw.text("bank-holidays"));
    if rule.is_none() {
        errors.push(FieldError::new("bank-holidays", "county-holiday-missing"));
    }
    let bank_holidays = rule.map(|(rule, _, _)| *rule).unwrap_or_default();
    Hours { monday, tuesday, wednesday, thursday, friday, saturday, sunday, bank_holidays }
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("county-hours"), "/county").await?;
    let page = FormPage::new(frame, "/county/hours", lang.t("county-save"))
        .errors(errors)
        .back("/county")
        .intro([lang.t("county-hours-about"), lang.t("county-hours-example")])
        .carry("version", raw.text("version"));
    Ok(controls(lang, page, raw, errors))
}

/// The hours of a week as they are stored, for a form.
pub(crate) fn fields(lang: Lang, hours: &Hours) -> Vec<(&'static str, String)> {
    let rule = RULES.iter().find(|(rule, _, _)| *rule == hours.bank_holidays);
    let rule = rule.map(|(_, code, _)| ("bank-holidays", (*code).to_owned()));
    let days = DAYS.iter().zip(week(hours)).map(|((name, _), openings)| (*name, day(lang, openings)));
    rule.into_iter().chain(days).collect()
}

/// A line a day, and what bank holidays change.
pub(crate) fn controls(lang: Lang, mut page: FormPage, raw: &RawForm, errors: &FormErrors) -> FormPage {
    for (name, label) in DAYS {
        let input = TextInput {
            field: Field::new(lang, name, lang.t(label)).with(errors),
            value: raw.text(name).to_owned(),
            width: Some(30),
            ..TextInput::default()
        };
        page = page.control(&input);
    }
    let rules = Radios {
        field: Field::new(lang, "bank-holidays", lang.t("county-holiday")).with(errors),
        choices: RULES.iter().map(|(_, code, key)| Choice::new(code, lang.t(key))).collect(),
        value: raw.text("bank-holidays").to_owned(),
        ..Radios::default()
    };
    page.control(&rules)
}
