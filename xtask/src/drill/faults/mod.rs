//! `cargo xtask drill faults`: people ask for help while something around the program goes wrong. For each fault: what they saw,
//! whether anything that was acknowledged is lost, and how long until help can be asked for again with no hand lent. Must not
//! help the recovery in any way but as a supervisor would: a program that has ended is started again.

mod crowd;
mod eyes;
mod ground;
mod proxy;

use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use super::server::Server;
use super::{CLIENTS, FIRST_START, Load, RESTART, client};
use crate::sh::Outcome;
use eyes::{Eyes, Seen};
use ground::{Ground, Place};
use proxy::Cut;

/// How long people ask before the fault begins, and after it is over.
const AROUND: Duration = Duration::from_secs(3);
/// How long the program has to come back.
const PATIENCE: Duration = Duration::from_mins(3);
const HOUR: i64 = 3600;

/// Everything a fault can be done to.
struct Stage {
    server: Server,
    ground: Ground,
}

/// Something that goes wrong, and is over when the function returns; then what is worth saying of it.
type Hold = fn(&mut Stage) -> Outcome<String>;

/// The faults in their order. The database is taken away first, the memory last.
const FAULTS: [(&str, Hold); 15] = [
    ("nothing (for comparison)", |_| Ok(held(10))),
    ("database connections cut", |stage| Ok(cut(stage, Cut::Refused, 0))),
    ("database away 5 s", |stage| Ok(cut(stage, Cut::Refused, 5))),
    ("database away 60 s", |stage| Ok(cut(stage, Cut::Refused, 60))),
    ("database silent 20 s", |stage| Ok(cut(stage, Cut::Silent, 20))),
    ("disk of the data full 10 s", |stage| full(stage, Place::Data)),
    ("disk of the journal full 10 s", |stage| full(stage, Place::Journal)),
    ("clock one hour ahead 10 s", |stage| jump(stage, HOUR)),
    ("clock one hour behind 10 s", |stage| jump(stage, -HOUR)),
    ("1,000 idle connections 15 s", |stage| Ok(crowd::idle(stage.server.addr(), 1000, 15))),
    ("200 clients that send a byte a second", |stage| Ok(crowd::slow(stage.server.addr(), 200, 40))),
    ("10,000 drafts of garbage", |stage| Ok(crowd::garbage(stage.server.addr(), 10_000))),
    ("one database process killed for memory", |stage| stage.ground.kill_a_backend()),
    ("whole database killed for memory", |stage| stage.ground.kill_database()),
    ("program killed for memory", |stage| {
        stage.server.end_app();
        Ok(String::new())
    }),
];

/// What one fault showed.
struct Shown {
    acknowledged: usize,
    lost: Vec<String>,
    /// Forms that ended on a page that says to wait, and those that ended without an answer.
    told: usize,
    cut_off: usize,
    /// Pages that said to wait and kept what was typed, which was then sent again by their button.
    sent_again: usize,
    seen: Seen,
    /// Until somebody's request was acknowledged again, from the moment the fault was over.
    seconds: f64,
    restarted: bool,
    said: String,
}

