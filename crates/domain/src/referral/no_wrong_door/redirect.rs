//! The steps of a handover.

use super::step::{Node, Step};
use crate::actor::{Actor, Ctx};
use crate::change::Changes;
use crate::county::County;
use crate::fixtures::{as_actor, declined, guest, line, met, panel, proposal, taken, text};
use crate::guest::Errand;
use crate::handover::{Answered, Consent, HandoverState, Introduction};
use crate::ids::{HandoverId, NoticeId};
use crate::referral::{Answerer, Declined, GpAnswer, Met, Referral, Taken};
use crate::refused::Refused;

/// What a service does by its one-time link.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Link {
    TakeOver,
    Decline,
    Introduce,
    Meet,
}

/// What only a senior who looks for another service can bring.
pub(super) const REDIRECTS: [Step; 16] = [
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
    Step::ByLink(Link::TakeOver),
    Step::ByLink(Link::Decline),
    Step::ByLink(Link::Introduce),
    Step::ByLink(Link::Meet),
    // Who does it moves nothing: tried on the way where the most can happen, and nowhere else.
    Step::Give,
];

/// The person is introduced by a message, which arrives or not.
pub(super) const INTRODUCES: [Step; 3] =
    [Step::Propose { here: true, asked: true }, Step::TakeOver, Step::WriteIntroduction];

/// Whoever counts as introduced by a message has it: a provider's answer, or a human who posted it or rang.
pub(super) fn introduced_truly(node: &Node) -> Result<(), String> {
    let last = node.referral.handovers().last();
    let by_message = last
        .filter(|it| matches!(it.state, HandoverState::Introduced { how: Introduction::NamedMessage, .. }));
    let has = |id| {
        let mut told = node.referral.notices().iter().filter(|it| it.message.introduces() == Some(id));
        told.any(|it| it.tells_person())
    };
    match by_message {
        Some(handover) if !has(handover.id) => Err("introduced by a message that nobody has".to_owned()),
        Some(_) | None => Ok(()),
    }
}

/// What is missing is asked for once, and answered; and what a referral can come to be while it is not.
pub(super) const ENQUIRES: [Step; 3] = [
    Step::Enquiry { answer: false },
    Step::Enquiry { answer: true },
    Step::Propose { here: true, asked: true },
];

/// Whoever comes by a link: somebody of the service with the one it has now, or of the practice with the words of its letter.
pub(super) fn by_link(step: Step, node: &Node) -> Option<Ctx> {
    let errand = if matches!(step, Step::ByLink(_)) {
        let last = node.referral.handovers().last();
        let id = last.map_or(HandoverId(uuid::Uuid::nil()), |it| it.id);
        let asked = last.is_some_and(|it| matches!(it.state, HandoverState::Offered { .. }));
        if asked { Errand::Answer(id) } else { Errand::Carry(id) }
    } else if step == (Step::GpRead { link: true }) {
        let receipt = node.referral.gp_receipt();
        Errand::Receipt(receipt.map_or(NoticeId(uuid::Uuid::nil()), |receipt| receipt.notice))
    } else {
        return None;
    };
    Some(as_actor(Actor::Guest(Box::new(guest(node.referral.id(), errand))), node.now))
}

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
            Self::WriteIntroduction => referral.introduce(ctx, Introduction::NamedMessage),
            Self::Meet => referral.meet(ctx, met(ctx), county),
            Self::Bounce => {
                let id = referral.handovers().last().map(|handover| handover.id);
                let id = id.ok_or(Refused::NoSuchPart)?;
                referral.bounce(ctx, id, &text("No answer in time."), county)
            }
            Self::TakeBack => referral.take_back(ctx, text("The person changed their mind."), county),
            Self::HoldPanel => referral.hold_panel(ctx, panel(ctx.now), county),
            Self::ByLink(link) => link.take(ctx, referral, county),
            Self::GpRead { link: true } => {
                let answered = Answered::by_link(ctx, None).ok_or(Refused::NotFromHere)?;
                referral.answer_gp(ctx, GpAnswer::Read { answered, at: ctx.now })
            }
            Self::GpRead { link: false } => {
                let (why, by) = (text("The practice has closed."), ctx.actor.author());
                referral.answer_gp(ctx, GpAnswer::Excused { why, by, at: ctx.now })
            }
            Self::Enquiry { answer: false } => referral.enquire(ctx, text("Which tablets?"), county),
            Self::Enquiry { answer: true } => referral.answer_enquiry(
                ctx,
                text("None."),
                Answerer::Told { name: line("The nurse") },
                county,
            ),
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
            | Self::Give
            | Self::AcceptCrisis
            | Self::BeWith
            | Self::ChangeWorker
            | Self::WishWorker
            | Self::CoverMissing
            | Self::CoverFound
            | Self::DoPart(_)
            | Self::ReadNew
            | Self::EndTask(_)
            | Self::EscalateTask(_)
            | Self::Notice(..)
            | Self::Explain(_)
            | Self::Person(_) => Err(Refused::NotFromHere),
        }
    }
}

impl Link {
    fn take(self, ctx: &Ctx, referral: Referral, county: &County) -> Result<Changes, Refused> {
        // A team here has no link.
        let asked = referral.handovers().last().map(|it| &it.to);
        if asked.is_none_or(|to| to.link_route().is_none()) {
            return Err(Refused::NotFromHere);
        }
        let answered = Answered::by_link(ctx, None).ok_or(Refused::NotFromHere)?;
        match self {
            Self::TakeOver => referral.take_over(ctx, Taken { answered, ..taken(ctx) }, county),
            Self::Decline => referral.decline(ctx, Declined { answered, ..declined(ctx) }, county),
            Self::Introduce => referral.introduce(ctx, Introduction::ThreeWayCall),
            Self::Meet => referral.meet(ctx, Met { answered, ..met(ctx) }, county),
        }
    }
}
