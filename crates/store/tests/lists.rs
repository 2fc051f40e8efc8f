//! The long lists against a county of 100,000 referrals and 120,000 services: the very text that runs, explained as the application's role, on
//! the first page and on the thousandth, with the values known and with the plan that is kept for any values.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "lists/fill.rs"]
mod fill;
#[path = "lists/others.rs"]
mod others;
#[path = "lists/people.rs"]
mod people;

use fill::{fill, fill_services};
use onedoor_store::PAGE;
use onedoor_store::testing::{TestDb, database};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

const TENANT: &str = "00000000-0000-7000-8000-000000000001";
const TEAM: &str = "00000000-0000-7000-8000-0000000000a1";
const PEOPLE: u32 = 100_000;
/// More than 50,000 of each kind, so that the thousandth page is a whole one.
const SERVICES: u32 = 60_000;

/// One list: its text, its parameters before the place to begin, and what its plan may do.
struct Listing {
    name: &'static str,
    sql: &'static str,
    /// Parameters, with `{at}` for the place to begin.
    with: &'static str,
    first: &'static str,
    /// The key of the row after which the 1,000th page begins.
    thousandth: &'static str,
    index: &'static str,
    buffers: u64,
    /// Whether the pages of several teams are put together, which sorts at most a page of each.
    merges: bool,
}

