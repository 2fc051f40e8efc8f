//! "Send what I have told you and have someone contact me": from the second page on, whoever has said enough can stop.
//!
//! A name and one way to reach them are all that is still asked.

use onedoor_domain::door::Question;
use onedoor_domain::ids::DraftId;

use super::ask::cannot_take;
use super::check::in_danger;
use super::limit::{self, Client};
use super::send::{Outcome, Sending, new_reference, send};
use super::voice::Say;
use super::{Going, path, to_confirmation};
use crate::ui::Button;
use crate::web::answer::go;
use crate::web::form::RawForm;
use crate::web::{Answer, Problem, Public, redirect};

/// The name of the button, and what it posts.
const BUTTON: (&str, &str) = ("send", "so-far");

/// The button, on every page after the first. Somebody changing an answer has it all in front of them anyway.
pub(super) fn button(say: Say, question: Question, going: Going) -> Option<Button> {
    let offered = question != Question::ForWhom && going == Going::On;
    offered.then(|| Button {
        name: Some(BUTTON.0),
        value: Some(BUTTON.1.to_owned()),
        prevents_double_click: true,
        ..Button::secondary(say.t("door-so-far"))
    })
}

/// Whether it was pressed.
pub(super) fn is_asked(raw: &RawForm, going: Going) -> bool {
    going == Going::SoFar || raw.text(BUTTON.0) == BUTTON.1
}

/// Whether the page was left blank: then there is nothing on it to save or to complain about.
pub(super) fn is_blank(raw: &RawForm) -> bool {
    raw.fields().all(|(name, value)| name == BUTTON.0 || value.trim().is_empty())
}

/// Sends what was saved, or asks for what is needed to reach them.
pub(super) async fn send_it(client: Client, public: &Public, id: DraftId) -> Result<Answer, Problem> {
    if !limit::within(public, client).await? && !in_danger(public, id).await? {
        return Err(Problem::TooOften(limit::WAIT));
    }
    match send(public, id, &Sending::SoFar, new_reference).await? {
        Outcome::Sent(done) => Ok(redirect(done, &path(id, "sent"))),
        Outcome::Before => Ok(to_confirmation(id)),
        Outcome::Missing(missing) => {
            let first = missing.first().copied().unwrap_or(Question::Called);
            Ok(go(&Going::SoFar.to(id, first.code())))
        }
        Outcome::NoTeam => cannot_take(public).await,
    }
}
