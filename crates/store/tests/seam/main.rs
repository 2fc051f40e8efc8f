//! The seam and what stands behind it, proven on a real PostgreSQL: row-level security, the one write, jobs, cut
//! connections, migrations. Each test names the line of the architecture that it proves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

mod around;
mod commits;
mod cut;
mod house;
mod jobs;
mod migrations;
mod people;
mod reads;
mod rows;
mod upgrade;
mod worklist;
