//! Signing in, locking and unlocking, over HTTP: what a member of staff and a stranger see.

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
use jiff::SignedDuration;
use onedoor::account::factor::Factor;
use onedoor::account::password;
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::value::Text;
use support::{Browser, House, house};

const PASSWORD: &str = "seven brown herons";

/// Gives a persona a real password and second factor.
async fn credentials(house: &House, key: &str) -> Factor {
    let factor = Factor::new().unwrap();
    let ctx = house.app.system(house.demo.tenant, SystemScope::SignIn);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let user = tx.user(house.demo.users[key], Action::OwnSession).await.unwrap();
    let sealed = factor.sealed(&house.app.secret, user.id).unwrap();
    let hash = password::hashed(&house.app, PASSWORD.to_owned()).await.unwrap();
    tx.commit(user.set_credentials(&ctx, hash, sealed).unwrap()).await.unwrap();
    factor
}

fn email(key: &str) -> String {
    format!("{key}@ashmere.example")
}

/// E-mail and password, up to the question for the code.
async fn half_way(house: &House, key: &str) -> Browser {
    let mut browser = house.visitor();
    let page =
        browser.post("/sign-in", &[("email", &email(key)), ("password", PASSWORD), ("next", "")]).await;
    assert_eq!(page.location.as_deref(), Some("/sign-in/code?next=/my-day"), "{}", page.body);
    browser
}

async fn signed_in(house: &House, key: &str, factor: &Factor) -> Browser {
    let mut browser = half_way(house, key).await;
    let code = factor.code_at(house.app.clock.now());
    let page = browser.post("/sign-in/code", &[("code", &code), ("next", "")]).await;
    assert_eq!(page.location.as_deref(), Some("/my-day"), "{}", page.body);
    browser
}

/// A page without what differs from one request to the next.
fn without(page: &support::Page, typed: &str) -> String {
    page.body.replace(typed, "")
}

#[tokio::test]
async fn a_password_alone_opens_nothing_and_a_code_opens_once() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let mut browser = half_way(&house, "senior-nurse").await;
    let turned = browser.get("/parked").await;
    assert_eq!(turned.location.as_deref(), Some("/sign-in/code?next=/parked"));
    let code = factor.code_at(house.app.clock.now());
    let first = browser.cookies.clone();
    let page = browser.post("/sign-in/code", &[("code", &code), ("next", "/parked")]).await;
    assert_eq!(page.location.as_deref(), Some("/parked"));
    assert_eq!(browser.get("/parked").await.status, StatusCode::OK);
    // The token of before the second factor opens nothing (session fixation).
    let mut old = house.visitor();
    old.cookies = first;
    assert!(old.get("/parked").await.location.unwrap().starts_with("/sign-in?"));
    // The same code again, from another browser, is refused.
    let mut second = half_way(&house, "senior-nurse").await;
    let page = second.post("/sign-in/code", &[("code", &code), ("next", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("used before"), "{}", page.body);
    assert!(second.get("/parked").await.location.unwrap().starts_with("/sign-in/code"));
}

#[tokio::test]
async fn a_cookie_is_kept_from_scripts_and_other_sites_and_is_new_at_each_step() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let mut browser = house.visitor();
    browser.cookies.push(("session".into(), "chosen-by-somebody-else".into()));
    let page = browser
        .post("/sign-in", &[("email", &email("senior-nurse")), ("password", PASSWORD), ("next", "")])
        .await;
    let cookie = page.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/")
    );
    assert!(!cookie.contains("chosen-by") && !cookie.contains("Max-Age") && !cookie.contains("Expires"));
    let first = browser.cookies.clone();
    let code = factor.code_at(house.app.clock.now());
    browser.post("/sign-in/code", &[("code", &code)]).await;
    assert_ne!(first, browser.cookies);
    assert_eq!(browser.cookies[0].1.len(), 64);
    // Over an encrypted address the browser is told to send it nowhere else.
    let mut browser = house.visitor();
    (_, browser.router) =
        house.with_settings(|settings| settings.public_url = "https://ashmere.example".into());
    let page = browser.post("/demo/senior-nurse", &[]).await;
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("; Secure"), "{cookie}");
}

