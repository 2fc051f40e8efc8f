//! Replaying a code, guessing one, flooding a telephone, guessing a phrase, finding out who is known.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::notice::Post;
use onedoor::work::{self, Worker};
use onedoor_domain::value::CodeDigits;

use super::{EMAIL, MOBILE, ask, digits, end_of, half_way, keep_under, message, phrase_of, type_code};
use crate::mail::Sink;
use crate::person::mailing;
use crate::support::{self, Browser, House};

/// What a code's row says became of its message, and whether an address can still be read from it.
async fn delivery(house: &House) -> Vec<String> {
    house.database.rows("SELECT delivery->>'state' FROM code ORDER BY made_at, id").await
}

#[tokio::test]
async fn a_code_works_once_and_a_newer_one_ends_it() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, EMAIL, "eml").await;
    let mut thief = house.visitor();
    let first = ask(&mut thief, EMAIL).await;
    let stolen = digits(&message(&house, &first, "eml").await);
    let mut owner = house.visitor();
    let second = ask(&mut owner, EMAIL).await;
    let fresh = digits(&message(&house, &second, "eml").await);
    assert_eq!(type_code(&mut thief, &first, &stolen).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(type_code(&mut owner, &second, &fresh).await.status, StatusCode::SEE_OTHER);
    let replay = type_code(&mut thief, &second, &fresh).await;
    assert_eq!(replay.status, StatusCode::UNPROCESSABLE_ENTITY, "used up");
    assert!(replay.has("That code is not right, or it does not work any more"));
    assert_eq!(owner.get(&asking.path("name")).await.field("called"), "Robin", "the owner still has it");
}

#[tokio::test]
async fn two_browsers_with_one_code_at_once_and_only_one_gets_in() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, EMAIL, "eml").await;
    let (mut one, mut other) = (house.visitor(), house.visitor());
    let code = ask(&mut one, EMAIL).await;
    let digits = digits(&message(&house, &code, "eml").await);
    let (first, second) =
        tokio::join!(type_code(&mut one, &code, &digits), type_code(&mut other, &code, &digits));
    let came =
        [first.status, second.status].iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
    assert_eq!(came, 1);
}

#[tokio::test]
async fn after_five_wrong_codes_the_right_one_is_refused_too_and_after_fifteen_minutes_also() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, EMAIL, "eml").await;
    let mut browser = house.visitor();
    let code = ask(&mut browser, EMAIL).await;
    let right = digits(&message(&house, &code, "eml").await);
    let wrong = if right == "000 000" { "000 001" } else { "000 000" };
    for _ in 0..5 {
        let page = type_code(&mut browser, &code, wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.has(wrong), "a code is copied anew, not mended");
    }
    assert_eq!(type_code(&mut browser, &code, &right).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = ask(&mut browser, EMAIL).await;
    let right = digits(&message(&house, &code, "eml").await);
    house.later(SignedDuration::from_mins(15));
    assert_eq!(type_code(&mut browser, &code, &right).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_phone_gets_three_codes_an_hour_whoever_asks_and_the_page_says_the_same_for_strangers() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, MOBILE, "txt").await;
    house.later(SignedDuration::from_hours(1));
    for to in [MOBILE, "07700 900999"] {
        let mut pages = Vec::new();
        for _ in 0..5 {
            pages.push(house.visitor().post("/return", &[("to", to)]).await);
        }
        let statuses: Vec<u16> = pages.iter().map(|page| page.status.as_u16()).collect();
        assert_eq!(statuses, [303, 303, 303, 429, 429], "{to}");
        assert!(pages[4].has("You can ask for 3 codes in an hour") && pages[4].field("to") == to);
    }
    work::run_due(&house.app).await;
    let sent = std::fs::read_dir(&house.app.settings.spool_dir).unwrap().count();
    assert_eq!(sent, 2, "one to save; of three at once only the newest, which alone still works");
    house.later(SignedDuration::from_hours(1));
    let later = house.visitor().post("/return", &[("to", MOBILE)]).await;
    assert_eq!(later.status, StatusCode::SEE_OTHER, "an hour later there is another");
}

