//! Two people at one request: neither writes over the other, and no word that was typed is lost.

use axum::http::StatusCode;
use onedoor_domain::door::Way;

use super::{RINGS, answers, begins, look_at};
use crate::support::{Browser, Page, house};

/// Saves a question as its page was shown, with what that page carries.
async fn saves(browser: &mut Browser, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let was = page.field("was");
    let mut all = vec![("was", was.as_str())];
    let over = page.body.contains("name=\"over\"").then(|| page.field("over"));
    all.extend(over.as_deref().map(|over| ("over", over)));
    all.extend(fields);
    browser.post(path, &all).await
}

#[tokio::test]
async fn what_the_person_changed_after_danger_now_is_not_written_over_by_the_open_form() {
    let house = house().await;
    let mut host = house.persona("harbour-host").await;
    let first = [&RINGS[..2], &[("channel", "cafe"), ("danger-now", "yes")]].concat();
    let (id, _) = begins(&mut host, &first).await;
    let contact = format!("/enter/{id}/contact");
    let form = host.get(&contact).await;
    let why = host.get(&format!("/enter/{id}/why-now")).await;

    let mut person = house.follows(id.parse().unwrap()).await;
    let theirs = [("contact", "text"), ("text-phone", "07700 900999"), ("say-nhs", "no")];
    assert_eq!(person.changes("/track/change/contact", &theirs).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        person.changes("/track/change/needs", &[("needs", "interpreter")]).await.status,
        StatusCode::SEE_OTHER
    );
    let texts = |way: &Way, end: &str| matches!(way, Way::Text { phone } if phone.as_str().ends_with(end));

    // Another question: what the person said stays.
    let saved =
        saves(&mut host, &why, &format!("/enter/{id}/why-now"), &[("why-now", "Worse since noon.")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let now = look_at(&house, &id).await;
    assert!(texts(&now.person().contact.way, "900999"), "{:?}", now.person().contact);
    assert!(!now.person().needs.needs.is_empty());

    // That very question: told, nothing saved, nothing lost; the host has no right to the record and sees no number of it.
    let typed = [("contact", "text"), ("text-phone", "07700 900111"), ("say-nhs", "no")];
    let clash = saves(&mut host, &form, &contact, &typed).await;
    assert_eq!(clash.status, StatusCode::CONFLICT, "{}", clash.body);
    assert!(clash.has("Ask the person which is right") && clash.has("07700 900111"), "{}", clash.body);
    assert!(!clash.has("900 999") && !clash.has("900999"), "not theirs to see: {}", clash.body);
    assert!(texts(&look_at(&house, &id).await.person().contact.way, "900999"));
    // The person changes it once more while the host reads: asked again.
    let again = [("contact", "text"), ("text-phone", "07700 900888"), ("say-nhs", "no")];
    person.changes("/track/change/contact", &again).await;
    let clash = saves(&mut host, &clash, &contact, &typed).await;
    assert_eq!(clash.status, StatusCode::CONFLICT, "{}", clash.body);
    // Knowing it, the host saves: the person is there and says so.
    let saved = saves(&mut host, &clash, &contact, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let now = look_at(&house, &id).await;
    assert!(texts(&now.person().contact.way, "900111"), "{:?}", now.person().contact);
    assert!(!now.person().needs.needs.is_empty(), "what was not asked stays");
}

#[tokio::test]
async fn whoever_may_read_the_record_sees_both_texts_beside_each_other() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let (id, _) = begins(&mut nurse, &[RINGS, &[("danger-now", "yes")]].concat()).await;
    let form = nurse.get(&format!("/enter/{id}/needs")).await;
    let mut person = house.follows(id.parse().unwrap()).await;
    person.changes("/track/change/needs", &[("needs", "bsl")]).await;
    let before = house.database.count_audit("referral", "read").await;
    let clash = saves(&mut nurse, &form, &format!("/enter/{id}/needs"), &[("needs", "large-print")]).await;
    assert_eq!(clash.status, StatusCode::CONFLICT, "{}", clash.body);
    let told = clash.body.split("<main").nth(1).unwrap().split("<form").next().unwrap();
    assert!(told.contains("British Sign Language"), "what the record says: {}", clash.body);
    assert!(clash.has("value=\"large-print\" checked"), "what was typed: {}", clash.body);
    assert_eq!(house.database.count_audit("referral", "read").await, before + 1, "seen, and written down");
    // The nurse keeps what the person said: the same page with it saves nothing else.
    let kept = saves(
        &mut nurse,
        &clash,
        &format!("/enter/{id}/needs"),
        &[("needs", "bsl"), ("needs", "large-print")],
    )
    .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert_eq!(look_at(&house, &id).await.person().needs.needs.len(), 2);
}

#[tokio::test]
async fn two_colleagues_who_answer_the_same_question_both_keep_their_words() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let mut nurse = house.persona("senior-nurse").await;
    let (id, _) = begins(&mut administrator, RINGS).await;
    let path = format!("/enter/{id}/why-now");
    let (one, two) = (administrator.get(&path).await, nurse.get(&path).await);
    let name = nurse.get(&format!("/enter/{id}/name")).await;
    assert_eq!(
        saves(&mut administrator, &one, &path, &[("why-now", "Cannot sleep.")]).await.status,
        StatusCode::SEE_OTHER
    );
    // Another question is nobody's business.
    let other = saves(&mut nurse, &name, &format!("/enter/{id}/name"), &[("called", "Mira")]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
    let clash = saves(&mut nurse, &two, &path, &[("why-now", "Hears voices.")]).await;
    assert_eq!(clash.status, StatusCode::CONFLICT, "{}", clash.body);
    assert!(clash.has("A colleague wrote here meanwhile") && clash.has("Cannot sleep."), "{}", clash.body);
    assert!(clash.has("Hears voices.</textarea>"), "{}", clash.body);
    let both = [("why-now", "Cannot sleep. Hears voices.")];
    let saved = saves(&mut nurse, &clash, &path, &both).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    // The first page, sent again with the back button: told, not written over.
    let back = saves(&mut administrator, &one, &path, &[("why-now", "Cannot sleep at all.")]).await;
    assert_eq!(back.status, StatusCode::CONFLICT);
    // The same words sent twice are one save.
    assert_eq!(saves(&mut nurse, &clash, &path, &both).await.status, StatusCode::SEE_OTHER);
    let whole = nurse.get(&format!("/enter/{id}")).await;
    assert!(whole.has("Cannot sleep. Hears voices.") && whole.has("Mira"), "{}", whole.body);
    // A page of something wrong still knows what it showed.
    let wrong =
        answers(&mut administrator, &id, "contact", &[("contact", "text"), ("text-phone", "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
