//! What every request shares: the database, the settings, the clock, where ids come from.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::county::County;
use onedoor_domain::ids::TenantId;
use onedoor_domain::session::Limits;
use onedoor_store::{Db, Outside, StoreError, to_stored};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::account::password;
use crate::secret::Secret;
use crate::settings::Settings;
use crate::ui::{CountyFace, CrisisLine};

/// Where the time comes from: the machine's clock, or a test's.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that a test sets.
    pub fn of(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Now, in the precision the database keeps.
    pub fn now(&self) -> Timestamp {
        to_stored((self.0)())
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// A new id, sortable by time.
#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// So many random bytes.
///
/// # Panics
/// Never in practice: an operating system without random numbers cannot run this program safely.
#[expect(clippy::expect_used, reason = "there is no safe way on without random numbers")]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    bytes
}

/// What every request shares. Clones are the same one.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// The parts of [`App`].
#[derive(Debug)]
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The settings.
    pub settings: Settings,
    /// The key for parked posts and second factors.
    pub secret: Secret,
    /// The time.
    pub clock: Clock,
    /// At most so many password hashes at once: each takes 19 MiB.
    pub hashing: Semaphore,
    /// What they work in, as much as was ever needed at once.
    pub hashing_in: Mutex<Vec<password::Memory>>,
    counties: RwLock<HashMap<TenantId, (Instant, County)>>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// How old a county's face may be. Crisis numbers are corrected everywhere within this.
const FACE_AGE: Duration = Duration::from_secs(5);

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, settings: Settings, secret: Secret, clock: Clock) -> Self {
        let hashing = Semaphore::new(settings.hash_parallel.max(1));
        let (hashing_in, counties) = (Mutex::default(), RwLock::default());
        Self(Arc::new(Inner { db, settings, secret, clock, hashing, hashing_in, counties }))
    }

    /// A context for an actor, now.
    pub fn ctx(&self, tenant: TenantId, actor: Actor) -> Ctx {
        Ctx { tenant, actor, now: self.clock.now(), request: new_id(), ids: new_id }
    }

    /// A context for the program itself.
    pub fn system(&self, tenant: TenantId, scope: SystemScope) -> Ctx {
        self.ctx(tenant, Actor::System(scope))
    }

    /// The county's settings as pages show them, at most five seconds old; older only while the database does not answer,
    /// because the crisis numbers must stay on the page. Transitions read their own.
    ///
    /// # Errors
    /// [`StoreError::Hidden`] before the county was set up.
    pub async fn county(&self, tenant: TenantId) -> Result<County, StoreError> {
        let known = self.counties.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned();
        if let Some((at, county)) = &known
            && at.elapsed() < FACE_AGE
        {
            return Ok(county.clone());
        }
        let county = match (Outside::of(&self.db).county(tenant).await, known) {
            (Ok(county), _) | (Err(StoreError::Down(_)), Some((_, county))) => county,
            (Err(error), _) => return Err(error),
        };
        let mut counties = self.counties.write().unwrap_or_else(PoisonError::into_inner);
        counties.insert(tenant, (Instant::now(), county.clone()));
        Ok(county)
    }

    /// What a page shows of the county. Without one, the national numbers still stand on every page.
    pub async fn face(&self, tenant: Option<TenantId>) -> CountyFace {
        let demo = self.settings.demo;
        let county = match tenant {
            Some(tenant) => self.county(tenant).await.ok(),
            None => None,
        };
        let Some(county) = county else {
            return CountyFace { name: "OneDoor".to_owned(), demo, ..CountyFace::default() };
        };
        let crisis_line = county.crisis.first().map(|line| CrisisLine {
            label: line.label.to_string(),
            number: line.number.to_string(),
            checked_on: line.reviewed_on,
        });
        CountyFace { name: county.name.to_string(), crisis_line, demo }
    }

    /// The limits of a staff session.
    pub fn limits(&self) -> Limits {
        Limits {
            idle: jiff::SignedDuration::from_mins(i64::from(self.settings.idle_lock_minutes)),
            absolute: jiff::SignedDuration::from_hours(i64::from(self.settings.session_hours)),
        }
    }
}
