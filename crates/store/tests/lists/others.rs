//! Lists and counts that stand beside the long ones, many of them written where they run: the statement is cut from the very
//! source, and explained on the first page and far behind.

use onedoor_store::testing::{TestDb, database};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::fill::{fill, fill_services, vacuum};
use super::{PEOPLE, TEAM, TENANT, explain, nodes};

const CARE: &str = include_str!("../../src/care.rs");
const DIRECTORY: &str = include_str!("../../src/directory/mod.rs");
const IMPORT: &str = include_str!("../../src/directory/import.rs");
const JOB: &str = include_str!("../../src/job.rs");
const QUEUE: &str = include_str!("../../src/queue.rs");
const REFERRAL: &str = include_str!("../../src/referral.rs");
const STAFF: &str = include_str!("../../src/team.rs");
const WORKLIST: &str = include_str!("../../src/worklist.rs");

/// One statement: whose it is, its parameters, an index it must use, and how much it may read.
struct Small {
    name: &'static str,
    sql: String,
    with: String,
    index: &'static str,
    rows: f64,
    buffers: u64,
}

fn small(name: &'static str, sql: String, with: &str, index: &'static str, limits: (f64, u64)) -> Small {
    let with = with.replace("{tenant}", TENANT).replace("{team}", TEAM);
    Small { name, sql, with, index, rows: limits.0, buffers: limits.1 }
}

/// The first statement after the beginning of a function.
fn of(source: &str, function: &str) -> String {
    let (_, body) = source.split_once(&format!("fn {function}(")).expect(function);
    let (_, macro_call) = body.split_once("sqlx::query").expect(function);
    let (_, rest) = macro_call.split_once('"').expect(function);
    let raw = macro_call.split('"').next().is_some_and(|before| before.ends_with("r#"));
    let end = if raw { rest.find("\"#") } else { rest.find('"') };
    rest[..end.expect(function)].to_owned()
}

