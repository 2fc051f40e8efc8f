//! Back to the practice: a copy of the advice, somebody there who says that they have read it, a reminder, and a call. The person
//! waits for none of it.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::answer::path;
use onedoor::work::Worker;
use onedoor_domain::guest::Errand;
use onedoor_domain::handover::Answered;
use onedoor_domain::ids::{NoticeId, ReferralId};
use onedoor_domain::notice::{Message, Party};
use onedoor_domain::referral::{GpAnswer, Referral};
use onedoor_domain::task::TaskKind;

use super::people::{asks, by_letter, look};
use super::support::{Browser, House, house};
use super::{ADVICE, MET, step, triaged};

/// Somebody who was advised, and allowed a copy to their GP.
async fn advised(house: &House) -> (ReferralId, Browser) {
    let id = asks(house, by_letter("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(house, &mut nurse, id).await;
    step(&mut nurse, id, "contact", &MET).await;
    let done = step(&mut nurse, id, "advise", &ADVICE).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=advised")), "{}", done.body);
    (id, nurse)
}

fn owes(referral: &Referral) -> bool {
    referral.tasks().iter().any(|task| task.kind == TaskKind::GpReceipt && task.is_open())
}

fn letter(referral: &Referral) -> NoticeId {
    let to_gp = referral
        .notices()
        .iter()
        .rfind(|notice| notice.party == Party::Gp && matches!(notice.message, Message::Advised { .. }));
    to_gp.unwrap().id
}

// seed: 36
#[tokio::test]
async fn the_practice_gets_a_copy_and_somebody_there_says_by_its_words_that_they_have_read_it() {
    let house = house().await;
    let (id, mut nurse) = advised(&house).await;
    let referral = look(&house, id).await;
    assert!(owes(&referral));
    let notice = letter(&referral);
    let page = nurse.get(&format!("/referrals/{id}/notices/{notice}/letter")).await;
    assert!(
        page.has("Mira Example") && page.has("Try the sleep group.") && page.has("five words"),
        "{}",
        page.body
    );
    let link = path(&house.app, house.demo.tenant, Errand::Receipt(notice));
    let mut practice = house.visitor();
    let gate = practice.get(&link).await;
    assert!(gate.has("Millbrook Surgery") && gate.has("Have you read our letter?"), "{}", gate.body);
    for private in ["Mira", "sleep group", "slept", "debt"] {
        assert!(!gate.has(private), "{private} in {}", gate.body);
    }
    assert!(owes(&look(&house, id).await), "looking is no answer");
    let empty = practice.post(&link, &[("name", "Pat Moor")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let who = [("name", "Pat Moor"), ("role", "Practice manager"), ("confirm", "yes")];
    assert!(practice.post(&link, &who).await.has("There is nothing more to do."));
    let referral = look(&house, id).await;
    assert!(!owes(&referral));
    let answer = referral.gp_receipt().unwrap().answer.clone().unwrap();
    let GpAnswer::Read { answered: Answered::ByLink { name, .. }, .. } = answer else { panic!("{answer:?}") };
    assert_eq!(name.as_str(), "Pat Moor");
    let again = house.visitor().get(&link).await;
    assert!(again.has("Pat Moor answered on") && !again.has("Mira"), "{}", again.body);
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("The practice and our letter of advice") && record.has("Pat Moor, Practice manager"));
}

#[tokio::test]
async fn a_practice_that_says_nothing_is_reminded_then_rung_and_the_person_waits_for_none_of_it() {
    let house = house().await;
    let (id, mut nurse) = advised(&house).await;
    // Everybody is told, and it closes without the practice's word.
    for notice in look(&house, id).await.notices().iter().filter(|notice| !notice.state.is_settled()) {
        let posted = [("step", "posted"), ("address-checked", "yes"), ("version", "99")];
        nurse.post(&format!("/referrals/{id}/notices/{}", notice.id), &posted).await;
    }
    assert!(owes(&look(&house, id).await), "still asked");
    house.later(SignedDuration::from_hours(24 * 9));
    Worker::new(&house.app).run_due().await;
    let referral = look(&house, id).await;
    let task = referral.tasks().iter().find(|task| task.kind == TaskKind::GpReceipt).unwrap();
    assert!(
        task.is_open() && task.is_overdue(house.app.clock.now()),
        "on the overdue list until somebody says so"
    );
    let reminders = |referral: &Referral| {
        let all = referral.notices().iter().filter(|it| matches!(it.message, Message::GpReminder { .. }));
        all.map(|notice| notice.id).collect::<Vec<_>>()
    };
    let [reminder] = reminders(&referral)[..] else { panic!("one reminder") };
    let mut nurse = house.persona("senior-nurse").await;
    let page = nurse.get(&format!("/referrals/{id}/notices/{reminder}/letter")).await;
    assert!(
        page.has("Please tell us that you have read our letter") && page.has("five words"),
        "{}",
        page.body
    );
    assert!(!page.has("Mira Example") && !page.has("sleep group"), "a reminder names nobody: {}", page.body);
    house.later(SignedDuration::from_hours(24 * 3));
    Worker::new(&house.app).run_due().await;
    assert_eq!(reminders(&look(&house, id).await).len(), 1, "reminded once");
    // Rung: a slip loses nothing; a reason is kept.
    let mut nurse = house.persona("senior-nurse").await;
    let slip = step(&mut nurse, id, "gp-receipt", &[("read", "no")]).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("Say why nobody says so"));
    let done =
        step(&mut nurse, id, "gp-receipt", &[("read", "no"), ("why", "The practice has closed.")]).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=practice-answered")), "{}", done.body);
    assert!(!owes(&look(&house, id).await));
    let link = path(&house.app, house.demo.tenant, Errand::Receipt(letter(&look(&house, id).await)));
    assert!(house.visitor().get(&link).await.has("answered on"), "its link is over");
}

#[tokio::test]
async fn what_is_said_on_the_phone_is_kept_with_the_name_of_who_has_read_it() {
    let house = house().await;
    let (id, mut nurse) = advised(&house).await;
    let done = step(&mut nurse, id, "gp-receipt", &[("read", "yes"), ("by-name", "Dr Vale, partner")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let answer = look(&house, id).await.gp_receipt().unwrap().answer.clone().unwrap();
    assert!(
        matches!(&answer, GpAnswer::Read { answered: Answered::ByPhone { name, .. }, .. } if name.as_str() == "Dr Vale, partner")
    );
    let form = nurse.get(&format!("/referrals/{id}/gp-receipt")).await;
    assert_eq!(form.location, Some(format!("/referrals/{id}?done=not-from-here")), "asked once");
}
