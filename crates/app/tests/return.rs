//! Save and return: somebody leaves a form and comes back to it in another browser, by e-mail, by text, by a phrase, or ends
//! it on a computer that others use.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "return/abuse.rs"]
mod abuse;
#[path = "return/end.rs"]
mod end;
#[path = "support/mail.rs"]
mod mail;
#[path = "support/person.rs"]
mod person;
#[allow(dead_code, reason = "each test file uses its part")]
#[path = "door/steps.rs"]
mod steps;
mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::work;
use steps::Asking;
use support::{Browser, House, Page};

const EMAIL: &str = "robin@post.example";
const MOBILE: &str = "07700 900123";

/// Somebody who has answered the first questions.
async fn half_way(house: &House) -> Asking {
    let mut asking = Asking::begin(house).await;
    asking.answers("safety", &[("danger", "none")]).await;
    asking.answers("name", &[("called", "Robin")]).await;
    asking
}

/// The last part of where a page leads.
fn end_of(page: &Page) -> String {
    page.location.as_deref().unwrap_or_else(|| panic!("{}", page.body)).rsplit('/').next().unwrap().to_owned()
}

/// What the worker wrote for this code.
async fn message(house: &House, code: &str, ending: &str) -> String {
    work::run_due(&house.app).await;
    let path = house.app.settings.spool_dir.join(format!("{code}.{ending}"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The six digits of a message.
fn digits(message: &str) -> String {
    let start = message.find("Your code is ").expect("a code") + "Your code is ".len();
    message[start..start + 7].to_owned()
}

/// Saves a form under an address, as its owner does.
async fn keep_under(house: &House, asking: &mut Asking, to: &str, ending: &str) {
    let asked = asking.post("save", &[("to", to)]).await;
    let code = end_of(&asked);
    let digits = digits(&message(house, &code, ending).await);
    let kept = asking.post(&format!("save/{code}"), &[("code", &digits)]).await;
    assert_eq!(end_of(&kept), "save?done=address", "{}", kept.body);
}

/// Asks for a return phrase.
async fn phrase_of(asking: &mut Asking) -> String {
    let page = asking.post("phrase", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let list = page.body.split("od-phrase").nth(1).unwrap().split("</ol>").next().unwrap();
    let words: Vec<&str> = list.split("<li>").skip(1).map(|part| part.split('<').next().unwrap()).collect();
    assert_eq!(words.len(), 5, "{list}");
    words.join(" ")
}

/// Asks for a code in a browser and gives its id.
async fn ask(browser: &mut Browser, to: &str) -> String {
    let asked = browser.post("/return", &[("to", to)]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    end_of(&asked)
}

async fn type_code(browser: &mut Browser, code: &str, digits: &str) -> Page {
    browser.post(&format!("/return/code/{code}"), &[("code", digits)]).await
}

/// The form is here with every answer, and gone from where it was.
async fn assert_moved(came: Page, browser: &mut Browser, left: &mut Asking) {
    assert_eq!(came.location.as_deref(), Some(left.path("contact").as_str()), "on where they stopped");
    let name = browser.get(&left.path("name")).await;
    assert_eq!(name.field("called"), "Robin");
    let old = left.get("name").await;
    assert_eq!(old.status, StatusCode::NOT_FOUND, "the other browser has lost it");
}

// seed: 73
#[tokio::test]
async fn somebody_comes_back_by_a_code_in_an_e_mail_that_says_nothing() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, "Robin@Post.Example", "eml").await;
    let saved = asking.get("save?done=address").await;
    assert!(saved.has("You can now come back with a code") && saved.has("With a code that we send"));
    let mut other = house.visitor();
    let code = ask(&mut other, EMAIL).await;
    let sent = message(&house, &code, "eml").await;
    assert!(sent.contains("Subject: A code for you") && sent.contains("To: robin@post.example"), "{sent}");
    let body = sent.split_once("\r\n\r\n").unwrap().1.trim();
    assert_eq!(body, format!("Your code is {}. It works for 15 minutes.", digits(&sent)));
    let came = type_code(&mut other, &code, &digits(&sent)).await;
    assert_moved(came, &mut other, &mut asking).await;
}

// seed: 73
#[tokio::test]
async fn somebody_comes_back_by_a_code_in_a_text() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    keep_under(&house, &mut asking, MOBILE, "txt").await;
    let mut other = house.visitor();
    let code = ask(&mut other, "+44 7700 900 123").await;
    let sent = message(&house, &code, "txt").await;
    let only = digits(&sent).replace(' ', "");
    let came = type_code(&mut other, &code, &format!(" {only}. ")).await;
    assert_moved(came, &mut other, &mut asking).await;
}

// seed: 125
#[tokio::test]
async fn somebody_without_a_phone_or_an_address_comes_back_by_five_words() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let phrase = phrase_of(&mut asking).await;
    assert!(asking.get("save").await.has("With your return phrase"));
    assert!(!asking.get("save").await.has(&phrase), "shown once");
    let again = asking.get("phrase").await;
    assert_eq!(again.location.as_deref(), Some(asking.path("save").as_str()), "going there shows no words");
    let mut other = house.visitor();
    let typed = phrase.to_uppercase().replace(' ', ", ");
    let came = other.post("/return/phrase", &[("phrase", &typed)]).await;
    assert_moved(came, &mut other, &mut asking).await;
    let mut third = house.visitor();
    let again = third.post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "the words work until the form is removed");
    let replaced = phrase_of(&mut Asking { browser: third.clone(), draft: asking.draft.clone() }).await;
    assert_ne!(replaced, phrase);
    let old = house.visitor().post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "new words end the old ones");
}

