//! After the decision: follow-up checks, key workers, tasks and missed targets.

use crate::actor::Role;
use crate::change::EventKind;
use crate::clock::ClockKind;
use crate::fixtures::{
    DAY, HOUR, SPOA, acceptance, advice, after, arrived, at, by_email, county, kinds, monday, named, request,
    senior, staff, text, triaged, worker,
};
use crate::notice::{NoticeState, NoticeStep};
use crate::referral::{Category, FollowUp, Referral, StateKind};
use crate::refused::Refused;
use crate::task::{Level, TaskKind};

fn advised() -> Referral {
    let referral = triaged(monday(), named(by_email(), false), Category::G);
    after(referral.advise(&senior(monday()), advice(monday()), &county()).unwrap())
}

fn advised_and_told() -> Referral {
    let referral = advised();
    let id = referral.notices().last().unwrap().id;
    let handed = NoticeStep::Handed { answer: text("250 queued") };
    after(referral.step_notice(&worker(monday()), id, handed, &county()).unwrap())
}

fn later() -> jiff::Timestamp {
    at("04-06 11:00")
}

#[test]
fn a_check_that_finds_the_person_better_ends_the_follow_up() {
    let better = FollowUp::Better { said: text("Sleeping again.") };
    let changes =
        advised_and_told().follow_up(&staff(Role::SpoaAdmin, later()), better.clone(), &county()).unwrap();
    assert_eq!(kinds(&changes), [EventKind::FollowedUp]);
    assert_eq!(changes.events()[0].why, Some(text("Sleeping again.")));
    let referral = after(changes);
    assert_eq!(referral.kind(), StateKind::Closed);
    assert!(referral.tasks().iter().all(|task| !task.is_open()));
    assert_eq!(referral.follow_up(&senior(later()), better, &county()).err(), Some(Refused::NotFromHere));
}

// seed: 67
#[test]
fn not_better_or_no_answer_opens_it_again_with_its_original_date() {
    let not_better = FollowUp::NotBetter { said: text("No better.") };
    let no_answer = FollowUp::NoAnswer { tried: text("Rang twice.") };
    for (outcome, before) in [
        (not_better.clone(), advised_and_told()),
        (no_answer.clone(), advised_and_told()),
        (not_better, advised()),
        (no_answer, advised()),
    ] {
        let changes = before.follow_up(&senior(later()), outcome, &county()).unwrap();
        assert_eq!(kinds(&changes), [EventKind::Reopened]);
        let referral = after(changes);
        assert_eq!(
            (referral.kind(), referral.received_at(), referral.team()),
            (StateKind::Screening, monday(), SPOA)
        );
        let open: Vec<_> =
            referral.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect();
        assert_eq!(open, [TaskKind::Triage]);
        assert!(
            referral.clocks().iter().any(|clock| clock.kind == ClockKind::RefTriage && clock.is_running())
        );
        assert!(
            referral.notices().iter().all(|notice| notice.state.is_settled()),
            "nothing old is still sent"
        );
    }
}

#[test]
fn what_was_on_its_way_when_it_opened_again_says_why_it_was_not_sent() {
    let no_answer = FollowUp::NoAnswer { tried: text("Rang twice.") };
    let referral = after(advised().follow_up(&senior(later()), no_answer, &county()).unwrap());
    let NoticeState::Excepted { why, .. } = &referral.notices().last().unwrap().state else {
        panic!("excepted")
    };
    assert_eq!(*why, text("Rang twice."));
}

#[test]
fn only_advice_is_followed_up() {
    let referral = triaged(monday(), request(by_email(), false), Category::E);
    let accepted = after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap());
    let better = FollowUp::Better { said: text("Better.") };
    assert_eq!(accepted.follow_up(&senior(later()), better, &county()).err(), Some(Refused::NotFromHere));
}

#[test]
fn a_task_that_waits_for_something_cannot_be_ticked_off() {
    let referral = arrived(monday(), request(by_email(), false));
    let id = referral.tasks()[0].id;
    let refused = referral.clone().end_task(&senior(monday()), id, text("Done."));
    assert_eq!(refused.err(), Some(Refused::TaskStep));
    let unknown = referral.end_task(&senior(monday()), uuid::Uuid::nil().into(), text("Done."));
    assert_eq!(unknown.err(), Some(Refused::NoSuchPart));
}

#[test]
fn an_overdue_task_goes_up_at_once_and_again_a_day_later() {
    let referral = arrived(monday(), request(by_email(), false));
    let (id, due) = (referral.tasks()[0].id, referral.tasks()[0].due_at);
    let at_level = |referral: &Referral| referral.tasks()[0].level;
    let early = referral.clone().escalate_task(&worker(due), id);
    assert_eq!(early.err(), Some(Refused::NotDue));
    let late = due.checked_add(HOUR).unwrap();
    let up = after(referral.escalate_task(&worker(late), id).unwrap());
    assert_eq!(at_level(&up), Level::TeamManager);
    assert_eq!(up.clone().escalate_task(&worker(late), id).err(), Some(Refused::NotDue));
    let later = late.checked_add(DAY + HOUR).unwrap();
    let top = after(up.escalate_task(&worker(later), id).unwrap());
    assert_eq!(at_level(&top), Level::ServiceManager);
    assert_eq!(
        top.escalate_task(&worker(later.checked_add(DAY * 9).unwrap()), id).err(),
        Some(Refused::NotDue)
    );
}

#[test]
fn a_missed_target_is_explained_and_one_that_was_met_is_not() {
    let referral = arrived(monday(), request(by_email(), false));
    let clock = referral.clocks()[0].id;
    let manager = |now| staff(Role::ServiceManager, now);
    let why = text("Three people off sick.");
    let early = referral.clone().explain_breach(&manager(monday()), clock, why.clone());
    assert_eq!(early.err(), Some(Refused::NotBreached));
    let late = after(referral.explain_breach(&manager(later()), clock, why.clone()).unwrap());
    assert_eq!(late.clocks()[0].breach_reason, Some(why));
}
