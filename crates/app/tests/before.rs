//! "Have you contacted us before?": whoever takes a call finds an earlier request, checks two facts, says where it is and
//! no more, and asks nothing again that was told before.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/people.rs"]
mod people;
mod support;

use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Given, Help, Needs, Question as Q, SelfReferral, Source, Told};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::{Referral, Withdrawal};
use people::{STORY, asks, look, request};
use support::{Browser, House, Page, house};

const BORN: [(&str, &str); 3] = [("born-on[day]", "3"), ("born-on[month]", "4"), ("born-on[year]", "1990")];

/// Mira, who told us much and can be found by everything.
fn mira() -> SelfReferral {
    let mut mira = request("Mira");
    mira.identity.full_name = Some("Mira Anne Invénted".parse().unwrap());
    mira.identity.born_on = serde_json::from_str("\"1990-04-03\"").unwrap();
    mira.identity.postcode = Some("LS1 4AP".parse().unwrap());
    mira.needs = Needs { language: "Polish".parse().ok(), ..Needs::default() };
    let given =
        |question| Given { question, source: Source::Person, at: "2026-11-24T10:00:00Z".parse().unwrap() };
    mira.told = Told {
        help: Some(Help { would_help: "A garden of my own".parse().ok(), matters: None }),
        given: [Q::Safety, Q::Called, Q::Contact, Q::WhyNow, Q::Help, Q::Needs].map(given).into(),
        ..Told::default()
    };
    mira
}

async fn find(browser: &mut Browser, by: &str, fields: &[(&str, &str)]) -> Page {
    browser.post("/enter/before", &[&[("by", by)], fields].concat()).await
}

async fn by_name(browser: &mut Browser, name: &str, born: [(&str, &str); 3]) -> Page {
    find(browser, "person", &[&[("name", name)], &born[..]].concat()).await
}

/// The person's own referral ends, by their wish.
async fn withdraws(house: &House, id: ReferralId) {
    let command = onedoor_domain::actor::SystemScope::Command;
    let ctx = house.app.system(house.demo.tenant, command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (county, _) = tx.county().await.unwrap();
    let referral: Referral = tx.referral(id, Action::ReferralWithdraw).await.unwrap();
    let asked = Withdrawal { why: None, safety: "Safe, with her sister.".parse().unwrap() };
    tx.commit(referral.withdraw(&ctx, asked, &county).unwrap()).await.unwrap();
}

#[tokio::test]
async fn somebody_is_found_by_reference_number_and_name_and_two_facts_are_checked_first() {
    let house = house().await;
    let id = asks(&house, mira()).await;
    asks(&house, request("Bertram")).await;
    let reference = look(&house, id).await.reference().to_string().to_lowercase();
    let mut administrator = house.persona("administrator").await;
    let first = administrator.get("/enter").await;
    assert!(
        first.has("href=\"/enter/before\"")
            && administrator.get("/my-day").await.has("href=\"/enter/before\"")
    );
    assert!(administrator.get("/worklist").await.has("href=\"/enter/before\""));

    let swapped = [("born-on[day]", "4"), ("born-on[month]", "3"), ("born-on[year]", "1990")];
    let pages = [
        (find(&mut administrator, "reference", &[("reference", &reference)]).await, "The reference"),
        (find(&mut administrator, "phone", &[("phone", "+44 (0)7700 900 456")]).await, "The phone number"),
        (by_name(&mut administrator, "INVENTED, mira anne", BORN).await, "The whole name"),
        (by_name(&mut administrator, "Myra Ann Inventid", BORN).await, "A name that sounds like it"),
        (by_name(&mut administrator, "Mira", BORN).await, "A part of the name"),
        (by_name(&mut administrator, "Anne Newly-Married", BORN).await, "A part of the name"),
        (by_name(&mut administrator, "Mira Anne Invented", swapped).await, "day and month changed round"),
    ];
    for (page, because) in &pages {
        assert_eq!(page.status, StatusCode::OK, "{because}: {}", page.body);
        assert!(page.has("Is it one of these people?") && page.has(because), "{because}: {}", page.body);
        let at = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("{text}: {}", page.body));
        assert!(at("Check two facts before you say anything") < at("Mira Anne Invénted, called Mira"));
        assert!(page.has("3 April 1990") && page.has(">456<") && page.has(">LS1<"), "{}", page.body);
        for hidden in ["LS1 4AP", "have not slept", "garden", "Polish", "waits to be read"] {
            assert!(!page.has(hidden), "{because} shows {hidden}");
        }
        assert!(*because == "The phone number" || !page.has("07700"), "no number but the one that was typed");
    }
    assert!(pages[1].0.has("Bertram"), "two people have that number");
    assert!(!pages[2].0.has("Bertram"));
    let say = administrator.get(&format!("/enter/before/{id}")).await;
    assert!(say.has("We have your request. It waits to be read."), "{}", say.body);
    assert!(
        say.has("Somebody senior reads what you told us by") && say.has("Check two facts"),
        "{}",
        say.body
    );
    for hidden in [STORY.lines().next().unwrap(), "garden", "Polish", "07700"] {
        assert!(!say.has(hidden), "{hidden} is not for a call");
    }
}

