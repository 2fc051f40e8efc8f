//! Drafts of public forms: one visitor's, found by their cookie; come back to by a phrase or a proved address; removed when
//! they run out.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::{Actor, VisitorKey};
use onedoor_domain::change::Noun;
use onedoor_domain::code::AddressProof;
use onedoor_domain::door::{Draft, DraftState, PhraseKey, WaysBack};
use onedoor_domain::ids::DraftId;
use onedoor_domain::referral::Referral;
use serde_json::Value;
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

    /// The referral a form became, locked: whoever holds the form may ask to be called, and sees nothing of it.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn referral_of_draft(&mut self, draft: &Draft) -> Result<Option<Referral>, StoreError> {
        let DraftState::Sent { referral, .. } = &draft.state else { return Ok(None) };
        let subject = Self::referral_subject(*referral);
        self.require(Action::ReferralSubmit, Some(subject), &Target::Draft(&draft.visitor)).await?;
        self.remember(subject, Loaded::Draft(draft.visitor));
        self.locked_referral(*referral).await
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

    /// The draft of this return phrase: its keyed hash is the proof.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for whoever comes back to nothing.
    pub async fn draft_by_phrase(&mut self, phrase: PhraseKey) -> Result<Option<Draft>, StoreError> {
        self.require(Action::DraftReturn, None, &Target::Proved).await?;
        let tenant = self.tenant();
        let row = sqlx::query_file_as!(DraftRow, "sql/draft_by_phrase.sql", tenant, phrase.as_slice())
            .fetch_optional(self.conn())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let draft = row.draft()?;
        self.proved(&draft);
        Ok(Some(draft))
    }

    /// The drafts kept under an address that a code has proved, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for whoever comes back to nothing.
    pub async fn drafts_by_address(&mut self, proof: &AddressProof) -> Result<Vec<Draft>, StoreError> {
        self.require(Action::DraftReturn, None, &Target::Proved).await?;
        let (tenant, address) = (self.tenant(), proof.key());
        let rows = sqlx::query_file_as!(DraftRow, "sql/drafts_by_address.sql", tenant, address.as_slice())
            .fetch_all(self.conn())
            .await?;
        let drafts = rows.into_iter().map(DraftRow::draft).collect::<Result<Vec<_>, _>>()?;
        for draft in &drafts {
            self.proved(draft);
        }
        Ok(drafts)
    }

    /// What this browser holds, the newest first; nothing for a browser without a cookie.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for whoever has no drafts.
    pub async fn own_drafts(&mut self) -> Result<Vec<Draft>, StoreError> {
        let Actor::Public(Some(visitor)) = self.ctx.actor else { return Ok(Vec::new()) };
        self.require(Action::DraftRead, None, &Target::Draft(&visitor)).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_file_as!(DraftRow, "sql/own_drafts.sql", tenant, visitor.as_slice())
            .fetch_all(self.conn())
            .await?;
        let drafts = rows.into_iter().map(DraftRow::draft).collect::<Result<Vec<_>, _>>()?;
        for draft in &drafts {
            let subject = Self::subject(Noun::Draft, draft.id);
            self.remember(subject, Loaded::Draft(visitor));
            self.saw(Action::DraftRead, subject, vec![]);
        }
        Ok(drafts)
    }

    fn proved(&mut self, draft: &Draft) {
        let subject = Self::subject(Noun::Draft, draft.id);
        self.remember(subject, Loaded::Proved);
        self.saw(Action::DraftReturn, subject, vec![]);
    }

    async fn find_draft(&mut self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        let tenant = self.tenant();
        let row = sqlx::query_as!(
            DraftRow,
            "SELECT id, visitor, version, state, answers, saved_at, address_hash, phrase_hash
             FROM draft WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(DraftRow::draft).transpose()
    }

    pub(crate) async fn write_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO draft AS d
                 (tenant_id, id, visitor, version, state, answers, saved_at, address_hash, phrase_hash)
             VALUES ($1, $2, $3, $4::bigint + 1, $5, $6, $7, $8, $9)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET visitor = excluded.visitor, version = excluded.version, state = excluded.state,
                 answers = excluded.answers, saved_at = excluded.saved_at,
                 address_hash = excluded.address_hash, phrase_hash = excluded.phrase_hash
             WHERE d.version = $4",
            tenant,
            Uuid::from(draft.id),
            draft.visitor.as_slice(),
            draft.version,
            document(&draft.state)?,
            document(&draft.answers)?,
            sql(draft.saved_at) as _,
            draft.back.address.as_ref().map(<[u8; 32]>::as_slice),
            draft.back.phrase.as_ref().map(<[u8; 32]>::as_slice),
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        self.put_job("draft", draft.id.into(), draft.expires_at()).await
    }

    pub(crate) async fn remove_draft(&mut self, id: DraftId) -> Result<(), StoreError> {
        let tenant = self.tenant();
        self.remove_files_of_form(id.into()).await?;
        sqlx::query!("DELETE FROM draft WHERE tenant_id = $1 AND id = $2", tenant, Uuid::from(id))
            .execute(self.conn())
            .await?;
        self.remove_job(id.into()).await
    }
}

/// A draft as its table holds it.
struct DraftRow {
    id: Uuid,
    visitor: Vec<u8>,
    version: i64,
    state: Value,
    answers: Value,
    saved_at: jiff_sqlx::Timestamp,
    address_hash: Option<Vec<u8>>,
    phrase_hash: Option<Vec<u8>>,
}

impl DraftRow {
    fn draft(self) -> Result<Draft, StoreError> {
        let state: DraftState = read(self.state, "draft")?;
        let back = WaysBack { address: hash(self.address_hash)?, phrase: hash(self.phrase_hash)? };
        Ok(Draft {
            id: DraftId(self.id),
            visitor: self.visitor.try_into().map_err(|_| StoreError::Unreadable("visitor"))?,
            version: self.version,
            answers: read(self.answers, "answers")?,
            state,
            saved_at: self.saved_at.to_jiff(),
            back,
        })
    }
}

fn hash(stored: Option<Vec<u8>>) -> Result<Option<[u8; 32]>, StoreError> {
    stored.map(|bytes| bytes.try_into().map_err(|_| StoreError::Unreadable("hash"))).transpose()
}
