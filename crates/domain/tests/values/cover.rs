//! Whether a human will see a call for help: nights, bank holidays, empty rotas, gaps, clock changes.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use onedoor_domain::calendar::Calendar;
use onedoor_domain::duty::{Cover, HolidayRule, Hours, Opening, Rota, Rung, Shift, cover};
use proptest::prelude::*;

use crate::{id, london, seeded, utc};

fn opening(open: i8, close: i8) -> Opening {
    Opening { open: Time::constant(open, 0, 0, 0), close: Time::constant(close, 0, 0, 0) }
}

fn office() -> Hours {
    Hours::weekdays(opening(8, 20))
}

fn nights() -> Hours {
    let night = vec![opening(20, 8)];
    Hours { saturday: night.clone(), sunday: night, ..Hours::weekdays(opening(20, 8)) }
}

fn shift(n: u128, from: &str, to: &str) -> Shift {
    Shift { id: id(n), from: london(from), to: london(to), duty: id(n), deputy: Some(id(n + 100)) }
}

fn rota(shifts: Vec<Shift>) -> Rota {
    Rota { shifts, fallback_team: Some(id(300)), service_manager: Some(id(400)) }
}

fn all_year() -> Rota {
    rota(vec![shift(1, "2026-01-01 00:00", "2029-01-01 00:00")])
}

fn at(shown: &str, hours: &Hours, rota: &Rota) -> Cover {
    cover(london(shown), hours, rota, &Calendar::england())
}

fn next(shown: &str) -> Cover {
    Cover::Unstaffed { next: Some(london(shown)) }
}

fn is_staffed(cover: &Cover) -> bool {
    matches!(cover, Cover::Staffed { .. })
}

// seed: 128
#[test]
fn at_night_nobody_is_there_and_the_page_can_say_until_when() {
    let (hours, rota) = (office(), all_year());
    assert!(!is_staffed(&at("2026-11-19 07:59:59", &hours, &rota)));
    assert!(is_staffed(&at("2026-11-19 08:00", &hours, &rota)));
    assert!(is_staffed(&at("2026-11-19 19:59:59", &hours, &rota)));
    assert_eq!(at("2026-11-19 20:00", &hours, &rota), next("2026-11-20 08:00"));
    assert_eq!(at("2026-11-20 20:00", &hours, &rota), next("2026-11-23 08:00"));
}

#[test]
fn the_ladder_is_duty_deputy_team_manager_and_leaves_out_who_is_not_named() {
    let (hours, mut rota) = (office(), all_year());
    let whole = vec![
        Rung::Duty(id(1)),
        Rung::Deputy(id(101)),
        Rung::FallbackTeam(id(300)),
        Rung::ServiceManager(id(400)),
    ];
    assert_eq!(at("2026-11-19 12:00", &hours, &rota), Cover::Staffed { ladder: whole });
    rota.shifts[0].deputy = Some(rota.shifts[0].duty);
    rota.fallback_team = None;
    let short = vec![Rung::Duty(id(1)), Rung::ServiceManager(id(400))];
    assert_eq!(at("2026-11-19 12:00", &hours, &rota), Cover::Staffed { ladder: short });
}

#[test]
fn a_bank_holiday_follows_the_rule_of_the_county() {
    let rota = all_year();
    let closed = office();
    assert_eq!(at("2026-12-25 12:00", &closed, &rota), next("2026-12-29 08:00"));
    let same = Hours { bank_holidays: HolidayRule::Same, ..office() };
    assert!(is_staffed(&at("2026-12-25 12:00", &same, &rota)));
    let sunday = vec![opening(10, 14)];
    let as_sunday = Hours { bank_holidays: HolidayRule::AsSunday, sunday, ..office() };
    assert_eq!(at("2026-12-25 09:00", &as_sunday, &rota), next("2026-12-25 10:00"));
    assert!(is_staffed(&at("2026-12-25 10:00", &as_sunday, &rota)));
    assert!(!is_staffed(&at("2026-12-25 14:00", &as_sunday, &rota)));
}

