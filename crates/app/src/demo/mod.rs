//! The demonstration: one fictional county, its people and its personas, made by the same transitions as real life.
//!
//! Every name is invented, every NHS number is of the 999 range, every phone number of the ranges kept for drama.

mod acts;
mod behalf;
mod cast;
mod chance;
mod county;
mod directory;
mod entered;
mod handed;
mod journeys;
mod make;
mod people;
mod personas;
mod stories;
mod tell;
mod texts;
mod walk;
mod workers;

use onedoor_domain::refused::Refused;
use onedoor_store::StoreError;

pub use county::{Demo, county, find};
pub use make::{PEOPLE, demonstrate, people};
pub use people::reference;
pub use personas::{PERSONAS, Persona};

/// Why the demonstration could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store did not do it.
    #[error("the demonstration could not be stored: {0}")]
    Store(#[from] StoreError),
    /// The invented stories do not read.
    #[error("the demonstration's stories do not read: {0}")]
    Stories(#[from] toml::de::Error),
    /// A step of a journey was refused.
    #[error("the demonstration's journey \"{journey}\" stopped at {act}: {why}")]
    Step {
        /// Which journey.
        journey: &'static str,
        /// At which step.
        act: String,
        /// Why.
        why: Refused,
    },
    /// There is a county already, and it is not this one.
    #[error(
        "this database holds a county that is not the demonstration, so nothing was added to it. \
         Choose another place with --data, or leave out --demo"
    )]
    NotADemonstration,
    /// The sample feed of services could not be taken in.
    #[error("the demonstration's feed of services could not be taken in: {0}")]
    Feed(#[from] crate::directory::import::ImportError),
    /// The program was told to stop, or a part of it was.
    #[error("stopped before all invented people were made; the next start makes the rest")]
    Cut,
}

impl DemoError {
    fn step(journey: &'static str, act: &str, why: Refused) -> Self {
        Self::Step { journey, act: act.to_owned(), why }
    }
}
