//! One-time codes: asked for, sent, tried, removed. The digits are not here, and no address.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::change::Noun;
use onedoor_domain::code::{AddressKey, Code, Purpose};
use onedoor_domain::ids::CodeId;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::write::document;

impl Tx {
    /// A code, locked, so that two tries at once count as two and a right one is used once. None where there is none.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for whoever neither types codes nor sends them.
    pub async fn code(&mut self, id: CodeId, action: Action) -> Result<Option<Code>, StoreError> {
        self.require(action, Some(Self::subject(Noun::Code, id)), &Target::Role).await?;
        let tenant = self.tenant();
        let row = sqlx::query!(
            "SELECT purpose, subject_id, address_hash, made_at, tries, ended_at, delivery
             FROM code WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("code");
        Ok(Some(Code {
            id,
            purpose: Purpose::of(&row.purpose, row.subject_id).ok_or_else(unreadable)?,
            address: row.address_hash.try_into().map_err(|_| unreadable())?,
            made_at: row.made_at.to_jiff(),
            tries: row.tries,
            ended_at: row.ended_at.map(jiff_sqlx::Timestamp::to_jiff),
            delivery: read(row.delivery, "delivery")?,
        }))
    }

    /// Whether any draft can be come back to by this address: decides whether a code is sent, and is never shown.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for whoever may not ask for a code.
    pub async fn is_kept_under(&mut self, address: AddressKey) -> Result<bool, StoreError> {
        self.require(Action::CodeAsk, None, &Target::Role).await?;
        let tenant = self.tenant();
        let found = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM draft WHERE tenant_id = $1 AND address_hash = $2) AS "found!""#,
            tenant,
            address.as_slice()
        )
        .fetch_one(self.conn())
        .await?;
        Ok(found)
    }

    /// Ends the earlier codes of the same address and purpose, and writes the new one.
    pub(crate) async fn write_new_code(&mut self, code: &Code) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "UPDATE code SET ended_at = $5
             WHERE tenant_id = $1 AND address_hash = $2 AND purpose = $3 AND id <> $4 AND ended_at IS NULL",
            tenant,
            code.address.as_slice(),
            code.purpose.code(),
            Uuid::from(code.id),
            sql(code.made_at) as _,
        )
        .execute(self.conn())
        .await?;
        self.write_code(code).await
    }

    pub(crate) async fn write_code(&mut self, code: &Code) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO code
                 (tenant_id, id, purpose, subject_id, address_hash, made_at, tries, ended_at, delivery)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET tries = excluded.tries, ended_at = excluded.ended_at, delivery = excluded.delivery",
            tenant,
            Uuid::from(code.id),
            code.purpose.code(),
            code.purpose.subject(),
            code.address.as_slice(),
            sql(code.made_at) as _,
            code.tries,
            code.ended_at.map(sql) as _,
            document(&code.delivery)?,
        )
        .execute(self.conn())
        .await?;
        self.put_job("code", code.id.into(), code.wakes_at()).await
    }

    pub(crate) async fn remove_code(&mut self, id: CodeId) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!("DELETE FROM code WHERE tenant_id = $1 AND id = $2", tenant, Uuid::from(id))
            .execute(self.conn())
            .await?;
        self.remove_job(id.into()).await
    }
}