/// What the long lists do not need: whose looks are many, drafts, what happened, what is due, accounts, a feed with problems.
async fn fill_more(owner: &mut PgConnection) {
    let sql = format!(
        "SET session_replication_role = replica;
         INSERT INTO audit (tenant_id, id, at, request, actor, action, noun, subject_id, outcome, shown)
             SELECT '{TENANT}', lpad(to_hex(place), 32, '0')::uuid, at, id, 'staff', 'ReferralRead', 'referral', id, 'read', '{{}}'
             FROM asked;
         INSERT INTO audit_person (tenant_id, person_id, at, audit_id)
             SELECT '{TENANT}', CASE WHEN place % 2 = 0 THEN '{TEAM}' ELSE id END, at, lpad(to_hex(place), 32, '0')::uuid
             FROM asked;
         INSERT INTO audit_leaf (tenant_id, n, audit_id, hash)
             SELECT '{TENANT}', place, lpad(to_hex(place), 32, '0')::uuid, '' FROM asked WHERE place < {PEOPLE} - 40;
         INSERT INTO draft (tenant_id, id, visitor, version, state, answers, saved_at, address_hash)
             SELECT '{TENANT}', id, decode(md5((place / 30)::text), 'hex'), 1, '{{}}', '{{}}', at,
                    decode(md5((place / 30)::text), 'hex') FROM asked;
         INSERT INTO event (tenant_id, id, noun, subject_id, version, kind, at, body)
             SELECT '{TENANT}', gen_random_uuid(), 'referral', CASE WHEN place % 100 = 0 THEN '{TEAM}' ELSE id END, 1,
                    'triaged', at, '{{}}' FROM asked;
         INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
             SELECT '{TENANT}', id, 'task', id, at, 0 FROM asked;
         INSERT INTO staff (tenant_id, id, version, org_id, name, email, roles, teams, state, factor_step)
             SELECT '{TENANT}', id, 1, id, 'name ' || place, n::text, '{{}}', '{{}}', '{{}}', 0 FROM asked;
         INSERT INTO org (tenant_id, id, name, body)
             SELECT '{TENANT}', id, n::text, '{{}}' FROM asked WHERE n <= 5000;
         INSERT INTO import_problem (tenant_id, import_id, position, body)
             SELECT '{TENANT}', '{TEAM}', place, '{{}}' FROM asked;
         UPDATE service SET state = 'off' WHERE sort < 'service 0100000';
         SET session_replication_role = origin;"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *owner).await.unwrap();
    let tables = [
        "audit",
        "audit_person",
        "audit_leaf",
        "draft",
        "event",
        "job",
        "staff",
        "org",
        "import_problem",
        "service",
    ];
    vacuum(owner, &tables).await;
}

#[tokio::test]
async fn every_other_list_reads_by_its_index_what_it_shows() {
    let database = database().await;
    let mut owner = PgConnection::connect_with(&database.options).await.unwrap();
    fill(&mut owner).await;
    fill_services(&mut owner).await;
    fill_more(&mut owner).await;
    let mut wrong = Vec::new();
    for one in work().into_iter().chain(looks()).chain(keeping()) {
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let plan = explain(&database, &one.sql, &one.with, mode).await;
            wrong.extend(check(&one, &plan).map(|what| format!("{} ({mode}) {what}: {plan:#}", one.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    drop::<TestDb>(database);
}

/// What teams have to do.
fn work() -> Vec<Small> {
    let rarest = "'{tenant}', '{team}', '{v:all,a:adult}'";
    vec![
        small("rarest key of a list", of(WORKLIST, "way_through"), rarest, "list_key_", (2.0, 120)),
        small(
            "rarest key of services",
            of(DIRECTORY, "rarest"),
            "'{tenant}', '{w:support,w:group}'",
            "service_key_pkey",
            (2.0, 120),
        ),
        small(
            "handovers counted",
            of(QUEUE, "handover_counts"),
            "'{tenant}', '{{team}}'",
            "handover_",
            (1.0, 400),
        ),
        small(
            "longest waiting",
            of(CARE, "longest_waiting"),
            "'{tenant}', '{{team}}'",
            "task_waiting",
            (1.0, 12),
        ),
        small(
            "care to cover",
            of(CARE, "care_to_cover"),
            "'{tenant}', '{team}', '{team}', true",
            "episode_of_worker",
            (50.0, 900),
        ),
        small(
            "calls counted",
            include_str!("../../sql/edition_and_calls.sql").to_owned(),
            "'{tenant}', '{{team}}'",
            "page_unanswered",
            (1.0, 1100),
        ),
        small("next job", of(JOB, "next_job"), "'2027-01-01', '2027-01-01', 'rest'", "job_due", (1.0, 40)),
    ]
}

/// What somebody looks back at.
fn looks() -> Vec<Small> {
    let looked = include_str!("../../sql/looked.sql");
    let last = "'9999-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff'";
    let far = "'2026-01-10', 'ffffffff-ffff-ffff-ffff-ffffffffffff'";
    vec![
        small(
            "who looked",
            looked.to_owned(),
            &format!("'{{tenant}}', '{{team}}', {last}"),
            "audit_person_pkey",
            (51.0, 500),
        ),
        small(
            "who looked, far back",
            looked.to_owned(),
            &format!("'{{tenant}}', '{{team}}', {far}"),
            "audit_person_pkey",
            (51.0, 500),
        ),
        small(
            "what happened",
            of(REFERRAL, "events_after"),
            "'{tenant}', 'referral', '{team}', -1, 200",
            "event_of_subject",
            (200.0, 300),
        ),
        small(
            "what is not sealed",
            include_str!("../../sql/audit_unsealed.sql").to_owned(),
            &format!("'{{tenant}}', lpad(to_hex({PEOPLE} - 100), 32, '0')::uuid, 4000"),
            "audit_leaf_of",
            (40.0, 700),
        ),
    ]
}

/// What is kept for somebody.
fn keeping() -> Vec<Small> {
    let hash = "decode(md5('7'), 'hex')";
    let gone = include_str!("../../sql/services_gone.sql").to_owned();
    let own = include_str!("../../sql/own_drafts.sql").to_owned();
    let by_address = include_str!("../../sql/drafts_by_address.sql").to_owned();
    vec![
        small("own drafts", own, &format!("'{{tenant}}', {hash}"), "draft_by_visitor", (10.0, 120)),
        small(
            "drafts of an address",
            by_address,
            &format!("'{{tenant}}', {hash}"),
            "draft_by_address",
            (10.0, 120),
        ),
        small(
            "accounts",
            of(STAFF, "users"),
            "'{tenant}', 'name 5', '00000000-0000-0000-0000-000000000000'",
            "staff_by_name",
            (50.0, 120),
        ),
        small(
            "services taken off",
            gone,
            "'{tenant}', '00000000-0000-0000-0000-000000000000'",
            "service_gone",
            (51.0, 120),
        ),
        small(
            "problems of a feed",
            problems(),
            "'{tenant}', '{team}', 50000",
            "import_problem_pkey",
            (51.0, 120),
        ),
    ]
}

/// The second statement of its function.
fn problems() -> String {
    let (_, after) = IMPORT.split_once("Some(body) = body else").unwrap();
    of(&format!("fn problems({after}"), "problems")
}

/// What is wrong with a plan, if anything is.
fn check(one: &Small, plan: &Value) -> Option<String> {
    let top = &plan[0]["Plan"];
    let nodes = nodes(top);
    for node in &nodes {
        let (kind, rows) = (node["Node Type"].as_str().unwrap(), node["Actual Rows"].as_f64().unwrap());
        if kind.contains("Seq Scan") || kind.contains("Bitmap") || (kind.contains("Sort") && rows > 51.0) {
            return Some(format!("has a {kind} of {rows} rows"));
        }
    }
    let indexes: Vec<&str> = nodes.iter().filter_map(|node| node["Index Name"].as_str()).collect();
    if !indexes.iter().any(|index| index.starts_with(one.index)) {
        return Some(format!("uses {indexes:?}"));
    }
    let rows = top["Actual Rows"].as_f64().unwrap();
    if rows.to_bits() != one.rows.to_bits() {
        return Some(format!("gives {rows} rows"));
    }
    let read = top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
    println!("{}: {read} buffers", one.name);
    (read > one.buffers).then(|| format!("reads {read} buffers"))
}
