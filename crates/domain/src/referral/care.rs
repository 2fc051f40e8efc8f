//! Who is there for the person: a key worker is taken or named, changed with a reason, and the person is told; and somebody
//! is asked the moment nobody covers for a key worker who is away or has left (hazard H32).

use super::triage::end_of_day;
use super::{Guard, Outcome, Referral, guard};
use crate::actor::{Actor, Ctx, Role};
use crate::change::{Changes, EventKind, Tracked};
use crate::county::County;
use crate::episode::{Earlier, Named, WorkerWish};
use crate::ids::UserId;
use crate::notice::{Message, Notice, NoticeState};
use crate::refused::Refused;
use crate::task::{Level, Owner, Task, TaskKind};
use crate::value::{Line, Text};
use crate::worker::{Asked, Candidate, Reason, reasons};

/// Who is chosen as key worker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Whom.
    pub worker: Candidate,
    /// Why, in words: needed where the person's wish, or anything else, speaks against it, and for every change.
    pub why: Option<Text>,
}

/// What a key worker owes the person by name.
const CARE: [TaskKind; 3] = [TaskKind::FirstContact, TaskKind::FourWeeks, TaskKind::FaceToFace];

/// Days to think about whom the person would like, and to tell them who it is.
const WISH_WORKING_DAYS: u32 = 5;
const TELL_WORKING_DAYS: u32 = 1;

fn manages(ctx: &Ctx) -> bool {
    ctx.actor.staff().is_some_and(|staff| staff.roles.contains(&Role::TeamManager))
}

