//! Reports over HTTP: counts of what was done, never of whom, and no small count anywhere.
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
use jiff::SignedDuration;
use onedoor_domain::door::{Identity, Origin, SelfReferral};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::value::EthnicCategory;
use people::{asks, request, step};
use support::{Browser, House, house};

/// Somebody asks, and gets advice: one decision, and a triage in time.
async fn advised(house: &House, nurse: &mut Browser, sent: SelfReferral) {
    let id = asks(house, sent).await;
    house.later(SignedDuration::from_mins(5));
    let steps: [(&str, &[(&str, &str)]); 3] = [
        ("open", &[("version", "1")]),
        (
            "triage",
            &[
                ("version", "2"),
                ("category", "G"),
                ("narrative", "Wants to know."),
                ("safety", "Feels safe."),
                ("children", "none"),
            ],
        ),
        (
            "advise",
            &[
                ("version", "3"),
                ("advice", "Ring your friend."),
                ("options", "The café."),
                ("basis", "wish"),
                ("wish", "Only that."),
                ("follow-up-on[day]", "8"),
                ("follow-up-on[month]", "12"),
                ("follow-up-on[year]", "2026"),
            ],
        ),
    ];
    for (step, fields) in steps {
        let done = nurse.post(&format!("/referrals/{id}/{step}"), fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
}

fn says(sent: SelfReferral, ethnic: EthnicCategory) -> SelfReferral {
    SelfReferral { identity: Identity { ethnic: Some(ethnic), ..sent.identity }, ..sent }
}

fn lines(csv: &str, table: &str) -> Vec<String> {
    csv.lines().filter_map(|line| line.strip_prefix(&format!("{table},"))).map(str::to_owned).collect()
}

// seed: 116
#[tokio::test]
async fn a_manager_sees_shares_and_days_around_targets_and_no_small_count() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    for number in 0..12 {
        let ethnic = if number < 6 { EthnicCategory::WhiteBritish } else { EthnicCategory::Pakistani };
        advised(&house, &mut nurse, says(request(&format!("Advised{number}")), ethnic)).await;
    }
    for number in 0..3 {
        let sent =
            SelfReferral { origin: Origin::Professional(Box::default()), ..request(&format!("Few{number}")) };
        let id = asks(&house, says(sent, EthnicCategory::African)).await;
        let gone = [("version", "1"), ("safety", "Considered."), ("why", "Feels better.")];
        let done = nurse.post(&format!("/referrals/{id}/withdraw"), &gone).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let mut manager = house.persona("service-manager").await;
    let page = manager.get("/reports").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Decisions around the target",
        "Decisions by single point of access",
        "Decisions by ethnicity",
        "White British",
        "November 2026",
    ] {
        assert!(page.has(words), "{words}: {}", page.body);
    }
    assert!(!page.has("Advised0") && !page.has("Few0"), "never a person");
    assert!(!page.has(">12<") && !page.has(">3<") && !page.has("12 ("), "nothing exact: {}", page.body);
    let csv = manager.get("/reports/csv").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert!(csv.headers["content-disposition"].to_str().unwrap().contains("onedoor-2026-09-2026-11.csv"));
    let around = lines(&csv.body, "around-target");
    assert!(around.iter().any(|line| line.ends_with("1-before,10")), "{around:?}");
    // Three withdrawn are too few: they are counted with the advice, and nothing tells the two apart.
    let team = lines(&csv.body, "by-spoa");
    assert!(
        team.iter()
            .any(|line| line.contains("advised") && line.contains("withdrawn") && line.ends_with(",15")),
        "{team:?}"
    );
    let source = lines(&csv.body, "by-source");
    assert!(source.iter().all(|line| !line.ends_with(",3") && !line.ends_with(",12")), "{source:?}");
    assert!(
        source.iter().any(|line| line.ends_with("total,15")),
        "who is too few alone is put with others: {source:?}"
    );
    let ethnicity = lines(&csv.body, "by-ethnicity");
    let row = |name: &str| ethnicity.iter().filter(|line| line.contains(name)).cloned().collect::<Vec<_>>();
    assert!(row("White British").iter().any(|line| line.ends_with(",total,5")), "{ethnicity:?}");
    let few = row("Black or Black British");
    assert!(
        !few.is_empty() && few.iter().all(|line| line.contains("Asian")),
        "three are told with others: {few:?}"
    );
    assert!(row("Not recorded").is_empty(), "everybody said it: {ethnicity:?}");
}

#[tokio::test]
async fn a_report_is_for_managers_of_whole_months_and_of_their_own() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    for number in 0..6 {
        advised(&house, &mut nurse, request(&format!("Advised{number}"))).await;
    }
    let neighbour = house.neighbour().await;
    assert_ne!(neighbour.demo.tenant, house.demo.tenant);
    for persona in ["team-manager", "service-manager"] {
        let mut manager = house.persona(persona).await;
        let now = manager.get("/reports/csv?from=2026-11&to=2026-11").await;
        assert!(lines(&now.body, "by-spoa").iter().any(|line| line.ends_with("total,5")), "{}", now.body);
        let before = manager.get("/reports?from=2026-09&to=2026-10").await;
        assert!(before.has("There are too few decisions in these months"), "{}", before.body);
        let strange = manager.get("/reports?from=2026-11-24&to=nonsense").await;
        assert_eq!(strange.status, StatusCode::OK);
        assert!(
            strange.has("<option value=\"2026-09\" selected>"),
            "what cannot be read is the last three months"
        );
    }
    for persona in ["senior-nurse", "administrator", "key-worker", "gp", "caldicott", "system-administrator"]
    {
        for path in ["/reports", "/reports/csv"] {
            let answer = house.persona(persona).await.get(path).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{persona} {path}");
        }
    }
}

