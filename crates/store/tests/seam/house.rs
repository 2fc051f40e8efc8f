//! A county with two teams in a database of its own, and ways to look past the seam. Holds no assertions.

use std::collections::BTreeSet;

use jiff::Timestamp;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, Role, StaffMember, SystemScope};
use onedoor_domain::change::Changes;
use onedoor_domain::county::County;
use onedoor_domain::door::{Draft, Identity, Needs, Permissions, SafeContact, SelfReferral, Told, Way};
use onedoor_domain::ids::{DraftId, OrgId, ReferralId, TeamId, TenantId, UserId};
use onedoor_domain::referral::{Arrival, Category, Children, Referral, TriageForm};
use onedoor_domain::refused::Refused;
use onedoor_domain::team::{Org, OrgKind, Team};
use onedoor_domain::value::Reference;
use onedoor_store::migrate;
use onedoor_store::testing::{self, TestDb};
use onedoor_store::{Db, StoreError};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};
use uuid::Uuid;

pub struct House {
    pub database: TestDb,
    pub db: Db,
    pub tenant: TenantId,
    pub county: County,
    pub org: OrgId,
    pub spoa: TeamId,
    pub north: TeamId,
}

/// A visitor's key.
pub const VISITOR: [u8; 32] = [7; 32];

#[expect(clippy::disallowed_methods, reason = "tests make their own ids")]
pub fn id() -> Uuid {
    Uuid::now_v7()
}

pub fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

/// Tuesday 24 November 2026, ten in the morning.
pub fn tuesday() -> Timestamp {
    at("2026-11-24T10:00:00Z")
}

pub async fn house() -> House {
    let database = testing::database().await;
    let db = Db::connect(database.options.clone()).await.unwrap();
    make(database, db).await
}

pub async fn make(database: TestDb, db: Db) -> House {
    let tenant = TenantId(id());
    let (org, spoa, north) = (OrgId(id()), TeamId(id()), TeamId(id()));
    let mut county = County::new("Westmarch".parse().unwrap());
    county.spoa_team = Some(spoa);
    let house = House { database, db, tenant, county, org, spoa, north };
    let ctx = house.command();
    migrate::make_tenant(&house.db, &ctx, None).await.unwrap();
    let team = |id, name: &str| Team {
        id,
        org,
        name: name.parse().unwrap(),
        accepts: true,
        active: true,
        kind: None,
        deputy: None,
    };
    let changes = Org {
        id: org,
        name: "Westmarch Trust".parse().unwrap(),
        kind: OrgKind::Trust,
        words: None,
        words_set: None,
    }
    .put(&ctx)
    .and(team(spoa, "Single Point of Access").put(&ctx))
    .and(team(north, "North Team").put(&ctx))
    .and(house.county.clone().change(&ctx, 0));
    house.db.begin(&ctx).await.unwrap().commit(changes).await.unwrap();
    house
}

impl House {
    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx { tenant: self.tenant, actor, now: tuesday(), request: id(), ids: id }
    }

    pub fn command(&self) -> Ctx {
        self.ctx(Actor::System(SystemScope::Command))
    }

    pub fn staff(&self, role: Role, team: TeamId) -> Ctx {
        self.ctx(Actor::Staff(StaffMember {
            user: UserId(id()),
            name: "Robin Example".parse().unwrap(),
            org: self.org,
            roles: BTreeSet::from([role]),
            teams: BTreeSet::from([team]),
        }))
    }

    pub fn senior(&self) -> Ctx {
        self.staff(Role::SpoaSenior, self.spoa)
    }

    pub fn visitor(&self) -> Ctx {
        self.ctx(Actor::Public(Some(VISITOR)))
    }

    /// What a visitor's last page would store.
    pub fn arrival(&self, ctx: &Ctx, draft: Draft) -> Result<Arrival, Refused> {
        let sent = SelfReferral {
            identity: Identity::called("Sam".parse().unwrap()),
            contact: SafeContact::by(Way::Text { phone: "07700 900123".parse().unwrap() }),
            why_now: Some("I cannot sleep.".parse().unwrap()),
            dangers: Vec::new(),
            safe_for_now: false,
            permissions: Permissions::default(),
            needs: Needs::default(),
            told: Told::default(),
            origin: onedoor_domain::door::Origin::Own,
        };
        let bytes: [u8; 8] = draft.id.0.as_bytes()[8..].try_into().unwrap();
        let reference = Reference::from_bytes(bytes);
        Referral::receive(ctx, draft, sent, reference, (&self.county, self.spoa))
    }

    /// A referral that has just arrived.
    pub async fn receive(&self) -> ReferralId {
        let ctx = self.visitor();
        let draft = DraftId(id());
        let mut tx = self.db.begin(&ctx).await.unwrap();
        let found = tx.draft_or_new(draft, VISITOR).await.unwrap();
        let arrival = self.arrival(&ctx, found).unwrap();
        tx.commit(arrival.changes).await.unwrap();
        ReferralId(draft.0)
    }

    /// A referral that a senior has open.
    pub async fn opened(&self) -> ReferralId {
        let id = self.receive().await;
        self.change(&self.senior(), id, Action::ReferralScreen, onedoor_domain::referral::Referral::open)
            .await
            .unwrap();
        id
    }

    /// One change through the seam, as a handler makes it.
    pub async fn change(
        &self,
        ctx: &Ctx,
        id: ReferralId,
        action: Action,
        change: impl FnOnce(Referral, &Ctx) -> Result<Changes, Refused>,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin(ctx).await?;
        let referral = tx.referral(id, action).await?;
        let changes = change(referral, ctx).unwrap();
        tx.commit(changes).await.map(|_| ())
    }

    pub fn triage() -> TriageForm {
        TriageForm {
            category: Category::D,
            narrative: "Low for months.".parse().unwrap(),
            safety: "Has somebody to be with.".parse().unwrap(),
            children: Children::None,
            emergency: None,
            competence: None,
        }
    }

    /// A connection of the superuser, which row-level security does not hold.
    pub async fn superuser(&self) -> PgConnection {
        PgConnection::connect_with(&self.database.options).await.unwrap()
    }

    /// A connection as the program has it.
    pub async fn app(&self) -> PgConnection {
        let mut connection = self.superuser().await;
        sqlx::raw_sql("SET ROLE onedoor_app").execute(&mut connection).await.unwrap();
        connection
    }

    /// A number, read past the seam.
    pub async fn number(&self, question: &str) -> i64 {
        let mut connection = self.superuser().await;
        let text = AssertSqlSafe(question.to_owned());
        let row = sqlx::raw_sql(text).fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        row.get(0)
    }
}
