//! Working days, bank holidays and the London clock.

use jiff::civil::{Date, Weekday, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use onedoor_domain::calendar::{Calendar, local_date, start_of_day};
use proptest::prelude::*;

use crate::{london, seeded, utc};

/// Easter Sunday by the anonymous Gregorian computus: a second source for the movable days.
fn easter(year: i16) -> Date {
    let (golden, century, rest) = (i32::from(year) % 19, i32::from(year) / 100, i32::from(year) % 100);
    let skipped = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + skipped + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let day = moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) / 451) + 114;
    date(year, i8::try_from(day / 31).unwrap(), i8::try_from(day % 31 + 1).unwrap())
}

#[test]
fn each_year_has_its_eight_bank_holidays_all_on_weekdays() {
    let england = Calendar::england();
    for year in 2026..=2028 {
        let days: Vec<Date> = england.holidays.iter().copied().filter(|day| day.year() == year).collect();
        assert_eq!(days.len(), 8, "{year}");
        assert!(days.iter().all(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)));
        let sunday = easter(year);
        assert!(days.contains(&sunday.checked_sub(2.days()).unwrap()), "Good Friday {year}");
        assert!(days.contains(&sunday.checked_add(1.day()).unwrap()), "Easter Monday {year}");
        let may = |nth: i8| date(year, 5, 1).nth_weekday_of_month(nth, Weekday::Monday).unwrap();
        assert!(days.contains(&may(1)) && days.contains(&may(-1)), "May {year}");
        let august = date(year, 8, 1).nth_weekday_of_month(-1, Weekday::Monday).unwrap();
        assert!(days.contains(&august), "August {year}");
    }
    assert_eq!(england.known_until(), Some(date(2028, 12, 31)));
    assert_eq!(Calendar::default().known_until(), None);
}

#[test]
fn weekends_bank_holidays_and_substitute_days_are_no_working_days() {
    let england = Calendar::england();
    let cases = [
        (date(2026, 11, 20), true),
        (date(2026, 11, 21), false),
        (date(2026, 11, 22), false),
        (date(2026, 12, 24), true),
        (date(2026, 12, 25), false),
        (date(2026, 12, 28), false),
        (date(2026, 12, 29), true),
        (date(2027, 12, 27), false),
        (date(2027, 12, 28), false),
        (date(2027, 12, 31), true),
        (date(2028, 1, 3), false),
        (date(2028, 2, 29), true),
    ];
    for (day, working) in cases {
        assert_eq!(england.is_working_day(day), working, "{day}");
    }
}

#[test]
fn a_target_falls_at_the_same_time_some_working_days_later() {
    let england = Calendar::england();
    let cases = [
        // Plain days, and over a weekend.
        ("2026-11-23 09:30", 0, "2026-11-23 09:30"),
        ("2026-11-23 09:30", 1, "2026-11-24 09:30"),
        ("2026-11-20 16:45", 1, "2026-11-23 16:45"),
        ("2026-11-20 16:45", 5, "2026-11-27 16:45"),
        // The first and the last minute of a working day.
        ("2026-11-20 00:00", 1, "2026-11-23 00:00"),
        ("2026-11-20 23:59", 1, "2026-11-23 23:59"),
        // A weekend arrival counts from the start of Monday: all of Monday is left.
        ("2026-11-21 00:00", 1, "2026-11-24 00:00"),
        ("2026-11-21 10:00", 0, "2026-11-23 00:00"),
        ("2026-11-21 10:00", 1, "2026-11-24 00:00"),
        ("2026-11-22 23:59", 1, "2026-11-24 00:00"),
        // Christmas 2026: Friday 25, the weekend and Monday 28 are off.
        ("2026-12-24 11:00", 1, "2026-12-29 11:00"),
        ("2026-12-25 11:00", 1, "2026-12-30 00:00"),
        // Easter 2027, with the clock change on its Sunday.
        ("2027-03-25 15:00", 1, "2027-03-30 15:00"),
        ("2027-03-26 15:00", 1, "2027-03-31 00:00"),
        // Leap day.
        ("2028-02-28 12:00", 1, "2028-02-29 12:00"),
        ("2028-02-29 12:00", 1, "2028-03-01 12:00"),
        // Over a year's end.
        ("2027-12-31 17:00", 1, "2028-01-04 17:00"),
    ];
    for (from, n, to) in cases {
        assert_eq!(england.add_working_days(london(from), n), london(to), "{from} + {n}");
    }
}

