//! Following a referral from outside: what opens it, and the sessions of those who do.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::ids::ReferralId;
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
