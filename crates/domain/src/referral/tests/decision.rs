//! Decisions: accept, advise, withdraw, join, died. There is no other.

use crate::actor::Role;
use crate::change::EventKind;
use crate::clock::{ClockKind, StopWhy};
use crate::fixtures::{
    COMMUNITY, DAY, HOUR, SPOA, acceptance, advice, after, arrived, at, by_call, by_email, by_text,
    children_urgent, contact, county, flagged, kinds, line, monday, request, senior, staff, team, text,
    triaged, withdrawal,
};
use crate::notice::{Message, NoticeState, NoticeStep, Party, Route};
use crate::referral::{Acceptance, Category, Outcome, Referral, StateKind};
use crate::refused::Refused;
use crate::task::{Owner, TaskKind};
use crate::team::Team;

fn has_open(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

fn is_running(referral: &Referral, kind: ClockKind) -> bool {
    referral.clocks().iter().any(|clock| clock.kind == kind && clock.is_running())
}

fn accepted(category: Category) -> Referral {
    let referral = triaged(monday(), request(by_email(), true), category);
    after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap())
}

#[test]
fn accepting_gives_a_team_an_episode_and_a_task_to_name_a_key_worker() {
    let referral = accepted(Category::E);
    assert_eq!(referral.kind(), StateKind::Telling);
    assert_eq!(referral.team(), COMMUNITY);
    assert_eq!(referral.teams(), [SPOA, COMMUNITY].into());
    let episode = referral.episode().unwrap();
    assert_eq!(
        (episode.team, episode.accepted_at, episode.key_worker.is_none()),
        (COMMUNITY, monday(), true)
    );
    let allocate = referral.tasks().iter().find(|task| task.kind == TaskKind::Allocate).unwrap();
    assert_eq!((allocate.team, allocate.due_at), (COMMUNITY, at("03-30 10:00")));
    assert!(!has_open(&referral, TaskKind::Decide));
}

#[test]
fn the_person_and_the_gp_they_allowed_are_told_who_what_and_when() {
    let referral = accepted(Category::E);
    let told: Vec<_> = referral.notices().iter().skip(1).collect();
    let [person, gp] = told[..] else { panic!("two messages") };
    assert_eq!((person.party, gp.party), (Party::Person, Party::Gp));
    assert!(matches!(gp.route, Route::Letter { .. }));
    let Message::Accepted { team, contact_name, next_on, .. } = &person.message else { panic!("accepted") };
    assert_eq!((team.as_str(), contact_name.as_str()), ("Westmarch Community Team", "Robin"));
    assert_eq!(*next_on, crate::calendar::local_date(at("03-30 10:00")));
    let tell = referral.tasks().iter().find(|task| task.kind == TaskKind::Tell).unwrap();
    assert!(tell.is_open());
    assert_eq!(tell.due_at, at("03-24 10:00"));
}

#[test]
fn the_gp_is_not_told_without_leave() {
    let mut sent = request(by_email(), false);
    sent.identity.gp_practice = Some(line("Invented Surgery"));
    let referral = triaged(monday(), sent, Category::E);
    let referral = after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap());
    assert!(referral.notices().iter().all(|notice| notice.party == Party::Person));
}

#[test]
fn a_first_contact_still_owed_goes_to_the_team_that_accepts() {
    let referral = accepted(Category::C);
    let task = referral.tasks().iter().find(|task| task.kind == TaskKind::FirstContact).unwrap();
    assert!(task.is_open());
    assert_eq!((task.team, task.owner), (COMMUNITY, Owner::Team(COMMUNITY)));
    assert!(is_running(&referral, ClockKind::CatC));
}