#[tokio::test]
async fn nobody_learns_whether_an_account_exists() {
    let house = house().await;
    credentials(&house, "senior-nurse").await;
    let known = email("senior-nurse");
    for (name, password) in [(known.as_str(), "not the password"), ("nobody@ashmere.example", PASSWORD)] {
        let mut first = house.visitor();
        let reference = first
            .post("/sign-in", &[("email", "somebody@ashmere.example"), ("password", "x"), ("next", "")])
            .await;
        let mut browser = house.visitor();
        let page = browser.post("/sign-in", &[("email", name), ("password", password), ("next", "")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(without(&page, name), without(&reference, "somebody@ashmere.example"));
        assert!(!page.headers.contains_key("set-cookie"));
        assert_eq!(page.field("email"), name, "what was typed is kept");
        assert!(!page.has(password), "the password is not");
    }
}

#[tokio::test]
async fn the_sixth_try_waits_for_known_and_unknown_accounts_alike() {
    let house = house().await;
    credentials(&house, "senior-nurse").await;
    let mut answers = Vec::new();
    for name in [email("senior-nurse"), "nobody@ashmere.example".to_owned()] {
        for _ in 0..5 {
            let page = house.visitor().post("/sign-in", &[("email", &name), ("password", "wrong")]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        // Even the right password waits now, and is told the same.
        let page = house.visitor().post("/sign-in", &[("email", &name), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(page.has("15 minutes"), "{}", page.body);
        answers.push(without(&page, &name));
    }
    assert_eq!(answers[0], answers[1]);
    house.later(SignedDuration::from_mins(15));
    half_way(&house, "senior-nurse").await;
}

#[tokio::test]
async fn one_address_cannot_try_many_names() {
    let house = house().await;
    for n in 0..30 {
        let name = format!("name{n}@ashmere.example");
        let page = house.visitor().post("/sign-in", &[("email", &name), ("password", "wrong")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page =
        house.visitor().post("/sign-in", &[("email", "one.more@ashmere.example"), ("password", "w")]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

/// Thirty people of one organisation sign in within a quarter of an hour, and the next.
#[tokio::test]
async fn who_types_what_is_right_uses_up_nobody_elses_tries_at_the_same_address() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let wrong = [("email", "nobody@ashmere.example"), ("password", "wrong")];
    for _ in 0..16 {
        signed_in(&house, "senior-nurse", &factor).await;
        house.later(SignedDuration::from_secs(30));
    }
    // In one window of a quarter of an hour, whenever the test began.
    house.later(SignedDuration::from_mins(15));
    for n in 0..29 {
        let name = format!("name{n}@ashmere.example");
        house.visitor().post("/sign-in", &[("email", &name), ("password", "wrong")]).await;
        if n % 6 == 0 {
            half_way(&house, "senior-nurse").await;
        }
    }
    assert_eq!(house.visitor().post("/sign-in", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.visitor().post("/sign-in", &wrong).await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// One wrong try for a name of its own, from a connection's address and what it says of itself.
async fn wrong_from(
    house: &House,
    router: &axum::Router,
    name: usize,
    peer: &str,
    forwarded: &str,
) -> StatusCode {
    let mut browser = house.visitor();
    browser.router = router.clone();
    let peer: std::net::SocketAddr = peer.parse().unwrap();
    let request = axum::http::Request::post("/sign-in")
        .extension(axum::extract::ConnectInfo(peer))
        .header("x-forwarded-for", forwarded)
        .header("content-type", "application/x-www-form-urlencoded");
    let body = format!("email=name{name}%40ashmere.example&password=wrong");
    browser.send_with(request, axum::body::Body::from(body)).await.status
}

#[tokio::test]
async fn nobody_escapes_the_limit_by_claiming_another_address() {
    let house = house().await;
    let (_, router) =
        house.with_settings(|settings| settings.trusted_proxy = vec!["10.0.0.1".parse().unwrap()]);
    for n in 0..30 {
        let claimed = format!("198.51.100.{n}");
        let status = wrong_from(&house, &router, n, "203.0.113.5:999", &claimed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let waits = StatusCode::TOO_MANY_REQUESTS;
    assert_eq!(wrong_from(&house, &router, 30, "203.0.113.5:999", "198.51.100.99").await, waits);
    // The proxy's own word counts: the last address it did not make up is the client's.
    let claims = "198.51.100.7, 203.0.113.5, 10.0.0.1";
    assert_eq!(wrong_from(&house, &router, 31, "10.0.0.1:80", claims).await, waits);
    let other = wrong_from(&house, &router, 32, "10.0.0.1:80", "203.0.113.6").await;
    assert_eq!(other, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let mut browser = half_way(&house, "senior-nurse").await;
    for _ in 0..5 {
        let page = browser.post("/sign-in/code", &[("code", "000000")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = factor.code_at(house.app.clock.now());
    let page = browser.post("/sign-in/code", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_form_with_nothing_in_it_says_what_is_missing() {
    let house = house().await;
    let page = house.visitor().post("/sign-in", &[("email", " "), ("password", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Enter your work e-mail address") && page.has("Enter your password"));
    assert!(page.has("<title>Error:"));
    assert!(page.has("autocomplete=\"username\"") && page.has("autocomplete=\"current-password\""));
}

#[tokio::test]
async fn signing_in_never_leads_to_somebody_else_s_site() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"] {
        let mut browser = house.visitor();
        let fields = [("email", email("senior-nurse")), ("password", PASSWORD.into()), ("next", next.into())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = browser.post("/sign-in", &fields).await;
        assert_eq!(page.location.as_deref(), Some("/sign-in/code?next=/my-day"), "{next}");
        house.later(SignedDuration::from_secs(30));
        let code = factor.code_at(house.app.clock.now());
        let page = browser.post("/sign-in/code", &[("code", &code), ("next", next)]).await;
        assert_eq!(page.location.as_deref(), Some("/my-day"), "{next}");
    }
}

#[tokio::test]
async fn a_screen_locks_after_fifteen_minutes_and_the_password_opens_it() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let mut browser = signed_in(&house, "senior-nurse", &factor).await;
    house.later(SignedDuration::from_mins(14));
    assert_eq!(browser.get("/parked").await.status, StatusCode::OK);
    house.later(SignedDuration::from_mins(15));
    let page = browser.get("/parked?a=1").await;
    assert_eq!(page.location.as_deref(), Some("/unlock?next=/parked%3Fa%3D1"));
    let page = browser.follow(page).await;
    assert!(page.has("Nadia Okonjo") && page.has("This screen is locked"));
    assert_eq!(page.field("next"), "/parked?a=1");
    let wrong = browser.post("/unlock", &[("password", "wrong"), ("next", "/parked")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.get("/parked").await.location.unwrap().starts_with("/unlock"));
    let page = browser.post("/unlock", &[("password", PASSWORD), ("next", "/parked")]).await;
    assert_eq!(page.location.as_deref(), Some("/parked"));
    assert_eq!(browser.get("/parked").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_password_that_opens_a_screen_again_ends_the_cookie_of_before() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let mut browser = signed_in(&house, "senior-nurse", &factor).await;
    let mut copied = browser.clone();
    house.later(SignedDuration::from_mins(16));
    let page = browser.post("/unlock", &[("password", PASSWORD), ("next", "/account")]).await;
    assert_eq!(page.location.as_deref(), Some("/account"), "{}", page.body);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert!(copied.get("/account").await.location.unwrap().starts_with("/sign-in?"), "the copy is out");
}

#[tokio::test]
async fn asking_for_a_count_by_itself_keeps_no_screen_open() {
    let house = house().await;
    let mut browser = house.persona("senior-nurse").await;
    for _ in 0..2 {
        house.later(SignedDuration::from_mins(8));
        let poll = axum::http::Request::get("/parked").header("x-poll", "1");
        browser.send_with(poll, axum::body::Body::empty()).await;
    }
    assert!(browser.get("/parked").await.location.unwrap().starts_with("/unlock"));
}

#[tokio::test]
async fn saying_still_here_keeps_it_open_and_a_locked_one_is_not_opened_by_it() {
    let house = house().await;
    let mut browser = house.persona("senior-nurse").await;
    for _ in 0..3 {
        house.later(SignedDuration::from_mins(14));
        assert_eq!(browser.post("/still-here", &[]).await.status, StatusCode::OK);
    }
    house.later(SignedDuration::from_mins(15));
    let page = browser.post("/still-here", &[]).await;
    assert_eq!(page.location.as_deref(), Some("/unlock?next=/my-day"));
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_happens() {
    let house = house().await;
    let mut browser = house.persona("senior-nurse").await;
    for _ in 0..71 {
        house.later(SignedDuration::from_mins(10));
        assert_eq!(browser.post("/still-here", &[]).await.status, StatusCode::OK);
    }
    house.later(SignedDuration::from_mins(10));
    assert_eq!(browser.get("/parked").await.location.as_deref(), Some("/sign-in?next=/parked"));
}

#[tokio::test]
async fn somebody_can_lock_at_once_and_sign_out_from_a_locked_screen() {
    let house = house().await;
    let mut browser = house.persona("senior-nurse").await;
    assert_eq!(browser.post("/lock", &[]).await.location.as_deref(), Some("/unlock"));
    assert!(browser.get("/parked").await.location.unwrap().starts_with("/unlock"));
    let cookies = browser.cookies.clone();
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!(page.location.as_deref(), Some("/sign-in?done=out"));
    assert!(browser.cookies.is_empty());
    assert!(browser.follow(page).await.has("You have signed out"));
    // The old cookie opens nothing.
    browser.cookies = cookies;
    assert!(browser.get("/parked").await.location.unwrap().starts_with("/sign-in?"));
}

#[tokio::test]
async fn a_late_unlock_does_not_bring_an_ended_session_back() {
    let house = house().await;
    let mut browser = house.persona("senior-nurse").await;
    let stored = onedoor::web::gate::hash(browser.cookies[0].1.as_bytes());
    let read: onedoor_store::Identified =
        house.app.db.identify(house.demo.tenant, stored).await.unwrap().unwrap();
    let mut elsewhere = house.persona("senior-nurse").await;
    elsewhere.post("/account/sign-out-everywhere", &[]).await;
    let ctx = house.app.system(house.demo.tenant, SystemScope::SignIn);
    let changes = read.session.unlock(&ctx, house.app.limits(), [9; 32]).unwrap();
    let late = house.app.db.begin(&ctx).await.unwrap().commit(changes).await;
    assert!(matches!(late, Err(onedoor_store::StoreError::Stale)), "{late:?}");
    assert!(browser.get("/account").await.location.unwrap().starts_with("/sign-in?"));
}

#[tokio::test]
async fn ended_access_is_refused_at_the_very_next_request() {
    let house = house().await;
    let factor = credentials(&house, "senior-nurse").await;
    let mut browser = signed_in(&house, "senior-nurse", &factor).await;
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let user = tx.user(house.demo.users["senior-nurse"], Action::StaffWrite).await.unwrap();
    let why: Text = "Left the service".parse().unwrap();
    tx.commit(user.end_access(&ctx, why)).await.unwrap();
    assert!(browser.get("/parked").await.location.unwrap().starts_with("/sign-in?"));
    let page = house
        .visitor()
        .post("/sign-in", &[("email", &email("senior-nurse")), ("password", PASSWORD), ("next", "")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_picker_signs_in_with_one_press_in_a_demonstration_only() {
    let house = house().await;
    let mut browser = house.visitor();
    let page = browser.get("/demo").await;
    for persona in &onedoor::demo::PERSONAS {
        assert!(page.has(persona.name) && page.has(&format!("action=\"/demo/{}\"", persona.key)));
    }
    assert!(browser.get("/sign-in").await.has("href=\"/demo\""));
    assert_eq!(browser.post("/demo/key-worker", &[]).await.location.as_deref(), Some("/my-day"));
    assert_eq!(browser.get("/parked").await.status, StatusCode::OK);
    assert_eq!(browser.post("/demo/nobody", &[]).await.status, StatusCode::NOT_FOUND);
    let mut browser = house.visitor();
    (_, browser.router) = house.with_settings(|settings| settings.demo = false);
    assert_eq!(browser.get("/demo").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("/demo/key-worker", &[]).await.status, StatusCode::NOT_FOUND);
    assert!(browser.cookies.is_empty());
    assert!(!browser.get("/sign-in").await.has("/demo"));
}
