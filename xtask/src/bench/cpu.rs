//! What the program and its database used of the machine, as the kernel counts it. Must not count anything else: the
//! measuring program sits on the same machine.

use std::fs;
use std::path::Path;

/// Processor time in milliseconds since the processes began, of the program and of all processes of the database.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cpu {
    /// The program.
    pub app: f64,
    /// Every process of the database, those that have ended among them.
    pub postgres: f64,
}

impl Cpu {
    /// Since an earlier moment.
    pub fn since(self, before: Self) -> Self {
        Self { app: self.app - before.app, postgres: self.postgres - before.postgres }
    }

    /// Of both.
    pub fn both(self) -> f64 {
        self.app + self.postgres
    }
}

/// The processes that are watched.
#[derive(Clone, Copy, Debug)]
pub struct Pids {
    /// The program.
    pub app: u32,
    /// The database's first process.
    pub postmaster: u32,
}

/// The kernel's tick on every system that Rust runs on with /proc.
const MS_PER_TICK: f64 = 10.0;

impl Pids {
    /// What they used until now.
    pub fn cpu(self) -> Cpu {
        let stat =
            |pid: u32| fs::read_to_string(format!("/proc/{pid}/stat")).ok().and_then(|text| ticks(&text));
        let app = stat(self.app).map(|one| one.own).unwrap_or_default();
        let first = stat(self.postmaster).map(|one| one.own + one.ended).unwrap_or_default();
        let running: f64 =
            all().filter_map(stat).filter(|one| one.parent == self.postmaster).map(|one| one.own).sum();
        Cpu { app, postgres: first + running }
    }

    /// The most memory the program held at once, in megabytes.
    pub fn peak_mb(self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.app)).ok()?;
        field_kb(&status, "VmHWM:").map(|kb| kb / 1024.0)
    }
}

fn all() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir(Path::new("/proc")).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// One process, times in milliseconds.
#[derive(Debug, PartialEq)]
struct Stat {
    parent: u32,
    own: f64,
    /// Of its children that have ended.
    ended: f64,
}

/// Reads `/proc/PID/stat`: the name in brackets may hold anything, so what counts comes after the last bracket.
fn ticks(text: &str) -> Option<Stat> {
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<f64>().ok();
    let ms = |at: usize| Some((number(at)? + number(at + 1)?) * MS_PER_TICK);
    Some(Stat { parent: fields.get(1)?.parse().ok()?, own: ms(11)?, ended: ms(13)? })
}

fn field_kb(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_after_any_name() {
        let text = "42 (post) gres: a) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 20 10 20 0 1 0 99 1 2";
        assert_eq!(ticks(text), Some(Stat { parent: 7, own: 2000.0, ended: 300.0 }));
        assert_eq!(ticks("42 (cut"), None);
    }

    #[test]
    fn memory_is_read_from_its_line() {
        assert_eq!(field_kb("Name:\tx\nVmHWM:\t   51200 kB\n", "VmHWM:"), Some(51200.0));
        assert_eq!(field_kb("Name:\tx\n", "VmHWM:"), None);
    }

    #[test]
    fn this_process_has_used_something() {
        let me = Pids { app: std::process::id(), postmaster: 0 };
        assert!(me.peak_mb().is_some_and(|mb| mb > 0.1));
    }
}
