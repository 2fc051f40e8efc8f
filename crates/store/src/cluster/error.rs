//! What can stop a private PostgreSQL from starting, each with what to do about it.

use std::path::{Path, PathBuf};

/// Why the private PostgreSQL did not start or stop.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No usable server programs on this machine.
    #[error(
        "no PostgreSQL server programs (initdb, postgres; version 15 to 18) were found{found}. \
         Install them (Debian or Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server; \
         Alpine: apk add postgresql; macOS: brew install postgresql@17), \
         or set ONEDOOR_DATABASE_URL to a database that exists"
    )]
    Missing {
        /// Programs that were seen and are of another version, as text.
        found: String,
    },
    /// The directory was made by a version whose programs are not installed.
    #[error(
        "{} was made by PostgreSQL {made_by}, and the programs of version {made_by} are not installed{found}. \
         Install postgresql-{made_by}, or move the data with pg_upgrade or a dump", dir.display()
    )]
    WrongVersion {
        /// The cluster directory.
        dir: PathBuf,
        /// The version written in it.
        made_by: String,
        /// Programs that were found, as text.
        found: String,
    },
    /// The directory has something in it that is not a cluster.
    #[error("{} exists and is not a PostgreSQL data directory. Choose another --data, or move it away", dir.display())]
    NotACluster {
        /// The directory in the way.
        dir: PathBuf,
    },
    /// The unprivileged user cannot reach the data directory.
    #[error(
        "PostgreSQL runs as the user {user}, who cannot enter {}. \
         Choose a --data that others may pass through (for instance {}), or run: chmod o+x '{}'",
        dir.display(), super::ROOT_DIR, dir.display()
    )]
    Unreachable {
        /// The directory that keeps the user out.
        dir: PathBuf,
        /// The user PostgreSQL would run as.
        user: String,
    },
    /// Started as root and no other user could be found or made.
    #[error(
        "PostgreSQL refuses to run as root and no unprivileged user could be made: {0}. Run: useradd --system onedoor"
    )]
    NoUser(String),
    /// Somebody else's directory stands where the socket has to be.
    #[error("{} must be a private directory of the user who runs PostgreSQL, and is not. Remove it", dir.display())]
    SocketDirectory {
        /// The directory that is not ours.
        dir: PathBuf,
    },
    /// `initdb` failed.
    #[error("initdb failed: {0}")]
    Initdb(String),
    /// Another process is starting or stopping the same cluster and does not finish.
    #[error("another process has been starting or stopping {} for too long. Look for it with: fuser '{}'", lock.display(), lock.display())]
    Busy {
        /// The lock it holds.
        lock: PathBuf,
    },
    /// The server did not come up.
    #[error("PostgreSQL did not start: {why}. Its log is {}", log.display())]
    DidNotStart {
        /// The last words of the server.
        why: String,
        /// The whole log.
        log: PathBuf,
    },
    /// A statement the launcher needs was refused.
    #[error("PostgreSQL refused: {0}")]
    Refused(#[from] sqlx::Error),
    /// A file operation failed.
    #[error("{what} {}: {source}", path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
}

/// Names the operation and the path in a file error.
pub(super) fn io<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> ClusterError + 'a {
    move |source| ClusterError::Io { what, path: path.to_path_buf(), source }
}