/// Runs every fault whose name has `only` in it.
pub fn run(only: Option<&str>) -> Outcome {
    let begun = Instant::now();
    let mut stage = Stage::new()?;
    println!(
        "first page after {:.1} s; {} people ask at a time\n",
        stage.server.start(FIRST_START)?,
        CLIENTS
    );
    println!(
        "| fault | first pages as always | told to wait | no answer | slowest | forms sent and acknowledged | lost | kept by a page and sent again | given up | cut off | asked again after | |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut lost = 0;
    let chosen = FAULTS.iter().filter(|(name, _)| only.is_none_or(|part| name.contains(part)));
    for (n, (name, hold)) in chosen.enumerate() {
        if let Some(why) = stage.ground.cannot(name) {
            println!("| {name} | not measured: {why} |||||||||||");
            continue;
        }
        let shown = stage.through(n + 1, *hold)?;
        println!("{}", row(name, &shown));
        lost += shown.lost.len();
    }
    println!("\nin {:.0} s", begun.elapsed().as_secs_f64());
    if lost == 0 { Ok(()) } else { Err(format!("{lost} acknowledged requests were lost")) }
}

impl Stage {
    fn new() -> Outcome<Self> {
        let ground = Ground::new()?;
        let server = Server::new()?.with(ground.settings());
        Ok(Self { server, ground })
    }

    /// One fault, with people asking before, during and after it.
    fn through(&mut self, n: usize, hold: Hold) -> Outcome<Shown> {
        let load = Load { patience: PATIENCE, ..Load::default() };
        let (eyes, addr) = (Eyes::default(), self.server.addr());
        let (said, seconds, restarted) = thread::scope(|scope| {
            for client in 0..CLIENTS {
                let load = &load;
                scope.spawn(move || load.keep_asking(addr, n * 100_000 + client * 10_000));
            }
            scope.spawn(|| eyes.watch(addr, &load.stop));
            thread::sleep(AROUND);
            let said = hold(self);
            let back = self.back(n);
            thread::sleep(AROUND);
            load.stop.store(true, Ordering::Relaxed);
            let (seconds, restarted) = back?;
            Ok::<_, String>((said?, seconds, restarted))
        })?;
        let references = load.references.into_inner().unwrap_or_default();
        let lost = self.server.missing(&references)?;
        Ok(Shown {
            acknowledged: references.len(),
            lost,
            told: load.told.into_inner(),
            cut_off: load.cut_off.into_inner(),
            sent_again: load.sent_again.into_inner(),
            seen: eyes.seen(),
            seconds,
            restarted,
            said,
        })
    }

    /// Until a request is acknowledged again, and whether the program or its database had ended and was started again.
    fn back(&mut self, n: usize) -> Outcome<(f64, bool)> {
        let (begun, mut restarted) = (Instant::now(), false);
        while begun.elapsed() < PATIENCE {
            restarted |= self.ground.supervise()?;
            if !self.server.runs() {
                restarted = true;
                self.server.start(RESTART)?;
            }
            if client::submit(self.server.addr(), n * 100_000 + CLIENTS * 10_000).is_ok() {
                return Ok((begun.elapsed().as_secs_f64(), restarted));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(format!("nobody could ask for help for {} s after the fault was over", PATIENCE.as_secs()))
    }
}

/// Lets it last, with nothing more to say of it.
fn held(seconds: u64) -> String {
    thread::sleep(Duration::from_secs(seconds));
    String::new()
}

fn cut(stage: &Stage, how: Cut, seconds: u64) -> String {
    stage.ground.proxy().cut(how);
    let said = held(seconds);
    stage.ground.proxy().mend();
    said
}

fn full(stage: &Stage, place: Place) -> Outcome<String> {
    let ballast = stage.ground.fill(place)?;
    if place == Place::Journal {
        stage.ground.use_up_journal();
    }
    let said = held(10);
    ballast.remove()?;
    Ok(said)
}

fn jump(stage: &Stage, seconds: i64) -> Outcome<String> {
    stage.ground.set_clock(seconds)?;
    let said = held(10);
    stage.ground.set_clock(0)?;
    Ok(said)
}

fn row(name: &str, shown: &Shown) -> String {
    let Seen { well, wait, none, slowest } = shown.seen;
    let how = if shown.restarted { "started again by the supervisor" } else { "by itself" };
    let mut text = format!(
        "| {name} | {well} | {wait} | {none} | {slowest:.1} s | {} | {} | {} | {} | {} | {:.1} s, {how} | {} |",
        shown.acknowledged,
        shown.lost.len(),
        shown.sent_again,
        shown.told,
        shown.cut_off,
        shown.seconds,
        shown.said
    );
    for reference in &shown.lost {
        text.push_str("\nLOST ");
        text.push_str(reference);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_was_seen_and_names_what_was_lost() {
        let seen = Seen { well: 40, wait: 3, none: 1, slowest: 2.25 };
        let lost = vec!["ABCDEFGH".to_owned()];
        let shown = Shown {
            acknowledged: 9,
            lost,
            told: 2,
            cut_off: 0,
            sent_again: 5,
            seen,
            seconds: 1.25,
            restarted: false,
            said: String::new(),
        };
        let row = row("database away 5 s", &shown);
        assert!(
            row.starts_with(
                "| database away 5 s | 40 | 3 | 1 | 2.2 s | 9 | 1 | 5 | 2 | 0 | 1.2 s, by itself |"
            ),
            "{row}"
        );
        assert!(row.ends_with("LOST ABCDEFGH"));
    }
}
