//! The source tree in memory, and views of Rust text without comments, strings or tests.
//! Must not know any rule.

use std::fs;
use std::path::Path;

use crate::sh::Outcome;

const SKIPPED: [&str; 6] = ["target", "node_modules", ".git", ".data", "test-results", ".sqlx.new"];
const READ: [&str; 18] = [
    "rs", "md", "toml", "sql", "html", "css", "js", "mjs", "ts", "ftl", "json", "sh", "yml", "txt", "svg",
    "lock", "tsv", "csv",
];

/// One text file; `path` is relative to the workspace, with `/`.
pub struct File {
    /// Where it is.
    pub path: String,
    /// What it says; empty for a kind of file that no rule reads.
    pub text: String,
    test: bool,
}

impl File {
    fn new(path: String, text: String) -> Self {
        let folders = ["/tests/", "/e2e/", "/benches/"];
        let rooted = format!("/{path}");
        let is_test = folders.iter().any(|part| rooted.contains(part))
            || path.ends_with("/tests.rs")
            || path.ends_with("_tests.rs");
        Self { path, text, test: is_test }
    }

    /// The end of the name after the last dot.
    pub fn kind(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, kind)| kind)
    }

    /// Whether the whole file is test code.
    pub fn is_test(&self) -> bool {
        self.test
    }

    /// The Rust text before its test module, which by our habit stands last.
    pub fn shipped(&self) -> &str {
        if self.test {
            return "";
        }
        let cut = self.text.match_indices("\n#[cfg(test)]\nmod ").find(|(at, mark)| {
            let rest = self.text.get(at + mark.len()..).unwrap_or_default();
            rest.lines().next().is_some_and(|line| line.ends_with('{'))
        });
        cut.map_or(self.text.as_str(), |(at, _)| self.text.get(..=at).unwrap_or_default())
    }

    /// The files that this one declares as test modules: `#[cfg(test)] mod name;`, with or without a path.
    fn test_modules(&self) -> Vec<String> {
        let (dir, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let stem = name.strip_suffix(".rs").unwrap_or(name);
        let own =
            if ["mod", "lib", "main"].contains(&stem) { dir.to_owned() } else { format!("{dir}/{stem}") };
        let declared = self.text.split("#[cfg(test)]\n").skip(1);
        declared
            .filter_map(|rest| {
                let mut lines = rest.lines().map(str::trim);
                let first = lines.next()?;
                if let Some(path) = first.strip_prefix("#[path = \"") {
                    return Some(format!("{dir}/{}", path.split('"').next()?));
                }
                let name = first.strip_prefix("mod ")?.strip_suffix(';')?;
                Some(format!("{own}/{name}"))
            })
            .collect()
    }
}

/// All files that belong to the project.
#[derive(Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

impl Tree {
    /// Reads the workspace.
    pub fn read(root: &Path) -> Outcome<Self> {
        let mut tree = Self::default();
        tree.walk(root, "")?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree.mark_test_modules();
        Ok(tree)
    }

    fn walk(&mut self, dir: &Path, prefix: &str) -> Outcome {
        let entries = fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if entry.path().is_dir() {
                if !SKIPPED.contains(&name.as_str()) {
                    self.walk(&entry.path(), &format!("{path}/"))?;
                }
            } else {
                let read = READ.contains(&path.rsplit('.').next().unwrap_or_default()) || path == ".ci/run";
                let text =
                    if read { fs::read_to_string(entry.path()).unwrap_or_default() } else { String::new() };
                self.files.push(File::new(path, text));
            }
        }
        Ok(())
    }

    /// A file is a test also where another one says so.
    fn mark_test_modules(&mut self) {
        let modules: Vec<String> = self.files.iter().flat_map(File::test_modules).collect();
        for file in &mut self.files {
            let declared = |module: &String| {
                let rest = file.path.strip_prefix(module.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/'))
            };
            file.test |= modules.iter().any(declared);
        }
    }

    /// A tree from texts, for tests.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File::new((*path).to_owned(), (*text).to_owned());
        let mut tree = Self { files: files.iter().map(file).collect() };
        tree.mark_test_modules();
        tree
    }

    /// The file at exactly this path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Files under a folder with a kind.
    pub fn under<'a>(&'a self, folder: &'a str, kind: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.starts_with(folder) && file.kind() == kind)
    }
}

/// What a view of Rust text leaves standing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Code alone: comments and the inside of strings become spaces.
    Code,
    /// Code and strings.
    Strings,
}

