//! Architecture §3, "Seam": `next_job(Lane::Rest, )` gives each job to one taker, and gives it again when the taker died.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::SignedDuration;
use onedoor_store::job::{Lane, Work};
use sqlx::AssertSqlSafe;

use super::house::{House, house, tuesday};

async fn queued(house: &House, count: u32) {
    let statement = format!(
        "INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
         SELECT '{}', gen_random_uuid(), 'notice', gen_random_uuid(), '{}'::timestamptz - n * interval '1 second', 0
         FROM generate_series(1, {count}) AS n",
        house.tenant,
        tuesday()
    );
    let mut connection = house.app().await;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_takers_never_take_the_same_job() {
    let house = Arc::new(house().await);
    queued(&house, 60).await;
    let takers = (0..8).map(|_| {
        let house = house.clone();
        tokio::spawn(async move {
            let mut taken = Vec::new();
            while let Some(job) = house.db.next_job(Lane::Rest, tuesday()).await.unwrap() {
                assert_eq!((job.tenant, job.tries), (house.tenant, 0));
                taken.push(job.id);
            }
            taken
        })
    });
    let mut all = Vec::new();
    for taker in takers.collect::<Vec<_>>() {
        all.extend(taker.await.unwrap());
    }
    // A taker that met only locked rows leaves them to those who hold the locks; nothing is taken twice.
    assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len(), "none twice");
    assert_eq!(all.len(), 60, "and none forgotten");
}

#[tokio::test]
async fn a_job_comes_back_when_its_taker_died_and_goes_when_it_is_done() {
    let house = house().await;
    queued(&house, 1).await;
    let later = |seconds| tuesday().checked_add(SignedDuration::from_secs(seconds)).unwrap();
    let first = house.db.next_job(Lane::Rest, tuesday()).await.unwrap().unwrap();
    assert!(matches!(first.work, Work::Notice(..)));
    assert!(house.db.next_job(Lane::Rest, later(59)).await.unwrap().is_none(), "leased");
    let second = house.db.next_job(Lane::Rest, later(61)).await.unwrap().unwrap();
    assert_eq!((second.id, second.tries), (first.id, 1));
    second.settle(Some(later(600))).await.unwrap();
    assert!(house.db.next_job(Lane::Rest, later(599)).await.unwrap().is_none(), "put off");
    let third = house.db.next_job(Lane::Rest, later(600)).await.unwrap().unwrap();
    third.settle(None).await.unwrap();
    assert!(house.db.next_job(Lane::Rest, later(6000)).await.unwrap().is_none(), "done");
}

#[tokio::test]
async fn a_job_names_no_person_and_waits_for_its_time() {
    let house = house().await;
    let id = house.receive().await;
    let columns = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'job'::regclass AND attnum > 0
                   AND attname NOT IN ('tenant_id', 'id', 'kind', 'subject_id', 'run_at', 'tries')";
    assert_eq!(house.number(columns).await, 0);
    let before = tuesday().checked_sub(SignedDuration::from_secs(1)).unwrap();
    assert!(house.db.next_job(Lane::Rest, before).await.unwrap().is_none());
    let job = house.db.next_job(Lane::Rest, tuesday()).await.unwrap().unwrap();
    assert!(matches!(job.work, Work::Notice(referral, _) if referral == id));
}
