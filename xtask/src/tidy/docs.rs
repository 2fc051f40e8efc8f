//! Names in documents: links, paths in backticks and commands must exist, and README has exactly two commands.
//! Must not judge the prose.

use super::Problem;
use super::tree::{File, Tree};

const RULE: &str = "docs";
const SETUP: [&str; 2] = ["cargo xtask demo", "cargo xtask test"];
const KINDS: [&str; 15] =
    ["rs", "md", "toml", "sql", "html", "css", "js", "ts", "ftl", "json", "yml", "sh", "png", "svg", "txt"];
/// Files that an installation has and the repository does not.
const INSTALLED: [&str; 2] = ["onedoor.toml", "sbom.json"];
const TOPS: [&str; 8] = ["crates/", "docs/", "e2e/", "packaging/", "xtask/", ".ci/", ".cargo/", ".config/"];

/// Every Markdown file of the tree.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.files.iter().filter(|file| file.kind() == "md") {
        for (n, line) in file.text.lines().enumerate() {
            let place = format!("{}:{}", file.path, n + 1);
            problems.extend(links(line).filter(|link| !link_resolves(tree, file, link)).map(|link| {
                Problem::new(
                    RULE,
                    &place,
                    format!("link to `{link}`"),
                    "the link's target does not exist: correct or remove it",
                )
            }));
            problems.extend(quoted(line).filter(|name| !name_resolves(tree, file, name)).map(|name| {
                Problem::new(
                    RULE,
                    &place,
                    format!("`{name}`"),
                    "no file of this name exists: correct the text",
                )
            }));
            problems.extend(unknown_commands(line).map(|name| {
                let fix = "no such command: see `cargo xtask help`";
                Problem::new(RULE, &place, format!("`cargo xtask {name}`"), fix)
            }));
        }
    }
    problems.extend(setup(tree));
    problems
}

/// Targets of `[text](target)` that are not on another site or in the same document.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', ' ']).next()?.split('#').next()?;
        let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
        (!elsewhere).then_some(target)
    })
}

fn link_resolves(tree: &Tree, from: &File, link: &str) -> bool {
    let path = joined(&from.path, link.trim_end_matches('/'));
    exists(tree, &path)
}

fn exists(tree: &Tree, path: &str) -> bool {
    let folder = format!("{path}/");
    tree.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
}

/// `link` as seen from the folder of the document `from`.
fn joined(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Words in single backticks that look like a file or a folder of ours.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|name| is_path(name))
}

fn is_path(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let known_kind =
        name.rsplit_once('.').is_some_and(|(stem, kind)| !stem.is_empty() && KINDS.contains(&kind));
    plain && !name.starts_with('/') && (known_kind || TOPS.iter().any(|top| name.starts_with(top)))
}

/// From the root, from the document, or as the end of a path (`door/self_refer.rs`, `routes.rs`).
fn name_resolves(tree: &Tree, from: &File, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    let tail = format!("/{name}");
    INSTALLED.contains(&name)
        || exists(tree, name)
        || exists(tree, &joined(&from.path, name))
        || tree.files.iter().any(|f| f.path.ends_with(&tail))
}

fn unknown_commands(line: &str) -> impl Iterator<Item = &str> {
    let names = line.split("cargo xtask ").skip(1).filter_map(|rest| {
        let name = rest.split(|c: char| !c.is_ascii_lowercase()).next()?;
        (!name.is_empty() && name != "help").then_some(name)
    });
    names.filter(|name| crate::COMMANDS.iter().all(|entry| entry.name != *name))
}

/// README's shell blocks hold the two set-up commands and nothing else; CI runs the second.
fn setup(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(readme) = tree.get("README.md") {
        let found = shell_lines(&readme.text);
        if found != SETUP {
            let what = format!("its shell blocks hold {found:?}");
            let fix = "README names exactly two set-up commands: `cargo xtask demo` and `cargo xtask test`";
            problems.push(Problem::new(RULE, "README.md", what, fix));
        }
    }
    if let Some(ci) = tree.get(".ci/run").filter(|ci| !ci.text.lines().any(|line| line == SETUP[1])) {
        let fix = "continuous integration runs exactly README's test command";
        problems.push(Problem::new(RULE, &ci.path, "does not run `cargo xtask test`", fix));
    }
    problems
}

fn shell_lines(text: &str) -> Vec<&str> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside && ["sh", "bash", "console", ""].contains(&language);
        } else if inside && !line.is_empty() {
            found.push(line);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "# X\n```sh\ncargo xtask demo\n```\nthen\n```sh\ncargo xtask test\n```\n";

    fn whats(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|p| format!("{} {}", p.place, p.what)).collect()
    }

    #[test]
    fn links_are_followed_from_the_document() {
        let text = "[a](../README.md#x) [b](https://example.org/x.md) [c](#here) [d](adr/) [e](gone.md)";
        let found = whats(&[("README.md", README), ("docs/a.md", text), ("docs/adr/1.md", "")]);
        assert_eq!(found, ["docs/a.md:1 link to `gone.md`"]);
    }

    #[test]
    fn paths_in_backticks_must_exist_whole_or_as_an_ending() {
        let text = "`crates/app/src/routes.rs` `app/src/routes.rs` `routes.rs` `crates/app` `crates/gone` `gone.rs` `Tx::commit` `onedoor.toml` `/ask/x.rs`";
        let found = whats(&[("docs/a.md", text), ("crates/app/src/routes.rs", "")]);
        assert_eq!(found, ["docs/a.md:1 `crates/gone`", "docs/a.md:1 `gone.rs`"]);
    }

    #[test]
    fn commands_must_be_real() {
        let found =
            whats(&[("docs/a.md", "`cargo xtask tidy --write`, `cargo xtask polish`, `cargo xtask X`")]);
        assert_eq!(found, ["docs/a.md:1 `cargo xtask polish`"]);
    }

    #[test]
    fn readme_has_exactly_two_commands() {
        assert_eq!(whats(&[("README.md", README)]), Vec::<String>::new());
        let third = README.replace("cargo xtask demo", "npm install\ncargo xtask demo");
        assert_eq!(whats(&[("README.md", &third)]).len(), 1);
    }

    #[test]
    fn ci_runs_the_command_of_the_readme() {
        assert_eq!(whats(&[(".ci/run", "set -e\ncargo xtask test\n")]), Vec::<String>::new());
        assert_eq!(whats(&[(".ci/run", "cargo test\n")]).len(), 1);
    }
}
