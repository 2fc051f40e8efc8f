//! The seal of the audit: whatever the owner of the database does to sealed rows is found, and named with its position
//! (hazard H33).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::ids::TenantId;
use onedoor_store::seal::{
    Certificate, Finding, Known, Report, SHORT, SealError, Sealer, WINDOW, Wrong, dispose,
};
use onedoor_store::{Db, testing};
use uuid::Uuid;

const TENANT: TenantId = TenantId(Uuid::from_u128(7));

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn minutes(n: i64) -> Timestamp {
    now() + SignedDuration::from_mins(n)
}

fn ids() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1000);
    made(minutes(30), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn command() -> Ctx {
    let actor = Actor::System(SystemScope::Command);
    Ctx { tenant: TENANT, actor, now: minutes(30), request: Uuid::from_u128(1), ids }
}

/// An id made at this moment, the nth of it.
fn made(at: Timestamp, n: u64) -> Uuid {
    Uuid::from_u64_pair(at.as_millisecond().cast_unsigned() << 16 | 0x7000, 0x8000_0000_0000_0000 | n)
}

struct House {
    database: testing::TestDb,
    db: Db,
}

impl House {
    async fn new() -> Self {
        let database = testing::database().await;
        let db = Db::connect(database.options.clone()).await.unwrap();
        Self { database, db }
    }

    /// As the owner of the database.
    async fn sql(&self, text: &str) {
        self.database.rows(text).await;
    }

    async fn row(&self, id: Uuid, at: Timestamp) {
        let id = format!(
            "('{}', '{id}', '{at}', '{id}', 'staff', 'ReferralRead', 'referral', 'read', '{{}}')",
            TENANT.0
        );
        self.sql(&format!("{INSERT} {id}")).await;
    }

    /// So many rows, each a second after the other.
    async fn rows(&self, from: Timestamp, count: u64) {
        let mut text = format!("{INSERT} ");
        for n in 0..count {
            let at = from + SignedDuration::from_secs(n.cast_signed());
            let id = made(at, n);
            let comma = if n == 0 { "" } else { ", " };
            write!(
                text,
                "{comma}('{}', '{id}', '{at}', '{id}', 'staff', 'ReferralRead', 'referral', 'read', '{{}}')",
                TENANT.0
            )
            .unwrap();
        }
        self.sql(&text).await;
    }

    /// Seals everything there is, and gives what would be signed.
    async fn seal(&self, now: Timestamp, signed: u64) -> Known {
        loop {
            let sealed = Sealer::of(&self.db).seal(TENANT, (now, WINDOW), signed).await.unwrap().unwrap();
            if sealed.added == 0 {
                return Known { size: sealed.size, root: sealed.root };
            }
        }
    }

    async fn verify(&self, known: &[Known]) -> Report {
        Sealer::of(&self.db).verify(TENANT, known, minutes(60)).await.unwrap()
    }

    /// What is found: where, and what.
    async fn finds(&self, known: &[Known]) -> Vec<(Option<u64>, Wrong)> {
        let report = self.verify(known).await;
        assert!(!report.is_whole() && report.last_proved.is_none(), "{report:?}");
        report.findings.iter().map(|Finding { n, wrong, .. }| (*n, *wrong)).collect()
    }
}

const INSERT: &str =
    "INSERT INTO audit (tenant_id, id, at, request, actor, action, noun, outcome, shown) VALUES";

/// Three hundred rows under two checkpoints.
async fn sealed() -> (House, [Known; 2]) {
    let house = House::new().await;
    house.rows(now(), 200).await;
    let first = house.seal(minutes(4), 0).await;
    house.rows(minutes(4), 100).await;
    let second = house.seal(minutes(6), first.size).await;
    assert_eq!((first.size, second.size), (200, 300));
    (house, [first, second])
}

#[tokio::test]
async fn rows_that_nobody_touched_are_proved_up_to_the_last_one_and_the_tail_is_counted() {
    let (house, known) = sealed().await;
    house.rows(minutes(7), 5).await;
    let report = house.verify(&known).await;
    assert!(report.is_whole(), "{report:?}");
    let (n, audit, at) = report.last_proved.unwrap();
    let last = minutes(4) + SignedDuration::from_secs(99);
    assert_eq!((n, audit, at), (299, made(last, 99), Some(last)));
    assert_eq!((report.size, report.unsigned, report.unsealed, report.misdated), (300, 0, 5, None));
    house.seal(minutes(8), 300).await;
    let report = house.verify(&known).await;
    assert_eq!((report.size, report.unsigned, report.unsealed), (305, 5, 0));
}

#[tokio::test]
async fn a_changed_row_is_named_with_its_position_whatever_was_changed_in_it() {
    for change in [
        "actor = 'system'",
        "at = at - interval '1 second'",
        "staff_id = id",
        "action = 'Worklist'",
        "noun = 'draft'",
        "subject_id = id",
        "outcome = 'wrote'",
        "shown = ARRAY[id]",
        "asked = 'phone'",
        "guest = 'Somebody'",
        "request = gen_random_uuid()",
    ] {
        let (house, known) = sealed().await;
        let target = made(now() + SignedDuration::from_secs(41), 41);
        house.sql(&format!("UPDATE audit SET {change} WHERE id = '{target}'")).await;
        assert_eq!(house.finds(&known).await, [(Some(41), Wrong::Altered)], "{change}");
    }
}

#[tokio::test]
async fn a_row_that_is_gone_is_named_with_its_position() {
    let (house, known) = sealed().await;
    let target = made(now() + SignedDuration::from_secs(150), 150);
    house.sql(&format!("DELETE FROM audit WHERE id = '{target}'")).await;
    assert_eq!(house.finds(&known).await, [(Some(150), Wrong::Deleted)]);
    // With its leaf, so that nothing seems to be missing.
    house.sql("DELETE FROM audit_leaf WHERE n = 150").await;
    assert_eq!(house.finds(&known).await, [(Some(150), Wrong::LeafDeleted)]);
    // And with the later ones moved up into the gap.
    house.sql("UPDATE audit_leaf SET n = n - 1001 WHERE n > 150").await;
    house.sql("UPDATE audit_leaf SET n = n + 1000 WHERE n < 0").await;
    let found = house.finds(&known).await;
    assert!(
        found.iter().any(|(n, _)| *n == Some(150)) && found.contains(&(Some(299), Wrong::Truncated(300))),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_row_that_was_put_in_later_is_named() {
    let (house, known) = sealed().await;
    let forged = made(minutes(-30), 1);
    house.row(forged, minutes(-30)).await;
    let report = house.verify(&known).await;
    assert_eq!(report.findings, [Finding { n: None, audit: Some(forged), wrong: Wrong::Inserted }]);
    assert_eq!(house.seal(minutes(10), 300).await.size, 300, "and is never sealed");
    // With a new id and an old date it is sealed, and stands where it does not belong.
    let (house, known) = sealed().await;
    house.row(made(minutes(8), 1), minutes(-60 * 24)).await;
    house.seal(minutes(9), 300).await;
    let report = house.verify(&known).await;
    assert_eq!((report.is_whole(), report.misdated), (true, Some((1, 300))));
}

#[tokio::test]
async fn rows_that_changed_places_are_named_with_both_positions() {
    let (house, known) = sealed().await;
    house.sql("UPDATE audit_leaf SET n = CASE n WHEN 10 THEN -20 ELSE -10 END WHERE n IN (10, 20)").await;
    house.sql("UPDATE audit_leaf SET n = -n WHERE n < 0").await;
    assert_eq!(house.finds(&known).await, [(Some(10), Wrong::Moved(20)), (Some(20), Wrong::Moved(10))]);
}

#[tokio::test]
async fn what_was_cut_off_at_the_end_is_named_and_nothing_is_sealed_on_top() {
    let (house, known) = sealed().await;
    house.sql("DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_leaf WHERE n >= 250)").await;
    house.sql("DELETE FROM audit_leaf WHERE n >= 250").await;
    assert_eq!(house.finds(&known).await, [(Some(250), Wrong::Truncated(300))]);
    let refused = Sealer::of(&house.db).seal(TENANT, (minutes(8), WINDOW), 300).await;
    assert!(matches!(refused, Err(SealError::Broken)), "{refused:?}");
}

#[tokio::test]
async fn an_audit_that_was_changed_and_sealed_anew_does_not_fit_what_was_signed() {
    let (house, known) = sealed().await;
    let target = made(minutes(4) + SignedDuration::from_secs(7), 7);
    house.sql(&format!("UPDATE audit SET actor = 'system' WHERE id = '{target}'")).await;
    house.sql("DELETE FROM audit_leaf").await;
    house.sql("DELETE FROM audit_tile").await;
    let again = house.seal(minutes(8), 0).await;
    assert_eq!(again.size, 300);
    // The salts are others, so the first checkpoint fits no more either.
    assert_eq!(house.finds(&known).await[0], (Some(0), Wrong::Resealed(200)));
    assert!(house.verify(&[again]).await.is_whole(), "only what lies outside the database tells");
}

#[tokio::test]
async fn a_slow_transaction_is_sealed_and_so_is_what_came_while_the_sealer_was_down_or_a_clock_was_wrong() {
    let (house, _) = sealed().await;
    house.row(made(minutes(-3), 1), minutes(-3)).await;
    let short = Sealer::of(&house.db).seal(TENANT, (minutes(6), SHORT), 300).await.unwrap().unwrap();
    assert_eq!(short.added, 0, "the cheap look does not go so far back");
    assert_eq!(house.seal(minutes(6), 300).await.size, 301, "the long one does");
    house.rows(minutes(120), 3).await;
    assert_eq!(house.seal(minutes(121), 301).await.size, 304, "after two hours without a sealer");
    house.rows(minutes(60), 2).await;
    assert_eq!(house.seal(minutes(61), 304).await.size, 306, "a clock was set back an hour");
    house.rows(minutes(122), 2).await;
    let last = house.seal(minutes(123), 306).await;
    let report = Sealer::of(&house.db).verify(TENANT, &[last], minutes(124)).await.unwrap();
    assert_eq!((report.is_whole(), report.size, report.unsealed), (true, 308, 0), "{report:?}");
}

#[tokio::test]
async fn two_sealers_at_once_give_each_row_one_place() {
    let house = House::new().await;
    house.rows(now(), 500).await;
    let sealer = Sealer::of(&house.db);
    let one = || sealer.seal(TENANT, (minutes(9), WINDOW), 0);
    let (a, b, c) = tokio::join!(one(), one(), one());
    let added: usize = [a, b, c].into_iter().map(|it| it.unwrap().map_or(0, |sealed| sealed.added)).sum();
    assert_eq!(added, 500);
    let known = house.seal(minutes(9), 0).await;
    assert!(known.size == 500 && house.verify(&[known]).await.is_whole());
}

#[tokio::test]
async fn what_was_kept_long_enough_goes_with_a_certificate_and_the_rest_is_proved_as_before() {
    let (house, known) = sealed().await;
    let certificate =
        Certificate { by: "A. Keeper".to_owned(), reason: "kept long enough".to_owned(), before: minutes(2) };
    let gone = dispose(&house.database.options, &command(), &certificate, 300).await.unwrap().unwrap();
    assert_eq!((gone.rows, gone.positions), (120, (0, 119)));
    let again = dispose(&house.database.options, &command(), &certificate, 300).await.unwrap();
    assert_eq!(again, None);
    let report = house.verify(&known).await;
    assert_eq!((report.is_whole(), report.disposed, report.size), (true, 120, 300), "{report:?}");
    let salts = house.database.rows("SELECT count(*)::text FROM audit_leaf WHERE salt IS NULL").await;
    assert_eq!(salts, ["120"], "what stays says nothing about what went");
    let told = house.database.rows("SELECT body->'certificate'->>'by' FROM audit_disposal").await;
    assert_eq!(told, ["A. Keeper"]);
    assert_eq!(
        house.database.rows("SELECT action FROM audit WHERE noun = 'disposal'").await,
        ["AuditDispose"]
    );
    // A certificate that is taken away, or a row that goes without one, is found.
    house.sql("DELETE FROM audit_disposal").await;
    assert_eq!(house.finds(&known).await.len(), 120);
    // Nothing goes that no checkpoint covers.
    let (house, _) = sealed().await;
    let all = Certificate { before: minutes(60), ..certificate };
    let gone = dispose(&house.database.options, &command(), &all, 200).await.unwrap().unwrap();
    assert_eq!(gone.positions, (0, 199));
}

#[tokio::test]
async fn the_program_itself_can_neither_change_nor_remove_what_is_sealed() {
    let (house, _) = sealed().await;
    for statement in [
        "UPDATE audit SET actor = 'system'",
        "DELETE FROM audit",
        "UPDATE audit_leaf SET n = n + 1",
        "DELETE FROM audit_leaf",
        "DELETE FROM audit_tile",
        "DELETE FROM audit_person",
        "INSERT INTO audit_disposal VALUES (gen_random_uuid(), gen_random_uuid(), now(), '{}')",
    ] {
        let text = format!(
            "DO $$ BEGIN SET LOCAL ROLE onedoor_app; {statement}; RAISE 'it could'; \
             EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
        );
        house.sql(&text).await;
    }
}
