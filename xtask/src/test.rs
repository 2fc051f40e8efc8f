//! `cargo xtask test`: formatting, lints, the source tree's rules, then every test, in this order.
//! Ends with `N passed, N failed` alone on a line, added up over all runners. Must not hide a failure behind a later step.

mod count;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;

use crate::install::{self, Need};
use crate::sh::{self, Outcome};
use crate::tidy;
use count::Count;

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
    let steps = match kind.as_deref() {
        None => everything()?,
        Some("unit") => {
            vec![rust("unit", &["--workspace", "--exclude", "onedoor-store", "--exclude", "onedoor"], &[])]
        }
        Some("web") => {
            install::ensure(&[Need::Postgres, Need::Node])?;
            vec![rust("web", &["-p", "onedoor-store", "-p", "onedoor"], &[])]
        }
        Some("fuzz") => vec![rust("fuzz", &["--workspace"], &["test(/fuzz/)"])],
        Some("e2e") => {
            install::ensure(&[Need::Postgres, Need::Node, Need::Chromium])?;
            vec![browser()]
        }
        Some(other) => {
            return Err(format!("`{other}` is no kind of test: unit, web, e2e or fuzz"));
        }
    };
    report(&steps)
}

fn everything() -> Outcome<Vec<Step>> {
    install::ensure(&[Need::Postgres, Need::Node, Need::Chromium])?;
    let mut steps = vec![
        check("formatting", "cargo", &["fmt", "--all", "--check"]),
        check("lints", "cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    ];
    heading("tidy");
    steps.push(Step { name: "tidy", count: Count::default(), failed: tidy::run(Vec::new()).err() });
    steps.push(rust("tests", &["--workspace"], &[]));
    steps.push(examples());
    steps.push(browser());
    Ok(steps)
}

fn heading(name: &str) {
    println!("\n── {name} ──");
}

/// A check that either holds or not; it counts no tests.
fn check(name: &'static str, program: &str, args: &[&str]) -> Step {
    heading(name);
    let failed = sh::command(program, args).and_then(|mut command| sh::run(&mut command)).err();
    Step { name, count: Count::default(), failed }
}

/// All Rust tests of `packages` whose name fits `filter`: with nextest where it is installed.
fn rust(name: &'static str, packages: &[&str], filter: &[&str]) -> Step {
    let nextest = sh::capture(Command::new("cargo").args(["nextest", "--version"])).is_ok();
    let mut args = if nextest {
        vec!["nextest", "run", "--no-tests=pass"]
    } else {
        vec!["test", "--no-fail-fast", "--all-targets"]
    };
    args.extend(packages);
    if nextest {
        args.extend(filter.iter().flat_map(|f| ["-E", f]));
    } else if !filter.is_empty() {
        args.push(name);
    }
    counted(name, "cargo", &args, count::of_rust)
}

/// The examples in documentation, which nextest does not run.
fn examples() -> Step {
    counted("examples", "cargo", &["test", "--workspace", "--doc", "--no-fail-fast", "-q"], count::of_rust)
}

/// The browser tests, against the program as built just before.
fn browser() -> Step {
    let name = "browser";
    let exists = sh::workspace().is_ok_and(|dir| dir.join("e2e/package.json").exists());
    if !exists {
        heading(name);
        println!("no browser tests yet");
        return Step { name, count: Count::default(), failed: None };
    }
    if let Err(why) = ready_browser() {
        return Step { name, count: Count::default(), failed: Some(why) };
    }
    counted(name, "npx", &["playwright", "test", "--reporter=list"], count::of_playwright)
}

fn ready_browser() -> Outcome {
    sh::run(&mut sh::command("cargo", &["build", "-p", "onedoor", "--bin", "onedoor"])?)?;
    let e2e = sh::workspace()?.join("e2e");
    let modified = |file: &str| e2e.join(file).metadata().and_then(|m| m.modified()).ok();
    if modified("node_modules/.package-lock.json") >= modified("package-lock.json") {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&e2e);
    sh::run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

/// Runs a test runner, shows what it writes and counts its tests from it.
fn counted(name: &'static str, program: &str, args: &[&str], counter: fn(&str) -> Count) -> Step {
    heading(name);
    match shown(program, args) {
        Ok((written, failed)) => Step { name, count: counter(&written), failed },
        Err(why) => Step { name, count: Count::default(), failed: Some(why) },
    }
}

fn shown(program: &str, args: &[&str]) -> Outcome<(String, Option<String>)> {
    let mut command = sh::command(program, args)?;
    if program == "npx" {
        command.current_dir(sh::workspace()?.join("e2e")).env("ONEDOOR_BIN", sh::built("onedoor")?);
        command.env("ONEDOOR_CHROMIUM", install::chromium().unwrap_or_default());
    }
    if std::env::var_os("ONEDOOR_FUZZ_SECONDS").is_none() {
        command.env("ONEDOOR_FUZZ_SECONDS", "10");
    }
    let text = sh::show(&command);
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|e| format!("cannot start `{text}`: {e}"))?;
    let errors = child.stderr.take().map(|stream| thread::spawn(move || tee(stream)));
    let mut written = child.stdout.take().map(tee).unwrap_or_default();
    let status = child.wait().map_err(|e| format!("cannot wait for `{text}`: {e}"))?;
    written.push_str(&errors.and_then(|thread| thread.join().ok()).unwrap_or_default());
    Ok((written, (!status.success()).then(|| format!("`{text}` ended with {status}"))))
}

/// Passes lines on as they come and keeps a copy.
fn tee(stream: impl Read) -> String {
    let mut copy = String::new();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        copy.push_str(&text);
        line.clear();
    }
    copy
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
