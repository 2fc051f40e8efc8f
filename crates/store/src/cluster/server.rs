//! Starts, watches and stops one PostgreSQL server process. Must not decide who else uses it.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgConnection};
use tokio::process::{Child, Command};

use super::error::{ClusterError, io};
use super::layout::{Layout, private_directory};
use super::tools::Tools;
use super::user::RunAs;

/// Recovery after a crash may have a lot to read again.
const START_LIMIT: Duration = Duration::from_mins(5);
/// After kill −9 the lock and the shared memory of the dead server stay for some seconds.
const LEFTOVER_LIMIT: Duration = Duration::from_secs(20);
const STOP_LIMIT: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(20);
const LOG_LIMIT: u64 = 8 << 20;

/// Whether an acknowledged write has to outlive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Always, for anything that holds records.
    Full,
    /// Throw-away test data only.
    #[cfg(feature = "testing")]
    None,
}

/// What is at the socket.
enum Seen {
    Answers(PgConnection),
    /// It is there and not ready: starting, recovering, stopping, full.
    Busy(String),
    Nobody,
}

#[derive(Debug)]
pub(crate) struct Server {
    pub(super) tools: Tools,
    pub(super) layout: Layout,
    pub(super) run_as: Option<RunAs>,
    pub(super) durability: Durability,
    pub(super) child: Option<Child>,
}

/// Who connects: the cluster's own superuser, over the private socket.
pub(crate) fn options(socket: &Path, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(5432)
        .username("postgres")
        .database(database)
        .ssl_mode(PgSslMode::Disable)
        .application_name("onedoor")
}

impl Server {
    /// The socket of a server that already answers for `dir`, and a connection to it.
    #[cfg(feature = "testing")]
    pub async fn running(dir: &Path) -> Option<(std::path::PathBuf, PgConnection)> {
        let layout = Layout::new(dir).ok()?;
        match look(&layout).await {
            Seen::Answers(connection) => Some((layout.socket, connection)),
            Seen::Busy(_) | Seen::Nobody => None,
        }
    }

    /// The directory of its socket.
    #[cfg(feature = "testing")]
    pub fn socket(&self) -> &Path {
        &self.layout.socket
    }

