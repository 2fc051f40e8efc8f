//! Introducing somebody to the service that takes them: a call of three and a first appointment together are written down when
//! they happened; a message counts when the person has it, by a provider's stored answer or a named human (pathway §3, hazards
//! H06, H18).

use super::Referral;
use crate::actor::Ctx;
use crate::change::{Changes, EventKind};
use crate::handover::{Handover, HandoverState, Introduction};
use crate::ids::{HandoverId, NoticeId};
use crate::notice::{Message, Notice, NoticeState, Party};
use crate::refused::Refused;
use crate::value::Text;

impl Referral {
    /// Somebody introduced them to each other; or a message does, which is sent now and counts when the person has it.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`], [`Refused::HandoverStep`] before it was accepted; for a message also
    /// [`Refused::AlreadySent`] while one is on its way, and [`Refused::PersonNotTold`] where nothing may be sent to the person.
    pub fn introduce(mut self, ctx: &Ctx, how: Introduction) -> Result<Changes, Refused> {
        match how {
            Introduction::ThreeWayCall | Introduction::Together => {
                self.step(EventKind::HandoverIntroduced)?;
                self.require_asked(ctx)?;
                let by = ctx.actor.author();
                let Some(handover) = self.handovers.last_mut() else { return Err(Refused::NoSuchPart) };
                handover.edit().introduce(how, ctx.now, by)?;
                Ok(self.finish(ctx, &[(EventKind::HandoverIntroduced, None)]))
            }
            Introduction::NamedMessage => self.write_introduction(ctx),
        }
    }

    /// Writes to the person who of the service gets in touch, how and by when; and to a service without an account that we did.
    fn write_introduction(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        self.step(EventKind::IntroductionWritten)?;
        self.require_asked(ctx)?;
        let Some(handover) = self.handovers.last() else { return Err(Refused::NoSuchPart) };
        let HandoverState::Accepted { promise } = &handover.state else { return Err(Refused::HandoverStep) };
        let (id, to, promise) = (handover.id, handover.to.clone(), promise.clone());
        let mut written = self.notices.iter().filter(|notice| notice.message.introduces() == Some(id));
        if written.any(|notice| !matches!(notice.state, NoticeState::Excepted { .. })) {
            return Err(Refused::AlreadySent);
        }
        if !self.is_known() || self.is_held_back() {
            return Err(Refused::PersonNotTold);
        }
        let reference = self.head.reference.clone();
        let message = Message::Introduction {
            reference: reference.clone(),
            handover: id,
            to: to.name().clone(),
            contact_name: promise.contact_name.clone(),
            next: promise.next,
            on: promise.on,
            meet_by: promise.meet_by,
        };
        self.tell_person(ctx, message);
        if let Some(route) = to.link_route() {
            let (contact_name, meet_by) = (promise.contact_name, promise.meet_by);
            let message = Message::IntroductionCopy { reference, handover: id, contact_name, meet_by };
            self.add_notice(ctx, Party::Receiver, route, message);
        }
        Ok(self.finish(ctx, &[(EventKind::IntroductionWritten, None)]))
    }

    /// Whether it is this message that introduced the person to the service that takes them.
    pub(super) fn is_introduced_by(&self, notice: &Notice) -> bool {
        let by_message = |it: &Handover| {
            matches!(it.state, HandoverState::Introduced { how: Introduction::NamedMessage, .. })
        };
        let last = self.handovers.last().filter(|it| by_message(it));
        last.is_some_and(|it| notice.message.introduces() == Some(it.id))
    }

    /// A message took a step. The person has the one that introduces the service: they are introduced. It failed after all: they
    /// are not.
    pub(super) fn note_introduction(&mut self, ctx: &Ctx, id: NoticeId) {
        let Some(notice) = self.notices.iter().find(|notice| notice.id == id) else { return };
        let (has, failed) = (notice.tells_person(), matches!(notice.state, NoticeState::Failed { .. }));
        let Some(of) = notice.message.introduces().filter(|_| has || failed) else { return };
        let by = ctx.actor.author();
        let Some(handover) = self.handovers.last_mut().filter(|it| it.id == of) else { return };
        match (&handover.state, has) {
            (HandoverState::Accepted { .. }, true) => {
                // It is accepted, so that it can be introduced.
                let _ = handover.edit().introduce(Introduction::NamedMessage, ctx.now, by);
            }
            (HandoverState::Introduced { how: Introduction::NamedMessage, .. }, false) => {
                handover.edit().not_introduced();
            }
            (
                HandoverState::Proposed
                | HandoverState::Offered { .. }
                | HandoverState::Accepted { .. }
                | HandoverState::Introduced { .. }
                | HandoverState::Met { .. }
                | HandoverState::Declined { .. }
                | HandoverState::BouncedBack { .. }
                | HandoverState::Ended { .. },
                _,
            ) => {}
        }
    }

    /// They have met: a message that was to introduce them comes too late, and is not sent any more.
    pub(super) fn drop_introduction(&mut self, ctx: &Ctx, of: HandoverId, why: &Text) {
        let by = ctx.actor.author();
        for notice in self.notices.iter_mut().filter(|notice| !notice.state.is_settled()) {
            if notice.message.introduces() == Some(of) {
                notice.edit().state = NoticeState::Excepted { at: ctx.now, by: by.clone(), why: why.clone() };
            }
        }
    }
}
