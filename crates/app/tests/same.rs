//! "Is this somebody we know?", over HTTP: who may be the same person, two records side by side, a human's word and the way
//! back from it; and what the record then shows of their other requests (hazards H03, H24).

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
#[path = "support/person.rs"]
mod person;
mod support;

use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::change::EventKind;
use onedoor_domain::door::SelfReferral;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::{Outcome, StateKind, Withdrawal};
use onedoor_domain::task::TaskKind;
use people::{STORY, asks, flagged, look, matched, request};
use support::{Browser, House, Page, house};

fn dated(mut sent: SelfReferral, name: &str, born: &str) -> SelfReferral {
    sent.identity.full_name = Some(name.parse().unwrap());
    let date: jiff::civil::Date = born.parse().unwrap();
    sent.identity.born_on =
        Some(onedoor_domain::value::DateOfBirth::new(date, jiff::civil::date(2026, 11, 24)).unwrap());
    sent
}

fn by_letter_only(mut sent: SelfReferral) -> SelfReferral {
    sent.contact.way = person::by_letter();
    sent
}

/// Mira asked in spring under another spelling, and asks again; Bertram shares her phone; Dora is her twin.
async fn asked(house: &House) -> (ReferralId, ReferralId, ReferralId) {
    let before = asks(house, dated(by_letter_only(request("Myra")), "Myra Inventid", "1990-04-03")).await;
    house.later(jiff::SignedDuration::from_hours(24 * 7));
    let mut twin = by_letter_only(dated(request("Dora"), "Dora Invented", "1990-04-03"));
    twin.identity.nhs_number = Some("999 000 0026".parse().unwrap());
    let twin = asks(house, twin).await;
    let mut mira = dated(request("Mira"), "Mira Invented", "1990-04-03");
    mira.identity.nhs_number = Some("999 000 0018".parse().unwrap());
    (asks(house, mira).await, before, twin)
}

async fn version(house: &House, id: ReferralId) -> String {
    look(house, id).await.version().to_string()
}

fn at(page: &Page, text: &str) -> usize {
    page.body.find(text).unwrap_or_else(|| panic!("{text}: {}", page.body))
}

async fn confirms(browser: &mut Browser, house: &House, (id, other): (ReferralId, ReferralId)) -> Page {
    let version = version(house, id).await;
    let fields = [("version", version.as_str()), ("why", "She told me her date of birth.")];
    browser.post(&format!("/referrals/{id}/same/{other}"), &fields).await
}

fn went(page: &Page, to: &str) {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    assert_eq!(page.location.as_deref(), Some(to), "{}", page.body);
}

