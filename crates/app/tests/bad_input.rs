//! Requests that no page of ours sends, over the whole route table: a calm page with help on it, nothing written, nothing
//! shown of another county, and never a fault of ours. The door's own cases lie in `door/bad_input.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/forms.rs"]
mod forms;
#[path = "bad_input/fuzz.rs"]
mod fuzz;
#[path = "support/guests.rs"]
mod guests;
#[path = "bad_input/headers.rs"]
mod headers;
#[path = "support/people.rs"]
mod people;
#[path = "bad_input/places.rs"]
mod places;
#[path = "support/services.rs"]
mod services;
mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use onedoor::routes::{Route, table};
use places::Places;
use support::{Browser, Page};

const FORM: &str = "application/x-www-form-urlencoded";

/// These ask nothing: whatever comes with the press of the button is the press of the button.
const BUTTONS: [&str; 19] = [
    "/enter/{entry}/danger",
    "/enter/{entry}/send",
    "/lock",
    "/sign-out",
    "/still-here",
    "/account/sign-out-everywhere",
    "/duty/{page}/acknowledge",
    "/demo/{persona}",
    "/ask/{draft}/safe-for-now",
    "/ask/{draft}/send",
    "/ask/{draft}/files/{file}/remove",
    "/track/phrase",
    "/track/again",
    "/track/finish",
    "/answer/finish",
    "/track/call-me",
    "/track/withdraw/sure",
    "/ask/{draft}/phrase",
    "/ask/{draft}/end",
];

fn posts() -> impl Iterator<Item = Route> {
    table().into_iter().filter(|row| row.method == "POST")
}

/// A failed try at a password or code is written down: that is the one thing nonsense leaves behind.
const TRIES: [&str; 5] = ["/sign-in", "/sign-in/code", "/unlock", "/account/password", "/account/factor"];

/// Bodies that no browser sends for any form of ours.
fn bodies() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let unknown: Vec<String> = fuzz::NAMES.iter().map(|name| format!("{name}=no-such-answer")).collect();
    vec![
        ("a broken escape", FORM, b"version=1&why=%zz".to_vec()),
        ("a character that cannot be kept", FORM, b"version=1&why=a%00b".to_vec()),
        ("another character set", "application/x-www-form-urlencoded; charset=utf-16", b"why=a".to_vec()),
        ("bytes that are no text", FORM, b"version=1&why=%ff%fe".to_vec()),
        ("another kind", "application/json", b"{\"version\":1}".to_vec()),
        ("no kind", "", b"version=1".to_vec()),
        ("far too much", FORM, vec![b'x'; 300_000]),
        ("too many fields", FORM, "a=1&".repeat(501).into_bytes()),
        ("nothing", FORM, Vec::new()),
        ("answers that are not offered", FORM, unknown.join("&").into_bytes()),
    ]
}

async fn send(
    browser: &mut Browser,
    path: &str,
    (kind, body): (&str, Vec<u8>),
    site: &[(&str, &str)],
) -> Page {
    let mut request = Request::post(path);
    if !kind.is_empty() {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    for (name, value) in site {
        request = request.header(*name, *value);
    }
    browser.send_with(request, Body::from(body)).await
}

const OWN_PAGE: &[(&str, &str)] = &[("sec-fetch-site", "same-origin")];

/// Refused or sent elsewhere, calmly, with help on the page.
fn assert_calm(page: &Page, what: &str) {
    assert!(
        page.status.is_client_error() || page.status.is_redirection(),
        "{}: {what}: {}",
        page.status,
        page.body
    );
    if page.status.is_client_error() {
        assert!(page.has("111") && page.has("<main"), "{what}: no help on {}", page.body);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_calmly_everywhere_and_writes_nothing() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    for row in posts().filter(|row| !BUTTONS.contains(&row.path)) {
        let path = places.path(row.path);
        let mut browser = places.browser(&house, &row).await;
        let mut stranger = house.visitor();
        let before = house.database.count("event").await;
        for (what, kind, body) in bodies() {
            let told = format!("{what} to {path}");
            let page = send(&mut browser, &path, (kind, body.clone()), OWN_PAGE).await;
            assert_calm(&page, &told);
            assert_calm(&send(&mut stranger, &path, (kind, body), OWN_PAGE).await, &told);
        }
        let written = house.database.count("event").await - before;
        assert!(written == 0 || TRIES.contains(&row.path), "{written} events by nonsense to {path}");
    }
}

#[tokio::test]
async fn another_site_can_press_no_button_here() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    let sites: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "null")],
        &[("origin", "https://elsewhere.example")],
    ];
    for row in posts() {
        let path = places.path(row.path);
        let mut browser = places.browser(&house, &row).await;
        let before = house.database.count("event").await;
        let record = path.strip_prefix("/referrals/").and_then(|rest| rest.split('/').next());
        for site in sites {
            let noted = match record {
                Some(id) => house.database.count_audit_of(id).await,
                None => 0,
            };
            let page = send(&mut browser, &path, (FORM, b"version=1&who=me".to_vec()), site).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} from {site:?}");
            assert!(page.has("That did not come from one of our pages"), "{path}: {}", page.body);
            assert_calm(&page, &path);
            if let Some(id) = record {
                let now = house.database.count_audit_of(id).await;
                assert_eq!(now, noted + 1, "{path} from {site:?} left no trace that names the record");
            }
        }
        if browser.cookies.iter().any(|(name, _)| name == "session") {
            let page = send(&mut browser, &path, (FORM, b"version=1".to_vec()), &[]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} from nowhere");
        }
        assert_eq!(house.database.count("event").await, before, "another site wrote by {path}");
    }
}

