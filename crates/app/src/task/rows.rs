//! Rows of people as a table that becomes cards on a narrow screen, and links to the next page of a list.
//!
//! Takes `Visible` rows and nothing else.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;
use onedoor_domain::access::Visible;
use onedoor_domain::ids::TeamId;
use onedoor_domain::referral::Category;
use onedoor_domain::section::{Row, Section};
use onedoor_domain::task::{Owner, Task};
use onedoor_domain::team::Team;
use onedoor_store::Cursor;

use super::when;
use crate::referral::{names, record};
use crate::ui::{Cell, Column, Link, Markup, Pagination, SubNavigation, Table, Tag, TagColour};
use crate::web::Staff;
use crate::words::Lang;

/// Which columns a list shows after the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Where it is, how long since help was asked for, time left, who has it open.
    Queue,
    /// What is to be done, by when, and by whom.
    Tasks,
}

/// Several lines in one cell, which stay together where columns fold away.
#[derive(Debug, Template)]
#[template(path = "task/stack.html")]
struct Stack {
    lines: Vec<Markup>,
}

impl HtmlSafe for Stack {}

/// Several lines in one cell.
pub fn stack(lines: impl IntoIterator<Item = Markup>) -> Markup {
    Markup::of(&Stack { lines: lines.into_iter().collect() })
}

/// A list as a table.
pub fn table<'a>(
    staff: &Staff,
    list: impl IntoIterator<Item = &'a Visible<Section>>,
    teams: &[Team],
    columns: Columns,
) -> Markup {
    let lang = staff.lang;
    let heads: &[&str] = match columns {
        Columns::Queue => {
            &["task-row-person", "task-row-state", "task-row-asked", "task-row-due", "task-row-open"]
        }
        Columns::Tasks => {
            &["task-row-person", "task-row-task", "task-row-due", "task-row-owner", "task-row-asked"]
        }
    };
    let rows = list.into_iter().filter_map(row_of).map(|row| match columns {
        Columns::Queue => queue_cells(lang, row, staff.ctx.now),
        Columns::Tasks => task_cells(staff, row, teams),
    });
    Markup::of(&Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    })
}

fn row_of(section: &Visible<Section>) -> Option<&Row> {
    if let Section::Row(row) = &**section { Some(row) } else { None }
}

/// A row's own task.
pub fn task_of(section: &Visible<Section>) -> Option<&Task> {
    row_of(section).and_then(|row| row.task.as_ref())
}

/// Whether a row's task waits for the reader by name.
pub fn is_own(staff: &Staff, section: &Visible<Section>) -> bool {
    let task = row_of(section).and_then(|row| row.task.as_ref());
    task.is_some_and(|task| task.owner == Owner::User(staff.member.user))
}

pub(super) fn person(lang: Lang, row: &Row) -> Cell {
    let link = Markup::link(&format!("/referrals/{}", row.referral), row.called.as_str());
    let flag = row.flagged.then(|| Markup::of(&Tag::new(TagColour::Plain, lang.t("task-row-flagged"))));
    let parts = [Some(link), Some(record::reference(&row.reference)), flag];
    Cell::from(stack(parts.into_iter().flatten()))
}

/// The cells of a person who waits.
pub fn queue_cells(lang: Lang, row: &Row, now: Timestamp) -> Vec<Cell> {
    let category = row.category.and_then(|letter| Category::from_letter(&letter.to_string()));
    let state = std::iter::once(lang.t(names::state(row.state)))
        .chain(category.map(|category| lang.t(names::category(category))));
    let due = match row.next_due {
        Some(due) => when::due(lang, due, now),
        None => lang.t("task-row-nothing-due").into(),
    };
    let open = opened(lang, row, now).unwrap_or_else(|| lang.t("task-row-open-nobody"));
    vec![
        person(lang, row),
        Cell::from(stack(state.map(Markup::from))),
        Cell::from(when::age(lang, row.received_at, now)),
        Cell::from(due),
        Cell::from(open),
    ]
}

/// Who has it open, and for how long.
pub fn opened(lang: Lang, row: &Row, now: Timestamp) -> Option<String> {
    let (name, since) = row.opened_by.as_ref()?;
    let span = when::span_words(lang, now.duration_since(*since));
    Some(lang.tr("task-row-open-by", &[("name", name.to_string()), ("span", span)]))
}

