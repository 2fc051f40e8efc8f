//! Who is on duty when: the turns to come, adding a row of them, taking one out.

use axum::extract::Request;
use axum::http::StatusCode;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use onedoor_domain::access::Action;
use onedoor_domain::actor::Ctx;
use onedoor_domain::calendar::LONDON;
use onedoor_domain::county::County;
use onedoor_domain::duty::Shift;
use onedoor_domain::ids::{ShiftId, UserId};
use onedoor_domain::team::User;
use onedoor_domain::worker::Absence;
use onedoor_store::{StoreError, Tx};

use super::checked::Remove;
use super::service::choose;
use super::{duty_people, filled, none, save, times, to_change, users};
use crate::ui::{Button, Column, DateInput, Field, FormPage, Markup, Table, TextInput};
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words;

const TO: &str = "/county/rota";
/// A row of turns is at most a quarter of a year.
const MOST_DAYS: i32 = 92;
/// Turns shown; the rest follow as these pass.
const SHOWN: usize = 62;
/// Past turns are kept so long in the settings.
const KEEP: SignedDuration = SignedDuration::from_hours(92 * 24);

const DATE: DateKeys = DateKeys {
    missing: "county-shift-day-missing",
    no_day: "county-shift-day-missing",
    no_month: "county-shift-day-missing",
    no_year: "county-shift-day-missing",
    not_real: "county-shift-day-not-real",
};