#[tokio::test]
async fn one_place_floods_no_more_than_twenty_addresses_an_hour_and_uses_up_nobodys_own() {
    let house = support::house().await;
    for n in 0..20 {
        let to = format!("somebody{n}@post.example");
        assert_eq!(
            house.visitor().post("/return", &[("to", &to)]).await.status,
            StatusCode::SEE_OTHER,
            "{n}"
        );
    }
    let over = house.visitor().post("/return", &[("to", EMAIL)]).await;
    assert_eq!(over.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_patient_guesser_gets_ten_codes_a_day_for_one_address() {
    let house = support::house().await;
    let mut allowed = 0;
    for _ in 0..8 {
        for _ in 0..3 {
            let page = house.visitor().post("/return", &[("to", EMAIL)]).await;
            allowed += usize::from(page.status == StatusCode::SEE_OTHER);
        }
        house.later(SignedDuration::from_hours(1));
    }
    assert_eq!(allowed, 10);
}

#[tokio::test]
async fn guessing_phrases_is_slowed_recorded_and_finds_nothing() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let phrase = phrase_of(&mut asking).await;
    let mut guesser = house.visitor();
    let before = house.database.count_audit("list", "refused").await;
    for n in 0..30_u64 {
        let guess = onedoor_domain::value::ReturnPhrase::from_bytes(n.to_be_bytes()).key();
        let page = guesser.post("/return/phrase", &[("phrase", &guess)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{n}");
    }
    assert_eq!(house.database.count_audit("list", "refused").await, before + 30, "every guess is on record");
    let stopped = guesser.post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS, "even a right one");
    assert!(stopped.has("Wait 15 minutes") && stopped.field("phrase") == phrase);
    house.later(SignedDuration::from_mins(15));
    let later = guesser.post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(later.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_finds_out_whether_an_address_is_known() {
    let house = support::house().await;
    let (_, router) = house.with_settings(|settings| settings.demo = false);
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, EMAIL, "eml").await;
    house.later(SignedDuration::from_hours(1));
    let mut told = Vec::new();
    for to in [EMAIL, "nobody@post.example"] {
        let mut browser = Browser { router: router.clone(), cookies: Vec::new() };
        let rows = ["code", "job", "event", "audit"];
        let mut before = Vec::new();
        for table in rows {
            before.push(house.database.count(table).await);
        }
        let code = ask(&mut browser, to).await;
        let mut wrote = Vec::new();
        for (table, before) in rows.into_iter().zip(before) {
            wrote.push(house.database.count(table).await - before);
        }
        let page = browser.get(&format!("/return/code/{code}")).await;
        let wrong = type_code(&mut browser, &code, "000 000").await;
        let shown = [page, wrong].map(|page| (page.status, page.body.replace(&code, "CODE")));
        told.push((shown, wrote));
    }
    assert_eq!(told[0], told[1], "the same pages, and the same work behind them");
    let unknown = house.visitor().get("/return/code/00000000-0000-7000-8000-000000000009").await;
    assert_eq!(unknown.status, StatusCode::OK, "a code that never was has a page too");
}

#[tokio::test]
async fn the_digits_are_shown_in_a_demonstration_and_nowhere_else() {
    let house = support::house().await;
    let mut browser = house.visitor();
    let code = ask(&mut browser, EMAIL).await;
    let path = format!("/return/code/{code}");
    let page = browser.get(&path).await;
    assert!(page.has("Demonstration: no code is sent. The code is "), "{}", page.body);
    let (_, router) = house.with_settings(|settings| settings.demo = false);
    let page = Browser { router, cookies: Vec::new() }.get(&path).await;
    assert!(page.status == StatusCode::OK && !page.has("Demonstration: no code") && !page.has("The code is"));
}

#[tokio::test]
async fn no_digits_no_address_and_no_phrase_are_in_the_database() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let phrase = phrase_of(&mut asking).await;
    let asked = asking.post("save", &[("to", EMAIL)]).await;
    let dump = house.database.dump().await;
    let digits = digits(&message(&house, &end_of(&asked), "eml").await);
    for (when, dump) in [("while it waits", dump), ("when it was sent", house.database.dump().await)] {
        for secret in [EMAIL, phrase.as_str(), &digits, &digits.replace(' ', "")] {
            assert!(!dump.contains(secret), "{secret} {when}");
        }
    }
}

#[tokio::test]
async fn a_mail_server_takes_a_code_and_its_answer_is_kept_without_the_address() {
    let house = support::house().await;
    let sink = Sink::taking().await;
    let app = mailing(&house, &sink.url());
    let mut asking = half_way(&house).await;
    asking.post("save", &[("to", EMAIL)]).await;
    Worker::with_post(&app, Post::of(&app.settings)).run_due().await;
    let mails = sink.messages();
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].text.contains("Ashmere NHS"), "no sender's name: {}", mails[0].text);
    assert!(mails[0].text.contains("Your code is ") && mails[0].to == [EMAIL]);
    assert_eq!(delivery(&house).await, ["handed"]);
    Worker::with_post(&app, Post::of(&app.settings)).run_due().await;
    assert_eq!(sink.messages().len(), 1, "once");
}

#[tokio::test]
async fn a_code_that_a_server_refuses_has_failed_and_its_owner_is_told() {
    let house = support::house().await;
    let sink = Sink::refusing().await;
    let app = mailing(&house, &sink.url());
    let mut asking = half_way(&house).await;
    let asked = asking.post("save", &[("to", EMAIL)]).await;
    Worker::with_post(&app, Post::of(&app.settings)).run_due().await;
    assert_eq!(delivery(&house).await, ["failed"]);
    let page = asking.get(&format!("save/{}", end_of(&asked))).await;
    assert!(page.has("We could not send the code"), "{}", page.body);
}

#[tokio::test]
async fn a_code_that_nobody_can_use_any_more_is_not_sent() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    asking.post("save", &[("to", EMAIL)]).await;
    asking.post("save", &[("to", EMAIL)]).await;
    house.later(SignedDuration::from_mins(16));
    work::run_due(&house.app).await;
    assert_eq!(
        delivery(&house).await,
        ["failed", "failed"],
        "one was followed by a newer, the other is too late"
    );
    house.later(SignedDuration::from_hours(24));
    work::run_due(&house.app).await;
    assert_eq!(house.database.count("code").await, 0, "and a day later nothing is left");
}

#[test]
fn digits_are_spread_over_all_that_there_are() {
    let mut seen = [0_u32; 10];
    for n in 0..10_000_u64 {
        let bytes = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        for digit in CodeDigits::from_bytes(bytes).key().bytes() {
            seen[usize::from(digit - b'0')] += 1;
        }
    }
    assert!(seen.iter().all(|count| (5_500..6_500).contains(count)), "{seen:?}");
}
