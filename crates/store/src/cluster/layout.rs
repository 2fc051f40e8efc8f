//! Where a private cluster keeps its files, and the two locks that say who uses it. Must not start a server.
//!
//! In the data directory: `postgres/` the data, `postgres.run/` the socket, `postgres.log` the server's words,
//! `postgres.start` held while one process starts or stops the server, `postgres.users` held by every process that uses it.
//! The kernel lets go of a lock when its holder dies, however it dies.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::error::{ClusterError, io};
use super::user::RunAs;

/// `.s.PGSQL.5432` in a directory has to fit the 107 bytes the system allows for a socket's path.
const SOCKET_LIMIT: usize = 107;
const SOCKET_NAME: &str = "/.s.PGSQL.5432";
/// A starting server may be recovering after a crash; a stopping one writes everything down.
const LOCK_LIMIT: Duration = Duration::from_secs(330);

#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub data: PathBuf,
    pub socket: PathBuf,
    pub log: PathBuf,
    pub start_lock: PathBuf,
    pub users_lock: PathBuf,
}

impl Layout {
    /// Makes the data directory when it is missing. `dir` may be relative.
    pub fn new(dir: &Path) -> Result<Layout, ClusterError> {
        super::make_dir(dir).map_err(io("cannot create", dir))?;
        let dir = fs::canonicalize(dir).map_err(io("cannot open", dir))?;
        Ok(Layout {
            data: dir.join("postgres"),
            socket: socket_directory(&dir),
            log: dir.join("postgres.log"),
            start_lock: dir.join("postgres.start"),
            users_lock: dir.join("postgres.users"),
        })
    }

    pub fn dir(&self) -> &Path {
        self.data.parent().unwrap_or(&self.data)
    }

    /// The major version written in the data, or none when there is no cluster yet.
    pub fn made_by(&self) -> Result<Option<String>, ClusterError> {
        if let Ok(version) = fs::read_to_string(self.data.join("PG_VERSION")) {
            return Ok(Some(version.trim().to_owned()));
        }
        if self.data.exists() {
            return Err(ClusterError::NotACluster { dir: self.data.clone() });
        }
        Ok(None)
    }

    /// The server's process id as it wrote it itself. Only to be believed while the server answers.
    pub fn server_pid(&self) -> Option<i32> {
        let text = fs::read_to_string(self.data.join("postmaster.pid")).ok()?;
        text.lines().next()?.trim().parse().ok()
    }

    /// A dead server nobody waited for keeps its process id, and its lock file would look held for as long. Where it is
    /// surely dead, our own id takes the place of its id: the next server ignores its parent's id and still looks
    /// whether anybody uses the old shared memory, which removing the file would make it forget.
    pub fn disown_zombie(&self) -> Result<(), ClusterError> {
        let path = self.data.join("postmaster.pid");
        let Ok(text) = fs::read_to_string(&path) else {
            return Ok(());
        };
        let Some((pid, rest)) = text.split_once('\n') else {
            return Ok(());
        };
        if !is_zombie(pid.trim()) {
            return Ok(());
        }
        let ours = format!("{}\n{rest}", std::process::id());
        fs::write(&path, ours).map_err(io("cannot write", &path))
    }

    /// Makes the socket directory private to whoever runs the server, and refuses one that is somebody else's.
    pub fn prepare_socket(&self, run_as: Option<&RunAs>) -> Result<(), ClusterError> {
        private_directory(&self.socket, run_as)?;
        let owner = run_as.map_or_else(|| rustix::process::geteuid().as_raw(), |user| user.uid);
        let meta = fs::symlink_metadata(&self.socket).map_err(io("cannot open", &self.socket))?;
        if !meta.is_dir() || meta.uid() != owner || meta.mode() & 0o777 != 0o700 {
            return Err(ClusterError::SocketDirectory { dir: self.socket.clone() });
        }
        Ok(())
    }
}

/// By the system's own word; where it does not say, nobody is a zombie.
fn is_zombie(pid: &str) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(pid).join("stat")).unwrap_or_default();
    stat.rsplit(')').next().is_some_and(|fields| fields.trim_start().starts_with('Z'))
}

/// Next to the data where the path is short enough, else a short name of its own.
fn socket_directory(dir: &Path) -> PathBuf {
    let near = dir.join("postgres.run");
    if near.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_LIMIT {
        return near;
    }
    let user = rustix::process::geteuid().as_raw();
    PathBuf::from(format!("/tmp/onedoor-{user}-{}", short_hash([dir.as_os_str().as_bytes()])))
}

/// Sixteen hexadecimal characters that tell one content from another.
pub(crate) fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest.iter().take(8).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Creates a 0700 directory of the server's user; one that exists is left as it is.
pub(super) fn private_directory(dir: &Path, run_as: Option<&RunAs>) -> Result<(), ClusterError> {
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(io("cannot create", dir)(error)),
    }
    // The mask of the process may have taken bits away.
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(io("cannot set the mode of", dir))?;
    if let Some(user) = run_as {
        chown(dir, Some(user.uid), Some(user.gid)).map_err(io("cannot give away", dir))?;
    }
    Ok(())
}

fn open_lock(path: &Path) -> Result<File, ClusterError> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(io("cannot open", path))
}

/// Waits for the lock without holding up a thread.
pub(crate) async fn lock(path: &Path) -> Result<File, ClusterError> {
    let file = open_lock(path)?;
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if since.elapsed() < LOCK_LIMIT => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(TryLockError::WouldBlock) => {
                return Err(ClusterError::Busy { lock: path.to_path_buf() });
            }
            Err(TryLockError::Error(error)) => return Err(io("cannot lock", path)(error)),
        }
    }
}

/// Says "this process uses the server". Only ever waits for another process that is deciding whether to stop it.
pub(super) fn share(path: &Path) -> Result<File, ClusterError> {
    let file = open_lock(path)?;
    file.lock_shared().map_err(io("cannot lock", path))?;
    Ok(file)
}

/// True when no other process uses the server.
pub(super) fn last_user(path: &Path, mine: File) -> Result<bool, ClusterError> {
    drop(mine);
    match open_lock(path)?.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(io("cannot lock", path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket() {
        let short = socket_directory(Path::new("/var/lib/onedoor"));
        assert_eq!(short, Path::new("/var/lib/onedoor/postgres.run"));
        let deep = PathBuf::from(format!("/var/lib/{}", "deep/".repeat(20)));
        let socket = socket_directory(&deep);
        assert!(socket.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_LIMIT);
        assert_ne!(socket, socket_directory(&deep.join("other")), "two clusters never share a socket");
        assert_eq!(socket, socket_directory(&deep), "the next start finds the same socket");
    }
}
