//! Asks one question: does the database answer? Must not read any table.

use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};

/// Where a database is and who connects to it.
pub type Options = PgConnectOptions;

/// Reads a `postgres://` address. The error names what is wrong and never repeats a password.
pub fn parse_url(url: &str) -> Result<Options, String> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err("it does not begin with postgres://".to_owned());
    }
    Options::from_str(url).map_err(|error| error.to_string())
}

/// Whether what is said to a database stays on this machine, or goes encrypted to a server whose certificate is checked.
pub fn is_private(options: &Options) -> bool {
    let host = options.get_host();
    let here = host.starts_with('/')
        || host == "localhost"
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let checked = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    options.get_socket().is_some() || here || checked
}

/// One connection of its own, so that a busy pool never looks like a database that is gone.
#[derive(Clone, Debug)]
pub struct Probe {
    pool: PgPool,
}

impl Probe {
    /// Prepares the probe; connects only when first asked.
    pub fn new(options: Options) -> Probe {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(2))
            .connect_lazy_with(options);
        Probe { pool }
    }

    /// True when the database answers a query within `limit`.
    pub async fn answers(&self, limit: Duration) -> bool {
        let question = sqlx::raw_sql("SELECT 1").execute(&self.pool);
        matches!(tokio::time::timeout(limit, question).await, Ok(Ok(_)))
    }

    /// Lets the connection go; a server that is told to stop need not wait for it.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
