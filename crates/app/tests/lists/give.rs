//! Giving what is to be done to somebody: alone, many at once, two people at once.

use axum::http::StatusCode;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::task::{Owner, TaskKind};

use super::people::{asks, flagged, look, request, step};
use super::support::{Browser, House, Page, house};
use super::{names, triaged};

/// The box of a person in a list.
fn row(page: &Page, id: ReferralId) -> String {
    let mark = format!("value=\"{id}.");
    let at = page.body.find(&mark).unwrap_or_else(|| panic!("no box for {id} in {}", page.body));
    page.body[at + 7..].split('"').next().unwrap().to_owned()
}

async fn gives(browser: &mut Browser, page: &Page, ids: &[ReferralId], to: &str) -> Page {
    let rows: Vec<String> = ids.iter().map(|id| row(page, *id)).collect();
    let mut fields = vec![("back", ""), ("to", to)];
    fields.extend(rows.iter().map(|row| ("row", row.as_str())));
    browser.post("/worklist/give", &fields).await
}

async fn owner(house: &House, id: ReferralId, kind: TaskKind) -> Owner {
    let referral = look(house, id).await;
    referral.tasks().iter().find(|task| task.kind == kind).unwrap().owner
}

#[tokio::test]
async fn many_are_given_to_a_colleague_at_once_and_each_is_on_record() {
    let house = house().await;
    let (ada, bea, cal) = (
        asks(&house, request("Ada")).await,
        asks(&house, request("Bea")).await,
        asks(&house, flagged("Cal")).await,
    );
    let mut admin = house.persona("administrator").await;
    let tom = house.demo.users["senior-social-worker"];
    let list = admin.get("/worklist").await;
    assert!(list.has("Tom Brindle, Senior social worker") && !list.has("Marcus Webb"), "the team's people");
    let audit = house.database.count("audit").await;
    let done = gives(&mut admin, &list, &[ada, bea, cal], &tom.to_string()).await;
    assert_eq!(done.location.as_deref(), Some("/worklist?done=given-3"), "{}", done.body);
    let wrote = house
        .database
        .rows("SELECT subject_id::text FROM audit WHERE action = 'TaskGive' AND outcome = 'wrote'")
        .await;
    assert_eq!(wrote.len(), 3, "one audit row for each person");
    assert!(house.database.count("audit").await >= audit + 6, "and one for each that was read");
    for id in [ada, bea, cal] {
        assert_eq!(owner(&house, id, TaskKind::Triage).await, Owner::User(tom));
        assert_eq!(look(&house, id).await.version(), 2, "each has a version of its own");
    }
    assert!(
        matches!(owner(&house, cal, TaskKind::DutyCall).await, Owner::Team(_)),
        "a duty call is not given away"
    );
    let after = admin.follow(done).await;
    assert!(after.has("3 people given") && after.has("Tom Brindle"), "{}", after.body);
    let own = house.persona("senior-social-worker").await.get("/my-day").await;
    assert!(own.has("With your name"), "{}", own.body);
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{ada}")).await;
    assert!(record.has("Given to") && record.has("Tom Brindle"), "the history says to whom: {}", record.body);
    let mine = house.persona("senior-social-worker").await.get("/worklist?who=me").await;
    assert_eq!(names(&mine), ["Cal", "Ada", "Bea"]);
}

