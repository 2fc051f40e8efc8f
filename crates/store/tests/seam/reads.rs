//! Architecture §3, "Read": decided for the actor, denials audited in a transaction of their own, reads recorded.

use onedoor_domain::access::Action;
use onedoor_domain::actor::Role;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::worklist::Filter;
use onedoor_store::{Db, StoreError};

use super::house::{House, house, id, make};

async fn audited(house: &House, id: ReferralId, outcome: &str) -> i64 {
    house
        .number(&format!("SELECT count(*) FROM audit WHERE subject_id = '{id}' AND outcome = '{outcome}'"))
        .await
}

#[tokio::test]
async fn a_read_leaves_its_row_when_the_transaction_ends() {
    let house = house().await;
    let id = house.receive().await;
    let ctx = house.senior();
    let mut tx = house.db.begin(&ctx).await.unwrap();
    tx.referral_view(id).await.unwrap();
    tx.close().await.unwrap();
    let user = ctx.actor.staff().unwrap().user;
    let question = format!(
        "SELECT count(*) FROM audit WHERE subject_id = '{id}' AND outcome = 'read' AND action = 'ReferralRead'
         AND staff_id = '{user}' AND request = '{}' AND noun = 'referral'",
        ctx.request
    );
    assert_eq!(house.number(&question).await, 1);
}

#[tokio::test]
async fn a_list_leaves_one_row_with_everybody_it_showed() {
    let house = house().await;
    let ids = [house.receive().await, house.receive().await];
    let mut tx = house.db.begin(&house.senior()).await.unwrap();
    assert_eq!(tx.worklist(house.spoa, &Filter::default(), None).await.unwrap().rows.len(), 2);
    tx.close().await.unwrap();
    let question = format!(
        "SELECT count(*) FROM audit WHERE noun = 'list' AND action = 'Worklist' AND cardinality(shown) = 2
         AND shown @> ARRAY['{}', '{}']::uuid[]",
        ids[0], ids[1]
    );
    assert_eq!(house.number(&question).await, 1);
}

#[tokio::test]
async fn a_denial_is_stored_although_its_transaction_is_lost() {
    let house = house().await;
    let id = house.receive().await;
    // Another team: the record does not exist for them.
    let stranger = house.staff(Role::KeyWorker, house.north);
    let mut tx = house.db.begin(&stranger).await.unwrap();
    assert!(matches!(tx.referral_view(id).await, Err(StoreError::Hidden)));
    drop(tx);
    assert_eq!(audited(&house, id, "hidden").await, 1);
    // The right team, the wrong role: known, not permitted.
    let clerk = house.staff(Role::SpoaAdmin, house.spoa);
    let mut tx = house.db.begin(&clerk).await.unwrap();
    let refused = tx.referral(id, Action::ReferralTriage).await;
    assert!(matches!(refused, Err(StoreError::Refused(Action::ReferralTriage))));
    drop(tx);
    assert_eq!(audited(&house, id, "refused").await, 1);
    assert_eq!(audited(&house, id, "read").await, 0);
}

#[tokio::test]
async fn a_guessed_id_looks_like_a_hidden_one() {
    let house = house().await;
    let guessed = ReferralId(id());
    let mut tx = house.db.begin(&house.senior()).await.unwrap();
    assert!(matches!(tx.referral_view(guessed).await, Err(StoreError::Hidden)));
    assert_eq!(audited(&house, guessed, "hidden").await, 1);
}

#[tokio::test]
async fn another_countys_record_does_not_exist() {
    let first = house().await;
    let id = first.receive().await;
    let db = Db::connect(first.database.options.clone()).await.unwrap();
    let second = make(onedoor_store::testing::database().await, db).await;
    assert_ne!(first.tenant, second.tenant);
    // Even a command of the other county, which may do anything there, in the same database.
    let mut tx = second.db.begin(&second.command()).await.unwrap();
    assert!(matches!(tx.referral(id, Action::ReferralRead).await, Err(StoreError::Hidden)));
}
