//! The seal of the audit, as the program keeps it: a key, checkpoints that lie outside the database, and the loop that seals and
//! signs. Must not show what a row of the audit says to anybody.

pub mod book;
pub mod keep;
pub mod key;
