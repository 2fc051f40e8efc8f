//! Assisted entry: staff write down what a person says on the telephone, at the desk or in a café, and nobody in danger
//! waits for a form to be finished.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/multipart.rs"]
mod multipart;
#[path = "enter/paper.rs"]
mod paper;
#[path = "support/people.rs"]
mod people;
mod support;
#[path = "enter/together.rs"]
mod together;

use axum::http::StatusCode;
use onedoor_domain::door::{ForWhom, Need, Needs, Question, Signal};
use onedoor_domain::ids::ReferralId;
use people::{asks, by_letter, look};
use support::{Browser, House, Page, house};

/// Somebody begins to write down; answers the entry's id.
async fn begins(browser: &mut Browser, fields: &[(&str, &str)]) -> (String, Page) {
    let id = browser.get("/enter").await.field("id");
    let all = [&[("id", id.as_str())], fields].concat();
    let page = browser.post("/enter", &all).await;
    (id, page)
}

async fn answers(browser: &mut Browser, id: &str, question: &str, fields: &[(&str, &str)]) -> Page {
    browser.post(&format!("/enter/{id}/{question}"), fields).await
}

async fn look_at(house: &House, id: &str) -> onedoor_domain::referral::Referral {
    look(house, id.parse::<ReferralId>().unwrap()).await
}

const RINGS: &[(&str, &str)] = &[("callback", "07700 900456"), ("safe-to-ring", "yes"), ("channel", "phone")];

// seed: 125
#[tokio::test]
async fn a_cafe_visitor_in_danger_without_a_name_is_with_the_duty_person_at_once() {
    let house = house().await;
    let mut host = house.persona("harbour-host").await;
    let place = "Grey coat, by the window. Does not speak.";
    let (id, page) = begins(&mut host, &[("channel", "cafe"), ("place", place), ("danger-now", "yes")]).await;
    assert_eq!(page.location.as_deref(), Some(format!("/enter/{id}").as_str()), "{}", page.body);
    let whole = host.get(&format!("/enter/{id}")).await;
    assert!(whole.has("The duty person is being told now") && !whole.has("Danger now:"), "{}", whole.body);
    let referral = look_at(&house, &id).await;
    assert!(referral.is_flagged() && referral.page().is_some_and(|page| page.acknowledged.is_none()));
    let mut nurse = house.persona("senior-nurse").await;
    assert!(nurse.get("/duty").await.has("Name not known"), "the duty person sees it now");
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has(place) && record.has("pressed &#34;danger now&#34;"), "{}", record.body);
    assert!(record.has("In a crisis café, by"), "who wrote it down: {}", record.body);
    assert_eq!(host.get(&format!("/referrals/{id}")).await.status, StatusCode::NOT_FOUND);

    // The entry goes on, and each answer reaches the duty person as it is typed.
    answers(&mut host, &id, "name", &[("called", "Wren")]).await;
    answers(&mut host, &id, "needs", &[("language", "Polish"), ("needs", "interpreter")]).await;
    answers(&mut host, &id, "why-now", &[("why-now", "Took tablets an hour ago.")]).await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Wren") && record.has("Took tablets") && !record.has("Name not known"));
    let sent = host.post(&format!("/enter/{id}/send"), &[]).await;
    let slip = host.follow(sent).await;
    let reference = look_at(&house, &id).await.reference().to_string();
    assert!(slip.has(&reference) && slip.has("111 option 2") && slip.has("116 123"), "{}", slip.body);
    assert!(!slip.has("Wren") && !slip.has("tablets") && !slip.has("Polish"), "nothing about the person");
    assert_eq!(house.database.count("referral").await, 1, "one person, one request");
}

#[tokio::test]
async fn a_number_that_is_not_safe_is_shown_with_its_warning_and_no_page_says_to_ring() {
    let house = house().await;
    let mut host = house.persona("harbour-host").await;
    let first = [
        ("callback", "07700 900456"),
        ("safe-to-ring", "no"),
        ("channel", "cafe"),
        ("place", "Grey coat, by the window."),
        ("danger-now", "yes"),
    ];
    let (id, _) = begins(&mut host, &first).await;
    let mut nurse = house.persona("senior-nurse").await;
    let not_safe = "It is not safe to ring the number they gave";
    for page in ["/duty", "/my-day", &format!("/referrals/{id}")] {
        let shown = nurse.get(page).await;
        assert!(shown.has(not_safe), "{page}: {}", shown.body);
        for wrong in ["Ring first", "Ring them", "Ring the person", "wrote nothing"] {
            assert!(!shown.has(wrong), "{page} says {wrong}: {}", shown.body);
        }
    }
    for page in ["/duty", &format!("/referrals/{id}")] {
        let shown = nurse.get(page).await;
        assert!(
            shown.has("07700 900 456. It is not safe to ring it: do not ring it."),
            "{page}: {}",
            shown.body
        );
        assert!(shown.has("Grey coat, by the window."), "{page}: how else: {}", shown.body);
    }
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Reach them first") && record.has("Nobody has written down yet why they ask."));
    // What nobody asked is neither a yes nor a no.
    assert!(record.has("Nobody has asked them whether we may tell their GP"), "{}", record.body);
    assert!(record.has("Nobody has asked them whom else we may talk to"), "{}", record.body);
    assert!(
        !record.has("We may not tell their GP") && !record.has("none of them is true"),
        "{}",
        record.body
    );
    answers(&mut host, &id, "permissions", &[("tell-gp", "no")]).await;
    answers(&mut host, &id, "safety", &[("danger", "none")]).await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(
        record.has("We may not tell their GP") && !record.has("Nobody has asked them"),
        "{}",
        record.body
    );
    assert!(record.has("They were asked the danger questions. They said that none of them is true."));
    // They give a number that is safe: then they are rung.
    let safe = [("contact", "call"), ("call-phone", "07700 900777"), ("say-nhs", "no")];
    answers(&mut host, &id, "contact", &safe).await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(
        record.has("Ring first") && record.has("07700 900 777") && !record.has(not_safe),
        "{}",
        record.body
    );
    assert!(record.has("07700 900 456. It is not safe to ring it"), "the other number keeps its warning");
}

