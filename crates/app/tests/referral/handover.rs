//! Handing over warmly, over HTTP: the voluntary partner answers on screen, a service without an account on the phone.
//! Until they have met, the single point of access holds the person, and nobody is passed round.

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::work::Worker;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::{Outcome, Referral, StateKind};
use onedoor_domain::task::TaskKind;

use super::people::{asks, look, request};
use super::support::{Browser, House, Page, house};
use super::{step, triaged};

async fn ready(house: &House) -> (ReferralId, Browser) {
    let id = asks(house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(house, &mut nurse, id).await;
    (id, nurse)
}

async fn asked_here(house: &House, nurse: &mut Browser, id: ReferralId, team: &str) -> Page {
    let team = house.demo.teams[team].to_string();
    let fields = [
        ("to", "here"),
        ("team", team.as_str()),
        ("why", "They know about letters from the council."),
        ("consent", "agrees"),
        ("said", "Yes please."),
        ("wish", "three-way-call"),
    ];
    step(nurse, id, "hand-over", &fields).await
}

const OUTSIDE: [(&str, &str); 6] = [
    ("to", "outside"),
    ("name", "Invented Debt Advice"),
    ("phone", "01632 960 700"),
    ("email", ""),
    ("why", "Debt weighs most."),
    ("consent", "agrees"),
];

fn owes(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

fn went(page: &Page, id: ReferralId, done: &str) {
    assert_eq!(page.location, Some(format!("/referrals/{id}?done={done}")), "{}", page.body);
}

async fn cannot(browser: &mut Browser, id: ReferralId, phone: &[(&str, &str)]) -> Page {
    let said = [("reason", "capacity"), ("words", "Nobody free before June.")];
    step(browser, id, "cannot-take", &[phone, &said].concat()).await
}

#[tokio::test]
async fn a_voluntary_worker_takes_a_person_over_and_the_single_point_of_access_holds_them_until_then() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    let mut partner = house.persona("voluntary-worker").await;
    assert_eq!(
        partner.get(&format!("/referrals/{id}")).await.status,
        StatusCode::NOT_FOUND,
        "not theirs yet"
    );
    went(&asked_here(&house, &mut nurse, id, "lantern").await, id, "proposed");
    let page = partner.get(&format!("/referrals/{id}")).await;
    assert!(page.has("They know about letters from the council."), "{}", page.body);
    assert!(page.has("I have not slept") && page.has("Her sister stays with her tonight."), "{}", page.body);
    assert!(page.has("The service takes them") && page.has("The service cannot take them"));
    let ours = nurse.get(&format!("/referrals/{id}")).await;
    assert_eq!(ours.body.matches("Why this service").count(), 1, "an offer stands on the page once");
    let my_day = partner.get("/my-day").await;
    assert!(my_day.has("Say whether they can be taken over"), "{}", my_day.body);
    let takes = [("contact-name", "Asha"), ("next", "Asha rings on Thursday.")];
    went(&step(&mut partner, id, "take-over", &takes).await, id, "taken-over");
    let referral = look(&house, id).await;
    assert_eq!(referral.kind(), StateKind::Redirecting);
    assert_eq!(referral.team(), house.demo.teams["spoa"], "held until they have met");
    went(&step(&mut partner, id, "introduce", &[("how", "three-way-call")]).await, id, "introduced");
    let form = partner.get(&format!("/referrals/{id}/have-met")).await;
    let met = [("mode", "face-to-face"), ("next", "Every Thursday.")];
    let when = ["contact-on[day]", "contact-on[month]", "contact-on[year]", "contact-at"]
        .map(|name| (name, form.field(name)));
    let when: Vec<(&str, &str)> = when.iter().map(|(name, value)| (*name, value.as_str())).collect();
    went(&step(&mut partner, id, "have-met", &[&when[..], &met].concat()).await, id, "have-met");
    let referral = look(&house, id).await;
    assert!(matches!(&referral.decided().unwrap().outcome, Outcome::Redirected { .. }));
    assert!(referral.is_open() && owes(&referral, TaskKind::Tell), "everybody is told before it closes");
    assert!(!owes(&referral, TaskKind::FirstContact), "they were met");
}

// seed: 81
#[tokio::test]
async fn two_services_that_cannot_lead_to_a_panel_that_names_a_team_and_nobody_else_is_asked() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    let asked_for_help = look(&house, id).await.received_at();
    went(&asked_here(&house, &mut nurse, id, "lantern").await, id, "proposed");
    let mut partner = house.persona("voluntary-worker").await;
    went(&cannot(&mut partner, id, &[]).await, id, "cannot-take");
    let page = partner.get(&format!("/referrals/{id}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "who cannot help does not go on reading");
    let referral = look(&house, id).await;
    assert_eq!((referral.kind(), referral.received_at()), (StateKind::Triaged, asked_for_help));
    assert!(owes(&referral, TaskKind::Decide) && !owes(&referral, TaskKind::Panel));
    went(&step(&mut nurse, id, "hand-over", &OUTSIDE).await, id, "proposed");
    let silent = cannot(&mut nurse, id, &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.has("Write down who answered") && silent.has("Nobody free before June."));
    let phone = |at: &'static str| {
        let name = [("by-name", "Jo Park, duty adviser"), ("their-reference", "D-77")];
        let day =
            [("rang-on[day]", "24"), ("rang-on[month]", "11"), ("rang-on[year]", "2026"), ("rang-at", at)];
        [&name[..], &day].concat()
    };
    house.later(SignedDuration::from_mins(10));
    let form = nurse.get(&format!("/referrals/{id}/cannot-take")).await;
    assert_eq!(
        (form.field("rang-on[day]"), form.field("rang-at")),
        ("24".into(), "10:10".into()),
        "usually now"
    );
    for (wrong, why) in [
        ("10:11", "in the future"),
        ("09:59", "before they were asked"),
        ("half past", "Enter a time such as"),
    ] {
        let page = cannot(&mut nurse, id, &phone(wrong)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            page.has(why) && page.has("Nobody free before June.") && page.has("D-77"),
            "{wrong}: {}",
            page.body
        );
    }
    let phone = phone("10:05");
    went(&cannot(&mut nurse, id, &phone).await, id, "cannot-take");
    let referral = look(&house, id).await;
    assert!(owes(&referral, TaskKind::Panel) && referral.team() == house.demo.teams["spoa"]);
    let page = nurse.get(&format!("/referrals/{id}")).await;
    assert!(page.has("10:05"), "when they said so: {}", page.body);
    assert!(page.has("Jo Park, duty adviser on the phone") && page.has("Their reference: D-77."));
    assert!(!page.has("/hand-over\"") && !page.has("/advise\""), "nobody else is asked");
    let team = house.demo.teams["north"].to_string();
    let mut fields = vec![("lead", "Nadia Okonjo"), ("others", "Asha of Lantern"), ("team", team.as_str())];
    fields.extend_from_slice(&super::ACCEPT);
    let nobody = step(&mut nurse, id, "panel", &fields).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nobody.has("Give the name of the service manager who was there") && nobody.has("Asha of Lantern")
    );
    let alone = step(&mut nurse, id, "panel", &[&fields[..], &[("manager", "nadia okonjo")]].concat()).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alone.has("A panel is at least two people") && alone.has("Asha of Lantern"), "{}", alone.body);
    fields.push(("manager", "Ruth Levene"));
    went(&step(&mut nurse, id, "panel", &fields).await, id, "panel-held");
    assert_eq!(look(&house, id).await.team(), house.demo.teams["north"]);
    let page = nurse.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Panel: the service manager") && page.has("Ruth Levene"), "who sat: {}", page.body);
    assert!(page.has("Nadia Okonjo") && page.has("Asha of Lantern"));
}

