//! "I am on a shared computer": ends the draft here. The page says plainly whether it stays saved or is removed.

use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::Ended;
use serde::Deserialize;

use super::{draft_id, keep, kept, path};
use crate::ui::{Button, ButtonKind, FormPage, Markup, NotePage};
use crate::web::app::random;
use crate::web::form::read_form;
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, page, redirect, static_page};

/// What became of the draft.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct How {
    #[serde(default)]
    how: String,
}

/// Says what ending it here does.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(public: Public, Path(draft): Path<String>) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::DraftRead).await?;
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-end-title")).await;
    frame.no_index = true;
    let (intro, button, back) = if keep::is_sent(&draft) {
        (vec![lang.t("return-end-sent")], "return-end-here", path(id, "sent"))
    } else if draft.back.is_there() {
        let ways = keep::ways(&draft).map(|key| lang.t(key));
        let stays = [lang.t("return-end-kept"), kept::until(lang, &draft)];
        (stays.into_iter().chain(ways).collect(), "return-end-here", path(id, "save"))
    } else {
        (
            vec![lang.t("return-end-removes"), lang.t("return-end-choose")],
            "return-end-remove",
            path(id, "save"),
        )
    };
    let mut shown = FormPage::new(frame, &path(id, "end"), lang.t(button)).back(&back).intro(intro);
    if button == "return-end-remove" {
        shown.button = Button { kind: ButtonKind::Warning, ..shown.button };
        shown.after = Markup::paragraphs([Markup::link(&path(id, "save"), &lang.t("return-end-way"))]);
    }
    page(tx.close().await?, &shown)
}

/// Ends it: the cookie goes, and opens nothing even for somebody who kept it.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn end(
    State(app): State<App>,
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    read_form(request).await?;
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::DraftWrite).await?;
    let sent = keep::is_sent(&draft);
    let (changes, how) = match draft.end_here(tx.ctx(), random()) {
        Ended::Kept(changes) if sent => (changes, "sent"),
        Ended::Kept(changes) => (changes, "kept"),
        Ended::Removed(changes) => (changes, "removed"),
    };
    let done = tx.commit(changes).await?;
    Ok(redirect(done, &format!("/return/ended?how={how}")).cookie(&Cookie::Visitor.clear(&app)))
}

/// What became of it; the page reads nothing of anybody.
///
/// # Errors
/// [`Problem::Render`].
pub async fn ended(public: Public, Query(How { how }): Query<How>) -> Result<Answer, Problem> {
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-ended-title")).await;
    frame.no_index = true;
    let what = match how.as_str() {
        "kept" => "return-ended-kept",
        "sent" => "return-ended-sent",
        _ => "return-ended-removed",
    };
    let texts = [
        Markup::from(lang.t(what)),
        Markup::from(lang.t("return-ended-close")),
        Markup::link("/return", &lang.t("return-title")),
    ];
    static_page(StatusCode::OK, &NotePage::new(frame, texts))
}
