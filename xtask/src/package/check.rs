//! `cargo xtask package --check`: the package is installed in a folder of its own, started as its service would start it,
//! upgraded, removed and purged. What needs systemd itself (the sandbox, the user) is not seen by it.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::tree::SETTINGS;
use super::{Making, make, version};
use crate::drill::http::Browser;
use crate::sh::{self, Outcome};

/// A start makes the database; a stop ends it.
const PATIENCE: Duration = Duration::from_mins(2);
const UNIT: &str = "usr/lib/systemd/system/onedoor.service";
const NOTE: &str = "# a line of the administrator's own\n";

/// The whole life of a package on one machine.
pub(super) fn run(program: &Path) -> Outcome {
    let place = Place::new()?;
    let version = version()?;
    let first = place.package(program, &version)?;
    place.dpkg("--install", &first)?;
    place.holds(&[
        "usr/bin/onedoor",
        UNIT,
        "usr/share/man/man1/onedoor.1.gz",
        "usr/share/doc/onedoor/sbom.json",
    ])?;
    place.has_mode("etc/onedoor/onedoor.toml", 0o640)?;
    said("installed");
    place.while_running(|place| place.administrator(true))?;
    said("started as its service starts it, ready, an administrator made, stopped");

    place.change_settings()?;
    let second = place.package(program, &format!("{version}+next"))?;
    place.dpkg("--install", &second)?;
    let settings = fs::read_to_string(place.at(SETTINGS)).map_err(|e| format!("settings: {e}"))?;
    if !settings.ends_with(NOTE) {
        return Err("an upgrade lost what the administrator changed in the settings".to_owned());
    }
    place.while_running(|place| place.administrator(false))?;
    said("upgraded; the settings and the records are as they were");

    place.dpkg("--remove", Path::new("onedoor"))?;
    place.lacks(&["usr/bin/onedoor", UNIT])?;
    place.holds(&[
        "etc/onedoor/onedoor.toml",
        "var/lib/onedoor/secret.key",
        "var/lib/onedoor/postgres/PG_VERSION",
    ])?;
    place.dpkg("--purge", Path::new("onedoor"))?;
    place.lacks(&["etc/onedoor/onedoor.toml"])?;
    place.holds(&["var/lib/onedoor/secret.key", "var/lib/onedoor/postgres/PG_VERSION"])?;
    said("removed and purged; the records are still there");
    Ok(())
}

fn said(what: &str) {
    sh::say(&format!("package: {what}\n"));
}

/// A folder that stands for the root of a machine; dropped, it is removed.
struct Place {
    root: PathBuf,
    packages: PathBuf,
    address: SocketAddr,
}

