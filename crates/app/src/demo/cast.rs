//! Who acts in the demonstration, and the county they act in: loaded once, shared by everybody who is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::county::County;
use onedoor_domain::duty::Rung;
use onedoor_domain::ids::{TeamId, TenantId, UserId};
use onedoor_domain::matching::Edition;
use onedoor_domain::team::Team;
use onedoor_domain::value::Line;

use super::stories::Book;
use super::{Demo, DemoError};
use crate::web::App;

/// Everybody and everything that walks need.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) tenant: TenantId,
    pub(super) spoa: TeamId,
    pub(super) county: Arc<County>,
    pub(super) book: Book,
    pub(super) rules: Arc<Edition>,
    actors: BTreeMap<&'static str, (UserId, Actor, Line)>,
    teams: BTreeMap<&'static str, Team>,
}

/// The worker whom people of a team ask for.
const WORKERS: [(&str, &str); 7] = [
    ("north", "key-worker"),
    ("south", "social-worker"),
    ("young", "social-worker"),
    ("crisis", "crisis-nurse"),
    ("lantern", "voluntary-worker"),
    ("harbour-cafe", "harbour-host"),
    ("orchard-cafe", "orchard-host"),
];

impl Cast {
    /// Reads the county and its accounts.
    pub(super) async fn load(app: &App, demo: &Demo) -> Result<Self, DemoError> {
        let mut tx = app.db.begin(&app.system(demo.tenant, SystemScope::Command)).await?;
        let (county, _) = tx.county().await?;
        let rules = tx.rules_in_force().await?;
        let all = tx.teams().await?;
        let named = |key| demo.teams.get(key).and_then(|id| all.iter().find(|team| team.id == *id)).cloned();
        let teams = demo.teams.keys().filter_map(|key| Some((*key, named(key)?))).collect();
        let mut actors = BTreeMap::new();
        for (key, id) in &demo.users {
            let member = tx.user(*id, Action::OwnSession).await?.member();
            actors.insert(*key, (*id, Actor::Staff(member.clone()), member.name));
        }
        tx.close().await?;
        let spoa = county.spoa_team.ok_or(DemoError::NotADemonstration)?;
        Ok(Self { tenant: demo.tenant, spoa, county, book: Book::read()?, rules, actors, teams })
    }

    /// A persona by key.
    pub(super) fn actor(&self, key: &'static str) -> Result<&Actor, DemoError> {
        self.actors.get(key).map(|(_, actor, _)| actor).ok_or(DemoError::NotADemonstration)
    }

    /// The duty person of a moment; the senior nurse answers where the rota names nobody.
    pub(super) fn on_duty(&self, at: Timestamp) -> Result<&Actor, DemoError> {
        let duty = self.county.rota.shift_at(at).map(|shift| shift.duty);
        let found = self.actors.values().find(|(id, _, _)| Some(*id) == duty);
        found.map_or_else(|| self.actor("senior-nurse"), |(_, actor, _)| Ok(actor))
    }

    /// The name of whoever stands on a rung, where it is one person.
    pub(super) fn rung(&self, rung: Rung) -> Option<Line> {
        let user = match rung {
            Rung::Duty(user) | Rung::Deputy(user) | Rung::ServiceManager(user) => user,
            Rung::FallbackTeam(_) | Rung::CrisisLine => return None,
        };
        self.actors.values().find(|(id, _, _)| *id == user).map(|(_, _, name)| name.clone())
    }

    /// The last gap of the rota: from when to when nobody was on duty.
    pub(super) fn open_night(&self, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let mut shifts: Vec<_> = self.county.rota.shifts.iter().filter(|shift| shift.from < now).collect();
        shifts.sort_by_key(|shift| shift.from);
        let pairs = shifts.iter().zip(shifts.iter().skip(1));
        pairs.filter(|(one, next)| one.to < next.from).map(|(one, next)| (one.to, next.from)).next_back()
    }

    /// A team by key, and the one who works in it.
    pub(super) fn team(&self, key: &str) -> Result<(&Team, &'static str), DemoError> {
        let worker = WORKERS.iter().find(|(team, _)| *team == key).map(|(_, worker)| *worker);
        self.teams.get(key).zip(worker).ok_or(DemoError::NotADemonstration)
    }

    /// Every account, by key.
    pub(super) fn users(&self) -> BTreeMap<&'static str, UserId> {
        self.actors.iter().map(|(key, (id, _, _))| (*key, *id)).collect()
    }

    /// A persona's account and name.
    pub(super) fn named(&self, key: &'static str) -> Result<(UserId, Line), DemoError> {
        let (id, _, name) = self.actors.get(key).ok_or(DemoError::NotADemonstration)?;
        Ok((*id, name.clone()))
    }
}
