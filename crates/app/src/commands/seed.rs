//! `onedoor seed`: invented people.

use super::Failure;
use crate::cli::Seed;
use crate::settings::Settings;

#[allow(clippy::unused_async, reason = "its work comes with the rooms it calls")]
pub(super) async fn run(_settings: Settings, _options: Seed) -> Result<(), Failure> {
    Err(Failure::NotYet("seed"))
}
