//! A service without an account answers by its one-time link: the whole way to having met, and everything a stranger, a
//! scanner, a neighbour and a late hand may try with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "answer/abuse.rs"]
mod abuse;
#[path = "support/guests.rs"]
mod guests;
#[path = "support/people.rs"]
mod people;
mod support;

use axum::http::StatusCode;
use guests::{OFFER, YES, asked, asked_with, enters, last, link};
use jiff::SignedDuration;
use onedoor::work::Worker;
use onedoor_domain::guest::Errand;
use onedoor_domain::handover::{Answered, HandoverState};
use onedoor_domain::referral::{Outcome, Referral, StateKind};
use onedoor_domain::task::TaskKind;
use people::look;
use support::{House, house};

fn owes(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

/// What lies in the spool for this address.
fn mail(house: &House, to: &str) -> Vec<String> {
    let files = std::fs::read_dir(&house.app.settings.spool_dir).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts.map(|text| text.replace("=\r\n", "").replace("=\n", "")).filter(|text| text.contains(to)).collect()
}

#[tokio::test]
async fn a_service_without_an_account_takes_a_person_by_its_link_and_says_that_they_have_met() {
    let house = house().await;
    let (id, mut nurse) = asked(&house).await;
    let handover = last(&house, id).await;
    Worker::new(&house.app).run_due().await;
    let [message] = &mail(&house, "desk@debt.example")[..] else { panic!("one message") };
    let answer = Errand::Answer(handover);
    assert!(message.contains(&link(&house, answer)), "{message}");
    for private in ["Mira", "slept", "council", "sister", "07700"] {
        assert!(!message.contains(private), "{private} in {message}");
    }
    // Opening shows nothing of the person before a name, and is no answer.
    let mut browser = house.visitor();
    let page = browser.get(&link(&house, answer)).await;
    assert!(page.has("Invented Debt Advice") && page.has("please say who you are"), "{}", page.body);
    assert!(!page.has("Mira") && !page.has("slept") && page.has("noindex"), "{}", page.body);
    let empty = browser.post(&link(&house, answer), &[("name", "Jo Park")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Say what you do there") && empty.has("value=\"Jo Park\""), "{}", empty.body);
    let (mut jo, place) = enters(&house, answer).await;
    let page = jo.get(&place).await;
    for shown in ["I have not slept", "Her sister stays with her tonight.", "know about letters", "07700 900"]
    {
        assert!(page.has(shown), "no {shown} in {}", page.body);
    }
    assert!(!page.has("Millbrook Surgery History") && !page.has("/referrals/"), "nothing of how staff work");
    assert!(matches!(look(&house, id).await.handover().unwrap().state, HandoverState::Offered { .. }));
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Opened the one-time link and read") && record.has("Jo Park, Duty adviser"));
    // The answer.
    let done = jo.post(&place, &YES).await;
    let page = jo.follow(done).await;
    assert!(page.has("The person is told who gets in touch.") && !page.has("slept"), "{}", page.body);
    let referral = look(&house, id).await;
    assert!(owes(&referral, TaskKind::HandoverMeet) && referral.team() == house.demo.teams["spoa"]);
    let promise = referral.handover().unwrap().state.promise().unwrap().clone();
    assert!(matches!(&promise.answered, Answered::ByLink { name, .. } if name.as_str() == "Jo Park"));
    assert_eq!(promise.on.map(|day| day.to_string()).as_deref(), Some("2026-11-26"));
    // Mira reads who is in touch, and on which day.
    let mira = house.follows(id).await.get("/track/where").await;
    assert!(mira.has("Asha will be in touch."), "{}", mira.body);
    // A fresh link says that they have met.
    Worker::new(&house.app).run_due().await;
    let carry = Errand::Carry(handover);
    let both = mail(&house, "desk@debt.example");
    assert!(both.iter().any(|text| text.contains(&link(&house, carry))), "{both:?}");
    let (mut jo, place) = enters(&house, carry).await;
    let introduced = jo.post(&place, &[("take", "introduced"), ("how", "together")]).await;
    assert!(jo.follow(introduced).await.has("We have written that down."));
    let form = jo.get(&place).await;
    let when = ["contact-on[day]", "contact-on[month]", "contact-on[year]", "contact-at"];
    let when = when.map(|name| (name, form.field(name)));
    let mut fields: Vec<(&str, &str)> = when.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend([("take", "met"), ("mode", "face-to-face"), ("next", "Every Thursday.")]);
    let done = jo.post(&place, &fields).await;
    assert!(jo.follow(done).await.has("The person is yours from now on."));
    let referral = look(&house, id).await;
    assert!(matches!(&referral.decided().unwrap().outcome, Outcome::Redirected { .. }));
    assert!(owes(&referral, TaskKind::Tell) && !owes(&referral, TaskKind::HandoverMeet));
}

#[tokio::test]
async fn a_service_that_cannot_says_why_and_the_person_is_back_in_the_list() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let before = look(&house, id).await.received_at();
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    let silent = jo.post(&place, &[("take", "no"), ("words", "Nobody free before June.")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.has("Choose why not") && silent.has("Nobody free before June."), "{}", silent.body);
    let nothing = jo.post(&place, &[]).await;
    assert!(nothing.has("Choose an answer"));
    let no = [("take", "no"), ("reason", "capacity"), ("words", "Nobody free before June.")];
    let done = jo.post(&place, &no).await;
    assert!(jo.follow(done).await.has("find somebody else"));
    let referral = look(&house, id).await;
    assert_eq!((referral.kind(), referral.received_at()), (StateKind::Triaged, before));
    assert!(owes(&referral, TaskKind::Decide));
}

#[tokio::test]
async fn a_letter_carries_words_that_lead_to_the_same_page_and_name_nobody() {
    let house = house().await;
    let fields: Vec<_> = OFFER
        .iter()
        .map(|(name, value)| (*name, if *name == "email" { "" } else { *value }))
        .chain([("address", "3 Invented Row\nAshmere")])
        .collect();
    let (id, mut nurse) = asked_with(&house, &fields).await;
    let referral = look(&house, id).await;
    let notice = referral.notices().iter().find(|notice| notice.message.handover().is_some()).unwrap().id;
    let letter = nurse.get(&format!("/referrals/{id}/notices/{notice}/letter")).await;
    assert!(letter.has("3 Invented Row<br>Ashmere") && letter.has("these five words"), "{}", letter.body);
    assert!(!letter.has("slept") && !letter.has("council"), "{}", letter.body);
    let after = letter.body.split("these five words:").nth(1).unwrap();
    let words = after.split("<p>").nth(1).unwrap().split("</p>").next().unwrap().trim().to_owned();
    assert_eq!(words.split(' ').count(), 5, "{words}");
    let reference = referral.reference().to_string();
    let mut jo = house.visitor();
    let wrong = jo.post("/answer", &[("reference", &reference), ("phrase", "one two three")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let on = jo.post("/answer", &[("reference", &reference), ("phrase", &words)]).await;
    let page = jo.follow(on).await;
    assert!(page.has("please say who you are") && !page.has("Mira"), "{}", page.body);
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    let done = jo.post(&place, &YES).await;
    assert!(jo.follow(done).await.has("The words of the letter open it again"));
    let again = house.visitor().post("/answer", &[("reference", &reference), ("phrase", &words)]).await;
    assert!(again.location.unwrap().starts_with("/answer/carry/"), "the same words, the next thing");
}

#[tokio::test]
async fn who_takes_a_break_says_again_who_they_are_and_keeps_every_word() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    house.later(SignedDuration::from_mins(31));
    let page = jo.post(&place, &YES).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.has("you meet at the library") && page.has("Nothing was answered"), "{}", page.body);
    assert!(matches!(look(&house, id).await.handover().unwrap().state, HandoverState::Offered { .. }));
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    let finished = jo.post("/answer/finish", &[]).await;
    assert!(finished.has("Nothing of it can be opened in this browser"));
    assert_eq!(jo.get(&place).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_day_before_today_and_a_meeting_to_come_are_asked_about_and_nothing_is_lost() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    let late: Vec<_> = YES.iter().map(|(k, v)| (*k, if *k == "on[day]" { "2" } else { *v })).collect();
    let page = jo.post(&place, &late).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Choose today or a day after today") && page.has("you meet at the library"));
    let without: Vec<_> = YES.iter().filter(|(name, _)| !name.starts_with("on[")).copied().collect();
    assert_eq!(jo.post(&place, &without).await.status, StatusCode::SEE_OTHER, "the day may be left out");
    let (mut jo, place) = enters(&house, Errand::Carry(last(&house, id).await)).await;
    let met = [
        ("take", "met"),
        ("contact-on[day]", "30"),
        ("contact-on[month]", "11"),
        ("contact-on[year]", "2026"),
        ("contact-at", "10:00"),
        ("mode", "phone"),
        ("next", "Every Thursday."),
    ];
    let page = jo.post(&place, &met).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("That moment is in the future") && page.has("Every Thursday."), "{}", page.body);
}
