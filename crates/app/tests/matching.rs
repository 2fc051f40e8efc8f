//! Suggestions with reasons, over HTTP: what a senior reads beside triage and decision, what they make of it, what the
//! person reads of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "matching/large.rs"]
mod large;
#[path = "support/people.rs"]
mod people;
#[path = "matching/rules.rs"]
mod rules;
mod support;

use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor_domain::door::{Practical, SelfReferral, Signal as Before, Strain};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::matching::{Chosen, OverrideReason};
use onedoor_domain::referral::{Referral, StateKind};
use onedoor_domain::task::TaskKind;
use people::{asks, by_letter, look, request, step};
use support::{Browser, House, Page, house};

/// Debts; talking therapy was not enough.
fn in_a_gap(asked: SelfReferral) -> SelfReferral {
    let mut asked = asked;
    asked.told.practical = Some(Practical { strains: vec![Strain::Money], about: None });
    asked.told.before = Some(vec![Before::PracticalHelp, Before::TherapyNotEnough]);
    asked
}

const TRIAGE: [(&str, &str); 4] = [
    ("category", "E"),
    ("narrative", "Long-standing, steady."),
    ("safety", "Safe at home with her sister."),
    ("children", "none"),
];

const ADVISE: [(&str, &str); 6] = [
    ("advice", "Talk to the debt adviser first."),
    ("options", "The library, Tuesdays."),
    ("basis", "wish"),
    ("wish", "I only wanted to know where to go."),
    ("follow-up-on[day]", "10"),
    ("follow-up-on[month]", "12"),
];

async fn triaged(house: &House, senior: &mut Browser, asked: SelfReferral) -> ReferralId {
    let id = asks(house, asked).await;
    let version = senior.get(&format!("/referrals/{id}")).await.field("version");
    senior.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
    let done = step(senior, id, "triage", &TRIAGE).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    id
}

async fn accept(house: &House, senior: &mut Browser, id: ReferralId, more: &[(&str, &str)]) -> Page {
    let team = house.demo.teams["north"].to_string();
    let mut fields = vec![
        ("team", team.as_str()),
        ("contact-name", "Robin"),
        ("next-step", "Robin rings you."),
        ("next-on[day]", "30"),
        ("next-on[month]", "11"),
        ("next-on[year]", "2026"),
    ];
    fields.extend_from_slice(more);
    step(senior, id, "accept", &fields).await
}

// seed: 77
// seed: 80
#[tokio::test]
async fn a_senior_reads_suggestions_with_their_reasons_beside_triage_and_on_the_record() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = asks(&house, in_a_gap(request("Mira"))).await;
    let version = senior.get(&format!("/referrals/{id}")).await.field("version");
    senior.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
    for path in ["", "/triage"] {
        let page = senior.get(&format!("/referrals/{id}{path}")).await;
        assert!(page.has("Core community mental health"), "{path}: {}", page.body);
        assert!(page.has("Talking therapy was not enough (they told us)"), "{path}: {}", page.body);
        assert!(page.has("Not known, and it would change this: Psychosis may be beginning"), "{path}");
        assert!(page.has("They are not a decision, and nothing follows from them by itself."), "{path}");
        // Gap one waits for one more answer, and says which.
        assert!(page.has("Worth asking") && page.has("Not known yet: Daily life mostly goes on"), "{path}");
        let said = page.body.to_lowercase();
        for never in ["confidence", "eligible", "per cent", "priority:"] {
            assert!(!said.contains(never), "{never}");
        }
    }
    assert_eq!(look(&house, id).await.kind(), StateKind::Screening, "nothing is applied by itself");
}

