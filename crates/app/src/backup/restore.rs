//! Brings a backup back into an empty database, and proves that its audit is the one that was sealed when it was made.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use onedoor_store::dump::{make_ready, writer};
use onedoor_store::{Options, migrate};

use super::pipe::hash_of;
use super::write::{Counties, carried, same};
use super::{BackupError, Manifest, Sealed, pipe};
use crate::serve::Stop;

fn failed(path: &Path) -> impl Fn(std::io::Error) -> BackupError {
    let shown = path.display().to_string();
    move |error| BackupError::Io(shown.clone(), error)
}

/// Brings it back, all of it or nothing.
///
/// # Errors
/// [`BackupError`]; then the database is as empty as it was, but for [`BackupError::Differs`].
pub async fn restore(
    file: &Path,
    identity: &Path,
    options: &Options,
    stop: &Stop,
) -> Result<Manifest, BackupError> {
    let (manifest, known) = manifest(file)?;
    let key = key(identity)?;
    if hash_of(file).map_err(failed(file))? != manifest.sha256 {
        return Err(BackupError::Sealed(format!("{} is not the file that was written", file.display())));
    }
    let source = File::open(file).map_err(failed(file))?;
    make_ready(options).await?;
    let into = writer(options)?;
    carried(move |programs| pipe::back(programs, source, &key, into), stop).await?;
    same(options, &known).await?;
    Ok(manifest)
}

/// What stands beside a backup.
fn manifest(file: &Path) -> Result<(Manifest, Counties), BackupError> {
    let beside = PathBuf::from(format!("{}.json", file.display()));
    let wrong = |why: String| BackupError::Said(format!("{}: {why}", beside.display()));
    let text = fs::read_to_string(&beside).map_err(failed(&beside))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let known = migrate::known();
    if manifest.step > known {
        return Err(BackupError::Newer { by: manifest.version, step: manifest.step, known });
    }
    let counties: Option<Counties> = manifest.audit.iter().map(Sealed::known).collect();
    let counties = counties.ok_or_else(|| wrong("a root does not read".to_owned()))?;
    Ok((manifest, counties))
}

/// The secret key, as age-keygen writes it.
fn key(path: &Path) -> Result<Identity, BackupError> {
    let text = fs::read_to_string(path).map_err(failed(path))?;
    let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-"));
    let wrong = |why: &str| BackupError::Said(format!("{}: {why}", path.display()));
    line.ok_or_else(|| wrong("no line begins with AGE-SECRET-KEY-"))?.parse().map_err(|why: &str| wrong(why))
}
