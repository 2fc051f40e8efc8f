//! Route × persona: every row of the route table is really called by every persona and by a stranger, and what they get is
//! written in docs/permissions.md. And every row that touches a person's record leaves an audit row, whatever it answered.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "permissions/actions.rs"]
mod actions;
#[path = "support/guests.rs"]
mod guests;
#[path = "support/multipart.rs"]
mod multipart;
#[path = "support/people.rs"]
mod people;
#[path = "support/services.rs"]
mod services;
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use actions::touches_a_record;
use axum::http::StatusCode;
use jiff::SignedDuration;
use onedoor::demo::PERSONAS;
use onedoor::routes::{self, Access, Route};
use onedoor_domain::actor::SystemScope;
use onedoor_domain::door::{Origin, SelfReferral};
use onedoor_domain::guest::Errand;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::task::TaskKind;
use people::{
    agreement, asks, begins_entry, brings_a_letter, by_letter, flagged, look, matched, request, unscanned,
};
use support::{Browser, House, Page, house};

/// A house in which every address leads to something real.
struct Prepared {
    house: House,
    /// What stands for each `{place}`.
    places: BTreeMap<&'static str, String>,
    /// What is asked of pages that answer a question.
    queries: BTreeMap<&'static str, String>,
}

/// Somebody whom the north team accepted, with letters and tasks; somebody who waits for a call; a visitor's own draft.
async fn prepared() -> Prepared {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let id = asks(&house, by_letter("Mira")).await;
    let north = house.demo.teams["north"].to_string();
    let steps: [(&str, &[(&str, &str)]); 3] = [
        ("open", &[("version", "1")]),
        (
            "triage",
            &[
                ("version", "2"),
                ("category", "C"),
                ("narrative", "Worse."),
                ("safety", "Not alone tonight."),
                ("children", "urgent"),
                ("children-urgent-about", "Nobody at home."),
            ],
        ),
        (
            "accept",
            &[
                ("version", "3"),
                ("team", &north),
                ("contact-name", "Robin"),
                ("next-step", "Robin rings."),
                ("next-on[day]", "30"),
                ("next-on[month]", "11"),
                ("next-on[year]", "2026"),
            ],
        ),
    ];
    for (step, fields) in steps {
        let done = nurse.post(&format!("/referrals/{id}/{step}"), fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
    let waiting = asks(&house, flagged("Cal")).await;
    let places = Box::pin(places(&house, id, waiting)).await;
    let reference = look(&house, id).await.reference().as_str().to_owned();
    let (spoa, since) = (house.demo.teams["spoa"], house.app.clock.now());
    let queries = BTreeMap::from([
        ("/find", format!("?reference={reference}")),
        ("/worklist/new", format!("?team={spoa}&since={since}")),
    ]);
    Prepared { house, places, queries }
}

async fn places(house: &House, id: ReferralId, waiting: ReferralId) -> BTreeMap<&'static str, String> {
    let referral = look(house, id).await;
    let task = referral.tasks().iter().find(|task| task.kind == TaskKind::ChildrenUrgent).unwrap();
    let mut visitor = house.visitor();
    let draft = visitor.get("/ask").await.field("draft");
    visitor.post("/ask", &[("draft", &draft), ("who", "me")]).await;
    let (asked, _) = guests::asked(house).await;
    let answer = Errand::Answer(guests::last(house, asked).await);
    let link_key = guests::link(house, answer).rsplit('/').next().unwrap().to_owned();
    let (service, import) = services::listed(house).await;
    let asset = onedoor::assets::href("staff.css").rsplit('/').next().unwrap().to_owned();
    BTreeMap::from([
        ("id", id.to_string()),
        ("referral", id.to_string()),
        ("errand", answer.code().to_owned()),
        ("about", answer.about().to_string()),
        ("key", link_key),
        ("asked", asked.to_string()),
        ("other", waiting.to_string()),
        ("match", matched(house, id, asks(house, request("Wren")).await).await.to_string()),
        ("notice", referral.notices().last().unwrap().id.to_string()),
        ("task", task.id.to_string()),
        ("clock", referral.clocks()[0].id.to_string()),
        ("page", look(house, waiting).await.page().unwrap().id.to_string()),
        ("entry", begins_entry(house).await.to_string()),
        ("file", unscanned(house, brings_a_letter(house, id).await).await.to_string()),
        ("draft", draft),
        ("question", "why-now".into()),
        ("name", asset),
        ("persona", "gp".into()),
        ("user", house.demo.users["key-worker"].to_string()),
        ("away", house.demo.users["community-nurse"].to_string()),
        ("team", house.demo.teams["north"].to_string()),
        ("token", "no-such-link".into()),
        ("org", organisation(house).await),
        ("agreement", agreement(house).await),
        ("place", "0".into()),
        ("procedure", "0".into()),
        ("link", link(house).await),
        ("slug", "families".into()),
        ("service", service.to_string()),
        ("import", import.to_string()),
        ("text", text(house).await),
        ("rule", rule(house).await),
        ("case", "sofa".into()),
        ("edition", "0".into()),
        ("number", "1".into()),
        ("filter", filter(house).await),
        ("code", "00000000-0000-7000-8000-000000000002".into()),
    ])
}

/// A filter that the senior nurse keeps.
async fn filter(house: &House) -> String {
    let mut nurse = house.persona("senior-nurse").await;
    let id = nurse.get("/worklist/filters/new?back=view%3Dtriage").await.field("id");
    let fields = [("id", id.as_str()), ("back", "view=triage"), ("name", "Mine")];
    assert_eq!(nurse.post("/worklist/filters/new", &fields).await.status, StatusCode::SEE_OTHER);
    id
}

/// The link by which what a professional sent comes into the list of their organisation.
async fn link(house: &House) -> String {
    let sent = SelfReferral { origin: Origin::Professional(Box::default()), ..request("Ash") };
    let id = asks(house, sent).await;
    let link = onedoor::door::status::first_link(&house.app, house.demo.tenant, id, None).unwrap();
    link.replace("/status/", "/sent/keep/")
}

/// A text that was signed off once and waits to be signed off again.
async fn text(house: &House) -> String {
    let (mut editor, mut senior) =
        (house.persona("content-editor").await, house.persona("senior-nurse").await);
    let id = editor.get("/content/new").await.field("id");
    let words = [("owner", "Team"), ("title", "Under 18"), ("body", "Words.")];
    let place = [("id", id.as_str()), ("slug", "young-people"), ("language", "en-GB"), ("form", "standard")];
    editor.post("/content/new", &[&place[..], &words].concat()).await;
    let at = |step: &str| format!("/content/{id}/{step}");
    editor.post(&at("submit"), &[("version", "1")]).await;
    let due = [("due[day]", "1"), ("due[month]", "3"), ("due[year]", "2027")];
    senior.post(&at("sign-off"), &[&[("version", "2"), ("reviewer", "Nadia")][..], &due].concat()).await;
    editor.post(&at("edit"), &[&[("version", "3")][..], &words].concat()).await;
    let done = editor.post(&at("submit"), &[("version", "4")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    id
}

/// A rule of a draft of the matching rules.
async fn rule(house: &House) -> String {
    let mut editor = house.persona("content-editor").await;
    let begun = editor.post("/rules/begin", &[("version", "0")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    "memory".to_owned()
}

async fn organisation(house: &House) -> String {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    tx.orgs().await.unwrap()[0].id.to_string()
}

impl Prepared {
    /// The row's address with something real in every place.
    fn address(&self, row: &Route) -> String {
        let mut address = row.path.to_owned();
        while let Some((from, to)) = address.find('{').zip(address.find('}')) {
            let place = &address[from + 1..to];
            let real = self.places.get(place).unwrap_or_else(|| {
                panic!(
                    "tests/permissions.rs cannot call {}: say in `places` what stands for {{{place}}}",
                    row.path
                )
            });
            address.replace_range(from..=to, &real.clone());
        }
        address + self.queries.get(row.path).map_or("", String::as_str)
    }

    /// Calls a row. Forms are sent empty, or with a step and no version: nothing changes, and the door still shows
    /// whether it opens.
    async fn call(&self, row: &Route, browser: &mut Browser) -> Page {
        let address = match row.path {
            "/track/change/{question}" => "/track/change/needs".to_owned(),
            "/sent/keep/{id}/{token}" => self.places["link"].clone(),
            _ => self.address(row),
        };
        let step: &[(&str, &str)] = match row.path {
            "/referrals/{id}/notices/{notice}" => &[("step", "printed")],
            "/enter/before" => &[("by", "phone"), ("phone", "07700 900456")],
            "/worklist/filters/new" => &[("id", "00000000-0000-7000-8000-000000000003")],
            "/team/invite" | "/organisations/{org}/agreements/new" => {
                &[("id", "00000000-0000-7000-8000-000000000001")]
            }
            _ => &[],
        };
        if row.path == "/ask/{draft}/files" && row.method == "POST" {
            return multipart::post(browser, &address, &[multipart::Part::text("id", "1")]).await;
        }
        if row.method == "GET" { browser.get(&address).await } else { browser.post(&address, step).await }
    }

    /// How many rows of the audit there are: for an address that names a record, those that name it too.
    async fn traces(&self, row: &Route) -> i64 {
        let names = row.path.starts_with("/referrals/{id}") || matches!(row.access, Access::Person(_));
        if names {
            self.house.database.count_audit_of(&self.places["id"]).await
        } else {
            self.house.database.count("audit").await
        }
    }

    /// A browser for one call: some of them sign out.
    async fn browser(&self, persona: Option<&str>) -> Browser {
        match persona {
            Some(key) => self.house.persona(key).await,
            None => self.house.visitor(),
        }
    }

    /// Somebody of a service who opened its one-time link.
    async fn guest(&self) -> Browser {
        let about = self.places["about"].parse().unwrap();
        self.house.guest(self.places["asked"].parse().unwrap(), Errand::Answer(about)).await
    }

    /// Somebody who follows their own request.
    async fn person(&self) -> Browser {
        self.house.follows(self.places["id"].parse().unwrap()).await
    }
}

/// What a row answered, as docs/permissions.md says it.
fn answer(row: &Route, page: &Page) -> &'static str {
    let staff = matches!(row.access, Access::Staff(_));
    let person = matches!(row.access, Access::Person(_));
    let guest = matches!(row.access, Access::Guest(_));
    let to_sign_in = page.location.as_deref().is_some_and(|to| to.starts_with("/sign-in?next="));
    match page.status {
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::SEE_OTHER if staff && to_sign_in => "sign-in",
        StatusCode::SEE_OTHER if person && page.location.as_deref() == Some("/track?over=1") => "phrase",
        StatusCode::UNAUTHORIZED if person => "phrase",
        StatusCode::UNAUTHORIZED if guest => "link",
        StatusCode::NOT_FOUND => "own-records",
        other => {
            let fine = other.is_success() || other.is_redirection();
            let asks_again = [StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY].contains(&other);
            assert!(fine || asks_again, "{} {} answered {other}: {}", row.method, row.path, page.body);
            "open"
        }
    }
}

#[tokio::test]
async fn every_route_answers_every_persona_as_the_document_says() {
    let prepared = prepared().await;
    let people: Vec<Option<&str>> =
        PERSONAS.iter().map(|persona| Some(persona.key)).chain(std::iter::once(None)).collect();
    let mut names: Vec<&str> = people.iter().map(|person| person.unwrap_or("stranger")).collect();
    names.extend(["the person", "a service by link"]);
    let mut made =
        format!("| Method | Path | {} |\n|---|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for row in routes::table() {
        // More people try a password here than one address may in a quarter of an hour.
        // And more look at a link than one place may.
        let by_link = ["/{key}", "/question/{id}/{token}"].iter().any(|end| row.path.ends_with(end));
        if row.path.starts_with("/account/") || by_link {
            prepared.house.later(SignedDuration::from_mins(16));
        }
        let mut cells = Vec::new();
        for (place, person) in people.iter().enumerate() {
            if by_link && place == people.len() / 2 {
                prepared.house.later(SignedDuration::from_mins(16));
            }
            let page = prepared.call(&row, &mut prepared.browser(*person).await).await;
            cells.push(answer(&row, &page));
        }
        let stranger = cells.last().copied();
        let own = prepared.call(&row, &mut prepared.person().await).await;
        cells.push(answer(&row, &own));
        let by_link = prepared.call(&row, &mut prepared.guest().await).await;
        let by_link = answer(&row, &by_link);
        if let Access::Person(_) = row.access {
            assert_eq!(stranger, Some("phrase"), "a stranger at {} {}", row.method, row.path);
            assert_eq!(cells.last(), Some(&"open"), "the person at {} {}", row.method, row.path);
        }
        if let Access::Staff(_) = row.access {
            assert_eq!(stranger, Some("sign-in"), "a stranger at {} {}", row.method, row.path);
            assert_eq!(cells.last(), Some(&"sign-in"), "the person at {} {}", row.method, row.path);
            assert!(cells.contains(&"open"), "nobody can use {} {}", row.method, row.path);
            assert_eq!(by_link, "sign-in", "a service by its link at {} {}", row.method, row.path);
        }
        if let Access::Guest(_) = row.access {
            assert!(
                cells.iter().all(|cell| *cell == "link"),
                "without a link at {} {}",
                row.method,
                row.path
            );
            assert_eq!(by_link, "open", "a service by its link at {} {}", row.method, row.path);
        }
        cells.push(by_link);
        writeln!(made, "| {} | `{}` | {} |", row.method, row.path, cells.join(" | ")).unwrap();
    }
    compare("docs/permissions.md", "routes", &made);
}

/// Rows that show nothing of anybody though their action could.
const NOBODY: [&str; 12] = [
    "/enter",
    "/enter/before",
    "/enter/before/start",
    "/worklist/new",
    "/worklist/filters",
    "/worklist/filters/new",
    "/worklist/filters/{filter}",
    "/worklist/filters/{filter}/remove",
    "/track/add",
    "/track/withdraw/sure",
    "/track/change/{question}",
    "/track/worse",
];

#[tokio::test]
async fn every_row_that_touches_a_record_leaves_an_audit_row_whoever_calls() {
    let prepared = prepared().await;
    let mut silent = Vec::new();
    for row in routes::table() {
        let watched = match row.access {
            Access::Staff(action) => touches_a_record(action) && !NOBODY.contains(&row.path),
            Access::Public(_) => row.path.contains("{draft}"),
            Access::Person(_) => !NOBODY.contains(&row.path),
            Access::Guest(_) => true,
            Access::Open(_) => false,
        };
        if !watched {
            continue;
        }
        for person in ["senior-nurse", "key-worker", "social-worker", "gp"] {
            let mut browser = match row.access {
                Access::Person(_) => prepared.person().await,
                Access::Guest(_) => prepared.guest().await,
                Access::Staff(_) | Access::Public(_) | Access::Open(_) => {
                    prepared.browser(Some(person)).await
                }
            };
            if row.path.contains("{draft}") {
                browser.get("/ask").await; // a visitor with a form of their own
            }
            let before = prepared.traces(&row).await;
            let page = prepared.call(&row, &mut browser).await;
            if prepared.traces(&row).await == before {
                silent.push(format!("{} {} for {person}: {}", row.method, row.path, page.status));
            }
        }
    }
    assert!(silent.is_empty(), "no audit row from:\n{}", silent.join("\n"));
}

/// Compares a generated part of a document with the checked-in one; with `ONEDOOR_BLESS=1` writes it instead.
fn compare(document: &str, part: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(document);
    let old = std::fs::read_to_string(&path).unwrap();
    let open = format!("<!-- generated: {part} -->\n");
    let from = old.find(&open).unwrap_or_else(|| panic!("{document} has no part {part}")) + open.len();
    let to = from + old[from..].find("<!-- end -->").unwrap();
    let new = format!("{}\n{}\n{}", &old[..from], made.trim(), &old[to..]);
    if std::env::var_os("ONEDOOR_BLESS").is_some() {
        std::fs::write(&path, new).unwrap();
        return;
    }
    let was: Vec<&str> = old[from..to].lines().collect();
    let changed: Vec<&str> = made.lines().filter(|line| !was.contains(line)).collect();
    assert!(
        changed.is_empty() && new == old,
        "{document}, part {part}, is not what the program answers: run the tests with ONEDOOR_BLESS=1\n{}",
        changed.join("\n")
    );
}
