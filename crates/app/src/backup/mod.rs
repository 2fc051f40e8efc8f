//! Backups: one moment of the database, compressed, encrypted to a key that this installation does not hold, and tried out while it
//! is written: the same bytes are brought back into a scratch database, whose audit must be the one that was sealed.

pub mod keep;
mod pipe;
mod program;
pub mod restore;
mod scratch;
pub mod write;

use jiff::Timestamp;
use onedoor_domain::ids::TenantId;
use onedoor_store::seal::{Known, Root};
use serde::{Deserialize, Serialize};

/// The ending of a backup.
pub const ENDING: &str = "onedoor.age";

/// What stands beside a backup, in plain text: it says nothing about anybody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of this file.
    pub format: u32,
    /// The version of the program.
    pub version: String,
    /// The step of the schema that the database was at.
    pub step: i64,
    /// The moment it shows.
    pub at: Timestamp,
    /// The backup's file.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of it, in hexadecimal digits.
    pub sha256: String,
    /// The audit as it was sealed before: it must be in the backup.
    pub audit: Vec<Sealed>,
    /// When it was brought back on trial and found whole; none where that was left out.
    pub tried_at: Option<Timestamp>,
}

/// How far the audit of a county was sealed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sealed {
    /// The county.
    pub county: TenantId,
    /// How many rows.
    pub rows: u64,
    /// The root over them, in hexadecimal digits.
    pub root: String,
}

impl Sealed {
    /// Of what is known of a county.
    fn of((county, known): &(TenantId, Known)) -> Self {
        Self { county: *county, rows: known.size, root: pipe::hex(&known.root.0) }
    }

    /// What is known of the county; none where it does not read.
    fn known(&self) -> Option<(TenantId, Known)> {
        let (pairs, rest) = self.root.as_bytes().as_chunks::<2>();
        let digits = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Vec<u8> = pairs.iter().map(digits).collect::<Option<_>>().filter(|_| rest.is_empty())?;
        let root: Root = tlog_tiles::Hash(bytes.try_into().ok()?);
        Some((self.county, Known { size: self.rows, root }))
    }
}

/// Why a backup was not made or brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The settings or the key.
    #[error("{0}")]
    Said(String),
    /// Another program makes one.
    #[error("another program makes a backup of this database at this moment. Wait for its end")]
    Busy,
    /// It was told to stop.
    #[error("it was told to stop, so nothing was made")]
    Stopped,
    /// The database is of another version.
    #[error(transparent)]
    Version(#[from] onedoor_store::migrate::MigrateError),
    /// The backup is of a later version.
    #[error(
        "the backup was made by OneDoor {by} at step {step}, and this is OneDoor {version}, which knows steps up to {known}. \
         Nothing was changed. Install OneDoor {by} or later, and bring it back with that",
        version = env!("CARGO_PKG_VERSION")
    )]
    Newer {
        /// The version that made it.
        by: String,
        /// Where its database was.
        step: i64,
        /// The last step this version knows.
        known: i64,
    },
    /// A file.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// PostgreSQL's programs.
    #[error(transparent)]
    Dump(#[from] onedoor_store::dump::DumpError),
    /// The database.
    #[error("the database did not do it: {0}")]
    Store(#[from] onedoor_store::StoreError),
    /// A program of PostgreSQL ended with this.
    #[error("{0} ended with an error: {1}")]
    Program(&'static str, String),
    /// The bytes were changed, or the key is not that of this backup.
    #[error("it cannot be decrypted: {0}")]
    Sealed(String),
    /// What came back is not what was there.
    #[error("what came back is not what was there: {0}")]
    Differs(String),
}
