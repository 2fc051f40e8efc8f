//! Proofs and changes cannot be put together from their parts either.

use onedoor_domain::change::Changes;
use onedoor_store::{Done, Wrote};

fn proof() -> Done<Wrote> {
    Done { kind: std::marker::PhantomData }
}

fn a_write_without_an_event() -> Changes {
    Changes { writes: Vec::new(), events: Vec::new() }
}

fn main() {}
