//! Seam entry: whose token this is, and that its session is in use. The table of sessions and nothing else; it holds no
//! person's data.

use std::collections::BTreeSet;

use jiff::Timestamp;
use onedoor_domain::actor::{Role, StaffMember};
use onedoor_domain::ids::{OrgId, SessionId, TeamId, TenantId, UserId};
use onedoor_domain::session::{AuthLevel, Session};
use onedoor_domain::value::Line;
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Db, sql};

/// Who a token belongs to. Whether the session opens anything is the caller's to ask of [`Session::standing`].
#[derive(Clone, Debug)]
pub struct Identified {
    /// The sign-in.
    pub session: Session,
    /// The account as it is now.
    pub member: StaffMember,
    tenant: TenantId,
    pool: PgPool,
}

#[derive(Deserialize)]
struct Member {
    name: Line,
    org: OrgId,
    roles: Vec<String>,
    teams: BTreeSet<TeamId>,
}

/// A request younger than this does not write "last seen" again.
const SEEN_EVERY: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);

impl Db {
    /// Seam entry: whose token this is. One statement on one table without a person's data.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn identify(
        &self,
        tenant: TenantId,
        token_hash: [u8; 32],
    ) -> Result<Option<Identified>, StoreError> {
        let row = sqlx::query!(
            "SELECT id, staff_id, level, began_at, seen_at, locked_at, ended_at, member
             FROM session WHERE tenant_id = $1 AND token_hash = $2",
            Uuid::from(tenant),
            token_hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let member: Member = read(row.member, "member")?;
        let user = UserId(row.staff_id);
        let session = Session {
            id: SessionId(row.id),
            user,
            token_hash,
            level: if row.level == "full" { AuthLevel::Full } else { AuthLevel::Password },
            began_at: row.began_at.to_jiff(),
            seen_at: row.seen_at.to_jiff(),
            locked_at: row.locked_at.map(jiff_sqlx::Timestamp::to_jiff),
            ended_at: row.ended_at.map(jiff_sqlx::Timestamp::to_jiff),
        };
        let roles = member.roles.iter().filter_map(|code| Role::from_code(code)).collect();
        let member = StaffMember { user, name: member.name, org: member.org, roles, teams: member.teams };
        Ok(Some(Identified { session, member, tenant, pool: self.pool.clone() }))
    }
}

impl Identified {
    /// Notes that a session is in use, at most twice a minute. Polling must not call this.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn touch(&self, now: Timestamp) -> Result<(), StoreError> {
        if now.duration_since(self.session.seen_at) < SEEN_EVERY {
            return Ok(());
        }
        sqlx::query!(
            "UPDATE session SET seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL",
            Uuid::from(self.tenant),
            Uuid::from(self.session.id),
            sql(now) as _
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
