//! PostgreSQL's programs that run for one backup: none of them outlives it, and whoever is told to stop can end them at once.

use std::io::{self, Read as _};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use super::BackupError;

/// From one look whether a program has ended to the next.
const PAUSE: Duration = Duration::from_millis(5);
/// So much of what a program says of itself is read.
const WORDS: u64 = 64 * 1024;

/// Those that run. Clones know the same ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs(Arc<Mutex<Running>>);

#[derive(Debug, Default)]
struct Running {
    over: bool,
    children: Vec<Arc<Mutex<Child>>>,
}

/// One that runs; dropped, it is ended.
pub(super) struct Program {
    name: &'static str,
    child: Arc<Mutex<Child>>,
    pub input: Option<ChildStdin>,
    pub output: Option<ChildStdout>,
    words: Option<ChildStderr>,
}

fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Programs {
    /// Starts one.
    pub fn start(&self, name: &'static str, command: &mut Command) -> Result<Program, BackupError> {
        let mut running = held(&self.0);
        if running.over {
            return Err(BackupError::Stopped);
        }
        let mut child = command.spawn().map_err(|error| BackupError::Io(name.to_owned(), error))?;
        let (input, output, words) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        running.children.push(child.clone());
        Ok(Program { name, child, input, output, words })
    }

    #[cfg(test)]
    pub fn count(&self) -> usize {
        held(&self.0).children.len()
    }

    /// Ends all that run; no other starts.
    pub fn end(&self) {
        let mut running = held(&self.0);
        running.over = true;
        for child in running.children.drain(..) {
            // One that has ended already needs no end.
            held(&child).kill().ok();
        }
    }
}

impl Program {
    /// Waits for its end; what it said is the reason where it failed.
    pub fn ended(mut self) -> Result<(), BackupError> {
        drop(self.input.take());
        drop(self.output.take());
        let mut said = Vec::new();
        if let Some(words) = self.words.take() {
            // What cannot be read is no reason.
            words.take(WORDS).read_to_end(&mut said).ok();
        }
        let status = loop {
            let looked = held(&self.child).try_wait();
            match looked.map_err(|error| BackupError::Io(self.name.to_owned(), error))? {
                Some(status) => break status,
                None => sleep(PAUSE),
            }
        };
        if status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&said);
        // Names of tables may stand in it, never what is in them.
        let mut lines = said.lines().filter(|line| !line.trim().is_empty());
        let reason = lines.clone().find(|line| line.contains("error:")).or_else(|| lines.next_back());
        Err(BackupError::Program(self.name, reason.map_or_else(|| status.to_string(), str::to_owned)))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let mut child = held(&self.child);
        if matches!(child.try_wait(), Ok(None)) {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// What broke while bytes were carried.
#[derive(Debug)]
pub(super) enum Broken {
    /// Where they come from.
    Source(io::Error),
    /// The file they go to.
    File(io::Error),
    /// The program they go to.
    Target(io::Error),
}
