//! The program that is measured, on data of its own, and a way to its database as the owner. Must only ever end processes
//! that it started, or whose number the data folder itself names.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::cpu::Pids;
use super::wire::Wire;
use crate::install;
use crate::sh::{self, Outcome};

/// One installation of the release build.
pub struct Host {
    program: PathBuf,
    bin: PathBuf,
    data: PathBuf,
    addr: SocketAddr,
    child: Option<Child>,
    /// The data is somebody's to keep.
    kept: bool,
}

impl Host {
    /// On a free port. Without a folder to keep, in a temporary one that is removed at the end.
    pub fn new(program: PathBuf, keep: Option<PathBuf>) -> Outcome<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let addr = free.map_err(|e| format!("no free port: {e}"))?;
        let bin = install::postgres_bin().ok_or("PostgreSQL's programs were not found")?;
        let kept = keep.is_some();
        let data = keep
            .unwrap_or_else(|| std::env::temp_dir().join(format!("onedoor-bench-{}", std::process::id())));
        Ok(Self { program, bin, data, addr, child: None, kept })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// A command of the program on this data.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        // The port for figures is one for the whole machine; the proxy is this program, which brings people from many places.
        command.env("ONEDOOR_METRICS_LISTEN", "off").env("ONEDOOR_TRUSTED_PROXY", "127.0.0.1");
        command.args(args).arg("--data").arg(&self.data);
        command
    }

    /// Starts it, as a demonstration with no more people than it has, and gives the seconds until it answers.
    pub fn start(&mut self, extra: &[&str], patience: Duration) -> Outcome<f64> {
        let begun = Instant::now();
        let log = fs::File::options().create(true).append(true).open(self.log());
        let log = log.map_err(|e| format!("cannot write {}: {e}", self.log().display()))?;
        let errors = log.try_clone().map_err(|e| format!("cannot write the log: {e}"))?;
        let mut command = self.command(&["serve", "--listen", &self.addr.to_string()]);
        command.args(extra).stdin(Stdio::null()).stdout(log).stderr(errors);
        self.child =
            Some(command.spawn().map_err(|e| format!("cannot start {}: {e}", self.program.display()))?);
        while begun.elapsed() < patience {
            if Wire::new(self.addr).get("/health/ready").is_ok_and(|page| page.status == 200) {
                return Ok(begun.elapsed().as_secs_f64());
            }
            if !matches!(self.child.as_mut().map(Child::try_wait), Some(Ok(None))) {
                return Err(format!("the server ended by itself; see {}", self.log().display()));
            }
            sleep(Duration::from_millis(10));
        }
        Err(format!("no page within {} s; see {}", patience.as_secs(), self.log().display()))
    }

    /// Asks it to end, and waits: its database ends with it.
    pub fn stop(&mut self) -> Outcome {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        sh::capture(Command::new("kill").args(["-TERM", &child.id().to_string()]))?;
        child.wait().map(drop).map_err(|e| format!("cannot wait for the server: {e}"))
    }

    /// The processes to watch.
    pub fn pids(&self) -> Outcome<Pids> {
        let app = self.child.as_ref().map(Child::id).ok_or("the server does not run")?;
        let file = self.data.join("postgres/postmaster.pid");
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let first = text.lines().next().and_then(|line| line.trim().parse().ok());
        Ok(Pids { app, postmaster: first.ok_or("the database's process number cannot be read")? })
    }

    /// A program of `PostgreSQL` as the owner of everything, over the private socket.
    pub fn postgres(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.arg("-h").arg(self.data.join("postgres.run")).args(["-p", "5432", "-U", "postgres"]);
        command
    }

    /// The rows that a statement gives, each cut into its columns.
    pub fn rows(&self, sql: &str) -> Outcome<Vec<Vec<String>>> {
        let mut command = self.postgres("psql");
        command.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-F",
            "\t",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            "onedoor",
            "-c",
            sql,
        ]);
        let text = sh::capture(&mut command)?;
        Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
    }

    /// The first column of the first row.
    pub fn value(&self, sql: &str) -> Outcome<String> {
        let row = self.rows(sql)?.into_iter().next().and_then(|row| row.into_iter().next());
        row.ok_or_else(|| format!("no row from {sql}"))
    }

    /// Runs a file of statements.
    pub fn run_file(&self, file: &Path, variables: &[(&str, &str)]) -> Outcome {
        let mut command = self.postgres("psql");
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "onedoor"]);
        for (name, value) in variables {
            command.args(["-v", &format!("{name}={value}")]);
        }
        sh::capture(command.arg("-f").arg(file)).map(drop)
    }

    fn log(&self) -> PathBuf {
        self.data.with_extension("log")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let stopped = self.stop();
        if !self.kept && stopped.is_ok() {
            let _ = fs::remove_dir_all(&self.data);
            let _ = fs::remove_file(self.log());
        }
    }
}
