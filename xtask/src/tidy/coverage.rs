//! docs/coverage.md: which tests prove which rows of the seeds. Tests say so with `// seed: 26` above them.
//! Must not know the rows' titles: they belong to the seeds, which are kept outside the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::Problem;
use super::tree::{File, Tree};
use crate::sh::Outcome;

const RULE: &str = "coverage";
const PLACE: &str = "docs/coverage.md";

/// Rows that landed features claim; each needs a test.
const CLAIMED: [u16; 15] = [26, 27, 42, 43, 44, 67, 73, 75, 76, 81, 121, 122, 125, 126, 127];

/// Row → the tests that prove it, as `path` and name.
type Coverage = BTreeMap<u16, BTreeSet<(String, String)>>;

/// The written table is current and every claimed row has a test.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let (coverage, mut problems) = collect(tree);
    for row in CLAIMED.iter().filter(|row| !coverage.contains_key(row)) {
        let fix =
            "write the test that proves the row, with `// seed: N` above it, or take the row out of CLAIMED";
        problems.push(Problem::new(RULE, format!("row {row}"), "is claimed and no test proves it", fix));
    }
    if tree.get(PLACE).is_none_or(|file| file.text != table(&coverage)) {
        problems.push(Problem::new(
            RULE,
            PLACE,
            "is not current",
            "run `cargo xtask tidy --write` and commit it",
        ));
    }
    problems
}

/// Writes the table.
pub fn write(workspace: &Path, tree: &Tree) -> Outcome {
    let text = table(&collect(tree).0);
    let path = workspace.join(PLACE);
    fs::create_dir_all(workspace.join("docs"))
        .and_then(|()| fs::write(&path, text))
        .map_err(|e| format!("{}: {e}", path.display()))
}

fn collect(tree: &Tree) -> (Coverage, Vec<Problem>) {
    let (mut coverage, mut problems) = (Coverage::new(), Vec::new());
    // The rules' own samples prove nothing about OneDoor.
    let tests = tree
        .files
        .iter()
        .filter(|f| ["rs", "ts"].contains(&f.kind()) && !f.path.starts_with("xtask/src/tidy/"));
    for file in tests {
        let lines: Vec<&str> = file.text.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            let Some(numbers) = line.trim_start().strip_prefix("// seed:") else {
                continue;
            };
            let place = format!("{}:{}", file.path, n + 1);
            let name = name_below(file, lines.get(n + 1..).unwrap_or_default());
            if let (Some(rows), Some(name)) = (rows(numbers), name) {
                for row in rows {
                    coverage.entry(row).or_default().insert((file.path.clone(), name.clone()));
                }
            } else {
                let fix = "write `// seed: 26` or `// seed: 26, 27`, directly above a test";
                problems.push(Problem::new(RULE, place, format!("`{}`", line.trim()), fix));
            }
        }
    }
    (coverage, problems)
}

fn rows(numbers: &str) -> Option<Vec<u16>> {
    numbers.split(',').map(|number| number.trim().parse().ok()).collect()
}

/// The test under the comment: only attributes, comments and blank lines may lie between.
fn name_below(file: &File, below: &[&str]) -> Option<String> {
    let between = |line: &&&str| {
        let line = line.trim_start();
        line.is_empty()
            || line.starts_with("//")
            || line.starts_with('#')
            || line.starts_with(')')
            || line.starts_with(']')
    };
    let line = below.iter().take(12).find(|line| !between(line))?.trim_start();
    if file.kind() == "rs" {
        let (_, name) = line.split_once("fn ")?;
        return Some(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
    }
    let quote = line.find(['\'', '"', '`'])?;
    let mark = line.get(quote..=quote)?;
    let title = line.starts_with("test").then(|| line.get(quote + 1..)?.split(mark).next())??;
    Some(title.replace('|', "/"))
}

fn table(coverage: &Coverage) -> String {
    let mut text = String::from(
        "# Which tests prove which seed rows\n\n\
         Written by `cargo xtask tidy --write` from the `// seed:` comments above tests. Do not edit.\n\n\
         | row | proved by |\n|---|---|\n",
    );
    for (row, tests) in coverage {
        let listed: Vec<String> = tests.iter().map(|(path, name)| format!("`{path}` {name}")).collect();
        let _ = writeln!(text, "| {row} | {} |", listed.join("<br>"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = "// seed: 26, 27\n#[test]\nfn ends_are_closed() {}\n";

    fn whats(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|p| format!("{} {}", p.place, p.what)).collect()
    }

    #[test]
    fn rust_and_browser_tests_are_collected() {
        let tree = Tree::of(&[
            ("crates/domain/tests/a.rs", RUST),
            ("e2e/ask.spec.ts", "// seed: 26\ntest('a person asks | at night', async () => {});\n"),
        ]);
        let text = table(&collect(&tree).0);
        let both = "| 26 | `crates/domain/tests/a.rs` ends_are_closed<br>`e2e/ask.spec.ts` a person asks / at night |\n";
        assert!(text.contains(both), "{text}");
        assert!(text.contains("| 27 | `crates/domain/tests/a.rs` ends_are_closed |\n"));
    }

    #[test]
    fn a_claimed_row_without_a_test_fails() {
        let found = whats(&[("crates/domain/tests/a.rs", RUST)]);
        assert!(found.iter().any(|w| w.starts_with("row 67 ")), "{found:?}");
        assert!(!found.iter().any(|w| w.starts_with("row 27 ")));
    }

    #[test]
    fn a_stale_or_missing_table_fails_and_a_current_one_does_not() {
        let current = table(&collect(&Tree::of(&[("a.rs", RUST)])).0);
        let stale = |files: &[(&str, &str)]| whats(files).iter().any(|w| w.ends_with("is not current"));
        assert!(!stale(&[("a.rs", RUST), (PLACE, &current)]));
        assert!(stale(&[("a.rs", RUST), (PLACE, "old")]));
        assert!(stale(&[("a.rs", RUST)]));
    }

    #[test]
    fn a_comment_that_is_no_number_or_stands_above_no_test_fails() {
        for bad in ["// seed: twenty\nfn a() {}\n", "// seed: 26\nconst A: u8 = 1;\n", "// seed: 26\n"] {
            let found = whats(&[("a.rs", bad)]);
            assert!(found.iter().any(|w| w.starts_with("a.rs:1")), "{bad}: {found:?}");
        }
    }
}
