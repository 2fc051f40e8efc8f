//! Everything that is measured in a county of one size, in its order.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::drive::{Pace, Sample, drive};
use super::figures::Figure;
use super::host::Host;
use super::people::sign_in_together;
use super::reference;
use super::scenes::{Around, Scene, as_ask, asking, sign_in};
use super::submit::{CLIENTS, Forms};
use super::weigh::weigh;
use super::wire::Wire;
use crate::sh::{self, Outcome};

/// As many as there are processors on the smallest machine a county would run it on.
const READERS: usize = 2;
const PATIENCE: Duration = Duration::from_mins(5);
/// Without the work behind requests (messages, clocks, the seal), which would be counted with whatever is asked beside it.
const ALONE: [&str; 4] = ["--demo", "--people", "0", "--no-work"];
/// What one self-referral may cost, in milliseconds of processor time.
const SUBMIT_GOAL: f64 = 0.45;
/// What the program may hold after fifty people signed in at once, in megabytes.
const MEMORY_GOAL: f64 = 80.0;

/// A county of one size, being measured.
pub struct Run<'a> {
    host: &'a mut Host,
    people: u64,
    seconds: u64,
    figures: Vec<Figure>,
}

impl<'a> Run<'a> {
    /// Nothing measured yet.
    pub fn new(host: &'a mut Host, people: u64, seconds: u64) -> Self {
        Self { host, people, seconds, figures: Vec::new() }
    }

    /// Measures everything.
    pub fn all(mut self) -> Outcome<Vec<Figure>> {
        let size = self.host.value("SELECT pg_database_size('onedoor') / 1048576")?;
        self.note("database_mb", size.parse().unwrap_or_default(), "MB");
        self.host.stop()?;
        let ready = self.host.start(&ALONE, PATIENCE)?;
        self.note("start_seconds", ready, "s");
        let around = Around::of(self.host)?;
        let session = sign_in(self.host, "senior-nurse")?;
        self.cold(&around)?;
        self.submits()?;
        for scene in Scene::ALL {
            self.scene(scene, &around, &session)?;
        }
        self.memory()?;
        self.weights(&session)?;
        self.seal()?;
        Ok(self.figures)
    }

    fn note(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.push(Figure::new(name, self.people, value, unit));
    }

    fn push(&mut self, figure: Figure) {
        let told = super::figures::table(std::slice::from_ref(&figure));
        sh::say(&format!("{}\n", told.lines().nth(1).unwrap_or_default()));
        self.figures.push(figure);
    }

    /// The first request of each kind after program and database were started.
    fn cold(&mut self, around: &Around) -> Outcome {
        self.host.stop()?;
        self.host.start(&ALONE, PATIENCE)?;
        let session = sign_in(self.host, "senior-nurse")?;
        for scene in Scene::ALL.into_iter().filter(|scene| *scene != Scene::TriageSave) {
            let ask = asking(scene, around);
            let pace = Pace { clients: 1, time: PATIENCE, from: 0, until: 1 };
            let sample = drive((self.host.addr(), &session), self.host.pids()?, pace, as_ask(&ask))?;
            self.note(format!("{}_cold_ms", scene.name()), sample.within(1.0), "ms");
        }
        Ok(())
    }

    /// Self-referrals beside single-row commits of the same database.
    fn submits(&mut self) -> Outcome {
        let (commits, cpu) = reference::commits(self.host, CLIENTS, self.seconds)?;
        self.note("pgbench_commits", commits, "1/s");
        self.note("pgbench_cpu_ms", cpu, "ms");
        let forms = Forms::ready(self.host, self.seconds)?;
        let sent = forms.send(self.host, self.seconds)?;
        forms.clear(self.host)?;
        self.push(Figure::new("self_referral_submit", self.people, sent.rate(), "1/s").against(commits));
        self.push(
            Figure::new("self_referral_cpu_ms", self.people, sent.cpu().both(), "ms").against(SUBMIT_GOAL),
        );
        self.times("self_referral", &sent);
        Ok(())
    }

