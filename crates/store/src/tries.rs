//! Limits on tries. The table of attempts and nothing else: a keyed hash, a time and a number.

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target};

use crate::error::StoreError;
use crate::seam::{Tx, sql};

impl Tx {
    /// Counts one try in a window and says whether it is within the limit. The disk is not waited for: a crash of the machine
    /// forgets the tries of its last second. The bucket is a hash made by the caller. It
    /// takes the transaction, so that a count stands whatever comes of the try, and proves nothing to answer with.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn try_within(mut self, bucket: [u8; 32], limit: Limit) -> Result<bool, StoreError> {
        let start = limit.began(self.ctx.now);
        let tenant = self.tenant();
        let tries = sqlx::query!(
            "INSERT INTO attempt AS a (tenant_id, bucket, window_start, tries) VALUES ($1, $2, $3, 1)
             ON CONFLICT (tenant_id, bucket, window_start) DO UPDATE SET tries = a.tries + 1
             RETURNING tries, set_config('synchronous_commit', 'off', true) AS soon",
            tenant,
            bucket.as_slice(),
            sql(start) as _
        )
        .fetch_one(self.conn())
        .await?
        .tries;
        if tries == 1 {
            // Each new row takes old ones with it, whosever they are: who types a made-up name never comes back for it.
            sqlx::query!(
                "DELETE FROM attempt WHERE (tenant_id, bucket, window_start) IN (
                     SELECT tenant_id, bucket, window_start FROM attempt
                     WHERE tenant_id = $1 AND window_start < $2 ORDER BY window_start LIMIT 20
                     FOR UPDATE SKIP LOCKED)",
                tenant,
                sql(start.saturating_sub(KEPT_FOR).unwrap_or(start)) as _
            )
            .execute(self.conn())
            .await?;
        }
        self.end().await?;
        Ok(tries <= limit.tries)
    }

    /// It was right: forgets the tries of what was tried, and takes this one back from the place it came from, where
    /// many others may try too.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in itself.
    pub async fn forget_tries(
        mut self,
        tried: [u8; 32],
        (place, limit): ([u8; 32], Limit),
    ) -> Result<(), StoreError> {
        self.require(Action::SignIn, None, &Target::Role).await?;
        let tenant = self.tenant();
        let start = limit.began(self.ctx.now);
        sqlx::query!(
            "WITH forgotten AS (DELETE FROM attempt WHERE tenant_id = $1 AND bucket = $2)
             UPDATE attempt SET tries = tries - 1
             WHERE tenant_id = $1 AND bucket = $3 AND window_start = $4 AND tries > 0",
            tenant,
            tried.as_slice(),
            place.as_slice(),
            sql(start) as _
        )
        .execute(self.conn())
        .await?;
        self.end().await
    }
}

/// Longer than any window.
const KEPT_FOR: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// So many tries in so long; a day at most.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Tries allowed.
    pub tries: i32,
    /// In how long.
    pub window: jiff::SignedDuration,
}

impl Limit {
    /// When the window began that it is now.
    fn began(&self, now: Timestamp) -> Timestamp {
        let seconds = self.window.as_secs().max(1);
        Timestamp::from_second(now.as_second() - now.as_second() % seconds).unwrap_or(now)
    }
}