/// GET `/county/rota`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let raw = filled(&[("version", version.to_string()), ("days", "1".to_owned())]);
    let form = form(&staff, &mut tx, &county, &raw, &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/rota`: adds turns.
///
/// # Errors
/// [`Problem`].
pub async fn add(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let people = duty_people(&mut tx).await?;
    let mut errors = none();
    let Some(shifts) = read(&staff.ctx, &raw, &people, &mut errors) else {
        let form = form(&staff, &mut tx, &county, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let old = staff.ctx.now.saturating_sub(KEEP).unwrap_or(staff.ctx.now);
    county.rota.shifts.retain(|shift| shift.to > old);
    county.rota.shifts.extend(shifts);
    county.rota.shifts.sort_by_key(|shift| shift.from);
    let typed =
        [("county-shift-from", "from-time"), ("county-shift-to", "to-time"), ("county-shift-days", "days")];
    let typed = typed.map(|(label, name)| (staff.lang.t(label), raw.text(name).to_owned())).into();
    save(&staff, tx, (county, version), &raw, typed, TO).await
}

/// POST `/county/rota/remove`.
///
/// # Errors
/// [`Problem`].
pub async fn remove(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let shift: Option<ShiftId> = raw.text("shift").parse().ok();
    county.rota.shifts.retain(|kept| Some(kept.id) != shift);
    save(&staff, tx, (county, version), &raw, Vec::new(), TO).await
}

fn read(ctx: &Ctx, raw: &RawForm, people: &[User], errors: &mut FormErrors) -> Option<Vec<Shift>> {
    let first = errors.date(raw, "first", &DATE);
    let time =
        |field| times::time(raw.text(field)).ok_or_else(|| FieldError::new(field, "county-shift-time-wrong"));
    let (from, to) = (errors.keep(time("from-time")), errors.keep(time("to-time")));
    let days = raw.text("days").parse::<i32>().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    let days = errors.keep(days.ok_or(FieldError::new("days", "county-shift-days-wrong")));
    let person =
        |field| raw.text(field).parse::<UserId>().ok().filter(|id| people.iter().any(|user| user.id == *id));
    let duty = errors.keep(person("duty").ok_or(FieldError::new("duty", "county-shift-duty-missing")));
    let deputy = person("deputy");
    if deputy.is_some() && deputy == duty {
        errors.push(FieldError::new("deputy", "county-shift-deputy-same"));
    }
    if !errors.is_empty() {
        return None;
    }
    let (first, from, to, duty) = (first?, from?, to?, duty?);
    let turn = |n: i32| {
        let day = first.checked_add(n.days()).ok()?;
        let last = if to <= from { day.tomorrow().ok()? } else { day };
        Some(Shift { id: ctx.new_id(), from: at(day, from)?, to: at(last, to)?, duty, deputy })
    };
    (0..days?).map(turn).collect()
}

/// The moment the London clock shows this.
fn at(day: Date, time: Time) -> Option<Timestamp> {
    day.to_datetime(time).to_zoned(LONDON.clone()).ok().map(|zoned| zoned.timestamp())
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    county: &County,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).with(errors);
    let small = |name: &str, label: &str, hint: &str| TextInput {
        field: field(name, label).hint(lang.t(hint)),
        value: raw.text(name).to_owned(),
        width: Some(10),
        ..TextInput::default()
    };
    let people = duty_people(tx).await?;
    let person = |name: &str, label: &str, hint: &str| {
        let named = people.iter().map(|user| (user.id.to_string(), user.name.to_string()));
        choose(field(name, label).hint(lang.t(hint)), named, raw.text(name))
    };
    let first = Field::new(lang, "first", lang.t("county-shift-first"));
    let absences = tx.absences().await?;
    let table = turns(staff, county, raw.text("version"), (&users(tx).await?, &absences));
    let frame = staff.frame(tx, lang.t("county-rota"), "/county").await?;
    let mut page = FormPage::new(frame, TO, lang.t("county-shift-add"))
        .errors(errors)
        .back("/county")
        .intro([lang.t("county-rota-about")])
        .carry("version", raw.text("version"))
        .control(&DateInput::new(first, raw, errors))
        .control(&small("from-time", "county-shift-from", "county-shift-from-hint"))
        .control(&small("to-time", "county-shift-to", "county-shift-to-hint"))
        .control(&small("days", "county-shift-days", "county-shift-days-hint"))
        .control(&person("duty", "county-shift-duty", "county-shift-duty-hint"))
        .control(&person("deputy", "county-shift-deputy", "county-shift-deputy-hint"));
    page.after = Markup::of(&table);
    Ok(page)
}

/// A word on a button, and more for whoever hears it without the row around it.
#[derive(Debug, askama::Template)]
#[template(source = "{{ shown }}<span class=\"nhsuk-u-visually-hidden\"> {{ hidden }}</span>", ext = "html")]
struct WithHidden {
    shown: String,
    hidden: String,
}

impl askama::filters::HtmlSafe for WithHidden {}

fn turns(staff: &Staff, county: &County, version: &str, (people, absences): (&[User], &[Absence])) -> Table {
    let lang = staff.lang;
    let away = county.away_on_duty(absences, staff.ctx.now);
    let name = |shift: &Shift, id: UserId| {
        let name = people.iter().find(|user| user.id == id).map(|user| user.name.to_string())?;
        let is_away = away.iter().any(|(absence, from)| absence.who.user == id && *from == shift.from);
        Some(if is_away { lang.tr("county-shift-away", &[("name", name)]) } else { name })
    };
    let row = |shift: &Shift| {
        let when = words::date_time(lang, shift.from);
        let words = WithHidden {
            shown: lang.t("county-shift-remove"),
            hidden: lang.tr("county-shift-remove-which", &[("when", when.clone())]),
        };
        let remove = Remove {
            action: format!("{TO}/remove"),
            version: version.to_owned(),
            field: Some(("shift", shift.id.to_string())),
            button: Button { small: true, ..Button::secondary(Markup::of(&words)) },
        };
        vec![
            when.into(),
            words::date_time(lang, shift.to).into(),
            name(shift, shift.duty).unwrap_or_default().into(),
            shift.deputy.and_then(|deputy| name(shift, deputy)).unwrap_or_default().into(),
            Markup::of(&remove).into(),
        ]
    };
    let coming = county.rota.shifts.iter().filter(|shift| shift.to > staff.ctx.now).take(SHOWN);
    let heads =
        ["county-shift-from", "county-shift-to", "county-shift-duty", "county-shift-deputy", "county-change"];
    Table {
        lang,
        caption: Some(lang.t("county-rota-coming").into()),
        columns: heads.map(|key| Column::new(lang.t(key))).into(),
        rows: coming.map(row).collect(),
        responsive: true,
        compact: true,
        ..Table::default()
    }
}
