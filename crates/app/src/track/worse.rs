//! "Things got worse": the danger questions again, wherever the request is. A danger answer, or "call me", pages the person
//! on duty at once; without one somebody senior looks the same day (hazards H01, H09). No limit ever stands in the way.

use askama::Template;
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::County;
use onedoor_domain::door::{Answers, Question, SafeContact, Way};
use onedoor_domain::referral::{GotWorse, Referral};
use onedoor_domain::section::Section;
use onedoor_domain::value::Text;
use serde::Deserialize;

use super::place::whereabouts;
use super::say::{one, step};
use super::{PLACE, spoken};
use crate::door::answers::take;
use crate::door::controls::Sheet;
use crate::door::{cover, errors};
use crate::referral::record::find;
use crate::ui::{
    BackLink, Button, Checkboxes, ErrorSummary, Field, Frame, Markup, TYPED, Textarea, WarningCallout,
};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Person, Problem, page, page_with};
use crate::words;

/// What the address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Ask {
    /// They asked to stop, and are not sure that they are safe.
    #[serde(default)]
    asked: String,
}

#[derive(Template)]
#[template(path = "track/worse.html")]
struct WorsePage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    nobody: Option<WarningCallout>,
    asked: bool,
    danger: Checkboxes,
    words: Textarea,
    button: Button,
    phone: Markup,
    call_me: Button,
}

/// GET `/track/worse`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(person: Person, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    form(&person, &RawForm::default(), &FormErrors::default(), !ask.asked.is_empty()).await
}

/// POST `/track/worse`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn submit(mut person: Person, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    if let Some(reworded) = person.reword(&raw) {
        return reworded.keep(form(&person, &raw, &FormErrors::default(), false).await);
    }
    let mut answers = Answers::default();
    let mut errors = take(Question::Safety, &raw, &mut answers, local_date(person.ctx.now));
    let words = errors.keep(raw.optional("words", spoken::added));
    let (Some(dangers), Some(words), true) = (answers.dangers, words, errors.is_empty()) else {
        return form(&person, &raw, &errors, false).await;
    };
    let why = reason(&person, words.as_ref())?;
    tell(&person, GotWorse { dangers, call: None, words, why }).await
}

/// POST `/track/call-me`: a call at once.
///
/// # Errors
/// [`Problem::Store`].
pub async fn call_me(person: Person, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = person.begin().await?;
    let view = tx.referral_view(person.holder.referral).await?;
    tx.close().await?;
    let known = number_of(&view.revealed);
    let way = match (raw.text("phone"), known) {
        ("", Some(way)) => way,
        ("", None) => return form(&person, &raw, &one("phone", "door-phone-empty"), false).await,
        _ => {
            let mut wrong = FormErrors::default();
            match wrong.keep(raw.parsed("phone", errors::phone)) {
                Some(phone) => Way::Call { phone, voicemail: false },
                None => return form(&person, &raw, &wrong, false).await,
            }
        }
    };
    let why = reason(&person, None)?;
    tell(&person, GotWorse { dangers: Vec::new(), call: Some(way), words: None, why }).await
}

/// The number we may ring them on.
fn number_of(revealed: &Revealed) -> Option<Way> {
    let contact: &SafeContact =
        find(revealed, |section| if let Section::Contact(contact) = section { Some(contact) } else { None })?;
    contact.ways().find_map(|way| match way {
        Way::Call { .. } => Some(way.clone()),
        Way::Text { phone } => Some(Way::Call { phone: phone.clone(), voicemail: false }),
        Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
    })
}

/// Why what was on its way is not sent any more, as staff read it.
fn reason(person: &Person, words: Option<&Text>) -> Result<Text, Problem> {
    match words {
        Some(words) => Ok(words.clone()),
        None => person.lang.t("track-worse-why").parse().map_err(|_| Problem::Render),
    }
}

async fn tell(person: &Person, said: GotWorse) -> Result<Answer, Problem> {
    let apply = |referral: Referral, county: &County| referral.got_worse(&person.ctx, said, county);
    step(person, Action::OwnWorse, apply, "/track/worse/told").await
}

async fn form(person: &Person, raw: &RawForm, errors: &FormErrors, asked: bool) -> Result<Answer, Problem> {
    let lang = person.lang;
    let mut tx = person.begin().await?;
    let nobody = cover::callout(lang, cover::unstaffed(&mut tx).await?, person.ctx.now);
    let view = tx.referral_view(person.holder.referral).await?;
    let done = tx.close().await?;
    let mut frame = person.frame(lang.t("track-do-worse")).await;
    frame.errors = !errors.is_empty();
    frame.keeps_typed = true;
    let sheet = Sheet { lang, voice: crate::door::voice::Voice::Own, raw, errors };
    // A number that is known need not be typed again, and is not shown.
    let phone = match number_of(&view.revealed) {
        Some(_) => Markup::paragraphs([lang.t("track-call-known")]),
        None => Markup::of(&sheet.phone(Field::new(lang, "phone", lang.t("door-call-phone")).with(errors))),
    };
    let words = Textarea {
        field: Field::new(lang, "words", lang.t("track-worse-words")).with(errors),
        value: raw.text("words").to_owned(),
        rows: Some(4),
        autocomplete: Some("off"),
        spellcheck: Some(false),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = WorsePage {
        back: BackLink::new(lang, PLACE),
        summary: frame.errors.then(|| errors.summary(lang)),
        nobody,
        asked,
        danger: sheet.dangers(),
        words,
        button: Button { prevents_double_click: true, ..Button::new(lang.t("track-worse-send")) },
        phone,
        call_me: Button { prevents_double_click: true, ..Button::secondary(lang.t("door-call-me")) },
        frame,
    };
    page_with(status, done, &shown)
}

#[derive(Template)]
#[template(path = "track/told.html")]
struct ToldPage {
    frame: Frame,
    nobody: Option<WarningCallout>,
    said: Vec<String>,
    on: Button,
}

/// GET `/track/worse/told`: who was told, by when they come, and where help is meanwhile.
///
/// # Errors
/// [`Problem::Store`].
pub async fn told(person: Person) -> Result<Answer, Problem> {
    let lang = person.lang;
    let mut tx = person.begin().await?;
    let unstaffed = cover::unstaffed(&mut tx).await?;
    let view = tx.referral_view(person.holder.referral).await?;
    let done = tx.close().await?;
    let place = whereabouts(&view.revealed).ok_or(Problem::NotFound)?;
    let unknown = unstaffed.is_some_and(|unstaffed| unstaffed.next.is_none());
    let dated = |key: &str, at| lang.tr(key, &[("when", words::date_time(lang, at))]);
    let mut said = Vec::new();
    match place.call_by {
        Some(_) if unknown => said.push(lang.t("door-sent-call-unknown")),
        Some(at) => said.push(dated("track-worse-call", at)),
        None => {}
    }
    said.extend(place.read_by.map(|at| dated("track-worse-read", at)));
    let shown = ToldPage {
        nobody: cover::callout(lang, unstaffed, person.ctx.now),
        said,
        on: Button { href: Some(PLACE.to_owned()), ..Button::secondary(lang.t("track-worse-on")) },
        frame: person.frame(lang.t("track-worse-told")).await,
    };
    page(done, &shown)
}
