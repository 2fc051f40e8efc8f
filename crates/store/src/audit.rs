//! Who looked at or changed what: one row per write and per record read; a list is one row with the ids it showed.

use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::change::Subject;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Db, actor_code, begin_for, sql};

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    Read,
    Wrote,
    Hidden,
    Refused,
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Wrote => "wrote",
            Self::Hidden => "hidden",
            Self::Refused => "refused",
        }
    }
}

/// When the rows must be on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Durable {
    /// When the transaction ends, as the database is set up.
    AtCommit,
    /// Within a second: the transaction only read. Said in the statement itself, which saves a round trip for each read.
    Soon,
}

impl Durable {
    fn setting(self) -> Option<&'static str> {
        match self {
            Self::AtCommit => None,
            Self::Soon => Some("off"),
        }
    }
}

/// One row to be.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) action: Action,
    pub(crate) subject: Option<Subject>,
    pub(crate) outcome: Outcome,
    pub(crate) shown: Vec<Uuid>,
    /// By what kind of fact somebody was looked for: never the fact itself.
    pub(crate) asked: Option<&'static str>,
}

/// Writes the rows of one transaction. Lists keep their ids as text so that one statement takes rows of any length.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    ctx: &Ctx,
    entries: &[Entry],
    durable: Durable,
) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = entries.iter().map(|_| ctx.new_id()).collect();
    let actions: Vec<String> = entries.iter().map(|entry| format!("{:?}", entry.action)).collect();
    let nouns: Vec<String> = entries
        .iter()
        .map(|entry| entry.subject.map_or("list", |subject| subject.noun.code()).to_owned())
        .collect();
    let subjects: Vec<Option<Uuid>> =
        entries.iter().map(|entry| entry.subject.map(|subject| subject.id)).collect();
    let outcomes: Vec<String> = entries.iter().map(|entry| entry.outcome.code().to_owned()).collect();
    let asked: Vec<Option<String>> = entries.iter().map(|entry| entry.asked.map(str::to_owned)).collect();
    let shown: Vec<String> = entries.iter().map(|entry| array_text(&entry.shown)).collect();
    let staff = match &ctx.actor {
        Actor::Staff(staff) => Some(staff.user.into()),
        Actor::Public(_) | Actor::Person(_) | Actor::Guest(_) | Actor::System(_) => None::<Uuid>,
    };
    // Without an account there is only what they said.
    let guest = match &ctx.actor {
        Actor::Guest(guest) => Some(format!("{}, {}, {}", guest.name, guest.role, guest.of)),
        Actor::Staff(_) | Actor::Public(_) | Actor::Person(_) | Actor::System(_) => None,
    };
    sqlx::query!(
        "WITH durable AS MATERIALIZED (
             SELECT set_config('synchronous_commit', coalesce($14, current_setting('synchronous_commit')), true) AS is)
         INSERT INTO audit
             (tenant_id, id, at, request, actor, staff_id, action, noun, subject_id, outcome, shown, asked,
              guest)
         SELECT $1, e.id, $2, $3, $4, $5, e.action, e.noun, e.subject_id, e.outcome, e.shown::uuid[], e.asked, $13
         FROM unnest($6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::text[], $12::text[])
              AS e (id, action, noun, subject_id, outcome, shown, asked)
         JOIN durable ON durable.is IS NOT NULL",
        Uuid::from(ctx.tenant),
        sql(ctx.now) as _,
        ctx.request,
        actor_code(&ctx.actor),
        staff,
        &ids,
        &actions,
        &nouns,
        &subjects as &[Option<Uuid>],
        &outcomes,
        &shown,
        &asked as &[Option<String>],
        guest,
        durable.setting(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn array_text(ids: &[Uuid]) -> String {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    format!("{{{}}}", ids.join(","))
}

impl Db {
    /// Rows that outlive the transaction they were noted in: a denial, or reads that an error came after.
    pub(crate) async fn record_aside(&self, ctx: &Ctx, entries: &[Entry]) -> Result<(), StoreError> {
        let mut inner = begin_for(&self.aside, ctx.tenant).await?;
        insert(&mut inner, ctx, entries, Durable::AtCommit).await?;
        inner.commit().await?;
        Ok(())
    }
}

/// What one transaction read so far. Where an error ends it before [`Notes::take`], the rows are stored beside it: whoever
/// opened a record looked, whatever came of it.
#[derive(Debug)]
pub(crate) struct Notes {
    entries: Vec<Entry>,
    db: Db,
    ctx: Ctx,
}

impl Notes {
    pub(crate) fn new(db: Db, ctx: Ctx) -> Self {
        Self { entries: Vec::new(), db, ctx }
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(crate) fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All of them, to store in the transaction itself.
    pub(crate) fn take(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        // What was to be written was not: only looking happened.
        let looked = |entry: &Entry| entry.outcome == Outcome::Read;
        let entries: Vec<Entry> = self.take().into_iter().filter(looked).collect();
        if entries.is_empty() {
            return;
        }
        let (db, ctx) = (self.db.clone(), self.ctx.clone());
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Err(error) = db.record_aside(&ctx, &entries).await {
                let error = error.for_log();
                tracing::error!(request = %ctx.request, error, "reads of a failed request were not audited");
            }
        });
    }
}
