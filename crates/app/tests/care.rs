//! Who is there for people: the queue of a team, taking and naming, what the person hears, and nobody left without cover.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "care/many.rs"]
mod many;
#[path = "support/people.rs"]
mod people;
mod support;
#[path = "care/workers.rs"]
mod workers;

use axum::http::StatusCode;
use jiff::{SignedDuration, ToSpan as _};
use onedoor::work::run_due;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::clock::{ClockKind, StopWhy};
use onedoor_domain::door::{Need, SelfReferral};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::Referral;
use onedoor_domain::task::{Level, Owner, TaskKind};
use onedoor_domain::value::Text;
use onedoor_domain::worker::{Absence, Named};
use people::{asks, look, request, step};
use support::{Browser, House, house};

const CONTACT: [(&str, &str); 7] = [
    ("contact-on[day]", "24"),
    ("contact-on[month]", "11"),
    ("contact-on[year]", "2026"),
    ("contact-at", "10:00"),
    ("mode", "phone"),
    ("reached", "yes"),
    ("next", "I ring again at four."),
];

/// Somebody whom the team in the north has taken on.
async fn taken_on(house: &House, sent: SelfReferral) -> ReferralId {
    let id = asks(house, sent).await;
    let mut nurse = house.persona("senior-nurse").await;
    let version = nurse.get(&format!("/referrals/{id}")).await.field("version");
    nurse.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
    let triage = [
        ("category", "E"),
        ("narrative", "Getting worse since the weekend."),
        ("safety", "Her sister stays with her tonight."),
        ("children", "none"),
    ];
    let read = step(&mut nurse, id, "triage", &triage).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
    let team = house.demo.teams["north"].to_string();
    let accept = [
        ("team", team.as_str()),
        ("contact-name", "Robin"),
        ("next-step", "Robin rings you."),
        ("next-on[day]", "30"),
        ("next-on[month]", "12"),
        ("next-on[year]", "2026"),
    ];
    let taken = step(&mut nurse, id, "accept", &accept).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    id
}

