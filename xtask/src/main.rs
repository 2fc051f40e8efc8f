//! Developer commands. Shells out to cargo, npm and `PostgreSQL`; depends on no crate and on no part of `OneDoor`.

mod bench;
mod cluster;
mod demo;
mod drill;
mod install;
mod package;
mod prepare;
mod sh;
mod supply;
mod test;
mod tidy;

use std::fmt::Write;
use std::process::ExitCode;

/// A command's name, its arguments, what it does, and the function that does it.
struct Entry {
    name: &'static str,
    args: &'static str,
    what: &'static str,
    run: fn(Vec<String>) -> sh::Outcome,
}

const COMMANDS: [Entry; 9] = [
    Entry {
        name: "demo",
        args: "[--listen ADDR] [--data DIR] [--people N]",
        what: "build OneDoor and serve it with invented people on http://127.0.0.1:8080",
        run: demo::run,
    },
    Entry {
        name: "test",
        args: "[unit|web|e2e|fuzz]",
        what: "every check and every test, or one kind of test",
        run: test::run,
    },
    Entry {
        name: "tidy",
        args: "[--write]",
        what: "the rules of the source tree; --write refreshes docs/coverage.md",
        run: tidy::run,
    },
    Entry {
        name: "prepare",
        args: "[--serve]",
        what: "refresh the checked queries in .sqlx; --serve keeps a database for live checking",
        run: prepare::run,
    },
    Entry {
        name: "drill",
        args: "crash [--rounds N] | faults [--only WORDS]",
        what: "let things go wrong under load and look for anything lost",
        run: drill::run,
    },
    Entry {
        name: "bench",
        args: "[--people N,N] [--seconds N] [--json FILE] [--statements]",
        what: "measure the release build with so many people, beside references",
        run: bench::run,
    },
    Entry {
        name: "audit",
        args: "[--offline]",
        what: "licences and known weaknesses of what OneDoor is built from; ends with 2 where nobody could look",
        run: supply::audit::run,
    },
    Entry {
        name: "sbom",
        args: "[--out FILE]",
        what: "the list of what is in the program, as CycloneDX",
        run: supply::sbom::run,
    },
    Entry {
        name: "package",
        args: "[--check] [--profile dev|release]",
        what: "a Debian package in target/package; --check installs, starts, upgrades and removes it in a scratch folder",
        run: package::run,
    },
];

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.is_empty()
        || args.iter().any(|a| a == "--help" || a == "-h")
        || args.first().is_some_and(|a| a == "help")
    {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let name = args.remove(0);
    let outcome = match COMMANDS.iter().find(|entry| entry.name == name) {
        Some(entry) => (entry.run)(args),
        None => Err(format!("there is no command `{name}`\n\n{}", help())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The list of commands, one line each.
fn help() -> String {
    let mut text = String::from("cargo xtask COMMAND\n\n");
    for entry in &COMMANDS {
        let usage = format!("{} {}", entry.name, entry.args);
        let _ = writeln!(text, "  {usage:<50} {}", entry.what);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_command() {
        let text = help();
        assert!(COMMANDS.iter().all(|entry| text.contains(entry.name) && text.contains(entry.what)));
    }
}
