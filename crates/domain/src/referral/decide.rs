//! Decisions: accept, advise, withdraw, join to the live referral, died. There is no other end (pathway §2).

use jiff::civil::Date;

use super::panel::Sat;
use super::{AdviceBasis, Decided, Guard, Outcome, Referral, State, guard};
use crate::actor::Ctx;
use crate::calendar::{local_date, start_of_day};
use crate::change::{Changes, EventKind, Tracked};
use crate::clock::{ClockKind, StopWhy};
use crate::county::County;
use crate::episode::{Contact, Episode};
use crate::ids::{EpisodeId, ReferralId, ServiceId};
use crate::notice::{Message, News, NoticeState, Party, Route};
use crate::refused::Refused;
use crate::task::{Owner, TaskKind};
use crate::team::Team;
use crate::value::{Line, Reference, Text};

/// A team takes responsibility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acceptance {
    /// The team.
    pub team: Team,
    /// Who the person asks for.
    pub contact_name: Line,
    /// What happens next, in plain words.
    pub next_step: Text,
    /// On which day.
    pub next_on: Date,
}

/// Advice instead of a team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    /// The advice, in plain words.
    pub advice: Text,
    /// Other places that help; what the directory says of those that were chosen there stands in it as it is now.
    pub options: Text,
    /// Those that were chosen from the directory.
    pub services: Vec<ServiceId>,
    /// Why advice and no team.
    pub basis: AdviceBasis,
    /// When we ask how things are.
    pub follow_up_on: Date,
}

/// The person does not want to go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawal {
    /// What they said, if they said why.
    pub why: Option<Text>,
    /// What was considered about safety. Capacity is presumed.
    pub safety: Text,
}

const ALLOCATE_WORKING_DAYS: u32 = 5;

/// What nobody owes a person who died any more.
const OWED_TO_THEM: [TaskKind; 11] = [
    TaskKind::Tell,
    TaskKind::NotTold,
    TaskKind::FollowUp,
    TaskKind::Allocate,
    TaskKind::TellHeld,
    TaskKind::GpReceipt,
    TaskKind::TellWorker,
    TaskKind::ChangeWorker,
    TaskKind::Cover,
    TaskKind::FourWeeks,
    TaskKind::FaceToFace,
];

