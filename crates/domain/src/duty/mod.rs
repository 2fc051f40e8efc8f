//! Duty: who can be rung about somebody in danger, right now, and who is next when nobody answers.
//!
//! `cover` answers for one moment; a `Page` is one call through the ladder until a human says
//! "I have it". Sends nothing and waits for nothing: the application asks when the next step is due.

mod hours;
mod page;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::ids::{ShiftId, TeamId, UserId};

pub use hours::{HolidayRule, Hours, Opening, Period};
pub use page::{Acknowledged, AlreadyAcknowledged, Call, Channel, NotDue, Page, PageWork, Rang};

/// How far ahead `cover` looks for the next staffed moment.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

/// One person's turn of duty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it. A shift that does not end after it begins covers nothing.
    pub to: Timestamp,
    /// Who is rung first.
    pub duty: UserId,
    /// Who is rung next.
    pub deputy: Option<UserId>,
}

impl Shift {
    /// The time it covers.
    pub fn period(&self) -> Period {
        Period { from: self.from, to: self.to }
    }
}

/// Who is on duty when, and who answers for the gaps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Rota {
    /// All shifts, in any order.
    pub shifts: Vec<Shift>,
    /// The team rung after duty person and deputy; none until a new county names it.
    pub fallback_team: Option<TeamId>,
    /// The last to be rung; none until a new county names them.
    pub service_manager: Option<UserId>,
}

impl Rota {
    /// The shift that covers a moment; at a handover with overlap, the one that began last.
    pub fn shift_at(&self, at: Timestamp) -> Option<&Shift> {
        self.shifts.iter().filter(|shift| shift.period().contains(at)).max_by_key(|shift| shift.from)
    }

    fn ladder(&self, shift: &Shift) -> Vec<Rung> {
        let deputy = shift.deputy.filter(|deputy| *deputy != shift.duty).map(Rung::Deputy);
        [
            Some(Rung::Duty(shift.duty)),
            deputy,
            self.fallback_team.map(Rung::FallbackTeam),
            self.service_manager.map(Rung::ServiceManager),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// One step of the ladder: who is rung.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "rung", content = "id", rename_all = "kebab-case")]
pub enum Rung {
    /// The duty person of the shift.
    Duty(UserId),
    /// Their deputy.
    Deputy(UserId),
    /// The team that stands in.
    FallbackTeam(TeamId),
    /// The service manager.
    ServiceManager(UserId),
    /// The configured crisis line, where nobody of this service is there.
    CrisisLine,
}

/// Whether a human of this service will see a call for help now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "cover", rename_all = "kebab-case")]
pub enum Cover {
    /// Inside staffed hours, and a shift covers the moment.
    Staffed {
        /// Who is rung, in order; never empty.
        ladder: Vec<Rung>,
    },
    /// Nobody is there: the page must say so.
    Unstaffed {
        /// The next moment with cover, where there is one within 14 days.
        next: Option<Timestamp>,
    },
}

/// The cover at a moment: staffed only inside staffed hours *and* inside a shift.
pub fn cover(at: Timestamp, hours: &Hours, rota: &Rota, calendar: &Calendar) -> Cover {
    let horizon = at.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    let open = hours.open_between(at, horizon, calendar);
    if open.iter().any(|period| period.contains(at))
        && let Some(shift) = rota.shift_at(at)
    {
        return Cover::Staffed { ladder: rota.ladder(shift) };
    }
    let next = open
        .iter()
        .flat_map(|period| rota.shifts.iter().filter_map(|shift| period.overlap(shift.period())))
        .map(|both| both.from)
        .filter(|from| *from > at && *from <= horizon)
        .min();
    Cover::Unstaffed { next }
}
