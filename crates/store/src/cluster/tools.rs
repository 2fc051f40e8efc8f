//! Finds the machine's PostgreSQL server programs. Must not start any of them as a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::ClusterError;

/// Major versions this build is written for.
pub const SUPPORTED: std::ops::RangeInclusive<u32> = 15..=18;

/// Folders in which distributions keep one version each: the folder to list, what each entry's name begins with, and where the programs lie below it.
const DISTRIBUTIONS: [(&str, &str, &str); 6] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/usr/local", "pgsql", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
];

/// One installed version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tools {
    pub bin: PathBuf,
    pub major: u32,
}

impl Tools {
    pub fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }
}

/// The installed version to use; `wanted` is what an existing data directory needs. Looks no further than it must.
pub(crate) fn find(wanted: Option<u32>) -> Result<Tools, ClusterError> {
    choose(candidates(), wanted).ok_or_else(|| ClusterError::Missing { found: describe(&installed()) })
}

/// The first of the right version, in the order found.
fn choose(mut installed: impl Iterator<Item = Tools>, wanted: Option<u32>) -> Option<Tools> {
    installed.find(|tools| match wanted {
        Some(major) => tools.major == major,
        None => SUPPORTED.contains(&tools.major),
    })
}

/// What was found, to put at the end of a sentence.
pub(super) fn describe(installed: &[Tools]) -> String {
    if installed.is_empty() {
        return String::new();
    }
    let each: Vec<String> =
        installed.iter().map(|tools| format!("version {} in {}", tools.major, tools.bin.display())).collect();
    format!(" (found: {})", each.join(", "))
}

/// Everything installed, each once.
pub(super) fn installed() -> Vec<Tools> {
    let mut found: Vec<Tools> = Vec::new();
    for tools in candidates() {
        if !found.contains(&tools) {
            found.push(tools);
        }
    }
    found
}

/// Best first: the PATH, then `pg_config`, then distribution folders from the newest down. Nothing is run before it is asked for.
fn candidates() -> impl Iterator<Item = Tools> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let named = std::iter::once_with(named_by_pg_config).flatten();
    folders
        .into_iter()
        .chain(named)
        .filter_map(|bin| probe(&bin))
        .chain(std::iter::once_with(distributions).flatten())
}

fn named_by_pg_config() -> Option<PathBuf> {
    let answer = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()))
}

fn distributions() -> Vec<Tools> {
    let mut found: Vec<Tools> = distribution_folders().iter().filter_map(|bin| probe(bin)).collect();
    found.sort_by_key(|tools| std::cmp::Reverse(tools.major));
    found
}

fn distribution_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, begins, below) in DISTRIBUTIONS {
        let Ok(entries) = fs::read_dir(parent) else {
            continue;
        };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(begins) {
                folders.push(entry.path().join(below));
            }
        }
    }
    folders
}

/// A folder counts when it has both programs and the server tells its version.
fn probe(bin: &Path) -> Option<Tools> {
    if !bin.join("initdb").is_file() {
        return None;
    }
    let server = fs::canonicalize(bin.join("postgres")).ok()?;
    let answer = Command::new(&server).arg("--version").output().ok()?;
    let major = major_of(&String::from_utf8_lossy(&answer.stdout))?;
    let bin = server.parent()?.to_path_buf();
    bin.join("initdb").is_file().then_some(Tools { bin, major })
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` → 15; a beta such as `19beta1` → 19.
fn major_of(version: &str) -> Option<u32> {
    let number = version.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(bin: &str, major: u32) -> Tools {
        Tools { bin: PathBuf::from(bin), major }
    }

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_of("something else"), None);
    }

    #[test]
    fn takes_the_first_supported_version() {
        let all = || [tools("/old", 13), tools("/a", 17), tools("/b", 18)].into_iter();
        assert_eq!(choose(all(), None), Some(tools("/a", 17)));
        assert_eq!(choose(all(), Some(18)), Some(tools("/b", 18)));
        assert_eq!(choose(all(), Some(16)), None);
    }

    #[test]
    fn missing_programs_name_the_command_to_install_them() {
        let message = |installed: &[Tools]| {
            let found = describe(installed);
            ClusterError::Missing { found }.to_string()
        };
        assert!(message(&[]).contains("apt-get install postgresql"));
        assert!(message(&[tools("/old", 13)]).contains("version 13 in /old"));
    }

    #[test]
    fn this_machine_has_a_server() {
        assert!(SUPPORTED.contains(&find(None).unwrap().major));
    }
}
