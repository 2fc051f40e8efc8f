//! Work for later. A job holds a tenant, a kind and an id; its handler begins a transaction of its own as `System`.

use jiff::Timestamp;
use onedoor_domain::ids::{DraftId, NoticeId, PageId, ReferralId, TaskId, TenantId};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Db, sql};

/// What a job is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// Send a message.
    Notice(ReferralId, NoticeId),
    /// Ring the next rung of a duty page.
    Page(ReferralId, PageId),
    /// Send an overdue task one level up.
    Task(ReferralId, TaskId),
    /// Remove a draft that ran out.
    Draft(DraftId),
}

/// One piece of work, leased to whoever took it.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// For which county.
    pub tenant: TenantId,
    /// Its id.
    pub id: Uuid,
    /// What for.
    pub work: Work,
    /// How often it was tried before.
    pub tries: i32,
}

/// A taken job comes back after this long when its taker died.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

impl Db {
    /// Seam entry: takes the next due job, of any tenant. Two workers never take the same one.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn next_job(&self, now: Timestamp) -> Result<Option<Job>, StoreError> {
        let back = now.saturating_add(LEASE).unwrap_or(now);
        let row = sqlx::query!(
            "UPDATE job SET run_at = $2, tries = tries + 1
             WHERE (tenant_id, id) = (
                 SELECT tenant_id, id FROM job WHERE run_at <= $1 ORDER BY run_at, tenant_id, id
                 LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING tenant_id, id, kind, subject_id, tries",
            sql(now) as _,
            sql(back) as _
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let referral = ReferralId(row.subject_id);
        let work = match row.kind.as_str() {
            "notice" => Work::Notice(referral, NoticeId(row.id)),
            "page" => Work::Page(referral, PageId(row.id)),
            "task" => Work::Task(referral, TaskId(row.id)),
            "draft" => Work::Draft(DraftId(row.id)),
            _ => return Err(StoreError::Unreadable("job")),
        };
        Ok(Some(Job { tenant: TenantId(row.tenant_id), id: row.id, work, tries: row.tries - 1 }))
    }

    /// Sets a job to a later time, or removes it: for work that turned out to be done or not due.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn settle_job(&self, job: &Job, again_at: Option<Timestamp>) -> Result<(), StoreError> {
        let (tenant, id) = (Uuid::from(job.tenant), job.id);
        match again_at {
            Some(at) => {
                sqlx::query!(
                    "UPDATE job SET run_at = $3 WHERE tenant_id = $1 AND id = $2",
                    tenant,
                    id,
                    sql(at) as _
                )
                .execute(&self.pool)
                .await?
            }
            None => {
                sqlx::query!("DELETE FROM job WHERE tenant_id = $1 AND id = $2", tenant, id)
                    .execute(&self.pool)
                    .await?
            }
        };
        Ok(())
    }

    /// How many jobs wait and how late the latest is, for the metrics.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn jobs_waiting(&self, now: Timestamp) -> Result<i64, StoreError> {
        let count = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM (SELECT 1 FROM job WHERE run_at <= $1 LIMIT 10000) AS due"#,
            sql(now) as _
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }
}