// seed: 75
#[tokio::test]
async fn who_has_a_request_that_runs_is_added_to_it_and_asked_nothing_again() {
    let house = house().await;
    let id = asks(&house, mira()).await;
    let mut administrator = house.persona("administrator").await;
    let say = administrator.get(&format!("/enter/before/{id}")).await;
    assert!(
        say.has("Is that still right?") && say.has("You told us on Tuesday 24 November 2026."),
        "{}",
        say.body
    );
    assert!(
        say.has("How to reach you safely") || say.has("reach you"),
        "what was told, not what: {}",
        say.body
    );
    let to = format!("/referrals/{id}/contact");
    assert!(say.has("Add what they tell me now") && say.has(&format!("href=\"{to}\"")), "{}", say.body);
    assert_eq!(administrator.get(&to).await.status, StatusCode::OK);
    assert_eq!(look(&house, id).await.repeats(), 0);
}

// seed: 75
#[tokio::test]
async fn who_comes_back_begins_with_what_they_told_before_and_each_answer_keeps_its_source_and_date() {
    let house = house().await;
    let before = asks(&house, mira()).await;
    withdraws(&house, before).await;
    house.later(jiff::SignedDuration::from_hours(24 * 30));
    let mut administrator = house.persona("administrator").await;
    let say = administrator.get(&format!("/enter/before/{before}")).await;
    assert!(say.has("You asked us to stop, and we have.") && !say.has("/contact\""), "{}", say.body);
    let earlier = before.to_string();
    let first = administrator.post("/enter/before/start", &[("earlier", &earlier)]).await;
    assert!(
        first.has("This begins with what they told us before") && first.has("Danger now"),
        "{}",
        first.body
    );
    let id = first.field("id");
    let fields = [("id", id.as_str()), ("earlier", &earlier), ("callback", "12")];
    let slip = administrator.post("/enter/before/start", &fields).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.has("value=\"12\"") && slip.has(&format!("value=\"{earlier}\"")), "{}", slip.body);
    let fields = [("id", id.as_str()), ("earlier", &earlier), ("channel", "phone")];
    for _ in 0..2 {
        let kept = administrator.post("/enter/before/start", &fields).await;
        assert_eq!(kept.location.as_deref(), Some(format!("/enter/{id}/safety").as_str()), "{}", kept.body);
    }
    let safety = administrator.get(&format!("/enter/{id}/safety")).await;
    assert!(!safety.has("Is it still right?"), "how they are now is asked afresh");
    let needs = administrator.get(&format!("/enter/{id}/needs")).await;
    let shown = "You told us on Tuesday 24 November 2026. Is it still right? If not, change it.";
    assert!(needs.has(shown) && needs.has("Polish"), "{}", needs.body);
    administrator.post(&format!("/enter/{id}/safety"), &[("danger", "none")]).await;
    let was = needs.field("was");
    let fields = [("was", was.as_str()), ("language", "Polish"), ("needs", "interpreter")];
    administrator.post(&format!("/enter/{id}/needs"), &fields).await;
    assert!(!administrator.get(&format!("/enter/{id}/needs")).await.has(shown), "it was answered today");
    assert!(administrator.get(&format!("/enter/{id}")).await.has("You told us on Tuesday 24 November 2026."));
    administrator.post(&format!("/enter/{id}/send"), &[]).await;
    let referral = look(&house, id.parse().unwrap()).await;
    let told = &serde_json::to_value(&**referral.head()).unwrap()["told"];
    let source = |question: &str| {
        let given = told["given"].as_array().unwrap();
        given.iter().find(|given| given["question"] == question).unwrap()["source"].clone()
    };
    assert_eq!((source("help"), source("needs")), ("person".into(), "staff".into()), "{told}");
    assert_eq!(told["earlier"]["referral"], earlier);
    assert_eq!(referral.repeats(), 0, "nothing was asked again");
    assert!(referral.tasks().iter().any(|task| task.kind == onedoor_domain::task::TaskKind::LookAgain));
    // And whoever comes back in danger is with the duty person at once.
    let first = administrator.post("/enter/before/start", &[("earlier", &earlier)]).await.field("id");
    let fields = [("id", first.as_str()), ("earlier", &earlier), ("danger-now", "yes")];
    assert_eq!(administrator.post("/enter/before/start", &fields).await.status, StatusCode::SEE_OTHER);
    let paged = look(&house, first.parse().unwrap()).await;
    assert!(paged.is_flagged() && paged.person().identity.called.as_str() == "Mira");
}

