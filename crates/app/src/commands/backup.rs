//! `onedoor backup` and `onedoor restore`: one moment of the database, out and back.

use std::time::Instant;

use super::Failure;
use super::database::Database;
use crate::backup::write::How;
use crate::backup::{BackupError, Manifest};
use crate::cli::{Backup, Restore};
use crate::serve::Stop;
use crate::settings::Settings;
use crate::web::Clock;

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        Self::Said(error.to_string())
    }
}

pub(super) async fn write(settings: Settings, options: Backup) -> Result<(), Failure> {
    let folder = options.to.or_else(|| settings.backup_dir.clone());
    let recipient = options.recipient.or_else(|| settings.backup_recipient.clone());
    let (Some(folder), Some(recipient)) = (folder, recipient) else {
        let said = "say where and for whom: --to DIR --recipient age1…, or the settings backup_dir and backup_recipient. \
                    Make a key with age-keygen, and keep the secret part away from this machine";
        return Err(Failure::Said(said.to_owned()));
    };
    let stop = Stop::on_signal()?;
    let database = Database::open(&settings).await?;
    let since = Instant::now();
    let how = How { folder, recipient, trial: (!options.untried).then(|| settings.data.clone()) };
    let clock = Clock::system();
    let made = Box::pin(crate::backup::write::write(&database.options, &how, &clock, &stop)).await;
    let closed = database.close().await;
    tell("written", &made?, since);
    closed
}

pub(super) async fn restore(settings: Settings, options: Restore) -> Result<(), Failure> {
    let stop = Stop::on_signal()?;
    let database = Database::open(&settings).await?;
    let since = Instant::now();
    let back = crate::backup::restore::restore(&options.file, &options.identity, &database.options, &stop);
    let back = Box::pin(back).await;
    let closed = database.close().await;
    tell("brought back", &back?, since);
    println!(
        "Run `onedoor audit verify`, and start with the secret_file of that installation: another cannot read what it sealed."
    );
    closed
}

fn tell(what: &str, manifest: &Manifest, since: Instant) {
    println!(
        "{}: {what} in {:.1} s, {} bytes, as of {}",
        manifest.file,
        since.elapsed().as_secs_f64(),
        manifest.bytes,
        manifest.at
    );
    for sealed in &manifest.audit {
        println!("county {}: the audit with {} sealed rows is whole", sealed.county.0, sealed.rows);
    }
    if manifest.tried_at.is_none() {
        println!("It was not brought back on trial.");
    }
}
