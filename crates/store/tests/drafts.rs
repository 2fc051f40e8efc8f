//! Drafts are found by their owner's cookie, a phrase or an address, among a hundred thousand, by an index and no more: the
//! very text that runs, explained as the application's role.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use onedoor_store::testing::{TestDb, database};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

const TENANT: &str = "00000000-0000-7000-8000-000000000001";

const FOUND: [(&str, &str, &str); 3] = [
    ("draft_by_phrase", include_str!("../sql/draft_by_phrase.sql"), "sha256('phrase 77')"),
    ("draft_by_address", include_str!("../sql/drafts_by_address.sql"), "sha256('address 77')"),
    ("draft_by_visitor", include_str!("../sql/own_drafts.sql"), "sha256('visitor 77')"),
];

async fn fill(owner: &mut PgConnection) {
    let sql = format!(
        "INSERT INTO draft (tenant_id, id, visitor, version, state, answers, saved_at, address_hash, phrase_hash)
             SELECT '{TENANT}', gen_random_uuid(), sha256(convert_to('visitor ' || n % 50000, 'UTF8')), 1, '{{}}', '{{}}',
                    '2026-11-24'::timestamptz + n * interval '1 second',
                    sha256(convert_to('address ' || n % 50000, 'UTF8')), sha256(convert_to('phrase ' || n, 'UTF8'))
             FROM generate_series(1, 100000) AS n"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *owner).await.unwrap();
    sqlx::raw_sql("VACUUM (ANALYZE) draft").execute(&mut *owner).await.unwrap();
}

async fn explain(database: &TestDb, sql: &str, key: &str, mode: &str) -> Value {
    let mut app = PgConnection::connect_with(&database.options).await.unwrap();
    let before = format!(
        "SET ROLE onedoor_app; SET plan_cache_mode = {mode}; BEGIN; SET LOCAL app.tenant = '{TENANT}';
         PREPARE found AS {sql}"
    );
    sqlx::raw_sql(AssertSqlSafe(before)).execute(&mut app).await.unwrap();
    let question =
        format!("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, FORMAT JSON) EXECUTE found('{TENANT}', {key})");
    sqlx::raw_sql(AssertSqlSafe(question)).fetch_one(&mut app).await.unwrap().get(0)
}

fn nodes(plan: &Value) -> Vec<&Value> {
    let below = plan["Plans"].as_array().into_iter().flatten().flat_map(nodes);
    std::iter::once(plan).chain(below).collect()
}

#[tokio::test]
async fn a_draft_among_a_hundred_thousand_is_found_by_an_index() {
    let database = database().await;
    let mut owner = PgConnection::connect_with(&database.options).await.unwrap();
    fill(&mut owner).await;
    for (index, sql, key) in FOUND {
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let plan = explain(&database, sql, key, mode).await;
            let top = &plan[0]["Plan"];
            let nodes = nodes(top);
            let used: Vec<&str> = nodes.iter().filter_map(|node| node["Index Name"].as_str()).collect();
            assert_eq!(used, [index], "{mode}: {plan:#}");
            assert!(!nodes.iter().any(|node| node["Node Type"] == "Seq Scan"), "{mode}: {plan:#}");
            let read =
                top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
            println!("{index}, {mode}: {read} buffers");
            assert!(read <= 30, "{index}, {mode}: {read} buffers: {plan:#}");
        }
    }
}
