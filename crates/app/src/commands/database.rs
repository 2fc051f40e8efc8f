//! The database a command works on: the one that was named, or the private one. Must not be kept after the command.

use std::time::{Duration, Instant};

use onedoor_store::Options;
use onedoor_store::cluster::{Cluster, make_dir};
use onedoor_store::migrate::Place;
use onedoor_store::probe::Probe;

use super::Failure;
use crate::settings::Settings;

/// The database's name in the private cluster.
const NAME: &str = "onedoor";
/// A database that restarts or fails over is back within this.
const PATIENCE: Duration = Duration::from_secs(30);

/// A database that answers.
#[derive(Debug)]
pub(super) struct Database {
    pub options: Options,
    cluster: Option<Cluster>,
}

impl Database {
    /// Starts the private cluster, or waits for the named database.
    pub async fn open(settings: &Settings) -> Result<Database, Failure> {
        let Some(options) = settings.database_url.clone() else {
            let cluster = Cluster::start(&settings.data).await?;
            let options = cluster.database(NAME).await?;
            return Ok(Database { options, cluster: Some(cluster) });
        };
        // Keys, checkpoints and the trial of a backup lie there too. Where it cannot be made, whoever needs it says so.
        make_dir(&settings.data).ok();
        let probe = Probe::new(options.clone());
        let since = Instant::now();
        while !probe.answers(Duration::from_secs(5)).await {
            if since.elapsed() > PATIENCE {
                return Err(Failure::Unreachable);
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        probe.close().await;
        Ok(Database { options, cluster: None })
    }

    /// Brings the schema to this version.
    pub async fn migrate(&self) -> Result<(), Failure> {
        onedoor_store::migrate::run(self.options.clone())
            .await
            .map_err(|error| Failure::Migrate(error.to_string()))
    }

    /// Where the schema is; a database that a newer version was at is refused.
    pub async fn place(&self) -> Result<Place, Failure> {
        onedoor_store::migrate::place(&self.options)
            .await
            .map_err(|error| Failure::Migrate(error.to_string()))
    }

    /// Stops the private cluster if nobody else uses it.
    pub async fn close(self) -> Result<(), Failure> {
        match self.cluster {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}
