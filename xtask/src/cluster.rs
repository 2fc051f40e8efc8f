//! A throw-away `PostgreSQL`: made in the temporary folder, gone at the end. For `prepare` it does not sync to disk; for a drill
//! it loses nothing. Must not be used for anything that is kept.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::install;
use crate::sh::{self, Outcome};

const PREFIX: &str = "onedoor-prepare-";

/// A running server; dropped, it is stopped and removed.
pub struct Cluster {
    bin: PathBuf,
    dir: PathBuf,
    child: Child,
    settings: Vec<String>,
}

impl Cluster {
    /// Makes and starts one, after removing what a killed run left behind.
    pub fn start() -> Outcome<Self> {
        let dir = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        Self::at(dir, None, &["fsync=off", "autovacuum=off"])
    }

    /// Makes and starts one that loses nothing, in a folder of its own; its journal may lie in another that is there and empty.
    pub fn lasting(dir: PathBuf, journal: Option<&Path>, settings: &[&str]) -> Outcome<Self> {
        Self::at(dir, journal, settings)
    }

    fn at(dir: PathBuf, journal: Option<&Path>, settings: &[&str]) -> Outcome<Self> {
        let bin = install::postgres_bin().ok_or("PostgreSQL's programs were not found")?;
        remove_abandoned(&std::env::temp_dir(), &bin);
        let owner = owner()?;
        fs::create_dir_all(&dir).map_err(|e| format!("cannot make {}: {e}", dir.display()))?;
        let made = prepare_dir(&dir, owner)
            .and_then(|()| journal.map_or(Ok(()), |journal| prepare_dir(journal, owner)))
            .and_then(|()| init(&bin, &dir, journal, owner))
            .and_then(|()| spawn(&bin, &dir, settings, owner));
        match made {
            Ok(child) => {
                let settings = settings.iter().map(|&setting| setting.to_owned()).collect();
                let mut cluster = Self { bin, dir, child, settings };
                cluster.wait_until_it_answers()?;
                Ok(cluster)
            }
            Err(why) => {
                let _ = fs::remove_dir_all(&dir);
                Err(why)
            }
        }
    }

    /// The address, as the checked macros want it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.dir.display())
    }

    /// Where its socket lies.
    pub fn socket(&self) -> PathBuf {
        self.dir.join(".s.PGSQL.5432")
    }

    /// The number of its first process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills all of it, as the kernel does where memory ends.
    pub fn kill(&mut self) -> Outcome {
        self.child
            .kill()
            .and_then(|()| self.child.wait())
            .map(drop)
            .map_err(|e| format!("cannot kill it: {e}"))
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Starts it again after it has ended, as its supervisor would.
    pub fn restart(&mut self) -> Outcome {
        let settings = self.settings.clone();
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        // Its other processes notice after a moment, and until then nothing else may start on their data.
        let mut said = String::new();
        for _ in 0..100 {
            self.child = spawn(&self.bin, &self.dir, &settings, owner()?)?;
            match self.wait_until_it_answers() {
                Ok(()) => return Ok(()),
                Err(why) => said = why,
            }
            sleep(Duration::from_millis(100));
        }
        Err(said)
    }

    /// `psql` on a database, stopping at the first error.
    pub fn psql(&self, database: &str, args: &[&str]) -> Command {
        let mut command = Command::new(self.bin.join("psql"));
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", database, "-h"]);
        command.arg(&self.dir).args(args).env("PGOPTIONS", "-c client_min_messages=warning");
        command
    }

    /// Blocks until the server ends (Ctrl-C reaches it as well as this program).
    pub fn wait(&mut self) -> Outcome {
        self.child.wait().map(drop).map_err(|e| format!("cannot wait for PostgreSQL: {e}"))
    }

    fn wait_until_it_answers(&mut self) -> Outcome {
        for _ in 0..200 {
            if sh::capture(&mut self.psql("postgres", &["-c", "SELECT 1"])).is_ok() {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                let log = fs::read_to_string(self.dir.join("log")).unwrap_or_default();
                return Err(format!("PostgreSQL ended with {status}:\n{log}"));
            }
            sleep(Duration::from_millis(50));
        }
        Err("PostgreSQL did not answer within 10 seconds".to_owned())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Immediate is right here: nothing in it is kept.
        stop(&self.bin, &self.dir, owner().ok().flatten());
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// `PostgreSQL` refuses to run as root, so root lends it another user.
fn owner() -> Outcome<Option<(u32, u32)>> {
    if !sh::is_root() {
        return Ok(None);
    }
    let found = install::user("postgres").or_else(|| install::user("nobody"));
    found.map(Some).ok_or_else(|| "no unprivileged user was found to run PostgreSQL as".to_owned())
}

fn as_owner(program: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((uid, gid)) = owner {
        command.uid(uid).gid(gid);
    }
    command.current_dir("/");
    command
}

fn prepare_dir(dir: &Path, owner: Option<(u32, u32)>) -> Outcome {
    let private = fs::set_permissions(dir, fs::Permissions::from_mode(0o700));
    let done = private.and_then(|()| match owner {
        Some((uid, gid)) => chown(dir, Some(uid), Some(gid)),
        None => Ok(()),
    });
    done.map_err(|e| format!("cannot set up {}: {e}", dir.display()))
}

fn init(bin: &Path, dir: &Path, journal: Option<&Path>, owner: Option<(u32, u32)>) -> Outcome {
    let mut command = as_owner(&bin.join("initdb"), owner);
    if let Some(journal) = journal {
        command.arg("--waldir").arg(journal);
    }
    command.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
    sh::capture(command.arg(dir.join("data"))).map(drop)
}

fn spawn(bin: &Path, dir: &Path, settings: &[&str], owner: Option<(u32, u32)>) -> Outcome<Child> {
    let log = fs::File::create(dir.join("log")).map_err(|e| format!("cannot write the log: {e}"))?;
    let mut command = as_owner(&bin.join("postgres"), owner);
    command.arg("-D").arg(dir.join("data")).arg("-k").arg(dir);
    command.args(["-c", "listen_addresses="]);
    for setting in settings {
        command.args(["-c", setting]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    command.spawn().map_err(|e| format!("cannot start PostgreSQL: {e}"))
}

fn stop(bin: &Path, dir: &Path, owner: Option<(u32, u32)>) {
    let mut command = as_owner(&bin.join("pg_ctl"), owner);
    let _ = sh::capture(command.args(["stop", "-m", "immediate", "-D"]).arg(dir.join("data")));
}

/// Servers whose program was killed: the number in the folder's name is that program's.
fn remove_abandoned(temp: &Path, bin: &Path) {
    let Ok(entries) = fs::read_dir(temp) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(pid) = name.strip_prefix(PREFIX) else {
            continue;
        };
        if pid.parse::<u32>().is_ok() && !Path::new("/proc").join(pid).exists() {
            stop(bin, &entry.path(), owner().ok().flatten());
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
