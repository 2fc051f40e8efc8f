//! Filters kept under a name: one's own, a few of them, and nothing in them but what an address says.

use axum::http::StatusCode;

use super::names;
use super::people::{asks, request};
use super::support::{Browser, Page, house};
use super::young;

async fn keeps(browser: &mut Browser, query: &str, name: &str) -> Page {
    let form = browser.get(&format!("/worklist/filters/new?back={}", super::support::encode(query))).await;
    let (id, back) = (form.field("id"), form.field("back").replace("&#38;", "&"));
    browser.post("/worklist/filters/new", &[("id", &id), ("back", &back), ("name", name)]).await
}

#[tokio::test]
async fn a_filter_is_kept_opened_renamed_and_removed_by_its_owner_alone() {
    let house = house().await;
    asks(&house, young("Bea")).await;
    asks(&house, request("Ada")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let kept = keeps(&mut nurse, "view=screening&age=child", "Young people").await;
    assert_eq!(kept.location.as_deref(), Some("/worklist?view=screening&age=child&done=kept"));
    let page = nurse.follow(kept).await;
    assert!(page.has("The filter is kept") && page.has(">Young people</a>"), "{}", page.body);
    assert_eq!(names(&nurse.get("/worklist?view=screening&age=child").await), ["Bea"]);
    let list = nurse.get("/worklist/filters").await;
    let id = list.body.split("/worklist/filters/").nth(1).unwrap()[..36].to_owned();
    let renamed = nurse.post(&format!("/worklist/filters/{id}"), &[("name", "Youngsters")]).await;
    assert!(nurse.follow(renamed).await.has("Youngsters"));
    let mut other = house.persona("senior-social-worker").await;
    assert!(!other.get("/worklist").await.has("Youngsters"), "nobody else sees it");
    for (method, path) in [
        ("GET", format!("/worklist/filters/{id}")),
        ("POST", format!("/worklist/filters/{id}")),
        ("POST", format!("/worklist/filters/{id}/remove")),
    ] {
        let answer = if method == "GET" {
            other.get(&path).await
        } else {
            other.post(&path, &[("name", "Theirs")]).await
        };
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
    }
    let removed = nurse.post(&format!("/worklist/filters/{id}/remove"), &[]).await;
    assert!(nurse.follow(removed).await.has("You keep no filter yet"));
    let events = house.database.rows("SELECT kind FROM event WHERE noun = 'filter' ORDER BY id").await;
    assert_eq!(events, ["filter_saved", "filter_saved", "filter_removed"]);
}

#[tokio::test]
async fn a_name_is_needed_is_short_and_is_used_once_and_twenty_are_enough() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let long = "x".repeat(61);
    for (name, words) in [("", "Enter a name for the filter"), (long.as_str(), "60 characters or fewer")] {
        let answer = keeps(&mut nurse, "view=triage", name).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.has(words) && answer.has(name) && answer.has("Error:"), "{}", answer.body);
    }
    for number in 0..20 {
        assert_eq!(
            keeps(&mut nurse, "who=me", &format!("List {number}")).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let full = keeps(&mut nurse, "who=me", "One more").await;
    assert!(
        full.status == StatusCode::UNPROCESSABLE_ENTITY && full.has("You keep 20 filters"),
        "{}",
        full.body
    );
    let mut other = house.persona("administrator").await;
    keeps(&mut other, "who=me", "Mine").await;
    let taken = keeps(&mut other, "who=none", "MINE").await;
    assert!(taken.has("You have a filter with this name"), "{}", taken.body);
}

/// What is kept is what was read of an address, never the address: nothing else can be smuggled into a link.
#[tokio::test]
async fn what_is_kept_is_what_a_filter_can_say_and_nothing_else() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let strange = "view=triage&age=child&next=https://elsewhere.example&who=<script>&talks=../..";
    let kept = keeps(&mut nurse, strange, "Odd <b>name</b>").await;
    assert_eq!(kept.location.as_deref(), Some("/worklist?view=triage&age=child&done=kept"));
    assert_eq!(house.database.rows("SELECT query FROM saved_filter").await, ["view=triage&age=child"]);
    let page = nurse.get("/worklist").await;
    assert!(page.has("Odd &#60;b&#62;name&#60;/b&#62;") && !page.has("elsewhere"), "{}", page.body);
    let twice = nurse.get("/worklist/filters/new?back=view%3Dtriage").await;
    let id = twice.field("id");
    for _ in 0..2 {
        let fields = [("id", id.as_str()), ("back", "view=triage"), ("name", "Triage")];
        assert_eq!(nurse.post("/worklist/filters/new", &fields).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(house.database.rows("SELECT name FROM saved_filter WHERE name = 'Triage'").await.len(), 1);
    assert_eq!(house.persona("gp").await.get("/worklist/filters").await.status, StatusCode::FORBIDDEN);
}
