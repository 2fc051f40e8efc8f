//! Staffed hours of a week on the London clock, with a rule for bank holidays.
//!
//! Says when the service is open, never who is there.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, local_date, on_the_clock};

/// One opening of a day. Closing at or before the opening time means on the following day, so
/// 22:00–08:00 is a night and 00:00–00:00 is a whole day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Opening {
    /// First minute of being staffed.
    pub open: Time,
    /// First minute of not being staffed any more.
    pub close: Time,
}

/// What a bank holiday does to the hours of its day. An opening that began on the evening before
/// runs to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayRule {
    /// Open as on any such weekday.
    Same,
    /// Not open. The default, because a page must not promise a human who is not there.
    #[default]
    Closed,
    /// Open as on a Sunday.
    AsSunday,
}

/// The staffed hours of a week. Nothing is open until somebody says so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Openings that begin on a Monday, and so on.
    pub monday: Vec<Opening>,
    /// Tuesday.
    pub tuesday: Vec<Opening>,
    /// Wednesday.
    pub wednesday: Vec<Opening>,
    /// Thursday.
    pub thursday: Vec<Opening>,
    /// Friday.
    pub friday: Vec<Opening>,
    /// Saturday.
    pub saturday: Vec<Opening>,
    /// Sunday.
    pub sunday: Vec<Opening>,
    /// What bank holidays change.
    pub bank_holidays: HolidayRule,
}

/// A stretch of time from its first moment up to, and without, its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

impl Period {
    /// Whether a moment lies in it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// The time that is in both.
    pub fn overlap(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }
}

impl Hours {
    /// Every hour of the year.
    pub fn always() -> Self {
        let day = Opening { open: Time::midnight(), close: Time::midnight() };
        let hours = Self::weekdays(day);
        Self { saturday: vec![day], sunday: vec![day], bank_holidays: HolidayRule::Same, ..hours }
    }

    /// The same opening Monday to Friday, closed on bank holidays.
    pub fn weekdays(day: Opening) -> Self {
        Self {
            monday: vec![day],
            tuesday: vec![day],
            wednesday: vec![day],
            thursday: vec![day],
            friday: vec![day],
            ..Self::default()
        }
    }

    /// No opening on any day.
    pub fn is_empty(&self) -> bool {
        self.week().into_iter().all(<[Opening]>::is_empty)
    }

    /// Whether a moment is inside staffed hours.
    pub fn is_open(&self, at: Timestamp, calendar: &Calendar) -> bool {
        self.open_between(at, at, calendar).into_iter().any(|period| period.contains(at))
    }

    /// Every opening that touches the time from `from` to `to`, in order, at its full length.
    pub fn open_between(&self, from: Timestamp, to: Timestamp, calendar: &Calendar) -> Vec<Period> {
        let first = local_date(from);
        let first = first.yesterday().unwrap_or(first);
        let mut open: Vec<Period> = first
            .series(1.day())
            .take_while(|day| *day <= local_date(to))
            .flat_map(|day| self.on(day, calendar).iter().map(move |opening| opening.on(day)))
            .filter(|period| period.to > from && period.from <= to)
            .collect();
        open.sort_by_key(|period| period.from);
        open
    }

    fn on(&self, day: Date, calendar: &Calendar) -> &[Opening] {
        match (calendar.is_bank_holiday(day), self.bank_holidays) {
            (false, _) | (true, HolidayRule::Same) => self.of(day.weekday()),
            (true, HolidayRule::Closed) => &[],
            (true, HolidayRule::AsSunday) => &self.sunday,
        }
    }

    fn of(&self, weekday: Weekday) -> &[Opening] {
        match weekday {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }

    fn week(&self) -> [&[Opening]; 7] {
        [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ]
        .map(|weekday| self.of(weekday))
    }
}

impl Opening {
    /// Open and close of an opening that begins on `day`, as instants: a night on which the clocks
    /// change is an hour shorter or longer.
    pub(crate) fn on(self, day: Date) -> Period {
        let last = if self.close <= self.open { day.tomorrow().unwrap_or(day) } else { day };
        Period {
            from: on_the_clock(day.to_datetime(self.open)),
            to: on_the_clock(last.to_datetime(self.close)),
        }
    }
}
