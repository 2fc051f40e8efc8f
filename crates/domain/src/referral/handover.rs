//! Redirecting as a warm handover: chosen, offered with the person's agreement, answered, introduced, met. Until they have
//! met, the single point of access holds the person; whatever fails comes back to its queue with the original date and
//! category (pathway §3, hazards H03, H06).

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Guard, Outcome, Referral, State, guard};
use crate::actor::Ctx;
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Tracked};
use crate::county::County;
use crate::episode::{Contact, Mode};
use crate::handover::{
    Answered, Consent, DeclineReason, Handover, HandoverState, Introduction, Promise, Receiver,
};
use crate::ids::{ContactId, HandoverId};
use crate::notice::{Message, News, NoticeState, Party};
use crate::refused::Refused;
use crate::task::{Owner, TaskKind};
use crate::value::{Line, Text};

/// A service chosen for the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Who is to be asked.
    pub to: Receiver,
    /// Why this service, in plain words.
    pub why: Text,
    /// Whether the person wants it; with [`Consent::ToAsk`] nothing is offered yet.
    pub consent: Consent,
    /// How they would like to be introduced.
    pub wish: Option<Introduction>,
}

/// The answer of a service that takes the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Who gets in touch with the person.
    pub contact_name: Line,
    /// How, in plain words for the person.
    pub next: Text,
    /// On which day, if they say one.
    pub on: Option<Date>,
    /// How the answer came.
    pub answered: Answered,
}

/// The answer of a service that cannot take the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declined {
    /// Why.
    pub reason: DeclineReason,
    /// In words.
    pub words: Text,
    /// How the answer came.
    pub answered: Answered,
}

/// The service and the person have met.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Met {
    /// When.
    pub at: Timestamp,
    /// How.
    pub mode: Mode,
    /// What happens next, in plain words.
    pub next: Text,
    /// How we know.
    pub answered: Answered,
}

/// The tasks of a handover.
const TASKS: [TaskKind; 3] = [TaskKind::AskAgreement, TaskKind::HandoverAnswer, TaskKind::HandoverMeet];

impl Referral {
    /// Handovers, oldest first.
    pub fn handovers(&self) -> &[Tracked<Handover>] {
        &self.handovers
    }

    /// The handover that is on its way, or that led to the decision.
    pub fn handover(&self) -> Option<&Handover> {
        let redirecting = matches!(self.head.state, State::Redirecting { .. });
        let redirected = matches!(self.decided().map(|it| &it.outcome), Some(Outcome::Redirected { .. }));
        let last = self.handovers.last().map(|handover| &**handover);
        last.filter(|_| redirecting || redirected)
    }

    /// How many services could not take the person.
    pub fn declines(&self) -> usize {
        self.gave_up(false)
    }

    /// How many services took the person and gave them back before they had met.
    pub fn hand_backs(&self) -> usize {
        self.gave_up(true)
    }

    /// How many services did not take the person: those that could not, and those that took them and gave them back.
    pub fn not_taken(&self) -> usize {
        self.declines() + self.hand_backs()
    }

    fn gave_up(&self, after: bool) -> usize {
        let fits = |state: &HandoverState| matches!(state, HandoverState::Declined { after_accepting, .. } if *after_accepting == after);
        self.handovers.iter().filter(|handover| fits(&handover.state)).count()
    }

