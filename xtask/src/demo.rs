//! `cargo xtask demo`: install what is missing, build, and become the demonstration server.
//! Must not know anything about the server but its command line.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use crate::install::{self, Need};
use crate::sh::{self, Outcome};

struct Options {
    listen: String,
    data: PathBuf,
    people: Option<String>,
}

/// Runs the command; returns only when the server could not be started.
pub fn run(args: Vec<String>) -> Outcome {
    let options = options(args, sh::is_root())?;
    install::ensure(&[Need::Postgres, Need::Node])?;
    let server = sh::built("onedoor")?;
    if !server.exists() {
        println!("Building OneDoor. The first build takes a few minutes; later ones take seconds.");
    }
    sh::run(&mut sh::command("cargo", &["build", "-p", "onedoor", "--bin", "onedoor"])?)?;
    let mut command = sh::command(&server, &["serve", "--demo", "--listen", &options.listen])?;
    command.arg("--data").arg(&options.data);
    if let Some(people) = &options.people {
        command.args(["--people", people]);
    }
    // Becoming the server, not starting it, lets Ctrl-C reach it alone and the shell wait for its clean end.
    let why = command.exec();
    Err(format!("cannot start {}: {why}", server.display()))
}

/// As root the data must lie where the server's unprivileged database user can reach it.
fn options(mut args: Vec<String>, root: bool) -> Outcome<Options> {
    let listen = sh::take_option(&mut args, "--listen")?.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let people = sh::take_option(&mut args, "--people")?;
    if people.as_ref().is_some_and(|n| n.parse::<u32>().is_err()) {
        return Err("--people needs a whole number".to_owned());
    }
    let data = match sh::take_option(&mut args, "--data")? {
        Some(dir) => std::path::absolute(&dir).map_err(|e| format!("--data {dir}: {e}"))?,
        None if root => PathBuf::from("/var/lib/onedoor-demo"),
        None => sh::workspace()?.join(".data/demo"),
    };
    sh::nothing_left(&args)?;
    Ok(Options { listen, data, people })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_options_it_serves_on_the_address_the_readme_names() {
        let options = options(Vec::new(), false).unwrap();
        assert_eq!(options.listen, "127.0.0.1:8080");
        assert!(options.data.ends_with(".data/demo"));
    }

    #[test]
    fn root_gets_a_folder_that_other_users_can_reach() {
        assert_eq!(options(Vec::new(), true).unwrap().data, PathBuf::from("/var/lib/onedoor-demo"));
    }

    #[test]
    fn wrong_words_are_refused_before_anything_is_installed_or_built() {
        assert!(options(vec!["--people".to_owned(), "many".to_owned()], false).is_err());
        assert!(options(vec!["--port".to_owned()], false).is_err());
    }
}
