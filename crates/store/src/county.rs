//! The county's settings: read by everybody, changed where `Action::CountyWrite` allows it.

use std::sync::Arc;

use onedoor_domain::access::{Action, Target};
use onedoor_domain::change::{Event, Noun};
use onedoor_domain::county::County;
use onedoor_domain::ids::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::Tx;
use crate::write::{document, expect_one};

pub(crate) async fn county(
    connection: &mut PgConnection,
    tenant: TenantId,
) -> Result<(County, i64), StoreError> {
    let row = sqlx::query!("SELECT version, body FROM county WHERE tenant_id = $1", Uuid::from(tenant))
        .fetch_optional(connection)
        .await?;
    let row = row.ok_or(StoreError::Hidden)?;
    Ok((read(row.body, "county")?, row.version))
}

impl Tx {
    /// The county's settings, and the version a change must name. Rules, hours and crisis numbers are public facts
    /// about the service, so no access is decided here; changing them is.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] before the county was set up.
    pub async fn county(&mut self) -> Result<(Arc<County>, i64), StoreError> {
        let is_staff = self.ctx.actor.staff().is_some();
        self.around().await?.county(is_staff)
    }

    /// The county's settings for the set-up pages.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn county_settings(&mut self, action: Action) -> Result<(County, i64), StoreError> {
        let subject = Self::subject(Noun::County, self.ctx.tenant);
        self.require(action, Some(subject), &Target::Role).await?;
        self.saw(action, subject, vec![]);
        let (county, version) = self.county().await?;
        Ok((Arc::unwrap_or_clone(county), version))
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
