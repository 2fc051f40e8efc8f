//! Asks the program for one thing again and again, from several connections at once, and measures each answer. Must not
//! know what is asked.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::cpu::{Cpu, Pids};
use super::stats::{as_f64, per, percentile};
use super::wire::Wire;
use crate::sh::Outcome;

/// One request of a kind: the connection, and which of the kind it is.
pub type Ask<'a> = &'a (dyn Fn(&mut Wire, usize) -> Outcome + Sync);

/// How hard and how long.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Connections at once, each asking again as soon as it was answered.
    pub clients: usize,
    /// For so long.
    pub time: Duration,
    /// The first request's number.
    pub from: usize,
    /// The number at which there is nothing left to ask for.
    pub until: usize,
}

/// What was measured.
#[derive(Debug)]
pub struct Sample {
    /// Milliseconds of each answered request, sorted.
    times: Vec<f64>,
    seconds: f64,
    cpu: Cpu,
    /// The number of the next request.
    pub next: usize,
}

impl Sample {
    /// Answered requests.
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// The time within which so great a share was answered, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        percentile(&self.times, share)
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        if self.seconds > 0.0 { as_f64(self.count()) / self.seconds } else { 0.0 }
    }

    /// Processor milliseconds a request, of the program and of the database.
    pub fn cpu(&self) -> Cpu {
        Cpu { app: per(self.cpu.app, self.count()), postgres: per(self.cpu.postgres, self.count()) }
    }
}

/// Asks until the time is over or nothing is left. An answer that is not what it should be ends it: figures of errors
/// would look good.
pub fn drive((addr, cookies): (SocketAddr, &str), pids: Pids, pace: Pace, ask: Ask) -> Outcome<Sample> {
    let next = AtomicUsize::new(pace.from);
    let failed: Mutex<Option<String>> = Mutex::new(None);
    let (before, begun) = (pids.cpu(), Instant::now());
    let mut times: Vec<f64> = thread::scope(|scope| {
        let client = || {
            let mut wire = Wire::with(addr, cookies);
            let mut times = Vec::new();
            while begun.elapsed() < pace.time && failed.lock().is_ok_and(|failed| failed.is_none()) {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= pace.until {
                    break;
                }
                let asked = Instant::now();
                match ask(&mut wire, n) {
                    Ok(()) => times.push(asked.elapsed().as_secs_f64() * 1e3),
                    Err(why) => drop(failed.lock().map(|mut failed| failed.get_or_insert(why).clone())),
                }
            }
            times
        };
        let clients: Vec<_> = (0..pace.clients).map(|_| scope.spawn(client)).collect();
        clients.into_iter().flat_map(|client| client.join().unwrap_or_default()).collect()
    });
    let (seconds, cpu) = (begun.elapsed().as_secs_f64(), pids.cpu().since(before));
    if let Some(why) = failed.into_inner().ok().flatten() {
        return Err(why);
    }
    times.sort_by(f64::total_cmp);
    Ok(Sample { times, seconds, cpu, next: next.into_inner().min(pace.until) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(until: usize) -> Pace {
        Pace { clients: 3, time: Duration::from_secs(5), from: 2, until }
    }

    const NOBODY: Pids = Pids { app: 0, postmaster: 0 };

    #[test]
    fn everything_is_asked_once_and_no_more() {
        let asked = Mutex::new(Vec::new());
        let ask = |_: &mut Wire, n: usize| {
            asked.lock().unwrap().push(n);
            Ok(())
        };
        let place = ("127.0.0.1:1".parse().unwrap(), "");
        let sample = drive(place, NOBODY, pace(12), &ask).unwrap();
        let mut asked = asked.into_inner().unwrap();
        asked.sort_unstable();
        assert_eq!(asked, (2..12).collect::<Vec<_>>());
        assert_eq!((sample.count(), sample.next), (10, 12));
    }

    #[test]
    fn a_wrong_answer_ends_it_with_its_reason() {
        let ask = |_: &mut Wire, n: usize| if n == 5 { Err("no page".to_owned()) } else { Ok(()) };
        let place = ("127.0.0.1:1".parse().unwrap(), "");
        assert_eq!(drive(place, NOBODY, pace(100_000_000), &ask).unwrap_err(), "no page");
    }
}
