//! The schema's rules, read from the migrations: the tenant leads every key, row-level security holds on every table,
//! and nothing is used that breaks them (triggers, serial keys, enum types, operators that are not leakproof).
//! Must not need a database: the facts of a running one are tested in the store.

use std::collections::BTreeSet;

use super::Problem;
use super::sql::{Statement, items, statements};
use super::tree::Tree;

const RULE: &str = "schema";

/// Tables outside the tenant rule, with the reason.
const EXCEPTIONS: [(&str, &str); 7] = [
    ("tenant", "the list of tenants itself"),
    ("tenant_host", "found before a tenant is known"),
    ("job", "outside row-level security: holds only tenant, kind and id (architecture, the seam)"),
    ("bank_holiday", "a code list, the same for everybody"),
    ("code_list", "a code list, the same for everybody"),
    ("worker", "heartbeats of processes, nothing about people"),
    ("installation", "facts of this installation, nothing about people"),
];

/// Tables of a tenant that row-level security does not cover, with the reason. Every other rule holds for them.
const WITHOUT_SECURITY: [(&str, &str); 1] =
    [("session", "read before the actor is known (the seam's `identify`); holds nothing about a person")];

const KEY_FIX: &str = "tenant_id leads every primary key, unique constraint, foreign key and index";
const RLS_FIX: &str = "ENABLE and FORCE row-level security with a policy, or name the table in a `-- rls:` line above the loop that does";

/// Things that no migration may contain.
const NEVER: [(&str, &str); 14] = [
    (" trigger ", "no triggers for correctness: the domain decides"),
    (" serial ", "no serial keys: identifiers are made by the application"),
    (" bigserial ", "no serial keys: identifiers are made by the application"),
    (" smallserial ", "no serial keys: identifiers are made by the application"),
    (" as identity ", "no identity keys: identifiers are made by the application"),
    (" as enum ", "no enum types: text with CHECK"),
    (" citext ", "citext is not leakproof under row-level security: fold in the domain"),
    (" pg_trgm ", "pg_trgm is not leakproof under row-level security: use person_key"),
    (" gin_trgm_ops ", "pg_trgm is not leakproof under row-level security: use person_key"),
    (" unaccent ", "fold names in the domain"),
    (
        " using gin ",
        "what such an index serves is not leakproof under row-level security: keys of their own, compared by =",
    ),
    (
        " using gist ",
        "what such an index serves is not leakproof under row-level security: keys of their own, compared by =",
    ),
    (
        " tsvector ",
        "searching text is not leakproof under row-level security: keys of their own, compared by =",
    ),
    (" create sequence ", "no serial keys: identifiers are made by the application"),
];

/// What all migrations together say.
#[derive(Default)]
struct Schema {
    tables: Vec<(String, String)>,
    enabled: BTreeSet<String>,
    forced: BTreeSet<String>,
    policies: BTreeSet<String>,
    problems: Vec<Problem>,
}

/// Every migration, in order.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut schema = Schema::default();
    for file in tree.under("crates/store/migrations/", "sql").filter(|f| !f.path.ends_with(".down.sql")) {
        schema.listed(&file.text, &file.path);
        for statement in statements(&file.text) {
            let place = format!("{}:{}", file.path, statement.line);
            schema.read(&statement, &place);
        }
    }
    schema.missing_security();
    schema.problems
}

impl Schema {
    fn problem(&mut self, place: &str, what: impl Into<String>, fix: &'static str) {
        self.problems.push(Problem::new(RULE, place, what, fix));
    }

    /// `-- rls: a b c` above a loop over tables stands for all three statements.
    fn listed(&mut self, source: &str, place: &str) {
        for names in source.lines().filter_map(|line| line.trim().strip_prefix("-- rls:")) {
            for name in names.split([' ', ',']).filter(|name| !name.is_empty()) {
                if !source.contains(&format!("'{name}'")) {
                    let what = format!("`-- rls: {name}` but the loop does not name it");
                    self.problem(place, what, RLS_FIX);
                }
                self.enabled.insert(name.to_owned());
                self.forced.insert(name.to_owned());
                self.policies.insert(name.to_owned());
            }
        }
    }

    fn read(&mut self, statement: &Statement, place: &str) {
        let text = statement.text.as_str();
        let padded = format!(" {text} ");
        let grant = text.starts_with("grant ") || text.starts_with("revoke ");
        for (word, fix) in NEVER.iter().filter(|(word, _)| padded.contains(word) && !grant) {
            self.problem(place, format!("`{}`", word.trim()), fix);
        }
        let Some(rest) = text.strip_prefix("create ").map(|rest| without(rest, &["unlogged "])) else {
            return self.alter(text, place);
        };
        if let Some(rest) = rest.strip_prefix("table ") {
            self.table(rest, place);
        } else if let Some(rest) = without(rest, &["unique "]).strip_prefix("index ") {
            self.index(rest, place);
        } else if let Some((_, on)) = rest.strip_prefix("policy ").and_then(|rest| rest.split_once(" on ")) {
            self.policies.insert(first_word(on));
        }
    }

