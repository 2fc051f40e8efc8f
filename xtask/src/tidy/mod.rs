//! `cargo xtask tidy`: the rules of the source tree, each a pure function over the files. All problems are reported at once.
//! Must not compile anything: it has to stay quick enough to run at every save.

mod coverage;
mod deps;
mod docs;
mod named;
mod predicates;
mod routes;
mod rust;
mod schema;
mod seam;
mod sizes;
mod sql;
mod tree;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Instant;

use crate::sh::{self, Outcome};
use tree::Tree;

/// Something to put right: where, what, and how.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    rule: &'static str,
    place: String,
    what: String,
    fix: &'static str,
}

impl Problem {
    fn new(rule: &'static str, place: impl Into<String>, what: impl Into<String>, fix: &'static str) -> Self {
        Self { rule, place: place.into(), what: what.into(), fix }
    }
}

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let write = sh::take_flag(&mut args, "--write");
    sh::nothing_left(&args)?;
    let begun = Instant::now();
    let workspace = sh::workspace()?;
    let mut tree = Tree::read(&workspace)?;
    if write {
        coverage::write(&workspace, &tree)?;
        tree = Tree::read(&workspace)?;
    }
    let problems = problems(&tree);
    sh::say(&sizes::summary(&tree));
    sh::say(&listing(&problems));
    let time = begun.elapsed().as_millis();
    sh::say(&format!("tidy: {} files, {} problems, {time} ms\n", tree.files.len(), problems.len()));
    if problems.is_empty() { Ok(()) } else { Err(format!("{} problems in the source tree", problems.len())) }
}

fn problems(tree: &Tree) -> Vec<Problem> {
    let checks: [fn(&Tree) -> Vec<Problem>; 10] = [
        deps::check,
        sizes::check,
        routes::check,
        docs::check,
        named::check,
        schema::check,
        predicates::check,
        seam::check,
        words::check,
        coverage::check,
    ];
    checks.iter().flat_map(|check| check(tree)).collect()
}

/// Grouped by rule and by remedy, so that each remedy is read once.
fn listing(problems: &[Problem]) -> String {
    let mut groups: BTreeMap<(&str, &str), Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        groups.entry((problem.rule, problem.fix)).or_default().push(problem);
    }
    let mut text = String::new();
    for ((rule, fix), members) in groups {
        let _ = writeln!(text, "\n{rule}: {fix}");
        for problem in members {
            let _ = writeln!(text, "  {}: {}", problem.place, problem.what);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_grouped_and_each_remedy_is_told_once() {
        let problems = [
            Problem::new("sizes", "a.rs", "501 lines", "split it"),
            Problem::new("sizes", "b.rs", "600 lines", "split it"),
        ];
        let text = listing(&problems);
        assert_eq!(text.matches("split it").count(), 1);
        assert!(text.contains("a.rs: 501 lines") && text.contains("b.rs: 600 lines"));
    }

    #[test]
    fn a_bad_tree_fails_many_rules_at_once() {
        let tree = Tree::of(&[
            ("crates/domain/Cargo.toml", "[dependencies]\ntokio = \"1\"\n"),
            ("crates/store/migrations/0001_a.sql", "CREATE TABLE a (id uuid PRIMARY KEY);"),
            ("README.md", "see [it](gone.md)"),
        ]);
        let problems = problems(&tree);
        for rule in ["dependencies", "schema", "docs", "coverage"] {
            assert!(problems.iter().any(|p| p.rule == rule), "{rule} found nothing: {problems:?}");
        }
    }
}
