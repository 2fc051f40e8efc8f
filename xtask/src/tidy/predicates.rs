//! The statements of the store: each names the tenant, and none compares by an operator that is not leakproof. Under row-level
//! security an index serves only leakproof ones; the others read the whole table, and nobody notices while it is small.
//! Must not judge plans: the store's tests explain the lists against a hundred thousand rows.

use super::Problem;
use super::rust::{Keep, view};
use super::sql::statements;
use super::tree::{File, Tree};

const RULE: &str = "sql";
const STORE: &str = "crates/store/src/";
const FILES: &str = "crates/store/sql/";

/// Operators that no index serves under row-level security.
const LEAKY: [&str; 11] =
    [" like ", " ilike ", " similar to ", " ~ ", " ~* ", " !~ ", " ~~ ", " @> ", " <@ ", " @@ ", " && "];

/// Files that compare by one of them all the same, with the reason.
const READ_WHOLE: [(&str, &str, &str); 3] = [
    (
        "crates/store/src/colleague.rs",
        " && ",
        "the accounts of one county: some hundred, found by the tenant",
    ),
    ("crates/store/src/duty.rs", " && ", "the accounts of one county: some hundred, found by the tenant"),
    ("crates/store/src/worker.rs", " && ", "the accounts of one county: some hundred, found by the tenant"),
];

/// Tables of all tenants, which are read before one is chosen or whoever it is.
const OF_NO_TENANT: [&str; 5] = [" tenant ", " job ", " bank_holiday ", " installation ", " pg_roles "];

const LEAKY_FIX: &str = "compare by =, < or a row of them: make a key in the domain, or name the file and the reason in `READ_WHOLE`";
const TENANT_FIX: &str =
    "name tenant_id in the statement: row-level security is the second wall, not the first";

/// Every statement in a file of its own and in the checked macros.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let of_files = tree.under(FILES, "sql").flat_map(|file| {
        statements(&file.text).into_iter().flat_map(|one| judge(&file.path, one.line, &one.text))
    });
    let code = tree.under(STORE, "rs").filter(|file| !file.is_test() && !file.path.ends_with("/testing.rs"));
    of_files.chain(code.flat_map(of_macros)).collect()
}

/// The statements that macros check against a real schema.
fn of_macros(file: &File) -> Vec<Problem> {
    let (code, words) = (view(file.shipped(), Keep::Code), view(file.shipped(), Keep::Strings));
    let begins = code.match_indices("sqlx::query").filter(|(at, _)| {
        let name = code.get(*at..).and_then(|rest| rest.split('(').next()).unwrap_or_default();
        name.ends_with('!') && !name.contains("_file")
    });
    let mut problems = Vec::new();
    for (at, _) in begins {
        let (after, texts) = (code.get(at..).unwrap_or_default(), words.get(at..).unwrap_or_default());
        let end = after.find(".fetch").into_iter().chain(after.find(".execute")).min().unwrap_or(after.len());
        let line = words.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let sql = literal(after.get(..end).unwrap_or_default(), texts.get(..end).unwrap_or_default());
        problems.extend(statements(&sql).into_iter().flat_map(|one| judge(&file.path, line, &one.text)));
    }
    problems
}

/// What stands in strings, without their quotes: those around names of columns are of no weight here.
fn literal(code: &str, words: &str) -> String {
    let inside = code.chars().zip(words.chars()).map(|(code, word)| if code == ' ' { word } else { ' ' });
    inside.filter(|sign| !matches!(sign, '"' | '#')).collect()
}

fn judge(path: &str, line: usize, text: &str) -> Vec<Problem> {
    let place = format!("{path}:{line}");
    let padded = format!(" {text} ");
    let excused =
        |operator: &str| READ_WHOLE.iter().any(|(file, known, _)| *file == path && *known == operator);
    let mut problems: Vec<Problem> = LEAKY
        .iter()
        .filter(|operator| padded.contains(**operator) && !excused(operator))
        .map(|operator| Problem::new(RULE, &place, format!("`{}`", operator.trim()), LEAKY_FIX))
        .collect();
    let of_no_tenant = OF_NO_TENANT.iter().any(|table| padded.contains(table));
    let reads = [" from ", " into ", "update "].iter().any(|word| padded.contains(word));
    if reads && !padded.contains("tenant_id") && !of_no_tenant {
        let start: String = text.chars().take(60).collect();
        problems.push(Problem::new(RULE, &place, format!("`{start}` names no tenant"), TENANT_FIX));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|p| format!("{} {}", p.place, p.what)).collect()
    }

    #[test]
    fn a_statement_of_a_file_compares_by_leakproof_operators_and_names_the_tenant() {
        let path = "crates/store/sql/find.sql";
        let good = "-- LIKE is a word here\nSELECT id FROM person WHERE tenant_id = $1 AND key = 'a ~ b' AND (at, id) > ($2, $3)";
        assert_eq!(whats(path, good), Vec::<String>::new());
        for operator in ["LIKE", "ILIKE", "~", "@>", "<@", "@@", "&&"] {
            let bad = good.replace("key =", &format!("key {operator}"));
            let found = whats(path, &bad);
            assert!(found.len() == 1 && found[0].contains(&operator.to_lowercase()), "{operator}: {found:?}");
        }
        let found = whats(path, "SELECT id FROM person WHERE id = $1");
        assert!(found.len() == 1 && found[0].contains("names no tenant"), "{found:?}");
        assert_eq!(whats(path, "SELECT id FROM tenant"), Vec::<String>::new());
    }

    #[test]
    fn a_statement_in_a_macro_is_seen_and_code_beside_it_is_not() {
        let path = "crates/store/src/person.rs";
        let of = |sql: &str| {
            format!(
                "fn a() {{\n    let both = a && b; // LIKE\n    sqlx::query_as!(\n        Row, r#\"{sql}\"#, a && b)\n        \
                 .fetch_all(c).await\n}}\nfn b() {{ let x = \"a @> b\"; }}\n"
            )
        };
        let good = "SELECT id AS \"id!\" FROM person WHERE tenant_id = $1";
        assert_eq!(whats(path, &of(good)), Vec::<String>::new());
        let found = whats(path, &of(&format!("{good} AND name LIKE $2")));
        assert!(found.len() == 1 && found[0].starts_with(&format!("{path}:3 `like`")), "{found:?}");
        assert_eq!(whats(path, &of("SELECT id FROM person WHERE id = $1")).len(), 1);
    }

    #[test]
    fn an_exception_holds_for_its_file_and_its_operator_alone() {
        let sql = "fn a() { sqlx::query!(\"SELECT id FROM staff WHERE tenant_id = $1 AND roles && $2\").fetch_all(c) }";
        assert_eq!(whats("crates/store/src/duty.rs", sql), Vec::<String>::new());
        assert_eq!(whats("crates/store/src/team.rs", sql).len(), 1);
        assert_eq!(whats("crates/store/src/duty.rs", &sql.replace("&&", "@>")).len(), 1);
    }
}
