//! `cargo xtask test`: formatting, lints, the source tree's rules, then every test, in this order.
//! Ends with `N passed, N failed` alone on a line, added up over all runners. Must not hide a failure behind a later step.

mod count;
mod room;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::drill;
use crate::install::{self, Need};
use crate::package;
use crate::sh::{self, Outcome};
use crate::supply;
use crate::tidy;
use count::Count;

const MACHINE: [Need; 3] = [Need::Postgres, Need::Node, Need::Chromium];
const APP: &str = "crates/app";
const UNIT: &str = "--workspace --exclude onedoor-store --exclude onedoor";
const WEB: &str = "-p onedoor-store -p onedoor";
const ALL: &str = "--workspace";
/// Builds the program as the Rust tests before were linked with it, so that nothing is built a second time: the feature adds
/// helpers that nobody calls.
pub const PROGRAM: &str = "cargo build -p onedoor --bin onedoor --features onedoor-store/testing";

/// One step: its name, what it counted, and why it failed if it did.
struct Step {
    name: &'static str,
    count: Count,
    failed: Option<String>,
}

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let kind = if args.is_empty() { None } else { Some(args.remove(0)) };
    sh::nothing_left(&args)?;
    let server_ran = shared_server().is_some();
    let steps = match kind.as_deref() {
        None => everything()?,
        Some("unit") => vec![rust("unit", UNIT, None)],
        Some("web") => {
            install::ensure(&[Need::Postgres, Need::Node])?;
            fetch_packages(APP)?;
            vec![rust("web", WEB, None)]
        }
        Some("fuzz") => vec![rust("fuzz", ALL, Some("fuzz"))],
        Some("e2e") => {
            install::ensure(&MACHINE)?;
            vec![browser()]
        }
        Some(other) => {
            return Err(format!("`{other}` is no kind of test: unit, web, e2e or fuzz"));
        }
    };
    if !server_ran {
        stop_shared_server();
    }
    report(&steps)
}

fn everything() -> Outcome<Vec<Step>> {
    install::ensure(&MACHINE)?;
    // Its tests read the published components; the build fetches them too, but not where it finds its own work done.
    fetch_packages(APP)?;
    let mut steps = vec![
        check("formatting", "cargo fmt --all -- --check -l"),
        check("lints", "cargo clippy --workspace --all-targets -- -D warnings"),
    ];
    heading("tidy");
    steps.push(Step { name: "tidy", count: Count::default(), failed: tidy::run(Vec::new()).err() });
    heading("licences");
    steps.push(Step { name: "licences", count: Count::default(), failed: supply::licences().err() });
    steps.push(rust("tests", ALL, None));
    // The examples in documentation, which nextest does not run.
    steps.push(counted("examples", words("cargo test --workspace --doc --no-fail-fast -q"), count::of_cargo));
    steps.push(browser());
    steps.push(drill());
    heading("package");
    let checked = package::run(vec!["--check".to_owned()]).err();
    steps.push(Step { name: "package", count: Count::default(), failed: checked });
    Ok(steps)
}

/// Three rounds of the crash drill: the program, its database, both.
fn drill() -> Step {
    heading("drill");
    let words = ["crash", "--rounds", "3"].map(str::to_owned).to_vec();
    Step { name: "drill", count: Count::default(), failed: drill::run(words).err() }
}

fn heading(name: &str) {
    println!("\n── {name} ──");
}

/// A command of plain words, in the workspace's folder.
pub fn words(line: &str) -> Outcome<Command> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (program, args) = words.split_first().ok_or("an empty command")?;
    sh::command(program, args)
}

/// A check that either holds or not; it counts no tests.
fn check(name: &'static str, line: &str) -> Step {
    heading(name);
    let failed = words(line).and_then(|mut command| sh::run(&mut command));
    Step { name, count: Count::default(), failed: failed.err() }
}

/// All Rust tests of `packages` whose name has `part` in it: with nextest where it is installed.
fn rust(name: &'static str, packages: &str, part: Option<&str>) -> Step {
    let nextest = sh::capture(Command::new("cargo").args(["nextest", "--version"])).is_ok();
    let line = match (nextest, part) {
        (true, None) => format!("cargo nextest run --no-tests=pass {packages}"),
        (true, Some(part)) => {
            format!("cargo nextest run --no-tests=pass {packages} -E test(/{part}/)")
        }
        (false, part) => format!("cargo test --no-fail-fast --all-targets {packages} {}", part.unwrap_or("")),
    };
    counted(name, words(&line), if nextest { count::of_nextest } else { count::of_cargo })
}

/// The browser tests, against the program as built just before.
fn browser() -> Step {
    let name = "browser";
    if !sh::workspace().is_ok_and(|dir| dir.join("e2e/package.json").exists()) {
        heading(name);
        println!("no browser tests yet");
        return Step { name, count: Count::default(), failed: None };
    }
    counted(name, ready_browser(), count::of_playwright)
}

