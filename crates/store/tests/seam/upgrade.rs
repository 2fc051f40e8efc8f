//! A newer version, an older version and a step that fails, on a database with something in it: each either does all of its work or
//! none, says which, and leaves what ran before running.

use std::time::Duration;

use onedoor_store::migrate::{self, MigrateError, Place};
use onedoor_store::testing::{self, TestDb};
use onedoor_store::{Options, Outside};

use super::house::{House, house};
use super::migrations::{empty, schema};

/// Two steps that a later version might have.
const LATER: [(i64, &str); 2] = [
    (9001, "ALTER TABLE referral ADD COLUMN later text; UPDATE referral SET later = reference"),
    (9002, "CREATE TABLE later (n bigint PRIMARY KEY); GRANT SELECT ON later TO onedoor_app"),
];

async fn later(options: &Options, more: &[(i64, &'static str)]) -> Result<(), MigrateError> {
    testing::upgrade(options, "9.0.0", migrate::known(), more).await
}

async fn upgrades(database: &TestDb) -> Vec<String> {
    database
        .rows("SELECT body ->> 'version' || ' ' || (body ->> 'step') FROM installation WHERE kind = 'upgrade' ORDER BY at")
        .await
}

/// A county with a request.
async fn lived_in() -> House {
    let house = house().await;
    house.receive().await;
    house
}

/// What the version that ran before asks.
async fn still_answers(house: &House) {
    assert!(Outside::of(&house.db).county(house.tenant).await.is_ok(), "its connections work on");
    migrate::run(house.database.options.clone()).await.expect("and it starts again");
}

#[tokio::test]
async fn a_newer_version_takes_an_older_database_along_with_all_that_is_in_it() {
    let house = lived_in().await;
    let rows = house.database.count("referral").await;
    let events = house.database.texts("event", "body").await;
    assert_eq!(migrate::place(&house.database.options).await.unwrap().missing, 0);
    later(&house.database.options, &LATER).await.unwrap();
    assert_eq!(house.database.count("referral").await, rows);
    assert_eq!(house.database.texts("event", "body").await, events);
    assert_eq!(
        house.database.texts("referral", "later").await,
        house.database.texts("referral", "reference").await
    );
    let ours = format!("{} {}", env!("CARGO_PKG_VERSION"), migrate::known());
    assert_eq!(upgrades(&house.database).await, [ours, "9.0.0 9002".to_owned()], "it is written down");
    later(&house.database.options, &LATER).await.unwrap();
    assert_eq!(upgrades(&house.database).await.len(), 2, "a second start changes nothing");
}

#[tokio::test]
async fn a_database_that_is_behind_is_seen_as_behind_and_brought_along() {
    let database = testing::database().await;
    let options = empty(&database).await;
    assert_eq!(migrate::place(&options).await.unwrap().step, 0);
    // The keys that its program would make need columns of later steps.
    testing::upgrade(&options, "0.0.1", 41, &[]).await.ok();
    let behind = migrate::place(&options).await.unwrap();
    assert!(behind.step == 41 && behind.missing > 0, "{behind:?}");
    migrate::run(options.clone()).await.unwrap();
    assert_eq!(migrate::place(&options).await.unwrap(), Place { step: migrate::known(), missing: 0 });
}

#[tokio::test]
async fn an_older_version_refuses_a_newer_database_and_names_both_and_the_way_out() {
    let house = lived_in().await;
    later(&house.database.options, &LATER).await.unwrap();
    let before = (schema(&house.database.options).await, house.database.dump().await);
    for refused in [
        migrate::run(house.database.options.clone()).await.unwrap_err(),
        migrate::place(&house.database.options).await.unwrap_err(),
    ] {
        let said = refused.to_string();
        let ours = format!(
            "this is OneDoor {}, which knows steps up to {}",
            env!("CARGO_PKG_VERSION"),
            migrate::known()
        );
        assert!(said.contains("is at step 9002, to which OneDoor 9.0.0 brought it"), "{said}");
        assert!(said.contains(&ours) && said.contains("Nothing was changed"), "{said}");
        assert!(said.contains("Install OneDoor 9.0.0, or bring back a backup"), "{said}");
    }
    assert_eq!((schema(&house.database.options).await, house.database.dump().await), before);
}

#[tokio::test]
async fn a_step_that_fails_half_way_takes_every_step_before_it_back_and_the_old_version_works_on() {
    let house = lived_in().await;
    let before = (schema(&house.database.options).await, house.database.dump().await);
    let half = "DELETE FROM event; ALTER TABLE referral DROP COLUMN later; SELECT 1 / 0";
    let failed = later(&house.database.options, &[LATER[0], LATER[1], (9003, half)]).await.unwrap_err();
    let said = failed.to_string();
    let at = format!("the database is at step {} as before", migrate::known());
    assert!(said.starts_with("step 9003 (of a later version) failed: "), "{said}");
    assert!(said.contains("division by zero") && said.contains("Nothing was changed"), "{said}");
    assert!(said.contains(&at), "{said}");
    assert_eq!((schema(&house.database.options).await, house.database.dump().await), before);
    still_answers(&house).await;
    later(&house.database.options, &LATER).await.expect("the next version, with the step put right, goes on");
}

#[tokio::test]
async fn a_table_in_use_holds_nobody_up_for_long_and_the_upgrade_says_what_to_stop() {
    let house = lived_in().await;
    let before = schema(&house.database.options).await;
    let held = house.database.hold("referral", "ACCESS SHARE").await;
    let (failed, slowest) = tokio::join!(later(&house.database.options, &LATER), async {
        // Whoever reads the table meanwhile waits behind the upgrade.
        let mut slowest = Duration::ZERO;
        for _ in 0..20 {
            let since = std::time::Instant::now();
            house.database.count("referral").await;
            slowest = slowest.max(since.elapsed());
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        slowest
    });
    println!("measured: a read waited at most {slowest:?} behind an upgrade that could not go on");
    assert!(slowest < Duration::from_secs(6), "{slowest:?}");
    let said = failed.unwrap_err().to_string();
    assert!(said.starts_with("step 9001 waited for a table that is in use"), "{said}");
    assert!(said.contains("Nothing was changed") && said.contains("Stop every other"), "{said}");
    assert_eq!(schema(&house.database.options).await, before);
    still_answers(&house).await;
    held.free().await;
    later(&house.database.options, &LATER).await.expect("once the table is free");
}

#[tokio::test]
async fn a_table_that_is_free_again_at_the_second_try_is_enough() {
    let house = lived_in().await;
    let held = house.database.hold("referral", "ACCESS SHARE").await;
    let (done, ()) = tokio::join!(later(&house.database.options, &LATER), async {
        tokio::time::sleep(Duration::from_millis(3_300)).await;
        held.free().await;
    });
    done.unwrap();
}

#[tokio::test]
async fn several_programs_that_start_at_once_upgrade_once() {
    let house = lived_in().await;
    let options = &house.database.options;
    let all = tokio::join!(later(options, &LATER), later(options, &LATER), later(options, &LATER));
    assert!(matches!(all, (Ok(()), Ok(()), Ok(()))), "{all:?}");
    assert_eq!(upgrades(&house.database).await.len(), 2);
}