#[test]
fn accepting_needs_triage_a_day_that_is_not_past_and_a_team_that_takes_referrals() {
    let fresh = arrived(monday(), request(by_email(), false));
    let early = fresh.accept(&senior(monday()), acceptance(monday()), &county());
    assert_eq!(early.err(), Some(Refused::NotFromHere));
    let yesterday = monday().checked_sub(DAY).unwrap();
    let past = Acceptance { next_on: crate::calendar::local_date(yesterday), ..acceptance(monday()) };
    let closed = Acceptance { team: Team { active: false, ..team() }, ..acceptance(monday()) };
    let full = Acceptance { team: Team { accepts: false, ..team() }, ..acceptance(monday()) };
    for (given, why) in
        [(past, Refused::DateInPast), (closed, Refused::TeamNotTaking), (full, Refused::TeamNotTaking)]
    {
        let referral = triaged(monday(), request(by_email(), false), Category::E);
        assert_eq!(referral.accept(&senior(monday()), given, &county()).err(), Some(why));
    }
}

#[test]
fn advice_keeps_a_dated_follow_up_check_with_the_single_point_of_access() {
    let referral = triaged(monday(), request(by_email(), false), Category::G);
    let changes = referral.advise(&senior(monday()), advice(monday()), &county()).unwrap();
    assert_eq!(kinds(&changes), [EventKind::Advised]);
    let referral = after(changes);
    let task = referral.tasks().iter().find(|task| task.kind == TaskKind::FollowUp).unwrap();
    assert!(task.is_open());
    assert_eq!((task.team, task.due_at), (SPOA, at("04-07 00:00")), "late once the promised day is over");
    let Some(Outcome::Advised { basis, .. }) = referral.decided().map(|decided| &decided.outcome) else {
        panic!("advised")
    };
    assert!(matches!(basis, crate::referral::AdviceBasis::PersonsWish { .. }));
}

#[test]
fn no_advice_while_somebody_waits_for_a_call() {
    for category in [Category::A, Category::B, Category::C, Category::D] {
        let referral = triaged(monday(), request(by_email(), false), category);
        let refused = referral.clone().advise(&senior(monday()), advice(monday()), &county());
        assert_eq!(refused.err(), Some(Refused::ContactOwed), "{category:?}");
        let reached = after(referral.record_contact(&senior(monday()), contact(monday(), true)).unwrap());
        assert!(reached.advise(&senior(monday()), advice(monday()), &county()).is_ok(), "{category:?}");
    }
    let flagged = triaged(monday(), flagged(by_call(), false), Category::G);
    let refused = flagged.advise(&senior(monday()), advice(monday()), &county());
    assert_eq!(refused.err(), Some(Refused::ContactOwed));
}

#[test]
fn withdrawing_stops_every_clock_and_tells_the_person_the_door_stays_open() {
    let referral = triaged(monday(), flagged(by_text(), false), Category::B);
    let changes = referral.withdraw(&senior(monday()), withdrawal(), &county()).unwrap();
    assert_eq!(changes.events()[0].why, withdrawal().why);
    let referral = after(changes);
    assert!(referral.clocks().iter().all(|clock| !clock.is_running()));
    let stopped = referral.clocks().iter().filter(|clock| clock.stop_why == Some(StopWhy::Withdrawn));
    assert!(stopped.count() >= 2);
    let open: Vec<_> = referral.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect();
    assert_eq!(open, [TaskKind::Tell]);
    assert!(matches!(referral.notices().last().unwrap().message, Message::Withdrawn { .. }));
}

#[test]
fn a_decision_is_made_once() {
    let referral = accepted(Category::E);
    let (ctx, county) = (senior(monday()), county());
    assert_eq!(referral.clone().withdraw(&ctx, withdrawal(), &county).err(), Some(Refused::NotFromHere));
    assert_eq!(referral.clone().advise(&ctx, advice(monday()), &county).err(), Some(Refused::NotFromHere));
    assert_eq!(
        referral.clone().accept(&ctx, acceptance(monday()), &county).err(),
        Some(Refused::NotFromHere)
    );
    let other = arrived(monday(), request(by_email(), false));
    assert_eq!(referral.link_duplicate(&ctx, &other, &county).err(), Some(Refused::NotFromHere));
}

