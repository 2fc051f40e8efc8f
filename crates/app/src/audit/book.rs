//! Where checkpoints lie outside the database: a file for each day of each county, to which lines are only added. Whoever keeps a
//! copy of it elsewhere can prove what the audit said.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::TenantId;
use onedoor_store::seal::Known;

use super::key::{KeyError, read};

/// The checkpoints of one county.
#[derive(Clone, Debug)]
pub struct Book {
    folder: PathBuf,
    tenant: TenantId,
}

/// Why a book cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The file system.
    #[error("{0}: {1}")]
    Io(String, io::Error),
    /// What stands in it.
    #[error("{0}: {1}")]
    Key(String, KeyError),
}

impl Book {
    /// The book of a county in the folder of the setting `checkpoint_dir`.
    pub fn of(folder: &Path, tenant: TenantId) -> Self {
        Self { folder: folder.join(tenant.0.as_hyphenated().to_string()), tenant }
    }

    /// Adds a checkpoint, and comes back when it is on the disk. Answers its file.
    ///
    /// # Errors
    /// [`BookError::Io`].
    pub fn add(&self, note: &str, at: Timestamp) -> Result<PathBuf, BookError> {
        let path = self.folder.join(format!("{}.txt", local_date(at)));
        let written = || {
            fs::DirBuilder::new().recursive(true).mode(0o750).create(&self.folder)?;
            let mut file = OpenOptions::new().append(true).create(true).mode(0o640).open(&path)?;
            // An empty line first: what a crash cut short before does not run into this.
            file.write_all(format!("\n\n{note}").as_bytes())?;
            file.sync_data()
        };
        match written() {
            Ok(()) => Ok(path),
            Err(error) => Err(BookError::Io(path.display().to_string(), error)),
        }
    }

    /// The last checkpoint; none where nothing was signed yet.
    ///
    /// # Errors
    /// [`BookError`].
    pub fn last(&self, public: &str) -> Result<Option<Known>, BookError> {
        for path in self.files()?.iter().rev() {
            match self.read_file(path, public) {
                Ok(known) => return Ok(known.last().copied()),
                Err(BookError::Key(_, KeyError::Nothing)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Every checkpoint there is.
    ///
    /// # Errors
    /// [`BookError`].
    pub fn all(&self, public: &str) -> Result<Vec<Known>, BookError> {
        let mut all = Vec::new();
        for path in self.files()? {
            match self.read_file(&path, public) {
                Ok(known) => all.extend(known),
                Err(BookError::Key(_, KeyError::Nothing)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    fn read_file(&self, path: &Path, public: &str) -> Result<Vec<Known>, BookError> {
        let shown = || path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| BookError::Io(shown(), error))?;
        read(&text, self.tenant, public).map_err(|error| BookError::Key(shown(), error))
    }

    /// Its files, oldest day first.
    fn files(&self) -> Result<Vec<PathBuf>, BookError> {
        let failed = |error| BookError::Io(self.folder.display().to_string(), error);
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
        let mut paths = paths.map_err(failed)?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        paths.sort();
        Ok(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::key::Key;
    use crate::secret::Secret;

    fn known(size: u64) -> Known {
        Known { size, root: tlog_tiles::Hash([3; 32]) }
    }

    #[test]
    fn checkpoints_are_added_by_day_and_the_last_is_found_over_one_that_was_cut_short() {
        let dir = std::env::temp_dir().join(format!("onedoor-book-{}", std::process::id()));
        let secret = Secret::load_or_create(&dir.join("secret.key")).unwrap();
        let tenant = TenantId(uuid::Uuid::from_u128(7));
        let key = Key::of(&secret, tenant);
        let book = Book::of(&dir.join("checkpoints"), tenant);
        assert!(book.last(&key.public()).unwrap().is_none());
        let mut file = PathBuf::new();
        for (size, at) in
            [(5, "2026-11-24T10:00:00Z"), (9, "2026-11-24T23:59:00Z"), (12, "2026-11-25T00:01:00Z")]
        {
            let at = at.parse().unwrap();
            file = book.add(&key.sign(known(size), at).unwrap(), at).unwrap();
        }
        assert!(file.ends_with("2026-11-25.txt"), "{}", file.display());
        assert_eq!(book.last(&key.public()).unwrap().unwrap().size, 12);
        let sizes: Vec<u64> = book.all(&key.public()).unwrap().iter().map(|known| known.size).collect();
        assert_eq!(sizes, [5, 9, 12]);
        let torn = key.sign(known(20), "2026-11-26T08:00:00Z".parse().unwrap()).unwrap();
        fs::write(dir.join("checkpoints").join(tenant.0.to_string()).join("2026-11-26.txt"), &torn[..60])
            .unwrap();
        assert_eq!(book.last(&key.public()).unwrap().unwrap().size, 12);
        let at = "2026-11-26T09:00:00Z".parse().unwrap();
        book.add(&key.sign(known(21), at).unwrap(), at).unwrap();
        assert_eq!(book.last(&key.public()).unwrap().unwrap().size, 21, "what comes after is read");
        fs::remove_dir_all(dir).unwrap();
    }
}
