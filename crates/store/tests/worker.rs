//! What the worker leaves behind in the database, and what its leases promise.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::door::Answers;
use onedoor_domain::ids::{DraftId, TenantId};
use onedoor_store::job::{Job, Lane, Work};
use onedoor_store::migrate::make_tenant;
use onedoor_store::{Db, testing};
use sqlx::{ConnectOptions as _, Row as _};
use uuid::Uuid;

const VISITOR: [u8; 32] = [3; 32];

fn ids() -> Uuid {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    Uuid::from_u128(u128::from(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)))
}

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn ctx(tenant: TenantId, actor: Actor, now: Timestamp) -> Ctx {
    Ctx { tenant, actor, now, request: ids(), ids }
}

/// A county with one saved draft.
async fn drafted(db: &Db) -> (TenantId, DraftId) {
    let (tenant, id) = (TenantId(ids()), DraftId(ids()));
    let command = ctx(tenant, Actor::System(SystemScope::Command), now());
    make_tenant(db, &command, None).await.unwrap();
    let ctx = ctx(tenant, Actor::Public(Some(VISITOR)), now());
    let mut tx = db.begin(&ctx).await.unwrap();
    let changes = tx.draft_or_new(id, VISITOR).await.unwrap().save(&ctx, Answers::default()).unwrap();
    tx.commit(changes).await.unwrap();
    (tenant, id)
}

async fn take(db: &Db, at: Timestamp) -> Option<Job> {
    db.next_job(Lane::Rest, at).await.unwrap()
}

#[tokio::test]
async fn a_draft_that_ran_out_leaves_its_event_and_nothing_else() {
    let database = testing::database().await;
    let db = Db::connect(database.options.clone()).await.unwrap();
    let (tenant, id) = drafted(&db).await;
    let late = now() + SignedDuration::from_hours(30 * 24);
    assert_eq!(db.next_job(Lane::Duty, late).await.unwrap().map(|job| job.id), None, "not in this lane");
    let job = take(&db, late).await.unwrap();
    assert_eq!(job.work, Work::Draft(id));
    let ctx = ctx(tenant, Actor::System(SystemScope::Worker), late);
    let mut tx = db.begin(&ctx).await.unwrap();
    let changes = tx.draft(id, Action::DraftPurge).await.unwrap().purge(&ctx).unwrap();
    tx.commit(changes).await.unwrap();
    let mut owner = database.options.connect().await.unwrap();
    let question = "SELECT (SELECT count(*) FROM draft), (SELECT count(*) FROM job),
                           (SELECT count(*) FROM event WHERE kind = 'draft_purged')";
    let row = sqlx::raw_sql(question).fetch_one(&mut owner).await.unwrap();
    let counts: [i64; 3] = [row.get(0), row.get(1), row.get(2)];
    assert_eq!(counts, [0, 0, 1]);
}

#[tokio::test]
async fn a_job_whose_taker_died_comes_back_and_the_old_lease_ends_nothing() {
    let database = testing::database().await;
    let db = Db::connect(database.options.clone()).await.unwrap();
    drafted(&db).await;
    let late = now() + SignedDuration::from_hours(30 * 24);
    let first = take(&db, late).await.unwrap();
    assert!(take(&db, late).await.is_none(), "leased");
    let later = late + SignedDuration::from_mins(1);
    let second = take(&db, later).await.unwrap();
    assert_eq!((first.tries, second.tries), (0, 1));
    // The first taker wakes up again: it no longer has a say.
    first.settle(None).await.unwrap();
    assert!(take(&db, later + SignedDuration::from_mins(1)).await.is_some());
}
