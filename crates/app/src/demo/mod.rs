//! The demonstration: one fictional county, its people and its personas, made by the same transitions as real life.
//!
//! Every name is invented, every NHS number is of the 999 range, every phone number of the ranges kept for drama.

mod county;
mod personas;

pub use county::{Demo, county, find};
pub use personas::{PERSONAS, Persona};
