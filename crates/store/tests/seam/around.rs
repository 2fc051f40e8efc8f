//! What is kept in the program between requests is never older than the last change of it.

use onedoor_domain::agreement::Partner;
use onedoor_domain::team::{Org, OrgKind, Team};
use onedoor_store::{Db, StoreError};
use sqlx::{Connection as _, PgConnection};

use super::house::{House, house};

async fn team_names(db: &Db, house: &House) -> Vec<String> {
    let mut tx = db.begin(&house.senior()).await.unwrap();
    let names = tx.teams().await.unwrap().iter().map(|team| team.name.to_string()).collect();
    tx.close().await.unwrap();
    names
}

async fn partner(db: &Db, house: &House) -> Option<Partner> {
    let mut tx = db.begin(&house.senior()).await.unwrap();
    let (county, _) = tx.county().await.unwrap();
    tx.close().await.unwrap();
    county.partners.get(&house.north).cloned()
}

#[tokio::test]
async fn what_a_county_changes_is_read_anew_by_every_program_at_its_next_request() {
    let house = house().await;
    let other = Db::connect(house.database.options.clone()).await.unwrap();
    let before = ["North Team", "Single Point of Access"];
    for db in [&house.db, &other] {
        assert_eq!(team_names(db, &house).await, before);
        assert_eq!(partner(db, &house).await, None);
    }

    let ctx = house.command();
    let team = Team {
        id: house.north,
        org: house.org,
        name: "Valley Team".parse().unwrap(),
        accepts: true,
        active: true,
        kind: None,
        deputy: None,
    };
    house.db.begin(&ctx).await.unwrap().commit(team.put(&ctx)).await.unwrap();
    for db in [&other, &house.db] {
        assert_eq!(team_names(db, &house).await, ["Single Point of Access", "Valley Team"]);
    }

    // The trust becomes an organisation that needs an agreement, and has none.
    let name = "Westmarch Trust".parse().unwrap();
    let org = Org { id: house.org, name, kind: OrgKind::Voluntary, words: None, words_set: None };
    house.db.begin(&ctx).await.unwrap().commit(org.put(&ctx)).await.unwrap();
    for db in [&other, &house.db] {
        assert_eq!(partner(db, &house).await.map(|partner| partner.agreed), Some(false));
    }

    let mut tx = other.begin(&ctx).await.unwrap();
    let (county, version) = tx.county_settings(onedoor_domain::access::Action::CountyWrite).await.unwrap();
    let renamed = onedoor_domain::county::County { name: "Eastmarch".parse().unwrap(), ..county };
    tx.commit(renamed.change(&ctx, version)).await.unwrap();
    for db in [&house.db, &other] {
        let mut tx = db.begin(&ctx).await.unwrap();
        let (county, now) = tx.county().await.unwrap();
        assert_eq!((county.name.as_str(), now), ("Eastmarch", version + 1));
        tx.close().await.unwrap();
    }
}

/// What one program wrote and another cannot read.
#[tokio::test]
async fn rules_and_partners_that_cannot_be_read_do_not_close_the_door() {
    let house = house().await;
    let mut owner = PgConnection::connect_with(&house.database.options).await.unwrap();
    let broken = format!(
        "INSERT INTO rulebook (tenant_id, id, version, body) VALUES ('{0}', '{0}', 1, '{{\"live\": 7}}');
         UPDATE org SET body = '{{\"kind\": \"voluntary\"}}'",
        house.tenant.0
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(broken)).execute(&mut owner).await.unwrap();
    let mut tx = house.db.begin(&house.visitor()).await.unwrap();
    assert_eq!(tx.county().await.unwrap().0.name.as_str(), "Westmarch");
    assert!(matches!(tx.rules_in_force().await, Err(StoreError::Unreadable("rules"))));
    tx.close().await.unwrap();
    let mut tx = house.db.begin(&house.senior()).await.unwrap();
    assert_eq!(tx.teams().await.unwrap().len(), 2);
    assert!(matches!(tx.county().await, Err(StoreError::Unreadable("organisation"))));
}
