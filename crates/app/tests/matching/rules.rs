//! The room in which rules are written: a draft, its test cases, its dry run, signing off by somebody else, and back again.

use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;

use super::people::{asks, request};
use super::support::{Browser, House, Page, house};
use super::{accept, in_a_gap, triaged};

async fn press(browser: &mut Browser, path: &str, more: &[(&str, &str)]) -> Page {
    let version = version(browser).await;
    let mut fields = vec![("version", version.as_str())];
    fields.extend_from_slice(more);
    browser.post(path, &fields).await
}

/// The version a form must carry, as every role that reads the rules may learn it.
async fn version(browser: &mut Browser) -> String {
    let page = browser.get("/rules").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.field("version")
}

async fn done(browser: &mut Browser, path: &str, more: &[(&str, &str)]) {
    let answer = press(browser, path, more).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
}

const WORRY: [(&str, &str); 6] = [
    ("name", "A group for worry at night"),
    ("helps", "People who lie awake and worry."),
    ("offers", "Six evenings in a group\nA booklet"),
    ("all", "common-anxiety-or-depression"),
    ("any", "routine"),
    ("teams", "voluntary"),
];

const CASE: [(&str, &str); 5] = [
    ("name", "Lies awake and worries"),
    ("yes", "common-anxiety-or-depression"),
    ("yes", "routine"),
    ("no", "psychosis"),
    ("expect", "a-group-for-worry-at-night"),
];

/// A draft with one more rule and its test case, tried.
async fn written(house: &House, editor: &mut Browser) {
    done(editor, "/rules/begin", &[]).await;
    done(editor, "/rules/draft/new", &WORRY).await;
    done(editor, "/rules/cases/new", &CASE).await;
    done(editor, "/rules/dry-run", &[]).await;
    onedoor::work::run_due(&house.app).await;
}

async fn in_force(house: &House) -> u32 {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    tx.rulebook(Action::RulesRead).await.unwrap().live.number
}

// seed: 77
#[tokio::test]
async fn a_rule_is_written_tested_tried_and_signed_off_by_somebody_else_before_it_suggests() {
    let house = house().await;
    let (mut editor, mut manager) =
        (house.persona("content-editor").await, house.persona("service-manager").await);
    let first = editor.get("/rules").await;
    assert!(first.has("Edition 0, as it came with the software") && first.has("Begin a draft"));
    written(&house, &mut editor).await;
    let page = editor.get("/rules").await;
    assert!(page.has("A group for worry at night") && page.has("Lies awake and worries"), "{}", page.body);
    assert!(page.has("Hand in to be signed off") && !page.has("Before it can be handed in"), "{}", page.body);
    assert_eq!(editor.get("/rules/sign-off").await.status, StatusCode::FORBIDDEN);
    let early = manager.get("/rules/sign-off").await;
    assert_eq!(early.status, StatusCode::CONFLICT, "it was not handed in");
    done(&mut editor, "/rules/submit", &[]).await;
    assert_eq!(in_force(&house).await, 0);
    let form = manager.get("/rules/sign-off").await;
    assert!(form.has("New: A group for worry at night"), "{}", form.body);
    let version = form.field("version");
    let without = manager.post("/rules/sign-off", &[("version", &version), ("why", " ")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.has("Say what you looked at"), "{}", without.body);
    let signed =
        manager.post("/rules/sign-off", &[("version", &version), ("why", "Read with the peer group.")]).await;
    let page = manager.follow(signed).await;
    assert!(page.has("Signed off. It suggests from now on."), "{}", page.body);
    for words in ["Edition 1, signed off by", "Read with the peer group.", "Draft changed, Jo Penhale"] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    assert_eq!(in_force(&house).await, 1);
    // From now on it suggests, and the record says by which edition.
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, request("Mira")).await;
    let version = senior.get(&format!("/referrals/{id}/signs")).await.field("version");
    let fields = [
        ("version", version.as_str()),
        ("sign-routine", "yes"),
        ("sign-common-anxiety-or-depression", "yes"),
    ];
    senior.post(&format!("/referrals/{id}/signs"), &fields).await;
    let form = senior.get(&format!("/referrals/{id}/accept")).await;
    assert!(form.has("A group for worry at night"), "{}", form.body);
    assert_eq!(form.field("rules"), "1");
    let done =
        accept(&house, &mut senior, id, &[("follows", "a-group-for-worry-at-night"), ("rules", "1")]).await;
    assert!(senior.follow(done).await.has("Rules: edition 1"));
}

