//! The files of the Debian package, from where each is taken. Must not know how it is packed.

use std::fmt::Write as _;
use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::sh::{self, Outcome};
use crate::supply;

/// Where it is in the source, and where in the package.
const FILES: [(&str, &str); 10] = [
    ("packaging/onedoor.toml", "etc/onedoor/onedoor.toml"),
    ("packaging/systemd/onedoor.service", "usr/lib/systemd/system/onedoor.service"),
    ("packaging/systemd/onedoor-work.service", "usr/lib/systemd/system/onedoor-work.service"),
    ("packaging/debian/README.Debian", "usr/share/doc/onedoor/README.Debian"),
    ("packaging/debian/copyright", "usr/share/doc/onedoor/copyright"),
    ("packaging/proxy/nginx.conf", "usr/share/doc/onedoor/proxy/nginx.conf"),
    ("packaging/proxy/Caddyfile", "usr/share/doc/onedoor/proxy/Caddyfile"),
    ("docs/settings.md", "usr/share/doc/onedoor/settings.md"),
    ("docs/install.md", "usr/share/doc/onedoor/install.md"),
    ("LICENSE", "usr/share/doc/onedoor/LICENSE"),
];
/// What Debian keeps compressed.
const PACKED: [(&str, &str); 2] = [
    ("packaging/onedoor.1", "usr/share/man/man1/onedoor.1.gz"),
    ("CHANGELOG.md", "usr/share/doc/onedoor/changelog.gz"),
];
const SCRIPTS: [&str; 3] = ["postinst", "prerm", "postrm"];
/// What the administrator may change: an upgrade asks before it takes the place of a changed one.
pub(super) const SETTINGS: &str = "/etc/onedoor/onedoor.toml";

/// Puts everything in its place, but for what describes the package.
pub(super) fn lay_out(stage: &Path, program: &Path) -> Outcome {
    let source = sh::workspace()?;
    for (from, to) in FILES {
        copy(&source.join(from), &stage.join(to), 0o644)?;
    }
    let own = stage.join("usr/bin/onedoor");
    copy(program, &own, 0o755)?;
    if sh::which("strip").is_some() {
        sh::capture(Command::new("strip").arg("--strip-unneeded").arg(&own))?;
    }
    for (from, to) in PACKED {
        let packed = gzip(&source.join(from))?;
        write(&stage.join(to), &packed, 0o644)?;
    }
    write(&stage.join("usr/share/doc/onedoor/sbom.json"), supply::sbom::text()?.as_bytes(), 0o644)
}

/// Writes what describes the package.
pub(super) fn describe(stage: &Path, control: &str) -> Outcome {
    let folder = stage.join("DEBIAN");
    let source = sh::workspace()?.join("packaging/debian");
    for script in SCRIPTS {
        copy(&source.join(script), &folder.join(script), 0o755)?;
    }
    write(&folder.join("conffiles"), format!("{SETTINGS}\n").as_bytes(), 0o644)?;
    write(&folder.join("control"), control.as_bytes(), 0o644)?;
    let mut sums = String::new();
    for file in
        files(stage, "")?.iter().filter(|file| !file.starts_with("DEBIAN/") && !SETTINGS.ends_with(*file))
    {
        let told = sh::capture(Command::new("md5sum").arg(file).current_dir(stage))?;
        let _ = writeln!(sums, "{}", told.trim());
    }
    write(&folder.join("md5sums"), sums.as_bytes(), 0o644)
}

/// The size of everything, as dpkg counts it.
pub(super) fn kilobytes(stage: &Path) -> Outcome<u64> {
    let sizes =
        files(stage, "")?.into_iter().map(|file| fs::metadata(stage.join(file)).map_or(0, |meta| meta.len()));
    Ok(sizes.map(|size| size.div_ceil(1024)).sum())
}

/// Every file under a folder, relative to it, in order.
fn files(root: &Path, prefix: &str) -> Outcome<Vec<String>> {
    let dir = root.join(prefix);
    let entries = fs::read_dir(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(root, &format!("{name}/"))?);
        } else {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

fn copy(from: &Path, to: &Path, mode: u32) -> Outcome {
    let bytes = fs::read(from).map_err(|e| format!("{}: {e}", from.display()))?;
    write(to, &bytes, mode)
}

fn write(to: &Path, bytes: &[u8], mode: u32) -> Outcome {
    let wrong = |e| format!("{}: {e}", to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(wrong)?;
    }
    fs::write(to, bytes).map_err(wrong)?;
    fs::set_permissions(to, Permissions::from_mode(mode)).map_err(wrong)
}

fn gzip(file: &Path) -> Outcome<Vec<u8>> {
    let wrong = |e| format!("gzip {}: {e}", file.display());
    let bytes = fs::read(file).map_err(wrong)?;
    let mut child = Command::new("gzip")
        .args(["-9", "--no-name"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(wrong)?;
    let input = child.stdin.take();
    // On a thread of its own: both pipes are smaller than a changelog.
    let feeding = std::thread::spawn(move || input.is_some_and(|mut input| input.write_all(&bytes).is_ok()));
    let output = child.wait_with_output().map_err(wrong)?;
    let fed = feeding.join().unwrap_or(false);
    if fed && output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("gzip {} failed", file.display()))
    }
}
