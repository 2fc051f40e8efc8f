//! Giving back what was taken: it has a reason of its own and a count of its own, and still nobody is passed round for ever.

use jiff::SignedDuration;

use crate::access::{Action, Decision, Target, decide, reveal};
use crate::actor::{Actor, Ctx, Role};
use crate::fixtures::{
    COMMUNITY, ELSEWHERE, SPOA, acceptance, after, as_actor, by_email, county, declined, line, member, met,
    monday, panel, proposal, request, senior, taken, text, triaged,
};
use crate::handover::{Answered, DeclineReason, HandoverState, Introduction};
use crate::ids::TeamId;
use crate::referral::{Category, Declined, Met, Outcome, Panel, Referral, Sat, Taken};
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
fn two_services_that_did_not_take_somebody_call_the_panel_whether_they_refused_or_gave_back() {
    for one in [refused(triaged_one()), given_back(triaged_one())] {
        assert!(owes(&one, TaskKind::Decide) && !owes(&one, TaskKind::Panel), "one more is asked");
    }
    for two in [
        refused(refused(triaged_one())),
        given_back(refused(triaged_one())),
        refused(given_back(triaged_one())),
        given_back(given_back(triaged_one())),
    ] {
        assert_eq!((two.not_taken(), two.declines() + two.hand_backs()), (2, 2));
        assert!(owes(&two, TaskKind::Panel) && !owes(&two, TaskKind::Decide), "nobody is passed round");
        let due = two
            .tasks()
            .iter()
            .find(|task| task.kind == TaskKind::Panel && task.is_open())
            .map(|task| task.due_at);
        assert_eq!(due, Some(county().calendar.add_working_days(monday(), 2)), "within two working days");
        let third = two.propose(&senior(monday()), proposal(true, true), &county());
        assert_eq!(third.err(), Some(Refused::NotFromHere), "no third service is asked");
    }
}

#[test]
fn a_panel_is_a_meeting_of_two_by_name_and_the_decision_keeps_who_sat() {
    let ctx = senior(monday());
    let owed = || refused(refused(triaged_one()));
    let alone =
        Panel { sat: Sat { manager: line("  nadia  OKONJO"), ..panel(monday()).sat }, ..panel(monday()) };
    assert_eq!(owed().hold_panel(&ctx, alone, &county()).err(), Some(Refused::PanelOfOne));
    let held = after(owed().hold_panel(&ctx, panel(monday()), &county()).unwrap());
    let Some(Outcome::Accepted { panel: Some(sat), .. }) = held.decided().map(|it| &it.outcome) else {
        panic!("the team holds them");
    };
    assert_eq!((sat.lead.as_str(), sat.manager.as_str()), ("Nadia Okonjo", "Ruth Levene"));
    assert!(sat.others.as_ref().is_some_and(|others| others.as_str().contains("Lantern")));
    let accepted = after(triaged_one().accept(&ctx, acceptance(monday()), &county()).unwrap());
    assert!(matches!(accepted.decided().map(|it| &it.outcome), Some(Outcome::Accepted { panel: None, .. })));
}

#[test]
fn what_was_said_on_the_phone_was_said_after_the_service_was_asked_and_not_tomorrow() {
    let asked_at = monday();
    let later = |minutes: i64| asked_at.checked_add(SignedDuration::from_mins(minutes)).unwrap();
    let now = later(180);
    let said = |at| Answered::ByPhone {
        name: line("Jo Park"),
        at,
        reference: None,
        rang: senior(now).actor.author(),
    };
    let cannot = |at| {
        let ctx = senior(now);
        asked(triaged_one()).decline(&ctx, Declined { answered: said(at), ..declined(&ctx) }, &county())
    };
    assert_eq!(cannot(later(181)).err(), Some(Refused::NotDue));
    assert_eq!(cannot(later(-1)).err(), Some(Refused::BeforeAsked));
    for at in [asked_at, later(90), now] {
        let back = after(cannot(at).unwrap());
        let state = &back.handovers().last().unwrap().state;
        assert!(matches!(state, HandoverState::Declined { by, .. } if by.at() == Some(at)), "{state:?}");
    }
    let takes = |at| {
        let ctx = senior(now);
        asked(triaged_one()).take_over(&ctx, Taken { answered: said(at), ..taken(&ctx) }, &county())
    };
    assert_eq!(takes(later(-1)).err(), Some(Refused::BeforeAsked));
    let took = after(takes(later(90)).unwrap());
    let met_by = |at| {
        let ctx = senior(now);
        took.clone().meet(&ctx, Met { answered: said(at), ..met(&ctx) }, &county())
    };
    assert_eq!(met_by(later(89)).err(), Some(Refused::BeforeAsked), "not before they said yes");
    assert!(met_by(later(120)).is_ok());
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
