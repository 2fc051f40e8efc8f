//! My day: people who wait for a call, then tasks by when they are due, one's own before those of one's teams, then the
//! people one is key worker of.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use onedoor_domain::access::Action;

use super::covered::{self, Covered};
use super::rows::{self, Columns, beside, pages, pages_of, read_cursor};
use crate::agreement;
use crate::duty::{self, DutyCard};
use crate::enter::{before, list};
use crate::referral::find::search_box;
use crate::ui::{Frame, Markup, Pagination, WarningCallout};
use crate::web::answer::Answer;
use crate::web::form::FormErrors;
use crate::web::{Problem, Staff, page};

/// Where it is.
pub const PATH: &str = "/my-day";

/// The first page after signing in.
#[derive(Debug, Template)]
#[template(path = "task/my_day.html")]
struct MyDayPage {
    frame: Frame,
    search: Option<Markup>,
    /// Whether somebody was in touch before.
    before: Option<Markup>,
    calls: Vec<DutyCard>,
    /// The rest of them, on the duty board.
    more_calls: Option<Pagination>,
    /// Agreements with partners that a team of the reader's renews.
    renew: Option<WarningCallout>,
    /// Requests that somebody of the reader's teams writes down and has not finished.
    entries: Option<Markup>,
    /// What waits for colleagues who are away and for whom the reader covers.
    covers: Vec<Covered>,
    /// Tasks that wait for the reader by name, if there are any.
    own: Option<Markup>,
    /// Tasks of the reader's teams, if there are any.
    tasks: Option<Markup>,
    pages: Option<Pagination>,
    has_people: bool,
    people: Markup,
    people_pages: Option<Pagination>,
    carries_records: bool,
}

/// GET `/my-day`.
///
/// # Errors
/// [`Problem::Store`] when the database does not answer.
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, lang.t("task-my-day-title"), PATH).await?;
    let (calls, more_calls) = if staff.may(Action::DutyAcknowledge) {
        duty::cards(&staff, &mut tx, None).await?
    } else {
        (Vec::new(), None)
    };
    let entries = list::unfinished(&staff, &mut tx).await?;
    let teams = tx.teams().await?;
    let renew = agreement::to_renew(&staff, &mut tx).await?;
    let place = |name: &str| query.get(name).and_then(|after| read_cursor(after));
    let (after, people_after) = (place("after"), place("people"));
    let tasks = tx.my_tasks(after).await?;
    let people = tx.my_people(people_after).await?;
    let covers = covered::of(&staff, &mut tx, &teams).await?;
    let carries_records = staff.may(Action::ReferralRead);
    let mine = tasks.rows.iter().filter(|row| !covers.iter().any(|cover| cover.is_theirs(row)));
    let (own, others): (Vec<_>, Vec<_>) = mine.partition(|row| rows::is_own(&staff, row));
    let as_table =
        |tasks: Vec<_>| (!tasks.is_empty()).then(|| rows::table(&staff, tasks, &teams, Columns::Tasks));
    let shown = MyDayPage {
        frame,
        search: carries_records.then(|| search_box(lang, "", &FormErrors::default())),
        before: before::link(&staff),
        entries,
        renew,
        calls: calls.into_iter().map(DutyCard::short).collect(),
        more_calls: pages(lang, duty::BOARD, None, more_calls),
        covers,
        own: as_table(own),
        tasks: as_table(others),
        pages: pages(lang, &beside(PATH, "people", people_after), after, tasks.next),
        has_people: !people.rows.is_empty(),
        people: rows::table(&staff, &people.rows, &teams, Columns::Queue),
        people_pages: pages_of(
            lang,
            (&beside(PATH, "after", after), "people", "people"),
            people_after,
            people.next,
        ),
        carries_records,
    };
    page(tx.close().await?, &shown)
}
