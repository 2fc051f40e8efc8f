//! The keys of lists: made with the row, made anew after an update, and gone with what they stood for.

use onedoor_domain::worklist::{Filter, View};
use onedoor_store::{Db, migrate};

use super::house::{House, house};
use super::people::run;

async fn listed(house: &House, view: View) -> usize {
    let mut tx = house.db.begin(&house.senior()).await.unwrap();
    let rows = tx.worklist(house.spoa, &Filter::of(view), None).await.unwrap().rows.len();
    let counts = tx.worklist_counts(house.spoa).await.unwrap();
    tx.close().await.unwrap();
    assert_eq!(usize::try_from(counts[&view]).unwrap(), rows, "a number is what its list shows");
    rows
}

#[tokio::test]
async fn an_update_makes_the_lists_of_those_who_have_none_or_older_keys() {
    let house = house().await;
    for _ in 0..3 {
        house.receive().await;
    }
    let (keys, tenant) = (house.database.count("list_key").await, house.tenant);
    assert!(keys >= 9 && listed(&house, View::Screening).await == 3);
    run(&house, "DELETE FROM list_key; UPDATE referral SET listed = 0").await;
    let older = format!(
        "INSERT INTO list_key SELECT '{tenant}', id, 'v:older', team_id, rank, received_at, next_due, received_at
         FROM referral LIMIT 1"
    );
    run(&house, &older).await;
    assert_eq!(listed(&house, View::All).await, 0);
    for _ in 0..2 {
        migrate::run(house.database.options.clone()).await.unwrap();
        assert_eq!(house.database.count("list_key").await, keys);
    }
    assert_eq!((listed(&house, View::All).await, listed(&house, View::Screening).await), (3, 3));
    assert_eq!(house.number("SELECT count(*) FROM referral WHERE listed = 0").await, 0);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_stands_in_no_list_and_does_not_stop_an_update() {
    let house = house().await;
    house.receive().await;
    let broken = house.receive().await;
    run(
        &house,
        &format!(
            "DELETE FROM list_key; UPDATE referral SET listed = 0;
             UPDATE person SET body = '{{}}' WHERE id = (SELECT person_id FROM referral WHERE id = '{broken}')"
        ),
    )
    .await;
    migrate::run(house.database.options.clone()).await.unwrap();
    assert_eq!(house.number("SELECT count(*) FROM referral WHERE listed = 0").await, 0);
    let db = Db::connect(house.database.options.clone()).await.unwrap();
    assert_eq!(listed(&House { db, ..house }, View::All).await, 1);
}
