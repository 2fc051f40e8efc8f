//! The transaction seam: four ways in, one way to write, one way to end a read. No actor, no transaction; no event, no
//! write; no commit, no response.

use std::collections::{BTreeSet, HashMap};
use std::marker::PhantomData;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use onedoor_domain::access::{Action, Decision, Target, decide};
use onedoor_domain::actor::{Actor, Ctx, VisitorKey};
use onedoor_domain::change::{Changes, Event, Noun, Subject};
use onedoor_domain::ids::{ReferralId, TeamId, TenantId, UserId};
use onedoor_domain::track::Scope;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::around::{self, Around, Kept};
use crate::audit::{Durable, Entry, Notes, Outcome};
use crate::error::{StoreError, is_broken};
use crate::host::Hosts;

/// Proof that a transaction ended: nothing answers a request without it.
#[derive(Debug)]
pub struct Done<K> {
    kind: PhantomData<K>,
}

/// The transaction wrote and committed.
#[derive(Debug)]
pub enum Wrote {}

/// The transaction only read; what it read is audited.
#[derive(Debug)]
pub enum Saw {}

impl<K> Done<K> {
    fn proof() -> Self {
        Self { kind: PhantomData }
    }
}

/// The database. The only holder of the pool.
#[derive(Clone, Debug)]
pub struct Db {
    pub(crate) pool: PgPool,
    /// For the little that is read or written while a transaction is open: a denial, the frame of a page. Taken from
    /// `pool`, as many requests as it has connections would each hold one and wait for a second.
    pub(crate) aside: PgPool,
    pub(crate) hosts: Arc<RwLock<Hosts>>,
    pub(crate) kept: Arc<RwLock<Kept>>,
}

/// How many connections the program opens at most, and how many of them beside open transactions.
const CONNECTIONS: u32 = 16;
const ASIDE: u32 = 2;
/// More than the store has: a statement that a connection forgets is planned again.
const STATEMENTS: usize = 500;

impl Db {
    /// Connects as the application: every connection gives up its sign-in role for `onedoor_app`.
    ///
    /// # Errors
    /// [`StoreError::Down`] when the database does not answer for 30 seconds.
    pub async fn connect(options: PgConnectOptions) -> Result<Self, StoreError> {
        let options = options.statement_cache_capacity(STATEMENTS);
        let aside = pool(ASIDE, 5).connect_lazy_with(options.clone());
        let pool = pool(CONNECTIONS - ASIDE, 30).connect_with(options).await?;
        Ok(Self { pool, aside, hosts: Arc::default(), kept: Arc::default() })
    }

    /// Seam entry: begins a transaction for an actor. The tenant is set in the same round trip.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn begin(&self, ctx: &Ctx) -> Result<Tx, StoreError> {
        let inner = begin_for(&self.pool, ctx.tenant).await?;
        let audit = Box::new(Notes::new(self.clone(), ctx.clone()));
        let (db, ctx, loaded) = (self.clone(), ctx.clone(), HashMap::new());
        Ok(Tx { inner, db, ctx, audit, loaded, around: None, calls: 0 })
    }

    /// Ends every connection; for shutting down.
    pub async fn close(&self) {
        self.pool.close().await;
        self.aside.close().await;
    }
}

/// So many connections, each of the application's role; so many seconds to wait for one.
fn pool(connections: u32, seconds: u64) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(seconds))
        // A question before every use costs more than most statements: one that was not used for a while is asked.
        .test_before_acquire(false)
        .before_acquire(|connection, about| Box::pin(answers(connection, about.idle_for)))
        .after_connect(|connection, _| Box::pin(become_app(connection)))
}

/// Whether a connection is still there, as far as that has to be known beforehand.
async fn answers(connection: &mut PgConnection, idle: Duration) -> Result<bool, sqlx::Error> {
    if idle > UNASKED {
        connection.ping().await?;
    }
    Ok(true)
}

/// How long after its last use a connection is taken to be there still.
const UNASKED: Duration = Duration::from_secs(1);

/// Every statement is shaped so that one plan serves all its values (the plan tests show it for the lists), so none is planned
/// again: planning costs more than most of them.
async fn become_app(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let settings = "SET ROLE onedoor_app; SET statement_timeout = '15s'; \
         SET idle_in_transaction_session_timeout = '30s'; SET plan_cache_mode = force_generic_plan";
    sqlx::raw_sql(settings).execute(connection).await?;
    Ok(())
}

/// The one exception to one statement per call: `set_config` would cost a second round trip.
pub(crate) async fn begin_for(
    pool: &PgPool,
    tenant: TenantId,
) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let text = format!("BEGIN; SET LOCAL app.tenant = '{}'", tenant.0.as_hyphenated());
    unbroken(|| pool.begin_with(sqlx::AssertSqlSafe(text.clone()))).await
}