impl Referral {
    /// A team takes responsibility: episode, allocation task, and everybody is told.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] before triage; [`Refused::TeamNotTaking`]; [`Refused::NoAgreement`]; [`Refused::DateInPast`].
    pub fn accept(self, ctx: &Ctx, acceptance: Acceptance, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::Accepted)?;
        if !(acceptance.team.accepts && acceptance.team.active) {
            return Err(Refused::TeamNotTaking);
        }
        county.require_agreement(Some(acceptance.team.id))?;
        self.hold(ctx, (EventKind::Accepted, None), (acceptance, None), county)
    }

    /// A named team holds the person from now on, by its own will or because a panel said so.
    pub(super) fn hold(
        mut self,
        ctx: &Ctx,
        decided: (EventKind, Option<Text>),
        (acceptance, panel): (Acceptance, Option<Sat>),
        county: &County,
    ) -> Result<Changes, Refused> {
        guard::require(Guard::AgreementFirst, self.is_agreed(), Refused::NotAgreed)?;
        self.require_told()?;
        ahead(ctx, acceptance.next_on)?;
        let Acceptance { team, contact_name, next_step, next_on } = acceptance;
        let id = ctx.new_id::<EpisodeId>();
        let message = Message::Accepted {
            reference: self.head.reference.clone(),
            team: team.name.clone(),
            contact_name: contact_name.clone(),
            next_step: next_step.clone(),
            next_on,
            because: self.said_back(EventKind::Accepted),
        };
        let news = News::Accepted { team: team.name.clone(), contact_name: contact_name.clone(), next_on };
        self.episode = Some(Tracked::new(Episode {
            id,
            team: team.id,
            contact_name: contact_name.clone(),
            next_step: next_step.clone(),
            next_on,
            accepted_at: ctx.now,
            key_worker: None,
            named: None,
            earlier: Vec::new(),
            wishes: Vec::new(),
            parts: Vec::new(),
            ended_at: None,
        }));
        let (episode, took, team, team_name) = (id, team.clone(), team.id, team.name);
        self.decide(
            ctx,
            Outcome::Accepted { episode, team, team_name, contact_name, next_step, next_on, panel },
        );
        self.hand_first_contact_to_team();
        self.start_team_waits(ctx, &took, county);
        self.add_task(
            ctx,
            TaskKind::Allocate,
            county.calendar.add_working_days(ctx.now, ALLOCATE_WORKING_DAYS),
        );
        Ok(self.tell(ctx, decided, (&message, news), county))
    }

    /// Advice: a written copy, other places, how to come back, and a dated follow-up check.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] before triage or while the first contact or the duty call is owed;
    /// [`Refused::DateInPast`].
    pub fn advise(mut self, ctx: &Ctx, given: Advice, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::Advised)?;
        let owed = self.has_open(TaskKind::FirstContact) || self.has_open(TaskKind::DutyCall);
        guard::require(Guard::AdviceAfterContact, !owed, Refused::ContactOwed)?;
        self.require_told()?;
        ahead(ctx, given.follow_up_on)?;
        let Advice { advice, options, services, basis, follow_up_on } = given;
        let message = Message::Advised {
            reference: self.head.reference.clone(),
            advice: advice.clone(),
            options: options.clone(),
            follow_up_on,
            because: self.said_back(EventKind::Advised),
        };
        self.decide(ctx, Outcome::Advised { advice, options, services, basis, follow_up_on });
        if guard::in_force(Guard::FollowUpKept) {
            let due = follow_up_on.tomorrow().map_or(ctx.now, start_of_day);
            self.add_task(ctx, TaskKind::FollowUp, due);
        }
        let news = News::Advised { follow_up_on };
        Ok(self.tell(ctx, (EventKind::Advised, None), (&message, news), county))
    }

    /// The person does not want to go on; capacity is presumed, safety is considered, the door stays open.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once it was decided.
    pub fn withdraw(
        mut self,
        ctx: &Ctx,
        withdrawal: Withdrawal,
        county: &County,
    ) -> Result<Changes, Refused> {
        self.step(EventKind::Withdrawn)?;
        let Withdrawal { why, safety } = withdrawal;
        let message = Message::Withdrawn { reference: self.head.reference.clone() };
        self.decide(ctx, Outcome::Withdrawn { why: why.clone(), safety });
        self.end_waiting(ctx, StopWhy::Withdrawn);
        // Whoever says that they do not want this knows of it.
        self.note_told(ctx);
        Ok(self.tell(ctx, (EventKind::Withdrawn, why), (&message, News::Withdrawn), county))
    }

    /// Joins it to the person's live referral, confirmed by a human (hazard H24). A promised duty call stays owed here
    /// unless the live referral owes it too or the person was reached there since (hazard H01).
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once it was decided; [`Refused::DuplicateOfItself`];
    /// [`Refused::LiveReferralClosed`] when nobody works on the other one any more.
    pub fn link_duplicate(mut self, ctx: &Ctx, live: &Self, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::DuplicateLinked)?;
        let (of, reference): (ReferralId, Reference) = (live.head.id, live.head.reference.clone());
        guard::require(Guard::DuplicateOfAnother, of != self.head.id, Refused::DuplicateOfItself)?;
        guard::require(Guard::DuplicateOfAnother, live.is_live(), Refused::LiveReferralClosed)?;
        let message = Message::Duplicate { reference: self.head.reference.clone(), live: reference.clone() };
        self.decide(ctx, Outcome::Duplicate { of, live: reference });
        if live.has_call_of(&self) {
            self.end_waiting(ctx, StopWhy::Duplicate);
        } else {
            self.end_queue(ctx, StopWhy::Duplicate);
        }
        Ok(self.tell(ctx, (EventKind::DuplicateLinked, None), (&message, News::Joined), county))
    }

    /// The person died: clocks stop, nothing more is sent to them, and it closes. Concern for children stays open.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when it was recorded before.
    pub fn record_death(mut self, ctx: &Ctx, source: Text) -> Result<Changes, Refused> {
        self.step(EventKind::Died)?;
        self.decide(ctx, Outcome::Died { source: source.clone() });
        self.end_waiting(ctx, StopWhy::Died);
        self.stop_clocks(ctx, &[ClockKind::TellHeld], StopWhy::Died);
        self.end_tasks(ctx, &OWED_TO_THEM);
        if let Some(episode) = &mut self.episode {
            episode.edit().ended_at = Some(ctx.now);
        }
        let by = ctx.actor.author();
        for notice in self.notices.iter_mut().filter(|notice| !notice.state.is_settled()) {
            notice.edit().state = NoticeState::Excepted { at: ctx.now, by: by.clone(), why: source.clone() };
        }
        let mut events = vec![(EventKind::Died, Some(source))];
        self.close_if_told(ctx, &mut events);
        Ok(self.finish(ctx, &events))
    }

    /// Whether no decision has been made, or those who must know are still being told.
    pub fn is_open(&self) -> bool {
        !matches!(self.head.state, State::Closed { .. })
    }

    /// Whether somebody still works on it towards help: undecided, or a team took it and the person is being told.
    /// Another request may be joined to it only then; two may never be joined to each other.
    pub(super) fn is_live(&self) -> bool {
        match &self.head.state {
            State::Received | State::Screening { .. } | State::Triaged { .. } | State::Redirecting { .. } => {
                true
            }
            State::Telling { decided } => matches!(decided.outcome, Outcome::Accepted { .. }),
            State::Closed { .. } => false,
        }
    }

    pub(super) fn decide(&mut self, ctx: &Ctx, outcome: Outcome) {
        self.end_handover(ctx);
        self.end_four_weeks(ctx, &outcome);
        let decided = Decided { by: ctx.actor.author(), at: ctx.now, outcome };
        let head = self.head.edit();
        for worse in &mut head.since.worse {
            worse.triaged = true;
        }
        match std::mem::replace(&mut head.state, State::Telling { decided }) {
            State::Triaged { triage } | State::Redirecting { triage } => head.earlier_triages.push(triage),
            State::Telling { decided } | State::Closed { decided, .. } => {
                head.earlier_decisions.push(decided);
            }
            State::Received | State::Screening { .. } => {}
        }
        self.answer_page(ctx);
        let over = [
            TaskKind::Decide,
            TaskKind::Triage,
            TaskKind::ReadNew,
            TaskKind::Withdrawal,
            TaskKind::LookAgain,
            TaskKind::Enquiry,
        ];
        self.end_tasks(ctx, &over);
    }

    /// Whether the duty call promised on `other` is owed here as well, or was made here since.
    fn has_call_of(&self, other: &Self) -> bool {
        let last = other.head.since.worse.iter().map(|worse| worse.at).max();
        let since = last.unwrap_or(other.head.received_at);
        let made = |contact: &Contact| contact.reached && contact.at >= since;
        self.has_open(TaskKind::DutyCall) || self.contacts.iter().any(|contact| made(contact))
    }

    fn end_waiting(&mut self, ctx: &Ctx, why: StopWhy) {
        self.stop_clocks(ctx, &[ClockKind::DutyCall], why);
        self.end_tasks(ctx, &[TaskKind::DutyCall]);
        self.end_queue(ctx, why);
    }

    /// Nobody reads or decides it here any more; a promised duty call stays owed, and so does telling the person that we
    /// hold this.
    fn end_queue(&mut self, ctx: &Ctx, why: StopWhy) {
        let owed = [ClockKind::DutyCall, ClockKind::TellHeld];
        let ends: Vec<_> = ClockKind::ALL.into_iter().filter(|kind| !owed.contains(kind)).collect();
        self.stop_clocks(ctx, &ends, why);
        self.end_tasks(ctx, &[TaskKind::Triage, TaskKind::Decide, TaskKind::FirstContact]);
    }

    fn hand_first_contact_to_team(&mut self) {
        let team = self.team();
        for task in self.tasks.iter_mut().filter(|task| task.is_open() && task.kind == TaskKind::FirstContact)
        {
            let task = task.edit();
            task.team = team;
            task.owner = Owner::Team(team);
        }
    }

    /// Tells everybody who must know, and keeps a task until they are told. Where nobody can be told by a message, it
    /// closes at once, and telling the person stays owed.
    pub(super) fn tell(
        mut self,
        ctx: &Ctx,
        decided: (EventKind, Option<Text>),
        (message, news): (&Message, News),
        county: &County,
    ) -> Changes {
        self.end_tasks(ctx, &[TaskKind::NotTold]);
        self.tell_person(ctx, message.clone());
        let practice = self.person.identity.gp_practice.clone().filter(|_| self.head.permissions.tell_gp);
        if let Some(practice) = practice {
            let to = Text::from(practice.clone());
            self.add_notice(ctx, Party::Gp, Route::Letter { to }, message.clone().without_reasons());
            if matches!(message, Message::Advised { .. }) {
                self.ask_receipt(ctx, practice, county);
            }
        }
        self.tell_referrer(ctx, news);
        self.add_task(ctx, TaskKind::Tell, county.calendar.add_working_days(ctx.now, 1));
        let mut events = vec![decided];
        self.close_if_told(ctx, &mut events);
        self.finish(ctx, &events)
    }
}

fn ahead(ctx: &Ctx, day: Date) -> Result<(), Refused> {
    guard::require(Guard::DateAhead, day >= local_date(ctx.now), Refused::DateInPast)
}
