//! Help asked for somebody else, and by young people: over HTTP, without JavaScript.
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
use onedoor_domain::door::{Age, Way};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::notice::{Message, News, Party};
use onedoor_domain::referral::{Held, StateKind};
use onedoor_domain::task::TaskKind;
use people::{asks, look, request, step};
use steps::Asking;
use support::{Browser, House, Page, house};

/// What a daughter answers about her father, page by page.
const ANSWERS: [(&str, &[(&str, &str)]); 14] = [
    ("safety", &[("danger", "none")]),
    ("asker", &[("asker-name", "Ann Vale"), ("relation", "child")]),
    ("your-contact", &[("contact", "email"), ("email", "ann@post.example"), ("say-nhs", "yes")]),
    ("name", &[("called", "Joe")]),
    ("age", &[("age", "adult")]),
    ("knows", &[("knows", "yes"), ("agrees", "no"), ("agrees-why", "He says he is fine.")]),
    ("contact", &[("contact", "call"), ("call-phone", "07700 900456")]),
    ("why-now", &[("why-now", "Dad has not left his room for a month.")]),
    ("help", &[]),
    ("needs", &[]),
    ("caring", &[("caring", "adult-cared-for")]),
    ("practical", &[("practical", "money")]),
    ("before", &[("before", "too-anxious")]),
    ("about-you", &[]),
];

async fn begin(house: &House) -> Asking {
    let mut browser = house.visitor();
    let draft = browser.get("/ask").await.field("draft");
    let went = browser.post("/ask", &[("draft", &draft), ("who", "someone")]).await;
    assert_eq!(went.location.as_deref(), Some(format!("/ask/{draft}/safety").as_str()), "{}", went.body);
    Asking { browser, draft }
}

async fn sent(house: &House, with: &[(&str, &[(&str, &str)])]) -> (ReferralId, Page) {
    let mut asking = begin(house).await;
    for (page, fields) in ANSWERS {
        let fields = with.iter().find(|(name, _)| *name == page).map_or(fields, |(_, fields)| *fields);
        asking.answers(page, fields).await;
    }
    let page = asking.send().await;
    (asking.draft.parse().unwrap(), page)
}

async fn open(browser: &mut Browser, id: ReferralId) {
    let version = browser.get(&format!("/referrals/{id}")).await.field("version");
    browser.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
}

const TRIAGE: [(&str, &str); 4] = [
    ("category", "E"),
    ("narrative", "Withdrawn for a month."),
    ("safety", "Not alone. Eats with his daughter."),
    ("children", "none"),
];

fn accept(team: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("contact-name", "Robin"),
        ("next-step", "Robin rings you."),
        ("next-on[day]", "30"),
        ("next-on[month]", "11"),
        ("next-on[year]", "2026"),
    ];
    let mut all: Vec<_> = fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    all.push(("team", team.to_owned()));
    all
}

const CONTACT: [(&str, &str); 8] = [
    ("contact-on[day]", "24"),
    ("contact-on[month]", "11"),
    ("contact-on[year]", "2026"),
    ("contact-at", "10:00"),
    ("mode", "phone"),
    ("reached", "yes"),
    ("next", "Ring again on Friday."),
    ("told", "yes"),
];

async fn accepts(house: &House, browser: &mut Browser, id: ReferralId) -> Page {
    let fields = accept(&house.demo.teams["north"].to_string());
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    step(browser, id, "accept", &fields).await
}

// seed: 44
// seed: 120
#[tokio::test]
async fn a_daughter_asks_for_her_father_and_every_page_speaks_about_him() {
    let house = house().await;
    let mut asking = begin(&house).await;
    let said = [
        ("safety", "They are thinking about ending their life"),
        ("asker", "Who are you to them?"),
        ("your-contact", "We tell you more only if the person agrees"),
        ("name", "What are they called?"),
        ("age", "How old are they?"),
        ("knows", "Do they know that you are asking?"),
        ("contact", "How can we find them?"),
        ("why-now", "what they said themselves"),
        ("caring", "They look after an adult"),
        ("practical", "They have no home"),
        ("about-you", "If they have no postcode"),
    ];
    for (page, words) in said {
        let shown = asking.get(page).await;
        assert!(shown.has(words) && !shown.has("⟦"), "{page}: {}", shown.body);
    }
    for (page, fields) in ANSWERS {
        asking.answers(page, fields).await;
    }
    let check = asking.get("check").await;
    for words in
        ["Ann Vale", "Son or daughter", "Email ann@post.example", "They do not agree", "He says he is fine."]
    {
        assert!(check.has(words), "{words}: {}", check.body);
    }
    assert!(!check.has("tell your GP"), "nobody gives another person's permission");
    let sent = asking.send().await;
    for words in ["We tell you more only if the person agrees", "within a month", "in the way you chose"] {
        assert!(sent.has(words), "{words}: {}", sent.body);
    }
}

