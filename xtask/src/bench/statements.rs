//! Which statements a request makes, counted by the database itself (`pg_stat_statements`), and how often each goes to and
//! fro. For people who look for statements that are repeated or not needed.

use std::fmt::Write as _;

use super::host::Host;
use super::load::{LONG, TEMPLATES};
use super::scenes::{Around, Scene, sign_in};
use super::submit::Forms;
use super::wire::Wire;
use crate::sh::{self, Outcome};

/// Requests of each kind.
const TIMES: usize = 40;

/// One statement of a request.
#[derive(Debug)]
struct Statement {
    /// How often in one request.
    calls: f64,
    ms: f64,
    rows: f64,
    text: String,
}

/// Counts the statements of every kind of request and writes them down, a table each.
pub fn report(host: &mut Host) -> Outcome {
    host.rows("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")?;
    host.stop()?;
    host.start(&["--demo", "--people", TEMPLATES, "--no-work"], LONG)?;
    host.rows("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")?;
    let around = Around::of(host)?;
    let session = sign_in(host, "senior-nurse")?;
    let mut wire = Wire::with(host.addr(), &session);
    for scene in Scene::ALL {
        let counted = count(host, |n| scene.ask(&around, &mut wire, n))?;
        sh::say(&shown(scene.name(), &counted));
    }
    let forms = Forms::ready(host, 1)?;
    let mut wire = Wire::new(host.addr());
    let counted = count(host, |n| forms.send_one(&mut wire, n + 1))?;
    sh::say(&shown("self_referral_submit", &counted));
    forms.clear(host)?;
    host.rows("ALTER SYSTEM RESET shared_preload_libraries").map(drop)
}

/// The first requests warm what is kept from one to the next, and are not counted.
fn count(host: &Host, mut ask: impl FnMut(usize) -> Outcome) -> Outcome<Vec<Statement>> {
    (0..TIMES).try_for_each(&mut ask)?;
    host.rows("SELECT pg_stat_statements_reset()")?;
    (TIMES..2 * TIMES).try_for_each(&mut ask)?;
    let rows = host.rows(
        "SELECT calls, total_exec_time, rows, regexp_replace(query, '\\s+', ' ', 'g') FROM pg_stat_statements
         WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY calls DESC, total_exec_time DESC",
    )?;
    let all = rows.iter().filter_map(|row| statement(row, crate::bench::stats::as_f64(TIMES)));
    // What others do meanwhile is not of the request.
    Ok(all.filter(|one| one.calls >= 0.2).collect())
}

fn statement(row: &[String], times: f64) -> Option<Statement> {
    let [calls, ms, rows, text] = row else { return None };
    let each = |value: &str| value.parse::<f64>().ok().map(|value| value / times);
    Some(Statement { calls: each(calls)?, ms: each(ms)?, rows: each(rows)?, text: text.clone() })
}

/// The tenant is set in the message that begins the transaction: two statements, one way to and fro.
fn trips(statements: &[Statement]) -> f64 {
    statements.iter().filter(|one| !one.text.starts_with("SET LOCAL app.tenant")).map(|one| one.calls).sum()
}

fn shown(name: &str, statements: &[Statement]) -> String {
    let ms: f64 = statements.iter().map(|one| one.ms).sum();
    let mut text = format!("\n{name}: {:.1} round trips, {ms:.2} ms in the database\n", trips(statements));
    for one in statements {
        let short: String = one.text.chars().take(150).collect();
        let _ = writeln!(text, "  {:>5.1} x  {:>7.3} ms  {:>6.1} rows  {short}", one.calls, one.ms, one.rows);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginning_and_naming_the_tenant_is_one_round_trip() {
        let row = |calls: &str, text: &str| [calls, "4", "8", text].map(str::to_owned).to_vec();
        let rows = [
            row("40", "BEGIN"),
            row("40", "SET LOCAL app.tenant = '1'"),
            row("80", "SELECT 1"),
            row("x", "?"),
        ];
        let counted: Vec<Statement> = rows.iter().filter_map(|row| statement(row, 40.0)).collect();
        assert_eq!(counted.len(), 3);
        assert!((trips(&counted) - 3.0).abs() < 1e-9);
        assert!(shown("a", &counted).contains("3.0 round trips, 0.30 ms"));
    }
}
