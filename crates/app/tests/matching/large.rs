//! A dry run over a large county: how long it takes, and how much memory it needs. `ONEDOOR_CASES=100000` makes it as large
//! as three years of a county; the figures are printed, not judged. What it finds is judged.

use std::time::Instant;

use axum::http::StatusCode;
use onedoor_domain::door::{Danger, SelfReferral};

use super::in_a_gap;
use super::people::{asks, request};
use super::support::house;

/// What this process holds at most, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches("kB").trim().parse().unwrap_or(0)
}

/// Every request there is, again and again, each with its own person, one every minute before now.
fn more(count: usize) -> String {
    format!(
        "WITH one AS (
             SELECT r.*, p.body AS whole, p.keyed, row_number() OVER (ORDER BY r.id) AS k, count(*) OVER () AS of
             FROM referral r JOIN person p ON p.tenant_id = r.tenant_id AND p.id = r.person_id),
         many AS (SELECT gen_random_uuid() AS new, n FROM generate_series(1, {count}) AS n),
         each AS (SELECT many.new, many.n, one.* FROM many JOIN one ON one.k = 1 + many.n % one.of),
         people AS (
             INSERT INTO person (tenant_id, id, body, keyed) SELECT tenant_id, new, whole, keyed FROM each
             RETURNING id),
         made AS (
             INSERT INTO referral (tenant_id, id, version, person_id, reference, called, state, rank, category,
                 received_at, team_id, spoa_id, next_due, body, repeats)
             SELECT tenant_id, new, version, new, upper(substr(md5(n::text), 1, 12)), called, state, rank, category,
                 received_at - n * interval '1 minute', team_id, spoa_id, next_due, body, repeats
             FROM each RETURNING id)
         SELECT count(*)::text FROM made"
    )
}

#[tokio::test]
async fn a_dry_run_over_a_whole_county_looks_at_each_request_once_in_little_memory() {
    let count: usize =
        std::env::var("ONEDOOR_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let house = house().await;
    asks(&house, in_a_gap(request("Mira"))).await;
    asks(&house, request("Sol")).await;
    let hurt = SelfReferral { dangers: vec![Danger::AlreadyHurt], ..request("Ned") };
    asks(&house, hurt).await;
    house.later(jiff::SignedDuration::from_secs(1));
    // Within ninety days, however many there are: one a minute for 100,000 is seventy days.
    let made = house.database.rows(&more(count)).await;
    assert_eq!(made, [count.to_string()]);
    let mut editor = house.persona("content-editor").await;
    let press = async |editor: &mut super::Browser, path: &str| {
        let version = editor.get("/rules").await.field("version");
        let answer = editor.post(path, &[("version", &version)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    };
    press(&mut editor, "/rules/begin").await;
    press(&mut editor, "/rules/draft/core-community/remove").await;
    let (before, since) = (peak(), Instant::now());
    press(&mut editor, "/rules/dry-run").await;
    println!("asking for it: {:.0} ms", since.elapsed().as_secs_f64() * 1000.0);
    let since = Instant::now();
    let steps = onedoor::work::run_due(&house.app).await;
    println!(
        "{} requests in {steps} steps: {:.1} s, {} MiB more at most",
        count + 3,
        since.elapsed().as_secs_f64(),
        peak().saturating_sub(before) / 1024
    );
    let page = editor.get("/rules").await;
    assert!(page.has(&format!("Requests looked at: {}.", count + 3)), "{}", page.body);
    let third = (0..=count).filter(|n| *n > 0 && n % 3 == 0).count() + 1;
    assert!(page.has(&format!("Suggestions differ for: {third}.")), "{third}: {}", page.body);
}
