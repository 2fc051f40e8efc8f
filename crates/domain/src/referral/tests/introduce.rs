//! Introducing by a message: it counts when the person has it, and not before; who may not be told gets none.

use crate::calendar::local_date;
use crate::door::{ReferralSource, Way};
use crate::fixtures::{
    after, agreed, by_call, by_email, by_letter, by_professional, county, met, monday, proposal, request,
    senior, taken, text, triaged, worker,
};
use crate::handover::{HandoverState, Introduction};
use crate::notice::{Message, Notice, NoticeState, NoticeStep, Party};
use crate::referral::{Category, Referral};
use crate::refused::Refused;

/// Somebody whom a service takes; one without an account, unless it is here.
fn accepted(way: Way, say_nhs: bool, here: bool) -> Referral {
    let ctx = senior(monday());
    let mut sent = request(way, false);
    sent.contact.say_nhs = say_nhs;
    let asked = triaged(monday(), sent, Category::E);
    let asked = after(asked.propose(&ctx, proposal(here, true), &county()).unwrap());
    after(asked.take_over(&ctx, taken(&ctx), &county()).unwrap())
}

fn written(referral: Referral) -> Referral {
    after(referral.introduce(&senior(monday()), Introduction::NamedMessage).unwrap())
}

fn message(referral: &Referral) -> &Notice {
    referral.notices().iter().rfind(|it| it.message.introduces().is_some()).unwrap()
}

fn state(referral: &Referral) -> &'static str {
    referral.handovers().last().unwrap().state.code()
}

fn steps(referral: Referral, step: NoticeStep) -> Referral {
    let id = message(&referral).id;
    after(referral.step_notice(&worker(monday()), id, step, &county()).unwrap())
}

fn handed() -> NoticeStep {
    NoticeStep::Handed { answer: text("250 queued as 1") }
}

#[test]
fn a_message_introduces_when_a_provider_took_it_and_not_before() {
    let waiting = written(accepted(by_email(), true, true));
    let Message::Introduction { contact_name, next, .. } = &message(&waiting).message else { panic!() };
    let HandoverState::Accepted { promise } = &waiting.handovers().last().unwrap().state else { panic!() };
    assert_eq!(
        (contact_name, next),
        (&promise.contact_name, &promise.next),
        "who, and how, as they promised"
    );
    let spooled = steps(waiting.clone(), NoticeStep::Spooled { file: "0001.eml".parse().unwrap() });
    assert_eq!(state(&spooled), "accepted", "a file on our own disk is nobody's post");
    let has = steps(spooled, handed());
    let handover = has.handovers().last().unwrap();
    assert!(matches!(handover.state, HandoverState::Introduced { how: Introduction::NamedMessage, .. }));
    let failed = steps(has, NoticeStep::Failed { answer: text("550 no such box") });
    assert_eq!(state(&failed), "accepted", "it did not arrive after all");
    assert_eq!(state(&steps(waiting, NoticeStep::Failed { answer: text("550") })), "accepted");
}

#[test]
fn without_say_nhs_the_message_names_nobody_and_a_human_introduces_them() {
    let neutral = steps(written(accepted(by_email(), false, true)), handed());
    assert!(matches!(message(&neutral).state, NoticeState::Asked { .. }), "it only asks them to ring");
    assert_eq!(state(&neutral), "accepted");
    let id = message(&neutral).id;
    let rang = NoticeStep::ToldByPhone { needs: None };
    let told = after(neutral.step_notice(&senior(monday()), id, rang, &county()).unwrap());
    assert_eq!(state(&told), "introduced");
}

#[test]
fn a_letter_introduces_when_a_human_has_posted_it() {
    let printed = steps(written(accepted(by_letter(), false, true)), NoticeStep::Printed);
    assert_eq!(state(&printed), "accepted");
    let id = message(&printed).id;
    let post = NoticeStep::Posted { address_checked: true, needs: None };
    let posted = after(printed.step_notice(&senior(monday()), id, post, &county()).unwrap());
    assert_eq!(state(&posted), "introduced");
    let back = NoticeStep::CameBack { why: text("Gone away.") };
    let back = after(posted.step_notice(&senior(monday()), id, back, &county()).unwrap());
    assert_eq!(state(&back), "accepted", "it never reached them");
}

#[test]
fn it_is_written_once_and_a_service_without_an_account_hears_of_it_without_a_name() {
    let waiting = written(accepted(by_email(), true, false));
    let again = waiting.clone().introduce(&senior(monday()), Introduction::NamedMessage);
    assert_eq!(again.err(), Some(Refused::AlreadySent));
    let copies = waiting.notices().iter().filter(|it| matches!(it.message, Message::IntroductionCopy { .. }));
    let parties: Vec<_> = copies.map(|it| it.party).collect();
    let link = waiting.handovers().last().unwrap().to.link_route();
    assert_eq!(parties.len(), usize::from(link.is_some()));
    assert!(parties.iter().all(|party| *party == Party::Receiver));
    // Meanwhile somebody can introduce them on the phone, and what comes after them is not sent any more.
    let rang = after(waiting.introduce(&senior(monday()), Introduction::ThreeWayCall).unwrap());
    let ctx = senior(monday());
    let met = after(rang.meet(&ctx, met(&ctx), &county()).unwrap());
    assert!(matches!(message(&met).state, NoticeState::Excepted { .. }), "they have met: it comes too late");
}

#[test]
fn nobody_who_is_not_to_be_told_gets_one() {
    let ctx = senior(monday());
    let asked = by_professional(by_letter(), agreed(), (ReferralSource::E1, by_call()));
    let asked = triaged(monday(), asked, Category::E);
    let held =
        after(asked.hold_back(&ctx, text("Somebody else reads her post."), local_date(monday())).unwrap());
    let asked = after(held.propose(&ctx, proposal(true, true), &county()).unwrap());
    let held = after(asked.take_over(&ctx, taken(&ctx), &county()).unwrap());
    let refused = held.introduce(&ctx, Introduction::NamedMessage);
    assert_eq!(refused.err(), Some(Refused::PersonNotTold));
}
