//! Documents that name tests: every named test exists.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names of all Rust tests: what stands under `#[test]` or `#[tokio::test]`.
fn tests_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            tests_in(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let mut marked = false;
            for line in text.lines().map(str::trim) {
                let name = line
                    .trim_start_matches("async ")
                    .strip_prefix("fn ")
                    .and_then(|rest| rest.split('(').next());
                match name {
                    Some(name) if marked => {
                        found.insert(name.to_owned());
                        marked = false;
                    }
                    Some(_) => marked = false,
                    None => marked |= line == "#[test]" || line.starts_with("#[tokio::test"),
                }
            }
        }
    }
}

#[test]
fn every_test_the_hazard_log_names_exists_and_is_a_test() {
    let mut known = BTreeSet::new();
    tests_in(&root().join("crates"), &mut known);
    let log = std::fs::read_to_string(root().join("docs/hazards.md")).unwrap();
    let named =
        log.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split('`').skip(1).step_by(2));
    let tests: Vec<&str> =
        named.filter(|name| name.contains('_') && !name.contains([' ', '/', '.'])).collect();
    assert!(tests.len() > 20, "the log names its tests: {tests:?}");
    let missing: Vec<&&str> = tests.iter().filter(|name| !known.contains(**name)).collect();
    assert!(missing.is_empty(), "docs/hazards.md names tests that do not exist: {missing:?}");
}