#[tokio::test]
async fn nothing_is_handed_in_while_a_case_fails_or_nobody_tried_it_as_it_is() {
    let house = house().await;
    let mut editor = house.persona("content-editor").await;
    done(&mut editor, "/rules/begin", &[]).await;
    done(&mut editor, "/rules/draft/new", &WORRY).await;
    let page = editor.get("/rules").await;
    assert!(page.has("A group for worry at night: No test case expects this rule"), "{}", page.body);
    assert!(!page.has("Hand in to be signed off"));
    let refused = press(&mut editor, "/rules/submit", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.has("Something in the draft is wrong, or a test case fails."), "{}", refused.body);
    // A case that expects nothing here fails, and says so; set right, it passes.
    let mut wrong = CASE.to_vec();
    wrong.pop();
    done(&mut editor, "/rules/cases/new", &wrong).await;
    let page = editor.get("/rules").await;
    assert!(page.has("Lies awake and worries: Something else is suggested than it expects"), "{}", page.body);
    done(&mut editor, "/rules/cases/lies-awake-and-worries", &CASE).await;
    let page = editor.get("/rules").await;
    assert!(
        !page.has("Before it can be handed in") && page.has("It has not been tried yet."),
        "{}",
        page.body
    );
    let refused = press(&mut editor, "/rules/submit", &[]).await;
    assert!(refused.has("The draft has not been tried as it is now."), "{}", refused.body);
    done(&mut editor, "/rules/dry-run", &[]).await;
    let page = editor.get("/rules").await;
    assert!(page.has("requests were looked at so far") && page.has("See how far it is"), "{}", page.body);
    onedoor::work::run_due(&house.app).await;
    // Tried, and then changed: it must be tried again.
    done(&mut editor, "/rules/draft/memory/move", &[("to", "up")]).await;
    let page = editor.get("/rules").await;
    assert!(page.has("changed since. Try it again"), "{}", page.body);
    assert!(press(&mut editor, "/rules/submit", &[]).await.has("has not been tried as it is now"));
}

// seed: 81
#[tokio::test]
async fn a_rule_that_turns_people_away_or_asks_for_nothing_is_not_saved_and_no_word_is_lost() {
    let house = house().await;
    let mut editor = house.persona("content-editor").await;
    done(&mut editor, "/rules/begin", &[]).await;
    let fields = [
        ("name", "A <group>"),
        ("helps", "People who are not eligible for anything else."),
        ("offers", "One\nTwo"),
    ];
    let answer = press(&mut editor, "/rules/draft/new", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "turn people away",
        "Choose at least one fact",
        "Choose by which kind of team or service",
        "A &#60;group&#62;",
        "People who are not eligible for anything else.",
        "One\nTwo",
    ] {
        assert!(answer.has(words), "{words}: {}", answer.body);
    }
    let both = [&WORRY[..], &[("none", "routine")]].concat();
    let answer = press(&mut editor, "/rules/draft/new", &both).await;
    assert!(answer.has("A fact is both asked for and forbidden"), "{}", answer.body);
    let empty = press(&mut editor, "/rules/draft/new", &[]).await;
    for words in ["Say what is offered", "Say whom it helps"] {
        assert!(empty.has(words), "{words}");
    }
    let both = [("name", "Both"), ("yes", "money"), ("no", "money")];
    let answer = press(&mut editor, "/rules/cases/new", &both).await;
    assert!(answer.has("A fact cannot be so and not so"), "{}", answer.body);
}

