//! Log lines, as text or JSON, to standard error. Must not hold personal data: a request is logged by its route's
//! template, never by its path or query, and statements of the database are not logged at all.

use std::io::{self, Stderr, Write};

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
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(|| OneLine(io::stderr()))
        .with_ansi(false)
        .with_target(false);
    let registry = tracing_subscriber::registry().with(targets(level));
    let done = match format {
        LogFormat::Text => registry.with(lines).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    if done.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// Writes each event as one line whatever is in it: what somebody else said, such as an answer of a mail server, can
/// neither begin a line of its own nor move the cursor of who reads it.
#[derive(Debug)]
struct OneLine<W = Stderr>(W);

impl<W: Write> Write for OneLine<W> {
    /// The whole of one event: that is how the formatter hands them over.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let (text, end) = match event.strip_suffix(b"\n") {
            Some(text) => (text, "\n"),
            None => (event, ""),
        };
        let mut line = String::with_capacity(event.len());
        for c in String::from_utf8_lossy(text).chars() {
            if c.is_control() { line.extend(c.escape_default()) } else { line.push(c) }
        }
        line.push_str(end);
        self.0.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
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
    use std::sync::{Arc, Mutex};
    use tracing::Level;

    #[test]
    fn what_somebody_else_said_never_begins_a_line_of_its_own() {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let writer = kept.clone();
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(move || OneLine(Kept(writer.clone())))
            .with_ansi(false);
        let said = "no\n2026-11-24T10:00:00Z ERROR signed in\r\u{1b}[2Jas\u{7}\u{85}admin";
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
            tracing::warn!(error = %said, "{said}");
            tracing::warn!(said, "again");
        });
        let written = String::from_utf8(kept.lock().unwrap().clone()).unwrap();
        assert_eq!(written.lines().count(), 2, "{written}");
        assert!(written.contains("no\\n2026-11-24"), "{written}");
        assert!(!written.trim_end().contains(|c: char| c.is_control() && c != '\n'), "{written:?}");
    }

    /// Keeps what is written.
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn libraries_cannot_quote_what_people_wrote() {
        let targets = targets(LevelFilter::TRACE);
        assert!(targets.would_enable("onedoor::serve", &Level::TRACE));
        assert!(targets.would_enable("onedoor_store::cluster", &Level::DEBUG));
        assert!(!targets.would_enable("sqlx::query", &Level::ERROR));
        assert!(!targets.would_enable("hyper::proto", &Level::DEBUG));
    }
}
