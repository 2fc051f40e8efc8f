//! Sessions of people who follow a referral from outside, as they begin and end.

use onedoor_domain::track::Tracking;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};

impl Tx {
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
