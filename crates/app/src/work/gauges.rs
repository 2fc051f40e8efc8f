//! The worker's numbers for Prometheus: what waits, how long already, how busy the database is. Nothing about anybody.

use std::time::Duration;

use onedoor_store::{Outside, StoreError};

use crate::metrics::Metrics;
use crate::serve::Stop;
use crate::web::App;

const EVERY: Duration = Duration::from_secs(10);
/// The states in which a message waits for the program or for a human.
const WAITING: [&str; 5] = ["queued", "spooled", "asked", "failed", "printed"];

/// Sets them every ten seconds until told to stop. Where the database does not answer they stay as they were; the
/// health page says so.
pub(super) async fn keep(app: &App, metrics: &Metrics, mut stop: Stop) {
    loop {
        if let Err(error) = set(app, metrics).await {
            tracing::debug!(%error, "no new numbers");
        }
        tokio::select! {
            () = stop.wait() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn set(app: &App, metrics: &Metrics) -> Result<(), StoreError> {
    let outside = Outside::of(&app.db);
    let (open, idle) = outside.connections();
    let idle = u32::try_from(idle).unwrap_or(u32::MAX);
    metrics.set_pool(open.saturating_sub(idle), idle);
    let now = app.clock.now();
    let (due, oldest) = outside.jobs_due(now).await?;
    metrics.set_jobs("due", due);
    metrics.set_job_delay(oldest.map_or(0, |since| now.duration_since(since).as_secs()));
    metrics.set_repeats(outside.questions_repeated().await?);
    let counted = outside.notices_unsettled().await?;
    for state in WAITING {
        let of_state = counted.iter().filter(|(found, _)| found == state).map(|(_, count)| count);
        metrics.set_notices(state, of_state.sum());
    }
    Ok(())
}
