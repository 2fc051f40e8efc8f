//! `onedoor admin create` and `onedoor check`, run as an operator runs them, against a database of their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

mod support;

use std::process::{Command, Output};

use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::county::CrisisNumber;
use onedoor_domain::duty::{Hours, Shift};
use onedoor_domain::section::Section;
use onedoor_domain::worklist::Filter;
use onedoor_store::testing::{self, TestDb};
use support::house;

fn onedoor(database: &TestDb, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onedoor"));
    command.args(arguments).current_dir("/").env("ONEDOOR_DATABASE_URL", &database.url);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const CREATE: [&str; 6] = ["admin", "create", "--name", "Kim Example", "--email", "Kim@Ashmere.example"];

#[tokio::test]
async fn a_new_county_gets_one_administrator_and_is_told_what_is_missing() {
    let database = testing::database().await;
    let check = onedoor(&database, &["check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(said(&check).contains("not set up"), "{}", said(&check));
    let made = onedoor(&database, &CREATE);
    assert!(made.status.success() && said(&made).contains("/invitation/"), "{}", said(&made));
    // A second time it makes nobody, and says who is there.
    let again = onedoor(&database, &CREATE);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("kim@ashmere.example") && !said(&again).contains("/invitation/"));
    let taken = onedoor(&database, &[CREATE.as_slice(), &["--again"]].concat());
    assert_eq!(taken.status.code(), Some(1), "{}", said(&taken));
    let check = onedoor(&database, &["check"]);
    assert_eq!(check.status.code(), Some(1));
    for missing in
        ["No crisis number", "No staffed hours", "Nobody is on duty", "No team owns", "No service manager"]
    {
        assert!(said(&check).contains(missing), "{missing}: {}", said(&check));
    }
    let wrong = onedoor(&database, &["admin", "create", "--name", " ", "--email", "x@ashmere.example"]);
    assert!(said(&wrong).contains("--name"));
}

#[tokio::test]
async fn the_link_opens_the_account_it_was_made_for() {
    let house = house().await;
    let made = onedoor(&house.database, &[CREATE.as_slice(), &["--again"]].concat());
    let said = said(&made);
    let link = said
        .split_whitespace()
        .find(|word| word.contains("/invitation/"))
        .unwrap_or_else(|| panic!("{said}"));
    let path = &link[link.find("/invitation/").unwrap()..];
    house.at(&now().to_string());
    let page = house.visitor().get(path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("Kim Example") && page.has("kim@ashmere.example"), "{}", page.body);
}

#[tokio::test]
async fn check_is_silent_about_a_county_that_is_complete() {
    let house = house().await;
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (mut county, version) = tx.county_settings(Action::CountyRead).await.unwrap();
    // By the clock of the machine that runs the test.
    let (now, today) = (now(), today());
    let line = county.crisis[0].clone();
    county.crisis = vec![CrisisNumber { reviewed_on: today, ..line }];
    county.hours = Hours::always();
    let (from, to) = (now - 48.hours(), now + (24 * 30).hours());
    let first = county.rota.shifts[0].clone();
    county.rota.shifts = vec![Shift { from, to, ..first }];
    county.calendar.holidays.insert(today.checked_add(1.year()).unwrap());
    tx.commit(county.change(&ctx, version)).await.unwrap();
    let check = onedoor(&house.database, &["check"]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    assert!(said(&check).contains("county: ok"));
}

#[tokio::test]
async fn references_that_are_missing_are_named() {
    let house = house().await;
    onedoor::demo::demonstrate(&house.app, 3, |_| {}).await.unwrap();
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let mut known = Vec::new();
    for team in house.demo.teams.values() {
        for row in tx.worklist(*team, &Filter::default(), None).await.unwrap().rows {
            if let Section::Row(row) = &*row {
                known.push(row.reference.as_str().to_owned());
            }
        }
    }
    tx.close().await.unwrap();
    assert!(!known.is_empty(), "the demonstration has open referrals");
    let file = std::env::temp_dir().join(format!("onedoor-references-{}", std::process::id()));
    let path = file.to_str().unwrap();
    std::fs::write(&file, known.join("\n")).unwrap();
    let check = onedoor(&house.database, &["check", "--references", path]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    let absent = onedoor_domain::value::Reference::from_bytes([7; 8]).to_string();
    std::fs::write(&file, format!("{}\n{absent}\n\nnonsense\n", known.join("\n"))).unwrap();
    let check = onedoor(&house.database, &["check", "--references", path]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(check.status.code(), Some(1));
    assert!(said(&check).contains("is missing") && said(&check).contains("nonsense is not a reference"));
}

#[expect(clippy::disallowed_methods, reason = "the program under test reads the machine's clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn today() -> Date {
    onedoor_domain::calendar::local_date(now())
}