#[tokio::test]
async fn who_may_be_the_same_person_is_shown_with_reasons_in_words_and_without_a_number() {
    let house = house().await;
    let (id, before, twin) = asked(&house).await;
    let stranger = asks(&house, dated(by_letter_only(request("Wren")), "Wren Example", "1971-01-09")).await;
    let mut administrator = house.persona("administrator").await;
    let record = administrator.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Nobody has looked yet whether we know this person."), "{}", record.body);
    assert!(record.has(&format!("href=\"/referrals/{id}/same\"")));
    let page = administrator.get(&format!("/referrals/{id}/same")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(at(&page, "Look twice") < at(&page, "Myra Inventid"), "the warning comes first");
    assert!(page.has("A name that sounds like it") && page.has("The date of birth"), "{}", page.body);
    assert!(page.has("The NHS numbers are not the same"), "what speaks against the twin: {}", page.body);
    assert!(at(&page, "Myra Inventid") < at(&page, "Dora Invented"), "nothing speaks against the first");
    for other in [before, twin] {
        assert!(page.has(&format!("href=\"/referrals/{id}/same/{other}\"")), "{}", page.body);
    }
    assert!(!page.has(&stranger.to_string()) && !page.has("Wren"), "{}", page.body);
    for hidden in [STORY.lines().next().unwrap(), "999 000", "%", "score", "likely"] {
        assert!(!page.body.split("<main").nth(1).unwrap().contains(hidden), "{hidden} is shown");
    }
    let audit = house.database.rows("SELECT shown::text FROM audit WHERE action = 'PersonMatch'").await;
    let shown = audit.iter().find(|row| row.contains(&before.to_string())).unwrap();
    assert!(shown.contains(&twin.to_string()) && !shown.contains(&stranger.to_string()), "{audit:?}");
}

// seed: 75
#[tokio::test]
async fn a_human_confirms_side_by_side_and_the_record_shows_what_came_before() {
    let house = house().await;
    let (id, before, _) = asked(&house).await;
    let reference = look(&house, before).await.reference().to_string();
    let mut administrator = house.persona("administrator").await;
    let to = format!("/referrals/{id}/same/{before}");
    let page = administrator.get(&to).await;
    assert!(
        page.has("Mira Invented") && page.has("Myra Inventid") && page.has("3 April 1990"),
        "{}",
        page.body
    );
    assert!(page.has("Agrees: A name that sounds like it") && page.has("Agrees: The date of birth"));
    assert!(page.has(&reference), "whose is whose: {}", page.body);
    assert!(!page.has("I have not slept"), "no story is needed to compare");
    let empty = administrator.post(&to, &[("version", &page.field("version")), ("why", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Write down what convinced you") && empty.has("Myra Inventid"), "{}", empty.body);
    went(&confirms(&mut administrator, &house, (id, before)).await, &format!("/referrals/{id}?done=matched"));
    let record = administrator.get(&format!("/referrals/{id}?done=matched")).await;
    assert!(record.has("You have said that it is the same person."));
    assert!(record.has("She told me her date of birth."), "why: {}", record.body);
    assert!(record.has("Their other requests") && record.has(&reference), "{}", record.body);
    let other = administrator.get(&format!("/referrals/{before}")).await;
    let own = look(&house, id).await.reference().to_string();
    assert!(other.has(&own) && other.has("She told me her date of birth."), "seen from both: {}", other.body);
    assert_eq!(look(&house, id).await.kind(), StateKind::Received, "it moves no request");
    assert_eq!(look(&house, id).await.repeats(), 0, "nothing was asked again");
    // Matched twice is matched once, and a matched person is no candidate any more.
    let again = confirms(&mut administrator, &house, (id, before)).await;
    went(&again, &format!("/referrals/{id}?done=already#same"));
    assert_eq!(house.database.count("person_link").await, 1);
    let page = administrator.get(&format!("/referrals/{id}/same")).await;
    assert!(!page.has("Myra Inventid") && page.has("Dora Invented"), "{}", page.body);
    let read =
        format!("SELECT '' FROM audit WHERE action = 'ReferralRead' AND shown @> ARRAY['{before}']::uuid[]");
    assert!(!house.database.rows(&read).await.is_empty(), "reading them by the way is reading them");
}

#[tokio::test]
async fn two_people_at_once_and_the_second_is_told_what_the_first_said_and_loses_no_word() {
    let house = house().await;
    let (id, before, twin) = asked(&house).await;
    let (mut one, mut two) = (house.persona("administrator").await, house.persona("senior-nurse").await);
    let (to_one, to_two) = (format!("/referrals/{id}/same/{before}"), format!("/referrals/{id}/same/{twin}"));
    let (page_one, page_two) = (one.get(&to_one).await, two.get(&to_two).await);
    let first = [("version", page_one.field("version")), ("why", "Her date of birth.".into())];
    let second = [("version", page_two.field("version")), ("why", "Words-of-the-second".into())];
    let pairs = |fields: &[(&'static str, String); 2]| fields.clone().map(|(name, value)| (name, value));
    let (first, second) = (pairs(&first), pairs(&second));
    let done = one.post(&to_one, &[("version", &first[0].1), ("why", &first[1].1)]).await;
    went(&done, &format!("/referrals/{id}?done=matched"));
    let late = two.post(&to_two, &[("version", &second[0].1), ("why", &second[1].1)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert!(late.has("Words-of-the-second") && late.has("Said to be the same person"), "{}", late.body);
    let nobody = [("version", second[0].1.as_str()), ("why", "Words-of-nobody")];
    let late = two.post(&format!("/referrals/{id}/same"), &nobody).await;
    assert!(late.status == StatusCode::CONFLICT && late.has("Words-of-nobody"), "{}", late.body);
    assert_eq!(house.database.count("person_link").await, 1);
    // Two requests matched with each other from both sides at once wait for each other and are linked once.
    let mut three = house.persona("senior-social-worker").await;
    let (to, from) = (format!("/referrals/{twin}/same/{id}"), format!("/referrals/{id}/same/{twin}"));
    let (here, there) = (version(&house, id).await, version(&house, twin).await);
    let fields = |version: &str| [("version", version.to_owned()), ("why", "Both.".to_owned())];
    let (here, there) = (fields(&here), fields(&there));
    let here: Vec<(&str, &str)> = here.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let there: Vec<(&str, &str)> = there.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (a, b) = tokio::join!(two.post(&from, &here), three.post(&to, &there));
    assert!(a.status == StatusCode::SEE_OTHER && b.status == StatusCode::SEE_OTHER, "{a:?} {b:?}");
    assert_eq!(house.database.count("person_link").await, 2, "one more");
}

#[tokio::test]
async fn a_wrong_match_is_taken_back_and_everything_is_as_it_was_before() {
    let house = house().await;
    let (id, before, _) = asked(&house).await;
    let keys = "SELECT format('%s %s %s', person_id, kind, key) FROM person_key ORDER BY 1";
    let people = "SELECT format('%s %s', id, body) FROM person ORDER BY 1";
    let requests = "SELECT format('%s %s %s', id, person_id, body) FROM referral ORDER BY 1";
    let (had_keys, had_people, had_requests) = (
        house.database.rows(keys).await,
        house.database.rows(people).await,
        house.database.rows(requests).await,
    );
    let mut administrator = house.persona("administrator").await;
    confirms(&mut administrator, &house, (id, before)).await;
    let record = administrator.get(&format!("/referrals/{id}")).await;
    let from = record.body.find(&format!("/referrals/{id}/matches/")).expect("a way back");
    let undo: String = record.body[from..].chars().take_while(|c| *c != '"').collect();
    let page = administrator.get(&undo).await;
    assert!(page.has("It is somebody else") && page.has("Both steps stay in the history"), "{}", page.body);
    let empty = administrator.post(&undo, &[("version", &page.field("version"))]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Write down why it is somebody else"), "{}", empty.body);
    let stale = administrator.post(&undo, &[("version", "1"), ("why", "Words-kept")]).await;
    assert!(stale.status == StatusCode::CONFLICT && stale.has("Words-kept"), "{}", stale.body);
    let why = [("version", page.field("version")), ("why", "Her sister has the same phone.".into())];
    let why: Vec<(&str, &str)> = why.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for _ in 0..2 {
        let done = administrator.post(&undo, &why).await;
        assert!(
            done.location.unwrap().starts_with(&format!("/referrals/{id}?done=unmatched")),
            "{}",
            done.body
        );
    }
    assert_eq!(house.database.rows(keys).await, had_keys);
    assert_eq!(house.database.rows(people).await, had_people);
    assert_eq!(house.database.rows(requests).await, had_requests);
    let record = administrator.get(&format!("/referrals/{id}")).await;
    assert!(!record.has("Their other requests"), "{}", record.body);
    assert!(record.has("Her sister has the same phone."), "the reason stays: {}", record.body);
    assert_eq!(house.database.count("person_link").await, 1, "nothing was removed");
    let events = "SELECT kind FROM event WHERE kind LIKE 'person_%matched' ORDER BY kind";
    assert_eq!(house.database.rows(events).await, ["person_matched", "person_unmatched"]);
    let page = administrator.get(&format!("/referrals/{id}/same")).await;
    assert!(page.has("Myra Inventid"), "who was matched by mistake may be looked at again");
    // Another request's match is not taken back from here, and what is not there looks the same.
    for wrong in
        [undo.replace(&id.to_string(), &before.to_string()), format!("/referrals/{id}/matches/{before}")]
    {
        assert_eq!(administrator.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(administrator.post(&wrong, &why).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn nobody_of_these_is_an_answer_that_stays_with_who_was_shown() {
    let house = house().await;
    let (id, before, twin) = asked(&house).await;
    let mut nurse = house.persona("senior-nurse").await;
    let page = nurse.get(&format!("/referrals/{id}/same")).await;
    let (before_text, twin_text, version) = (before.to_string(), twin.to_string(), page.field("version"));
    let fields = [
        ("version", version.as_str()),
        ("of", before_text.as_str()),
        ("of", twin_text.as_str()),
        ("of", "nonsense"),
        ("why", "She has never asked before."),
    ];
    let done = nurse.post(&format!("/referrals/{id}/same"), &fields).await;
    went(&done, &format!("/referrals/{id}?done=nobody"));
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Of 2 people who were shown nobody is this person"), "{}", record.body);
    assert!(record.has("She has never asked before."));
    let page = nurse.get(&format!("/referrals/{id}/same")).await;
    assert!(page.has("Somebody said that this is another person"), "{}", page.body);
    let compare = nurse.get(&format!("/referrals/{id}/same/{before}")).await;
    assert!(
        compare.has("This speaks against it") && compare.has("Somebody said that this is another person")
    );
    // Who was ruled out by mistake can still be the same person.
    went(&confirms(&mut nurse, &house, (id, before)).await, &format!("/referrals/{id}?done=matched"));
    let alone = asks(&house, by_letter_only(request("Quill"))).await;
    let page = nurse.get(&format!("/referrals/{alone}/same")).await;
    assert!(page.has("Nobody your team may see was found.") && !page.has("Look twice"), "{}", page.body);
    let version = page.field("version");
    let done = nurse.post(&format!("/referrals/{alone}/same"), &[("version", &version)]).await;
    went(&done, &format!("/referrals/{alone}?done=nobody"));
    let record = nurse.get(&format!("/referrals/{alone}")).await;
    assert!(record.has("Nobody was found who may be the same person"), "{}", record.body);
}

// seed: 75
#[tokio::test]
async fn who_is_involved_and_what_to_know_before_ringing_stand_on_the_record_of_the_new_request() {
    let house = house().await;
    let known = person::Asked::by(&house, person::by_text(), false).await;
    known.accepted(&house).await;
    let danger = asks(&house, flagged("Mira")).await;
    let stopped = asks(&house, request("Mira")).await;
    let withdrawal = Withdrawal { why: None, safety: "Not alone.".parse().unwrap() };
    let ctx = house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (county, _) = tx.county().await.unwrap();
    let referral = tx.referral(stopped, Action::ReferralWithdraw).await.unwrap();
    tx.commit(referral.withdraw(&ctx, withdrawal, &county).unwrap()).await.unwrap();
    let id = asks(&house, request("Mira")).await;
    for other in [known.id, danger, stopped] {
        matched(&house, id, other).await;
    }
    let mut nurse = house.persona("senior-nurse").await;
    let page = nurse.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Who is involved already") && page.has("Marcus"), "{}", page.body);
    assert!(page.has("From their other requests, before you ring or write"), "{}", page.body);
    for flag in [
        "Danger was said, and no senior has looked since",
        "No message may say who it is from",
        "Leave no voicemail",
        "After six, when I am alone",
    ] {
        assert!(page.has(flag), "{flag}: {}", page.body);
    }
    assert!(page.has("The duty person is being rung"), "{}", page.body);
    for outcome in ["Where it is, or how it ended", "A team has accepted", "The person withdrew"] {
        assert!(page.has(outcome), "{outcome}: {}", page.body);
    }
    for shown in [known.reference.to_string(), look(&house, stopped).await.reference().to_string()] {
        assert!(page.has(&shown), "{shown}: {}", page.body);
    }
    assert!(!page.has("Her sister stays with her"), "what a senior wrote there is read there");
}

#[tokio::test]
async fn it_is_joined_to_a_request_of_the_same_person_by_choosing_and_never_deleted() {
    let house = house().await;
    let live = asks(&house, request("Mira")).await;
    let again = asks(&house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let to = format!("/referrals/{again}/duplicate");
    let typed = nurse.get(&to).await;
    assert!(!typed.has("Which of their requests do we work on?"), "nobody is known yet: {}", typed.body);
    matched(&house, again, live).await;
    let form = nurse.get(&to).await;
    let reference = look(&house, live).await.reference().as_str().to_owned();
    assert!(form.has("Which of their requests do we work on?"), "{}", form.body);
    assert!(form.has(&format!("value=\"{reference}\"")), "{}", form.body);
    let version = form.field("version");
    let none = nurse.post(&to, &[("version", &version)]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.has("Choose the request we work on"), "{}", none.body);
    let another = [("version", version.as_str()), ("live", "another"), ("live-reference", "AAAA AAAA")];
    let wrong = nurse.post(&to, &another).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.has("AAAA AAAA"), "{}", wrong.body);
    let done = nurse.post(&to, &[("version", &version), ("live", &reference)]).await;
    went(&done, &format!("/referrals/{again}?done=duplicate"));
    let joined = look(&house, again).await;
    assert!(matches!(&joined.decided().unwrap().outcome, Outcome::Duplicate { of, .. } if *of == live));
    assert_eq!(house.database.count("referral").await, 2, "never deleted");
    assert!(joined.tasks().iter().all(|task| task.kind != TaskKind::Triage || !task.is_open()));
}

#[tokio::test]
async fn nobody_elses_people_are_shown_matched_or_counted() {
    let house = house().await;
    let (id, before, _) = asked(&house).await;
    let neighbour = house.neighbour().await;
    let theirs = asks(&neighbour, dated(request("Mira"), "Mira Invented", "1990-04-03")).await;
    let mut administrator = house.persona("administrator").await;
    let page = administrator.get(&format!("/referrals/{id}/same")).await;
    assert!(!page.has(&theirs.to_string()), "another county's people are not there");
    for address in [format!("/referrals/{id}/same/{theirs}"), format!("/referrals/{theirs}/same/{id}")] {
        assert_eq!(administrator.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        let version = version(&house, id).await;
        let posted = administrator.post(&address, &[("version", &version), ("why", "Same.")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND, "{address}: {}", posted.body);
    }
    for persona in ["gp", "caldicott", "system-administrator", "team-manager", "content-editor"] {
        let mut other = house.persona(persona).await;
        let forbidden = other.get(&format!("/referrals/{id}/same")).await;
        assert_eq!(forbidden.status, StatusCode::FORBIDDEN, "{persona}");
    }
    for persona in ["key-worker", "voluntary-worker", "harbour-host"] {
        let mut other = house.persona(persona).await;
        for address in [format!("/referrals/{id}/same"), format!("/referrals/{id}/same/{before}")] {
            assert_eq!(other.get(&address).await.status, StatusCode::FORBIDDEN, "{persona} {address}");
        }
    }
    assert_eq!(house.database.count("person_link").await, 0);
}

#[tokio::test]
async fn whoever_may_not_open_the_other_request_learns_only_that_there_is_something() {
    let house = house().await;
    let known = person::Asked::by(&house, person::by_text(), false).await;
    known.accepted(&house).await;
    let other = asks(&house, request("Mira")).await;
    matched(&house, other, known.id).await;
    let mut worker = house.persona("key-worker").await;
    let page = worker.get(&format!("/referrals/{}", known.id)).await;
    let reference = look(&house, other).await.reference().to_string();
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(!page.has("Their other requests") && page.has("restricted item"), "{}", page.body);
    assert!(!page.has("/same\""), "a key worker does not say who is the same");
    let events = known.events(&house).await;
    assert!(
        !events.contains(&EventKind::PersonMatched),
        "it was said on the other one: {events:?} {reference}"
    );
}

#[tokio::test]
async fn all_other_requests_of_a_person_are_there_and_what_the_oldest_says_is_known_before_anybody_rings() {
    let house = house().await;
    let mut careful = request("Mira");
    careful.contact.code_name = Some("Robin from the library".parse().unwrap());
    let oldest = asks(&house, careful).await;
    let mut others = vec![oldest];
    for _ in 0..24 {
        house.later(jiff::SignedDuration::from_mins(5));
        others.push(asks(&house, request("Mira")).await);
    }
    let id = asks(&house, request("Mira")).await;
    for other in &others {
        matched(&house, id, *other).await;
    }
    let page = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Robin from the library"), "what the oldest says stands above: {}", page.body);
    let place = at(&page, "Their other requests");
    assert!(page.has("15 more requests of theirs"), "{}", page.body);
    for other in &others {
        let link = format!("/referrals/{other}\"");
        assert!(page.body[place..].contains(&link), "{other} is not in the list");
    }
}