#[test]
fn a_duplicate_names_the_live_referral_and_stops_its_own_clocks() {
    let live = arrived(monday(), request(by_email(), false));
    let second = triaged(monday(), request(by_email(), false), Category::D);
    let joined = after(second.link_duplicate(&senior(monday()), &live, &county()).unwrap());
    let Message::Duplicate { live: named, .. } = &joined.notices().last().unwrap().message else {
        panic!("duplicate")
    };
    assert_eq!(named, live.reference());
    assert!(joined.clocks().iter().all(|clock| !clock.is_running()));
    assert!(joined.clocks().iter().any(|clock| clock.stop_why == Some(StopWhy::Duplicate)));
}

#[test]
fn joining_does_not_cancel_a_promised_call_unless_the_live_referral_makes_it() {
    let quiet = arrived(monday(), request(by_email(), false));
    let ringing = arrived(monday(), flagged(by_call(), false));
    let later = monday().checked_add(HOUR).unwrap();
    let reached = after(quiet.clone().record_contact(&senior(later), contact(later, true)).unwrap());
    for (live, owed) in [(&quiet, true), (&ringing, false), (&reached, false)] {
        let second = arrived(monday(), flagged(by_call(), false));
        let joined = after(second.link_duplicate(&senior(later), live, &county()).unwrap());
        assert_eq!(has_open(&joined, TaskKind::DutyCall), owed);
        assert_eq!(is_running(&joined, ClockKind::DutyCall), owed);
    }
    let second = arrived(monday(), flagged(by_call(), false));
    let joined = after(second.link_duplicate(&senior(later), &quiet, &county()).unwrap());
    let id = joined.notices().last().unwrap().id;
    let told = joined.step_notice(
        &staff(Role::SpoaAdmin, later),
        id,
        NoticeStep::ToldByPhone { needs: None },
        &county(),
    );
    let told = after(told.unwrap());
    assert_eq!(told.kind(), StateKind::Telling, "told, and the call is still owed");
    let called = after(told.record_contact(&senior(later), contact(later, true)).unwrap());
    assert_eq!(called.kind(), StateKind::Closed);
}

#[test]
fn after_a_death_nothing_is_sent_and_only_the_children_are_still_somebodys_task() {
    let open = after(arrived(monday(), flagged(by_text(), true)).open(&senior(monday())).unwrap());
    let open = after(open.triage(&senior(monday()), children_urgent(Category::B), &county()).unwrap());
    let open = after(open.accept(&senior(monday()), acceptance(monday()), &county()).unwrap());
    let source = text("The coroner's officer rang.");
    let changes = open.record_death(&senior(monday()), source.clone()).unwrap();
    assert_eq!(kinds(&changes), [EventKind::Died, EventKind::Closed]);
    let referral = after(changes);
    assert_eq!(referral.kind(), StateKind::Closed);
    for notice in referral.notices() {
        let NoticeState::Excepted { why, .. } = &notice.state else { panic!("not sent") };
        assert_eq!(*why, source);
    }
    assert!(
        referral
            .clocks()
            .iter()
            .all(|clock| clock.stop_why == Some(StopWhy::Died) || clock.stop_why == Some(StopWhy::Done))
    );
    let open: Vec<_> = referral.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect();
    assert_eq!(open, [TaskKind::ChildrenUrgent]);
    assert_eq!(referral.record_death(&senior(monday()), text("Again.")).err(), Some(Refused::NotFromHere));
}

// seed: 81
#[test]
fn no_end_is_called_rejected() {
    let ends = |outcome: &Outcome| match outcome {
        Outcome::Accepted { .. } => "accepted",
        Outcome::Advised { .. } => "advised",
        Outcome::Redirected { .. } => "redirected",
        Outcome::Withdrawn { .. } => "withdrawn",
        Outcome::Duplicate { .. } => "duplicate",
        Outcome::Died { .. } => "died",
    };
    let referral = accepted(Category::E);
    let outcome = &referral.decided().unwrap().outcome;
    assert_eq!(outcome.code(), ends(outcome));
    let offered = triaged(monday(), request(by_email(), false), Category::F).moves();
    assert!(offered.contains(&EventKind::Accepted) && offered.contains(&EventKind::Advised));
}