const LISTS: [Listing; 16] = [
    Listing {
        name: "people we were asked to help",
        sql: include_str!("../sql/handover_queue.sql"),
        with: "'{tenant}', '{{team}}', '{offered}', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', due_at, id) FROM handover WHERE state = 'offered'
                     ORDER BY due_at, id OFFSET 49950 LIMIT 1",
        index: "handover_queue",
        buffers: 400,
        merges: true,
    },
    Listing {
        name: "people we have met",
        sql: include_str!("../sql/handover_met.sql"),
        with: "'{tenant}', '{{team}}', {at}",
        first: "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        thousandth: "SELECT format('%L', max(id::text)) FROM (SELECT id FROM handover WHERE state = 'met'
                     ORDER BY id LIMIT 100) AS low",
        index: "handover_met",
        buffers: 400,
        merges: true,
    },
    Listing {
        name: "worklist",
        sql: include_str!("../sql/worklist.sql"),
        with: "'{tenant}', '{team}', 'v:all', '{}', {at}",
        first: "'-1', '1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L, %L', rank, received_at, id) FROM referral WHERE state <> 'closed'
                     ORDER BY rank, received_at, id OFFSET 49950 LIMIT 1",
        index: "list_key_arrival",
        buffers: 500,
        merges: false,
    },
    // Everybody is an adult and asked for themselves: two keys that take nothing away are looked up for every row.
    Listing {
        name: "worklist, narrowed by what everybody has",
        sql: include_str!("../sql/worklist.sql"),
        with: "'{tenant}', '{team}', 'v:all', '{a:adult,s:me}', {at}",
        first: "'-1', '1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L, %L', rank, received_at, id) FROM referral WHERE state <> 'closed'
                     ORDER BY rank, received_at, id OFFSET 49950 LIMIT 1",
        index: "list_key_arrival",
        buffers: 1_200,
        merges: false,
    },
    Listing {
        name: "overdue",
        sql: include_str!("../sql/worklist_due.sql"),
        with: "'{tenant}', '{team}', 'v:overdue', '{}', '2027-01-01', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', next_due, id) FROM referral WHERE next_due < '2027-01-01'
                     ORDER BY next_due, id OFFSET 49950 LIMIT 1",
        index: "list_key_due",
        buffers: 500,
        merges: false,
    },
    Listing {
        name: "overdue, narrowed",
        sql: include_str!("../sql/worklist_due.sql"),
        with: "'{tenant}', '{team}', 'v:overdue', '{a:adult}', '2027-01-01', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', next_due, id) FROM referral WHERE next_due < '2027-01-01'
                     ORDER BY next_due, id OFFSET 49950 LIMIT 1",
        index: "list_key_due",
        buffers: 900,
        merges: false,
    },
    Listing {
        name: "my tasks",
        sql: include_str!("../sql/my_tasks.sql"),
        with: "'{tenant}', '{{team}}', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', due_at, id) FROM task WHERE ended_at IS NULL
                     ORDER BY due_at, id OFFSET 49950 LIMIT 1",
        index: "task_open_of_team",
        buffers: 400,
        merges: true,
    },
    Listing {
        name: "people of a key worker",
        sql: include_str!("../sql/people_of.sql"),
        with: "'{tenant}', '{team}', '{{team}}', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', accepted_at, id) FROM episode WHERE ended_at IS NULL
                     ORDER BY accepted_at, id OFFSET 49950 LIMIT 1",
        index: "episode_of_worker",
        buffers: 300,
        merges: false,
    },
    Listing {
        name: "tasks of one named person",
        sql: include_str!("../sql/tasks_of.sql"),
        with: "'{tenant}', '{team}', '{{team}}', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth:
            "SELECT format('%L, %L', due_at, id) FROM task WHERE ended_at IS NULL AND owner_id IS NOT NULL
                     ORDER BY due_at, id OFFSET 49950 LIMIT 1",
        index: "task_open_of_owner",
        buffers: 400,
        merges: false,
    },
    Listing {
        name: "calls nobody has taken",
        sql: include_str!("../sql/open_pages.sql"),
        with: "'{tenant}', '{{team}}', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', opened_at, id) FROM page WHERE acknowledged_at IS NULL
                     ORDER BY opened_at, id OFFSET 49950 LIMIT 1",
        index: "page_unanswered",
        buffers: 120,
        merges: false,
    },
    Listing {
        name: "waiting for a key worker",
        sql: include_str!("../sql/waiting.sql"),
        with: "'{tenant}', '{team}', {at}",
        first: "'1970-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth:
            "SELECT format('%L, %L', due_at, id) FROM task WHERE ended_at IS NULL AND kind = 'allocate'
                     ORDER BY due_at, id OFFSET 49950 LIMIT 1",
        index: "task_waiting",
        buffers: 600,
        merges: false,
    },
    Listing {
        name: "requests we sent",
        sql: include_str!("../sql/sent_requests.sql"),
        with: "'{tenant}', '{team}', {at}",
        first: "'9999-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        thousandth: "SELECT format('%L, %L', received_at, referral_id) FROM sent_request
                     ORDER BY received_at DESC, referral_id DESC OFFSET 49950 LIMIT 1",
        index: "sent_request_of_org",
        buffers: 80,
        merges: false,
    },
    // One page and no more: the oldest come first, and what is not handed over goes after 30 days.
    Listing {
        name: "unfinished entries",
        sql: include_str!("../sql/unfinished_entries.sql"),
        with: "'{tenant}', '{{team}}'",
        first: "",
        thousandth: "SELECT ''",
        index: "entry_unfinished",
        buffers: 80,
        merges: true,
    },
    // Every service has both words; the walk goes along one and looks the other up.
    Listing {
        name: "services",
        sql: include_str!("../sql/services.sql"),
        with: "'{tenant}', 'w:support', '{w:group}', {at}",
        first: "'', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', sort, id) FROM service ORDER BY sort, id OFFSET 49950 LIMIT 1",
        index: "service_key_pkey",
        buffers: 900,
        merges: true,
    },
    Listing {
        name: "services due",
        sql: include_str!("../sql/services_due.sql"),
        with: "'{tenant}', '2030-01-01', {at}",
        first: "'0001-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', review_due, id) FROM service ORDER BY review_due, id OFFSET 49950 LIMIT 1",
        index: "service_due",
        buffers: 80,
        merges: false,
    },
    Listing {
        name: "services due here",
        sql: include_str!("../sql/services_due_here.sql"),
        with: "'{tenant}', '2030-01-01', {at}",
        first: "'0001-01-01', '00000000-0000-0000-0000-000000000000'",
        thousandth: "SELECT format('%L, %L', review_due, id) FROM service WHERE origin <> 'feed'
                     ORDER BY review_due, id OFFSET 49950 LIMIT 1",
        index: "service_due_here",
        buffers: 80,
        merges: false,
    },
];

#[tokio::test]
async fn every_page_of_every_list_reads_a_page_and_no_more() {
    let database = database().await;
    let mut owner = PgConnection::connect_with(&database.options).await.unwrap();
    fill(&mut owner).await;
    fill_services(&mut owner).await;
    let mut report = Vec::new();
    for list in &LISTS {
        assert!(
            list.sql.contains(&format!("LIMIT {}", PAGE + 1)),
            "{} shows a page and knows of one more",
            list.name
        );
        let far: String = sqlx::raw_sql(list.thousandth).fetch_one(&mut owner).await.unwrap().get(0);
        for (place, at) in [("first", list.first), ("thousandth", far.as_str())] {
            for mode in ["force_custom_plan", "force_generic_plan"] {
                let with = list.with.replace("{tenant}", TENANT).replace("{team}", TEAM).replace("{at}", at);
                let plan = explain(&database, list.sql, &with, mode).await;
                let read = check(list, &plan, &format!("{} ({place} page, {mode})", list.name));
                report.push(format!(
                    "{}: {place} page, {mode}: {read} buffers, {} ms",
                    list.name, plan[0]["Execution Time"]
                ));
            }
        }
    }
    counts_read_the_index_and_stop_at_a_hundred(&database).await;
    println!("{}", report.join("\n"));
}

