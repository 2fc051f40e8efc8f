//! What is on paper: a slip with a return phrase for whoever is here, files on an entry, and how long an unfinished one is kept.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::work::run_due;

use super::multipart::{self, Part};
use super::{RINGS, answers, begins, look_at};
use crate::support::{Browser, Page, house};

const HERE: &[(&str, &str)] =
    &[("callback", "07700 900456"), ("safe-to-ring", "yes"), ("channel", "walk-in")];

fn words_on(slip: &Page) -> String {
    let line = slip.body.split("data-phrase>").nth(1).expect("a phrase").split("</p>").next().unwrap();
    line.replace("<strong>", "").replace("</strong>", "").trim().to_owned()
}

/// The part that goes to the printer.
fn printed(page: &Page) -> &str {
    page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap()
}

#[tokio::test]
async fn the_slip_of_a_walk_in_opens_their_request_and_tells_a_stranger_nothing() {
    let house = house().await;
    let mut desk = house.persona("administrator").await;
    let (id, _) = begins(&mut desk, HERE).await;
    answers(&mut desk, &id, "name", &[("called", "Wren")]).await;
    answers(&mut desk, &id, "why-now", &[("why-now", "I cannot sleep.")]).await;
    let early = desk.post(&format!("/enter/{id}/phrase"), &[]).await;
    assert_eq!(
        early.location.as_deref(),
        Some(format!("/enter/{id}/done").as_str()),
        "nothing to follow yet"
    );
    desk.post(&format!("/enter/{id}/send"), &[]).await;
    let plain = desk.get(&format!("/enter/{id}/done")).await;
    assert!(plain.has("They are here: make a return phrase") && !plain.has("data-phrase"), "{}", plain.body);

    let first = words_on(&desk.post(&format!("/enter/{id}/phrase"), &[]).await);
    let slip = desk.post(&format!("/enter/{id}/phrase"), &[]).await;
    let words = words_on(&slip);
    assert_eq!(words.split_whitespace().count(), 5, "{words}");
    assert_ne!(first, words, "new words each time");
    let paper = printed(&slip).to_lowercase();
    let reference = look_at(&house, &id).await.reference().to_string();
    assert!(printed(&slip).contains(&reference) && paper.contains("/track"), "{paper}");
    for word in ["mental", "crisis", "samaritan", "suicide", "wren", "sleep", "harm", "therapy"] {
        assert!(!paper.contains(word), "\"{word}\" on the slip: {paper}");
    }
    assert!(!desk.get(&format!("/enter/{id}/done")).await.has(&words), "shown once");
    assert!(!house.database.dump().await.contains(&words), "only a hash is stored");

    for (phrase, status) in [(&first, StatusCode::UNPROCESSABLE_ENTITY), (&words, StatusCode::SEE_OTHER)] {
        let mut person = house.visitor();
        let opened = person.post("/track", &[("reference", &reference), ("phrase", phrase)]).await;
        assert_eq!(opened.status, status, "{}", opened.body);
        if status == StatusCode::SEE_OTHER {
            let place = person.follow(opened).await;
            assert!(place.has(&reference), "{}", place.body);
        }
    }
    house.later(SignedDuration::from_hours(12));
    let mut desk = house.persona("administrator").await;
    assert!(!desk.get(&format!("/enter/{id}/done")).await.has("make a return phrase"));
    assert_eq!(desk.post(&format!("/enter/{id}/phrase"), &[]).await.status, StatusCode::SEE_OTHER);
    let place = house.visitor().post("/track", &[("reference", &reference), ("phrase", &words)]).await;
    assert_eq!(place.status, StatusCode::SEE_OTHER, "their words still open it");
}

