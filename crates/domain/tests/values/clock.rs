//! Clocks: when each is due, how it stands, and what stops it.

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::calendar::Calendar;
use onedoor_domain::clock::{Clock, ClockKind, Left, NotBreached, StopWhy, Targets};
use onedoor_domain::value::Text;

use crate::{id, london, utc};

fn start(kind: ClockKind, at: Timestamp, flagged: bool) -> Clock {
    Clock::start(id(1), kind, at, flagged, &Targets::default(), &Calendar::england())
}

#[test]
fn each_clock_is_due_when_the_service_promised() {
    use ClockKind::{CatB, CatC, CatD, DutyCall, RefAck, RefTriage};
    let cases = [
        (RefAck, false, "2026-11-20 16:00", "2026-11-23 16:00"),
        (RefAck, true, "2026-11-20 16:00", "2026-11-23 16:00"),
        (RefTriage, false, "2026-11-20 16:00", "2026-11-23 16:00"),
        (RefTriage, true, "2026-11-20 16:00", "2026-11-20 20:00"),
        (RefTriage, false, "2026-12-25 03:00", "2026-12-30 00:00"),
        (RefTriage, true, "2026-12-25 03:00", "2026-12-25 07:00"),
        (DutyCall, true, "2026-11-21 23:50", "2026-11-22 00:05"),
        (DutyCall, false, "2026-11-21 23:50", "2026-11-22 00:05"),
        (CatB, false, "2026-11-20 22:00", "2026-11-21 02:00"),
        (CatC, false, "2026-11-20 22:00", "2026-11-21 22:00"),
        (CatD, false, "2026-11-20 22:00", "2026-11-23 22:00"),
        // Leap day.
        (CatC, false, "2028-02-28 12:00", "2028-02-29 12:00"),
        (CatD, false, "2028-02-28 12:00", "2028-03-02 12:00"),
    ];
    for (kind, flagged, from, due) in cases {
        let clock = start(kind, london(from), flagged);
        assert_eq!((clock.started_at, clock.target_at), (london(from), london(due)), "{kind:?} {from}");
    }
}

#[test]
fn hours_are_real_hours_in_the_nights_when_the_clocks_change() {
    // 25 October 2026 at 00:30 summer time, four hours: 03:30 on the wall.
    let autumn = start(ClockKind::CatB, utc("2026-10-24T23:30Z"), false);
    assert_eq!(autumn.target_at, london("2026-10-25 03:30"));
    // 28 March 2027 at 00:30, four hours: 05:30 on the wall.
    let spring = start(ClockKind::RefTriage, utc("2027-03-28T00:30Z"), true);
    assert_eq!(spring.target_at, london("2027-03-28 05:30"));
    let call = start(ClockKind::DutyCall, utc("2026-10-25T00:50Z"), true);
    assert_eq!(call.target_at, utc("2026-10-25T01:05Z"));
}

#[test]
fn a_county_may_promise_otherwise() {
    let targets: Targets =
        serde_json::from_str(r#"{"duty_call_minutes": 30, "ref_triage_working_days": 2}"#).unwrap();
    assert_eq!(targets.cat_b_hours, 4);
    let calendar = Calendar::england();
    let at = london("2026-11-20 16:00");
    assert_eq!(targets.due(ClockKind::DutyCall, at, true, &calendar), london("2026-11-20 16:30"));
    assert_eq!(targets.due(ClockKind::RefTriage, at, false, &calendar), london("2026-11-24 16:00"));
    assert!(serde_json::from_str::<Targets>(r#"{"duty_cal_minutes": 30}"#).is_err());
    let endless = Targets { cat_d_hours: u32::MAX, ..Targets::default() };
    assert_eq!(endless.due(ClockKind::CatD, Timestamp::MAX, false, &calendar), Timestamp::MAX);
}

#[test]
fn the_target_itself_is_in_time_and_the_moment_after_is_not() {
    let at = london("2026-11-20 16:00");
    let clock = start(ClockKind::DutyCall, at, true);
    let second = SignedDuration::from_secs(1);
    let target = clock.target_at;
    assert_eq!(clock.left(at), Left::Remaining(SignedDuration::from_mins(15)));
    assert_eq!(clock.left(target), Left::Remaining(SignedDuration::ZERO));
    assert_eq!(clock.left(target + second), Left::Over(second));
    assert!(clock.is_running() && !clock.is_breached(target) && clock.is_breached(target + second));

    let late = london("2027-01-01 00:00");
    let in_time = clock.clone().stop(target, StopWhy::Done);
    assert_eq!(in_time.left(late), Left::Stopped { breached: false });
    assert!(!in_time.is_breached(late), "what was met in time does not become late");
    let missed = clock.stop(target + second, StopWhy::Done);
    assert_eq!(missed.left(at), Left::Stopped { breached: true });
}

#[test]
fn a_clock_stops_once_for_one_reason() {
    let clock = start(ClockKind::CatB, london("2026-11-20 16:00"), false);
    let first = london("2026-11-20 17:00");
    let stopped = clock.stop(first, StopWhy::Withdrawn).stop(london("2026-11-20 18:00"), StopWhy::Done);
    assert_eq!((stopped.stopped_at, stopped.stop_why), (Some(first), Some(StopWhy::Withdrawn)));
    assert!(!stopped.is_running());
}

#[test]
fn a_reason_is_taken_for_a_missed_target_only() {
    let clock = start(ClockKind::CatB, london("2026-11-20 16:00"), false);
    let reason: Text = "Two people were ill; cover came from the next team.".parse().unwrap();
    let before = clock.clone().give_breach_reason(reason.clone(), london("2026-11-20 20:00"));
    assert_eq!(before, Err(NotBreached));
    let after = clock.clone().give_breach_reason(reason.clone(), london("2026-11-20 20:01")).unwrap();
    assert_eq!(after.breach_reason, Some(reason.clone()));
    let in_time = clock.stop(london("2026-11-20 19:00"), StopWhy::Done);
    assert_eq!(in_time.give_breach_reason(reason, london("2026-11-22 20:01")), Err(NotBreached));
}

#[test]
fn codes_go_out_and_come_back() {
    for kind in ClockKind::ALL {
        assert_eq!(ClockKind::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
    for why in StopWhy::ALL {
        assert_eq!(StopWhy::from_code(why.code()), Some(why));
        assert_eq!(serde_json::to_value(why).unwrap(), why.code());
    }
    assert_eq!(ClockKind::from_code("CAT-A"), None);
    let clock = start(ClockKind::CatC, london("2026-11-20 16:00"), false);
    let kept: Clock = serde_json::from_str(&serde_json::to_string(&clock).unwrap()).unwrap();
    assert_eq!(kept, clock);
}
