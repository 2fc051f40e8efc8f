//! Values, calendar, clocks, duty and county settings, as the people who depend on them see them.
//!
//! Properties run as seeded loops: `ONEDOOR_SEED` repeats a run, `ONEDOOR_CASES` makes it longer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

mod calendar;
mod clock;
mod county;
mod cover;
mod date_of_birth;
mod numbers;
mod page;
mod phrase;
mod reach;
mod reference;
mod text;

use jiff::Timestamp;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

/// Runs a property over seeded cases and shrinks what fails.
fn seeded<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> TestCaseResult) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("ONEDOOR_SEED").unwrap_or(20_261_122);
    let cases = number("ONEDOOR_CASES").and_then(|n| u32::try_from(n).ok()).unwrap_or(1_000);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    if let Err(failure) = TestRunner::new_with_rng(config, rng).run(strategy, property) {
        panic!("ONEDOOR_SEED={seed}: {failure}");
    }
}

/// An instant written as the London clock shows it: `2026-11-02 09:30`.
fn london(shown: &str) -> Timestamp {
    let shown: jiff::civil::DateTime = shown.parse().unwrap();
    shown.to_zoned(onedoor_domain::calendar::LONDON.clone()).unwrap().timestamp()
}

/// An instant written in UTC: `2026-10-25T00:30Z`.
fn utc(written: &str) -> Timestamp {
    written.parse().unwrap()
}

/// A different id for each number.
fn id<T: From<uuid::Uuid>>(n: u128) -> T {
    T::from(uuid::Uuid::from_u128(n))
}
