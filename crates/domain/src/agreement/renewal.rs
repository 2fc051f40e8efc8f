//! The task to renew an agreement: made once, in time; when its day has passed it goes up like any task; another agreement that
//! follows, or an end with a reason, closes it. It is about no person, so it hangs on the agreement and on nobody's record.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::{Agreement, to_renew};
use crate::actor::{Actor, Ctx, Role};
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Write};
use crate::refused::Refused;
use crate::task::Level;

/// Whoever is asked has so many days at least.
const RENEW_IN_DAYS: i32 = 14;

/// That somebody has to renew an agreement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Renewal {
    /// When the task was made.
    pub asked_at: Timestamp,
    /// The last day on which it is done in time.
    pub due_on: Date,
    /// How high it has risen.
    pub level: Level,
    /// When another agreement followed, or this one was ended.
    pub done_at: Option<Timestamp>,
}

impl Renewal {
    /// Whether it still waits.
    pub fn is_open(&self) -> bool {
        self.done_at.is_none()
    }

    /// Whether its day has passed and it still waits.
    pub fn is_late(&self, today: Date) -> bool {
        self.is_open() && self.due_on < today
    }

    /// From which day on it goes up: when it is late, and a day later once more.
    fn rises_on(&self) -> Option<Date> {
        let late = self.due_on.tomorrow().ok()?;
        match (self.is_open(), self.level) {
            (false, _) | (true, Level::ServiceManager) => None,
            (true, Level::Owner) => Some(late),
            (true, Level::TeamManager) => late.tomorrow().ok(),
        }
    }
}

impl Agreement {
    /// On which day somebody looks at its renewal next; none where it asks for nothing any more.
    pub fn look_again_on(&self) -> Option<Date> {
        match &self.renewal {
            _ if self.ended.is_some() => None,
            None => Some(self.renew_from()),
            Some(renewal) => renewal.rises_on(),
        }
    }

    /// Makes the task to renew it, once.
    ///
    /// # Errors
    /// [`Refused::AlreadyAsked`] when it was made; [`Refused::NotDue`] before its time, and where another agreement follows.
    pub fn ask_renewal(mut self, ctx: &Ctx, all: &[Self]) -> Result<Changes, Refused> {
        if self.renewal.is_some() {
            return Err(Refused::AlreadyAsked);
        }
        if !to_renew(all, local_date(ctx.now)).iter().any(|due| due.id == self.id) {
            return Err(Refused::NotDue);
        }
        let due_on = self.due_on(local_date(ctx.now));
        self.renewal = Some(Renewal { asked_at: ctx.now, due_on, level: Level::Owner, done_at: None });
        Ok(self.changed(ctx, EventKind::RenewalAsked, None))
    }

    /// Nobody renewed it in time: it goes one level up.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where no task is open, or it cannot rise; [`Refused::NotDue`] before its time.
    pub fn raise_renewal(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        let Some(renewal) = &mut self.renewal else { return Err(Refused::NotFromHere) };
        let rises_on = renewal.rises_on().ok_or(Refused::NotFromHere)?;
        if local_date(ctx.now) < rises_on {
            return Err(Refused::NotDue);
        }
        renewal.level = match renewal.level {
            Level::Owner => Level::TeamManager,
            Level::TeamManager | Level::ServiceManager => Level::ServiceManager,
        };
        Ok(self.changed(ctx, EventKind::RenewalRaised, None))
    }

    /// The last day on which it is renewed in time: when it is decided whether it goes on, but with time to decide, and within
    /// the agreement while it runs.
    fn due_on(&self, today: Date) -> Date {
        let time = today.saturating_add(RENEW_IN_DAYS.days());
        self.decide_by().max(time).min(self.terms.until).max(today)
    }

    /// Whether this actor is asked: the team that renews it, and above it the manager to whom it has gone up.
    pub fn asks(&self, actor: &Actor) -> bool {
        let Some(staff) = actor.staff() else { return false };
        let level = self.renewal.as_ref().filter(|it| it.is_open()).map(|it| it.level);
        let top = level == Some(Level::ServiceManager) && staff.roles.contains(&Role::ServiceManager);
        top || staff.teams.contains(&self.terms.owner)
    }

    /// The tasks that this agreement closes, because it follows on others with the same organisation.
    pub(super) fn closes(&self, ctx: &Ctx, all: &[Self]) -> Vec<Write> {
        let before =
            |one: &&Self| one.org == self.org && one.id != self.id && one.terms.until < self.terms.until;
        let open = all.iter().filter(before).filter(|one| one.renewal.as_ref().is_some_and(Renewal::is_open));
        open.map(|one| Write::Agreement(Box::new(one.clone().renewed(ctx)))).collect()
    }

    /// Nobody has to renew it any more.
    pub(super) fn renewed(mut self, ctx: &Ctx) -> Self {
        if let Some(renewal) = self.renewal.as_mut().filter(|renewal| renewal.is_open()) {
            renewal.done_at = Some(ctx.now);
        }
        self
    }
}
