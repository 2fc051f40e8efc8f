//! A private PostgreSQL: made, started, adopted, watched and stopped by the program itself.
//!
//! It answers only on a socket in a private directory, never on the network, and writes everything down before it
//! acknowledges (fsync on). A program that dies leaves its server behind; the next start adopts it. Several processes may
//! use one data directory; the last to stop cleanly stops the server. Must not know what the databases hold.

mod error;
mod layout;
mod server;
pub(crate) mod tools;
mod user;

use std::fmt::Write as _;
use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use error::ClusterError;
#[cfg(feature = "testing")]
pub(crate) use layout::{lock, short_hash};
#[cfg(feature = "testing")]
pub(crate) use server::options as socket_options;
pub(crate) use server::{Durability, Server};
pub use tools::SUPPORTED;

/// The data directory when the program runs as root: a 0700 home is out of reach for the server's user.
pub const ROOT_DIR: &str = "/var/lib/onedoor";

const HEARTBEAT: Duration = Duration::from_secs(1);
const HEARTBEAT_LIMIT: Duration = Duration::from_secs(5);

/// Where data goes when nothing else was said.
pub fn default_dir() -> PathBuf {
    if rustix::process::geteuid().is_root() {
        return PathBuf::from(ROOT_DIR);
    }
    let own = std::env::var_os("XDG_DATA_HOME").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    own.or_else(home).map_or_else(|| PathBuf::from(ROOT_DIR), |dir| dir.join("onedoor"))
}

/// Makes a data directory where it is missing: nobody else sees what is in it. Where the program runs as root, others may pass
/// through, because the server is another user.
pub fn make_dir(dir: &Path) -> std::io::Result<()> {
    let mode = if rustix::process::geteuid().is_root() { 0o711 } else { 0o700 };
    DirBuilder::new().recursive(true).mode(mode).create(dir)
}

/// A running private server. Dropping it leaves the server running for the next start; `stop` ends it.
#[derive(Debug)]
pub struct Cluster {
    socket: PathBuf,
    start_lock: PathBuf,
    users_lock: PathBuf,
    using: File,
    stop: oneshot::Sender<()>,
    watch: JoinHandle<Server>,
    adopted: bool,
}

impl Cluster {
    /// Makes the cluster in `dir` if there is none, starts or adopts its server, and comes back when it answers.
    pub async fn start(dir: &Path) -> Result<Cluster, ClusterError> {
        let (mut server, start_lock) = prepare(dir, Durability::Full).await?;
        let layout = server.layout.clone();
        let using = layout::share(&layout.users_lock)?;
        let connection = server.bring_up().await?;
        drop(start_lock);
        let adopted = server.child.is_none();
        let (stop, stopped) = oneshot::channel();
        let watch = tokio::spawn(watch(server, connection, stopped));
        let (socket, start_lock, users_lock) = (layout.socket, layout.start_lock, layout.users_lock);
        Ok(Cluster { socket, start_lock, users_lock, using, stop, watch, adopted })
    }

    /// True when the server was already running.
    pub fn adopted(&self) -> bool {
        self.adopted
    }

    /// How to reach one of its databases, as the cluster's superuser.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        server::options(&self.socket, database)
    }

    /// The same as an address, for programs such as psql.
    pub fn url(&self, database: &str) -> String {
        url(&self.socket, database)
    }

    /// Makes the database if it is missing, and says how to reach it.
    pub async fn database(&self, name: &str) -> Result<PgConnectOptions, ClusterError> {
        let mut connection = PgConnection::connect_with(&self.options("postgres")).await?;
        let names = sqlx::raw_sql("SELECT datname FROM pg_database").fetch_all(&mut connection).await?;
        let is_there = |row| matches!(sqlx::Row::try_get::<String, _>(row, 0), Ok(found) if found == name);
        if !names.iter().any(is_there) {
            let create = AssertSqlSafe(format!("CREATE DATABASE {}", quoted(name)));
            match sqlx::raw_sql(create).execute(&mut connection).await {
                Ok(_) => {}
                Err(sqlx::Error::Database(error)) if is_duplicate(error.as_ref()) => {}
                Err(error) => return Err(error.into()),
            }
        }
        connection.close().await?;
        Ok(self.options(name))
    }

    /// Ends this process's use. The last process to do so stops the server and waits for its end.
    pub async fn stop(self) -> Result<(), ClusterError> {
        self.stop.send(()).ok();
        let Ok(mut server) = self.watch.await else {
            return Ok(());
        };
        let deciding = layout::lock(&self.start_lock).await?;
        if layout::last_user(&self.users_lock, self.using)? {
            server.shut_down().await?;
        }
        drop(deciding);
        Ok(())
    }
}

/// Everything before the server runs: programs, user, directories, the data itself. Returns the start lock, held.
pub(crate) async fn prepare(dir: &Path, durability: Durability) -> Result<(Server, File), ClusterError> {
    let layout = layout::Layout::new(dir)?;
    let run_as = user::choose(&layout.data)?;
    if let Some(user) = &run_as {
        user::check_reach(layout.dir(), user)?;
    }
    let start_lock = layout::lock(&layout.start_lock).await?;
    let made_by = layout.made_by()?;
    let tools = match &made_by {
        Some(version) => tools_for(version, &layout.data)?,
        None => tools::find(None)?,
    };
    layout.prepare_socket(run_as.as_ref())?;
    let server = Server { tools, layout, run_as, durability, child: None };
    if made_by.is_none() {
        server.create().await?;
    }
    Ok((server, start_lock))
}

fn tools_for(version: &str, data: &Path) -> Result<tools::Tools, ClusterError> {
    let wrong = || ClusterError::WrongVersion {
        dir: data.to_path_buf(),
        made_by: version.to_owned(),
        found: tools::describe(&tools::installed()),
    };
    let major: u32 = version.parse().map_err(|_| wrong())?;
    tools::find(Some(major)).map_err(|_| wrong())
}

async fn bring_back(server: &mut Server) -> Result<PgConnection, ClusterError> {
    let _starting = layout::lock(&server.layout.start_lock).await?;
    server.bring_up().await
}

/// Keeps one connection; when it breaks, the server is looked for again and, if it is gone, started again.
async fn watch(
    mut server: Server,
    mut connection: PgConnection,
    mut stopped: oneshot::Receiver<()>,
) -> Server {
    loop {
        tokio::select! {
            _ = &mut stopped => return server,
            () = tokio::time::sleep(HEARTBEAT) => {}
        }
        if matches!(tokio::time::timeout(HEARTBEAT_LIMIT, connection.ping()).await, Ok(Ok(()))) {
            continue;
        }
        tracing::warn!("the private PostgreSQL stopped answering: looking for it");
        let back = tokio::select! {
            _ = &mut stopped => return server,
            back = bring_back(&mut server) => back,
        };
        match back {
            Ok(fresh) => {
                tracing::info!("the private PostgreSQL answers again");
                connection = fresh;
            }
            Err(error) => {
                tracing::error!(%error, "the private PostgreSQL is not back: trying again");
            }
        }
    }
}

/// Another process was faster: the name is taken, or is being taken at this moment.
fn is_duplicate(error: &dyn sqlx::error::DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("42P04" | "23505"))
}

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(crate) fn url(socket: &Path, database: &str) -> String {
    format!(
        "postgres://postgres@{}:5432/{}?sslmode=disable",
        percent(&socket.to_string_lossy()),
        percent(database)
    )
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").ok();
        }
        encoded
    })
}
