//! Who waits in a team for a key worker, or for another one, the longest first: since when, what they need and asked for.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::Timestamp;
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::door::Needs;
use onedoor_domain::ids::TeamId;
use onedoor_domain::section::{Row, Section};
use onedoor_domain::task::{Task, TaskKind};
use onedoor_domain::team::Team;

use crate::referral::record::find;
use crate::referral::{given, names, record};
use crate::task::rows::{own_teams, pages, read_cursor, stack, team_links};
use crate::task::when;
use crate::ui::{Cell, Column, Frame, Link, Markup, Pagination, SubNavigation, Table, Tag, TagColour};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::Lang;

/// Where it is.
pub const PATH: &str = "/waiting";

#[derive(Debug, Template)]
#[template(path = "care/queue.html")]
struct QueuePage {
    frame: Frame,
    teams: Option<SubNavigation>,
    others: Vec<Link>,
    empty: Option<String>,
    rows: Markup,
    pages: Option<Pagination>,
}

/// GET `/waiting`.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, lang.t("care-queue-title"), PATH).await?;
    let teams = tx.teams().await?;
    let own = accepting(&staff, &teams);
    let mut shown = QueuePage {
        frame,
        teams: None,
        others: others(&staff),
        empty: Some(lang.t("task-no-team")),
        rows: Markup::default(),
        pages: None,
    };
    // Nobody has to look through their teams for the one in which somebody waits.
    let first = if query.contains_key("team") { None } else { tx.longest_waiting().await? };
    let Some(team) = first.map_or_else(|| chosen(&query, &own), |team| Ok(Some(team)))? else {
        return page(tx.close().await?, &shown);
    };
    let after = query.get("after").and_then(|after| read_cursor(after));
    let found = tx.waiting(team, after).await?;
    shown.teams = team_links(lang, PATH, &own, team);
    shown.empty = found.rows.is_empty().then(|| lang.t("care-queue-empty"));
    if shown.empty.is_none() {
        shown.rows = table(&staff, &found.rows);
    }
    shown.pages = pages(lang, &format!("{PATH}?team={team}"), after, found.next);
    page(tx.close().await?, &shown)
}

/// The reader's teams that take people: a single point of access has nobody who waits for a key worker.
pub(super) fn accepting<'a>(staff: &Staff, teams: &'a [Team]) -> Vec<&'a Team> {
    let own = own_teams(staff, teams);
    let some: Vec<&Team> = own.iter().copied().filter(|team| team.accepts).collect();
    if some.is_empty() { own } else { some }
}

/// The team an address names, else the first of one's own. Whether another team's may be seen is the store's to decide.
pub(super) fn chosen(query: &BTreeMap<String, String>, own: &[&Team]) -> Result<Option<TeamId>, Problem> {
    match query.get("team") {
        Some(named) => named.parse().map(Some).map_err(|_| Problem::NotFound),
        None => Ok(own.first().map(|team| team.id)),
    }
}

fn others(staff: &Staff) -> Vec<Link> {
    let all = [
        (super::workers::PATH, "care-workers-title", Action::CaseloadRead),
        ("/capacity", "care-capacity-title", Action::CapacityRead),
    ];
    let open = all.into_iter().filter(|(_, _, action)| staff.may(*action));
    open.map(|(to, key, _)| Link::new(to, staff.lang.t(key))).collect()
}

fn table(staff: &Staff, rows: &[Revealed]) -> Markup {
    let lang = staff.lang;
    let heads = ["task-row-person", "care-queue-since", "care-queue-needs", "care-queue-do"];
    Markup::of(&Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: rows.iter().filter_map(|revealed| cells(staff, revealed)).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    })
}

fn cells(staff: &Staff, revealed: &Revealed) -> Option<Vec<Cell>> {
    let (lang, now) = (staff.lang, staff.ctx.now);
    let row: &Row = find(revealed, |section| if let Section::Row(row) = section { Some(row) } else { None })?;
    let task = row.task.as_ref()?;
    let needs =
        find(revealed, |section| if let Section::Needs(needs) = section { Some(needs) } else { None });
    let link = Markup::link(&format!("/referrals/{}", row.referral), row.called.as_str());
    let person = stack([link, record::reference(&row.reference)]);
    Some(vec![
        person.into(),
        since(lang, row, task, now).into(),
        needs.map(|needs| wanted(lang, needs)).unwrap_or_default().into(),
        next(staff, row, task).into(),
    ])
}

/// Since when they wait, and that it is longer than was promised.
fn since(lang: Lang, row: &Row, task: &Task, now: Timestamp) -> Markup {
    let late = task.is_overdue(now).then(|| {
        let key = if task.kind == TaskKind::Allocate { "care-queue-late" } else { "care-queue-overdue" };
        Markup::of(&Tag::new(TagColour::Plain, lang.t(key)))
    });
    let why = (task.kind != TaskKind::Allocate).then(|| Markup::from(lang.t(names::task(task.kind))));
    let waits = when::age(lang, task.made_at, now);
    let asked =
        Markup::from(lang.tr("care-queue-asked", &[("when", crate::words::date(lang, row.received_at))]));
    stack([late, why, Some(waits), Some(asked)].into_iter().flatten())
}

/// Language, what helps and what they asked for.
fn wanted(lang: Lang, needs: &Needs) -> Markup {
    if needs.is_empty() { lang.t("care-queue-no-needs").into() } else { given::needs(lang, needs) }
}

/// What the reader can do: take the person, or name somebody.
fn next(staff: &Staff, row: &Row, task: &Task) -> Markup {
    if !staff.may(Action::EpisodeAllocate) {
        return Markup::default();
    }
    let lang = staff.lang;
    let (path, key) = match (task.kind, super::names_others(staff)) {
        (TaskKind::Allocate, true) => ("allocate", "care-queue-name"),
        (TaskKind::Allocate, false) => ("allocate", "care-queue-take"),
        (_, true) => ("change-worker", "care-queue-name-other"),
        (_, false) => ("change-worker", "care-queue-take"),
    };
    let words = lang.tr(key, &[("name", row.called.to_string())]);
    Markup::link(&format!("/referrals/{}/{path}", row.referral), &words)
}
