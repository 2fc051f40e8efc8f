//! How full the reader's teams are: counts and colleagues, and nothing about anybody who asked for help. It prints as it is.

use askama::Template;
use jiff::civil::Date;
use onedoor_domain::team::Team;
use onedoor_store::{TeamCount, TeamWorker};

use super::workers::{people, there};
use crate::task::rows::team_name;
use crate::ui::{Cell, Column, Frame, SummaryList, SummaryRow, Table};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self, Lang};

#[derive(Debug, Template)]
#[template(path = "care/capacity.html")]
struct CapacityPage {
    frame: Frame,
    at: String,
    teams: Vec<TeamPart>,
}

#[derive(Debug)]
struct TeamPart {
    name: String,
    facts: SummaryList,
    workers: Option<Table>,
}

/// GET `/capacity`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, lang.t("care-capacity-title"), "/waiting").await?;
    let teams = tx.teams().await?;
    let counts = tx.capacity().await?;
    let day = tx.day();
    let accepts = |count: &&TeamCount| teams.iter().any(|team| team.id == count.team && team.accepts);
    let mut parts: Vec<TeamPart> =
        counts.iter().filter(accepts).map(|count| part(lang, count, &teams, day)).collect();
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    let at = lang.tr("care-capacity-at", &[("when", words::date_time(lang, staff.ctx.now))]);
    page(tx.close().await?, &CapacityPage { frame, at, teams: parts })
}

fn part(lang: Lang, count: &TeamCount, teams: &[Team], day: Date) -> TeamPart {
    let row = |key: &str, number: usize| SummaryRow::new(lang.t(key), number.to_string());
    let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let away = count.workers.iter().filter(|worker| worker.away(day).is_some()).count();
    let facts = vec![
        row("care-capacity-waiting", number(count.waiting)),
        row("care-capacity-late", number(count.overdue)),
        row("care-capacity-uncovered", number(count.uncovered)),
        row("care-capacity-carried", count.workers.iter().map(|worker| usize::from(worker.caseload)).sum()),
        row("care-capacity-free", count.workers.iter().map(free).sum()),
        row("care-capacity-away", away),
    ];
    TeamPart {
        name: team_name(teams, count.team),
        facts: SummaryList { rows: facts, ..SummaryList::default() },
        workers: (!count.workers.is_empty()).then(|| workers(lang, &count.workers, day)),
    }
}

/// Places that are left with somebody, where they said how many there are.
fn free(worker: &TeamWorker) -> usize {
    let limit = worker.profile.limit.unwrap_or(worker.caseload);
    usize::from(limit.saturating_sub(worker.caseload))
}

fn workers(lang: Lang, workers: &[TeamWorker], day: Date) -> Table {
    let heads = ["care-worker-name", "care-worker-people", "care-capacity-free", "care-worker-there"];
    let row = |worker: &TeamWorker| {
        vec![
            Cell::from(worker.colleague.name.to_string()),
            Cell::from(people(lang, worker.caseload, worker.profile.limit)),
            Cell::from(free(worker).to_string()),
            Cell::from(there(lang, worker.away(day))),
        ]
    };
    Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: workers.iter().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}