#[tokio::test]
async fn nobody_found_is_said_and_what_was_typed_begins_a_request() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let page = by_name(&mut administrator, "Jo Somebody", BORN).await;
    assert!(page.status == StatusCode::OK && page.has("Nobody was found"), "{}", page.body);
    assert!(!page.has("Check two facts"), "there is nobody to check");
    let name = page.field("name");
    let typed = [&[("by", "person"), ("name", name.as_str())], &BORN[..]].concat();
    let first = administrator.post("/enter/before/start", &typed).await;
    let id = first.field("id");
    let again = [&typed[..], &[("id", id.as_str()), ("channel", "phone")]].concat();
    let kept = administrator.post("/enter/before/start", &again).await;
    assert_eq!(kept.location.as_deref(), Some(format!("/enter/{id}/safety").as_str()), "{}", kept.body);
    let whole = administrator.get(&format!("/enter/{id}")).await;
    assert!(whole.has("Jo Somebody") && whole.has("3 April 1990"), "{}", whole.body);
    let by_phone = find(&mut administrator, "phone", &[("phone", "07700 900999")]).await;
    let callback = by_phone.field("callback");
    let typed = [("by", "phone"), ("callback", callback.as_str())];
    let first = administrator.post("/enter/before/start", &typed).await;
    assert!(first.has("value=\"07700 900 999\""), "{}", first.body);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_every_letter_typed_is_kept() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    for (by, fields, kept, said) in [
        ("reference", vec![("reference", "ABC")], "value=\"ABC\"", "8 characters"),
        ("phone", vec![("phone", "12")], "value=\"12\"", "There is a problem"),
        (
            "person",
            vec![
                ("name", "Mira"),
                ("born-on[day]", "31"),
                ("born-on[month]", "2"),
                ("born-on[year]", "1990"),
            ],
            "value=\"31\"",
            "real date",
        ),
        ("person", vec![("name", "Mira")], "value=\"Mira\"", "A name alone is shared by too many people"),
        ("person", BORN.to_vec(), "value=\"1990\"", "Type a name"),
        (
            "person",
            vec![("name", "Mira"), ("born-on[day]", "1"), ("born-on[month]", "1"), ("born-on[year]", "2031")],
            "value=\"2031\"",
            "past",
        ),
    ] {
        let page = find(&mut administrator, by, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{by} {fields:?}");
        assert!(page.has(kept) && page.has(said), "{by} {fields:?}: {}", page.body);
    }
    assert_eq!(searches(&house, "true").await, 0, "nothing was looked for");
    let elsewhere = find(&mut administrator, "moon", &[]).await;
    assert_eq!(elsewhere.location.as_deref(), Some("/enter/before"));
}

async fn searches(house: &House, which: &str) -> usize {
    let question = format!("SELECT '' FROM audit WHERE action = 'PersonFind' AND {which}");
    house.database.rows(&question).await.len()
}