    /// A senior chooses a service. It is asked at once where the person agrees, or the reason to go without is given;
    /// otherwise somebody asks the person first.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] before triage or while a panel is owed; [`Refused::NoWayToAsk`]; [`Refused::NoAgreement`] with
    /// a partner; [`Refused::NotAgreed`] and [`Refused::PersonNotTold`] where somebody else asked for them.
    pub fn propose(mut self, ctx: &Ctx, proposal: Proposal, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverProposed)?;
        guard::require(Guard::AgreementFirst, self.is_agreed(), Refused::NotAgreed)?;
        self.require_told()?;
        if !proposal.to.can_be_asked() {
            return Err(Refused::NoWayToAsk);
        }
        county.require_agreement(proposal.to.team())?;
        let State::Triaged { triage } = self.head.state.clone() else { return Err(Refused::NotFromHere) };
        let Proposal { to, why, consent, wish } = proposal;
        let by = ctx.actor.author();
        self.head.edit().state = State::Redirecting { triage };
        self.end_tasks(ctx, &[TaskKind::Decide]);
        let handover = Handover {
            id: ctx.new_id::<HandoverId>(),
            to,
            why: why.clone(),
            consent: Consent::ToAsk,
            wish,
            made_at: ctx.now,
            by,
            state: HandoverState::Proposed,
        };
        self.handovers.push(Tracked::new(handover));
        // That an earlier service was not the right one is overtaken now.
        self.settle_receiver(ctx, &why);
        let mut events = vec![(EventKind::HandoverProposed, Some(why))];
        if consent == Consent::ToAsk && guard::in_force(Guard::AskedFirst) {
            self.add_task(ctx, TaskKind::AskAgreement, county.calendar.add_working_days(ctx.now, 1));
        } else {
            self.offer_now(ctx, consent, wish, county)?;
            events.push((EventKind::HandoverOffered, None));
        }
        Ok(self.finish(ctx, &events))
    }

    /// The person was asked: they agree, or a reason to go without is given. Now the service is asked.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when nothing was chosen; [`Refused::NotAgreed`] without an answer;
    /// [`Refused::HandoverStep`] when it was offered before; [`Refused::NoAgreement`] with a partner whose agreement ended since.
    pub fn offer(
        mut self,
        ctx: &Ctx,
        consent: Consent,
        wish: Option<Introduction>,
        county: &County,
    ) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverOffered)?;
        guard::require(Guard::AskedFirst, consent != Consent::ToAsk, Refused::NotAgreed)?;
        self.offer_now(ctx, consent, wish, county)?;
        Ok(self.finish(ctx, &[(EventKind::HandoverOffered, None)]))
    }

    fn offer_now(
        &mut self,
        ctx: &Ctx,
        consent: Consent,
        wish: Option<Introduction>,
        county: &County,
    ) -> Result<(), Refused> {
        let category = self.triage_in_force().map(|triage| triage.category).ok_or(Refused::NotFromHere)?;
        let answer_by = county.handover.answer_by(category, ctx.now, &county.calendar);
        let Some(handover) = self.handovers.last_mut() else { return Err(Refused::NoSuchPart) };
        handover.edit().offer(consent, wish, ctx.now, answer_by)?;
        let (id, to) = (handover.id, handover.to.clone());
        county.require_agreement(to.team())?;
        self.end_tasks(ctx, &[TaskKind::AskAgreement]);
        self.add_handover_task(ctx, TaskKind::HandoverAnswer, &to, answer_by);
        if let Some(route) = to.route() {
            let message =
                Message::HandoverOffered { reference: self.head.reference.clone(), handover: id, answer_by };
            self.add_notice(ctx, Party::Receiver, route, message);
        }
        Ok(())
    }

    /// The service takes the person: who gets in touch, and how. The person is told; we hold them until they have met.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`], [`Refused::HandoverStep`] when it is not waiting for an answer; [`Refused::OtherTeam`];
    /// [`Refused::NotDue`] and [`Refused::BeforeAsked`] for a call that is yet to come, or was before it was asked.
    pub fn take_over(mut self, ctx: &Ctx, taken: Taken, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverAccepted)?;
        self.require_asked(ctx)?;
        self.require_heard(ctx, &taken.answered)?;
        let category = self.triage_in_force().map(|triage| triage.category).ok_or(Refused::NotFromHere)?;
        let meet_by = county.handover.meet_by(category, ctx.now);
        let Taken { contact_name, next, on, answered } = taken;
        if on.is_some_and(|on| on < local_date(ctx.now)) {
            return Err(Refused::DateInPast);
        }
        let Some(handover) = self.handovers.last_mut() else { return Err(Refused::NoSuchPart) };
        let promise = Promise { contact_name, next, on, answered, at: ctx.now, meet_by };
        handover.edit().accept(promise.clone())?;
        let (id, to) = (handover.id, handover.to.clone());
        self.end_tasks(ctx, &[TaskKind::HandoverAnswer]);
        self.add_handover_task(ctx, TaskKind::HandoverMeet, &to, meet_by);
        self.settle_receiver(ctx, &promise.next);
        let message = Message::HandoverAccepted {
            reference: self.head.reference.clone(),
            handover: id,
            to: to.name().clone(),
            about: county.about(to.team()),
            contact_name: promise.contact_name,
            next: promise.next,
            on,
            meet_by,
            because: self.said_back(EventKind::HandoverProposed),
        };
        self.tell_person(ctx, message);
        if let Some(route) = to.link_route() {
            let reference = self.head.reference.clone();
            let message = Message::HandoverCarry { reference, handover: id, meet_by };
            self.add_notice(ctx, Party::Receiver, route, message);
        }
        Ok(self.finish(ctx, &[(EventKind::HandoverAccepted, None)]))
    }

    /// The service cannot take the person, or gives back what it had accepted. It is back in the queue with its original
    /// date and category; after two, a panel decides.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`], [`Refused::HandoverStep`]; [`Refused::OtherTeam`]; [`Refused::NotDue`] and
    /// [`Refused::BeforeAsked`] as for [`take_over`](Self::take_over).
    pub fn decline(mut self, ctx: &Ctx, declined: Declined, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverDeclined)?;
        self.require_asked(ctx)?;
        let Declined { reason, words, answered } = declined;
        self.require_heard(ctx, &answered)?;
        let Some(handover) = self.handovers.last_mut() else { return Err(Refused::NoSuchPart) };
        handover.edit().decline(ctx.now, reason, words.clone(), answered)?;
        self.come_back(ctx, &words, county);
        Ok(self.finish(ctx, &[(EventKind::HandoverDeclined, Some(words))]))
    }

    /// They have met: a first contact, and the person is the other service's. Where it got worse meanwhile and no senior has
    /// looked, that comes first.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`], [`Refused::HandoverStep`] before it was accepted; [`Refused::NotDue`] for a meeting in the
    /// future; [`Refused::BeforeAsked`] for a call before it was asked.
    pub fn meet(mut self, ctx: &Ctx, met: Met, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverMet)?;
        self.require_asked(ctx)?;
        if met.at > ctx.now {
            return Err(Refused::NotDue);
        }
        let Met { at, mode, next, answered } = met;
        self.require_heard(ctx, &answered)?;
        let Some(handover) = self.handovers.last_mut() else { return Err(Refused::NoSuchPart) };
        handover.edit().meet(at, mode, answered)?;
        let of = handover.id;
        self.drop_introduction(ctx, of, &next);
        let by = ctx.actor.author();
        let contact =
            Contact { id: ctx.new_id::<ContactId>(), by, at, mode, reached: true, next, needs: None };
        self.contacts.push(Tracked::new(contact));
        self.stop_contact_clocks(ctx, at);
        self.end_tasks(ctx, &[TaskKind::DutyCall, TaskKind::FirstContact, TaskKind::HandoverMeet]);
        if self.is_handed_over() {
            return Ok(self.redirected(ctx, EventKind::HandoverMet, county));
        }
        // What was owed about the way there is overtaken.
        self.settle_failures(ctx);
        Ok(self.finish(ctx, &[(EventKind::HandoverMet, None)]))
    }

    /// What was said on the phone was said after the service was asked, and not in the future. A form knows minutes.
    fn require_heard(&self, ctx: &Ctx, answered: &Answered) -> Result<(), Refused> {
        let Answered::ByPhone { at, .. } = answered else { return Ok(()) };
        let asked = self.handovers.last().and_then(|it| it.state.asked_at());
        let minute = |at: Timestamp| at.as_second().div_euclid(60);
        if *at > ctx.now {
            Err(Refused::NotDue)
        } else if asked.is_some_and(|asked| minute(*at) < minute(asked)) {
            Err(Refused::BeforeAsked)
        } else {
            Ok(())
        }
    }

    /// Whether they have met and nothing here waits for a senior.
    pub(super) fn is_handed_over(&self) -> bool {
        let met = self.handovers.last().is_some_and(|it| matches!(it.state, HandoverState::Met { .. }));
        let redirecting = matches!(self.head.state, State::Redirecting { .. });
        redirecting && met && !self.has_open(TaskKind::Triage)
    }

    /// The decision that a handover ends in: everybody is told that the other service has the person.
    pub(super) fn redirected(mut self, ctx: &Ctx, kind: EventKind, county: &County) -> Changes {
        let Some(handover) = self.handovers.last().map(|it| Handover::clone(it)) else {
            return self.finish(ctx, &[(kind, None)]);
        };
        let (contact_name, next) = match handover.state.promise() {
            Some(promise) => (promise.contact_name.clone(), promise.next.clone()),
            None => (handover.to.name().clone(), handover.why.clone()),
        };
        let to = handover.to.name().clone();
        let message = Message::Redirected {
            reference: self.head.reference.clone(),
            to: to.clone(),
            contact_name: contact_name.clone(),
            next: next.clone(),
        };
        self.decide(ctx, Outcome::Redirected { handover: handover.id, to: to.clone(), contact_name, next });
        self.tell(ctx, (kind, None), (&message, News::Redirected { to }), county)
    }

    /// Nobody answered, or met the person, in time: it comes back by itself.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`]; [`Refused::NotDue`] before its time.
    pub fn bounce(
        mut self,
        ctx: &Ctx,
        id: HandoverId,
        why: &Text,
        county: &County,
    ) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverBounced)?;
        let Some(handover) = self.handovers.last_mut().filter(|handover| handover.id == id) else {
            return Err(Refused::NoSuchPart);
        };
        handover.edit().bounce(ctx.now)?;
        self.come_back(ctx, why, county);
        Ok(self.finish(ctx, &[(EventKind::HandoverBounced, None)]))
    }

    /// A senior takes it back: something else fits better, or the person changed their mind.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`]; [`Refused::HandoverStep`] once they have met.
    pub fn take_back(mut self, ctx: &Ctx, why: Text, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::HandoverTakenBack)?;
        let by = ctx.actor.author();
        let Some(handover) = self.handovers.last_mut() else { return Err(Refused::NoSuchPart) };
        handover.edit().end(ctx.now, by, Some(why.clone()))?;
        self.come_back(ctx, &why, county);
        Ok(self.finish(ctx, &[(EventKind::HandoverTakenBack, Some(why))]))
    }

    /// Back in the queue: nothing has moved but what was tried.
    fn come_back(&mut self, ctx: &Ctx, why: &Text, county: &County) {
        self.end_tasks(ctx, &TASKS);
        self.settle_receiver(ctx, why);
        let State::Redirecting { triage } = self.head.state.clone() else { return };
        if self.has_open(TaskKind::Triage) {
            // It got worse meanwhile, and no senior has looked: that comes before anything is decided.
            let head = self.head.edit();
            head.earlier_triages.push(triage);
            head.state = State::Received;
        } else {
            self.head.edit().state = State::Triaged { triage };
            self.ask_to_decide(ctx, county);
        }
        let owed = [TaskKind::Triage, TaskKind::Decide, TaskKind::Panel];
        let Some(decide_by) = owed.into_iter().find_map(|kind| self.due(kind)) else { return };
        let Some(handover) = self.handovers.last().map(|it| Handover::clone(it)) else { return };
        // Whoever knew that a service was asked is told that it was not the right one, and that we still hold them.
        let knows = matches!(handover.consent, Consent::Agrees { .. });
        if knows {
            let (reference, to) = (self.head.reference.clone(), handover.to.name().clone());
            let message = Message::HandoverBack { reference, handover: handover.id, to, decide_by };
            self.tell_person(ctx, message);
        }
    }

    /// Steps of a handover that need more than the state of the referral.
    pub(super) fn fits_handover(&self, kind: EventKind) -> bool {
        let state = self.handover().map(|handover| &handover.state);
        let offered = matches!(state, Some(HandoverState::Offered { .. }));
        let accepted = matches!(state, Some(HandoverState::Accepted { .. }));
        let introduced = matches!(state, Some(HandoverState::Introduced { .. }));
        let open = state.is_some_and(HandoverState::is_open);
        let panel = self.has_open(TaskKind::Panel);
        let only_if = [
            (EventKind::HandoverProposed, !panel),
            (EventKind::Advised, !panel),
            (EventKind::PanelHeld, panel),
            (EventKind::HandoverOffered, state == Some(&HandoverState::Proposed)),
            (EventKind::HandoverAccepted, offered),
            (EventKind::HandoverDeclined, offered || accepted || introduced),
            (EventKind::HandoverIntroduced, accepted),
            (EventKind::IntroductionWritten, accepted),
            (EventKind::HandoverMet, accepted || introduced),
            (EventKind::HandoverBounced, offered || accepted || introduced),
            (EventKind::HandoverTakenBack, open),
        ];
        only_if.iter().all(|(step, holds)| *step != kind || *holds)
    }

    /// The referral ends while a handover is on its way.
    pub(super) fn end_handover(&mut self, ctx: &Ctx) {
        let by = ctx.actor.author();
        for handover in self.handovers.iter_mut().filter(|handover| handover.is_open()) {
            handover.edit().state = HandoverState::Ended { at: ctx.now, by: by.clone(), why: None };
        }
        self.end_tasks(ctx, &TASKS);
        self.end_tasks(ctx, &[TaskKind::Panel]);
    }

    /// What was on its way about the handover says something that is no longer true.
    fn settle_receiver(&mut self, ctx: &Ctx, why: &Text) {
        let by = ctx.actor.author();
        for notice in self.notices.iter_mut().filter(|notice| !notice.state.is_settled()) {
            if notice.message.handover().is_some() {
                notice.edit().state = NoticeState::Excepted { at: ctx.now, by: by.clone(), why: why.clone() };
            }
        }
        self.settle_failures(ctx);
    }

    /// A task of the service that is asked, where its people sign in here; of ours otherwise: we ring.
    fn add_handover_task(&mut self, ctx: &Ctx, kind: TaskKind, to: &Receiver, due: Timestamp) {
        let team = to.team().unwrap_or(self.head.spoa);
        self.add_task_of(ctx, team, kind, due);
        if let Some(task) = self.tasks.last_mut() {
            task.edit().owner = Owner::Team(team);
        }
    }
}
