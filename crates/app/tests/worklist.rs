//! The lists people work from and the duty board, over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/people.rs"]
mod people;
mod support;

use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use onedoor_domain::door::{SelfReferral, Sent, Told};
use people::{asks, flagged, look, request};
use support::house;

#[tokio::test]
async fn flagged_people_come_first_then_those_who_wait_longest_with_time_in_words() {
    let house = house().await;
    asks(&house, request("Ada")).await;
    house.later(SignedDuration::from_mins(50));
    asks(&house, request("Bea")).await;
    house.later(SignedDuration::from_mins(5));
    asks(&house, flagged("Cal")).await;
    house.later(SignedDuration::from_mins(40));
    let page = house.persona("senior-nurse").await.get("/worklist").await;
    assert_eq!(page.status, StatusCode::OK);
    let place = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.body));
    assert!(place(">Cal<") < place(">Ada<") && place(">Ada<") < place(">Bea<"));
    assert!(page.has("Flagged: read first") && page.has("35 minutes late"), "{}", page.body);
    assert!(page.has("1 hour 35 minutes") && page.has("today at 10am"));
    assert!(page.has("Wednesday 25 November 2026 at 10am"), "the exact time stands beside the words");
    assert!(!page.has("I have not slept"), "a list shows no story");
}

#[tokio::test]
async fn a_long_list_goes_on_by_links_and_shows_everybody_once() {
    let house = house().await;
    for number in 0..120 {
        asks(&house, request(&format!("Person{number:03}"))).await;
        house.later(SignedDuration::from_secs(1));
    }
    let mut nurse = house.persona("senior-nurse").await;
    let mut page = nurse.get("/worklist").await;
    let mut seen = Vec::new();
    loop {
        let names = page
            .body
            .match_indices(">Person0")
            .chain(page.body.match_indices(">Person1"))
            .map(|(at, _)| page.body[at + 1..at + 10].to_owned());
        seen.extend(names);
        let Some(next) =
            page.body.split("rel=\"next\"").next().filter(|before| before.len() < page.body.len())
        else {
            break;
        };
        let href = next.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&#38;", "&");
        page = nurse.get(&href).await;
        assert_eq!(page.status, StatusCode::OK, "{href}");
    }
    let expected: Vec<String> = (0..120).map(|number| format!("Person{number:03}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn new_arrivals_are_counted_without_a_word_about_them_and_do_not_hold_the_session_open() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let list = nurse.get("/worklist").await;
    let poll =
        list.body.split("data-poll=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&");
    assert_eq!(nurse.get(&poll).await.status, StatusCode::NO_CONTENT);
    house.later(SignedDuration::from_mins(1));
    for name in ["Ada", "Bea", "Cal"] {
        asks(&house, request(name)).await;
    }
    let answer = nurse.send_with(Request::get(&poll).header("x-poll", "1"), axum::body::Body::empty()).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "Show 3 new"));
    house.later(SignedDuration::from_mins(15));
    let later = nurse.send_with(Request::get(&poll).header("x-poll", "1"), axum::body::Body::empty()).await;
    assert_eq!(later.status, StatusCode::SEE_OTHER, "asking did not keep the session open");
}

#[tokio::test]
async fn a_list_belongs_to_its_team_and_a_manager_chooses_between_own_teams() {
    let house = house().await;
    asks(&house, request("Ada")).await;
    let crisis = house.demo.teams["crisis"];
    let spoa = house.demo.teams["spoa"];
    let mut manager = house.persona("service-manager").await;
    assert!(manager.get("/worklist").await.has(">Ada<"), "the single point of access comes first");
    let other = manager.get(&format!("/worklist?team={crisis}")).await;
    assert!(
        other.has("Nobody is waiting.") && other.has(&format!("/worklist?team={spoa}")),
        "{}",
        other.body
    );
    let mut nurse = house.persona("senior-nurse").await;
    for path in ["worklist", "overdue"] {
        let hidden = nurse.get(&format!("/{path}?team={crisis}")).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{path}");
    }
    for persona in
        ["key-worker", "voluntary-worker", "harbour-host", "gp", "caldicott", "system-administrator"]
    {
        assert_eq!(
            house.persona(persona).await.get("/worklist").await.status,
            StatusCode::FORBIDDEN,
            "{persona}"
        );
    }
}

