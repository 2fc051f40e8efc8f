//! Changing how one is reached, or what one needs. The form shows what is known; what is not touched stays, and what was
//! changed elsewhere while the page was open is never written over unseen.

use askama::Template;
use axum::extract::{Path, Request};
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::{Answers, Question};
use onedoor_domain::referral::Change;
use onedoor_store::Tx;

use super::PLACE;
use super::place::{source, told_of};
use super::reach::Known;
use super::say::status;
use crate::door::answers::{take, typed};
use crate::door::controls::{Asked, Sheet, ask, title};
use crate::door::given::given;
use crate::door::voice::{Say, Voice};
use crate::ui::{BackLink, Button, ErrorSummary, Frame, InsetText, Markup, TYPED};
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::hash;
use crate::web::{Answer, Person, Problem, page_with, redirect};

/// The field that says what the page showed.
const SEEN: &str = "seen";

#[derive(Template)]
#[template(path = "track/change.html")]
struct ChangePage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    action: String,
    seen: String,
    before: InsetText,
    asked: Asked,
    button: Button,
}

/// What can be changed here.
fn changeable(code: &str) -> Result<Question, Problem> {
    match Question::from_code(code) {
        Some(question @ (Question::Contact | Question::Needs)) => Ok(question),
        _ => Err(Problem::NotFound),
    }
}

/// GET `/track/change/{question}`.
///
/// # Errors
/// [`Problem::NotFound`] for what cannot be changed here.
pub async fn show(person: Person, Path(question): Path<String>) -> Result<Answer, Problem> {
    let question = changeable(&question)?;
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    form(&person, (question, None, &FormErrors::default()), &view.revealed, tx).await
}

/// POST `/track/change/{question}`.
///
/// # Errors
/// [`Problem::NotFound`] for what cannot be changed here.
pub async fn save(
    mut person: Person,
    Path(question): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let question = changeable(&question)?;
    let raw = read_form(request).await?;
    let reworded = person.reword(&raw);
    let mut tx = person.begin().await?;
    if let Some(reworded) = reworded {
        let view = tx.referral_view(person.holder.referral).await?;
        let typed = (question, Some(&raw), &FormErrors::default());
        return reworded.keep(form(&person, typed, &view.revealed, tx).await);
    }
    let (county, _) = tx.county().await?;
    // Its row is locked before it is looked at: nobody changes it between the look and the change.
    let referral = tx.referral(person.holder.referral, Action::OwnChange).await?;
    let view = tx.referral_view(person.holder.referral).await?;
    let before = Answers::again(&view.revealed).ok_or(Problem::NotFound)?;
    let (change, mut errors) = taken(&person, question, &raw, (&before, &view.revealed));
    if raw.text(SEEN) != seen(&person, question, &before) {
        errors.push(FieldError::new(first_field(question), "track-changed-meanwhile"));
    }
    let Some(change) = change.filter(|_| errors.is_empty()) else {
        return form(&person, (question, Some(&raw), &errors), &view.revealed, tx).await;
    };
    if let Ok(changes) = referral.change(&person.ctx, change, &county) {
        return Ok(redirect(tx.commit(changes).await?, &format!("{PLACE}?done=changed")));
    }
    tx.close().await?;
    Ok(go(PLACE))
}

/// What the form asks for.
fn taken(
    person: &Person,
    question: Question,
    raw: &RawForm,
    (before, revealed): (&Answers, &Revealed),
) -> (Option<Change>, FormErrors) {
    if question == Question::Contact {
        let (contact, errors) = Known::of(before, told_of(revealed)).take(raw);
        return (contact.map(Change::Contact), errors);
    }
    let mut answers = Answers::default();
    let errors = take(question, raw, &mut answers, local_date(person.ctx.now));
    (Some(Change::Needs(answers.needs.unwrap_or_default())), errors)
}

/// Where the summary leads for what is wrong with the page as a whole.
fn first_field(question: Question) -> &'static str {
    if question == Question::Contact { "contact" } else { "language" }
}

/// What the page showed, as a mark that tells nothing: it holds for this session alone.
fn seen(person: &Person, question: Question, before: &Answers) -> String {
    let known = match question {
        Question::Contact => serde_json::to_vec(&before.contact),
        _ => serde_json::to_vec(&before.needs),
    };
    let all = [&person.tracking.token_hash[..], &known.unwrap_or_default()].concat();
    hash(&all).iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

async fn form(
    person: &Person,
    (question, raw, errors): (Question, Option<&RawForm>, &FormErrors),
    revealed: &Revealed,
    tx: Tx,
) -> Result<Answer, Problem> {
    let lang = person.lang;
    let done = tx.close().await?;
    let before = Answers::again(revealed).ok_or(Problem::NotFound)?;
    let known = Known::of(&before, told_of(revealed));
    let (mut lines, stands) = match question {
        Question::Contact => (known.lines(lang), known.form(&before)),
        _ => (given(Say::own(lang), question, &before), typed(question, &before)),
    };
    let given = told_of(revealed).and_then(|told| told.given_to(question));
    lines.extend(given.map(|given| source(lang, given)));
    lines.push(lang.t("track-still-right"));
    let mut frame = person.frame(lang.t(title(question))).await;
    frame.errors = !errors.is_empty();
    frame.keeps_typed = true;
    let sheet = Sheet { lang, voice: Voice::Own, raw: raw.unwrap_or(&stands), errors };
    let asked = match question {
        Question::Contact => Asked { controls: sheet.contact(&known.hints(lang)), ..Asked::default() },
        _ => ask(question, sheet),
    };
    let content = Markup::paragraphs([
        Markup::from(lang.t("track-before")),
        Markup::lines(&lines.join("\n")),
        Markup::from(lang.t("track-untouched")),
    ]);
    let shown = ChangePage {
        back: BackLink::new(lang, PLACE),
        summary: frame.errors.then(|| errors.summary(lang)),
        action: format!("/track/change/{}", question.code()),
        seen: seen(person, question, &before),
        before: InsetText { lang, content },
        asked,
        button: Button { prevents_double_click: true, ..Button::new(lang.t("track-save")) },
        frame,
    };
    page_with(status(errors), done, &shown)
}
