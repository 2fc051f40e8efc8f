//! A service without an account answers for itself, by a one-time link: it says who reads, reads what is passed on with the
//! handover, and takes the person or cannot; later it says that they have met.
//!
//! Nothing of the person is shown before a name was given, and opening is never an answer: a mail scanner that follows a link
//! changes nothing. What a link opens follows from the facts of the referral; nothing here decides it.

pub mod letter;
pub mod open;
pub mod work;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use onedoor_domain::guest::{Errand, LinkStands};
use onedoor_domain::ids::TenantId;
use onedoor_domain::value::ReturnPhrase;
use uuid::Uuid;

use crate::once::Once;
use crate::ui::{Frame, FrameKind, Markup, NotePage, SummaryList, SummaryRow};
use crate::web::form::read_form;
use crate::web::{Answer, App, Problem, Public, static_page};
use crate::words::{self, Lang};

/// Where a letter is answered.
pub const LETTER: &str = "/answer";

/// The errand an address names.
fn errand_of(code: &str, about: &str) -> Result<Errand, Problem> {
    let about = Uuid::try_parse(about).map_err(|_| Problem::NotFound)?;
    Errand::from_code(code, about).ok_or(Problem::NotFound)
}

fn once(tenant: TenantId, errand: Errand) -> Once {
    let of_use = match errand {
        Errand::Answer(_) => "answer a handover",
        Errand::Carry(_) => "carry a handover",
        Errand::Receipt(_) => "acknowledge a letter",
    };
    Once { of_use, tenant, id: errand.about() }
}

/// The path of a link: what it opens, and a key that only this installation can make.
pub fn path(app: &App, tenant: TenantId, errand: Errand) -> String {
    format!("{}/{}", place(errand), once(tenant, errand).key(&app.secret))
}

/// The path without the key: what a guest sees once they said who they are.
fn place(errand: Errand) -> String {
    format!("/answer/{}/{}", errand.code(), errand.about())
}

/// The five words of a letter to a service or a practice. Made anew by the installation's key from the id of the handover or of
/// the letter, so that they are stored nowhere; for a handover they stand for whichever of its links stands.
pub(crate) fn words_of(app: &App, tenant: TenantId, about: Uuid) -> ReturnPhrase {
    let made = app.secret.keyed("words of an offer", &[tenant.0.as_bytes(), about.as_bytes()]);
    ReturnPhrase::from_bytes(made.first_chunk().copied().unwrap_or_default())
}

/// The page around a page of somebody who has not said who they are.
async fn frame(public: &Public, title: &str) -> Frame {
    let mut frame = public.frame(public.lang.t(title)).await;
    frame.kind = FrameKind::Public { leave_quickly: false };
    frame.no_index = true;
    frame
}

/// Why a link opens nothing now, and whom to ring. Nothing of the person.
async fn closed(app: &App, tenant: TenantId, lang: Lang, stands: &LinkStands) -> (&'static str, Vec<Markup>) {
    let county = app.county(tenant).await.ok();
    let number = county.as_ref().and_then(|county| county.reply_number.as_ref()).map(ToString::to_string);
    let service = county.map(|county| county.name.to_string()).unwrap_or_default();
    let turn = |ring: &str, touch: &str| match number {
        Some(number) => lang.tr(ring, &[("number", number)]),
        None => lang.tr(touch, &[("service", service)]),
    };
    match stands {
        LinkStands::Done { by, at } => {
            let parts = [("name", by.to_string()), ("at", words::date_time(lang, *at))];
            let texts = [lang.tr("answer-done-what", &parts), turn("answer-done-ring", "answer-done-touch")];
            ("answer-done-title", texts.map(Markup::from).into())
        }
        LinkStands::Good | LinkStands::Over => {
            let texts = [lang.t("answer-over-what"), turn("answer-ring", "answer-touch")];
            ("answer-over-title", texts.map(Markup::from).into())
        }
    }
}

/// Nobody is known any more: half an hour passed, or it was finished. What was typed is shown, to be kept.
pub async fn turned_away(public: &Public, request: Request) -> Response {
    match turned(public, request).await {
        Ok(answer) => answer.into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn turned(public: &Public, request: Request) -> Result<Answer, Problem> {
    let lang = public.lang;
    let mut content = vec![Markup::paragraphs([lang.t("answer-again-what"), lang.t("answer-again-do")])];
    if request.method() == Method::POST {
        let raw = read_form(request).await?;
        let typed = raw.fields().filter(|(_, value)| value.trim().contains(' ')).map(|(_, value)| value);
        content.extend(kept(lang, typed));
    }
    let frame = frame(public, "answer-again-title").await;
    let shown = NotePage { frame, back: None, content: Markup::all(content) };
    static_page(StatusCode::UNAUTHORIZED, &shown)
}

/// What was typed and not saved, to copy.
fn kept<'a>(lang: Lang, typed: impl Iterator<Item = &'a str>) -> Option<Markup> {
    let rows: Vec<SummaryRow> =
        typed.map(|value| SummaryRow::new(lang.t("answer-again-typed"), Markup::lines(value))).collect();
    (!rows.is_empty()).then(|| Markup::of(&SummaryList { rows, ..SummaryList::default() }))
}
