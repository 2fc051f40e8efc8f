//! Brings a database to the schema this build needs, and names the county it holds. Must not hold anything but that.

use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::error::StoreError;
use crate::seam::{Db, sql};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What to do when a migration could not run.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database could not be reached, or refused a step.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// A step failed; the step before it still stands.
    #[error("a step failed: {0}")]
    Step(#[from] sqlx::migrate::MigrateError),
    /// The sign-in role may not make roles.
    #[error("this database user may not create roles. Run as a superuser, once:\n{GRANT}\nthen start again")]
    MayNotMakeRoles,
}

/// What a superuser runs where the program itself may not.
pub const GRANT: &str = "  CREATE ROLE onedoor_owner NOLOGIN BYPASSRLS;\n  CREATE ROLE onedoor_app NOLOGIN;\n  \
     GRANT onedoor_owner, onedoor_app TO <the user of ONEDOOR_DATABASE_URL>;";

/// Applies every step the database has not seen yet, and makes the keys of people and of lists that were made by older rules. Running it
/// twice changes nothing.
///
/// # Errors
/// See [`MigrateError`]; a failed step leaves the one before it in place.
pub async fn run(options: PgConnectOptions) -> Result<(), MigrateError> {
    let mut connection = PgConnection::connect_with(&options).await?;
    let result = MIGRATIONS.run(&mut connection).await;
    let result = result
        .map_err(|error| if is_privilege(&error) { MigrateError::MayNotMakeRoles } else { error.into() });
    let filled = match result {
        Ok(()) => fill(&mut connection).await.map_err(MigrateError::from),
        Err(error) => Err(error),
    };
    connection.close().await?;
    filled
}

async fn fill(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    crate::person_key::fill(connection).await?;
    crate::worklist::fill(connection).await
}

/// How many steps the database has not seen. Changes nothing.
///
/// # Errors
/// The database could not be reached.
pub async fn pending(options: PgConnectOptions) -> Result<usize, MigrateError> {
    let mut connection = PgConnection::connect_with(&options).await?;
    let known = sqlx::raw_sql("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut connection)
        .await?;
    let applied = if sqlx::Row::try_get(&known, 0)? {
        sqlx::raw_sql("SELECT version FROM _sqlx_migrations WHERE success")
            .fetch_all(&mut connection)
            .await?
            .iter()
            .map(|row| sqlx::Row::try_get(row, 0))
            .collect::<Result<Vec<i64>, _>>()?
    } else {
        Vec::new()
    };
    connection.close().await?;
    Ok(MIGRATIONS.iter().filter(|step| !applied.contains(&step.version)).count())
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
    let (sqlx::migrate::MigrateError::Execute(error)
    | sqlx::migrate::MigrateError::ExecuteMigration(error, _)) = error
    else {
        return false;
    };
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("42501")
}
