//! Who waits for a key worker, whose key worker somebody is, and the counts a manager reads.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use onedoor_domain::access::{Action, Revealed, Target, reveal};
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::{ReferralId, TeamId, UserId};
use onedoor_domain::referral::Person;
use onedoor_domain::section::Section;
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::task::{Cursor, List, PAGE, RowRecord};
use crate::worker::TeamWorker;

/// A page of those who wait for a key worker.
#[derive(Debug)]
pub struct Waiting {
    /// Each a row, and what they need, as far as the reader may see it.
    pub rows: Vec<Revealed>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// How one team stands: counts, and nothing about anybody who asked for help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamCount {
    /// The team.
    pub team: TeamId,
    /// People who wait for a key worker.
    pub waiting: u32,
    /// Those of them who wait for longer than was promised.
    pub overdue: u32,
    /// People whose key worker is not there, and nobody covers.
    pub uncovered: u32,
    /// Who works there.
    pub workers: Vec<TeamWorker>,
}

struct WaitingRecord {
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
    owners: Vec<Uuid>,
    team_id: Uuid,
    version: i64,
    task: Option<Value>,
    person: Value,
}

impl WaitingRecord {
    fn parts(self) -> (RowRecord, Value) {
        let row = RowRecord {
            id: self.id,
            reference: self.reference,
            called: self.called,
            state: self.state,
            rank: self.rank,
            category: self.category,
            received_at: self.received_at,
            next_due: self.next_due,
            opened_by: self.opened_by,
            opened_at: self.opened_at,
            owners: self.owners,
            team_id: self.team_id,
            version: self.version,
            task: self.task,
        };
        (row, self.person)
    }
}

