//! `cargo xtask drill`: what can go wrong around the program, done on purpose. In `crash` people ask for help while the program
//! and its database are killed; whoever was given a reference must be found again, and every page that was saved of a form still
//! under way must show it. Must not help the restart by hand in any way.

pub mod client;
mod faults;
pub mod http;
mod server;

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::install::{self, Need};
use crate::sh::{self, Outcome};
use crate::test;
use server::{Server, Victim};

const CLIENTS: usize = 8;
const FIRST_START: Duration = Duration::from_mins(3);
const RESTART: Duration = Duration::from_mins(1);
/// How long the program may take to bring its database back by itself before a supervisor would restart it.
const BY_ITSELF: Duration = Duration::from_secs(20);

/// What one round showed.
struct Round {
    victim: Victim,
    acknowledged: usize,
    lost: Vec<String>,
    /// Pages saved of forms that the kill cut short, and those that do not show it any more.
    pages: usize,
    pages_lost: Vec<String>,
    seconds: f64,
    restarted: bool,
}

/// Runs the command.
pub fn run(mut args: Vec<String>) -> Outcome {
    let rounds = match sh::take_option(&mut args, "--rounds")? {
        None => 20,
        Some(text) => {
            text.parse::<usize>().ok().filter(|n| *n > 0).ok_or("--rounds needs a whole number above 0")?
        }
    };
    let only = sh::take_option(&mut args, "--only")?;
    let which = args.first().cloned();
    sh::nothing_left(args.get(1..).unwrap_or_default())?;
    match which.as_deref() {
        Some("crash") => {
            ready()?;
            crash(rounds)
        }
        Some("faults") => {
            ready()?;
            faults::run(only.as_deref())
        }
        Some(_) | None => {
            Err("which drill? There are `crash [--rounds N]` and `faults [--only WORDS]`".to_owned())
        }
    }
}

fn ready() -> Outcome {
    install::ensure(&[Need::Postgres, Need::Node])?;
    sh::run(&mut test::words(test::PROGRAM)?)
}

fn crash(rounds: usize) -> Outcome {
    let (begun, mut dice) = (Instant::now(), Dice::new());
    println!("drill crash: {rounds} rounds, {CLIENTS} people at a time, seed {}", dice.seed);
    let mut server = Server::new()?;
    println!("first page after {:.1} s", server.start(FIRST_START)?);
    // Before anything is killed the form must work: a drill that cannot ask would find nothing lost.
    let mut acknowledged = Vec::new();
    for door in 0..client::DOORS {
        acknowledged.push(client::submit(server.addr(), door)?);
    }
    let (mut lost, mut pages) = (0, 0);
    println!("\nround  killed    acknowledged  lost  saved pages  lost  seconds to answer again");
    for n in 0..rounds {
        let round = round(&mut server, n, &mut dice, &mut acknowledged)?;
        println!("{}", line(n + 1, &round));
        lost += round.lost.len() + round.pages_lost.len();
        pages += round.pages;
    }
    println!(
        "\n{} acknowledged and {pages} saved pages of unfinished forms in all, {lost} lost, in {:.0} s",
        acknowledged.len(),
        begun.elapsed().as_secs_f64()
    );
    // More than the first and those after each round.
    match (lost, acknowledged.len() > client::DOORS + rounds && pages > 0) {
        (0, true) => Ok(()),
        (0, false) => {
            Err("nothing was acknowledged while parts were killed, so nothing is proven".to_owned())
        }
        (lost, _) => Err(format!("{lost} acknowledged referrals or saved pages were lost")),
    }
}

fn round(server: &mut Server, n: usize, dice: &mut Dice, acknowledged: &mut Vec<String>) -> Outcome<Round> {
    let victim = Victim::of_round(n);
    let moment = Duration::from_millis(500 + dice.below(2500));
    let before = acknowledged.len();
    let load = Load::default();
    let killed = thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (load, addr) = (&load, server.addr());
            scope.spawn(move || load.keep_asking(addr, n * 100_000 + client * 10_000));
        }
        thread::sleep(moment);
        let killed = server.kill(victim);
        load.stop.store(true, Ordering::Relaxed);
        killed
    });
    killed?;
    acknowledged.extend(load.references.into_inner().unwrap_or_default());
    let mut under_way = load.under_way.into_inner().unwrap_or_default();
    let begun = Instant::now();
    let alone = came_back_alone(server, n);
    let restarted = alone.is_none();
    let seconds = if restarted { server.start(RESTART)? } else { begun.elapsed().as_secs_f64() };
    acknowledged.extend(alone);
    let lost = server.missing(acknowledged)?;
    let pages = under_way.iter().map(client::Walk::saved).sum();
    let pages_lost = under_way.iter_mut().flat_map(client::Walk::lost).collect();
    // What is lost is told once.
    acknowledged.retain(|reference| !lost.contains(reference));
    let acknowledged = acknowledged.len() + lost.len() - before;
    Ok(Round { victim, acknowledged, lost, pages, pages_lost, seconds, restarted })
}

