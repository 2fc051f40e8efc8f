//! A request for help arrives.

use crate::actor::Role;
use crate::change::EventKind;
use crate::clock::ClockKind;
use crate::door::{Draft, DraftState};
use crate::duty::Rung;
use crate::fixtures::{
    DAY, HOUR, MINUTE, SPOA, at, by_call, by_email, county, county_without_rota, flagged, kinds, monday,
    receive, request, user_of, visitor, written,
};
use crate::notice::{Message, NoticeState, Party, Route};
use crate::referral::{Referral, StateKind};
use crate::refused::Refused;
use crate::section::{Receipt, Unstaffed};
use crate::task::{Owner, TaskKind};
use crate::value::Reference;

fn target(referral: &Referral, kind: ClockKind) -> Option<jiff::Timestamp> {
    referral.clocks().iter().find(|clock| clock.kind == kind).map(|clock| clock.target_at)
}

#[test]
fn a_request_waits_for_a_senior_by_the_next_working_day() {
    let arrival = receive(&visitor(monday()), request(by_email(), false), &county());
    let referral = written(&arrival.changes);
    let tomorrow = at("03-24 10:00");
    assert_eq!(referral.kind(), StateKind::Received);
    assert_eq!(referral.received_at(), monday());
    assert_eq!(kinds(&arrival.changes), [EventKind::Received, EventKind::DraftSaved]);
    assert_eq!(target(&referral, ClockKind::RefTriage), Some(tomorrow));
    assert_eq!(target(&referral, ClockKind::RefAck), Some(tomorrow));
    assert_eq!(target(&referral, ClockKind::DutyCall), None);
    let [task] = referral.tasks() else { panic!("one task") };
    assert_eq!((task.kind, task.due_at, task.owner), (TaskKind::Triage, tomorrow, Owner::Team(SPOA)));
    assert!(referral.page().is_none() && !referral.is_flagged());
    assert_eq!((arrival.receipt.read_by, arrival.receipt.call_by), (tomorrow, None));
}

#[test]
fn the_person_is_told_that_it_arrived_by_the_way_they_chose_and_nobody_else_is() {
    let referral = written(&receive(&visitor(monday()), request(by_email(), true), &county()).changes);
    let [notice] = referral.notices() else { panic!("one message") };
    assert_eq!((notice.party, &notice.state), (Party::Person, &NoticeState::Queued));
    assert!(matches!(notice.route, Route::Email { say_nhs: false, .. }));
    assert!(matches!(notice.message, Message::Received { .. }));
}

#[test]
fn a_danger_answer_rings_the_duty_person_and_promises_a_call_in_fifteen_minutes() {
    let arrival = receive(&visitor(monday()), flagged(by_call(), false), &county());
    let referral = written(&arrival.changes);
    let call_by = monday().checked_add(MINUTE * 15).unwrap();
    assert!(referral.is_flagged());
    assert_eq!(kinds(&arrival.changes)[..2], [EventKind::Received, EventKind::DutyPaged]);
    assert_eq!(target(&referral, ClockKind::DutyCall), Some(call_by));
    assert_eq!(arrival.receipt.call_by, Some(call_by));
    assert_eq!(arrival.receipt.unstaffed, None);
    assert_eq!(
        target(&referral, ClockKind::RefTriage),
        monday().checked_add(HOUR * 4).ok(),
        "read within 4 hours"
    );
    let page = referral.page().unwrap();
    assert_eq!(*page.paged_now(), Rung::Duty(user_of(Role::SpoaSenior)));
    assert!(referral.tasks().iter().any(|task| task.kind == TaskKind::DutyCall && task.due_at == call_by));
}

// seed: 128
#[test]
fn at_night_the_crisis_line_is_rung_and_the_call_is_promised_for_the_morning() {
    for (night, morning) in [
        ("03-24 02:30", "03-24 08:00"),
        ("03-28 12:00", "03-30 08:00"), // a Saturday; on Sunday the clocks go forward
        ("04-03 12:00", "04-07 08:00"), // Good Friday to the Tuesday after Easter
    ] {
        let arrival = receive(&visitor(at(night)), flagged(by_call(), false), &county());
        let referral = written(&arrival.changes);
        assert_eq!(*referral.page().unwrap().paged_now(), Rung::CrisisLine, "{night}");
        assert_eq!(arrival.receipt.unstaffed, Some(Unstaffed { next: Some(at(morning)) }), "{night}");
        let call_by = at(morning).checked_add(MINUTE * 15).ok();
        assert_eq!(arrival.receipt.call_by, call_by, "{night}");
        assert_eq!(target(&referral, ClockKind::DutyCall), call_by, "{night}");
    }
}

// seed: 128
#[test]
fn with_an_empty_rota_nobody_is_promised_and_the_call_is_owed_at_once() {
    let arrival = receive(&visitor(monday()), flagged(by_call(), false), &county_without_rota());
    let referral = written(&arrival.changes);
    assert_eq!(arrival.receipt.unstaffed, Some(Unstaffed { next: None }));
    let stored = serde_json::to_string(&arrival.receipt).unwrap();
    assert_eq!(serde_json::from_str::<Receipt>(&stored).unwrap(), arrival.receipt);
    assert_eq!(*referral.page().unwrap().paged_now(), Rung::CrisisLine);
    assert!(referral.is_overdue(monday().checked_add(MINUTE * 16).unwrap()));
    assert!(!referral.is_overdue(monday()));
}

#[test]
fn sending_twice_makes_one_referral_and_forgets_the_draft() {
    let ctx = visitor(monday());
    let arrival = receive(&ctx, request(by_email(), false), &county());
    let sent = arrival.changes.writes().iter().find_map(|write| {
        if let crate::change::Write::Draft(draft) = write { Some(Draft::clone(draft)) } else { None }
    });
    let sent = sent.unwrap();
    assert!(matches!(sent.state, DraftState::Sent { .. }));
    assert_eq!(sent.answers, crate::door::Answers::default());
    let reference = Reference::from_bytes([1; 8]);
    let again = Referral::receive(&ctx, sent, request(by_email(), false), reference, (&county(), SPOA));
    assert_eq!(again.err(), Some(Refused::AlreadySent));
}

#[test]
fn nothing_is_late_before_its_time_and_everything_is_after() {
    let referral = written(&receive(&visitor(monday()), request(by_email(), false), &county()).changes);
    let due = referral.next_due().unwrap();
    assert!(!referral.is_overdue(due));
    assert!(referral.is_overdue(due.checked_add(MINUTE).unwrap()));
    assert!(referral.is_overdue(due.checked_add(DAY * 30).unwrap()));
}