#[tokio::test]
async fn two_editors_at_once_and_the_second_keeps_every_word_and_box() {
    let house = house().await;
    let (mut one, mut two) = (house.persona("content-editor").await, house.persona("content-editor").await);
    done(&mut one, "/rules/begin", &[]).await;
    let shown = two.get("/rules/draft/memory").await.field("version");
    done(&mut one, "/rules/draft/memory/move", &[("to", "up")]).await;
    let fields = [&[("version", shown.as_str())][..], &WORRY].concat();
    let answer = two.post("/rules/draft/memory", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    for words in [
        "A group for worry at night",
        "People who lie awake and worry.",
        "Six evenings in a group",
        "Common anxiety or depression",
        "Voluntary partner",
        "Draft changed, Jo Penhale",
    ] {
        assert!(answer.has(words), "{words}: {}", answer.body);
    }
    let fields = [&[("version", shown.as_str())][..], &CASE].concat();
    let answer = two.post("/rules/cases/sofa", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.has("Lies awake and worries"), "{}", answer.body);
    for path in ["draft/memory/remove", "draft/memory/move", "cases/sofa/remove", "dry-run", "drop", "begin"]
    {
        let answer = two.post(&format!("/rules/{path}"), &[("version", &shown)]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{path}");
    }
    assert_eq!(two.get("/rules/draft/nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(two.get("/rules/cases/nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(two.get("/rules/draft/N%20O").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_comes_back_with_its_reason_is_mended_and_thrown_away() {
    let house = house().await;
    let (mut editor, mut senior) =
        (house.persona("content-editor").await, house.persona("senior-nurse").await);
    written(&house, &mut editor).await;
    done(&mut editor, "/rules/submit", &[]).await;
    let version = senior.get("/rules/sign-off").await.field("version");
    let without = senior.post("/rules/give-back", &[("version", &version)]).await;
    assert!(without.has("Say what should change"), "{}", without.body);
    let fields = [("version", version.as_str()), ("back", "Say that it is free.")];
    assert_eq!(senior.post("/rules/give-back", &fields).await.status, StatusCode::SEE_OTHER);
    let page = editor.get("/rules").await;
    assert!(page.has("It came back, because:") && page.has("Say that it is free."), "{}", page.body);
    done(&mut editor, "/rules/draft/memory/remove", &[]).await;
    done(&mut editor, "/rules/cases/forgets-names/remove", &[]).await;
    assert!(!editor.get("/rules").await.has("Memory and older people"));
    done(&mut editor, "/rules/drop", &[]).await;
    let page = editor.get("/rules").await;
    assert!(page.has("Memory and older people") && page.has("Begin a draft"), "{}", page.body);
}

#[tokio::test]
async fn an_earlier_edition_is_brought_back_at_once_with_a_reason() {
    let house = house().await;
    let (mut editor, mut manager) =
        (house.persona("content-editor").await, house.persona("service-manager").await);
    written(&house, &mut editor).await;
    done(&mut editor, "/rules/submit", &[]).await;
    let version = manager.get("/rules/sign-off").await.field("version");
    let signed = manager.post("/rules/sign-off", &[("version", &version), ("why", "Fine.")]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    let page = manager.get("/rules/editions/0").await;
    assert!(page.has("Bring it back now") && page.has("Crisis and home treatment"), "{}", page.body);
    let version = page.field("version");
    let without = manager.post("/rules/editions/0/back", &[("version", &version)]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.has("Say why it comes back"), "{}", without.body);
    let own = editor.post("/rules/editions/0/back", &[("version", &version), ("why", "Mine.")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let fields = [("version", version.as_str()), ("why", "It suggests too much.")];
    let back = manager.post("/rules/editions/0/back", &fields).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert_eq!(in_force(&house).await, 2);
    let page = manager.get("/rules/editions/2").await;
    assert!(page.has("It brought back edition 0.") && page.has("It suggests too much."), "{}", page.body);
    assert!(!page.has("Bring it back now"), "it is in force");
    let old = manager.get("/rules/editions/1").await;
    assert!(old.has("A group for worry at night"), "what once suggested can be read");
    assert_eq!(manager.get("/rules/editions/9").await.status, StatusCode::NOT_FOUND);
}

// seed: 77
#[tokio::test]
async fn a_dry_run_shows_counts_of_the_last_ninety_days_and_nobody() {
    let house = house().await;
    for n in 0..7 {
        asks(&house, in_a_gap(request(&format!("Mira-{n}")))).await;
    }
    let mut editor = house.persona("content-editor").await;
    done(&mut editor, "/rules/begin", &[]).await;
    done(&mut editor, "/rules/draft/core-community/remove", &[]).await;
    done(&mut editor, "/rules/dry-run", &[]).await;
    onedoor::work::run_due(&house.app).await;
    let page = editor.get("/rules").await;
    assert!(page.has("Requests looked at: 7. Suggestions differ for: 7."), "{}", page.body);
    let row = page.body.split("Core community mental health</th>").nth(1).unwrap_or_default();
    let row: String = row.split("</tr>").next().unwrap_or_default().to_owned();
    assert!(row.contains('7') && row.contains('0'), "gone for seven: {row}");
    assert!(!page.has("Mira-"), "nobody is named");
    // Fewer than five are not shown.
    house.later(jiff::SignedDuration::from_hours(24 * 91));
    for n in 0..3 {
        asks(&house, in_a_gap(request(&format!("Sol-{n}")))).await;
    }
    let mut editor = house.persona("content-editor").await;
    done(&mut editor, "/rules/dry-run", &[]).await;
    onedoor::work::run_due(&house.app).await;
    let page = editor.get("/rules").await;
    assert!(page.has("Requests looked at: fewer than 5."), "{}", page.body);
}

#[tokio::test]
async fn a_dry_run_of_a_draft_that_changed_meanwhile_is_given_up_and_leaves_no_work() {
    let house = house().await;
    let mut editor = house.persona("content-editor").await;
    done(&mut editor, "/rules/begin", &[]).await;
    done(&mut editor, "/rules/dry-run", &[]).await;
    done(&mut editor, "/rules/draft/memory/move", &[("to", "up")]).await;
    onedoor::work::run_due(&house.app).await;
    let page = editor.get("/rules").await;
    assert!(page.has("changed since. Try it again") && !page.has("Requests looked at"), "{}", page.body);
    assert_eq!(onedoor::work::run_due(&house.app).await, 0);
}

// seed: 77
#[tokio::test]
async fn how_often_suggestions_were_followed_is_counted_by_rule_reason_and_team_and_few_are_not_shown() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let nothing = senior.get("/rules/use").await;
    assert!(nothing.has("Nothing was suggested in this time."), "{}", nothing.body);
    let why = [("follows", "-"), ("differs-reason", "not-there"), ("differs-words", "No place before May.")];
    for n in 0..8 {
        let id = triaged(&house, &mut senior, in_a_gap(request(&format!("Mira-{n}")))).await;
        let choice: &[(&str, &str)] = if n < 6 { &[("follows", "core-community")] } else { &why };
        let done = accept(&house, &mut senior, id, choice).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    for persona in ["senior-nurse", "team-manager", "service-manager", "content-editor"] {
        let page = house.persona(persona).await.get("/rules/use").await;
        let row = page.body.split("Core community mental health</th>").nth(1).unwrap_or_default();
        let row = row.split("</tr>").next().unwrap_or_default();
        assert!(
            row.contains("too small to show") && row.contains(">10<"),
            "two differ, and nobody can work it out: {persona}: {row}"
        );
        assert!(!row.contains(">6<") && !row.contains(">8<") && !row.contains(">2<"), "{persona}: {row}");
        assert!(!page.has("What is suggested is not there"), "a reason that two gave is not told");
        for hidden in ["Mira-", "No place before May.", "Nadia"] {
            let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            assert!(!main.contains(hidden), "{persona}: {hidden}");
        }
    }
    let mut manager = house.persona("service-manager").await;
    let csv = manager.get("/reports/csv").await.body;
    assert!(
        csv.contains("suggestions-by-spoa,") && csv.contains("suggestions-by-ethnicity,Not recorded,"),
        "{csv}"
    );
    for persona in ["administrator", "key-worker", "gp"] {
        let answer = house.persona(persona).await.get("/rules/use").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{persona}");
    }
}

#[tokio::test]
async fn a_form_shown_under_other_rules_is_looked_at_again() {
    let house = house().await;
    let mut senior = house.persona("senior-nurse").await;
    let id = triaged(&house, &mut senior, in_a_gap(request("Mira"))).await;
    let answer = accept(&house, &mut senior, id, &[("follows", "core-community"), ("rules", "7")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("The rules changed while you had this page open."), "{}", answer.body);
}

#[tokio::test]
async fn nobody_else_writes_rules_or_puts_them_in_force() {
    let house = house().await;
    for (persona, path) in [
        ("senior-nurse", "/rules/begin"),
        ("service-manager", "/rules/draft/new"),
        ("senior-nurse", "/rules/dry-run"),
        ("content-editor", "/rules/sign-off"),
        ("content-editor", "/rules/give-back"),
        ("administrator", "/rules/begin"),
        ("team-manager", "/rules/sign-off"),
        ("system-administrator", "/rules/begin"),
    ] {
        let answer = house.persona(persona).await.post(path, &[("version", "0")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{persona} {path}");
    }
}
