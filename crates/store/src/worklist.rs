//! The lists of a team: one page of a view, how many stand in each, what is new; and the keys a referral is found by there.
//!
//! The statements live in `sql/`, so that `tests/lists.rs` explains the very text that runs. Keys are made in the domain and
//! compared as they are.

use std::collections::BTreeMap;

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target};
use onedoor_domain::change::Noun;
use onedoor_domain::ids::{FilterId, TeamId, TenantId, UserId};
use onedoor_domain::referral::Referral;
use onedoor_domain::worklist::{Filter, Key, Order, RULES, SavedFilter, View};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::records;
use crate::seam::{Tx, sql};
use crate::task::{Cursor, List, RowRecord, start};

/// The most that a view is counted to; more are "99+".
pub const COUNTED: i64 = 100;

/// A list to walk: along one key, looking the others up.
struct Walk {
    along: String,
    others: Vec<String>,
}

impl Tx {
    /// One page of a team's list. `after` is the last row shown.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn worklist(
        &mut self,
        team: TeamId,
        filter: &Filter,
        after: Option<Cursor>,
    ) -> Result<List, StoreError> {
        self.require(Action::Worklist, None, &Target::Record(&[team].into())).await?;
        let rows = match self.way_through(team, filter).await? {
            None => Vec::new(),
            Some(walk) if filter.view.order() == Order::Due => {
                self.walk_due(team, &walk, filter.view, after).await?
            }
            Some(walk) => self.walk_arrival(team, &walk, after).await?,
        };
        let order = filter.view.order();
        self.list(Action::Worklist, rows, move |row| {
            let at = if order == Order::Due { row.next_due } else { None };
            Cursor {
                rank: i16::from(!row.flagged),
                at: at.unwrap_or(row.received_at),
                id: row.referral.into(),
            }
        })
    }

    async fn walk_arrival(
        &mut self,
        team: TeamId,
        walk: &Walk,
        after: Option<Cursor>,
    ) -> Result<Vec<RowRecord>, StoreError> {
        let tenant = self.tenant();
        let (rank, at, id) = start(after);
        let rows = sqlx::query_file_as!(
            RowRecord,
            "sql/worklist.sql",
            tenant,
            Uuid::from(team),
            &walk.along,
            &walk.others,
            rank,
            sql(at) as _,
            id
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows)
    }

    async fn walk_due(
        &mut self,
        team: TeamId,
        walk: &Walk,
        view: View,
        after: Option<Cursor>,
    ) -> Result<Vec<RowRecord>, StoreError> {
        let tenant = self.tenant();
        let before = if view == View::Overdue { self.ctx.now } else { Timestamp::MAX };
        let (_, at, id) = start(after);
        let rows = sqlx::query_file_as!(
            RowRecord,
            "sql/worklist_due.sql",
            tenant,
            Uuid::from(team),
            &walk.along,
            &walk.others,
            sql(before) as _,
            sql(at) as _,
            id
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows)
    }

    fn wanted(&self, filter: &Filter) -> Vec<String> {
        let me = self.ctx.actor.staff().map_or(UserId(Uuid::nil()), |staff| staff.user);
        filter.keys(me).iter().map(|key| key.as_str().to_owned()).collect()
    }

    /// The key with the fewest rows, and the others. None where one of them has no row at all.
    async fn way_through(&mut self, team: TeamId, filter: &Filter) -> Result<Option<Walk>, StoreError> {
        let mut keys = self.wanted(filter);
        if keys.len() == 1 {
            return Ok(keys.pop().map(|along| Walk { along, others: Vec::new() }));
        }
        let tenant = self.tenant();
        let rows = sqlx::query!(
            r#"SELECT wanted.key AS "key!",
                      (SELECT count(*) FROM (
                           SELECT FROM list_key k
                           WHERE k.tenant_id = $1 AND k.team_id = $2 AND k.key = wanted.key COLLATE "C"
                           ORDER BY k.rank, k.received_at, k.referral_id LIMIT 2000) AS few) AS "count!"
               FROM unnest($3::text[]) AS wanted (key)"#,
            tenant,
            Uuid::from(team),
            &keys
        )
        .fetch_all(self.conn())
        .await?;
        if rows.iter().any(|row| row.count == 0) {
            return Ok(None);
        }
        let mut counted: Vec<(i64, String)> = rows.into_iter().map(|row| (row.count, row.key)).collect();
        counted.sort();
        let mut keys = counted.into_iter().map(|(_, key)| key);
        Ok(keys.next().map(|along| Walk { along, others: keys.collect() }))
    }

    /// How many stand in each view of a team, counted up to [`COUNTED`]: numbers without a person's data.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn worklist_counts(&mut self, team: TeamId) -> Result<BTreeMap<View, i64>, StoreError> {
        self.require(Action::Worklist, None, &Target::Record(&[team].into())).await?;
        let tenant = self.tenant();
        let views: Vec<View> = View::ALL.into_iter().filter(|view| *view != View::Overdue).collect();
        let keys: Vec<String> = views.iter().map(|view| Key::view(*view).as_str().to_owned()).collect();
        let now = sql(self.ctx.now);
        let rows = sqlx::query_file!("sql/worklist_counts.sql", tenant, Uuid::from(team), &keys, now as _)
            .fetch_all(self.conn())
            .await?;
        let view = |n: i64| match usize::try_from(n) {
            Ok(0) | Err(_) => Some(View::Overdue),
            Ok(place) => views.get(place - 1).copied(),
        };
        Ok(rows.into_iter().filter_map(|row| Some((view(row.n)?, row.count))).collect())
    }

    /// How many rows came into a list after `since`: a count without a person's data, for "Show 3 new".
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn count_new(
        &mut self,
        team: TeamId,
        filter: &Filter,
        since: Timestamp,
    ) -> Result<i64, StoreError> {
        self.require(Action::Worklist, None, &Target::Record(&[team].into())).await?;
        let (tenant, team) = (self.tenant(), Uuid::from(team));
        let mut keys = self.wanted(filter).into_iter();
        let (along, others) = (keys.next().unwrap_or_default(), keys.collect::<Vec<_>>());
        let now = sql(self.ctx.now);
        let since = sql(since);
        let count = if filter.view == View::Overdue {
            sqlx::query_file_scalar!(
                "sql/worklist_late.sql",
                tenant,
                team,
                &along,
                &others,
                since as _,
                now as _
            )
            .fetch_one(self.conn())
            .await?
        } else {
            sqlx::query_file_scalar!("sql/worklist_new.sql", tenant, team, &along, &others, since as _)
                .fetch_one(self.conn())
                .await?
        };
        Ok(count)
    }

    /// The filters that the actor keeps, by name: theirs and nobody else's.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn saved_filters(&mut self) -> Result<Vec<SavedFilter>, StoreError> {
        self.require(Action::Worklist, None, &Target::Role).await?;
        let tenant = self.tenant();
        let Some(owner) = self.ctx.actor.staff().map(|staff| staff.user) else { return Ok(Vec::new()) };
        let rows = sqlx::query!(
            "SELECT id, name, query FROM saved_filter WHERE tenant_id = $1 AND staff_id = $2 ORDER BY name, id",
            tenant,
            Uuid::from(owner)
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let name = row.name.parse().map_err(|_| StoreError::Unreadable("filter"))?;
                Ok(SavedFilter { id: FilterId(row.id), owner, name, filter: Filter::parse(&row.query) })
            })
            .collect()
    }

    /// One of the filters that the actor keeps.
    ///
    /// # Errors
    /// [`StoreError::Refused`]; [`StoreError::Hidden`] for anybody else's.
    pub async fn saved_filter(&mut self, id: FilterId) -> Result<SavedFilter, StoreError> {
        self.require(Action::Worklist, None, &Target::Role).await?;
        let mut found = self.saved_filters().await?.into_iter().filter(|one| one.id == id);
        match found.next() {
            Some(one) => Ok(one),
            None => Err(self.absent(Action::Worklist, Self::subject(Noun::Filter, id)).await),
        }
    }

    pub(crate) async fn write_saved_filter(&mut self, saved: &SavedFilter) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO saved_filter (tenant_id, staff_id, id, name, query) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (tenant_id, staff_id, id) DO UPDATE SET name = excluded.name, query = excluded.query",
            tenant,
            Uuid::from(saved.owner),
            Uuid::from(saved.id),
            saved.name.as_str(),
            saved.filter.query(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn remove_saved_filter(
        &mut self,
        owner: UserId,
        id: FilterId,
    ) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "DELETE FROM saved_filter WHERE tenant_id = $1 AND staff_id = $2 AND id = $3",
            tenant,
            Uuid::from(owner),
            Uuid::from(id)
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The keys of a referral in the lists of its team, in place of earlier ones. What stays where it was keeps its time there.
    pub(crate) async fn write_list(&mut self, referral: &Referral) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let row = referral.row();
        let keys: Vec<String> = referral.list_keys().iter().map(|key| key.as_str().to_owned()).collect();
        let now = sql(self.ctx.now);
        sqlx::query!(
            "WITH new AS (SELECT k.key FROM unnest($3::text[]) AS k (key)),
                  gone AS (
                      DELETE FROM list_key AS old
                      WHERE old.tenant_id = $1 AND old.referral_id = $2 AND old.key <> ALL ($3))
             INSERT INTO list_key AS old (tenant_id, referral_id, key, team_id, rank, received_at, next_due, since)
             SELECT $1, $2, new.key, $4, $5, $6, $7, $8 FROM new
             ON CONFLICT (tenant_id, referral_id, key) DO UPDATE
             SET team_id = excluded.team_id, rank = excluded.rank, next_due = excluded.next_due,
                 since = CASE WHEN old.team_id = excluded.team_id THEN old.since ELSE excluded.since END
             WHERE (old.team_id, old.rank, old.next_due)
                   IS DISTINCT FROM (excluded.team_id, excluded.rank, excluded.next_due)",
            tenant,
            Uuid::from(row.referral),
            &keys,
            Uuid::from(row.team),
            i16::from(!row.flagged),
            sql(row.received_at) as _,
            row.next_due.map(sql) as _,
            now as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// So many referrals at once when keys are made anew.
const AT_ONCE: i64 = 200;

/// Makes the keys of every referral whose keys were made by older rules, or never: once after an update. Each county's in
/// transactions of its own, as the application's role; stopped half-way, it goes on where it was.
pub(crate) async fn fill(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql("SET ROLE onedoor_app").execute(&mut *connection).await?;
    let tenants =
        sqlx::query_scalar!("SELECT id FROM tenant ORDER BY id").fetch_all(&mut *connection).await?;
    for tenant in tenants {
        while fill_some(connection, TenantId(tenant)).await? {}
    }
    Ok(())
}

/// Whether there may be more.
async fn fill_some(connection: &mut PgConnection, tenant: TenantId) -> Result<bool, sqlx::Error> {
    let text = format!("BEGIN; SET LOCAL app.tenant = '{}'", tenant.0.as_hyphenated());
    let mut tx = connection.begin_with(sqlx::AssertSqlSafe(text)).await?;
    let ids = sqlx::query_scalar!(
        "SELECT id FROM referral WHERE tenant_id = $1 AND listed < $2 ORDER BY listed, id LIMIT $3 FOR UPDATE",
        tenant.0,
        RULES,
        AT_ONCE
    )
    .fetch_all(&mut *tx)
    .await?;
    let more = i64::try_from(ids.len()).is_ok_and(|rows| rows == AT_ONCE);
    for record in records(&mut tx, tenant.0, &ids).await? {
        let id = record.id;
        // Whoever cannot be read stands in no list, and does not stop an update.
        if let Ok(referral) = record.referral() {
            put_keys(&mut tx, tenant, &referral).await?;
        } else {
            tracing::error!(referral = %id, "a record cannot be read, so no list shows it");
        }
    }
    sqlx::query!(
        "UPDATE referral SET listed = $3 WHERE tenant_id = $1 AND id = ANY ($2)",
        tenant.0,
        &ids,
        RULES
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(more)
}

async fn put_keys(
    connection: &mut PgConnection,
    tenant: TenantId,
    referral: &Referral,
) -> Result<(), sqlx::Error> {
    let row = referral.row();
    let id = Uuid::from(row.referral);
    let keys: Vec<String> = referral.list_keys().iter().map(|key| key.as_str().to_owned()).collect();
    let owners: Vec<Uuid> = row.owners.iter().copied().map(Uuid::from).collect();
    sqlx::query!("DELETE FROM list_key WHERE tenant_id = $1 AND referral_id = $2", tenant.0, id)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "INSERT INTO list_key (tenant_id, referral_id, key, team_id, rank, received_at, next_due, since)
         SELECT $1, $2, k.key, $4, $5, $6, $7, $6 FROM unnest($3::text[]) AS k (key)",
        tenant.0,
        id,
        &keys,
        Uuid::from(row.team),
        i16::from(!row.flagged),
        sql(row.received_at) as _,
        row.next_due.map(sql) as _,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE referral SET owners = $3, source = $4, age_group = $5 WHERE tenant_id = $1 AND id = $2",
        tenant.0,
        id,
        &owners,
        referral.for_whom().code(),
        referral.age_group().code(),
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}
