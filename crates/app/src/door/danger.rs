//! Something on the safety page is true: a whole page that says where help is now, before anything else is asked.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::Uri;
use onedoor_domain::access::Action;
use onedoor_domain::door::Question;

use super::voice::{Say, Voice};
use super::{Going, after, cover, draft_id, kept, open, path, to_confirmation};
use crate::ui::{BackLink, Button, Frame, Markup, WarningCallout};
use crate::web::form::read_form;
use crate::web::{Answer, Problem, Public, page, redirect};

#[derive(Template)]
#[template(path = "door/danger.html")]
struct DangerPage {
    frame: Frame,
    back: BackLink,
    nobody: Option<WarningCallout>,
    call_me: Button,
    action: String,
    say: Say,
    safe: Button,
    kept: Markup,
}

/// Shows where help is now.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(public: Public, Path(draft): Path<String>, uri: Uri) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let Some((mut tx, draft)) = open(&public, id, Action::DraftRead).await? else {
        return Ok(to_confirmation(id));
    };
    let lang = public.lang;
    let say = Say { lang, voice: Voice::of(&draft.answers) };
    let nobody = cover::callout(lang, cover::unstaffed(&mut tx).await?, public.ctx.now);
    let mut frame = public.frame(lang.t("door-emergency-title")).await;
    frame.no_index = true;
    let going = Going::of(&uri);
    let shown = DangerPage {
        frame,
        back: BackLink::new(lang, &going.to(id, Question::Safety.code())),
        nobody,
        say,
        call_me: Button::to(&path(id, "call-me"), say.t("door-call-me")),
        action: going.to(id, "safe-for-now"),
        kept: kept::line(lang, &draft),
        safe: Button::secondary(say.t("door-safe-for-now")),
    };
    page(tx.close().await?, &shown)
}

/// "I can keep myself safe for now": on with the questions.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn safe_for_now(
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let going = Going::of(request.uri());
    read_form(request).await?;
    let Some((tx, draft)) = open(&public, id, Action::DraftWrite).await? else {
        return Ok(to_confirmation(id));
    };
    let mut answers = draft.answers.clone();
    answers.safe_for_now = true;
    let asked = (Question::Safety, answers.whom());
    let changes = draft.save(tx.ctx(), answers)?;
    Ok(redirect(tx.commit(changes).await?, &after(id, asked, going)))
}
