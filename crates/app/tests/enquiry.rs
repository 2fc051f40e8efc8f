//! What is missing is asked for once, over HTTP: by whom, in which words, by a link that answers once and shows nothing of the
//! person; and nobody waits for the answer (hazards H05, H26).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/mail.rs"]
mod mail;
#[path = "support/people.rs"]
mod people;
#[path = "support/person.rs"]
mod person;
mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use mail::Sink;
use onedoor::work::run_due;
use onedoor_domain::access::Action;
use onedoor_domain::clock::ClockKind;
use onedoor_domain::door::{
    Agrees, Behalf, Knowing, Origin, ReferralSource, Referrer, SafeContact, SelfReferral, Standing, Way,
};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::notice::{Message, NoticeState};
use onedoor_domain::referral::StateKind;
use onedoor_domain::task::TaskKind;
use people::{STORY, asks, look, request};
use person::{assert_neutral, by_email, by_letter, by_text, mailing, spooled};
use support::{Browser, House, Page, house};

const MISSING: &str = "Which tablets does she take?\nSince when is it worse?";
const ANSWER: &str = "Sertraline since May.\nWorse since the move.";
const BY_GP: [(&str, &str); 3] = [("name", "Dr Asha Vale"), ("role", "GP"), ("answer", ANSWER)];

/// A GP's answer in these words.
fn says(answer: &str) -> [(&str, &str); 3] {
    [BY_GP[0], BY_GP[1], ("answer", answer)]
}

/// A GP asks for somebody.
fn by_gp(reach: Way, say_nhs: bool) -> SelfReferral {
    let referrer = Referrer {
        name: Some("Dr Asha Vale".parse().unwrap()),
        organisation: Some("Millbrook Surgery".parse().unwrap()),
        standing: Standing::Service { source: ReferralSource::A1 },
        reach: Some(SafeContact { say_nhs, ..SafeContact::by(reach) }),
        ..Referrer::default()
    };
    let knowing = Knowing { knows: true, agrees: Agrees::Yes, may_tell: true, ..Knowing::default() };
    let origin = Origin::Professional(Box::new(Behalf { referrer, knowing, ..Behalf::default() }));
    SelfReferral { origin, ..request("Mira") }
}

async fn opens(nurse: &mut Browser, house: &House, id: ReferralId) {
    let version = look(house, id).await.version().to_string();
    let opened = nurse.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
}

async fn asks_once(browser: &mut Browser, house: &House, id: ReferralId) -> Page {
    let version = look(house, id).await.version().to_string();
    browser.post(&format!("/referrals/{id}/ask-once"), &[("version", &version), ("missing", MISSING)]).await
}

/// Opened and asked by an administrator.
async fn asked(house: &House, sent: SelfReferral) -> ReferralId {
    let id = asks(house, sent).await;
    let mut administrator = house.persona("administrator").await;
    opens(&mut administrator, house, id).await;
    let done = asks_once(&mut administrator, house, id).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=asked-once")), "{}", done.body);
    id
}

fn link(house: &House, id: ReferralId) -> String {
    onedoor::enquiry::path(&house.app, house.demo.tenant, id)
}

async fn message(house: &House, id: ReferralId) -> String {
    run_due(&house.app).await;
    let referral = look(house, id).await;
    let notice = referral.notices().iter().find(|notice| matches!(notice.message, Message::Enquiry { .. }));
    match &notice.unwrap().state {
        NoticeState::Spooled { file, .. } => spooled(house, file.as_str()),
        other => panic!("{other:?}"),
    }
}

