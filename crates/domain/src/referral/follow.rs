//! After the decision: follow-up checks, tasks that end with a reason or go up, breaches explained.

use super::{Guard, Outcome, Referral, State, guard};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind};
use crate::clock::{Clock, ClockKind};
use crate::county::County;
use crate::ids::{ClockId, TaskId};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::Text;

/// How a follow-up check after advice went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FollowUp {
    /// The person is better, in their words.
    Better {
        /// In their words.
        said: Text,
    },
    /// Not better: the referral opens again with its original date.
    NotBetter {
        /// In their words.
        said: Text,
    },
    /// No answer: nobody is lost because they did not pick up.
    NoAnswer {
        /// What was tried.
        tried: Text,
    },
}

impl Referral {
    /// Records the check. "Not better" and "no answer" open the referral again with its original date.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when no advice was given or the check was made.
    pub fn follow_up(mut self, ctx: &Ctx, outcome: FollowUp, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::FollowedUp)?;
        self.end_tasks(ctx, &[TaskKind::FollowUp]);
        match outcome {
            FollowUp::Better { said } => Ok(self.finish(ctx, &[(EventKind::FollowedUp, Some(said))])),
            FollowUp::NotBetter { said: why } | FollowUp::NoAnswer { tried: why } => {
                self.reopen(ctx, &why, county);
                Ok(self.finish(ctx, &[(EventKind::Reopened, Some(why))]))
            }
        }
    }

    fn reopen(&mut self, ctx: &Ctx, why: &Text, county: &County) {
        let by = ctx.actor.author();
        let head = self.head.edit();
        let again = State::Screening { by, at: ctx.now };
        if let State::Telling { decided } | State::Closed { decided, .. } =
            std::mem::replace(&mut head.state, again)
        {
            head.earlier_decisions.push(decided);
        }
        self.untell(ctx, why);
        self.end_tasks(ctx, &[TaskKind::Tell, TaskKind::NotTold, TaskKind::GpReceipt]);
        self.start_four_weeks(ctx, county);
        let read_by = self.start_clock(ctx, ClockKind::RefTriage, ctx.now, county);
        self.add_task(ctx, TaskKind::Triage, read_by);
    }

    /// Ends a task with a reason. Tasks that wait for an event are refused: nobody ticks a referral off a list.
    ///
    /// # Errors
    /// [`Refused::NoSuchPart`]; [`Refused::TaskStep`].
    pub fn end_task(mut self, ctx: &Ctx, id: TaskId, why: Text) -> Result<Changes, Refused> {
        let by = ctx.actor.author();
        let task = self.tasks.iter_mut().find(|task| task.id == id).ok_or(Refused::NoSuchPart)?;
        if !task.is_open() {
            return Err(Refused::TaskStep);
        }
        guard::require(Guard::TaskWaitsForEvent, task.kind.ends_by_reason(), Refused::TaskStep)?;
        task.edit().end(ctx.now, by, Some(why.clone()));
        Ok(self.finish(ctx, &[(EventKind::TaskEnded, Some(why))]))
    }

    /// An overdue task goes one level up.
    ///
    /// # Errors
    /// [`Refused::NoSuchPart`]; [`Refused::NotDue`].
    pub fn escalate_task(mut self, ctx: &Ctx, id: TaskId) -> Result<Changes, Refused> {
        let task = self.tasks.iter_mut().find(|task| task.id == id).ok_or(Refused::NoSuchPart)?;
        task.edit().escalate(ctx.now)?;
        if task.kind == TaskKind::GpReceipt {
            self.remind_gp(ctx);
        }
        Ok(self.finish(ctx, &[(EventKind::TaskEscalated, None)]))
    }

    /// Explains a missed target.
    ///
    /// # Errors
    /// [`Refused::NoSuchPart`]; [`Refused::NotBreached`].
    pub fn explain_breach(mut self, ctx: &Ctx, id: ClockId, why: Text) -> Result<Changes, Refused> {
        let clock = self.clocks.iter_mut().find(|clock| clock.id == id).ok_or(Refused::NoSuchPart)?;
        let explained =
            Clock::clone(clock).give_breach_reason(why.clone(), ctx.now).map_err(|_| Refused::NotBreached)?;
        *clock.edit() = explained;
        Ok(self.finish(ctx, &[(EventKind::BreachExplained, Some(why))]))
    }

    /// Whether the outcome in force is advice, for the pages.
    pub fn is_advised(&self) -> bool {
        matches!(self.decided().map(|decided| &decided.outcome), Some(Outcome::Advised { .. }))
    }
}