/// A program that outlived its database may bring it back: it has when somebody can ask for help again, whose reference
/// this is. Connections that outlive their server for a moment do not count. One that cannot is ended, as a supervisor would.
fn came_back_alone(server: &mut Server, n: usize) -> Option<client::Reference> {
    let begun = Instant::now();
    while server.runs() && begun.elapsed() < BY_ITSELF {
        if server.answers()
            && let Ok(reference) = client::submit(server.addr(), n * 100_000 + CLIENTS * 10_000)
        {
            return Some(reference);
        }
        thread::sleep(Duration::from_millis(100));
    }
    server.end_app();
    None
}

fn line(n: usize, round: &Round) -> String {
    let victim = format!("{:?}", round.victim).to_lowercase();
    let how = if round.restarted { "restarted" } else { "by itself" };
    let mut text = format!(
        "{n:>5}  {victim:<8}  {:>12}  {:>4}  {:>11}  {:>4}  {:.1} ({how})",
        round.acknowledged,
        round.lost.len(),
        round.pages,
        round.pages_lost.len(),
        round.seconds
    );
    for reference in round.lost.iter().chain(&round.pages_lost) {
        let _ = write!(text, "\n       LOST {reference}");
    }
    text
}

/// Eight people's worth of asking, until told to stop.
#[derive(Default)]
struct Load {
    stop: AtomicBool,
    sent: AtomicUsize,
    references: Mutex<Vec<String>>,
    /// Whoever had saved something when they were cut off.
    under_way: Mutex<Vec<client::Walk>>,
    /// Whoever was told on a page to wait, and whoever got no answer or one that helps nobody.
    told: AtomicUsize,
    cut_off: AtomicUsize,
    /// How long each waits where a page says to, and how often what it kept was sent again.
    patience: Duration,
    sent_again: AtomicUsize,
}

impl Load {
    fn keep_asking(&self, addr: SocketAddr, first: usize) {
        while !self.stop.load(Ordering::Relaxed) {
            let n = first + self.sent.fetch_add(1, Ordering::Relaxed);
            let mut walk = client::Walk::patient(addr, n, self.patience);
            let asked = walk.ask_until_sent();
            self.sent_again.fetch_add(walk.sent_again(), Ordering::Relaxed);
            match asked {
                Ok(reference) => {
                    if let Ok(mut references) = self.references.lock() {
                        references.push(reference);
                    }
                    continue;
                }
                Err(why) => {
                    let told = ["answered 503", "answered 429"].iter().any(|said| why.contains(said));
                    let count = if told { &self.told } else { &self.cut_off };
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
            if let Ok(mut under_way) = self.under_way.lock() {
                under_way.extend((walk.saved() > 0).then_some(walk));
            }
            // The server may just have been killed: do not spin.
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Small numbers that need not be secret; the seed is printed.
struct Dice {
    seed: u64,
    state: u64,
}

impl Dice {
    fn new() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let seed = u64::from(since.subsec_nanos()) | 1;
        Self { seed, state: seed }
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_named_in_the_round_it_was_found() {
        let round = Round {
            victim: Victim::Both,
            acknowledged: 12,
            lost: vec!["ABCDEFGH".to_owned()],
            pages: 30,
            pages_lost: vec!["/ask/1/name".to_owned()],
            seconds: 1.5,
            restarted: true,
        };
        assert!(line(3, &round).contains("LOST ABCDEFGH"));
        assert!(line(3, &round).ends_with("LOST /ask/1/name"));
    }

    #[test]
    fn wrong_words_are_refused_before_anything_is_built() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for bad in ["", "flood", "crash --rounds 0", "crash --rounds", "crash now"] {
            assert!(run(words(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_moment_of_the_kill_varies() {
        let mut dice = Dice { seed: 7, state: 7 };
        let moments: std::collections::BTreeSet<u64> = (0..20).map(|_| dice.below(2500)).collect();
        assert!(moments.len() > 15);
    }
}
