//! The first page: a call-back number before anything else, so that a broken line is no lost person.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use onedoor_domain::entry::{Beginning, Channel, Entry, SafeToRing};
use onedoor_domain::ids::EntryId;
use onedoor_domain::value::{Phone, PhoneError};
use onedoor_store::StoreError;

use super::question::EnterPage;
use super::{before, channel_words, danger_button, entry_id, finish, is_danger, path, unknown};
use crate::door::errors;
use crate::referral::ask::optional_text;
use crate::ui::{Button, Choice, Field, Markup, Radios, Size, TextInput, Textarea};
use crate::web::answer::{Answer, go};
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{App, Problem, Staff, page, page_with, redirect};
use crate::words::Lang;

/// GET `/enter`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let raw = RawForm::of([("id", new_id().to_string().as_str())]);
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, staff.lang.t("enter-title"), "/enter").await?;
    page(tx.close().await?, &first(frame, &raw, &FormErrors::default()))
}

/// POST `/enter`: saves it at once. "Danger now" pages in the same breath, whatever else is missing.
///
/// # Errors
/// [`Problem::Store`]; [`Problem::Form`].
pub async fn submit(State(_): State<App>, staff: Staff, request: Request<Body>) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    // A page of ours always carries an id.
    let Ok(id) = entry_id(raw.text("id")) else { return Ok(go("/enter")) };
    let danger = is_danger(&raw);
    let mut errors = FormErrors::default();
    let beginning = read(&raw, &mut errors, danger);
    let (Some(beginning), true) = (beginning, errors.is_empty()) else {
        let mut tx = staff.begin().await?;
        let frame = staff.frame(&mut tx, staff.lang.t("enter-title"), "/enter").await?;
        let again = first(frame, &raw, &errors);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &again);
    };
    let kept = keep(&staff, id, beginning).await?;
    if danger { finish::page_duty(&staff, id).await } else { Ok(kept) }
}

async fn keep(staff: &Staff, id: EntryId, beginning: Beginning) -> Result<Answer, Problem> {
    let Some(team) = staff.member.teams.first().copied() else { return Err(Problem::Forbidden) };
    let mut tx = staff.begin().await?;
    if tx.entry_or_new(id, team).await?.is_some() {
        // The same form, sent twice.
        tx.close().await?;
        return Ok(go(&path(id, "safety")));
    }
    let changes = Entry::begin(&staff.ctx, id, team, beginning).keep(&staff.ctx);
    match tx.commit(changes).await {
        Ok(done) => Ok(redirect(done, &path(id, "safety"))),
        Err(StoreError::Stale) => Ok(go(&path(id, "safety"))),
        Err(error) => Err(error.into()),
    }
}

/// In danger nothing stands in the way: what cannot be read is kept as words, and what is missing is not known.
pub(super) fn read(raw: &RawForm, errors: &mut FormErrors, danger: bool) -> Option<Beginning> {
    let typed: Result<Option<Phone>, FieldError> =
        raw.optional("callback", |error: &PhoneError| errors::phone(error));
    let channel = Channel::from_code(raw.text("channel"));
    let safe = SafeToRing::from_code(raw.text("safe-to-ring"));
    let mut place = optional_text(raw, errors, "place");
    if danger {
        let callback = typed.unwrap_or(None);
        if callback.is_none() && !raw.text("callback").is_empty() {
            let words = [raw.text("place"), raw.text("callback")].join("\n");
            place = words.parse().ok().or(place);
        }
        *errors = FormErrors::default();
        let channel = channel.unwrap_or(Channel::Phone);
        let safe_to_ring = safe.unwrap_or(SafeToRing::NotKnown);
        return Some(Beginning { callback, safe_to_ring, channel, place });
    }
    let callback = errors.keep(typed);
    let channel = errors.keep(channel.ok_or(FieldError::new("channel", "enter-channel-missing")));
    let has_number = callback.as_ref().is_some_and(Option::is_some);
    let safe = if has_number {
        errors.keep(safe.ok_or(FieldError::new("safe-to-ring", "enter-safe-missing")))
    } else {
        Some(safe.unwrap_or(SafeToRing::NotKnown))
    };
    Some(Beginning { callback: callback?, safe_to_ring: safe?, channel: channel?, place })
}

fn first(mut frame: crate::ui::Frame, raw: &RawForm, errors: &FormErrors) -> EnterPage {
    let lang = frame.lang;
    frame.errors = !errors.is_empty();
    EnterPage {
        summary: frame.errors.then(|| errors.summary(lang)),
        back: None,
        told: None,
        clash: None,
        aloud: lang.t("enter-begin-aloud"),
        action: "/enter".to_owned(),
        hidden: vec![("id", raw.text("id").to_owned())],
        heading: Some(frame.title.clone()),
        intro: Markup::paragraphs([Markup::link(before::PATH, &lang.t("before-title"))]),
        controls: Markup::all(controls(lang, raw, errors)),
        button: Button { prevents_double_click: true, ..Button::new(lang.t("enter-save")) },
        danger: danger_button(lang, None),
        others: Vec::new(),
        frame,
    }
}

pub(super) fn controls(lang: Lang, raw: &RawForm, errors: &FormErrors) -> Vec<Markup> {
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).sized(Size::S).with(errors);
    let value = |name: &str| raw.text(name).to_owned();
    let callback = TextInput {
        field: field("callback", "enter-callback").hint(lang.t("enter-callback-hint")),
        value: value("callback"),
        kind: Some("tel"),
        inputmode: Some("tel"),
        width: Some(20),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let safe = SafeToRing::ALL.into_iter().map(|safe| Choice::new(safe.code(), lang.t(safe_words(safe))));
    let safe = Radios {
        field: field("safe-to-ring", "enter-safe").hint(lang.t("enter-safe-hint")),
        choices: safe.collect(),
        value: value("safe-to-ring"),
        ..Radios::default()
    };
    let channels = Channel::ALL.into_iter().map(|one| Choice::new(one.code(), lang.t(channel_words(one))));
    let channel = Radios {
        field: field("channel", "enter-channel"),
        choices: channels.collect(),
        value: value("channel"),
        ..Radios::default()
    };
    let place = Textarea {
        field: field("place", "enter-place").hint(lang.t("enter-place-hint")),
        value: value("place"),
        rows: Some(2),
        autocomplete: Some("off"),
        ..Textarea::default()
    };
    vec![Markup::of(&callback), Markup::of(&safe), Markup::of(&channel), Markup::of(&place)]
}

/// Whether it is safe to ring.
pub(super) fn safe_words(safe: SafeToRing) -> &'static str {
    match safe {
        SafeToRing::Yes => "enter-safe-yes",
        SafeToRing::No => "enter-safe-no",
        SafeToRing::NotKnown => "enter-safe-not-known",
    }
}

/// The words for what is not known of an entry.
pub(super) fn words(lang: Lang, entry: &Entry) -> Result<onedoor_domain::entry::Unknown, Problem> {
    unknown(lang, entry.entered.channel)
}
