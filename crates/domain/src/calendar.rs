//! Days as people in England count them: the London clock, bank holidays, working days.
//!
//! Storage is in UTC; this module is the one place that turns an instant into a local day. It does
//! not know staffed hours (see `duty`): a working day is a whole day.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};
use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

/// The time zone of everyone served: Europe/London, built in, so that no machine's files decide.
pub static LONDON: TimeZone = tz::get!("Europe/London");

/// The London day on which an instant falls.
pub fn local_date(at: Timestamp) -> Date {
    local(at).date()
}

/// An instant on the London clock.
pub fn local(at: Timestamp) -> Zoned {
    at.to_zoned(LONDON.clone())
}

/// Midnight in London at the start of a day.
pub fn start_of_day(day: Date) -> Timestamp {
    on_the_clock(day.at(0, 0, 0, 0))
}

/// The instant at which the London clock shows a time. A time that a spring night skips is taken an
/// hour later, one that an autumn night has twice is the first of the two.
pub(crate) fn on_the_clock(shown: jiff::civil::DateTime) -> Timestamp {
    shown.to_zoned(LONDON.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The bank holidays that make a weekday no working day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Calendar {
    /// Days as listed, substitute days included.
    pub holidays: BTreeSet<Date>,
}

impl Calendar {
    /// Bank holidays of England 2026–2028, substitute days included.
    ///
    /// Source: the public list "UK bank holidays" of gov.uk (England and Wales) and, for later
    /// years, the Banking and Financial Dealings Act 1971 with the usual substitute days.
    /// [GK] Re-check against the published list each year: days are moved and added by proclamation.
    pub fn england() -> Self {
        Self { holidays: ENGLAND.into_iter().collect() }
    }

    /// The last day for which the list says anything: the end of its last year.
    pub fn known_until(&self) -> Option<Date> {
        self.holidays.last().and_then(|last| Date::new(last.year(), 12, 31).ok())
    }

    /// A day of the list, whichever weekday it is.
    pub fn is_bank_holiday(&self, day: Date) -> bool {
        self.holidays.contains(&day)
    }

    /// Monday to Friday and no bank holiday.
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !self.is_bank_holiday(day)
    }

    /// The instant `n` working days after `from`: the same time on the London clock on the `n`th
    /// following working day.
    ///
    /// What arrives on a day that is no working day counts from 00:00 of the next working day, so
    /// that `n` whole working days are left: Saturday 10:00 plus one is Tuesday 00:00, the end of
    /// Monday. Nought working days after such an arrival is that 00:00. Beyond the end of the
    /// calendar the answer is the last instant there is.
    pub fn add_working_days(&self, from: Timestamp, n: u32) -> Timestamp {
        let start = local(from);
        let (mut day, time) = if self.is_working_day(start.date()) {
            (start.date(), start.time())
        } else {
            match self.next_working_day(start.date()) {
                Some(day) => (day, jiff::civil::Time::midnight()),
                None => return Timestamp::MAX,
            }
        };
        for _ in 0..n {
            match self.next_working_day(day) {
                Some(next) => day = next,
                None => return Timestamp::MAX,
            }
        }
        on_the_clock(day.to_datetime(time))
    }

    /// Whole working days between two instants: the most that can be added to `from` without
    /// passing `to`; nought when `to` is earlier.
    pub fn working_days_between(&self, from: Timestamp, to: Timestamp) -> u32 {
        let (mut reached, mut day) = (0, local_date(self.add_working_days(from, 0)));
        let last = local_date(to);
        while let Some(next) = self.next_working_day(day).filter(|next| *next <= last) {
            (reached, day) = (reached + 1, next);
        }
        if reached > 0 && self.add_working_days(from, reached) > to { reached - 1 } else { reached }
    }

    fn next_working_day(&self, after: Date) -> Option<Date> {
        let mut day = after.tomorrow().ok()?;
        while !self.is_working_day(day) {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }
}

const ENGLAND: [Date; 24] = [
    date(2026, 1, 1),
    date(2026, 4, 3),
    date(2026, 4, 6),
    date(2026, 5, 4),
    date(2026, 5, 25),
    date(2026, 8, 31),
    date(2026, 12, 25),
    date(2026, 12, 28), // for Saturday 26
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2027, 5, 31),
    date(2027, 8, 30),
    date(2027, 12, 27), // for Saturday 25
    date(2027, 12, 28), // for Sunday 26
    date(2028, 1, 3),   // for Saturday 1
    date(2028, 4, 14),
    date(2028, 4, 17),
    date(2028, 5, 1),
    date(2028, 5, 29),
    date(2028, 8, 28),
    date(2028, 12, 25),
    date(2028, 12, 26),
];