#[tokio::test]
async fn nobody_is_asked_before_the_person_was() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    let fields: Vec<_> =
        OUTSIDE.iter().map(|(k, v)| (*k, if *k == "consent" { "ask" } else { *v })).collect();
    went(&step(&mut nurse, id, "hand-over", &fields).await, id, "proposed");
    let referral = look(&house, id).await;
    assert!(owes(&referral, TaskKind::AskAgreement) && !owes(&referral, TaskKind::HandoverAnswer));
    let empty = step(&mut nurse, id, "offer", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Say whether the person wants this"));
    went(&step(&mut nurse, id, "offer", &[("consent", "agrees")]).await, id, "offered");
    assert!(owes(&look(&house, id).await, TaskKind::HandoverAnswer));
    went(&step(&mut nurse, id, "take-back", &[("why", "She changed her mind.")]).await, id, "taken-back");
    assert_eq!(look(&house, id).await.kind(), StateKind::Triaged);
}

#[tokio::test]
async fn a_service_without_any_way_to_ask_it_is_refused_and_nothing_typed_is_lost() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    let fields: Vec<_> = OUTSIDE.iter().map(|(k, v)| (*k, if *k == "phone" { "" } else { *v })).collect();
    let page = step(&mut nurse, id, "hand-over", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.has("Give a phone number or an email address") && page.has("Debt weighs most."),
        "{}",
        page.body
    );
    let wrong: Vec<_> =
        OUTSIDE.iter().map(|(k, v)| (*k, if *k == "phone" { "ask Jo" } else { *v })).collect();
    assert!(step(&mut nurse, id, "hand-over", &wrong).await.has("Check the number"));
}

