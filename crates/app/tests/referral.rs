//! The record and every step with it, over HTTP, as the people who work there use it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "referral/agreement.rs"]
mod agreement;
#[path = "referral/around.rs"]
mod around;
#[path = "referral/choose.rs"]
mod choose;
#[path = "referral/handover.rs"]
mod handover;
#[path = "referral/needs.rs"]
mod needs;
#[path = "support/people.rs"]
mod people;
#[path = "referral/queue.rs"]
mod queue;
#[path = "referral/receipt.rs"]
mod receipt;
#[path = "support/services.rs"]
mod services;
mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_domain::clock::ClockKind;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::{Category, Outcome, StateKind};
use onedoor_domain::task::TaskKind;
use people::{asks, flagged, look, request, step};
use support::{Browser, House, Page, house};

async fn open(browser: &mut Browser, id: ReferralId) -> Page {
    let version = browser.get(&format!("/referrals/{id}")).await.field("version");
    browser.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await
}

/// Somebody met the person, who is to get help with debt.
const MET: [(&str, &str); 7] = [
    ("contact-on[day]", "24"),
    ("contact-on[month]", "11"),
    ("contact-on[year]", "2026"),
    ("contact-at", "10:00"),
    ("mode", "face-to-face"),
    ("reached", "yes"),
    ("next", "We look for help with debt."),
];

/// Advice, because no team is needed.
const ADVICE: [(&str, &str); 7] = [
    ("advice", "Try the sleep group."),
    ("options", "Your library has a quiet room."),
    ("basis", "no-team"),
    ("no-team", "Debt weighs most, and others help with that."),
    ("follow-up-on[day]", "8"),
    ("follow-up-on[month]", "12"),
    ("follow-up-on[year]", "2026"),
];

const TRIAGE: [(&str, &str); 4] = [
    ("category", "C"),
    ("narrative", "Getting worse since the weekend."),
    ("safety", "Her sister stays with her tonight."),
    ("children", "none"),
];

const ACCEPT: [(&str, &str); 5] = [
    ("contact-name", "Robin"),
    ("next-step", "Robin rings you.\nThen we meet."),
    ("next-on[day]", "30"),
    ("next-on[month]", "11"),
    ("next-on[year]", "2026"),
];

async fn triaged(house: &House, browser: &mut Browser, id: ReferralId) {
    open(browser, id).await;
    let done = step(browser, id, "triage", &TRIAGE).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=triaged")), "{}", done.body);
    assert_eq!(look(house, id).await.kind(), StateKind::Triaged);
}

async fn accepted(house: &House, browser: &mut Browser, id: ReferralId, team: &str) -> Page {
    let team = house.demo.teams[team].to_string();
    let mut fields = vec![("team", team.as_str())];
    fields.extend_from_slice(&ACCEPT);
    step(browser, id, "accept", &fields).await
}

// seed: 114
#[tokio::test]
async fn a_record_begins_with_the_persons_own_words_and_needs_no_diagnosis() {
    let house = house().await;
    let id = asks(&house, flagged("Mira")).await;
    let page = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let place = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.body));
    assert!(page.has("I have not slept for a week<br>and I cannot go to work."));
    let order =
        ["I have not slept", "Thoughts of ending their life now", "07700 900", "What you can do", "Tasks"];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{}", page.body);
    assert!(!page.body.to_lowercase().contains("diagnos"));
    assert!(page.has("Ring first") && page.has("After six, when I am alone"));
}

// seed: 76
#[tokio::test]
async fn a_senior_social_worker_triages_and_decides_like_a_senior_nurse_and_an_administrator_does_not() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut admin = house.persona("administrator").await;
    open(&mut admin, id).await;
    let page = admin.get(&format!("/referrals/{id}")).await;
    assert!(!page.has("/triage") && page.has("/contact"), "{}", page.body);
    for path in ["triage", "accept", "advise", "duplicate", "death", "withdraw"] {
        assert_eq!(
            admin.get(&format!("/referrals/{id}/{path}")).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        let posted = admin.post(&format!("/referrals/{id}/{path}"), &[("version", "2")]).await;
        assert_eq!(posted.status, StatusCode::FORBIDDEN, "{path}");
    }
    let mut social_worker = house.persona("senior-social-worker").await;
    open(&mut social_worker, id).await;
    triaged(&house, &mut social_worker, id).await;
    let done = accepted(&house, &mut social_worker, id, "north").await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=accepted")), "{}", done.body);
    let referral = look(&house, id).await;
    assert_eq!(referral.triage_in_force().unwrap().by.name().unwrap().as_str(), "Tom Brindle");
    assert!(matches!(&referral.decided().unwrap().outcome, Outcome::Accepted { .. }));
    assert!(social_worker.follow(done).await.has("The team has a task to name a key worker"));
}

