//! The one route table: every row says who may use it, and nothing adds a route beside the table.
//! Must not judge whether the access is right: docs/permissions.md and the persona matrix do.

use super::Problem;
use super::rust::{Keep, view};
use super::tree::Tree;

const RULE: &str = "routes";
const TABLE: &str = "crates/app/src/routes.rs";
const ACCESS: [&str; 6] = ["Staff(", "Person(", "Guest(", "System(", "Public(", "Open("];
const ADDERS: [&str; 4] = [".route(", ".route_service(", ".nest(", ".nest_service("];

/// The table and the files around it.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = adders(tree);
    let Some(table) = tree.get(TABLE) else {
        return problems;
    };
    problems.extend(rows(table.shipped()));
    if tree.get("docs/permissions.md").is_none() {
        let fix = "run the test that writes it, and commit it";
        problems.push(Problem::new(RULE, "docs/permissions.md", "is missing", fix));
    }
    problems
}

fn adders(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.under("crates/app/src/", "rs").filter(|f| f.path != TABLE) {
        for (n, line) in file.shipped_code().lines().enumerate() {
            problems.extend(ADDERS.iter().filter(|adder| line.contains(**adder)).map(|adder| {
                let what = format!("`{adder}…)` outside the route table");
                Problem::new(
                    RULE,
                    format!("{}:{}", file.path, n + 1),
                    what,
                    "add a row to crates/app/src/routes.rs",
                )
            }));
        }
    }
    problems
}

/// Between one path and the next there is an access, and one for anybody says why.
fn rows(source: &str) -> Vec<Problem> {
    let code = view(source, Keep::Strings);
    let starts: Vec<usize> = code.match_indices("\"/").map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([code.len()]);
    let mut problems = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let row = code.get(start..end).unwrap_or_default();
        let path = row.split('"').nth(1).unwrap_or_default();
        let line = code.get(..start).unwrap_or_default().matches('\n').count() + 1;
        let what = match access(row).or_else(|| named(&code, row)) {
            None => format!("`{path}` does not say who may use it"),
            Some(rest) if rest.starts_with("Public(\"\"") || rest.starts_with("Open(\"\"") => {
                format!("`{path}` is open to anybody without a reason")
            }
            Some(_) => continue,
        };
        let fix = "give the row an Access: Staff(action), Person(action), Guest(action), System(scope), Public(\"reason\") or Open(\"reason\")";
        problems.push(Problem::new(RULE, format!("{TABLE}:{line}"), what, fix));
    }
    problems
}

fn access(row: &str) -> Option<&str> {
    let at = ACCESS.iter().filter_map(|word| row.find(word)).min()?;
    row.get(at..)
}

/// An access that several rows share: `let own = Access::Staff(…);` above them.
fn named<'a>(code: &'a str, row: &str) -> Option<&'a str> {
    let name = row.split([',', ')']).nth(1)?.trim();
    let at = code.find(&format!("let {name} = Access::"))?;
    access(code.get(at..)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|p| format!("{} {}", p.place, p.what)).collect()
    }

    const GOOD: &str = "row(GET, \"/ask\", Access::Public(\"anyone may ask\"), door::start),\n\
                        row(GET, \"/work\", Access::Staff(Action::Triage), work::list),\n";

    #[test]
    fn a_full_table_passes() {
        assert_eq!(whats(&[(TABLE, GOOD), ("docs/permissions.md", "")]), Vec::<String>::new());
    }

    #[test]
    fn a_row_without_access_fails_even_between_two_that_have_one() {
        let bad = GOOD.replace("door::start),\n", "door::start),\nrow(GET, \"/open\", open),\n");
        let found = whats(&[(TABLE, &bad), ("docs/permissions.md", "")]);
        assert_eq!(found, ["crates/app/src/routes.rs:2 `/open` does not say who may use it"]);
    }

    #[test]
    fn a_public_row_needs_its_reason() {
        let bad = GOOD.replace("anyone may ask", "");
        assert!(whats(&[(TABLE, &bad), ("docs/permissions.md", "")])[0].contains("without a reason"));
    }

    #[test]
    fn the_generated_permissions_must_be_there() {
        assert!(whats(&[(TABLE, GOOD)])[0].contains("docs/permissions.md"));
    }

    #[test]
    fn a_route_beside_the_table_fails() {
        let found =
            whats(&[("crates/app/src/door/mod.rs", "fn r() { Router::new()\n  .route(\"/x\", get(x)) }\n")]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("crates/app/src/door/mod.rs:2"));
    }
}
