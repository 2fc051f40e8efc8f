//! Following a referral from outside: what opens it, and the sessions of those who do.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::code::Address;
use onedoor_domain::ids::{NoticeId, ReferralId};
use onedoor_domain::track::{ReturnKey, Scope, Tracking};
use onedoor_domain::value::Reference;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};

impl Tx {
    /// What opens the referral with this reference, for the sign-in alone. None where no referral has it, where nobody kept
    /// a phrase, and where it may not be followed any more: which of them is never told.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in.
    pub async fn return_key(
        &mut self,
        reference: &Reference,
        scope: Scope,
    ) -> Result<Option<ReturnKey>, StoreError> {
        self.require(Action::TrackBegin, None, &Target::Role).await?;
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT k.referral_id, k.hash, k.made_at
             FROM referral r JOIN return_key k ON k.tenant_id = r.tenant_id AND k.referral_id = r.id
             WHERE r.tenant_id = $1 AND r.reference = $2 AND k.scope = $3",
            tenant,
            reference.as_str(),
            scope.code()
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let id = ReferralId(row.referral_id);
        let now = self.ctx.now;
        if !self.fetch_referral(id).await?.is_some_and(|referral| referral.may_be_followed(now)) {
            return Ok(None);
        }
        let hash = row.hash.try_into().map_err(|_| StoreError::Unreadable("return key"))?;
        Ok(Some(ReturnKey { referral: id, scope, hash, made_at: row.made_at.to_jiff() }))
    }

    /// The referral with this reference and where a code for it may go, for the sign-in alone; nothing where no referral has
    /// it. A reference that nobody has is looked up like any other.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in.
    pub async fn code_addresses(
        &mut self,
        reference: &Reference,
    ) -> Result<(ReferralId, Vec<Address>), StoreError> {
        self.require(Action::TrackBegin, None, &Target::Role).await?;
        let tenant = self.tenant();
        let found = sqlx::query_scalar!(
            "SELECT id FROM referral WHERE tenant_id = $1 AND reference = $2",
            tenant,
            reference.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        let id = found.map_or_else(|| self.ctx.new_id(), ReferralId);
        Ok((id, self.addresses_of(id).await?))
    }

    /// The letter whose words bring somebody back to the referral with this reference, for the sign-in alone. None where none
    /// does, and once a phrase was kept after it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in.
    pub async fn ending_letter(
        &mut self,
        reference: &Reference,
    ) -> Result<Option<(ReferralId, NoticeId)>, StoreError> {
        self.require(Action::TrackBegin, None, &Target::Role).await?;
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT r.id, (SELECT max(k.made_at) FROM return_key k
                           WHERE k.tenant_id = r.tenant_id AND k.referral_id = r.id) AS kept_at
             FROM referral r WHERE r.tenant_id = $1 AND r.reference = $2",
            tenant,
            reference.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        let kept_at = row.as_ref().and_then(|row| row.kept_at.map(jiff_sqlx::Timestamp::to_jiff));
        let id = row.map_or_else(|| self.ctx.new_id(), |row| ReferralId(row.id));
        let now = self.ctx.now;
        let letter = self.fetch_referral(id).await?.and_then(|referral| referral.ending_letter(now));
        let good = letter.filter(|(_, made_at)| kept_at.is_none_or(|kept_at| kept_at < *made_at));
        Ok(good.map(|(notice, _)| (id, notice)))
    }

    /// Where a code for this referral may go now: what was safe when it was asked for may not be any more.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in.
    pub async fn code_addresses_of(&mut self, id: ReferralId) -> Result<Vec<Address>, StoreError> {
        self.require(Action::TrackBegin, None, &Target::Role).await?;
        self.addresses_of(id).await
    }

    async fn addresses_of(&mut self, id: ReferralId) -> Result<Vec<Address>, StoreError> {
        let now = self.ctx.now;
        let found = self.fetch_referral(id).await?;
        Ok(found.map(|referral| referral.code_addresses(now)).unwrap_or_default())
    }

    pub(crate) async fn write_return_key(&mut self, key: &ReturnKey) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO return_key (tenant_id, referral_id, scope, hash, made_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (tenant_id, referral_id, scope) DO UPDATE
             SET hash = excluded.hash, made_at = excluded.made_at",
            tenant,
            Uuid::from(key.referral),
            key.scope.code(),
            key.hash.as_slice(),
            sql(key.made_at) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(crate) async fn write_tracking(&mut self, tracking: &Tracking) -> Result<(), StoreError> {
        let tenant = self.tenant();
        // An ended session stays ended.
        sqlx::query!(
            "INSERT INTO tracking AS t (tenant_id, id, referral_id, scope, token_hash, began_at, seen_at, ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET seen_at = excluded.seen_at, ended_at = coalesce(t.ended_at, excluded.ended_at)",
            tenant,
            Uuid::from(tracking.id),
            Uuid::from(tracking.holder.referral),
            tracking.holder.scope.code(),
            tracking.token_hash.as_slice(),
            sql(tracking.began_at) as _,
            sql(tracking.seen_at) as _,
            tracking.ended_at.map(sql) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