#[tokio::test]
async fn what_is_given_can_be_taken_by_oneself_and_given_back_to_the_team() {
    let house = house().await;
    let ada = asks(&house, request("Ada")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let list = nurse.get("/worklist").await;
    gives(&mut nurse, &list, &[ada], "me").await;
    assert_eq!(owner(&house, ada, TaskKind::Triage).await, Owner::User(house.demo.users["senior-nurse"]));
    let list = nurse.get("/worklist").await;
    gives(&mut nurse, &list, &[ada], "team").await;
    assert!(matches!(owner(&house, ada, TaskKind::Triage).await, Owner::Team(_)));
}

/// Two people look at one list. The second is told what the first did, by name, and nothing of it is undone; the rest is done.
#[tokio::test]
async fn who_was_changed_meanwhile_is_named_and_not_touched_and_the_others_are_given() {
    let house = house().await;
    let (ada, bea) = (asks(&house, request("Ada")).await, asks(&house, request("Bea")).await);
    let (nadia, tom) = (house.demo.users["senior-nurse"], house.demo.users["senior-social-worker"]);
    let (mut one, mut two) = (house.persona("senior-nurse").await, house.persona("administrator").await);
    let (seen_one, seen_two) = (one.get("/worklist").await, two.get("/worklist").await);
    gives(&mut one, &seen_one, &[ada], "me").await;
    let left = gives(&mut two, &seen_two, &[ada, bea], &tom.to_string()).await;
    assert_eq!(left.status, StatusCode::CONFLICT);
    assert!(
        left.has("1 person was given to Tom Brindle") && left.has("Given to: Nadia Okonjo"),
        "{}",
        left.body
    );
    assert!(left.has(">Ada</a>") && !left.has(">Bea</a>"), "only who was left is named: {}", left.body);
    assert_eq!(owner(&house, ada, TaskKind::Triage).await, Owner::User(nadia), "not touched");
    assert_eq!(owner(&house, bea, TaskKind::Triage).await, Owner::User(tom), "given");
    let fields = [("back", ""), ("to", &left.field("to")), ("row", &left.field("row"))];
    let again = two.post("/worklist/give", &fields).await;
    assert_eq!(
        again.location.as_deref(),
        Some("/worklist?done=given-1"),
        "knowing it, it can be given all the same"
    );
    assert_eq!(owner(&house, ada, TaskKind::Triage).await, Owner::User(tom));
}

#[tokio::test]
async fn sent_twice_it_is_given_once_and_two_at_the_same_moment_leave_one_answer() {
    let house = house().await;
    let mut ids = Vec::new();
    for number in 0..8 {
        ids.push(asks(&house, request(&format!("Person{number}"))).await);
    }
    let (mut one, mut two) = (house.persona("senior-nurse").await, house.persona("administrator").await);
    let list = one.get("/worklist").await;
    gives(&mut one, &list, &ids[..1], "me").await;
    let twice = gives(&mut one, &list, &ids[..1], "me").await;
    assert_eq!(twice.location.as_deref(), Some("/worklist?done=given-1"), "the second press changes nothing");
    assert_eq!(look(&house, ids[0]).await.version(), 2);
    let list = one.get("/worklist").await;
    let tom = house.demo.users["senior-social-worker"].to_string();
    let nadia = house.demo.users["senior-nurse"].to_string();
    let mut backwards = ids.clone();
    backwards.reverse();
    let (first, second) = tokio::join!(
        gives(&mut one, &list, &ids[1..], &tom),
        gives(&mut two, &list, &backwards[..7], &nadia)
    );
    let answers = [first.status, second.status];
    assert!(
        answers.contains(&StatusCode::SEE_OTHER) && answers.contains(&StatusCode::CONFLICT),
        "{answers:?}"
    );
    let mut owners = Vec::new();
    for id in &ids[1..] {
        owners.push(owner(&house, *id, TaskKind::Triage).await);
        assert_eq!(look(&house, *id).await.version(), 2, "nothing was given twice");
    }
    assert!(owners.iter().all(|owner| *owner == owners[0]), "all went to one of the two: {owners:?}");
}

#[tokio::test]
async fn nothing_chosen_and_nobody_named_is_said_and_what_was_chosen_is_kept() {
    let house = house().await;
    let ada = asks(&house, request("Ada")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let list = nurse.get("/worklist?view=screening").await;
    let none = nurse.post("/worklist/give", &[("back", "view=screening"), ("to", "me")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        none.has("Choose at least one person in the list") && none.has("<title>Error: To open"),
        "{}",
        none.body
    );
    assert!(none.has("<option value=\"me\" selected>"), "who it was for is kept");
    let row = row(&list, ada);
    let nobody = nurse.post("/worklist/give", &[("back", "view=screening"), ("row", &row), ("to", "")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nobody.has("Choose who does it") && nobody.has(&format!("value=\"{row}\" checked")),
        "{}",
        nobody.body
    );
    for strange in ["not-a-row", "1.2", "00000000-0000-7000-8000-000000000009.1"] {
        let answer = nurse.post("/worklist/give", &[("back", ""), ("row", strange), ("to", "me")]).await;
        assert!(answer.status.is_client_error(), "{strange}: {}", answer.status);
    }
}

#[tokio::test]
async fn nobody_gives_people_of_another_team_or_to_somebody_of_another_team() {
    let house = house().await;
    let ada = asks(&house, request("Ada")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let list = nurse.get("/worklist").await;
    let row = row(&list, ada);
    let elsewhere = house.demo.users["key-worker"].to_string();
    let refused = nurse.post("/worklist/give", &[("back", ""), ("row", &row), ("to", &elsewhere)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let crisis = format!("team={}", house.demo.teams["crisis"]);
    let hidden = nurse.post("/worklist/give", &[("back", &crisis), ("row", &row), ("to", "me")]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    for persona in ["key-worker", "crisis-nurse", "voluntary-worker", "gp", "caldicott"] {
        let fields = [("back", ""), ("row", row.as_str()), ("to", "me")];
        let answer = house.persona(persona).await.post("/worklist/give", &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{persona}");
    }
    assert!(matches!(owner(&house, ada, TaskKind::Triage).await, Owner::Team(_)));
}

/// A person whom another team accepted leaves the list; who gives from an old page is told.
#[tokio::test]
async fn somebody_whom_another_team_took_meanwhile_is_not_given_from_an_old_page() {
    let house = house().await;
    let ada = asks(&house, request("Ada")).await;
    let (mut nurse, mut admin) = (house.persona("senior-nurse").await, house.persona("administrator").await);
    let list = admin.get("/worklist").await;
    triaged(&mut nurse, ada, "E").await;
    let left = gives(&mut admin, &list, &[ada], "me").await;
    assert_eq!(left.status, StatusCode::CONFLICT, "{}", left.body);
    assert!(left.has("Nobody was given to Priya Lal") && left.has("Nadia Okonjo"), "{}", left.body);
    assert_eq!(owner(&house, ada, TaskKind::Decide).await, Owner::User(house.demo.users["senior-nurse"]));
}

#[tokio::test]
async fn who_is_with_somebody_already_is_named_with_whoever_has_them_and_the_others_are_given() {
    let house = house().await;
    let (ada, bea) = (asks(&house, request("Ada")).await, asks(&house, request("Bea")).await);
    let mut nurse = house.persona("senior-nurse").await;
    triaged(&mut nurse, ada, "F").await;
    let team = house.demo.teams["lantern"].to_string();
    let fields = [("to", "here"), ("team", team.as_str()), ("why", "Debt."), ("consent", "agrees")];
    let handed = step(&mut nurse, ada, "hand-over", &fields).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.body);
    let list = nurse.get("/worklist").await;
    let left = gives(&mut nurse, &list, &[ada, bea], "me").await;
    assert_eq!(left.status, StatusCode::CONFLICT, "{}", left.body);
    assert!(left.has("1 person was given to Nadia Okonjo"), "{}", left.body);
    assert!(left.has(">Ada</a>") && left.has("Lantern Early Help was asked to take them."), "{}", left.body);
    assert!(
        !left.has(">Bea</a>") && !left.has("action=\"/worklist/give\""),
        "nothing is offered again: {}",
        left.body
    );
    let nadia = house.demo.users["senior-nurse"];
    assert_eq!(owner(&house, bea, TaskKind::Triage).await, Owner::User(nadia));
}