#[test]
fn an_empty_rota_or_no_hours_promise_nobody() {
    let nobody = Cover::Unstaffed { next: None };
    assert_eq!(at("2026-11-19 12:00", &office(), &rota(vec![])), nobody);
    assert_eq!(at("2026-11-19 12:00", &Hours::default(), &all_year()), nobody);
    let backwards = rota(vec![shift(1, "2026-11-20 08:00", "2026-11-19 08:00")]);
    assert_eq!(at("2026-11-19 12:00", &office(), &backwards), nobody);
    let last_week = rota(vec![shift(1, "2026-11-09 08:00", "2026-11-13 20:00")]);
    assert_eq!(at("2026-11-19 12:00", &office(), &last_week), nobody);
}

#[test]
fn a_gap_in_the_rota_is_not_hidden_by_staffed_hours() {
    let gap = rota(vec![
        shift(1, "2026-11-19 08:00", "2026-11-19 12:00"),
        shift(2, "2026-11-19 14:00", "2026-11-19 20:00"),
    ]);
    assert!(is_staffed(&at("2026-11-19 11:59", &office(), &gap)));
    assert_eq!(at("2026-11-19 12:00", &office(), &gap), next("2026-11-19 14:00"));
    assert_eq!(at("2026-11-19 20:00", &office(), &gap), Cover::Unstaffed { next: None });
    let seamless = rota(vec![
        shift(1, "2026-11-19 08:00", "2026-11-19 12:00"),
        shift(2, "2026-11-19 12:00", "2026-11-19 20:00"),
    ]);
    assert!(is_staffed(&at("2026-11-19 12:00", &office(), &seamless)));
}

#[test]
fn at_a_handover_with_overlap_the_newcomer_is_rung() {
    let overlap = rota(vec![
        shift(1, "2026-11-19 08:00", "2026-11-19 14:30"),
        shift(2, "2026-11-19 14:00", "2026-11-19 20:00"),
    ]);
    let first = |cover: Cover| match cover {
        Cover::Staffed { ladder } => ladder.first().copied(),
        Cover::Unstaffed { .. } => None,
    };
    assert_eq!(first(at("2026-11-19 13:59", &office(), &overlap)), Some(Rung::Duty(id(1))));
    assert_eq!(first(at("2026-11-19 14:00", &office(), &overlap)), Some(Rung::Duty(id(2))));
}

#[test]
fn a_night_shift_runs_over_midnight_and_into_a_bank_holiday() {
    let rota = all_year();
    assert!(is_staffed(&at("2026-11-19 23:59:59", &nights(), &rota)));
    assert!(is_staffed(&at("2026-11-20 00:00", &nights(), &rota)));
    assert!(is_staffed(&at("2026-11-20 07:59:59", &nights(), &rota)));
    assert_eq!(at("2026-11-20 08:00", &nights(), &rota), next("2026-11-20 20:00"));
    // The night of Christmas Eve ends on Christmas morning; the next opens on Boxing Day evening.
    assert!(is_staffed(&at("2026-12-25 07:00", &nights(), &rota)));
    assert_eq!(at("2026-12-25 08:00", &nights(), &rota), next("2026-12-26 20:00"));
    let sunday_only = Hours { sunday: vec![opening(20, 8)], ..Hours::default() };
    assert!(is_staffed(&at("2026-11-23 07:00", &sunday_only, &rota)));
    assert!(!is_staffed(&at("2026-11-22 07:00", &sunday_only, &rota)));
}