impl Place {
    fn new() -> Outcome<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.map_err(|e| format!("no free port: {e}"))?;
        let root = std::env::temp_dir().join(format!("onedoor-package-{}", std::process::id()));
        let packages = root.with_extension("packages");
        let place = Self { root, packages, address };
        for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/onedoor"] {
            let folder = place.root.join(folder);
            fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        // As root the private database runs as another user, who must be able to pass through.
        fs::set_permissions(&place.root, fs::Permissions::from_mode(0o711)).map_err(|e| e.to_string())?;
        fs::write(place.root.join("var/lib/dpkg/status"), "").map_err(|e| e.to_string())?;
        Ok(place)
    }

    /// A path of the installed machine.
    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    fn package(&self, program: &Path, version: &str) -> Outcome<PathBuf> {
        make(&Making { program, version, packed: "none", into: &self.packages })
    }

    /// Only files and scripts of this package: nothing of the machine's own is asked or changed.
    fn dpkg(&self, what: &str, which: &Path) -> Outcome {
        let mut command = Command::new("dpkg");
        command.arg(format!("--root={}", self.root.display()));
        command.args(["--force-not-root", "--force-depends", "--force-script-chrootless", "--force-confdef"]);
        command.args(["--force-confold", "--force-bad-path", what]).arg(which);
        sh::capture(command.env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
    }

    fn holds(&self, paths: &[&str]) -> Outcome {
        let missing: Vec<&&str> = paths.iter().filter(|path| !self.at(path).exists()).collect();
        if missing.is_empty() { Ok(()) } else { Err(format!("missing on the machine: {missing:?}")) }
    }

    fn lacks(&self, paths: &[&str]) -> Outcome {
        let left: Vec<&&str> = paths.iter().filter(|path| self.at(path).exists()).collect();
        if left.is_empty() { Ok(()) } else { Err(format!("left on the machine: {left:?}")) }
    }

    fn has_mode(&self, path: &str, mode: u32) -> Outcome {
        let found =
            fs::metadata(self.at(path)).map_err(|e| format!("{path}: {e}"))?.permissions().mode() & 0o777;
        if found == mode { Ok(()) } else { Err(format!("{path} has mode {found:o}, not {mode:o}")) }
    }

    /// As an administrator would.
    fn change_settings(&self) -> Outcome {
        let path = self.at(SETTINGS);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        fs::write(&path, text + NOTE).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// A command of the installed program, with its installed settings; only what would meet the machine's own is changed.
    fn command(&self, words: &[&str]) -> Outcome<Command> {
        let (program, args) = words.split_first().ok_or("the service starts nothing")?;
        let mut command = Command::new(self.at(program));
        for word in args {
            // The settings' place, as seen from outside.
            let moved = if *word == SETTINGS { self.at(word).into_os_string() } else { (*word).into() };
            command.arg(moved);
        }
        let unwanted =
            std::env::vars_os().map(|(name, _)| name).filter(|n| n.to_string_lossy().starts_with("ONEDOOR_"));
        for name in unwanted {
            command.env_remove(name);
        }
        command.env("ONEDOOR_DATA", self.at("var/lib/onedoor")).env("ONEDOOR_METRICS_LISTEN", "off");
        command.env("ONEDOOR_LISTEN", self.address.to_string()).stdin(Stdio::null());
        Ok(command)
    }

    /// The words of the service's own `ExecStart`.
    fn service(&self) -> Outcome<Vec<String>> {
        let unit = fs::read_to_string(self.at(UNIT)).map_err(|e| format!("{UNIT}: {e}"))?;
        let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart="));
        Ok(line.ok_or("the service has no ExecStart")?.split_whitespace().map(str::to_owned).collect())
    }

    /// Starts the service, does something, and stops it as systemd does; it must end well.
    fn while_running(&self, work: impl FnOnce(&Self) -> Outcome) -> Outcome {
        let words = self.service()?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let log = fs::File::create(self.log()).map_err(|e| format!("{}: {e}", self.log().display()))?;
        let mut child = self
            .command(&words)?
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|e| format!("cannot start: {e}"))?;
        let worked = self.until_ready(&mut child).and_then(|()| work(self));
        let _ = sh::capture(Command::new("kill").args(["-TERM", &child.id().to_string()]));
        let ended = child.wait().map_err(|e| e.to_string())?;
        worked?;
        if ended.success() {
            Ok(())
        } else {
            Err(format!("the service ended with {ended}:\n{}", self.last_words()))
        }
    }

    fn until_ready(&self, child: &mut Child) -> Outcome {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if Browser::new(self.address).get("/health/ready").is_some_and(|page| page.status == 200) {
                return Ok(());
            }
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("the service ended with {status}:\n{}", self.last_words()));
            }
            sleep(Duration::from_millis(100));
        }
        Err(format!("not ready within {} s:\n{}", PATIENCE.as_secs(), self.last_words()))
    }

    /// The first administrator can be made once: afterwards the refusal shows that the records are there.
    fn administrator(&self, is_first: bool) -> Outcome {
        let words = ["usr/bin/onedoor", "--config", SETTINGS, "admin", "create"];
        let mut command = self.command(&words)?;
        command.args(["--name", "Ada First", "--email", "ada@ashmere.example"]);
        let made = sh::capture(&mut command);
        if made.is_ok() == is_first {
            return Ok(());
        }
        Err(format!(
            "the first administrator, at the {} time: {made:?}",
            if is_first { "first" } else { "second" }
        ))
    }

    fn log(&self) -> PathBuf {
        self.root.with_extension("log")
    }

    fn last_words(&self) -> String {
        let text = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(15).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.log());
        let _ = fs::remove_dir_all(&self.packages);
        let _ = fs::remove_dir_all(&self.root);
    }
}
