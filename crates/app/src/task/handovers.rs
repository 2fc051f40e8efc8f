//! The queue of a team that is asked to take people over: who waits for its answer, whom it has taken and not met, whom it has
//! met. For voluntary partners it is the first page of their work.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::section::Section;
use onedoor_domain::team::OrgWords;
use onedoor_store::{Queue, Queued};

use super::rows::{pages, person, read_cursor};
use super::when;
use crate::agreement::own;
use crate::referral::names;
use crate::ui::{Cell, Column, Frame, Link, Markup, Pagination, SubNavigation, Table, WarningCallout};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::Lang;

/// The queue.
pub const QUEUE: &str = "/handovers";

#[derive(Debug, Template)]
#[template(path = "task/handovers.html")]
struct QueuePage {
    frame: Frame,
    /// The partner's agreement ends soon, or has ended.
    soon: Option<WarningCallout>,
    /// The partner's own page.
    own: Option<Markup>,
    intro: String,
    parts: SubNavigation,
    empty: Option<String>,
    rows: Option<Table>,
    pages: Option<Pagination>,
}

/// The code of a part in an address, its name with a number, what it holds, and what an empty one says.
fn words(part: Queue) -> [&'static str; 4] {
    match part {
        Queue::Waiting => ["waiting", "queue-waiting", "queue-waiting-what", "queue-waiting-empty"],
        Queue::Taken => ["taken", "queue-taken", "queue-taken-what", "queue-taken-empty"],
        Queue::Met => ["met", "queue-met", "queue-met-what", "queue-met-empty"],
    }
}

fn address(part: Queue) -> String {
    let [code, ..] = words(part);
    format!("{QUEUE}?show={code}")
}

/// GET `/handovers?show=`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let asked = query.get("show").map(String::as_str);
    let part = Queue::ALL.into_iter().find(|part| Some(words(*part)[0]) == asked).unwrap_or(Queue::Waiting);
    let after = query.get("after").and_then(|after| read_cursor(after));
    let mut tx = staff.begin().await?;
    let counts = tx.handover_counts().await?;
    let found = tx.handover_queue(part, after).await?;
    // A partner's own words, and where its agreement is.
    let (mut said, mut soon) = (None, None);
    if staff.may(Action::PartnerOwn) {
        let (org, agreements) = tx.own_org().await?;
        said = org.words;
        soon = own::soon(lang, &agreements, local_date(staff.ctx.now));
    }
    let frame = staff.frame(&mut tx, lang.t("queue-title"), QUEUE).await?;
    let items = Queue::ALL.into_iter().zip(counts).map(|(one, count)| {
        let [_, name, ..] = words(one);
        // Nobody counts beyond this; the list goes on.
        let count = if count >= 100 { "100+".to_owned() } else { count.to_string() };
        (Link::new(&address(one), lang.tr(name, &[("count", count)])), one == part)
    });
    let [_, _, intro, empty] = words(part);
    let own = staff.may(Action::PartnerOwn);
    let shown = QueuePage {
        frame,
        soon,
        own: own.then(|| Markup::link(own::PATH, &lang.t("agreement-own-link"))),
        intro: match &said {
            Some(said) => lang.tr(ours(part), &[("several", said.several.to_string())]),
            None => lang.t(intro),
        },
        parts: SubNavigation { label: lang.t("queue-parts"), items: items.collect() },
        empty: found.rows.is_empty().then(|| lang.t(empty)),
        rows: (!found.rows.is_empty()).then(|| table(&staff, &found.rows, said.as_ref())),
        pages: pages(lang, &address(part), after, found.next),
    };
    page(tx.close().await?, &shown)
}

/// What a part holds, in the words of a partner that has its own.
fn ours(part: Queue) -> &'static str {
    match part {
        Queue::Waiting => "queue-waiting-ours",
        Queue::Taken => "queue-taken-ours",
        Queue::Met => "queue-met-ours",
    }
}

fn table(staff: &Staff, queued: &[Queued], said: Option<&OrgWords>) -> Table {
    let lang = staff.lang;
    let person = said.map_or_else(|| lang.t("task-row-person"), |said| capital(said.one.as_str()));
    let heads = ["task-row-state", "queue-row-due", "task-row-asked"].map(|key| lang.t(key));
    Table {
        lang,
        columns: std::iter::once(person).chain(heads).map(Column::new).collect(),
        rows: queued.iter().filter_map(|one| cells(staff, one)).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}

fn cells(staff: &Staff, queued: &Queued) -> Option<Vec<Cell>> {
    let (lang, now) = (staff.lang, staff.ctx.now);
    let Section::Row(row) = &*queued.row else { return None };
    let due = match queued.due_at {
        Some(due) => when::due(lang, due, now),
        None => Markup::from(lang.t("task-row-nothing-due")),
    };
    Some(vec![
        person(lang, row),
        Cell::from(state(lang, &queued.state)),
        Cell::from(due),
        Cell::from(when::age(lang, row.received_at, now)),
    ])
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn state(lang: Lang, code: &str) -> String {
    names::handover_code(code).map(|key| lang.t(key)).unwrap_or_default()
}
