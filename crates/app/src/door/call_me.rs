//! "Call me": a name and a number, sent at once. Nothing stands in its way: no limit, no other question.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Answers, Draft, ForWhom, Question, SafeContact, Way};
use onedoor_domain::ids::DraftId;
use onedoor_store::Tx;

use super::ask::{cannot_take, without_cookie};
use super::controls::Sheet;
use super::limit::{self, Client};
use super::send::{Outcome, Sending, new_reference, send};
use super::voice::{Say, Voice};
use super::{cover, draft_id, errors, kept, open, path, to_confirmation};
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
    kept: Markup,
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
    let Some((tx, draft)) = open(&public, id, Action::DraftRead).await? else {
        return Ok(to_confirmation(id));
    };
    let about = match draft.answers.whom() {
        ForWhom::Me => None,
        ForWhom::Someone | ForWhom::Professional => errors.keep(raw.parsed("about", errors::about)),
    };
    let (Some(called), Some(phone), true) = (called, phone, errors.is_empty()) else {
        return form(&public, (tx, draft), &raw, &errors).await;
    };
    tx.close().await?;
    ring(&public, id, Sending::CallMe { called, phone, about }).await
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
    let own = answers.whom() == ForWhom::Me;
    let person = answers.called.as_ref().map(ToString::to_string).unwrap_or_default();
    let asker = answers.asker.as_ref().and_then(|asker| asker.name.as_ref());
    let caller = if own { person.clone() } else { asker.map(ToString::to_string).unwrap_or_default() };
    let reach = if own { &answers.contact } else { &answers.asker_contact };
    let number = |way: &Way| match way {
        Way::Call { phone, .. } | Way::Text { phone } => Some(phone.to_string()),
        Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
    };
    let phone = reach.iter().flat_map(SafeContact::ways).find_map(number).unwrap_or_default();
    RawForm::of([("called", caller.as_str()), ("phone", phone.as_str()), ("about", person.as_str())])
}

async fn form(
    public: &Public,
    (mut tx, draft): (Tx, Draft),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<Answer, Problem> {
    let lang = public.lang;
    let nobody = cover::callout(lang, cover::unstaffed(&mut tx).await?, public.ctx.now);
    let voice = Voice::of(&draft.answers);
    let say = Say { lang, voice };
    let mut frame = public.frame(say.t("door-call-me-title")).await;
    frame.no_index = true;
    frame.errors = !errors.is_empty();
    let kept = kept::line(lang, &draft);
    let danger = draft.answers.dangers.as_ref().is_some_and(|dangers| !dangers.is_empty());
    let before = if danger { "danger" } else { Question::Safety.code() };
    let sheet = Sheet { lang, voice, raw, errors };
    let field = |name: &str, label: &str| Field::new(lang, name, say.t(label)).with(errors);
    let own = draft.answers.whom() == ForWhom::Me;
    let called = if own {
        sheet.line(field("called", "door-called-title").hint(say.t("door-called-why")))
    } else {
        sheet.line(field("called", "door-asker-name"))
    };
    let about = sheet.line(field("about", "door-call-me-about").hint(say.t("door-call-me-about-hint")));
    let about = (!own).then(|| Markup::of(&about));
    let phone = sheet.phone(field("phone", "door-call-phone"));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = CallMePage {
        back: BackLink::new(lang, &path(draft.id, before)),
        summary: frame.errors.then(|| errors.summary(lang)),
        nobody,
        action: path(draft.id, "call-me"),
        controls: Markup::all(
            [Some(Markup::of(&called)), Some(Markup::of(&phone)), about].into_iter().flatten(),
        ),
        button: Button { prevents_double_click: true, ..Button::new(say.t("door-call-me")) },
        kept,
        frame,
    };
    page_with(status, tx.close().await?, &shown)
}
