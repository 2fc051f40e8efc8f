//! The questions that can be left out, more than one safe way, and stopping after the second page.

use axum::http::StatusCode;

use super::steps::{Asking, LEAST, reference};
use crate::support;

/// A page, what is answered on it, and words it must show again.
type Optional = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// Every optional page with an answer, and words that must be seen again wherever it is shown.
const MORE: [Optional; 7] = [
    ("age", &[("age", "16-17")], &["16 or 17"]),
    (
        "help",
        &[("would-help", "Sleeping again"), ("matters", "My dog <Bo>")],
        &["Sleeping again", "My dog &#60;Bo&#62;"],
    ),
    (
        "needs",
        &[
            ("language", "Polish"),
            ("needs", "interpreter"),
            ("needs", "quiet-place"),
            ("needs-other", "No bright light"),
        ],
        &["Polish", "An interpreter", "A quiet place", "No bright light"],
    ),
    (
        "caring",
        &[("caring", "children"), ("caring", "young-carer"), ("caring-about", "A brother, 6")],
        &["under 18 lives with me", "A brother, 6"],
    ),
    (
        "practical",
        &[("practical", "no-home"), ("practical-about", "A sofa until Friday")],
        &["I have no home", "A sofa until Friday"],
    ),
    ("before", &[("before", "told-did-not-fit")], &["I was told I did not fit"]),
    (
        "about-you",
        &[("full-name", "Robin Example"), ("no-address", "yes"), ("ethnic", "D")],
        &["Robin Example", "no fixed address", "Mixed – White and Black Caribbean"],
    ),
];

// seed: 126, 75
#[tokio::test]
async fn what_is_told_is_shown_on_its_page_before_sending_and_to_whoever_reads_it() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    for (page, fields, _) in MORE {
        asking.answers(page, fields).await;
        let again = asking.get(page).await;
        for (name, value) in fields {
            assert!(kept(&again.body, name, value), "{page} {name}: {}", again.body);
        }
    }
    let check = asking.get("check").await;
    for word in MORE.iter().flat_map(|(_, _, words)| *words) {
        assert!(check.has(word), "{word}: {}", check.body);
    }
    let given = reference(&asking.send().await);
    let mut nurse = house.persona("senior-nurse").await;
    let found = nurse.get(&format!("/find?reference={given}")).await;
    let record = nurse.get(&found.location.expect("the record")).await;
    for word in MORE.iter().flat_map(|(_, _, words)| *words).filter(|word| !word.contains("no fixed")) {
        assert!(record.has(word), "{word}: {}", record.body);
    }
    assert!(record.has("No fixed address") && record.has("The person, on"), "{}", record.body);
    let needs = record.body.find("An interpreter").unwrap();
    assert!(
        needs < record.body.find("I have not slept for weeks.").unwrap(),
        "needs come first: nobody misses them"
    );
}

fn kept(page: &str, name: &str, value: &str) -> bool {
    let escaped = value.replace('<', "&#60;").replace('>', "&#62;");
    let ticked = page.split("<input").skip(1).any(|input| {
        let tag = input.split('>').next().unwrap_or_default();
        tag.contains(&format!("name=\"{name}\""))
            && tag.contains(&format!("value=\"{escaped}\""))
            && (tag.contains(" checked") || tag.contains("type=\"text\""))
    });
    let chosen = page.split("<select").skip(1).any(|select| {
        select.contains(&format!("name=\"{name}\""))
            && select.contains(&format!("value=\"{escaped}\" selected"))
    });
    ticked
        || chosen
        || page
            .split("<textarea")
            .skip(1)
            .any(|area| area.contains(&format!("name=\"{name}\"")) && area.contains(&escaped))
}

#[tokio::test]
async fn an_optional_page_left_empty_is_no_answer_and_none_of_these_is_one() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    assert!(asking.get("check").await.has("Nothing. That is fine"));
    asking.answers("practical", &[("practical", "none")]).await;
    let page = asking.get("practical").await;
    assert!(kept(&page.body, "practical", "none"), "{}", page.body);
    asking.answers("practical", &[]).await;
    let page = asking.get("practical").await;
    assert!(!kept(&page.body, "practical", "none"), "an answer can be taken away: {}", page.body);
}

