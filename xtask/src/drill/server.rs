//! Starts the demonstration server for the drill, waits for its pages, and kills parts of it.
//! Must only ever end processes that it started, or whose number the server's own data folder names.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::http::Browser;
use crate::sh::{self, Outcome};

/// What is killed in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victim {
    /// The program.
    App,
    /// The database's first process.
    Postgres,
    /// Both at once.
    Both,
}

impl Victim {
    /// In turn.
    pub fn of_round(round: usize) -> Self {
        match round % 3 {
            0 => Self::App,
            1 => Self::Postgres,
            _ => Self::Both,
        }
    }

    fn app(self) -> bool {
        self != Self::Postgres
    }

    fn postgres(self) -> bool {
        self != Self::App
    }
}

/// A server and where its data lies; dropped, it is asked to end and the data is removed.
pub struct Server {
    program: PathBuf,
    data: PathBuf,
    addr: SocketAddr,
    child: Option<Child>,
    /// Settings beside those that every drill has.
    settings: Vec<(&'static str, String)>,
}

impl Server {
    /// On a free port, with data in a new temporary folder.
    pub fn new() -> Outcome<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let addr = free.map_err(|e| format!("no free port: {e}"))?;
        let data = std::env::temp_dir().join(format!("onedoor-drill-{}", std::process::id()));
        Ok(Self { program: sh::built("onedoor")?, data, addr, child: None, settings: Vec::new() })
    }

    /// With these settings too.
    pub fn with(mut self, settings: Vec<(&'static str, String)>) -> Self {
        self.settings = settings;
        self
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// A folder beside the data for the drill's own notes.
    pub fn notes(&self) -> PathBuf {
        self.data.with_extension("references")
    }

    /// Starts it if it is not running, and gives the seconds to the first page.
    pub fn start(&mut self, patience: Duration) -> Outcome<f64> {
        let begun = Instant::now();
        if !self.runs() {
            let log = fs::File::options().create(true).append(true).open(self.log());
            let log = log.map_err(|e| format!("cannot write {}: {e}", self.log().display()))?;
            let errors = log.try_clone().map_err(|e| format!("cannot write the log: {e}"))?;
            let mut command = Command::new(&self.program);
            command.args(["serve", "--demo", "--people", "20", "--listen"]).arg(self.addr.to_string());
            command.arg("--data").arg(&self.data).stdin(Stdio::null()).stdout(log).stderr(errors);
            // Every drill on one machine would want the same port for figures.
            command.env("ONEDOOR_METRICS_LISTEN", "off").envs(self.settings.iter().cloned());
            self.child =
                Some(command.spawn().map_err(|e| format!("cannot start {}: {e}", self.program.display()))?);
        }
        while begun.elapsed() < patience {
            if self.answers() {
                return Ok(begun.elapsed().as_secs_f64());
            }
            if !self.runs() {
                return Err(format!("the server ended by itself:\n{}", self.last_words()));
            }
            sleep(Duration::from_millis(50));
        }
        Err(format!("no page within {} s:\n{}", patience.as_secs(), self.last_words()))
    }

    /// Kill −9, as a power cut or the kernel would.
    pub fn kill(&mut self, victim: Victim) -> Outcome {
        let postgres = if victim.postgres() { Some(self.postgres()?) } else { None };
        if let Some(pid) = postgres {
            sh::run(Command::new("kill").args(["-9", &pid.to_string()]))?;
        }
        if victim.app() {
            self.end_app();
        }
        Ok(())
    }

    /// As a supervisor would: a program that does not come back by itself is ended, to be started again.
    pub fn end_app(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Whether the first page and the database behind it answer.
    pub fn answers(&self) -> bool {
        // The first page may send the visitor on to the form.
        let ok = |path: &str| Browser::new(self.addr).get(path).is_some_and(|page| page.status < 400);
        ok("/health/ready") && ok("/")
    }

    /// Whether the program is still there.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.as_mut().map(Child::try_wait), Some(Ok(None)))
    }

    /// The acknowledged references that the server's own check cannot find.
    pub fn missing(&self, references: &[String]) -> Outcome<Vec<String>> {
        let list = self.notes();
        fs::write(&list, references.join("\n") + "\n")
            .map_err(|e| format!("cannot write {}: {e}", list.display()))?;
        let mut command = Command::new(&self.program);
        command.arg("check").arg("--data").arg(&self.data).arg("--references").arg(&list);
        command.envs(self.settings.iter().cloned());
        let shown = sh::show(&command);
        let output = command.output().map_err(|e| format!("cannot start `{shown}`: {e}"))?;
        let written = String::from_utf8_lossy(&output.stdout).into_owned();
        let missing = named(&written, references);
        if missing.is_empty() && !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`{shown}` ended with {}\n{written}{said}", output.status));
        }
        Ok(missing)
    }

    fn postgres(&self) -> Outcome<u32> {
        let file = find(&self.data, "postmaster.pid", 3)
            .ok_or("the database's process was not found in the data folder")?;
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let first = text.lines().next().unwrap_or_default().trim();
        first.parse().map_err(|_| format!("{} holds no process number", file.display()))
    }

    fn log(&self) -> PathBuf {
        self.data.with_extension("log")
    }

    fn last_words(&self) -> String {
        let text = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(15).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = sh::capture(Command::new("kill").args(["-TERM", &child.id().to_string()]));
            let _ = child.wait();
        }
        // Left alone only where the program could not be started again.
        if let Ok(pid) = self.postgres() {
            let _ = sh::capture(Command::new("kill").args(["-QUIT", &pid.to_string()]));
        }
        for path in [self.notes(), self.log()] {
            let _ = fs::remove_file(path);
        }
        let _ = fs::remove_dir_all(&self.data);
    }
}

/// The references that stand alone on a line.
fn named(written: &str, references: &[String]) -> Vec<String> {
    let plain = |line: &str| line.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let lines: Vec<String> = written.lines().map(plain).collect();
    references.iter().filter(|reference| lines.contains(reference)).cloned().collect()
}

fn find(dir: &Path, name: &str, depth: usize) -> Option<PathBuf> {
    let here = dir.join(name);
    if here.is_file() {
        return Some(here);
    }
    let below = depth.checked_sub(1)?;
    let entries = fs::read_dir(dir).ok()?.flatten();
    entries.filter(|entry| entry.path().is_dir()).find_map(|entry| find(&entry.path(), name, below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_rounds_kill_each_part_and_both() {
        let victims: Vec<Victim> = (0..3).map(Victim::of_round).collect();
        assert_eq!(victims, [Victim::App, Victim::Postgres, Victim::Both]);
    }

    #[test]
    fn a_missing_reference_is_read_in_either_spelling() {
        let references = ["ABCDEFGH".to_owned(), "JKMNPQRT".to_owned()];
        assert_eq!(named("checked 2\nABCD-EFGH\n", &references), ["ABCDEFGH"]);
        assert_eq!(named("all of ABCDEFGH, JKMNPQRT are there\n", &references), Vec::<String>::new());
    }
}
