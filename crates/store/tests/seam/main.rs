//! The seam and what stands behind it, proven on a real PostgreSQL: row-level security, the one write, jobs, cut
//! connections, migrations. Each test names the line of the architecture that it proves.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod commits;
mod cut;
mod house;
mod jobs;
mod migrations;
mod reads;
mod rows;
