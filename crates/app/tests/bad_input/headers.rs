//! What every answer carries, over the whole route table, as people meet it: behind a proxy that encrypts.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use onedoor::routes::table;

use crate::places::Places;
use crate::support::{self, Browser, House, Page};
use crate::{FORM, OWN_PAGE, send};

/// What each answer says, and what must stand in it.
const CARRIED: [(&str, &[&str]); 8] = [
    ("strict-transport-security", &["max-age=31536000", "includeSubDomains"]),
    ("content-security-policy", &["default-src 'none'"]),
    ("x-content-type-options", &["nosniff"]),
    ("x-frame-options", &["DENY"]),
    ("referrer-policy", &[""]),
    ("cross-origin-opener-policy", &["same-origin"]),
    ("cross-origin-resource-policy", &["same-origin"]),
    ("permissions-policy", &["camera=()", "geolocation=()", "microphone=()"]),
];
const PAGE_POLICY: [&str; 5] = [
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
];
/// What tells a stranger what is installed, or lets another site read.
const NEVER: [&str; 4] =
    ["server", "x-powered-by", "access-control-allow-origin", "access-control-allow-credentials"];

/// The same browser where the address is encrypted: its cookies have the names of there.
fn encrypted(house: &House, mut browser: Browser) -> Browser {
    (_, browser.router) =
        house.with_settings(|settings| settings.public_url = "https://ashmere.example".into());
    browser.cookies =
        browser.cookies.into_iter().map(|(name, value)| (format!("__Host-{name}"), value)).collect();
    browser
}

fn said<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

fn assert_headers(page: &Page, what: &str) {
    for (name, parts) in CARRIED {
        assert!(page.headers.contains_key(name), "{what}: no {name}");
        assert!(
            parts.iter().all(|part| said(page, name).contains(part)),
            "{what}: {name}: {}",
            said(page, name)
        );
    }
    let policy = said(page, "content-security-policy");
    let file = policy == "default-src 'none'; sandbox";
    assert!(file || PAGE_POLICY.iter().all(|part| policy.contains(part)), "{what}: {policy}");
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    for name in NEVER {
        assert!(!page.headers.contains_key(name), "{what}: {name}");
    }
    let kept = said(page, "cache-control");
    let asset = what.contains("/assets/") && page.status == StatusCode::OK;
    assert_eq!(kept, if asset { "public, max-age=31536000, immutable" } else { "no-store" }, "{what}");
    let kind = said(page, "content-type");
    assert!(page.body.is_empty() || !kind.is_empty(), "{what}: a body of no kind");
    assert!(!kind.starts_with("text/") || kind.ends_with("; charset=utf-8"), "{what}: {kind}");
    for cookie in page.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        let parts: Vec<&str> = cookie.split("; ").collect();
        assert!(cookie.starts_with("__Host-") && parts[0].len() < 4096, "{what}: {cookie}");
        for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(parts.contains(&part), "{what}: {cookie}");
        }
        assert!(!cookie.contains("Domain") && !cookie.contains("Expires"), "{what}: {cookie}");
    }
}

#[tokio::test]
async fn every_answer_of_every_route_carries_the_headers_that_keep_it_private() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    let mut kept = 0;
    for row in table() {
        let path = places.path(row.path);
        let known = places.browser(&house, &row).await;
        for (who, browser) in [("whoever may", known), ("a stranger", house.visitor())] {
            let mut browser = encrypted(&house, browser);
            let page = if row.method == "POST" {
                send(&mut browser, &path, (FORM, b"version=1".to_vec()), OWN_PAGE).await
            } else {
                browser.get(&path).await
            };
            let what = format!("{} {path} for {who}: {}", row.method, page.status);
            assert!(!page.status.is_server_error(), "{what}");
            assert_headers(&page, &what);
            kept += usize::from(page.headers.contains_key("set-cookie"));
        }
    }
    assert!(kept > 5, "hardly any row of the table set a cookie");
    let mut chosen = encrypted(&house, house.visitor());
    assert_headers(&chosen.get("/language?lang=en-GB-x-easy&to=/help").await, "the choice of words");
    assert!(chosen.get("/help").await.has("Standard text"), "the choice is found again under its name");
}

#[tokio::test]
async fn a_method_that_no_route_has_does_nothing_and_gives_nothing_back() {
    let house = support::house().await;
    let places = Places::of(&house).await;
    let mut browser = encrypted(&house, house.persona("senior-nurse").await);
    let before = house.database.count("event").await;
    for method in ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"] {
        for row in ["/", "/referrals/{id}", "/referrals/{id}/accept", "/assets/{name}"] {
            let path = places.path(row);
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let request =
                Request::builder().method(&method).uri(&path).header("sec-fetch-site", "same-origin");
            let request = request.header("x-said", "an echo of this");
            let page = browser.send_with(request, Body::from("an echo of this")).await;
            let what = format!("{method} {path}: {}", page.status);
            assert!(page.status.is_client_error() && !page.has("an echo of this"), "{what}");
            assert_headers(&page, &what);
        }
    }
    assert_eq!(house.database.count("event").await, before);
}
