//! When a service is open: bank holidays, the nights on which the clocks change, and every way of repeating.

use super::{named, with};
use crate::calendar::Calendar;
use crate::county::Standing;
use crate::directory::Entry;
use crate::duty::HolidayRule;
use crate::fixtures::at;

fn open(schedule: &str) -> Entry {
    with(&format!(", \"schedules\": [{schedule}]")).unwrap()
}

fn weekdays() -> Entry {
    open(r#"{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}"#)
}

fn standing(entry: &Entry, moment: &str) -> Option<Standing> {
    entry.standing(at(moment), &Calendar::england())
}

fn is_open(entry: &Entry, moment: &str) -> bool {
    standing(entry, moment).is_some_and(Standing::is_open)
}

#[test]
fn it_is_open_from_the_first_minute_up_to_the_last() {
    for (moment, expected) in [
        ("03-23 08:59", Standing::Opens(at("03-23 09:00"))),
        ("03-23 09:00", Standing::OpenUntil(at("03-23 17:00"))),
        ("03-23 16:59", Standing::OpenUntil(at("03-23 17:00"))),
        ("03-23 17:00", Standing::Opens(at("03-24 09:00"))),
        ("03-21 12:00", Standing::Opens(at("03-23 09:00"))),
    ] {
        assert_eq!(standing(&weekdays(), moment), Some(expected), "{moment}");
    }
}

#[test]
fn on_a_bank_holiday_nobody_is_promised_unless_somebody_said_so() {
    let good_friday = "04-03 12:00";
    let mut entry = weekdays();
    assert_eq!(
        standing(&entry, good_friday),
        Some(Standing::Opens(at("04-07 09:00"))),
        "after Easter Monday"
    );
    assert!(entry.may_be_closed_today(at(good_friday), &Calendar::england()));
    entry.holidays = HolidayRule::Same;
    assert!(is_open(&entry, good_friday));
    assert!(!entry.may_be_closed_today(at(good_friday), &Calendar::england()));
    entry.holidays = HolidayRule::AsSunday;
    assert!(!is_open(&entry, good_friday), "nothing is open on a Sunday");
    let mut sunday = open(r#"{"freq": "WEEKLY", "byday": "SU", "opens_at": "11:00", "closes_at": "15:00"}"#);
    sunday.holidays = HolidayRule::AsSunday;
    assert!(is_open(&sunday, good_friday) && !is_open(&sunday, "04-02 12:00"));
    let always = open(r#"{"freq": "DAILY", "opens_at": "00:00", "closes_at": "23:59:59"}"#);
    assert_eq!(standing(&always, good_friday), Some(Standing::Always));
}

#[test]
fn the_clock_on_the_wall_counts_when_the_clocks_change() {
    // On 29 March 2026 the clock jumps from one to two, on 25 October two o'clock comes twice.
    let morning = open(r#"{"freq": "WEEKLY", "byday": "SU", "opens_at": "09:00", "closes_at": "10:00"}"#);
    assert!(
        is_open(&morning, "03-22 09:30")
            && is_open(&morning, "03-29 09:30")
            && is_open(&morning, "10-25 09:30")
    );
    assert!(!is_open(&morning, "03-29 10:00") && !is_open(&morning, "03-29 08:59"));
    let night = open(r#"{"freq": "WEEKLY", "byday": "SA", "opens_at": "22:00", "closes_at": "04:00"}"#);
    for (from, until, hours) in [
        ("03-21 23:00", "03-22 04:00", 5),
        ("03-28 23:00", "03-29 04:00", 4),
        ("10-24 23:00", "10-25 04:00", 6),
    ] {
        assert_eq!(standing(&night, from), Some(Standing::OpenUntil(at(until))), "{from}");
        assert_eq!(at(until).duration_since(at(from)).as_hours(), hours, "the night is shorter or longer");
    }
}

#[test]
fn every_way_of_repeating_means_its_days() {
    let second_tuesday =
        open(r#"{"freq": "MONTHLY", "byday": "2TU", "opens_at": "10:00", "closes_at": "12:00"}"#);
    assert!(is_open(&second_tuesday, "03-10 11:00") && !is_open(&second_tuesday, "03-17 11:00"));
    let last_friday =
        open(r#"{"freq": "MONTHLY", "byday": "-1FR", "opens_at": "10:00", "closes_at": "12:00"}"#);
    assert!(is_open(&last_friday, "03-27 11:00") && !is_open(&last_friday, "03-20 11:00"));
    let dates =
        open(r#"{"freq": "MONTHLY", "bymonthday": "15,-1", "opens_at": "10:00", "closes_at": "12:00"}"#);
    assert!(
        is_open(&dates, "02-28 11:00") && is_open(&dates, "04-15 11:00") && !is_open(&dates, "03-30 11:00")
    );
    let fortnight = open(
        r#"{"freq": "WEEKLY", "interval": 2, "byday": "WE", "dtstart": "2026-03-04", "opens_at": "10:00", "closes_at": "12:00"}"#,
    );
    assert!(
        is_open(&fortnight, "03-04 11:00")
            && !is_open(&fortnight, "03-11 11:00")
            && is_open(&fortnight, "03-18 11:00")
    );
    assert!(!is_open(&fortnight, "02-18 11:00"), "not before it begins");
    let quarter = open(
        r#"{"freq": "MONTHLY", "interval": 3, "byday": "1MO", "dtstart": "2026-01-05", "opens_at": "10:00", "closes_at": "12:00"}"#,
    );
    assert!(is_open(&quarter, "07-06 11:00") && !is_open(&quarter, "06-01 11:00"));
    let once = open(r#"{"dtstart": "2026-06-10", "opens_at": "10:00", "closes_at": "12:00"}"#);
    assert!(is_open(&once, "06-10 11:00") && !is_open(&once, "06-17 11:00"));
    let term = open(
        r#"{"byday": "MO", "valid_from": "2026-03-16", "valid_to": "2026-03-23", "opens_at": "10:00", "closes_at": "12:00"}"#,
    );
    assert!(is_open(&term, "03-16 11:00") && is_open(&term, "03-23 11:00"));
    assert!(!is_open(&term, "03-09 11:00") && !is_open(&term, "03-30 11:00"));
}

#[test]
fn what_nobody_said_is_not_guessed() {
    assert_eq!(standing(&named("Lantern"), "03-23 12:00"), None, "no times");
    let days = open(r#"{"freq": "WEEKLY", "byday": "MO"}"#);
    assert_eq!(standing(&days, "03-23 12:00"), None, "days without times");
    let mut closed = weekdays();
    closed.status = crate::directory::entry::Status::TemporarilyClosed;
    assert_eq!(standing(&closed, "03-23 12:00"), Some(Standing::Closed));
}

#[test]
fn times_at_a_place_count_like_its_own() {
    let entry = with(
        r#", "service_at_locations": [{"location": {"location_type": "physical", "schedules":
        [{"freq": "WEEKLY", "byday": "SA", "opens_at": "10:00", "closes_at": "13:00"}]}}]"#,
    )
    .unwrap();
    assert!(is_open(&entry, "03-21 11:00") && !is_open(&entry, "03-22 11:00"));
}

#[test]
fn an_editor_changes_the_plain_week_and_keeps_every_other_time() {
    let mut entry = with(
        r#", "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "12:00"},
        {"freq": "MONTHLY", "byday": "1SA", "opens_at": "10:00", "closes_at": "12:00"}],
        "service_at_locations": [{"location": {"name": "Loft", "schedules":
        [{"freq": "WEEKLY", "byday": "MO", "opens_at": "14:00", "closes_at": "16:00"}]}}]"#,
    )
    .unwrap();
    let mut week = entry.week();
    assert_eq!((week.monday.len(), week.tuesday.len(), week.friday.len()), (2, 1, 0));
    assert_eq!(entry.other_times().count(), 1);
    let before = entry.clone();
    entry.set_week(week.clone());
    assert_eq!(entry.week(), before.week(), "saving without a change changes no time");
    week.friday = week.tuesday.clone();
    week.tuesday.clear();
    week.bank_holidays = HolidayRule::Same;
    entry.set_week(week.clone());
    assert_eq!(entry.week(), week);
    assert_eq!(entry.other_times().count(), 1);
    assert!(
        is_open(&entry, "03-27 10:00") && !is_open(&entry, "03-24 10:00") && is_open(&entry, "04-03 10:00")
    );
    assert!(is_open(&entry, "03-07 11:00"), "the first Saturday");
}