fn task_cells(staff: &Staff, row: &Row, teams: &[Team]) -> Vec<Cell> {
    let (lang, now) = (staff.lang, staff.ctx.now);
    let Some(task) = &row.task else { return vec![person(lang, row)] };
    let owner = match task.owner {
        Owner::User(user) if user == staff.member.user => lang.t("task-row-owner-you"),
        Owner::User(_) => lang.t("task-row-owner-colleague"),
        Owner::Team(team) => team_name(teams, team),
    };
    vec![
        person(lang, row),
        Cell::from(lang.t(names::task(task.kind))),
        Cell::from(when::due(lang, task.due_at, now)),
        Cell::from(owner),
        Cell::from(when::age(lang, row.received_at, now)),
    ]
}

/// A team's name; empty for one that is gone.
pub fn team_name(teams: &[Team], id: TeamId) -> String {
    teams.iter().find(|team| team.id == id).map(|team| team.name.to_string()).unwrap_or_default()
}

/// The reader's own teams, by name.
pub fn own_teams<'a>(staff: &Staff, teams: &'a [Team]) -> Vec<&'a Team> {
    teams.iter().filter(|team| staff.member.teams.contains(&team.id)).collect()
}

/// Links to the same list of the reader's other teams.
pub fn team_links(lang: Lang, path: &str, own: &[&Team], chosen: TeamId) -> Option<SubNavigation> {
    let link = |team: &&Team| {
        (Link::new(&format!("{path}?team={}", team.id), team.name.as_str()), team.id == chosen)
    };
    let items = own.iter().map(link).collect();
    (own.len() > 1).then(|| SubNavigation { label: lang.t("task-teams"), items })
}

/// The link to what follows, and back to the start.
pub fn pages(lang: Lang, path: &str, at: Option<Cursor>, next: Option<Cursor>) -> Option<Pagination> {
    pages_of(lang, (path, "after", ""), at, next)
}

/// The same where a page has several lists: the name under which the place of this one stands in the address, and the id of
/// its heading, where the reader lands.
pub fn pages_of(
    lang: Lang,
    (path, name, heading): (&str, &str, &str),
    at: Option<Cursor>,
    next: Option<Cursor>,
) -> Option<Pagination> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let lands = if heading.is_empty() { String::new() } else { format!("#{heading}") };
    let link = |cursor: Cursor| {
        let after = format!("{path}{joint}{name}={}{lands}", write_cursor(cursor));
        Link::new(&after, lang.t("task-page-next"))
    };
    let first = at.map(|_| Link::new(&format!("{path}{lands}"), lang.t("task-page-first")));
    (first.is_some() || next.is_some()).then(|| Pagination { lang, previous: first, next: next.map(link) })
}

/// A page's address with the place of another of its lists, which stays where it is.
pub fn beside(path: &str, name: &str, at: Option<Cursor>) -> String {
    at.map_or_else(|| path.to_owned(), |at| format!("{path}?{name}={}", write_cursor(at)))
}

fn write_cursor(cursor: Cursor) -> String {
    format!("{}.{}.{}", cursor.rank, cursor.at.as_microsecond(), cursor.id.as_simple())
}

/// Reads the place in a list that an address names. One that does not read is the start of the list.
pub fn read_cursor(text: &str) -> Option<Cursor> {
    let (rank, rest) = text.split_once('.')?;
    let (at, id) = rest.split_once('.')?;
    let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    Some(Cursor { rank: rank.parse().ok()?, at, id: uuid::Uuid::parse_str(id).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_survives_the_address_and_a_broken_one_is_the_start() {
        let at = "2026-11-24T10:00:00.123456Z".parse().unwrap();
        let cursor = Cursor { rank: 1, at, id: uuid::Uuid::from_u128(7) };
        assert_eq!(read_cursor(&write_cursor(cursor)), Some(cursor));
        for broken in ["", "1", "1.2", "x.y.z", "1.99999999999999999999.0", "1.2.not-an-id", "99999.1.1"] {
            assert_eq!(read_cursor(broken), None, "{broken}");
        }
    }
}
