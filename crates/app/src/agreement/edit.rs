//! Writing an agreement down, and ending one with a reason.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use onedoor_domain::agreement::{Agreement, MOST_YEARS, Signature, Terms};
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::{AgreementId, TeamId};
use onedoor_domain::refused::Refused;
use onedoor_domain::team::{Org, Team};
use onedoor_store::{StoreError, Tx};

use super::days;
use crate::referral::ask;
use crate::referral::kept::Offered;
use crate::referral::step::Asked;
use crate::ui::{FormPage, Markup, SelectOption, TextInput};
use crate::web::app::new_id;
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};

/// What is wrong with a date; each says which one is missing.
const fn date(missing: &'static str) -> DateKeys {
    DateKeys { missing, ..DATE }
}

const DATE: DateKeys = DateKeys {
    missing: "agreement-from-missing",
    no_day: "agreement-date-no-day",
    no_month: "agreement-date-no-month",
    no_year: "agreement-date-no-year",
    not_real: "agreement-date-not-real",
};

/// The organisation of an address, for whoever may write agreements down.
async fn org(tx: &mut Tx, id: &str) -> Result<Org, Problem> {
    tx.agreements().await?;
    tx.orgs().await?.into_iter().find(|org| org.id.to_string() == id).ok_or(Problem::NotFound)
}

/// GET `/organisations/{org}/agreements/new`.
///
/// # Errors
/// [`Problem::Store`]; [`Problem::NotFound`].
pub async fn show(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let org = org(&mut tx, &id).await?;
    let made = new_id().to_string();
    let raw = RawForm::of([("id", made.as_str())]);
    let form = form(&staff, &mut tx, &org, (&raw, &FormErrors::default())).await?;
    page(tx.close().await?, &form)
}