#[tokio::test]
async fn a_narrative_that_is_too_long_comes_back_with_the_safety_words_beside_it() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    open(&mut nurse, id).await;
    let pasted = format!("Known since 2019. {}The end.", "Rang the ward. ".repeat(5_000));
    let typed = [TRIAGE[0], ("narrative", pasted.as_str()), TRIAGE[2], TRIAGE[3]];
    let page = step(&mut nurse, id, "triage", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let over = pasted.chars().count() - 10_000;
    assert!(page.has(&format!("This is too long: shorten it by {over} characters")), "says by how much");
    assert!(page.has(&pasted) && page.has("Her sister stays with her tonight."), "nothing is lost");
}

#[tokio::test]
async fn two_seniors_at_once_and_the_second_loses_no_word() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let mut social_worker = house.persona("senior-social-worker").await;
    open(&mut nurse, id).await;
    let address = format!("/referrals/{id}/triage");
    let version = social_worker.get(&address).await.field("version");
    assert_eq!(step(&mut nurse, id, "triage", &TRIAGE).await.status, StatusCode::SEE_OTHER);
    let typed = [
        ("version", version.as_str()),
        ("category", "B"),
        ("narrative", "She rang again <in tears>.\nSecond line."),
        ("safety", "Alone tonight; promised nothing."),
        ("children", "urgent"),
        ("children-urgent-about", "Two boys, nobody fetches them today."),
    ];
    let answer = social_worker.post(&address, &typed).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for words in [
        "She rang again &#60;in tears&#62;.<br>Second line.",
        "Alone tonight; promised nothing.",
        "Two boys, nobody fetches them today.",
        "Decided how soon",
        "Nadia Okonjo",
    ] {
        assert!(answer.has(words), "{words} is not in {}", answer.body);
    }
    assert!(answer.has(&format!("href=\"/referrals/{id}\"")));
    // What the other one decided, and what was chosen here, in words.
    for words in ["Getting worse since the weekend.", "Her sister stays with her tonight.", "C:", "B:"] {
        assert!(answer.has(words), "{words} is not in {}", answer.body);
    }
    let kept = answer.body.split("od-kept").nth(1).unwrap().split("</dl>").next().unwrap();
    for code in [">B<", ">urgent<"] {
        assert!(!kept.contains(code), "{code} is a code: {kept}");
    }
    assert_eq!(look(&house, id).await.triage_in_force().unwrap().category, Category::C);
}

#[tokio::test]
async fn a_form_with_something_missing_keeps_every_word_and_says_what_to_do() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    open(&mut nurse, id).await;
    let answer =
        step(&mut nurse, id, "triage", &[("category", "A"), ("narrative", "Line one\nline two")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("Line one\nline two") && answer.has("value=\"A\" checked"), "{}", answer.body);
    for (id, words) in [
        ("emergency", "Say what was done now"),
        ("safety", "Say what we understand about safety"),
        ("children", "Say whether there are children"),
    ] {
        assert!(answer.has(&format!("href=\"#{id}\"")) && answer.has(words), "{id}: {}", answer.body);
    }
    assert!(answer.body.contains("<title>Error:"));
    assert_eq!(look(&house, id).await.kind(), StateKind::Screening);
}

