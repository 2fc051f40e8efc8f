//! How long files and functions are, how many macros there are, and how much of the text is tests.
//! Must not turn a median into a rule: only the hard stops fail, the rest is told.

use super::Problem;
use super::tree::{File, Tree};

const RULE: &str = "sizes";
const FILE_STOP: usize = 500;
const FUNCTION_STOP: usize = 80;
const MACROS_STOP: usize = 2;

/// The hard stops.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.files.iter().filter(|file| is_sized(file)) {
        let lines = file.text.lines().count();
        if lines > FILE_STOP {
            let fix = "at most 500 lines a file: make the subject a folder of the same name";
            problems.push(Problem::new(RULE, &file.path, format!("{lines} lines"), fix));
        }
    }
    for file in rust(tree) {
        for function in functions(file.code()).into_iter().filter(|f| f.lines > FUNCTION_STOP) {
            let what = format!("`{}` has {} lines", function.name, function.lines);
            let fix = "at most 80 lines a function: name its steps";
            problems.push(Problem::new(RULE, format!("{}:{}", file.path, function.line), what, fix));
        }
    }
    problems.extend(macros(tree));
    problems
}

/// Text that people write; long lists of data in migrations are not.
fn is_sized(file: &File) -> bool {
    let data = file.path.contains("/migrations/") && file.path.contains("_data");
    ["rs", "html", "css", "js", "mjs", "ts", "sql"].contains(&file.kind()) && !data
}

fn rust(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.kind() == "rs")
}

fn macros(tree: &Tree) -> Option<Problem> {
    let places: Vec<&str> = rust(tree)
        .flat_map(|file| {
            let count = file.code().matches("macro_rules!").count();
            std::iter::repeat_n(file.path.as_str(), count)
        })
        .collect();
    let fix = "at most two macro_rules! in the workspace: write a function or a type";
    (places.len() > MACROS_STOP)
        .then(|| Problem::new(RULE, places.join(", "), format!("{} macros", places.len()), fix))
}

/// The figures of the tree in four lines.
pub fn summary(tree: &Tree) -> String {
    let mut files: Vec<usize> = rust(tree).map(|file| file.text.lines().count()).collect();
    let mut lengths: Vec<usize> =
        rust(tree).flat_map(|file| functions(file.code())).map(|f| f.lines).collect();
    let (tests, code) = rust(tree).chain(tree.under("e2e/", "ts")).fold((0, 0), |(tests, code), file| {
        let shipped = filled(file.shipped());
        (tests + filled(&file.text) - shipped, code + shipped)
    });
    let percent = (tests * 100).checked_div(code).unwrap_or(0);
    format!(
        "files      median {:>3}, p95 {:>3} (aim 300), longest {:>3} lines\n\
         functions  median {:>3}, p95 {:>3} (aim 32),  longest {:>3} lines\n\
         tests      {tests} lines to {code} of code ({}.{:02}, aim 1.00)\n",
        at(&mut files, 50),
        at(&mut files, 95),
        at(&mut files, 100),
        at(&mut lengths, 50),
        at(&mut lengths, 95),
        at(&mut lengths, 100),
        percent / 100,
        percent % 100,
    )
}

fn filled(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count()
}

/// The value below which `percent` of the sorted values lie.
fn at(values: &mut [usize], percent: usize) -> usize {
    values.sort_unstable();
    let rank = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(rank).copied().unwrap_or(0)
}

#[derive(Debug, PartialEq, Eq)]
struct Function {
    name: String,
    line: usize,
    lines: usize,
}

/// Every function with a body, nested ones too, from `fn` to its closing brace.
fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("fn ") {
        let before = code.get(..start).unwrap_or_default();
        let inside_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = code.get(start..).unwrap_or_default();
        let name: String = rest.chars().skip(3).take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if inside_word || name.is_empty() {
            continue;
        }
        if let Some(body) = body(rest) {
            let lines = rest.get(..body).unwrap_or_default().matches('\n').count() + 1;
            found.push(Function { name, line: before.matches('\n').count() + 1, lines });
        }
    }
    found
}

/// Where the body ends; none for a declaration that ends with `;`.
fn body(rest: &str) -> Option<usize> {
    let (mut round, mut curly) = (0_usize, 0_usize);
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' if curly == 0 => round += 1,
            ')' | ']' if curly == 0 => round = round.saturating_sub(1),
            ';' if round == 0 && curly == 0 => return None,
            '{' => curly += 1,
            '}' if curly <= 1 => return Some(at),
            '}' => curly -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::rust::{Keep, view};
    use super::*;

    fn long(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    work();\n".repeat(lines))
    }

    #[test]
    fn a_file_over_the_stop_fails_and_one_at_it_does_not() {
        let (at, over) = ("x\n".repeat(500), "x\n".repeat(501));
        assert_eq!(check(&Tree::of(&[("a.html", &at)])), []);
        assert_eq!(check(&Tree::of(&[("a.html", &over)])).len(), 1);
        assert_eq!(check(&Tree::of(&[("crates/store/migrations/0003_data.sql", &over)])), []);
    }

    #[test]
    fn a_function_over_the_stop_fails() {
        assert_eq!(check(&Tree::of(&[("a.rs", &long(78))])), []);
        let problems = check(&Tree::of(&[("a.rs", &long(79))]));
        assert!(problems.iter().any(|p| p.what == "`long` has 81 lines"), "{problems:?}");
    }

    #[test]
    fn a_third_macro_fails() {
        let two = "macro_rules! a {}\nmacro_rules! b {}\n";
        assert_eq!(check(&Tree::of(&[("a.rs", two)])), []);
        assert_eq!(check(&Tree::of(&[("a.rs", two), ("b.rs", "macro_rules! c {}")])).len(), 1);
    }

    #[test]
    fn functions_are_measured_through_arrays_declarations_and_braces_in_strings() {
        let source = "trait T { fn declared(x: [u8; 2]) -> u8; }\nfn real(x: [u8; 2]) {\n  let s = \"}\";\n}\ntype P = fn (u8);\n";
        let expected = Function { name: "real".to_owned(), line: 2, lines: 3 };
        assert_eq!(functions(&view(source, Keep::Code)), [expected]);
    }

    #[test]
    fn the_summary_tells_the_share_of_tests() {
        let text = "fn a() {\n}\n\n#[cfg(test)]\nmod tests {\n}\n";
        assert!(summary(&Tree::of(&[("crates/a/src/a.rs", text)])).contains("3 lines to 2 of code (1.50"));
    }

    #[test]
    fn percentiles_take_the_nearest_rank() {
        let mut values: Vec<usize> = (1..=100).collect();
        assert_eq!((at(&mut values, 50), at(&mut values, 95), at(&mut values, 100)), (50, 95, 100));
        assert_eq!(at(&mut [], 95), 0);
    }
}
