//! Being told: messages settle one by one; the last one closes the referral; a later failure is noticed (hazard H18).

use super::{Guard, Referral, State, guard};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind};
use crate::clock::{ClockKind, StopWhy};
use crate::county::County;
use crate::ids::{HandoverId, NoticeId};
use crate::notice::{Message, Notice, NoticeState, NoticeStep, Party};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::unmet::NeedsMet;
use crate::value::Text;

impl NoticeStep {
    /// The event a step leaves behind.
    pub fn event(&self) -> EventKind {
        match self {
            Self::Spooled { .. } => EventKind::NoticeSpooled,
            Self::Handed { .. } => EventKind::NoticeHanded,
            Self::Delivered { .. } => EventKind::NoticeDelivered,
            Self::Failed { .. } => EventKind::NoticeFailed,
            Self::Printed => EventKind::NoticePrinted,
            Self::Posted { .. } => EventKind::NoticePosted,
            Self::CameBack { .. } => EventKind::NoticeCameBack,
            Self::ToldByPhone { .. } => EventKind::ToldByPhone,
            Self::Excepted { .. } => EventKind::NoticeExcepted,
        }
    }
}

impl Referral {
    /// One message takes one step.
    ///
    /// # Errors
    /// [`Refused::NoSuchPart`]; [`Refused::NoticeStep`] when the message cannot take it; [`Refused::AddressNotChecked`] of a letter;
    /// [`Refused::NeedsNotSaid`] where the person asked for something that it does not give by itself.
    pub fn step_notice(
        mut self,
        ctx: &Ctx,
        id: NoticeId,
        step: NoticeStep,
        county: &County,
    ) -> Result<Changes, Refused> {
        let kind = step.event();
        let known = self.notices.iter().find(|notice| notice.id == id).ok_or(Refused::NoSuchPart)?;
        let wishes = self.unmet_by(known, &step);
        let step = step.answered(&wishes)?;
        let why = match &step {
            NoticeStep::Excepted { why } | NoticeStep::CameBack { why } => Some(why.clone()),
            NoticeStep::Posted { needs, .. } | NoticeStep::ToldByPhone { needs } => {
                needs.as_ref().and_then(NeedsMet::why).cloned()
            }
            NoticeStep::Spooled { .. }
            | NoticeStep::Handed { .. }
            | NoticeStep::Delivered { .. }
            | NoticeStep::Failed { .. }
            | NoticeStep::Printed => None,
        };
        let came_back = matches!(step, NoticeStep::CameBack { .. });
        if came_back && !self.notices.iter().any(|notice| notice.id == id && self.may_come_back(notice)) {
            return Err(Refused::NoticeStep);
        }
        let by = ctx.actor.author();
        let notice = self.notices.iter_mut().find(|notice| notice.id == id).ok_or(Refused::NoSuchPart)?;
        notice.edit().step(ctx.now, by, step)?;
        let (party, told) = (notice.party, notice.tells_person());
        let arrived = notice.message.is_receipt() && notice.state.is_settled();
        // Where the person hears by no message that it arrived, whoever asked for them does.
        let to_person = |notice: &Notice| notice.party == Party::Person && notice.message.is_receipt();
        if arrived && (party == Party::Person || !self.notices.iter().any(|notice| to_person(notice))) {
            self.stop_clocks(ctx, &[ClockKind::RefAck], StopWhy::Done);
        }
        if told {
            self.note_told(ctx);
        }
        self.settle_worker_news(ctx, county);
        self.note_introduction(ctx, id);
        self.notice_failures(ctx, county);
        let mut events = vec![(kind, why)];
        self.close_if_told(ctx, &mut events);
        Ok(self.finish(ctx, &events))
    }

