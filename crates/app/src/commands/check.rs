//! `onedoor check`: whether an installation can start. Must not change anything.

use super::Failure;
use super::database::Database;
use crate::cli::Check;
use crate::settings::Settings;

pub(super) async fn run(settings: Settings, options: Check) -> Result<(), Failure> {
    if options.references.is_some() {
        return Err(Failure::NotYet("check --references"));
    }
    println!("settings: ok");
    let database = Database::open(&settings).await?;
    println!("database: ok");
    database.close().await
}
