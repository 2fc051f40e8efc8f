//! The duty page, and contacts with the person.

use crate::actor::Role;
use crate::change::EventKind;
use crate::clock::{ClockKind, Left};
use crate::duty::Rung;
use crate::fixtures::{
    FALLBACK, HOUR, MINUTE, after, arrived, at, by_call, by_email, contact, county, flagged, kinds, monday,
    request, senior, staff, text, triaged, user_of, worker,
};
use crate::referral::{Category, Referral};
use crate::refused::Refused;
use crate::task::TaskKind;

fn minutes(count: i32) -> jiff::Timestamp {
    monday().checked_add(MINUTE * count).unwrap()
}

fn paged(referral: &Referral) -> Rung {
    *referral.page().unwrap().paged_now()
}

fn clock(referral: &Referral, kind: ClockKind) -> Left {
    let clock = referral.clocks().iter().find(|clock| clock.kind == kind).unwrap();
    clock.left(monday())
}

#[test]
fn a_page_goes_up_every_five_minutes_and_never_stops_until_somebody_answers() {
    let mut referral = arrived(monday(), flagged(by_call(), false));
    let early = referral.clone().escalate_page(&worker(minutes(4)), &county());
    assert_eq!(early.err(), Some(Refused::NotDue));
    let ladder = [
        (5, Rung::Deputy(user_of(Role::CrisisTeam))),
        (10, Rung::FallbackTeam(FALLBACK)),
        (15, Rung::ServiceManager(user_of(Role::ServiceManager))),
        (20, Rung::ServiceManager(user_of(Role::ServiceManager))),
        (25, Rung::ServiceManager(user_of(Role::ServiceManager))),
    ];
    for (minute, rung) in ladder {
        let changes = referral.escalate_page(&worker(minutes(minute)), &county()).unwrap();
        assert_eq!(kinds(&changes), [EventKind::DutyEscalated]);
        referral = after(changes);
        assert_eq!(paged(&referral), rung, "{minute} minutes");
    }
    let answered = after(referral.acknowledge_page(&staff(Role::ServiceManager, minutes(26))).unwrap());
    let late = answered.escalate_page(&worker(minutes(40)), &county());
    assert_eq!(late.err(), Some(Refused::NotDue));
}

// seed: 128
#[test]
fn a_page_of_the_night_reaches_the_duty_person_in_the_morning() {
    let night = at("03-24 02:30");
    let referral = crate::fixtures::written(
        &crate::fixtures::receive(&crate::fixtures::visitor(night), flagged(by_call(), false), &county())
            .changes,
    );
    let still = after(referral.escalate_page(&worker(at("03-24 02:36")), &county()).unwrap());
    assert_eq!(paged(&still), Rung::CrisisLine);
    let morning = after(still.escalate_page(&worker(at("03-24 08:00")), &county()).unwrap());
    assert_eq!(paged(&morning), Rung::Duty(user_of(Role::SpoaSenior)));
}

#[test]
fn the_first_to_answer_has_it_by_name() {
    let referral = arrived(monday(), flagged(by_call(), false));
    let answered = after(referral.acknowledge_page(&staff(Role::CrisisTeam, minutes(3))).unwrap());
    let page = answered.page().unwrap();
    let who = page.acknowledged.as_ref().unwrap();
    assert_eq!((who.name.as_str(), who.at), ("CRISIS_TEAM", minutes(3)));
    assert_eq!(page.next_step_at(), None);
    let second = answered.clone().acknowledge_page(&senior(minutes(4)));
    assert_eq!(second.err(), Some(Refused::AlreadyAnswered));
    let task = answered.tasks().iter().find(|task| task.kind == TaskKind::DutyCall).unwrap();
    assert!(task.is_open(), "answering is not calling");
}

#[test]
fn there_is_nothing_to_answer_without_a_danger_answer() {
    let referral = arrived(monday(), request(by_email(), false));
    assert_eq!(referral.clone().acknowledge_page(&senior(monday())).err(), Some(Refused::NotFromHere));
    assert_eq!(referral.escalate_page(&worker(monday()), &county()).err(), Some(Refused::NotFromHere));
}

#[test]
fn reaching_the_person_stops_the_call_and_category_clocks_and_the_tasks() {
    let referral = triaged(monday(), flagged(by_call(), false), Category::B);
    let reached = after(referral.record_contact(&senior(minutes(10)), contact(minutes(10), true)).unwrap());
    for kind in [ClockKind::DutyCall, ClockKind::CatB, ClockKind::RefAck] {
        assert_eq!(clock(&reached, kind), Left::Stopped { breached: false }, "{kind:?}");
    }
    let open: Vec<_> = reached.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect();
    assert_eq!(open, [TaskKind::Decide]);
    let [made] = reached.contacts() else { panic!("one contact") };
    assert_eq!((made.at, made.reached, made.by.name().unwrap().as_str()), (minutes(10), true, "SPOA_SENIOR"));
}

#[test]
fn an_attempt_stops_nothing_and_does_not_answer_the_page() {
    let referral = arrived(monday(), flagged(by_call(), false));
    let tried = staff(Role::SpoaAdmin, minutes(2));
    let tried = after(referral.record_contact(&tried, contact(minutes(2), false)).unwrap());
    assert!(matches!(clock(&tried, ClockKind::DutyCall), Left::Remaining(_)));
    assert!(tried.tasks().iter().any(|task| task.kind == TaskKind::DutyCall && task.is_open()));
    assert!(tried.page().unwrap().acknowledged.is_none());
    assert_eq!(tried.contacts().len(), 1, "but it is on record");
}

#[test]
fn a_call_in_time_is_in_time_however_late_it_is_written_down() {
    let referral = arrived(monday(), flagged(by_call(), false));
    let written = after(referral.record_contact(&senior(minutes(60)), contact(minutes(12), true)).unwrap());
    assert_eq!(clock(&written, ClockKind::DutyCall), Left::Stopped { breached: false });
    let stopped = written.clocks().iter().find(|clock| clock.kind == ClockKind::DutyCall).unwrap();
    assert_eq!(stopped.stopped_at, Some(minutes(12)));
}

#[test]
fn a_contact_from_before_the_clock_began_stops_it_when_it_is_recorded() {
    let referral = triaged(minutes(30), request(by_email(), false), Category::B);
    let written = after(referral.record_contact(&senior(minutes(60)), contact(minutes(5), true)).unwrap());
    let stopped = written.clocks().iter().find(|clock| clock.kind == ClockKind::CatB).unwrap();
    assert_eq!(stopped.stopped_at, Some(minutes(60)));
}

#[test]
fn a_contact_lies_in_the_past_and_not_after_a_death() {
    let referral = arrived(monday(), request(by_email(), false));
    let tomorrow = monday().checked_add(HOUR * 24).unwrap();
    let early = referral.clone().record_contact(&senior(monday()), contact(tomorrow, true));
    assert_eq!(early.err(), Some(Refused::NotDue));
    let dead = after(referral.record_death(&senior(monday()), text("Told by the family.")).unwrap());
    let refused = dead.record_contact(&senior(monday()), contact(monday(), true));
    assert_eq!(refused.err(), Some(Refused::NotFromHere));
}
