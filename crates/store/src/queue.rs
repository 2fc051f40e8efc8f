//! The queue of those who are asked to take people over: what waits for their answer, whom they have taken and not met, whom
//! they have met. The long lists live in `sql/`, so that `tests/lists.rs` explains the very text that runs.

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target, Visible, reveal};
use onedoor_domain::ids::{HandoverId, ReferralId, TeamId};
use onedoor_domain::referral::StateKind;
use onedoor_domain::section::{Row, Section};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};
use crate::task::{Cursor, PAGE};

/// A part of the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Queue {
    /// Offers that wait for an answer.
    Waiting,
    /// People they have taken, and not met.
    Taken,
    /// People they have met.
    Met,
}

impl Queue {
    /// Every part, in page order.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Taken, Self::Met];

    fn states(self) -> &'static [&'static str] {
        match self {
            Self::Waiting => &["offered"],
            Self::Taken => &["accepted", "introduced"],
            Self::Met => &["met"],
        }
    }
}

/// One person in the queue.
#[derive(Debug)]
pub struct Queued {
    /// The person's row, if the reader may see it.
    pub row: Visible<Section>,
    /// The handover.
    pub handover: HandoverId,
    /// Where the handover is: its stored code.
    pub state: String,
    /// By when the next thing happens.
    pub due_at: Option<Timestamp>,
}

/// One page of the queue.
#[derive(Debug)]
pub struct QueuePage {
    /// The rows.
    pub rows: Vec<Queued>,
    /// After which row the next page begins.
    pub next: Option<Cursor>,
}

struct QueueRecord {
    id: Uuid,
    reference: String,
    called: String,
    state: String,
    rank: i16,
    category: Option<String>,
    received_at: jiff_sqlx::Timestamp,
    next_due: Option<jiff_sqlx::Timestamp>,
    opened_by: Option<String>,
    opened_at: Option<jiff_sqlx::Timestamp>,
    team_id: Uuid,
    handover_id: Uuid,
    handover: String,
    due_at: Option<jiff_sqlx::Timestamp>,
}

impl QueueRecord {
    fn row(&self) -> Result<Row, StoreError> {
        let bad = || StoreError::Unreadable("row");
        let opened_by = self.opened_by.as_ref().map(|name| name.parse()).transpose().map_err(|_| bad())?;
        Ok(Row {
            referral: ReferralId(self.id),
            reference: self.reference.parse().map_err(|_| bad())?,
            called: self.called.parse().map_err(|_| bad())?,
            state: StateKind::from_code(&self.state).ok_or_else(bad)?,
            flagged: self.rank == 0,
            category: self.category.as_ref().and_then(|letter| letter.chars().next()),
            received_at: self.received_at.to_jiff(),
            next_due: self.next_due.map(jiff_sqlx::Timestamp::to_jiff),
            task: None,
            opened_by: opened_by.zip(self.opened_at.map(jiff_sqlx::Timestamp::to_jiff)),
            // Nobody is named in this list, and nothing is changed from it.
            owners: Vec::new(),
            team: TeamId(self.team_id),
            version: -1,
        })
    }
}

impl Tx {
    /// A part of the queue of one's own teams: what is due first comes first, the newest of those who were met. `after` is the
    /// last row shown.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn handover_queue(
        &mut self,
        part: Queue,
        after: Option<Cursor>,
    ) -> Result<QueuePage, StoreError> {
        self.require(Action::HandoverAnswer, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.own_teams());
        let mut found = match part {
            Queue::Waiting | Queue::Taken => {
                let states: Vec<String> = part.states().iter().map(|state| (*state).to_owned()).collect();
                let (at, id) = after.map_or((Timestamp::UNIX_EPOCH, Uuid::nil()), |it| (it.at, it.id));
                sqlx::query_file_as!(
                    QueueRecord,
                    "sql/handover_queue.sql",
                    tenant,
                    &teams,
                    &states,
                    sql(at) as _,
                    id
                )
                .fetch_all(self.conn())
                .await?
            }
            Queue::Met => {
                let id = after.map_or(Uuid::max(), |it| it.id);
                sqlx::query_file_as!(QueueRecord, "sql/handover_met.sql", tenant, &teams, id)
                    .fetch_all(self.conn())
                    .await?
            }
        };
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = found.len() > size;
        found.truncate(size);
        let place = |row: &QueueRecord| {
            let at = row.due_at.map_or(Timestamp::UNIX_EPOCH, jiff_sqlx::Timestamp::to_jiff);
            Cursor { rank: 0, at, id: row.handover_id }
        };
        let next = found.last().filter(|_| more).map(place);
        self.saw_list(Action::HandoverAnswer, found.iter().map(|row| row.id).collect());
        let mut rows = Vec::with_capacity(found.len());
        for record in found {
            let section = Section::Row(record.row()?);
            let seen = reveal(&self.ctx.actor, vec![section]).shown.into_iter().next();
            rows.extend(seen.map(|row| Queued {
                row,
                handover: HandoverId(record.handover_id),
                state: record.handover,
                due_at: record.due_at.map(jiff_sqlx::Timestamp::to_jiff),
            }));
        }
        Ok(QueuePage { rows, next })
    }

    /// How many stand in each part of the queue of one's own teams, up to a hundred: numbers, and nothing about anybody.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn handover_counts(&mut self) -> Result<[i64; 3], StoreError> {
        self.require(Action::HandoverAnswer, None, &Target::Role).await?;
        let (tenant, teams) = (self.tenant(), self.own_teams());
        let row = sqlx::query!(
            r#"SELECT
                 (SELECT count(*) FROM (
                    SELECT FROM unnest($2::uuid[]) AS mine (team_id) CROSS JOIN LATERAL (
                        SELECT FROM handover WHERE tenant_id = $1 AND team_id = mine.team_id AND state = 'offered'
                          AND state IN ('offered', 'accepted', 'introduced') ORDER BY due_at, id LIMIT 100) AS one
                    LIMIT 100) AS a) AS "waiting!",
                 (SELECT count(*) FROM (
                    SELECT FROM unnest($2::uuid[]) AS mine (team_id)
                    CROSS JOIN (VALUES ('accepted'), ('introduced')) AS taken (state) CROSS JOIN LATERAL (
                        SELECT FROM handover WHERE tenant_id = $1 AND team_id = mine.team_id AND state = taken.state
                          AND state IN ('offered', 'accepted', 'introduced') ORDER BY due_at, id LIMIT 100) AS one
                    LIMIT 100) AS b) AS "taken!",
                 (SELECT count(*) FROM (
                    SELECT FROM unnest($2::uuid[]) AS mine (team_id) CROSS JOIN LATERAL (
                        SELECT FROM handover WHERE tenant_id = $1 AND team_id = mine.team_id AND state = 'met'
                        ORDER BY id DESC LIMIT 100) AS one
                    LIMIT 100) AS c) AS "met!""#,
            tenant,
            &teams
        )
        .fetch_one(self.conn())
        .await?;
        Ok([row.waiting, row.taken, row.met])
    }
}
