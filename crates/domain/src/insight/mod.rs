//! Reports: counts of what was done, never of whom. A report is a table of counts that went through [`publish`], which hides small
//! ones so that nobody can work them out; nothing here holds anything of a person.

mod suppress;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use crate::calendar::start_of_day;
use crate::change::EventKind;
use crate::clock::ClockKind;

pub use suppress::{Cell, Counts, Margins, Published, Row, SMALL, publish};

/// What a decision was, as the report counts it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Decision {
    /// A team accepted.
    Accepted,
    /// A panel named the team.
    Panel,
    /// Advice was given.
    Advised,
    /// Another service took over.
    Redirected,
    /// The person did not want to go on.
    Withdrawn,
    /// Joined to another request of the same person.
    Joined,
    /// The person died.
    Died,
}

impl Decision {
    /// Every kind, in table order.
    pub const ALL: [Self; 7] = [
        Self::Accepted,
        Self::Panel,
        Self::Redirected,
        Self::Advised,
        Self::Withdrawn,
        Self::Joined,
        Self::Died,
    ];

    /// Those after which somebody else than the single point of access holds the person.
    pub const HOLDS: [Self; 3] = [Self::Accepted, Self::Panel, Self::Redirected];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Panel => "panel",
            Self::Advised => "advised",
            Self::Redirected => "redirected",
            Self::Withdrawn => "withdrawn",
            Self::Joined => "joined",
            Self::Died => "died",
        }
    }

    /// The event that is counted.
    pub fn event(self) -> EventKind {
        match self {
            Self::Accepted => EventKind::Accepted,
            Self::Panel => EventKind::PanelHeld,
            Self::Advised => EventKind::Advised,
            Self::Redirected => EventKind::HandoverMet,
            Self::Withdrawn => EventKind::Withdrawn,
            Self::Joined => EventKind::DuplicateLinked,
            Self::Died => EventKind::Died,
        }
    }
}

/// The clocks that are watched for work that is done to the target instead of to the person: every one that a decision or a
/// first contact stops.
pub const WATCHED: [ClockKind; 9] = [
    ClockKind::RefTriage,
    ClockKind::CatB,
    ClockKind::CatC,
    ClockKind::CatD,
    ClockKind::FourWeekAdult,
    ClockKind::FourWeekYoung,
    ClockKind::EdLiaison,
    ClockKind::UecVeryUrgent,
    ClockKind::UecUrgent,
];

/// When something was done or ended, in days around its target: a day is 24 hours before or after it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Around {
    /// More than three days before it.
    Earlier,
    /// On the third, second or last day before it.
    Before(u8),
    /// On the first, second or third day after it.
    After(u8),
    /// More than three days after it.
    Later,
}

impl Around {
    /// Every day, in table order.
    pub const ALL: [Self; 8] = [
        Self::Earlier,
        Self::Before(3),
        Self::Before(2),
        Self::Before(1),
        Self::After(1),
        Self::After(2),
        Self::After(3),
        Self::Later,
    ];

    /// The day of something that was done so many seconds after its target, or before it. At the target itself is in time.
    pub fn of(seconds: i64) -> Self {
        const DAY: i64 = 86_400;
        // Whole days begun: 0 is the last day before the target, 1 the first after it.
        match seconds.div_euclid(DAY) + i64::from(seconds.rem_euclid(DAY) > 0) {
            ..=-3 => Self::Earlier,
            -2 => Self::Before(3),
            -1 => Self::Before(2),
            0 => Self::Before(1),
            1 => Self::After(1),
            2 => Self::After(2),
            3 => Self::After(3),
            _ => Self::Later,
        }
    }

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Earlier => "earlier",
            Self::Before(3) => "3-before",
            Self::Before(2) => "2-before",
            Self::Before(_) => "1-before",
            Self::After(1) => "1-after",
            Self::After(2) => "2-after",
            Self::After(_) => "3-after",
            Self::Later => "later",
        }
    }
}

/// Whole months: two reports that differ by a day would show what happened on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Months {
    first: Date,
    last: Date,
}

/// As far back as a report reaches, in months.
pub const REACH: i32 = 24;

impl Months {
    /// The months that can be chosen on a day, newest first; each as its first day.
    pub fn choices(today: Date) -> Vec<Date> {
        let this = today.first_of_month();
        (0..REACH).filter_map(|back| this.checked_sub(back.months()).ok()).collect()
    }

    /// From one month to another, both counted. The other way round is turned; what cannot be chosen is the last three.
    pub fn of(from: Option<Date>, to: Option<Date>, today: Date) -> Self {
        let choices = Self::choices(today);
        let this = today.first_of_month();
        let known = |month: Option<Date>| month.filter(|month| choices.contains(month));
        let last = known(to).unwrap_or(this);
        let first = known(from).unwrap_or_else(|| last.checked_sub(2.months()).unwrap_or(last));
        Self { first: first.min(last), last: last.max(first) }
    }

    /// The first month, as its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last month, as its first day.
    pub fn last(self) -> Date {
        self.last
    }

    /// From this moment.
    pub fn begins(self) -> Timestamp {
        start_of_day(self.first)
    }

    /// Up to this moment, which is not counted.
    pub fn ends(self) -> Timestamp {
        start_of_day(self.last.checked_add(1.month()).unwrap_or(Date::MAX))
    }
}

/// Reads a month as an address says it, such as `2026-09`.
pub fn read_month(text: &str) -> Option<Date> {
    format!("{text}-01").parse().ok().filter(|day: &Date| text.len() == 7 && day.day() == 1)
}

/// Writes a month as an address says it.
pub fn write_month(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}
