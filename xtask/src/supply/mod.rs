//! What OneDoor is built from: crates and npm packages with their versions, licences and checksums. Everything here works
//! without a network. Must not decide what to do about a weakness.

pub mod audit;
mod json;
mod licence;
pub mod sbom;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::sh::{self, Outcome};
use json::Json;

/// The npm packages that are embedded in the program.
const SHIPPED_NPM: &str = "crates/app/package-lock.json";
/// Those that only tests use.
const TEST_NPM: &str = "e2e/package-lock.json";

/// Where a component comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum From {
    Crates,
    Npm,
}

/// Something of somebody else's that we build with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Component {
    pub from: From,
    pub name: String,
    pub version: String,
    pub licence: String,
    /// The checksum of the lock file, in small hexadecimal letters.
    pub checksum: Option<String>,
    /// Asked for by another package and not by us.
    pub optional: bool,
}

/// All that goes into the program: crates it is made of and built with, and npm packages that are embedded.
pub(crate) fn shipped() -> Outcome<Vec<Component>> {
    let mut all = crates(&["-p", "onedoor", "-e", "normal,build"])?;
    all.extend(npm(SHIPPED_NPM)?);
    all.sort();
    Ok(all)
}

/// All that is used here, tests and tools included.
fn used() -> Outcome<Vec<Component>> {
    let mut all = crates(&["--workspace", "-e", "normal,build,dev"])?;
    all.extend(npm(SHIPPED_NPM)?);
    all.extend(npm(TEST_NPM)?);
    Ok(all)
}

fn read(place: &str) -> Outcome<String> {
    let path = sh::workspace()?.join(Path::new(place));
    fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
}

fn npm(place: &str) -> Outcome<Vec<Component>> {
    of_npm(&read(place)?).map_err(|why| format!("{place}: {why}"))
}

fn crates(what: &[&str]) -> Outcome<Vec<Component>> {
    let mut command = sh::command("cargo", &["tree", "--locked", "--prefix", "none", "--format", "{p}|{l}"])?;
    let tree = sh::capture(command.args(what).env("CARGO_NET_OFFLINE", "true"))?;
    Ok(of_tree(&tree, &checksums(&read("Cargo.lock")?)))
}

/// Name and version of each package of a `Cargo.lock` that has a checksum.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let packages = lock.split("[[package]]").skip(1).filter_map(|package| {
        let value = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""));
            line.and_then(|rest| rest.strip_suffix('"')).map(str::to_owned)
        };
        Some(((value("name")?, value("version")?), value("checksum")?))
    });
    packages.collect()
}

/// The lines of `cargo tree` with format `{p}|{l}`. Our own packages have a path and are left out.
fn of_tree(tree: &str, checksums: &BTreeMap<(String, String), String>) -> Vec<Component> {
    let mut found: Vec<Component> = tree
        .lines()
        .filter_map(|line| {
            let (package, licence) = line.trim_end_matches(" (*)").rsplit_once('|')?;
            let mut words = package.split_whitespace();
            let (name, version) = (words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned());
            let own = words.any(|word| word.starts_with("(/"));
            let checksum = checksums.get(&(name.clone(), version.clone())).cloned();
            let licence = licence.trim().to_owned();
            (!own).then_some(Component {
                from: From::Crates,
                name,
                version,
                licence,
                checksum,
                optional: false,
            })
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The packages of a `package-lock.json`.
fn of_npm(lock: &str) -> Outcome<Vec<Component>> {
    let lock = Json::parse(lock)?;
    let packages = lock.get("packages").ok_or("it lists no packages")?;
    let component = |(place, package): &(String, Json)| {
        let name = place.rsplit_once("node_modules/")?.1.to_owned();
        let text = |name: &str| package.get(name).and_then(Json::text).unwrap_or_default().to_owned();
        let checksum = text("integrity").strip_prefix("sha512-").and_then(hex_of_base64);
        let optional = package.get("peer").is_some() || package.get("optional").is_some();
        let (version, licence) = (text("version"), text("license"));
        Some(Component { from: From::Npm, name, version, licence, checksum, optional })
    };
    Ok(packages.members().iter().filter_map(component).collect())
}

fn hex_of_base64(text: &str) -> Option<String> {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut hex) = (0_u32, 0_u32, String::new());
    for c in text.trim_end_matches('=').chars() {
        let value = u32::try_from(SIGNS.find(c)?).ok()?;
        (bits, held) = (bits << 6 | value, held + 6);
        if held >= 8 {
            held -= 8;
            let _ = write!(hex, "{:02x}", bits >> held & 0xff);
        }
    }
    Some(hex)
}

/// Components whose licence is not on the list, or is not said.
pub fn licences() -> Outcome {
    let bad = not_allowed(&used()?);
    if bad.is_empty() {
        return Ok(());
    }
    let list = bad.join("\n  ");
    Err(format!("licences that are not on the list of xtask/src/supply/licence.rs:\n  {list}"))
}

fn not_allowed(components: &[Component]) -> Vec<String> {
    let bad = components.iter().filter(|component| !licence::is_allowed(&component.licence));
    bad.map(|component| format!("{} {}: `{}`", component.name, component.version, component.licence))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const LOCK: &str = "version = 4\n\n[[package]]\nname = \"aead\"\nversion = \"0.6.1\"\n\
        source = \"registry+x\"\nchecksum = \"ab12\"\ndependencies = [\n \"b\",\n]\n\n[[package]]\nname = \"onedoor\"\nversion = \"0.1.0\"\n";
    pub(super) const NPM: &str = r#"{"name": "x", "packages": {"": {"name": "x"},
        "node_modules/@a/b": {"version": "1.2.3", "integrity": "sha512-AQID/w==", "license": "MIT"},
        "node_modules/@a/b/node_modules/c": {"version": "2.0.0", "license": "SSPL-1.0", "peer": true}}}"#;

    #[test]
    fn crates_are_read_with_licence_and_checksum_and_our_own_are_left_out() {
        let tree = "onedoor v0.1.0 (/x/crates/app)|AGPL-3.0-or-later\naead v0.6.1|MIT OR Apache-2.0\n\
            mac v1.0.0 (proc-macro)|MIT\naead v0.6.1|MIT OR Apache-2.0 (*)\n\n";
        let found = of_tree(tree, &checksums(LOCK));
        let names: Vec<&str> = found.iter().map(|component| component.name.as_str()).collect();
        assert_eq!(names, ["aead", "mac"]);
        assert_eq!(found[0].checksum.as_deref(), Some("ab12"));
        assert_eq!(found[0].licence, "MIT OR Apache-2.0");
    }

    #[test]
    fn npm_packages_are_read_with_licence_and_checksum() {
        let found = of_npm(NPM).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name.as_str(), found[0].checksum.as_deref()), ("@a/b", Some("010203ff")));
        assert_eq!((found[1].name.as_str(), found[1].optional), ("c", true));
        assert_eq!(not_allowed(&found), ["c 2.0.0: `SSPL-1.0`"]);
        assert!(of_npm("{}").is_err());
    }

    /// The real lists, without a network.
    #[test]
    fn everything_that_is_used_here_has_an_allowed_licence() {
        assert_eq!(licences(), Ok(()));
        assert!(shipped().unwrap().len() > 100);
    }
}