#[tokio::test]
async fn save_and_come_back_later_saves_the_page_first_and_every_page_says_until_when() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let until = "We keep what you typed until Thursday 24 December 2026.";
    for page in ["safety", "name", "contact", "why-now", "check", "danger", "call-me", "save"] {
        let shown = asking.get(page).await;
        assert!(shown.has(until), "{page}: {}", shown.body);
        assert!(shown.has("Save and come back later"), "{page}");
    }
    let went = asking.post("why-now", &[("why-now", "Half a sentence"), ("send", "save")]).await;
    assert_eq!(end_of(&went), "save");
    assert!(asking.get("why-now").await.has("Half a sentence"));
    let blank = asking.post("contact", &[("send", "save")]).await;
    assert_eq!(end_of(&blank), "save", "an empty page is nothing to complain about");
    let wrong = [("contact", "call"), ("call-phone", "077"), ("send", "save")];
    let kept = asking.post("contact", &wrong).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept.field("call-phone"), "077", "what was typed stays");
    assert!(kept.has("without this page") && kept.has(&format!("href=\"{}\"", asking.path("save"))));
    let danger = asking.post("safety", &[("danger", "already-hurt"), ("send", "save")]).await;
    assert_eq!(end_of(&danger), "danger", "help now comes first");
}

#[tokio::test]
async fn what_they_gave_as_safe_contact_need_not_be_typed_again_and_mistakes_keep_what_was_typed() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    asking.answers("contact", &[("contact", "text"), ("text-phone", MOBILE), ("say-nhs", "no")]).await;
    assert_eq!(asking.get("save").await.field("to").replace(' ', ""), MOBILE.replace(' ', ""));
    for (typed, message) in [
        ("", "Enter an email address or a mobile number"),
        ("robin", "It must look like"),
        ("robin@example", "after the @"),
        ("a@b@example.org", "with one @"),
        ("01632 960123", "cannot get texts"),
        ("0770", "too short"),
        ("7700 900123", "must start with 0"),
    ] {
        for page in [
            asking.post("save", &[("to", typed)]).await,
            house.visitor().post("/return", &[("to", typed)]).await,
        ] {
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert_eq!(page.body.matches(message).count(), 2, "{typed}: {}", page.body);
            assert_eq!(page.field("to"), typed);
            assert!(page.has("href=\"#to\"") && page.has("<title>Error:"));
        }
    }
    let phrase = house.visitor().post("/return/phrase", &[("phrase", "acorn abbey")]).await;
    assert!(phrase.has("A return phrase has 5 words") && phrase.field("phrase") == "acorn abbey");
}

