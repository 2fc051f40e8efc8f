//! The only holder of the connection pool and of SQL. Knows no HTTP, HTML or FHIR.

mod audit;
pub mod cluster;
mod code;
mod colleague;
mod content;
mod county;
mod directory;
mod door;
mod duty;
mod entry;
mod error;
mod file;
mod guest;
mod host;
mod identify;
pub mod job;
pub mod migrate;
mod outside;
mod person_key;
pub mod probe;
mod referral;
mod seam;
mod sent;
mod session;
mod task;
mod team;
#[cfg(feature = "testing")]
pub mod testing;
mod track;
mod tries;
mod write;

pub use colleague::Colleague;
pub use directory::{Clashes, Editing, Services};
pub use duty::Reachable;
pub use entry::{UNFINISHED, Unfinished};
pub use error::StoreError;
pub use guest::LinkAbout;
pub use identify::{Following, Identified, Token, Visiting};
pub use outside::Outside;
pub use person_key::Found;
pub use probe::{Options, parse_url};
pub use referral::ReferralView;
pub use seam::{Db, Done, Saw, Tx, Wrote, to_stored};
pub use sent::SentList;
pub use task::{Cursor, List, PAGE};
pub use tries::Limit;
