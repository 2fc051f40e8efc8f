//! Drafts of public forms: one visitor's, found by their cookie, removed when they run out.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::VisitorKey;
use onedoor_domain::change::Noun;
use onedoor_domain::door::{Draft, DraftState};
use onedoor_domain::ids::DraftId;
use serde_json::json;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Loaded, Tx, sql};
use crate::write::{document, expect_one};

impl Tx {
    /// One's own draft, locked. Somebody else's looks as if it did not exist.
    ///
    /// # Errors
    /// [`StoreError::Hidden`].
    pub async fn draft(&mut self, id: DraftId, action: Action) -> Result<Draft, StoreError> {
        let subject = Self::subject(Noun::Draft, id);
        let Some(draft) = self.find_draft(id).await? else { return Err(self.absent(action, subject).await) };
        self.require(action, Some(subject), &Target::Draft(&draft.visitor)).await?;
        self.remember(subject, Loaded::Draft(draft.visitor));
        self.saw(action, subject, vec![]);
        Ok(draft)
    }

    /// One's own draft if it was saved before, else an empty one with this id.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] when the id is somebody else's.
    pub async fn draft_or_new(&mut self, id: DraftId, visitor: VisitorKey) -> Result<Draft, StoreError> {
        let subject = Self::subject(Noun::Draft, id);
        let draft = match self.find_draft(id).await? {
            Some(draft) => draft,
            None => Draft::begin(id, visitor, self.ctx.now),
        };
        self.require(Action::DraftWrite, Some(subject), &Target::Draft(&draft.visitor)).await?;
        self.remember(subject, Loaded::Draft(draft.visitor));
        Ok(draft)
    }

    async fn find_draft(&mut self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT id, visitor, version, state, answers, saved_at
             FROM draft WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let state: DraftState = read(row.state, "draft")?;
        Ok(Some(Draft {
            id: DraftId(row.id),
            visitor: row.visitor.try_into().map_err(|_| StoreError::Unreadable("visitor"))?,
            version: row.version,
            answers: read(row.answers, "answers")?,
            state,
            saved_at: row.saved_at.to_jiff(),
        }))
    }

    pub(crate) async fn write_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO draft AS d (tenant_id, id, visitor, version, state, answers, saved_at)
             VALUES ($1, $2, $3, $4::bigint + 1, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET version = excluded.version, state = excluded.state, answers = excluded.answers,
                 saved_at = excluded.saved_at
             WHERE d.version = $4",
            tenant,
            Uuid::from(draft.id),
            draft.visitor.as_slice(),
            draft.version,
            document(&draft.state)?,
            document(&draft.answers)?,
            sql(draft.saved_at) as _,
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        self.schedule_purge(draft).await
    }

    async fn schedule_purge(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let job = json!([{ "id": draft.id, "run_at": draft.expires_at() }]);
        sqlx::query!(
            "INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
             SELECT $1, j.id, 'draft', j.id, j.run_at, 0
             FROM jsonb_to_recordset($2) AS j (id uuid, run_at timestamptz)
             ON CONFLICT (tenant_id, id) DO UPDATE SET run_at = excluded.run_at, tries = 0",
            tenant,
            job,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn remove_draft(&mut self, id: DraftId) -> Result<(), StoreError> {
        let tenant = self.tenant();
        self.remove_files_of_draft(id).await?;
        sqlx::query!("DELETE FROM draft WHERE tenant_id = $1 AND id = $2", tenant, Uuid::from(id))
            .execute(self.conn())
            .await?;
        sqlx::query!("DELETE FROM job WHERE tenant_id = $1 AND id = $2", tenant, Uuid::from(id))
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