/// The numbers beside the views, and "Show 3 new": from indexes alone, whatever stands in the lists.
async fn counts_read_the_index_and_stop_at_a_hundred(database: &TestDb) {
    let all = "{v:all,v:duty,v:screening,v:triage,v:decisions,v:handovers,v:follow-ups}";
    let counts = format!("'{TENANT}', '{TEAM}', '{all}', '2027-01-01'");
    let new = format!("'{TENANT}', '{TEAM}', 'v:all', '{{}}', '2026-03-01'");
    let few = format!("'{TENANT}', '{TEAM}', 'v:all', '{{a:adult}}', '2026-12-10'");
    let late = format!("'{TENANT}', '{TEAM}', 'v:overdue', '{{}}', '2026-03-01', '2026-06-01'");
    let asked = [
        ("counts", include_str!("../sql/worklist_counts.sql"), counts, 8.0, 60),
        ("new", include_str!("../sql/worklist_new.sql"), new, 1.0, 30),
        ("new, narrowed", include_str!("../sql/worklist_new.sql"), few, 1.0, 700),
        ("newly late", include_str!("../sql/worklist_late.sql"), late, 1.0, 30),
    ];
    for (what, sql, with, rows, buffers) in asked {
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let plan = explain(database, sql, &with, mode).await;
            let top = &plan[0]["Plan"];
            for node in nodes(top) {
                let kind = node["Node Type"].as_str().unwrap();
                let bad = ["Seq Scan", "Bitmap", "Sort", "Hash"].iter().any(|bad| kind.contains(bad));
                assert!(!bad && kind != "Index Scan", "{what}, {mode}: {kind}: {plan:#}");
                assert!(
                    kind != "Index Only Scan" || node["Heap Fetches"].as_f64() == Some(0.0),
                    "{what}: {plan:#}"
                );
            }
            assert_eq!(top["Actual Rows"].as_f64(), Some(rows), "{what}, {mode}");
            let read =
                top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
            assert!(read <= buffers, "{what}, {mode} reads {read} buffers: {plan:#}");
            println!("{what}, {mode}: {read} buffers, {} ms", plan[0]["Execution Time"]);
        }
    }
}

async fn explain(database: &TestDb, sql: &str, with: &str, mode: &str) -> Value {
    let mut app = PgConnection::connect_with(&database.options).await.unwrap();
    let before = format!(
        "SET ROLE onedoor_app; SET plan_cache_mode = {mode}; BEGIN; SET LOCAL app.tenant = '{TENANT}';
         PREPARE list AS {sql}"
    );
    sqlx::raw_sql(AssertSqlSafe(before)).execute(&mut app).await.unwrap();
    let question = format!("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, FORMAT JSON) EXECUTE list({with})");
    sqlx::raw_sql(AssertSqlSafe(question)).fetch_one(&mut app).await.unwrap().get(0)
}

/// Refuses a plan that reads or sorts more than a page; answers how many buffers it read.
fn check(list: &Listing, plan: &Value, which: &str) -> u64 {
    let top = &plan[0]["Plan"];
    let nodes = nodes(top);
    let kinds: Vec<&str> = nodes.iter().map(|node| node["Node Type"].as_str().unwrap()).collect();
    assert!(
        !kinds.iter().any(|kind| kind.contains("Seq Scan") || kind.contains("Bitmap")),
        "{which}: {plan:#}"
    );
    for sort in nodes.iter().filter(|node| node["Node Type"].as_str().unwrap().contains("Sort")) {
        let rows = sort["Actual Rows"].as_f64().unwrap();
        assert!(list.merges && rows <= 51.0, "{which} sorts {rows} rows: {plan:#}");
    }
    let indexes: Vec<&str> = nodes.iter().filter_map(|node| node["Index Name"].as_str()).collect();
    assert!(indexes.contains(&list.index), "{which} uses {indexes:?}");
    assert_eq!(top["Actual Rows"].as_f64(), Some(51.0), "{which}: a whole page");
    let read = top["Shared Hit Blocks"].as_u64().unwrap() + top["Shared Read Blocks"].as_u64().unwrap();
    assert!(read <= list.buffers, "{which} reads {read} buffers: {plan:#}");
    read
}

fn nodes(plan: &Value) -> Vec<&Value> {
    let below = plan["Plans"].as_array().into_iter().flatten().flat_map(nodes);
    std::iter::once(plan).chain(below).collect()
}
