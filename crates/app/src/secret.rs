//! The installation's own key: made once, kept in a file only its owner can read. Must not be printed or logged.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use sha2::{Digest as _, Sha256};

const LENGTH: usize = 32;

/// 256 random bits.
#[derive(Clone)]
pub struct Secret([u8; LENGTH]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file could not be read or made.
    #[error("secret_file {0}: {1}")]
    Io(String, io::Error),
    /// Others may read it.
    #[error("secret_file {0}: other users may read it. Run: chmod 600 '{0}'")]
    Open(String),
    /// It is not a key.
    #[error(
        "secret_file {0}: it does not hold a key of 64 hexadecimal characters. Bring back the original from a backup: another key cannot read what this one wrote"
    )]
    NotAKey(String),
}

impl Secret {
    /// The key itself.
    pub fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// A keyed hash of `parts` for one use: whoever has the database and not this key cannot try out what was hashed, and
    /// hashes for one use say nothing about another.
    pub fn keyed(&self, of_use: &str, parts: &[&[u8]]) -> [u8; LENGTH] {
        let mut inner = Sha256::new_with_prefix(self.0);
        for part in std::iter::once(&of_use.as_bytes()).chain(parts) {
            // With its length, so that no two lists of parts run together into the same bytes.
            inner.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            inner.update(part);
        }
        Sha256::new_with_prefix(self.0).chain_update(inner.finalize()).finalize().into()
    }

    /// Reads the key, or makes one when the file does not exist.
    pub fn load_or_create(path: &Path) -> Result<Secret, SecretError> {
        let shown = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => {
                let mode = fs::metadata(path)
                    .map_err(|error| SecretError::Io(shown.clone(), error))?
                    .permissions()
                    .mode();
                if mode & 0o077 != 0 {
                    return Err(SecretError::Open(shown));
                }
                from_hex(text.trim()).map(Secret).ok_or(SecretError::NotAKey(shown))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(path).map_err(|error| SecretError::Io(shown, error))
            }
            Err(error) => Err(SecretError::Io(shown, error)),
        }
    }
}

/// Written whole and synced under another name first: a key cut short by a power cut would be worse than none.
fn create(path: &Path) -> io::Result<Secret> {
    let mut key = [0; LENGTH];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let unfinished = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    let text: String = key.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    writeln!(file, "{text}")?;
    file.sync_all()?;
    // A link fails when another process was faster; then its key is the one.
    let linked = fs::hard_link(&unfinished, path);
    fs::remove_file(&unfinished)?;
    match linked {
        Ok(()) => Ok(Secret(key)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let text = fs::read_to_string(path)?;
            from_hex(text.trim()).map(Secret).ok_or_else(|| io::Error::other("not a key"))
        }
        Err(error) => Err(error),
    }
}

fn from_hex(text: &str) -> Option<[u8; LENGTH]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> std::path::PathBuf {
        let dir = std::env::temp_dir().join(format!("onedoor-secret-{}-{name}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        dir.join("secret.key")
    }

    #[test]
    fn is_made_once_and_private() {
        let path = place("once");
        let first = Secret::load_or_create(&path).unwrap();
        let second = Secret::load_or_create(&path).unwrap();
        assert_eq!(first.bytes(), second.bytes());
        assert_ne!(first.bytes(), &[0; LENGTH]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(format!("{first:?}"), "(hidden)");
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn hashes_differ_by_key_by_use_and_by_every_part() {
        let (one, other) = (Secret([1; LENGTH]), Secret([2; LENGTH]));
        let hash = one.keyed("a", &[b"bc", b"d"]);
        assert_eq!(hash, one.keyed("a", &[b"bc", b"d"]));
        for another in [
            other.keyed("a", &[b"bc", b"d"]),
            one.keyed("b", &[b"bc", b"d"]),
            one.keyed("a", &[b"b", b"cd"]),
            one.keyed("a", &[b"bcd"]),
            one.keyed("abc", &[b"d"]),
        ] {
            assert_ne!(hash, another);
        }
    }

    #[test]
    fn a_damaged_or_open_key_is_refused_and_never_replaced() {
        let path = place("bad");
        for text in ["abc", "zz", &"é".repeat(32)] {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            assert!(matches!(Secret::load_or_create(&path), Err(SecretError::NotAKey(_))));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let message = Secret::load_or_create(&path).unwrap_err().to_string();
        assert!(message.contains("chmod 600"), "{message}");
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}