// seed: 29
#[tokio::test]
async fn the_children_question_must_be_answered_and_each_yes_needs_words() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    open(&mut nurse, id).await;
    for answer in ["", "no-concern", "urgent", "perhaps"] {
        let mut fields = TRIAGE.to_vec();
        fields[3] = ("children", answer);
        assert_eq!(
            step(&mut nurse, id, "triage", &fields).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{answer}"
        );
    }
    let mut fields = TRIAGE.to_vec();
    fields[3] = ("children", "no-concern");
    fields.push(("children-about", "Ada, 6, with her gran."));
    assert_eq!(step(&mut nurse, id, "triage", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(nurse.get(&format!("/referrals/{id}")).await.has("Ada, 6, with her gran."));
}

// seed: 31
#[tokio::test]
async fn children_who_may_need_help_make_a_task_for_today_that_ends_only_with_what_was_done() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    open(&mut nurse, id).await;
    let mut fields = TRIAGE.to_vec();
    fields[3] = ("children", "urgent");
    fields.push(("children-urgent-about", "Nobody at home after school."));
    step(&mut nurse, id, "triage", &fields).await;
    let referral = look(&house, id).await;
    let task = referral.tasks().iter().find(|task| task.kind == TaskKind::ChildrenUrgent).unwrap();
    let today = onedoor_domain::calendar::local_date(house.app.clock.now());
    assert_eq!(onedoor_domain::calendar::local_date(task.due_at), today);
    house.later(SignedDuration::from_hours(15));
    let overdue = house.persona("team-manager").await.get("/overdue").await;
    assert!(overdue.has("Mira") && overdue.has("late"), "{}", overdue.body);
    let mut nurse = house.persona("senior-nurse").await;
    let version = referral.version().to_string();
    let end = format!("/referrals/{id}/tasks/{}/end", task.id);
    let empty = nurse.post(&end, &[("version", &version), ("why", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Say what was done"));
    let said = "Rang children's services at 16:10; they visit today.";
    assert_eq!(nurse.post(&end, &[("version", &version), ("why", said)]).await.status, StatusCode::SEE_OTHER);
    let ended = look(&house, id).await;
    let task = ended.tasks().iter().find(|task| task.kind == TaskKind::ChildrenUrgent).unwrap();
    assert_eq!(task.end.as_ref().unwrap().why.as_ref().unwrap().as_str(), said);
    let waiting = ended.tasks().iter().find(|task| task.kind == TaskKind::Decide).unwrap().id;
    let end = format!("/referrals/{id}/tasks/{waiting}/end");
    let refused = nurse.post(&end, &[("version", &version), ("why", "tidy up")]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("tidy up"), "{}", refused.body);
}

// seed: 27
#[tokio::test]
async fn every_end_is_a_page_and_there_are_no_others() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let live = asks(&house, request("Mira")).await;
    triaged(&house, &mut nurse, live).await;
    let withdrawn = asks(&house, request("Bea")).await;
    let fields = [("said", "I feel better"), ("safety", "Asked; knows 111.")];
    assert_eq!(step(&mut nurse, withdrawn, "withdraw", &fields).await.status, StatusCode::SEE_OTHER);
    let twice = asks(&house, request("Mira again")).await;
    let reference = look(&house, live).await.reference().to_string().to_lowercase();
    let joined = step(&mut nurse, twice, "duplicate", &[("live-reference", &reference)]).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let died = asks(&house, request("Cal")).await;
    assert_eq!(
        step(&mut nurse, died, "death", &[("source", "His sister rang.")]).await.status,
        StatusCode::SEE_OTHER
    );
    let advised = asks(&house, request("Dee")).await;
    triaged(&house, &mut nurse, advised).await;
    step(&mut nurse, advised, "contact", &contact("yes")).await;
    let answer = step(&mut nurse, advised, "advise", &advice()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    for (id, code) in [(withdrawn, "withdrawn"), (twice, "duplicate"), (died, "died"), (advised, "advised")] {
        assert_eq!(look(&house, id).await.decided().unwrap().outcome.code(), code);
    }
    assert_eq!(accepted(&house, &mut nurse, live, "south").await.status, StatusCode::SEE_OTHER);
    assert_eq!(look(&house, live).await.decided().unwrap().outcome.code(), "accepted");
}

fn contact(reached: &str) -> [(&str, &str); 7] {
    [
        ("contact-on[day]", "24"),
        ("contact-on[month]", "11"),
        ("contact-on[year]", "2026"),
        ("contact-at", "10:00"),
        ("mode", "phone"),
        ("reached", reached),
        ("next", "I ring again at four."),
    ]
}

fn advice() -> [(&'static str, &'static str); 7] {
    [
        ("advice", "Try the sleep group."),
        ("options", "Harbour Crisis Café, evenings."),
        ("basis", "wish"),
        ("wish", "I only wanted to know where to go."),
        ("follow-up-on[day]", "8"),
        ("follow-up-on[month]", "12"),
        ("follow-up-on[year]", "2026"),
    ]
}

// seed: 81
#[tokio::test]
async fn no_page_offers_to_turn_anybody_away() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let new = asks(&house, request("Mira")).await;
    let decided = asks(&house, request("Bea")).await;
    triaged(&house, &mut nurse, decided).await;
    let mut pages = vec!["/my-day".to_owned(), "/worklist".into(), "/overdue".into(), "/duty".into()];
    for path in ["", "/triage", "/accept", "/advise", "/withdraw", "/duplicate", "/death", "/contact"] {
        pages.push(format!("/referrals/{decided}{path}"));
    }
    pages.push(format!("/referrals/{new}"));
    for path in pages {
        let page = nurse.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let body = page.body.to_lowercase();
        for word in ["reject", "decline", "not eligible", "ineligible", "criteria", "threshold", "turn away"]
        {
            assert!(!body.contains(word), "{path} says {word}");
        }
    }
    let post = nurse.post(&format!("/referrals/{decided}/reject"), &[]).await;
    assert_eq!(post.status, StatusCode::NOT_FOUND);
}

// seed: 75
#[tokio::test]
async fn what_was_told_and_decided_is_shown_again_and_asked_once() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    let again = nurse.get(&format!("/referrals/{id}/triage")).await;
    assert!(
        again.has("Getting worse since the weekend.") && again.has("value=\"C\" checked"),
        "{}",
        again.body
    );
    accepted(&house, &mut nurse, id, "north").await;
    let mut worker = house.persona("key-worker").await;
    let record = worker.get(&format!("/referrals/{id}")).await;
    for words in
        ["I have not slept for a week", "Getting worse since the weekend.", "Then we meet.", "Nadia Okonjo"]
    {
        assert!(record.has(words), "{words}: {}", record.body);
    }
    let form = worker.get(&format!("/referrals/{id}/contact")).await;
    assert!(form.has("What this person told us") && form.has("I have not slept for a week"));
}

#[tokio::test]
async fn advice_waits_for_the_contact_that_is_owed_and_keeps_a_dated_check_that_can_reopen() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    let early = step(&mut nurse, id, "advise", &advice()).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.has("owed a call or a first contact") && early.has("Try the sleep group."),
        "{}",
        early.body
    );
    let form = nurse.get(&format!("/referrals/{id}/advise")).await;
    assert_eq!(
        (form.field("follow-up-on[day]"), form.field("follow-up-on[month]")),
        ("8".into(), "12".into())
    );
    step(&mut nurse, id, "contact", &contact("yes")).await;
    assert_eq!(step(&mut nurse, id, "advise", &advice()).await.status, StatusCode::SEE_OTHER);
    let received = look(&house, id).await.received_at();
    let mut admin = house.persona("administrator").await;
    let fields = [("outcome", "no-answer"), ("said", "Rang three times.")];
    let answer = step(&mut admin, id, "follow-up", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let again = look(&house, id).await;
    assert_eq!((again.kind(), again.received_at()), (StateKind::Screening, received));
}

#[tokio::test]
async fn only_reaching_the_person_stops_the_clock_and_nothing_is_recorded_for_tomorrow() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    let running = |referral: &onedoor_domain::referral::Referral| {
        referral.clocks().iter().any(|clock| clock.kind == ClockKind::CatC && clock.is_running())
    };
    assert_eq!(step(&mut nurse, id, "contact", &contact("no")).await.status, StatusCode::SEE_OTHER);
    assert!(running(&look(&house, id).await));
    let mut ahead = contact("yes");
    ahead[0] = ("contact-on[day]", "25");
    let refused = step(&mut nurse, id, "contact", &ahead).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("lies in the future"));
    for wrong in ["", "25:00", "half past nine"] {
        let mut fields = contact("yes");
        fields[3] = ("contact-at", wrong);
        let refused = step(&mut nurse, id, "contact", &fields).await;
        assert!(
            refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("such as 14:30"),
            "{wrong}"
        );
    }
    assert_eq!(step(&mut nurse, id, "contact", &contact("yes")).await.status, StatusCode::SEE_OTHER);
    assert!(!running(&look(&house, id).await));
}
