//! Proofs, changes and permission to show cannot be made up outside the crates that vouch for them.

use onedoor_domain::access::Visible;
use onedoor_domain::change::Changes;
use onedoor_domain::section::Section;
use onedoor_store::{Done, Wrote};

fn proof() -> Done<Wrote> {
    Done::proof()
}

fn nothing_as_a_change() -> Changes {
    Changes::default()
}

fn shown_without_being_asked(section: Section) -> Visible<Section> {
    Visible(section)
}

fn main() {}
