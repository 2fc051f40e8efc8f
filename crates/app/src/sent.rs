//! The requests that an organisation sent, for its people who have an account: where each stands, as far as the person allows
//! now. A request comes into the list by its link, which is the proof that they sent it. Must not show who the person is.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, Request, State};
use onedoor_domain::track::SentRequest;
use onedoor_store::SentList;

use crate::door::status::{is_shown, opened, path, referred, stands};
use crate::task::rows::{pages, read_cursor};
use crate::ui::{Cell, Column, FormPage, Frame, Markup, Pagination, Table};
use crate::web::form::read_form;
use crate::web::{Answer, App, Problem, Staff, page, redirect};
use crate::words;

/// The list.
pub const LIST: &str = "/sent";

#[derive(Debug, Template)]
#[template(path = "sent.html")]
struct ListPage {
    frame: Frame,
    empty: bool,
    table: Table,
    pages: Option<Pagination>,
}

/// GET `/sent`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let after = query.get("after").and_then(|after| read_cursor(after));
    let found = tx.sent_requests(after).await?;
    let mut frame = staff.frame(&mut tx, lang.t("sent-title"), LIST).await?;
    frame.flash = query.get("done").filter(|done| *done == "kept").map(|_| lang.t("sent-done-kept"));
    let table = table(&staff, &found);
    let pages = pages(lang, LIST, after, found.next);
    page(tx.close().await?, &ListPage { empty: table.rows.is_empty(), frame, table, pages })
}

/// What ended long ago is not shown any more, as by its link.
fn table(staff: &Staff, found: &SentList) -> Table {
    let lang = staff.lang;
    let all = found.rows.iter().filter_map(|(_, section)| referred(section));
    let rows = all.filter(|it| is_shown(it, staff.ctx.now)).map(|it| {
        let more = if it.may_tell { "sent-allowed" } else { "sent-least" };
        vec![
            Cell::from(it.reference.to_string()),
            Cell::from(words::date_time(lang, it.received_at)),
            Cell::from(Markup::lines(&format!("{}\n{}", stands(lang, it), lang.t(more)))),
        ]
    });
    Table {
        lang,
        columns: ["sent-reference", "sent-received", "sent-stands"]
            .iter()
            .map(|key| Column::new(lang.t(key)))
            .collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}

/// GET `/sent/keep/{id}/{token}`: what the link shows, and whether to keep it in the list.
///
/// # Errors
/// [`Problem::NotFound`] for a link that opens nothing, and for what no professional sent.
pub async fn ask(
    State(app): State<App>,
    staff: Staff,
    Path((referral, key)): Path<(String, String)>,
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let (id, section, _) = opened(&app, staff.ctx.tenant, (&referral, &key)).await?;
    let it = referred(&section).filter(|it| it.by_professional).ok_or(Problem::NotFound)?;
    let reference = it.reference.to_string();
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, lang.t("sent-keep-title"), LIST).await?;
    let shown = FormPage::new(frame, &format!("/sent/keep/{id}/{key}"), lang.t("sent-keep"))
        .back(&path(id, &key))
        .intro([lang.tr("sent-keep-what", &[("reference", reference)]), lang.t("sent-keep-who")]);
    page(tx.close().await?, &shown)
}

/// POST `/sent/keep/{id}/{token}`. Keeping it twice keeps it once.
///
/// # Errors
/// [`Problem::NotFound`] for a link that opens nothing, and for what no professional sent.
pub async fn keep(
    State(app): State<App>,
    staff: Staff,
    Path((referral, key)): Path<(String, String)>,
    request: Request,
) -> Result<Answer, Problem> {
    read_form(request).await?;
    let (id, section, _) = opened(&app, staff.ctx.tenant, (&referral, &key)).await?;
    let it = referred(&section).ok_or(Problem::NotFound)?;
    let changes = SentRequest::keep(&staff.ctx, id, it).map_err(|_| Problem::NotFound)?;
    let done = staff.begin().await?.commit(changes).await?;
    Ok(redirect(done, "/sent?done=kept"))
}
