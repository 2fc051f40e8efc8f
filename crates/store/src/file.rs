//! Files that came with a request: the one module that holds what is in them. Says what a file is to whoever may see its
//! record, and gives the bytes only where somebody asks for them.

use onedoor_domain::access::{Action, Target, reveal};
use onedoor_domain::change::Noun;
use onedoor_domain::door::Draft;
use onedoor_domain::entry::Entry;
use onedoor_domain::file::{Content, File};
use onedoor_domain::ids::{DraftId, EntryId, FileId, ReferralId};
use onedoor_domain::referral::Referral;
use onedoor_domain::section::Section;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::write::document;

impl Tx {
    /// One's own draft, locked, and the files it has.
    ///
    /// # Errors
    /// As [`Tx::draft`].
    pub async fn draft_with_files(
        &mut self,
        id: DraftId,
        action: Action,
    ) -> Result<(Draft, Vec<File>), StoreError> {
        let draft = self.draft(id, action).await?;
        let files = self.files_of(id.into()).await?;
        Ok((draft, files))
    }

    /// A referral to change, and the files it has.
    ///
    /// # Errors
    /// As [`Tx::referral`].
    pub async fn referral_with_files(
        &mut self,
        id: ReferralId,
        action: Action,
    ) -> Result<(Referral, Vec<File>), StoreError> {
        let referral = self.referral(id, action).await?;
        let files = self.files_of(id.into()).await?;
        Ok((referral, files))
    }

    /// One file of a referral and what is in it, for somebody whose role sees files.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn file_of(
        &mut self,
        referral: ReferralId,
        id: FileId,
        action: Action,
    ) -> Result<(File, Content), StoreError> {
        self.load_referral(referral, action).await?;
        let subject = Self::subject(Noun::File, id);
        let found = self.fetch_file(id).await?.filter(|(file, _)| file.of == Uuid::from(referral));
        let Some((file, content)) = found else { return Err(self.absent(action, subject).await) };
        if reveal(&self.ctx.actor, vec![Section::Files(Vec::new())]).shown.is_empty() {
            return Err(self.absent(action, subject).await);
        }
        self.saw(action, subject, vec![referral.into()]);
        Ok((file, content))
    }

    /// A file for the scanner.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the worker; [`StoreError::Hidden`] when it was removed meanwhile.
    pub async fn file_to_scan(&mut self, id: FileId) -> Result<(File, Content), StoreError> {
        let subject = Self::subject(Noun::File, id);
        self.require(Action::FileScan, Some(subject), &Target::Role).await?;
        match self.fetch_file(id).await? {
            Some(found) => Ok(found),
            None => Err(StoreError::Hidden),
        }
    }

    /// An entry of one's own team, locked, and the files it has.
    ///
    /// # Errors
    /// As [`Tx::entry`].
    pub async fn entry_with_files(&mut self, id: EntryId) -> Result<(Entry, Vec<File>), StoreError> {
        let entry = self.entry(id).await?;
        let files = self.files_of(id.into()).await?;
        Ok((entry, files))
    }

    pub(crate) async fn files_of(&mut self, subject: Uuid) -> Result<Vec<File>, StoreError> {
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM file WHERE tenant_id = $1 AND subject_id = $2 ORDER BY id",
            tenant,
            subject
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "file")).collect()
    }

    async fn fetch_file(&mut self, id: FileId) -> Result<Option<(File, Content)>, StoreError> {
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT body, sha256, content FROM file WHERE tenant_id = $1 AND id = $2",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if Sha256::digest(&row.content).as_slice() != row.sha256 {
            return Err(StoreError::Unreadable("file"));
        }
        Ok(Some((read(row.body, "file")?, Content::from(row.content))))
    }

    pub(crate) async fn write_new_file(&mut self, file: &File, content: &Content) -> Result<(), StoreError> {
        let (tenant, now) = (self.tenant(), self.ctx.now);
        let sha256 = Sha256::digest(content.bytes());
        sqlx::query!(
            "INSERT INTO file (tenant_id, id, subject_id, scan, body, sha256, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO NOTHING",
            tenant,
            Uuid::from(file.id),
            file.of,
            file.scan.code(),
            document(file)?,
            sha256.as_slice(),
            content.bytes(),
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries) VALUES ($1, $2, 'file', $3, $4, 0)
             ON CONFLICT (tenant_id, id) DO NOTHING",
            tenant,
            Uuid::from(file.id),
            file.of,
            sql(now) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// A scanner's answer ends the job that asked for it.
    pub(crate) async fn write_file(&mut self, file: &File) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "UPDATE file SET scan = $3, body = $4 WHERE tenant_id = $1 AND id = $2",
            tenant,
            Uuid::from(file.id),
            file.scan.code(),
            document(file)?,
        )
        .execute(self.conn())
        .await?;
        self.remove_job(file.id.into()).await
    }

    pub(crate) async fn remove_file(&mut self, id: FileId) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!("DELETE FROM file WHERE tenant_id = $1 AND id = $2", tenant, Uuid::from(id))
            .execute(self.conn())
            .await?;
        self.remove_job(id.into()).await
    }

    /// A form that was never sent takes its files along; those of a sent one are the referral's.
    pub(crate) async fn remove_files_of_form(&mut self, id: Uuid) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "WITH gone AS (
                 DELETE FROM file AS f WHERE f.tenant_id = $1 AND f.subject_id = $2
                     AND NOT EXISTS (SELECT 1 FROM referral AS r WHERE r.tenant_id = $1 AND r.id = $2)
                 RETURNING f.id)
             DELETE FROM job AS j USING gone WHERE j.tenant_id = $1 AND j.id = gone.id",
            tenant,
            id
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