fn owes(referral: &onedoor_domain::referral::Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

// seed: 75
#[tokio::test]
async fn a_gp_is_asked_once_answers_by_the_link_and_a_senior_reads_it_while_the_clock_runs() {
    let house = house().await;
    let id = asks(&house, by_gp(by_email(), true)).await;
    let clocks = look(&house, id).await.clocks().to_vec();
    let mut administrator = house.persona("administrator").await;
    opens(&mut administrator, &house, id).await;
    let form = administrator.get(&format!("/referrals/{id}/ask-once")).await;
    assert!(form.has("Whoever asked for them is asked") && form.has("No clock stops"), "{}", form.body);
    let version = form.field("version");
    let empty = administrator.post(&format!("/referrals/{id}/ask-once"), &[("version", &version)]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Write down what is missing"), "{}", empty.body);
    let done = asks_once(&mut administrator, &house, id).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=asked-once")), "{}", done.body);
    let referral = look(&house, id).await;
    assert_eq!(referral.clocks(), clocks, "no clock stopped");
    assert_eq!(referral.kind(), StateKind::Screening);
    let record = administrator.get(&format!("/referrals/{id}")).await;
    assert!(
        record.has("Which tablets does she take?") && record.has("Thursday 26 November 2026"),
        "{}",
        record.body
    );
    assert!(!record.has("/ask-once\""), "nobody is asked twice");
    let again = administrator.get(&format!("/referrals/{id}/ask-once")).await;
    assert_eq!(again.location, Some(format!("/referrals/{id}?done=not-from-here")));

    let sent = message(&house, id).await;
    let path = link(&house, id);
    assert!(sent.contains(&path), "{sent}");
    for clinical in ["tablets", "worse", "Mira", "Sertraline", STORY.lines().next().unwrap()] {
        assert!(!sent.contains(clinical), "{clinical} in {sent}");
    }
    let mut gp = house.visitor();
    let page = gp.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(
        page.has("Which tablets does she take?<br>Since when is it worse?") && page.has("option 2"),
        "{}",
        page.body
    );
    assert!(!page.has("Mira") && !page.has("I have not slept") && !page.has("07700"), "{}", page.body);
    let empty = gp.post(&path, &[("answer", "  ")]).await;
    assert!(
        empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Write your answer"),
        "{}",
        empty.body
    );
    let long = "x".repeat(20_000);
    let too_long = gp.post(&path, &[("answer", &long)]).await;
    assert!(too_long.status == StatusCode::UNPROCESSABLE_ENTITY && too_long.has(&long), "every word is kept");
    let unnamed = gp.post(&path, &[("answer", ANSWER)]).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever answers says who they are");
    assert!(unnamed.has("Type your name") && unnamed.has("Worse since the move."), "{}", unnamed.body);
    let done = gp.post(&path, &BY_GP).await;
    assert_eq!((done.status, done.location), (StatusCode::SEE_OTHER, Some(path.clone())));
    let thanks = gp.get(&path).await;
    assert!(thanks.has("We have your answer") && !thanks.has("<textarea"), "{}", thanks.body);
    assert!(
        !thanks.has("Sertraline") && !thanks.has("tablets"),
        "what was said is not shown again: {}",
        thanks.body
    );

    let referral = look(&house, id).await;
    assert!(owes(&referral, TaskKind::ReadNew) && owes(&referral, TaskKind::Triage));
    assert!(!owes(&referral, TaskKind::Enquiry));
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Sertraline since May.<br>Worse since the move."), "{}", record.body);
    assert!(record.has("a professional who asked for them") && record.has("Answered on"), "{}", record.body);
    assert!(record.has("by Dr Asha Vale (GP)") && record.has("the name is what they say"), "{}", record.body);
    let actors = "SELECT DISTINCT actor FROM audit WHERE action = 'EnquiryAnswer' AND outcome = 'wrote'";
    assert_eq!(house.database.rows(actors).await, ["asked"], "a practice is not the person");
    assert!(nurse.get("/my-day").await.has("Read what the person said since"), "the list says so");
    let own = house.follows(id).await.get("/track/where").await;
    assert!(!own.has("Sertraline"), "what somebody else said is not shown to the person: {}", own.body);
    assert_eq!(look(&house, id).await.repeats(), 0, "the person was asked nothing again");
}

#[tokio::test]
async fn whoever_asked_for_themselves_is_asked_themselves_by_the_way_they_called_safe() {
    let house = house().await;
    let mut sent = request("Mira");
    sent.contact = SafeContact { say_nhs: true, ..SafeContact::by(by_text()) };
    let id = asked(&house, sent).await;
    let text = message(&house, id).await;
    assert!(text.contains(&link(&house, id)) && !text.contains("tablets"), "{text}");
    let mut person = house.visitor();
    let page = person.get(&link(&house, id)).await;
    assert!(page.has("your request for help"), "{}", page.body);
    person.post(&link(&house, id), &[("answer", ANSWER)]).await;
    let own = house.follows(id).await.get("/track/where").await;
    assert!(own.has("Sertraline since May."), "what they said is theirs to see: {}", own.body);
}

#[tokio::test]
async fn without_leave_to_say_who_we_are_the_message_names_nothing_and_a_human_asks() {
    let house = house().await;
    let asked_id = person::Asked::by(&house, by_email(), false).await;
    let mut administrator = house.persona("administrator").await;
    opens(&mut administrator, &house, asked_id.id).await;
    asks_once(&mut administrator, &house, asked_id.id).await;
    let sent = message(&house, asked_id.id).await;
    assert_neutral(&sent, &asked_id);
    assert!(!sent.contains("/question/"), "an address that names us is not in it: {sent}");
    // A server takes it, and still nobody has been asked: a human is.
    let sink = Sink::taking().await;
    let second = person::Asked::by(&house, by_email(), false).await;
    opens(&mut administrator, &house, second.id).await;
    asks_once(&mut administrator, &house, second.id).await;
    run_due(&mailing(&house, &sink.url())).await;
    let referral = look(&house, second.id).await;
    let notice = referral.notices().iter().find(|it| matches!(it.message, Message::Enquiry { .. })).unwrap();
    assert!(matches!(notice.state, NoticeState::Asked { .. }), "{:?}", notice.state);
}

#[tokio::test]
async fn an_answer_on_the_phone_is_written_down_with_who_gave_it() {
    let house = house().await;
    let call = Way::Call { phone: "01632 960111".parse().unwrap(), voicemail: false };
    let id = asked(&house, by_gp(call, true)).await;
    let mut nurse = house.persona("senior-nurse").await;
    let version = look(&house, id).await.version().to_string();
    let to = format!("/referrals/{id}/take-answer");
    let form = nurse.get(&to).await;
    assert!(form.has("Who answered?"), "{}", form.body);
    let half = nurse.post(&to, &[("version", &version), ("answer", ANSWER)]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.has("Write down who answered") && half.has("Worse since the move."), "{}", half.body);
    let fields = [("version", version.as_str()), ("told-by", "The practice nurse"), ("answer", ANSWER)];
    let done = nurse.post(&to, &fields).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=took-answer")), "{}", done.body);
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("The practice nurse") && record.has("Sertraline since May."), "{}", record.body);
    let late = house.visitor().post(&link(&house, id), &[("answer", "Words-of-the-late")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.has("Words-of-the-late") && late.has("We have your answer"),
        "nothing typed is lost: {}",
        late.body
    );
}

#[tokio::test]
async fn after_two_working_days_without_an_answer_the_record_and_the_lists_say_triage_with_what_is_known() {
    let house = house().await;
    let id = asked(&house, by_gp(by_email(), true)).await;
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(!record.has("Triage with what is known now") && record.has("do not wait"), "{}", record.body);
    assert!(
        nurse.get("/my-day").await.has("triage with what is known"),
        "a dated next step stands on the list"
    );
    house.at("2026-11-26T10:00:01Z");
    let mut nurse = house.persona("senior-nurse").await;
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(record.has("Triage with what is known now"), "{}", record.body);
    assert!(look(&house, id).await.next_due().is_some());
    let closed = house.visitor().get(&link(&house, id)).await;
    assert!(closed.has("It is too late to answer here") && !closed.has("<textarea"), "{}", closed.body);
    let late = house.visitor().post(&link(&house, id), &[("answer", "Words-too-late")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("Words-too-late"), "nothing typed is lost: {}", late.body);
    assert!(look(&house, id).await.enquired().unwrap().enquiry.answer.is_none());
    let version = look(&house, id).await.version().to_string();
    let triage = [
        ("version", version.as_str()),
        ("category", "D"),
        ("narrative", "With what is known."),
        ("safety", "Not alone."),
        ("children", "none"),
    ];
    let done = nurse.post(&format!("/referrals/{id}/triage"), &triage).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let referral = look(&house, id).await;
    assert!(!owes(&referral, TaskKind::Enquiry) && referral.kind() == StateKind::Triaged);
    let record = nurse.get(&format!("/referrals/{id}")).await;
    assert!(!record.has("Triage with what is known now"), "{}", record.body);
    assert!(referral.clocks().iter().any(|clock| clock.kind == ClockKind::RefTriage && !clock.is_running()));
}

#[tokio::test]
async fn two_people_ask_at_once_and_one_question_goes_out() {
    let house = house().await;
    let id = asks(&house, by_gp(by_email(), true)).await;
    let (mut one, mut two) = (house.persona("administrator").await, house.persona("senior-nurse").await);
    opens(&mut one, &house, id).await;
    let version = look(&house, id).await.version().to_string();
    let to = format!("/referrals/{id}/ask-once");
    let first = [("version", version.as_str()), ("missing", "Words-of-one")];
    let second = [("version", version.as_str()), ("missing", "Words-of-two")];
    let (a, b) = tokio::join!(one.post(&to, &first), two.post(&to, &second));
    let (lost, words) =
        if a.status == StatusCode::SEE_OTHER { (&b, "Words-of-two") } else { (&a, "Words-of-one") };
    assert!([&a, &b].iter().any(|page| page.status == StatusCode::SEE_OTHER));
    assert_eq!(lost.status, StatusCode::CONFLICT, "{}", lost.body);
    assert!(lost.has(words) && lost.has("What is missing was asked for"), "{}", lost.body);
    let referral = look(&house, id).await;
    let sent = referral.notices().iter().filter(|it| matches!(it.message, Message::Enquiry { .. }));
    assert_eq!(sent.count(), 1);
}

#[tokio::test]
async fn two_answers_at_once_and_one_is_taken_while_the_other_loses_no_word() {
    let house = house().await;
    let id = asked(&house, by_gp(by_email(), true)).await;
    let path = link(&house, id);
    let (mut one, mut two) = (house.visitor(), house.visitor());
    let (first, second) = (says("Words-of-one"), says("Words-of-two"));
    let (a, b) = tokio::join!(one.post(&path, &first), two.post(&path, &second));
    let statuses = [a.status, b.status];
    assert!(
        statuses.contains(&StatusCode::SEE_OTHER) && statuses.contains(&StatusCode::CONFLICT),
        "{statuses:?}"
    );
    let (lost, words) =
        if a.status == StatusCode::CONFLICT { (&a, "Words-of-one") } else { (&b, "Words-of-two") };
    assert!(lost.has(words), "{}", lost.body);
    let replay = house.visitor().get(&path).await;
    assert!(replay.status == StatusCode::OK && replay.has("We have your answer"), "{}", replay.body);
    let since = look(&house, id).await;
    assert_eq!(serde_json::to_value(&**since.head()).unwrap()["since"]["added"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_link_another_use_another_request_and_another_county_look_like_nothing_at_all() {
    let house = house().await;
    let id = asked(&house, by_gp(by_email(), true)).await;
    let other = asks(&house, by_gp(by_email(), true)).await;
    let right = link(&house, id);
    let key = right.rsplit('/').next().unwrap().to_owned();
    let neighbour = house.neighbour().await;
    let theirs = asks(&neighbour, by_gp(by_email(), true)).await;
    let status = onedoor::door::status::first_link(&house.app, house.demo.tenant, id, None).unwrap();
    let status_key = status.rsplit('/').next().unwrap().to_owned();
    let mut wrong = vec![
        format!("/question/{id}/{}", "0".repeat(64)),
        format!("/question/{id}/{}", &key[..63]),
        format!("/question/{id}/{}", key.to_uppercase()),
        format!("/question/{id}/{status_key}"),
        format!("/question/{other}/{key}"),
        format!("/question/{theirs}/{key}"),
        onedoor::enquiry::path(&house.app, neighbour.demo.tenant, theirs),
        "/question/nonsense/nonsense".to_owned(),
        // Right for a request that nobody was asked about, and for one that does not exist.
        link(&house, other),
        link(&house, ReferralId(uuid::Uuid::from_u128(7))),
    ];
    wrong.push(format!("/status/{id}/{key}"));
    let mut bodies = std::collections::BTreeSet::new();
    for address in &wrong {
        let page = house.visitor().get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}: {}", page.body);
        assert!(page.has("111") && !page.has("tablets"), "{address}");
        let main = page.body.split("<main").nth(1).unwrap().split("</main").next().unwrap();
        bodies.insert(main.split("data-request").next().unwrap().len());
    }
    for address in wrong.iter().filter(|address| address.starts_with("/question/")) {
        let page = house.visitor().post(address, &[("answer", ANSWER)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}: {}", page.body);
    }
    assert_eq!(bodies.len(), 1, "every one of them is the same page");
    assert!(look(&house, id).await.enquired().unwrap().enquiry.answer.is_none());
    let stored = house.database.rows("SELECT format('%s %s', body, head) FROM (SELECT body::text, '' AS head FROM notice UNION ALL SELECT body::text, '' FROM referral UNION ALL SELECT body::text, '' FROM event) AS x").await;
    assert!(!stored.join("\n").contains(&key), "the key is stored nowhere");
}

#[tokio::test]
async fn a_flood_is_slowed_and_keeps_every_word_that_was_typed() {
    let house = house().await;
    let id = asked(&house, by_gp(by_email(), true)).await;
    let path = link(&house, id);
    let mut visitor = house.visitor();
    let mut statuses = Vec::new();
    for _ in 0..25 {
        statuses.push(visitor.post(&path, &[("answer", "  ")]).await.status);
    }
    assert!(statuses[..20].iter().all(|status| *status == StatusCode::UNPROCESSABLE_ENTITY), "{statuses:?}");
    assert!(statuses[20..].iter().all(|status| *status == StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
    let slowed = visitor.post(&path, &[("answer", "Words-in-a-flood")]).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.has("Words-in-a-flood") && slowed.has("Wait a quarter of an hour"), "{}", slowed.body);
    house.later(SignedDuration::from_mins(16));
    let done = visitor.post(&path, &BY_GP).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "a quarter of an hour later it is taken: {}", done.body);
}

#[tokio::test]
async fn guessing_the_key_is_slowed_by_looking_and_by_sending_alike() {
    let house = house().await;
    let id = asked(&house, by_gp(by_email(), true)).await;
    let mut statuses = Vec::new();
    for n in 0..40 {
        let guess = format!("/question/{id}/{n:064}");
        let mut visitor = house.visitor();
        statuses.push(visitor.post(&guess, &BY_GP).await.status);
    }
    let slowed = statuses.iter().position(|status| *status == StatusCode::TOO_MANY_REQUESTS);
    let slowed = slowed.expect("sending is counted with a wrong key too");
    assert!(statuses[..slowed].iter().all(|status| *status == StatusCode::NOT_FOUND), "{statuses:?}");
    assert!(statuses[slowed..].iter().all(|status| *status == StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
    let looked = house.visitor().get(&format!("/question/{id}/{:064}", 0)).await;
    assert_eq!(looked.status, StatusCode::TOO_MANY_REQUESTS, "and together with looking");
    assert!(look(&house, id).await.enquired().unwrap().enquiry.answer.is_none());
}

#[tokio::test]
async fn a_letter_carries_words_that_lead_to_the_question_and_show_nobody() {
    let house = house().await;
    let id = asked(&house, by_gp(by_letter(), true)).await;
    run_due(&house.app).await;
    let referral = look(&house, id).await;
    let notice =
        referral.notices().iter().find(|it| matches!(it.message, Message::Enquiry { .. })).unwrap().id;
    let mut administrator = house.persona("administrator").await;
    let letter = administrator.get(&format!("/referrals/{id}/notices/{notice}/letter")).await;
    assert!(letter.has("these five words") && letter.has("show only our question"), "{}", letter.body);
    assert!(!letter.has("tablets") && !letter.has("Mira"), "{}", letter.body);
    let after = letter.body.split("these five words:").nth(1).unwrap();
    let words = after.split("<p>").nth(1).unwrap().split("</p>").next().unwrap().trim().to_owned();
    let reference = referral.reference().to_string();
    let mut gp = house.visitor();
    let wrong = gp.post("/answer", &[("reference", &reference), ("phrase", "one two three four five")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let opened = gp.post("/answer", &[("reference", &reference), ("phrase", &words)]).await;
    assert_eq!(opened.location, Some(link(&house, id)), "{}", opened.body);
    let done = gp.post(&link(&house, id), &BY_GP).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let spent = gp.post("/answer", &[("reference", &reference), ("phrase", &words)]).await;
    assert_eq!(spent.status, StatusCode::UNPROCESSABLE_ENTITY, "they open it once");
}

#[tokio::test]
async fn other_roles_ask_nobody_and_write_down_no_answer() {
    let house = house().await;
    let id = asked(&house, by_gp(by_email(), true)).await;
    for persona in ["gp", "caldicott", "system-administrator", "team-manager", "content-editor", "key-worker"]
    {
        let mut other = house.persona(persona).await;
        for step in ["ask-once", "take-answer"] {
            let page = other.get(&format!("/referrals/{id}/{step}")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{persona} {step}");
        }
    }
    let letter =
        asks(&house, SelfReferral { contact: SafeContact::by(by_letter()), ..request("Wren") }).await;
    let mut administrator = house.persona("administrator").await;
    opens(&mut administrator, &house, letter).await;
    asks_once(&mut administrator, &house, letter).await;
    let referral = look(&house, letter).await;
    assert!(owes(&referral, TaskKind::Enquiry) && referral.kind() == StateKind::Screening);
    let audited = format!(
        "SELECT '' FROM audit WHERE action = 'EnquiryMake' AND subject_id = '{letter}' AND outcome = 'wrote'"
    );
    assert_eq!(house.database.rows(&audited).await.len(), 1);
    assert!(Action::EnquiryMake.roles().len() == 2);
}