// seed: 125
#[tokio::test]
async fn somebody_without_a_phone_or_an_address_says_where_they_can_be_found() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let empty = asking.post("contact", &[("contact", "in-person")]).await;
    assert!(
        empty.status == StatusCode::UNPROCESSABLE_ENTITY
            && empty.has("Tell us a place where we can find you")
    );
    let place = "The library on Mill Street, mornings.";
    asking.answers("contact", &[("contact", "in-person"), ("place", place)]).await;
    let sent = asking.send().await;
    assert!(sent.has("We look for you where you said"), "{}", sent.body);
    let mut nurse = house.persona("senior-nurse").await;
    let found = nurse.get(&format!("/find?reference={}", reference(&sent))).await;
    let record = nurse.get(&found.location.unwrap()).await;
    assert!(record.has(place) && record.has("Find them in person"), "{}", record.body);
}

#[tokio::test]
async fn every_safe_way_is_kept_and_the_first_is_tried_first() {
    let house = support::house().await;
    let mut asking = Asking::ready(&house, &[]).await;
    let ways = [
        ("contact", "email"),
        ("contact", "text"),
        ("text-phone", "07700 900123"),
        ("email", "robin@post.example"),
        ("code-name", "Sam from the library"),
    ];
    asking.answers("contact", &ways).await;
    let check = asking.get("check").await.body;
    assert!(check.find("Text 07700 900 123").unwrap() < check.find("Email robin@post.example").unwrap());
    assert!(check.contains("say it is: Sam from the library"));
    let half = asking
        .post("contact", &[("contact", "text"), ("text-phone", "07700 900123"), ("contact", "email")])
        .await;
    assert!(half.has("Enter an email address") && half.has("07700 900123"), "the other way is still there");
    asking.send().await;
}

#[tokio::test]
async fn from_the_second_page_on_it_can_be_sent_with_a_name_and_one_way() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    assert!(asking.get("safety").await.has("Send what I have told you and have someone contact me"));
    assert_eq!(asking.answers("safety", &[("send", "so-far")]).await, "name?so-far=1");
    assert_eq!(asking.answers("name?so-far=1", &[("called", "Robin")]).await, "contact?so-far=1");
    let wrong = asking.post("contact?so-far=1", &[("contact", "call"), ("call-phone", "12 ab")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.has("12 ab"), "{}", wrong.body);
    let (page, fields) = LEAST[3];
    assert_eq!(page, "contact");
    assert_eq!(asking.answers("contact?so-far=1", fields).await, "sent");
    let sent = asking.get("sent").await;
    let mut nurse = house.persona("senior-nurse").await;
    let found = nurse.get(&format!("/find?reference={}", reference(&sent))).await;
    let record = nurse.get(&found.location.unwrap()).await;
    assert!(record.has("They stopped early"), "{}", record.body);
}

#[tokio::test]
async fn stopping_early_keeps_what_is_on_the_page_and_never_skips_the_emergency_page() {
    let house = support::house().await;
    let mut asking = Asking::begin(&house).await;
    asking.answers("name", &[("called", "Robin")]).await;
    asking.answers("contact", &[("contact", "call"), ("call-phone", "07700 900123")]).await;
    let danger = [("danger", "ending-life"), ("send", "so-far")];
    assert_eq!(asking.answers("safety", &danger).await, "danger");
    assert_eq!(house.database.count("referral").await, 0, "help now is shown before anything is sent");
    let last = [("why-now", "Half a sentence"), ("send", "so-far")];
    assert_eq!(asking.answers("why-now", &last).await, "sent");
    assert_eq!(house.database.count("page").await, 1, "the danger answer pages the duty person");
    let sent = asking.get("sent").await;
    let mut nurse = house.persona("senior-nurse").await;
    let found = nurse.get(&format!("/find?reference={}", reference(&sent))).await;
    assert!(nurse.get(&found.location.unwrap()).await.has("Half a sentence"));
}
