//! What the program stands on in this drill: a database of its own behind a proxy, small disks of its own where this user may
//! make them, and a clock that can be moved for the program alone. Takes away at the end whatever it made.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::proxy::Proxy;
use crate::cluster::Cluster;
use crate::sh::{self, Outcome};

/// Where Debian's package `faketime` puts the library that moves the clock of one program.
const CLOCK: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
const DATABASE: &str = "onedoor";
/// Small, so that they fill in a moment; the journal keeps at most 64 MB by the settings below.
const SIZES: [(Place, &str); 2] = [(Place::Data, "size=700m"), (Place::Journal, "size=160m")];
const SETTINGS: [&str; 2] = ["max_wal_size=64MB", "min_wal_size=32MB"];
const BLOCK: usize = 1 << 20;

/// A disk that can be filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Where the tables are.
    Data,
    /// Where the database writes down first what it will change.
    Journal,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Journal => "journal",
        }
    }
}

/// All of it.
pub struct Ground {
    dir: PathBuf,
    /// Ends before its disks do.
    cluster: Option<Cluster>,
    proxy: Proxy,
    has_disks: bool,
    clock: PathBuf,
}

impl Ground {
    /// Makes the disks, the database and the proxy.
    pub fn new() -> Outcome<Self> {
        let dir = std::env::temp_dir().join(format!("onedoor-faults-{}", std::process::id()));
        let has_disks = sh::is_root() && SIZES.iter().all(|(place, size)| mount(&dir, *place, size).is_ok());
        let journal = has_disks.then(|| dir.join(Place::Journal.name()).join("wal"));
        if let Some(journal) = &journal {
            fs::create_dir_all(journal).map_err(|e| format!("cannot make {}: {e}", journal.display()))?;
        }
        let home = dir.join(Place::Data.name()).join("cluster");
        let cluster = Cluster::lasting(home, journal.as_deref(), &SETTINGS)?;
        sh::capture(&mut cluster.psql("postgres", &["-c", &format!("CREATE DATABASE {DATABASE}")]))?;
        let proxy = Proxy::to(cluster.socket())?;
        let clock = dir.join("clock");
        let ground = Self { dir, cluster: Some(cluster), proxy, has_disks, clock };
        ground.set_clock(0)?;
        Ok(ground)
    }

    /// What the program must be told to stand on this.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let url = format!("postgres://postgres@{}/{DATABASE}?sslmode=disable", self.proxy.addr());
        let mut settings =
            vec![("ONEDOOR_DATABASE_URL", url), ("ONEDOOR_TRUSTED_PROXY", "127.0.0.1".to_owned())];
        if Path::new(CLOCK).exists() {
            settings.extend([
                ("LD_PRELOAD", CLOCK.to_owned()),
                ("FAKETIME_TIMESTAMP_FILE", self.clock.display().to_string()),
                ("FAKETIME_NO_CACHE", "1".to_owned()),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ]);
        }
        settings
    }

    /// Why a fault cannot be made here.
    pub fn cannot(&self, fault: &str) -> Option<&'static str> {
        if fault.starts_with("disk") && !self.has_disks {
            return Some("small disks are made by root only");
        }
        if fault.starts_with("clock") && !Path::new(CLOCK).exists() {
            return Some("it needs Debian's package faketime");
        }
        None
    }

    /// The way to the database.
    pub fn proxy(&self) -> &Proxy {
        &self.proxy
    }

    /// Fills a disk to the last byte.
    pub fn fill(&self, place: Place) -> Outcome<Ballast> {
        let path = self.dir.join(place.name()).join("ballast");
        let mut file = fs::File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let block = vec![0x5a; BLOCK];
        while file.write_all(&block).is_ok() {}
        while file.write_all(block.get(..512).unwrap_or_default()).is_ok() {}
        Ok(Ballast { path })
    }

    /// Goes on to the next file of the journal until there is none: those that are kept to be used again would last a while.
    pub fn use_up_journal(&self) {
        const NEXT: &str = "SELECT pg_logical_emit_message(true, 'drill', 'x'), pg_switch_wal()";
        let next = |cluster: &Cluster| sh::capture(&mut cluster.psql(DATABASE, &["-c", NEXT])).is_ok();
        for _ in 0..20 {
            if !self.cluster.as_ref().is_some_and(next) {
                return;
            }
        }
    }

    /// Moves the program's clock.
    pub fn set_clock(&self, seconds: i64) -> Outcome {
        fs::write(&self.clock, format!("{seconds:+}s\n"))
            .map_err(|e| format!("{}: {e}", self.clock.display()))
    }

    /// Kills the largest process of the database but its first, as the kernel does where memory ends.
    pub fn kill_a_backend(&mut self) -> Outcome<String> {
        let first = self.cluster.as_ref().ok_or("no database")?.pid();
        let (pid, kilobytes) = children(first)
            .into_iter()
            .max_by_key(|(_, memory)| *memory)
            .ok_or("the database has no processes")?;
        sh::run(Command::new("kill").args(["-9", &pid.to_string()]))?;
        Ok(format!("it had {} MB", kilobytes / 1024))
    }

    /// Kills the whole database.
    pub fn kill_database(&mut self) -> Outcome<String> {
        self.cluster.as_mut().ok_or("no database")?.kill().map(|()| String::new())
    }

    /// Starts the database again if it has ended, as its supervisor does, and says whether it had.
    pub fn supervise(&mut self) -> Outcome<bool> {
        let cluster = self.cluster.as_mut().ok_or("no database")?;
        if !cluster.has_ended() {
            return Ok(false);
        }
        cluster.restart()?;
        Ok(true)
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        drop(self.cluster.take());
        for (place, _) in SIZES {
            if self.has_disks {
                let _ = sh::capture(Command::new("umount").arg(self.dir.join(place.name())));
            }
        }
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// What fills a disk.
#[must_use]
pub struct Ballast {
    path: PathBuf,
}

impl Ballast {
    /// Makes room again.
    pub fn remove(self) -> Outcome {
        fs::remove_file(&self.path).map_err(|e| format!("{}: {e}", self.path.display()))
    }
}

fn mount(dir: &Path, place: Place, size: &str) -> Outcome {
    let at = dir.join(place.name());
    fs::create_dir_all(&at).map_err(|e| format!("cannot make {}: {e}", at.display()))?;
    // The database runs as another user, who must be able to pass through.
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))
        .map_err(|e| format!("{}: {e}", dir.display()))?;
    sh::capture(Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(&at)).map(drop)
}

/// The processes under one, with the memory that each has to itself and shares, in kilobytes.
fn children(parent: u32) -> Vec<(u32, u64)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers
        .filter_map(|pid| {
            let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
            (field(&text, "PPid:")? == u64::from(parent)).then_some((pid, field(&text, "VmRSS:")?))
        })
        .collect()
}

fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_says_whose_it_is_and_how_large() {
        let status = "Name:\tpostgres\nPPid:\t41\nVmRSS:\t   20480 kB\n";
        assert_eq!((field(status, "PPid:"), field(status, "VmRSS:")), (Some(41), Some(20480)));
        assert_eq!(field(status, "VmSwap:"), None);
    }
}
