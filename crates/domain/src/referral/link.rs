//! One-time links of a referral: what one opens follows from where its handover is, and from nothing else.

use jiff::Timestamp;

use super::{Enquiry, Guard, Referral, guard};
use crate::actor::{Actor, Ctx};
use crate::change::EventKind;
use crate::guest::{Errand, LetterLink, LinkStands};
use crate::handover::{Answered, Handover};
use crate::refused::Refused;
use crate::value::Line;

impl Referral {
    /// Whether a one-time link can be used now; nothing where there is nothing it could be about.
    pub fn link_stands(&self, errand: Errand, now: Timestamp) -> Option<(Line, LinkStands)> {
        let of = |id, stands: fn(&Handover, Timestamp) -> LinkStands| {
            let handover: &Handover = self.handovers.iter().find(|handover| handover.id == id)?;
            Some((handover.to.name().clone(), stands(handover, now)))
        };
        match errand {
            Errand::Answer(id) => of(id, Handover::answer_link),
            Errand::Carry(id) => of(id, Handover::carry_link),
            Errand::Receipt(notice) => self.receipt_stands(notice),
        }
    }

    /// The link that stands now, if one does.
    pub fn open_link(&self, now: Timestamp) -> Option<Errand> {
        let last = self.handovers.last().map(|last| last.id);
        let of_handover = last.map(|last| [Errand::Answer(last), Errand::Carry(last)]);
        let of_letter = self.gp_receipt().map(|receipt| Errand::Receipt(receipt.notice));
        let all = of_handover.into_iter().flatten().chain(of_letter);
        let good = |stands: Option<(Line, LinkStands)>| stands.is_some_and(|(_, it)| it == LinkStands::Good);
        all.into_iter().find(|errand| good(self.link_stands(*errand, now)))
    }

    /// What the words of the letters that were sent about it lead to now.
    pub fn letter_links(&self, now: Timestamp) -> Vec<LetterLink> {
        let waits = |enquiry: &&Enquiry| enquiry.answer.is_none() && now <= enquiry.answer_by;
        let question =
            self.head.enquiry.as_deref().filter(waits).filter(|_| self.may(EventKind::EnquiryAnswered));
        let question = question.map(|enquiry| LetterLink::Question(self.id(), enquiry.id));
        self.open_link(now).map(LetterLink::Errand).into_iter().chain(question).collect()
    }

    /// Whoever came by a link acts only while it stands, and on what it is about. Whoever is signed in answers for a team of
    /// their own, or writes down at the single point of access what the service said.
    pub(super) fn require_asked(&self, ctx: &Ctx) -> Result<(), Refused> {
        let guest = match &ctx.actor {
            Actor::Guest(guest) => guest,
            Actor::Staff(staff) => {
                let asked = self.handovers.last().and_then(|last| last.to.team());
                let mut answers = std::iter::once(self.head.spoa).chain(asked);
                let theirs = answers.any(|team| staff.teams.contains(&team));
                return if theirs { Ok(()) } else { Err(Refused::OtherTeam) };
            }
            Actor::Public(_) | Actor::Person(_) | Actor::System(_) => return Ok(()),
        };
        let last = self.handovers.last().is_some_and(|last| last.id.0 == guest.errand.about());
        let good =
            self.link_stands(guest.errand, ctx.now).is_some_and(|(_, stands)| stands == LinkStands::Good);
        guard::require(Guard::LinkStands, last && good, Refused::LinkSpent)
    }
}

impl Answered {
    /// By whoever came by a one-time link, as they said who they are.
    pub fn by_link(ctx: &Ctx, reference: Option<Line>) -> Option<Self> {
        let Actor::Guest(guest) = &ctx.actor else { return None };
        Some(Self::ByLink { name: guest.name.clone(), role: guest.role.clone(), reference })
    }

    /// By whoever is signed in.
    pub fn on_screen(ctx: &Ctx) -> Self {
        Self::OnScreen { who: ctx.actor.author() }
    }

    /// Whether this actor may give such an answer: on screen and by phone somebody signed in, by link its holder.
    pub fn fits(&self, actor: &Actor) -> bool {
        match self {
            Self::OnScreen { .. } | Self::ByPhone { .. } => actor.staff().is_some(),
            Self::ByLink { .. } => matches!(actor, Actor::Guest(_)),
        }
    }
}
