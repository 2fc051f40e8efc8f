//! The demonstration's people: every state is there, every number is of a range kept for tests, a second call adds nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use onedoor::demo;
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::clock::ClockKind;
use onedoor_domain::door::{Danger, Way};
use onedoor_domain::duty::Rung;
use onedoor_domain::notice::{Party, Route};
use onedoor_domain::referral::{Children, Referral, State};
use onedoor_domain::task::Level;
use support::House;

/// Everybody, first requests and second ones.
async fn everybody(house: &House, count: u32) -> Vec<Referral> {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut all = Vec::new();
    for person in 0..count {
        for second in [false, true] {
            let mut tx = house.app.db.begin(&ctx).await.unwrap();
            let reference = demo::reference(person, second);
            if let Ok(referral) = tx.referral_by_reference(&reference, Action::ReferralRead).await {
                all.push(referral);
                tx.close().await.unwrap();
            }
        }
    }
    all
}

async fn peopled(moment: &str) -> (House, Vec<Referral>) {
    let house = support::house().await;
    house.at(moment);
    let since = std::time::Instant::now();
    demo::people(&house.app, &house.demo, 200, |_| {}).await.unwrap();
    println!("measured: 200 people in {:?}", since.elapsed());
    let all = everybody(&house, 200).await;
    (house, all)
}

/// What can be seen somewhere in the county, by name.
fn seen(all: &[Referral], now: jiff::Timestamp) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    let mut note = |what: String| *seen.entry(what).or_insert(0) += 1;
    for referral in all {
        note(format!("state {}", referral.kind().code()));
        if let Some(decided) = referral.decided() {
            note(format!("{} {}", decided.outcome.code(), referral.kind().code()));
        }
        if let Some(triage) = referral.triage_in_force() {
            note(format!("category {}", triage.category.letter()));
            if matches!(triage.children, Children::Urgent { .. }) {
                note("children urgent".to_owned());
            }
        }
        let reopened =
            matches!(referral.state(), State::Screening { .. }) && referral.triage_in_force().is_some();
        for (what, is) in [
            ("flagged", referral.is_flagged()),
            ("overdue", referral.is_overdue(now)),
            ("reopened", reopened),
            ("key worker", referral.episode().is_some_and(|episode| episode.key_worker.is_some())),
            ("no key worker", referral.episode().is_some_and(|episode| episode.key_worker.is_none())),
            ("say nhs", referral.person().contact.say_nhs),
            ("name nobody", !referral.person().contact.say_nhs),
            ("called by letter", matches!(referral.person().contact.way, Way::Letter { .. })),
        ] {
            if is {
                note(what.to_owned());
            }
        }
        parts(referral, now, &mut note);
        passed_on(referral, &mut note);
        let alike = |other: &&Referral| {
            other.person().id != referral.person().id
                && other.person().contact.way == referral.person().contact.way
                && other.person().identity.called == referral.person().identity.called
        };
        if all.iter().any(|other| alike(&other)) {
            note("two requests of one person".to_owned());
        }
    }
    seen
}

fn passed_on(referral: &Referral, note: &mut impl FnMut(String)) {
    for handover in referral.handovers() {
        note(format!("handover {}", handover.state.code()));
    }
    if referral.gp_receipt().is_some_and(|receipt| receipt.answer.is_some()) {
        note("practice answered".to_owned());
    }
}

fn parts(referral: &Referral, now: jiff::Timestamp, note: &mut impl FnMut(String)) {
    for notice in referral.notices() {
        note(format!("notice {} {}", notice.route.code(), notice.state.code()));
    }
    for task in referral.tasks() {
        let at = if task.is_overdue(now) { "late" } else { "in time" };
        note(format!("task {} {}", task.kind.code(), if task.is_open() { at } else { "ended" }));
        if task.is_open() {
            note(format!("task {} open", task.kind.code()));
        }
        if task.is_open() && task.level == Level::ServiceManager {
            note("task with the service manager".to_owned());
        }
    }
    for clock in referral.clocks().iter().filter(|clock| clock.is_breached(now)) {
        let why = if clock.breach_reason.is_some() { "explained" } else { "unexplained" };
        note(format!("missed {} {why}", clock.kind.code()));
    }
    for contact in referral.contacts() {
        note(format!(
            "contact {} {}",
            contact.mode.code(),
            if contact.reached { "reached" } else { "tried" }
        ));
    }
    if let Some(page) = referral.page() {
        note(format!("page {}", if page.acknowledged.is_some() { "answered" } else { "unanswered" }));
        if page.acknowledged.is_some() && called_later(referral) {
            note("page waited for somebody to be on duty".to_owned());
        }
        for call in &page.calls {
            note(format!("rung by {:?}", call.channel));
        }
    }
}

