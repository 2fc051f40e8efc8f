//! One-time links of other organisations: what one is about and whether it stands, and the visits of those who open one.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::guest::{Errand, LetterLink, LinkStands, Visit};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::value::{Line, Reference};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Tx, sql};

/// What a link is about, as far as whoever holds it may know before they said who they are: nothing of the person.
#[derive(Clone, Debug)]
pub struct LinkAbout {
    /// The referral.
    pub referral: ReferralId,
    /// The reference that the message named.
    pub reference: Reference,
    /// The organisation that was asked.
    pub of: Line,
    /// Whether it can be used now.
    pub stands: LinkStands,
}

impl Tx {
    /// What a one-time link is about, for the sign-in alone. None where there is no such thing.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in.
    pub async fn link_about(&mut self, errand: Errand) -> Result<Option<LinkAbout>, StoreError> {
        self.require(Action::TrackBegin, None, &Target::Role).await?;
        let tenant = self.tenant();
        let found = match errand {
            Errand::Answer(_) | Errand::Carry(_) => {
                sqlx::query_scalar!(
                    "SELECT referral_id FROM handover WHERE tenant_id = $1 AND id = $2",
                    tenant,
                    errand.about()
                )
                .fetch_optional(self.conn())
                .await?
            }
            Errand::Receipt(_) => {
                sqlx::query_scalar!(
                    "SELECT referral_id FROM notice WHERE tenant_id = $1 AND id = $2",
                    tenant,
                    errand.about()
                )
                .fetch_optional(self.conn())
                .await?
            }
        };
        let Some(id) = found.map(ReferralId) else { return Ok(None) };
        let now = self.ctx.now;
        let referral = self.fetch_referral(id).await?;
        Ok(referral.and_then(|referral| {
            let (of, stands) = referral.link_stands(errand, now)?;
            let reference = referral.reference().clone();
            Some(LinkAbout { referral: id, reference, of, stands })
        }))
    }

    /// The link that a service without e-mail may use now for the referral with this reference, for the sign-in alone.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for anybody but the sign-in.
    pub async fn letter_links(&mut self, reference: &Reference) -> Result<Vec<LetterLink>, StoreError> {
        self.require(Action::TrackBegin, None, &Target::Role).await?;
        let tenant = self.tenant();
        let found = sqlx::query_scalar!(
            "SELECT id FROM referral WHERE tenant_id = $1 AND reference = $2",
            tenant,
            reference.as_str()
        )
        .fetch_optional(self.conn())
        .await?;
        // A reference that nobody has is looked up like any other.
        let id = found.map_or_else(|| self.ctx.new_id(), ReferralId);
        let now = self.ctx.now;
        let referral = self.fetch_referral(id).await?;
        Ok(referral.map_or_else(Vec::new, |referral| referral.letter_links(now)))
    }

    pub(crate) async fn write_visit(&mut self, visit: &Visit) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let guest = &visit.guest;
        // An ended visit stays ended.
        sqlx::query!(
            "INSERT INTO visit AS v (tenant_id, id, referral_id, errand, about, name, role, of_org, token_hash,
                                     began_at, seen_at, ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (tenant_id, id) DO UPDATE
             SET seen_at = excluded.seen_at, ended_at = coalesce(v.ended_at, excluded.ended_at)",
            tenant,
            Uuid::from(visit.id),
            Uuid::from(guest.referral),
            guest.errand.code(),
            guest.errand.about(),
            guest.name.as_str(),
            guest.role.as_str(),
            guest.of.as_str(),
            visit.token_hash.as_slice(),
            sql(visit.began_at) as _,
            sql(visit.seen_at) as _,
            visit.ended_at.map(sql) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
