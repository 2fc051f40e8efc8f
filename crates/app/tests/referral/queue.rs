//! The queue of a partner: who waits for its answer, whom it has taken, whom it has met; and giving back what it took.

use axum::http::StatusCode;
use onedoor_domain::handover::{Answered, DeclineReason, HandoverState};
use onedoor_domain::referral::StateKind;

use super::people::{asks, look, request};
use super::support::{Browser, House, house};
use super::{step, triaged};

async fn offered(house: &House, called: &str) -> onedoor_domain::ids::ReferralId {
    offered_to(house, called, "lantern").await
}

async fn offered_to(house: &House, called: &str, team: &str) -> onedoor_domain::ids::ReferralId {
    let id = asks(house, request(called)).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(house, &mut nurse, id).await;
    let team = house.demo.teams[team].to_string();
    let fields = [("to", "here"), ("team", team.as_str()), ("why", "Debt."), ("consent", "agrees")];
    let done = step(&mut nurse, id, "hand-over", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    id
}

/// They met now.
async fn have_met(partner: &mut Browser, id: onedoor_domain::ids::ReferralId) {
    let form = partner.get(&format!("/referrals/{id}/have-met")).await;
    assert!(!form.has("name=\"by-name\""), "whoever answers is not asked who said so on the phone");
    let met = [("mode", "face-to-face"), ("next", "Every Thursday.")];
    let when = ["contact-on[day]", "contact-on[month]", "contact-on[year]", "contact-at"]
        .map(|name| (name, form.field(name)));
    let when: Vec<(&str, &str)> = when.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = step(partner, id, "have-met", &[&when[..], &met].concat()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
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
    have_met(&mut partner, mira).await;
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

#[tokio::test]
async fn a_cafe_host_reads_the_offer_says_yes_introduces_meets_and_the_other_cafe_learns_of_nobody() {
    let house = house().await;
    let id = offered_to(&house, "Mira", "harbour-cafe").await;
    let record = format!("/referrals/{id}");
    let mut other = house.persona("orchard-host").await;
    let queue = other.get("/handovers").await;
    assert!(queue.has("Waiting for our answer (0)") && !queue.has("Mira"), "{}", queue.body);
    for path in ["", "/take-over", "/cannot-take", "/introduce", "/have-met"] {
        let hidden = other.get(&format!("{record}{path}")).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!hidden.has("Mira"));
    }
    let yes = [("version", "4"), ("contact-name", "Ines"), ("next", "Ines rings.")];
    assert_eq!(other.post(&format!("{record}/take-over"), &yes).await.status, StatusCode::NOT_FOUND);

    let mut host = house.persona("harbour-host").await;
    let queue = host.get("/handovers").await;
    assert!(queue.has("Waiting for our answer (1)") && queue.has(">Mira<"), "{}", queue.body);
    assert!(queue.has("href=\"/handovers\""), "it stands in the navigation");
    // What is passed on to a partner, and no more of the record than a partner reads.
    let read = host.get(&record).await;
    assert!(read.has("Debt.") && read.has("Her sister stays with her"), "{}", read.body);
    let steps = |page: &super::support::Page| {
        ["take-over", "cannot-take", "introduce", "have-met", "triage", "hand-over", "take-back", "offer"]
            .into_iter()
            .filter(|step| page.has(&format!("{record}/{step}\"")))
            .collect::<Vec<_>>()
    };
    assert_eq!(steps(&read), ["take-over", "cannot-take"]);
    let empty = step(&mut host, id, "take-over", &[("contact-name", ""), ("next", "Sam rings.")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Sam rings."), "the typed words stay");
    let done = step(&mut host, id, "take-over", &[("contact-name", "Sam"), ("next", "Sam rings.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(steps(&host.get(&record).await), ["cannot-take", "introduce", "have-met"]);
    let done = step(&mut host, id, "introduce", &[("how", "together")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    have_met(&mut host, id).await;
    assert!(host.get("/handovers?show=met").await.has("Met (1)"));
    let handover = look(&house, id).await.handovers().last().unwrap().clone();
    assert!(matches!(
        &handover.state,
        HandoverState::Met { by: Answered::OnScreen { who }, .. } if who.name().is_some_and(|name| name.as_str() == "Sam Pennock")
    ));
}

#[tokio::test]
async fn a_cafe_host_says_no_and_gives_back_with_a_coded_reason() {
    let house = house().await;
    let mut host = house.persona("harbour-host").await;
    let full = offered_to(&house, "Cal", "harbour-cafe").await;
    let bare = step(&mut host, full, "cannot-take", &[("words", "Full.")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "without a reason nobody is sent back");
    step(&mut host, full, "cannot-take", &[("reason", "capacity"), ("words", "Full.")]).await;
    assert_eq!(look(&house, full).await.declines(), 1);
    let taken = offered_to(&house, "Mira", "harbour-cafe").await;
    step(&mut host, taken, "take-over", &[("contact-name", "Sam"), ("next", "Sam rings.")]).await;
    step(&mut host, taken, "cannot-take", &[("reason", "cannot-go-on"), ("words", "Sam is ill.")]).await;
    assert_eq!(look(&house, taken).await.hand_backs(), 1);
    for id in [full, taken] {
        let gone = host.get(&format!("/referrals/{id}")).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "whoever cannot help does not read on");
    }
}
