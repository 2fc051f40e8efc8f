//! `onedoor admin`: the first system administrator.

use super::Failure;
use crate::cli::Admin;
use crate::settings::Settings;

#[allow(clippy::unused_async, reason = "its work comes with the rooms it calls")]
pub(super) async fn run(_settings: Settings, _command: Admin) -> Result<(), Failure> {
    Err(Failure::NotYet("admin create"))
}
