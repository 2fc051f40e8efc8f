//! OneDoor's rules: types, state machines, clocks and the access evaluator.
//!
//! No IO, no async, no clock, no random numbers, no SQL, HTTP or FHIR: time and ids are passed in.

#![warn(clippy::wildcard_enum_match_arm)]

pub mod access;
pub mod actor;
pub mod agreement;
pub mod calendar;
pub mod change;
pub mod clock;
pub mod code;
pub mod content;
pub mod county;
pub mod directory;
pub mod door;
pub mod duty;
pub mod entry;
pub mod episode;
pub mod file;
#[cfg(test)]
mod fixtures;
pub mod guest;
pub mod handover;
pub mod ids;
pub mod insight;
pub mod looked;
pub mod matching;
pub mod notice;
pub mod person_key;
pub mod referral;
pub mod refused;
pub mod section;
pub mod session;
pub mod task;
pub mod team;
pub mod track;
pub mod unmet;
pub mod value;
pub mod worker;
pub mod worklist;