/// What was done after its target is counted after it: a report cannot be made better by closing the clock late.
#[tokio::test]
async fn what_is_late_is_counted_on_its_day() {
    let house = house().await;
    let mut ids = Vec::new();
    for number in 0..6 {
        ids.push(asks(&house, request(&format!("Late{number}"))).await);
    }
    house.later(SignedDuration::from_hours(30));
    let mut nurse = house.persona("senior-nurse").await;
    for id in ids {
        nurse.post(&format!("/referrals/{id}/open"), &[("version", "1")]).await;
        let fields = [
            ("version", "2"),
            ("category", "G"),
            ("narrative", "Late."),
            ("safety", "Feels safe."),
            ("children", "none"),
        ];
        let done = nurse.post(&format!("/referrals/{id}/triage"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let csv = house.persona("service-manager").await.get("/reports/csv").await;
    let around = lines(&csv.body, "around-target");
    assert!(around.iter().any(|line| line.ends_with("1-after,5")), "{around:?}");
    assert!(around.iter().all(|line| !line.ends_with("1-before,5")), "{around:?}");
}

/// Somebody asks, and a senior says how soon.
async fn triaged(house: &House, nurse: &mut Browser, called: &str, category: &str) -> ReferralId {
    let id = asks(house, request(called)).await;
    nurse.post(&format!("/referrals/{id}/open"), &[("version", "1")]).await;
    let fields =
        [("category", category), ("narrative", "Worse."), ("safety", "Feels safe."), ("children", "none")];
    took(nurse, id, "triage", &fields).await;
    id
}

async fn took(browser: &mut Browser, id: ReferralId, path: &str, fields: &[(&str, &str)]) {
    let done = step(browser, id, path, fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}: {}", done.body);
}

/// Which team holds the person from now on, as two forms ask it.
fn holds(team: &str) -> Vec<(&'static str, String)> {
    let said = [
        ("contact-name", "Robin"),
        ("next-step", "Robin rings you."),
        ("next-on[day]", "30"),
        ("next-on[month]", "11"),
        ("next-on[year]", "2026"),
    ];
    std::iter::once(("team", team.to_owned()))
        .chain(said.map(|(name, value)| (name, value.to_owned())))
        .collect()
}

fn pairs<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn count<'a>(lines: &'a [String], row: &str, column: &str) -> Option<&'a str> {
    lines
        .iter()
        .filter(|line| line.contains(row))
        .find_map(|line| line.rsplit_once(&format!(",{column},")))
        .map(|(_, count)| count)
}

// seed: 116
/// Six people who wait four weeks are taken off on the last morning before the target: no clock is late, and the report shows it.
#[tokio::test]
async fn a_wait_that_ends_just_before_its_target_without_help_is_in_the_watch_with_its_reason() {
    let house = house().await;
    let mut ids = Vec::new();
    for number in 0..6 {
        ids.push(asks(&house, request(&format!("Waits{number}"))).await);
    }
    house.later(SignedDuration::from_hours(28 * 24 - 1));
    let mut nurse = house.persona("senior-nurse").await;
    for id in ids {
        let gone = [("version", "1"), ("safety", "Considered."), ("why", "Feels better.")];
        let done = nurse.post(&format!("/referrals/{id}/withdraw"), &gone).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let mut manager = house.persona("service-manager").await;
    let csv = manager.get("/reports/csv").await;
    let done = lines(&csv.body, "around-target");
    assert_eq!(count(&done, "4WW-ADULT", "1-before"), Some("0"), "nothing was done: {done:?}");
    let ended = lines(&csv.body, "ended-otherwise");
    assert_eq!(count(&ended, "4WW-ADULT", "1-before"), Some("5"), "six, rounded: {ended:?}");
    assert_eq!(count(&ended, "4WW-ADULT", "later"), Some("0"), "{ended:?}");
    assert_eq!(count(&ended, "how soon", "later"), Some("5"), "nobody had triaged them: {ended:?}");
    assert!(ended.iter().all(|line| line.contains("the person withdrew")), "{ended:?}");
    let page = manager.get("/reports").await;
    assert!(
        page.has("When it ended for another reason") && page.has("4WW-ADULT). Ended: the person withdrew"),
        "{}",
        page.body
    );
    assert!(!page.has("Waits0"), "never a person");
    // Who ended them stands in the audit, and so does who read the report.
    let ended = "SELECT staff_id::text FROM audit WHERE action = 'ReferralWithdraw' AND outcome = 'wrote'";
    let nurse = house.demo.users["senior-nurse"].to_string();
    assert_eq!(house.database.rows(ended).await, vec![nurse; 6]);
}

/// The waits of a crisis team are watched like the others, and the four weeks that end because of it are told apart.
#[tokio::test]
async fn crisis_waits_are_in_the_watch() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    for number in 0..6 {
        let id = triaged(&house, &mut nurse, &format!("Soon{number}"), "B").await;
        let fields = holds(&house.demo.teams["crisis"].to_string());
        took(&mut nurse, id, "accept", &pairs(&fields)).await;
        let met = [
            ("contact-on[day]", "24"),
            ("contact-on[month]", "11"),
            ("contact-on[year]", "2026"),
            ("contact-at", "10:00"),
            ("mode", "face-to-face"),
            ("reached", "yes"),
            ("next", "We stay in touch."),
        ];
        took(&mut house.persona("crisis-nurse").await, id, "contact", &met).await;
    }
    let csv = house.persona("service-manager").await.get("/reports/csv").await;
    let done = lines(&csv.body, "around-target");
    assert_eq!(count(&done, "UEC-VU", "1-before"), Some("5"), "{done:?}");
    assert_eq!(count(&done, "within 4 hours", "1-before"), Some("5"), "{done:?}");
    let ended = lines(&csv.body, "ended-otherwise");
    assert_eq!(count(&ended, "4WW-ADULT", "earlier"), Some("5"), "{ended:?}");
    assert!(ended[0].contains("measured by another wait"), "{ended:?}");
}

/// Who holds the person is the team that accepted, the team that a panel named, or the service that met them: not the single
/// point of access that decided it.
#[tokio::test]
async fn a_decision_counts_for_the_team_that_holds_the_person_and_a_panel_is_a_decision() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let [north, south] = ["north", "south"].map(|team| house.demo.teams[team].to_string());
    for number in 0..7 {
        let id = triaged(&house, &mut nurse, &format!("North{number}"), "E").await;
        took(&mut nurse, id, "accept", &pairs(&holds(&north))).await;
    }
    let outside = [
        ("to", "outside"),
        ("name", "Invented Debt Advice"),
        ("phone", "01632 960 700"),
        ("email", ""),
        ("why", "Debt weighs most."),
        ("consent", "agrees"),
    ];
    let phone = [
        ("by-name", "Jo Park"),
        ("rang-on[day]", "24"),
        ("rang-on[month]", "11"),
        ("rang-on[year]", "2026"),
        ("rang-at", "10:00"),
        ("their-reference", "D-77"),
    ];
    for number in 0..5 {
        let id = triaged(&house, &mut nurse, &format!("Panel{number}"), "E").await;
        for _ in 0..2 {
            took(&mut nurse, id, "hand-over", &outside).await;
            let said = [("reason", "capacity"), ("words", "Nobody free before June.")];
            took(&mut nurse, id, "cannot-take", &[&phone[..], &said].concat()).await;
        }
        let fields =
            [vec![("lead", "Nadia Okonjo".to_owned()), ("manager", "Ruth Levene".to_owned())], holds(&south)]
                .concat();
        took(&mut nurse, id, "panel", &pairs(&fields)).await;
    }
    let csv = house.persona("service-manager").await.get("/reports/csv").await;
    let team = lines(&csv.body, "by-team");
    assert_eq!(count(&team, "North", "accepted"), Some("5"), "seven, rounded: {team:?}");
    assert_eq!(count(&team, "South", "panel"), Some("5"), "{team:?}");
    assert_eq!(count(&team, "South", "accepted"), Some("0"), "{team:?}");
    let spoa = lines(&csv.body, "by-spoa");
    assert_eq!(count(&spoa, "", "panel"), Some("5"), "{spoa:?}");
    assert_eq!(count(&spoa, "", "total"), Some("10"), "twelve, rounded: {spoa:?}");
}