// seed: 78
#[tokio::test]
async fn what_a_senior_learned_is_kept_with_who_and_when_and_the_suggestion_follows() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(request("Mira"))).await;
    let form = senior.get(&format!("/referrals/{id}/signs")).await;
    assert!(form.has("they told us: Yes"), "what they said stands beside the question: {}", form.body);
    let done = step(&mut senior, id, "signs", &[("sign-mild", "yes"), ("sign-psychosis", "no")]).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=learned")), "{}", done.body);
    let page = senior.follow(done).await;
    assert!(page.has("Practical help and coping skills"), "{}", page.body);
    assert!(page.has("Daily life mostly goes on (written down by a senior)"));
    assert!(page.has("Written down by seniors") && page.has("Nadia Okonjo, "), "{}", page.body);
    let again = senior.get(&format!("/referrals/{id}/signs")).await;
    let mild = again.body.split("name=\"sign-mild\"").nth(1).unwrap();
    assert!(mild.starts_with(" type=\"radio\" value=\"yes\" checked"), "{mild}");
    // Taken back: it is not known any more, and what was written stays in the record.
    step(&mut senior, id, "signs", &[("sign-mild", "unknown")]).await;
    let page = senior.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Not known yet: Daily life mostly goes on"), "{}", page.body);
}

#[tokio::test]
async fn nobody_but_a_senior_writes_down_what_was_learned_or_sees_what_may_help() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(request("Mira"))).await;
    for persona in ["administrator", "service-manager", "voluntary-worker", "content-editor"] {
        let mut browser = house.persona(persona).await;
        let answer = browser.post(&format!("/referrals/{id}/signs"), &[("version", "3")]).await;
        assert!(
            [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&answer.status),
            "{persona}: {}",
            answer.status
        );
        let page = browser.get(&format!("/referrals/{id}")).await;
        assert!(!page.has("Core community mental health"), "{persona}");
    }
}

