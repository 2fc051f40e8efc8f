//! When a service is open: the repeating rules of the standard on the clock in London, with its bank holidays and the nights
//! on which the clocks change.
//!
//! Says what the schedule says, never that there is room.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Status};
use crate::calendar::{Calendar, local_date};
use crate::county::Standing;
use crate::duty::{HolidayRule, Opening, Period};
use crate::value::Line;

/// A day of the week, by the two letters of the standard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Day {
    Mo,
    Tu,
    We,
    Th,
    Fr,
    Sa,
    Su,
}

impl Day {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mo, Self::Tu, Self::We, Self::Th, Self::Fr, Self::Sa, Self::Su];

    /// The two letters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mo => "MO",
            Self::Tu => "TU",
            Self::We => "WE",
            Self::Th => "TH",
            Self::Fr => "FR",
            Self::Sa => "SA",
            Self::Su => "SU",
        }
    }

    /// The day with these letters.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.code().eq_ignore_ascii_case(code))
    }

    /// The day on which a date falls.
    pub fn of(date: Date) -> Self {
        match date.weekday() {
            Weekday::Monday => Self::Mo,
            Weekday::Tuesday => Self::Tu,
            Weekday::Wednesday => Self::We,
            Weekday::Thursday => Self::Th,
            Weekday::Friday => Self::Fr,
            Weekday::Saturday => Self::Sa,
            Weekday::Sunday => Self::Su,
        }
    }
}

/// On which days a schedule holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeats {
    /// On one day.
    Once(Date),
    /// On these days of every week, or of every so many weeks from the week of a date.
    Weekly {
        /// The days.
        byday: Vec<Day>,
        /// 1 for every week.
        interval: u8,
        /// Where the counting begins; needed where it is not every week.
        dtstart: Option<Date>,
    },
    /// On these days of a month: the second Tuesday, the last Friday (-1), every Monday (0).
    MonthlyByDay {
        /// Which one of the month, and the day.
        byday: Vec<(i8, Day)>,
        /// 1 for every month.
        interval: u8,
        /// Where the counting begins.
        dtstart: Option<Date>,
    },
    /// On these dates of a month; -1 is the last.
    MonthlyByDate {
        /// The dates.
        bymonthday: Vec<i8>,
        /// 1 for every month.
        interval: u8,
        /// Where the counting begins.
        dtstart: Option<Date>,
    },
}

/// One line of opening times.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Schedule {
    /// On which days.
    pub repeats: Repeats,
    /// From when to when; none where only the days are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The first day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// More about it, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Line>,
}

/// How far ahead an opening is looked for.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Schedule {
    /// The same times on these days of every week.
    pub fn weekly(byday: Vec<Day>, opening: Opening) -> Self {
        let repeats = Repeats::Weekly { byday, interval: 1, dtstart: None };
        Self { repeats, opening: Some(opening), valid_from: None, valid_to: None, notes: None }
    }

    /// Whether it holds on a day. `day` is the weekday to go by, which a bank holiday may change.
    fn holds(&self, date: Date, day: Day) -> bool {
        let from = self.valid_from.is_none_or(|first| first <= date);
        let to = self.valid_to.is_none_or(|last| date <= last);
        from && to && self.repeats.holds(date, day)
    }

    /// Day and night on every day of the week.
    fn is_always(&self) -> bool {
        let whole = self.opening.is_some_and(|opening| opening.open == opening.close);
        match &self.repeats {
            Repeats::Weekly { byday, interval: 1, dtstart: _ } => {
                whole && Day::ALL.iter().all(|day| byday.contains(day))
            }
            Repeats::Weekly { .. }
            | Repeats::Once(_)
            | Repeats::MonthlyByDay { .. }
            | Repeats::MonthlyByDate { .. } => false,
        }
    }

    /// The days of the week on which it can hold.
    pub fn days(&self) -> Vec<Day> {
        match &self.repeats {
            Repeats::Once(date) => vec![Day::of(*date)],
            Repeats::Weekly { byday, .. } => byday.clone(),
            Repeats::MonthlyByDay { byday, .. } => byday.iter().map(|(_, day)| *day).collect(),
            Repeats::MonthlyByDate { .. } => Day::ALL.to_vec(),
        }
    }
}

