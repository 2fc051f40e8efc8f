//! The yardstick: what the same database on the same disk does at best, one row a commit.

use std::time::Instant;

use super::cpu::Cpu;
use super::host::Host;
use crate::sh::{self, Outcome};

const DATABASE: &str = "bench_reference";
const TABLE: &str = "DROP TABLE IF EXISTS one_row; CREATE TABLE one_row (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), \
                     at timestamptz NOT NULL DEFAULT now(), body text NOT NULL)";
const ROW: &str = "INSERT INTO one_row (body) VALUES (repeat('x', 200));\n";

/// Commits a second of one row each, and processor milliseconds of the database for each.
pub fn commits(host: &Host, clients: usize, seconds: u64) -> Outcome<(f64, f64)> {
    let known = host.value(&format!("SELECT count(*) FROM pg_database WHERE datname = '{DATABASE}'"))?;
    if known == "0" {
        host.rows(&format!("CREATE DATABASE {DATABASE}"))?;
    }
    sh::capture(host.postgres("psql").args([
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-d",
        DATABASE,
        "-c",
        TABLE,
    ]))?;
    let script = std::env::temp_dir().join(format!("onedoor-bench-row-{}.sql", std::process::id()));
    std::fs::write(&script, ROW).map_err(|e| format!("cannot write {}: {e}", script.display()))?;
    let (pids, before, begun) = (host.pids()?, host.pids()?.cpu(), Instant::now());
    let mut pgbench = host.postgres("pgbench");
    pgbench.args([
        "-n",
        "-M",
        "prepared",
        "-j",
        "2",
        "-c",
        &clients.to_string(),
        "-T",
        &seconds.to_string(),
        "-f",
    ]);
    let said = sh::capture(pgbench.arg(&script).arg(DATABASE));
    let (cpu, lasted): (Cpu, f64) = (pids.cpu().since(before), begun.elapsed().as_secs_f64());
    let _ = std::fs::remove_file(&script);
    let rate = rate(&said?).ok_or("pgbench did not say how many commits a second it made")?;
    Ok((rate, cpu.postgres / (rate * lasted)))
}

fn rate(said: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix("tps = "))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_read_from_what_pgbench_says() {
        let said = "latency average = 1.2 ms\ntps = 1234.567 (without initial connection time)\n";
        assert_eq!(rate(said), Some(1234.567));
        assert_eq!(rate("nothing"), None);
    }
}
