//! The queue of a partner: who waits for its answer, whom it has taken, whom it has met; and giving back what it took.

use axum::http::StatusCode;
use onedoor_domain::handover::{DeclineReason, HandoverState};
use onedoor_domain::referral::StateKind;

use super::people::{asks, look, request};
use super::support::{House, house};
use super::{step, triaged};

async fn offered(house: &House, called: &str) -> onedoor_domain::ids::ReferralId {
    let id = asks(house, request(called)).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(house, &mut nurse, id).await;
    let team = house.demo.teams["lantern"].to_string();
    let fields = [("to", "here"), ("team", team.as_str()), ("why", "Debt."), ("consent", "agrees")];
    let done = step(&mut nurse, id, "hand-over", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    id
}

#[tokio::test]
async fn a_partner_works_through_its_own_queue_and_sees_nobody_else() {
    let house = house().await;
    let mut partner = house.persona("voluntary-worker").await;
    let empty = partner.get("/handovers").await;
    assert!(
        empty.has("Nobody waits for your answer.") && empty.has("Waiting for our answer (0)"),
        "{}",
        empty.body
    );
    let (mira, cal) = (offered(&house, "Mira").await, offered(&house, "Cal").await);
    let page = partner.get("/handovers").await;
    assert!(
        page.has("Waiting for our answer (2)") && page.has(">Mira<") && page.has(">Cal<"),
        "{}",
        page.body
    );
    assert!(page.has("href=\"/handovers\"") && !page.has("slept"), "a list tells no stories");
    step(&mut partner, mira, "take-over", &[("contact-name", "Asha"), ("next", "Asha rings.")]).await;
    let page = partner.get("/handovers?show=taken").await;
    assert!(
        page.has("We said yes, not met (1)") && page.has(">Mira<") && !page.has(">Cal<"),
        "{}",
        page.body
    );
    let form = partner.get(&format!("/referrals/{mira}/have-met")).await;
    let met = [("mode", "face-to-face"), ("next", "Every Thursday.")];
    let when = ["contact-on[day]", "contact-on[month]", "contact-on[year]", "contact-at"]
        .map(|name| (name, form.field(name)));
    let when: Vec<(&str, &str)> = when.iter().map(|(name, value)| (*name, value.as_str())).collect();
    step(&mut partner, mira, "have-met", &[&when[..], &met].concat()).await;
    let page = partner.get("/handovers?show=met").await;
    assert!(page.has("Met (1)") && page.has(">Mira<"), "{}", page.body);
    // Those of another team, and who answers for nobody.
    let mut worker = house.persona("key-worker").await;
    assert!(worker.get("/handovers").await.has("Nobody waits for your answer."));
    assert_eq!(house.persona("gp").await.get("/handovers").await.status, StatusCode::FORBIDDEN);
    assert!(
        partner.get("/handovers?show=nonsense&after=x").await.has(">Cal<"),
        "a wrong address is the first page"
    );
    assert_eq!(look(&house, cal).await.kind(), StateKind::Redirecting);
}

#[tokio::test]
async fn a_partner_that_cannot_go_on_gives_back_with_a_reason_of_its_own() {
    let house = house().await;
    let id = offered(&house, "Mira").await;
    let mut partner = house.persona("voluntary-worker").await;
    let form = partner.get(&format!("/referrals/{id}/cannot-take")).await;
    assert!(!form.has("It had said yes, and cannot go on"), "it has not said yes");
    step(&mut partner, id, "take-over", &[("contact-name", "Asha"), ("next", "Asha rings.")]).await;
    let back = [("reason", "cannot-go-on"), ("words", "Asha left, and nobody else knows debt.")];
    step(&mut partner, id, "cannot-take", &back).await;
    let referral = look(&house, id).await;
    assert_eq!((referral.declines(), referral.hand_backs()), (0, 1));
    let last = referral.handovers().last().unwrap();
    assert!(matches!(
        &last.state,
        HandoverState::Declined { reason: DeclineReason::CannotGoOn, after_accepting: true, .. }
    ));
    assert_eq!(referral.team(), house.demo.teams["spoa"]);
    assert!(partner.get("/handovers?show=taken").await.has("(0)"));
}
