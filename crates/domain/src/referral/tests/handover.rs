//! Giving back what was taken: it has a reason of its own and a count of its own, and still nobody is passed round for ever.

use crate::fixtures::{
    after, by_email, county, declined, monday, proposal, request, senior, taken, text, triaged,
};
use crate::handover::DeclineReason;
use crate::referral::{Category, Declined, Referral};
use crate::refused::Refused;
use crate::task::TaskKind;

fn asked(referral: Referral) -> Referral {
    after(referral.propose(&senior(monday()), proposal(true, true), &county()).unwrap())
}

fn refused(referral: Referral) -> Referral {
    let ctx = senior(monday());
    after(asked(referral).decline(&ctx, declined(&ctx), &county()).unwrap())
}

fn given_back(referral: Referral) -> Referral {
    let ctx = senior(monday());
    let took = after(asked(referral).take_over(&ctx, taken(&ctx), &county()).unwrap());
    let back = Declined {
        reason: DeclineReason::CannotGoOn,
        words: text("The worker left, and nobody else knows debt."),
        ..declined(&ctx)
    };
    after(took.decline(&ctx, back, &county()).unwrap())
}

fn owes(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

fn triaged_one() -> Referral {
    triaged(monday(), request(by_email(), false), Category::E)
}

#[test]
fn a_service_that_gives_somebody_back_is_not_one_that_refused_and_two_of_either_call_the_panel() {
    let one_of_each = given_back(refused(triaged_one()));
    assert_eq!((one_of_each.declines(), one_of_each.hand_backs()), (1, 1));
    assert!(owes(&one_of_each, TaskKind::Decide) && !owes(&one_of_each, TaskKind::Panel));
    for third in [refused(one_of_each.clone()), given_back(one_of_each)] {
        assert!(owes(&third, TaskKind::Panel), "nobody is passed round for ever");
    }
    let twice = given_back(given_back(triaged_one()));
    assert!(owes(&twice, TaskKind::Panel));
}

#[test]
fn nobody_can_fail_to_go_on_before_they_said_yes() {
    let ctx = senior(monday());
    let early = Declined { reason: DeclineReason::CannotGoOn, ..declined(&ctx) };
    let result = asked(triaged_one()).decline(&ctx, early, &county());
    assert_eq!(result.err(), Some(Refused::HandoverStep));
    assert!(!DeclineReason::when(false).any(|reason| reason == DeclineReason::CannotGoOn));
    assert_eq!(DeclineReason::when(true).count(), DeclineReason::ALL.len());
}
