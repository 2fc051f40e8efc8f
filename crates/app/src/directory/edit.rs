//! Writing down a service, or changing what people read of one. What the form does not ask for stays as it is.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::directory::entry::{Location, Number, Organization, Phone, Status, Url};
use onedoor_domain::directory::{Entry, Service};
use onedoor_domain::duty::Hours;
use onedoor_domain::ids::ServiceId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Email, Failure as _, Line, Postcode, Text};
use onedoor_store::{StoreError, Tx};

use super::view::{DUE, due_input, finish, half_a_year};
use super::{LIST, id, path, words};
use crate::county::hours;
use crate::team::text_key;
use crate::ui::{Field, FormPage, InsetText, Markup, Select, SelectOption, TextInput, Textarea};
use crate::web::answer::go;
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::Lang;

/// GET `/directory/new`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn new(staff: Staff) -> Result<Answer, Problem> {
    let fresh = new_id().to_string();
    let mut fields = vec![("id", fresh), ("status", Status::Active.code().to_owned())];
    fields.extend(due_fields(half_a_year(&staff)));
    fields.extend(hours::fields(staff.lang, &Hours::default()));
    let raw = RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let mut tx = staff.begin().await?;
    let form = sheet(&staff, &mut tx, None, &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/directory/new`.
///
/// # Errors
/// [`Problem`].
pub async fn create(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let tx = staff.begin().await?;
    let fresh: ServiceId = raw.text("id").parse().unwrap_or_else(|_| ServiceId(new_id()));
    let mut errors = FormErrors::default();
    let typed = typed(staff.lang, &raw, None, &mut errors);
    let due = errors.date(&raw, "due", &DUE);
    let changes = match (typed, due) {
        (Some(entry), Some(due)) if errors.is_empty() => Service::write(&staff.ctx, fresh, entry, due),
        _ => return again(&staff, tx, None, &raw, &errors).await,
    };
    match changes {
        Ok(changes) => match tx.commit(changes).await {
            Ok(done) => Ok(redirect(done, &path(fresh, "?done=saved"))),
            // Pressed twice: it is there.
            Err(StoreError::Stale) => Ok(go(&path(fresh, ""))),
            Err(error) => Err(error.into()),
        },
        Err(Refused::DateInPast) => {
            errors.push_date(FieldError::new("due", "directory-due-range"));
            again(&staff, tx, None, &raw, &errors).await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// GET `/directory/{service}/edit`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(text): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let service = tx.service(id(&text)?).await?;
    let mut fields = vec![("version", service.version.to_string())];
    fields.extend(stored(staff.lang, service.entry()));
    fields.extend(due_fields(half_a_year(&staff)));
    let raw = RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let form = sheet(&staff, &mut tx, Some(&service), &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/directory/{service}/edit`.
///
/// # Errors
/// [`Problem`].
pub async fn save(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let service = tx.service(id(&text)?).await?;
    let mut errors = FormErrors::default();
    let typed = typed(staff.lang, &raw, Some(service.entry()), &mut errors);
    let due = errors.date(&raw, "due", &DUE);
    let changes = match (typed, due) {
        (Some(entry), Some(due)) if errors.is_empty() => {
            let version = raw.text("version").parse().unwrap_or(-1);
            service.clone().save(&staff.ctx, version, entry, due)
        }
        _ => return again(&staff, tx, Some(&service), &raw, &errors).await,
    };
    if changes.as_ref().is_err_and(|refused| *refused == Refused::DateInPast) {
        errors.push_date(FieldError::new("due", "directory-due-range"));
        return again(&staff, tx, Some(&service), &raw, &errors).await;
    }
    finish(&staff, tx, &service, (changes, "?done=saved"), kept(staff.lang, &raw)).await
}

async fn again(
    staff: &Staff,
    mut tx: Tx,
    service: Option<&Service>,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<Answer, Problem> {
    let form = sheet(staff, &mut tx, service, raw, errors).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

/// What was typed, for whoever was slower.
fn kept(lang: Lang, raw: &RawForm) -> Vec<(String, String)> {
    let labels =
        LINES.iter().map(|line| (line.name, line.label)).chain(TEXTS.iter().map(|text| (text.0, text.1)));
    let days = hours::DAYS.iter().copied();
    labels.chain(days).map(|(name, label)| (lang.t(label), raw.text(name).to_owned())).collect()
}

/// One line of the form.
struct LineField {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    width: Option<u8>,
}

const fn line(name: &'static str, label: &'static str, hint: &'static str, width: Option<u8>) -> LineField {
    LineField { name, label, hint, width }
}

const LINES: [LineField; 11] = [
    line("name", "directory-name", "directory-name-hint", None),
    line("organisation", "directory-organisation", "directory-organisation-hint", None),
    line("phone", "directory-phone", "directory-phone-hint", Some(20)),
    line("email", "directory-email", "directory-email-hint", None),
    line("url", "directory-url", "directory-url-hint", None),
    line("address", "directory-address", "directory-address-hint", None),
    line("city", "directory-city", "directory-city-hint", Some(20)),
    line("postcode", "directory-postcode", "directory-postcode-hint", Some(10)),
    line("areas", "directory-areas", "directory-areas-hint", None),
    line("from-age", "directory-from-age", "directory-from-age-hint", Some(3)),
    line("to-age", "directory-to-age", "directory-to-age-hint", Some(3)),
];

/// Name, label, hint, rows.
const TEXTS: [(&str, &str, &str, u8); 5] = [
    ("about", "directory-description", "directory-description-hint", 6),
    ("for", "directory-for", "directory-for-hint", 3),
    ("needs", "directory-needs", "directory-needs-hint", 4),
    ("access", "directory-access", "directory-access-hint", 3),
    ("fees", "directory-fees", "directory-fees-hint", 2),
];

fn due_fields(due: Date) -> [(&'static str, String); 3] {
    [
        ("due[day]", due.day().to_string()),
        ("due[month]", due.month().to_string()),
        ("due[year]", due.year().to_string()),
    ]
}

fn stored(lang: Lang, entry: &Entry) -> Vec<(&'static str, String)> {
    let place = entry.service_at_locations.first();
    let text = |text: Option<String>| text.unwrap_or_default();
    let lines = |lines: &[Line]| lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let mut fields = vec![
        ("name", entry.name.to_string()),
        ("organisation", text(entry.organization.as_ref().map(|org| org.name.to_string()))),
        ("status", entry.status.code().to_owned()),
        ("phone", text(entry.phones.first().map(|phone| phone.number.to_string()))),
        ("email", text(entry.email.as_ref().map(ToString::to_string))),
        ("url", text(entry.url.as_ref().map(ToString::to_string))),
        ("address", text(place.and_then(|place| place.address.as_ref()).map(ToString::to_string))),
        ("city", text(place.and_then(|place| place.city.as_ref()).map(ToString::to_string))),
        ("postcode", text(place.and_then(|place| place.postal_code.as_ref()).map(ToString::to_string))),
        ("areas", entry.service_areas.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")),
        ("from-age", text(entry.minimum_age.map(|age| age.to_string()))),
        ("to-age", text(entry.maximum_age.map(|age| age.to_string()))),
        ("about", text(entry.description.as_ref().map(ToString::to_string))),
        ("for", text(entry.eligibility.as_ref().map(ToString::to_string))),
        ("needs", lines(&entry.taxonomy_terms)),
        ("access", lines(place.map_or(&[], |place| &place.accessibility))),
        ("fees", text(entry.fees.as_ref().map(ToString::to_string))),
    ];
    fields.extend(hours::fields(lang, &entry.week()));
    fields
}

/// The entry that was typed, on top of what was known.
fn typed(lang: Lang, raw: &RawForm, known: Option<&Entry>, errors: &mut FormErrors) -> Option<Entry> {
    let name = errors.keep(raw.parsed::<Line>("name", text_key("directory-name-missing")));
    let organisation = errors.keep(raw.optional::<Line>("organisation", text_key("directory-line-wrong")));
    let status = Status::from_code(raw.text("status"));
    if status.is_none() {
        errors.push(FieldError::new("status", "directory-status-missing"));
    }
    let about = errors.keep(raw.optional::<Text>("about", text_key("directory-text-wrong")));
    let phone = errors.keep(raw.optional::<Number>("phone", |_| "directory-phone-wrong"));
    let email = errors.keep(raw.optional::<Email>("email", |_| "directory-email-wrong"));
    let url = errors.keep(raw.optional::<Url>("url", |_| "directory-url-wrong"));
    let reached = [raw.text("phone"), raw.text("email"), raw.text("url"), raw.text("address")];
    if known.is_none() && reached.iter().all(|way| way.is_empty()) {
        errors.push(FieldError::new("phone", "directory-reach-missing"));
    }
    let place = place(raw, known, errors);
    let ages = ages(raw, errors);
    let eligibility = errors.keep(raw.optional::<Text>("for", text_key("directory-text-wrong")));
    let needs = lines(raw, "needs", '\n', errors);
    let areas = lines(raw, "areas", ';', errors);
    let fees = errors.keep(raw.optional::<Text>("fees", text_key("directory-text-wrong")));
    let week = hours::read(lang, raw, errors);
    if !errors.is_empty() {
        return None;
    }
    let name = name?;
    let mut entry = known.cloned().unwrap_or_else(|| Entry::named(name.clone()));
    let website = entry.organization.take().and_then(|known| known.website);
    entry.name = name;
    entry.organization = organisation?.map(|name| Organization { name, website });
    entry.status = status?;
    entry.description = about?;
    (entry.email, entry.url) = (email?, url?);
    put_phone(&mut entry, phone?);
    put_place(&mut entry, place?);
    (entry.minimum_age, entry.maximum_age) = ages?;
    entry.eligibility = eligibility?;
    entry.taxonomy_terms = needs?;
    entry.service_areas = areas?;
    entry.fees = fees?;
    entry.set_week(week);
    Some(entry)
}

/// The first number is the one of the form; others stay.
fn put_phone(entry: &mut Entry, number: Option<Number>) {
    match (number, entry.phones.first_mut()) {
        (Some(number), Some(first)) if first.number == number => {}
        (Some(number), Some(first)) => *first = Phone { number, description: None },
        (Some(number), None) => entry.phones.push(Phone { number, description: None }),
        (None, Some(_)) => drop(entry.phones.remove(0)),
        (None, None) => {}
    }
}

/// The first place is the one of the form; others stay.
fn put_place(entry: &mut Entry, place: Location) {
    match entry.service_at_locations.first_mut() {
        Some(first) => *first = place,
        None if place == Location::default() => {}
        None => entry.service_at_locations.push(place),
    }
}

fn place(raw: &RawForm, known: Option<&Entry>, errors: &mut FormErrors) -> Option<Location> {
    let address = errors.keep(raw.optional::<Line>("address", text_key("directory-line-wrong")));
    let city = errors.keep(raw.optional::<Line>("city", text_key("directory-line-wrong")));
    let postcode = errors.keep(raw.optional::<Postcode>("postcode", |_| "directory-postcode-wrong"));
    let access = lines(raw, "access", '\n', errors);
    let before = known.and_then(|known| known.service_at_locations.first()).cloned().unwrap_or_default();
    let (address, city, postal_code) = (address?, city?, postcode?);
    // A point on the map of another address would mislead.
    let moved = before.postal_code != postal_code || before.address != address;
    let point = before.point.filter(|_| !moved);
    Some(Location { address, city, postal_code, accessibility: access?, point, ..before })
}

fn ages(raw: &RawForm, errors: &mut FormErrors) -> Option<(Option<u8>, Option<u8>)> {
    let from = errors.keep(raw.optional::<u8>("from-age", |_| "directory-age-wrong"))?;
    let to = errors.keep(raw.optional::<u8>("to-age", |_| "directory-age-wrong"))?;
    let wrong = [from, to].into_iter().flatten().any(|age| age > 130)
        || from.zip(to).is_some_and(|(from, to)| from > to);
    if wrong {
        errors.push(FieldError::new("to-age", "directory-age-wrong"));
        return None;
    }
    Some((from, to))
}

fn lines(raw: &RawForm, name: &'static str, between: char, errors: &mut FormErrors) -> Option<Vec<Line>> {
    let typed = raw.text(name).split(between).map(str::trim).filter(|line| !line.is_empty());
    let mut lines = Vec::new();
    for line in typed.take(40) {
        match line.parse::<Line>() {
            Ok(line) if lines.contains(&line) => {}
            Ok(line) => lines.push(line),
            Err(failure) => {
                let long = failure.key() == "too-long";
                let key = if long { "directory-lines-long" } else { "directory-line-wrong" };
                errors.push(FieldError::new(name, key));
                return None;
            }
        }
    }
    Some(lines)
}

async fn sheet(
    staff: &Staff,
    tx: &mut Tx,
    service: Option<&Service>,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let title = if service.is_some() { "directory-edit-title" } else { "directory-new-title" };
    let frame = staff.frame(tx, lang.t(title), LIST).await?;
    let action = service.map_or_else(|| format!("{LIST}/new"), |service| path(service.id, "edit"));
    let mut form = FormPage::new(frame, &action, lang.t("directory-save")).errors(errors);
    form = match service {
        Some(service) => form.back(&path(service.id, "")).carry("version", raw.text("version")),
        None => form.back(LIST).carry("id", raw.text("id")),
    };
    form.intro = intro(lang, service);
    for (at, field) in LINES.iter().enumerate() {
        form = form.control(&input(lang, field, raw, errors));
        if at == 1 {
            form = form.control(&status(lang, raw, errors)).control(&area(lang, 0, raw, errors));
        }
    }
    for at in 1..TEXTS.len() {
        form = form.control(&area(lang, at, raw, errors));
    }
    form = hours::controls(lang, form, raw, errors);
    Ok(form.control(&due_input(lang, raw, errors)))
}

fn intro(lang: Lang, service: Option<&Service>) -> Markup {
    let mut parts =
        vec![Markup::paragraphs([lang.t("directory-edit-about"), lang.t("county-hours-example")])];
    let others: Vec<Markup> = service
        .iter()
        .flat_map(|service| service.entry().other_times())
        .map(|schedule| words::schedule(lang, schedule).into())
        .collect();
    if !others.is_empty() {
        let said = std::iter::once(Markup::from(lang.t("directory-other-times"))).chain(others);
        parts.push(Markup::of(&InsetText { lang, content: Markup::paragraphs(said) }));
    }
    Markup::all(parts)
}

fn input(lang: Lang, field: &LineField, raw: &RawForm, errors: &FormErrors) -> TextInput {
    TextInput {
        field: Field::new(lang, field.name, lang.t(field.label)).hint(lang.t(field.hint)).with(errors),
        value: raw.text(field.name).to_owned(),
        width: field.width,
        autocomplete: Some("off"),
        ..TextInput::default()
    }
}

fn status(lang: Lang, raw: &RawForm, errors: &FormErrors) -> Select {
    let option = |status: Status| SelectOption {
        value: status.code().to_owned(),
        text: lang.t(words::status_key(status)),
    };
    Select {
        field: Field::new(lang, "status", lang.t("directory-status")).with(errors),
        options: Status::ALL.into_iter().map(option).collect(),
        value: raw.text("status").to_owned(),
    }
}

fn area(lang: Lang, at: usize, raw: &RawForm, errors: &FormErrors) -> Textarea {
    let (name, label, hint, rows) = TEXTS.get(at).copied().unwrap_or_default();
    Textarea {
        field: Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors),
        value: raw.one(name).unwrap_or_default().to_owned(),
        rows: Some(rows),
        spellcheck: Some(true),
        ..Textarea::default()
    }
}
