//! `cargo xtask audit`: known weaknesses of what OneDoor is built from, and its licences.
//!
//! With `--offline` only the licences are looked at. Ends with 0 when everything was checked and nothing found, with 1 when something was found, with 2 when something could not
//! be checked here. Must never call something clean that nobody looked at.

use std::process::{Command, Stdio};

use super::json::Json;
use crate::sh::{self, Outcome};

/// What came of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Checked {
    Clean,
    /// What was found.
    Found(String),
    /// Why nobody looked, and what to do.
    Not(String),
}

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let offline = sh::take_flag(&mut args, "--offline");
    sh::nothing_left(&args)?;
    let licences = super::licences().map_or_else(Checked::Found, |()| Checked::Clean);
    if offline {
        sh::say(&line("licences", &licences));
        return if licences == Checked::Clean {
            Ok(())
        } else {
            Err("a licence has to be looked at".to_owned())
        };
    }
    let checks = [
        ("licences", licences),
        ("crates", crates()?),
        ("npm packages that are shipped", npm("crates/app")?),
        ("npm packages of tests", npm("e2e")?),
    ];
    for (what, checked) in &checks {
        sh::say(&line(what, checked));
    }
    match code(checks.iter().map(|(_, checked)| checked)) {
        0 => Ok(()),
        1 => Err("something has to be looked at".to_owned()),
        code => {
            sh::say("not everything was checked: this is no clean result\n");
            // The one command whose ends mean more than yes and no.
            std::process::exit(i32::from(code))
        }
    }
}

fn line(what: &str, checked: &Checked) -> String {
    match checked {
        Checked::Clean => format!("{what}: checked, nothing found\n"),
        Checked::Found(said) => format!("{what}: FOUND\n  {}\n", said.replace('\n', "\n  ")),
        Checked::Not(why) => format!("{what}: NOT CHECKED\n  {}\n", why.replace('\n', "\n  ")),
    }
}

/// Found weighs more than not looked at.
fn code<'a>(checks: impl Iterator<Item = &'a Checked>) -> u8 {
    let each = checks.map(|checked| match checked {
        Checked::Clean => 0,
        Checked::Found(_) => 1,
        Checked::Not(_) => 2,
    });
    let codes: Vec<u8> = each.collect();
    if codes.contains(&1) { 1 } else { codes.into_iter().max().unwrap_or(2) }
}

/// Both outputs of a program that tells by its end what it found; none where it is not there.
fn output(command: &mut Command) -> Option<(String, String)> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Some((text(&output.stdout), text(&output.stderr)))
}

fn crates() -> Outcome<Checked> {
    if sh::capture(&mut sh::command("cargo", &["audit", "--version"])?).is_err() {
        let why = "cargo-audit is not installed. Run `cargo install cargo-audit --locked`, then this again";
        return Ok(Checked::Not(why.to_owned()));
    }
    let found = output(&mut sh::command("cargo", &["audit", "--json"])?);
    Ok(found.map_or(Checked::Not("cargo-audit did not start".to_owned()), |(out, err)| {
        of_cargo_audit(&out, &err)
    }))
}

fn npm(folder: &str) -> Outcome<Checked> {
    let dir = sh::workspace()?.join(folder);
    let found = output(Command::new("npm").args(["audit", "--json", "--package-lock-only"]).current_dir(dir));
    let none = || Checked::Not("npm is not installed".to_owned());
    Ok(found.map_or_else(none, |(out, err)| of_npm_audit(&out, &err)))
}

/// cargo-audit's report; anything else than a report means that nobody looked.
fn of_cargo_audit(out: &str, err: &str) -> Checked {
    let report = Json::parse(out).ok();
    let looked = report.as_ref().and_then(|report| report.get("vulnerabilities")?.get("found").cloned());
    match looked {
        Some(Json::Bool(false)) => Checked::Clean,
        Some(Json::Bool(true)) => Checked::Found("run `cargo audit` to read what".to_owned()),
        _ => not(err, "Its database of weaknesses is fetched from the network: run this where there is one"),
    }
}

/// npm's report; an error, or a report without its figures, means that nobody looked.
fn of_npm_audit(out: &str, err: &str) -> Checked {
    let report = Json::parse(out).ok();
    let total = report
        .as_ref()
        .filter(|report| report.get("auditReportVersion").is_some())
        .and_then(|report| report.get("metadata")?.get("vulnerabilities")?.get("total").cloned());
    match total {
        Some(Json::Number(0.0)) => Checked::Clean,
        Some(Json::Number(total)) => {
            Checked::Found(format!("{total} packages: run `npm audit` there to read which"))
        }
        _ => not(err, "The registry did not answer with a report: run this where it does"),
    }
}

fn not(err: &str, remedy: &str) -> Checked {
    let said = err.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no report");
    Checked::Not(format!("{said}\n{remedy}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_report_that_found_nothing_is_clean() {
        assert_eq!(
            of_cargo_audit(r#"{"vulnerabilities": {"found": false, "count": 0}}"#, ""),
            Checked::Clean
        );
        let found = of_cargo_audit(r#"{"vulnerabilities": {"found": true, "count": 2}}"#, "");
        assert!(matches!(found, Checked::Found(_)));
        for nothing in ["", "{}", "error: couldn't fetch", r#"{"vulnerabilities": {}}"#] {
            assert!(matches!(of_cargo_audit(nothing, "no network"), Checked::Not(_)), "{nothing}");
        }
        let report = |total| {
            format!(r#"{{"auditReportVersion": 2, "metadata": {{"vulnerabilities": {{"total": {total}}}}}}}"#)
        };
        assert_eq!(of_npm_audit(&report(0), ""), Checked::Clean);
        assert!(matches!(of_npm_audit(&report(3), ""), Checked::Found(_)));
        for nothing in ["", r#"{"error": {"code": "ENOAUDIT"}}"#, r#"{"auditReportVersion": 2}"#] {
            assert!(matches!(of_npm_audit(nothing, ""), Checked::Not(_)), "{nothing}");
        }
    }

    #[test]
    fn the_end_says_the_worst_and_nothing_looked_at_is_never_green() {
        let (clean, found, not) =
            (Checked::Clean, Checked::Found(String::new()), Checked::Not(String::new()));
        assert_eq!(code([&clean, &clean].into_iter()), 0);
        assert_eq!(code([&clean, &not].into_iter()), 2);
        assert_eq!(code([&not, &found, &clean].into_iter()), 1);
        assert_eq!(code([].into_iter()), 2);
    }
}
