//! What somebody sees who opens the first page and the first question again and again.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::drill::http::Browser;

const PAGES: [&str; 3] = ["/", "/ask", "/crisis-help"];
const EVERY: Duration = Duration::from_millis(200);

/// How often what was seen.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Seen {
    /// The page as always.
    pub well: usize,
    /// A page that says what to do meanwhile (503), or that one asks too often (429).
    pub wait: usize,
    /// No whole answer, or one that helps nobody.
    pub none: usize,
    /// Seconds.
    pub slowest: f64,
}

/// Keeps looking and keeps count.
#[derive(Default)]
pub struct Eyes {
    seen: Mutex<Seen>,
}

impl Eyes {
    /// Looks until told to stop.
    pub fn watch(&self, addr: SocketAddr, stop: &AtomicBool) {
        for page in PAGES.iter().cycle() {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let begun = Instant::now();
            let status = Browser::new(addr).get(page).map(|answer| answer.status);
            if let Ok(mut seen) = self.seen.lock() {
                seen.count(status, begun.elapsed());
            }
            thread::sleep(EVERY);
        }
    }

    /// All that was seen.
    pub fn seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_default()
    }
}

impl Seen {
    fn count(&mut self, status: Option<u16>, took: Duration) {
        match status {
            Some(200..400) => self.well += 1,
            Some(429 | 503) => self.wait += 1,
            Some(_) | None => self.none += 1,
        }
        self.slowest = self.slowest.max(took.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_says_what_to_do_is_told_from_no_answer() {
        let mut seen = Seen::default();
        for status in [Some(200), Some(303), Some(503), Some(500), None] {
            seen.count(status, Duration::from_millis(20));
        }
        seen.count(Some(200), Duration::from_secs(4));
        assert_eq!(seen, Seen { well: 3, wait: 1, none: 2, slowest: 4.0 });
    }
}
