//! "I am on a shared computer".

use axum::http::StatusCode;

use super::{half_way, phrase_of};
use crate::steps::Asking;
use crate::support;

#[tokio::test]
async fn ending_without_a_way_back_removes_the_form_at_once_and_says_so_first() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let page = asking.get("end").await;
    assert!(page.has("we remove what you typed at once") && page.has("Remove what I typed and end here"));
    assert!(page.has("Choose a way to come back"));
    let before = asking.browser.clone();
    let ended = asking.post("end", &[]).await;
    assert_eq!(ended.location.as_deref(), Some("/return/ended?how=removed"));
    let said = asking.browser.follow(ended).await;
    assert!(said.has("What you typed has been removed") && said.has("01632 960 555"), "{}", said.body);
    assert!(asking.browser.cookies.is_empty(), "the cookie is gone");
    assert_eq!(house.database.count("draft").await, 0);
    let mut kept_cookie = Asking { browser: before, draft: asking.draft.clone() };
    for page in ["name", "save", "check", "end"] {
        assert_eq!(asking.get(page).await.status, StatusCode::NOT_FOUND, "back to {page}");
        assert_eq!(kept_cookie.get(page).await.status, StatusCode::NOT_FOUND, "{page} with the cookie");
    }
}

#[tokio::test]
async fn ending_with_a_phrase_keeps_the_form_for_its_owner_and_for_nobody_who_kept_the_cookie() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let phrase = phrase_of(&mut asking).await;
    let page = asking.get("end").await;
    assert!(
        page.has("stays saved") && page.has("With your return phrase") && !page.has("remove what you typed")
    );
    let mut kept_cookie = Asking { browser: asking.browser.clone(), draft: asking.draft.clone() };
    let ended = asking.post("end", &[]).await;
    assert_eq!(ended.location.as_deref(), Some("/return/ended?how=kept"));
    assert!(asking.browser.follow(ended).await.has("still saved"));
    assert_eq!(kept_cookie.get("name").await.status, StatusCode::NOT_FOUND, "the cookie opens nothing");
    let mut home = house.visitor();
    let came = home.post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(home.follow(came).await.status, StatusCode::OK);
    assert_eq!(home.get(&asking.path("name")).await.field("called"), "Robin");
}

#[tokio::test]
async fn ending_after_sending_forgets_the_confirmation_here_and_never_the_request() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let sent = asking.send().await;
    assert!(sent.has(&asking.path("end")));
    assert!(asking.get("end").await.has("We have your request, and it stays with us"));
    let ended = asking.post("end", &[]).await;
    assert_eq!(ended.location.as_deref(), Some("/return/ended?how=sent"));
    assert_eq!(asking.get("sent").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.database.count("referral").await, 1);
}