#[tokio::test]
async fn every_search_and_everybody_it_showed_is_recorded_and_what_was_typed_is_not() {
    let house = house().await;
    let id = asks(&house, mira()).await;
    let mut administrator = house.persona("administrator").await;
    find(&mut administrator, "phone", &[("phone", "07700 900456")]).await;
    find(&mut administrator, "phone", &[("phone", "07700 900777")]).await;
    by_name(&mut administrator, "Mira Invented", BORN).await;
    find(&mut administrator, "reference", &[("reference", "nothing here")]).await;
    administrator.get(&format!("/enter/before/{id}")).await;
    let one = format!("shown = ARRAY['{id}']::uuid[] AND outcome = 'read' AND staff_id IS NOT NULL");
    assert_eq!(searches(&house, &format!("asked = 'phone' AND {one}")).await, 1);
    assert_eq!(searches(&house, "asked = 'phone' AND cardinality(shown) = 0").await, 1, "nobody was found");
    assert_eq!(searches(&house, &format!("asked = 'person' AND {one}")).await, 1);
    let read = format!("noun = 'referral' AND subject_id = '{id}' AND outcome = 'read'");
    assert_eq!(searches(&house, &read).await, 1, "saying where it is, is a read of the record");
    let audit = house.database.rows("SELECT audit::text FROM audit").await.join("\n");
    assert!(!audit.contains("900777") && !audit.to_lowercase().contains("mira"), "{audit}");
}

#[tokio::test]
async fn other_roles_are_refused_and_another_teams_people_are_not_there() {
    let house = house().await;
    let id = asks(&house, mira()).await;
    let reference = look(&house, id).await.reference().to_string();
    let address = format!("/enter/before/{id}");
    for persona in ["gp", "system-administrator", "caldicott", "team-manager", "content-editor"] {
        let mut other = house.persona(persona).await;
        let found = find(&mut other, "phone", &[("phone", "07700 900456")]).await;
        for page in [found, other.get("/enter/before").await, other.get(&address).await] {
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{persona}");
        }
    }
    for persona in ["harbour-host", "key-worker"] {
        finds_nothing_of(&mut house.persona(persona).await, id, &reference).await;
    }
    assert_eq!(house.database.count("entry").await, 0, "nothing began from somebody else's request");
}

#[tokio::test]
async fn another_countys_people_are_not_there() {
    let house = house().await;
    let neighbour = house.neighbour().await;
    let theirs = asks(&neighbour, mira()).await;
    let reference = look(&neighbour, theirs).await.reference().to_string();
    finds_nothing_of(&mut house.persona("administrator").await, theirs, &reference).await;
    assert_eq!(house.database.count("entry").await, 0);
}

/// By no way to look, and not by its address.
async fn finds_nothing_of(other: &mut Browser, id: ReferralId, reference: &str) {
    for page in [
        find(other, "reference", &[("reference", reference)]).await,
        find(other, "phone", &[("phone", "07700 900456")]).await,
        by_name(other, "Mira Anne Invented", BORN).await,
    ] {
        assert!(page.has("Nobody was found") && !page.has("Mira Anne Invénted"), "{}", page.body);
    }
    let id = id.to_string();
    assert_eq!(other.get(&format!("/enter/before/{id}")).await.status, StatusCode::NOT_FOUND);
    let entry = "00000000-0000-7000-8000-00000000000e";
    let start = [("id", entry), ("earlier", id.as_str()), ("channel", "phone")];
    let page = other.post("/enter/before/start", &start).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.body);
}

#[tokio::test]
async fn what_staff_wrote_down_is_found_as_it_is_handed_over_and_as_it_changes() {
    let house = house().await;
    let mut administrator = house.persona("administrator").await;
    let id = administrator.get("/enter").await.field("id");
    let fields =
        [("id", id.as_str()), ("channel", "cafe"), ("place", "By the window."), ("danger-now", "yes")];
    administrator.post("/enter", &fields).await;
    let unnamed = by_name(&mut administrator, "Name not known", BORN).await;
    assert!(unnamed.has("Nobody was found"), "words in place of a name are no name: {}", unnamed.body);
    administrator.post(&format!("/enter/{id}/name"), &[("called", "Wren Example")]).await;
    assert!(by_name(&mut administrator, "Ren Example", BORN).await.has("A name that sounds like it"));
    let contact = [("contact", "text"), ("text-phone", "07700 900111"), ("say-nhs", "no")];
    administrator.post(&format!("/enter/{id}/contact"), &contact).await;
    assert!(find(&mut administrator, "phone", &[("phone", "07700900111")]).await.has("Wren Example"));
}
