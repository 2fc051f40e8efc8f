//! "Call me": a name and a number, sent at once. Nothing stands in its way: no limit, no other question. It still works
//! after the form was sent: then the number goes on the request, and the duty person is paged.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Answers, Draft, DraftState, ForWhom, Question, SafeContact, Way, WayKind};
use onedoor_domain::ids::DraftId;
use onedoor_domain::referral::CallAsked;
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Receipt;
use onedoor_domain::value::Text;
use onedoor_store::Tx;

use super::ask::{cannot_take, without_cookie};
use super::controls::Sheet;
use super::limit::{self, Client};
use super::send::{Outcome, Sending, new_reference, send};
use super::voice::{Say, Voice};
use super::{cover, draft_id, errors, kept, open, path, to_confirmation};
use crate::ui::{BackLink, Button, ErrorSummary, Field, Frame, Markup, TYPED, WarningCallout};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Public, page_with, redirect};

#[derive(Template)]
#[template(path = "door/call_me.html")]
struct CallMePage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    nobody: Option<WarningCallout>,
    how: String,
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
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::DraftRead).await?;
    let raw = known(&draft.answers);
    form(&public, (tx, draft), &raw, &FormErrors::default()).await
}

/// Sends it at once.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn submit(
    client: Client,
    mut public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let raw = read_form(request).await?;
    let reworded = public.reword(&raw);
    if public.visitor.is_none() {
        return without_cookie(&public, &raw).await;
    }
    if let Some(reworded) = reworded {
        return reworded.keep(as_typed(&public, id, &raw).await);
    }
    if !limit::within(&public, client).await.unwrap_or(true) {
        tracing::warn!("many requests from one address; a call was asked for and is taken");
    }
    let mut errors = FormErrors::default();
    let called = errors.keep(raw.parsed("called", errors::called));
    let phone = errors.keep(raw.parsed("phone", errors::phone));
    let Some((tx, draft)) = open(&public, id, Action::DraftRead).await? else {
        return after_sending(&public, id, &raw).await;
    };
    let about = match draft.answers.whom() {
        ForWhom::Me => None,
        ForWhom::Someone | ForWhom::Professional => errors.keep(raw.parsed("about", errors::about)),
    };
    let (Some(called), Some(phone), true) = (called, phone, errors.is_empty()) else {
        return form(&public, (tx, draft), &raw, &errors).await;
    };
    tx.close().await?;
    match send(&public, id, &Sending::CallMe { called, phone, about }, new_reference).await? {
        Outcome::Sent(done) => Ok(redirect(done, &path(id, "sent"))),
        Outcome::Before => after_sending(&public, id, &raw).await,
        Outcome::Missing(_) | Outcome::NoTeam => cannot_take(&public).await,
    }
}

/// The page with what is typed on it, in other words.
async fn as_typed(public: &Public, id: DraftId, raw: &RawForm) -> Result<Answer, Problem> {
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::DraftRead).await?;
    form(public, (tx, draft), raw, &FormErrors::default()).await
}

/// It was sent before, here or in another window: they are called all the same.
async fn after_sending(public: &Public, id: DraftId, raw: &RawForm) -> Result<Answer, Problem> {
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::DraftWrite).await?;
    let mut wrong = FormErrors::default();
    let Some(phone) = wrong.keep(raw.optional("phone", errors::phone)) else {
        return form(public, (tx, draft), raw, &wrong).await;
    };
    // A name is asked for no more: one that cannot be taken stops nobody.
    let called = raw.optional("called", errors::called).ok().flatten();
    let why: Text = public.lang.t("track-worse-why").parse().map_err(|_| Problem::Render)?;
    let (county, _) = tx.county().await?;
    let Some(referral) = tx.referral_of_draft(&draft).await? else { return Err(Problem::NotFound) };
    match referral.ask_for_call(tx.ctx(), draft.clone(), CallAsked { phone, called, why }, &county) {
        Ok(changes) => Ok(redirect(tx.commit(changes).await?, &path(id, "sent"))),
        Err(Refused::NoWayToAsk) => {
            wrong.push(FieldError::new("phone", "door-phone-empty"));
            form(public, (tx, draft), raw, &wrong).await
        }
        // Pressed twice: they are being rung for already.
        Err(_) => {
            tx.close().await?;
            Ok(to_confirmation(id))
        }
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
    let receipt = if let DraftState::Sent { receipt, .. } = &draft.state { Some(receipt) } else { None };
    let voice = receipt.map_or_else(|| Voice::of(&draft.answers), |receipt| Voice::for_whom(receipt.whom));
    let say = Say { lang, voice };
    let mut frame = public.frame(say.t("door-call-me-title")).await;
    frame.no_index = true;
    frame.keeps_typed = true;
    frame.errors = !errors.is_empty();
    let danger = draft.answers.dangers.as_ref().is_some_and(|dangers| !dangers.is_empty());
    let before = match receipt {
        Some(_) => "sent",
        None if danger => "danger",
        None => Question::Safety.code(),
    };
    let sheet = Sheet { lang, voice, raw, errors };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = CallMePage {
        back: BackLink::new(lang, &path(draft.id, before)),
        summary: frame.errors.then(|| errors.summary(lang)),
        nobody,
        how: lang.t(if receipt.is_some() { "door-call-me-sent" } else { "door-call-me-how" }),
        action: path(draft.id, "call-me"),
        controls: match receipt {
            Some(receipt) => number_after_sending(sheet, say, receipt),
            None => controls(sheet, say, draft.answers.whom() == ForWhom::Me),
        },
        button: Button { prevents_double_click: true, ..Button::new(say.t("door-call-me")) },
        kept: if receipt.is_some() { Markup::default() } else { kept::line(lang, &draft) },
        frame,
    };
    page_with(status, tx.close().await?, &shown)
}

/// A name and a number, and whom it is about where that is somebody else.
fn controls(sheet: Sheet<'_>, say: Say, own: bool) -> Markup {
    let field = |name: &str, label: &str| Field::new(say.lang, name, say.t(label)).with(sheet.errors);
    let called = if own {
        sheet.line(field("called", "door-called-title").hint(say.t("door-called-why")))
    } else {
        sheet.line(field("called", "door-asker-name"))
    };
    let about = sheet.line(field("about", "door-call-me-about").hint(say.t("door-call-me-about-hint")));
    let about = (!own).then(|| Markup::of(&about));
    let phone = Markup::of(&sheet.phone(field("phone", "door-call-phone")));
    Markup::all([Some(Markup::of(&called)), Some(phone), about].into_iter().flatten())
}

/// Only a number; the one they gave is not shown again, and need not be typed again.
fn number_after_sending(sheet: Sheet<'_>, say: Say, receipt: &Receipt) -> Markup {
    let given = if receipt.whom == ForWhom::Me { Some(receipt.by) } else { receipt.asker_by };
    let field = Field::new(say.lang, "phone", say.t("door-call-phone")).with(sheet.errors);
    let mut phone = sheet.phone(field);
    if matches!(given, Some(WayKind::Call | WayKind::Text)) {
        phone.field = phone.field.hint(say.t("door-call-me-same"));
    }
    Markup::of(&phone)
}
