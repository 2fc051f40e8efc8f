//! Where a referral stands, for whoever asked for somebody else: the link, and the list of what an organisation sent.

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target, Visible, reveal};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::section::Section;
use onedoor_domain::track::{SentRequest, StatusKey};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};
use crate::task::{Cursor, PAGE};

/// One page of the requests that an organisation sent, the newest first.
#[derive(Debug)]
pub struct SentList {
    /// Where each stands, as far as the person allows now.
    pub rows: Vec<(ReferralId, Visible<Section>)>,
    /// After which row the next page begins.
    pub next: Option<Cursor>,
}

impl Tx {
    /// What became of the link to where a referral stands: for the sign-in, and for whoever has opened the referral. None while
    /// the first link is good.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody else.
    pub async fn status_key(&mut self, id: ReferralId) -> Result<Option<StatusKey>, StoreError> {
        if !self.has_opened(Self::referral_subject(id)) {
            self.require(Action::TrackBegin, None, &Target::Role).await?;
        }
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT hash, changed_at FROM status_key WHERE tenant_id = $1 AND referral_id = $2",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let hash = row.hash.map(<[u8; 32]>::try_from).transpose();
        let hash = hash.map_err(|_| StoreError::Unreadable("status key"))?;
        Ok(Some(StatusKey { referral: id, hash, changed_at: row.changed_at.to_jiff() }))
    }

    /// The requests that the actor's own organisation sent. `after` is the last row shown.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn sent_requests(&mut self, after: Option<Cursor>) -> Result<SentList, StoreError> {
        self.require(Action::SentRead, None, &Target::Role).await?;
        let tenant = self.tenant();
        let Some(org) = self.ctx.actor.staff().map(|staff| staff.org) else {
            return Ok(SentList { rows: Vec::new(), next: None });
        };
        let (at, id) = after.map_or((Timestamp::MAX, Uuid::max()), |cursor| (cursor.at, cursor.id));
        let mut found = sqlx::query_file!("sql/sent_requests.sql", tenant, Uuid::from(org), sql(at) as _, id)
            .fetch_all(self.conn())
            .await?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = found.len() > size;
        found.truncate(size);
        let last = found.last().filter(|_| more);
        let next = last.map(|row| Cursor { rank: 0, at: row.received_at.to_jiff(), id: row.referral_id });
        self.saw_list(Action::SentRead, found.iter().map(|row| row.referral_id).collect());
        let ids: Vec<ReferralId> = found.iter().map(|row| ReferralId(row.referral_id)).collect();
        let mut rows = Vec::with_capacity(ids.len());
        for referral in self.fetch_referrals(&ids).await? {
            let subject = Self::referral_subject(referral.id());
            self.require(Action::SentRead, Some(subject), &Target::Sent(org)).await?;
            let stands = referral.referred().map(Section::Referred).into_iter().collect();
            let shown = reveal(&self.ctx.actor, stands).shown.into_iter().next();
            rows.extend(shown.map(|stands| (referral.id(), stands)));
        }
        Ok(SentList { rows, next })
    }

    pub(crate) async fn write_status_key(&mut self, key: &StatusKey) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let hash = key.hash.as_ref().map(<[u8; 32]>::as_slice);
        sqlx::query!(
            "INSERT INTO status_key (tenant_id, referral_id, hash, changed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, referral_id) DO UPDATE
             SET hash = excluded.hash, changed_at = excluded.changed_at",
            tenant,
            Uuid::from(key.referral),
            hash,
            sql(key.changed_at) as _,
        )
        .execute(self.conn())
        .await?;
        // What was kept by an earlier link goes with it.
        sqlx::query!(
            "DELETE FROM sent_request WHERE tenant_id = $1 AND referral_id = $2",
            tenant,
            Uuid::from(key.referral)
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn write_sent_request(&mut self, sent: &SentRequest) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO sent_request (tenant_id, referral_id, org_id, received_at, kept_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, referral_id, org_id) DO NOTHING",
            tenant,
            Uuid::from(sent.referral),
            Uuid::from(sent.org),
            sql(sent.received_at) as _,
            sql(sent.kept_at) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
