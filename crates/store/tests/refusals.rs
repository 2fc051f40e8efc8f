//! What the seam refuses whatever a handler does: records that were not opened, other people's sign-ins, other counties.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, Role, StaffMember, SystemScope};
use onedoor_domain::county::County;
use onedoor_domain::door::{Draft, Identity, Needs, Permissions, SafeContact, SelfReferral, Told, Way};
use onedoor_domain::ids::{DraftId, OrgId, PageId, ReferralId, TeamId, TenantId, UserId};
use onedoor_domain::referral::{Referral, Withdrawal};
use onedoor_domain::team::{Org, OrgKind, Team};
use onedoor_domain::value::Reference;
use onedoor_store::migrate::make_tenant;
use onedoor_store::testing::{self, TestDb};
use onedoor_store::{Db, Limit, Outside, StoreError, Tx};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

#[tokio::test]
async fn a_sign_in_and_what_was_kept_for_it_are_their_owners_alone() {
    let house = House::new().await;
    let colleague = UserId(new_id());
    let mut tx = house.db.begin(&house.senior()).await.unwrap();
    let user = tx.user(colleague, Action::OwnSession).await.unwrap_err();
    assert!(matches!(user, StoreError::Refused(Action::OwnSession)), "{user:?}");
    assert!(matches!(tx.own_sessions(colleague).await, Err(StoreError::Refused(_))));
    assert!(matches!(tx.parked(colleague).await, Err(StoreError::Refused(_))));
    let own = house.senior().actor.staff().unwrap().user;
    assert!(tx.parked(own).await.unwrap().is_none());
}

#[tokio::test]
async fn a_record_is_changed_only_where_it_was_opened() {
    let house = House::new().await;
    let id = house.referral().await;
    let ctx = house.senior();
    let mut opened = house.db.begin(&ctx).await.unwrap();
    let referral = opened.referral(id, Action::ReferralScreen).await.unwrap();
    opened.close().await.unwrap();
    let changes = referral.open(&ctx).unwrap();
    // The lock went with the transaction: what was read there may be old.
    let elsewhere = house.db.begin(&ctx).await.unwrap();
    let refused = elsewhere.commit(changes.clone()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Hidden), "{refused:?}");
    // Somebody of another team, with the right role, cannot lend a hand either.
    let stranger = house.db.begin(&house.staff(Role::SpoaSenior, TeamId(new_id()))).await.unwrap();
    assert!(matches!(stranger.commit(changes).await, Err(StoreError::Hidden)));
    let mut tx = house.db.begin(&ctx).await.unwrap();
    assert_eq!(tx.referral(id, Action::ReferralScreen).await.unwrap().version(), 1);
}