/// Rust text with comments (and strings, if so wanted) blanked; lines and columns stay where they were.
pub fn view(source: &str, keep: Keep) -> String {
    let bytes = source.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let (length, is_comment) =
            token(rest, at.checked_sub(1).and_then(|before| bytes.get(before).copied()));
        let blank = is_comment == Some(true) || (is_comment == Some(false) && keep == Keep::Code);
        if blank {
            let inside = out.get_mut(at..at + length).unwrap_or_default();
            inside.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        at += length;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Length of the next piece and whether it is a comment (`true`), a literal (`false`) or plain code.
fn token(rest: &[u8], before: Option<u8>) -> (usize, Option<bool>) {
    if rest.starts_with(b"//") {
        return (until(rest, b"\n").unwrap_or(rest.len()), Some(true));
    }
    if rest.starts_with(b"/*") {
        return (block(rest), Some(true));
    }
    let in_word = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !in_word && let Some(length) = raw_string(rest) {
        return (length, Some(false));
    }
    match rest.first() {
        Some(b'"') => (quoted(rest, b'"'), Some(false)),
        Some(b'\'') => match character(rest) {
            Some(length) => (length, Some(false)),
            None => (1, None),
        },
        _ => (1, None),
    }
}

fn until(rest: &[u8], end: &[u8]) -> Option<usize> {
    rest.windows(end.len()).position(|window| window == end)
}

fn block(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(pair) = rest.get(at..at + 2) {
        match pair {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let start = [&b"br"[..], b"cr", b"r"].iter().find(|p| rest.starts_with(p))?.len();
    let hashes = rest.get(start..)?.iter().take_while(|b| **b == b'#').count();
    let open = start + hashes;
    if rest.get(open) != Some(&b'"') {
        return None;
    }
    let mut end = vec![b'"'];
    end.resize(hashes + 1, b'#');
    let inside = rest.get(open + 1..)?;
    Some(until(inside, &end).map_or(rest.len(), |n| open + 1 + n + end.len()))
}

fn quoted(rest: &[u8], end: u8) -> usize {
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match *byte {
            b'\\' => at += 2,
            b if b == end => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// A character literal and not a lifetime: `'x'`, `'é'`, `'\n'`.
fn character(rest: &[u8]) -> Option<usize> {
    if rest.get(1) == Some(&b'\\') {
        return Some(quoted(rest, b'\''));
    }
    let close = rest.iter().skip(2).take(4).position(|b| *b == b'\'')? + 2;
    let one = std::str::from_utf8(rest.get(1..close)?).ok()?;
    (one.chars().count() == 1).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blanked_and_lines_stay() {
        let source =
            "let a = \"x { // y\"; // z {\n/* { /* } */ */ let b = r#\"{\"\"#;\nlet c = '{'; fn d<'a>() {}";
        let code = view(source, Keep::Code);
        assert_eq!(code.matches('{').count(), 1);
        assert_eq!(code.lines().count(), source.lines().count());
        assert!(code.contains("fn d<'a>() {}"));
    }

    #[test]
    fn strings_can_be_kept_while_comments_go() {
        let text = view("get(\"/ask\") // not \"/gone\"", Keep::Strings);
        assert!(text.contains("/ask") && !text.contains("/gone"));
    }

    #[test]
    fn escapes_and_characters_do_not_confuse_it() {
        let code = view("m('\\'', '\"', \"\\\"{\", b'{', 'é', 'a'); x{", Keep::Code);
        assert_eq!(code.matches('{').count(), 1, "{code}");
    }

    #[test]
    fn the_test_module_is_not_shipped() {
        let tree = Tree::of(&[
            ("crates/a/src/x.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n"),
            ("e2e/a.ts", "x"),
        ]);
        assert_eq!(tree.files[0].shipped(), "fn a() {}\n\n");
        assert!(tree.files[1].is_test());
    }

    #[test]
    fn a_file_declared_as_a_test_module_is_a_test_and_its_parent_is_not() {
        let parent =
            "mod real;\n#[cfg(test)]\nmod search;\n#[cfg(test)]\n#[path = \"odd.rs\"]\nmod y;\nfn a() {}\n";
        let tree = Tree::of(&[
            ("crates/a/src/r/mod.rs", parent),
            ("crates/a/src/r/search.rs", "fn s() {}\n"),
            ("crates/a/src/r/search/deep.rs", "fn d() {}\n"),
            ("crates/a/src/r/odd.rs", "fn o() {}\n"),
            ("crates/a/src/r/real.rs", "fn r() {}\n"),
        ]);
        let tests: Vec<bool> = tree.files.iter().map(File::is_test).collect();
        assert_eq!(tests, [false, true, true, true, false]);
        assert_eq!(tree.files[0].shipped(), parent);
    }
}
