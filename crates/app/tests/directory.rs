//! The directory as staff and editors use it, and feeds as they are taken in: whole, in order, and never half.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "directory/feed.rs"]
mod feed;
#[path = "directory/fuzz.rs"]
mod fuzz;
#[path = "directory/large.rs"]
mod large;
#[path = "directory/public.rs"]
mod public;
#[path = "support/services.rs"]
mod services;
mod support;
#[path = "directory/web.rs"]
mod web;

use axum::http::StatusCode;
use services::{page, record, take};
use support::{Browser, House, Page, house};
use uuid::Uuid;

pub const FEED: &str = "County feed";

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_f5b2_0000_7000_8000_0000_0000_0000 + n)
}

/// Lantern in Millbrook, open on weekdays; a line of the evening; a group in Ashmere without times.
pub async fn three(house: &House) {
    let lantern = record(
        id(1),
        "Lantern money help",
        r#", "description": "Help with debts", "assured_date": "2026-11-01", "phones": [{"number": "01632 960 731"}],
        "attributes": [{"taxonomy_term": {"name": "Money and debt"}}], "service_at_locations": [{"location":
        {"location_type": "physical", "addresses": [{"address_1": "Mill Lane", "city": "Millbrook", "postal_code": "AM4 7QD"}]},
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}]}]"#,
    );
    let line = record(
        id(2),
        "Evening line",
        r#", "description": "Somebody to talk to", "phones": [{"number": "116 123"}],
        "schedules": [{"freq": "DAILY", "opens_at": "18:00", "closes_at": "23:00"}]"#,
    );
    let group = record(
        id(3),
        "Debt support group",
        r#", "attributes": [{"taxonomy_term": {"name": "Loneliness"}}], "service_at_locations": [{"location":
        {"addresses": [{"city": "Ashmere", "postal_code": "AM1 2AB"}]}}]"#,
    );
    take(house, FEED, &page(&[lantern, line, group])).await.unwrap();
}

fn service(n: u128) -> String {
    format!("/directory/{}", id(n))
}

/// The names of the services a page lists.
fn names(page: &Page) -> Vec<&str> {
    ["Debt support group", "Evening line", "Lantern money help"]
        .into_iter()
        .filter(|name| page.has(name))
        .collect()
}

