//! Seam entry: work for later. A job holds a tenant, a kind and an id; its handler begins a transaction of its own as
//! `System`. The table of jobs and nothing else; it holds no person's data.

use jiff::Timestamp;
use onedoor_domain::ids::{
    AgreementId, CodeId, DraftId, DryRunId, EntryId, FileId, HandoverId, NoticeId, PageId, ReferralId,
    TaskId, TenantId, UserId,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Db, Tx, sql, to_stored};

/// What a job is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// Send a message.
    Notice(ReferralId, NoticeId),
    /// Ring the next rung of a duty page.
    Page(ReferralId, PageId),
    /// Send an overdue task one level up.
    Task(ReferralId, TaskId),
    /// Take back a handover that nobody answered, or met the person, in time.
    Handover(ReferralId, HandoverId),
    /// Go on with a dry run of a draft of the matching rules.
    DryRun(DryRunId),
    /// Look whether somebody covers for a key worker who may not be there.
    Cover(UserId),
    /// Ask for an agreement to be renewed, or send that one level up.
    Agreement(AgreementId),
    /// Remove a draft that ran out.
    Draft(DraftId),
    /// Remove a request that staff began to write down and nobody finished.
    Entry(EntryId),
    /// Have a file looked at by the scanner.
    File(FileId),
    /// Send a one-time code, or remove what is left of it.
    Code(CodeId),
}

/// One piece of work, leased to whoever took it.
#[derive(Debug)]
pub struct Job {
    /// For which county.
    pub tenant: TenantId,
    /// Its id.
    pub id: Uuid,
    /// What for.
    pub work: Work,
    /// How often it was tried before.
    pub tries: i32,
    /// Until when it is leased; who took it after that has another one.
    until: Timestamp,
    pool: PgPool,
}

/// Which jobs a worker takes. Duty pages have a lane of their own: no slow mail server may hold them up (hazard H01). So have
/// codes, which work for minutes only: a thousand waiting messages may not stand before them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    /// Duty pages.
    Duty,
    /// One-time codes.
    Codes,
    /// Everything else.
    Rest,
}

impl Lane {
    fn code(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Codes => "codes",
            Self::Rest => "rest",
        }
    }
}

/// A taken job comes back after this long when its taker died.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

impl Db {
    /// Seam entry: takes the next due job of a lane, of any tenant. Two workers never take the same one.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn next_job(&self, lane: Lane, now: Timestamp) -> Result<Option<Job>, StoreError> {
        let back = now.saturating_add(LEASE).unwrap_or(now);
        let row = sqlx::query!(
            "UPDATE job SET run_at = $2, tries = tries + 1
             WHERE (tenant_id, id) = (
                 SELECT tenant_id, id FROM job
                 WHERE run_at <= $1 AND CASE kind WHEN 'page' THEN 'duty' WHEN 'code' THEN 'codes' ELSE 'rest' END = $3
                 ORDER BY run_at, tenant_id, id LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING tenant_id, id, kind, subject_id, tries",
            sql(now) as _,
            sql(back) as _,
            lane.code()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let referral = ReferralId(row.subject_id);
        let work = match row.kind.as_str() {
            "notice" => Work::Notice(referral, NoticeId(row.id)),
            "page" => Work::Page(referral, PageId(row.id)),
            "task" => Work::Task(referral, TaskId(row.id)),
            "handover" => Work::Handover(referral, HandoverId(row.id)),
            "dry-run" => Work::DryRun(DryRunId(row.id)),
            "cover" => Work::Cover(UserId(row.id)),
            "agreement" => Work::Agreement(AgreementId(row.id)),
            "draft" => Work::Draft(DraftId(row.id)),
            "entry" => Work::Entry(EntryId(row.id)),
            "file" => Work::File(FileId(row.id)),
            "code" => Work::Code(CodeId(row.id)),
            _ => return Err(StoreError::Unreadable("job")),
        };
        let tenant = TenantId(row.tenant_id);
        Ok(Some(Job {
            tenant,
            id: row.id,
            work,
            tries: row.tries - 1,
            until: to_stored(back),
            pool: self.pool.clone(),
        }))
    }
}

impl Job {
    /// Sets a job to a later time, or removes it: for work that turned out to be done or not due. A job that a commit has
    /// set anew meanwhile stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn settle(self, again_at: Option<Timestamp>) -> Result<(), StoreError> {
        let (tenant, id, until) = (Uuid::from(self.tenant), self.id, sql(self.until));
        match again_at {
            Some(at) => {
                sqlx::query!(
                    "UPDATE job SET run_at = $3 WHERE tenant_id = $1 AND id = $2 AND run_at = $4",
                    tenant,
                    id,
                    sql(at) as _,
                    until as _
                )
                .execute(&self.pool)
                .await?
            }
            None => {
                sqlx::query!(
                    "DELETE FROM job WHERE tenant_id = $1 AND id = $2 AND run_at = $3",
                    tenant,
                    id,
                    until as _
                )
                .execute(&self.pool)
                .await?
            }
        };
        Ok(())
    }
}

impl Tx {
    /// Writes the one job of a subject that has no other, or moves it: its id is the subject's.
    pub(crate) async fn put_job(
        &mut self,
        kind: &str,
        id: Uuid,
        run_at: Timestamp,
    ) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries) VALUES ($1, $2, $3, $2, $4, 0)
             ON CONFLICT (tenant_id, id) DO UPDATE SET run_at = excluded.run_at, tries = 0",
            tenant,
            id,
            kind,
            sql(run_at) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Removes a job that is done, or whose subject is gone.
    pub(crate) async fn remove_job(&mut self, id: Uuid) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!("DELETE FROM job WHERE tenant_id = $1 AND id = $2", tenant, id)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
