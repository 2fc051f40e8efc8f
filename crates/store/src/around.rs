//! What nearly every request needs of its county and what changes some times a month: settings, teams, partners, rules. Kept
//! in the program under the number of its edition, which every write of them raises and each transaction asks for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use onedoor_domain::access::{Action, Decision, Target, decide};
use onedoor_domain::agreement::Partner;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::County;
use onedoor_domain::ids::{TeamId, TenantId};
use onedoor_domain::matching::Edition;
use onedoor_domain::team::{Org, OrgKind, Team};
use serde::Deserialize;

use crate::error::StoreError;
use crate::matching::built_in;
use crate::referral::read;
use crate::seam::Tx;

/// One edition, as it stands on one day: agreements begin and end by themselves.
#[derive(Debug)]
pub(crate) struct Around {
    edition: i64,
    on: Date,
    /// None before the county was set up.
    pub(crate) county: Option<Settings>,
    /// By name.
    pub(crate) teams: Arc<[Team]>,
    pub(crate) rules: Arc<Edition>,
}

/// The county's settings: for anybody, and with its partners for those who work there; and the version a change must name.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) public: Arc<County>,
    pub(crate) staff: Arc<County>,
    pub(crate) version: i64,
}

/// The editions that were read last.
pub(crate) type Kept = HashMap<TenantId, Arc<Around>>;

/// A team of an organisation that needs an agreement.
#[derive(Deserialize)]
struct Of {
    team: TeamId,
    org: Org,
    agreed: bool,
}

impl Tx {
    /// The edition in force when this transaction first asked. Nothing in a transaction changes it before its end.
    pub(crate) async fn around(&mut self) -> Result<Arc<Around>, StoreError> {
        if let Some(around) = &self.around {
            return Ok(around.clone());
        }
        let edition = self.edition().await?;
        let (tenant, on) = (self.ctx.tenant, local_date(self.ctx.now));
        let kept = self.db.kept.read().ok().and_then(|kept| kept.get(&tenant).cloned());
        let around = match kept.filter(|kept| kept.edition == edition && kept.on == on) {
            Some(kept) => kept,
            None => self.read_around(on).await?,
        };
        self.around = Some(around.clone());
        Ok(around)
    }

    /// The number in force; and in the same round trip, for those who answer calls, how many nobody has taken.
    async fn edition(&mut self) -> Result<i64, StoreError> {
        let tenant = self.tenant();
        if decide(&self.ctx.actor, Action::DutyAcknowledge, &Target::Role) != Decision::Allowed {
            let number = sqlx::query_scalar!("SELECT number FROM edition WHERE tenant_id = $1", tenant)
                .fetch_optional(self.conn())
                .await?;
            return Ok(number.unwrap_or_default());
        }
        let teams = self.own_teams();
        let row =
            sqlx::query_file!("sql/edition_and_calls.sql", tenant, &teams).fetch_one(self.conn()).await?;
        self.calls = u32::try_from(row.waiting).unwrap_or(u32::MAX);
        Ok(row.edition)
    }

    /// For every write of what [`Around`] holds.
    pub(crate) async fn raise_edition(&mut self) -> Result<(), StoreError> {
        let tenant = self.tenant();
        sqlx::query!(
            "INSERT INTO edition AS e (tenant_id, number) VALUES ($1, 1)
             ON CONFLICT (tenant_id) DO UPDATE SET number = e.number + 1",
            tenant
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn read_around(&mut self, on: Date) -> Result<Arc<Around>, StoreError> {
        let tenant = self.tenant();
        let needing = OrgKind::ALL.into_iter().filter(|kind| kind.needs_agreement());
        let kinds: Vec<String> = needing.map(|kind| kind.code().to_owned()).collect();
        let row = sqlx::query_file!("sql/around.sql", tenant, &kinds, on.to_sqlx() as _)
            .fetch_optional(self.conn())
            .await?
            .ok_or(StoreError::Hidden)?;
        let partners: Vec<Of> = read(row.partners, "organisation")?;
        let county = match row.county.zip(row.version) {
            None => None,
            Some((body, version)) => Some(settings(read(body, "county")?, partners, version)),
        };
        let around = Arc::new(Around {
            edition: row.edition,
            on,
            county,
            teams: read(row.teams, "team")?,
            rules: Arc::new(row.rules.map_or_else(built_in, |live| read(live, "rules"))?),
        });
        if let Ok(mut kept) = self.db.kept.write() {
            kept.insert(self.ctx.tenant, around.clone());
        }
        Ok(around)
    }
}

fn settings(county: County, partners: Vec<Of>, version: i64) -> Settings {
    let partner =
        |of: Of| (of.team, Partner { agreed: of.agreed, about: of.org.words.and_then(|words| words.about) });
    let partners: BTreeMap<TeamId, Partner> = partners.into_iter().map(partner).collect();
    let staff = County { partners, ..county.clone() };
    Settings { public: Arc::new(county), staff: Arc::new(staff), version }
}
