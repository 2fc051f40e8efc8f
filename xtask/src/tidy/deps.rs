//! The dependency rule: which package may name which, and what its code may not mention.
//! Must not ask cargo: manifests are read as text so that the rule also holds for a tree that does not resolve.

use super::Problem;
use super::tree::Tree;

const RULE: &str = "dependencies";

/// One package and what it may and may not depend on.
struct Rule {
    dir: &'static str,
    package: &'static str,
    /// Our own packages that it may use.
    ours: &'static [&'static str],
    /// Outside packages: only these (development ones are free), or all but these.
    others: Others,
    /// Words that its shipped code may not contain.
    words: &'static [&'static str],
}

enum Others {
    Only(&'static [&'static str]),
    Not(&'static [&'static str]),
}

const IO: &[&str] =
    &["std::fs", "std::net", "std::process", "std::env", "async fn", "SystemTime::now", "Instant::now"];

const RULES: [Rule; 7] = [
    Rule {
        dir: "crates/domain/",
        package: "onedoor-domain",
        ours: &[],
        others: Others::Only(&["jiff", "serde", "thiserror", "unicode-normalization", "uuid"]),
        words: IO,
    },
    Rule {
        dir: "crates/forms/",
        package: "onedoor-forms",
        ours: &["onedoor-domain"],
        others: Others::Not(&["sqlx", "axum", "tokio", "rustix"]),
        words: IO,
    },
    Rule {
        dir: "crates/fhir/",
        package: "onedoor-fhir",
        ours: &["onedoor-domain"],
        others: Others::Not(&["sqlx", "axum", "tokio", "rustix"]),
        words: IO,
    },
    Rule {
        dir: "crates/pdf/",
        package: "onedoor-pdf",
        ours: &[],
        others: Others::Not(&["sqlx", "axum", "tokio"]),
        words: &[],
    },
    Rule {
        dir: "crates/store/",
        package: "onedoor-store",
        ours: &["onedoor-domain"],
        others: Others::Not(&[
            "axum",
            "tower",
            "tower-http",
            "http",
            "hyper",
            "askama",
            "fluent-templates",
            "lettre",
        ]),
        words: &["axum::", "askama::"],
    },
    Rule {
        dir: "crates/app/",
        package: "onedoor",
        ours: &["onedoor-domain", "onedoor-forms", "onedoor-fhir", "onedoor-pdf", "onedoor-store"],
        others: Others::Not(&["sqlx", "jiff-sqlx", "tokio-postgres", "postgres"]),
        words: &["sqlx::"],
    },
    Rule { dir: "xtask/", package: "xtask", ours: &[], others: Others::Only(&[]), words: &[] },
];

/// Every package against its rule; a package without one is a problem too.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for manifest in tree.files.iter().filter(|f| f.path.ends_with("/Cargo.toml")) {
        match RULES.iter().find(|rule| manifest.path == format!("{}Cargo.toml", rule.dir)) {
            Some(rule) => problems.extend(manifest_problems(rule, &manifest.path, &manifest.text)),
            None => problems.push(Problem::new(
                RULE,
                &manifest.path,
                "a package that the architecture does not list",
                "every package needs an invariant: add it to the table in xtask/src/tidy/deps.rs with its rule",
            )),
        }
    }
    for rule in &RULES {
        problems.extend(
            tree.under(rule.dir, "rs").flat_map(|file| word_problems(rule, &file.path, file.shipped_code())),
        );
    }
    problems
}

fn manifest_problems(rule: &Rule, path: &str, text: &str) -> Vec<Problem> {
    let refused = |dep: &Dependency| {
        if RULES.iter().any(|r| r.package == dep.name) {
            return !rule.ours.contains(&dep.name.as_str()) && dep.name != rule.package;
        }
        match rule.others {
            // What only tests use is free, but xtask must build with nothing at all.
            Others::Only(list) => {
                !list.contains(&dep.name.as_str()) && (!dep.development || rule.package == "xtask")
            }
            Others::Not(list) => list.contains(&dep.name.as_str()),
        }
    };
    let found = dependencies(text).into_iter().filter(refused);
    found
        .map(|dep| {
            let what = format!("{} may not depend on {} (line {})", rule.package, dep.name, dep.line);
            Problem::new(
                RULE,
                path,
                what,
                "move the code to the package whose work it is (ARCHITECTURE.md, the dependency rule)",
            )
        })
        .collect()
}

