//! Whether the program lives and whether it can do its work, for whoever watches it. Must not read records or need a session.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::Extension;
use axum::http::StatusCode;
use onedoor_store::probe::Probe;

const DATABASE_LIMIT: Duration = Duration::from_secs(1);
const WORKER_LIMIT: Duration = Duration::from_secs(30);

/// The worker's sign of life. Clones share it.
#[derive(Clone, Debug)]
pub struct Heartbeat {
    last: Arc<Mutex<Instant>>,
    limit: Duration,
}

impl Default for Heartbeat {
    fn default() -> Heartbeat {
        Heartbeat::within(WORKER_LIMIT)
    }
}

impl Heartbeat {
    /// A worker that has to beat at least once in `limit`.
    pub fn within(limit: Duration) -> Heartbeat {
        Heartbeat { last: Arc::new(Mutex::new(Instant::now())), limit }
    }

    /// The worker is alive now.
    pub fn beat(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// True when the last beat is recent enough.
    pub fn is_fresh(&self) -> bool {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).elapsed() <= self.limit
    }
}

/// What `ready` looks at. The router carries it as an extension.
#[derive(Clone, Debug)]
pub struct Health {
    probe: Probe,
    worker: Option<Heartbeat>,
}

impl Health {
    /// `worker` is none where another process does the jobs.
    pub fn new(probe: Probe, worker: Option<Heartbeat>) -> Health {
        Health { probe, worker }
    }

    /// Lets the probe's connection go.
    pub async fn close(&self) {
        self.probe.close().await;
    }
}

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: the database answers within a second, and the worker, if it runs here, is alive.
pub async fn ready(Extension(health): Extension<Health>) -> (StatusCode, &'static str) {
    if !health.probe.answers(DATABASE_LIMIT).await {
        return (StatusCode::SERVICE_UNAVAILABLE, "database\n");
    }
    if health.worker.is_some_and(|worker| !worker.is_fresh()) {
        return (StatusCode::SERVICE_UNAVAILABLE, "worker\n");
    }
    (StatusCode::OK, "ready\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_store::testing;

    #[tokio::test]
    async fn ready_needs_a_database_and_a_living_worker() {
        let database = testing::database().await;
        let probe = Probe::new(database.options.clone());
        let (living, dead) = (Heartbeat::default(), Heartbeat::within(Duration::ZERO));
        std::thread::sleep(Duration::from_millis(2));
        let ask = async |probe: &Probe, worker| ready(Extension(Health::new(probe.clone(), worker))).await;
        assert_eq!(ask(&probe, None).await, (StatusCode::OK, "ready\n"));
        assert_eq!(ask(&probe, Some(living)).await.0, StatusCode::OK);
        assert_eq!(ask(&probe, Some(dead)).await, (StatusCode::SERVICE_UNAVAILABLE, "worker\n"));
        let gone = Probe::new(database.options.clone().database("not_there"));
        assert_eq!(ask(&gone, None).await, (StatusCode::SERVICE_UNAVAILABLE, "database\n"));
    }

    #[test]
    fn a_beat_makes_the_worker_fresh_again() {
        let heart = Heartbeat::within(Duration::from_millis(30));
        std::thread::sleep(Duration::from_millis(40));
        assert!(!heart.is_fresh());
        heart.beat();
        assert!(heart.is_fresh());
    }
}
