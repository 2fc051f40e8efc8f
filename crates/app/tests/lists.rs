//! The lists of a team as a tool, over HTTP: views and counts, filters in the address, filters kept, giving what is to be done,
//! and that a page costs the same number of statements however many are on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "lists/give.rs"]
mod give;
#[path = "support/people.rs"]
mod people;
#[path = "lists/saved.rs"]
mod saved;
#[path = "lists/statements.rs"]
mod statements;
mod support;

use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use onedoor_domain::door::{Age, Identity, Need, Needs, Origin, SelfReferral};
use onedoor_domain::ids::ReferralId;
use people::{asks, flagged, request};
use support::{Browser, House, Page, house};

pub fn young(called: &str) -> SelfReferral {
    let asked = request(called);
    SelfReferral { identity: Identity { age: Some(Age::UnderSixteen), ..asked.identity.clone() }, ..asked }
}

fn speaks(called: &str) -> SelfReferral {
    let needs =
        Needs { language: Some("Polski".parse().unwrap()), needs: vec![Need::Interpreter], other: None };
    SelfReferral { needs, ..request(called) }
}

/// Somebody opens it and a senior triages it.
pub async fn triaged(nurse: &mut Browser, id: ReferralId, category: &str) {
    let open = nurse.post(&format!("/referrals/{id}/open"), &[("version", "1")]).await;
    assert_eq!(open.status, StatusCode::SEE_OTHER, "{}", open.body);
    let fields = [
        ("version", "2"),
        ("category", category),
        ("narrative", "Worse."),
        ("safety", "Not alone."),
        ("children", "none"),
    ];
    let done = nurse.post(&format!("/referrals/{id}/triage"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

/// The names on a list, in order.
pub fn names(page: &Page) -> Vec<String> {
    let marks = page.body.split("href=\"/referrals/").skip(1);
    marks.map(|mark| mark.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

/// The numbers beside the views, in page order.
fn counts(page: &Page) -> Vec<String> {
    let marks = page.body.split("od-views__count\" aria-hidden=\"true\">").skip(1);
    marks.map(|mark| mark.split('<').next().unwrap().to_owned()).collect()
}

async fn crowd(house: &House) -> Browser {
    let mut nurse = house.persona("senior-nurse").await;
    for sent in [request("Ada"), young("Bea"), flagged("Cal"), speaks("Dan")] {
        asks(house, sent).await;
        house.later(SignedDuration::from_mins(1));
    }
    let eve =
        asks(house, SelfReferral { origin: Origin::Professional(Box::default()), ..request("Eve") }).await;
    nurse.post(&format!("/referrals/{eve}/open"), &[("version", "1")]).await;
    let fay = asks(house, request("Fay")).await;
    triaged(&mut nurse, fay, "G").await;
    nurse
}

#[tokio::test]
async fn each_view_has_an_address_of_its_own_and_its_number() {
    let house = house().await;
    let mut nurse = crowd(&house).await;
    let all = nurse.get("/worklist").await;
    assert_eq!(counts(&all), ["6", "1", "4", "1", "1", "0", "0", "0"]);
    assert_eq!(names(&all), ["Cal", "Ada", "Bea", "Dan", "Eve", "Fay"]);
    for (view, title, wanted) in [
        ("duty", "Duty calls", vec!["Cal"]),
        ("screening", "To open", vec!["Cal", "Ada", "Bea", "Dan"]),
        ("triage", "To triage", vec!["Eve"]),
        ("decisions", "To decide", vec!["Fay"]),
        ("handovers", "Handovers", vec![]),
        ("follow-ups", "Follow-up checks", vec![]),
        ("overdue", "Overdue", vec![]),
    ] {
        let page = nurse.get(&format!("/worklist?view={view}")).await;
        assert_eq!(names(&page), wanted, "{view}");
        assert!(page.has(&format!("<h1 class=\"nhsuk-heading-l\">{title}</h1>")), "{view}: {}", page.body);
        let current = format!("href=\"/worklist?view={view}\" aria-current=\"page\"");
        assert!(page.has(&current), "{view} is where one is: {}", page.body);
        assert!(!wanted.is_empty() || page.has("Show everybody"), "{view} says what to do next");
    }
    assert!(all.has(", 6 people"), "the number is read out with its words");
    house.later(SignedDuration::from_hours(5));
    let later = house.persona("senior-nurse").await.get("/worklist").await;
    assert_eq!(counts(&later)[7], "1", "what became late is counted by the clock alone");
}

#[tokio::test]
async fn a_list_is_narrowed_down_by_its_address_and_each_filter_is_one_click_to_take_away() {
    let house = house().await;
    let mut nurse = crowd(&house).await;
    for (query, wanted) in [
        ("age=child", vec!["Bea"]),
        ("age=adult", vec![]),
        ("flagged=yes", vec!["Cal"]),
        ("talks=language", vec!["Dan"]),
        ("talks=interpreter", vec!["Dan"]),
        ("talks=bsl", vec![]),
        ("source=professional", vec!["Eve"]),
        ("source=me&age=child", vec!["Bea"]),
        ("category=G", vec!["Fay"]),
        ("category=none&source=me&age=not-known", vec!["Cal", "Ada", "Dan"]),
        ("who=me", vec!["Eve", "Fay"]),
        ("who=none", vec!["Cal", "Ada", "Bea", "Dan"]),
        ("view=screening&talks=interpreter", vec!["Dan"]),
        ("view=decisions&who=me", vec!["Fay"]),
        ("age=everything&view=nonsense&category=Z", vec!["Cal", "Ada", "Bea", "Dan", "Eve", "Fay"]),
    ] {
        let page = nurse.get(&format!("/worklist?{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(names(&page), wanted, "{query}");
    }
    let page = nurse.get("/worklist?view=screening&age=child&source=me&flagged=yes").await;
    assert!(names(&page).is_empty() && page.has("Nobody fits all of these filters."), "{}", page.body);
    for without in [
        "view=screening&#38;source=me&#38;flagged=yes",
        "view=screening&#38;age=child&#38;flagged=yes",
        "view=screening&#38;age=child&#38;source=me",
    ] {
        assert!(
            page.has(&format!("class=\"moj-filter__tag\" href=\"/worklist?{without}\"")),
            "{}",
            page.body
        );
    }
    assert!(page.has("name=\"view\" value=\"screening\""), "the form keeps the view");
    assert!(page.has("Show this list without filters") && page.has("href=\"/worklist?view=screening\""));
    let user = house.demo.users["senior-nurse"];
    let colleague = house.persona("senior-social-worker").await.get(&format!("/worklist?who={user}")).await;
    assert_eq!(names(&colleague), ["Eve", "Fay"], "an address shows a colleague the same");
    assert!(colleague.has("Nadia Okonjo"), "{}", colleague.body);
}

#[tokio::test]
async fn pages_keep_the_filters_and_show_everybody_once() {
    let house = house().await;
    for number in 0..105 {
        let name = format!("Person{number:03}");
        asks(&house, if number % 2 == 0 { young(&name) } else { request(&name) }).await;
        house.later(SignedDuration::from_secs(1));
    }
    let mut nurse = house.persona("senior-nurse").await;
    let first = nurse.get("/worklist?view=screening&age=child").await;
    assert_eq!(counts(&first)[0], "99+", "a number stops at a hundred");
    let next = first.body.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    assert!(next.starts_with("/worklist?view=screening&age=child&after="), "{next}");
    let second = nurse.get(&next).await;
    let seen = [names(&first), names(&second)].concat();
    let wanted: Vec<String> = (0..105).step_by(2).map(|number| format!("Person{number:03}")).collect();
    assert_eq!(seen, wanted);
    assert!(second.has("the start of the list") && !second.has("data-poll"), "nothing moves on a later page");
}

#[tokio::test]
async fn new_people_are_counted_for_the_view_and_filters_one_looks_at() {
    let house = house().await;
    let mut nurse = crowd(&house).await;
    let mut polls = Vec::new();
    for query in ["", "?view=screening", "?view=screening&age=child", "?view=decisions", "?view=overdue"] {
        let list = nurse.get(&format!("/worklist{query}")).await;
        assert!(
            list.has("<noscript><p><a class=\"nhsuk-link\" href=\"/worklist"),
            "without a script: a link"
        );
        let poll = list.body.split("data-poll=\"").nth(1).unwrap().split('"').next().unwrap();
        polls.push(poll.replace("&#38;", "&"));
    }
    house.later(SignedDuration::from_mins(1));
    asks(&house, request("Gus")).await;
    let hal = asks(&house, young("Hal")).await;
    asks(&house, young("Ivo")).await;
    let jan = asks(&house, request("Jan")).await;
    triaged(&mut nurse, jan, "G").await;
    nurse.post(&format!("/referrals/{hal}/open"), &[("version", "1")]).await;
    let mut words = Vec::new();
    for poll in &polls {
        let ask = Request::get(poll).header("x-poll", "1");
        let answer = nurse.send_with(ask, axum::body::Body::empty()).await;
        assert!(!answer.has("Gus") && !answer.has("Ivo"), "a count says nothing about anybody");
        words.push((answer.status.as_u16(), answer.body));
    }
    let said = |text: &str| (200, text.to_owned());
    assert_eq!(words[..4], [said("Show 4 new"), said("Show 2 new"), said("Show 1 new"), said("Show 1 new")]);
    assert_eq!(words[4].0, 204, "nothing became late");
    house.later(SignedDuration::from_hours(5));
    let mut later = house.persona("senior-nurse").await;
    assert_eq!(later.get(&polls[4]).await.body, "Show 1 new", "time alone makes somebody late");
}

#[tokio::test]
async fn a_printed_list_says_of_what_county_it_is_when_and_who_printed_it() {
    let house = house().await;
    let mut nurse = crowd(&house).await;
    let page = nurse.get("/worklist?age=child").await;
    let head = page.body.split("od-print-head").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(
        head.contains("Ashmere") && head.contains("Printed by Nadia Okonjo, Tuesday 24 November 2026"),
        "{head}"
    );
    assert!(
        head.contains("narrowed down by filters") && !head.contains("one page of a longer list"),
        "{head}"
    );
}

/// Another county has the same names and its own lists, filters and numbers.
#[tokio::test]
async fn a_neighbouring_county_is_in_no_list_and_no_number() {
    let house = house().await;
    let neighbour = house.neighbour().await;
    asks(&neighbour, request("Zoe")).await;
    asks(&house, request("Ada")).await;
    let page = house.persona("senior-nurse").await.get("/worklist").await;
    assert_eq!((names(&page), counts(&page)[0].as_str()), (vec!["Ada".to_owned()], "1"));
    let theirs = neighbour.demo.teams["spoa"];
    let hidden = house.persona("senior-nurse").await.get(&format!("/worklist?team={theirs}")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}
