//! Screening and triage.

use crate::access::Action;
use crate::actor::Role;
use crate::calendar::local_date;
use crate::change::EventKind;
use crate::clock::{ClockKind, StopWhy};
use crate::fixtures::{
    DAY, HOUR, SPOA, after, arrived, at, by_call, by_email, children_urgent, contact, county, flagged, kinds,
    monday, request, senior, staff, text, triage_form, triaged, user_of,
};
use crate::referral::{Category, Referral, State, StateKind, Triage, TriageForm};
use crate::refused::Refused;
use crate::task::{Owner, Task, TaskKind};
use crate::value::Line;

fn open_task(referral: &Referral, kind: TaskKind) -> Option<&Task> {
    referral.tasks().iter().map(|task| &**task).find(|task| task.kind == kind && task.is_open())
}

fn screened() -> Referral {
    after(arrived(monday(), request(by_email(), false)).open(&staff(Role::SpoaAdmin, monday())).unwrap())
}

// seed: 76
#[test]
fn only_a_senior_triages_and_decides_and_an_administrator_does_not() {
    for action in [Action::ReferralTriage, Action::ReferralDecide, Action::ReferralWithdraw] {
        assert_eq!(action.roles(), [Role::SpoaSenior], "{action:?}");
    }
    for kind in [
        EventKind::Triaged,
        EventKind::Accepted,
        EventKind::Advised,
        EventKind::DuplicateLinked,
        EventKind::Died,
        EventKind::Withdrawn,
    ] {
        assert_eq!(kind.action().roles(), [Role::SpoaSenior], "{kind:?}");
    }
    assert!(Action::ReferralScreen.roles().contains(&Role::SpoaAdmin));
}

#[test]
fn opening_says_who_has_it_and_a_colleague_may_take_it_over() {
    let referral = screened();
    let State::Screening { by, .. } = referral.state() else { panic!("screening") };
    assert_eq!(by.name().map(Line::as_str), Some("SPOA_ADMIN"));
    let taken = after(referral.open(&senior(monday())).unwrap());
    let State::Screening { by, .. } = taken.state() else { panic!("screening") };
    assert_eq!(by.name().map(Line::as_str), Some("SPOA_SENIOR"));
    let triaged = triaged(monday(), request(by_email(), false), Category::E);
    assert_eq!(triaged.open(&senior(monday())).err(), Some(Refused::NotFromHere));
}

#[test]
fn each_category_owes_a_first_contact_in_its_time() {
    for (category, clock, hours) in [
        (Category::A, None, Some(1)),
        (Category::B, Some(ClockKind::CatB), Some(4)),
        (Category::C, Some(ClockKind::CatC), Some(24)),
        (Category::D, Some(ClockKind::CatD), Some(72)),
        (Category::E, None, None),
        (Category::F, None, None),
        (Category::G, None, None),
    ] {
        let referral = triaged(monday(), request(by_email(), false), category);
        let due = hours.map(|hours| monday().checked_add(HOUR * hours).unwrap());
        assert_eq!(open_task(&referral, TaskKind::FirstContact).map(|task| task.due_at), due, "{category:?}");
        let running: Vec<_> = referral.clocks().iter().filter(|clock| clock.is_running()).collect();
        let category_clock =
            running.iter().find(|clock| ![ClockKind::RefAck, ClockKind::FourWeekAdult].contains(&clock.kind));
        assert_eq!(category_clock.map(|clock| clock.kind), clock, "{category:?}");
        assert_eq!(category_clock.map(|clock| clock.target_at), clock.and(due), "{category:?}");
        let decide = open_task(&referral, TaskKind::Decide).unwrap();
        assert_eq!(decide.due_at, at("03-24 10:00"), "decided by the next working day");
        assert!(open_task(&referral, TaskKind::Triage).is_none());
    }
}

#[test]
fn triage_stops_ref_triage_and_says_who_why_and_when() {
    let changes = screened().triage(&senior(monday()), triage_form(Category::D), &county()).unwrap();
    assert_eq!(kinds(&changes), [EventKind::Triaged]);
    let referral = after(changes);
    let clock = referral.clocks().iter().find(|clock| clock.kind == ClockKind::RefTriage).unwrap();
    assert_eq!((clock.stopped_at, clock.stop_why), (Some(monday()), Some(StopWhy::Done)));
    let triage = referral.triage_in_force().unwrap();
    assert_eq!(triage.by.name().map(Line::as_str), Some("SPOA_SENIOR"));
    assert_eq!((triage.category, triage.at), (Category::D, monday()));
}

#[test]
fn triage_is_refused_before_screening_and_category_a_without_what_was_done_now() {
    let fresh = arrived(monday(), request(by_email(), false));
    let early = fresh.triage(&senior(monday()), triage_form(Category::D), &county());
    assert_eq!(early.err(), Some(Refused::NotFromHere));
    let form = TriageForm { emergency: None, ..triage_form(Category::A) };
    let refused = screened().triage(&senior(monday()), form, &county());
    assert_eq!(refused.err(), Some(Refused::EmergencyRecordNeeded));
}

// seed: 29
#[test]
fn triage_without_an_answer_about_children_is_no_triage() {
    let referral = triaged(monday(), request(by_email(), false), Category::E);
    let mut stored = serde_json::to_value(referral.triage_in_force().unwrap()).unwrap();
    assert!(serde_json::from_value::<Triage>(stored.clone()).is_ok());
    stored.as_object_mut().unwrap().remove("children");
    assert!(serde_json::from_value::<Triage>(stored.clone()).is_err());
    stored["children"] = serde_json::json!({ "answer": "urgent" });
    assert!(serde_json::from_value::<Triage>(stored).is_err(), "urgent without saying what worries us");
}

