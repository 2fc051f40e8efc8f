//! `onedoor serve`: database, schema, pages, jobs; and all of it in the other order at the end.

use std::net::SocketAddr;

use axum::middleware::from_fn_with_state;
use onedoor_store::Db;
use onedoor_store::probe::Probe;
use tokio::net::TcpListener;

use super::database::Database;
use super::{Failure, seed};
use crate::backup::keep::keep;
use crate::cli::Serve;
use crate::health::{Health, Heartbeat};
use crate::metrics::{Metrics, track};
use crate::routes;
use crate::secret::Secret;
use crate::serve::{self, DRAIN, Patience, Stop};
use crate::settings::Settings;
use crate::web::{App, Clock};
use crate::work::Worker;

pub(super) async fn run(settings: Settings, options: Serve) -> Result<(), Failure> {
    let stop = Stop::on_signal()?;
    // Before the database: an address in use is found at once.
    let listener = bind("listen", settings.listen).await?;
    let database = Database::open(&settings).await?;
    let served = until_stopped((&settings, &options), &database, listener, stop).await;
    let closed = database.close().await;
    served.and(closed)
}

async fn until_stopped(
    (settings, options): (&Settings, &Serve),
    database: &Database,
    listener: TcpListener,
    stop: Stop,
) -> Result<(), Failure> {
    database.migrate().await?;
    let secret = Secret::load_or_create(&settings.secret_file)?;
    let db = Db::connect(database.options.clone()).await.map_err(|_| Failure::Unreachable)?;
    let app = App::new(db, settings.clone(), secret, Clock::system());
    if settings.demo {
        seed::demonstrate(&app, options.people, stop.clone()).await?;
        seed::print_personas(listener.local_addr()?);
    }
    let metrics = Metrics::default();
    serve_metrics(settings, metrics.clone(), stop.clone()).await?;
    let heartbeat = settings.worker.then(Heartbeat::default);
    let work = |heartbeat| {
        let (app, metrics, stop, options) =
            (app.clone(), metrics.clone(), stop.clone(), database.options.clone());
        async move {
            tokio::join!(
                Worker::new(&app).run(heartbeat, metrics.clone(), stop.clone()),
                keep(&app, &options, &metrics, stop),
            );
        }
    };
    let worker = heartbeat.clone().map(|heartbeat| tokio::spawn(work(heartbeat)));
    let health = Health::new(Probe::new(database.options.clone()), heartbeat);
    let router = routes::router(&app, health.clone()).layer(from_fn_with_state(metrics, track));
    tracing::info!(address = %listener.local_addr()?, "listening");
    serve::run(listener, router, stop, Patience::default()).await;
    if let Some(worker) = worker
        && tokio::time::timeout(DRAIN, worker).await.is_err()
    {
        tracing::warn!("a job took too long and was cut off; it will be done again");
    }
    app.db.close().await;
    health.close().await;
    Ok(())
}

/// A second demonstration on one machine goes without numbers; an installation says so and stops.
pub(super) async fn serve_metrics(settings: &Settings, metrics: Metrics, stop: Stop) -> Result<(), Failure> {
    let Some(address) = settings.metrics_listen else {
        return Ok(());
    };
    match bind("metrics_listen", address).await {
        Ok(listener) => {
            tokio::spawn(serve::run(listener, metrics.router(), stop, Patience::default()));
            Ok(())
        }
        Err(failure) if settings.demo => {
            tracing::warn!("no metrics: {failure}");
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

async fn bind(setting: &'static str, address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|source| Failure::Listen { setting, address, source })
}
