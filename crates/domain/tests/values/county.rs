//! What keeps a county from opening its door.

use jiff::civil::{Time, date};
use onedoor_domain::calendar::Calendar;
use onedoor_domain::county::{County, CrisisNumber, Missing};
use onedoor_domain::duty::{Cover, Hours, Opening, Rota, Shift};
use onedoor_domain::value::Line;

use crate::{id, london};

const NOW: &str = "2026-11-19 12:00";

fn line(text: &str) -> Line {
    text.parse().unwrap()
}

fn crisis(reviewed_on: jiff::civil::Date) -> CrisisNumber {
    CrisisNumber {
        label: line("Crisis line"),
        number: line("111, option 2"),
        hours: line("Day and night"),
        reviewed_on,
        reviewed_by: line("Ama Osei"),
    }
}

fn shift(from: &str, to: &str) -> Shift {
    Shift { id: id(1), from: london(from), to: london(to), duty: id(2), deputy: None }
}

fn ready() -> County {
    let day = Opening { open: Time::constant(8, 0, 0, 0), close: Time::constant(20, 0, 0, 0) };
    County {
        crisis: vec![crisis(date(2026, 11, 1))],
        places: Vec::new(),
        hours: Hours::weekdays(day),
        rota: Rota {
            shifts: vec![
                shift("2026-11-19 08:00", "2026-11-20 20:00"),
                shift("2026-11-23 08:00", "2026-11-27 20:00"),
            ],
            fallback_team: Some(id(3)),
            service_manager: Some(id(4)),
        },
        spoa_team: Some(id(5)),
        young_team: Some(id(6)),
        ..County::new(line("Fenmere"))
    }
}

fn missing(change: impl FnOnce(&mut County)) -> Vec<Missing> {
    let mut county = ready();
    change(&mut county);
    county.missing(london(NOW))
}

#[test]
fn a_county_that_is_ready_misses_nothing() {
    assert_eq!(missing(|_| {}), []);
    let cover = ready().cover(london(NOW));
    assert!(matches!(cover, Cover::Staffed { ladder } if ladder.len() == 3));
}

#[test]
fn a_new_county_lists_everything_most_urgent_first() {
    let new = County::new(line("Fenmere"));
    let keys: Vec<_> = new.missing(london(NOW)).iter().map(Missing::key).collect();
    let expected = [
        "no-crisis-number",
        "no-staffed-hours",
        "empty-rota",
        "no-spoa-team",
        "no-fallback-team",
        "no-service-manager",
        "no-young-team",
    ];
    assert_eq!(keys, expected);
    assert_eq!((new.duty_step_minutes, new.follow_up_days), (5, 14));
}

#[test]
fn each_missing_thing_is_named() {
    assert_eq!(missing(|c| c.crisis.clear()), [Missing::NoCrisisNumber]);
    assert_eq!(missing(|c| c.hours = Hours::default()), [Missing::NoStaffedHours]);
    assert_eq!(missing(|c| c.rota.shifts.clear()), [Missing::EmptyRota]);
    assert_eq!(missing(|c| c.spoa_team = None), [Missing::NoSpoaTeam]);
    assert_eq!(missing(|c| c.rota.fallback_team = None), [Missing::NoFallbackTeam]);
    assert_eq!(missing(|c| c.rota.service_manager = None), [Missing::NoServiceManager]);
    assert_eq!(missing(|c| c.young_team = None), [Missing::NoYoungTeam]);
    assert_eq!(missing(|c| c.calendar = Calendar::default()), [Missing::BankHolidaysEnd(None)]);
}

#[test]
fn a_crisis_number_must_have_been_rung_in_the_last_ninety_days() {
    let stale = [Missing::CrisisNumberNotReviewed(line("Crisis line"))];
    let today = date(2026, 11, 19);
    for (reviewed_on, fresh) in
        [(today, true), (date(2026, 8, 21), true), (date(2026, 8, 20), false), (date(2026, 11, 20), false)]
    {
        let found = missing(|c| c.crisis = vec![crisis(date(2026, 11, 1)), crisis(reviewed_on)]);
        assert_eq!(found.is_empty(), fresh, "{reviewed_on}");
        assert!(fresh || found == stale, "{reviewed_on}");
    }
}

#[test]
fn a_rota_is_read_for_the_coming_week() {
    let next_week = vec![shift("2026-11-26 12:00", "2026-11-30 12:00")];
    assert_eq!(missing(|c| c.rota.shifts = next_week), [Missing::EmptyRota]);
    let last_minute = vec![shift("2026-11-26 11:59", "2026-11-30 12:00")];
    assert_eq!(missing(|c| c.rota.shifts = last_minute), [Missing::RotaGap(london(NOW))]);
    let gap = |c: &mut County| c.rota.shifts[1].from = london("2026-11-23 09:00");
    assert_eq!(missing(gap), [Missing::RotaGap(london("2026-11-23 08:00"))]);
    let ends = |c: &mut County| c.rota.shifts[1].to = london("2026-11-25 14:00");
    assert_eq!(missing(ends), [Missing::RotaGap(london("2026-11-25 14:00"))]);
}

#[test]
fn the_first_gap_is_named_whatever_the_order_of_the_openings() {
    let opening =
        |open, close| Opening { open: Time::constant(open, 0, 0, 0), close: Time::constant(close, 0, 0, 0) };
    let found = missing(|c| {
        c.hours.friday = vec![opening(14, 20), opening(8, 12)];
        c.rota.shifts[0].to = london("2026-11-20 10:00");
    });
    assert_eq!(found, [Missing::RotaGap(london("2026-11-20 10:00"))]);
}

#[test]
fn the_list_of_bank_holidays_must_reach_ninety_days_ahead() {
    let mut county = ready();
    county.calendar.holidays.retain(|day| day.year() == 2026);
    let ends = Missing::BankHolidaysEnd(Some(date(2026, 12, 31)));
    assert!(county.missing(london(NOW)).contains(&ends));
    assert!(county.missing(london("2026-10-03 12:00")).contains(&ends));
    assert!(!county.missing(london("2026-10-02 12:00")).contains(&ends));
}

#[test]
fn settings_travel_whole() {
    let text = serde_json::to_string(&ready()).unwrap();
    assert_eq!(serde_json::from_str::<County>(&text).unwrap(), ready());
}
