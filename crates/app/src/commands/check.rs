//! `onedoor check`: whether an installation can open its door. Must not change anything.

use std::path::Path;

use jiff::SignedDuration;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::value::Reference;
use onedoor_store::dump::Backups;
use onedoor_store::{Db, StoreError};

use super::Failure;
use super::database::Database;
use crate::backup::write::How;
use crate::cli::Check;
use crate::county::overview::late_texts;
use crate::county::users;
use crate::county::wants::{away_on_duty, cannot_answer, words_for};
use crate::settings::Settings;
use crate::web::Clock;
use crate::web::app::new_id;
use crate::words::Lang;

/// A day, and time to make one.
const STALE: SignedDuration = SignedDuration::from_hours(26);

pub(super) async fn run(settings: Settings, options: Check) -> Result<(), Failure> {
    // Wrong settings have ended the program before this, each with its name.
    println!("settings: ok");
    let database = Database::open(&settings).await?;
    let found = look(&settings, &database, &options).await;
    let closed = database.close().await;
    if found? { closed } else { Err(Failure::Check) }
}

/// Whether all is well; what is not has been printed.
async fn look(settings: &Settings, database: &Database, options: &Check) -> Result<bool, Failure> {
    let pending = database.place().await?.missing;
    if pending > 0 {
        println!("database: answers, and is {pending} steps behind this version. Run: onedoor migrate");
        return Ok(false);
    }
    println!("database: ok");
    let db = Db::connect(database.options.clone()).await?;
    let well = if let Some(file) = &options.references {
        references(&db, file).await
    } else {
        backups(settings, &db).await?;
        county(&db).await
    };
    db.close().await;
    well
}

/// A warning: the door may open without a backup, and somebody should know.
async fn backups(settings: &Settings, db: &Db) -> Result<(), Failure> {
    if How::of(settings).is_none() {
        println!("backup: none is made. Set backup_dir and backup_recipient (docs/backup.md)");
        return Ok(());
    }
    match Backups::of(db).last().await? {
        None => println!("backup: none was made yet. The worker makes the first when it starts"),
        Some(newest) if Clock::system().now().duration_since(newest.at) > STALE => {
            println!("backup: the newest is of {:.0}. Look for \"no backup was made\" in the log", newest.at);
        }
        Some(newest) => println!("backup: ok, of {:.0}", newest.at),
    }
    Ok(())
}

async fn ctx(db: &Db) -> Result<Option<Ctx>, StoreError> {
    let tenant = match db.tenant_of("").await {
        Ok(tenant) => tenant,
        Err(StoreError::Hidden) => return Ok(None),
        Err(error) => return Err(error),
    };
    let actor = Actor::System(SystemScope::Command);
    Ok(Some(Ctx { tenant, actor, now: Clock::system().now(), request: new_id(), ids: new_id }))
}

async fn county(db: &Db) -> Result<bool, Failure> {
    let not_set_up = || println!("county: not set up. Run: onedoor admin create --name NAME --email ADDRESS");
    let Some(ctx) = ctx(db).await? else {
        not_set_up();
        return Ok(false);
    };
    let mut tx = db.begin(&ctx).await?;
    let county = match tx.county().await {
        Ok((county, _)) => county,
        Err(StoreError::Hidden) => {
            not_set_up();
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    };
    let people = users(&mut tx).await?;
    let late = late_texts(&mut tx, ctx.now).await?;
    let absences = tx.absences().await?;
    tx.close().await?;
    // A warning: the door may open, and a text about danger has given way to the one with the numbers.
    for (_, words) in &late {
        println!("content: {words}");
    }
    // A warning as well: the ladder goes on to the next one, and somebody should know.
    for turn in county.away_on_duty(&absences, ctx.now) {
        println!("county: {}", away_on_duty(Lang::default(), turn));
    }
    let missing = county.missing(ctx.now);
    let unable = county.cannot_answer(&people, ctx.now);
    for user in &unable {
        println!("county: {}", cannot_answer(Lang::default(), user));
    }
    if missing.is_empty() && unable.is_empty() {
        println!("county: ok");
    }
    for each in &missing {
        println!("county: {}", words_for(Lang::default(), each));
    }
    Ok(missing.is_empty() && unable.is_empty())
}

/// Prints each line of the file that is no referral here.
async fn references(db: &Db, file: &Path) -> Result<bool, Failure> {
    let text = std::fs::read_to_string(file)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut wanted, mut well) = (Vec::new(), true);
    for line in lines {
        if let Ok(reference) = line.parse::<Reference>() {
            wanted.push(reference);
        } else {
            println!("references: {line} is not a reference");
            well = false;
        }
    }
    let missing = match ctx(db).await? {
        Some(ctx) => db.begin(&ctx).await?.missing_references(&wanted).await?,
        None => wanted.iter().map(|reference| reference.as_str().to_owned()).collect(),
    };
    for reference in &missing {
        println!("references: {reference} is missing");
    }
    println!("references: {} of {} found", wanted.len() - missing.len(), wanted.len());
    Ok(well && missing.is_empty())
}
