//! Finds what `OneDoor` needs on the machine and installs what is missing through the package manager,
//! after saying what and why. Must not install anything silently or outside the package manager.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sh::{self, Outcome};

/// Chromium's engine alone, as package and as program.
const HEADLESS: &str = "chromium-headless-shell";

/// Something `OneDoor` needs from the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// The `PostgreSQL` server's programs; `OneDoor` starts a private server with them.
    Postgres,
    /// Node and npm, for the style sheets and the browser tests.
    Node,
    /// A browser for the browser tests.
    Chromium,
}

impl Need {
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Postgres => &["postgresql"],
            Self::Node => &["nodejs", "npm"],
            Self::Chromium => &[HEADLESS],
        }
    }

    fn why(self) -> &'static str {
        match self {
            Self::Postgres => {
                "PostgreSQL: OneDoor keeps its records in a private server that it starts and stops itself"
            }
            Self::Node => {
                "Node and npm: they fetch the published design-system files that pages are made with"
            }
            Self::Chromium => "Chromium without its windows: the browser tests take half the time with it",
        }
    }

    fn is_met(self) -> bool {
        match self {
            Self::Postgres => postgres_bin().is_some(),
            Self::Node => sh::which("node").is_some() && sh::which("npm").is_some(),
            Self::Chromium => sh::which(HEADLESS).is_some(),
        }
    }

    /// Whether something slower that is here already serves as well.
    fn has_another(self) -> bool {
        match self {
            Self::Postgres | Self::Node => false,
            Self::Chromium => chromium().is_some(),
        }
    }
}

/// Installs what is missing of `needs`, or says exactly what to type.
pub fn ensure(needs: &[Need]) -> Outcome {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (spare, needed): (Vec<Need>, Vec<Need>) = missing.into_iter().partition(|need| need.has_another());
    if !needed.is_empty() {
        install(&needed)?;
    }
    for need in spare {
        if let Err(why) = install(&[need]) {
            println!("{why}\nGoing on without it: another that does the same, more slowly, is here.");
        }
    }
    Ok(())
}

fn install(missing: &[Need]) -> Outcome {
    println!("OneDoor needs, and this machine does not have:");
    for need in missing {
        println!("  - {}", need.why());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages()).copied().collect();
    let sudo = privilege(&packages)?;
    println!("Installing by apt-get: {}", packages.join(" "));
    if missing.contains(&Need::Postgres) {
        leave_main_cluster_out(sudo)?;
    }
    apt(sudo, &["update", "-q"])?;
    let mut args = vec!["install", "-y", "-q", "--no-install-recommends"];
    args.extend(&packages);
    apt(sudo, &args)?;
    match missing.iter().find(|need| !need.is_met()) {
        None => Ok(()),
        Some(need) => Err(format!("installed, but still not found: {}", need.why())),
    }
}

/// Whether `sudo` must be put in front; an error where nothing can be installed from here.
fn privilege(packages: &[&str]) -> Outcome<bool> {
    let by_hand = by_hand(packages);
    if sh::which("apt-get").is_none() {
        return Err(format!("there is no apt-get here. Please install by hand: {}", packages.join(" ")));
    }
    if sh::is_root() {
        return Ok(false);
    }
    let quiet = Command::new("sudo").args(["-n", "true"]).stderr(Stdio::null()).status();
    match quiet {
        Ok(status) if status.success() || std::io::stdin().is_terminal() => Ok(true),
        Ok(_) | Err(_) => {
            Err(format!("this needs an administrator. Please run, then start again:\n\n  {by_hand}\n"))
        }
    }
}

fn by_hand(packages: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", packages.join(" "))
}

fn privileged(sudo: bool, program: &str) -> Command {
    if sudo {
        let mut command = Command::new("sudo");
        command.arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn apt(sudo: bool, args: &[&str]) -> Outcome {
    // `env` because sudo drops variables.
    let mut command = privileged(sudo, "env");
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(args);
    sh::run(&mut command)
}

/// Debian would create and start a server of its own; `OneDoor` never uses it.
fn leave_main_cluster_out(sudo: bool) -> Outcome {
    const PLACE: &str = "/etc/postgresql-common/createcluster.d/onedoor.conf";
    if Path::new("/etc/postgresql").exists() || Path::new(PLACE).exists() {
        return Ok(());
    }
    let mut command = privileged(sudo, "install");
    command.args(["-D", "-m", "644", "/dev/stdin", PLACE]).stdin(Stdio::piped());
    let mut child = command.spawn().map_err(|e| format!("cannot write {PLACE}: {e}"))?;
    if let Some(mut input) = child.stdin.take() {
        let text = b"# OneDoor starts a private server; no system-wide one is needed.\ncreate_main_cluster = false\n";
        input.write_all(text).map_err(|e| format!("cannot write {PLACE}: {e}"))?;
    }
    let status = child.wait().map_err(|e| format!("cannot write {PLACE}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cannot write {PLACE}")) }
}

/// The folder with `initdb` and `postgres` of version 15 to 18: on PATH, by `pg_config`, or where distributions put it.
pub fn postgres_bin() -> Option<PathBuf> {
    let on_path = sh::which("postgres").and_then(|file| file.parent().map(Path::to_path_buf));
    let configured = sh::capture(Command::new("pg_config").arg("--bindir")).ok();
    let mut places: Vec<PathBuf> = on_path.into_iter().collect();
    places.extend(configured.map(|text| PathBuf::from(text.trim())));
    for version in (15..=18).rev() {
        places.push(PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
        places.push(PathBuf::from(format!("/usr/pgsql-{version}/bin")));
    }
    places.into_iter().find(|dir| ["initdb", "postgres", "psql"].iter().all(|name| dir.join(name).is_file()))
}

/// The browser for the browser tests. The one without windows comes first: the others draw menus nobody sees.
pub fn chromium() -> Option<PathBuf> {
    [HEADLESS, "chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| sh::which(name))
}

/// User and group number of a name in the machine's user list.
pub fn user(name: &str) -> Option<(u32, u32)> {
    user_in(&fs::read_to_string("/etc/passwd").ok()?, name)
}

fn user_in(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_for_a_person_without_rights_is_the_exact_command() {
        assert_eq!(
            by_hand(&["postgresql", "chromium"]),
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql chromium"
        );
    }

    #[test]
    fn users_are_found_by_whole_name() {
        let passwd =
            "postgresql:x:1:2::/:/bin/sh\npostgres:x:107:113:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user_in(passwd, "postgres"), Some((107, 113)));
        assert_eq!(user_in(passwd, "postgre"), None);
    }
}
