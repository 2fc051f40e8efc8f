//! The small moves every transition is made of: begin and end tasks, start and stop clocks, finish as a change set.
//! Decides nothing: which of them belong to a transition stands with the transition.

use jiff::Timestamp;

use super::{Guard, Referral, guard};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Tracked, Write};
use crate::clock::{Clock, ClockKind, StopWhy};
use crate::county::County;
use crate::ids::{ClockId, TaskId, TeamId};
use crate::refused::Refused;
use crate::task::{Owner, Task, TaskKind};
use crate::value::Text;

impl Referral {
    fn subject(&self) -> Subject {
        Subject { noun: Noun::Referral, id: self.head.id.into() }
    }

    pub(super) fn finish(self, ctx: &Ctx, kinds: &[(EventKind, Option<Text>)]) -> Changes {
        let subject = self.subject();
        let mut changes = Changes::new();
        for (kind, why) in kinds {
            changes.event(ctx, *kind, subject, why.clone());
        }
        changes.write(Write::Referral(Box::new(self)));
        changes
    }

    pub(super) fn step(&self, kind: EventKind) -> Result<(), Refused> {
        guard::require(Guard::DeclaredStep, self.may(kind), Refused::NotFromHere)
    }

    pub(super) fn add_task(&mut self, ctx: &Ctx, kind: TaskKind, due_at: Timestamp) {
        self.add_task_of(ctx, self.team(), kind, due_at);
    }

    pub(super) fn add_task_of(&mut self, ctx: &Ctx, team: TeamId, kind: TaskKind, due_at: Timestamp) {
        self.tasks.push(Tracked::new(Task::new(ctx.new_id::<TaskId>(), kind, team, ctx.now, due_at)));
    }

    pub(super) fn has_open(&self, kind: TaskKind) -> bool {
        self.tasks.iter().any(|task| task.kind == kind && task.is_open())
    }

    pub(super) fn end_tasks(&mut self, ctx: &Ctx, kinds: &[TaskKind]) {
        let by = ctx.actor.author();
        for task in self.tasks.iter_mut().filter(|task| task.is_open() && kinds.contains(&task.kind)) {
            task.edit().end(ctx.now, by.clone(), None);
        }
    }

    pub(super) fn start_clock(
        &mut self,
        ctx: &Ctx,
        kind: ClockKind,
        at: Timestamp,
        county: &County,
    ) -> Timestamp {
        let flagged = self.is_flagged();
        let clock =
            Clock::start(ctx.new_id::<ClockId>(), kind, at, flagged, &county.targets, &county.calendar);
        let target = clock.target_at;
        self.clocks.push(Tracked::new(clock));
        target
    }

    pub(super) fn stop_clocks(&mut self, ctx: &Ctx, kinds: &[ClockKind], why: StopWhy) {
        for clock in self.clocks.iter_mut().filter(|clock| clock.is_running() && kinds.contains(&clock.kind))
        {
            let stopped = Clock::clone(clock).stop(ctx.now, why);
            *clock.edit() = stopped;
        }
    }

    /// Whoever took it does what is next: the task bears their name until somebody takes it over.
    pub(super) fn hand_to(&mut self, ctx: &Ctx, kind: TaskKind) {
        let Some(user) = ctx.actor.staff().map(|staff| staff.user) else { return };
        for task in self.tasks.iter_mut().filter(|task| task.is_open() && task.kind == kind) {
            task.edit().owner = Owner::User(user);
        }
    }
}
