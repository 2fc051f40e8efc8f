//! The frame around every answer: headers, error pages, what a stranger sees.

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

use axum::http::StatusCode;

#[tokio::test]
async fn an_unknown_page_is_calm_and_shows_where_help_is() {
    let house = support::house().await;
    let page = house.visitor().get("/no-such-page").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.has("111") && page.has("Ashmere"), "{}", page.body);
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert_eq!(page.headers["cache-control"], "no-store");
}

/// The page that says that the database is away is the page that needs them most.
#[tokio::test]
async fn the_crisis_numbers_stay_when_the_database_goes() {
    let house = support::house().await;
    let page = house.visitor().get("/no-such-page").await;
    assert!(page.has("Ashmere crisis line"), "{}", page.body);
    house.app.db.close().await;
    // Longer than what is known of a county is taken for new.
    tokio::time::sleep(std::time::Duration::from_millis(5_200)).await;
    let page = house.visitor().get("/no-such-page").await;
    assert!(page.has("Ashmere crisis line"), "{}", page.body);
}
