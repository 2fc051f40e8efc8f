//! The transaction seam: its four entries, what every public call of the store decides, which tables the calls without an
//! actor may name, and that rooms show a person's data only from what the evaluator let through.
//! Must not judge whether a decision is right: `domain::access` and its tests do.

use std::collections::BTreeMap;

use super::Problem;
use super::rust::{Keep, view};
use super::tree::{File, Tree};

const RULE: &str = "seam";
const LIST: &str = "docs/seam.md";
const STORE: &str = "crates/store/src/";
/// The launcher of the private PostgreSQL and the databases of tests hold no pool of the program.
const ELSEWHERE: [&str; 2] = ["crates/store/src/cluster/", "crates/store/src/testing.rs"];
const DB: [&str; 6] = ["begin", "close", "connect", "identify", "next_job", "tenant_of"];
/// What a call runs when it decides, by itself or through one that does.
const DECIDES: [&str; 7] = [
    ".require(",
    ".load_referral(",
    ".referral(",
    ".draft(",
    ".entry(",
    "SystemScope::Command",
    ".decide_event(",
];
/// Calls that work without an actor, or before one is known, stand in files of their own.
const TABLES: [(&str, &[&str]); 5] = [
    ("host.rs", &["tenant"]),
    ("identify.rs", &["session", "tracking", "visit"]),
    ("job.rs", &["job"]),
    ("tries.rs", &["attempt"]),
    ("outside.rs", &["job", "notice", "referral", "tenant"]),
];
const ROOMS: &str = "crates/app/src/";
/// The worker sends what nobody looks at; the demonstration invents its people.
const NOT_ROOMS: [&str; 2] = ["crates/app/src/work/", "crates/app/src/demo/"];
const PARTS: [&str; 14] = [
    ".person()",
    ".head()",
    ".state()",
    ".contacts()",
    ".notices()",
    ".page()",
    ".episode()",
    ".clocks()",
    ".tasks()",
    ".decided()",
    ".triage_in_force()",
    ".row()",
    ".sections(",
    ".outside_sections(",
];

/// The store, its list, and the rooms.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = rooms(tree);
    let files: Vec<&File> = tree
        .under(STORE, "rs")
        .filter(|file| !file.is_test() && !ELSEWHERE.iter().any(|place| file.path.starts_with(place)))
        .collect();
    if files.is_empty() {
        return problems;
    }
    problems.extend(files.iter().flat_map(|file| tables(file)));
    let calls: Vec<Call<'_>> = files.iter().flat_map(|file| calls(file)).collect();
    problems.extend(entries(&calls));
    problems.extend(listed(&calls, tree.get(LIST).map_or("", |list| &list.text)));
    problems
}

/// One public function of the store.
struct Call<'a> {
    name: String,
    place: String,
    body: &'a str,
}

fn calls(file: &File) -> Vec<Call<'_>> {
    let code = file.shipped_code();
    let module = file.path.trim_start_matches(STORE).trim_end_matches(".rs");
    let (mut owner, mut at, mut found) = (module.to_owned(), 0, Vec::new());
    for (n, line) in code.lines().enumerate() {
        if line.starts_with("impl") {
            owner = implementor(line);
        } else if line == "}" {
            module.clone_into(&mut owner);
        }
        if let Some(name) = public(line) {
            let rest = code.get(at..).unwrap_or_default();
            let indent = line.len() - line.trim_start().len();
            let end = rest.find(&format!("\n{}}}", " ".repeat(indent))).unwrap_or(rest.len());
            found.push(Call {
                name: format!("{owner}::{name}"),
                place: format!("{}:{}", file.path, n + 1),
                body: rest.get(..end).unwrap_or_default(),
            });
        }
        at += line.len() + 1;
    }
    found
}

