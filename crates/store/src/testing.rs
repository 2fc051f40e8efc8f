//! Databases for tests: one of its own for each test, copied from a template in a throw-away cluster.
//!
//! The cluster lies in the temporary directory (in memory where `cargo xtask test` finds room there), is shared by every test
//! process of this user, is started by the first that needs it and left running: `stop` or `postmaster.pid` in its data
//! directory ends it, and one left over is used again. It is the only place where fsync is off. Compiled only with the feature
//! `testing`; must not be used by the program.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::migrate::Migration;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::cluster::{self, ClusterError, Durability, Server};
use crate::migrate::MigrateError;

/// A database that belongs to one test. Dropped with the value; a failing test leaves it for a look, for an hour.
#[derive(Debug)]
pub struct TestDb {
    /// How to reach it, as the cluster's superuser.
    pub options: PgConnectOptions,
    /// The same as an address, for psql.
    pub url: String,
    name: String,
    admin: PgConnectOptions,
}

/// Where the shared test cluster keeps its data and its `postmaster.pid` (in `postgres/`).
pub fn directory() -> PathBuf {
    let user = rustix::process::geteuid().as_raw();
    std::env::temp_dir().join(format!("onedoor-test-{user}"))
}

/// A fresh database with the schema of this build.
///
/// # Panics
/// When there is no PostgreSQL or a migration fails: a test cannot go on without.
pub async fn database() -> TestDb {
    match make().await {
        Ok(database) => database,
        Err(error) => panic!("no test database: {error}"),
    }
}

