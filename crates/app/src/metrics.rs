//! Numbers about the running program, in Prometheus' text form. Must not carry personal data: labels are route templates,
//! status classes and fixed words only.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Seconds; a page is meant to take some hundredths.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabels {
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OriginLabels {
    origin: String,
}

/// A histogram for each route; a named function so that the type can be written down.
type Durations = Family<RouteLabels, Histogram, fn() -> Histogram>;

/// The program's numbers. Clones share them.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    durations: Durations,
    pool: Family<StateLabels, Gauge>,
    jobs: Family<StateLabels, Gauge>,
    job_delay: Gauge,
    notices: Family<StateLabels, Gauge>,
    repeats: Gauge,
    backup_age: Gauge,
    backup_failed: Gauge,
    audit_lag: Gauge,
    audit_rows: Gauge,
    audit_broken: Family<OriginLabels, Gauge>,
    served: Arc<AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("onedoor");
        let requests = Family::default();
        let durations: Durations = Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let (pool, jobs, notices) = (Family::default(), Family::default(), Family::default());
        let (job_delay, repeats) = (Gauge::default(), Gauge::default());
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("request_seconds", "Time until the answer began", durations.clone());
        registry.register("database_connections", "Connections of the pool by state", pool.clone());
        registry.register("jobs", "Queued jobs by state", jobs.clone());
        registry.register("job_delay_seconds", "How long the oldest due job waits", job_delay.clone());
        registry.register("notices", "Messages to people by state", notices.clone());
        registry.register(
            "questions_repeated",
            "Answered questions that people were asked again",
            repeats.clone(),
        );
        let (audit_lag, audit_rows, audit_broken) = (Gauge::default(), Gauge::default(), Family::default());
        let (backup_age, backup_failed) = (Gauge::default(), Gauge::default());
        registry.register("backup_age_seconds", "How old the newest backup is", backup_age.clone());
        registry.register("backup_failed", "1 where the last backup was not made", backup_failed.clone());
        registry.register(
            "audit_lag_seconds",
            "How long the oldest row of the audit waited for its seal",
            audit_lag.clone(),
        );
        registry.register("audit_rows", "Sealed rows of the audit", audit_rows.clone());
        registry.register(
            "audit_broken",
            "1 where the sealed audit does not fit together: somebody changed it",
            audit_broken.clone(),
        );
        Metrics {
            registry: Arc::new(registry),
            requests,
            durations,
            pool,
            jobs,
            job_delay,
            notices,
            repeats,
            backup_age,
            backup_failed,
            audit_lag,
            audit_rows,
            audit_broken,
            served: Arc::default(),
        }
    }
}

impl Metrics {
    /// Connections of the pool: in use and idle.
    pub fn set_pool(&self, in_use: u32, idle: u32) {
        for (state, count) in [("in_use", in_use), ("idle", idle)] {
            self.pool.get_or_create(&StateLabels { state }).set(count.into());
        }
    }

    /// Jobs in a state (a fixed word).
    pub fn set_jobs(&self, state: &'static str, count: i64) {
        self.jobs.get_or_create(&StateLabels { state }).set(count);
    }

    /// How many seconds the oldest due job waits.
    pub fn set_job_delay(&self, seconds: i64) {
        self.job_delay.set(seconds);
    }

    /// Notices in a state (a fixed word).
    pub fn set_notices(&self, state: &'static str, count: i64) {
        self.notices.get_or_create(&StateLabels { state }).set(count);
    }

    /// How often people were asked again what they had answered before.
    pub fn set_repeats(&self, count: i64) {
        self.repeats.set(count);
    }

    /// How many seconds old the newest backup is.
    pub fn set_backup_age(&self, age: i64) {
        self.backup_age.set(age);
    }

    /// Whether the last backup that was due was not made.
    pub fn set_backup_failed(&self, failed: bool) {
        self.backup_failed.set(failed.into());
    }

    /// How many rows of the audit are sealed, and how many seconds the oldest waited for it.
    pub fn set_audit(&self, rows: u64, lag: i64) {
        self.audit_rows.set(rows.cast_signed());
        self.audit_lag.set(lag);
    }

    /// Whether the sealed audit of a county does not fit together.
    pub fn set_audit_broken(&self, origin: &str, broken: bool) {
        self.audit_broken.get_or_create(&OriginLabels { origin: origin.to_owned() }).set(broken.into());
    }

    /// The page Prometheus reads.
    pub fn page(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    /// What is served on the metrics address: the same page for every path.
    pub fn router(self) -> Router {
        Router::new().fallback(answer).with_state(self)
    }
}

async fn answer(State(metrics): State<Metrics>) -> Response {
    let kind = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    match metrics.page() {
        Ok(page) => ([(CONTENT_TYPE, kind)], page).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Names one request in the log and to the person who reports a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Counts, times and logs each request, and gives it an id that the answer carries.
pub async fn track(State(metrics): State<Metrics>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = method_label(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let id = format!("{}-{}", std::process::id(), metrics.served.fetch_add(1, Ordering::Relaxed));
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status();
    tracing::info!(id, method, route, status = status.as_u16(), ms = took.as_secs_f64() * 1000.0, "request");
    metrics.durations.get_or_create(&RouteLabels { route: route.clone() }).observe(took.as_secs_f64());
    metrics.requests.get_or_create(&RequestLabels { method, route, status: status_class(status) }).inc();
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    response
}

/// Anybody can send any word as a method: only known ones become a label.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

fn status_class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500..600 => "5xx",
        _ => "1xx",
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a small router of the test's own")]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    fn router(metrics: &Metrics) -> Router {
        Router::new()
            .route("/person/{id}", get(|| async { "a page" }))
            .layer(from_fn_with_state(metrics.clone(), track))
    }

    fn request(method: &str, path: &str) -> Request {
        Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn requests_are_counted_by_template_and_never_by_path() {
        let metrics = Metrics::default();
        let router = router(&metrics);
        let first = router.clone().oneshot(request("GET", "/person/SECRET?name=SECRET")).await.unwrap();
        let second = router.clone().oneshot(request("GET", "/person/SECRET")).await.unwrap();
        assert_ne!(first.headers()["x-request-id"], second.headers()["x-request-id"]);
        router.clone().oneshot(request("SECRET", "/SECRET")).await.unwrap();
        let page = metrics.page().unwrap();
        assert!(!page.contains("SECRET"), "{page}");
        assert!(
            page.contains(r#"onedoor_requests_total{method="GET",route="/person/{id}",status="2xx"} 2"#),
            "{page}"
        );
        assert!(
            page.contains(r#"onedoor_requests_total{method="other",route="unmatched",status="4xx"} 1"#),
            "{page}"
        );
        assert!(page.contains(r#"onedoor_request_seconds_count{route="/person/{id}"} 2"#), "{page}");
    }

    #[tokio::test]
    async fn the_metrics_page_shows_queues_and_connections() {
        let metrics = Metrics::default();
        metrics.set_pool(3, 2);
        metrics.set_jobs("queued", 7);
        metrics.set_notices("failed", 1);
        let response = metrics.router().oneshot(request("GET", "/metrics")).await.unwrap();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8(bytes.to_vec()).unwrap();
        for line in [
            r#"onedoor_database_connections{state="in_use"} 3"#,
            r#"onedoor_jobs{state="queued"} 7"#,
            r#"onedoor_notices{state="failed"} 1"#,
        ] {
            assert!(page.contains(line), "{line} in {page}");
        }
        assert!(page.ends_with("# EOF\n"));
    }
}
