//! `cargo xtask prepare`: checks every query of the store against a fresh database and writes the `.sqlx` cache.
//! Must not touch the old cache until the new one is complete.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cluster::Cluster;
use crate::install::{self, Need};
use crate::sh::{self, Outcome};

const DATABASE: &str = "onedoor";

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let serve = sh::take_flag(&mut args, "--serve");
    sh::nothing_left(&args)?;
    install::ensure(&[Need::Postgres])?;
    let workspace = sh::workspace()?;
    let mut cluster = Cluster::start()?;
    migrate(&cluster, &workspace)?;
    if !serve {
        return refresh(&cluster, &workspace);
    }
    println!(
        "A throw-away database with all migrations is running. For live checking, in another terminal:\n"
    );
    println!("  export SQLX_OFFLINE=false ONEDOOR_SQLX_URL='{}'\n", cluster.url(DATABASE));
    println!("Ctrl-C stops it; the next run removes its folder.");
    cluster.wait()
}

fn migrate(cluster: &Cluster, workspace: &Path) -> Outcome {
    sh::run(&mut cluster.psql("postgres", &["-c", &format!("CREATE DATABASE {DATABASE}")]))?;
    let files = migrations(&workspace.join("crates/store/migrations"))?;
    for file in &files {
        let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let mut command = cluster.psql(DATABASE, &["-f"]);
        command.arg(file);
        // The same mark that sqlx's own migrator reads.
        if !text.starts_with("-- no-transaction") {
            command.arg("--single-transaction");
        }
        sh::run(&mut command)?;
    }
    println!("{} migrations applied", files.len());
    Ok(())
}

/// The migrations by their leading number, as sqlx orders them; undo files are left out.
fn migrations(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut found: Vec<(u64, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((order(&entry.file_name().to_string_lossy())?, entry.path())))
        .collect();
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

fn order(name: &str) -> Option<u64> {
    let stem = name.strip_suffix(".sql")?;
    if stem.split('.').any(|part| part == "down") {
        return None;
    }
    stem.split('_').next()?.parse().ok()
}

fn refresh(cluster: &Cluster, workspace: &Path) -> Outcome {
    let cache = workspace.join(".sqlx");
    let fresh = workspace.join(".sqlx.new");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir(&fresh).map_err(|e| format!("{}: {e}", fresh.display()))?;
    let checked = check(cluster, workspace, &fresh);
    let swapped = checked.and_then(|()| {
        let _ = fs::remove_dir_all(&cache);
        fs::rename(&fresh, &cache).map_err(|e| format!("{}: {e}", cache.display()))
    });
    let _ = fs::remove_dir_all(&fresh);
    swapped?;
    let queries = fs::read_dir(&cache).map_or(0, Iterator::count);
    println!("{queries} queries checked and written to .sqlx");
    Ok(())
}

fn check(cluster: &Cluster, workspace: &Path, into: &Path) -> Outcome {
    // cargo does not know that the macros read a database: only a changed file makes it compile again.
    let root = workspace.join("crates/store/src/lib.rs");
    fs::File::options()
        .append(true)
        .open(&root)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|e| format!("{}: {e}", root.display()))?;
    let mut command =
        sh::command("cargo", &["check", "-p", "onedoor-store", "--all-targets", "--all-features"])?;
    command.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", into);
    sh::run(command.env("ONEDOOR_SQLX_URL", cluster.url(DATABASE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_run_in_number_order_whatever_their_width() {
        assert_eq!(order("0002_people.sql"), Some(2));
        assert!(order("10_later.sql") > order("9_before.sql"));
    }

    #[test]
    fn undo_files_and_notes_are_left_out() {
        assert_eq!(order("0002_people.down.sql"), None);
        assert_eq!(order("README.md"), None);
    }
}
