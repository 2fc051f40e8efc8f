//! `MayHelp`: from what is known of a person to what may help, by rules that a county writes (pathway §7 and §8).
//!
//! A suggestion only. It has reasons and no number, it is never applied by itself, and it never says that somebody does
//! not fit: a senior decides, the person sees why, and a decision that differs is kept with its reason (hazard H22).

mod book;
mod check;
mod choice;
mod dry_run;
mod picture;
mod rule;
mod signal;
mod suggest;

#[cfg(test)]
mod tests;

pub use book::{Draft, Edition, Rulebook, Stage};
pub use check::{MOST, Mistake, Place, Wrong};
pub use choice::{Chosen, MayHelp, OverrideReason, SignNote, Weighed, Weighing};
pub use dry_run::{Compared, Counts, DryRun, DryRunState, shown_count};
pub use picture::{Known, Picture, Said};
pub use rule::{Case, Rule, RuleId, RuleSet, TeamType};
pub use signal::{Signal, SignalGroup};
pub use suggest::{Because, Suggested, Suggestion, WorthAsking};

/// The rules that come with the software, as data: edition 0 of every county. The store reads them.
pub const BUILT_IN: &str = include_str!("built_in.json");