// seed: 77
#[tokio::test]
async fn a_decision_follows_a_suggestion_or_says_why_not_and_no_word_is_lost() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(request("Mira"))).await;
    let form = senior.get(&format!("/referrals/{id}/accept")).await;
    assert!(form.has("Which suggestion does this follow?"), "{}", form.body);
    assert!(!form.body.contains("value=\"core-community\" checked"), "nothing is chosen beforehand");
    let without = accept(&house, &mut senior, id, &[]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.has("Choose the suggestion this follows, or say that it differs"), "{}", without.body);
    assert!(without.has("Robin rings you."));
    let silent = accept(&house, &mut senior, id, &[("follows", "-"), ("differs-words", "Her wish.")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.has("Choose why it differs") && silent.has("Her wish."), "{}", silent.body);
    let wordless = accept(&house, &mut senior, id, &[("follows", "-"), ("differs-reason", "other")]).await;
    assert!(wordless.has("Say why it differs"), "{}", wordless.body);
    let unknown = accept(&house, &mut senior, id, &[("follows", "crisis")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "it was not suggested");
    let why =
        [("follows", "-"), ("differs-reason", "persons-wish"), ("differs-words", "Wants her GP first.")];
    let done = accept(&house, &mut senior, id, &why).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=accepted")), "{}", done.body);
    let page = senior.follow(done).await;
    for words in
        ["Decided differently", "The person wants something else", "Wants her GP first.", "edition 0"]
    {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    assert!(page.has("Core community mental health: Talking therapy was not enough"), "as it was shown then");
    let referral = look(&house, id).await;
    let kept = &referral.weighed()[0];
    assert_eq!(kept.shown.len(), 1);
    let Chosen::Differs { reason, .. } = &kept.chosen else { panic!("{kept:?}") };
    assert_eq!(*reason, OverrideReason::PersonsWish);
    assert_eq!(house.database.count("match_choice").await, 1);
    // The override is audited: what differed and why, in the row that is counted; who wrote it, in the audit; and it is read again
    // by the one who asks how often suggestions are followed.
    let kept = house
        .database
        .rows("SELECT reason || coalesce(followed, '') || array_to_string(shown, ' ') FROM match_choice")
        .await;
    assert_eq!(kept, ["persons-wishcore-community"]);
    let wrote = format!(
        "SELECT staff_id::text FROM audit WHERE action = 'ReferralDecide' AND subject_id = '{id}' AND outcome = 'wrote'"
    );
    assert_eq!(house.database.rows(&wrote).await, [house.demo.users["senior-nurse"].to_string()]);
    assert!(page.has("Nadia Okonjo"), "the record says who: {}", page.body);
}

// seed: 79
/// Gap two, and the way of those who miss what they are offered: the rules suggest somebody who comes, a senior follows it, and
/// attempts that do not reach the person end nothing.
#[tokio::test]
async fn whoever_missed_an_offer_is_offered_somebody_who_comes_and_missing_again_ends_nothing() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let mut missed = request("Mira");
    missed.told.before = Some(vec![Before::MissedOrStopped]);
    let id = triaged(&house, &mut senior, missed).await;
    let page = senior.get(&format!("/referrals/{id}")).await;
    assert!(page.has("Worth asking") && !page.has("Follows: Somebody who comes to you"), "{}", page.body);
    step(&mut senior, id, "signs", &[("sign-high-distress", "yes")]).await;
    let page = senior.get(&format!("/referrals/{id}")).await;
    for words in [
        "Somebody who comes to you",
        "A named worker who comes to their home",
        "I was offered help and could not go",
    ] {
        assert!(page.has(words) || page.has(&words.replace("I was", "They were")), "{words}: {}", page.body);
    }
    let done = accept(&house, &mut senior, id, &[("follows", "outreach")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let kept = house.database.rows("SELECT followed FROM match_choice").await;
    assert_eq!(kept, ["outreach"]);
    let before = look(&house, id).await;
    let runs = |referral: &Referral| referral.clocks().iter().filter(|clock| clock.is_running()).count();
    assert!(runs(&before) > 0);
    for _ in 0..3 {
        let form = senior.get(&format!("/referrals/{id}/contact")).await;
        let when = ["contact-on[day]", "contact-on[month]", "contact-on[year]", "contact-at"];
        let when = when.map(|name| (name, form.field(name)));
        let mut fields: Vec<(&str, &str)> =
            when.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend([
            ("mode", "phone"),
            ("reached", "no"),
            ("next", "Go to the café she knows, with the peer worker."),
        ]);
        let tried = step(&mut senior, id, "contact", &fields).await;
        assert_eq!(tried.status, StatusCode::SEE_OTHER, "{}", tried.body);
        house.later(SignedDuration::from_mins(1));
    }
    let after = look(&house, id).await;
    assert_eq!(
        (runs(&after), after.kind(), after.team()),
        (runs(&before), before.kind(), before.team()),
        "a miss resets and ends nothing"
    );
    assert_eq!(after.received_at(), before.received_at());
    assert!(after.tasks().iter().any(|task| task.is_open() && task.kind == TaskKind::Allocate));
}

// seed: 80
/// Gap three, with the panel: the core team is suggested, two services do not take the person, a panel names the team that
/// holds them, and at no moment are they closed.
#[tokio::test]
async fn who_fits_between_two_services_is_held_until_a_panel_names_the_team_and_nobody_is_closed() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(request("Mira"))).await;
    let asked_for_help = look(&house, id).await.received_at();
    assert!(senior.get(&format!("/referrals/{id}")).await.has("Core community mental health"));
    let lantern = house.demo.teams["lantern"].to_string();
    for answer in ["refuses", "gives-back"] {
        let handed = [
            ("to", "here"),
            ("team", lantern.as_str()),
            ("why", "Nearest to her."),
            ("consent", "agrees"),
            ("follows", "-"),
            ("differs-reason", "first-things-first"),
            ("differs-words", "Debts first."),
        ];
        let asked = step(&mut senior, id, "hand-over", &handed).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let mut partner = house.persona("voluntary-worker").await;
        let reason = if answer == "refuses" { "not-appropriate" } else { "cannot-go-on" };
        if answer == "gives-back" {
            let takes = [("contact-name", "Asha"), ("next", "Asha rings.")];
            assert_eq!(step(&mut partner, id, "take-over", &takes).await.status, StatusCode::SEE_OTHER);
        }
        let said = [("reason", reason), ("words", "More than we can hold.")];
        let back = step(&mut partner, id, "cannot-take", &said).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        let held = look(&house, id).await;
        assert_eq!(
            (held.kind(), held.received_at()),
            (StateKind::Triaged, asked_for_help),
            "{answer}: not closed"
        );
        assert_eq!(held.team(), house.demo.teams["spoa"], "held meanwhile");
    }
    let owed = look(&house, id).await;
    let panel = owed.tasks().iter().find(|task| task.kind == TaskKind::Panel && task.is_open());
    assert!(panel.is_some(), "a threshold that two services dispute goes to the panel");
    let north = house.demo.teams["north"].to_string();
    let fields = [
        ("lead", "Nadia Okonjo"),
        ("manager", "Ruth Levene"),
        ("team", north.as_str()),
        ("contact-name", "Robin"),
        ("next-step", "Robin rings you."),
        ("next-on[day]", "30"),
        ("next-on[month]", "11"),
        ("next-on[year]", "2026"),
        ("follows", "core-community"),
    ];
    let decided = step(&mut senior, id, "panel", &fields).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    let held = look(&house, id).await;
    assert!(held.is_open() && held.team() == house.demo.teams["north"]);
    let closed = format!("SELECT kind FROM event WHERE subject_id = '{id}' AND kind = 'closed'");
    assert!(house.database.rows(&closed).await.is_empty(), "nobody was closed on the way");
}

#[tokio::test]
async fn every_way_to_decide_where_help_is_asks_the_same() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(request("Mira"))).await;
    let mut advice = ADVISE.to_vec();
    advice.push(("follow-up-on[year]", "2026"));
    let handed = [("to", "outside"), ("name", "Debt Advice"), ("email", "d@debt.example"), ("why", "Debts.")];
    let handed = [&handed[..], &[("consent", "ask")]].concat();
    for (path, fields) in [("advise", advice.clone()), ("hand-over", handed)] {
        let without = step(&mut senior, id, path, &fields).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(without.has("Choose the suggestion this follows"), "{path}: {}", without.body);
    }
    advice.push(("follows", "core-community"));
    let done = step(&mut senior, id, "advise", &advice).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Where the rules suggest nothing, nothing is asked.
    let plain = triaged(&house, &mut senior, request("Sol")).await;
    let form = senior.get(&format!("/referrals/{plain}/accept")).await;
    assert!(!form.has("Which suggestion does this follow?"));
    let record = senior.get(&format!("/referrals/{plain}")).await;
    assert!(record.has("That says nothing about whether somebody needs help."), "{}", record.body);
    let done = accept(&house, &mut senior, plain, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(look(&house, plain).await.weighed()[0].chosen, Chosen::NothingSuggested);
}

