//! The duty page and contacts with the person: answered by name, one rung up when nobody answers, stopped by reaching
//! the person (hazard H01).

use jiff::Timestamp;

use super::{Guard, Heard, Referral, guard};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Tracked};
use crate::clock::{Clock, ClockKind, StopWhy};
use crate::county::County;
use crate::duty::{Call, Page};
use crate::episode::{Contact, Mode};
use crate::ids::ContactId;
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::unmet::{NeedsMet, Occasion, answered};
use crate::value::Text;

/// A contact, or an attempt, as recorded by the one who made it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactMade {
    /// When it was made.
    pub at: Timestamp,
    /// How.
    pub mode: Mode,
    /// Whether the person was reached.
    pub reached: bool,
    /// What happens next.
    pub next: Text,
    /// Whether what they asked for was there: asked where the contact does not give it by itself (hazard H19).
    pub needs: Option<NeedsMet>,
    /// What came up about a request that somebody else made.
    pub heard: Heard,
}

const CONTACT_CLOCKS: [ClockKind; 5] =
    [ClockKind::RefAck, ClockKind::DutyCall, ClockKind::CatB, ClockKind::CatC, ClockKind::CatD];

impl Referral {
    /// "I have it": answers the duty page by name.
    ///
    /// # Errors
    /// [`Refused::AlreadyAnswered`] when somebody else has it; [`Refused::NotFromHere`] without a page.
    pub fn acknowledge_page(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        let Some(page) = &self.page else { return Err(Refused::NotFromHere) };
        if page.acknowledged.is_some() {
            return Err(Refused::AlreadyAnswered);
        }
        self.answer_page(ctx);
        Ok(self.finish(ctx, &[(EventKind::DutyAcknowledged, None)]))
    }

    /// A decision by a named member of staff answers the page too: somebody has it.
    pub(super) fn answer_page(&mut self, ctx: &Ctx) {
        let (Some(page), Some(staff)) = (&mut self.page, ctx.actor.staff()) else { return };
        if let Ok(answered) = Page::clone(page).acknowledge(staff.user, staff.name.clone(), ctx.now) {
            *page.edit() = answered;
        }
    }

    /// Nobody answered in time: one rung up, or to the duty person now that there is one.
    ///
    /// # Errors
    /// [`Refused::NotDue`] before its time or once it was answered.
    pub fn escalate_page(mut self, ctx: &Ctx, county: &County) -> Result<Changes, Refused> {
        let Some(page) = &mut self.page else { return Err(Refused::NotFromHere) };
        let before = Page::clone(page);
        let staffed = before.clone().staffed_again(&county.cover(ctx.now), ctx.now);
        let next = if staffed == before { before.escalate(ctx.now) } else { Ok(staffed) };
        match next {
            Ok(next) if guard::in_force(Guard::PageAnswered) => *page.edit() = next,
            Ok(_) => {}
            Err(_) => return Err(Refused::NotDue),
        }
        Ok(self.finish(ctx, &[(EventKind::DutyEscalated, None)]))
    }

    /// Keeps whom the program rang for the page and what came of it; also when somebody answered meanwhile, because it
    /// happened.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] without a page; [`Refused::NoSuchPart`] when nothing was tried.
    pub fn record_page_calls(mut self, ctx: &Ctx, tried: Vec<Call>) -> Result<Changes, Refused> {
        let Some(page) = &mut self.page else { return Err(Refused::NotFromHere) };
        if tried.is_empty() {
            return Err(Refused::NoSuchPart);
        }
        let rang = Page::clone(page).rang(tried);
        *page.edit() = rang;
        Ok(self.finish(ctx, &[(EventKind::DutyRung, None)]))
    }

    /// Records a contact or an attempt. Only reaching the person stops the clocks and answers the page: an attempt is
    /// no reason to stop ringing the next one.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] after a death; [`Refused::DateInPast`] never: a contact lies in the past, and one in
    /// the future is refused as [`Refused::NotDue`]; [`Refused::NeedsNotSaid`] where they asked for something the contact
    /// does not give by itself and nobody said whether it was there.
    pub fn record_contact(mut self, ctx: &Ctx, made: ContactMade) -> Result<Changes, Refused> {
        self.step(EventKind::ContactRecorded)?;
        if made.at > ctx.now {
            return Err(Refused::NotDue);
        }
        let reached = made.reached;
        let by = ctx.actor.author();
        let ContactMade { at, mode, next, heard, needs, .. } = made;
        let needs = answered(&self.unmet(Occasion::Contact { mode, reached }), needs)?;
        let why = needs.as_ref().and_then(NeedsMet::why).cloned();
        let contact = Contact { id: ctx.new_id::<ContactId>(), by, at, mode, reached, next, needs };
        self.contacts.push(Tracked::new(contact));
        if reached {
            self.answer_page(ctx);
            self.stop_contact_clocks(ctx, at);
            self.end_tasks(ctx, &[TaskKind::DutyCall, TaskKind::FirstContact]);
            self.note_direct_contact(ctx, mode, at);
            self.introduce_worker(ctx);
            self.hear(ctx, heard);
        }
        let mut events = vec![(EventKind::ContactRecorded, why)];
        self.close_if_told(ctx, &mut events);
        Ok(self.finish(ctx, &events))
    }

    /// A clock stops when the person was reached, however late that is written down. A contact from before a clock
    /// started stops it when it is recorded.
    pub(super) fn stop_contact_clocks(&mut self, ctx: &Ctx, reached_at: Timestamp) {
        for clock in
            self.clocks.iter_mut().filter(|clock| clock.is_running() && CONTACT_CLOCKS.contains(&clock.kind))
        {
            let at = if reached_at < clock.started_at { ctx.now } else { reached_at };
            let stopped = Clock::clone(clock).stop(at, StopWhy::Done);
            *clock.edit() = stopped;
        }
    }
}
