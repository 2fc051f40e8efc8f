//! The targets of the national waits in this county, and what each is called: expected, or a standard.

use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::clock::{ClockKind, Targets};
use onedoor_store::{StoreError, Tx};

use super::{none, save, to_change};
use crate::referral::names;
use crate::ui::{Checkboxes, Choice, Field, FormPage, TextInput};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

const PATH: &str = "/county/waits";

/// Each target: its field, its label, the most that makes sense, and where it stands in the settings.
type Target = (&'static str, &'static str, u32, fn(&mut Targets) -> &mut u32);

const TARGETS: [Target; 4] = [
    ("four-weeks", "county-waits-four-weeks", 90, |targets| &mut targets.four_week_days),
    ("ed-liaison", "county-waits-ed-liaison", 1_440, |targets| &mut targets.ed_liaison_minutes),
    ("very-urgent", "county-waits-very-urgent", 1_440, |targets| &mut targets.uec_very_urgent_minutes),
    ("urgent", "county-waits-urgent", 10_080, |targets| &mut targets.uec_urgent_minutes),
];

/// The range of a target, and what is usual: in days for the four weeks, in minutes for the others.
fn range(lang: Lang, (name, _, most, of): Target) -> String {
    let usual = of(&mut Targets::default()).to_string();
    let key = if name == "four-weeks" { "county-waits-days-hint" } else { "county-waits-minutes-hint" };
    lang.tr(key, &[("most", most.to_string()), ("usual", usual)])
}

/// GET `/county/waits`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (mut county, version) = tx.county_settings(Action::CountyRead).await?;
    let mut fields = vec![("version", version.to_string())];
    let standards: Vec<ClockKind> = county.targets.standards.iter().copied().collect();
    fields.extend(standards.iter().map(|kind| ("standards", kind.code().to_owned())));
    fields.extend(TARGETS.map(|(name, _, _, of)| (name, of(&mut county.targets).to_string())));
    let raw = RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let form = form(&staff, &mut tx, &raw, &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/waits`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let mut errors = none();
    for (name, _, most, of) in TARGETS {
        let typed = raw.text(name).parse().ok().filter(|number| (1..=most).contains(number));
        if let Some(number) = errors.keep(typed.ok_or(FieldError::new(name, "county-waits-wrong"))) {
            *of(&mut county.targets) = number;
        }
    }
    if !errors.is_empty() {
        let form = form(&staff, &mut tx, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    }
    let chosen: Vec<&str> = raw.all("standards").collect();
    let is_standard = |kind: &ClockKind| chosen.contains(&kind.code());
    county.targets.standards = ClockKind::NATIONAL.into_iter().filter(is_standard).collect();
    let lang = staff.lang;
    let typed = TARGETS.map(|(name, label, _, _)| (lang.t(label), raw.text(name).to_owned())).into();
    save(&staff, tx, (county, version), &raw, typed, "/county?done=saved").await
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let number = |target: Target| TextInput {
        field: Field::new(lang, target.0, lang.t(target.1)).hint(range(lang, target)).with(errors),
        value: raw.text(target.0).to_owned(),
        width: Some(5),
        inputmode: Some("numeric"),
        ..TextInput::default()
    };
    let choice = |kind: ClockKind| Choice::new(kind.code(), lang.t(names::clock(kind)));
    let standards = Checkboxes {
        field: Field::new(lang, "standards", lang.t("county-waits-standards"))
            .hint(lang.t("county-waits-standards-hint")),
        choices: ClockKind::NATIONAL.map(choice).into(),
        values: raw.all("standards").map(str::to_owned).collect(),
        small: true,
    };
    let frame = staff.frame(tx, lang.t("county-waits-title"), "/county").await?;
    let page = FormPage::new(frame, PATH, lang.t("county-save"))
        .errors(errors)
        .back("/county")
        .intro([lang.t("county-waits-about")])
        .carry("version", raw.text("version"));
    let page = TARGETS.into_iter().fold(page, |page, target| page.control(&number(target)));
    Ok(page.control(&standards))
}
