//! The steps a human can take with a referral, each one page.

mod behalf;
mod decide;
mod end;
mod follow;
mod triage;

pub use behalf::{HoldBack, Waive};
pub use decide::{Accept, Advise};
pub use end::{Death, Duplicate, Withdraw, reference_key};
pub use follow::{Allocate, Contact, FollowUp};
pub use triage::Triage;
