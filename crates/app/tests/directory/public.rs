//! “Find help near you”: anybody finds services by words, place and distance, and is slowed when they copy them all.

use axum::http::StatusCode;
use uuid::Uuid;

use super::services::{page as feed_of, record, take};
use super::support::house;

fn at(name: &str, latitude: &str, longitude: &str) -> String {
    let place = format!(
        ", \"description\": \"Help for everybody.\", \"phones\": [{{\"number\": \"01632 960 730\"}}], \
         \"service_at_locations\": [{{\"location\": {{\"latitude\": {latitude}, \"longitude\": {longitude}, \
         \"addresses\": [{{\"address_1\": \"1 Invented Row\", \"city\": \"Ashmere\", \"postal_code\": \"AM1 2AB\"}}]}}}}]"
    );
    record(Uuid::from_bytes(onedoor::web::app::random()), name, &place)
}

#[tokio::test]
async fn anybody_finds_help_without_signing_in_the_nearest_first() {
    let house = house().await;
    let feed = [at("Far help", "51.9000", "-4.6000"), at("Near help", "51.4050", "-4.6050")];
    take(&house, "Feed of Ashmere", &feed_of(&feed)).await.unwrap();
    let mut visitor = house.visitor();
    let start = visitor.get("/").await;
    assert!(start.has("href=\"/find-help\""), "{}", start.body);
    let page = visitor.get("/find-help?words=help&place=AM1").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.has("Near help") && page.has("01632 960 730") && page.has("116 123"), "{}", page.body);
    let place = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.body));
    assert!(place("Near help") < place("Far help"), "{}", page.body);
    assert!(page.has("Less than a mile away") && page.has("About 35 miles away"), "{}", page.body);
    let unknown = visitor.get("/find-help?words=help&place=Nowhere").await;
    assert!(!unknown.has("miles away"), "what nobody wrote down has no distance: {}", unknown.body);
    assert!(page.body.len() < 60_000, "small: {}", page.body.len());
    // The county writes its places down; a wrong line is named and nothing typed is lost.
    let mut manager = house.persona("service-manager").await;
    let version = manager.get("/county/districts").await.field("version");
    let wrong = [("version", version.as_str()), ("districts", "AM1, 51.1234, -2.3456\nAM2, north")];
    let slip = manager.post("/county/districts", &wrong).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("not a place with its position: AM2, north") && slip.has("51.1234"), "{}", slip.body);
    let right = [("version", version.as_str()), ("districts", "AM1, 51.1234, -2.3456")];
    let saved = manager.post("/county/districts", &right).await;
    assert!(manager.follow(saved).await.has("1 places"));
    let nothing = visitor.get("/find-help?words=trombone").await;
    assert!(nothing.has("We found nothing for all of that.") && nothing.has("href=\"/ask\""));
    assert_eq!(page.headers["cache-control"], "no-store", "a shared computer keeps nothing of it");
}

#[tokio::test]
async fn a_machine_that_copies_the_directory_is_slowed() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.get("/ask").await; // a cookie tells this browser from others
    let mut last = StatusCode::OK;
    for n in 0..241 {
        last = visitor.get(&format!("/find-help?words=w{}", n % 3)).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
