//! Local procedures: kept by the service manager, found by everybody who works here.

use axum::http::StatusCode;

use crate::support::{House, house};

const LINK: &str = "https://board.ashmere.example/children";

async fn add(house: &House, title: &str, link: &str) -> crate::support::Page {
    let mut manager = house.persona("service-manager").await;
    let version = manager.get("/county/procedures/new").await.field("version");
    let typed = [
        ("version", version.as_str()),
        ("title", title),
        ("organisation", "Ashmere Children Board"),
        ("about", "A child may be harmed."),
        ("link", link),
        ("reviewed[day]", "24"),
        ("reviewed[month]", "11"),
        ("reviewed[year]", "2026"),
        ("by", "Ruth Levene"),
    ];
    manager.post("/county/procedures/new", &typed).await
}

// seed: 65
#[tokio::test]
async fn whoever_works_here_finds_the_procedures_of_each_organisation_at_the_foot_of_every_page() {
    let house = house().await;
    assert_eq!(add(&house, "Worried about a child", LINK).await.status, StatusCode::SEE_OTHER);
    for persona in ["senior-nurse", "key-worker", "voluntary-worker", "orchard-host"] {
        let mut reader = house.persona(persona).await;
        assert!(reader.get("/my-day").await.has("href=\"/procedures\""), "{persona}");
        let page = reader.get("/procedures").await;
        assert!(page.has("Ashmere Children Board") && page.has(LINK), "{persona}: {}", page.body);
        assert!(page.has("A child may be harmed.") && !page.has("Change this list"), "{persona}");
    }
    let mut manager = house.persona("service-manager").await;
    assert!(manager.get("/procedures").await.has("Change this list"));
    let mut visitor = house.visitor();
    assert_ne!(visitor.get("/procedures").await.status, StatusCode::OK, "for people who work here");
}

#[tokio::test]
async fn a_slip_keeps_what_was_typed_and_a_link_that_runs_a_script_is_none() {
    let house = house().await;
    for link in ["javascript:alert(1)", "the shared drive", ""] {
        let slip = add(&house, "Worried about a child", link).await;
        assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY, "{link}");
        assert!(slip.has("Enter a web address that begins with https://"), "{link}: {}", slip.body);
        assert!(slip.has("value=\"Worried about a child\"") && slip.has("A child may be harmed."), "{link}");
    }
}

// seed: 65
#[tokio::test]
async fn one_that_nobody_opened_for_a_year_is_said_and_one_can_be_changed_and_removed() {
    let house = house().await;
    add(&house, "Worried about a child", LINK).await;
    let mut manager = house.persona("service-manager").await;
    assert!(!manager.get("/county").await.has("for a year"));
    house.at("2027-11-26T10:00:00Z");
    let mut manager = house.persona("service-manager").await;
    assert!(manager.get("/county").await.has("Nobody has opened the local procedure"));
    assert!(manager.get("/procedures").await.has("Nobody has looked since 24 November 2026"));
    let list = manager.get("/county/procedures").await;
    assert!(list.has("Last opened") && list.has("Not opened for a year"), "{}", list.body);
    let at = list.body.matches("href=\"/county/procedures/").count() - 2;
    let one = format!("/county/procedures/{at}");
    let form = manager.get(&one).await;
    assert!(form.has(LINK), "{}", form.body);
    let version = form.field("version");
    let remove = [("version", version.as_str()), ("do", "remove")];
    assert_eq!(manager.post(&one, &remove).await.status, StatusCode::SEE_OTHER);
    assert!(!manager.get("/procedures").await.has(LINK));
    assert_eq!(
        manager.post(&one, &remove).await.status,
        StatusCode::CONFLICT,
        "it was removed by this version once"
    );
}