async fn named(house: &House, id: ReferralId, worker: &str) {
    let worker = house.demo.users[worker].to_string();
    let mut manager = house.persona("team-manager").await;
    let fields = [("key-worker", worker.as_str()), ("why", "They know each other.")];
    let done = step(&mut manager, id, "allocate", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

fn asking_for_a_woman(name: &str) -> SelfReferral {
    let mut sent = request(name);
    sent.needs.needs = vec![Need::Woman];
    sent.needs.language = "Polish".parse().ok();
    sent
}

async fn queue(house: &House, browser: &mut Browser) -> String {
    let page = browser.get(&format!("/waiting?team={}", house.demo.teams["north"])).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.body
}

#[tokio::test]
async fn the_queue_says_who_waits_since_when_and_what_they_asked_for() {
    let house = house().await;
    let first = taken_on(&house, asking_for_a_woman("Mira")).await;
    let mut manager = house.persona("team-manager").await;
    let list = queue(&house, &mut manager).await;
    assert!(list.contains("Mira") && list.contains("Polish") && list.contains("A woman"), "{list}");
    assert!(list.contains("Name a key worker for Mira") && !list.contains("More than 5 working days"));
    house.later(SignedDuration::from_hours(24 * 9));
    taken_on(&house, request("Sam")).await;
    let list = queue(&house, &mut house.persona("team-manager").await).await;
    let (mira, sam) = (list.find("Mira").unwrap(), list.find("Sam").unwrap());
    assert!(mira < sam, "who has waited longest comes first");
    assert_eq!(list.matches("More than 5 working days").count(), 1);
    named(&house, first, "key-worker").await;
    let list = queue(&house, &mut house.persona("team-manager").await).await;
    assert!(!list.contains("Mira") && list.contains("Sam"));
    let opened = house.persona("team-manager").await.get("/waiting").await;
    assert!(opened.has("Sam"), "it opens on the team in which somebody waits: {}", opened.body);
}

#[tokio::test]
async fn another_teams_queue_does_not_exist_and_other_roles_have_none() {
    let house = house().await;
    let north = format!("/waiting?team={}", house.demo.teams["north"]);
    for (persona, status) in [
        ("social-worker", StatusCode::NOT_FOUND),
        ("voluntary-worker", StatusCode::NOT_FOUND),
        ("senior-nurse", StatusCode::FORBIDDEN),
        ("administrator", StatusCode::FORBIDDEN),
        ("gp", StatusCode::FORBIDDEN),
        ("system-administrator", StatusCode::FORBIDDEN),
    ] {
        let answer = house.persona(persona).await.get(&north).await;
        assert_eq!(answer.status, status, "{persona}");
    }
    let answer = house.persona("key-worker").await.get("/waiting?team=not-a-team").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_says_what_speaks_for_and_against_everybody_and_whoever_chooses_decides() {
    let house = house().await;
    let id = taken_on(&house, asking_for_a_woman("Mira")).await;
    let mut manager = house.persona("team-manager").await;
    let page = manager.get(&format!("/referrals/{id}/allocate")).await;
    for words in [
        "Speaks Polish",
        "The person asked for a woman",
        "But: the person asked for a woman",
        "0 of 8 people",
        "But: away until",
        "Nothing here is a score",
    ] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    let place = |name: &str| page.body.find(name).unwrap();
    assert!(place("Anya Kowalska") < place("Marcus Webb"), "nothing speaks against her");

    // Against the wish: a reason, which is kept.
    let man = house.demo.users["key-worker"].to_string();
    let refused = step(&mut manager, id, "allocate", &[("key-worker", &man), ("why", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Say why, because something speaks against it"), "{}", refused.body);
    assert!(refused.has(&format!("value=\"{man}\" checked")), "what was chosen stays chosen");
    let why = "She was asked again and a man is fine.";
    let done = step(&mut manager, id, "allocate", &[("key-worker", &man), ("why", why)]).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=allocated")), "{}", done.body);
    let record = house.persona("key-worker").await.get(&format!("/referrals/{id}")).await;
    assert!(record.has(why) && record.has("Why this one"), "{}", record.body);
}

#[tokio::test]
async fn a_worker_takes_a_person_and_can_name_nobody_else() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    let mut worker = house.persona("key-worker").await;
    let list = queue(&house, &mut worker).await;
    assert!(list.contains("Take Mira"), "{list}");
    let page = worker.get(&format!("/referrals/{id}/allocate")).await;
    assert!(page.has("Marcus Webb") && !page.has("Anya Kowalska"), "{}", page.body);
    let other = house.demo.users["peer-worker"].to_string();
    let refused = step(&mut worker, id, "allocate", &[("key-worker", &other)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = house.demo.users["key-worker"].to_string();
    let done = step(&mut worker, id, "allocate", &[("key-worker", &own)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn two_at_once_the_second_is_told_and_keeps_every_word() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    let mut manager = house.persona("team-manager").await;
    let shown = manager.get(&format!("/referrals/{id}/allocate")).await.field("version");
    named(&house, id, "key-worker").await;
    let peer = house.demo.users["peer-worker"].to_string();
    let fields = [("version", shown.as_str()), ("key-worker", peer.as_str()), ("why", "Knows her mother.")];
    let second = manager.post(&format!("/referrals/{id}/allocate"), &fields).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.body);
    assert!(second.has("Knows her mother."), "nothing typed is lost: {}", second.body);
    let worker = look(&house, id).await.episode().unwrap().key_worker.clone().unwrap().0;
    assert_eq!(worker, house.demo.users["key-worker"], "the first one stands");
}

// seed: 51
// seed: 38
#[tokio::test]
async fn the_person_sees_who_is_there_for_them_and_how_to_reach_them() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    let mut own = house.follows(id).await;
    let place = own.get("/track/where").await;
    assert!(
        place.has("North Ashmere Community Team"),
        "the team, before anybody of it is named: {}",
        place.body
    );
    assert!(!place.has("Who is there for you"));
    named(&house, id, "key-worker").await;
    let place = own.get("/track/where").await;
    for words in [
        "North Ashmere Community Team",
        "Marcus Webb, Occupational therapist, is your key worker",
        "01632 960 301",
        "tell us",
    ] {
        assert!(place.has(words), "{words}: {}", place.body);
    }
    let mut manager = house.persona("team-manager").await;
    let peer = house.demo.users["peer-worker"].to_string();
    let silent = step(&mut manager, id, "change-worker", &[("key-worker", &peer), ("why", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("key-worker", peer.as_str()), ("why", "She asked for somebody who speaks Polish.")];
    let changed = step(&mut manager, id, "change-worker", &fields).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let place = own.get("/track/where").await;
    assert!(place.has("Anya Kowalska, Peer support worker") && !place.has("Marcus Webb"), "{}", place.body);
    assert!(place.has("North Ashmere Community Team"), "another worker, the same team: {}", place.body);
    let page = house.persona("key-worker").await.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Marcus Webb, until"), "who was there before stays in the record: {}", page.body);
    let again = manager.get(&format!("/referrals/{id}/change-worker")).await;
    assert!(again.has("Was their key worker before"), "{}", again.body);
}

#[tokio::test]
async fn a_wish_for_somebody_else_is_written_down_and_stands_in_the_queue() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "key-worker").await;
    let mut worker = house.persona("key-worker").await;
    let empty = step(&mut worker, id, "wish-worker", &[("said", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = step(&mut worker, id, "wish-worker", &[("said", "Somebody nearer my age.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(worker.get(&format!("/referrals/{id}")).await.has("Somebody nearer my age."));
    let list = queue(&house, &mut house.persona("team-manager").await).await;
    assert!(
        list.contains("Wants another key worker") && list.contains("Name somebody else for Mira"),
        "{list}"
    );
}

#[tokio::test]
async fn where_nobody_covers_the_manager_is_asked_the_same_day_and_not_twice() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "key-worker").await;
    run_due(&house.app).await;
    assert!(cover(&house, id).await.is_none());
    away(&house, "key-worker", "peer-worker").await;
    run_due(&house.app).await;
    assert!(cover(&house, id).await.is_none(), "somebody covers");
    // Who covers is away as well, and their cover is the one who is away: there is nobody.
    away(&house, "peer-worker", "key-worker").await;
    house.later(SignedDuration::from_hours(24));
    run_due(&house.app).await;
    let asked = cover(&house, id).await.unwrap();
    assert_eq!((asked.0, asked.1), (Level::TeamManager, 1));
    let referral = look(&house, id).await;
    let theirs = Owner::User(house.demo.users["key-worker"]);
    assert!(referral.tasks().iter().all(|task| !task.is_open() || task.owner != theirs));
    run_due(&house.app).await;
    assert_eq!(cover(&house, id).await.unwrap().1, 1, "asked once");
    let list = queue(&house, &mut house.persona("team-manager").await).await;
    assert!(list.contains("Nobody covers for the key worker"), "{list}");
    // Back again: nobody is asked any more, and what is owed is theirs.
    house.later(SignedDuration::from_hours(24 * 5));
    run_due(&house.app).await;
    assert!(cover(&house, id).await.is_none());
}

/// From today to the third day on.
async fn away(house: &House, who: &str, cover: &str) {
    let ctx = house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let named = |key: &str| Named { user: house.demo.users[key], name: "Somebody".parse().unwrap() };
    tx.worker(house.demo.users[who], Action::WorkerWrite).await.unwrap();
    let today = local_date(ctx.now);
    let absence = Absence {
        id: ctx.new_id(),
        who: named(who),
        from: today,
        to: today.saturating_add(3.days()),
        cover: named(cover),
        by: ctx.actor.author(),
    };
    tx.commit(absence.plan(&ctx, &[]).unwrap()).await.unwrap();
}

/// How high the open task to find cover has risen, and how many there are.
async fn cover(house: &House, id: ReferralId) -> Option<(Level, usize)> {
    let referral = look(house, id).await;
    let open: Vec<_> =
        referral.tasks().iter().filter(|task| task.kind == TaskKind::Cover && task.is_open()).collect();
    open.first().map(|task| (task.level, open.len()))
}

#[tokio::test]
async fn whose_access_ends_leaves_nobody_behind_unseen() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "key-worker").await;
    let ctx = house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let user = tx.user(house.demo.users["key-worker"], Action::StaffWrite).await.unwrap();
    let why: Text = "Left for another trust.".parse().unwrap();
    tx.commit(user.end_access(&ctx, why)).await.unwrap();
    run_due(&house.app).await;
    assert!(cover(&house, id).await.is_some());
    let mut manager = house.persona("team-manager").await;
    let peer = house.demo.users["peer-worker"].to_string();
    let fields = [("key-worker", peer.as_str()), ("why", "The one before has left.")];
    let done = step(&mut manager, id, "change-worker", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(cover(&house, id).await.is_none());
}

#[tokio::test]
async fn four_parts_end_the_four_weeks_and_the_record_says_which_are_open() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "key-worker").await;
    let mut worker = house.persona("key-worker").await;
    let record = worker.get(&format!("/referrals/{id}")).await;
    assert!(record.has("First outcome measure") && record.has("4WW-ADULT), expected"), "{}", record.body);
    let met = step(&mut worker, id, "contact", &CONTACT).await;
    assert_eq!(met.status, StatusCode::SEE_OTHER, "{}", met.body);
    let day = local_date(house.app.clock.now());
    let (d, m, y) = (day.day().to_string(), day.month().to_string(), day.year().to_string());
    for part in ["assessment", "plan-or-intervention", "baseline"] {
        let fields = [
            ("part", part),
            ("done-on[day]", d.as_str()),
            ("done-on[month]", m.as_str()),
            ("done-on[year]", y.as_str()),
            ("done-at", "09:59"),
            ("kept", "In the notes of the trust."),
        ];
        // Before they asked for help.
        let early = step(&mut worker, id, "four-weeks", &fields).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
        let mut fields = fields;
        fields[4].1 = "10:00";
        let done = step(&mut worker, id, "four-weeks", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let referral = look(&house, id).await;
    let clock = referral.clocks().iter().find(|clock| clock.kind == ClockKind::FourWeekAdult).unwrap();
    assert_eq!(clock.stop_why, Some(StopWhy::Done));
    let record = worker.get(&format!("/referrals/{id}")).await;
    assert!(record.has("In the notes of the trust.") && !record.has("Record a part of the four weeks"));
    let gone = worker.get(&format!("/referrals/{id}/four-weeks")).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_person_reads_by_when_help_begins_in_days() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    let mut own = house.follows(id).await;
    let place = own.get("/track/where").await;
    assert!(place.has("22 December 2026. That is in 28 days."), "{}", place.body);
    house.later(SignedDuration::from_hours(24 * 27));
    let place = house.follows(id).await.get("/track/where").await;
    assert!(place.has("That is in 1 day."), "{}", place.body);
    house.later(SignedDuration::from_hours(24));
    let place = house.follows(id).await.get("/track/where").await;
    assert!(place.has("help to begin for you today"), "{}", place.body);
    house.later(SignedDuration::from_hours(24));
    let place = house.follows(id).await.get("/track/where").await;
    assert!(place.has("We are late, and we are sorry."), "{}", place.body);
}

// seed: 51
/// An episode without a key worker is a breach: after five working days it stands on the list of the team as late, goes up, and
/// only naming somebody ends it. Then the person reads whom to reach.
#[tokio::test]
async fn an_episode_without_a_key_worker_is_late_after_five_working_days_and_goes_up_until_one_is_named() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    let waits = |referral: &Referral| {
        let task = referral.tasks().iter().find(|task| task.kind == TaskKind::Allocate && task.is_open());
        task.map(|task| (task.is_overdue(house.app.clock.now()), task.level))
    };
    assert_eq!(waits(&look(&house, id).await), Some((false, Level::Owner)));
    house.later(SignedDuration::from_hours(24 * 7));
    run_due(&house.app).await;
    assert_eq!(waits(&look(&house, id).await), Some((false, Level::Owner)), "the fifth working day counts");
    house.later(SignedDuration::from_hours(24));
    run_due(&house.app).await;
    assert_eq!(waits(&look(&house, id).await), Some((true, Level::TeamManager)), "a breach");
    let list = queue(&house, &mut house.persona("team-manager").await).await;
    assert!(list.contains("Mira") && list.contains("More than 5 working days"), "{list}");
    let day = house.persona("team-manager").await.get("/my-day").await;
    assert!(day.has("Name a key worker"), "{}", day.body);
    house.later(SignedDuration::from_hours(25));
    run_due(&house.app).await;
    assert_eq!(waits(&look(&house, id).await), Some((true, Level::ServiceManager)));
    let mut own = house.follows(id).await;
    assert!(!own.get("/track/where").await.has("is your key worker"));
    named(&house, id, "key-worker").await;
    assert_eq!(waits(&look(&house, id).await), None, "named");
    let list = queue(&house, &mut house.persona("team-manager").await).await;
    assert!(!list.contains("Mira"), "{list}");
    let place = own.get("/track/where").await;
    assert!(place.has("Marcus Webb") && place.has("01632 960 301"), "{}", place.body);
}
