//! One's own day, and what every list has in common: rows, keyset pages. The lists of a team are in `worklist`.
//!
//! The long list lives in `sql/`, so that `tests/lists.rs` explains the very text that runs.

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target, Visible, reveal};
use onedoor_domain::ids::{ReferralId, TeamId, UserId};
use onedoor_domain::referral::StateKind;
use onedoor_domain::section::{Row, Section};
use onedoor_domain::task::Task;
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};

/// Rows of one page of a list; the statements in `sql/` ask for one more.
pub const PAGE: i64 = 50;

/// Where a worklist page begins: after the row with this rank, date and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// 0 for flagged, 1 for the others.
    pub rank: i16,
    /// The date the list is sorted by.
    pub at: Timestamp,
    /// The row.
    pub id: Uuid,
}

/// One page of a list.
#[derive(Debug)]
pub struct List {
    /// The rows this actor may see.
    pub rows: Vec<Visible<Section>>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// A page of calls that nobody has taken.
#[derive(Debug)]
pub struct OpenPages {
    /// Whose they are.
    pub referrals: Vec<ReferralId>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

struct OpenPage {
    referral_id: Uuid,
    opened_at: jiff_sqlx::Timestamp,
    id: Uuid,
}

pub(crate) struct RowRecord {
    pub(crate) id: Uuid,
    pub(crate) reference: String,
    pub(crate) called: String,
    pub(crate) state: String,
    pub(crate) rank: i16,
    pub(crate) category: Option<String>,
    pub(crate) received_at: jiff_sqlx::Timestamp,
    pub(crate) next_due: Option<jiff_sqlx::Timestamp>,
    pub(crate) opened_by: Option<String>,
    pub(crate) opened_at: Option<jiff_sqlx::Timestamp>,
    pub(crate) owners: Vec<Uuid>,
    pub(crate) team_id: Uuid,
    pub(crate) version: i64,
    pub(crate) task: Option<Value>,
}

impl RowRecord {
    pub(crate) fn row(self) -> Result<Row, StoreError> {
        let bad = || StoreError::Unreadable("row");
        let opened_by = self.opened_by.map(|name| name.parse()).transpose().map_err(|_| bad())?;
        Ok(Row {
            referral: ReferralId(self.id),
            reference: self.reference.parse().map_err(|_| bad())?,
            called: self.called.parse().map_err(|_| bad())?,
            state: StateKind::from_code(&self.state).ok_or_else(bad)?,
            flagged: self.rank == 0,
            category: self.category.and_then(|letter| letter.chars().next()),
            received_at: self.received_at.to_jiff(),
            next_due: self.next_due.map(jiff_sqlx::Timestamp::to_jiff),
            task: self.task.map(|task| read::<Task>(task, "task")).transpose()?,
            opened_by: opened_by.zip(self.opened_at.map(jiff_sqlx::Timestamp::to_jiff)),
            owners: self.owners.into_iter().map(UserId).collect(),
            team: TeamId(self.team_id),
            version: self.version,
        })
    }
}

impl Tx {
    pub(crate) fn own_teams(&self) -> Vec<Uuid> {
        let teams = self.ctx.actor.staff().map(|staff| staff.teams.iter().copied().map(Uuid::from).collect());
        teams.unwrap_or_default()
    }

    /// Open tasks of one's teams, by due date.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn my_tasks(&mut self, after: Option<Cursor>) -> Result<List, StoreError> {
        self.require(Action::MyDay, None, &Target::Role).await?;
        let tenant = self.tenant();
        let teams = self.own_teams();
        let (_, at, id) = start(after);
        let rows = sqlx::query_file_as!(RowRecord, "sql/my_tasks.sql", tenant, &teams, sql(at) as _, id)
            .fetch_all(self.conn())
            .await?;
        self.list(Action::MyDay, rows, by_task)
    }

    /// Open tasks of one's teams that wait for a colleague by name, for whom one covers.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn covered_tasks(&mut self, worker: UserId, after: Option<Cursor>) -> Result<List, StoreError> {
        self.require(Action::MyDay, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.own_teams());
        let (_, at, id) = start(after);
        let worker = Uuid::from(worker);
        let rows =
            sqlx::query_file_as!(RowRecord, "sql/tasks_of.sql", tenant, worker, &teams, sql(at) as _, id)
                .fetch_all(self.conn())
                .await?;
        self.list(Action::MyDay, rows, by_task)
    }

    /// Calls of one's teams that nobody has taken, or for which one's team is rung, the longest waiting first.
    /// [`Tx::referral_cards`] shows what of each may be seen, the page with it.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn open_pages(&mut self, after: Option<Cursor>) -> Result<OpenPages, StoreError> {
        self.require(Action::DutyAcknowledge, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.own_teams());
        let (_, at, id) = start(after);
        let mut found =
            sqlx::query_file_as!(OpenPage, "sql/open_pages.sql", tenant, &teams, sql(at) as _, id)
                .fetch_all(self.conn())
                .await?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = found.len() > size;
        found.truncate(size);
        let place = |page: &OpenPage| Cursor { rank: 0, at: page.opened_at.to_jiff(), id: page.id };
        let next = found.last().filter(|_| more).map(place);
        self.saw_list(Action::DutyAcknowledge, found.iter().map(|page| page.referral_id).collect());
        Ok(OpenPages {
            referrals: found.into_iter().map(|page| ReferralId(page.referral_id)).collect(),
            next,
        })
    }

    /// How many such calls there are: a number, and nothing about anybody.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn open_pages_counted(&mut self) -> Result<u32, StoreError> {
        self.require(Action::DutyAcknowledge, None, &Target::Role).await?;
        self.around().await?;
        Ok(self.calls)
    }

    pub(crate) fn list(
        &mut self,
        action: Action,
        records: Vec<RowRecord>,
        cursor: impl Fn(&Row) -> Cursor,
    ) -> Result<List, StoreError> {
        let mut rows: Vec<Row> = records.into_iter().map(RowRecord::row).collect::<Result<_, _>>()?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(&cursor);
        let ids = rows.iter().map(|row| row.referral.into()).collect();
        let shown = reveal(&self.ctx.actor, rows.into_iter().map(Section::Row).collect()).shown;
        self.saw_list(action, ids);
        Ok(List { rows: shown, next })
    }
}

/// The place of a row in a list of tasks.
fn by_task(row: &Row) -> Cursor {
    let task = row.task.as_ref();
    let at = task.map_or(row.received_at, |task| task.due_at);
    Cursor { rank: 0, at, id: task.map_or_else(|| row.referral.into(), |task| task.id.into()) }
}

/// Before everything: no row has a smaller key.
pub(crate) fn start(after: Option<Cursor>) -> (i16, Timestamp, Uuid) {
    after.map_or((-1, Timestamp::UNIX_EPOCH, Uuid::nil()), |cursor| (cursor.rank, cursor.at, cursor.id))
}
