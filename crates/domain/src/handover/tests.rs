//! The limits of a handover, and that its steps follow each other.

use super::*;
use crate::calendar::Calendar;
use crate::fixtures::{DAY, at, line, monday, senior, text};
use crate::referral::Category;
use crate::value::Phone;

fn outside(phone: Option<Phone>) -> Receiver {
    let name = line("Invented Debt Advice");
    Receiver::Outside { name, email: None, phone, address: None, service: None }
}

fn offered() -> Handover {
    let ctx = senior(monday());
    let mut handover = Handover {
        id: ctx.new_id(),
        to: outside(None),
        why: text("They help with debt."),
        consent: Consent::ToAsk,
        wish: None,
        made_at: monday(),
        by: ctx.actor.author(),
        state: HandoverState::Proposed,
    };
    handover.offer(Consent::Agrees { said: None }, None, monday(), at("03-26 10:00")).unwrap();
    handover
}

fn promise() -> Promise {
    let answered = Answered::ByLink { name: line("Asha"), role: line("Adviser"), reference: None };
    let next = text("Asha rings you.");
    Promise { contact_name: line("Asha"), next, on: None, answered, at: monday(), meet_by: at("04-20 10:00") }
}

#[test]
fn an_answer_is_due_in_working_days_and_sooner_when_it_is_urgent() {
    let (limits, calendar) = (HandoverLimits::default(), Calendar::default());
    let friday = at("03-27 16:00");
    assert_eq!(limits.answer_by(Category::C, friday, &calendar), at("03-30 16:00"));
    assert_eq!(limits.answer_by(Category::F, friday, &calendar), at("04-01 16:00"));
    assert_eq!(limits.meet_by(Category::B, friday), at("03-27 20:00"));
}

#[test]
fn without_an_account_an_address_or_a_number_nobody_can_be_asked() {
    assert!(!offered().to.can_be_asked());
    let phone = Some("01632 960001".parse().unwrap());
    assert_eq!(outside(phone).route().map(|route| route.code()), Some("call"));
}

#[test]
fn the_steps_follow_each_other_and_no_other_way() {
    let mut handover = offered();
    let by = senior(monday()).actor.author();
    let mode = crate::episode::Mode::Phone;
    let link = || Answered::ByLink { name: line("Asha"), role: line("Adviser"), reference: None };
    assert_eq!(handover.meet(monday(), mode, link()), Err(Refused::HandoverStep));
    assert_eq!(handover.introduce(Introduction::Together, monday(), by.clone()), Err(Refused::HandoverStep));
    handover.accept(promise()).unwrap();
    assert_eq!(handover.accept(promise()), Err(Refused::HandoverStep), "an answer is given once");
    handover.introduce(Introduction::Together, monday(), by).unwrap();
    handover.meet(monday(), mode, link()).unwrap();
    let declined = handover.decline(monday(), DeclineReason::Capacity, text("Full."), link());
    assert_eq!(declined, Err(Refused::HandoverStep), "whoever has met the person has them");
}

#[test]
fn silence_is_no_answer_and_comes_back_after_its_time_only() {
    let mut handover = offered();
    assert_eq!(handover.bounce(at("03-26 10:00")), Err(Refused::NotDue));
    handover.bounce(at("03-26 10:00").checked_add(DAY).unwrap()).unwrap();
    assert!(matches!(handover.state, HandoverState::BouncedBack { after_accepting: false, .. }));
    assert_eq!(handover.accept(promise()), Err(Refused::HandoverStep), "too late: it is asked anew");
}
