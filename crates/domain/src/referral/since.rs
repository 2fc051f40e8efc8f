//! What the person does after they asked, following their own referral: adds to it, changes how they are reached, asks for
//! it to end, says that it got worse. Each step is seen by staff at once, as a dated task of the team that must act.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::triage::end_of_day;
use super::{Outcome, Referral, State};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Tracked};
use crate::clock::{ClockKind, StopWhy};
use crate::county::County;
use crate::door::{Danger, Given, Needs, Put, Question, SafeContact, Source, Way};
use crate::notice::{NoticeState, Party, Route};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::Text;

/// Something the person added, in their own words. Nothing is ever overwritten.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Added {
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: Text,
    /// Who said it.
    #[serde(default = "person")]
    pub source: Source,
    /// It answers what was asked for.
    #[serde(default)]
    pub answers: bool,
}

fn person() -> Source {
    Source::Person
}

/// The person said that things got worse.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Worse {
    /// When.
    pub at: Timestamp,
    /// The danger questions answered yes.
    pub dangers: Vec<Danger>,
    /// They asked to be called.
    pub call_me: bool,
    /// What they said about it.
    pub words: Option<Text>,
    /// A senior has triaged since.
    pub triaged: bool,
}

impl Worse {
    /// Whether the duty person is paged for it.
    pub fn is_flagged(&self) -> bool {
        self.call_me || !self.dangers.is_empty()
    }
}

/// The person asked for their referral to end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WithdrawalAsked {
    /// When.
    pub at: Timestamp,
    /// Why, if they said.
    pub why: Option<Text>,
    /// Whether they are safe now; `None` was not asked or not answered.
    pub safe: Option<bool>,
}

/// What the person said since they asked for help, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Since {
    /// What they added.
    pub added: Vec<Added>,
    /// When they said that it got worse.
    pub worse: Vec<Worse>,
    /// They asked for it to end, and nobody has considered it yet or it was agreed.
    pub withdrawal: Option<WithdrawalAsked>,
}

impl Since {
    /// What the person said themselves: what others said of them is not shown to them by this.
    #[must_use]
    pub fn of_person(&self) -> Self {
        let mut own = self.clone();
        own.added.retain(|added| added.source == Source::Person);
        own
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.worse.is_empty() && self.withdrawal.is_none()
    }
}

/// A change to what the person told us before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// How to reach them safely.
    Contact(SafeContact),
    /// What helps us to understand each other and meet.
    Needs(Needs),
}

/// "Things got worse", as the person said it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GotWorse {
    /// The danger questions answered yes.
    pub dangers: Vec<Danger>,
    /// The number to call them on, where they asked for a call.
    pub call: Option<Way>,
    /// What they said about it.
    pub words: Option<Text>,
    /// Why a message that was still on its way is not sent any more, in the words of the page.
    pub why: Text,
}

/// Nobody has to read what was added later than this.
const READ_WORKING_DAYS: u32 = 1;