// seed: 31
#[test]
fn children_who_may_need_help_today_make_a_task_for_today_that_goes_up_when_late() {
    let referral =
        after(screened().triage(&senior(monday()), children_urgent(Category::D), &county()).unwrap());
    let task = open_task(&referral, TaskKind::ChildrenUrgent).unwrap().clone();
    assert_eq!(task.due_at, at("03-23 23:59"));
    assert!(!task.is_overdue(at("03-23 20:00")) && task.is_overdue(at("03-24 00:01")));
    let up =
        after(referral.clone().escalate_task(&crate::fixtures::worker(at("03-24 00:01")), task.id).unwrap());
    assert_eq!(open_task(&up, TaskKind::ChildrenUrgent).unwrap().level, crate::task::Level::TeamManager);
    let again = after(referral.triage(&senior(monday()), children_urgent(Category::D), &county()).unwrap());
    let asked = again.tasks().iter().filter(|task| task.kind == TaskKind::ChildrenUrgent).count();
    assert_eq!(asked, 1, "asked once while it is open");
    let why = text("Their aunt has them; the council knows.");
    let done = after(again.end_task(&senior(monday()), task.id, why.clone()).unwrap());
    let ended = done.tasks().iter().find(|it| it.id == task.id).unwrap();
    assert_eq!(ended.end.as_ref().unwrap().why, Some(why));
}

#[test]
fn late_in_the_evening_today_still_means_today() {
    let late = at("03-23 23:59");
    let open = after(arrived(late, request(by_email(), false)).open(&senior(late)).unwrap());
    let referral = after(open.triage(&senior(late), children_urgent(Category::D), &county()).unwrap());
    let task = open_task(&referral, TaskKind::ChildrenUrgent).unwrap();
    assert_eq!(local_date(task.due_at), local_date(late));
    assert!(task.due_at >= late);
}

#[test]
fn a_second_triage_keeps_the_first_and_runs_the_new_clock() {
    let referral = triaged(monday(), request(by_email(), false), Category::D);
    let later = monday().checked_add(HOUR).unwrap();
    let worse = after(referral.triage(&senior(later), triage_form(Category::B), &county()).unwrap());
    let clock = |kind| worse.clocks().iter().find(|clock| clock.kind == kind).unwrap();
    assert_eq!(clock(ClockKind::CatD).stop_why, Some(StopWhy::Replaced));
    assert!(clock(ClockKind::CatB).is_running());
    assert_eq!(clock(ClockKind::CatB).target_at, later.checked_add(HOUR * 4).unwrap());
    let owed = worse.tasks().iter().filter(|task| task.kind == TaskKind::FirstContact && task.is_open());
    assert_eq!(owed.count(), 1);
    assert_eq!(worse.received_at(), monday());
}

#[test]
fn triage_again_into_the_same_category_does_not_restart_its_clock() {
    let referral = triaged(monday(), request(by_email(), false), Category::B);
    let target = |referral: &Referral| {
        referral.clocks().iter().find(|clock| clock.kind == ClockKind::CatB).unwrap().target_at
    };
    let before = target(&referral);
    let later = senior(monday().checked_add(HOUR).unwrap());
    let again = after(referral.triage(&later, triage_form(Category::B), &county()).unwrap());
    assert_eq!(target(&again), before);
}

#[test]
fn triage_answers_the_duty_page_by_name_but_the_call_is_still_owed() {
    let referral = triaged(monday(), flagged(by_call(), false), Category::B);
    let answered = referral.page().unwrap().acknowledged.clone().unwrap();
    assert_eq!(answered.name.as_str(), "SPOA_SENIOR");
    assert!(open_task(&referral, TaskKind::DutyCall).is_some());
    assert!(!referral.is_flagged());
    let called = after(referral.record_contact(&senior(monday()), contact(monday(), true)).unwrap());
    assert!(open_task(&called, TaskKind::DutyCall).is_none());
    assert!(open_task(&called, TaskKind::FirstContact).is_none());
}

#[test]
fn two_seniors_at_once_the_second_is_told_and_changes_nothing() {
    let referral = screened();
    assert!(referral.clone().shown(0).is_ok());
    assert_eq!(referral.shown(1).err(), Some(Refused::Stale));
}

#[test]
fn left_alone_a_triaged_referral_is_on_the_overdue_list() {
    let referral = triaged(monday(), request(by_email(), false), Category::E);
    assert_eq!(referral.kind(), StateKind::Triaged);
    assert!(referral.is_overdue(monday().checked_add(DAY * 2).unwrap()));
}

#[test]
fn whoever_takes_it_has_what_is_next_in_their_name() {
    let owner = |referral: &Referral, kind| open_task(referral, kind).map(|task| task.owner);
    let new = arrived(monday(), request(by_email(), false));
    assert_eq!(owner(&new, TaskKind::Triage), Some(Owner::Team(SPOA)));
    let admin = staff(Role::SpoaAdmin, monday());
    let opened = after(new.open(&admin).unwrap());
    assert_eq!(owner(&opened, TaskKind::Triage), Some(Owner::User(user_of(Role::SpoaAdmin))));
    let taken = after(opened.open(&senior(monday())).unwrap());
    assert_eq!(owner(&taken, TaskKind::Triage), Some(Owner::User(user_of(Role::SpoaSenior))));
    let triaged = after(taken.triage(&senior(monday()), triage_form(Category::E), &county()).unwrap());
    assert_eq!(owner(&triaged, TaskKind::Decide), Some(Owner::User(user_of(Role::SpoaSenior))));
}
