//! OneDoor's rules: types, state machines, clocks and the access evaluator.
//!
//! No IO, no async, no clock, no random numbers, no SQL, HTTP or FHIR: time and ids are passed in.

pub mod calendar;
pub mod clock;
pub mod county;
pub mod duty;
pub mod ids;
pub mod value;
