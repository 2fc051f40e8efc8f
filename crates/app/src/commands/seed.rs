//! `onedoor seed --demo`, and the first start of `onedoor serve --demo`: a fictional county and invented people.

use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::time::Instant;

use onedoor_store::Db;

use super::Failure;
use super::database::Database;
use crate::cli::Seed;
use crate::demo::{self, DemoError, PEOPLE, PERSONAS};
use crate::secret::Secret;
use crate::serve::Stop;
use crate::settings::Settings;
use crate::web::{App, Clock};

pub(super) async fn run(settings: Settings, options: Seed) -> Result<(), Failure> {
    let stop = Stop::on_signal()?;
    let database = Database::open(&settings).await?;
    let seeded = Box::pin(seed(settings, &database, options, stop)).await;
    let closed = database.close().await;
    seeded.and(closed)
}

async fn seed(settings: Settings, database: &Database, options: Seed, stop: Stop) -> Result<(), Failure> {
    database.migrate().await?;
    let secret = Secret::load_or_create(&settings.secret_file)?;
    let db = Db::connect(database.options.clone()).await.map_err(|_| Failure::Unreachable)?;
    let app = App::new(db, settings, secret, Clock::system());
    let made = demonstrate(&app, options.people, stop).await;
    app.db.close().await;
    made
}

/// Makes the demonstration, or finds it; says how far it has come.
pub(super) async fn demonstrate(app: &App, people: Option<u32>, mut stop: Stop) -> Result<(), Failure> {
    let since = Instant::now();
    let count = people.unwrap_or(PEOPLE);
    let progress = Progress::new(count);
    let made = tokio::select! {
        made = demo::demonstrate(app, count, |done| progress.show(done)) => made.map(|_| ()),
        () = stop.wait() => Err(DemoError::Cut),
    };
    progress.end();
    made.map_err(|error| Failure::Said(error.to_string()))?;
    println!(
        "Demonstration ready: Ashmere, {count} invented people ({:.1} s).",
        since.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Says who can be picked to look around, and where.
pub(super) fn print_personas(address: SocketAddr) {
    println!("\nSign in as, without a password (demonstration only):");
    for persona in PERSONAS {
        println!("  {:<16} {:<30} http://{address}/demo#{}", persona.name, persona.profession, persona.key);
    }
    println!("\nAsk for help, as anybody can:                     http://{address}/\n");
}

/// One line that counts on a terminal; a line for each quarter elsewhere.
struct Progress {
    count: u32,
    live: bool,
}

impl Progress {
    fn new(count: u32) -> Self {
        Self { count, live: std::io::stdout().is_terminal() }
    }

    fn show(&self, done: u32) {
        let count = self.count;
        if self.live {
            print!("\rMaking {count} invented people … {done}");
            std::io::stdout().flush().ok();
        } else if done.is_multiple_of((count / 4).max(1)) {
            println!("Making {count} invented people … {done}");
        }
    }

    fn end(&self) {
        if self.live {
            print!("\r\x1b[2K");
        }
    }
}
