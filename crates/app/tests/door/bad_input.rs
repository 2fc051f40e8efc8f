//! Requests that no page of ours sends: a clear page, nothing written, never a fault.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::steps::Asking;
use crate::support;

#[tokio::test]
async fn what_cannot_be_read_gets_a_calm_page() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    let why = asking.path("why-now");
    let many = "a=1&".repeat(501);
    let bodies: [(&[u8], StatusCode); 5] = [
        (b"why-now=%00", StatusCode::UNPROCESSABLE_ENTITY),
        (b"why-now=%ff%fe", StatusCode::UNPROCESSABLE_ENTITY),
        (b"why-now=%zz", StatusCode::UNPROCESSABLE_ENTITY),
        (many.as_bytes(), StatusCode::UNPROCESSABLE_ENTITY),
        (b"\xff\x00\xfe", StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (body, status) in bodies {
        let page = asking.browser.post_raw(&why, body.to_vec()).await;
        assert_eq!(page.status, status, "{body:?}");
        assert!(page.has("111"), "{body:?}: {}", page.body);
    }
    let large = format!("why-now={}", "x".repeat(300_000)).into_bytes();
    let page = asking.browser.post_raw(&why, large).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.has("we cannot show it here") && !page.has("still in the form"), "{}", page.body);
    for kind in ["application/x-www-form-urlencoded; charset=iso-8859-1", "application/json", "text/plain"] {
        let request =
            Request::post(&why).header(header::CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
        let page = asking.browser.send_with(request, Body::from("why-now=hello")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
    }
    assert!(asking.get("check").await.has("Not answered yet"));
}

#[tokio::test]
async fn a_pasted_text_of_any_size_we_can_read_is_given_back_with_by_how_much_it_is_too_long() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    for length in [10_001, 65_536, 65_537, 150_000] {
        let pasted = format!("It began in March. {}the end.", "I have not slept. ".repeat(length / 18));
        let over = (pasted.chars().count() - 10_000).to_string();
        let page = asking.post("why-now", &[("why-now", &pasted)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{length}");
        assert!(page.has(&pasted), "{length}: every word is on the page");
        assert!(page.has(&format!("shorten it by {over}.")) && page.has("href=\"#why-now\""), "{length}");
    }
    // A line too, and where other answers stand on the same page.
    let name = "Robin ".repeat(12_000);
    let page = asking.post("name", &[("called", &name)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("shorten it by 71799") && page.has(name.trim()), "what is too long is there");
    let times = [
        ("contact", "call"),
        ("call-phone", "07700 900123"),
        ("safe-times", name.as_str()),
        ("code-name", "Sam"),
    ];
    let page = asking.post("contact", &times).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.has("07700 900123") && page.has("value=\"Sam\"") && page.has(name.trim()),
        "nothing is lost"
    );
}

#[tokio::test]
async fn another_site_cannot_send_for_somebody() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    for page in ["send", "call-me", "why-now", "safe-for-now"] {
        let request = Request::post(asking.path(page))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "https://elsewhere.example")
            .header("sec-fetch-site", "cross-site");
        let body = "called=Robin&phone=07700900123&why-now=forged";
        let answer = asking.browser.send_with(request, Body::from(body)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        assert!(answer.has("111"), "a calm page: {}", answer.body);
    }
    assert_eq!(house.database.count("referral").await, 0);
}

#[tokio::test]
async fn pages_that_do_not_exist_are_not_found_and_never_a_fault() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    for page in ["no-such-question", "%00", "safety/more", "", "..%2f..", "%ff"] {
        let shown = asking.get(page).await;
        assert!(shown.status.is_client_error(), "{page:?}: {}", shown.status);
        let shown = asking.post(page, &[("why-now", "x")]).await;
        assert!(shown.status.is_client_error(), "{page:?}: {}", shown.status);
    }
    for draft in ["x", "00000000-0000-0000-0000-000000000000", "'%20OR%201=1--", "0"] {
        let page = asking.browser.get(&format!("/ask/{draft}/safety")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{draft}");
    }
    let begun = asking.browser.post("/ask", &[("draft", "made up"), ("who", "me")]).await;
    assert_eq!(begun.location.as_deref(), Some("/ask"), "whoever lost the id begins again");
    assert_eq!(asking.post("check", &[]).await.status, StatusCode::NOT_FOUND, "no such method");
}

#[tokio::test]
async fn a_flood_is_slowed_and_nobody_in_danger_ever_is() {
    let house = support::house().await;
    let mut calm = Asking::ready(&house, &[]).await;
    let mut danger = Asking::in_browser(calm.browser.clone()).await;
    let mut ring = Asking::in_browser(calm.browser.clone()).await;
    for (page, fields) in crate::steps::LEAST {
        danger.answers(page, fields).await;
    }
    danger.answers("safety", &[("danger", "ending-life")]).await;
    for _ in 0..60 {
        calm.browser.post("/ask", &[("draft", "none"), ("who", "me")]).await;
    }
    let slowed = calm.post("send", &[]).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.has("111") && slowed.has("10 minutes"), "{}", slowed.body);
    assert_eq!(danger.answers("send", &[]).await, "sent");
    let fields = [("called", "Robin"), ("phone", "07700 900123")];
    assert_eq!(ring.answers("call-me", &fields).await, "sent");
    house.later(jiff::SignedDuration::from_mins(10));
    assert_eq!(calm.answers("send", &[]).await, "sent", "nothing was lost meanwhile");
}
