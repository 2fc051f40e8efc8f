//! A request that begins with what is known: what was typed to look for somebody, or what they told us before. The same
//! first page as any other entry, call-back number first, with "danger now" on it.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::{Answers, ForWhom};
use onedoor_domain::entry::{Beginning, Entry};
use onedoor_domain::ids::{EntryId, ReferralId};
use onedoor_domain::person_key::SearchKind;
use onedoor_store::{StoreError, Tx};

use super::super::{begin, danger_button, entry_id, finish, is_danger, path};
use super::{PATH, born_on, known};
use crate::ui::{BackLink, Button, ErrorSummary, Frame, Markup};
use crate::web::answer::{Answer, go};
use crate::web::app::new_id;
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page_with, redirect};

/// What is carried from page to page.
const CARRIED: [&str; 5] = ["earlier", "name", "born-on[day]", "born-on[month]", "born-on[year]"];

/// The first page of a request that begins with what is known.
#[derive(Debug, Template)]
#[template(path = "enter/start.html")]
struct StartPage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    carried: Vec<(&'static str, String)>,
    known: String,
    controls: Markup,
    button: Button,
    danger: Option<Button>,
}

/// POST `/enter/before/start`: shows the first page, and takes it. "Danger now" pages in the same breath.
///
/// # Errors
/// [`Problem::NotFound`] for another team's person.
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let Ok(id) = entry_id(raw.text("id")) else {
        // The pages it is reached from always say which of them they are.
        let from = SearchKind::from_code(raw.text("by")).is_some();
        if !from && raw.text("earlier").parse::<ReferralId>().is_err() {
            return Ok(go("/enter"));
        }
        return first(&staff, &raw, (EntryId(new_id()), &FormErrors::default())).await;
    };
    let danger = is_danger(&raw);
    let mut errors = FormErrors::default();
    let beginning = begin::read(&raw, &mut errors, danger);
    let (Some(beginning), true) = (beginning, errors.is_empty()) else {
        return first(&staff, &raw, (id, &errors)).await;
    };
    let kept = keep(&staff, id, beginning, &raw).await?;
    if danger { finish::page_duty(&staff, id).await } else { Ok(kept) }
}

async fn first(
    staff: &Staff,
    raw: &RawForm,
    (id, errors): (EntryId, &FormErrors),
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let mut frame = staff.frame(&mut tx, lang.t("enter-title"), "/enter").await?;
    frame.errors = !errors.is_empty();
    let carried = CARRIED.iter().map(|name| (*name, raw.text(name).to_owned()));
    let carried = carried.filter(|(_, value)| !value.is_empty());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let again = !raw.text("earlier").is_empty();
    let shown = StartPage {
        back: BackLink::new(lang, PATH),
        summary: frame.errors.then(|| errors.summary(lang)),
        carried: std::iter::once(("id", id.to_string())).chain(carried).collect(),
        known: lang.t(if again { "before-start-earlier" } else { "before-start-typed" }),
        controls: Markup::all(begin::controls(lang, raw, errors)),
        button: Button { prevents_double_click: true, ..Button::new(lang.t("enter-save")) },
        danger: danger_button(lang, None),
        frame,
    };
    page_with(status, tx.close().await?, &shown)
}

async fn keep(staff: &Staff, id: EntryId, beginning: Beginning, raw: &RawForm) -> Result<Answer, Problem> {
    let Some(team) = staff.member.teams.first().copied() else { return Err(Problem::Forbidden) };
    let on = path(id, "safety");
    let mut tx = staff.begin().await?;
    if tx.entry_or_new(id, team).await?.is_some() {
        // The same form, sent twice.
        tx.close().await?;
        return Ok(go(&on));
    }
    let answers = answers(staff, &mut tx, raw).await?;
    let changes = Entry::begin(&staff.ctx, id, team, beginning).knowing(answers).keep(&staff.ctx);
    match tx.commit(changes).await {
        Ok(done) => Ok(redirect(done, &on)),
        Err(StoreError::Stale) => Ok(go(&on)),
        Err(error) => Err(error.into()),
    }
}

/// What is known before the first question: what they told us before, else what was typed to look for them. What cannot be
/// read any more is left out: it is asked on its own page.
async fn answers(staff: &Staff, tx: &mut Tx, raw: &RawForm) -> Result<Answers, Problem> {
    if let Ok(earlier) = raw.text("earlier").parse::<ReferralId>() {
        let revealed = tx.known(earlier).await?;
        return known::told_before(&revealed).ok_or(Problem::NotFound);
    }
    let mut left_out = FormErrors::default();
    let typed = !raw.text("name").is_empty();
    let born_on = if typed { born_on(raw, &mut left_out, local_date(staff.ctx.now)) } else { None };
    let name: Option<onedoor_domain::value::Line> = raw.text("name").parse().ok();
    let for_whom = Some(ForWhom::Me);
    Ok(Answers { for_whom, called: name.clone(), full_name: name, born_on, ..Answers::default() })
}
