//! The county's name and first words, who owns new referrals, who stands in, the times, and how the service is reached.

use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::Role;
use onedoor_domain::county::County;
use onedoor_domain::ids::{TeamId, UserId};
use onedoor_domain::team::{Team, User};
use onedoor_domain::value::{Email, Line, Phone, Text};
use onedoor_store::{StoreError, Tx};

use super::{filled, none, people_with, save, to_change};
use crate::team::text_key;
use crate::ui::{Field, FormPage, Select, SelectOption, TextInput, Textarea};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};

/// GET `/county/service`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let raw = filled(&[
        ("version", version.to_string()),
        ("name", county.name.to_string()),
        ("welcome", county.welcome.map(|text| text.to_string()).unwrap_or_default()),
        ("spoa", id(county.spoa_team.map(Into::into))),
        ("fallback", id(county.rota.fallback_team.map(Into::into))),
        ("young", id(county.young_team.map(Into::into))),
        ("manager", id(county.rota.service_manager.map(Into::into))),
        ("follow-up", county.follow_up_days.to_string()),
        ("step", county.duty_step_minutes.to_string()),
        ("call", county.targets.duty_call_minutes.to_string()),
        ("reply", county.reply_number.map(|number| number.to_string()).unwrap_or_default()),
        ("night-email", county.crisis_email.map(String::from).unwrap_or_default()),
    ]);
    let form = form(&staff, &mut tx, &raw, &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/service`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let (teams, managers) = (tx.teams().await?, people_with(&mut tx, Role::ServiceManager).await?);
    let mut errors = none();
    read(&raw, &mut county, (&teams, &managers), &mut errors);
    if !errors.is_empty() {
        let form = form(&staff, &mut tx, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    }
    let lang = staff.lang;
    let typed = [
        ("county-name", "name"),
        ("county-welcome", "welcome"),
        ("county-follow-up-days", "follow-up"),
        ("county-duty-step", "step"),
        ("county-duty-call", "call"),
        ("county-reply-number", "reply"),
        ("county-crisis-email", "night-email"),
    ];
    let typed = typed.map(|(label, name)| (lang.t(label), raw.text(name).to_owned())).into();
    save(&staff, tx, (county, version), &raw, typed, "/county?done=saved").await
}

fn read(raw: &RawForm, county: &mut County, (teams, managers): (&[Team], &[User]), errors: &mut FormErrors) {
    if let Some(name) = errors.keep(raw.parsed::<Line>("name", text_key("county-name-missing"))) {
        county.name = name;
    }
    if let Some(welcome) = errors.keep(raw.optional::<Text>("welcome", text_key("county-name-missing"))) {
        county.welcome = welcome;
    }
    let team =
        |field| raw.text(field).parse::<TeamId>().ok().filter(|id| teams.iter().any(|team| team.id == *id));
    let manager = raw.text("manager").parse::<UserId>().ok();
    county.spoa_team = team("spoa");
    county.rota.fallback_team = team("fallback");
    if raw.one("young").is_some() {
        county.young_team = team("young");
    }
    county.rota.service_manager = manager.filter(|id| managers.iter().any(|user| user.id == *id));
    if let Some(days) = errors.keep(number(raw, "follow-up", 1..=90, "county-follow-up-wrong")) {
        county.follow_up_days = days;
    }
    if let Some(minutes) = errors.keep(number(raw, "step", 1..=60, "county-duty-step-wrong")) {
        county.duty_step_minutes = minutes;
    }
    read_reach(raw, county, errors);
}

/// How soon the duty person rings, and how the service and the crisis line are reached. What a form does not carry stays.
fn read_reach(raw: &RawForm, county: &mut County, errors: &mut FormErrors) {
    if raw.one("call").is_some()
        && let Some(minutes) = errors.keep(number(raw, "call", 1..=240, "county-duty-call-wrong"))
    {
        county.targets.duty_call_minutes = minutes.into();
    }
    if raw.one("reply").is_some()
        && let Some(reply) = errors.keep(raw.optional::<Phone>("reply", |_| "county-reply-number-wrong"))
    {
        county.reply_number = reply;
    }
    if raw.one("night-email").is_some()
        && let Some(email) =
            errors.keep(raw.optional::<Email>("night-email", |_| "county-crisis-email-wrong"))
    {
        county.crisis_email = email;
    }
}

pub(super) fn number(
    raw: &RawForm,
    field: &'static str,
    allowed: std::ops::RangeInclusive<u16>,
    wrong: &'static str,
) -> Result<u16, FieldError> {
    let typed = raw.text(field).parse().ok().filter(|number| allowed.contains(number));
    typed.ok_or_else(|| FieldError::new(field, wrong))
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).with(errors);
    let line = |name: &str, label: &str, hint: &str| TextInput {
        field: field(name, label).hint(lang.t(hint)),
        value: raw.text(name).to_owned(),
        ..TextInput::default()
    };
    let small = |name: &str, label: &str, hint: &str| TextInput {
        width: Some(3),
        inputmode: Some("numeric"),
        ..line(name, label, hint)
    };
    let welcome = Textarea {
        field: field("welcome", "county-welcome").hint(lang.t("county-welcome-hint")),
        value: raw.text("welcome").to_owned(),
        rows: Some(3),
        ..Textarea::default()
    };
    let teams = tx.teams().await?;
    let managers = people_with(tx, Role::ServiceManager).await?;
    let teams = |name: &str, label: &str, hint: &str| {
        let named =
            teams.iter().filter(|team| team.active).map(|team| (team.id.to_string(), team.name.to_string()));
        choose(field(name, label).hint(lang.t(hint)), named, raw.text(name))
    };
    let named = managers.iter().map(|user| (user.id.to_string(), user.name.to_string()));
    let manager = field("manager", "county-service-manager").hint(lang.t("county-service-manager-hint"));
    let frame = staff.frame(tx, lang.t("county-service-title"), "/county").await?;
    Ok(FormPage::new(frame, "/county/service", lang.t("county-save"))
        .errors(errors)
        .back("/county")
        .carry("version", raw.text("version"))
        .control(&line("name", "county-name", "county-name-hint"))
        .control(&welcome)
        .control(&teams("spoa", "county-spoa-team", "county-spoa-team-hint"))
        .control(&teams("fallback", "county-fallback-team", "county-fallback-team-hint"))
        .control(&teams("young", "county-young-team", "county-young-team-hint"))
        .control(&choose(manager, named, raw.text("manager")))
        .control(&small("follow-up", "county-follow-up-days", "county-follow-up-hint"))
        .control(&small("step", "county-duty-step", "county-duty-step-hint"))
        .control(&small("call", "county-duty-call", "county-duty-call-hint"))
        .control(&line("reply", "county-reply-number", "county-reply-number-hint"))
        .control(&line("night-email", "county-crisis-email", "county-crisis-email-hint")))
}

/// A drop-down list that may be left empty.
pub(super) fn choose(field: Field, named: impl Iterator<Item = (String, String)>, value: &str) -> Select {
    let none = SelectOption { value: String::new(), text: field.lang.t("county-none") };
    let options = named.map(|(value, text)| SelectOption { value, text });
    Select { options: std::iter::once(none).chain(options).collect(), value: value.to_owned(), field }
}
