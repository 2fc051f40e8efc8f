//! What a one-time link must not do: be guessed, be used twice, be used late, be used elsewhere, or be used up by a machine
//! that only looks (hazards H03, H05, H06).

use axum::body::Body;
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use onedoor::answer::path;
use onedoor::work::Worker;
use onedoor_domain::guest::Errand;
use onedoor_domain::handover::HandoverState;
use onedoor_domain::ids::HandoverId;
use onedoor_domain::referral::StateKind;

use super::guests::{OFFER, WHO, YES, asked, enters, last, link, step};
use super::people::look;
use super::support::house;

#[tokio::test]
async fn a_guessed_key_a_made_up_offer_and_another_errands_key_all_open_nothing_and_look_alike() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let handover = last(&house, id).await;
    let right = link(&house, Errand::Answer(handover));
    let mut pages = Vec::new();
    let key = right.rsplit('/').next().unwrap();
    for wrong in [
        format!("/answer/answer/{handover}/{}", "0".repeat(64)),
        format!("/answer/carry/{handover}/{key}"),
        link(&house, Errand::Answer(HandoverId(uuid::Uuid::from_u128(7)))),
        format!("/answer/nothing/{handover}/{key}"),
    ] {
        let page = house.visitor().get(&wrong).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(house.visitor().post(&wrong, &WHO).await.status, StatusCode::NOT_FOUND, "{wrong}");
        pages.push(page.body);
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(house.visitor().get(&right).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_tries_many_keys_waits_and_so_does_everybody_at_their_place() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let handover = last(&house, id).await;
    let mut browser = house.visitor();
    let guess = |n: u32| format!("/answer/answer/{handover}/{n:064x}");
    for n in 0..30 {
        assert_eq!(browser.get(&guess(n)).await.status, StatusCode::NOT_FOUND, "{n}");
    }
    assert_eq!(browser.get(&guess(30)).await.status, StatusCode::TOO_MANY_REQUESTS);
    let right = link(&house, Errand::Answer(handover));
    assert_eq!(browser.post(&right, &WHO).await.status, StatusCode::TOO_MANY_REQUESTS);
    house.later(SignedDuration::from_mins(16));
    assert_eq!(browser.get(&right).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_mail_scanner_that_follows_the_link_answers_nothing_and_uses_nothing_up() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let errand = Errand::Answer(last(&house, id).await);
    let before = look(&house, id).await.version();
    let mut scanner = house.visitor();
    for _ in 0..5 {
        let head = Request::builder().method("HEAD").uri(link(&house, errand));
        assert_eq!(scanner.send_with(head, Body::empty()).await.status, StatusCode::OK);
        let page = scanner.get(&link(&house, errand)).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    // Even one that presses the button has no name to give.
    assert_eq!(scanner.post(&link(&house, errand), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let referral = look(&house, id).await;
    assert_eq!(referral.version(), before);
    assert!(matches!(referral.handover().unwrap().state, HandoverState::Offered { .. }));
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(!record.has("Opened the one-time link"), "looking at the gate is nobody reading");
    let (mut jo, place) = enters(&house, errand).await;
    assert_eq!(jo.get(&place).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_answered_link_says_by_whom_and_when_and_nothing_of_the_person() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let errand = Errand::Answer(last(&house, id).await);
    let (mut jo, place) = enters(&house, errand).await;
    assert_eq!(jo.post(&place, &YES).await.status, StatusCode::SEE_OTHER);
    let replay = house.visitor().get(&link(&house, errand)).await;
    assert!(
        replay.has("Jo Park answered on") && !replay.has("Mira") && !replay.has("slept"),
        "{}",
        replay.body
    );
    let named = house.visitor().post(&link(&house, errand), &WHO).await;
    assert_eq!(named.status, StatusCode::OK);
    assert!(named.has("Jo Park answered on"), "{}", named.body);
    let page = jo.get(&place).await;
    assert!(!page.has("slept") && page.has("Jo Park answered on"), "nor to who answered: {}", page.body);
    let again = jo.post(&place, &YES).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("you meet at the library"), "every word stays: {}", again.body);
}

#[tokio::test]
async fn two_browsers_at_once_and_one_answer_stands() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let errand = Errand::Answer(last(&house, id).await);
    let ((mut jo, place), (mut kim, _)) = (enters(&house, errand).await, enters(&house, errand).await);
    assert_eq!(kim.get(&place).await.status, StatusCode::OK);
    let no = [("take", "no"), ("reason", "capacity"), ("words", "Nobody free before June.")];
    let (yes, no) = tokio::join!(jo.post(&place, &YES), kim.post(&place, &no));
    let both = [yes.status, no.status];
    assert!(both.contains(&StatusCode::SEE_OTHER) && both.contains(&StatusCode::CONFLICT), "{both:?}");
    let state = look(&house, id).await.handovers().last().unwrap().state.clone();
    let fits = if both[0] == StatusCode::SEE_OTHER {
        matches!(state, HandoverState::Accepted { .. })
    } else {
        matches!(state, HandoverState::Declined { .. })
    };
    assert!(fits, "{state:?}");
}

#[tokio::test]
async fn a_link_dies_with_its_time_with_taking_back_and_with_a_new_offer() {
    let house = house().await;
    let (id, mut nurse) = asked(&house).await;
    let first = Errand::Answer(last(&house, id).await);
    let (mut jo, place) = enters(&house, first).await;
    step(&mut nurse, id, "take-back", &[("why", "She changed her mind.")]).await;
    let page = jo.get(&place).await;
    assert!(page.has("opens nothing any more") && !page.has("slept"), "{}", page.body);
    assert_eq!(jo.post(&place, &YES).await.status, StatusCode::CONFLICT);
    step(&mut nurse, id, "hand-over", &OFFER).await;
    let second = Errand::Answer(last(&house, id).await);
    assert_ne!(link(&house, first), link(&house, second));
    assert!(house.visitor().get(&link(&house, first)).await.has("opens nothing any more"));
    // Late, and the worker has not come yet: it is late all the same.
    let (mut jo, place) = enters(&house, second).await;
    house.later(SignedDuration::from_hours(24 * 5));
    let gate = house.visitor().get(&link(&house, second)).await;
    assert!(gate.has("opens nothing any more") && gate.has("We look after the person."), "{}", gate.body);
    assert_eq!(jo.post(&place, &YES).await.status, StatusCode::UNAUTHORIZED);
    Worker::new(&house.app).run_due().await;
    assert_eq!(look(&house, id).await.kind(), StateKind::Triaged);
    assert!(house.visitor().get(&link(&house, second)).await.has("opens nothing any more"));
}

#[tokio::test]
async fn a_visit_opens_its_own_errand_in_its_own_county_and_no_other_page() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let (other, _) = asked(&house).await;
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    let others = format!("/answer/answer/{}", last(&house, other).await);
    assert_eq!(jo.get(&others).await.status, StatusCode::NOT_FOUND);
    assert_eq!(jo.post(&others, &YES).await.status, StatusCode::NOT_FOUND);
    assert_eq!(jo.get("/track/where").await.location.as_deref(), Some("/track?over=1"));
    let staff = jo.get(&format!("/referrals/{id}")).await;
    assert!(staff.location.unwrap().starts_with("/sign-in"));
    // A cookie of another kind opens nothing here.
    let mut mira = house.follows(id).await;
    mira.cookies = mira.cookies.into_iter().map(|(_, token)| ("guest".to_owned(), token)).collect();
    assert_eq!(mira.get(&place).await.status, StatusCode::UNAUTHORIZED);
    // The key of another county.
    let neighbour = house.neighbour().await;
    let handover = last(&house, id).await;
    let theirs = path(&house.app, neighbour.demo.tenant, Errand::Answer(handover));
    assert_eq!(house.visitor().get(&theirs).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_read_is_named_in_the_audit() {
    let house = house().await;
    let (id, _) = asked(&house).await;
    let (mut jo, place) = enters(&house, Errand::Answer(last(&house, id).await)).await;
    jo.get(&place).await;
    let rows = house.database.rows(
        "SELECT coalesce(guest, '') || ' ' || action || ' ' || outcome FROM audit WHERE actor = 'guest' ORDER BY id",
    );
    let rows = rows.await;
    let named = "Jo Park, Duty adviser, Invented Debt Advice";
    assert!(rows.len() >= 3 && rows.iter().all(|row| row.starts_with(named)), "{rows:?}");
    assert!(rows.iter().any(|row| row.ends_with("LinkOpen wrote")), "{rows:?}");
    assert!(rows.iter().any(|row| row.ends_with("ReferralRead read")), "{rows:?}");
}
