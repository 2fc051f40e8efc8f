//! The county's settings, its tenants by host name, and limits on tries.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use onedoor_domain::access::{Action, Target};
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Event, Noun};
use onedoor_domain::county::County;
use onedoor_domain::ids::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Db, Tx, begin_for, sql};
use crate::write::{document, expect_one};

impl Db {
    /// The tenant a host name belongs to: the one that names it, else the only one there is. Names are remembered; the
    /// only one for a few seconds, because it may not stay the only one.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] when no tenant exists, or several do and none has this name.
    pub async fn tenant_of(&self, host: &str) -> Result<TenantId, StoreError> {
        if let Some(tenant) = self.hosts.read().ok().and_then(|hosts| hosts.find(host)) {
            return Ok(tenant);
        }
        let rows = sqlx::query!(
            "SELECT id, host FROM tenant ORDER BY (host IS NOT DISTINCT FROM $1) DESC LIMIT 2",
            host
        )
        .fetch_all(&self.aside)
        .await;
        let rows = match rows.map_err(StoreError::from) {
            Ok(rows) => rows,
            Err(error) => return self.last_only(error),
        };
        let (found, named) = match rows.as_slice() {
            [first, ..] if first.host.as_deref() == Some(host) => (TenantId(first.id), true),
            [only] => (TenantId(only.id), false),
            _ => return Err(StoreError::Hidden),
        };
        if let Ok(mut hosts) = self.hosts.write() {
            if named {
                hosts.named.insert(host.to_owned(), found);
            } else {
                hosts.only = Some((Instant::now(), found));
            }
        }
        Ok(found)
    }

    /// While the database does not answer, the only tenant is still the only one: the page that says so shows its numbers.
    fn last_only(&self, error: StoreError) -> Result<TenantId, StoreError> {
        let StoreError::Down(_) = error else { return Err(error) };
        let Ok(mut hosts) = self.hosts.write() else { return Err(error) };
        let Some((since, tenant)) = &mut hosts.only else { return Err(error) };
        *since = Instant::now();
        Ok(*tenant)
    }

    /// Makes a tenant; the command line does this once for a county.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the host name is taken.
    pub async fn make_tenant(
        &self,
        id: TenantId,
        host: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO tenant (id, host, made_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
            Uuid::from(id),
            host,
            sql(at) as _
        )
        .execute(&self.pool)
        .await?;
        if let Ok(mut hosts) = self.hosts.write() {
            hosts.only = None;
        }
        Ok(())
    }

    /// The county's settings for the frame of a page, read beside any open transaction.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] before the county was set up.
    pub async fn county_of(&self, tenant: TenantId) -> Result<County, StoreError> {
        let mut inner = begin_for(&self.aside, tenant).await?;
        let (county, _) = county(&mut inner, tenant).await?;
        inner.rollback().await?;
        Ok(county)
    }

