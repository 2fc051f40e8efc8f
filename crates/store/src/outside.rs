//! What is asked without an actor because it is about nobody: how busy the database is, how much waits, and the
//! county's settings that stand on every page. Counts and settings; it must not read what anybody said or is called.

use jiff::Timestamp;
use onedoor_domain::county::County;
use onedoor_domain::ids::TenantId;

use crate::county::county;
use crate::error::StoreError;
use crate::seam::{Db, begin_for, sql};

/// The view from outside every record: for the metrics and the frame around a page.
#[derive(Clone, Copy, Debug)]
pub struct Outside<'a> {
    db: &'a Db,
}

impl<'a> Outside<'a> {
    /// Of this database.
    pub fn of(db: &'a Db) -> Self {
        Self { db }
    }

    /// The county's settings for the frame of a page, read beside any open transaction.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] before the county was set up.
    pub async fn county(&self, tenant: TenantId) -> Result<County, StoreError> {
        let mut inner = begin_for(&self.db.aside, tenant).await?;
        let (county, _) = county(&mut inner, tenant).await?;
        inner.rollback().await?;
        Ok(county)
    }

    /// How many jobs are due, and since when the oldest of them, for the metrics.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn jobs_due(&self, now: Timestamp) -> Result<(i64, Option<Timestamp>), StoreError> {
        let row = sqlx::query!(
            r#"SELECT count(*) AS "count!", min(run_at) AS oldest
               FROM (SELECT run_at FROM job WHERE run_at <= $1 ORDER BY run_at LIMIT 10000) AS due"#,
            sql(now) as _
        )
        .fetch_one(&self.db.pool)
        .await?;
        Ok((row.count, row.oldest.map(jiff_sqlx::Timestamp::to_jiff)))
    }

    /// How many messages of all counties still wait for something, by the code of their state, for the metrics. Messages
    /// that are settled are not counted: there are many, and nobody has to do anything about them.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn notices_unsettled(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let mut counts = Vec::new();
        for tenant in sqlx::query_scalar!("SELECT id FROM tenant").fetch_all(&self.db.pool).await? {
            let mut inner = begin_for(&self.db.pool, TenantId(tenant)).await?;
            let rows = sqlx::query!(
                r#"SELECT state, count(*) AS "count!" FROM notice
                   WHERE tenant_id = $1 AND state IN ('queued', 'spooled', 'asked', 'failed', 'printed')
                   GROUP BY state"#,
                tenant
            )
            .fetch_all(&mut *inner)
            .await?;
            inner.rollback().await?;
            counts.extend(rows.into_iter().map(|row| (row.state, row.count)));
        }
        Ok(counts)
    }

    /// How often people of all counties were asked again what they had answered before, for the metrics.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn questions_repeated(&self) -> Result<i64, StoreError> {
        let mut all = 0;
        for tenant in sqlx::query_scalar!("SELECT id FROM tenant").fetch_all(&self.db.pool).await? {
            let mut inner = begin_for(&self.db.pool, TenantId(tenant)).await?;
            all += sqlx::query_scalar!(
                r#"SELECT coalesce(sum(repeats), 0) AS "sum!" FROM referral WHERE tenant_id = $1 AND repeats > 0"#,
                tenant
            )
            .fetch_one(&mut *inner)
            .await?;
            inner.rollback().await?;
        }
        Ok(all)
    }

    /// Connections open and connections idle, for the metrics.
    pub fn connections(&self) -> (u32, usize) {
        (self.db.pool.size(), self.db.pool.num_idle())
    }
}
