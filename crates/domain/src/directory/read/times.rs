//! The opening times of a record: the repeating rules of the standard, as far as they say which days are meant.

use jiff::civil::{Date, Time};

use super::{Reader, Wrong};
use crate::directory::raw::{Loose, Many, RawSchedule};
use crate::directory::schedule::{Day, Repeats, Schedule};
use crate::duty::Opening;

impl Reader {
    pub(super) fn schedules(&mut self, field: &str, many: &Many<RawSchedule>) -> Vec<Schedule> {
        let mut schedules = Vec::new();
        for (field, raw) in self.list(field, many) {
            schedules.extend(self.schedule(&field, raw));
        }
        schedules
    }

    /// One line of opening times; nothing where the feed only says something in words.
    fn schedule(&mut self, field: &str, raw: &RawSchedule) -> Option<Schedule> {
        let valid_from = self.date(&format!("{field}.valid_from"), &raw.valid_from);
        let valid_to = self.date(&format!("{field}.valid_to"), &raw.valid_to);
        if valid_from.zip(valid_to).is_some_and(|(from, to)| from > to) {
            self.wrong(format!("{field}.valid_to"), Wrong::EndsFirst);
        }
        let opens = self.time(&format!("{field}.opens_at"), &raw.opens_at);
        let closes = self.time(&format!("{field}.closes_at"), &raw.closes_at);
        let opening = opens.zip(closes).map(|(open, close)| Opening { open, close });
        let told = self.remark(&format!("{field}.description"), &raw.description);
        let noted = self.remark(&format!("{field}.notes"), &raw.notes);
        let repeats = self.repeats(field, raw, valid_from)?;
        Some(Schedule { repeats, opening, valid_from, valid_to, notes: told.or(noted) })
    }

    fn repeats(&mut self, field: &str, raw: &RawSchedule, valid_from: Option<Date>) -> Option<Repeats> {
        let dtstart = self.date(&format!("{field}.dtstart"), &raw.dtstart);
        let interval = self.given::<u8>(&format!("{field}.interval"), &raw.interval, |_| Wrong::NotARepeat);
        let interval = interval.unwrap_or(1).max(1);
        let byday_field = format!("{field}.byday");
        let byday = self.value(&byday_field, &raw.byday).map(days);
        if byday == Some(None) {
            self.wrong(&byday_field, Wrong::NotADay);
            return None;
        }
        let byday = byday.flatten();
        let month_field = format!("{field}.bymonthday");
        let bymonthday = self.value(&month_field, &raw.bymonthday).map(month_days);
        let counted_from = dtstart.or(valid_from);
        if interval > 1 && counted_from.is_none() {
            self.wrong(format!("{field}.dtstart"), Wrong::Missing);
            return None;
        }
        let freq = self.value(&format!("{field}.freq"), &raw.freq).map(str::to_ascii_uppercase);
        match (freq.as_deref(), byday, bymonthday) {
            (Some("MONTHLY"), Some(byday), _) => {
                Some(Repeats::MonthlyByDay { byday, interval, dtstart: counted_from })
            }
            (Some("MONTHLY"), None, Some(Some(bymonthday))) => {
                Some(Repeats::MonthlyByDate { bymonthday, interval, dtstart: counted_from })
            }
            (Some("MONTHLY"), None, Some(None)) => {
                self.wrong(month_field, Wrong::NotADay);
                None
            }
            (Some("MONTHLY"), None, None) => {
                self.wrong(byday_field, Wrong::Missing);
                None
            }
            (Some("WEEKLY") | None, Some(byday), _) if byday.iter().all(|(nth, _)| *nth == 0) => {
                let byday = byday.into_iter().map(|(_, day)| day).collect();
                Some(Repeats::Weekly { byday, interval, dtstart: counted_from })
            }
            (Some("WEEKLY") | None, Some(_), _) => {
                self.wrong(byday_field, Wrong::NotADay);
                None
            }
            (Some("WEEKLY"), None, _) => {
                if let Some(date) = dtstart {
                    return Some(Repeats::Weekly {
                        byday: vec![Day::of(date)],
                        interval,
                        dtstart: counted_from,
                    });
                }
                self.wrong(byday_field, Wrong::Missing);
                None
            }
            (Some("DAILY"), _, _) if interval == 1 => {
                Some(Repeats::Weekly { byday: Day::ALL.to_vec(), interval, dtstart })
            }
            (Some(_), _, _) => {
                self.wrong(format!("{field}.freq"), Wrong::NotARepeat);
                None
            }
            (None, None, _) => dtstart.map(Repeats::Once),
        }
    }

    /// `10:00`, `10:00:00`, `10:00:00Z`: people mean the clock on the wall.
    fn time(&mut self, field: &str, loose: &Loose) -> Option<Time> {
        let typed = self.value(field, loose)?;
        let read = clock(typed);
        if read.is_none() {
            self.wrong(field, Wrong::NotATime);
        }
        read
    }
}

/// A time of day to the minute. The last minute of a day, and 24:00, are its end.
fn clock(typed: &str) -> Option<Time> {
    let typed = typed.trim_end_matches('Z');
    let bare = typed.split(['+', '.']).next().unwrap_or(typed);
    let mut parts = bare.split(':');
    let (hour, minute) = (parts.next()?.trim(), parts.next()?);
    let second = parts.next();
    let number = |text: &str| text.parse::<i8>().ok().filter(|_| (1..=2).contains(&text.len()));
    let (hour, minute) = (number(hour)?, number(minute)?);
    let seconds = second.map_or(Some(0), number)?;
    if parts.next().is_some() || !(0..60).contains(&seconds) {
        return None;
    }
    match (hour, minute) {
        (24, 0) | (23, 59) => Some(Time::midnight()),
        _ => Time::new(hour, minute, 0, 0).ok(),
    }
}

/// `MO,TU` or `2TU,-1FR`.
fn days(text: &str) -> Option<Vec<(i8, Day)>> {
    let one = |word: &str| {
        let word = word.trim();
        let cut = word.len().checked_sub(2).filter(|cut| word.is_char_boundary(*cut))?;
        let (nth, day) = word.split_at(cut);
        let nth =
            if nth.is_empty() { 0 } else { nth.parse::<i8>().ok().filter(|n| *n != 0 && n.abs() <= 5)? };
        Some((nth, Day::from_code(day)?))
    };
    let all: Option<Vec<_>> = text.split(',').filter(|word| !word.trim().is_empty()).map(one).collect();
    all.filter(|days| !days.is_empty())
}

/// `1,15,-1`.
fn month_days(text: &str) -> Option<Vec<i8>> {
    let one = |word: &str| word.trim().parse::<i8>().ok().filter(|n| *n != 0 && n.abs() <= 31);
    let all: Option<Vec<_>> = text.split(',').filter(|word| !word.trim().is_empty()).map(one).collect();
    all.filter(|days| !days.is_empty())
}