    /// Whether it is a posted letter whose return matters: the message of the decision in force, or the receipt while there
    /// is none; who the key worker is; the introduction to a service they have not met. What came back of an earlier decision is overtaken by the later one, which everybody is told.
    pub fn may_come_back(&self, notice: &Notice) -> bool {
        let in_force = match self.decided() {
            Some(decided) => {
                let of_it =
                    notice.message.code() == decided.outcome.code() || notice.party == Party::Referrer;
                of_it && !notice.message.is_receipt() && notice.made_at >= decided.at
            }
            None => notice.message.is_receipt(),
        };
        let of_worker = self.worker_news().is_some_and(|news| news.id == notice.id);
        (in_force || of_worker || self.is_introduced_by(notice))
            && matches!(notice.state, NoticeState::Posted { .. })
    }

    /// A failed message is owed a human while no open "tell" task covers it, until everybody was told after all: sending
    /// it again is not yet telling.
    pub(super) fn notice_failures(&mut self, ctx: &Ctx, county: &County) {
        let failed = self.owed_notices().any(|notice| matches!(notice.state, NoticeState::Failed { .. }));
        let told = self.owed_notices().all(|notice| notice.state.is_settled());
        let covered = self.has_open(TaskKind::Tell) || self.has_open(TaskKind::NotTold);
        if failed && !covered && guard::in_force(Guard::FailureNoticed) {
            self.add_task(ctx, TaskKind::NotTold, county.calendar.add_working_days(ctx.now, 1));
        } else if told {
            self.end_tasks(ctx, &[TaskKind::NotTold]);
        }
    }

    /// Nobody is owed a message any more.
    pub(super) fn settle_failures(&mut self, ctx: &Ctx) {
        if self.owed_notices().all(|notice| notice.state.is_settled()) {
            self.end_tasks(ctx, &[TaskKind::NotTold]);
        }
    }

    /// Closes once everybody was told of the decision or is excepted, nobody waits for the duty call, and nobody said
    /// since that it got worse without a senior having looked.
    pub(super) fn close_if_told(&mut self, ctx: &Ctx, events: &mut Vec<(EventKind, Option<Text>)>) {
        let State::Telling { decided } = &self.head.state else { return };
        let decided = decided.clone();
        let told = self.owed_notices().all(|notice| notice.state.is_settled())
            || !guard::in_force(Guard::ToldBeforeClosing);
        let called = !self.has_open(TaskKind::DutyCall) || !guard::in_force(Guard::CalledBeforeClosing);
        let triaged = !self.has_open(TaskKind::Triage) || !guard::in_force(Guard::TriagedBeforeClosing);
        if !(told && called && triaged) {
            return;
        }
        self.head.edit().state = State::Closed { decided, at: ctx.now };
        self.end_tasks(ctx, &[TaskKind::Tell]);
        self.stop_clocks(ctx, &[ClockKind::RefAck], StopWhy::Done);
        events.push((EventKind::Closed, None));
    }

    /// The messages somebody must still be told by: those of the decision in force, or all while there is none. What
    /// was sent before a decision says less than the decision does.
    pub(super) fn owed_notices(&self) -> impl Iterator<Item = &Notice> {
        let decided_at = self.decided().map(|decided| decided.at);
        // A question is owed to nobody once it was answered, or decided without the answer.
        let waits = self.awaits_answer();
        self.notices.iter().map(|notice| &**notice).filter(move |notice| {
            // A reminder to a practice holds nobody up.
            let chases = matches!(notice.message, Message::GpReminder { .. });
            let of_decision = !notice.message.is_receipt() && !notice.message.is_of_worker();
            let asks = matches!(notice.message, Message::Enquiry { .. });
            let stands = notice.message.handover().is_none_or(|id| self.is_news_of_last(id, &notice.message));
            !chases
                && (!asks || waits)
                && stands
                && decided_at.is_none_or(|at| of_decision && notice.made_at >= at)
        })
    }

    /// Whether this is the newest news of the last service that was asked: the rest is overtaken by it.
    fn is_news_of_last(&self, id: HandoverId, message: &Message) -> bool {
        let back = matches!(message, Message::HandoverBack { .. });
        self.handovers.last().is_some_and(|last| last.id == id && last.is_open() != back)
    }
}