/// The first question on a connection, where nothing was done yet: one that broke since its last use says so here, and another is
/// taken, at most as often as there can be broken ones.
pub(crate) async fn unbroken<T, F>(ask: impl Fn() -> F) -> Result<T, sqlx::Error>
where
    F: Future<Output = Result<T, sqlx::Error>>,
{
    for _ in 0..CONNECTIONS {
        match ask().await {
            Err(error) if is_broken(&error) => {}
            answer => return answer,
        }
    }
    ask().await
}

/// What access needs to know of a subject that was loaded in this transaction.
#[derive(Clone, Debug)]
pub(crate) enum Loaded {
    /// A record, with its teams before any change.
    Record(BTreeSet<TeamId>),
    /// A visitor's draft.
    Draft(VisitorKey),
    /// What a team writes down, and the referral it is handed over as.
    Entry(TeamId),
    /// What is known of a worker, with the teams they work in.
    Worker(BTreeSet<TeamId>),
    /// A draft that was found by its phrase, or by an address that a code has proved.
    Proved,
}

/// One transaction of one actor. The connection inside is private to the store.
pub struct Tx {
    pub(crate) inner: Transaction<'static, Postgres>,
    pub(crate) db: Db,
    pub(crate) ctx: Ctx,
    // Boxed: it rides along in the future of every request.
    audit: Box<Notes>,
    loaded: HashMap<Subject, Loaded>,
    /// Read once, whoever asks.
    pub(crate) around: Option<Arc<Around>>,
    /// Calls nobody has taken; read with `around`.
    pub(crate) calls: u32,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("tenant", &self.ctx.tenant).finish_non_exhaustive()
    }
}

impl Tx {
    /// Who acts.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    pub(crate) fn tenant(&self) -> Uuid {
        self.ctx.tenant.into()
    }

    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Notes a read for the audit; it is written when the transaction ends.
    pub(crate) fn saw(&mut self, action: Action, subject: Subject, shown: Vec<Uuid>) {
        self.audit.push(Entry { action, subject: Some(subject), outcome: Outcome::Read, shown, asked: None });
    }

    /// Notes the read of a list with the ids it showed.
    pub(crate) fn saw_list(&mut self, action: Action, shown: Vec<Uuid>) {
        let subject = None;
        self.audit.push(Entry { action, subject, outcome: Outcome::Read, shown, asked: None });
    }

    /// Notes a search: by what kind of fact, and whom it showed.
    pub(crate) fn saw_search(&mut self, action: Action, asked: &'static str, shown: Vec<Uuid>) {
        let asked = Some(asked);
        self.audit.push(Entry { action, subject: None, outcome: Outcome::Read, shown, asked });
    }

    /// Decides, and audits a denial in a transaction of its own: this one is lost with the error.
    pub(crate) async fn require(
        &mut self,
        action: Action,
        subject: Option<Subject>,
        target: &Target<'_>,
    ) -> Result<(), StoreError> {
        let decision = decide(&self.ctx.actor, action, target);
        match decision {
            Decision::Allowed => Ok(()),
            Decision::Hidden => Err(self.denied(action, subject, Outcome::Hidden).await),
            Decision::Refused => Err(self.denied(action, subject, Outcome::Refused).await),
        }
    }

    /// A subject that does not exist looks exactly like one that is hidden, and is audited like it.
    pub(crate) async fn absent(&mut self, action: Action, subject: Subject) -> StoreError {
        self.denied(action, Some(subject), Outcome::Hidden).await
    }

    async fn denied(&mut self, action: Action, subject: Option<Subject>, outcome: Outcome) -> StoreError {
        let entry = Entry { action, subject, outcome, shown: Vec::new(), asked: None };
        match self.db.record_aside(&self.ctx, std::slice::from_ref(&entry)).await {
            Err(error) => error,
            Ok(()) if outcome == Outcome::Hidden => StoreError::Hidden,
            Ok(()) => StoreError::Refused(action),
        }
    }

    /// The only write: decides again from the events, writes rows, events, audit and jobs, and ends the transaction.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody else changed a subject meanwhile; [`StoreError::Unknown`] when the
    /// connection broke during COMMIT: repeat the same request, it is safe.
    pub async fn commit(mut self, changes: Changes) -> Result<Done<Wrote>, StoreError> {
        for event in changes.events() {
            self.decide_event(event).await?;
        }
        for write in changes.writes() {
            self.write(write).await?;
        }
        if changes.writes().iter().any(around::holds) {
            self.raise_edition().await?;
        }
        self.write_events(&changes).await?;
        let wrote = changes.events().iter().map(|event| Entry {
            action: event.kind.action(),
            subject: Some(event.subject),
            outcome: Outcome::Wrote,
            shown: Vec::new(),
            asked: None,
        });
        self.audit.extend(wrote);
        self.end().await?;
        Ok(Done::proof())
    }

    /// Ends a read. Its audit rows are stored; a crash of the operating system may lose the last second of them.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn close(mut self) -> Result<Done<Saw>, StoreError> {
        if self.audit.is_empty() {
            self.inner.rollback().await?;
            return Ok(Done::proof());
        }
        self.flush_audit(Durable::Soon).await?;
        self.inner.commit().await?;
        Ok(Done::proof())
    }

    /// An action refused before any record was touched, such as a page that is not this role's. Audited, with what its
    /// address names.
    pub async fn refuse(mut self, action: Action, subject: Option<Subject>) -> StoreError {
        let (outcome, shown) = (Outcome::Refused, Vec::new());
        self.audit.push(Entry { action, subject, outcome, shown, asked: None });
        self.end().await.err().unwrap_or(StoreError::Refused(action))
    }

    /// Stores what was noted for the audit, and commits.
    pub(crate) async fn end(mut self) -> Result<(), StoreError> {
        self.flush_audit(Durable::AtCommit).await?;
        self.inner.commit().await.map_err(StoreError::at_commit)
    }

    async fn flush_audit(&mut self, durable: Durable) -> Result<(), StoreError> {
        let entries = self.audit.take();
        crate::audit::insert(&mut self.inner, &self.ctx, &entries, durable).await
    }

    async fn decide_event(&mut self, event: &Event) -> Result<(), StoreError> {
        let action = event.kind.action();
        // What arrives was a draft with the same id until now.
        let noun = if action == Action::ReferralSubmit { Noun::Draft } else { event.subject.noun };
        let before = self.loaded.get(&Subject { noun, ..event.subject });
        let loaded = before.or_else(|| self.loaded.get(&event.subject)).cloned();
        match (event.subject.noun, loaded) {
            (_, Some(Loaded::Record(teams))) => {
                let target = Target::Referral(ReferralId(event.subject.id), &teams);
                self.require(action, Some(event.subject), &target).await
            }
            (_, Some(Loaded::Entry(team))) => {
                self.require(action, Some(event.subject), &Target::Entry(team)).await
            }
            (_, Some(Loaded::Draft(visitor))) => {
                self.require(action, Some(event.subject), &Target::Draft(&visitor)).await
            }
            (_, Some(Loaded::Worker(teams))) => {
                let target = Target::Worker(UserId(event.subject.id), &teams);
                self.require(action, Some(event.subject), &target).await
            }
            (_, Some(Loaded::Proved)) => self.require(action, Some(event.subject), &Target::Proved).await,
            (Noun::User, None) => {
                let target = Target::Account(UserId(event.subject.id));
                self.require(action, Some(event.subject), &target).await
            }
            // A record that this transaction did not load has no teams to decide by.
            (Noun::Draft | Noun::Entry | Noun::Referral | Noun::Worker, None) => {
                Err(self.absent(action, event.subject).await)
            }
            (
                Noun::File
                | Noun::Code
                | Noun::County
                | Noun::Content
                | Noun::Rules
                | Noun::Team
                | Noun::Org
                | Noun::Session
                | Noun::Tracking
                | Noun::Service
                | Noun::Import
                | Noun::List
                | Noun::Filter,
                None,
            ) => self.require(action, Some(event.subject), &Target::Role).await,
        }
    }
}

