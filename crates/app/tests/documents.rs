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

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_test_the_hazard_log_names_exists() {
    let mut rust = String::new();
    sources(&root().join("crates"), &mut rust);
    let log = std::fs::read_to_string(root().join("docs/hazards.md")).unwrap();
    let named =
        log.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split('`').skip(1).step_by(2));
    let tests: Vec<&str> =
        named.filter(|name| name.contains('_') && !name.contains([' ', '/', '.'])).collect();
    assert!(tests.len() > 20, "the log names its tests: {tests:?}");
    let missing: Vec<&&str> = tests.iter().filter(|name| !rust.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "docs/hazards.md names tests that do not exist: {missing:?}");
}
