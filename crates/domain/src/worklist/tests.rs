//! In which views a referral stands, what an address says, who does what.

use std::collections::BTreeSet;

use super::{AgeGroup, Filter, HowSoon, Key, MOST, SavedFilter, Talks, View, Who};
use crate::actor::{Actor, Role};
use crate::change::{EventKind, Write};
use crate::door::{Age, ForWhom, Need, Needs, SelfReferral};
use crate::fixtures::{
    COMMUNITY, DAY, HOUR, acceptance, advice, after, arrived, by_call, by_email, contact, county, flagged,
    line, member, monday, request, senior, staff, triage_form, user_of, visitor, worker,
};
use crate::ids::FilterId;
use crate::referral::{Category, FollowUp, GivenTo, Referral};
use crate::refused::Refused;
use crate::task::{Owner, TaskKind};
use uuid::Uuid;

fn views(referral: &Referral) -> Vec<View> {
    referral.views().into_iter().collect()
}

fn plain() -> Referral {
    arrived(monday(), request(by_call(), false))
}

fn opened() -> Referral {
    after(plain().open(&senior(monday())).unwrap())
}

fn triaged(category: Category) -> Referral {
    after(opened().triage(&senior(monday()), triage_form(category), &county()).unwrap())
}

#[test]
fn a_referral_stands_in_the_view_of_what_is_to_be_done_next() {
    assert_eq!(views(&plain()), [View::All, View::Screening, View::Overdue]);
    assert_eq!(views(&opened()), [View::All, View::Triage, View::Overdue]);
    assert_eq!(views(&triaged(Category::G)), [View::All, View::Decisions, View::Overdue]);
    let danger = arrived(monday(), flagged(by_call(), false));
    assert_eq!(views(&danger), [View::All, View::Duty, View::Screening, View::Overdue]);
    let rung = after(danger.acknowledge_page(&senior(monday())).unwrap());
    assert!(rung.views().contains(&View::Duty), "answering the page is not the call");
    let called = after(rung.record_contact(&senior(monday()), contact(monday(), true)).unwrap());
    assert!(!called.views().contains(&View::Duty));
}

#[test]
fn a_follow_up_check_stays_on_a_list_after_the_request_has_closed() {
    let advised = triaged(Category::G).advise(&senior(monday()), advice(monday()), &county());
    let mut referral = after(advised.unwrap());
    for notice in referral.notices().iter().map(|notice| notice.id).collect::<Vec<_>>() {
        let told = crate::notice::NoticeStep::ToldByPhone { needs: None };
        if let Ok(changes) = referral.clone().step_notice(&senior(monday()), notice, told, &county()) {
            referral = after(changes);
        }
    }
    assert_eq!(referral.kind().code(), "closed");
    assert_eq!(views(&referral), [View::FollowUps, View::Overdue]);
    let later = senior(monday().checked_add(DAY * 14).unwrap());
    let said = "Better, thank you.".parse().unwrap();
    let better = after(referral.follow_up(&later, FollowUp::Better { said }, &county()).unwrap());
    assert!(better.views().is_empty() && better.list_keys().is_empty(), "nothing is left of it in any list");
}

/// Nobody falls between two lists: whatever is open stands in one that somebody works from.
#[test]
fn what_is_open_stands_in_at_least_one_view_besides_everybody() {
    for referral in [plain(), opened(), triaged(Category::B), triaged(Category::G)] {
        assert!(referral.views().len() > 1, "{:?}", referral.kind());
        assert!(referral.views().contains(&View::Overdue), "an open referral has a dated thing next");
    }
}

