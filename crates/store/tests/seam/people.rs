//! Architecture §4, "Person search and matching": keys are written with the person, in the same transaction, found by plain
//! equality within one's own county and teams; keys of older rules are made anew by an update.

use onedoor_domain::access::Action;
use onedoor_domain::actor::{Ctx, Role};
use onedoor_domain::door::{SafeContact, Way};
use onedoor_domain::person_key::{Because, Search};
use onedoor_domain::referral::{Change, Known};
use onedoor_domain::section::Section;
use onedoor_store::{Db, StoreError, migrate};
use sqlx::AssertSqlSafe;

use super::house::{House, house, id, make};

fn by_phone(typed: &str) -> Search {
    Search::Phone(typed.parse().unwrap())
}

/// Who is found, and whether there are more.
async fn found(house: &House, ctx: &Ctx, search: &Search) -> (Vec<Known>, bool) {
    let mut tx = house.db.begin(ctx).await.unwrap();
    let found = tx.find_person(search).await.unwrap();
    tx.close().await.unwrap();
    let known = found.people.iter().filter_map(|section| match &**section {
        Section::Known(known) => Some((**known).clone()),
        _ => None,
    });
    (known.collect(), found.more)
}

pub async fn run(house: &House, statement: &str) {
    let mut superuser = house.superuser().await;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut superuser).await.unwrap();
}

#[tokio::test]
async fn a_number_finds_its_person_until_they_are_reached_another_way() {
    let house = house().await;
    let id = house.receive().await;
    let (known, more) = found(&house, &house.senior(), &by_phone("+44 7700 900123")).await;
    assert_eq!(known.iter().map(|known| known.referral).collect::<Vec<_>>(), [id]);
    assert!(known[0].because.contains(&Because::Phone) && known[0].numbers == ["123"] && !more);
    assert!(known[0].spoken.is_none(), "where it is, is not said in a list");

    let phone = "07700 900124".parse().unwrap();
    let contact = SafeContact::by(Way::Text { phone });
    let changed = house.command();
    house
        .change(&changed, id, Action::OwnChange, |referral, ctx| {
            referral.change(ctx, Change::Contact(contact), &house.county)
        })
        .await
        .unwrap();
    assert!(found(&house, &house.senior(), &by_phone("07700 900123")).await.0.is_empty(), "the old number");
    assert_eq!(found(&house, &house.senior(), &by_phone("07700 900124")).await.0.len(), 1, "the new one");
    assert_eq!(house.number("SELECT count(*) FROM person_key WHERE kind = 'phone'").await, 1);
}

#[tokio::test]
async fn a_search_leaves_one_row_with_its_kind_and_everybody_it_showed_and_not_what_was_typed() {
    let house = house().await;
    let ids = [house.receive().await, house.receive().await];
    let ctx = house.senior();
    assert_eq!(found(&house, &ctx, &by_phone("07700 900123")).await.0.len(), 2);
    found(&house, &ctx, &by_phone("07700 900777")).await;
    let user = ctx.actor.staff().unwrap().user;
    let row = format!(
        "SELECT count(*) FROM audit WHERE action = 'PersonFind' AND outcome = 'read' AND asked = 'phone'
         AND staff_id = '{user}'"
    );
    let both =
        format!("{row} AND shown @> ARRAY['{}', '{}']::uuid[] AND cardinality(shown) = 2", ids[0], ids[1]);
    assert_eq!(house.number(&both).await, 1);
    assert_eq!(house.number(&format!("{row} AND cardinality(shown) = 0")).await, 1, "nobody was found");
    assert_eq!(house.number("SELECT count(*) FROM audit WHERE audit::text LIKE '%900777%'").await, 0);
}

#[tokio::test]
async fn nobody_finds_people_of_another_team_or_county_and_some_find_nobody() {
    let house = house().await;
    let id = house.receive().await;
    let mut tx = house.db.begin(&house.command()).await.unwrap();
    let reference = tx.referral(id, Action::ReferralRead).await.unwrap().reference().clone();
    drop(tx);
    let elsewhere = make(onedoor_store::testing::database().await, house.db.clone()).await;
    let north = house.staff(Role::KeyWorker, house.north);
    for search in [by_phone("07700 900123"), Search::Reference(reference)] {
        assert_eq!(found(&house, &house.senior(), &search).await.0.len(), 1);
        assert!(found(&house, &north, &search).await.0.is_empty(), "another team's");
        assert!(found(&elsewhere, &elsewhere.senior(), &search).await.0.is_empty(), "another county's");
        for role in [Role::TeamManager, Role::Gp, Role::Sysadmin] {
            let mut tx = house.db.begin(&house.staff(role, house.spoa)).await.unwrap();
            let refused = tx.find_person(&search).await;
            assert!(matches!(refused, Err(StoreError::Refused(Action::PersonFind))), "{role:?}");
        }
    }
    let mut tx = house.db.begin(&north).await.unwrap();
    assert!(matches!(tx.known(id).await, Err(StoreError::Hidden)));
    drop(tx);
    assert_eq!(
        house.number("SELECT count(*) FROM audit WHERE action = 'PersonFind' AND outcome = 'hidden'").await,
        1
    );
}

#[tokio::test]
async fn more_than_can_be_shown_is_said_to_be_more() {
    let house = house().await;
    for _ in 0..21 {
        house.receive().await;
    }
    let (known, more) = found(&house, &house.senior(), &by_phone("07700 900123")).await;
    assert!(known.len() == 20 && more);
    let newest = known.windows(2).all(|two| two[0].referral > two[1].referral);
    assert!(newest, "who agree alike stand with the newest first");
}

#[tokio::test]
async fn an_update_makes_the_keys_of_those_who_have_none_or_older_ones() {
    let house = house().await;
    let kept = house.receive().await;
    let (count, tenant) = (house.database.count("person_key").await, house.tenant);
    assert!(count > 0);
    for _ in 0..2 {
        house.receive().await;
    }
    run(&house, "DELETE FROM person_key; UPDATE person SET keyed = 0").await;
    run(
        &house,
        &format!(
            "INSERT INTO person_key SELECT '{tenant}', id, 'name', 'of older rules' FROM person LIMIT 1;
             INSERT INTO person (tenant_id, id, body) VALUES ('{tenant}', '{}', '{{}}')",
            id()
        ),
    )
    .await;
    assert!(found(&house, &house.senior(), &by_phone("07700 900123")).await.0.is_empty());
    for _ in 0..2 {
        migrate::run(house.database.options.clone()).await.unwrap();
        assert_eq!(house.database.count("person_key").await, 3 * count);
    }
    let (known, _) = found(&house, &house.senior(), &by_phone("07700 900123")).await;
    assert!(known.len() == 3 && known.iter().any(|known| known.referral == kept));
    assert_eq!(house.number("SELECT count(*) FROM person_key WHERE key = 'of older rules'").await, 0);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_does_not_stop_an_update() {
    let house = house().await;
    house.receive().await;
    let broken = house.receive().await;
    run(
        &house,
        &format!(
            "UPDATE person SET keyed = 0;
             UPDATE person SET body = '{{}}' WHERE id = (SELECT person_id FROM referral WHERE id = '{broken}')"
        ),
    )
    .await;
    migrate::run(house.database.options.clone()).await.unwrap();
    assert_eq!(house.number("SELECT count(*) FROM person WHERE keyed = 0").await, 0);
    let db = Db::connect(house.database.options.clone()).await.unwrap();
    let house = House { db, ..house };
    assert_eq!(found(&house, &house.senior(), &by_phone("07700 900123")).await.0.len(), 1);
}
