//! Opening one's own request with its reference and a code: only to an address that the person called safe, and with nothing
//! to learn for anybody else. Replaying, guessing, flooding.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::work;
use onedoor_domain::value::Reference;

use super::{Follower, phrase_on};
use crate::steps::{Asking, reference};
use crate::support::{self, Browser, House, Page};

const EMAIL: &str = "robin@post.example";
const MOBILE: &str = "07700 900123";
const WRONG: &str = "That code is not right, or it does not work any more";

/// Somebody who asked for help, and can be written to in this way.
async fn asked(house: &House, contact: &[(&str, &str)]) -> (Asking, String) {
    let mut asking = Asking::ready(house, &[]).await;
    asking.answers("contact", contact).await;
    let sent = asking.send().await;
    let reference = reference(&sent);
    (asking, reference)
}

fn by_email() -> Vec<(&'static str, &'static str)> {
    vec![("contact", "email"), ("email", EMAIL), ("say-nhs", "no"), ("code-name", "Sam from work")]
}

fn by_text() -> Vec<(&'static str, &'static str)> {
    vec![("contact", "text"), ("text-phone", MOBILE), ("say-nhs", "no")]
}

/// Asks for a code in a browser and gives its id.
async fn ask(browser: &mut Browser, reference: &str, to: &str) -> String {
    let asked = browser.post("/track/code", &[("reference", reference), ("to", to)]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    asked.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

async fn type_code(browser: &mut Browser, code: &str, digits: &str) -> Page {
    browser.post(&format!("/track/code/{code}"), &[("code", digits)]).await
}

/// What the worker wrote for this code, if it wrote anything.
async fn message(house: &House, code: &str, ending: &str) -> Option<String> {
    work::run_due(&house.app).await;
    std::fs::read_to_string(house.app.settings.spool_dir.join(format!("{code}.{ending}"))).ok()
}

async fn digits(house: &House, code: &str, ending: &str) -> String {
    let message = message(house, code, ending).await.expect("a code was sent");
    let start = message.find("Your code is ").unwrap() + "Your code is ".len();
    message[start..start + 7].to_owned()
}

async fn delivery(house: &House) -> Vec<String> {
    house.database.rows("SELECT delivery->>'state' FROM code ORDER BY made_at, id").await
}

#[tokio::test]
async fn somebody_without_a_phrase_opens_their_request_with_a_code_that_says_nothing() {
    let house = support::house().await;
    let (_, reference) = asked(&house, &by_email()).await;
    let mut other = house.visitor();
    let start = other.get("/track").await;
    assert!(start.has("href=\"/track/code\"") && start.has("116 123"), "{}", start.body);
    let code = ask(&mut other, &reference, "Robin@Post.Example").await;
    let page = other.get(&format!("/track/code/{code}")).await;
    assert!(page.has("If both are right") && page.has("116 123"), "{}", page.body);
    let sent = message(&house, &code, "eml").await.unwrap();
    assert!(sent.contains("Subject: A code for you") && !sent.contains(&reference), "{sent}");
    let body = sent.split_once("\r\n\r\n").unwrap().1.trim();
    let digits = digits(&house, &code, "eml").await;
    assert_eq!(body, format!("Your code is {digits}. It works for 15 minutes."), "and nothing else");
    let came = type_code(&mut other, &code, &digits).await;
    assert_eq!(came.location.as_deref(), Some("/track/where"), "{}", came.body);
    let place = other.get("/track/where").await;
    assert!(place.has("It waits to be read") && !place.has(EMAIL), "{}", place.body);
    // From here they can keep a phrase, and need no code the next time.
    let phrase = phrase_on(&other.post("/track/phrase", &[]).await);
    let fields = [("reference", reference.as_str()), ("phrase", phrase.as_str())];
    assert_eq!(house.visitor().post("/track", &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_code_comes_by_text_to_a_number_that_may_be_written_to() {
    let house = support::house().await;
    let (_, reference) = asked(&house, &by_text()).await;
    let mut other = house.visitor();
    let code = ask(&mut other, &reference, "+44 7700 900 123").await;
    let digits = digits(&house, &code, "txt").await;
    assert_eq!(type_code(&mut other, &code, &digits).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_code_goes_nowhere_but_where_the_person_said_it_is_safe() {
    let house = support::house().await;
    let call = [("contact", "call"), ("call-phone", MOBILE), ("voicemail", "yes")];
    let (_, to_ring) = asked(&house, &call).await;
    let (_, to_write) = asked(&house, &by_email()).await;
    let mut browser = house.visitor();
    // A number to be rung on, another address, and a number of a request that can only be written to.
    for (reference, to) in [(&to_ring, MOBILE), (&to_write, "partner@post.example"), (&to_write, MOBILE)] {
        let code = ask(&mut browser, reference, to).await;
        assert_eq!(message(&house, &code, "txt").await.or(message(&house, &code, "eml").await), None);
    }
    assert_eq!(delivery(&house).await, ["nobody"; 3]);
}

#[tokio::test]
async fn an_address_that_is_not_safe_any_more_opens_nothing_even_with_its_code() {
    let house = support::house().await;
    let (mut asking, reference) = asked(&house, &by_email()).await;
    let phrase = phrase_on(&asking.post("follow", &[]).await);
    let mut thief = house.visitor();
    let code = ask(&mut thief, &reference, EMAIL).await;
    let stolen = digits(&house, &code, "eml").await;
    let mut owner = house.visitor();
    owner.post("/track", &[("reference", &reference), ("phrase", &phrase)]).await;
    let changed = owner.changes("/track/change/contact", &by_text()).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let late = type_code(&mut thief, &code, &stolen).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.has(WRONG), "{}", late.body);
    assert_eq!(thief.get("/track/where").await.location.as_deref(), Some("/track?over=1"));
    let new = ask(&mut house.visitor(), &reference, MOBILE).await;
    assert!(message(&house, &new, "txt").await.is_some(), "the new way is theirs at once");
}

#[tokio::test]
async fn nobody_finds_out_whether_a_reference_is_known_or_whose_an_address_is() {
    let house = support::house().await;
    let (_, router) = house.with_settings(|settings| settings.demo = false);
    let (_, known) = asked(&house, &by_email()).await;
    let made_up = Reference::from_bytes([9; 8]).to_string();
    let mut told = Vec::new();
    for (reference, to) in [
        (known.as_str(), EMAIL),
        (known.as_str(), "nobody@post.example"),
        (made_up.as_str(), EMAIL),
        (made_up.as_str(), "nobody@post.example"),
    ] {
        let mut browser = Browser { router: router.clone(), cookies: Vec::new() };
        let rows = ["code", "job", "event", "audit"];
        let mut before = Vec::new();
        for table in rows {
            before.push(house.database.count(table).await);
        }
        let code = ask(&mut browser, reference, to).await;
        let mut wrote = Vec::new();
        for (table, before) in rows.into_iter().zip(before) {
            wrote.push(house.database.count(table).await - before);
        }
        let page = browser.get(&format!("/track/code/{code}")).await;
        let wrong = type_code(&mut browser, &code, "000 000").await;
        let shown = [page, wrong].map(|page| (page.status, page.body.replace(&code, "CODE")));
        told.push((shown, wrote));
        house.later(SignedDuration::from_hours(1));
    }
    for other in &told[1..] {
        assert_eq!(told[0], *other, "the same pages, and the same work behind them");
    }
    let unknown = house.visitor().get("/track/code/00000000-0000-7000-8000-000000000009").await;
    assert_eq!(unknown.status, StatusCode::OK, "a code that never was has a page too");
}

#[tokio::test]
async fn a_code_opens_once_a_newer_one_ends_it_and_no_other_code_opens_a_request() {
    let house = support::house().await;
    let (_, reference) = asked(&house, &by_email()).await;
    let mut thief = house.visitor();
    let first = ask(&mut thief, &reference, EMAIL).await;
    let stolen = digits(&house, &first, "eml").await;
    let (mut one, mut other) = (house.visitor(), house.visitor());
    let second = ask(&mut one, &reference, EMAIL).await;
    let fresh = digits(&house, &second, "eml").await;
    assert_eq!(type_code(&mut thief, &first, &stolen).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (came, also) =
        tokio::join!(type_code(&mut one, &second, &fresh), type_code(&mut other, &second, &fresh));
    let opened = [came.status, also.status].iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
    assert_eq!(opened, 1, "two at once, and only one gets in");
    let replay = type_code(&mut thief, &second, &fresh).await;
    assert!(replay.status == StatusCode::UNPROCESSABLE_ENTITY && replay.has(WRONG), "{}", replay.body);
    // A code of this kind opens no form, and one for a form opens no request.
    let third = ask(&mut one, &reference, EMAIL).await;
    let for_request = digits(&house, &third, "eml").await;
    let crossed = one.post(&format!("/return/code/{third}"), &[("code", &for_request)]).await;
    assert_eq!(crossed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut half = Asking::begin(&house).await;
    half.answers("safety", &[("danger", "none")]).await;
    house.later(SignedDuration::from_hours(1));
    let kept = half.post("save", &[("to", EMAIL)]).await;
    let for_form = kept.location.unwrap().rsplit('/').next().unwrap().to_owned();
    let numbers = digits(&house, &for_form, "eml").await;
    let crossed = type_code(&mut half.browser, &for_form, &numbers).await;
    assert_eq!(crossed.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn after_five_wrong_codes_and_after_fifteen_minutes_the_right_one_opens_nothing() {
    let house = support::house().await;
    let (asking, reference) = asked(&house, &by_email()).await;
    let mut browser = house.visitor();
    let code = ask(&mut browser, &reference, EMAIL).await;
    let right = digits(&house, &code, "eml").await;
    let guess = if right == "123 456" { "654 321" } else { "123 456" };
    for _ in 0..5 {
        assert_eq!(type_code(&mut browser, &code, guess).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(type_code(&mut browser, &code, &right).await.has(WRONG));
    let refused = format!(
        "SELECT count(*)::text FROM event WHERE kind = 'tracking_refused' AND subject_id = '{}'",
        asking.draft
    );
    assert_eq!(house.database.rows(&refused).await, ["5"], "each is written down with the request");
    let late = ask(&mut browser, &reference, EMAIL).await;
    let right = digits(&house, &late, "eml").await;
    house.later(SignedDuration::from_mins(15));
    assert!(type_code(&mut browser, &late, &right).await.has(WRONG));
}

#[tokio::test]
async fn nobody_floods_an_address_a_reference_or_from_one_place() {
    let house = support::house().await;
    let (_, reference) = asked(&house, &by_email()).await;
    let made_up = Reference::from_bytes([9; 8]).to_string();
    let mut browser = house.visitor();
    let often = async |browser: &mut Browser, reference: &str, to: &str| {
        let page = browser.post("/track/code", &[("reference", reference), ("to", to)]).await;
        assert!(page.status == StatusCode::SEE_OTHER || page.has("Too many codes were asked for"));
        page.status
    };
    // To one address: three an hour, whatever the reference.
    for _ in 0..3 {
        assert_eq!(often(&mut browser, &made_up, EMAIL).await, StatusCode::SEE_OTHER);
    }
    assert_eq!(often(&mut browser, &reference, EMAIL).await, StatusCode::TOO_MANY_REQUESTS);
    // For one reference: five an hour, whatever the address, and alike for one that nobody has.
    house.later(SignedDuration::from_hours(1));
    for reference in [&reference, &made_up] {
        for guess in 0..5 {
            let to = format!("guess{guess}@post.example");
            assert_eq!(often(&mut browser, reference, &to).await, StatusCode::SEE_OTHER);
        }
        assert_eq!(often(&mut browser, reference, "last@post.example").await, StatusCode::TOO_MANY_REQUESTS);
        house.later(SignedDuration::from_hours(1));
    }
    // Typing is counted for the place, right or wrong, whatever is typed.
    let typed = browser.post("/track/code", &[("reference", "x"), ("to", "x")]).await;
    assert_eq!(typed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((typed.field("reference"), typed.field("to")), ("x".to_owned(), "x".to_owned()));
    assert!(typed.has("116 123"), "help stands there all the same");
}

#[tokio::test]
async fn the_digits_for_a_request_are_shown_in_a_demonstration_and_nowhere_else() {
    let house = support::house().await;
    let (_, reference) = asked(&house, &by_email()).await;
    let code = ask(&mut house.visitor(), &reference, EMAIL).await;
    let path = format!("/track/code/{code}");
    assert!(house.visitor().get(&path).await.has("Demonstration: no code is sent. The code is "));
    let (_, router) = house.with_settings(|settings| settings.demo = false);
    let page = Browser { router, cookies: Vec::new() }.get(&path).await;
    assert!(page.status == StatusCode::OK && !page.has("The code is"));
    let dump = house.database.dump().await;
    assert!(!dump.contains(&digits(&house, &code, "eml").await), "no digits are kept");
}

#[tokio::test]
async fn a_code_brings_nobody_back_after_twelve_months() {
    let mut it = Follower::with(&[]).await;
    it.browser.changes("/track/change/contact", &by_email()).await;
    it.nurse("withdraw", &[("safety", "Knows whom to ring.")]).await;
    let notice = super::look(&it.house, it.id).await.notices().last().unwrap().id;
    it.nurse(&format!("notices/{notice}"), &[("step", "told-by-phone")]).await;
    it.house.at("2027-11-20T10:00:00Z");
    let mut back = it.house.visitor();
    let code = ask(&mut back, &it.reference, EMAIL).await;
    let right = digits(&it.house, &code, "eml").await;
    assert_eq!(type_code(&mut back, &code, &right).await.status, StatusCode::SEE_OTHER);
    assert!(back.get("/track/again").await.has("You told us on"));
    it.house.at("2028-01-20T10:00:00Z");
    let code = ask(&mut it.house.visitor(), &it.reference, EMAIL).await;
    assert_eq!(message(&it.house, &code, "eml").await, None, "after that it is not told from none");
}
