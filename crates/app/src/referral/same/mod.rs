//! Is this somebody we know? Earlier requests that may be the same person's, two of them side by side, a human's word and the
//! way back from it, and what the record shows of all that (hazard H03).

pub mod compare;
pub mod list;
mod part;
pub mod undo;

use std::collections::BTreeSet;

use onedoor_domain::ids::{PersonLinkId, ReferralId};
use onedoor_domain::person_key::{Apart, Because, said};

pub(super) use part::{flags, parts};

use crate::enter::before::found::because_words;
use crate::words::Lang;

/// Where somebody looks whether this is somebody we know.
fn path(id: ReferralId) -> String {
    format!("/referrals/{id}/same")
}

/// Where a match that was said on this request is taken back.
fn undo_path(id: ReferralId, link: PersonLinkId) -> String {
    format!("/referrals/{id}/matches/{link}")
}

/// What agrees, in words, the fact that says most first.
fn agrees(lang: Lang, because: &BTreeSet<Because>) -> Vec<String> {
    said(because).into_iter().map(|one| lang.t(because_words(one))).collect()
}

/// What both have and is not the same, in words.
fn differs(lang: Lang, apart: &BTreeSet<Apart>) -> Vec<String> {
    apart.iter().map(|one| lang.t(apart_words(*one))).collect()
}

fn apart_words(apart: Apart) -> &'static str {
    match apart {
        Apart::NhsNumber => "match-apart-nhs-number",
        Apart::BornOn => "match-apart-born",
        Apart::Name => "match-apart-name",
    }
}
