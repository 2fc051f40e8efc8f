//! Makes a county of so many people: a demonstration of 200 written by the program itself, multiplied in the database.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::host::Host;
use crate::sh::{self, Outcome};

/// So many the program makes itself; everybody else is one of them under another name.
pub const TEMPLATES: &str = "200";
/// The keys of a million people are made at a start.
pub const LONG: Duration = Duration::from_hours(1);

/// Grows the county to `people` and gives the seconds it took. The program is running before and after.
pub fn grow(host: &mut Host, people: u64) -> Outcome<f64> {
    let begun = Instant::now();
    let known = host.value("SELECT to_regclass('bench.progress') IS NOT NULL")? == "t";
    if !known {
        host.run_file(&file("template.sql")?, &[])?;
    }
    host.run_file(&file("load.sql")?, &[("people", &people.to_string())])?;
    // The start makes the keys by which people are found.
    host.stop()?;
    host.start(&["--demo", "--people", "0"], LONG)?;
    host.rows("VACUUM (ANALYZE)")?;
    host.rows("CHECKPOINT")?;
    Ok(begun.elapsed().as_secs_f64())
}

fn file(name: &str) -> Outcome<PathBuf> {
    Ok(sh::workspace()?.join("xtask/src/bench").join(name))
}