#[tokio::test]
async fn what_is_not_known_about_ringing_stands_beside_the_number() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let first = [
        ("callback", "07700 900456"),
        ("safe-to-ring", "not-known"),
        ("channel", "phone"),
        ("danger-now", "yes"),
    ];
    let (id, _) = begins(&mut administrator, &first).await;
    let mut nurse = house.persona("senior-nurse").await;
    for page in ["/duty", &format!("/referrals/{id}")] {
        let shown = nurse.get(page).await;
        assert!(
            shown.has("Nobody knows whether it is safe to ring it") && shown.has("Ring"),
            "{page}: {}",
            shown.body
        );
    }
}

// seed: 73, 125, 128
#[tokio::test]
async fn a_caller_is_written_down_number_first_and_a_colleague_goes_on_with_it() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let (id, page) = begins(&mut administrator, RINGS).await;
    assert_eq!(page.location.as_deref(), Some(format!("/enter/{id}/safety").as_str()), "{}", page.body);
    let missing = begins(&mut administrator, &[("callback", "12")]).await.1;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.has("value=\"12\"") && missing.has("Say how they came to us"), "{}", missing.body);
    answers(&mut administrator, &id, "safety", &[("danger", "not-safe-from")]).await;
    assert!(administrator.get(&format!("/enter/{id}/age")).await.has("Nobody has been told yet"));
    let safety = administrator.get(&format!("/enter/{id}/safety")).await.field("was");
    answers(&mut administrator, &id, "safety", &[("danger", "none"), ("was", &safety)]).await;
    answers(&mut administrator, &id, "name", &[("called", "Mira")]).await;

    let mut nurse = house.persona("senior-nurse").await;
    let day = nurse.get("/my-day").await;
    assert!(day.has("Requests that are not finished") && day.has(&format!("/enter/{id}")), "{}", day.body);
    assert!(!day.has("Mira"), "the list names nobody");
    let whole = nurse.get(&format!("/enter/{id}")).await;
    assert!(whole.has("Mira") && whole.has("07700 900 456") && whole.has("Not asked yet"), "{}", whole.body);
    for (question, fields) in [
        ("contact", &[("contact", "call"), ("call-phone", "07700 900456"), ("say-nhs", "yes")][..]),
        ("why-now", &[("why-now", "I cannot sleep.")]),
        ("needs", &[("needs", "bsl")]),
        ("permissions", &[("tell-gp", "no")]),
    ] {
        let saved = answers(&mut nurse, &id, question, fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{question}: {}", saved.body);
    }
    for _ in 0..2 {
        let sent = nurse.post(&format!("/enter/{id}/send"), &[]).await;
        assert_eq!(sent.location.as_deref(), Some(format!("/enter/{id}/done").as_str()), "sent once");
    }
    assert_eq!(house.database.count("referral").await, 1);
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("By phone, by") && record.has("safe to ring the number"), "{}", record.body);
    let (needs, words) = (record.body.find("British Sign Language"), record.body.find("I cannot sleep."));
    assert!(needs.is_some() && needs < words, "what they need stands first: {}", record.body);
    assert!(!nurse.get("/my-day").await.has("Requests that are not finished"));
    let late = answers(&mut nurse, &id, "name", &[("called", "Other")]).await;
    assert_eq!(late.location.as_deref(), Some(format!("/enter/{id}/done").as_str()));
}

