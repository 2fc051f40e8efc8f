//! The only holder of the connection pool and of SQL. Knows no HTTP, HTML or FHIR.

pub mod cluster;
pub mod migrate;
pub mod probe;
#[cfg(feature = "testing")]
pub mod testing;

pub use probe::{Options, parse_url};
