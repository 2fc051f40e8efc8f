//! The steps of a handover.

use super::step::Step;
use crate::actor::Ctx;
use crate::change::Changes;
use crate::county::County;
use crate::fixtures::{declined, met, panel, proposal, taken, text};
use crate::handover::{Consent, Introduction};
use crate::referral::Referral;
use crate::refused::Refused;

/// What only a senior who looks for another service can bring.
pub(super) const REDIRECTS: [Step; 11] = [
    Step::Propose { here: true, asked: true },
    Step::Propose { here: false, asked: true },
    Step::Propose { here: true, asked: false },
    Step::Offer,
    Step::TakeOver,
    Step::Decline,
    Step::Introduce,
    Step::Meet,
    Step::Bounce,
    Step::TakeBack,
    Step::HoldPanel,
];

/// The least of it: a team here is asked, and takes the person or not.
pub(super) const ASKS: [Step; 5] =
    [Step::Propose { here: true, asked: true }, Step::TakeOver, Step::Meet, Step::Decline, Step::HoldPanel];

impl Step {
    pub(super) fn hand_over(
        self,
        ctx: &Ctx,
        referral: Referral,
        county: &County,
    ) -> Result<Changes, Refused> {
        let introduction = Introduction::ThreeWayCall;
        match self {
            Self::Propose { here, asked } => referral.propose(ctx, proposal(here, asked), county),
            Self::Offer => {
                let without = Consent::Without { why: text("Could not be reached, and it cannot wait.") };
                referral.offer(ctx, without, None, county)
            }
            Self::TakeOver => referral.take_over(ctx, taken(ctx), county),
            Self::Decline => referral.decline(ctx, declined(ctx), county),
            Self::Introduce => referral.introduce(ctx, introduction),
            Self::Meet => referral.meet(ctx, met(ctx), county),
            Self::Bounce => {
                let id = referral.handovers().last().map(|handover| handover.id);
                let id = id.ok_or(Refused::NoSuchPart)?;
                referral.bounce(ctx, id, &text("No answer in time."), county)
            }
            Self::TakeBack => referral.take_back(ctx, text("The person changed their mind."), county),
            Self::HoldPanel => referral.hold_panel(ctx, panel(ctx.now), county),
            Self::Wait { .. }
            | Self::Open
            | Self::Triage { .. }
            | Self::Accept
            | Self::Advise
            | Self::Withdraw
            | Self::Duplicate { .. }
            | Self::Die
            | Self::Acknowledge
            | Self::Ring { .. }
            | Self::EscalatePage
            | Self::Contact { .. }
            | Self::FollowUp(_)
            | Self::Heard { .. }
            | Self::HoldBack
            | Self::Waive
            | Self::Allocate
            | Self::ReadNew
            | Self::EndTask(_)
            | Self::EscalateTask(_)
            | Self::Notice(..)
            | Self::Explain(_)
            | Self::Person(_) => Err(Refused::NotFromHere),
        }
    }
}
