//! Where tests put what they throw away: in memory where there is plenty. Each of a thousand tests has a database of its own,
//! hundreds of files that are made and removed at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::sh;

const MEMORY: &str = "/dev/shm";
/// More than all databases of a run together, with what else the machine keeps there.
const ENOUGH_KB: u64 = 8 * 1024 * 1024;

/// The folder: one that was asked for, memory with room in it, or the usual one. The same from the first question on: tests fill it.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(choose)
}

/// Whether what is left there would be left in memory.
pub fn is_memory() -> bool {
    folder() == Path::new(MEMORY)
}

fn choose() -> PathBuf {
    let asked = std::env::var_os("TMPDIR").is_some();
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let free = sh::capture(Command::new("df").args(["-k", "--output=avail", MEMORY])).unwrap_or_default();
    if !asked && takes_programs(&mounts) && has_room(&free) { MEMORY.into() } else { std::env::temp_dir() }
}

/// Tests start small programs that they write there.
fn takes_programs(mounts: &str) -> bool {
    mounts.lines().any(|line| {
        let parts: Vec<&str> = line.split_whitespace().collect();
        matches!(parts.as_slice(), [_, MEMORY, "tmpfs", options, ..] if options.split(',').all(|one| one != "noexec"))
    })
}

fn has_room(df: &str) -> bool {
    df.lines().last().and_then(|kb| kb.trim().parse::<u64>().ok()).is_some_and(|kb| kb >= ENOUGH_KB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_where_programs_may_run_and_there_is_room() {
        assert!(takes_programs("proc /proc proc rw 0 0\ntmpfs /dev/shm tmpfs rw,nosuid 0 0\n"));
        assert!(!takes_programs("shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0\n"));
        assert!(!takes_programs("tmpfs /run tmpfs rw 0 0\n"));
        assert!(has_room("   Avail\n24674664\n"));
        assert!(!has_room("   Avail\n  65536\n"));
        assert!(!has_room(""));
    }
}
