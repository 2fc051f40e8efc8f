//! Architecture §3, "Event and write" and "Two people at once": the one write decides again, is whole or nothing, and
//! lets one of many win.

use std::sync::Arc;

use onedoor_domain::access::Action;
use onedoor_domain::actor::Role;
use onedoor_domain::ids::{DraftId, ReferralId};
use onedoor_domain::refused::Refused;
use onedoor_store::StoreError;

use super::house::{House, VISITOR, house, id};

async fn rows(house: &House, id: ReferralId) -> (i64, i64, i64) {
    let count = |table: &str| format!("SELECT count(*) FROM {table} WHERE subject_id = '{id}'");
    let version = format!("SELECT version FROM referral WHERE id = '{id}'");
    let wrote = format!("{} AND outcome = 'wrote'", count("audit"));
    (house.number(&version).await, house.number(&count("event")).await, house.number(&wrote).await)
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_only_that_somebody_looked_and_holds_nothing() {
    let house = house().await;
    let id = house.receive().await;
    let before = rows(&house, id).await;
    let ctx = house.senior();
    let mut tx = house.db.begin(&ctx).await.unwrap();
    let referral = tx.referral(id, Action::ReferralScreen).await.unwrap();
    drop(referral.open(&ctx).unwrap());
    drop(tx);
    assert_eq!(rows(&house, id).await, before);
    let question = format!("SELECT count(*) FROM audit WHERE subject_id = '{id}' AND outcome = 'read'");
    let looked = async {
        while house.number(&question).await != 1 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), looked).await.expect("the read is audited");
    // The row is free again: the next one need not wait for a timeout.
    let next = house.change(&ctx, id, Action::ReferralScreen, onedoor_domain::referral::Referral::open);
    tokio::time::timeout(std::time::Duration::from_secs(2), next).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_write_leaves_row_event_audit_and_job_together() {
    let house = house().await;
    let id = house.receive().await;
    assert_eq!(rows(&house, id).await, (1, 2, 2), "received, and the draft of the same id was sent");
    let jobs = format!("SELECT count(*) FROM job WHERE subject_id = '{id}' AND kind IN ('notice', 'task')");
    assert_eq!(house.number(&jobs).await, 2);
    house
        .change(&house.senior(), id, Action::ReferralScreen, onedoor_domain::referral::Referral::open)
        .await
        .unwrap();
    assert_eq!(rows(&house, id).await, (2, 3, 3));
}

// seed: 76
#[tokio::test]
async fn commit_decides_again_from_the_events() {
    let house = house().await;
    let id = house.opened().await;
    let before = rows(&house, id).await;
    // An administrator may open it, and so holds a referral whose transitions ask for nobody's role.
    let clerk = house.staff(Role::SpoaAdmin, house.spoa);
    let form = House::triage();
    let done = house
        .change(&clerk, id, Action::ReferralScreen, |referral, ctx| referral.triage(ctx, form, &house.county))
        .await;
    assert!(matches!(done, Err(StoreError::Refused(Action::ReferralTriage))), "{done:?}");
    assert_eq!(rows(&house, id).await, before);
    let refused = format!("SELECT count(*) FROM audit WHERE subject_id = '{id}' AND outcome = 'refused'");
    assert_eq!(house.number(&refused).await, 1);
}

#[tokio::test]
async fn a_change_of_a_record_that_was_not_loaded_is_refused() {
    let house = house().await;
    let id = house.receive().await;
    let senior = house.senior();
    let mut tx = house.db.begin(&senior).await.unwrap();
    let changes = tx.referral(id, Action::ReferralScreen).await.unwrap().open(&senior).unwrap();
    tx.close().await.unwrap();
    // The same role in a team without a relationship, with a change that somebody else made.
    let stranger = house.staff(Role::SpoaSenior, house.north);
    let tx = house.db.begin(&stranger).await.unwrap();
    assert!(matches!(tx.commit(changes).await, Err(StoreError::Hidden)));
    assert_eq!(rows(&house, id).await.0, 1);
}

#[tokio::test]
async fn an_older_version_changes_nothing() {
    let house = house().await;
    let id = house.receive().await;
    let senior = house.senior();
    let mut tx = house.db.begin(&senior).await.unwrap();
    let late = tx.referral(id, Action::ReferralScreen).await.unwrap().open(&senior).unwrap();
    tx.close().await.unwrap();
    house
        .change(&senior, id, Action::ReferralScreen, onedoor_domain::referral::Referral::open)
        .await
        .unwrap();
    let before = rows(&house, id).await;
    let mut tx = house.db.begin(&senior).await.unwrap();
    tx.referral(id, Action::ReferralScreen).await.unwrap();
    assert!(matches!(tx.commit(late).await, Err(StoreError::Stale)));
    assert_eq!(rows(&house, id).await, before);
    let mut tx = house.db.begin(&senior).await.unwrap();
    let since = tx.changes_since(id, 1).await.unwrap();
    assert_eq!(since.len(), 1, "who changed it meanwhile");
    assert_eq!(since[0].by, senior.actor.author());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixteen_at_once_exactly_one_wins_each_version() {
    let house = Arc::new(house().await);
    let id = house.receive().await;
    for version in 1..=3 {
        let race = (0..16).map(|_| {
            let house = house.clone();
            tokio::spawn(async move {
                let ctx = house.senior();
                let mut tx = house.db.begin(&ctx).await.unwrap();
                let referral = tx.referral(id, Action::ReferralScreen).await.unwrap();
                match referral.shown(version).and_then(|referral| referral.open(&ctx)) {
                    Ok(changes) => tx.commit(changes).await.is_ok(),
                    Err(refused) => {
                        assert_eq!(refused, Refused::Stale);
                        false
                    }
                }
            })
        });
        let mut won = 0;
        for one in race.collect::<Vec<_>>() {
            won += i32::from(one.await.unwrap());
        }
        assert_eq!(won, 1, "version {version}");
        assert_eq!(rows(&house, id).await.0, version + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_is_sending_once() {
    let house = Arc::new(house().await);
    let draft = DraftId(id());
    let race = (0..8).map(|_| {
        let house = house.clone();
        tokio::spawn(async move {
            let ctx = house.visitor();
            let mut tx = house.db.begin(&ctx).await.unwrap();
            let found = tx.draft_or_new(draft, VISITOR).await.unwrap();
            match house.arrival(&ctx, found) {
                Ok(arrival) => match tx.commit(arrival.changes).await {
                    Ok(_) => true,
                    Err(StoreError::Stale) => false,
                    Err(other) => panic!("{other:?}"),
                },
                Err(refused) => {
                    assert_eq!(refused, Refused::AlreadySent);
                    false
                }
            }
        })
    });
    let mut stored = 0;
    for one in race.collect::<Vec<_>>() {
        stored += i32::from(one.await.unwrap());
    }
    assert_eq!(stored, 1);
    for table in ["referral", "person", "draft"] {
        assert_eq!(house.number(&format!("SELECT count(*) FROM {table}")).await, 1, "{table}");
    }
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'received'").await, 1);
}
