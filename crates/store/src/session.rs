//! Sign-ins and posts parked for locked ones, as their owner sees and changes them.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::ids::{ParkedId, SessionId, UserId};
use onedoor_domain::session::{AuthLevel, Parked, Session};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};
use crate::team::member_document;
use crate::write::expect_one;

impl Tx {
    pub(crate) async fn write_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let tenant = self.tenant();
        // The member is read under row-level security; the session itself stands outside it.
        let user = self.user(session.user, Action::OwnSession).await?;
        let level = match session.level {
            AuthLevel::Password => "password",
            AuthLevel::Full => "full",
        };
        // An ended session stays ended: it was read before the account was locked, so it may have ended since.
        let done = sqlx::query!(
            "INSERT INTO session AS s
                 (tenant_id, id, staff_id, token_hash, level, began_at, seen_at, locked_at, ended_at, member)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET token_hash = excluded.token_hash, level = excluded.level, seen_at = excluded.seen_at,
                 locked_at = excluded.locked_at, ended_at = excluded.ended_at, member = excluded.member
             WHERE s.ended_at IS NULL",
            tenant,
            Uuid::from(session.id),
            Uuid::from(session.user),
            session.token_hash.as_slice(),
            level,
            sql(session.began_at) as _,
            sql(session.seen_at) as _,
            session.locked_at.map(sql) as _,
            session.ended_at.map(sql) as _,
            member_document(&user),
        )
        .execute(self.conn())
        .await?;
        if session.ended_at.is_some() { Ok(()) } else { expect_one(done.rows_affected()) }
    }

    /// One's own open sign-ins, newest first; for "sign out everywhere".
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn own_sessions(&mut self, user: UserId) -> Result<Vec<Session>, StoreError> {
        self.require(Action::OwnSession, None, &Target::Account(user)).await?;
        let tenant = self.tenant();
        let rows = sqlx::query!(
            "SELECT id, token_hash, level, began_at, seen_at, locked_at
             FROM session WHERE tenant_id = $1 AND staff_id = $2 AND ended_at IS NULL ORDER BY began_at DESC",
            tenant,
            Uuid::from(user)
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Session {
                    id: SessionId(row.id),
                    user,
                    token_hash: row.token_hash.try_into().map_err(|_| StoreError::Unreadable("session"))?,
                    level: if row.level == "full" { AuthLevel::Full } else { AuthLevel::Password },
                    began_at: row.began_at.to_jiff(),
                    seen_at: row.seen_at.to_jiff(),
                    locked_at: row.locked_at.map(jiff_sqlx::Timestamp::to_jiff),
                    ended_at: None,
                })
            })
            .collect()
    }

    /// The newest post parked for this user in the last hour.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn parked(&mut self, user: UserId) -> Result<Option<Parked>, StoreError> {
        self.require(Action::OwnSession, None, &Target::Account(user)).await?;
        let tenant = self.tenant();
        let since = self.ctx.now.saturating_sub(onedoor_domain::session::PARKED_FOR).unwrap_or(self.ctx.now);
        let row = sqlx::query!(
            "SELECT id, path, sealed, at FROM parked
             WHERE tenant_id = $1 AND staff_id = $2 AND NOT spent AND at > $3 ORDER BY at DESC LIMIT 1",
            tenant,
            Uuid::from(user),
            sql(since) as _
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Parked {
            id: ParkedId(row.id),
            user,
            path: row.path,
            sealed: row.sealed,
            at: row.at.to_jiff(),
            spent: false,
        }))
    }

    pub(crate) async fn write_parked(&mut self, parked: &Parked) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let since = self.ctx.now.saturating_sub(onedoor_domain::session::PARKED_FOR).unwrap_or(self.ctx.now);
        // What is too old to be offered back is emptied when the next post is parked.
        sqlx::query!(
            "UPDATE parked SET sealed = '', spent = true WHERE tenant_id = $1 AND at <= $2 AND NOT spent",
            tenant,
            sql(since) as _
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "INSERT INTO parked (tenant_id, id, staff_id, path, sealed, at, spent)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE SET spent = excluded.spent, sealed = excluded.sealed",
            tenant,
            Uuid::from(parked.id),
            Uuid::from(parked.user),
            parked.path,
            parked.sealed,
            sql(parked.at) as _,
            parked.spent,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
