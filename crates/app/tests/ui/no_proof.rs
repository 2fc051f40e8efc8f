//! No commit, no response: a page needs the proof of an ended transaction, a redirect after a POST that of a write.

use askama::Template;
use onedoor::web::answer::{page, redirect};
use onedoor_store::{Done, Saw, Tx};

fn page_without_proof(template: &impl Template) {
    let _ = page((), template);
}

fn page_with_an_open_transaction(tx: Tx, template: &impl Template) {
    let _ = page(tx, template);
}

fn redirect_after_a_read(done: Done<Saw>) {
    let _ = redirect(done, "/my-day");
}

fn main() {}
