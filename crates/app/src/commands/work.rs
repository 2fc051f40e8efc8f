//! `onedoor work`: jobs without pages.

use std::time::Duration;

use super::Failure;
use super::database::Database;
use crate::health::Heartbeat;
use crate::serve::Stop;
use crate::settings::Settings;

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    let stop = Stop::on_signal()?;
    let database = Database::open(&settings).await?;
    until_stopped(Heartbeat::default(), stop).await;
    database.close().await
}

/// The worker's loop: shows that it lives. There are no jobs yet.
pub(super) async fn until_stopped(heartbeat: Heartbeat, mut stop: Stop) {
    loop {
        heartbeat.beat();
        tokio::select! {
            () = stop.wait() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}