#[tokio::test]
async fn staff_find_a_service_by_words_need_place_and_what_is_open_now() {
    let house = house().await;
    three(&house).await;
    let mut nurse = house.persona("senior-nurse").await;
    for (query, expected) in [
        ("", &["Debt support group", "Evening line", "Lantern money help"][..]),
        ("?words=debt", &["Debt support group", "Lantern money help"]),
        ("?words=DEBTS+money", &["Lantern money help"]),
        ("?need=Loneliness", &["Debt support group"]),
        ("?place=am4", &["Lantern money help"]),
        ("?place=AM4+9ZZ&words=help", &["Lantern money help"]),
        ("?place=Ashmere", &["Debt support group"]),
        ("?open=now", &["Lantern money help"]),
        ("?open=now&words=group", &[]),
        ("?need=Money+and+debt&place=Ashmere", &[]),
    ] {
        let page = nurse.get(&format!("/directory{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(names(&page), expected, "{query}");
    }
    house.at("2026-11-24T20:00:00Z");
    let evening = house.persona("senior-nurse").await.get("/directory?open=now").await;
    assert_eq!(names(&evening), ["Evening line"]);
    // Boxing Day is a bank holiday on the Monday after: nobody is promised.
    house.at("2026-12-28T12:00:00Z");
    let holiday = house.persona("senior-nurse").await.get("/directory?open=now").await;
    assert!(names(&holiday).is_empty() && holiday.has("Nothing here fits"), "{}", holiday.body);
}

#[tokio::test]
async fn what_is_looked_for_stays_in_the_form_and_nothing_found_says_what_to_do() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    assert!(nurse.get("/directory").await.has("There are no services here yet"));
    three(&house).await;
    let page = nurse.get("/directory?words=%3Cb%3Eknitting&place=Ashmere&need=Loneliness&open=now").await;
    assert_eq!(page.field("words"), "&#60;b&#62;knitting");
    assert_eq!(page.field("place"), "Ashmere");
    for words in [
        "Nothing here fits",
        "Try fewer words",
        "Leave out the place",
        "Leave out “Open now”",
        "Clear the search",
    ] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    // An address that somebody cut or made up is a search like any other.
    for query in [
        "?after=nobody",
        "?need=%00",
        "?open=yes",
        "?words=%20%20",
        "?after=00000000-0000-0000-0000-000000000000",
    ] {
        let page = nurse.get(&format!("/directory{query}")).await;
        assert!(page.status == StatusCode::OK || page.status.is_client_error(), "{query}: {}", page.status);
    }
}

#[tokio::test]
async fn a_long_list_goes_on_and_keeps_what_is_looked_for() {
    let house = house().await;
    let records: Vec<String> =
        (0..120).map(|n| record(id(n), &format!("Walking group {n:03}"), "")).collect();
    take(&house, FEED, &page(&records)).await.unwrap();
    let mut nurse = house.persona("senior-nurse").await;
    let first = nurse.get("/directory?words=walking").await;
    assert!(
        first.has("Walking group 000") && first.has("Walking group 049") && !first.has("Walking group 050")
    );
    let next = |page: &Page| {
        let at = page.body.find("/directory?words=walking&#38;after=").expect("a next page");
        page.body[at..].split('"').next().unwrap().replace("&#38;", "&")
    };
    let second = nurse.get(&next(&first)).await;
    assert!(second.has("Walking group 050") && second.has("Walking group 099"));
    let third = nurse.get(&next(&second)).await;
    assert!(third.has("Walking group 119") && !third.has("rel=\"next\""), "the last page");
}

#[tokio::test]
async fn each_service_says_who_made_sure_when_and_what_is_old_says_ring_first() {
    let house = house().await;
    three(&house).await;
    let mut worker = house.persona("voluntary-worker").await;
    let checked = worker.get(&service(1)).await;
    assert!(checked.has("1 November 2026, by County feed") && !checked.has("May be out of date"));
    assert!(
        checked.has("tel:01632960731") && checked.has("Mill Lane, Millbrook, AM4 7QD"),
        "{}",
        checked.body
    );
    assert!(checked.has("Open until 5pm") || checked.has("until 5pm"), "{}", checked.body);
    let never = worker.get(&service(2)).await;
    assert!(never.has("May be out of date: ring first") && never.has("Nobody has said that it was checked"));
    assert!(!never.has("Change what people read"), "only editors change it");
    let list = worker.get("/directory?words=evening").await;
    assert!(list.has("May be out of date: ring first"));
    house.at("2027-06-01T09:00:00Z");
    let late = house.persona("voluntary-worker").await.get(&service(1)).await;
    assert!(late.has("May be out of date: ring first"), "half a year later nobody relies on it");
}

/// What the form of a service takes, filled in.
fn typed<'a>(name: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let base = [
        ("name", name),
        ("status", "active"),
        ("phone", "01632 960 740"),
        ("monday", "9am to 5pm"),
        ("bank-holidays", "closed"),
        ("due[day]", "1"),
        ("due[month]", "5"),
        ("due[year]", "2027"),
    ];
    let mut fields: Vec<_> =
        base.into_iter().filter(|(name, _)| !more.iter().any(|(known, _)| known == name)).collect();
    fields.extend(more);
    fields
}

async fn edit(browser: &mut Browser, n: u128, name: &str, more: &[(&str, &str)]) -> Page {
    let version = browser.get(&format!("{}/edit", service(n))).await.field("version");
    browser
        .post(
            &format!("{}/edit", service(n)),
            &typed(name, &[&[("version", version.as_str())], more].concat()),
        )
        .await
}

