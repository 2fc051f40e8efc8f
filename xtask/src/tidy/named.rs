//! Documents about security: each test they name exists, and every number of the standard has its place.
//! Must not judge whether a test shows what the document says of it.

use std::collections::BTreeMap;

use super::Problem;
use super::tree::{File, Tree};

const RULE: &str = "security";
const FOLDER: &str = "docs/security/";
const STANDARD: &str = "docs/security/asvs.md";
/// How many requirements each section of each chapter of OWASP ASVS 5.0.0 has: 345 in all.
const SECTIONS: [&[u16]; 17] = [
    &[2, 10, 12, 3, 3],
    &[3, 3, 5, 2],
    &[1, 3, 5, 8, 8, 1, 5],
    &[5, 5, 2, 4],
    &[1, 6, 3, 3],
    &[3, 12, 8, 6, 8, 4, 2, 4],
    &[3, 4, 2, 5, 3, 2],
    &[4, 4, 3, 2],
    &[3, 4],
    &[2, 3, 5, 16, 5, 2, 3],
    &[4, 5, 5, 4, 2, 2, 2],
    &[5, 2, 5],
    &[4, 6, 4, 7],
    &[2, 8, 3],
    &[5, 5, 7, 4],
    &[1, 5, 4, 3, 4],
    &[2, 8, 2],
];

/// Chapter, section, requirement.
type Number = (u16, u16, u16);

/// Every document of the folder, and the list of the standard.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let documents = tree.under(FOLDER, "md");
    let mut problems: Vec<Problem> = documents.flat_map(|file| tests(tree, file)).collect();
    problems.extend(tree.get(STANDARD).into_iter().flat_map(numbers));
    problems
}

fn tests(tree: &Tree, file: &File) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (n, line) in file.text.lines().enumerate() {
        for name in line.split('`').skip(1).step_by(2).filter(|name| is_test_name(name)) {
            if !exists(tree, name) {
                let fix = "no test of this name is in this file: name the one that shows it, or say that it is open";
                problems.push(Problem::new(
                    RULE,
                    format!("{}:{}", file.path, n + 1),
                    format!("`{name}`"),
                    fix,
                ));
            }
        }
    }
    problems
}

fn is_test_name(name: &str) -> bool {
    name.contains(".rs::") || name.contains(".ts::")
}

/// `tail/of/file.rs::test_name`, or `file.spec.ts::the sentence of a scenario`.
fn exists(tree: &Tree, name: &str) -> bool {
    let Some((place, test)) = name.split_once("::") else { return false };
    let tail = format!("/{place}");
    let mut files = tree.files.iter().filter(|file| file.path == place || file.path.ends_with(&tail));
    let is_script = place.rsplit_once('.').is_some_and(|(_, kind)| kind == "ts");
    if is_script {
        files.any(|file| file.text.contains(&format!("test(\"{test}\"")))
    } else {
        files.any(|file| has_test(&file.text, test))
    }
}

/// Whether a function of this name stands under a test attribute.
fn has_test(text: &str, name: &str) -> bool {
    let mut marked = false;
    text.lines().map(str::trim).any(|line| {
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        let Some(rest) = function else {
            marked |= line == "#[test]" || line.starts_with("#[tokio::test");
            return false;
        };
        let found = marked && rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('('));
        marked = false;
        found
    })
}

