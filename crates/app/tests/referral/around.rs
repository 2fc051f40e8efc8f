//! Around the record: messages settled by named people, who sees what, finding, opening, explaining, bad requests.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_domain::clock::ClockKind;
use onedoor_domain::notice::NoticeState;
use onedoor_domain::referral::StateKind;
use onedoor_domain::task::TaskKind;

use super::people::{asks, by_letter, flagged, look, request};
use super::support::house;
use super::{TRIAGE, accepted, contact, open, step, triaged};

#[tokio::test]
async fn letters_are_printed_posted_and_only_then_is_anybody_told() {
    let house = house().await;
    let id = asks(&house, by_letter("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    accepted(&house, &mut nurse, id, "north").await;
    let referral = look(&house, id).await;
    let version = referral.version().to_string();
    let owed: Vec<_> = referral.notices().iter().filter(|notice| !notice.state.is_settled()).collect();
    assert_eq!(owed.len(), 3, "receipt, decision, decision to the GP");
    for notice in &owed {
        let base = format!("/referrals/{id}/notices/{}", notice.id);
        let letter = nurse.get(&format!("{base}/letter")).await;
        assert!(letter.status == StatusCode::OK && letter.has("call 999") || letter.has("Dear colleague"));
        let to = if letter.has("Dear Mira") { "1 Invented Row<br>Ashmere" } else { "Millbrook Surgery" };
        assert!(letter.has(to), "{}", letter.body);
        assert_eq!(letter.has("plain envelope"), letter.has("Dear Mira"), "only what goes home is plain");
        for step in ["printed", "posted"] {
            let fields = [("version", version.as_str()), ("step", step), ("address", "read")];
            assert_eq!(nurse.post(&base, &fields).await.status, StatusCode::SEE_OTHER, "{step}");
        }
        let again =
            nurse.post(&base, &[("version", &version), ("step", "posted"), ("address", "read")]).await;
        assert!(again.status.is_client_error(), "posted is posted");
    }
    let closed = look(&house, id).await;
    assert_eq!(closed.kind(), StateKind::Closed);
    let posted_by =
        |state: &NoticeState| matches!(state, NoticeState::Posted { by, .. } if by.name().is_some());
    assert!(closed.notices().iter().all(|notice| posted_by(&notice.state)));
    assert!(nurse.get(&format!("/referrals/{id}")).await.has("Finished: everybody was told"));
}

// seed: 26
#[tokio::test]
async fn whoever_has_no_professional_of_their_own_after_five_working_days_is_flagged() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    step(&mut nurse, id, "contact", &contact("yes")).await;
    accepted(&house, &mut nurse, id, "north").await;
    let due =
        look(&house, id).await.tasks().iter().find(|task| task.kind == TaskKind::Allocate).unwrap().due_at;
    let days = due.duration_since(house.app.clock.now()).as_hours() / 24;
    assert!((7..=8).contains(&days), "five working days: {due}");
    house.later(SignedDuration::from_hours(24 * 9));
    let mut manager = house.persona("team-manager").await;
    let list = format!("/overdue?team={}", house.demo.teams["north"]);
    let overdue = manager.get(&list).await;
    assert!(overdue.has("Mira"), "{}", overdue.body);
    let form = manager.get(&format!("/referrals/{id}/allocate")).await;
    assert!(form.has("Occupational therapist"), "{}", form.body);
    let worker = house.demo.users["key-worker"].to_string();
    let named = step(&mut manager, id, "allocate", &[("key-worker", &worker)]).await;
    assert_eq!(named.location, Some(format!("/referrals/{id}?done=allocated")), "{}", named.body);
    let allocated = look(&house, id).await;
    assert!(allocated.tasks().iter().all(|task| task.kind != TaskKind::Allocate || !task.is_open()));
}

#[tokio::test]
async fn a_letter_that_comes_back_tells_nobody_and_a_human_is_asked() {
    let house = house().await;
    let id = asks(&house, by_letter("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    accepted(&house, &mut nurse, id, "north").await;
    let referral = look(&house, id).await;
    let version = referral.version().to_string();
    let mut last = String::new();
    for notice in referral.notices().iter().filter(|notice| !notice.state.is_settled()) {
        last = format!("/referrals/{id}/notices/{}", notice.id);
        nurse.post(&last, &[("version", &version), ("step", "posted"), ("address", "read")]).await;
    }
    let closed = look(&house, id).await;
    assert_eq!(closed.kind(), StateKind::Closed);
    let version = closed.version().to_string();
    assert!(nurse.get(&format!("/referrals/{id}")).await.has("The letter came back"), "it can be said");
    let silent = nurse.post(&last, &[("version", &version), ("step", "came-back"), ("why", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.body);
    assert!(silent.has("Say what you know about why"));
    let back =
        nurse.post(&last, &[("version", &version), ("step", "came-back"), ("why", "Gone away.")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let referral = look(&house, id).await;
    let owed = |kind| referral.tasks().iter().any(|task| task.kind == kind && task.is_open());
    assert!(owed(TaskKind::NotTold), "a human is asked, although it was closed");
    assert!(nurse.get(&format!("/referrals/{id}")).await.has("The letter came back: Gone away."));
    let again = nurse.post(&last, &[("version", &version), ("step", "posted"), ("address", "read")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "to a better address");
    assert!(
        look(&house, id).await.tasks().iter().all(|task| task.kind != TaskKind::NotTold || !task.is_open())
    );
}

#[tokio::test]
async fn telling_by_phone_settles_and_an_exception_needs_its_reason() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let fields = [("said", ""), ("safety", "Safe with her mother.")];
    step(&mut nurse, id, "withdraw", &fields).await;
    let referral = look(&house, id).await;
    let version = referral.version().to_string();
    let decision = referral.notices().last().unwrap().id;
    let base = format!("/referrals/{id}/notices/{decision}");
    let empty = nurse.post(&base, &[("version", &version), ("step", "excepted"), ("why", "")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Say why they are not told"));
    assert!(empty.field("step") == "excepted", "the form can be sent again");
    let wrong = nurse.post(&base, &[("version", &version), ("step", "handed")]).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND, "only a provider hands over");
    let told = nurse.post(&base, &[("version", &version), ("step", "told-by-phone")]).await;
    assert_eq!(told.location, Some(format!("/referrals/{id}?done=told-by-phone")));
    assert_eq!(look(&house, id).await.kind(), StateKind::Closed);
}

#[tokio::test]
async fn each_role_sees_its_own_parts_and_strangers_to_the_record_see_none() {
    let house = house().await;
    let id = asks(&house, flagged("Mira")).await;
    let path = format!("/referrals/{id}");
    let manager = house.persona("team-manager").await.get(&path).await;
    assert!(manager.has("Mira") && manager.has("07700 900") && !manager.has("I have not slept"));
    assert!(!manager.has("Thoughts of ending") && manager.has("restricted items"), "{}", manager.body);
    let service = house.persona("service-manager").await.get(&path).await;
    assert!(service.has("Thoughts of ending") && !service.has("I have not slept"));
    for persona in ["gp", "caldicott", "system-administrator"] {
        let page = house.persona(persona).await.get(&path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{persona}");
        assert!(page.has("You cannot open this page") && !page.has("Mira"));
    }
    for persona in ["voluntary-worker", "harbour-host", "key-worker", "social-worker"] {
        let page = house.persona(persona).await.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{persona}");
        assert!(!page.has("Mira"));
    }
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    accepted(&house, &mut nurse, id, "harbour-cafe").await;
    let host = house.persona("harbour-host").await.get(&path).await;
    assert!(host.has("I have not slept") && !host.has("Her sister stays with her"), "{}", host.body);
    assert!(host.has("restricted item"));
    assert_eq!(house.persona("orchard-host").await.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_reference_finds_the_record_and_says_nothing_about_others() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let reference = look(&house, id).await.reference().as_str().to_lowercase();
    let find = format!("/find?reference={}+{}", &reference[..4], &reference[4..]);
    let mut nurse = house.persona("senior-nurse").await;
    assert_eq!(nurse.get(&find).await.location, Some(format!("/referrals/{id}")));
    let stranger = house.persona("social-worker").await.get(&find).await;
    assert!(stranger.status == StatusCode::UNPROCESSABLE_ENTITY && stranger.has("that you can open"));
    for (typed, words) in
        [("", "Enter a reference"), ("K7", "8 characters"), ("AAAAAAAA", "never use vowels")]
    {
        let page = nurse.get(&format!("/find?reference={typed}")).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.has(words), "{typed}: {}", page.body);
    }
}

#[tokio::test]
async fn opening_and_taking_over_are_explicit_and_sending_twice_is_harmless() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let mut social_worker = house.persona("senior-social-worker").await;
    assert!(nurse.get(&format!("/referrals/{id}")).await.has("Open it: I am reading this"));
    assert_eq!(open(&mut nurse, id).await.status, StatusCode::SEE_OTHER);
    let again = nurse.post(&format!("/referrals/{id}/open"), &[("version", "1")]).await;
    assert_eq!(again.location, Some(format!("/referrals/{id}?done=opened")));
    let own = nurse.get(&format!("/referrals/{id}")).await;
    assert!(!own.has("Take it over") && !own.has("Open it: I am reading this"));
    let late = social_worker.post(&format!("/referrals/{id}/open"), &[("version", "1")]).await;
    assert!(late.status == StatusCode::CONFLICT && late.has("Nadia Okonjo"), "{}", late.body);
    assert!(social_worker.get(&format!("/referrals/{id}")).await.has("Take it over"));
    assert_eq!(open(&mut social_worker, id).await.status, StatusCode::SEE_OTHER);
    assert!(nurse.get("/worklist").await.has("Tom Brindle, for less than a minute"));
}

#[tokio::test]
async fn a_missed_target_is_explained_once_by_those_who_answer_for_it() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    house.later(SignedDuration::from_hours(24 * 3));
    let referral = look(&house, id).await;
    let clock = referral.clocks().iter().find(|clock| clock.kind == ClockKind::RefTriage).unwrap().id;
    let explain = format!("/referrals/{id}/clocks/{clock}/explain");
    let mut admin = house.persona("administrator").await;
    assert!(admin.get(&format!("/referrals/{id}")).await.has("Nobody has said yet why it was late"));
    let version = referral.version().to_string();
    let said = [("version", version.as_str()), ("why", "Two colleagues were ill.")];
    assert_eq!(admin.post(&explain, &said).await.status, StatusCode::FORBIDDEN);
    let mut manager = house.persona("team-manager").await;
    assert_eq!(manager.post(&explain, &said).await.status, StatusCode::SEE_OTHER);
    let page = manager.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Why it was late: Two colleagues were ill."), "{}", page.body);
}

#[tokio::test]
async fn a_team_names_the_key_worker_who_then_has_the_person_on_the_first_page() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    accepted(&house, &mut nurse, id, "north").await;
    let mut manager = house.persona("team-manager").await;
    let form = manager.get(&format!("/referrals/{id}/allocate")).await;
    assert!(form.has("Marcus Webb, Occupational therapist") && !form.has("Ffion Rees"), "{}", form.body);
    let stranger = house.demo.users["social-worker"].to_string();
    let refused = step(&mut manager, id, "allocate", &[("key-worker", &stranger)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let worker = house.demo.users["key-worker"].to_string();
    let done = step(&mut manager, id, "allocate", &[("key-worker", &worker)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let day = house.persona("key-worker").await.get("/my-day").await;
    let people = day.body.find("People you are key worker for").unwrap();
    assert!(day.body[people..].contains("Mira"), "{}", day.body);
}

#[tokio::test]
async fn forged_and_broken_requests_get_a_calm_page_and_change_nothing() {
    let house = house().await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let nobody = uuid::Uuid::from_u128(1);
    for path in [
        "/referrals/not-an-id".to_owned(),
        format!("/referrals/{nobody}"),
        format!("/referrals/{id}/notices/{nobody}/letter"),
        format!("/referrals/{nobody}/triage"),
        "/worklist/new?team=x&since=y".into(),
    ] {
        assert_eq!(nurse.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let triage = format!("/referrals/{id}/triage");
    let broken = nurse.post_raw(&triage, b"version=1&narrative=%00".to_vec()).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let huge = nurse.post_raw(&triage, vec![b'a'; 300 * 1024]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    let no_version = nurse.post(&triage, &TRIAGE).await;
    assert!(no_version.status == StatusCode::CONFLICT && no_version.has("Getting worse since the weekend."));
    for path in
        ["/worklist?after=1.2.3", "/overdue?after=%FF", "/my-day?after=x", "/find?reference=%27%22%3C"]
    {
        assert!(nurse.get(path).await.status.as_u16() < 500, "{path}");
    }
    assert_eq!(look(&house, id).await.kind(), StateKind::Received);
}
