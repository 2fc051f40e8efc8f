//! `cargo xtask sbom`: the list of what is in the program, as `CycloneDX` 1.5. The same sources give the same list.
//! Must not ask a network.

use std::fs;

use super::json::Json;
use super::{Component, From, shipped};
use crate::sh::{self, Outcome};

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let out = sh::take_option(&mut args, "--out")?;
    sh::nothing_left(&args)?;
    let text = text()?;
    if let Some(file) = out {
        return fs::write(&file, text).map_err(|e| format!("{file}: {e}"));
    }
    sh::say(&text);
    Ok(())
}

/// The list as it is handed out.
pub fn text() -> Outcome<String> {
    let manifest = super::read("Cargo.toml")?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    Ok(list(version.ok_or("the workspace has no version")?, &shipped()?).written())
}

fn list(version: &str, components: &[Component]) -> Json {
    let own = Json::object([
        ("type", Json::of("application")),
        ("bom-ref", Json::of("onedoor")),
        ("name", Json::of("onedoor")),
        ("version", Json::of(version)),
        ("licenses", licences("AGPL-3.0-or-later")),
    ]);
    Json::object([
        ("bomFormat", Json::of("CycloneDX")),
        ("specVersion", Json::of("1.5")),
        ("version", Json::Number(1.0)),
        ("metadata", Json::object([("component", own)])),
        ("components", Json::List(components.iter().map(entry).collect())),
    ])
}

fn licences(expression: &str) -> Json {
    // The slash of older packages is no SPDX.
    let expression = expression.replace('/', " OR ");
    Json::List(vec![Json::object([("expression", Json::Text(expression))])])
}

fn entry(component: &Component) -> Json {
    let (kind, algorithm) = match component.from {
        From::Crates => ("cargo", "SHA-256"),
        From::Npm => ("npm", "SHA-512"),
    };
    let address = format!("pkg:{kind}/{}@{}", component.name.replace('@', "%40"), component.version);
    let hash =
        |checksum: &String| Json::object([("alg", Json::of(algorithm)), ("content", Json::of(checksum))]);
    Json::object([
        ("type", Json::of("library")),
        ("bom-ref", Json::of(&address)),
        ("name", Json::of(&component.name)),
        ("version", Json::of(&component.version)),
        ("scope", Json::of(if component.optional { "optional" } else { "required" })),
        ("hashes", Json::List(component.checksum.iter().map(hash).collect())),
        ("licenses", licences(&component.licence)),
        ("purl", Json::of(&address)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The real list: it parses, and names every crate of the tree and every embedded package with licence and checksum.
    #[test]
    fn the_list_parses_and_names_everything_that_is_shipped() {
        let components = shipped().unwrap();
        let read = Json::parse(&list("1.2.3", &components).written()).unwrap();
        assert_eq!(read.get("bomFormat").and_then(Json::text), Some("CycloneDX"));
        let listed = read.get("components").unwrap().items();
        assert_eq!(listed.len(), components.len());
        for (component, listed) in components.iter().zip(listed) {
            let text = |name: &str| listed.get(name).and_then(Json::text).unwrap_or_default();
            assert_eq!(
                (text("name"), text("version")),
                (component.name.as_str(), component.version.as_str())
            );
            assert!(text("purl").starts_with("pkg:") && !text("purl").contains("/@"), "{}", text("purl"));
            assert_eq!(listed.get("hashes").unwrap().items().len(), 1, "{} has no checksum", component.name);
            let licence = listed.get("licenses").unwrap().items()[0].get("expression").and_then(Json::text);
            assert!(licence.is_some_and(|licence| !licence.is_empty() && !licence.contains('/')));
        }
        for name in ["axum", "sqlx", "rustls", "nhsuk-frontend"] {
            assert!(components.iter().any(|component| component.name == name), "{name}");
        }
        for name in ["insta", "playwright"] {
            assert!(components.iter().all(|component| component.name != name), "{name} is only for tests");
        }
    }
}