/// Each number once among the rows and lists; none that the standard does not have; every row says what shows it.
fn numbers(file: &File) -> Vec<Problem> {
    let mut seen: BTreeMap<Number, usize> = all().into_iter().map(|number| (number, 0)).collect();
    let mut problems = Vec::new();
    let chapters = file.text.split_once("\n## V1 ").map_or("", |(_, rest)| rest);
    for line in chapters.lines() {
        let row = line.strip_prefix("| ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let listed = row.map_or(line, |row| row.split('|').next().unwrap_or_default());
        for number in of_line(listed) {
            match seen.get_mut(&number) {
                Some(count) => *count += 1,
                None => problems.push(wrong(file, number, "is no number of the standard")),
            }
        }
        let shown = row.and_then(|row| row.trim_end().trim_end_matches('|').rsplit('|').next());
        if shown.is_some_and(|shown| shown.trim().is_empty()) {
            let what = format!("`{}`", listed.trim());
            let fix = "say in the last column which test or document shows it, or `none`";
            problems.push(Problem::new(RULE, &file.path, what, fix));
        }
    }
    problems
        .extend(seen.iter().filter(|(_, count)| **count == 0).map(|(n, _)| wrong(file, *n, "is missing")));
    problems
}

fn wrong(file: &File, (chapter, section, number): Number, what: &str) -> Problem {
    let fix =
        "every requirement of ASVS 5.0.0 stands in a row or in a list of what does not apply, and no other";
    Problem::new(RULE, &file.path, format!("{chapter}.{section}.{number} {what}"), fix)
}

fn all() -> Vec<Number> {
    let mut numbers = Vec::new();
    for (chapter, sections) in (1..).zip(SECTIONS) {
        for (section, count) in (1..).zip(sections) {
            numbers.extend((1..=*count).map(|number| (chapter, section, number)));
        }
    }
    numbers
}

/// The numbers that a line names: `1.2.3`, or `1.2.3 to 1.2.5`.
fn of_line(line: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut through = false;
    for word in line.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        match (number(word), found.last().copied()) {
            (Some((chapter, section, last)), Some((_, _, first))) if through => {
                found.extend((first + 1..=last).map(|number| (chapter, section, number)));
            }
            (Some(number), _) => found.push(number),
            (None, _) => {}
        }
        through = word == "to";
    }
    found
}

fn number(word: &str) -> Option<Number> {
    let mut parts = word.split('.').map(|part| part.parse().ok());
    let number = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TESTS: &str =
        "#[tokio::test]\nasync fn holds() {}\n\nfn helper() {}\n\n#[test]\n#[ignore]\nfn odd() {}\n";

    fn whats(document: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/security/a.md", document),
            ("crates/app/tests/session.rs", TESTS),
            ("e2e/scenarios/a.spec.ts", "test(\"a person asks\", async () => {});\n"),
        ]);
        check(&tree).into_iter().map(|problem| format!("{} {}", problem.place, problem.what)).collect()
    }

    #[test]
    fn a_test_that_is_named_must_be_a_test_of_that_file() {
        let good = "`session.rs::holds`, `tests/session.rs::odd`, `a.spec.ts::a person asks`, `Tx::commit`";
        assert_eq!(whats(good), Vec::<String>::new());
        for bad in [
            "session.rs::gone",
            "session.rs::helper",
            "session.rs::hold",
            "other.rs::holds",
            "a.spec.ts::gone",
        ] {
            assert_eq!(whats(&format!("x\n`{bad}`")), [format!("docs/security/a.md:2 `{bad}`")]);
        }
    }

    #[test]
    fn the_standard_has_345_numbers_and_each_must_be_there() {
        assert_eq!(all().len(), 345);
        let every: Vec<String> = all().iter().map(|(c, s, n)| format!("{c}.{s}.{n}")).collect();
        let whole = format!("# x\n\n## V1 A\n\nNot applicable: {}.\n", every.join(", "));
        let of = |text: &str| check(&Tree::of(&[(STANDARD, text)]));
        assert_eq!(of(&whole), Vec::new());
        assert_eq!(of(&whole.replace(" 3.4.2,", "")).len(), 1);
        assert_eq!(of(&whole.replace(" 3.4.2,", " 3.4.2, 3.4.9,")).len(), 1);
        let rows = whole.replace(" 1.1.1,", "") + "| 1.1.1 | a | b |  |\n";
        assert_eq!(of(&rows).len(), 1, "a row that says nothing of what shows it");
    }

    #[test]
    fn a_range_names_all_between_its_ends() {
        assert_eq!(of_line("10.4.1 to 10.4.3, 2.1.1"), [(10, 4, 1), (10, 4, 2), (10, 4, 3), (2, 1, 1)]);
        assert_eq!(of_line("TLS 1.2 and RFC 6238 of 0.1.2.3"), []);
    }
}
