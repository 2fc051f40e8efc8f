//! Copies of a database with PostgreSQL's own programs: `pg_dump` reads one moment of it, `pg_restore` writes it into an empty one.
//! Must not know where a copy lies or who may read it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use crate::cluster::{ClusterError, tools};
use crate::error::StoreError;
use crate::seam::{Db, sql};

/// Only one program at a time makes a backup of a database. Any number that nobody else uses.
const TURN: i64 = 0x6f6e_6564_6f6f_7202;

/// Why a copy could not be begun.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The programs are not there.
    #[error(transparent)]
    Tools(#[from] ClusterError),
    /// The database.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// There is something in the database already.
    #[error("the database is not empty: a backup is brought back only into an empty one")]
    NotEmpty,
}

/// A program of PostgreSQL that works on a database. What it needs to sign in stands in its environment, never among its arguments,
/// which every user of the machine can read.
fn program(name: &str, options: &PgConnectOptions) -> Result<Command, ClusterError> {
    let mut command = Command::new(found(name)?);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").current_dir("/");
    let host = options.get_socket().map_or_else(|| PathBuf::from(options.get_host()), Clone::clone);
    command.env("PGHOST", host).env("PGPORT", options.get_port().to_string());
    command.env("PGUSER", options.get_username());
    if let Some(database) = options.get_database() {
        command.env("PGDATABASE", database);
    }
    let url = options.to_url_lossy();
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", decoded(password));
    }
    for (name, variable) in [
        ("sslmode", "PGSSLMODE"),
        ("sslrootcert", "PGSSLROOTCERT"),
        ("sslcert", "PGSSLCERT"),
        ("sslkey", "PGSSLKEY"),
    ] {
        if let Some((_, value)) = url.query_pairs().find(|(key, _)| key == name) {
            command.env(variable, value.as_ref());
        }
    }
    command.stderr(Stdio::piped());
    Ok(command)
}

fn found(name: &str) -> Result<PathBuf, ClusterError> {
    Ok(tools::find(None)?.program(name))
}

/// The text behind `%41`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        let value = match byte {
            b'%' => {
                digit(rest.next()).zip(digit(rest.next())).and_then(|(a, b)| u8::try_from(a * 16 + b).ok())
            }
            other => Some(other),
        };
        bytes.extend(value);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The right to make a backup of a database: one program has it, wherever it runs, and it ends with its connection.
#[derive(Debug)]
pub struct Turn {
    connection: PgConnection,
    options: PgConnectOptions,
    as_owner: bool,
}

impl Turn {
    /// Takes it; `None` where another program has it.
    ///
    /// # Errors
    /// [`DumpError::Database`].
    pub async fn take(options: &PgConnectOptions) -> Result<Option<Self>, DumpError> {
        let mut connection = PgConnection::connect_with(options).await?;
        let free = sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "free!""#, TURN);
        if !free.fetch_one(&mut connection).await? {
            connection.close().await?;
            return Ok(None);
        }
        let sees_all = sqlx::query_scalar!(
            r#"SELECT rolsuper OR rolbypassrls AS "all!" FROM pg_roles WHERE rolname = current_user"#
        );
        let as_owner = !sees_all.fetch_one(&mut connection).await?;
        Ok(Some(Self { connection, options: options.clone(), as_owner }))
    }

    /// The program that writes one moment of the database to its standard output, compressed.
    ///
    /// # Errors
    /// [`DumpError::Tools`].
    pub fn reader(&self) -> Result<Command, DumpError> {
        reader(&self.options, self.as_owner)
    }

    /// Gives it back.
    pub async fn end(self) {
        // A connection that broke has given it back already.
        self.connection.close().await.ok();
    }
}

fn reader(options: &PgConnectOptions, as_owner: bool) -> Result<Command, DumpError> {
    let mut command = program("pg_dump", options)?;
    command.args(["--format=custom", "--compress=6", "--no-password", "--lock-wait-timeout=60s"]);
    if as_owner {
        // Row-level security hides every county from whoever is neither a superuser nor the owner.
        command.arg("--role=onedoor_owner");
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    Ok(command)
}

/// The program that brings a copy from its standard input into a database, all of it or nothing. What it makes belongs to the owner
/// role, because the sign-in role of another server may not exist here.
///
/// # Errors
/// [`DumpError::Tools`].
pub fn writer(options: &PgConnectOptions) -> Result<Command, DumpError> {
    let mut command = program("pg_restore", options)?;
    command.args(["--single-transaction", "--exit-on-error", "--no-password"]);
    command.args(["--no-owner", "--no-comments", "--role=onedoor_owner"]);
    command.arg("--dbname").arg(options.get_database().unwrap_or("postgres"));
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    Ok(command)
}

/// Makes a database ready to take a copy: it must be empty, and the two roles must be there.
///
/// # Errors
/// [`DumpError::NotEmpty`], [`DumpError::Database`].
pub async fn make_ready(options: &PgConnectOptions) -> Result<(), DumpError> {
    let mut connection = PgConnection::connect_with(options).await?;
    let there = "SELECT EXISTS (
                     SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema')";
    let there = sqlx::raw_sql(there).fetch_one(&mut connection).await?;
    if sqlx::Row::try_get(&there, 0)? {
        return Err(DumpError::NotEmpty);
    }
    sqlx::raw_sql(include_str!("../migrations/0001_roles.sql")).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// A backup that was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Made {
    /// The moment it shows.
    pub at: Timestamp,
    /// The machine that made it.
    pub machine: String,
    /// Where it lies there.
    pub folder: PathBuf,
    /// Its file.
    pub file: String,
}

/// The backups of an installation, for all its programs to know of.
#[derive(Clone, Copy, Debug)]
pub struct Backups<'a> {
    db: &'a Db,
}

impl<'a> Backups<'a> {
    /// Of this database.
    pub fn of(db: &'a Db) -> Self {
        Self { db }
    }

    /// The newest of them.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not do it.
    pub async fn last(&self) -> Result<Option<Made>, StoreError> {
        let newest = sqlx::query_scalar!(
            "SELECT body FROM installation WHERE kind = 'backup' ORDER BY at DESC LIMIT 1"
        );
        let Some(body) = newest.fetch_optional(&self.db.aside).await? else { return Ok(None) };
        serde_json::from_value(body).map(Some).map_err(|_| StoreError::Unreadable("backup"))
    }

    /// Writes down that one was made.
    ///
    /// # Errors
    /// [`StoreError`] where the database does not do it.
    pub async fn note(&self, made: &Made) -> Result<(), StoreError> {
        let body = serde_json::to_value(made).map_err(|_| StoreError::Unreadable("backup"))?;
        sqlx::query!(
            "INSERT INTO installation (kind, at, body) VALUES ('backup', $1, $2)",
            sql(made.at) as _,
            body
        )
        .execute(&self.db.aside)
        .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_stands_in_the_environment_and_never_among_the_arguments() {
        let options: PgConnectOptions =
            "postgres://ann:s%20e%2Fc@db.example:5433/county?sslmode=verify-full".parse().unwrap();
        let command = reader(&options, false).unwrap();
        let arguments: Vec<String> =
            command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
        assert!(!arguments.join(" ").contains("s e/c"), "{arguments:?}");
        let of = |name: &str| {
            let found = command.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value);
            found.map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let given = ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSSLMODE"].map(of);
        assert_eq!(given, ["db.example", "5433", "ann", "s e/c", "county", "verify-full"]);
    }
}
