//! The way of the bytes: from a program of PostgreSQL into an encrypted file and into another program, or back. Runs on a thread of
//! its own: reading, encrypting and writing wait for each other. Nothing but what is encrypted goes to a file.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;

use age::x25519::{Identity, Recipient};
use sha2::{Digest as _, Sha256};

use super::BackupError;
use super::program::{Broken, Program, Programs};

/// So much is carried at once.
const PIECE: usize = 256 * 1024;

/// Writes to a file, and knows how much and what.
struct Counted {
    file: File,
    bytes: u64,
    hash: Sha256,
}

impl Write for Counted {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let written = self.file.write(piece)?;
        self.hash.update(piece.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What was written.
pub(super) struct Written {
    pub bytes: u64,
    pub sha256: String,
}

/// The two programs of a backup.
pub(super) struct Ends {
    /// Reads the database.
    pub reader: Command,
    /// Brings it back on trial.
    pub trial: Option<Command>,
}

/// From the reader into the file, encrypted, and as it is into the trial where there is one.
pub(super) fn out(
    programs: &Programs,
    mut ends: Ends,
    file: File,
    recipient: &Recipient,
) -> Result<Written, BackupError> {
    let mut from = programs.start("pg_dump", &mut ends.reader)?;
    let mut trial = ends.trial.as_mut().map(|command| programs.start("pg_restore", command)).transpose()?;
    let counted = Counted { file, bytes: 0, hash: Sha256::new() };
    let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))
        .map_err(|error| BackupError::Said(error.to_string()))?;
    let mut sealed = encryptor.wrap_output(counted).map_err(written)?;
    match (carry(&mut from, trial.as_mut(), &mut sealed), trial) {
        // What a program said of itself is the better reason.
        (Err(Broken::Target(error)), Some(trial)) => {
            trial.ended()?;
            return Err(BackupError::Io("pg_restore".to_owned(), error));
        }
        (Err(Broken::Target(error) | Broken::File(error)), _) => return Err(written(error)),
        (Err(Broken::Source(error)), _) => {
            from.ended()?;
            return Err(BackupError::Io("pg_dump".to_owned(), error));
        }
        (Ok(()), trial) => {
            from.ended()?;
            trial.map_or(Ok(()), Program::ended)?;
        }
    }
    let mut counted = sealed.finish().map_err(written)?;
    counted.flush().and_then(|()| counted.file.sync_all()).map_err(written)?;
    Ok(Written { bytes: counted.bytes, sha256: hex(&counted.hash.finalize()) })
}

fn carry(from: &mut Program, trial: Option<&mut Program>, sealed: &mut impl Write) -> Result<(), Broken> {
    let Some(mut source) = from.output.take() else { return Ok(()) };
    let mut target = trial.and_then(|trial| trial.input.take());
    let mut piece = vec![0; PIECE];
    loop {
        let read = source.read(&mut piece).map_err(Broken::Source)?;
        let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else { return Ok(()) };
        sealed.write_all(piece).map_err(Broken::File)?;
        if let Some(target) = &mut target {
            target.write_all(piece).map_err(Broken::Target)?;
        }
    }
}

/// From the encrypted file into the writer. What cannot be decrypted to its end is not brought back at all.
pub(super) fn back(
    programs: &Programs,
    file: File,
    identity: &Identity,
    mut writer: Command,
) -> Result<(), BackupError> {
    let sealed = |error: String| BackupError::Sealed(error);
    let opened = age::Decryptor::new_buffered(io::BufReader::new(file));
    let opened = opened.map_err(|error| sealed(error.to_string()))?;
    let mut source = opened
        .decrypt(std::iter::once(identity as &dyn age::Identity))
        .map_err(|error| sealed(error.to_string()))?;
    let mut into = programs.start("pg_restore", &mut writer)?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = source.read(&mut piece).map_err(|error| sealed(error.to_string()))?;
        let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else { break };
        let Some(target) = &mut into.input else { break };
        if let Err(error) = target.write_all(piece) {
            into.ended()?;
            return Err(BackupError::Io("pg_restore".to_owned(), error));
        }
    }
    into.ended()
}

fn written(error: io::Error) -> BackupError {
    BackupError::Io("the backup was not written".to_owned(), error)
}

/// SHA-256 of a file, in hexadecimal digits.
pub(super) fn hash_of(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut piece) = (File::open(path)?, Sha256::new(), vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        match piece.get(..read) {
            Some(piece) if !piece.is_empty() => hash.update(piece),
            _ => return Ok(hex(&hash.finalize())),
        }
    }
}

/// Bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// A file without a name.
    fn nameless() -> File {
        let name = uuid::Uuid::from_bytes(crate::web::app::random());
        let path = std::env::temp_dir().join(format!("onedoor-pipe-{name}"));
        let file = File::create_new(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        file
    }

    fn tried(file: File, reader: &str, trial: Option<&str>) -> Result<Written, String> {
        let ends = Ends { reader: shell(reader), trial: trial.map(shell) };
        let key = Identity::generate().to_public();
        out(&Programs::default(), ends, file, &key).map_err(|error| error.to_string())
    }

    const MUCH: &str = "head -c 3000000 /dev/zero";

    #[test]
    fn a_disk_that_is_full_is_named_and_ends_both_programs() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let said = tried(full, MUCH, Some("cat >/dev/null; sleep 60")).err().unwrap();
        assert!(said.contains("No space left"), "{said}");
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_own_words_and_one_that_was_killed_too() {
        let of = |reader: &str, trial: &str| tried(nameless(), reader, Some(trial)).err().unwrap_or_default();
        assert_eq!(of(MUCH, "cat >/dev/null"), "");
        let half = format!("{MUCH}; echo 'server closed the connection' >&2; exit 1");
        assert!(of(&half, "cat >/dev/null").ends_with("server closed the connection"));
        assert!(of(&format!("{MUCH}; kill -9 $$"), "cat >/dev/null").contains("signal: 9"));
        assert!(of(MUCH, "echo 'relation exists' >&2; exit 1").ends_with("relation exists"));
        assert!(
            of("true", "cat >/dev/null; echo 'input file is too short' >&2; exit 1").ends_with("too short")
        );
    }

    #[test]
    fn whoever_is_told_to_stop_ends_a_program_that_waits() {
        let programs = Programs::default();
        let (running, key) = (programs.clone(), Identity::generate().to_public());
        let thread = std::thread::spawn(move || {
            let ends = Ends { reader: shell("exec sleep 600"), trial: None };
            out(&running, ends, nameless(), &key).err().unwrap().to_string()
        });
        while programs.count() == 0 {
            std::thread::yield_now();
        }
        programs.end();
        assert!(thread.join().unwrap().contains("signal: 9"));
        assert!(programs.start("pg_dump", &mut shell("true")).is_err(), "no other starts");
    }
}
