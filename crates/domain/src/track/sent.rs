//! What whoever asked for somebody else may look at: the link of one referral, and the list of what an organisation sent.
//! Both show where a referral stands as far as the person allows now, and nothing else.

use jiff::Timestamp;

use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::door::Origin;
use crate::ids::{OrgId, ReferralId};
use crate::referral::{Referral, Referred};
use crate::refused::Refused;

/// What became of the link to where a referral stands. Without one of these the first link is still good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusKey {
    /// The referral.
    pub referral: ReferralId,
    /// SHA-256 of the link's key; none where no link is good any more.
    pub hash: Option<[u8; 32]>,
    /// When it was changed.
    pub changed_at: Timestamp,
}

impl StatusKey {
    /// A new link; every earlier one opens nothing from now on.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where the person asked themselves: there is no link.
    pub fn renew(ctx: &Ctx, referral: &Referral, hash: [u8; 32]) -> Result<Changes, Refused> {
        Self::change(ctx, referral, Some(hash), EventKind::StatusLinkMade)
    }

    /// Every link opens nothing from now on, and no organisation has it in its list any more.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where the person asked themselves.
    pub fn withdraw(ctx: &Ctx, referral: &Referral) -> Result<Changes, Refused> {
        Self::change(ctx, referral, None, EventKind::StatusLinkWithdrawn)
    }

    fn change(
        ctx: &Ctx,
        referral: &Referral,
        hash: Option<[u8; 32]>,
        kind: EventKind,
    ) -> Result<Changes, Refused> {
        if *referral.origin() == Origin::Own {
            return Err(Refused::NotFromHere);
        }
        let subject = Subject { noun: Noun::Referral, id: referral.id().into() };
        let key = Self { referral: referral.id(), hash, changed_at: ctx.now };
        Ok(Changes::one(ctx, kind, subject, None, Write::StatusKey(key)))
    }
}

/// A request in the list of the organisation that sent it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentRequest {
    /// The referral.
    pub referral: ReferralId,
    /// The organisation.
    pub org: OrgId,
    /// When it arrived: the order of the list.
    pub received_at: Timestamp,
    /// When it was kept there.
    pub kept_at: Timestamp,
}

impl SentRequest {
    /// Keeps it in the list of the organisation of whoever does. The link is the proof that they sent it.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] for anybody without an organisation, and for what no professional sent.
    pub fn keep(ctx: &Ctx, referral: ReferralId, stands: &Referred) -> Result<Changes, Refused> {
        let staff = ctx.actor.staff().filter(|_| stands.by_professional);
        let org = staff.map(|staff| staff.org).ok_or(Refused::NotFromHere)?;
        let sent = Self { referral, org, received_at: stands.received_at, kept_at: ctx.now };
        Ok(Changes::one(ctx, EventKind::SentKept, super::about(referral), None, Write::SentRequest(sent)))
    }
}