#[tokio::test]
async fn what_must_be_said_is_asked_again_and_nothing_typed_is_lost() {
    let house = house().await;
    let mut asking = begin(&house).await;
    let slip = asking.post("asker", &[("asker-name", ""), ("organisation", "kept")]).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("Enter your name") && slip.has("Choose who you are to them"), "{}", slip.body);
    let slip = asking.post("knows", &[("unsafe", "yes"), ("agrees-why", "He is proud.")]).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("why it would not be safe") && slip.has("He is proud."), "{}", slip.body);
    let slip = asking.post("send", &[]).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("Choose yes or no: do they know") && slip.has("how we can find them"), "{}", slip.body);
}

#[tokio::test]
async fn an_adult_who_does_not_agree_is_offered_contact_and_the_daughter_hears_no_more() {
    let house = house().await;
    let (id, _) = sent(&house, &[]).await;
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    for words in
        ["Offer contact. This is no case yet", "Ann Vale", "Son or daughter", "in the words of whoever asked"]
    {
        assert!(record.has(words), "{words}: {}", record.body);
    }
    open(&mut nurse, id).await;
    step(&mut nurse, id, "triage", &TRIAGE).await;
    assert!(!nurse.get(&format!("/referrals/{id}")).await.has("A team accepts"));
    let refused = accepts(&house, &mut nurse, id).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("The person has not agreed") && refused.has("Robin rings you."), "{}", refused.body);
    let said = [&CONTACT[..], &[("agrees", "yes"), ("may-tell", "no")]].concat();
    let done = step(&mut nurse, id, "contact", &said).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=contact")), "{}", done.body);
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("They agree that we help") && record.has("A team accepts"), "{}", record.body);
    accepts(&house, &mut nurse, id).await;
    let referral = look(&house, id).await;
    assert_eq!(referral.kind(), StateKind::Telling);
    assert!(matches!(referral.asked_by().held, Some(Held::Told { .. })));
    let last = referral.notices().iter().rfind(|notice| notice.party == Party::Referrer).unwrap();
    assert!(matches!(last.message, Message::ToReferrer { news: News::Dealt, .. }), "{:?}", last.message);
}

#[tokio::test]
async fn a_person_who_must_not_be_told_yet_gets_no_message_and_stands_on_the_list() {
    let house = house().await;
    let knows = [
        ("knows", "no"),
        ("agrees", "not-asked"),
        ("unsafe", "yes"),
        ("unsafe-why", "Her husband reads it."),
    ];
    let (id, _) = sent(&house, &[("knows", &knows)]).await;
    let referral = look(&house, id).await;
    assert!(referral.notices().iter().all(|notice| notice.party == Party::Referrer));
    let mut nurse = house.persona("senior-nurse").await;
    let hold = [
        ("why", "Her husband reads her messages."),
        ("review-on[day]", "8"),
        ("review-on[month]", "12"),
        ("review-on[year]", "2026"),
    ];
    let done = step(&mut nurse, id, "unsafe-to-tell", &hold).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=held-back")), "{}", done.body);
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(
        record.has("8 December 2026") && record.has("Her husband reads her messages."),
        "{}",
        record.body
    );
    let mut administrator = house.persona("administrator").await;
    let refused = administrator.get(&format!("/referrals/{id}/unsafe-to-tell")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    house.at("2026-12-10T10:00:00Z");
    let mut nurse = house.persona("senior-nurse").await;
    assert!(nurse.get("/overdue").await.has("Joe"));
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Tell them that somebody asked for them"), "{}", record.body);
}

#[tokio::test]
async fn a_senior_writes_down_why_the_law_lets_us_go_on() {
    let house = house().await;
    let (id, _) = sent(&house, &[]).await;
    let mut nurse = house.persona("senior-nurse").await;
    open(&mut nurse, id).await;
    step(&mut nurse, id, "triage", &TRIAGE).await;
    let slip = step(&mut nurse, id, "without-agreement", &[("why", " ")]).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("why", "Lacks capacity for this decision today; best interests recorded with the daughter.")];
    let done = step(&mut nurse, id, "without-agreement", &why).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=waived")), "{}", done.body);
    let done = accepts(&house, &mut nurse, id).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=accepted")), "{}", done.body);
}

