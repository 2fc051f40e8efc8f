//! Log lines, as text or JSON, to standard error. Must not hold personal data: a request is logged by its route's
//! template, never by its path or query, and statements of the database are not logged at all.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Text,
    /// One object a line, for a collector.
    Json,
}

/// Starts logging. A second call changes nothing.
pub fn init(format: LogFormat, level: LevelFilter) {
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let registry = tracing_subscriber::registry().with(targets(level));
    let done = match format {
        LogFormat::Text => registry.with(lines).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    if done.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// The libraries' own lines may quote statements, addresses and headers: only their errors pass, and sqlx is silent.
fn targets(level: LevelFilter) -> Targets {
    Targets::new()
        .with_default(level.min(LevelFilter::ERROR))
        .with_target("onedoor", level)
        .with_target("onedoor_store", level)
        .with_target("sqlx", LevelFilter::OFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn libraries_cannot_quote_what_people_wrote() {
        let targets = targets(LevelFilter::TRACE);
        assert!(targets.would_enable("onedoor::serve", &Level::TRACE));
        assert!(targets.would_enable("onedoor_store::cluster", &Level::DEBUG));
        assert!(!targets.would_enable("sqlx::query", &Level::ERROR));
        assert!(!targets.would_enable("hyper::proto", &Level::DEBUG));
    }
}