impl Referral {
    /// The person adds something. Whoever has a form open is told so, and keeps what they typed.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] after a death; [`Refused::AlreadySent`] for the same words sent twice.
    pub fn add(mut self, ctx: &Ctx, text: Text, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::PersonAdded)?;
        if self.head.since.added.last().is_some_and(|last| last.text == text) {
            return Err(Refused::AlreadySent);
        }
        self.head.edit().since.added.push(Added {
            at: ctx.now,
            text,
            source: Source::Person,
            answers: false,
        });
        self.ask_to_read(ctx, county);
        Ok(self.finish(ctx, &[(EventKind::PersonAdded, None)]))
    }

    /// The person changes how they are reached, or what they need, or says that it is still right. What waits to be sent
    /// goes the new way: the old one may not be safe any more (hazard H05).
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] after a death.
    pub fn change(mut self, ctx: &Ctx, change: Change, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::PersonChanged)?;
        let (question, same, changed) = match &change {
            Change::Contact(contact) => {
                (Question::Contact, *contact == self.person.contact, EventKind::ReachChanged)
            }
            Change::Needs(needs) => (Question::Needs, *needs == self.person.needs, EventKind::NeedsChanged),
        };
        let given = Given { question, source: Source::Person, at: ctx.now };
        self.head.edit().told.note(&given, Put::Shown);
        match change {
            Change::Contact(contact) => self.reach_by(contact),
            Change::Needs(needs) => self.person.edit().needs = needs,
        }
        if same {
            return Ok(self.finish(ctx, &[(EventKind::PersonChanged, None)]));
        }
        self.ask_to_read(ctx, county);
        Ok(self.finish(ctx, &[(changed, None)]))
    }

    /// What was not sent yet takes the new way. A letter that was printed is printed again with the new address.
    pub(super) fn reach_by(&mut self, contact: SafeContact) {
        let route = Route::to_person(&contact);
        self.person.edit().contact = contact;
        let waits = |state: &NoticeState| match state {
            NoticeState::Queued
            | NoticeState::Spooled { .. }
            | NoticeState::Failed { .. }
            | NoticeState::Printed { .. } => true,
            NoticeState::Handed { .. }
            | NoticeState::Asked { .. }
            | NoticeState::Delivered { .. }
            | NoticeState::Posted { .. }
            | NoticeState::ToldByPhone { .. }
            | NoticeState::Excepted { .. } => false,
        };
        for notice in &mut self.notices {
            if notice.party == Party::Person && waits(&notice.state) && notice.route != route {
                let notice = notice.edit();
                notice.route = route.clone();
                notice.state = NoticeState::Queued;
            }
        }
    }

    /// The person asks for it to end. Capacity is presumed; a senior considers safety first, and it never closes by itself.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once it was decided; [`Refused::AlreadySent`] when they asked before.
    pub fn ask_to_withdraw(
        mut self,
        ctx: &Ctx,
        why: Option<Text>,
        safe: Option<bool>,
        county: &County,
    ) -> Result<Changes, Refused> {
        if self.has_open(TaskKind::Withdrawal) {
            return Err(Refused::AlreadySent);
        }
        self.step(EventKind::WithdrawalAsked)?;
        self.head.edit().since.withdrawal = Some(WithdrawalAsked { at: ctx.now, why: why.clone(), safe });
        let soon = county.calendar.add_working_days(ctx.now, 1);
        let due = if safe == Some(false) { end_of_day(ctx.now).min(soon) } else { soon };
        self.add_task(ctx, TaskKind::Withdrawal, due);
        Ok(self.finish(ctx, &[(EventKind::WithdrawalAsked, why)]))
    }

    /// Staff have read what the person said since.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when there is nothing new.
    pub fn read_new(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        self.step(EventKind::NewRead)?;
        self.end_tasks(ctx, &[TaskKind::ReadNew]);
        Ok(self.finish(ctx, &[(EventKind::NewRead, None)]))
    }

    pub(super) fn ask_to_read(&mut self, ctx: &Ctx, county: &County) {
        if !self.has_open(TaskKind::ReadNew) {
            let due = county.calendar.add_working_days(ctx.now, READ_WORKING_DAYS);
            self.add_task(ctx, TaskKind::ReadNew, due);
        }
    }

    /// Things got worse: somebody looks again today, wherever the referral is. A danger answer or "call me" pages the duty
    /// person at once, as on arrival; time that was waited never makes it later (hazards H01, H09).
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] after a death; [`Refused::AlreadySent`] for "call me" pressed twice.
    pub fn got_worse(mut self, ctx: &Ctx, said: GotWorse, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::GotWorse)?;
        let rings = |way: &Way| self.is_being_rung(Some(&self.person.contact), way);
        if said.is_only_a_call() && said.call.as_ref().is_some_and(rings) {
            return Err(Refused::AlreadySent);
        }
        let GotWorse { dangers, call, words, why } = said;
        let call_me = call.is_some();
        if let Some(way) = call.filter(|way| *way != self.person.contact.way) {
            let before = &self.person.contact;
            let also = before.ways().filter(|other| **other != way).cloned().collect();
            let contact = SafeContact { way, also, ..before.clone() };
            self.person.edit().contact = contact;
        }
        let worse = Worse { at: ctx.now, dangers, call_me, words: words.clone(), triaged: false };
        self.worsen(ctx, worse, &why, county);
        Ok(self.finish(ctx, &[(EventKind::GotWorse, words)]))
    }

    /// It is looked at again today; a danger answer or "call me" pages the duty person.
    pub(super) fn worsen(&mut self, ctx: &Ctx, worse: Worse, why: &Text, county: &County) {
        let flagged = worse.is_flagged();
        let head = self.head.edit();
        head.since.worse.push(worse);
        head.since.withdrawal = None;
        self.end_tasks(ctx, &[TaskKind::Withdrawal]);
        self.open_again(ctx, why);
        self.start_four_weeks(ctx, county);
        self.look_again(ctx, flagged, county);
        if flagged {
            self.page_again(ctx, county);
        }
        self.notice_failures(ctx, county);
    }

    /// A team that accepted keeps the person, and whoever has it open keeps it open; every other decision is open again.
    fn open_again(&mut self, ctx: &Ctx, why: &Text) {
        let before = std::mem::replace(&mut self.head.edit().state, State::Received);
        let now = match before {
            State::Received => State::Received,
            State::Screening { by, at } => State::Screening { by, at },
            State::Triaged { triage } => {
                self.head.edit().earlier_triages.push(triage);
                State::Received
            }
            // Whoever was asked stays asked, until a senior who looks again takes it back.
            State::Redirecting { triage } => State::Redirecting { triage },
            State::Telling { decided } | State::Closed { decided, .. } => match decided.outcome {
                Outcome::Accepted { .. } => State::Telling { decided },
                Outcome::Advised { .. }
                | Outcome::Redirected { .. }
                | Outcome::Withdrawn { .. }
                | Outcome::Duplicate { .. }
                | Outcome::Died { .. } => {
                    self.head.edit().earlier_decisions.push(decided);
                    self.untell(ctx, why);
                    self.end_tasks(
                        ctx,
                        &[TaskKind::Tell, TaskKind::NotTold, TaskKind::FollowUp, TaskKind::GpReceipt],
                    );
                    State::Received
                }
            },
        };
        self.head.edit().state = now;
    }

    /// What was still on its way says something that is no longer true.
    pub(super) fn untell(&mut self, ctx: &Ctx, why: &Text) {
        let by = ctx.actor.author();
        for notice in self.notices.iter_mut().filter(|notice| !notice.state.is_settled()) {
            notice.edit().state = NoticeState::Excepted { at: ctx.now, by: by.clone(), why: why.clone() };
        }
    }

    /// Triage is asked for again: today, and with a danger answer within the hours of one. What was due earlier stays so.
    fn look_again(&mut self, ctx: &Ctx, flagged: bool, county: &County) {
        let today = end_of_day(ctx.now);
        if !self.has_open(TaskKind::Triage) {
            self.add_task_of(ctx, self.head.spoa, TaskKind::Triage, today);
        }
        // It counts as flagged from here on: only what waits for triage does.
        let would = county.targets.due(ClockKind::RefTriage, ctx.now, self.is_flagged(), &county.calendar);
        let running =
            |clock: &&Tracked<crate::clock::Clock>| clock.kind == ClockKind::RefTriage && clock.is_running();
        let target = self.clocks.iter().find(running).map(|clock| clock.target_at);
        if target.is_none_or(|target| would < target) {
            self.stop_clocks(ctx, &[ClockKind::RefTriage], StopWhy::Replaced);
            self.start_clock(ctx, ClockKind::RefTriage, ctx.now, county);
        }
        let due = if flagged { would } else { would.min(today) };
        let waits = |task: &&mut Tracked<crate::task::Task>| task.kind == TaskKind::Triage && task.is_open();
        if let Some(task) = self.tasks.iter_mut().find(waits)
            && due < task.due_at
        {
            task.edit().due_at = due;
        }
    }

    /// A page that rings goes on ringing; one that was answered is not enough for what is new.
    fn page_again(&mut self, ctx: &Ctx, county: &County) {
        let cover = county.cover(ctx.now);
        if self.page.as_ref().is_none_or(|page| page.acknowledged.is_some()) {
            self.open_page(ctx, &cover, county);
        }
        if !self.has_open(TaskKind::DutyCall) {
            self.promise_call(ctx, &cover, county);
        }
    }
}
