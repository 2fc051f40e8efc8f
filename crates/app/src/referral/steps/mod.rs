//! The steps a human can take with a referral, each one page.

mod answer;
mod behalf;
mod care;
mod decide;
mod end;
pub(crate) mod follow;
mod receipt;
mod redirect;
mod signs;
mod triage;

pub use answer::{CannotTake, HaveMet, Introduce, TakeOver};
pub use behalf::{HoldBack, Waive};
pub use care::{Allocate, ChangeWorker, DoPart, WishWorker};
pub use decide::{Accept, Advise};
pub use end::{Death, Duplicate, Withdraw, reference_key};
pub use follow::{Contact, FollowUp};
pub use receipt::PracticeRead;
pub use redirect::{HandOver, HoldPanel, Offer, TakeBack};
pub use signs::Signs;
pub use triage::Triage;