    /// Counts one try in a window and says whether it is within the limit. The bucket is a hash made by the caller.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn try_within(&self, ctx: &Ctx, bucket: [u8; 32], limit: Limit) -> Result<bool, StoreError> {
        let seconds = limit.window.as_secs().max(1);
        let start =
            Timestamp::from_second(ctx.now.as_second() - ctx.now.as_second() % seconds).unwrap_or(ctx.now);
        let mut inner = begin_for(&self.pool, ctx.tenant).await?;
        let tries = sqlx::query_scalar!(
            "INSERT INTO attempt AS a (tenant_id, bucket, window_start, tries) VALUES ($1, $2, $3, 1)
             ON CONFLICT (tenant_id, bucket, window_start) DO UPDATE SET tries = a.tries + 1
             RETURNING tries",
            Uuid::from(ctx.tenant),
            bucket.as_slice(),
            sql(start) as _
        )
        .fetch_one(&mut *inner)
        .await?;
        if tries == 1 {
            // Each new row takes old ones with it, whosever they are: who types a made-up name never comes back for it.
            sqlx::query!(
                "DELETE FROM attempt WHERE (tenant_id, bucket, window_start) IN (
                     SELECT tenant_id, bucket, window_start FROM attempt
                     WHERE tenant_id = $1 AND window_start < $2 ORDER BY window_start LIMIT 20
                     FOR UPDATE SKIP LOCKED)",
                Uuid::from(ctx.tenant),
                sql(start.saturating_sub(KEPT_FOR).unwrap_or(start)) as _
            )
            .execute(&mut *inner)
            .await?;
        }
        inner.commit().await?;
        Ok(tries <= limit.tries)
    }

    /// Forgets the tries of a bucket: who signed in is no longer counted.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn forget_tries(&self, ctx: &Ctx, bucket: [u8; 32]) -> Result<(), StoreError> {
        let mut inner = begin_for(&self.pool, ctx.tenant).await?;
        sqlx::query!(
            "DELETE FROM attempt WHERE tenant_id = $1 AND bucket = $2",
            Uuid::from(ctx.tenant),
            bucket.as_slice()
        )
        .execute(&mut *inner)
        .await?;
        inner.commit().await?;
        Ok(())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn ready(&self) -> Result<(), StoreError> {
        sqlx::query_scalar!("SELECT 1").fetch_one(&self.pool).await?;
        Ok(())
    }

    /// Connections open and connections idle, for the metrics.
    pub fn connections(&self) -> (u32, usize) {
        (self.pool.size(), self.pool.num_idle())
    }
}

/// Host names that were asked for before. Only names of tenants are kept: anybody can send any other.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    named: HashMap<String, TenantId>,
    only: Option<(Instant, TenantId)>,
}

/// How long the only tenant is taken for the only one without asking again.
const ONLY_FOR: Duration = Duration::from_secs(5);

impl Hosts {
    fn find(&self, host: &str) -> Option<TenantId> {
        let only = self.only.filter(|(since, _)| since.elapsed() < ONLY_FOR).map(|(_, tenant)| tenant);
        self.named.get(host).copied().or(only)
    }
}

async fn county(connection: &mut PgConnection, tenant: TenantId) -> Result<(County, i64), StoreError> {
    let row = sqlx::query!("SELECT version, body FROM county WHERE tenant_id = $1", Uuid::from(tenant))
        .fetch_optional(connection)
        .await?;
    let row = row.ok_or(StoreError::Hidden)?;
    Ok((read(row.body, "county")?, row.version))
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

impl Tx {
    /// The county's settings, and the version a change must name. Rules, hours and crisis numbers are public facts
    /// about the service, so no access is decided here; changing them is.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] before the county was set up.
    pub async fn county(&mut self) -> Result<(County, i64), StoreError> {
        let tenant = self.ctx.tenant;
        county(self.conn(), tenant).await
    }

    /// The county's settings for the set-up pages.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn county_settings(&mut self, action: Action) -> Result<(County, i64), StoreError> {
        let subject = Self::subject(Noun::County, self.ctx.tenant);
        self.require(action, Some(subject), &Target::Role).await?;
        self.saw(action, subject, vec![]);
        self.county().await
    }

    /// The last change of the settings: by whom, when.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn county_changed(&mut self) -> Result<Option<Event>, StoreError> {
        let subject = Self::subject(Noun::County, self.ctx.tenant);
        self.require(Action::CountyRead, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM event WHERE tenant_id = $1 AND noun = 'county' AND subject_id = $1
             ORDER BY at DESC, id DESC LIMIT 1",
            tenant
        )
        .fetch_optional(self.conn())
        .await?;
        body.map(|body| read(body, "event")).transpose()
    }

    pub(crate) async fn write_county(&mut self, county: &County, version: i64) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO county AS c (tenant_id, version, body) VALUES ($1, $2::bigint + 1, $3)
             ON CONFLICT (tenant_id) DO UPDATE SET version = excluded.version, body = excluded.body
             WHERE c.version = $2::bigint",
            tenant,
            version,
            document(county)?
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())
    }
}
