//! Messages out: the words of each and the way each is sent. Decides nothing about a person and writes no record; the
//! worker does, through the domain. What a message may say without "OK to say NHS" is in docs/notices.md (hazard H05).

pub mod transport;
pub mod words;

mod mail;
mod spool;

pub use transport::{NotSent, Parcel, Post, Sent, To};
pub use words::Words;