#[tokio::test]
async fn what_changed_meanwhile_is_told_to_those_who_may_open_the_record() {
    let house = House::new().await;
    let id = house.referral().await;
    let ctx = house.senior();
    let mut tx = house.db.begin(&ctx).await.unwrap();
    let referral = tx.referral(id, Action::ReferralWithdraw).await.unwrap();
    let why = Withdrawal {
        why: Some("Moving to my sister".parse().unwrap()),
        safety: "Safe there".parse().unwrap(),
    };
    let changes = referral.withdraw(&ctx, why, &house.county).unwrap();
    tx.commit(changes).await.unwrap();

    let seen = async |ctx: Ctx| house.db.begin(&ctx).await.unwrap().changes_since(id, 1).await;
    let senior = seen(house.senior()).await.unwrap();
    assert_eq!(senior.len(), 1);
    assert_eq!(senior[0].why.as_ref().unwrap().as_str(), "Moving to my sister");
    let administrator = seen(house.staff(Role::SpoaAdmin, house.spoa)).await.unwrap();
    assert_eq!((administrator.len(), &administrator[0].why), (1, &None), "history is for clinical roles");
    let stranger = seen(house.staff(Role::SpoaSenior, TeamId(new_id()))).await;
    assert!(matches!(stranger, Err(StoreError::Hidden)), "{stranger:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_lock_the_same_records_in_opposite_order_meet_a_conflict_and_no_fault() {
    let house = House::new().await;
    let (a, b) = (house.referral().await, house.referral().await);
    let ctx = house.senior();
    let mut one = house.db.begin(&ctx).await.unwrap();
    let mut other = house.db.begin(&ctx).await.unwrap();
    one.referral(a, Action::ReferralDecide).await.unwrap();
    other.referral(b, Action::ReferralDecide).await.unwrap();
    let (first, second) = tokio::join!(
        async {
            let result = one.referral(b, Action::ReferralDecide).await;
            drop(one);
            result
        },
        async {
            let result = other.referral(a, Action::ReferralDecide).await;
            drop(other);
            result
        }
    );
    let lost: Vec<_> = [first, second].into_iter().filter_map(Result::err).collect();
    assert!(matches!(lost.as_slice(), [StoreError::Stale]), "{lost:?}");
}

/// Id guessing, many at once: each denial is recorded beside a transaction that is open.
#[tokio::test(flavor = "multi_thread")]
async fn denials_do_not_use_up_the_connections_they_wait_for() {
    let house = House::new().await;
    let ctx = Ctx { actor: Actor::Public(Some([9; 32])), ..house.senior() };
    let open = house.every_connection(&ctx).await;
    let guesses = open.into_iter().map(|mut tx| {
        tokio::spawn(async move { tx.draft(DraftId(new_id()), Action::DraftRead).await.map(|_| ()) })
    });
    for guess in guesses.collect::<Vec<_>>() {
        let answer = tokio::time::timeout(Duration::from_secs(10), guess).await.unwrap().unwrap();
        assert!(matches!(answer, Err(StoreError::Hidden)), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_of_a_page_needs_none_of_the_connections_that_are_in_use() {
    let house = House::new().await;
    let open = house.every_connection(&house.senior()).await;
    let county =
        tokio::time::timeout(Duration::from_secs(5), Outside::of(&house.db).county(house.tenant)).await;
    assert_eq!(county.unwrap().unwrap().name, house.county.name);
    drop(open);
}

#[tokio::test]
async fn the_public_lists_no_staff_no_teams_and_no_references() {
    let house = House::new().await;
    let id = house.referral().await;
    let reference = Reference::from_bytes(*id.0.as_bytes().last_chunk().unwrap());
    let public = Ctx { actor: Actor::Public(Some([7; 32])), ..house.senior() };
    let mut tx = house.db.begin(&public).await.unwrap();
    let asked = [
        tx.teams().await.map(drop),
        tx.orgs().await.map(drop),
        tx.colleagues(&[house.user]).await.map(drop),
        tx.user_with_email(&"nadia@ashmere.example".parse().unwrap()).await.map(drop),
        tx.referral_id(&reference, Action::ReferralRead).await.map(drop),
        tx.referral_by_page(PageId(new_id()), Action::DutyAcknowledge).await.map(drop),
        tx.open_pages(None).await.map(drop),
    ];
    for (n, answer) in asked.iter().enumerate() {
        assert!(matches!(answer, Err(StoreError::Refused(_))), "{n}: {answer:?}");
    }
    let place = ([1; 32], Limit { tries: 1, window: jiff::SignedDuration::from_mins(1) });
    assert!(matches!(tx.forget_tries([0; 32], place).await, Err(StoreError::Refused(Action::SignIn))));
    assert!(matches!(make_tenant(&house.db, &public, None).await, Err(StoreError::Refused(_))));
    assert_eq!(house.database.count_audit("list", "refused").await, 8);
}

/// The episode names them still, but the relationship went with the team.
#[tokio::test]
async fn a_key_worker_who_left_the_team_no_longer_lists_its_people() {
    let house = House::new().await;
    let id = house.referral().await;
    let mut owner = PgConnection::connect_with(&house.database.options).await.unwrap();
    let text = format!(
        "INSERT INTO episode (tenant_id, id, referral_id, person_id, team_id, key_worker, accepted_at, body)
         SELECT tenant_id, id, id, person_id, team_id, '{}', received_at, '{{}}' FROM referral",
        Uuid::from(house.user)
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut owner).await.unwrap();
    let people = async |team| {
        let ctx = house.staff(Role::KeyWorker, team);
        let rows = house.db.begin(&ctx).await.unwrap().my_people(None).await.unwrap().rows;
        rows.len()
    };
    assert_eq!((people(house.spoa).await, people(TeamId(new_id())).await), (1, 0), "{id}");
}

#[tokio::test]
async fn a_name_seen_before_its_county_existed_is_not_kept_for_another() {
    let house = House::new().await;
    let host = "brackenshire.example";
    assert_eq!(house.db.tenant_of(host).await.unwrap(), house.tenant, "the only county there is");
    let second = TenantId(new_id());
    let command = Ctx { tenant: second, ..house.ctx(Actor::System(SystemScope::Command)) };
    make_tenant(&house.db, &command, Some(host)).await.unwrap();
    assert_eq!(house.db.tenant_of(host).await.unwrap(), second);
    assert!(matches!(house.db.tenant_of("").await, Err(StoreError::Hidden)), "nobody guesses between two");
}

#[tokio::test]
async fn counts_of_tries_do_not_pile_up() {
    let house = House::new().await;
    let limit = Limit { tries: 5, window: SignedDuration::from_mins(15) };
    let days_ago = |days: i64| now() - SignedDuration::from_hours(24 * days);
    let made_up = async |days: i64, name: u8| {
        let ctx = Ctx { now: days_ago(days), ..house.senior() };
        assert!(house.db.begin(&ctx).await.unwrap().try_within([name; 32], limit).await.unwrap());
    };
    for name in 0..15 {
        made_up(3, name).await;
    }
    made_up(0, 99).await;
    let mut connection = PgConnection::connect_with(&house.database.options).await.unwrap();
    let left = sqlx::raw_sql("SELECT 1 FROM attempt").fetch_all(&mut connection).await.unwrap();
    assert_eq!(left.len(), 1);
}

struct House {
    db: Db,
    tenant: TenantId,
    spoa: TeamId,
    user: UserId,
    county: County,
    database: TestDb,
}

#[expect(clippy::disallowed_methods, reason = "a test's own ids")]
fn new_id() -> Uuid {
    Uuid::now_v7()
}

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

impl House {
    async fn new() -> Self {
        let database = testing::database().await;
        let db = Db::connect(database.options.clone()).await.unwrap();
        let (tenant, spoa) = (TenantId(new_id()), TeamId(new_id()));
        let county = County::new("Ashmere".parse().unwrap());
        let house = Self { db, tenant, spoa, user: UserId(new_id()), county, database };
        let ctx = house.ctx(Actor::System(SystemScope::Command));
        make_tenant(&house.db, &ctx, None).await.unwrap();
        let org = Org {
            id: OrgId(new_id()),
            name: "Trust".parse().unwrap(),
            kind: OrgKind::Trust,
            words: None,
            words_set: None,
        };
        let name = "Single Point of Access".parse().unwrap();
        let team =
            Team { id: spoa, org: org.id, name, accepts: false, active: true, kind: None, deputy: None };
        let changes = org.put(&ctx).and(team.put(&ctx)).and(house.county.clone().change(&ctx, 0));
        house.db.begin(&ctx).await.unwrap().commit(changes).await.unwrap();
        house
    }

    fn ctx(&self, actor: Actor) -> Ctx {
        Ctx { tenant: self.tenant, actor, now: now(), request: new_id(), ids: new_id }
    }

    fn staff(&self, role: Role, team: TeamId) -> Ctx {
        let name = "Nadia Okonjo".parse().unwrap();
        let (roles, teams) = ([role].into(), [team].into());
        self.ctx(Actor::Staff(StaffMember { user: self.user, name, org: OrgId(new_id()), roles, teams }))
    }

    fn senior(&self) -> Ctx {
        self.staff(Role::SpoaSenior, self.spoa)
    }

    /// As many transactions as there can be at once.
    async fn every_connection(&self, ctx: &Ctx) -> Vec<Tx> {
        let mut open = Vec::new();
        while let Ok(tx) = tokio::time::timeout(Duration::from_secs(1), self.db.begin(ctx)).await {
            open.push(tx.unwrap());
        }
        open
    }

    /// A self-referral, sent.
    async fn referral(&self) -> ReferralId {
        let visitor = [7; 32];
        let ctx = self.ctx(Actor::Public(Some(visitor)));
        let mut tx = self.db.begin(&ctx).await.unwrap();
        let draft: Draft = tx.draft_or_new(DraftId(new_id()), visitor).await.unwrap();
        let id = ReferralId(draft.id.into());
        let way = Way::Email { email: "person@home.example".parse().unwrap() };
        let called = "Robin".parse().unwrap();
        let sent = SelfReferral {
            identity: Identity::called(called),
            contact: SafeContact::by(way),
            why_now: Some("I cannot sleep".parse().unwrap()),
            dangers: Vec::new(),
            safe_for_now: false,
            permissions: Permissions::default(),
            needs: Needs::default(),
            told: Told::default(),
            origin: onedoor_domain::door::Origin::Own,
        };
        let reference = Reference::from_bytes(*id.0.as_bytes().last_chunk().unwrap());
        let arrival = Referral::receive(&ctx, draft, sent, reference, (&self.county, self.spoa)).unwrap();
        tx.commit(arrival.changes).await.unwrap();
        id
    }
}
