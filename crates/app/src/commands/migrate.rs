//! `onedoor migrate`: the schema, and nothing else.

use super::Failure;
use super::database::Database;
use crate::settings::Settings;

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let migrated = database.migrate().await;
    let closed = database.close().await;
    migrated.and(closed)
}
