//! The directory of services: looking for one, looking after one, and taking in a feed of them.
//!
//! Nothing here is about a person. Must not decide what a record of a feed may hold or when a service is open: the domain does.

pub mod due;
pub mod edit;
pub mod find;
pub mod import;
pub mod imports;
pub mod public;
pub mod view;
pub(crate) mod words;

use onedoor_domain::ids::ServiceId;

use crate::web::Problem;

pub use words::mistake_words;

/// The first page of the directory.
pub const LIST: &str = "/directory";

fn id(text: &str) -> Result<ServiceId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// A page of a service: `edit`, or with `?done=saved` its own.
fn path(id: ServiceId, step: &str) -> String {
    let slash = if step.is_empty() || step.starts_with('?') { "" } else { "/" };
    format!("{LIST}/{id}{slash}{step}")
}
