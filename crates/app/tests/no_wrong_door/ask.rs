//! The public journey, in every way the door offers, sent twice at once.

use axum::http::StatusCode;
use onedoor_domain::door::Danger;
use onedoor_domain::ids::ReferralId;

use super::support::{Browser, Page};
use super::{Lane, referral_of};

type Fields = Vec<(&'static str, &'static str)>;

const ROUTES: [&[(&str, &str)]; 6] = [
    &[("contact", "call"), ("call-phone", "01632 960123"), ("voicemail", "no")],
    &[("contact", "text"), ("text-phone", "07700 900123"), ("say-nhs", "yes")],
    &[("contact", "text"), ("text-phone", "07700 900123"), ("say-nhs", "no")],
    &[("contact", "email"), ("email", "robin@post.example"), ("say-nhs", "yes")],
    &[("contact", "email"), ("email", "robin@post.example"), ("say-nhs", "no")],
    &[("contact", "letter"), ("address", "1 Invented Row\nAshmere")],
];

/// Somebody asks; the draft becomes one referral, however often it is sent.
pub async fn asks(lane: &mut Lane) -> (ReferralId, String) {
    let mut browser = lane.house.visitor();
    let draft = browser.get("/ask").await.field("draft");
    answers(&mut browser, "/ask", &[("draft", &draft), ("who", "me")]).await;
    let page = |name: &str| format!("/ask/{draft}/{name}");
    let called_by_us = lane.chance.once_in(4);
    let danger = lane.chance.once_in(3).then(|| lane.chance.of(&Danger::ALL).unwrap().code());
    let told = answers(&mut browser, &page("safety"), &[("danger", danger.unwrap_or("none"))]).await;
    assert_eq!(told.ends_with("/danger"), danger.is_some(), "{told}");
    let (last, fields): (&str, Fields) = if called_by_us {
        ("call-me", vec![("called", "Robin"), ("phone", "07700 900123")])
    } else {
        if danger.is_some() {
            answers(&mut browser, &page("safe-for-now"), &[]).await;
        }
        rest(lane, &mut browser, &page).await;
        ("send", Vec::new())
    };
    let mut again = browser.clone();
    let path = page(last);
    let (one, two) = tokio::join!(browser.post(&path, &fields), again.post(&path, &fields));
    for sent in [&one, &two] {
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{last}: {}", sent.body);
        assert_eq!(sent.location.as_deref(), Some(page("sent").as_str()));
    }
    let reference = reference(&browser.get(&page("sent")).await);
    assert_eq!(reference, self::reference(&again.get(&page("sent")).await));
    (referral_of(&draft), reference)
}

async fn rest(lane: &mut Lane, browser: &mut Browser, page: &impl Fn(&str) -> String) {
    let gp: Fields =
        if lane.chance.once_in(2) { vec![("gp-practice", "Millbrook Surgery")] } else { Vec::new() };
    let tell_gp = if lane.chance.once_in(2) { "yes" } else { "no" };
    let route = lane.chance.of(&ROUTES).unwrap().to_vec();
    let questions: [(&str, Fields); 5] = [
        ("name", vec![("called", "Robin")]),
        ("contact", route),
        ("why-now", vec![("why-now", "I have not slept for weeks.")]),
        ("about-you", gp),
        ("permissions", vec![("tell-gp", tell_gp)]),
    ];
    for (question, fields) in questions {
        answers(browser, &page(question), &fields).await;
    }
}

async fn answers(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let went = browser.post(path, fields).await;
    assert_eq!(went.status, StatusCode::SEE_OTHER, "{path}: {}", went.body);
    went.location.unwrap()
}

fn reference(sent: &Page) -> String {
    let (_, rest) = sent.body.split_once("data-reference=\"").unwrap_or_else(|| panic!("{}", sent.body));
    rest.split('"').next().unwrap().to_owned()
}
