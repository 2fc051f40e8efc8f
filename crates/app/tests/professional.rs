//! Professionals who refer: a form of their own, where nothing but a name and a way to find the person is needed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/people.rs"]
mod people;
#[path = "door/steps.rs"]
#[allow(dead_code, reason = "each test file uses its part")]
mod steps;
mod support;

use axum::http::StatusCode;
use onedoor_domain::door::{Agrees, ReferralSource, Source, Standing};
use onedoor_domain::notice::{Message, News, Party};
use onedoor_domain::task::TaskKind;
use people::look;
use steps::Asking;
use support::{House, Page, house};

const WHO: [(&str, &str); 4] =
    [("source", "A1"), ("organisation", "Millbrook Surgery"), ("asker-name", "Dr Asha Vale"), ("role", "GP")];

/// A page, what is answered there, and the page it leads to.
type Answered = (&'static str, &'static [(&'static str, &'static str)], &'static str);

async fn begin(house: &House, who: &[(&str, &str)]) -> Asking {
    let mut browser = house.visitor();
    let draft = browser.get("/refer").await.field("draft");
    let mut fields = vec![("draft", draft.as_str())];
    fields.extend_from_slice(who);
    let went = browser.post("/refer", &fields).await;
    assert_eq!(went.location.as_deref(), Some(format!("/ask/{draft}/safety").as_str()), "{}", went.body);
    Asking { browser, draft }
}

// seed: 121
#[tokio::test]
async fn a_gp_refers_with_what_they_know_and_the_record_shows_whose_words_they_are() {
    let house = house().await;
    let mut asking = begin(&house, &WHO).await;
    let pages: [Answered; 14] = [
        ("safety", &[("danger", "none")], "your-contact"),
        ("your-contact", &[("work-phone", "01632 960111"), ("work-email", "asha@surgery.example")], "name"),
        ("name", &[("called", "Sam")], "contact"),
        ("contact", &[("contact", "text"), ("text-phone", "07700 900456"), ("say-nhs", "yes")], "knows"),
        ("knows", &[("knows", "yes"), ("agrees", "yes"), ("may-tell", "yes")], "why-now"),
        ("why-now", &[("why-now", "Low mood since March, worse in the last week.")], "tried"),
        (
            "tried",
            &[("urgency", "This week, before the school holiday."), ("tried", "Sertraline since May.")],
            "age",
        ),
        ("age", &[("age", "adult")], "help"),
        ("help", &[], "needs"),
        ("needs", &[], "caring"),
        ("caring", &[("caring", "children")], "practical"),
        ("practical", &[], "before"),
        ("before", &[("before", "therapy-not-enough")], "about-you"),
        ("about-you", &[("nhs-number", "999 000 0018")], "check"),
    ];
    for (page, fields, next) in pages {
        let shown = asking.get(page).await;
        assert!(!shown.has("⟦") && shown.has("option 2"), "{page}: {}", shown.body);
        assert_eq!(asking.answers(page, fields).await, next, "{page}");
    }
    let check = asking.get("check").await;
    let files = format!("/ask/{}/files", asking.draft);
    assert!(check.has(&files) && asking.browser.get(&files).await.status == StatusCode::OK, "up to 5 files");
    for words in ["Dr Asha Vale", "GP practice", "01632 960 111", "This week, before the school holiday."] {
        assert!(check.has(words), "{words}: {}", check.body);
    }
    let sent = asking.send().await;
    assert!(sent.has("We tell you more only if the person agrees"), "{}", sent.body);
    let referral = look(&house, asking.draft.parse().unwrap()).await;
    let behalf = referral.origin().behalf().unwrap();
    assert_eq!(behalf.referrer.standing, Standing::Service { source: ReferralSource::A1 });
    assert_eq!(behalf.knowing.agrees, Agrees::Yes);
    assert!(matches!(referral.notices()[0].message, Message::AskedFor { .. }), "Sam knows and agrees");
    let told = referral.notices().iter().find(|notice| notice.party == Party::Referrer).unwrap();
    assert!(matches!(told.message, Message::ToReferrer { news: News::Received { .. }, .. }));
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{}", referral.id())).await;
    for words in [
        "Dr Asha Vale",
        "GP practice (A1)",
        "Millbrook Surgery",
        "Sertraline since May.",
        "Nothing below is the person",
        "A professional, on",
    ] {
        assert!(record.has(words), "{words}: {}", record.body);
    }
    assert!(!record.has("Offer contact. This is no case yet"));
}

// seed: 67
#[tokio::test]
async fn a_name_and_a_place_are_enough_and_incomplete_is_never_refused() {
    let house = house().await;
    let mut asking = begin(&house, &[]).await;
    for page in ["safety", "your-contact"] {
        asking.answers(page, &[]).await;
    }
    asking.answers("name", &[("called", "A man in a red coat")]).await;
    let place = [("contact", "in-person"), ("place", "Under the bridge on Mill Street, nights.")];
    asking.answers("contact", &place).await;
    for page in
        ["knows", "why-now", "tried", "age", "help", "needs", "caring", "practical", "before", "about-you"]
    {
        asking.answers(page, &[]).await;
    }
    asking.send().await;
    let referral = look(&house, asking.draft.parse().unwrap()).await;
    assert!(referral.notices().is_empty(), "nobody can be told by a message");
    assert!(referral.tasks().iter().any(|task| task.kind == TaskKind::TellHeld && task.is_open()));
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{}", referral.id())).await;
    assert!(record.has("The danger questions were not answered. Ask."), "{}", record.body);
    assert!(record.has("They gave no name"), "{}", record.body);
}

#[tokio::test]
async fn a_name_without_a_way_to_find_them_is_asked_for_once_more_and_kept() {
    let house = house().await;
    let mut asking = begin(&house, &WHO).await;
    asking.answers("name", &[("called", "Sam")]).await;
    let missing = asking.post("send", &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.has("Choose how we can find them") && missing.has("Sam"), "{}", missing.body);
}

#[tokio::test]
async fn the_list_of_services_is_the_national_one_without_what_is_not_for_this_form() {
    let house = house().await;
    let page = house.visitor().get("/refer").await;
    for source in ReferralSource::ALL {
        assert_eq!(page.has(&format!("value=\"{}\"", source.code())), source.is_offered(), "{source:?}");
    }
    assert!(!page.has("value=\"Q2\""), "nobody knows what it means");
    let asked = house.visitor().get("/ask").await;
    assert!(asked.has("Someone I work with"), "{}", asked.body);
}

#[tokio::test]
async fn a_professional_who_reports_danger_sees_where_help_is_and_can_send_at_once() {
    let house = house().await;
    let mut asking = begin(&house, &WHO).await;
    assert_eq!(asking.answers("safety", &[("danger", "plan-or-means")]).await, "danger");
    let danger = asking.get("danger").await;
    assert!(
        danger.has("Do not wait for an answer to this form") && danger.has("01632 960 555"),
        "{}",
        danger.body
    );
    let call = asking.get("call-me").await;
    assert!(call.has("Dr Asha Vale"), "what was typed need not be typed again: {}", call.body);
    let fields = [("called", "Dr Asha Vale"), ("phone", "01632 960111"), ("about", "Sam Example")];
    assert_eq!(asking.answers("call-me", &fields).await, "sent");
    let referral = look(&house, asking.draft.parse().unwrap()).await;
    assert!(referral.page().is_some() && referral.is_flagged());
    assert_eq!(referral.origin().source(), Source::Professional);
}

#[tokio::test]
async fn the_link_says_where_it_stands_and_no_more_than_the_person_allows() {
    let house = house().await;
    let mut asking = begin(&house, &WHO).await;
    asking.answers("name", &[("called", "Wren")]).await;
    asking.answers("contact", &[("contact", "call"), ("call-phone", "07700 900456")]).await;
    let sent = asking.send().await;
    let link = sent.body.split("href=\"/status/").nth(1).expect("a link").split('"').next().unwrap();
    let link = format!("/status/{link}");
    let mut other = house.visitor();
    let status = other.get(&link).await;
    assert_eq!(status.status, StatusCode::OK, "{}", status.body);
    assert!(status.has("We have it. A senior professional reads it next."), "{}", status.body);
    assert!(status.has("more only if the person agrees") && !status.has("Wren"), "{}", status.body);
    let key = link.rsplit('/').next().unwrap();
    let wrong = link.replace(key, &"0".repeat(64));
    let nobody = format!("/status/01a22a6f-921b-754a-afd1-8c83feaf1fdf/{key}");
    for path in [wrong.as_str(), nobody.as_str()] {
        assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut nurse = house.persona("senior-nurse").await;
    let version = nurse.get(&format!("/referrals/{}", asking.draft)).await.field("version");
    nurse.post(&format!("/referrals/{}/open", asking.draft), &[("version", &version)]).await;
    assert!(other.get(&link).await.has("It is being looked at."));
}

/// A request by a professional, and the link of its confirmation.
async fn sent_by(house: &House, knows: &[(&str, &str)]) -> (Asking, String, String) {
    let mut asking = begin(house, &WHO).await;
    asking.answers("name", &[("called", "Wren")]).await;
    asking.answers("contact", &[("contact", "call"), ("call-phone", "07700 900456")]).await;
    if !knows.is_empty() {
        asking.answers("knows", knows).await;
    }
    let sent = asking.send().await;
    let link = sent.body.split("href=\"/status/").nth(1).expect("a link").split('"').next().unwrap();
    let (link, reference) = (format!("/status/{link}"), steps::reference(&sent));
    (asking, link, reference)
}

/// The nurse does something with the link of whoever asked.
async fn with_the_link(house: &House, asking: &Asking, what: &str) -> Page {
    let mut nurse = house.persona("senior-nurse").await;
    let path = format!("/referrals/{}/status-link", asking.draft);
    let record = nurse.get(&format!("/referrals/{}", asking.draft)).await;
    assert!(record.has(&format!("href=\"{path}\"")), "{}", record.body);
    nurse.post(&path, &[("link", what)]).await
}

#[tokio::test]
async fn one_link_is_taken_back_and_a_new_one_opens_in_its_place() {
    let house = house().await;
    let (mut asking, first, _) = sent_by(&house, &[]).await;
    let (_, others, _) = sent_by(&house, &[]).await;
    let mut anybody = house.visitor();
    let back = with_the_link(&house, &asking, "withdraw").await;
    assert!(back.location.as_deref().unwrap().ends_with("?done=link-withdrawn"), "{}", back.body);
    assert_eq!(anybody.get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(anybody.get(&others).await.status, StatusCode::OK, "no other link is touched");
    assert!(!asking.get("sent").await.has("href=\"/status/"), "the confirmation offers no dead link");
    let made = with_the_link(&house, &asking, "new").await;
    let new = made.body.split("href=\"/status/").nth(1).expect("a new link").split('"').next().unwrap();
    let new = format!("/status/{new}");
    assert_eq!(anybody.get(&new).await.status, StatusCode::OK);
    assert_eq!(anybody.get(&first).await.status, StatusCode::NOT_FOUND, "the first one stays dead");
    let key = new.rsplit('/').next().unwrap();
    assert!(!house.database.dump().await.contains(key), "only its hash is kept");
    let newer = with_the_link(&house, &asking, "new").await;
    assert_eq!(newer.status, StatusCode::OK);
    assert_eq!(anybody.get(&new).await.status, StatusCode::NOT_FOUND, "a newer one ends it");
    let nothing = with_the_link(&house, &asking, "").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let events = format!(
        "SELECT kind FROM event WHERE subject_id = '{}' AND kind LIKE 'status_link%' ORDER BY at, id",
        asking.draft
    );
    let made = ["status_link_withdrawn", "status_link_made", "status_link_made"];
    assert_eq!(house.database.rows(&events).await, made, "by name, in the record's history");
}

#[tokio::test]
async fn a_gp_with_an_account_sees_where_what_their_practice_sent_stands_and_no_more_than_is_allowed() {
    let house = house().await;
    let (quiet, least, hidden) = sent_by(&house, &[]).await;
    let (told, allowed, open) =
        sent_by(&house, &[("knows", "yes"), ("agrees", "yes"), ("may-tell", "yes")]).await;
    let mut gp = house.persona("gp").await;
    assert!(gp.get("/sent").await.has("There is nothing here yet"), "nothing comes in by itself");
    for link in [&least, &allowed] {
        let keep = link.replace("/status/", "/sent/keep/");
        assert!(gp.get(link).await.has(&format!("href=\"{keep}\"")), "offered where the link shows it");
        assert_eq!(gp.get(&keep).await.status, StatusCode::OK);
        for _ in 0..2 {
            let kept = gp.post(&keep, &[]).await;
            assert_eq!(kept.location.as_deref(), Some("/sent?done=kept"), "{}", kept.body);
        }
    }
    assert_eq!(house.database.count("sent_request").await, 2, "kept twice is kept once");
    let list = gp.get("/sent").await;
    let spaced = |reference: &str| format!("{} {}", &reference[..4], &reference[4..]);
    for reference in [&hidden, &open] {
        assert!(list.has(reference) || list.has(&spaced(reference)), "{reference}: {}", list.body);
    }
    assert_eq!(list.body.matches("We may not tell you more").count(), 1, "{}", list.body);
    assert_eq!(list.body.matches("The person allows us").count(), 1, "{}", list.body);
    assert!(!list.has("Wren") && !list.has("07700"), "never who the person is");
    // What was made up, what belongs to nobody, and who is no referrer.
    let wrong = format!("/sent/keep/{}/{}", quiet.draft, "0".repeat(64));
    assert_eq!(gp.post(&wrong, &[]).await.status, StatusCode::NOT_FOUND);
    let keep = allowed.replace("/status/", "/sent/keep/");
    assert_eq!(house.visitor().get(&keep).await.status, StatusCode::SEE_OTHER, "signed in only");
    for persona in ["senior-nurse", "voluntary-worker", "system-administrator"] {
        let mut other = house.persona(persona).await;
        assert_eq!(other.get("/sent").await.status, StatusCode::FORBIDDEN, "{persona}");
        assert_eq!(other.post(&keep, &[]).await.status, StatusCode::FORBIDDEN, "{persona}");
    }
    let record = gp.get(&format!("/referrals/{}", told.draft)).await;
    assert_eq!(record.status, StatusCode::FORBIDDEN, "the list opens no record");
    with_the_link(&house, &quiet, "withdraw").await;
    let list = gp.get("/sent").await;
    assert!(!list.has("We may not tell you more"), "what was taken back is in no list: {}", list.body);
}
