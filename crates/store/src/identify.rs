//! Seam entry: whose token this is, and that its session is in use. The tables of sessions and nothing else; they hold no
//! person's data.

use std::collections::BTreeSet;

use jiff::Timestamp;
use onedoor_domain::actor::{Role, StaffMember};
use onedoor_domain::guest::{Errand, Guest, Visit};
use onedoor_domain::ids::{OrgId, ReferralId, SessionId, TeamId, TenantId, TrackingId, UserId, VisitId};
use onedoor_domain::session::{AuthLevel, Session};
use onedoor_domain::track::{Holder, Scope, Tracking};
use onedoor_domain::value::Line;
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Db, begin_for, sql, unbroken};

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

/// Somebody from outside who follows one referral. Whether the session opens anything is the caller's to ask of
/// [`Tracking::standing`].
#[derive(Clone, Debug)]
pub struct Following {
    /// The session.
    pub tracking: Tracking,
    tenant: TenantId,
    pool: PgPool,
}

/// Somebody who opened a one-time link and said who they are. Whether the visit opens anything is the caller's to ask of
/// [`Visit::standing`].
#[derive(Clone, Debug)]
pub struct Visiting {
    /// The visit.
    pub visit: Visit,
    tenant: TenantId,
    pool: PgPool,
}

/// What a token can stand for: a member of staff, somebody who follows a referral, or a guest. Each kind has a table of its own, so
/// that a token of one kind is nothing in the other's place.
pub trait Token: Sized {
    /// Whose token this is.
    fn find(
        db: &Db,
        tenant: TenantId,
        token_hash: [u8; 32],
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;
}

impl Db {
    /// Seam entry: whose token this is. One statement on one table without a person's data.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn identify<T: Token>(
        &self,
        tenant: TenantId,
        token_hash: [u8; 32],
    ) -> Result<Option<T>, StoreError> {
        T::find(self, tenant, token_hash).await
    }
}

impl Token for Identified {
    async fn find(db: &Db, tenant: TenantId, token_hash: [u8; 32]) -> Result<Option<Self>, StoreError> {
        let find = || async {
            sqlx::query!(
                "SELECT id, staff_id, level, began_at, seen_at, locked_at, ended_at, member
                 FROM session WHERE tenant_id = $1 AND token_hash = $2",
                Uuid::from(tenant),
                token_hash.as_slice()
            )
            .fetch_optional(&db.pool)
            .await
        };
        let row = unbroken(find).await?;
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
        Ok(Some(Self { session, member, tenant, pool: db.pool.clone() }))
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

impl Token for Following {
    async fn find(db: &Db, tenant: TenantId, token_hash: [u8; 32]) -> Result<Option<Self>, StoreError> {
        let mut inner = begin_for(&db.pool, tenant).await?;
        let row = sqlx::query!(
            "SELECT id, referral_id, scope, began_at, seen_at, ended_at
             FROM tracking WHERE tenant_id = $1 AND token_hash = $2",
            Uuid::from(tenant),
            token_hash.as_slice()
        )
        .fetch_optional(&mut *inner)
        .await?;
        inner.rollback().await?;
        let Some(row) = row else { return Ok(None) };
        let scope = Scope::from_code(&row.scope).ok_or(StoreError::Unreadable("tracking"))?;
        let tracking = Tracking {
            id: TrackingId(row.id),
            holder: Holder { referral: ReferralId(row.referral_id), scope },
            token_hash,
            began_at: row.began_at.to_jiff(),
            seen_at: row.seen_at.to_jiff(),
            ended_at: row.ended_at.map(jiff_sqlx::Timestamp::to_jiff),
        };
        Ok(Some(Self { tracking, tenant, pool: db.pool.clone() }))
    }
}

impl Following {
    /// Notes that a session is in use, at most twice a minute.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn touch(&self, now: Timestamp) -> Result<(), StoreError> {
        if now.duration_since(self.tracking.seen_at) < SEEN_EVERY {
            return Ok(());
        }
        let mut inner = begin_for(&self.pool, self.tenant).await?;
        sqlx::query!(
            "UPDATE tracking SET seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL",
            Uuid::from(self.tenant),
            Uuid::from(self.tracking.id),
            sql(now) as _
        )
        .execute(&mut *inner)
        .await?;
        inner.commit().await?;
        Ok(())
    }
}

impl Token for Visiting {
    async fn find(db: &Db, tenant: TenantId, token_hash: [u8; 32]) -> Result<Option<Self>, StoreError> {
        let mut inner = begin_for(&db.pool, tenant).await?;
        let row = sqlx::query!(
            "SELECT id, referral_id, errand, about, name, role, of_org, began_at, seen_at, ended_at
             FROM visit WHERE tenant_id = $1 AND token_hash = $2",
            Uuid::from(tenant),
            token_hash.as_slice()
        )
        .fetch_optional(&mut *inner)
        .await?;
        inner.rollback().await?;
        let Some(row) = row else { return Ok(None) };
        let bad = || StoreError::Unreadable("visit");
        let line = |text: String| text.parse::<Line>().map_err(|_| bad());
        let guest = Guest {
            referral: ReferralId(row.referral_id),
            errand: Errand::from_code(&row.errand, row.about).ok_or_else(bad)?,
            name: line(row.name)?,
            role: line(row.role)?,
            of: line(row.of_org)?,
        };
        let visit = Visit {
            id: VisitId(row.id),
            guest,
            token_hash,
            began_at: row.began_at.to_jiff(),
            seen_at: row.seen_at.to_jiff(),
            ended_at: row.ended_at.map(jiff_sqlx::Timestamp::to_jiff),
        };
        Ok(Some(Self { visit, tenant, pool: db.pool.clone() }))
    }
}

impl Visiting {
    /// Notes that a visit is in use, at most twice a minute.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn touch(&self, now: Timestamp) -> Result<(), StoreError> {
        if now.duration_since(self.visit.seen_at) < SEEN_EVERY {
            return Ok(());
        }
        let mut inner = begin_for(&self.pool, self.tenant).await?;
        sqlx::query!(
            "UPDATE visit SET seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL",
            Uuid::from(self.tenant),
            Uuid::from(self.visit.id),
            sql(now) as _
        )
        .execute(&mut *inner)
        .await?;
        inner.commit().await?;
        Ok(())
    }
}
