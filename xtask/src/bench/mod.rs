//! `cargo xtask bench`: how fast the program is, and whether it stays so as a county grows. It measures the release build over
//! HTTP, with its own database, beside references of the same run. Not a test: it fails only where an answer was wrong.

mod cpu;
mod drive;
mod figures;
mod host;
mod load;
mod people;
mod reference;
mod run;
mod scenes;
mod statements;
mod stats;
mod submit;
mod totp;
mod weigh;
mod wire;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::install::{self, Need};
use crate::sh::{self, Outcome};
use figures::Figure;
use host::Host;
use run::Run;

/// What was asked for.
#[derive(Debug, PartialEq)]
struct Options {
    people: Vec<u64>,
    seconds: u64,
    json: Option<PathBuf>,
    /// What is measured, where it is built already.
    program: Option<PathBuf>,
    /// Where data is kept for the next time.
    data: Option<PathBuf>,
    statements: bool,
}

/// Runs the command.
pub fn run(args: Vec<String>) -> Outcome {
    let options = options(args)?;
    let program = match &options.program {
        Some(program) => program.clone(),
        None => release()?,
    };
    sh::say(&machine());
    let mut figures = Vec::new();
    if !options.statements {
        figures.push(Figure::new("first_start_seconds", 0, run::first_start(program.clone())?, "s"));
    }
    let mut host = Host::new(program, options.data.clone())?;
    sh::capture(&mut host.command(&["seed", "--demo", "--people", load::TEMPLATES]))?;
    host.start(&["--demo", "--people", "0", "--no-work"], load::LONG)?;
    for people in &options.people {
        let seconds = load::grow(&mut host, *people)?;
        sh::say(&format!("\n{people} people, made in {seconds:.0} s\n"));
        if options.statements {
            return statements::report(&mut host);
        }
        figures.push(Figure::new("load_seconds", *people, seconds, "s"));
        figures.extend(Run::new(&mut host, *people, options.seconds).all()?);
    }
    let figures = figures::compared(&figures);
    sh::say(&format!("\n{}", figures::table(&figures)));
    match &options.json {
        Some(file) => fs::write(file, figures::json(&figures))
            .map_err(|e| format!("cannot write {}: {e}", file.display())),
        None => Ok(()),
    }
}

fn options(mut args: Vec<String>) -> Outcome<Options> {
    let whole = |text: &str| text.trim().parse::<u64>().ok().filter(|n| *n > 0);
    let people = sh::take_option(&mut args, "--people")?.unwrap_or_else(|| "10000,200000,1000000".to_owned());
    let mut people: Vec<u64> = people
        .split(',')
        .map(whole)
        .collect::<Option<_>>()
        .ok_or("--people needs whole numbers, such as 10000,200000")?;
    people.sort_unstable();
    let seconds = match sh::take_option(&mut args, "--seconds")? {
        None => 30,
        Some(text) => whole(&text).ok_or("--seconds needs a whole number above 0")?,
    };
    let absolute = |dir: String| std::path::absolute(&dir).map_err(|e| format!("{dir}: {e}"));
    let json = sh::take_option(&mut args, "--json")?.map(absolute).transpose()?;
    let data = sh::take_option(&mut args, "--data")?.map(absolute).transpose()?;
    let program = sh::take_option(&mut args, "--program")?.map(absolute).transpose()?;
    let statements = sh::take_flag(&mut args, "--statements");
    sh::nothing_left(&args)?;
    Ok(Options { people, seconds, json, program, data, statements })
}

/// Builds what is measured.
fn release() -> Outcome<PathBuf> {
    install::ensure(&[Need::Postgres, Need::Node])?;
    sh::run(&mut sh::command("cargo", &["build", "--release", "-p", "onedoor", "--bin", "onedoor"])?)?;
    // Beside the profile that this program was built in.
    let here = sh::built("onedoor")?;
    let target = here.parent().and_then(|profile| profile.parent()).ok_or("cannot find the target folder")?;
    Ok(target.join("release/onedoor"))
}

/// What it is measured on, and what else goes on there: figures mean nothing without.
fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split_whitespace().take(3).collect();
    let kernel = sh::capture(Command::new("uname").arg("-sr")).unwrap_or_default();
    format!("{processors} processors, {}, load before: {}\n", kernel.trim(), load.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_million_and_half_a_minute_unless_told_otherwise() {
        let usual = options(Vec::new()).unwrap();
        assert_eq!((usual.people, usual.seconds), (vec![10_000, 200_000, 1_000_000], 30));
        let few = options(words("--people 500,20 --seconds=2 --statements --json out.json")).unwrap();
        assert_eq!((few.people, few.seconds, few.statements), (vec![20, 500], 2, true));
        assert!(few.json.is_some_and(|file| file.is_absolute()));
    }

    #[test]
    fn wrong_words_are_refused_before_anything_is_built() {
        for bad in ["--people many", "--people 0", "--people", "--seconds 0", "--fast"] {
            assert!(run(words(bad)).is_err(), "{bad}");
        }
    }
}
