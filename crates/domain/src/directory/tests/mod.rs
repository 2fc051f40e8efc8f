//! The directory's rules, with invented services.

mod feed;
mod found;
mod import;
mod open;
mod service;

use super::entry::Entry;
use super::raw::RawService;
use super::read::{Broken, read};
use crate::fixtures::line;
use crate::ids::ServiceId;

pub(super) const ID: &str = "0190f5b2-0000-7000-8000-000000000001";

pub(super) fn id() -> ServiceId {
    ID.parse().unwrap()
}

pub(super) fn named(name: &str) -> Entry {
    Entry::named(line(name))
}

/// Reads a record as a feed would write it.
pub(super) fn record(json: &str) -> Result<(ServiceId, Entry), Broken> {
    let raw: RawService = serde_json::from_str(json).unwrap();
    read(&raw)
}

/// A whole record with these fields more.
pub(super) fn with(fields: &str) -> Result<Entry, Broken> {
    let json = format!("{{\"id\": \"{ID}\", \"name\": \"Lantern\", \"status\": \"active\"{fields}}}");
    record(&json).map(|(_, entry)| entry)
}