#[tokio::test]
async fn danger_now_waits_for_nothing_that_is_wrong_on_the_page_and_loses_no_word() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let (id, _) = begins(&mut administrator, RINGS).await;
    let typed = [("contact", "text"), ("text-phone", "12"), ("danger-now", "yes")];
    let page = answers(&mut administrator, &id, "contact", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("value=\"12\"") && page.has("The duty person is being told now"), "{}", page.body);
    assert!(look_at(&house, &id).await.page().is_some(), "the duty person was paged all the same");
    for _ in 0..2 {
        let again = administrator.post(&format!("/enter/{id}/danger"), &[]).await;
        assert_eq!(again.location.as_deref(), Some(format!("/enter/{id}").as_str()));
    }
    assert_eq!((house.database.count("page").await, house.database.count("referral").await), (1, 1));
    // On the very first page, with a number nobody can read.
    let (id, page) = begins(&mut administrator, &[("callback", "call box 12"), ("danger-now", "yes")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(record.has("call box 12"), "what was typed is kept: {}", record.body);
}

#[tokio::test]
async fn a_number_that_is_not_safe_is_shown_as_that_and_nobody_is_told_to_ring_it() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let fields = [("callback", "07700 900456"), ("safe-to-ring", "no"), ("channel", "walk-in")];
    let (id, _) = begins(&mut administrator, &fields).await;
    administrator.post(&format!("/enter/{id}/send"), &[]).await;
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(record.has("07700 900 456. It is not safe to ring it: do not ring it."), "{}", record.body);
    assert!(!record.has("Ring them") && record.body.matches("07700 900 456").count() == 1, "{}", record.body);
}

#[tokio::test]
async fn an_entry_is_its_teams_and_nobody_elses_and_every_try_is_recorded() {
    let house = house().await;
    let mut host = house.persona("harbour-host").await;
    let (id, _) = begins(&mut host, RINGS).await;
    answers(&mut host, &id, "name", &[("called", "Mira")]).await;
    for persona in ["senior-nurse", "orchard-host", "key-worker"] {
        let before = house.database.count_audit("entry", "hidden").await;
        let mut other = house.persona(persona).await;
        for path in [format!("/enter/{id}"), format!("/enter/{id}/name"), format!("/enter/{id}/done")] {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{persona} {path}");
        }
        for path in [format!("/enter/{id}/danger"), format!("/enter/{id}/send"), format!("/enter/{id}/name")]
        {
            let page = other.post(&path, &[("called", "x")]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{persona} {path}");
        }
        assert_eq!(house.database.count_audit("entry", "hidden").await, before + 6, "{persona}");
    }
    for persona in ["gp", "system-administrator", "caldicott"] {
        assert_eq!(
            house.persona(persona).await.get("/enter").await.status,
            StatusCode::FORBIDDEN,
            "{persona}"
        );
    }
    assert_eq!(house.database.count("referral").await, 0);
}

// seed: 126
#[tokio::test]
async fn what_they_need_stands_before_every_contact_and_letter_and_not_in_the_letter() {
    let house = house().await;
    let mut request = by_letter("Mira");
    let language = "Polish".parse().ok();
    request.needs = Needs { language, needs: vec![Need::LargePrint, Need::Interpreter], other: None };
    let id = asks(&house, request).await;
    let mut nurse = house.persona("senior-nurse").await;
    let contact = nurse.get(&format!("/referrals/{id}/contact")).await;
    let at =
        |page: &Page, words: &str| page.body.find(words).unwrap_or_else(|| panic!("{words}: {}", page.body));
    assert!(at(&contact, "An interpreter") < at(&contact, "<form method=\"post\" action=\"/referrals/"));
    let notice = look(&house, id).await.notices()[0].id;
    let letter = nurse.get(&format!("/referrals/{id}/notices/{notice}/letter")).await;
    assert!(at(&letter, "Polish") < at(&letter, "od-letter") && letter.has("Large print"), "{}", letter.body);
    assert!(letter.has("is the address still right?"), "{}", letter.body);
    let printed = &letter.body[at(&letter, "od-letter")..];
    assert!(
        !printed.contains("Polish") && !printed.contains("Large print"),
        "a note to staff, not to the reader"
    );
}

#[tokio::test]
async fn what_made_help_hard_to_get_is_asked_at_every_door_and_kept_as_it_was_answered() {
    let house = house().await;
    let all: Vec<(&str, &str)> = Signal::ALL.into_iter().map(|signal| ("before", signal.code())).collect();
    let mut administrator = house.persona("administrator").await;
    let (id, _) = begins(&mut administrator, RINGS).await;
    let asked = administrator.get(&format!("/enter/{id}/before")).await;
    for (_, code) in &all {
        assert!(asked.has(&format!("value=\"{code}\"")), "{code}: {}", asked.body);
    }
    answers(&mut administrator, &id, "before", &all).await;
    administrator.post(&format!("/enter/{id}/send"), &[]).await;
    let told = serde_json::to_value(&**look_at(&house, &id).await.head()).unwrap()["told"].take();
    let codes: Vec<&str> = all.iter().map(|(_, code)| *code).collect();
    assert_eq!(told["before"], serde_json::json!(codes), "plain answers, nothing counted");
    for whom in ForWhom::ALL {
        assert!(whom.questions().contains(&Question::Before), "{whom:?}");
    }
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    for words in ["stopped going", "hardly gone out", "practical help", "gone on for years"] {
        assert!(record.has(words), "{words}: {}", record.body);
    }
}
