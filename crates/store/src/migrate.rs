//! Brings a database to the schema this build needs, and names the county it holds. Must not hold anything but that.

use std::time::{Duration, Instant};

use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Db, sql};

pub(crate) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// So long a step waits for a table that somebody uses. While it waits, everybody else who wants that table waits behind it.
const LOCK_WAIT: Duration = Duration::from_secs(3);
/// So often it is tried, and so long is the pause in which everybody else gets on.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);
/// Only one program at a time brings a database up to date. Any number that nobody else uses.
const TURN: i64 = 0x6f6e_6564_6f6f_7201;
/// So long a program waits for another that is at it.
const TURN_WAIT: Duration = Duration::from_mins(10);

/// What to do when a migration could not run. Whatever it was: either every step that was missing stands, or none.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database could not be reached, or refused a step.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The steps do not fit each other.
    #[error("nothing was changed: {0}")]
    Steps(sqlx::migrate::MigrateError),
    /// A step failed; so all that were missing were taken back.
    #[error(
        "step {step} ({name}) failed: {why}. Nothing was changed: the database is at step {at} as before, and the version that \
         worked with it still does. Go on with that one, and report this"
    )]
    Failed {
        /// Its number.
        step: i64,
        /// Its name.
        name: String,
        /// The database's word.
        why: String,
        /// Where the database is.
        at: i64,
    },
    /// A table was in use for too long.
    #[error(
        "step {step} waited for a table that is in use, {TRIES} times. Nothing was changed: the database is at step {at} as before. \
         Stop every other OneDoor program, and reports and backups that run, and start again"
    )]
    InUse {
        /// The step's number.
        step: i64,
        /// Where the database is.
        at: i64,
    },
    /// Another program has been at it for too long.
    #[error(
        "another program has been bringing the database up to date for ten minutes. Look for it, and start again"
    )]
    Busy,
    /// A newer version was here.
    #[error(
        "the database is at step {at}, to which {by} brought it, and this is OneDoor {version}, which knows steps up to {known}. \
         Nothing was changed. Install {by}, or bring back a backup from before that upgrade"
    )]
    Newer {
        /// Where the database is.
        at: i64,
        /// The version that brought it there.
        by: String,
        /// This version.
        version: String,
        /// The last step this version knows.
        known: i64,
    },
    /// The schema is right; what older rules made was not all made anew.
    #[error(
        "the database is at this version, and the keys of lists were not all made: {0}. Start again: it goes on where it stopped"
    )]
    Keys(#[source] sqlx::Error),
    /// The sign-in role may not make roles.
    #[error("this database user may not create roles. Run as a superuser, once:\n{GRANT}\nthen start again")]
    MayNotMakeRoles,
}

/// What a superuser runs where the program itself may not.
pub const GRANT: &str = "  CREATE ROLE onedoor_owner NOLOGIN BYPASSRLS;\n  CREATE ROLE onedoor_app NOLOGIN;\n  \
     GRANT onedoor_owner, onedoor_app TO <the user of ONEDOOR_DATABASE_URL>;";

/// Applies every step the database has not seen yet, all of them or none, and makes the keys of people and of lists that were made by
/// older rules. Running it twice changes nothing.
///
/// # Errors
/// See [`MigrateError`]; a step that fails takes those before it back, so that the version that ran before still runs.
pub async fn run(options: PgConnectOptions) -> Result<(), MigrateError> {
    apply(&options, &MIGRATIONS, env!("CARGO_PKG_VERSION")).await
}

/// The same with other steps, as another version of the program would.
pub(crate) async fn apply(
    options: &PgConnectOptions,
    steps: &Migrator,
    version: &str,
) -> Result<(), MigrateError> {
    let mut connection = PgConnection::connect_with(options).await?;
    let result = match brought(&mut connection, steps, version).await {
        Ok(()) => fill(&mut connection).await.map_err(MigrateError::Keys),
        Err(error) => Err(error),
    };
    connection.close().await?;
    result
}

