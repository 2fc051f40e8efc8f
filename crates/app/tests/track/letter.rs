//! Whoever was told by a letter that it ended comes back with the words in it, and tells nothing twice.

use axum::http::StatusCode;
use onedoor::work;
use onedoor_domain::notice::Route;

use super::{Follower, look, phrase_on};
use crate::support::Page;

/// Somebody who gets letters, asked to stop, and whose letter is printed.
async fn written_to(steps: &[&str]) -> (Follower, String) {
    let mut it = Follower::with(&[]).await;
    let letters = [("contact", "letter"), ("address", "1 Invented Row, Ashmere"), ("say-nhs", "yes")];
    let changed = it.browser.changes("/track/change/contact", &letters).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    it.house.later(jiff::SignedDuration::from_mins(1));
    it.nurse("withdraw", &[("safety", "Knows whom to ring.")]).await;
    let referral = look(&it.house, it.id).await;
    let notice = referral.notices().last().unwrap();
    assert!(matches!(notice.route, Route::Letter { .. }));
    let path = format!("notices/{}", notice.id);
    for step in steps {
        it.nurse(&path, &[("step", step), ("address", "read"), ("why", "Gone away.")]).await;
    }
    (it, path)
}

async fn letter(it: &Follower, path: &str) -> Page {
    let mut nurse = it.house.persona("senior-nurse").await;
    nurse.get(&format!("/referrals/{}/{path}/letter", it.id)).await
}

/// The five words of a letter, which stand between two sentences that say what they are.
fn words_on(letter: &Page) -> String {
    let rest = letter.body.split("these five words:").nth(1).expect("words");
    let words = rest.split("Keep this letter").next().unwrap();
    let plain: String = words.split('<').map(|part| part.rsplit('>').next().unwrap()).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    assert_eq!(words.len(), 5, "{plain}");
    words.join(" ")
}

#[tokio::test]
async fn a_letter_that_says_it_ended_opens_the_way_back_and_nothing_is_told_twice() {
    let (mut it, path) = written_to(&["printed", "posted"]).await;
    let page = letter(&it, &path).await;
    assert!(page.has("/track") && page.has("For 12 months you can come back"), "{}", page.body);
    let words = words_on(&page);
    assert_eq!(words, words_on(&letter(&it, &path).await), "printed again, it says the same");
    assert!(!it.house.database.dump().await.contains(&words), "and they are stored nowhere");
    it.house.at("2027-11-20T10:00:00Z");
    it.browser = it.house.visitor();
    let went = it.enter(&words.to_uppercase()).await;
    assert_eq!(went.location.as_deref(), Some("/track/where"), "{}", went.body);
    assert!(it.place().await.has("Come back and ask again"));
    let again = it.browser.get("/track/again").await;
    assert!(again.has("Robin") && again.has("You told us on"), "{}", again.body);
    let started = it.browser.post("/track/again", &[]).await;
    assert!(started.location.unwrap().contains("/safety?change=1"), "how things are now is asked anew");
    it.house.at("2028-01-20T10:00:00Z");
    it.browser = it.house.visitor();
    assert_eq!(it.enter(&words).await.status, StatusCode::UNPROCESSABLE_ENTITY, "after twelve months");
}

#[tokio::test]
async fn the_words_of_a_letter_open_nothing_before_it_is_printed_after_it_came_back_or_once_a_phrase_is_newer()
 {
    let (mut it, path) = written_to(&[]).await;
    let words = words_on(&letter(&it, &path).await);
    let own = it.phrase.clone();
    it.browser = it.house.visitor();
    assert_eq!(it.enter(&words).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has it yet");
    it.nurse(&path, &[("step", "printed")]).await;
    assert_eq!(it.enter(&words).await.status, StatusCode::SEE_OTHER);
    assert_eq!(it.enter(&own).await.status, StatusCode::SEE_OTHER, "what they kept before still works");
    it.house.later(jiff::SignedDuration::from_mins(1));
    phrase_on(&it.browser.post("/track/phrase", &[]).await);
    it.browser = it.house.visitor();
    assert_eq!(it.enter(&words).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a newer phrase ends it");
    let (mut other, path) = written_to(&["printed", "posted", "came-back"]).await;
    let words = words_on(&letter(&other, &path).await);
    other.browser = other.house.visitor();
    assert_eq!(other.enter(&words).await.status, StatusCode::UNPROCESSABLE_ENTITY, "who knows who has it");
}

#[tokio::test]
async fn an_e_mail_that_says_it_ended_carries_a_link_back_that_opens_nothing_by_itself() {
    let mut it = Follower::with(&[]).await;
    let by_email = [("contact", "email"), ("email", "robin@post.example"), ("say-nhs", "yes")];
    it.browser.changes("/track/change/contact", &by_email).await;
    it.nurse("withdraw", &[("safety", "Knows whom to ring.")]).await;
    work::run_due(&it.house.app).await;
    let notice = look(&it.house, it.id).await.notices().last().unwrap().id;
    let path = it.house.app.settings.spool_dir.join(format!("{notice}.eml"));
    let sent = std::fs::read_to_string(&path).unwrap();
    assert!(sent.contains("12 months") && sent.contains("a code"), "{sent}");
    // Long lines of an e-mail are broken with "=".
    let sent = sent.replace("=\r\n", "").replace("=3D", "=");
    let link = sent.split("/track/code?").nth(1).expect("a link").split_whitespace().next().unwrap();
    it.browser = it.house.visitor();
    let page = it.browser.get(&format!("/track/code?{link}")).await;
    let shown = page.field("reference").replace(' ', "");
    assert!(it.reference.contains(&shown) && shown.len() == 8 && !page.has("Robin"), "{}", page.body);
    let nonsense = it.browser.get("/track/code?reference=%3Cb%3E").await;
    assert!(nonsense.has("name=\"reference\"") && !nonsense.has("&#60;b"), "{}", nonsense.body);
}
