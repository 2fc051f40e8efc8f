//! Until when a draft is kept, said on every page of it, and where somebody goes on who comes back.

use onedoor_domain::door::{Draft, DraftState};

use super::path;
use crate::ui::{Button, Markup};
use crate::web::form::RawForm;
use crate::words::{self, Lang};

/// The name of the button, which it shares with "send what I have told you", and what it posts.
const BUTTON: (&str, &str) = ("send", "save");

/// "Save and come back later": saves what is on the page first.
pub(super) fn button(lang: Lang) -> Button {
    Button {
        name: Some(BUTTON.0),
        value: Some(BUTTON.1.to_owned()),
        small: true,
        prevents_double_click: true,
        ..Button::secondary(lang.t("return-save"))
    }
}

/// Whether it was pressed.
pub(super) fn is_asked(raw: &RawForm) -> bool {
    raw.text(BUTTON.0) == BUTTON.1
}

/// Until when.
pub(super) fn until(lang: Lang, draft: &Draft) -> String {
    lang.tr("return-kept-until", &[("day", words::date(lang, draft.expires_at()))])
}

/// The line at the end of a page with the way to save, for pages where nothing is typed that would be lost.
pub(super) fn line(lang: Lang, draft: &Draft) -> Markup {
    let save = Markup::link(&path(draft.id, "save"), &lang.t("return-save"));
    Markup::paragraphs([Markup::from(until(lang, draft)), save])
}

/// Where to go on with a draft: the page after the last one that was answered.
pub(super) fn go_on(draft: &Draft) -> String {
    if draft.state != DraftState::Open {
        return path(draft.id, "sent");
    }
    let whom = draft.answers.whom();
    let answered = draft.answers.answered().pop();
    let next = match answered {
        Some(question) => question.next(whom),
        None => whom.questions().first().copied(),
    };
    match next {
        Some(next) => path(draft.id, next.code()),
        None => path(draft.id, "check"),
    }
}

/// Where somebody goes on who was away: help now comes first where anything on the safety page is true, for nobody knows how
/// they are since.
pub(super) fn come_back(draft: &Draft) -> String {
    let danger = draft.answers.dangers.as_ref().is_some_and(|dangers| !dangers.is_empty());
    if draft.state == DraftState::Open && danger {
        return format!("{}?change=1", path(draft.id, "danger"));
    }
    go_on(draft)
}
