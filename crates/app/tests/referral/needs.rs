//! What they asked for, where a contact or a letter does not give it by itself: asked, kept, shown (hazards H19, H27).

use axum::http::StatusCode;
use onedoor_domain::door::{Need, Needs, SafeContact, Way};
use onedoor_domain::notice::NoticeState;
use onedoor_domain::unmet::NeedsMet;

use super::people::{asks, by_letter, look, request};
use super::support::house;
use super::{contact, step};

// seed: 126
#[tokio::test]
async fn a_call_to_somebody_who_asked_for_no_calls_needs_a_reason_that_the_record_keeps() {
    let house = house().await;
    let mut asking = request("Mira");
    asking.needs = Needs { needs: vec![Need::NoPhoneCalls, Need::Bsl], ..Needs::default() };
    let id = asks(&house, asking).await;
    let mut nurse = house.persona("senior-nurse").await;
    let form = nurse.get(&format!("/referrals/{id}/contact")).await;
    assert!(form.has("Did they have what they asked for?"), "asked before anything is typed: {}", form.body);
    let silent = step(&mut nurse, id, "contact", &contact("no")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.has("Say whether they had what they asked for, or why not"), "{}", silent.body);
    assert!(silent.has("I ring again at four.") && silent.has("href=\"#needs\""), "{}", silent.body);
    let mut fields = contact("no").to_vec();
    fields.extend([("needs", "not-met"), ("needs-why", "")]);
    let empty = step(&mut nurse, id, "contact", &fields).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Say why they did not have what they asked for"), "{}", empty.body);
    fields.pop();
    fields.push(("needs-why", "No answer by text since Sunday."));
    assert_eq!(step(&mut nurse, id, "contact", &fields).await.status, StatusCode::SEE_OTHER);
    let why = "No answer by text since Sunday.".parse().unwrap();
    assert_eq!(look(&house, id).await.contacts()[0].needs, Some(NeedsMet::NotMet { why }));
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("They did not have all they asked for. Why: No answer by text since Sunday."));
    let said = record.body.matches("No answer by text since Sunday.").count();
    assert_eq!(said, 2, "with the contact and in the history: {}", record.body);
}

#[tokio::test]
async fn who_chose_another_way_is_rung_only_with_a_reason_and_everybody_else_is_asked_nothing() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let rings = asks(&house, request("Bea")).await;
    let form = nurse.get(&format!("/referrals/{rings}/contact")).await;
    assert!(!form.has("Did they have what they asked for?"), "{}", form.body);
    assert_eq!(step(&mut nurse, rings, "contact", &contact("yes")).await.status, StatusCode::SEE_OTHER);
    let mut asking = request("Mira");
    asking.contact = SafeContact::by(Way::Text { phone: "07700 900456".parse().unwrap() });
    let texts = asks(&house, asking).await;
    let silent = step(&mut nurse, texts, "contact", &contact("yes")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.has("Only the ways they said are safe"), "{}", silent.body);
    let mut fields = contact("yes").to_vec();
    fields.push(("needs", "met"));
    assert_eq!(step(&mut nurse, texts, "contact", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(nurse.get(&format!("/referrals/{texts}")).await.has("What they asked for was there."));
}

// seed: 126
#[tokio::test]
async fn a_letter_asks_for_its_address_and_its_format_at_once_and_keeps_every_word() {
    let house = house().await;
    let mut asking = by_letter("Mira");
    asking.needs = Needs { language: "Polish".parse().ok(), needs: vec![Need::Braille], other: None };
    let id = asks(&house, asking).await;
    let referral = look(&house, id).await;
    let version = referral.version().to_string();
    let path = format!("/referrals/{id}/notices/{}", referral.notices()[0].id);
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("It is the one we were given: 1 Invented Row, Ashmere"), "{}", record.body);
    assert!(record.has("They asked for: Their own language; "), "{}", record.body);
    let bare = nurse.post(&path, &[("version", &version), ("step", "posted")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    for missing in
        ["Read the address on the envelope, then tick the box", "Say whether they had what they asked"]
    {
        assert!(bare.has(missing), "{missing}: {}", bare.body);
    }
    let why = "Sent on in Braille on Friday.";
    let typed = [("version", &*version), ("step", "posted"), ("needs", "not-met"), ("needs-why", why)];
    let unread = nurse.post(&path, &typed).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unread.has(why) && unread.field("step") == "posted", "{}", unread.body);
    assert!(matches!(look(&house, id).await.notices()[0].state, NoticeState::Queued), "nothing was recorded");
    let whole = [&typed[..], &[("address", "read")]].concat();
    assert_eq!(nurse.post(&path, &whole).await.status, StatusCode::SEE_OTHER);
    let after = look(&house, id).await;
    let NoticeState::Posted { by, address_checked: true, needs: Some(needs), .. } = &after.notices()[0].state
    else {
        panic!("{:?}", after.notices()[0]);
    };
    assert!(by.name().is_some() && needs.why().is_some_and(|kept| kept.as_str() == why));
    let shown = nurse.get(&format!("/referrals/{id}")).await;
    assert!(shown.has("They read the address first.") && shown.has(&format!("Why: {why}")), "{}", shown.body);
}