#[tokio::test]
async fn the_person_reads_who_was_asked_and_that_nobody_lets_go_of_them() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    asked_here(&house, &mut nurse, id, "lantern").await;
    let mut mira = house.follows(id).await;
    let page = mira.get("/track/where").await;
    assert!(
        page.has("We have asked them.") && page.has("Until you have met, we look after you."),
        "{}",
        page.body
    );
    let mut partner = house.persona("voluntary-worker").await;
    step(&mut partner, id, "take-over", &[("contact-name", "Asha"), ("next", "Asha rings on Thursday.")])
        .await;
    let page = mira.get("/track/where").await;
    assert!(page.has("Asha will be in touch.") && page.has("Asha rings on Thursday."), "{}", page.body);
}

#[tokio::test]
async fn silence_is_no_answer_and_it_comes_back_by_itself() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    asked_here(&house, &mut nurse, id, "lantern").await;
    let before = look(&house, id).await;
    house.later(SignedDuration::from_hours(24 * 5));
    Worker::new(&house.app).run_due().await;
    let after = look(&house, id).await;
    assert_eq!(after.kind(), StateKind::Triaged);
    assert!(owes(&after, TaskKind::Decide) && !owes(&after, TaskKind::HandoverAnswer));
    assert_eq!(after.received_at(), before.received_at());
    let page = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(page.has("No answer in time: came back"), "{}", page.body);
    let mut partner = house.persona("voluntary-worker").await;
    assert_eq!(partner.get(&format!("/referrals/{id}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_message_that_introduces_them_counts_when_the_person_has_it_and_not_before() {
    let house = house().await;
    let (id, mut nurse) = ready(&house).await;
    went(&asked_here(&house, &mut nurse, id, "lantern").await, id, "proposed");
    let mut partner = house.persona("voluntary-worker").await;
    let takes = [("contact-name", "Asha"), ("next", "Asha rings on Thursday.")];
    went(&step(&mut partner, id, "take-over", &takes).await, id, "taken-over");
    let form = nurse.get(&format!("/referrals/{id}/introduce")).await;
    assert!(
        form.has("We write to the person now") && form.has("Asha of Lantern Early Help"),
        "{}",
        form.body
    );
    went(&step(&mut nurse, id, "introduce", &[("how", "named-message")]).await, id, "introduced");
    let state = |referral: &Referral| referral.handovers().last().unwrap().state.code();
    let referral = look(&house, id).await;
    assert_eq!(state(&referral), "accepted", "written is not told");
    let again = step(&mut nurse, id, "introduce", &[("how", "named-message")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.has("The message was written already."), "{}", again.body);
    let notice = referral.notices().iter().find(|it| it.message.introduces().is_some()).unwrap().id;
    let version = referral.version().to_string();
    let told = nurse
        .post(
            &format!("/referrals/{id}/notices/{notice}"),
            &[("version", &version), ("step", "told-by-phone")],
        )
        .await;
    assert_eq!(told.location, Some(format!("/referrals/{id}?done=told-by-phone")), "{}", told.body);
    assert_eq!(state(&look(&house, id).await), "introduced", "a named human told them");
    assert!(partner.get(&format!("/referrals/{id}")).await.has("Introduced: they have not met"));
}