fn word_problems(rule: &Rule, path: &str, code: &str) -> Vec<Problem> {
    let lines = code.lines().enumerate();
    lines
        .flat_map(|(n, line)| {
            rule.words.iter().filter(|word| line.contains(**word)).map(move |word| (n + 1, word))
        })
        .map(|(line, word)| {
            let what = format!("{} may not use `{word}`", rule.package);
            Problem::new(
                RULE,
                format!("{path}:{line}"),
                what,
                "pass the value in, or do it in the package whose work it is",
            )
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Dependency {
    name: String,
    development: bool,
    line: usize,
}

/// Reads `[dependencies]`-like tables, `[dependencies.name]` headers, target tables and renamed packages.
fn dependencies(text: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut table: Option<bool> = None;
    for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())) {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.split(']').next().unwrap_or_default().trim();
            let (kind, name) = table_of(header);
            table = if name.is_none() { kind } else { None };
            found.extend(kind.zip(name).map(|(development, name)| Dependency { name, development, line: n }));
        } else if let (Some(development), Some((key, value))) = (table, line.split_once('=')) {
            let key = key.trim().split('.').next().unwrap_or_default();
            let name = renamed(value).unwrap_or(key).trim_matches('"').to_owned();
            if !line.starts_with('#') {
                found.push(Dependency { name, development, line: n });
            }
        }
    }
    found
}

/// Whether a table lists dependencies (and if so for development), and the one it names itself.
fn table_of(header: &str) -> (Option<bool>, Option<String>) {
    for (word, development) in
        [("dev-dependencies", true), ("build-dependencies", false), ("dependencies", false)]
    {
        if header == word || header.ends_with(&format!(".{word}")) {
            return (Some(development), None);
        }
        let named = header
            .split_once(&format!("{word}."))
            .filter(|(before, _)| before.is_empty() || before.ends_with('.'));
        if let Some((_, name)) = named {
            return (Some(development), Some(name.trim_matches('"').to_owned()));
        }
    }
    (None, None)
}

fn renamed(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("package")?;
    rest.split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|p| format!("{} {}", p.place, p.what)).collect()
    }

    #[test]
    fn the_domain_may_only_name_its_four() {
        let good =
            "[dependencies]\nserde = \"1\"\nuuid.workspace = true\n[dev-dependencies]\nproptest = \"1\"\n";
        assert_eq!(places(&[("crates/domain/Cargo.toml", good)]), Vec::<String>::new());
        let bad = "[dependencies]\nserde = \"1\"\ntokio = \"1\"\n";
        assert_eq!(places(&[("crates/domain/Cargo.toml", bad)]).len(), 1);
    }

    #[test]
    fn a_renamed_a_headed_and_a_target_dependency_are_seen() {
        for bad in [
            "[dependencies]\ndb = { package = \"sqlx\", version = \"0.9\" }\n",
            "[dependencies.sqlx]\nversion = \"0.9\"\n",
            "[target.'cfg(unix)'.dependencies]\nsqlx = \"0.9\"\n",
            "[dev-dependencies]\nsqlx = \"0.9\"\n",
        ] {
            assert_eq!(places(&[("crates/app/Cargo.toml", bad)]).len(), 1, "{bad}");
        }
    }

    #[test]
    fn only_the_arrows_of_the_architecture_are_allowed() {
        let up = "[dependencies]\nonedoor-store = { path = \"../store\" }\n";
        assert_eq!(places(&[("crates/domain/Cargo.toml", up)]).len(), 1);
        assert_eq!(places(&[("crates/fhir/Cargo.toml", up)]).len(), 1);
        assert_eq!(places(&[("crates/app/Cargo.toml", up)]).len(), 0);
    }

    #[test]
    fn xtask_has_no_dependency_even_for_tests() {
        assert_eq!(places(&[("xtask/Cargo.toml", "[dev-dependencies]\ninsta = \"1\"\n")]).len(), 1);
    }

    #[test]
    fn an_unlisted_package_is_a_problem() {
        assert_eq!(places(&[("crates/helpers/Cargo.toml", "[package]\n")]).len(), 1);
    }

    #[test]
    fn sql_in_the_application_and_io_in_the_domain_are_found_but_not_in_comments_or_tests() {
        let found = places(&[
            ("crates/app/src/a.rs", "// sqlx:: is not ours\nfn a() { sqlx::query(); }\n"),
            (
                "crates/domain/src/b.rs",
                "fn b() { std::fs::read(x); }\n\n#[cfg(test)]\nmod tests {\n  use std::env;\n}\n",
            ),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("std::fs") && found[1].contains("a.rs:2"), "{found:?}");
    }
}
