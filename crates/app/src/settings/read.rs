//! Collects what was said about each setting and turns it into values, remembering every problem. Must not stop at the first.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::list::{DEVELOPER, SETTINGS, Setting};

/// One thing wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The setting, as it was written.
    pub name: String,
    /// What is wrong.
    pub wrong: String,
    /// What to do.
    pub fix: String,
}

/// Everything wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings cannot be used (docs/settings.md lists them all):")?;
        for problem in &self.0 {
            write!(f, "\n  {}: {}. {}", problem.name, problem.wrong, problem.fix)?;
        }
        Ok(())
    }
}

/// What was said and from where, one for each setting that was given.
#[derive(Debug, Default)]
pub(super) struct Reader {
    given: BTreeMap<&'static str, (String, String)>,
    pub problems: Vec<Problem>,
}

impl Reader {
    pub fn problem(&mut self, name: impl Into<String>, wrong: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem { name: name.into(), wrong: wrong.into(), fix: fix.into() });
    }

    /// The file: a flat table of names and plain values.
    pub fn file(&mut self, source: &str, text: &str) {
        let table = match toml::Table::from_str(text) {
            Ok(table) => table,
            Err(error) => {
                let line = error
                    .span()
                    .map_or(1, |span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
                let wrong = format!("line {line} is not TOML: {}", error.message());
                return self.problem(source, wrong, "Write each setting as: name = \"value\"");
            }
        };
        for (name, value) in table {
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(flag) => if flag { "on" } else { "off" }.to_owned(),
                _ => {
                    let name = format!("{name} (in {source})");
                    self.problem(
                        name,
                        "it is not a plain value",
                        "Settings are not grouped: write name = \"value\" at the top of the file",
                    );
                    continue;
                }
            };
            self.give(&name, &format!("{name} (in {source})"), text);
        }
    }

    /// The environment; an empty variable counts as not given.
    pub fn environment(&mut self, variables: impl Iterator<Item = (String, String)>) {
        for (variable, value) in variables {
            let Some(name) = variable.strip_prefix("ONEDOOR_") else {
                continue;
            };
            let name = name.to_ascii_lowercase();
            if !value.is_empty() && !DEVELOPER.contains(&name.as_str()) {
                self.give(&name, &variable, value);
            }
        }
    }

    /// One value; what comes later wins.
    pub fn give(&mut self, name: &str, shown: &str, value: String) {
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
            self.given.insert(setting.name, (shown.to_owned(), value));
        } else if name == "demo" {
            self.problem(
                shown,
                "demonstration data is never switched on by a setting",
                "Remove it and start with: onedoor serve --demo",
            );
        } else {
            let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
            self.problem(
                shown,
                "there is no such setting",
                format!("Remove it, or use one of: {}", names.join(", ")),
            );
        }
    }

    /// How the operator wrote the setting, to name it back.
    pub fn shown(&self, name: &str) -> String {
        self.given.get(name).map_or_else(|| name.to_owned(), |(shown, _)| shown.clone())
    }

    pub fn is_given(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// The value, if given and readable. One that is not readable is a problem and counts as not given.
    pub fn take<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let (shown, text) = self.given.get(name)?.clone();
        match read(text.trim()) {
            Ok(value) => Some(value),
            Err(wrong) => {
                let takes = SETTINGS
                    .iter()
                    .find(|setting| setting.name == name)
                    .map_or("", |Setting { takes, .. }| takes);
                self.problem(shown, wrong, format!("It takes: {takes}"));
                None
            }
        }
    }

    /// A whole number within bounds.
    pub fn number(&mut self, name: &str, default: u32, bounds: std::ops::RangeInclusive<u32>) -> u32 {
        let read = |text: &str| match text.parse() {
            Ok(number) if bounds.contains(&number) => Ok(number),
            Ok(number) => Err(format!("{number} is out of bounds")),
            Err(_) => Err(format!("\"{text}\" is not a whole number")),
        };
        self.take(name, read).unwrap_or(default)
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &str, default: T, words: &[(&str, T)]) -> T {
        let read = |text: &str| {
            let found = words.iter().find(|(word, _)| *word == text);
            found
                .map(|(_, value)| *value)
                .ok_or_else(|| format!("\"{text}\" is not one of the words it knows"))
        };
        self.take(name, read).unwrap_or(default)
    }
}

/// Reads anything the standard library can, naming the text when it cannot.
pub(super) fn parsed<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("\"{text}\" cannot be read"))
}

/// An absolute web address with one of the schemes, no path unless allowed, no blanks.
pub(super) fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest)
            if !rest.is_empty()
                && !rest.starts_with('/')
                && !text.contains(|c: char| c.is_whitespace() || c.is_control()) =>
        {
            Ok(text.to_owned())
        }
        Some(_) | None => Err(format!("\"{text}\" is not a web address")),
    }
}
