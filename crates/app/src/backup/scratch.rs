//! The private server on which a backup is brought back on trial. It holds what the database holds, so it lies where the installation's
//! own data lies, for nobody else to read, and is gone afterwards: also when the program was killed, at its next look.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use onedoor_store::Options;
use onedoor_store::cluster::{Cluster, make_dir};
use onedoor_store::dump::make_ready;

use super::BackupError;

/// Its folder.
const FOLDER: &str = "backup-trial";
/// Held by the process whose trial it is; the kernel lets go of it when that dies.
const LOCK: &str = "backup-trial.lock";

/// A server for one trial.
pub(super) struct Scratch {
    folder: PathBuf,
    cluster: Cluster,
    /// How to reach its empty database.
    pub options: Options,
    _held: File,
}

fn said(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let shown = path.display().to_string();
    move |error| BackupError::Io(shown, error)
}

/// The right to use the folder; `None` where another process has it.
fn held(place: &Path) -> Result<Option<File>, BackupError> {
    let path = place.join(LOCK);
    let file = File::create(&path).map_err(said(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(said(&path)(error)),
    }
}

/// Ends and removes what a program that was killed left behind.
///
/// # Errors
/// Where it cannot be removed.
pub(super) async fn sweep(place: &Path) -> Result<(), BackupError> {
    if !place.join(FOLDER).exists() {
        return Ok(());
    }
    match held(place)? {
        Some(_held) => remove(&place.join(FOLDER)).await,
        None => Ok(()),
    }
}

async fn remove(folder: &Path) -> Result<(), BackupError> {
    if folder.join("postgres/postmaster.pid").exists()
        && let Ok(left) = Cluster::start(folder).await
    {
        // It may be dead already.
        left.stop().await.ok();
    }
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(said(folder)(error)),
        _ => Ok(()),
    }
}

impl Scratch {
    /// Starts one with an empty database.
    ///
    /// # Errors
    /// [`BackupError`]; then nothing of it stays.
    pub async fn new(place: &Path) -> Result<Self, BackupError> {
        make_dir(place).map_err(said(place))?;
        let held = held(place)?.ok_or(BackupError::Busy)?;
        let folder = place.join(FOLDER);
        remove(&folder).await?;
        match Self::started(&folder).await {
            Ok((cluster, options)) => Ok(Self { folder, cluster, options, _held: held }),
            Err(error) => {
                remove(&folder).await?;
                Err(error)
            }
        }
    }

    async fn started(folder: &Path) -> Result<(Cluster, Options), BackupError> {
        let said = |error: onedoor_store::cluster::ClusterError| BackupError::Said(error.to_string());
        let cluster = Cluster::start(folder).await.map_err(said)?;
        let options = cluster.database("trial").await.map_err(said)?;
        make_ready(&options).await?;
        Ok((cluster, options))
    }

    /// Stops it and removes all of it.
    ///
    /// # Errors
    /// Where it cannot be removed: somebody has to do it by hand.
    pub async fn end(self) -> Result<(), BackupError> {
        if let Err(error) = self.cluster.stop().await {
            tracing::warn!(%error, "the server of the trial did not stop");
        }
        remove(&self.folder).await
    }
}