// seed: 80
#[tokio::test]
async fn the_person_reads_their_own_reasons_on_their_page_and_in_the_letter_and_the_gp_does_not() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(by_letter("Mira"))).await;
    step(&mut senior, id, "signs", &[("sign-trauma", "yes")]).await;
    let done = accept(&house, &mut senior, id, &[("follows", "core-community")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let said = "We chose this because you told us: talking was not enough before.";
    let mut person = house.follows(id).await;
    let page = person.get("/track/where").await;
    assert!(page.has(said), "{}", page.body);
    assert!(!page.body.to_lowercase().contains("trauma"), "what a senior wrote down is not said back");
    let referral = look(&house, id).await;
    let mut letters = Vec::new();
    for notice in referral.notices().iter().filter(|notice| notice.message.code() == "accepted") {
        letters.push(senior.get(&format!("/referrals/{id}/notices/{}/letter", notice.id)).await.body);
    }
    assert_eq!(letters.len(), 2, "to the person and to the GP");
    assert_eq!(letters.iter().filter(|letter| letter.contains(said)).count(), 1);
    assert!(letters.iter().all(|letter| !letter.to_lowercase().contains("trauma")));
}

#[tokio::test]
async fn a_race_between_two_seniors_keeps_the_words_of_the_second() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let mut social_worker = house.persona("senior-social-worker").await;
    let id = triaged(&house, &mut nurse, in_a_gap(request("Mira"))).await;
    let version = social_worker.get(&format!("/referrals/{id}/accept")).await.field("version");
    step(&mut nurse, id, "signs", &[("sign-eating", "yes")]).await;
    let fields = [
        ("version", version.as_str()),
        ("follows", "-"),
        ("differs-reason", "other"),
        ("differs-words", "She asked for <Tuesday>."),
    ];
    let answer = social_worker.post(&format!("/referrals/{id}/accept"), &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.has("She asked for &#60;Tuesday&#62;."), "{}", answer.body);
    assert!(answer.has("What was learned was written down"), "{}", answer.body);
}