async fn brought(connection: &mut PgConnection, steps: &Migrator, version: &str) -> Result<(), MigrateError> {
    turn(connection).await?;
    let mut tries = 1;
    loop {
        let at = look(connection, steps, version).await?.step;
        match all(connection, steps, version).await {
            Err(error) if is_in_use(&error) && tries < TRIES => {
                tracing::warn!(tries, "a table is in use, so the database was not changed yet");
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            done => return done.map_err(|error| said(error, steps, at)),
        }
    }
}

/// Waits until no other program is at it. The turn ends with the connection.
async fn turn(connection: &mut PgConnection) -> Result<(), MigrateError> {
    let since = Instant::now();
    loop {
        let free = sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "free!""#, TURN);
        if free.fetch_one(&mut *connection).await? {
            return Ok(());
        }
        if since.elapsed() > TURN_WAIT {
            return Err(MigrateError::Busy);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Every step that is missing, in one transaction: a database half-way between two versions would serve neither.
async fn all(
    connection: &mut PgConnection,
    steps: &Migrator,
    version: &str,
) -> Result<(), sqlx::migrate::MigrateError> {
    let mut inner = connection.begin().await?;
    let wait = format!("SET LOCAL lock_timeout = '{}ms'", LOCK_WAIT.as_millis());
    sqlx::raw_sql(AssertSqlSafe(wait)).execute(&mut *inner).await?;
    let before = step(&mut inner).await?;
    steps.run(&mut *inner).await?;
    let after = step(&mut inner).await?;
    if after > before && is_there(&mut inner, "installation").await? {
        let body = serde_json::json!({ "step": after, "version": version });
        sqlx::raw_sql("SET LOCAL ROLE onedoor_owner").execute(&mut *inner).await?;
        let note = sqlx::query!(
            "INSERT INTO installation (kind, at, body) VALUES ('upgrade', clock_timestamp(), $1)",
            body
        );
        note.execute(&mut *inner).await?;
        sqlx::raw_sql("RESET ROLE").execute(&mut *inner).await?;
    }
    inner.commit().await?;
    Ok(())
}

fn said(error: sqlx::migrate::MigrateError, steps: &Migrator, at: i64) -> MigrateError {
    if is_privilege(&error) {
        return MigrateError::MayNotMakeRoles;
    }
    let in_use = is_in_use(&error);
    match error {
        sqlx::migrate::MigrateError::ExecuteMigration(_, step) if in_use => MigrateError::InUse { step, at },
        sqlx::migrate::MigrateError::ExecuteMigration(error, step) => {
            let found = steps.iter().find(|each| each.version == step);
            let name = found.map(|step| step.description.to_string()).unwrap_or_default();
            MigrateError::Failed { step, name, why: error.to_string(), at }
        }
        sqlx::migrate::MigrateError::Execute(error) => error.into(),
        other => MigrateError::Steps(other),
    }
}

async fn fill(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    crate::person_key::fill(connection).await?;
    crate::worklist::fill(connection).await
}

/// Where a database is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The last step it has seen; 0 where it has seen none.
    pub step: i64,
    /// How many steps of this version it has not seen.
    pub missing: usize,
}

/// Where the database is. Changes nothing.
///
/// # Errors
/// [`MigrateError::Newer`] where a newer version was here; [`MigrateError::Database`] where it could not be reached.
pub async fn place(options: &PgConnectOptions) -> Result<Place, MigrateError> {
    let mut connection = PgConnection::connect_with(options).await?;
    let place = look(&mut connection, &MIGRATIONS, env!("CARGO_PKG_VERSION")).await;
    connection.close().await?;
    place
}

/// The last step this version knows.
pub fn known() -> i64 {
    last(&MIGRATIONS)
}

fn last(steps: &Migrator) -> i64 {
    steps.iter().map(|step| step.version).max().unwrap_or_default()
}

async fn look(connection: &mut PgConnection, steps: &Migrator, version: &str) -> Result<Place, MigrateError> {
    let applied = applied(connection).await?;
    let at = applied.iter().max().copied().unwrap_or_default();
    let known = last(steps);
    if at > known {
        let by = by(connection).await?;
        return Err(MigrateError::Newer { at, by, version: version.to_owned(), known });
    }
    let missing = steps.iter().filter(|step| !applied.contains(&step.version)).count();
    Ok(Place { step: at, missing })
}

async fn step(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    Ok(applied(connection).await?.into_iter().max().unwrap_or_default())
}

async fn applied(connection: &mut PgConnection) -> Result<Vec<i64>, sqlx::Error> {
    if !is_there(connection, "_sqlx_migrations").await? {
        return Ok(Vec::new());
    }
    let rows =
        sqlx::raw_sql("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(connection).await?;
    rows.iter().map(|row| sqlx::Row::try_get(row, 0)).collect()
}

/// The version that brought the database to where it is.
async fn by(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    let question =
        "SELECT body ->> 'version' FROM installation WHERE kind = 'upgrade' ORDER BY at DESC LIMIT 1";
    let found = if is_there(connection, "installation").await? {
        sqlx::raw_sql(question).fetch_optional(connection).await?
    } else {
        None
    };
    let version = found.map(|row| sqlx::Row::try_get::<Option<String>, _>(&row, 0)).transpose()?.flatten();
    Ok(version.map_or_else(|| "a later version".to_owned(), |version| format!("OneDoor {version}")))
}

async fn is_there(connection: &mut PgConnection, table: &'static str) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(r#"SELECT to_regclass($1) IS NOT NULL AS "found!""#, table);
    found.fetch_one(connection).await
}

/// Makes the tenant of this context, once for a county. For the command line only, which holds the machine in hand.
///
/// # Errors
/// [`StoreError::Refused`] for anybody else; [`StoreError::Database`] when the host name is taken.
pub async fn make_tenant(db: &Db, ctx: &Ctx, host: Option<&str>) -> Result<(), StoreError> {
    if ctx.actor != Actor::System(SystemScope::Command) {
        return Err(StoreError::Refused(Action::CountyWrite));
    }
    sqlx::query!(
        "INSERT INTO tenant (id, host, made_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
        Uuid::from(ctx.tenant),
        host,
        sql(ctx.now) as _
    )
    .execute(&db.pool)
    .await?;
    if let Ok(mut hosts) = db.hosts.write() {
        hosts.forget_only();
    }
    Ok(())
}

fn is_privilege(error: &sqlx::migrate::MigrateError) -> bool {
    code(error).as_deref() == Some("42501")
}

/// A lock was not given in time, or two waited for each other.
fn is_in_use(error: &sqlx::migrate::MigrateError) -> bool {
    matches!(code(error).as_deref(), Some("55P03" | "40P01"))
}

fn code(error: &sqlx::migrate::MigrateError) -> Option<std::borrow::Cow<'_, str>> {
    let (sqlx::migrate::MigrateError::Execute(error)
    | sqlx::migrate::MigrateError::ExecuteMigration(error, _)) = error
    else {
        return None;
    };
    error.as_database_error()?.code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_can_be_taken_back_with_those_before_it() {
        assert!(
            MIGRATIONS.iter().all(|step| !step.no_tx),
            "a step without a transaction cannot be taken back"
        );
        assert!(known() >= 44);
    }
}
