//! What nearly every request needs of its county and what changes some times a month: settings, teams, partners, rules. Kept
//! in the program under the number of its edition, which every write of them raises and each transaction asks for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use onedoor_domain::access::{Action, Decision, Target, decide};
use onedoor_domain::agreement::Partner;
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::Write;
use onedoor_domain::county::County;
use onedoor_domain::ids::{TeamId, TenantId};
use onedoor_domain::matching::Edition;
use onedoor_domain::team::{Org, OrgKind, Team};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::StoreError;
use crate::matching::built_in;
use crate::seam::Tx;

/// One edition, as it stands on one day: agreements begin and end by themselves. A part that does not read as what it should be
/// stops whoever needs that part, and nobody else: rules that cannot be read must not close the door.
#[derive(Debug)]
pub(crate) struct Around {
    edition: i64,
    on: Date,
    /// None before the county was set up.
    county: Option<Settings>,
    teams: Part<Arc<[Team]>>,
    rules: Part<Arc<Edition>>,
}

/// The county's settings: for anybody, and with its partners for those who work there; and the version a change must name.
#[derive(Debug)]
struct Settings {
    public: Part<Arc<County>>,
    staff: Part<Arc<County>>,
    version: i64,
}

/// What was read, or what it should have been.
type Part<T> = Result<T, &'static str>;

impl Around {
    /// The settings, and the version a change must name.
    pub(crate) fn county(&self, is_staff: bool) -> Result<(Arc<County>, i64), StoreError> {
        let settings = self.county.as_ref().ok_or(StoreError::Hidden)?;
        let county = if is_staff { &settings.staff } else { &settings.public };
        Ok((county.clone().map_err(StoreError::Unreadable)?, settings.version))
    }

    /// By name.
    pub(crate) fn teams(&self) -> Result<Arc<[Team]>, StoreError> {
        self.teams.clone().map_err(StoreError::Unreadable)
    }

    pub(crate) fn rules(&self) -> Result<Arc<Edition>, StoreError> {
        self.rules.clone().map_err(StoreError::Unreadable)
    }
}

/// Whether a write changes what [`Around`] holds.
pub(crate) fn holds(write: &Write) -> bool {
    matches!(
        write,
        Write::County(..) | Write::Team(_) | Write::Org(_) | Write::Agreement(_) | Write::Rules(..)
    )
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

    /// Once for every transaction that [writes](holds) what is kept.
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
        let partners = part(row.partners, "organisation");
        let county = row.county.zip(row.version);
        let county = county.map(|(body, version)| settings(part(body, "county"), partners, version));
        let around = Arc::new(Around {
            edition: row.edition,
            on,
            county,
            teams: part(row.teams, "team"),
            rules: row
                .rules
                .map_or_else(|| built_in().map_err(|_| "rules"), |live| part(live, "rules"))
                .map(Arc::new),
        });
        if let Ok(mut kept) = self.db.kept.write() {
            kept.insert(self.ctx.tenant, around.clone());
        }
        Ok(around)
    }
}

fn part<T: DeserializeOwned>(body: Value, what: &'static str) -> Part<T> {
    serde_json::from_value(body).map_err(|_| what)
}

fn settings(county: Part<County>, partners: Part<Vec<Of>>, version: i64) -> Settings {
    let partner =
        |of: Of| (of.team, Partner { agreed: of.agreed, about: of.org.words.and_then(|words| words.about) });
    let partners = partners.map(|partners| partners.into_iter().map(partner).collect::<BTreeMap<_, _>>());
    let with = |partners| Ok(Arc::new(County { partners, ..county.clone()? }));
    Settings { staff: partners.and_then(with), public: county.map(Arc::new), version }
}
