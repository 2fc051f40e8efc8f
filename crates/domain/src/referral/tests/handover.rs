//! Giving back what was taken: it has a reason of its own and a count of its own, and still nobody is passed round for ever.

use crate::access::{Action, Decision, Target, decide, reveal};
use crate::actor::{Actor, Ctx, Role};
use crate::fixtures::{
    COMMUNITY, ELSEWHERE, SPOA, after, as_actor, by_email, county, declined, member, met, monday, proposal,
    request, senior, taken, text, triaged,
};
use crate::handover::DeclineReason;
use crate::handover::Introduction;
use crate::ids::TeamId;
use crate::referral::{Category, Declined, Referral};
use crate::refused::Refused;
use crate::section::SectionKind;
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

fn host(team: TeamId) -> Ctx {
    as_actor(Actor::Staff(member(Role::CafeHost, team)), monday())
}

#[test]
fn a_cafe_that_is_asked_sees_what_is_passed_on_answers_meets_and_gives_back_like_any_partner() {
    let ctx = host(COMMUNITY);
    let asked = asked(triaged_one());
    let may = |referral: &Referral, actor: &Actor| {
        decide(actor, Action::HandoverAnswer, &Target::Referral(referral.id(), &referral.teams()))
    };
    assert_eq!(may(&asked, &ctx.actor), Decision::Allowed);
    assert_eq!(may(&asked, &host(ELSEWHERE).actor), Decision::Hidden, "another café learns of nobody");
    let seen = |role| -> Vec<SectionKind> {
        let actor = Actor::Staff(member(role, COMMUNITY));
        reveal(&actor, asked.sections(Vec::new())).shown.iter().map(|section| section.kind()).collect()
    };
    assert_eq!(seen(Role::CafeHost), seen(Role::VcsWorker), "no more of the record than a partner");
    assert!(seen(Role::CafeHost).contains(&SectionKind::Offer));

    let refused = after(asked.clone().decline(&ctx, declined(&ctx), &county()).unwrap());
    assert_eq!(refused.declines(), 1);
    let took = after(asked.take_over(&ctx, taken(&ctx), &county()).unwrap());
    let introduced = after(took.introduce(&ctx, Introduction::Together).unwrap());
    let back = Declined { reason: DeclineReason::CannotGoOn, ..declined(&ctx) };
    let back = after(introduced.clone().decline(&ctx, back, &county()).unwrap());
    assert_eq!(may(&back, &ctx.actor), Decision::Hidden, "whoever gave back reads no further");
    let there = after(introduced.meet(&ctx, met(&ctx), &county()).unwrap());
    assert!(there.handovers().last().is_some_and(|it| it.state.code() == "met"));
}

#[test]
fn nobody_answers_for_a_team_that_is_not_theirs_but_the_single_point_of_access() {
    let asked = asked(triaged_one());
    for role in [Role::CafeHost, Role::VcsWorker, Role::CrisisTeam, Role::KeyWorker, Role::TeamManager] {
        let ctx = as_actor(Actor::Staff(member(role, ELSEWHERE)), monday());
        let took = asked.clone().take_over(&ctx, taken(&ctx), &county());
        assert_eq!(took.err(), Some(Refused::OtherTeam), "{role:?}");
        let refused = asked.clone().decline(&ctx, declined(&ctx), &county());
        assert_eq!(refused.err(), Some(Refused::OtherTeam), "{role:?}");
        let taken = after(asked.clone().take_over(&host(COMMUNITY), taken(&ctx), &county()).unwrap());
        for how in [Introduction::Together, Introduction::NamedMessage] {
            assert_eq!(taken.clone().introduce(&ctx, how).err(), Some(Refused::OtherTeam), "{role:?}");
        }
        assert_eq!(taken.meet(&ctx, met(&ctx), &county()).err(), Some(Refused::OtherTeam), "{role:?}");
    }
    let desk = as_actor(Actor::Staff(member(Role::SpoaAdmin, SPOA)), monday());
    assert!(
        asked.take_over(&desk, taken(&desk), &county()).is_ok(),
        "it writes down what was said on the phone"
    );
}
