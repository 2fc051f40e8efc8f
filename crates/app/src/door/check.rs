//! "Check your answers", and sending them.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Answers, ForWhom, Question, SafeContact, WayKind};
use onedoor_domain::ids::DraftId;

use super::ask::cannot_take;
use super::controls::title;
use super::given::given;
use super::limit::{self, Client};
use super::send::{Outcome, Sending, new_reference, send as send_draft};
use super::voice::{Say, Voice};
use super::{Going, cover, draft_id, kept, open, path, to_confirmation};
use crate::track::place::source;
use crate::ui::{
    BackLink, Button, ErrorLink, ErrorSummary, Frame, Link, Markup, RowAction, SummaryList, SummaryRow,
    WarningCallout,
};
use crate::web::form::read_form;
use crate::web::{Answer, Problem, Public, page_with, redirect};

#[derive(Template)]
#[template(path = "door/check.html")]
struct CheckPage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    nobody: Option<WarningCallout>,
    /// Something on the safety page is true.
    danger: bool,
    danger_title: String,
    call_me_what: String,
    /// A letter takes days: no way to be reached in danger.
    letter: bool,
    call_me: Button,
    rows: SummaryList,
    /// Where a professional adds letters and reports.
    files: Option<Link>,
    action: String,
    button: Button,
    kept: Markup,
}

/// Shows the answers.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(public: Public, Path(draft): Path<String>) -> Result<Answer, Problem> {
    checked(&public, draft_id(&draft)?, &[]).await
}

/// Sends them.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's; [`Problem::TooOften`].
pub async fn send(
    client: Client,
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    read_form(request).await?;
    if !limit::within(&public, client).await? && !in_danger(&public, id).await? {
        return Err(Problem::TooOften(limit::WAIT));
    }
    match send_draft(&public, id, &Sending::Whole, new_reference).await? {
        Outcome::Sent(done) => Ok(redirect(done, &path(id, "sent"))),
        Outcome::Before => Ok(to_confirmation(id)),
        Outcome::Missing(missing) => checked(&public, id, &missing).await,
        Outcome::NoTeam => cannot_take(&public).await,
    }
}

/// Whoever is in danger, or was sent already, is never stopped by a limit.
pub(super) async fn in_danger(public: &Public, id: DraftId) -> Result<bool, Problem> {
    let Some((tx, draft)) = open(public, id, Action::DraftRead).await? else { return Ok(true) };
    tx.close().await?;
    let danger = draft.answers.dangers.is_some_and(|dangers| !dangers.is_empty());
    if danger {
        tracing::warn!("many requests from one address; one with a danger answer is taken");
    }
    Ok(danger)
}

async fn checked(public: &Public, id: DraftId, missing: &[Question]) -> Result<Answer, Problem> {
    let Some((mut tx, draft)) = open(public, id, Action::DraftRead).await? else {
        return Ok(to_confirmation(id));
    };
    let lang = public.lang;
    let answers = &draft.answers;
    let say = Say { lang, voice: Voice::of(answers) };
    let mut frame = public.frame(lang.t("door-check-title")).await;
    frame.no_index = true;
    frame.errors = !missing.is_empty();
    let status = if missing.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = CheckPage {
        frame,
        back: BackLink::new(lang, &path(id, Question::AboutYou.code())),
        summary: (!missing.is_empty()).then(|| unanswered(say, id, missing)),
        danger_title: say.t("door-check-danger"),
        call_me_what: say.t("door-call-me-what"),
        nobody: cover::callout(lang, cover::unstaffed(&mut tx).await?, public.ctx.now),
        danger: answers.dangers.as_ref().is_some_and(|dangers| !dangers.is_empty()),
        letter: answers.contact.as_ref().is_some_and(is_slow),
        call_me: Button { href: Some(path(id, "call-me")), ..Button::secondary(say.t("door-call-me")) },
        rows: rows(say, id, answers),
        files: (answers.whom() == ForWhom::Professional)
            .then(|| Link::new(&path(id, "files"), say.t("door-check-files"))),
        kept: kept::line(lang, &draft),
        action: path(id, "send"),
        button: Button { prevents_double_click: true, ..Button::new(lang.t("door-send")) },
    };
    page_with(status, tx.close().await?, &shown)
}

/// Nothing but ways that take days.
fn is_slow(contact: &SafeContact) -> bool {
    contact.ways().all(|way| matches!(way.kind(), WayKind::Letter | WayKind::InPerson))
}

fn unanswered(say: Say, id: DraftId, missing: &[Question]) -> ErrorSummary {
    let errors = missing.iter().map(|question| ErrorLink {
        href: Some(Going::Change.to(id, question.code())),
        text: say.t(needed(*question)).into(),
    });
    ErrorSummary {
        title: say.t("ui-error-summary-title").into(),
        errors: errors.collect(),
        description: Some(say.t("door-check-missing").into()),
    }
}

/// What must be answered, as its own page says it.
fn needed(question: Question) -> &'static str {
    match question {
        Question::ForWhom => "door-who-missing",
        Question::Safety => "door-danger-missing",
        Question::Called => "door-called-empty",
        Question::Contact => "door-contact-missing",
        Question::WhyNow => "door-why-now-empty",
        Question::Asker => "door-relation-missing",
        Question::Knows => "door-knows-missing",
        Question::AskerContact
        | Question::Tried
        | Question::Age
        | Question::Help
        | Question::Needs
        | Question::Caring
        | Question::Practical
        | Question::Before
        | Question::AboutYou => title(question),
        Question::Permissions => "door-tell-gp-missing",
    }
}

fn rows(say: Say, id: DraftId, answers: &Answers) -> SummaryList {
    let whom = answers.whom();
    let row = |question: Question| {
        let mut lines = given(say, question, answers);
        let before = answers.earlier.as_ref().and_then(|earlier| earlier.stands(question));
        lines.extend(before.filter(|_| !lines.is_empty()).map(|given| source(say.lang, given)));
        let (value, action) = if lines.is_empty() {
            let nothing = if question.is_required(whom) { "door-row-unanswered" } else { "door-row-nothing" };
            (Markup::from(say.t(nothing)), "door-row-answer")
        } else {
            (Markup::lines(&lines.join("\n")), "door-row-change")
        };
        let key = say.t(title(question));
        let to = Going::Change.to(id, question.code());
        SummaryRow::new(key.as_str(), value).action(RowAction::new(&to, say.t(action), key.as_str()))
    };
    SummaryList { rows: whom.questions().iter().copied().map(row).collect(), ..SummaryList::default() }
}
