//! `onedoor work`: jobs without pages, beside a `serve --no-work` or beside other workers.

use onedoor_store::Db;

use super::Failure;
use super::database::Database;
use super::serve::serve_metrics;
use crate::backup::keep::keep;
use crate::health::Heartbeat;
use crate::metrics::Metrics;
use crate::secret::Secret;
use crate::serve::Stop;
use crate::settings::Settings;
use crate::web::{App, Clock};
use crate::work::Worker;

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    let stop = Stop::on_signal()?;
    let database = Database::open(&settings).await?;
    let worked = Box::pin(until_stopped(&settings, &database, stop)).await;
    let closed = database.close().await;
    worked.and(closed)
}

async fn until_stopped(settings: &Settings, database: &Database, stop: Stop) -> Result<(), Failure> {
    database.migrate().await?;
    let secret = Secret::load_or_create(&settings.secret_file)?;
    let db = Db::connect(database.options.clone()).await.map_err(|_| Failure::Unreachable)?;
    let app = App::new(db, settings.clone(), secret, Clock::system());
    let metrics = Metrics::default();
    serve_metrics(settings, metrics.clone(), stop.clone()).await?;
    tracing::info!("working");
    tokio::join!(
        Worker::new(&app).run(Heartbeat::default(), metrics.clone(), stop.clone()),
        keep(&app, &database.options, &metrics, stop),
    );
    app.db.close().await;
    Ok(())
}
