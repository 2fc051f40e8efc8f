//! The source tree in memory, and which of its text is shipped and which is tests.
//! Must not know any rule.

use std::cell::OnceCell;
use std::fs;
use std::path::Path;

use super::rust::{Keep, view};
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
    code: OnceCell<String>,
}

impl File {
    fn new(path: String, text: String) -> Self {
        let folders = ["/tests/", "/e2e/", "/benches/"];
        let rooted = format!("/{path}");
        let is_test = folders.iter().any(|part| rooted.contains(part))
            || path.ends_with("/tests.rs")
            || path.ends_with("_tests.rs");
        Self { path, text, test: is_test, code: OnceCell::new() }
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
        let cut = self.text.match_indices("\n#[cfg(test)]\n").find(|(at, mark)| {
            let rest = self.text.get(at + mark.len()..).unwrap_or_default();
            let item = rest.lines().find(|line| !is_attribute(line));
            item.is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
        });
        cut.map_or(self.text.as_str(), |(at, _)| self.text.get(..=at).unwrap_or_default())
    }

    /// The text without comments and strings, made once.
    pub fn code(&self) -> &str {
        self.code.get_or_init(|| view(&self.text, Keep::Code))
    }

    /// The shipped text without comments and strings: a view has the length of its text.
    pub fn shipped_code(&self) -> &str {
        self.code().get(..self.shipped().len()).unwrap_or_default()
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
                let mut attributes = rest.lines().take_while(|line| is_attribute(line));
                let path = attributes.find_map(|line| line.trim().strip_prefix("#[path = \""));
                let item = rest.lines().find(|line| !is_attribute(line))?.trim();
                let name = item.strip_prefix("mod ")?.strip_suffix(';')?;
                match path {
                    Some(path) => Some(format!("{dir}/{}", path.split('"').next()?)),
                    None => Some(format!("{own}/{name}")),
                }
            })
            .collect()
    }
}

/// An attribute of the item that follows, or the continuation of one that is written over several lines.
fn is_attribute(line: &str) -> bool {
    line.starts_with("#[") || line.starts_with("    ") || line.starts_with(")]") || line.starts_with("//")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_module_is_not_shipped() {
        let tree = Tree::of(&[
            (
                "crates/a/src/x.rs",
                "fn a() {}\n\n#[cfg(test)]\n#[expect(\n    dead_code\n)]\nmod tests {\n}\n",
            ),
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
