//! People by what is known of them, and the requests of one person: against a hundred thousand of them.

use onedoor_store::testing::database;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use super::fill::vacuum;
use super::{PEOPLE, TEAM, TENANT, explain, nodes};

const FIND: &str = include_str!("../../sql/find_person.sql");

/// A hundred thousand people with seven keys each: one name is shared by 5,000 of them, a date of birth by some, a number by
/// nobody else.
async fn fill_people(owner: &mut PgConnection) {
    let sql = format!(
        "SET session_replication_role = replica;
         CREATE TEMPORARY TABLE asked AS
             SELECT gen_random_uuid() AS id, n, CASE WHEN n <= 5000 THEN 'invented mira' ELSE 'name ' || n END AS name
             FROM generate_series(1, {PEOPLE}) AS n;
         INSERT INTO person (tenant_id, id, body)
             SELECT '{TENANT}', id, jsonb_build_object('words', repeat('x', 700)) FROM asked;
         INSERT INTO referral (tenant_id, id, version, person_id, reference, called, state, rank, received_at, team_id,
                               spoa_id, body)
             SELECT '{TENANT}', gen_random_uuid(), 1, id, n::text, 'Somebody', 'received', 1, '2026-01-01', '{TEAM}',
                    '{TEAM}', '{{}}' FROM asked;
         INSERT INTO person_key (tenant_id, person_id, kind, key)
             SELECT '{TENANT}', id, kind, CASE kind
                 WHEN 'name' THEN name WHEN 'sound' THEN name WHEN 'part' THEN 'mr'
                 WHEN 'born-on' THEN ('1950-01-01'::date + n % 20000)::text ELSE kind || ' ' || n END
             FROM asked CROSS JOIN unnest(ARRAY['name', 'sound', 'part', 'born-on', 'postcode', 'phone', 'nhs-number'])
                  AS kind;
         SET session_replication_role = origin;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *owner).await.unwrap();
    vacuum(owner, &["person", "referral", "person_key"]).await;
}

#[tokio::test]
async fn looking_for_somebody_reads_those_who_agree_and_no_more() {
    let database = database().await;
    let mut owner = PgConnection::connect_with(&database.options).await.unwrap();
    fill_people(&mut owner).await;
    // Each: what is asked, how many rows come, and the most buffers: about eleven for a person.
    let asked = [
        ("a number", "'{phone}', '{phone 70000}'", 1.0, 40),
        ("a date of birth", "'{born-on,born-on}', '{1960-05-04,1960-04-05}'", 10.0, 160),
        (
            "a name of thousands",
            "'{name,sound,born-on,born-on}', '{invented mira,invented mira,1960-05-04,1960-04-05}'",
            212.0,
            2600,
        ),
        ("nobody", "'{phone}', '{+447700900000}'", 0.0, 10),
    ];
    for (what, keys, rows, buffers) in asked {
        let with = format!("'{TENANT}', {keys}, '{{{TEAM}}}'");
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let plan = explain(&database, FIND, &with, mode).await;
            let top = &plan[0]["Plan"];
            let nodes = nodes(top);
            let bad = |kind: &str| {
                ["Seq Scan", "Bitmap", "Sort", "Hash", "Materialize"].iter().any(|bad| kind.contains(bad))
            };
            let kinds: Vec<&str> = nodes.iter().map(|node| node["Node Type"].as_str().unwrap()).collect();
            assert!(!kinds.iter().any(|kind| bad(kind)), "{what}, {mode}: {plan:#}");
            let indexes: Vec<&str> = nodes.iter().filter_map(|node| node["Index Name"].as_str()).collect();
            assert!(indexes.contains(&"person_key_lookup"), "{what}, {mode}: {indexes:?}");
            assert_eq!(top["Actual Rows"].as_f64(), Some(rows), "{what}, {mode}");
            let read =
                top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
            assert!(read <= buffers, "{what}, {mode} reads {read} buffers: {plan:#}");
            println!("{what}, {mode}: {read} buffers");
        }
    }
}

const SAME: &str = include_str!("../../sql/same_person.sql");

