//! Choosing services from the directory, when somebody is handed over and when advice is given; and a county's own limits.

use axum::http::StatusCode;
use onedoor_domain::handover::Receiver;
use onedoor_domain::notice::{Message, Party};
use onedoor_domain::referral::Outcome;
use onedoor_domain::value::Text;
use uuid::Uuid;

use super::people::{asks, by_letter, look, request};
use super::services::{page as feed_of, record, take};
use super::support::{House, house};
use super::{ADVICE, MET, step, triaged};

/// A feed of two services, of which one has an address for mail.
async fn directory(house: &House) -> [Uuid; 2] {
    let ids = [(); 2].map(|()| Uuid::from_bytes(onedoor::web::app::random()));
    let money = ", \"description\": \"Help with letters about debt.\", \"email\": \"money@lantern.example\", \
                  \"phones\": [{\"number\": \"01632 960 702\"}], \"minimum_age\": 18, \
                  \"schedules\": [{\"freq\": \"WEEKLY\", \"byday\": \"MO\", \"opens_at\": \"09:00\", \
                  \"closes_at\": \"17:00\"}]";
    let choir = ", \"description\": \"Singing.\"";
    let records = [record(ids[0], "Lantern money help", money), record(ids[1], "Tuesday choir", choir)];
    take(house, "Feed of Ashmere", &feed_of(&records)).await.unwrap();
    ids
}

#[tokio::test]
async fn a_service_is_chosen_from_the_directory_inside_the_form_and_no_word_is_lost_by_looking() {
    let house = house().await;
    let [money, _] = directory(&house).await;
    let id = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    let typed = [
        ("to", "directory"),
        ("find", "debt"),
        ("why", "They know about letters from the council."),
        ("consent", "agrees"),
        ("said", "Yes please."),
        ("wish", "together"),
    ];
    let looked = step(&mut nurse, id, "hand-over", &[&typed[..], &[("look", "1")]].concat()).await;
    assert_eq!(looked.status, StatusCode::OK, "looking is no slip: {}", looked.body);
    for shown in
        ["Lantern money help", "Help with letters about debt.", "01632 960 702", "Monday: 9am to 5pm"]
    {
        assert!(looked.has(shown), "no {shown} in {}", looked.body);
    }
    assert!(looked.has("They know about letters from the council.") && looked.has("Yes please."));
    assert!(!looked.has("Tuesday choir") && !looked.has("There is a problem"), "{}", looked.body);
    // The Enter key in a field saves, and is told what is missing.
    let early = step(&mut nurse, id, "hand-over", &typed).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.has("Look in the directory, and choose a service") && early.has("Lantern money help"));
    let none = step(&mut nurse, id, "hand-over", &[("to", "directory"), ("find", "trombone"), ("look", "1")]);
    assert!(none.await.has("Nothing found. Try fewer words"));
    let made_up = Uuid::from_u128(7).to_string();
    let wrong = step(&mut nurse, id, "hand-over", &[&typed[..], &[("service", &made_up)]].concat()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = money.to_string();
    let done = step(&mut nurse, id, "hand-over", &[&typed[..], &[("service", &chosen)]].concat()).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=proposed")), "{}", done.body);
    let referral = look(&house, id).await;
    let Receiver::Outside { name, email, phone, service, .. } = &referral.handover().unwrap().to else {
        panic!("a service outside")
    };
    assert_eq!(name.as_str(), "Lantern money help");
    assert_eq!(email.as_ref().map(ToString::to_string).as_deref(), Some("money@lantern.example"));
    assert!(phone.is_some() && service.map(Uuid::from) == Some(money));
}

// seed: 37
#[tokio::test]
async fn services_of_the_directory_go_into_the_letter_of_advice_as_they_are_now() {
    let house = house().await;
    let [money, choir] = directory(&house).await.map(|id| id.to_string());
    let id = asks(&house, by_letter("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&house, &mut nurse, id).await;
    step(&mut nurse, id, "contact", &MET).await;
    let typed = [&ADVICE[..], &[("service", money.as_str()), ("service", choir.as_str())]].concat();
    let looking = [&typed[..], &[("find", "debt"), ("look", "1")]].concat();
    let looked = step(&mut nurse, id, "advise", &looking).await;
    assert!(
        looked.has("Tuesday choir") && looked.has("quiet room"),
        "what was chosen stays: {}",
        looked.body
    );
    let done = step(&mut nurse, id, "advise", &typed).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=advised")), "{}", done.body);
    let referral = look(&house, id).await;
    let Outcome::Advised { services, options, .. } = &referral.decided().unwrap().outcome else {
        panic!("advised")
    };
    assert_eq!(services.len(), 2);
    let all: [&str; 5] =
        ["quiet room", "Lantern money help", "01632 960 702", "Monday: 9am to 5pm", "Tuesday choir"];
    let holds = |text: &Text| all.iter().all(|part| text.as_str().contains(part));
    assert!(holds(options), "{options}");
    let to_person = referral
        .notices()
        .iter()
        .find(|notice| notice.party == Party::Person && matches!(&notice.message, Message::Advised { .. }));
    let letter = nurse.get(&format!("/referrals/{id}/notices/{}/letter", to_person.unwrap().id)).await;
    assert!(all.iter().all(|part| letter.has(part)), "{}", letter.body);
    assert!(house.follows(id).await.get("/track/where").await.has("Lantern money help"));
}

#[tokio::test]
async fn a_county_sets_how_long_a_service_has_to_answer_and_two_at_once_lose_nothing() {
    let house = house().await;
    let (mut manager, mut other) =
        (house.persona("service-manager").await, house.persona("service-manager").await);
    let form = manager.get("/county/handover").await;
    assert_eq!(
        (form.field("urgent"), form.field("answer"), form.field("meet")),
        ("1".into(), "3".into(), "28".into())
    );
    let version = form.field("version");
    let fields = |answer| {
        [
            ("version", version.as_str()),
            ("urgent", "2"),
            ("answer", answer),
            ("meet", "14"),
            ("panel", "3"),
            ("receipt", "5"),
        ]
    };
    let page = manager.post("/county/handover", &fields("0")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Give a number of working days from 1 to 20") && page.field("meet") == "14");
    let saved = manager.post("/county/handover", &fields("5")).await;
    assert!(manager.follow(saved).await.has("Answer in 2 or 5 working days, meet in 14 days"));
    let late = other.post("/county/handover", &fields("5")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let mut nurse = house.persona("senior-nurse").await;
    assert_eq!(nurse.get("/county/handover").await.status, StatusCode::FORBIDDEN);
}