impl Repeats {
    fn holds(&self, date: Date, day: Day) -> bool {
        match self {
            Self::Once(only) => *only == date,
            Self::Weekly { byday, interval, dtstart } => {
                byday.contains(&day) && in_turn(*interval, *dtstart, date, weeks_between)
            }
            Self::MonthlyByDay { byday, interval, dtstart } => {
                let (nth, last) = places(date);
                let meant = |(n, wanted): &(i8, Day)| *wanted == day && [0, nth, last].contains(n);
                byday.iter().any(meant) && in_turn(*interval, *dtstart, date, months_between)
            }
            Self::MonthlyByDate { bymonthday, interval, dtstart } => {
                let from_end = date.day() - date.days_in_month() - 1;
                let meant = bymonthday.iter().any(|n| [date.day(), from_end].contains(n));
                meant && in_turn(*interval, *dtstart, date, months_between)
            }
        }
    }
}

/// Which one of its weekday a date is in its month, from the beginning and from the end.
fn places(date: Date) -> (i8, i8) {
    ((date.day() - 1) / 7 + 1, -((date.days_in_month() - date.day()) / 7 + 1))
}

fn in_turn(interval: u8, from: Option<Date>, date: Date, between: fn(Date, Date) -> i32) -> bool {
    match from {
        _ if interval <= 1 => from.is_none_or(|from| from <= date),
        Some(from) => from <= date && between(from, date) % i32::from(interval) == 0,
        None => false,
    }
}

fn weeks_between(from: Date, to: Date) -> i32 {
    let monday = |date: Date| {
        let back = i32::from(date.weekday().to_monday_zero_offset());
        date.saturating_sub(back.days())
    };
    monday(from).until(monday(to)).map_or(0, |span| span.get_days()) / 7
}

fn months_between(from: Date, to: Date) -> i32 {
    let count = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    count(to) - count(from)
}

impl Entry {
    /// Whether it is open at a moment, by the clock in London and the bank holidays. None where its times are not known.
    pub fn standing(&self, now: Timestamp, calendar: &Calendar) -> Option<Standing> {
        if self.status != Status::Active {
            return Some(Standing::Closed);
        }
        if !self.all_schedules().any(|schedule| schedule.opening.is_some()) {
            return None;
        }
        let horizon = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
        Some(Standing::of(&self.openings(now, horizon, calendar), now, horizon))
    }

    /// Whether today is a bank holiday on which nobody said that it is open.
    pub fn may_be_closed_today(&self, now: Timestamp, calendar: &Calendar) -> bool {
        let always = self.all_schedules().any(Schedule::is_always);
        self.holidays == HolidayRule::Closed && !always && calendar.is_bank_holiday(local_date(now))
    }

    /// Every opening that touches the time from `from` to `to`, in order.
    fn openings(&self, from: Timestamp, to: Timestamp, calendar: &Calendar) -> Vec<Period> {
        let first = local_date(from);
        let first = first.yesterday().unwrap_or(first);
        let last = local_date(to);
        let mut open: Vec<Period> = first
            .series(1.day())
            .take_while(|date| *date <= last)
            .flat_map(|date| self.on(date, calendar))
            .filter(|period| period.to > from && period.from <= to)
            .collect();
        open.sort_by_key(|period| (period.from, period.to));
        open
    }

    fn on(&self, date: Date, calendar: &Calendar) -> Vec<Period> {
        let holiday = calendar.is_bank_holiday(date);
        let day = match (holiday, self.holidays) {
            (true, HolidayRule::AsSunday) => Day::Su,
            (true | false, HolidayRule::Same | HolidayRule::Closed | HolidayRule::AsSunday) => Day::of(date),
        };
        let closed = holiday && self.holidays == HolidayRule::Closed;
        self.all_schedules()
            .filter(|schedule| !closed || schedule.is_always())
            .filter(|schedule| schedule.holds(date, day))
            .filter_map(|schedule| schedule.opening)
            .map(|opening| opening.on(date))
            .collect()
    }
}
