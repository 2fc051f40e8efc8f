//! What somebody does about their own request: adds something, asks for it to end. Sent twice it is done once, and what was
//! typed is never lost.

use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;

use super::place::whereabouts;
use super::{PLACE, spoken};
use crate::ui::{Button, Choice, Field, FormPage, Markup, Radios, Textarea};
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Person, Problem, page, page_with, redirect};

/// Takes one step on one's own request. What cannot be done from here, or was done before, leads back to where it is.
pub(super) async fn step(
    person: &Person,
    action: Action,
    apply: impl FnOnce(Referral, &County) -> Result<Changes, Refused>,
    to: &str,
) -> Result<Answer, Problem> {
    let mut tx = person.begin().await?;
    let (county, _) = tx.county().await?;
    let referral = tx.referral(person.holder.referral, action).await?;
    if let Ok(changes) = apply(referral, &county) {
        return Ok(redirect(tx.commit(changes).await?, to));
    }
    tx.close().await?;
    Ok(go(to))
}

/// The page with this status.
pub(super) fn status(errors: &FormErrors) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// GET `/track/add`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn add_form(person: Person) -> Result<Answer, Problem> {
    add_page(&person, &RawForm::default(), &FormErrors::default()).await
}

/// POST `/track/add`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn add(mut person: Person, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    if let Some(reworded) = person.reword(&raw) {
        return reworded.keep(add_page(&person, &raw, &FormErrors::default()).await);
    }
    let mut errors = FormErrors::default();
    let Some(text) = errors.keep(raw.parsed("words", spoken::added)) else {
        return add_page(&person, &raw, &errors).await;
    };
    let to = format!("{PLACE}?done=added");
    step(&person, Action::OwnAdd, |referral, county| referral.add(&person.ctx, text, county), &to).await
}

async fn add_page(person: &Person, raw: &RawForm, errors: &FormErrors) -> Result<Answer, Problem> {
    let lang = person.lang;
    let words = Textarea {
        field: Field::new(lang, "words", lang.t("track-add-words"))
            .hint(lang.t("track-add-hint"))
            .with(errors),
        value: raw.text("words").to_owned(),
        rows: Some(8),
        autocomplete: Some("off"),
        spellcheck: Some(false),
    };
    let mut frame = person.frame(lang.t("track-do-add")).await;
    frame.keeps_typed = true;
    let cards = Markup::of(&frame.crisis_cards());
    let mut shown = FormPage::new(frame, "/track/add", lang.t("track-send"))
        .errors(errors)
        .back(PLACE)
        .intro([lang.t("track-add-what")])
        .control(&words);
    let worse = Markup::paragraphs([Markup::link("/track/worse", &lang.t("track-do-worse"))]);
    shown.after = Markup::all([Markup::paragraphs([lang.t("track-add-danger")]), worse, cards]);
    page_with(status(errors), person.begin().await?.close().await?, &shown)
}

/// GET `/track/withdraw`: what happens, and nothing yet.
///
/// # Errors
/// [`Problem::Store`].
pub async fn withdraw_first(person: Person) -> Result<Answer, Problem> {
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    let done = tx.close().await?;
    let place = whereabouts(&view.revealed).ok_or(Problem::NotFound)?;
    if !place.can.contains(&EventKind::WithdrawalAsked) {
        return Ok(go(PLACE));
    }
    let lang = person.lang;
    let mut frame = person.frame(lang.t("track-withdraw-title")).await;
    frame.errors = false;
    let keys =
        ["track-withdraw-choice", "track-withdraw-senior", "track-withdraw-once", "track-withdraw-back"];
    let mut texts: Vec<Markup> = keys.iter().map(|key| Markup::from(lang.t(key))).collect();
    texts.push(Markup::of(&Button::to("/track/withdraw/sure", lang.t("track-withdraw-on"))));
    texts.push(Markup::link(PLACE, &lang.t("track-withdraw-not")));
    texts.push(Markup::of(&frame.crisis_cards()));
    let shown = crate::ui::NotePage {
        content: Markup::all(texts.into_iter().map(block)),
        ..crate::ui::NotePage::new(frame, Vec::<String>::new())
    };
    page(done, &shown.back(PLACE))
}

/// A paragraph of its own.
fn block(content: Markup) -> Markup {
    Markup::paragraphs([content])
}

/// GET `/track/withdraw/sure`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn withdraw_form(person: Person) -> Result<Answer, Problem> {
    withdraw_page(&person, &RawForm::default(), &FormErrors::default()).await
}

/// POST `/track/withdraw/sure`. Whoever is not sure of being safe is shown where help is, and that they can be called.
///
/// # Errors
/// [`Problem::Store`].
pub async fn withdraw(mut person: Person, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    if let Some(reworded) = person.reword(&raw) {
        return reworded.keep(withdraw_page(&person, &raw, &FormErrors::default()).await);
    }
    let mut errors = FormErrors::default();
    let Some(why) = errors.keep(raw.optional("why", spoken::added)) else {
        return withdraw_page(&person, &raw, &errors).await;
    };
    let safe = match raw.text("safe") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let asked = format!("{PLACE}?done=asked");
    let to = if safe == Some(false) { "/track/worse?asked=1" } else { asked.as_str() };
    let apply =
        |referral: Referral, county: &County| referral.ask_to_withdraw(&person.ctx, why, safe, county);
    step(&person, Action::OwnWithdraw, apply, to).await
}

async fn withdraw_page(person: &Person, raw: &RawForm, errors: &FormErrors) -> Result<Answer, Problem> {
    let lang = person.lang;
    let safe = Radios {
        field: Field::new(lang, "safe", lang.t("track-withdraw-safe"))
            .hint(lang.t("track-withdraw-safe-hint"))
            .with(errors),
        choices: vec![
            Choice::new("yes", lang.t("track-withdraw-safe-yes")),
            Choice::new("no", lang.t("track-withdraw-safe-no")),
            Choice::new("not-said", lang.t("track-withdraw-safe-not-said")),
        ],
        value: raw.text("safe").to_owned(),
        ..Radios::default()
    };
    let why = Textarea {
        field: Field::new(lang, "why", lang.t("track-withdraw-why")).with(errors),
        value: raw.text("why").to_owned(),
        rows: Some(4),
        autocomplete: Some("off"),
        spellcheck: Some(false),
    };
    let mut frame = person.frame(lang.t("track-withdraw-sure")).await;
    frame.keeps_typed = true;
    let cards = Markup::of(&frame.crisis_cards());
    let mut shown = FormPage::new(frame, "/track/withdraw/sure", lang.t("track-withdraw-send"))
        .errors(errors)
        .back("/track/withdraw")
        .control(&safe)
        .control(&why);
    shown.after = cards;
    page_with(status(errors), person.begin().await?.close().await?, &shown)
}

/// For forms that need one of several.
pub(super) fn one(field: &'static str, key: &'static str) -> FormErrors {
    vec![FieldError::new(field, key)].into()
}
