//! An entry as a whole: what was answered, "danger now", and handing it over.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use onedoor_domain::entry::Entry;
use onedoor_domain::file::File;
use onedoor_domain::ids::EntryId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Reference;
use onedoor_store::StoreError;

use super::begin::{safe_words, words};
use super::question::{questions, told};
use super::{channel_words, danger_button, entry_id, path};
use crate::door::controls::title;
use crate::door::given::given;
use crate::door::send::new_reference;
use crate::file::name;
use crate::track::place::source;
use crate::ui::{BackLink, Button, Frame, InsetText, Markup, RowAction, SummaryList, SummaryRow};
use crate::web::answer::{Answer, go};
use crate::web::form::read_form;
use crate::web::{Problem, Staff, page, redirect};
use crate::words::{self as say, Lang};

/// So often another reference is tried, and a connection that broke while saving.
const TRIES: usize = 5;

/// An entry as a whole.
#[derive(Debug, Template)]
#[template(path = "enter/whole.html")]
struct WholePage {
    frame: Frame,
    back: BackLink,
    told: Option<InsetText>,
    /// When it goes if nobody goes on with it.
    goes: Option<String>,
    rows: SummaryList,
    danger_to: String,
    danger: Option<Button>,
    send_to: String,
    send: Button,
}

/// GET `/enter/{entry}`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn whole(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    let mut tx = staff.begin().await?;
    let (entry, files) = tx.entry_with_files(id).await?;
    if !entry.is_unfinished() {
        tx.close().await?;
        return Ok(go(&path(id, "done")));
    }
    let lang = staff.lang;
    let frame = staff.frame(&mut tx, lang.t("enter-whole-title"), "/enter").await?;
    let shown = WholePage {
        back: BackLink::new(lang, "/my-day"),
        told: told(&frame, &entry),
        goes: entry.expires_at().map(|at| lang.tr("enter-goes", &[("day", say::date(lang, at))])),
        rows: rows(lang, &entry, &files),
        danger_to: path(id, "danger"),
        danger: danger_button(lang, Some(&entry)),
        send_to: path(id, "send"),
        send: Button { prevents_double_click: true, ..Button::new(lang.t("enter-send")) },
        frame,
    };
    page(tx.close().await?, &shown)
}

fn rows(lang: Lang, entry: &Entry, files: &[File]) -> SummaryList {
    let callback = match &entry.callback {
        Some(phone) => {
            Markup::paragraphs([phone.to_string(), lang.t(safe_words(entry.entered.safe_to_ring))])
        }
        None => lang.t("enter-no-callback").into(),
    };
    let mut rows = vec![
        SummaryRow::new(lang.t("enter-channel"), lang.t(channel_words(entry.entered.channel))),
        SummaryRow::new(lang.t("enter-callback"), callback),
    ];
    if let Some(place) = &entry.entered.place {
        rows.push(SummaryRow::new(lang.t("enter-place"), Markup::lines(place.as_str())));
    }
    rows.extend(questions().map(|question| {
        let lines = given(crate::door::voice::Say::own(lang), question, &entry.answers);
        let (value, action) = if lines.is_empty() {
            (Markup::from(lang.t("enter-not-asked")), "door-row-answer")
        } else {
            let before = entry.answers.earlier.as_ref().and_then(|earlier| earlier.stands(question));
            let said = lines.into_iter().chain(before.map(|given| source(lang, given)));
            (Markup::lines(&said.collect::<Vec<_>>().join("\n")), "door-row-change")
        };
        let key = lang.t(title(question));
        let to = path(entry.id, question.code());
        SummaryRow::new(key.as_str(), value).action(RowAction::new(&to, lang.t(action), key.as_str()))
    }));
    rows.push(file_row(lang, entry.id, files));
    SummaryList { rows, ..SummaryList::default() }
}

fn file_row(lang: Lang, id: EntryId, files: &[File]) -> SummaryRow {
    let names: Vec<String> = files.iter().map(|file| name(lang, file)).collect();
    let value =
        if names.is_empty() { lang.t("enter-no-files").into() } else { Markup::lines(&names.join("\n")) };
    let key = lang.t("enter-files");
    let action = RowAction::new(&path(id, "files"), lang.t("door-row-change"), key.as_str());
    SummaryRow::new(key.as_str(), value).action(action)
}

/// POST `/enter/{entry}/danger`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn danger(staff: Staff, Path(id): Path<String>, request: Request<Body>) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    read_form(request).await?;
    page_duty(&staff, id).await
}

/// Hands over what is there and pages the duty person. A second press finds it done.
pub(super) async fn page_duty(staff: &Staff, id: EntryId) -> Result<Answer, Problem> {
    hand_over(staff, id, (Entry::danger_now, "")).await
}

/// POST `/enter/{entry}/send`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn send(staff: Staff, Path(id): Path<String>, request: Request<Body>) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    read_form(request).await?;
    hand_over(&staff, id, (Entry::finish, "done")).await
}

type Handing = fn(
    Entry,
    &onedoor_domain::actor::Ctx,
    &onedoor_domain::entry::Unknown,
    Reference,
    (&onedoor_domain::county::County, onedoor_domain::ids::TeamId),
) -> Result<onedoor_domain::change::Changes, Refused>;

/// References are unique by a constraint: where one is taken, another is tried.
async fn hand_over(staff: &Staff, id: EntryId, (how, to): (Handing, &str)) -> Result<Answer, Problem> {
    for _ in 0..TRIES {
        let mut tx = staff.begin().await?;
        let entry = tx.entry(id).await?;
        let (county, _) = tx.county().await?;
        let Some(spoa) = county.spoa_team else { return Err(Problem::Fault("the county takes no requests")) };
        let unknown = words(staff.lang, &entry)?;
        let Ok(changes) = how(entry, &staff.ctx, &unknown, new_reference(), (&county, spoa)) else {
            tx.close().await?;
            return Ok(go(&path(id, to)));
        };
        match tx.commit(changes).await {
            Ok(done) => return Ok(redirect(done, &path(id, to))),
            Err(StoreError::Stale | StoreError::Unknown(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::Fault("no reference was free"))
}