#[test]
fn nights_when_the_clocks_change_have_no_hole_and_no_echo() {
    let (rota, england) = (all_year(), Calendar::england());
    for half_hour in 0..22 {
        // 24 October 2026, 20:00 summer time, for eleven hours and a half; spring is an hour shorter.
        let autumn = utc("2026-10-24T19:00Z") + SignedDuration::from_mins(30 * half_hour);
        assert!(is_staffed(&cover(autumn, &nights(), &rota, &england)), "{autumn}");
    }
    assert!(is_staffed(&cover(utc("2026-10-25T07:59Z"), &nights(), &rota, &england)));
    assert!(!is_staffed(&cover(utc("2026-10-25T08:00Z"), &nights(), &rota, &england)));
    assert!(is_staffed(&cover(utc("2027-03-28T06:59Z"), &nights(), &rota, &england)));
    assert!(!is_staffed(&cover(utc("2027-03-28T07:00Z"), &nights(), &rota, &england)));
    // An opening inside the skipped hour moves with it; one inside the doubled hour happens once.
    let early = Hours { sunday: vec![opening(1, 2)], ..Hours::default() };
    assert!(is_staffed(&cover(utc("2026-10-25T00:30Z"), &early, &rota, &england)));
    assert_eq!(cover(utc("2027-03-28T00:59Z"), &early, &rota, &england), next("2027-04-04 01:00"));
}

#[test]
fn always_means_always() {
    let (rota, england) = (all_year(), Calendar::england());
    for hour in 0..(3 * 24) {
        for day in ["2026-10-24T00:00Z", "2026-12-24T00:00Z", "2027-03-27T00:00Z", "2028-02-28T00:00Z"] {
            let moment = utc(day) + SignedDuration::from_hours(hour);
            assert!(is_staffed(&cover(moment, &Hours::always(), &rota, &england)), "{moment}");
        }
    }
}

#[test]
fn the_next_moment_is_looked_for_fourteen_days_ahead() {
    let far = rota(vec![shift(1, "2026-12-03 12:00", "2026-12-04 12:00")]);
    assert_eq!(at("2026-11-19 12:00", &office(), &far), next("2026-12-03 12:00"));
    assert_eq!(at("2026-11-19 11:59", &office(), &far), Cover::Unstaffed { next: None });
    let end = cover(Timestamp::MAX, &Hours::always(), &far, &Calendar::england());
    assert_eq!(end, Cover::Unstaffed { next: None });
}

/// Random weeks against the definition itself, tried every half hour.
#[test]
fn cover_is_hours_and_shift_and_next_is_the_first_such_moment() {
    let start = london("2026-10-20 00:00");
    let half = |n: i64| start + SignedDuration::from_mins(30 * n);
    let openings = prop::collection::vec((0..24_i8, 0..24_i8), 0..3);
    let shifts = prop::collection::vec((0..500_i64, 1..60_i64), 0..5);
    seeded(&(openings, shifts, 0..400_i64), |(openings, shifts, probe)| {
        let day: Vec<Opening> = openings.iter().map(|(open, close)| opening(*open, *close)).collect();
        let hours = Hours { tuesday: day.clone(), saturday: day, ..Hours::default() };
        let turns = shifts.iter().map(|(from, long)| Shift {
            id: id(1),
            from: half(*from),
            to: half(from + long),
            duty: id(1),
            deputy: None,
        });
        let rota = rota(turns.collect());
        let england = Calendar::england();
        let there = |at| hours.is_open(at, &england) && rota.shift_at(at).is_some();
        match cover(half(probe), &hours, &rota, &england) {
            Cover::Staffed { ladder } => prop_assert!(there(half(probe)) && !ladder.is_empty()),
            Cover::Unstaffed { next } => {
                let expected = (probe..=probe + 14 * 48).map(half).find(|at| there(*at));
                prop_assert_eq!(next, expected);
            }
        }
        Ok(())
    });
}

#[test]
fn rota_and_hours_travel_whole() {
    let hours = Hours { bank_holidays: HolidayRule::AsSunday, ..nights() };
    let text = serde_json::to_string(&(&hours, &all_year())).unwrap();
    let (kept, rota): (Hours, Rota) = serde_json::from_str(&text).unwrap();
    assert_eq!((kept, rota), (hours, all_year()));
    let covers = [at("2026-11-19 12:00", &office(), &all_year()), next("2026-11-20 08:00")];
    let kept: [Cover; 2] = serde_json::from_str(&serde_json::to_string(&covers).unwrap()).unwrap();
    assert_eq!(kept, covers);
}
