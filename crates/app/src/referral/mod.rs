//! The record of one referral: reading it, and every step a human can take with it. Rules live in the domain; this room
//! asks, shows and tells what happens next.

pub mod ask;
mod asked;
pub(crate) mod choose;
pub mod find;
pub mod given;
pub(crate) mod handover;
pub mod kept;
pub mod letter;
pub mod link;
pub mod matching;
pub mod names;
mod needs;
pub mod owed;
pub mod parts;
pub mod record;
pub(crate) mod ring;
pub mod same;
pub mod show;
mod since;
pub mod step;
pub mod steps;

/// What the page says after a step: the key of its words, and whether the step happened. `?done=` carries the code, so
/// that nothing typed ever travels in an address.
pub fn done(code: &str) -> Option<(&'static str, bool)> {
    let key = match code {
        "opened" => "referral-done-opened",
        "acknowledged" => "referral-done-acknowledged",
        "triaged" => "referral-done-triaged",
        "accepted" => "referral-done-accepted",
        "advised" => "referral-done-advised",
        "withdrawn" => "referral-done-withdrawn",
        "duplicate" => "referral-done-duplicate",
        "died" => "referral-done-died",
        "contact" => "referral-done-contact",
        "proposed" => "handover-done-proposed",
        "offered" => "handover-done-offered",
        "taken-over" => "handover-done-accepted",
        "cannot-take" => "handover-done-declined",
        "introduced" => "handover-done-introduced",
        "have-met" => "handover-done-met",
        "taken-back" => "handover-done-taken-back",
        "panel-held" => "handover-done-panel",
        "practice-answered" => "referral-done-gp-answered",
        "followed-up" => "referral-done-followed-up",
        "allocated" => "referral-done-allocated",
        "key-worker-changed" => "care-done-changed",
        "wished" => "care-done-wished",
        "part-recorded" => "care-done-part",
        "printed" => "referral-done-printed",
        "posted" => "referral-done-posted",
        "came-back" => "referral-done-came-back",
        "told-by-phone" => "referral-done-told-by-phone",
        "excepted" => "referral-done-excepted",
        "ended" => "referral-done-ended",
        "held-back" => "referral-done-held-back",
        "waived" => "referral-done-waived",
        "explained" => "referral-done-explained",
        "learned" => "matching-done-signs",
        "new-read" => "referral-done-new-read",
        "link-withdrawn" => "referral-done-link-withdrawn",
        "asked-once" => "enquiry-done-asked",
        "took-answer" => "enquiry-done-answer",
        "matched" => "match-done-matched",
        "unmatched" => "match-done-unmatched",
        "nobody" => "match-done-nobody",
        "already" => return Some(("match-done-already", false)),
        "not-from-here" => return Some(("referral-done-not-from-here", false)),
        _ => return None,
    };
    Some((key, true))
}
