//! The databases other tests rely on: each its own, quickly made, gone at the end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::time::Instant;

use onedoor_store::probe::Probe;
use onedoor_store::testing;
use sqlx::{Connection, PgConnection};

#[tokio::test(flavor = "multi_thread")]
async fn each_test_has_a_database_of_its_own() {
    let (one, other) = tokio::join!(testing::database(), testing::database());
    assert_ne!(one.options.get_database(), other.options.get_database());
    let mut connection = PgConnection::connect_with(&one.options).await.unwrap();
    sqlx::raw_sql("CREATE TABLE mine (n int)").execute(&mut connection).await.unwrap();
    let mut elsewhere = PgConnection::connect_with(&other.options).await.unwrap();
    assert!(sqlx::raw_sql("SELECT * FROM mine").execute(&mut elsewhere).await.is_err());
    let url = onedoor_store::parse_url(&one.url).unwrap();
    assert!(Probe::new(url).answers(std::time::Duration::from_secs(2)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_made_quickly_and_dropped_with_its_test() {
    let first = testing::database().await;
    let name = first.options.get_database().unwrap().to_owned();
    let admin = first.options.clone().database("postgres");
    let since = Instant::now();
    drop(first);
    println!("measured: dropped in {:?}", since.elapsed());
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    let question = sqlx::AssertSqlSafe(format!("SELECT 1 FROM pg_database WHERE datname = '{name}'"));
    assert!(sqlx::raw_sql(question).fetch_optional(&mut connection).await.unwrap().is_none());
    let since = Instant::now();
    let rounds = 10;
    for _ in 0..rounds {
        std::mem::forget(testing::database().await);
    }
    println!("measured: a database made in {:?}", since.elapsed() / rounds);
}