    /// Makes the cluster under a temporary name and renames it, so that a half-made one is never used.
    pub async fn create(&self) -> Result<(), ClusterError> {
        let unfinished = self.layout.dir().join("postgres.new");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(io("cannot remove", &unfinished))?;
        }
        private_directory(&unfinished, self.run_as.as_ref())?;
        let mut initdb = self.command("initdb");
        initdb.arg("--pgdata").arg(&unfinished);
        initdb.args([
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--auth-local=trust",
            "--auth-host=reject",
        ]);
        initdb.args(["--data-checksums", "--no-instructions"]);
        if self.durability != Durability::Full {
            initdb.arg("--no-sync");
        }
        let output = initdb.output().await.map_err(io("cannot run", &self.tools.program("initdb")))?;
        if !output.status.success() {
            return Err(ClusterError::Initdb(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        fs::rename(&unfinished, &self.layout.data).map_err(io("cannot rename", &unfinished))?;
        let parent = fs::File::open(self.layout.dir()).map_err(io("cannot open", self.layout.dir()))?;
        parent.sync_all().map_err(io("cannot sync", self.layout.dir()))
    }

    /// Comes back when a query was answered: by a server that survived, or by one started here. The caller holds the
    /// start lock, so that no two processes do this at once.
    pub async fn bring_up(&mut self) -> Result<PgConnection, ClusterError> {
        let since = Instant::now();
        let mut log_from = 0;
        loop {
            let seen = match look(&self.layout).await {
                Seen::Answers(connection) => return Ok(connection),
                seen => seen,
            };
            let ended = match &mut self.child {
                Some(child) => child.try_wait().map_err(io("cannot wait for", &self.layout.data))?.is_some(),
                None => true,
            };
            match seen {
                Seen::Nobody if ended => {
                    let why = self.last_words(log_from);
                    let tried = self.child.take().is_some() && log_from > 0;
                    if tried && (!is_leftover(&why) || since.elapsed() > LEFTOVER_LIMIT) {
                        return Err(self.did_not_start(why));
                    }
                    if tried {
                        tokio::time::sleep(PAUSE * 10).await;
                    }
                    self.layout.disown_zombie()?;
                    log_from = self.spawn()?;
                }
                Seen::Busy(why) if since.elapsed() > START_LIMIT => {
                    return Err(self.did_not_start(why));
                }
                Seen::Nobody if since.elapsed() > START_LIMIT => {
                    return Err(self.did_not_start(self.last_words(log_from)));
                }
                Seen::Busy(_) | Seen::Nobody | Seen::Answers(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Starts the server in a process group of its own: Ctrl-C reaches the program first, which then stops the server.
    fn spawn(&mut self) -> Result<u64, ClusterError> {
        let log_path = &self.layout.log;
        if fs::metadata(log_path).is_ok_and(|meta| meta.len() > LOG_LIMIT) {
            fs::rename(log_path, log_path.with_extension("log.1")).map_err(io("cannot rename", log_path))?;
        }
        let mut log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(log_path)
            .map_err(io("cannot open", log_path))?;
        let from = log.seek(SeekFrom::End(0)).map_err(io("cannot read", log_path))?;
        let also = log.try_clone().map_err(io("cannot open", log_path))?;
        let mut postgres = self.command("postgres");
        postgres.arg("-D").arg(&self.layout.data);
        for setting in self.settings() {
            postgres.arg("-c").arg(setting);
        }
        postgres.process_group(0).stdin(Stdio::null()).stdout(log).stderr(also);
        let child = postgres.spawn().map_err(io("cannot run", &self.tools.program("postgres")))?;
        self.child = Some(child);
        // Not zero, so that the caller can tell a second attempt from the first.
        Ok(from.max(1))
    }

    /// Given on the command line, where they outrank anything written in the data directory.
    fn settings(&self) -> Vec<String> {
        let durable = if self.durability == Durability::Full { "on" } else { "off" };
        let socket = self.layout.socket.to_string_lossy().replace('"', "\"\"");
        vec![
            "listen_addresses=".to_owned(),
            "port=5432".to_owned(),
            format!("unix_socket_directories=\"{socket}\""),
            "unix_socket_permissions=0700".to_owned(),
            format!("fsync={durable}"),
            format!("full_page_writes={durable}"),
            format!("synchronous_commit={durable}"),
            "max_connections=100".to_owned(),
            "timezone=UTC".to_owned(),
            "log_timezone=UTC".to_owned(),
            // A failed statement and the row it concerned are personal data: neither goes to the log.
            "log_error_verbosity=terse".to_owned(),
            "log_min_error_statement=panic".to_owned(),
            "logging_collector=off".to_owned(),
            // It would write code into memory and run it, which a hardened service may not.
            "jit=off".to_owned(),
        ]
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.tools.program(program));
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").current_dir("/");
        if let Some(user) = &self.run_as {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// Fast shutdown: open transactions are rolled back, everything committed is written. Comes back when it is over.
    pub async fn shut_down(&mut self) -> Result<(), ClusterError> {
        let Seen::Answers(connection) = look(&self.layout).await else {
            // Nobody to stop, or a server that does not answer: the next start recovers it.
            return Ok(());
        };
        let pid = self.layout.server_pid().and_then(Pid::from_raw);
        drop(connection);
        for signal in [Signal::INT, Signal::QUIT] {
            if let Some(pid) = pid {
                // It may be gone already; the wait below is what counts.
                kill_process(pid, signal).ok();
            }
            if tokio::time::timeout(STOP_LIMIT, self.gone()).await.is_ok() {
                return Ok(());
            }
        }
        Err(self.did_not_start("it does not stop".to_owned()))
    }

    /// The server removes its pid file as its last act. Our own child is also waited for, so that no zombie stays.
    async fn gone(&mut self) {
        let pid_file = self.layout.data.join("postmaster.pid");
        while pid_file.exists() {
            tokio::time::sleep(PAUSE).await;
        }
        if let Some(child) = &mut self.child {
            child.wait().await.ok();
        }
        // A short name in the temporary directory must not stay behind; one that is not empty does.
        fs::remove_dir(&self.layout.socket).ok();
    }

    fn did_not_start(&self, why: String) -> ClusterError {
        ClusterError::DidNotStart { why, log: self.layout.log.clone() }
    }

    fn last_words(&self, from: u64) -> String {
        let mut text = String::new();
        if let Ok(mut log) = fs::File::open(&self.layout.log)
            && log.seek(SeekFrom::Start(from)).is_ok()
        {
            log.take(64 << 10).read_to_string(&mut text).ok();
        }
        let lines: Vec<&str> = text.lines().rev().take(8).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

/// The server says so when the dead one's lock file or shared memory is still there.
fn is_leftover(words: &str) -> bool {
    words.contains("lock file") || words.contains("shared memory block")
}

/// A pid proves nothing (a zombie looks alive): only an answer from the right data directory counts.
async fn look(layout: &Layout) -> Seen {
    let options = options(&layout.socket, "postgres");
    let attempt = tokio::time::timeout(Duration::from_secs(5), async {
        let mut connection = PgConnection::connect_with(&options).await?;
        let row = sqlx::raw_sql("SHOW data_directory").fetch_one(&mut connection).await?;
        let directory: String = sqlx::Row::try_get(&row, 0)?;
        Ok::<_, sqlx::Error>((connection, directory))
    });
    match attempt.await {
        Ok(Ok((connection, directory))) if Path::new(&directory) == layout.data => Seen::Answers(connection),
        Ok(Ok((_, directory))) => Seen::Busy(format!("another server, of {directory}, is at the socket")),
        Ok(Err(sqlx::Error::Database(error))) => Seen::Busy(error.message().to_owned()),
        Ok(Err(_)) => Seen::Nobody,
        Err(_) => Seen::Busy("it accepts connections and does not answer".to_owned()),
    }
}
