//! Every forgotten step of the central rule is a compile error (architecture §3): no actor, no transaction; no event, no
//! write; no commit, no response. What the compiler says stands beside each case; `ONEDOOR_BLESS=1` writes it anew.
//!
//! The cases are compiled against the crates that this test was linked with, so nothing is built a second time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates a case may name.
const CRATES: [&str; 4] = ["onedoor", "onedoor_domain", "onedoor_store", "askama"];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where this build's libraries lie, as cargo says it: a target folder may hold several of each.
fn libraries() -> BTreeMap<String, PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--no-run", "--offline", "--message-format=json", "--test", "forgotten_steps"]);
    // What cargo tells a test about its package would make other packages look changed, and be built again.
    let told = |name: &str| {
        name == "OUT_DIR" || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_")
    };
    for (name, _) in std::env::vars().filter(|(name, _)| told(name)) {
        cargo.env_remove(name);
    }
    let output = cargo.current_dir(here()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let artifacts = said.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut found = BTreeMap::new();
    for artifact in artifacts.filter(|message| message["reason"] == "compiler-artifact") {
        let name = artifact["target"]["name"].as_str().unwrap().replace('-', "_");
        let files = artifact["filenames"].as_array().unwrap();
        let library = files
            .iter()
            .filter_map(|file| file.as_str())
            .find(|file| std::path::Path::new(file).extension().is_some_and(|kind| kind == "rlib"));
        if let Some(library) = library.filter(|_| CRATES.contains(&name.as_str())) {
            found.insert(name, PathBuf::from(library));
        }
    }
    assert_eq!(found.len(), CRATES.len(), "{found:?}");
    found
}

/// What the compiler says: one line for each error, with the line of the case it is about.
fn compile(case: &Path, libraries: &BTreeMap<String, PathBuf>) -> String {
    let output = std::env::temp_dir().join(format!("onedoor-forgotten-{}", std::process::id()));
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--edition", "2024", "--crate-type", "bin", "--emit", "metadata", "--error-format", "short"])
        .args(["-A", "warnings", "--out-dir"])
        .arg(&output)
        .arg(case.file_name().unwrap())
        .current_dir(case.parent().unwrap());
    for (name, library) in libraries {
        rustc.arg("--extern").arg(format!("{name}={}", library.display()));
        rustc.arg("-L").arg(format!("dependency={}", library.parent().unwrap().join("deps").display()));
        rustc.arg("-L").arg(format!("dependency={}", library.parent().unwrap().display()));
    }
    let done = rustc.output().unwrap();
    fs::remove_dir_all(&output).ok();
    assert!(!done.status.success(), "{} compiles: a step may be forgotten", case.display());
    let said = String::from_utf8(done.stderr).unwrap();
    let errors = said.lines().filter(|line| line.contains(": error"));
    errors.fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn a_forgotten_step_does_not_compile() {
    let since = std::time::Instant::now();
    let libraries = libraries();
    let mut cases: Vec<PathBuf> = fs::read_dir(here().join("tests/ui"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "rs"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 6);
    for case in cases {
        let said = compile(&case, &libraries);
        let expected = case.with_extension("stderr");
        if std::env::var_os("ONEDOOR_BLESS").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        let functions = fs::read_to_string(&case).unwrap().matches("\nfn ").count() - 1
            + fs::read_to_string(&case).unwrap().matches("\nasync fn ").count();
        assert_eq!(said.lines().count(), functions, "each way around is an error of its own:\n{said}");
        assert_eq!(said, fs::read_to_string(&expected).unwrap_or_default(), "{}", case.display());
    }
    println!("measured: compile-fail cases in {:?}", since.elapsed());
}