/// POST `/organisations/{org}/agreements/new`. Sent twice it is one agreement.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let org = org(&mut tx, &id).await?;
    let made: AgreementId = raw.text("id").parse().map_err(|_| Problem::NotFound)?;
    let all = tx.teams().await?;
    let mut errors = FormErrors::default();
    let terms = read(&raw, &mut errors, &all, local_date(staff.ctx.now)).filter(|_| errors.is_empty());
    let before = tx.agreements().await?;
    match terms.map(|terms| Agreement::write(&staff.ctx, (made, org.id), terms, &before)) {
        Some(Ok(changes)) => {
            let to = format!("/organisations/{}/agreements?done=written", org.id);
            return Ok(redirect(tx.commit(changes).await?, &to));
        }
        Some(Err(_)) => errors.push(FieldError::new("until", "agreement-until-wrong")),
        None => {}
    }
    let form = form(&staff, &mut tx, &org, (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    org: &Org,
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let asked = Asked { lang, raw, errors, around: &(), offered: Offered::default() };
    let teams = tx.teams().await?;
    let owners = teams.iter().filter(|team| team.active);
    let owners = owners.map(|team| SelectOption { value: team.id.to_string(), text: team.name.to_string() });
    let here = format!("/organisations/{}/agreements", org.id);
    let title = lang.tr("agreement-new-title", &[("org", org.name.to_string())]);
    let frame = staff.frame(tx, title, "/county").await?;
    Ok(FormPage::new(frame, &format!("{here}/new"), lang.t("agreement-save"))
        .errors(errors)
        .back(&here)
        .intro([lang.t("agreement-new-intro"), lang.t("agreement-new-again")])
        .carry("id", raw.text("id"))
        .control(&asked.area("takes", "agreement-row-takes", "agreement-takes-hint"))
        .control(&asked.area("sees", "agreement-row-sees", "agreement-sees-hint"))
        .control(&asked.date("from", "agreement-from", "agreement-date-hint"))
        .control(&asked.date("until", "agreement-until", "agreement-until-hint"))
        .control(&asked.date("review", "agreement-row-review-on", "agreement-review-hint"))
        .control(&asked.line("reviewed-by", "agreement-row-reviewed-by", "agreement-reviewed-by-hint"))
        .control(&name(&asked, "here-name", "agreement-here-name"))
        .control(&name(&asked, "here-role", "agreement-here-role"))
        .control(&name(&asked, "there-name", "agreement-there-name"))
        .control(&name(&asked, "there-role", "agreement-there-role"))
        .control(&asked.select("owner", "agreement-row-owner", owners.collect())))
}

fn name(asked: &Asked<'_, ()>, field: &str, label: &str) -> Markup {
    Markup::of(&TextInput {
        field: asked.field(field, label),
        value: asked.value(field),
        autocomplete: Some("off"),
        ..TextInput::default()
    })
}

fn read(raw: &RawForm, errors: &mut FormErrors, all: &[Team], today: Date) -> Option<Terms> {
    let takes = ask::text(raw, errors, "takes", "agreement-takes-missing");
    let sees = ask::text(raw, errors, "sees", "agreement-sees-missing");
    let from = errors.date(raw, "from", &date("agreement-from-missing"));
    let until = errors.date(raw, "until", &date("agreement-until-missing"));
    let review_on = errors.date(raw, "review", &date("agreement-review-missing"));
    let reviewed_by = ask::line(raw, errors, "reviewed-by", "agreement-reviewed-by-missing");
    let ours = [("here-name", "agreement-here-name-missing"), ("here-role", "agreement-here-role-missing")];
    let theirs =
        [("there-name", "agreement-there-name-missing"), ("there-role", "agreement-there-role-missing")];
    let (ours, theirs) = (signature(raw, errors, ours), signature(raw, errors, theirs));
    let chosen: Option<TeamId> = raw.text("owner").parse().ok();
    let owner = all.iter().find(|team| Some(team.id) == chosen && team.active).map(|team| team.id);
    let owner = errors.keep(owner.ok_or_else(|| FieldError::new("owner", "agreement-owner-missing")));
    let terms = Terms {
        takes: takes?,
        sees: sees?,
        from: from?,
        until: until?,
        review_on: review_on?,
        reviewed_by: reviewed_by?,
        signed_here: ours?,
        signed_there: theirs?,
        owner: owner?,
    };
    fits(&terms, today, errors);
    Some(terms)
}

fn signature(
    raw: &RawForm,
    errors: &mut FormErrors,
    [(name, no_name), (role, no_role)]: [(&'static str, &'static str); 2],
) -> Option<Signature> {
    let name = ask::line(raw, errors, name, no_name);
    let role = ask::line(raw, errors, role, no_role);
    Some(Signature { name: name?, role: role? })
}

/// Says at each date what is wrong with it; the domain refuses them all.
fn fits(terms: &Terms, today: Date, errors: &mut FormErrors) {
    if terms.until < terms.from {
        errors.push(FieldError::new("until", "agreement-until-before"));
    } else if terms.until < today {
        errors.push(FieldError::new("until", "agreement-until-past"));
    } else if terms.until > terms.from.saturating_add(MOST_YEARS.years()) {
        errors.push(FieldError::new("until", "agreement-until-long"));
    } else if !(terms.from..=terms.until).contains(&terms.review_on) {
        errors.push(FieldError::new("review", "agreement-review-outside"));
    }
}

/// GET `/agreements/{agreement}/end`.
///
/// # Errors
/// [`Problem::Store`]; [`Problem::NotFound`].
pub async fn ask_end(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let agreement = tx.agreement(id.parse().map_err(|_| Problem::NotFound)?).await?;
    let form = end_form(&staff, &mut tx, &agreement, (&RawForm::default(), &FormErrors::default())).await?;
    page(tx.close().await?, &form)
}

/// POST `/agreements/{agreement}/end`. Two at once: the second reads that somebody was faster.
///
/// # Errors
/// [`Problem`].
pub async fn end(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let agreement = tx.agreement(id.parse().map_err(|_| Problem::NotFound)?).await?;
    let mut errors = FormErrors::default();
    if let Some(why) = ask::text(&raw, &mut errors, "end-why", "agreement-end-why-missing") {
        match agreement.clone().end(&staff.ctx, why) {
            Ok(changes) => {
                let to = format!("/organisations/{}/agreements?done=stopped", agreement.org);
                return Ok(redirect(tx.commit(changes).await?, &to));
            }
            Err(Refused::AlreadyAnswered) => errors.push(FieldError::new("end-why", "agreement-end-already")),
            Err(_) => errors.push(FieldError::new("end-why", "agreement-end-over")),
        }
    }
    let form = end_form(&staff, &mut tx, &agreement, (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

async fn end_form(
    staff: &Staff,
    tx: &mut Tx,
    agreement: &Agreement,
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let orgs = tx.orgs().await?;
    let org = orgs.iter().find(|org| org.id == agreement.org).map(|org| org.name.to_string());
    let title = lang.tr("agreement-end-title", &[("org", org.unwrap_or_default())]);
    let asked = Asked { lang, raw, errors, around: &(), offered: Offered::default() };
    let frame = staff.frame(tx, title, "/county").await?;
    Ok(FormPage::new(frame, &format!("/agreements/{}/end", agreement.id), lang.t("agreement-end"))
        .errors(errors)
        .back(&format!("/organisations/{}/agreements", agreement.org))
        .intro([days(lang, agreement), lang.t("agreement-end-intro")])
        .control(&asked.area("end-why", "agreement-end-why", "agreement-end-why-hint")))
}
