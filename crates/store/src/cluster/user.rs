//! Chooses whom PostgreSQL runs as when the program was started as root. Must not change the program's own user.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use super::error::{ClusterError, io};

/// An unprivileged system user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RunAs {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

/// Users that may run the server, best first; the last is made when none exists.
const USERS: [&str; 2] = ["postgres", "onedoor"];

/// None when the program is not root. Otherwise the owner of the existing data, or a system user.
pub(super) fn choose(data: &Path) -> Result<Option<RunAs>, ClusterError> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    if let Ok(meta) = fs::metadata(data)
        && meta.uid() != 0
    {
        let name = passwd()?
            .into_iter()
            .find(|user| user.uid == meta.uid())
            .map_or(meta.uid().to_string(), |user| user.name);
        return Ok(Some(RunAs { name, uid: meta.uid(), gid: meta.gid() }));
    }
    if let Some(user) = existing()? {
        return Ok(Some(user));
    }
    let made = Command::new("useradd")
        .args(["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "onedoor"])
        .output();
    match (made, existing()?) {
        (_, Some(user)) => Ok(Some(user)),
        (Ok(output), None) => {
            Err(ClusterError::NoUser(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
        }
        (Err(error), None) => Err(ClusterError::NoUser(format!("useradd: {error}"))),
    }
}

fn existing() -> Result<Option<RunAs>, ClusterError> {
    let users = passwd()?;
    Ok(USERS.iter().find_map(|name| users.iter().find(|user| user.name == *name && user.uid != 0)).cloned())
}

fn passwd() -> Result<Vec<RunAs>, ClusterError> {
    let path = Path::new("/etc/passwd");
    let text = fs::read_to_string(path).map_err(io("cannot read", path))?;
    Ok(text.lines().filter_map(entry).collect())
}

fn entry(line: &str) -> Option<RunAs> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(RunAs { name, uid, gid })
}

/// Every folder from the root down to `dir` has to let the user through.
pub(super) fn check_reach(dir: &Path, user: &RunAs) -> Result<(), ClusterError> {
    for step in dir.ancestors() {
        let meta = fs::metadata(step).map_err(io("cannot read", step))?;
        let bit = if meta.uid() == user.uid {
            0o100
        } else if meta.gid() == user.gid {
            0o010
        } else {
            0o001
        };
        if meta.mode() & bit == 0 {
            return Err(ClusterError::Unreachable { dir: step.to_path_buf(), user: user.name.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_user_line() {
        let user =
            entry("postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash").unwrap();
        assert_eq!(user, RunAs { name: "postgres".into(), uid: 101, gid: 104 });
        assert_eq!(entry("# a comment"), None);
    }
}