/// Fetches what a folder's package list names, if it is missing or older than the list.
fn fetch_packages(folder: &str) -> Outcome {
    let dir = sh::workspace()?.join(folder);
    let modified = |file: &str| dir.join(file).metadata().and_then(|m| m.modified()).ok();
    if modified("node_modules/.package-lock.json") >= modified("package-lock.json") {
        return Ok(());
    }
    let mut command = words("npm ci --ignore-scripts --no-audit --no-fund")?;
    sh::run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(&dir))
}

/// Builds the program, fetches the test runner, and gives the command to run.
fn ready_browser() -> Outcome<Command> {
    fetch_packages("e2e")?;
    sh::run(&mut words(PROGRAM)?)?;
    let mut command = words("npx playwright test --reporter=list")?;
    // Not ONEDOOR_…: the server refuses settings of that name that it does not know.
    command
        .env("E2E_SERVER", sh::built("onedoor")?)
        .env("E2E_CHROMIUM", install::chromium().unwrap_or_default())
        .current_dir(sh::workspace()?.join("e2e"));
    Ok(command)
}

/// Runs a test runner, shows what it writes and counts its tests from it.
fn counted(name: &'static str, command: Outcome<Command>, counter: fn(&str) -> Count) -> Step {
    heading(name);
    match command.and_then(shown) {
        Ok((written, failed)) => Step { name, count: counter(&written), failed },
        Err(why) => Step { name, count: Count::default(), failed: Some(why) },
    }
}

fn shown(mut command: Command) -> Outcome<(String, Option<String>)> {
    if std::env::var_os("ONEDOOR_FUZZ_SECONDS").is_none() {
        command.env("ONEDOOR_FUZZ_SECONDS", "10");
    }
    command.env("TMPDIR", room::folder());
    let text = sh::show(&command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start `{text}`: {e}"))?;
    let errors = child.stderr.take().map(|stream| thread::spawn(move || tee(stream)));
    let mut written = child.stdout.take().map(tee).unwrap_or_default();
    let status = child.wait().map_err(|e| format!("cannot wait for `{text}`: {e}"))?;
    let errors = errors.and_then(|thread| thread.join().ok());
    written.push_str(&errors.unwrap_or_default());
    let failed = (!status.success()).then(|| format!("`{text}` ended with {status}"));
    Ok((written, failed))
}

/// Passes lines on as they come and keeps a copy.
fn tee(stream: impl Read) -> String {
    let mut copy = String::new();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        let text = String::from_utf8_lossy(&line);
        sh::say(&text);
        copy.push_str(&text);
        line.clear();
    }
    copy
}

/// Where the database server lies that test processes share (`onedoor_store::testing` says so too).
fn shared_folder() -> Option<PathBuf> {
    let user = fs::metadata("/proc/self").ok()?.uid();
    Some(room::folder().join(format!("onedoor-test-{user}")))
}

/// Its process number.
fn shared_server() -> Option<u32> {
    let text = fs::read_to_string(shared_folder()?.join("postgres/postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

/// Only the run that caused it to start ends it: another run may be using one that was there before. In memory nothing is left.
fn stop_shared_server() {
    let Some(pid) = shared_server() else { return };
    let _ = sh::capture(Command::new("kill").args(["-INT", &pid.to_string()]));
    for _ in 0..100 {
        if shared_server().is_none() {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    if room::is_memory()
        && shared_server().is_none()
        && let Some(folder) = shared_folder()
    {
        let _ = fs::remove_dir_all(folder);
    }
}

fn report(steps: &[Step]) -> Outcome {
    let total = total(steps);
    println!();
    for step in steps {
        if let Some(why) = &step.failed {
            println!("FAILED {}: {}", step.name, why.lines().next().unwrap_or_default());
        }
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Ok(()) } else { Err("not everything passed".to_owned()) }
}

/// A step that failed without a failed test (a lint, a compile error) counts as one failure.
fn total(steps: &[Step]) -> Count {
    steps.iter().fold(Count::default(), |sum, step| {
        let unnamed = usize::from(step.failed.is_some() && step.count.failed == 0);
        Count { passed: sum.passed + step.count.passed, failed: sum.failed + step.count.failed + unnamed }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(passed: usize, failed: usize, why: Option<&str>) -> Step {
        Step { name: "x", count: Count { passed, failed }, failed: why.map(str::to_owned) }
    }

    #[test]
    fn a_step_that_broke_before_its_tests_is_never_reported_as_zero_failed() {
        let steps = [step(40, 0, None), step(0, 0, Some("does not compile"))];
        assert_eq!(total(&steps), Count { passed: 40, failed: 1 });
        assert!(report(&steps).is_err());
    }

    #[test]
    fn counted_failures_are_not_counted_twice() {
        assert_eq!(total(&[step(3, 2, Some("ended with 100"))]), Count { passed: 3, failed: 2 });
    }

    #[test]
    fn an_unknown_kind_is_refused() {
        assert!(run(vec!["everything".to_owned()]).is_err());
    }
}
