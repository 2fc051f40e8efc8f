//! What happens to a draft that is left, come back to, or ended on a shared computer.

use super::super::tests::{complete, draft, receipt};
use super::{Ended, WaysBack};
use crate::change::{EventKind, Write};
use crate::code::{AddressProof, Answered, Code, Purpose};
use crate::door::{Draft, DraftState};
use crate::fixtures::{DAY, kinds, monday, visitor};
use crate::refused::Refused;

fn begun() -> Draft {
    let ctx = visitor(monday());
    draft(&Draft::begin(ctx.new_id(), [7; 32], monday()).save(&ctx, complete()).unwrap())
}

fn proof() -> AddressProof {
    let ctx = visitor(monday());
    let id = ctx.new_id();
    let asked = Code::ask(&ctx, id, Purpose::ReturnToDraft, [5; 32], None);
    let [Write::NewCode(code)] = asked.writes() else { panic!("a code") };
    let Ok(Answered::Right(proof, _)) = Code::clone(code).answer(&ctx, true) else { panic!("right") };
    proof
}

#[test]
fn a_draft_comes_back_to_one_browser_and_every_way_back_stays() {
    let later = visitor(monday().checked_add(DAY).unwrap());
    let kept = begun().keep_by_phrase(&later, [1; 32]).unwrap();
    assert_eq!(kinds(&kept), [EventKind::DraftKept]);
    let kept = draft(&draft(&kept).keep_by_address(&later, &proof()).unwrap());
    assert_eq!(kept.back, WaysBack { address: Some([5; 32]), phrase: Some([1; 32]) });
    let back = kept.clone().come_back(&later, [8; 32]);
    assert_eq!(kinds(&back), [EventKind::DraftReturned]);
    let back = draft(&back);
    assert_eq!((back.visitor, back.back, &back.answers), ([8; 32], kept.back, &complete()));
    assert_eq!(back.expires_at(), monday().checked_add(DAY * 31).unwrap(), "thirty days from now");
    let replaced = draft(&back.keep_by_phrase(&later, [2; 32]).unwrap());
    assert_eq!(replaced.back.phrase, Some([2; 32]), "a new phrase replaces the old one");
}

#[test]
fn ending_on_a_shared_computer_keeps_what_has_a_way_back_and_removes_the_rest() {
    let ctx = visitor(monday());
    let Ended::Removed(removed) = begun().end_here(&ctx, [0; 32]) else { panic!("no way back") };
    assert_eq!(kinds(&removed), [EventKind::DraftRemoved]);
    assert!(matches!(removed.writes(), [Write::RemoveDraft(_)]));
    let kept = draft(&begun().keep_by_phrase(&ctx, [1; 32]).unwrap());
    let Ended::Kept(left) = kept.end_here(&ctx, [0; 32]) else { panic!("there is a way back") };
    assert_eq!(kinds(&left), [EventKind::DraftLeft]);
    assert_eq!(draft(&left).visitor, [0; 32], "the old cookie opens nothing, whoever kept it");
}

#[test]
fn what_was_sent_gets_no_new_way_back_and_is_never_removed_by_its_sender() {
    let ctx = visitor(monday());
    let mut sent = begun();
    sent.state = DraftState::Sent { referral: ctx.new_id(), receipt: receipt(), holder: None };
    assert_eq!(sent.clone().keep_by_phrase(&ctx, [1; 32]).err(), Some(Refused::AlreadySent));
    assert_eq!(sent.clone().keep_by_address(&ctx, &proof()).err(), Some(Refused::AlreadySent));
    assert!(matches!(sent.end_here(&ctx, [0; 32]), Ended::Kept(_)));
}
