//! Assisted entry: a member of staff writes down what a person says on the telephone, at the desk, in a café or on paper, in
//! the same model as the public form. "Danger now" stands on every page and waits for nothing. Decides nothing about a
//! request: that is the referral room's.

pub mod before;
pub mod begin;
mod clash;
pub mod files;
pub mod finish;
pub mod list;
pub mod question;
pub mod slip;

use onedoor_domain::entry::{Channel, Entry, Unknown};
use onedoor_domain::ids::EntryId;

use crate::ui::{Button, ButtonKind};
use crate::web::Problem;
use crate::web::form::RawForm;
use crate::words::Lang;

/// The name of the button that waits for nothing, and what it posts.
const DANGER: (&str, &str) = ("danger-now", "yes");

fn entry_id(text: &str) -> Result<EntryId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// A page of an entry; its own page without a place.
fn path(id: EntryId, place: &str) -> String {
    if place.is_empty() { format!("/enter/{id}") } else { format!("/enter/{id}/{place}") }
}

/// "Danger now", on every page until it was pressed.
fn danger_button(lang: Lang, entry: Option<&Entry>) -> Option<Button> {
    let pressed = entry.is_some_and(|entry| entry.receipt().is_some());
    (!pressed).then(|| Button {
        kind: ButtonKind::Warning,
        name: Some(DANGER.0),
        value: Some(DANGER.1.to_owned()),
        prevents_double_click: true,
        ..Button::new(lang.t("enter-danger-now"))
    })
}

fn is_danger(raw: &RawForm) -> bool {
    raw.text(DANGER.0) == DANGER.1
}

/// What stands where nothing is known.
pub(crate) fn unknown(lang: Lang, channel: Channel) -> Result<Unknown, Problem> {
    let place = if channel.is_here() { "enter-unknown-here" } else { "enter-unknown-place" };
    let name = lang.t("enter-unknown-name").parse();
    let place = lang.t(place).parse();
    match (name, place) {
        (Ok(name), Ok(place)) => Ok(Unknown { name, place }),
        (Err(_), _) | (_, Err(_)) => Err(Problem::Fault("words for what is not known")),
    }
}

/// How the person came.
pub fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "enter-channel-phone",
        Channel::WalkIn => "enter-channel-walk-in",
        Channel::Cafe => "enter-channel-cafe",
        Channel::Paper => "enter-channel-paper",
    }
}