    fn scene(&mut self, scene: Scene, around: &Around, session: &str) -> Outcome {
        let ask = asking(scene, around);
        let browser = (self.host.addr(), session);
        let most = scene.most(around);
        // Where there is little to ask about, little of it is used to warm up.
        let pace = |from: usize, until: usize, seconds: u64| Pace {
            clients: READERS,
            time: Duration::from_secs(seconds),
            from,
            until,
        };
        let warm = drive(browser, self.host.pids()?, pace(0, most / 10, self.seconds / 6 + 1), as_ask(&ask))?;
        let sample =
            drive(browser, self.host.pids()?, pace(warm.next + READERS, most, self.seconds), as_ask(&ask))?;
        let name = scene.name();
        let cpu = Figure::new(format!("{name}_cpu_ms"), self.people, sample.cpu().both(), "ms");
        self.push(match scene.goal() {
            Some(goal) => cpu.against(goal),
            None => cpu,
        });
        self.times(name, &sample);
        Ok(())
    }

    fn times(&mut self, name: &str, sample: &Sample) {
        self.note(format!("{name}_cpu_app_ms"), sample.cpu().app, "ms");
        self.note(format!("{name}_cpu_postgres_ms"), sample.cpu().postgres, "ms");
        self.note(format!("{name}_p50_ms"), sample.within(0.5), "ms");
        self.note(format!("{name}_p99_ms"), sample.within(0.99), "ms");
        self.note(format!("{name}_requests"), super::stats::as_f64(sample.count()), "");
    }

    /// Fifty people sign in at once, on a program that has done everything above.
    fn memory(&mut self) -> Outcome {
        sign_in_together(self.host, self.people)?;
        let peak = self.host.pids()?.peak_mb().ok_or("the program's memory cannot be read")?;
        self.push(Figure::new("app_peak_rss_mb", self.people, peak, "MB").against(MEMORY_GOAL));
        Ok(())
    }

    /// How fast the audit of all that was asked above is sealed, and of all that was copied, beside the other work that waited;
    /// for five minutes at most.
    fn seal(&mut self) -> Outcome {
        self.host.stop()?;
        let sealed = |host: &Host| -> Outcome<f64> {
            let last =
                "SELECT coalesce(max(n) + 1, 0) FROM audit_leaf WHERE tenant_id = (SELECT id FROM tenant)";
            let count = host.value(last)?;
            count.parse().map_err(|_| format!("`{count}` is no number of rows"))
        };
        self.host.start(&["--demo", "--people", "0"], PATIENCE)?;
        let (before, begun) = (sealed(self.host)?, Instant::now());
        let (mut rows, mut took) = (before, begun.elapsed());
        // Nothing more for three seconds: all of it is sealed.
        while begun.elapsed() < took + Duration::from_secs(3) && begun.elapsed() < PATIENCE {
            sleep(Duration::from_millis(200));
            let now = sealed(self.host)?;
            if now > rows {
                (rows, took) = (now, begun.elapsed());
            }
        }
        self.note("audit_rows_sealed", rows - before, "");
        self.note("audit_rows_sealed_per_second", (rows - before) / took.as_secs_f64(), "1/s");
        Ok(())
    }

    fn weights(&mut self, session: &str) -> Outcome {
        for (name, cookies, path) in
            [("ask", "", "/ask"), ("worklist", session, "/worklist"), ("my_day", session, "/my-day")]
        {
            let (page, all) = weigh(self.host.addr(), cookies, path)?;
            self.note(format!("{name}_page_kb"), page, "KB");
            self.note(format!("{name}_first_load_kb"), all, "KB");
        }
        Ok(())
    }
}

/// Seconds from nothing, no database among it, to the first answer.
pub fn first_start(program: PathBuf) -> Outcome<f64> {
    let place = std::env::temp_dir().join(format!("onedoor-bench-first-{}", std::process::id()));
    let mut host = Host::new(program, Some(place.clone()))?;
    let seconds = host.start(&[], PATIENCE);
    let answered = seconds.and_then(|seconds| Wire::new(host.addr()).get("/health/live").map(|_| seconds));
    drop(host);
    let _ = std::fs::remove_dir_all(&place);
    let _ = std::fs::remove_file(place.with_extension("log"));
    answered
}