#[tokio::test]
async fn what_is_late_is_on_the_overdue_list_the_latest_first() {
    let house = house().await;
    asks(&house, request("Ada")).await;
    house.later(SignedDuration::from_hours(2));
    asks(&house, request("Bea")).await;
    let mut nurse = house.persona("senior-nurse").await;
    assert!(nurse.get("/overdue").await.has("Nothing is late."));
    house.later(SignedDuration::from_hours(25));
    let page = house.persona("senior-nurse").await.get("/overdue").await;
    let (ada, bea) = (page.body.find(">Ada<").unwrap(), page.body.find(">Bea<").unwrap());
    assert!(ada < bea && page.has("3 hours late") && page.has("1 hour late"), "{}", page.body);
}

#[tokio::test]
async fn my_day_begins_with_people_who_need_a_call_then_tasks_by_when_they_are_due() {
    let house = house().await;
    asks(&house, request("Ada")).await;
    asks(&house, flagged("Cal")).await;
    let page = house.persona("senior-nurse").await.get("/my-day").await;
    let place = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.body));
    assert!(place("People who need a call now") < place("I have this call"));
    assert!(place("I have this call") < place("To do"));
    let tasks = &page.body[place("To do")..];
    let order: Vec<_> =
        ["Reach the person now", "Read it and decide how soon"].map(|task| tasks.find(task).unwrap()).into();
    assert!(order[0] < order[1] && tasks.contains("15 minutes left"), "{tasks}");
    for persona in onedoor::demo::PERSONAS {
        let day = house.persona(persona.key).await.get("/my-day").await;
        assert_eq!(day.status, StatusCode::OK, "{}", persona.key);
        let own = ["spoa", "crisis"].iter().any(|team| persona.teams.contains(team));
        assert!(own || !day.has("Ada"), "{} sees somebody else's people", persona.key);
    }
    assert!(!house.persona("administrator").await.get("/my-day").await.has("I have this call"));
    assert!(house.persona("caldicott").await.get("/my-day").await.has("does not open people"));
}

#[tokio::test]
async fn a_duty_call_is_taken_by_name_once_and_the_second_sees_who_has_it() {
    let house = house().await;
    let told = Told { sent: Sent::CallMe, ..Told::default() };
    let id = asks(&house, SelfReferral { told, why_now: None, ..request("Cal") }).await;
    let mut nurse = house.persona("senior-nurse").await;
    let anywhere = nurse.get("/overdue").await;
    assert!(anywhere.has("1 person needs a duty call now"), "{}", anywhere.body);
    let board = nurse.get("/duty").await;
    assert!(board.has(">Cal<") && board.has("Nadia Okonjo") || board.has("Leo Castellan"), "{}", board.body);
    assert!(board.has("07700 900") && board.has("15 minutes left"));
    let page = look(&house, id).await.page().unwrap().id;
    let take = format!("/duty/{page}/acknowledge");
    let taken = nurse.post(&take, &[]).await;
    assert_eq!(taken.location, Some(format!("/referrals/{id}?done=acknowledged")));
    assert!(nurse.follow(taken).await.has("You have this call. Reach them now"));
    assert_eq!(nurse.post(&take, &[]).await.status, StatusCode::SEE_OTHER, "twice is harmless");
    let mut crisis = house.persona("crisis-nurse").await;
    let second = crisis.post(&take, &[]).await;
    assert!(second.status == StatusCode::CONFLICT && second.has("Nadia Okonjo took it"), "{}", second.body);
    assert!(crisis.get("/duty").await.has("Nobody is waiting for a call."));
    assert!(!nurse.get("/overdue").await.has("duty call now"));
    let answered = look(&house, id).await.page().unwrap().acknowledged.clone().unwrap();
    assert_eq!(answered.by, house.demo.users["senior-nurse"]);
    for persona in ["administrator", "team-manager", "key-worker", "gp"] {
        let refused = house.persona(persona).await.post(&take, &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{persona}");
    }
}

/// No commit, no response: what was read and cannot be noted for the audit is not shown.
#[tokio::test]
async fn a_record_that_was_read_for_nothing_leaves_no_word_on_the_page() {
    let house = house().await;
    let id = asks(&house, flagged("Zebedee")).await;
    let reference = look(&house, id).await.reference().to_string();
    let mut nurse = house.persona("senior-nurse").await;
    let record = format!("/referrals/{id}");
    let told = ["Zebedee", "I have not slept", "07700 900", &reference];
    let before = nurse.get(&record).await;
    assert!(told.iter().all(|words| before.has(words)), "{}", before.body);
    house.database.refuse_audit_of_reads().await;
    for path in ["/my-day", "/worklist", "/duty", &record, &format!("{record}/triage")] {
        let page = nurse.get(path).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let shown: Vec<_> = told.iter().filter(|words| page.has(words)).collect();
        assert!(shown.is_empty(), "{path} shows {shown:?}");
        assert!(page.has("Ashmere crisis line"), "{path}");
    }
}