/// What another version of the program would do at its start: one that knows our steps up to `last` and these after them.
///
/// # Errors
/// Those of `migrate::run`.
pub async fn upgrade(
    options: &PgConnectOptions,
    version: &str,
    last: i64,
    more: &[(i64, &'static str)],
) -> Result<(), MigrateError> {
    let kind = sqlx::migrate::MigrationType::Simple;
    let more = more.iter().map(|(step, sql)| {
        Migration::new(*step, "of a later version".into(), kind, sqlx::SqlSafeStr::into_sql_str(*sql), false)
    });
    let ours = crate::migrate::MIGRATIONS.iter().filter(|step| step.version <= last).cloned();
    let steps = sqlx::migrate::Migrator::with_migrations(ours.chain(more).collect());
    crate::migrate::apply(options, &steps, version).await
}

/// Stops the shared cluster.
pub async fn stop() -> Result<(), ClusterError> {
    let (mut server, lock) = cluster::prepare(&directory(), Durability::None).await?;
    server.shut_down().await?;
    drop(lock);
    Ok(())
}

async fn make() -> Result<TestDb, ClusterError> {
    let (socket, mut connection) = running().await?;
    let admin = cluster::socket_options(&socket, "postgres");
    let template = template(&socket, &mut connection).await?;
    let name = own_name();
    run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
    connection.close().await?;
    let options = cluster::socket_options(&socket, &name);
    Ok(TestDb { options, url: cluster::url(&socket, &name), name, admin })
}

/// Starts the cluster or finds it running. The usual case takes no lock: one connection tells.
async fn running() -> Result<(PathBuf, PgConnection), ClusterError> {
    let directory = directory();
    refuse_strangers(&directory)?;
    let (mut server, lock) = match Server::running(&directory).await {
        Some(running) => return Ok(running),
        None => prepare(&directory).await?,
    };
    let mut connection = server.bring_up().await?;
    remove_old(&mut connection).await?;
    drop(lock);
    Ok((server.socket().to_path_buf(), connection))
}

/// A cluster left by a version that is gone holds nothing worth keeping.
async fn prepare(directory: &Path) -> Result<(Server, fs::File), ClusterError> {
    match cluster::prepare(directory, Durability::None).await {
        Err(ClusterError::WrongVersion { dir, .. }) => {
            fs::remove_dir_all(&dir).map_err(|source| ClusterError::Io {
                what: "cannot remove",
                path: dir,
                source,
            })?;
            cluster::prepare(directory, Durability::None).await
        }
        prepared => prepared,
    }
}

/// The temporary directory is open to everybody: only one that is ours is used.
fn refuse_strangers(directory: &Path) -> Result<(), ClusterError> {
    match fs::symlink_metadata(directory) {
        Ok(meta) if !meta.is_dir() || meta.uid() != rustix::process::geteuid().as_raw() => {
            Err(ClusterError::SocketDirectory { dir: directory.to_path_buf() })
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// One template for each state of the migrations, so that two working copies never disturb each other.
async fn template(socket: &Path, connection: &mut PgConnection) -> Result<String, ClusterError> {
    let name = format!("onedoor_template_{}", schema_hash()?);
    if exists(connection, &name).await? {
        return Ok(name);
    }
    let lock = cluster::lock(&directory().join("template.lock")).await?;
    if !exists(connection, &name).await? {
        let unfinished = format!("{name}_unfinished");
        run(connection, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await?;
        run(connection, format!("CREATE DATABASE {unfinished} TEMPLATE template0")).await?;
        crate::migrate::run(cluster::socket_options(socket, &unfinished))
            .await
            .map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
        run(connection, format!("ALTER DATABASE {unfinished} WITH ALLOW_CONNECTIONS false")).await?;
        run(connection, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await?;
    }
    drop(lock);
    Ok(name)
}

/// Changes with any migration file and with the code that applies them.
fn schema_hash() -> Result<String, ClusterError> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"));
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).map(|all| all.flatten().map(|file| file.path()).collect()).unwrap_or_default();
    files.sort();
    let mut parts = vec![include_bytes!("migrate.rs").to_vec()];
    for path in files {
        parts.push(path.to_string_lossy().into_owned().into_bytes());
        parts.push(fs::read(&path).map_err(|source| ClusterError::Io {
            what: "cannot read",
            path,
            source,
        })?);
    }
    Ok(cluster::short_hash(parts.iter().map(Vec::as_slice)))
}

/// Tests killed half-way leave databases behind: those older than an hour go when the cluster starts.
async fn remove_old(connection: &mut PgConnection) -> Result<(), ClusterError> {
    let old = "SELECT datname FROM pg_database \
               WHERE (datname LIKE 'onedoor\\_test\\_%' OR datname LIKE 'onedoor\\_template\\_%') \
               AND (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 hour'";
    for row in sqlx::raw_sql(old).fetch_all(&mut *connection).await? {
        let name: String = sqlx::Row::try_get(&row, 0)?;
        run(connection, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", cluster::quoted(&name))).await?;
    }
    Ok(())
}

async fn exists(connection: &mut PgConnection, name: &str) -> Result<bool, ClusterError> {
    let question = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    Ok(sqlx::raw_sql(AssertSqlSafe(question)).fetch_optional(connection).await?.is_some())
}

async fn run(connection: &mut PgConnection, statement: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.map(|_| ())
}

/// Every test runs in its own process or shares one with others: the process id and a count tell them apart.
fn own_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let since = std::time::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_millis());
    format!("onedoor_test_{}_{since}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A table that nobody else can read, until it is let go.
#[derive(Debug)]
pub struct HeldTable(PgConnection);

impl HeldTable {
    /// Lets go.
    pub async fn free(self) {
        self.0.close().await.ok();
    }
}

impl TestDb {
    /// Locks a table in this way, such as "ACCESS EXCLUSIVE", as a report or a person at a prompt would.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn hold(&self, table: &str, way: &str) -> HeldTable {
        let statement = format!("BEGIN; LOCK TABLE {} IN {way} MODE", cluster::quoted(table));
        let held = async {
            let mut connection = PgConnection::connect_with(&self.options).await?;
            run(&mut connection, statement).await?;
            Ok::<_, sqlx::Error>(HeldTable(connection))
        };
        match held.await {
            Ok(held) => held,
            Err(error) => panic!("the database does not answer: {error}"),
        }
    }

    /// Its name on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many audit rows say this of this kind of subject, such as `("draft", "hidden")`.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn count_audit(&self, noun: &str, outcome: &str) -> i64 {
        let question = AssertSqlSafe(format!(
            "SELECT count(*) FROM audit WHERE noun = {} AND outcome = {}",
            literal(noun),
            literal(outcome)
        ));
        self.number(question).await
    }

    /// How many rows of the audit name this thing, or a list that showed it.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn count_audit_of(&self, id: &str) -> i64 {
        let id = literal(id);
        let question = format!("SELECT count(*) FROM audit WHERE subject_id = {id} OR {id} = ANY (shown)");
        self.number(AssertSqlSafe(question)).await
    }

    /// How many rows a table has.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn count(&self, table: &str) -> i64 {
        self.number(AssertSqlSafe(format!("SELECT count(*) FROM {}", cluster::quoted(table)))).await
    }

    /// What stands in one column of a table, as text.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn texts(&self, table: &str, column: &str) -> Vec<String> {
        let (table, column) = (cluster::quoted(table), cluster::quoted(column));
        let question = AssertSqlSafe(format!("SELECT {column}::text FROM {table} ORDER BY 1"));
        let read = async {
            let mut connection = PgConnection::connect_with(&self.options).await?;
            let rows = sqlx::raw_sql(question).fetch_all(&mut connection).await?;
            connection.close().await?;
            rows.iter().map(|row| sqlx::Row::try_get(row, 0)).collect::<Result<_, sqlx::Error>>()
        };
        match read.await {
            Ok(texts) => texts,
            Err(error) => panic!("the database does not answer: {error}"),
        }
    }

    /// Every row of every table, as text: to see that something is nowhere in it.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn dump(&self) -> String {
        let tables = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'";
        let mut dump = String::new();
        for table in self.rows(tables).await {
            dump.push_str(&self.rows(&format!("SELECT t::text FROM {table} AS t")).await.join("\n"));
        }
        dump
    }

    /// The first column of what this asks, as text.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn rows(&self, question: &str) -> Vec<String> {
        let asked = async {
            let mut connection = PgConnection::connect_with(&self.options).await?;
            let rows = sqlx::raw_sql(AssertSqlSafe(question.to_owned())).fetch_all(&mut connection).await?;
            connection.close().await?;
            rows.iter().map(|row| sqlx::Row::try_get(row, 0)).collect::<Result<_, sqlx::Error>>()
        };
        match asked.await {
            Ok(texts) => texts,
            Err(error) => panic!("the database does not answer: {error}"),
        }
    }

    /// From now on the database refuses to note that anything was read: the worst moment for a disk to be full.
    ///
    /// # Panics
    /// When the database does not answer: a test cannot go on without.
    pub async fn refuse_audit_of_reads(&self) {
        let rule = "ALTER TABLE audit ADD CHECK (outcome <> 'read') NOT VALID";
        let refused = async {
            let mut connection = PgConnection::connect_with(&self.options).await?;
            run(&mut connection, rule.to_owned()).await?;
            connection.close().await
        };
        if let Err(error) = refused.await {
            panic!("the database does not answer: {error}");
        }
    }

    async fn number(&self, question: AssertSqlSafe<String>) -> i64 {
        let counted = async {
            let mut connection = PgConnection::connect_with(&self.options).await?;
            let row = sqlx::raw_sql(question).fetch_one(&mut connection).await?;
            connection.close().await?;
            sqlx::Row::try_get(&row, 0)
        };
        match counted.await {
            Ok(number) => number,
            Err(error) => panic!("the database does not answer: {error}"),
        }
    }
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // A thread of its own: the test's runtime may be the one that is being dropped.
        let work = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&admin).await.ok()?;
                run(&mut connection, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.ok()
            })
        });
        work.join().ok();
    }
}
