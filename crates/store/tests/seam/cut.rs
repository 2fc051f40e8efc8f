//! Architecture §4, "Every write is safe to retry": a cut before COMMIT is *down*, a cut during COMMIT is *unknown*, and
//! the pool goes on with other connections.

use std::time::Duration;

use onedoor_domain::access::Action;
use onedoor_domain::ids::DraftId;
use onedoor_domain::refused::Refused;
use onedoor_store::StoreError;

use super::house::{House, VISITOR, house, id};

/// Ends the server's side of every connection of this database that is in this state.
async fn cut(house: &House, state: &str) -> i64 {
    house
        .number(&format!(
            "SELECT count(pg_terminate_backend(pid, 2000)) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND {state}"
        ))
        .await
}

#[tokio::test]
async fn a_connection_cut_before_the_commit_stores_nothing_and_the_next_works() {
    let house = house().await;
    let id = house.receive().await;
    let ctx = house.senior();
    let mut tx = house.db.begin(&ctx).await.unwrap();
    let changes = tx.referral(id, Action::ReferralScreen).await.unwrap().open(&ctx).unwrap();
    assert_eq!(cut(&house, "state = 'idle in transaction'").await, 1);
    let done = tx.commit(changes).await;
    assert!(matches!(done, Err(StoreError::Down(_))), "{done:?}");
    assert_eq!(house.number(&format!("SELECT version FROM referral WHERE id = '{id}'")).await, 1);
    house.change(&ctx, id, Action::ReferralScreen, onedoor_domain::referral::Referral::open).await.unwrap();
}

#[tokio::test]
async fn every_idle_connection_may_be_cut_between_requests() {
    let house = house().await;
    let first = house.receive().await;
    assert!(cut(&house, "state = 'idle'").await >= 1);
    // A request that met a dead connection is told so at worst once for each; none hangs, none stores half.
    let ctx = house.senior();
    let mut tries = 0;
    while house
        .change(&ctx, first, Action::ReferralScreen, onedoor_domain::referral::Referral::open)
        .await
        .is_err()
    {
        tries += 1;
        assert!(tries < 5);
    }
    println!("measured: requests that failed after every idle connection was cut: {tries}");
    assert_eq!(house.number(&format!("SELECT version FROM referral WHERE id = '{first}'")).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_during_the_commit_is_unknown_and_repeating_is_safe() {
    let house = house().await;
    let mut superuser = house.superuser().await;
    // COMMIT itself takes a while: long enough to be cut in the middle.
    let slow = "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_sleep(5); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON referral DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION slow()";
    sqlx::raw_sql(slow).execute(&mut superuser).await.unwrap();
    let (draft, ctx) = (DraftId(id()), house.visitor());
    let mut tx = house.db.begin(&ctx).await.unwrap();
    let found = tx.draft_or_new(draft, VISITOR).await.unwrap();
    let arrival = house.arrival(&ctx, found).unwrap();
    let (done, ()) = tokio::join!(tx.commit(arrival.changes), async {
        while cut(&house, "wait_event = 'PgSleep'").await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(matches!(done, Err(StoreError::Unknown(_))), "{done:?}");
    sqlx::raw_sql("DROP TRIGGER slow ON referral").execute(&mut superuser).await.unwrap();
    // The same request again, and once more after it was stored: there is one referral.
    for first in [true, false] {
        let mut tx = house.db.begin(&ctx).await.unwrap();
        let found = tx.draft_or_new(draft, VISITOR).await.unwrap();
        match house.arrival(&ctx, found) {
            Ok(arrival) if first => drop(tx.commit(arrival.changes).await.unwrap()),
            Err(Refused::AlreadySent) if !first => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(house.number("SELECT count(*) FROM referral").await, 1);
}
