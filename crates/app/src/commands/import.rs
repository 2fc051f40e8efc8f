//! `onedoor import directory`: takes in a feed of services, says what came of it, and names every record that was not taken.

use std::io::{IsTerminal as _, Write as _};
use std::time::Instant;

use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::directory::{Import, NotRetired};
use onedoor_domain::ids::{ImportId, TenantId};
use onedoor_domain::value::Line;
use onedoor_store::{Db, StoreError};

use super::Failure;
use super::database::Database;
use crate::cli::Directory;
use crate::directory::import::{How, Importer, Source};
use crate::directory::mistake_words;
use crate::settings::Settings;
use crate::web::Clock;
use crate::web::app::new_id;
use crate::words::Lang;

/// So many records are named on the terminal; all of them stand on the page of the import.
const NAMED: usize = 200;

pub(super) async fn run(settings: Settings, options: Directory) -> Result<(), Failure> {
    let source = Source::of(&options.from);
    let name = options.feed.clone().unwrap_or_else(|| source.name());
    let feed: Line = name.parse().map_err(|_| Failure::Said("--feed: give a name of one line".to_owned()))?;
    let database = Database::open(&settings).await?;
    let done = Box::pin(take(&database, &options, &source, feed)).await;
    let closed = database.close().await;
    done.and(closed)
}

async fn take(database: &Database, options: &Directory, source: &Source, feed: Line) -> Result<(), Failure> {
    database.migrate().await?;
    let db = Db::connect(database.options.clone()).await.map_err(|_| Failure::Unreachable)?;
    let tenant = match db.tenant_of(options.county.as_deref().unwrap_or_default()).await {
        Ok(tenant) => tenant,
        Err(StoreError::Hidden) => {
            let said =
                "no such county here. Name it by its host with --county, or make one: onedoor admin create";
            return Err(Failure::Said(said.to_owned()));
        }
        Err(error) => return Err(error.into()),
    };
    let since = Instant::now();
    let how = How { from_start: options.from_start, retire_many: options.retire_many };
    let live = std::io::stdout().is_terminal();
    let heard = move |import: &Import| {
        if live {
            print!("\r{} records read …", import.at.records);
            std::io::stdout().flush().ok();
        }
    };
    let taken = Importer::new(&db, || ctx(tenant)).hearing(heard).take(source, feed, how).await;
    if live {
        print!("\r\x1b[2K");
    }
    let import = taken.map_err(|error| Failure::Said(error.to_string()))?;
    tell(&import, since);
    name_problems(&db, tenant, import.id).await?;
    db.close().await;
    Ok(())
}

fn ctx(tenant: TenantId) -> Ctx {
    let actor = Actor::System(SystemScope::Command);
    Ctx { tenant, actor, now: Clock::system().now(), request: new_id(), ids: new_id }
}

fn tell(import: &Import, since: Instant) {
    let memory =
        peak_memory().map(|kib| format!(", at most {} MiB of memory", kib / 1024)).unwrap_or_default();
    println!(
        "{}: {} records in {:.1} s{memory}. {} taken, {} not taken.",
        import.feed,
        import.at.records,
        since.elapsed().as_secs_f64(),
        import.taken,
        import.broken
    );
    let outcome = import.outcome.unwrap_or_default();
    println!(
        "Services: {} added, {} changed, {} the same, {} changed in the feed only (people read what was written here), \
         {} not in the feed any more.",
        outcome.added, outcome.changed, outcome.same, outcome.kept, outcome.retired
    );
    match import.not_retired {
        Some(NotRetired::Unsteady) => println!(
            "Services that are not in the feed were left: it held another number of records than it said. \
             Take it in again when it is complete."
        ),
        Some(NotRetired::TooMany) => println!(
            "Services that are not in the feed were left: more than half of them would go. \
             If that is right, give the same command with --retire-many."
        ),
        None => {}
    }
}

/// What this process held at most, in KiB, where the system says so.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

async fn name_problems(db: &Db, tenant: TenantId, id: ImportId) -> Result<(), Failure> {
    let lang = Lang::default();
    let (mut after, mut named) = (0, 0);
    loop {
        let mut tx = db.begin(&ctx(tenant)).await?;
        let (import, problems) = tx.import(id, after).await?;
        tx.close().await?;
        let Some(last) = problems.last() else { return Ok(()) };
        after = last.position;
        for problem in &problems {
            if named == NAMED {
                let more = import.broken.saturating_sub(u64::try_from(NAMED).unwrap_or(u64::MAX));
                println!("… and {more} more: /directory/imports/{id}");
                return Ok(());
            }
            named += 1;
            let service = problem.id.map(|id| format!(", service {id}")).unwrap_or_default();
            let wrong: Vec<String> =
                problem.mistakes.iter().map(|mistake| mistake_words(lang, mistake)).collect();
            println!("record {}{service}: {}", problem.position, wrong.join("; "));
        }
    }
}