#[tokio::test]
async fn an_editor_writes_down_a_service_and_everybody_finds_it() {
    let house = house().await;
    let mut editor = house.persona("directory-editor").await;
    let new = editor.get("/directory/new").await.field("id");
    let more = [
        ("id", new.as_str()),
        ("needs", "Loneliness\nSomething to do"),
        ("city", "Southbury"),
        ("postcode", "am9 2wa"),
        ("from-age", "60"),
        ("about", "Lunch at long tables."),
    ];
    let fields = typed("Lunch club", &more);
    let done = editor.post("/directory/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let again = editor.post("/directory/new", &fields).await;
    assert_eq!(again.location.as_deref(), Some(format!("/directory/{new}").as_str()), "pressed twice");
    let page = editor.follow(done).await;
    assert!(
        page.has("24 November 2026, by Bryn Maddox") && page.has("Written here by Bryn Maddox"),
        "{}",
        page.body
    );
    assert!(page.has("From 60 years") && page.has("Monday: 9am to 5pm"));
    let found =
        house.persona("key-worker").await.get("/directory?need=Something+to+do&place=Southbury").await;
    assert!(found.has("Lunch club") && found.has("Something to do</option>"));
}

#[tokio::test]
async fn what_is_wrong_is_named_and_every_word_is_kept() {
    let house = house().await;
    let mut editor = house.persona("directory-editor").await;
    let new = editor.get("/directory/new").await.field("id");
    let wrong = [
        ("id", new.as_str()),
        ("phone", "ring us"),
        ("email", "nobody"),
        ("url", "javascript:alert(1)"),
        ("postcode", "AM9"),
        ("from-age", "30"),
        ("to-age", "20"),
        ("monday", "early"),
        ("due[year]", "2035"),
        ("about", "Lunch <b>now</b>"),
    ];
    let page = editor.post("/directory/new", &typed("", &wrong)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Enter the name of the service",
        "Enter a telephone number",
        "Enter an e-mail address",
        "Enter a web address",
        "Enter a whole postcode",
        "Enter ages in whole years",
        "Enter the hours of Monday",
        "Lunch &#60;b&#62;now",
        "early",
    ] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    for year in ["2035", "2026"] {
        let fields = [("id", new.as_str()), ("due[year]", year), ("due[month]", "11"), ("due[day]", "24")];
        let page = editor.post("/directory/new", &typed("Lunch club", &fields)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has("after today and within a year"), "{year}");
    }
    let nothing = [("id", new.as_str()), ("phone", "")];
    assert!(
        editor
            .post("/directory/new", &typed("Lunch club", &nothing))
            .await
            .has("people must be able to reach it")
    );
}

#[tokio::test]
async fn what_was_written_here_survives_the_next_import() {
    let house = house().await;
    three(&house).await;
    let mut editor = house.persona("directory-editor").await;
    let done = edit(&mut editor, 1, "Lantern money help, new door", &[]).await;
    let page_here = editor.follow(done).await;
    assert!(page_here.has("changed here by Bryn Maddox"), "{}", page_here.body);
    house.later(jiff::SignedDuration::from_hours(1));
    let other = record(id(1), "Lantern debt advice", "");
    let rest = [record(id(2), "Evening line", ""), record(id(3), "Debt support group", "")];
    let import = take(&house, FEED, &page(&[&[other][..], &rest].concat())).await.unwrap();
    assert_eq!(import.outcome.unwrap().kept, 1);
    let mut editor = house.persona("directory-editor").await;
    let shown = editor.get(&service(1)).await;
    assert!(
        shown.has("Lantern money help, new door") && shown.has("The feed says something else since then")
    );
    assert!(shown.has("What the feed says") && shown.has("Lantern debt advice"), "both texts are there");
    assert!(editor.get("/directory?words=new+door").await.has("Lantern money help, new door"));
    // Following the feed again is a choice, and says that nobody here made sure.
    let version = editor.get(&format!("{}/edit", service(1))).await.field("version");
    let fields = [("version", version.as_str()), ("do", "feed")];
    let done = editor.post(&format!("{}/listing", service(1)), &fields).await;
    let follows = editor.follow(done).await;
    assert!(follows.has("Lantern debt advice") && !follows.has("new door"), "{}", follows.body);
    assert!(follows.has("May be out of date: ring first"));
}

#[tokio::test]
async fn of_two_editors_the_second_sees_both_texts() {
    let house = house().await;
    three(&house).await;
    let (mut first, mut second) =
        (house.persona("directory-editor").await, house.persona("senior-nurse").await);
    let version = first.get(&format!("{}/edit", service(1))).await.field("version");
    let to = format!("{}/edit", service(1));
    let saved = first.post(&to, &typed("Lantern by the mill", &[("version", version.as_str())])).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let fields = typed("Lantern by the sea", &[("version", version.as_str()), ("about", "My words")]);
    let conflict = second.post(&to, &fields).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    for words in ["Lantern by the mill", "Bryn Maddox", "Lantern by the sea", "My words"] {
        assert!(conflict.has(words), "{words}: {}", conflict.body);
    }
}

#[tokio::test]
async fn what_is_due_is_listed_checked_and_gone_from_the_list() {
    let house = house().await;
    three(&house).await;
    let mut editor = house.persona("directory-editor").await;
    let done = edit(&mut editor, 3, "Debt support group", &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(editor.get("/directory/due").await.has("There are none"));
    let all = editor.get("/directory/due?which=all").await;
    assert!(all.has("Evening line") && !all.has("Lantern money help"), "only what may be out of date");
    house.at("2027-05-02T09:00:00Z");
    let mut editor = house.persona("directory-editor").await;
    let due = editor.get("/directory/due").await;
    assert!(due.has("Debt support group") && !due.has("Evening line"), "{}", due.body);
    let to = format!("{}/check", service(3));
    let form = editor.get(&to).await;
    assert_eq!(form.field("due[month]"), "11", "half a year is offered");
    let version = form.field("version");
    let blank = editor.post(&to, &[("version", version.as_str())]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields =
        [("version", version.as_str()), ("due[day]", "2"), ("due[month]", "11"), ("due[year]", "2027")];
    let done = editor.post(&to, &fields).await;
    assert!(editor.follow(done).await.has("2 May 2027, by Bryn Maddox"));
    assert!(editor.get("/directory/due").await.has("There are none"));
}

#[tokio::test]
async fn a_service_is_taken_off_with_a_reason_stays_to_be_read_and_is_put_back() {
    let house = house().await;
    three(&house).await;
    let mut editor = house.persona("directory-editor").await;
    let to = format!("{}/listing", service(1));
    let empty = editor.post(&to, &[("version", "1"), ("do", "retire"), ("why", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = editor.post(&to, &[("version", "1"), ("do", "retire"), ("why", "The number is dead")]).await;
    let page = editor.follow(done).await;
    assert!(page.has("It is off the directory") && page.has("The number is dead"), "{}", page.body);
    assert!(!editor.get("/directory?words=lantern").await.has("Lantern money help"));
    assert!(editor.get("/directory/due?which=gone").await.has("Lantern money help"));
    let stale = editor.post(&to, &[("version", "1"), ("do", "back")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let done = editor.post(&to, &[("version", "2"), ("do", "back")]).await;
    assert!(editor.follow(done).await.has("on the directory again"));
    assert!(editor.get("/directory?words=lantern").await.has("Lantern money help"));
    assert_eq!(
        editor.post(&to, &[("version", "3"), ("do", "nonsense")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn every_change_by_an_editor_is_written_down_and_looking_is_not() {
    let house = house().await;
    three(&house).await;
    let before = house.database.count("audit").await;
    let mut nurse = house.persona("gp").await;
    let signed_in = house.database.count("audit").await;
    assert_eq!(nurse.get("/directory?words=debt").await.status, StatusCode::OK);
    assert_eq!(nurse.get(&service(1)).await.status, StatusCode::OK);
    assert_eq!(house.database.count("audit").await, signed_in, "a directory is about nobody ({before})");
    assert_eq!(nurse.get(&format!("{}/edit", service(1))).await.status, StatusCode::FORBIDDEN);
    let mut editor = house.persona("directory-editor").await;
    let wrote = house.database.count_audit("service", "wrote").await;
    edit(&mut editor, 1, "Lantern", &[]).await;
    assert_eq!(house.database.count_audit("service", "wrote").await, wrote + 1);
    let events = house.database.count("event").await;
    edit(&mut editor, 1, "", &[]).await;
    assert_eq!(house.database.count("event").await, events, "what is wrong writes nothing");
}