impl Tx {
    /// Who waits in one team for a key worker, or for another one, the longest first.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn waiting(&mut self, team: TeamId, after: Option<Cursor>) -> Result<Waiting, StoreError> {
        self.require(Action::CaseloadRead, None, &Target::Record(&[team].into())).await?;
        let tenant = self.tenant();
        let start = (Timestamp::UNIX_EPOCH, Uuid::nil());
        let (at, id) = after.map_or(start, |cursor| (cursor.at, cursor.id));
        let records = sqlx::query_file_as!(
            WaitingRecord,
            "sql/waiting.sql",
            tenant,
            Uuid::from(team),
            sql(at) as _,
            id
        )
        .fetch_all(self.conn())
        .await?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = records.len() > size;
        let (mut rows, mut ids, mut last) = (Vec::new(), Vec::new(), None);
        for record in records.into_iter().take(size) {
            let (row, person) = record.parts();
            let (row, person): (_, Person) = (row.row()?, read(person, "person")?);
            last = row.task.as_ref().map(|task| Cursor { rank: 0, at: task.due_at, id: task.id.into() });
            ids.push(row.referral.into());
            rows.push(reveal(&self.ctx.actor, vec![Section::Row(row), Section::Needs(person.needs)]));
        }
        self.saw_list(Action::CaseloadRead, ids);
        Ok(Waiting { rows, next: last.filter(|_| more) })
    }

    /// In which of the reader's own teams somebody waits longest for a key worker; none where nobody waits.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn longest_waiting(&mut self) -> Result<Option<TeamId>, StoreError> {
        let own: BTreeSet<TeamId> = self.own_teams().into_iter().map(TeamId).collect();
        if own.is_empty() {
            return Ok(None);
        }
        self.require(Action::CaseloadRead, None, &Target::Record(&own)).await?;
        let tenant = self.tenant();
        let teams: Vec<Uuid> = own.into_iter().map(Uuid::from).collect();
        let found = sqlx::query_scalar!(
            r#"SELECT own.team AS "team!" FROM unnest($2::uuid[]) AS own (team)
               CROSS JOIN LATERAL (
                   SELECT due_at FROM task
                   WHERE tenant_id = $1 AND team_id = own.team AND ended_at IS NULL
                     AND kind IN ('allocate', 'cover', 'change-worker')
                   ORDER BY due_at, id LIMIT 1) AS first
               ORDER BY first.due_at LIMIT 1"#,
            tenant,
            &teams
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(found.map(TeamId))
    }

    /// The people in one team whose key worker somebody is, the longest first.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn people_of(
        &mut self,
        worker: UserId,
        team: TeamId,
        after: Option<Cursor>,
    ) -> Result<List, StoreError> {
        self.require(Action::CaseloadRead, None, &Target::Record(&[team].into())).await?;
        self.cared_for(Action::CaseloadRead, worker, (vec![team.into()], after)).await
    }

    /// People of one's teams whose key worker one is: who left the team reads on only by a relationship of the new one.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn my_people(&mut self, after: Option<Cursor>) -> Result<List, StoreError> {
        self.require(Action::MyDay, None, &Target::Role).await?;
        let user = self.ctx.actor.staff().map_or_else(Uuid::nil, |staff| staff.user.into());
        let teams = self.own_teams();
        self.cared_for(Action::MyDay, UserId(user), (teams, after)).await
    }

    /// The people of the reader's teams whose key worker is a colleague for whom the reader covers today.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn covered_people(
        &mut self,
        worker: UserId,
        after: Option<Cursor>,
    ) -> Result<List, StoreError> {
        self.require(Action::MyDay, None, &Target::Role).await?;
        let teams = self.own_teams();
        self.cared_for(Action::MyDay, worker, (teams, after)).await
    }

    async fn cared_for(
        &mut self,
        action: Action,
        worker: UserId,
        (teams, after): (Vec<Uuid>, Option<Cursor>),
    ) -> Result<List, StoreError> {
        let tenant = self.tenant();
        let (at, id) = match after {
            Some(last) => self.taken_on(last.id).await?,
            None => (Timestamp::UNIX_EPOCH, Uuid::nil()),
        };
        let rows = sqlx::query_file_as!(
            RowRecord,
            "sql/people_of.sql",
            tenant,
            Uuid::from(worker),
            &teams,
            sql(at) as _,
            id
        )
        .fetch_all(self.conn())
        .await?;
        self.list(action, rows, |row| Cursor { rank: 0, at: row.received_at, id: row.referral.into() })
    }

    /// Where a referral's care stands in the order of the list; the start for one that is in nobody's care any more.
    async fn taken_on(&mut self, referral: Uuid) -> Result<(Timestamp, Uuid), StoreError> {
        let tenant = self.tenant();
        let found = sqlx::query!(
            r#"SELECT accepted_at AS "at: jiff_sqlx::Timestamp", id FROM episode
               WHERE tenant_id = $1 AND referral_id = $2 AND ended_at IS NULL LIMIT 1"#,
            tenant,
            referral
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(found.map_or((Timestamp::UNIX_EPOCH, Uuid::nil()), |row| (row.at.to_jiff(), row.id)))
    }

    /// Who was a key worker of this person before: in this care, and in the request they came back from.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] for a referral that this transaction has not read; [`StoreError::Refused`].
    pub async fn earlier_workers(&mut self, referral: ReferralId) -> Result<BTreeSet<UserId>, StoreError> {
        let subject = Self::referral_subject(referral);
        let teams = self.teams_of(subject);
        self.require(Action::EpisodeAllocate, Some(subject), &Target::Referral(referral, &teams)).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            r#"SELECT (before ->> 'user')::uuid AS "user!"
               FROM episode e CROSS JOIN LATERAL jsonb_array_elements(coalesce(e.body -> 'earlier', '[]')) AS before
               WHERE e.tenant_id = $1 AND e.referral_id = $2
               UNION
               SELECT e.key_worker FROM referral r
               JOIN episode e ON e.tenant_id = r.tenant_id
                   AND e.referral_id = (r.body -> 'told' -> 'earlier' ->> 'referral')::uuid
               WHERE r.tenant_id = $1 AND r.id = $2 AND e.key_worker IS NOT NULL"#,
            tenant,
            Uuid::from(referral)
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(UserId).collect())
    }

    /// For the worker of the program: people of one key worker in one team for whom somebody must be asked, or must not be
    /// asked any more; some at a time.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn care_to_cover(
        &mut self,
        worker: UserId,
        team: TeamId,
        missing: bool,
    ) -> Result<Vec<ReferralId>, StoreError> {
        self.require(Action::CoverSeek, None, &Target::Role).await?;
        let tenant = self.tenant();
        let ids = sqlx::query_scalar!(
            "SELECT e.referral_id FROM episode e
             WHERE e.tenant_id = $1 AND e.key_worker = $2 AND e.team_id = $3 AND e.ended_at IS NULL
               AND (SELECT count(*) FROM (
                        SELECT FROM task t WHERE t.tenant_id = e.tenant_id AND t.referral_id = e.referral_id
                          AND t.kind = 'cover' AND t.ended_at IS NULL LIMIT 1) AS asked) = CASE WHEN $4 THEN 0 ELSE 1 END
             ORDER BY e.accepted_at, e.id LIMIT 50",
            tenant,
            Uuid::from(worker),
            Uuid::from(team),
            missing
        )
        .fetch_all(self.conn())
        .await?;
        Ok(ids.into_iter().map(ReferralId).collect())
    }

    /// How the reader's teams stand. Two queries for all of them, however many there are.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn capacity(&mut self) -> Result<Vec<TeamCount>, StoreError> {
        let own: BTreeSet<TeamId> = self.own_teams().into_iter().map(TeamId).collect();
        if own.is_empty() {
            self.require(Action::CapacityRead, None, &Target::Role).await?;
            return Ok(Vec::new());
        }
        self.require(Action::CapacityRead, None, &Target::Record(&own)).await?;
        let tenant = self.tenant();
        let teams: Vec<Uuid> = own.iter().copied().map(Uuid::from).collect();
        let now = sql(self.ctx.now);
        let counts = sqlx::query!(
            r#"SELECT team_id, count(*) FILTER (WHERE kind = 'allocate') AS "waiting!",
                   count(*) FILTER (WHERE kind = 'allocate' AND due_at < $3) AS "overdue!",
                   count(*) FILTER (WHERE kind = 'cover') AS "uncovered!"
               FROM task
               WHERE tenant_id = $1 AND team_id = ANY ($2) AND ended_at IS NULL
                 AND kind IN ('allocate', 'cover', 'change-worker')
               GROUP BY team_id"#,
            tenant,
            &teams,
            now as _
        )
        .fetch_all(self.conn())
        .await?;
        let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        let counted: BTreeMap<Uuid, [u32; 3]> = counts
            .into_iter()
            .map(|row| (row.team_id, [number(row.waiting), number(row.overdue), number(row.uncovered)]))
            .collect();
        let list: Vec<TeamId> = own.into_iter().collect();
        let workers = self.workers_of(&list).await?;
        let of = |team: TeamId| {
            let [waiting, overdue, uncovered] = counted.get(&Uuid::from(team)).copied().unwrap_or_default();
            let there = workers.iter().filter(|(_, teams)| teams.contains(&team));
            let workers = there.map(|(worker, _)| worker.clone()).collect();
            TeamCount { team, waiting, overdue, uncovered, workers }
        };
        Ok(list.into_iter().map(of).collect())
    }

    /// Today in England, as the transaction began.
    pub fn day(&self) -> jiff::civil::Date {
        local_date(self.ctx.now)
    }
}