#[test]
fn keys_say_who_has_it_how_old_who_asked_how_soon_and_what_helps() {
    let needs = Needs {
        language: Some(line("Polski")),
        needs: vec![Need::Interpreter, Need::EasyRead, Need::StepFree],
        other: None,
    };
    let asked = SelfReferral { needs, ..request(by_email(), false) };
    let keys = arrived(monday(), asked).list_keys();
    for key in [
        Key::nobody(),
        Key::age(AgeGroup::NotKnown),
        Key::source(ForWhom::Me),
        Key::category(None),
        Key::talks(Talks::Language),
        Key::talks(Talks::Need(Need::Interpreter)),
        Key::talks(Talks::Need(Need::EasyRead)),
    ] {
        assert!(keys.contains(&key), "{key:?} of {keys:?}");
    }
    assert!(!keys.contains(&Key::flagged()) && !keys.iter().any(|key| key.as_str().contains("step-free")));
    assert!(!keys.iter().any(|key| key.as_str().contains("Polski")), "a key holds no words of the person");
    let triaged = triaged(Category::C).list_keys();
    assert!(triaged.contains(&Key::category(Some(Category::C))) && !triaged.contains(&Key::category(None)));
    assert!(triaged.contains(&Key::of_user(user_of(Role::SpoaSenior))) && !triaged.contains(&Key::nobody()));
}

#[test]
fn the_age_is_that_of_the_day_help_was_asked_for() {
    let aged = |age| {
        let mut asked = request(by_call(), false);
        asked.identity.age = age;
        arrived(monday(), asked).age_group()
    };
    assert_eq!(aged(Some(Age::UnderSixteen)), AgeGroup::Child);
    assert_eq!(aged(Some(Age::SixteenSeventeen)), AgeGroup::Child);
    assert_eq!(aged(Some(Age::Adult)), AgeGroup::Adult);
    assert_eq!((aged(Some(Age::NotSaid)), aged(None)), (AgeGroup::NotKnown, AgeGroup::NotKnown));
}

#[test]
fn every_filter_survives_its_address_and_what_cannot_be_read_takes_nothing_away() {
    let user = user_of(Role::SpoaSenior);
    let whos = [None, Some(Who::Me), Some(Who::Nobody), Some(Who::Colleague(user))];
    let categories =
        [None, Some(HowSoon::Undecided), Some(HowSoon::In(Category::A)), Some(HowSoon::In(Category::G))];
    let talks: Vec<_> = Talks::all().map(Some).chain([None]).collect();
    for (place, view) in View::ALL.into_iter().enumerate() {
        for (who, category) in whos.into_iter().zip(categories) {
            let age = AgeGroup::ALL.get(place).copied();
            let source = ForWhom::ALL.get(place).copied();
            let filter = Filter {
                view,
                who,
                age,
                source,
                category,
                flagged: place.is_multiple_of(2),
                talks: talks[place % talks.len()],
            };
            assert_eq!(Filter::parse(&filter.query()), filter, "{}", filter.query());
            let narrowed = filter.narrowed_by();
            assert_eq!(narrowed.iter().fold(filter, |all, name| all.without(name)), Filter::of(view));
            assert_eq!(filter.keys(user).len(), 1 + narrowed.len());
        }
    }
    for broken in [
        "",
        "view=",
        "view=everything&age=12",
        "who=../..",
        "category=H&flagged=1",
        "=&&=",
        "talks=step-free",
    ] {
        assert_eq!(Filter::parse(broken), Filter::default(), "{broken}");
    }
    assert_eq!(Filter::default().query(), "");
}

#[test]
fn what_is_to_be_done_is_given_by_name_and_back_and_counts_as_a_decision() {
    let ctx = staff(Role::SpoaAdmin, monday());
    let robin = GivenTo::Colleague(user_of(Role::SpoaSenior), line("Robin"));
    let referral = plain();
    assert!(!referral.is_given_to(&robin));
    let changes = referral.give(&ctx, &robin).unwrap();
    let event = &changes.events()[0];
    assert_eq!((event.kind, event.why.as_ref().unwrap().as_str()), (EventKind::Given, "Robin"));
    let Write::Referral(written) = &changes.writes()[0] else { panic!("a referral was given") };
    assert!(written.head().is_changed(), "an older form is told that it was given meanwhile");
    let given = after(changes);
    assert!(given.is_given_to(&robin) && given.owners() == BTreeSet::from([user_of(Role::SpoaSenior)]));
    assert_eq!(views(&given), views(&plain()), "it stands where it stood");
    let back = after(given.give(&ctx, &GivenTo::Team(line("Access"))).unwrap());
    assert!(back.owners().is_empty());
}