    fn table(&mut self, rest: &str, place: &str) {
        let rest = without(rest, &["if not exists "]);
        let name = first_word(rest);
        if is_exception(&name) || rest.contains(" partition of ") {
            return;
        }
        let items = items(rest);
        if !items.iter().any(|item| item.starts_with("tenant_id uuid") && item.contains("not null")) {
            self.problem(place, format!("`{name}` has no `tenant_id uuid NOT NULL`"), KEY_FIX);
        }
        if !items.iter().any(|item| constraint(item).starts_with("primary key (")) {
            self.problem(place, format!("`{name}` has no `PRIMARY KEY (tenant_id, …)`"), KEY_FIX);
        }
        for item in items {
            self.item(&name, item, place);
        }
        self.tables.push((name, place.to_owned()));
    }

    /// A column or a constraint of a table.
    fn item(&mut self, table: &str, item: &str, place: &str) {
        let body = constraint(item);
        if ["primary key (", "unique (", "unique nulls", "foreign key ("]
            .iter()
            .any(|start| body.starts_with(start))
        {
            let points_across = body.split_once(" references ").is_some_and(|(_, to)| !points_within(to));
            if !leads_with_tenant(body) || points_across {
                self.problem(place, format!("`{table}`: `{}`", short(body)), KEY_FIX);
            }
            return;
        }
        if ["check ", "exclude ", "like "].iter().any(|start| body.starts_with(start)) {
            return;
        }
        let inline = [" primary key", " unique", " references "].iter().any(|word| item.contains(word));
        if inline && !item.starts_with("tenant_id ") {
            self.problem(place, format!("`{table}`: `{}`", short(item)), KEY_FIX);
        }
    }

    fn index(&mut self, rest: &str, place: &str) {
        let Some((_, on)) = rest.split_once("on ") else {
            return;
        };
        let table = first_word(without(on, &["only "]));
        if !is_exception(&table) && !leads_with_tenant(on) {
            self.problem(place, format!("index on `{table}`: `{}`", short(rest)), KEY_FIX);
        }
    }

    fn alter(&mut self, text: &str, place: &str) {
        let Some(rest) = text.strip_prefix("alter table ") else {
            return;
        };
        let rest = without(rest, &["if exists ", "only "]);
        let table = first_word(rest);
        if rest.contains(" enable row level security") {
            self.enabled.insert(table.clone());
        }
        if rest.contains(" force row level security") {
            self.forced.insert(table.clone());
        }
        for off in [" disable row level security", " no force row level security"] {
            if rest.contains(off) {
                self.problem(place, format!("`{table}`:{off}"), RLS_FIX);
            }
        }
        for added in rest.split(" add ").skip(1).filter(|_| !is_exception(&table)) {
            self.item(
                &table,
                without(added, &["column ", "if not exists "]).trim_end_matches([' ', ',']),
                place,
            );
        }
    }

    fn missing_security(&mut self) {
        for (table, place) in std::mem::take(&mut self.tables) {
            if WITHOUT_SECURITY.iter().any(|(name, _)| *name == table) {
                continue;
            }
            let parts = [("ENABLE", &self.enabled), ("FORCE", &self.forced), ("POLICY", &self.policies)];
            let missing: Vec<&str> =
                parts.iter().filter(|(_, set)| !set.contains(&table)).map(|(name, _)| *name).collect();
            if !missing.is_empty() {
                self.problem(&place, format!("`{table}` lacks {}", missing.join(", ")), RLS_FIX);
            }
        }
    }
}

fn is_exception(table: &str) -> bool {
    EXCEPTIONS.iter().any(|(name, _)| *name == table)
}

/// Without leading words that change nothing here.
fn without<'a>(text: &'a str, words: &[&str]) -> &'a str {
    words.iter().fold(text, |text, word| text.strip_prefix(word).unwrap_or(text))
}

/// The constraint without its `CONSTRAINT name`.
fn constraint(item: &str) -> &str {
    match item.strip_prefix("constraint ") {
        Some(named) => named.split_once(' ').map_or("", |(_, body)| body),
        None => item,
    }
}

fn leads_with_tenant(text: &str) -> bool {
    items(text).first().is_some_and(|first| *first == "tenant_id" || first.starts_with("tenant_id "))
}

/// Whether what a foreign key points at is found by the tenant first: by named columns, or by the primary key, which is.
fn points_within(to: &str) -> bool {
    let table = to.split(" on delete").next().unwrap_or(to);
    !table.contains('(') || leads_with_tenant(table)
}

fn first_word(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.strip_prefix("public.").unwrap_or(word).to_owned()
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