#[tokio::test]
async fn an_id_that_is_guessed_made_up_or_of_another_county_opens_nothing() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    let other = house.neighbour().await;
    let theirs = Places::of_neighbour(&other).await;
    for row in table() {
        let mut browser = places.browser(&house, &row).await;
        for (name, path, is_id) in places.wrong_paths(row.path, &theirs) {
            let before = house.database.count("event").await;
            let page = if row.method == "POST" {
                send(&mut browser, &path, (FORM, b"version=1".to_vec()), OWN_PAGE).await
            } else {
                browser.get(&path).await
            };
            assert!(!page.status.is_server_error(), "{} {path}: {}", row.method, page.status);
            if ["id", "draft", "page", "user", "org", "text", "service", "import", "persona", "token"]
                .contains(&name)
            {
                let hidden = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&page.status);
                // What is no id at all may also be "we cannot read this".
                let unread = page.status == StatusCode::UNPROCESSABLE_ENTITY && !is_id;
                let refused = hidden || unread;
                assert!(refused || is_open(row.path), "{} {path}: {}", row.method, page.status);
            }
            if page.status.is_client_error() {
                assert_calm(&page, &path);
            }
            assert!(!page.has("Neighbour"), "{path} shows a person of another county");
            assert_eq!(house.database.count("event").await, before, "{} {path} wrote", row.method);
        }
    }
}

/// Pages that answer an id nobody knows yet: a new organisation's form, an old link's own words, the drafts' own refusal.
fn is_open(path: &str) -> bool {
    path.starts_with("/organisations/") || path.starts_with("/invitation/")
}

#[tokio::test]
async fn a_try_at_somebody_elses_record_is_written_down() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    let other = house.neighbour().await;
    let theirs = Places::of_neighbour(&other).await;
    let mut nurse = house.persona("senior-nurse").await;
    for (noun, path) in [
        ("referral", theirs.path("/referrals/{id}")),
        ("referral", theirs.path("/referrals/{id}/triage")),
        ("referral", format!("/referrals/{}", uuid::Uuid::nil())),
    ] {
        let before = house.database.count_audit(noun, "hidden").await;
        assert_eq!(nurse.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(house.database.count_audit(noun, "hidden").await, before + 1, "{path} left no trace");
    }
    let before = house.database.count_audit("draft", "hidden").await;
    let page = house.visitor().get(&places.path("/ask/{draft}/check")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(house.database.count_audit("draft", "hidden").await, before + 1);
    let before = house.database.count("audit").await;
    let mut administrator = house.persona("system-administrator").await;
    let page = administrator.get(&places.path("/referrals/{id}")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(house.database.count("audit").await > before, "a refusal left no trace");
}

#[tokio::test]
async fn a_session_of_one_county_is_nobody_in_another() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    let other = house.neighbour().await;
    let mut stranger = house.visitor();
    stranger.cookies = other.persona("senior-nurse").await.cookies;
    for row in table().iter().filter(|row| matches!(row.access, onedoor::routes::Access::Staff(_))) {
        let path = places.path(row.path);
        let page = if row.method == "POST" {
            stranger.post(&path, &[("version", "1")]).await
        } else {
            stranger.get(&path).await
        };
        let to = page.location.unwrap_or_default();
        assert!(
            page.status == StatusCode::SEE_OTHER && to.starts_with("/sign-in"),
            "{path}: {} {to}",
            page.status
        );
    }
}