/// A duty call is taken by whoever answers the page, and a service that is asked answers for itself.
#[test]
fn a_duty_call_is_never_given_away_by_a_list() {
    let robin = GivenTo::Colleague(user_of(Role::SpoaSenior), line("Robin"));
    let danger = arrived(monday(), flagged(by_call(), false));
    let given = after(danger.give(&staff(Role::SpoaAdmin, monday()), &robin).unwrap());
    let owner = |kind| given.tasks().iter().find(|task| task.kind == kind).map(|task| task.owner);
    assert!(matches!(owner(TaskKind::DutyCall), Some(Owner::Team(_))));
    assert_eq!(owner(TaskKind::Triage), Some(Owner::User(user_of(Role::SpoaSenior))));
    for kind in TaskKind::ALL {
        let stays = matches!(
            kind,
            TaskKind::DutyCall
                | TaskKind::Allocate
                | TaskKind::HandoverAnswer
                | TaskKind::HandoverMeet
                | TaskKind::Panel
                | TaskKind::ChangeWorker
                | TaskKind::Cover
        );
        assert_eq!(kind.is_given(), !stays, "{kind:?}");
    }
}

#[test]
fn where_nothing_is_open_nothing_is_given() {
    let died = after(plain().record_death(&senior(monday()), "The family rang.".parse().unwrap()).unwrap());
    let robin = GivenTo::Colleague(user_of(Role::SpoaSenior), line("Robin"));
    assert_eq!(died.give(&senior(monday()), &robin).err(), Some(Refused::NotFromHere));
    let accepted = triaged(Category::G).accept(&senior(monday()), acceptance(monday()), &county());
    let accepted = after(accepted.unwrap());
    assert_eq!(accepted.team(), COMMUNITY);
    let later = staff(Role::TeamManager, monday().checked_add(HOUR).unwrap());
    if let Ok(changes) = accepted.give(&later, &robin) {
        let given = after(changes);
        let elsewhere = given.tasks().iter().filter(|task| task.team != COMMUNITY);
        assert!(
            elsewhere
                .clone()
                .all(|task| task.owner != Owner::User(user_of(Role::SpoaSenior)) || !task.is_open())
        );
    }
}

#[test]
fn a_person_keeps_a_few_filters_each_under_a_name_of_its_own() {
    let ctx = senior(monday());
    let id = |n: u128| FilterId(Uuid::from_u128(n));
    let kept = |n: u128| SavedFilter {
        id: id(n),
        owner: user_of(Role::SpoaSenior),
        name: line(&format!("List {n}")),
        filter: Filter::of(View::Triage),
    };
    let mine = Filter { who: Some(Who::Me), ..Filter::default() };
    let keep =
        |others: &[SavedFilter], n, name: &str| SavedFilter::keep(&ctx, others, (id(n), line(name)), mine);
    let changes = keep(&[], 1, "Mine").unwrap();
    let Write::SavedFilter(saved) = &changes.writes()[0] else { panic!("a filter was kept") };
    assert_eq!((saved.owner, saved.filter), (user_of(Role::SpoaSenior), mine));
    assert_eq!(keep(&[kept(1)], 2, "LIST 1").err(), Some(Refused::NameTaken));
    assert!(keep(&[kept(1)], 1, "List 1").is_ok(), "sent twice, it is kept once");
    let full: Vec<_> = (1..=MOST as u128).map(kept).collect();
    assert_eq!(keep(&full, 99, "One more").err(), Some(Refused::TooMany));
    assert!(keep(&full, 3, "Another name").is_ok(), "a full list can still be renamed");
    for other in [visitor(monday()), worker(monday())] {
        assert_eq!(
            SavedFilter::keep(&other, &[], (id(1), line("Mine")), mine).err(),
            Some(Refused::NotFromHere)
        );
    }
    assert!(matches!(Actor::Staff(member(Role::SpoaSenior, COMMUNITY)), Actor::Staff(_)));
}