impl Tx {
    /// The teams with a relationship to a record that was read in this transaction; none for any other.
    pub(crate) fn teams_of(&self, subject: Subject) -> BTreeSet<TeamId> {
        match self.loaded.get(&subject) {
            Some(Loaded::Record(teams)) => teams.clone(),
            Some(Loaded::Draft(_) | Loaded::Entry(_) | Loaded::Worker(_) | Loaded::Proved) | None => {
                BTreeSet::new()
            }
        }
    }

    pub(crate) fn remember(&mut self, subject: Subject, loaded: Loaded) {
        self.loaded.insert(subject, loaded);
    }

    pub(crate) fn has_opened(&self, subject: Subject) -> bool {
        self.loaded.contains_key(&subject)
    }

    pub(crate) fn subject(noun: Noun, id: impl Into<Uuid>) -> Subject {
        Subject { noun, id: id.into() }
    }

    pub(crate) fn referral_subject(id: ReferralId) -> Subject {
        Self::subject(Noun::Referral, id)
    }
}

/// Postgres keeps microseconds; a moment that went through it must compare equal to itself.
pub fn to_stored(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

pub(crate) fn sql(at: Timestamp) -> jiff_sqlx::Timestamp {
    at.to_sqlx()
}

pub(crate) fn actor_code(actor: &Actor) -> &'static str {
    match actor {
        Actor::Staff(_) => "staff",
        Actor::Public(_) => "public",
        Actor::Person(holder) if holder.scope == Scope::Own => "person",
        // Whoever asked for somebody, or was asked about them, is not that person.
        Actor::Person(holder) => holder.scope.code(),
        Actor::Guest(_) => "guest",
        Actor::System(_) => "system",
    }
}
