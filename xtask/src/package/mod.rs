//! `cargo xtask package`: a Debian package of the program, from a staged tree, with dpkg-deb and nothing else.
//! `--check` installs, starts, upgrades, removes and purges it in a scratch folder. Must not touch the machine's own packages.

mod check;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::{self, Outcome};
use crate::test;

/// A package to make: of which program, called which version, packed how.
struct Making<'a> {
    program: &'a Path,
    version: &'a str,
    /// `xz` to hand out, `none` to try.
    packed: &'a str,
    into: &'a Path,
}

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let checking = sh::take_flag(&mut args, "--check");
    let profile = sh::take_option(&mut args, "--profile")?;
    let profile = profile.as_deref().unwrap_or(if checking { "dev" } else { "release" });
    sh::nothing_left(&args)?;
    let program = build(profile)?;
    if checking {
        return check::run(&program);
    }
    let into = sh::workspace()?.join("target/package");
    let version = version()?;
    let making = Making { program: &program, version: &version, packed: "xz", into: &into };
    let file = make(&making)?;
    sh::say(&format!("{}\n", file.display()));
    Ok(())
}

/// Builds the program and says where it lies.
fn build(profile: &str) -> Outcome<PathBuf> {
    let folder = if profile == "dev" {
        // To be tried only: the program that the tests before had built.
        sh::run(&mut test::words(test::PROGRAM)?)?;
        "debug"
    } else {
        let args = ["build", "--locked", "-p", "onedoor", "--bin", "onedoor", "--profile", profile];
        sh::run(&mut sh::command("cargo", &args)?)?;
        profile
    };
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(target.map_or_else(|| sh::workspace().map(|dir| dir.join("target")), Ok)?.join(folder).join("onedoor"))
}

/// The version of the workspace.
fn version() -> Outcome<String> {
    let text =
        fs::read_to_string(sh::workspace()?.join("Cargo.toml")).map_err(|e| format!("Cargo.toml: {e}"))?;
    let version = text.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| "Cargo.toml names no version".to_owned())
}

/// Makes the package and says where it lies.
fn make(making: &Making<'_>) -> Outcome<PathBuf> {
    if sh::which("dpkg-deb").is_none() {
        return Err("dpkg-deb is missing: a Debian package is made on Debian or Ubuntu".to_owned());
    }
    let architecture = sh::capture(Command::new("dpkg").arg("--print-architecture"))?;
    let architecture = architecture.trim();
    let name = format!("onedoor_{}_{architecture}", making.version);
    let stage = making.into.join(&name);
    let _ = fs::remove_dir_all(&stage);
    tree::lay_out(&stage, making.program)?;
    let needs = needs(making.program, making.into);
    let size = tree::kilobytes(&stage)?;
    tree::describe(&stage, &control(making.version, architecture, &needs, size))?;
    let file = making.into.join(format!("{name}.deb"));
    let mut command = Command::new("dpkg-deb");
    command.args(["--root-owner-group", &format!("-Z{}", making.packed), "--build"]).arg(&stage).arg(&file);
    // The same source gives the same package.
    if let Ok(time) = sh::capture(&mut sh::command("git", &["log", "-1", "--format=%ct"])?) {
        command.env("SOURCE_DATE_EPOCH", time.trim());
    }
    sh::capture(&mut command)?;
    fs::remove_dir_all(&stage).map_err(|e| format!("{}: {e}", stage.display()))?;
    Ok(file)
}

/// The libraries that the program is linked with, with their versions where dpkg-dev can tell them.
fn needs(program: &Path, into: &Path) -> String {
    let usual = || "libc6, libgcc-s1".to_owned();
    let folder = into.join("needs");
    let stub = "Source: onedoor\n\nPackage: onedoor\nArchitecture: any\n";
    let made = fs::create_dir_all(folder.join("debian"))
        .and_then(|()| fs::write(folder.join("debian/control"), stub));
    if made.is_err() || sh::which("dpkg-shlibdeps").is_none() {
        sh::say(
            "dpkg-shlibdeps is missing (apt-get install dpkg-dev): the package names its libraries without versions\n",
        );
        return usual();
    }
    let told =
        sh::capture(Command::new("dpkg-shlibdeps").args(["-O", "-e"]).arg(program).current_dir(&folder));
    let _ = fs::remove_dir_all(&folder);
    told.ok()
        .and_then(|text| Some(text.trim().strip_prefix("shlibs:Depends=")?.to_owned()))
        .unwrap_or_else(usual)
}

fn control(version: &str, architecture: &str, needs: &str, size: u64) -> String {
    format!(
        "Package: onedoor\nVersion: {version}\nArchitecture: {architecture}\nSection: web\nPriority: optional\n\
         Maintainer: The OneDoor project <onedoor@localhost>\nInstalled-Size: {size}\n\
         Depends: {needs}, adduser, ca-certificates, postgresql-client (>= 15) | postgresql-client-18 | \
         postgresql-client-17 | postgresql-client-16 | postgresql-client-15\n\
         Recommends: postgresql (>= 15) | postgresql-18 | postgresql-17 | postgresql-16 | postgresql-15\n\
         Suggests: nginx | caddy, clamav-daemon\n\
         Description: one door to the mental-health services of an area\n \
         People ask for help once, on the web, at a telephone or in a cafe. A senior\n \
         professional reads it, decides with a reason, and the person and whoever\n \
         referred them are told. Nobody is turned away by a button.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_file_has_one_field_a_line() {
        let text = control("0.1.0", "amd64", "libc6 (>= 2.34)", 7);
        for line in text.lines() {
            assert!(line.starts_with(' ') || line.contains(": "), "{line}");
            assert!(line.starts_with("Depends") || line.len() < 120, "{line}");
        }
        assert!(
            text.contains("\nDepends: libc6 (>= 2.34), adduser") && text.contains("postgresql-client-15\n")
        );
        assert!(text.ends_with('\n') && !text.contains("\n\n"));
    }
}