/// Every third person is known to be the same as the next, and thirty were one: one of them is not any more.
async fn link_people(owner: &mut PgConnection) {
    let sql = format!(
        "SET session_replication_role = replica;
         INSERT INTO person_link (tenant_id, id, referral_id, person_id, to_id, ended_at, body)
             SELECT '{TENANT}', gen_random_uuid(), one.id, one.id, other.id,
                    CASE WHEN one.n % 30 = 0 THEN now() END, '{{}}'
             FROM asked AS one JOIN asked AS other ON other.n = CASE WHEN one.n <= 30 THEN 31 ELSE one.n + 1 END
             WHERE one.n <= 30 OR one.n % 3 = 2;
         SET session_replication_role = origin;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *owner).await.unwrap();
    vacuum(owner, &["person_link"]).await;
}

#[tokio::test]
async fn the_other_requests_of_a_person_are_read_by_links_and_nobody_elses() {
    let database = database().await;
    let mut owner = PgConnection::connect_with(&database.options).await.unwrap();
    fill_people(&mut owner).await;
    link_people(&mut owner).await;
    // Each: whose, how many others there are, and the most buffers.
    for (what, n, rows, buffers) in [
        ("nobody", 70_000, 0.0, 20),
        ("a pair", 50_000, 1.0, 60),
        ("all twenty-nine of one person", 31, 29.0, 1200),
    ] {
        let question = AssertSqlSafe(format!("SELECT id::text FROM asked WHERE n = {n}"));
        let person: String = sqlx::raw_sql(question).fetch_one(&mut owner).await.unwrap().get(0);
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let plan = explain(&database, SAME, &format!("'{TENANT}', '{person}'"), mode).await;
            let top = &plan[0]["Plan"];
            let nodes = nodes(top);
            let kinds: Vec<&str> = nodes.iter().map(|node| node["Node Type"].as_str().unwrap()).collect();
            assert!(!kinds.iter().any(|kind| kind.contains("Seq Scan")), "{what}, {mode}: {plan:#}");
            let indexes: Vec<&str> = nodes.iter().filter_map(|node| node["Index Name"].as_str()).collect();
            let from = ["person_link_held", "person_link_of"].iter().any(|index| indexes.contains(index));
            assert!(from && indexes.contains(&"person_link_to"), "{what}, {mode}: {indexes:?}");
            assert_eq!(top["Actual Rows"].as_f64(), Some(rows), "{what}, {mode}");
            let read =
                top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
            assert!(read <= buffers, "{what}, {mode} reads {read} buffers: {plan:#}");
            println!("{what}, {mode}: {read} buffers");
        }
    }
}

#[tokio::test]
async fn whoever_may_be_the_same_person_is_looked_up_by_all_their_keys_in_one_statement() {
    let database = database().await;
    let mut owner = PgConnection::connect_with(&database.options).await.unwrap();
    fill_people(&mut owner).await;
    // All that one record can be found by; one name is shared by thousands.
    let asked =
        [("a rare name", "name 70000", 7.0, 200), ("a name of thousands", "invented mira", 209.0, 2700)];
    for (what, name, rows, buffers) in asked {
        let keys = format!(
            "'{{name,sound,born-on,born-on,phone,nhs-number}}',
             '{{{name},{name},1960-05-04,1960-04-05,phone 70000,nhs-number 70000}}'"
        );
        let with = format!("'{TENANT}', {keys}, '{{{TEAM}}}'");
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let plan = explain(&database, FIND, &with, mode).await;
            let top = &plan[0]["Plan"];
            let kinds: Vec<&str> =
                nodes(top).iter().map(|node| node["Node Type"].as_str().unwrap()).collect();
            let bad = ["Seq Scan", "Bitmap", "Sort", "Hash", "Materialize"];
            assert!(
                !kinds.iter().any(|kind| bad.iter().any(|bad| kind.contains(bad))),
                "{what}, {mode}: {plan:#}"
            );
            let found = top["Actual Rows"].as_f64().unwrap();
            let read =
                top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
            println!("{what}, {mode}: {found} rows, {read} buffers");
            assert!(
                found >= rows && read <= buffers,
                "{what}, {mode}: {found} rows, {read} buffers: {plan:#}"
            );
        }
    }
}