#[test]
fn the_clock_on_the_wall_counts_when_the_clocks_change() {
    let england = Calendar::england();
    // Back on Sunday 25 October 2026: Friday 09:00 to Monday 09:00 is 73 hours.
    let (friday, monday) = (utc("2026-10-23T08:00Z"), utc("2026-10-26T09:00Z"));
    assert_eq!(england.add_working_days(friday, 1), monday);
    assert_eq!(monday.duration_since(friday), SignedDuration::from_hours(73));
    // Forward on Sunday 28 March 2027, which is Easter.
    assert_eq!(england.add_working_days(utc("2027-03-25T09:00Z"), 1), utc("2027-03-30T08:00Z"));
    // Both half past ones of the autumn night arrive on a Sunday and count from Monday.
    for twice in ["2026-10-25T00:30Z", "2026-10-25T01:30Z"] {
        assert_eq!(england.add_working_days(utc(twice), 1), london("2026-10-27 00:00"));
    }
}

#[test]
fn a_day_begins_at_midnight_in_london_not_in_greenwich() {
    assert_eq!(local_date(utc("2026-06-30T22:59:59Z")), date(2026, 6, 30));
    assert_eq!(local_date(utc("2026-06-30T23:00:00Z")), date(2026, 7, 1));
    assert_eq!(local_date(utc("2026-12-31T23:59:59Z")), date(2026, 12, 31));
    assert_eq!(start_of_day(date(2026, 7, 1)), utc("2026-06-30T23:00:00Z"));
    let england = Calendar::england();
    // 23:30 UTC on a summer Friday is already Saturday here.
    assert_eq!(england.add_working_days(utc("2026-07-03T23:30Z"), 1), london("2026-07-07 00:00"));
}

#[test]
fn whole_working_days_are_counted() {
    let england = Calendar::england();
    let cases = [
        ("2026-11-23 09:30", "2026-11-24 09:29", 0),
        ("2026-11-23 09:30", "2026-11-24 09:30", 1),
        ("2026-11-20 09:30", "2026-11-23 09:29", 0),
        ("2026-11-20 09:30", "2026-11-23 09:30", 1),
        ("2026-11-21 09:30", "2026-11-23 23:59", 0),
        ("2026-11-21 09:30", "2026-11-24 00:00", 1),
        ("2026-11-24 09:30", "2026-11-23 09:30", 0),
        ("2026-12-23 09:00", "2027-01-04 09:00", 5),
        ("2026-01-01 00:00", "2027-01-01 00:00", 252),
    ];
    for (from, to, days) in cases {
        assert_eq!(england.working_days_between(london(from), london(to)), days, "{from} to {to}");
    }
}

#[test]
fn adding_and_counting_undo_each_other() {
    let england = Calendar::england();
    let first = london("2025-12-20 00:00").as_second();
    let last = london("2029-01-10 00:00").as_second();
    seeded(&(first..last, 0..60_u32, -200_000..6_000_000_i64), |(second, n, later)| {
        let from = Timestamp::from_second(second).unwrap();
        let due = england.add_working_days(from, n);
        prop_assert_eq!(england.working_days_between(from, due), n);
        prop_assert!(england.is_working_day(local_date(due)));
        prop_assert!(due < england.add_working_days(from, n + 1));
        let to = Timestamp::from_second(second + later).unwrap();
        let between = england.working_days_between(from, to);
        prop_assert!(between == 0 || england.add_working_days(from, between) <= to);
        prop_assert!(to < england.add_working_days(from, between + 1));
        Ok(())
    });
}

#[test]
fn the_end_of_the_calendar_is_no_crash() {
    let england = Calendar::england();
    assert_eq!(england.add_working_days(Timestamp::MAX, 3), Timestamp::MAX);
    assert_eq!(england.add_working_days(utc("2026-11-23T09:00Z"), u32::MAX), Timestamp::MAX);
    assert_eq!(england.working_days_between(Timestamp::MAX, Timestamp::MIN), 0);
    let last_days = Calendar { holidays: [date(9999, 12, 30), date(9999, 12, 31)].into() };
    assert_eq!(last_days.add_working_days(Timestamp::MAX, 0), Timestamp::MAX);
    let _ = start_of_day(Date::MIN);
    let _ = england.add_working_days(Timestamp::MIN, 1);
}
