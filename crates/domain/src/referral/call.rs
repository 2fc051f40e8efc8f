//! "Call me", pressed on a form that was sent before: nothing of it may be lost, and nobody has to ask again (hazard H01).
//! The duty rules are those of "things got worse"; the form is the proof of who asks.

use super::{GotWorse, Referral, Worse};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind};
use crate::clock::ClockKind;
use crate::county::County;
use crate::door::{Draft, DraftState, ForWhom, Origin, SafeContact, Way, WayKind, first_try};
use crate::duty::Cover;
use crate::refused::Refused;
use crate::section::{Receipt, Unstaffed};
use crate::value::{Line, Phone, Text};

/// A call that was asked for after the form was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallAsked {
    /// The number to ring; `None` is the one they gave before.
    pub phone: Option<Phone>,
    /// Who asks for somebody else, where that was not said before.
    pub called: Option<Line>,
    /// Why a message that was still on its way is not sent any more, in the words of the page.
    pub why: Text,
}

impl Referral {
    /// Whoever sent this form wants to be called: the number goes on the referral, the duty person is paged, and the
    /// confirmation says so. For somebody else it is the number of whoever asked.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] while they are being rung for on this number already; [`Refused::NoWayToAsk`] where no
    /// number is known; [`Refused::NotFromHere`] after a death, and for a form that became another referral.
    pub fn ask_for_call(
        mut self,
        ctx: &Ctx,
        draft: Draft,
        asked: CallAsked,
        county: &County,
    ) -> Result<Changes, Refused> {
        let DraftState::Sent { referral, receipt, .. } = &draft.state else {
            return Err(Refused::NotFromHere);
        };
        if *referral != self.head.id {
            return Err(Refused::NotFromHere);
        }
        self.step(EventKind::GotWorse)?;
        let way = self.way_to_ring(asked.phone).ok_or(Refused::NoWayToAsk)?;
        if self.is_being_rung(self.reach_of_sender(), &way) {
            return Err(Refused::AlreadySent);
        }
        self.ring_on(way, asked.called);
        let worse = Worse { at: ctx.now, dangers: Vec::new(), call_me: true, words: None, triaged: false };
        self.worsen(ctx, worse, &asked.why, county);
        let receipt = self.promised(ctx, receipt.clone(), county);
        let changes = self.finish(ctx, &[(EventKind::CallAsked, None)]);
        Ok(changes.and(draft.call_asked(ctx, receipt)))
    }

    /// How whoever sent it is reached: for somebody else, whoever asked.
    fn reach_of_sender(&self) -> Option<&SafeContact> {
        match &self.head.origin {
            Origin::Own => Some(&self.person.contact),
            Origin::Someone(behalf) | Origin::Professional(behalf) => behalf.referrer.reach.as_ref(),
        }
    }

    /// A call to this number, or to the one that is known: with what they said about voicemail where it is the same.
    fn way_to_ring(&self, phone: Option<Phone>) -> Option<Way> {
        let mut known = self.reach_of_sender().into_iter().flat_map(SafeContact::ways);
        let Some(phone) = phone else {
            return known.find_map(|way| match way {
                Way::Call { .. } => Some(way.clone()),
                Way::Text { phone } => Some(Way::Call { phone: phone.clone(), voicemail: false }),
                Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
            });
        };
        let same = known.find(|way| matches!(way, Way::Call { phone: known, .. } if *known == phone));
        Some(same.cloned().unwrap_or(Way::Call { phone, voicemail: false }))
    }

    /// Whether the duty person is being rung already for a call to this number: pressed twice is asked once.
    pub(super) fn is_being_rung(&self, reach: Option<&SafeContact>, way: &Way) -> bool {
        let rings = self.page.as_ref().is_some_and(|page| page.acknowledged.is_none());
        let asked = self.head.since.worse.last().map_or(self.head.safety.call_me, |worse| worse.call_me);
        rings && asked && reach.is_some_and(|reach| reach.way == *way)
    }

    fn ring_on(&mut self, way: Way, called: Option<Line>) {
        let through = self.person.contact.through_asker;
        if let Origin::Someone(behalf) | Origin::Professional(behalf) = &mut self.head.edit().origin {
            let reach = first_try(way.clone(), behalf.referrer.reach.as_ref());
            behalf.referrer.reach = Some(reach);
            if behalf.referrer.name.is_none() {
                behalf.referrer.name = called;
            }
            if !through {
                return;
            }
        }
        let person = self.person.edit();
        person.contact = first_try(way, Some(&person.contact));
    }

    /// What the confirmation says from now on.
    fn promised(&self, ctx: &Ctx, before: Receipt, county: &County) -> Receipt {
        let unstaffed = match county.cover(ctx.now) {
            Cover::Staffed { .. } => None,
            Cover::Unstaffed { next } => Some(Unstaffed { next }),
        };
        let own = before.whom == ForWhom::Me;
        Receipt {
            by: if own { WayKind::Call } else { before.by },
            asker_by: if own { before.asker_by } else { Some(WayKind::Call) },
            call_by: self.running(ClockKind::DutyCall).or(before.call_by),
            call_asked: Some(ctx.now),
            unstaffed,
            ..before
        }
    }
}

impl GotWorse {
    /// Whether it is nothing but a wish to be called.
    pub(super) fn is_only_a_call(&self) -> bool {
        self.call.is_some() && self.dangers.is_empty() && self.words.is_none()
    }
}