#[tokio::test]
async fn an_address_counts_only_after_its_code_was_typed() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let asked = asking.post("save", &[("to", EMAIL)]).await;
    let digits = digits(&message(&house, &end_of(&asked), "eml").await);
    let mut stranger = house.visitor();
    let code = ask(&mut stranger, EMAIL).await;
    work::run_due(&house.app).await;
    assert!(!house.app.settings.spool_dir.join(format!("{code}.eml")).exists(), "nothing is kept there yet");
    // The digits that prove an address for saving are no way in.
    let refused = type_code(&mut stranger, &end_of(&asked), &digits).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut other = half_way(&house).await;
    let refused = other.post(&format!("save/{}", end_of(&asked)), &[("code", &digits)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "nor do they prove it for another form");
    let kept = asking.post(&format!("save/{}", end_of(&asked)), &[("code", &digits)]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_that_was_sent_comes_back_as_its_confirmation_and_danger_as_help_now() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let phrase = phrase_of(&mut asking).await;
    let sent = asking.send().await;
    let mut other = house.visitor();
    let came = other.post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(came.location.as_deref(), Some(asking.path("sent").as_str()));
    assert!(other.follow(came).await.has(&steps::reference(&sent)));
    let mut asking = half_way(&house).await;
    asking.answers("safety", &[("danger", "ending-life")]).await;
    let phrase = phrase_of(&mut asking).await;
    let mut other = house.visitor();
    let came = other.post("/return/phrase", &[("phrase", &phrase)]).await;
    let help = other.follow(came).await;
    assert!(help.has("data-emergency") && help.has("999"), "{}", help.body);
}

#[tokio::test]
async fn a_sent_form_s_phrase_makes_a_phrase_to_follow_it_and_a_code_never_does() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    keep_under(&house, &mut asking, EMAIL, "eml").await;
    let words = phrase_of(&mut asking).await;
    asking.send().await;
    // Five words, shown once to whoever wrote the form, are as much as the five words that follow it.
    let mut own = house.visitor();
    let came = own.post("/return/phrase", &[("phrase", &words)]).await;
    assert!(own.follow(came).await.has("Keep a return phrase"));
    let kept = own.post(&asking.path("follow"), &[]).await;
    assert!(kept.status == StatusCode::OK && kept.has("data-phrase"), "{}", kept.body);
    // Six digits and no reference are less: the confirmation, and nothing that opens what was told.
    house.later(SignedDuration::from_hours(1));
    let mut reader = house.visitor();
    let code = ask(&mut reader, EMAIL).await;
    let digits = digits(&message(&house, &code, "eml").await);
    let came = type_code(&mut reader, &code, &digits).await;
    let sent = reader.follow(came).await;
    assert!(sent.has("data-reference") && !sent.has("Keep a return phrase"), "{}", sent.body);
    let refused = reader.post(&asking.path("follow"), &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(reader.get("/track/where").await.location.as_deref(), Some("/track?over=1"));
    // And after thirty days nothing of the form is left that could.
    house.later(SignedDuration::from_hours(24 * 31));
    work::run_due(&house.app).await;
    let late = house.visitor().post("/return/phrase", &[("phrase", &words)]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn two_forms_under_one_address_both_come_back_and_what_this_browser_held_stays() {
    let house = support::house().await;
    let (mut first, mut second) = (half_way(&house).await, half_way(&house).await);
    keep_under(&house, &mut first, EMAIL, "eml").await;
    house.later(SignedDuration::from_hours(1));
    keep_under(&house, &mut second, EMAIL, "eml").await;
    let mut here = half_way(&house).await;
    let code = ask(&mut here.browser, EMAIL).await;
    let digits = digits(&message(&house, &code, "eml").await);
    let old = here.browser.clone();
    let came = type_code(&mut here.browser, &code, &digits).await;
    assert_eq!(came.location.as_deref(), Some("/return/yours"));
    let list = here.browser.follow(came).await;
    for draft in [&first.draft, &second.draft, &here.draft] {
        assert!(list.has(&format!("/ask/{draft}/contact")), "{draft}: {}", list.body);
    }
    assert!(!list.has("Robin"), "the list says when, and nothing that is in them");
    let planted = Asking { browser: old, draft: here.draft.clone() }.get("name").await;
    assert_eq!(planted.status, StatusCode::NOT_FOUND, "a cookie that was there before opens nothing");
}

#[tokio::test]
async fn a_form_is_removed_after_thirty_days_with_a_record_and_then_looks_like_one_that_never_was() {
    let house = support::house().await;
    let mut asking = half_way(&house).await;
    let phrase = phrase_of(&mut asking).await;
    keep_under(&house, &mut asking, EMAIL, "eml").await;
    let unknown = "acorn acorn acorn acorn acorn";
    let never = house.visitor().post("/return/phrase", &[("phrase", unknown)]).await;
    house.later(SignedDuration::from_hours(30 * 24));
    work::run_due(&house.app).await;
    assert_eq!(house.database.count("draft").await, 0);
    assert_eq!(house.database.count("code").await, 0, "and nothing of the code is left");
    assert_eq!(house.database.count("job").await, 0, "nor any work for it");
    assert_eq!(
        house.database.count_audit("draft", "wrote").await,
        6,
        "saved three times, kept twice, and removed: the record of the purge"
    );
    let gone = house.visitor().post("/return/phrase", &[("phrase", &phrase)]).await;
    assert_eq!(gone.body.replace(&phrase, unknown), never.body, "the same words");
    let mut other = house.visitor();
    let code = ask(&mut other, EMAIL).await;
    work::run_due(&house.app).await;
    assert!(!house.app.settings.spool_dir.join(format!("{code}.eml")).exists());
}