impl Referral {
    /// Names the key worker of the accepted episode, and tells the person.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] without an accepted episode, or when it has one; [`Refused::ManagerNames`] for somebody else
    /// than oneself; [`Refused::ReasonNeeded`] where something speaks against it.
    pub fn allocate(mut self, ctx: &Ctx, choice: Choice, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::Allocated)?;
        let why = choice.why.clone();
        self.end_tasks(ctx, &[TaskKind::Allocate]);
        self.name_worker(ctx, choice, county)?;
        Ok(self.finish(ctx, &[(EventKind::Allocated, why)]))
    }

    /// Somebody else becomes the key worker, for a reason; the person is told.
    ///
    /// # Errors
    /// As [`Referral::allocate`]; [`Refused::NotFromHere`] for whoever is it already; [`Refused::ManagerNames`] also for
    /// oneself, while nobody covers for the key worker and the person asked for nobody else.
    pub fn change_worker(mut self, ctx: &Ctx, choice: Choice, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::KeyWorkerChanged)?;
        let why = choice.why.clone().ok_or(Refused::ReasonNeeded)?;
        let asked = self.has_open(TaskKind::ChangeWorker) || self.has_open(TaskKind::Cover);
        if !asked && !manages(ctx) {
            return Err(Refused::ManagerNames);
        }
        let before = self.episode.as_ref().and_then(|episode| episode.key_worker.clone());
        let Some((user, name)) = before.filter(|(user, _)| *user != choice.worker.user) else {
            return Err(Refused::NotFromHere);
        };
        if let Some(episode) = &mut self.episode {
            let earlier = Earlier { user, name, until: ctx.now, why: why.clone() };
            episode.edit().earlier.push(earlier);
        }
        self.end_tasks(ctx, &[TaskKind::ChangeWorker, TaskKind::Cover]);
        self.name_worker(ctx, choice, county)?;
        Ok(self.finish(ctx, &[(EventKind::KeyWorkerChanged, Some(why))]))
    }

    fn name_worker(&mut self, ctx: &Ctx, choice: Choice, county: &County) -> Result<(), Refused> {
        let Choice { worker, why } = choice;
        let own = ctx.actor.staff().is_some_and(|staff| staff.user == worker.user);
        if !own && !manages(ctx) {
            return Err(Refused::ManagerNames);
        }
        let against = reasons(&self.asked(), &worker).iter().any(Reason::is_against);
        guard::require(Guard::ChoiceExplained, why.is_some() || !against, Refused::ReasonNeeded)?;
        // A human decided: a form that was shown before that is told so.
        self.head.edit();
        let number = worker.profile.reach.clone().or_else(|| county.reply_number.clone());
        let Some(episode) = &mut self.episode else { return Err(Refused::NotFromHere) };
        let instead = !episode.earlier.is_empty();
        let episode = episode.edit();
        episode.key_worker = Some((worker.user, worker.name.clone()));
        let role = worker.role.clone();
        episode.named = Some(Named { role, number: number.clone(), since: ctx.now, why: why.clone() });
        // What is still owed to the person is now the key worker's.
        self.owe_care(|_| true, Owner::User(worker.user));
        if let Some(why) = &why {
            self.overtake_worker_news(ctx, why);
        }
        let reference = self.head.reference.clone();
        let (team, name, role) = (self.team_name(), worker.name, worker.role);
        let message = Message::KeyWorker { reference, team, name, role, number, instead };
        self.tell_person(ctx, message);
        self.settle_worker_news(ctx, county);
        Ok(())
    }

    /// What the person asked for and said, for whoever chooses.
    pub fn asked(&self) -> Asked {
        Asked::of(&self.person.needs, Some(&self.head.told))
    }

    fn team_name(&self) -> Line {
        match self.decided().map(|decided| &decided.outcome) {
            Some(Outcome::Accepted { team_name, .. }) => team_name.clone(),
            Some(
                Outcome::Advised { .. }
                | Outcome::Redirected { .. }
                | Outcome::Withdrawn { .. }
                | Outcome::Duplicate { .. }
                | Outcome::Died { .. },
            )
            | None => self.person.identity.called.clone(),
        }
    }

    /// The person said whom they would like. Where they have a key worker, somebody thinks about it with them.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] without an accepted episode.
    pub fn wish_worker(mut self, ctx: &Ctx, said: Text, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::WorkerWished)?;
        self.head.edit();
        let Some(episode) = &mut self.episode else { return Err(Refused::NotFromHere) };
        let has_one = episode.key_worker.is_some();
        let wish = WorkerWish { said: said.clone(), by: ctx.actor.author(), at: ctx.now };
        episode.edit().wishes.push(wish);
        if has_one && !self.has_open(TaskKind::ChangeWorker) {
            let due = county.calendar.add_working_days(ctx.now, WISH_WORKING_DAYS);
            self.add_task(ctx, TaskKind::ChangeWorker, due);
        }
        Ok(self.finish(ctx, &[(EventKind::WorkerWished, Some(said))]))
    }

    /// The key worker is away or has left, and nobody covers: nothing stays with them, and the team's manager is asked today.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] for anybody but the key worker, or when it is asked already.
    pub fn cover_missing(mut self, ctx: &Ctx, worker: UserId) -> Result<Changes, Refused> {
        self.step(EventKind::CoverMissing)?;
        if !self.is_cared_for_by(worker) {
            return Err(Refused::NotFromHere);
        }
        let team = self.team();
        for task in self.tasks.iter_mut().filter(|task| task.is_open() && task.owner == Owner::User(worker)) {
            let task = task.edit();
            task.owner = Owner::Team(task.team);
        }
        if guard::in_force(Guard::CoverAsked) {
            let task = Task::new(ctx.new_id(), TaskKind::Cover, team, ctx.now, end_of_day(ctx.now));
            self.tasks.push(Tracked::new(Task { level: Level::TeamManager, ..task }));
        }
        Ok(self.finish(ctx, &[(EventKind::CoverMissing, None)]))
    }

    /// The key worker is back, or somebody covers: what is owed is theirs again.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when nobody was asked.
    pub fn cover_found(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        self.step(EventKind::CoverFound)?;
        self.end_tasks(ctx, &[TaskKind::Cover]);
        let worker = self.episode.as_ref().and_then(|episode| episode.key_worker.clone());
        if let Some((user, _)) = worker {
            let ours = self.team();
            self.owe_care(|task| task.owner == Owner::Team(ours), Owner::User(user));
        }
        Ok(self.finish(ctx, &[(EventKind::CoverFound, None)]))
    }

    /// Whether this is the key worker.
    pub fn is_cared_for_by(&self, worker: UserId) -> bool {
        self.episode.as_ref().is_some_and(|episode| episode.is_with(worker))
    }

    fn owe_care(&mut self, whose: impl Fn(&Task) -> bool, owner: Owner) {
        let owed = |task: &Tracked<Task>| task.is_open() && CARE.contains(&task.kind) && whose(task);
        for task in self.tasks.iter_mut().filter(|task| owed(task)) {
            task.edit().owner = owner;
        }
    }

    /// The newest message that says who the key worker is.
    pub(super) fn worker_news(&self) -> Option<&Notice> {
        self.notices.iter().rev().find(|notice| notice.message.is_of_worker()).map(|notice| &**notice)
    }

    /// Somebody else is the key worker now: what was still on its way says something that is no longer true.
    fn overtake_worker_news(&mut self, ctx: &Ctx, why: &Text) {
        let by = ctx.actor.author();
        let waits = |notice: &Notice| notice.message.is_of_worker() && !notice.state.is_settled();
        for notice in self.notices.iter_mut().filter(|notice| waits(notice)) {
            notice.edit().state = NoticeState::Excepted { at: ctx.now, by: by.clone(), why: why.clone() };
        }
    }

    /// Whether the person knows who is there for them, or somebody is asked to tell them.
    pub(super) fn settle_worker_news(&mut self, ctx: &Ctx, county: &County) {
        let waits = self.worker_news().is_some_and(|notice| !notice.state.is_settled());
        if !waits {
            self.end_tasks(ctx, &[TaskKind::TellWorker]);
        } else if !self.has_open(TaskKind::TellWorker) && guard::in_force(Guard::WorkerTold) {
            let due = county.calendar.add_working_days(ctx.now, TELL_WORKING_DAYS);
            self.add_task(ctx, TaskKind::TellWorker, due);
        }
    }

    /// The key worker reached the person themselves: now they know each other.
    pub(super) fn introduce_worker(&mut self, ctx: &Ctx) {
        let by = ctx.actor.author();
        let Actor::Staff(staff) = &ctx.actor else { return };
        if !self.is_cared_for_by(staff.user) {
            return;
        }
        let waits = |notice: &Notice| notice.message.is_of_worker() && !notice.state.is_settled();
        for notice in self.notices.iter_mut().filter(|notice| waits(notice)) {
            notice.edit().state = NoticeState::ToldByPhone { at: ctx.now, by: by.clone(), needs: None };
        }
        self.end_tasks(ctx, &[TaskKind::TellWorker]);
    }

    /// Steps of care that need more than the state of the referral.
    pub(super) fn fits_care(&self, kind: EventKind) -> bool {
        let outcome = self.decided().map(|decided| &decided.outcome);
        let accepted = matches!(outcome, Some(Outcome::Accepted { .. }));
        let has_one = self.episode.as_ref().is_some_and(|episode| episode.key_worker.is_some());
        let asked = self.has_open(TaskKind::Cover);
        let only_if = [
            (EventKind::Allocated, accepted && !has_one),
            (EventKind::KeyWorkerChanged, accepted && has_one),
            (EventKind::WorkerWished, accepted),
            (EventKind::CoverMissing, accepted && has_one && !asked),
            (EventKind::CoverFound, accepted && has_one && asked),
            (EventKind::WaitPartRecorded, accepted && self.waits_for_parts()),
        ];
        only_if.iter().all(|(step, holds)| *step != kind || *holds)
    }
}
