//! "Call me": a name and a number, sent at once. Nothing stands in its way: no limit, no other question.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Answers, Draft, Question, SafeContact, Way};
use onedoor_domain::ids::DraftId;
use onedoor_store::Tx;

use super::ask::{cannot_take, without_cookie};
use super::controls::Sheet;
use super::limit::{self, Client};
use super::send::{Outcome, Sending, new_reference, send};
use super::{cover, draft_id, errors, open, path, to_confirmation};
use crate::ui::{BackLink, Button, ErrorSummary, Field, Frame, Markup, WarningCallout};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Public, page_with, redirect};

#[derive(Template)]
#[template(path = "door/call_me.html")]
struct CallMePage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    nobody: Option<WarningCallout>,
    action: String,
    controls: Markup,
    button: Button,
}

/// Asks for a name and a number.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(public: Public, Path(draft): Path<String>) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let Some(open) = open(&public, id, Action::DraftRead).await? else { return Ok(to_confirmation(id)) };
    let raw = known(&open.1.answers);
    form(&public, open, &raw, &FormErrors::default()).await
}

/// Sends it at once.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn submit(
    client: Client,
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let raw = read_form(request).await?;
    if public.visitor.is_none() {
        return without_cookie(&public, &raw).await;
    }
    if !limit::within(&public, client).await.unwrap_or(true) {
        tracing::warn!("many requests from one address; a call was asked for and is taken");
    }
    let mut errors = FormErrors::default();
    let called = errors.keep(raw.parsed("called", errors::called));
    let phone = errors.keep(raw.parsed("phone", errors::phone));
    let (Some(called), Some(phone)) = (called, phone) else {
        let Some(open) = open(&public, id, Action::DraftRead).await? else { return Ok(to_confirmation(id)) };
        return form(&public, open, &raw, &errors).await;
    };
    ring(&public, id, Sending::CallMe { called, phone }).await
}

async fn ring(public: &Public, id: DraftId, sending: Sending) -> Result<Answer, Problem> {
    match send(public, id, &sending, new_reference).await? {
        Outcome::Sent(done) => Ok(redirect(done, &path(id, "sent"))),
        Outcome::Before => Ok(to_confirmation(id)),
        Outcome::Missing(_) | Outcome::NoTeam => cannot_take(public).await,
    }
}

/// What is known already need not be typed again.
fn known(answers: &Answers) -> RawForm {
    let called = answers.called.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = |way: &Way| match way {
        Way::Call { phone, .. } | Way::Text { phone } => Some(phone.to_string()),
        Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
    };
    let phone = answers.contact.iter().flat_map(SafeContact::ways).find_map(number).unwrap_or_default();
    RawForm::of([("called", called.as_str()), ("phone", phone.as_str())])
}

async fn form(
    public: &Public,
    (mut tx, draft): (Tx, Draft),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<Answer, Problem> {
    let lang = public.lang;
    let nobody = cover::callout(lang, cover::unstaffed(&mut tx).await?, public.ctx.now);
    let mut frame = public.frame(lang.t("door-call-me-title")).await;
    frame.no_index = true;
    frame.errors = !errors.is_empty();
    let danger = draft.answers.dangers.is_some_and(|dangers| !dangers.is_empty());
    let before = if danger { "danger" } else { Question::Safety.code() };
    let sheet = Sheet { lang, raw, errors };
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).with(errors);
    let called = sheet.line(field("called", "door-called-title").hint(lang.t("door-called-why")));
    let phone = sheet.phone(field("phone", "door-call-phone"));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = CallMePage {
        back: BackLink::new(lang, &path(draft.id, before)),
        summary: frame.errors.then(|| errors.summary(lang)),
        nobody,
        action: path(draft.id, "call-me"),
        controls: Markup::all([Markup::of(&called), Markup::of(&phone)]),
        button: Button { prevents_double_click: true, ..Button::new(lang.t("door-call-me")) },
        frame,
    };
    page_with(status, tx.close().await?, &shown)
}
