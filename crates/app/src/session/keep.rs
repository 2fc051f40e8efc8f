//! "Still here": the answer to the warning before a screen locks.

use crate::web::{Answer, Problem, Staff, answer};

/// POST `/still-here`. The gate has noted the time already; a locked session does not come this far.
///
/// # Errors
/// [`Problem::Store`].
pub async fn submit(staff: Staff) -> Result<Answer, Problem> {
    let done = staff.begin().await?.close().await?;
    Ok(answer::text(done, String::new()))
}