const WANTED: [&str; 69] = [
    "state received",
    "state screening",
    "state triaged",
    "state telling",
    "state redirecting",
    "redirected closed",
    "handover offered",
    "handover introduced",
    "handover met",
    "handover declined",
    "task enquiry open",
    "practice answered",
    "two requests of one person",
    "state closed",
    "accepted telling",
    "accepted closed",
    "advised telling",
    "advised closed",
    "withdrawn telling",
    "withdrawn closed",
    "duplicate closed",
    "died closed",
    "category A",
    "category B",
    "category C",
    "category D",
    "category E",
    "category F",
    "category G",
    "children urgent",
    "flagged",
    "overdue",
    "reopened",
    "key worker",
    "no key worker",
    "say nhs",
    "name nobody",
    "notice text queued",
    "notice text failed",
    "notice text handed",
    "notice text delivered",
    "notice email spooled",
    "notice letter queued",
    "notice letter printed",
    "notice letter posted",
    "notice letter excepted",
    "notice call queued",
    "notice call told-by-phone",
    "task triage late",
    "task allocate late",
    "task follow-up late",
    "task follow-up in time",
    "task duty-call in time",
    "task not-told open",
    "task children-urgent ended",
    "task allocate in time",
    "task with the service manager",
    "missed REF-TRIAGE unexplained",
    "missed CAT-C explained",
    "missed CAT-C unexplained",
    "contact phone reached",
    "contact phone tried",
    "contact written reached",
    "contact face-to-face reached",
    "page answered",
    "rung by Note",
    "notice text asked",
    "page unanswered",
    "page waited for somebody to be on duty",
];

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_people_show_every_state_on_a_tuesday_morning() {
    let (house, all) = peopled(support::TUESDAY_TEN).await;
    let now = house.app.clock.now();
    let seen = seen(&all, now);
    let missing: Vec<_> = WANTED.iter().filter(|what| !seen.contains_key(**what)).collect();
    assert!(missing.is_empty(), "nobody shows {missing:?} in {seen:#?}");
    // A handful of calls is live; what is weeks old was answered.
    let day = jiff::SignedDuration::from_hours(24);
    let live = all.iter().filter(|one| one.page().is_some_and(|page| page.acknowledged.is_none()));
    assert!(live.clone().count() <= 5);
    assert!(live.into_iter().all(|one| now.duration_since(one.received_at()) < day));
    // Nothing is left for the worker to catch up with.
    for referral in &all {
        let due = referral.tasks().iter().filter_map(|task| task.escalates_at());
        assert!(due.into_iter().all(|at| now.duration_since(at) <= jiff::SignedDuration::from_secs(2)));
        assert!(referral.received_at() <= now && now.duration_since(referral.received_at()) < day * 44);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn some_came_to_a_cafe_or_rang_and_some_are_not_finished() {
    let (house, all) = peopled(support::TUESDAY_TEN).await;
    let entered = |channel: &str| {
        let question = format!(
            "SELECT count(*)::text FROM entry WHERE NOT unfinished AND entered ->> 'channel' = '{channel}'"
        );
        let database = house.database.clone();
        async move { database.rows(&question).await[0].parse::<usize>().unwrap() }
    };
    let (cafe, phone) = (entered("cafe").await, entered("phone").await);
    assert!(cafe >= 2 && phone >= 4, "{cafe} by a cafe, {phone} by phone");
    let drafts: usize = house.database.rows("SELECT count(*)::text FROM draft").await[0].parse().unwrap();
    assert!(drafts + cafe + phone <= all.len(), "each came by one door");
    let open = house
        .database
        .rows("SELECT entered ->> 'channel' FROM entry WHERE unfinished ORDER BY begun_at")
        .await;
    assert_eq!(open, ["paper", "phone", "cafe"]);
    let day = house.persona("harbour-host").await.get("/my-day").await;
    assert!(day.has("Requests that are not finished"), "{}", day.body);
    let asked = house.persona("harbour-host").await.get("/handovers").await;
    assert!(asked.has("Waiting for our answer (2)"), "{}", asked.body);
    let other = house.persona("orchard-host").await.get("/handovers").await;
    assert!(other.has("Nobody waits for your answer."), "{}", other.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_does_so_on_a_sunday_night_too_and_a_second_call_adds_nobody() {
    let (house, all) = peopled("2026-11-29T03:00:00Z").await;
    let seen = seen(&all, house.app.clock.now());
    let missing: Vec<_> = WANTED.iter().filter(|what| !seen.contains_key(**what)).collect();
    assert!(missing.is_empty(), "nobody shows {missing:?} in {seen:#?}");
    house.later(jiff::SignedDuration::from_mins(3));
    demo::people(&house.app, &house.demo, 200, |_| panic!("made somebody twice")).await.unwrap();
    demo::demonstrate(&house.app, 200, |_| panic!("made somebody twice")).await.unwrap();
    assert_eq!(everybody(&house, 202).await, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_in_it_can_be_taken_for_a_real_person() {
    let (_house, all) = peopled(support::TUESDAY_TEN).await;
    let mut numbers = BTreeSet::new();
    for referral in &all {
        let person = referral.person();
        let identity = &person.identity;
        if let Some(number) = &identity.nhs_number {
            assert!(number.is_test(), "{number}");
            numbers.insert(number.as_str().to_owned());
        }
        if let Some(postcode) = &identity.postcode {
            assert!(postcode.is_pseudo() || postcode.outward().starts_with("AM"), "{postcode}");
        }
        match &person.contact.way {
            Way::Call { phone, .. } | Way::Text { phone } => {
                let number = phone.to_string();
                assert!(number.starts_with("07700 900") || number.starts_with("01632 960"), "{number}");
            }
            Way::Email { email } => assert!(email.as_str().ends_with(".example"), "{email}"),
            Way::Letter { address } => {
                let written = address.as_str();
                assert!(written.contains("\nAM") || written.contains("ZZ99"), "{written}");
            }
            Way::InPerson { place } => assert!(!place.as_str().is_empty()),
        }
    }
    assert!(numbers.len() > 50, "people have different numbers");
    ways_are_safe(&all);
    asked_while_nobody_was_on_duty(&all);
}

/// Where home is not safe no message names the service; no message says more than the person allowed.
fn ways_are_safe(all: &[Referral]) {
    let behalf = || all.iter().filter(|one| one.origin().behalf().is_some());
    assert!(behalf().count() > 5, "relatives and professionals ask for others");
    assert!(behalf().any(|one| !one.is_agreed()) && behalf().any(Referral::is_agreed));
    assert!(behalf().any(|one| one.person().identity.age.is_some_and(onedoor_domain::door::Age::is_young)));
    for referral in all {
        let person = referral.person();
        let home_is_unsafe = referral.sections(Vec::new()).iter().any(|section| match section {
            onedoor_domain::section::Section::Safety(answers) => {
                answers.dangers.contains(&Danger::NotSafeFrom)
            }
            _ => false,
        });
        assert!(!(home_is_unsafe && person.contact.say_nhs));
        for notice in referral.notices().iter().filter(|notice| notice.party != Party::Referrer) {
            if let Route::Email { say_nhs, .. } | Route::Text { say_nhs, .. } = &notice.route {
                assert_eq!(*say_nhs, person.contact.say_nhs);
            }
        }
    }
}

/// The call was promised for when somebody is there again: the crisis line was rung, then the duty person.
fn called_later(referral: &Referral) -> bool {
    let asked = referral.received_at();
    referral.clocks().iter().any(|clock| clock.kind == ClockKind::DutyCall && clock.started_at > asked)
}

fn asked_while_nobody_was_on_duty(all: &[Referral]) {
    let waited: Vec<_> = all.iter().filter(|one| called_later(one)).collect();
    assert!(!waited.is_empty());
    for one in waited {
        let page = one.page().unwrap();
        let rungs: Vec<Rung> = page.calls.iter().map(|call| call.rung).collect();
        assert!(
            matches!(rungs.as_slice(), [Rung::CrisisLine, Rung::Duty(_), ..]),
            "{rungs:?} {} {page:?}",
            one.received_at()
        );
        assert!(page.acknowledged.is_some());
    }
}