#[tokio::test]
async fn danger_answers_about_somebody_else_show_help_and_page_the_duty_person() {
    let house = house().await;
    let mut asking = begin(&house).await;
    assert_eq!(asking.answers("safety", &[("danger", "ending-life")]).await, "danger");
    let danger = asking.get("danger").await;
    assert!(danger.has("stay with them") && danger.has("They are safe for now") && danger.has("999"));
    let slip = asking.post("call-me", &[("called", "Ann"), ("phone", "07700 900111")]).await;
    assert!(slip.has("Tell us who you are worried about"), "{}", slip.body);
    let call = [("called", "Ann"), ("phone", "07700 900111"), ("about", "Joe, my father")];
    assert_eq!(asking.answers("call-me", &call).await, "sent");
    let referral = look(&house, asking.draft.parse().unwrap()).await;
    assert!(referral.page().is_some(), "the duty person is rung");
    assert_eq!(referral.person().identity.called.as_str(), "Joe, my father");
    assert!(referral.person().contact.through_asker, "the number is not his");
    assert!(
        referral.notices().iter().all(|notice| notice.party == Party::Referrer),
        "nothing is sent to him there"
    );
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{}", referral.id())).await;
    assert!(record.has("The number of whoever asked"), "{}", record.body);
    // Another number, after it was sent: it is the daughter's too, and he gets nothing there.
    let other = [("called", "Ann"), ("phone", "07700 900112"), ("about", "Joe")];
    assert_eq!(asking.answers("call-me", &other).await, "sent");
    assert!(asking.get("sent").await.has("rings you or them by"));
    let referral = look(&house, asking.draft.parse().unwrap()).await;
    assert!(referral.person().contact.through_asker);
    let reach = referral.origin().behalf().unwrap().referrer.reach.clone().unwrap();
    let ends = |way: &Way, end: &str| matches!(way, Way::Call { phone, .. } if phone.as_str().ends_with(end));
    assert!(ends(&reach.way, "112") && ends(&referral.person().contact.way, "112"), "{reach:?}");
    assert_eq!(referral.person().identity.called.as_str(), "Joe, my father");
}

// seed: 81
#[tokio::test]
async fn a_young_person_is_spoken_to_and_handed_to_the_young_people_s_team() {
    let house = house().await;
    let mut asking = Asking::begin(&house).await;
    asking.answers("safety", &[("danger", "none")]).await;
    asking.answers("age", &[("age", "under-16")]).await;
    for (page, words) in [
        ("name", "Nobody at home or at school is told"),
        ("why-now", "you will not be in trouble"),
        ("permissions", "We do not tell your parents"),
        ("practical", "School, college or work"),
    ] {
        assert!(asking.get(page).await.has(words), "{page}");
    }
    let mut young = request("Kit");
    young.identity.age = Some(Age::UnderSixteen);
    let id = asks(&house, young).await;
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    for words in ["A young person", "Hand them warmly", "Under 16: ask", "Parents and carers are not told"] {
        assert!(record.has(words), "{words}: {}", record.body);
    }
    open(&mut nurse, id).await;
    let slip = step(&mut nurse, id, "triage", &TRIAGE).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("what the young person understands"), "{}", slip.body);
    let words = [&TRIAGE[..], &[("competence", "Explains in her own words what we would do.")]].concat();
    step(&mut nurse, id, "triage", &words).await;
    let form = nurse.get(&format!("/referrals/{id}/accept")).await;
    let team = house.demo.teams["young"];
    assert!(form.has(&format!("value=\"{team}\" selected")), "{}", form.body);
    let tasks = look(&house, id).await;
    assert!(tasks.tasks().iter().all(|task| task.kind != TaskKind::TellHeld), "she asked herself");
}
