//! Agreements with partner organisations, and what they mean for their teams on one day.

use jiff_sqlx::ToSqlx;
use onedoor_domain::access::{Action, Target};
use onedoor_domain::agreement::Agreement;
use onedoor_domain::calendar::{local_date, start_of_day};
use onedoor_domain::change::Noun;
use onedoor_domain::ids::AgreementId;
use onedoor_domain::team::Org;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::Tx;
use crate::write::{document, expect_one};

impl Tx {
    /// Every agreement of the county, those that last longest first. A county has tens of them, so the list is whole.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn agreements(&mut self) -> Result<Vec<Agreement>, StoreError> {
        self.require(Action::AgreementWrite, None, &Target::Role).await?;
        self.all_agreements().await
    }

    /// One agreement, locked, to end it.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::Hidden`].
    pub async fn agreement(&mut self, id: AgreementId) -> Result<Agreement, StoreError> {
        self.require(Action::AgreementWrite, None, &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM agreement WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        read(body.ok_or(StoreError::Hidden)?, "agreement")
    }

    /// One agreement, locked, and all there are: for the worker, which asks in time for it to be renewed.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::Hidden`].
    pub async fn agreement_to_ask(
        &mut self,
        id: AgreementId,
    ) -> Result<(Agreement, Vec<Agreement>), StoreError> {
        self.require(Action::TaskEscalate, None, &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM agreement WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let one = read(body.ok_or(StoreError::Hidden)?, "agreement")?;
        Ok((one, self.all_agreements().await?))
    }

    /// The agreements that a team of one's own has to renew by now, and those that have gone up to oneself.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn agreements_to_renew(&mut self) -> Result<Vec<Agreement>, StoreError> {
        self.require(Action::MyDay, None, &Target::Role).await?;
        let today = local_date(self.ctx.now);
        let all = self.all_agreements().await?;
        let due = onedoor_domain::agreement::to_renew(&all, today).into_iter();
        Ok(due.filter(|it| it.asks(&self.ctx.actor)).cloned().collect())
    }

    /// One's own organisation, locked, with its agreements: to read them, and to set its words.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::Hidden`].
    pub async fn own_org(&mut self) -> Result<(Org, Vec<Agreement>), StoreError> {
        self.require(Action::PartnerOwn, None, &Target::Role).await?;
        let (tenant, org) = (self.tenant(), self.ctx.actor.staff().map(|staff| staff.org));
        let org = org.ok_or(StoreError::Hidden)?;
        let body = sqlx::query_scalar!(
            "SELECT body FROM org WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(org)
        )
        .fetch_optional(self.conn())
        .await?;
        self.saw(Action::PartnerOwn, Self::subject(Noun::Org, org), vec![]);
        let bodies = sqlx::query_scalar!(
            "SELECT body FROM agreement WHERE tenant_id = $1 AND org_id = $2 ORDER BY until_on DESC, id",
            tenant,
            Uuid::from(org)
        )
        .fetch_all(self.conn())
        .await?;
        let agreements =
            bodies.into_iter().map(|body| read(body, "agreement")).collect::<Result<_, StoreError>>()?;
        Ok((read(body.ok_or(StoreError::Hidden)?, "organisation")?, agreements))
    }

    async fn all_agreements(&mut self) -> Result<Vec<Agreement>, StoreError> {
        let tenant = self.tenant();
        let bodies = sqlx::query_scalar!(
            "SELECT body FROM agreement WHERE tenant_id = $1 ORDER BY until_on DESC, id",
            tenant
        )
        .fetch_all(self.conn())
        .await?;
        bodies.into_iter().map(|body| read(body, "agreement")).collect()
    }

    pub(crate) async fn write_agreement(&mut self, agreement: &Agreement) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let done = sqlx::query!(
            "INSERT INTO agreement AS a (tenant_id, id, org_id, from_on, until_on, ended, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE SET ended = excluded.ended, body = excluded.body
             WHERE a.org_id = excluded.org_id AND NOT a.ended
                 AND (excluded.ended OR a.body->'terms' = excluded.body->'terms')",
            tenant,
            Uuid::from(agreement.id),
            Uuid::from(agreement.org),
            agreement.terms.from.to_sqlx() as _,
            agreement.terms.until.to_sqlx() as _,
            agreement.ended.is_some(),
            document(agreement)?,
        )
        .execute(self.conn())
        .await?;
        expect_one(done.rows_affected())?;
        let id = Uuid::from(agreement.id);
        match agreement.look_again_on() {
            Some(day) => self.put_job("agreement", id, start_of_day(day)).await,
            None => self.remove_job(id).await,
        }
    }
}
