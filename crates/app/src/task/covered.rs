//! What waits for colleagues who are away and for whom the reader covers: whose it is stays said. My day shows the beginning of
//! it, and a page of its own the whole.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use onedoor_domain::access::{Action, Visible};
use onedoor_domain::ids::UserId;
use onedoor_domain::section::Section;
use onedoor_domain::task::Owner;
use onedoor_domain::team::Team;
use onedoor_domain::worker::Away;
use onedoor_store::{Cursor, List, StoreError, Tx};

use super::my_day;
use super::rows::{self, Columns, beside, pages_of, read_cursor, task_of};
use crate::ui::{BackLink, Frame, Markup, Pagination};
use crate::web::{Answer, Problem, Staff, page};
use crate::words;

/// Everything of one colleague.
pub const PATH: &str = "/my-day/covered/{away}";

/// One colleague who is away.
#[derive(Debug)]
pub struct Covered {
    user: UserId,
    /// Whose it is, and until when.
    pub title: String,
    /// Tasks with their name, those that are due first.
    pub tasks: Option<Markup>,
    /// People they are key worker of.
    pub people: Option<Markup>,
    /// Where the whole of it is, as far as there is anything.
    pub all: Option<Markup>,
}

impl Covered {
    /// Whether a row's task waits for them by name.
    pub fn is_theirs(&self, section: &Visible<Section>) -> bool {
        task_of(section).is_some_and(|task| task.owner == Owner::User(self.user))
    }
}

#[derive(Debug, Template)]
#[template(path = "task/covered.html")]
struct CoveredPage {
    frame: Frame,
    back: BackLink,
    tasks: Option<Markup>,
    task_pages: Option<Pagination>,
    people: Option<Markup>,
    people_pages: Option<Pagination>,
}

/// Everybody for whom the reader covers today.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn of(staff: &Staff, tx: &mut Tx, teams: &[Team]) -> Result<Vec<Covered>, StoreError> {
    let lang = staff.lang;
    let mut all = Vec::new();
    for away in covers(staff, tx, teams).await? {
        let user = away.who.user;
        let (tasks, people) = read(tx, user, (None, None)).await?;
        let any = !tasks.rows.is_empty() || !people.rows.is_empty();
        let whole = lang.tr("care-cover-all", &[("name", away.who.name.to_string())]);
        all.push(Covered {
            user,
            title: title(staff, &away),
            tasks: table(staff, &tasks, (teams, Columns::Tasks)),
            people: table(staff, &people, (teams, Columns::Queue)),
            all: any.then(|| Markup::link(&path(user), &whole)),
        });
    }
    Ok(all)
}

/// GET `/my-day/covered/{away}`: page by page, all tasks with the name of a colleague who is away, and all their people.
///
/// # Errors
/// [`Problem::NotFound`] where the reader does not cover for them today.
pub async fn show(
    staff: Staff,
    Path(user): Path<UserId>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let teams = tx.teams().await?;
    let found = covers(&staff, &mut tx, &teams).await?.into_iter().find(|away| away.who.user == user);
    let Some(away) = found else {
        return match tx.refuse(Action::MyDay, None).await {
            StoreError::Refused(_) => Err(Problem::NotFound),
            error => Err(error.into()),
        };
    };
    let place = |name: &str| query.get(name).and_then(|after| read_cursor(after));
    let (after, people_after) = (place("after"), place("people"));
    let (tasks, people) = read(&mut tx, user, (after, people_after)).await?;
    let of_tasks = beside(&path(user), "people", people_after);
    let of_people = beside(&path(user), "after", after);
    let shown = CoveredPage {
        frame: staff.frame(&mut tx, title(&staff, &away), my_day::PATH).await?,
        back: BackLink::new(lang, my_day::PATH),
        tasks: table(&staff, &tasks, (&teams, Columns::Tasks)),
        task_pages: pages_of(lang, (&of_tasks, "after", "tasks"), after, tasks.next),
        people: table(&staff, &people, (&teams, Columns::Queue)),
        people_pages: pages_of(lang, (&of_people, "people", "people"), people_after, people.next),
    };
    page(tx.close().await?, &shown)
}

fn path(user: UserId) -> String {
    PATH.replace("{away}", &user.to_string())
}

fn title(staff: &Staff, away: &Away) -> String {
    let lang = staff.lang;
    let parts = [("name", away.who.name.to_string()), ("day", words::day_of(lang, away.until))];
    lang.tr("care-cover-title", &parts)
}

/// Who is away today, and the reader covers for them.
async fn covers(staff: &Staff, tx: &mut Tx, teams: &[Team]) -> Result<Vec<Away>, StoreError> {
    if staff.member.teams.is_empty() {
        return Ok(Vec::new());
    }
    let roster = tx.own_roster(teams).await?;
    Ok(roster.covers_for(staff.member.user, tx.day()))
}

async fn read(
    tx: &mut Tx,
    user: UserId,
    (tasks, people): (Option<Cursor>, Option<Cursor>),
) -> Result<(List, List), StoreError> {
    Ok((tx.covered_tasks(user, tasks).await?, tx.covered_people(user, people).await?))
}

fn table(staff: &Staff, list: &List, (teams, columns): (&[Team], Columns)) -> Option<Markup> {
    (!list.rows.is_empty()).then(|| rows::table(staff, &list.rows, teams, columns))
}