/// The type of `impl<'a> Trait for Type<'a> {`.
fn implementor(line: &str) -> String {
    let head = line.rsplit(" for ").next().unwrap_or(line);
    let head = head.strip_prefix("impl").unwrap_or(head);
    let head =
        if head.starts_with('<') { head.split_once("> ").map_or(head, |(_, rest)| rest) } else { head };
    head.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn public(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let kinds = ["pub fn ", "pub async fn ", "pub const fn "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    rest.split(['(', '<']).next()
}

fn entries(calls: &[Call<'_>]) -> Vec<Problem> {
    let fix = "the seam has four entries: hang the call on what an entry returns (ADR 4)";
    let of_db = calls.iter().filter_map(|call| Some((call, call.name.strip_prefix("Db::")?)));
    of_db
        .filter(|(_, name)| !DB.contains(name))
        .map(|(call, name)| Problem::new(RULE, &call.place, format!("`Db::{name}` is no entry"), fix))
        .collect()
}

/// Every call stands in the list, and decides where the list says so.
fn listed(calls: &[Call<'_>], list: &str) -> Vec<Problem> {
    let rows: BTreeMap<&str, (&str, &str)> = list.lines().filter_map(row).collect();
    let mut problems = Vec::new();
    for call in calls {
        let decides = DECIDES.iter().any(|word| call.body.contains(word));
        let (what, fix) = match rows.get(call.name.as_str()) {
            None => {
                ("is not in the list", "say in docs/seam.md what it decides, or why nothing needs deciding")
            }
            Some(("decides", _)) if !decides => ("decides nothing", "call `require` before the first query"),
            Some(("nothing", "")) => ("has no reason", "say in docs/seam.md why nothing needs deciding"),
            Some(("decides" | "nothing" | "entry", _)) => continue,
            Some(_) => ("has no kind", "the second column is `entry`, `decides` or `nothing`"),
        };
        problems.push(Problem::new(RULE, &call.place, format!("`{}` {what}", call.name), fix));
    }
    for name in rows.keys().filter(|name| !calls.iter().any(|call| call.name == **name)) {
        problems.push(Problem::new(RULE, LIST, format!("`{name}` does not exist"), "take the row out"));
    }
    problems
}

/// The cells of a row: the call, its kind, the reason.
fn row(line: &str) -> Option<(&str, (&str, &str))> {
    let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
    let name = cells.next()?.strip_suffix('`')?;
    Some((name, (cells.next()?, cells.next()?)))
}

/// The tables a file names, next to those it may.
fn tables(file: &File) -> Vec<Problem> {
    let name = file.path.trim_start_matches(STORE);
    let Some((_, allowed)) = TABLES.iter().find(|(file, _)| *file == name) else { return Vec::new() };
    let text = view(file.shipped(), Keep::Strings);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut problems = Vec::new();
    for pair in words.windows(2) {
        let [verb, next] = pair else { continue };
        let verb = verb.trim_start_matches(['"', '(']);
        let table: String = next.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        let names = ["FROM", "INTO", "UPDATE", "JOIN"].contains(&verb) && !table.is_empty();
        if names && !allowed.contains(&table.as_str()) {
            let fix = "what works without a decision reads no other table: move the call behind `begin`";
            problems.push(Problem::new(RULE, &file.path, format!("names the table `{table}`"), fix));
        }
    }
    problems
}

/// A referral loaded for a change carries everything of the person; what a room shows comes as `Visible<Section>`.
fn rooms(tree: &Tree) -> Vec<Problem> {
    let in_room = |file: &&File| {
        let rest = file.path.strip_prefix(ROOMS).unwrap_or_default();
        rest.contains('/') && !NOT_ROOMS.iter().any(|place| file.path.starts_with(place))
    };
    let mut problems = Vec::new();
    for file in tree.under(ROOMS, "rs").filter(in_room) {
        for (n, line) in file.shipped_code().lines().enumerate() {
            problems.extend(PARTS.iter().filter(|part| line.contains(**part)).map(|part| {
                let fix = "show what `tx.referral_view` reveals; ask a loaded referral only for a transition";
                Problem::new(RULE, format!("{}:{}", file.path, n + 1), format!("`{part}` in a room"), fix)
            }));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEAM: &str = "crates/store/src/seam.rs";
    const GOOD: &str = "impl Db {\n    pub async fn begin(&self) -> Tx {\n        tx()\n    }\n}\n\
                        impl Tx {\n    pub async fn users(&mut self) {\n        self.require(a);\n    }\n\
                        \n    pub fn ctx(&self) -> &Ctx {\n        &self.ctx\n    }\n\n    pub(crate) fn conn() {}\n}\n";
    const ROWS: &str = "| Call | Kind | Why |\n|---|---|---|\n| `Db::begin` | entry | |\n| `Tx::users` | decides | |\n\
                        | `Tx::ctx` | nothing | the actor's own |\n";

    fn whats(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|p| format!("{} {}", p.place, p.what)).collect()
    }

    #[test]
    fn a_listed_seam_passes() {
        assert_eq!(whats(&[(SEAM, GOOD), (LIST, ROWS)]), Vec::<String>::new());
    }

    #[test]
    fn a_fifth_entry_is_found_even_where_it_is_listed() {
        let fifth = "impl Db {\n    pub async fn everybody(&self) {}\n}\n";
        let rows = format!("{ROWS}| `Db::everybody` | entry | |\n");
        let found = whats(&[(SEAM, GOOD), ("crates/store/src/more.rs", fifth), (LIST, &rows)]);
        assert_eq!(found, ["crates/store/src/more.rs:2 `Db::everybody` is no entry"]);
    }

    #[test]
    fn a_call_nobody_listed_and_a_row_without_a_call_are_found() {
        let free =
            "pub fn peek() {}\nimpl<'a> Peek<'a> {\n    pub fn look() {}\n}\nimpl From<A> for B {\n}\n";
        let rows = format!("{ROWS}| `Tx::gone` | decides | |\n");
        let found = whats(&[(SEAM, GOOD), ("crates/store/src/peek.rs", free), (LIST, &rows)]);
        assert_eq!(
            found,
            [
                "crates/store/src/peek.rs:1 `peek::peek` is not in the list",
                "crates/store/src/peek.rs:3 `Peek::look` is not in the list",
                "docs/seam.md `Tx::gone` does not exist"
            ]
        );
    }

    #[test]
    fn a_call_that_decides_only_in_the_list_is_found_and_so_is_a_missing_reason() {
        let bad = GOOD.replace("self.require(a)", "self.query(a)");
        assert!(whats(&[(SEAM, &bad), (LIST, ROWS)])[0].contains("`Tx::users` decides nothing"));
        let rows = ROWS.replace("the actor's own", "");
        assert!(whats(&[(SEAM, GOOD), (LIST, &rows)])[0].contains("`Tx::ctx` has no reason"));
    }

    #[test]
    fn a_call_without_an_actor_keeps_to_its_table() {
        let text =
            "fn f() { q!(\"UPDATE job SET a WHERE id IN (SELECT id FROM job FOR UPDATE SKIP LOCKED)\"); }\n";
        assert_eq!(whats(&[("crates/store/src/job.rs", text), (LIST, "")]), Vec::<String>::new());
        let bad = text.replace("FROM job", "FROM job JOIN person ON true");
        let found = whats(&[("crates/store/src/job.rs", &bad), (LIST, "")]);
        assert_eq!(found, ["crates/store/src/job.rs names the table `person`"]);
    }

    #[test]
    fn a_room_that_reads_a_loaded_referral_is_found_and_the_worker_is_not() {
        let code = "fn f(r: Referral) {\n    let a = r\n        .person()\n        .identity;\n}\n";
        let found = whats(&[
            ("crates/app/src/duty/mod.rs", code),
            ("crates/app/src/work/page.rs", code),
            ("crates/app/src/demo/walk.rs", code),
        ]);
        assert_eq!(found, ["crates/app/src/duty/mod.rs:3 `.person()` in a room"]);
    }
}