#[tokio::test]
async fn no_phrase_for_a_caller_and_none_by_another_team() {
    let house = house().await;
    let mut desk = house.persona("administrator").await;
    let (id, _) = begins(&mut desk, RINGS).await;
    desk.post(&format!("/enter/{id}/send"), &[]).await;
    assert!(
        !desk.get(&format!("/enter/{id}/done")).await.has("make a return phrase"),
        "who rings is not here"
    );
    let refused = desk.post(&format!("/enter/{id}/phrase"), &[]).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    let (id, _) = begins(&mut desk, HERE).await;
    desk.post(&format!("/enter/{id}/send"), &[]).await;
    let stranger = house.persona("orchard-host").await.post(&format!("/enter/{id}/phrase"), &[]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert_eq!(house.database.count("return_key").await, 0);
}

const PDF: &[u8] = b"%PDF-1.7\na form on paper";

async fn adds(browser: &mut Browser, id: &str, name: &str, bytes: &[u8]) -> Page {
    let path = format!("/enter/{id}/files");
    let made = browser.get(&path).await.field("id");
    multipart::post(browser, &path, &[Part::text("id", &made), Part::file("file", name, bytes)]).await
}

#[tokio::test]
async fn a_form_on_paper_goes_with_the_entry_and_is_taken_off_or_stays() {
    let house = house().await;
    let mut desk = house.persona("administrator").await;
    let (id, _) = begins(&mut desk, &[("channel", "paper")]).await;
    assert_eq!(adds(&mut desk, &id, "form.pdf", PDF).await.status, StatusCode::SEE_OTHER);
    let wrong = adds(&mut desk, &id, "form.exe", b"MZ\x90").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("We cannot take this kind of file"), "{}", wrong.body);
    assert!(wrong.has("Danger now: tell the duty person"), "on every page: {}", wrong.body);
    for number in 2..=5 {
        assert_eq!(
            adds(&mut desk, &id, &format!("page {number}.pdf"), PDF).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let full = desk.get(&format!("/enter/{id}/files")).await;
    assert!(full.has("all the files this form can take") && full.has("form.pdf"), "{}", full.body);
    let at = full.body.find("/remove\"").unwrap();
    let remove = full.body[..at].rsplit('"').next().unwrap().to_owned() + "/remove";
    for persona in ["orchard-host", "key-worker"] {
        let mut other = house.persona(persona).await;
        assert_eq!(other.get(&format!("/enter/{id}/files")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&remove, &[]).await.status, StatusCode::NOT_FOUND);
        let parts = [Part::text("id", "1"), Part::file("file", "x.pdf", PDF)];
        let added = multipart::post(&mut other, &format!("/enter/{id}/files"), &parts).await;
        assert_eq!(added.status, StatusCode::NOT_FOUND, "{persona}");
    }
    for _ in 0..2 {
        assert_eq!(desk.post(&remove, &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(house.database.count("file").await, 4);
    assert!(desk.get(&format!("/enter/{id}")).await.has("page 5.pdf"));
    desk.post(&format!("/enter/{id}/danger"), &[]).await;
    let paged = desk.get(&format!("/enter/{id}/files")).await;
    assert!(!paged.has("/remove\"") && paged.has("The duty person is being told now"), "{}", paged.body);
    let kept = paged.body.contains("page 2.pdf");
    assert!(kept && adds(&mut desk, &id, "letter.pdf", PDF).await.status == StatusCode::SEE_OTHER);
    run_due(&house.app).await;
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(record.has("letter.pdf") && record.has("no scanner is set up"), "{}", record.body);
    desk.post(&format!("/enter/{id}/send"), &[]).await;
    assert_eq!(desk.get(&format!("/enter/{id}/files")).await.location, Some(format!("/enter/{id}/done")));
}

#[tokio::test]
async fn what_nobody_finishes_goes_after_thirty_days_and_what_was_handed_over_stays() {
    let house = house().await;
    let mut desk = house.persona("administrator").await;
    let (open, _) = begins(&mut desk, RINGS).await;
    adds(&mut desk, &open, "form.pdf", PDF).await;
    let (paged, _) = begins(&mut desk, &[RINGS, &[("danger-now", "yes")]].concat()).await;
    let (sent, _) = begins(&mut desk, RINGS).await;
    desk.post(&format!("/enter/{sent}/send"), &[]).await;
    let day = desk.get("/my-day").await;
    assert!(day.has("Removed on Thursday 24 December 2026"), "{}", day.body);
    assert!(desk.get(&format!("/enter/{open}")).await.has("it is removed on Thursday 24 December 2026"));
    assert!(!desk.get(&format!("/enter/{paged}")).await.has("it is removed on"));

    house.later(SignedDuration::from_hours(30 * 24 - 1));
    run_due(&house.app).await;
    assert_eq!(house.database.count("entry").await, 3, "not a day too early");
    house.later(SignedDuration::from_hours(2));
    for _ in 0..2 {
        run_due(&house.app).await;
    }
    let mut desk = house.persona("administrator").await;
    assert_eq!(desk.get(&format!("/enter/{open}")).await.status, StatusCode::NOT_FOUND);
    assert!(desk.get(&format!("/enter/{paged}")).await.has("What is written down so far"));
    assert_eq!(house.database.count("entry").await, 2);
    assert_eq!(house.database.count("file").await, 0, "its files go with it");
    let purged = house.database.rows("SELECT count(*)::text FROM event WHERE kind = 'entry_purged'").await;
    assert_eq!(purged, ["1"], "that it was removed stays");
    let jobs = house.database.rows("SELECT count(*)::text FROM job WHERE kind = 'entry'").await;
    assert_eq!(jobs, ["0"]);
}
