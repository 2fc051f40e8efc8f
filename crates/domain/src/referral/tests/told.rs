//! Being told closes a referral; a failure later is noticed (hazard H18).

use crate::actor::{Actor, Role};
use crate::change::EventKind;
use crate::clock::ClockKind;
use crate::door::{SafeContact, SelfReferral};
use crate::fixtures::{
    HOUR, acceptance, after, agreed, arrived, as_actor, by_call, by_email, by_letter, contact, county,
    flagged, for_someone, holder, kinds, line, monday, named, posted, request, senior, staff, text, triaged,
    worker,
};
use crate::ids::NoticeId;
use crate::notice::{NoticeState, NoticeStep, Party};
use crate::referral::{Category, Change, Referral, StateKind};
use crate::refused::Refused;
use crate::task::TaskKind;

fn accepted(tell_gp: bool) -> Referral {
    let referral = triaged(monday(), named(by_email(), tell_gp), Category::E);
    let later = monday().checked_add(HOUR).unwrap();
    after(referral.accept(&senior(later), acceptance(later), &county()).unwrap())
}

fn message(referral: &Referral, party: Party) -> NoticeId {
    referral.notices().iter().rev().find(|notice| notice.party == party).unwrap().id
}

fn sent(referral: Referral, id: NoticeId, step: NoticeStep) -> Referral {
    after(referral.step_notice(&worker(monday().checked_add(HOUR).unwrap()), id, step, &county()).unwrap())
}

fn handed() -> NoticeStep {
    NoticeStep::Handed { answer: text("250 queued as 1") }
}

fn failed() -> NoticeStep {
    NoticeStep::Failed { answer: text("550 no such mailbox") }
}

fn spooled() -> NoticeStep {
    NoticeStep::Spooled { file: line("0001.eml") }
}

fn has_open(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

// seed: 27
#[test]
fn it_closes_when_the_last_of_them_was_told_and_not_before() {
    let referral = accepted(true);
    let (person, gp) = (message(&referral, Party::Person), message(&referral, Party::Gp));
    let referral = sent(referral, person, handed());
    assert_eq!(referral.kind(), StateKind::Telling, "the GP has not been told");
    let referral = sent(referral, gp, NoticeStep::Printed);
    assert_eq!(referral.kind(), StateKind::Telling, "printed is not posted");
    let post = referral.step_notice(&staff(Role::SpoaAdmin, monday()), gp, posted(), &county()).unwrap();
    assert_eq!(kinds(&post), [EventKind::NoticePosted, EventKind::Closed]);
    let referral = after(post);
    assert_eq!(referral.kind(), StateKind::Closed);
    assert!(!has_open(&referral, TaskKind::Tell));
    let NoticeState::Posted { by, .. } = &referral.notices().last().unwrap().state else { panic!("posted") };
    assert_eq!(by.name().unwrap().as_str(), "SPOA_ADMIN");
}

#[test]
fn the_spool_is_not_telling() {
    let referral = accepted(false);
    let person = message(&referral, Party::Person);
    let referral = sent(referral, person, spooled());
    assert_eq!(referral.kind(), StateKind::Telling);
}

#[test]
fn a_reason_not_to_tell_is_recorded_and_closes() {
    let referral = accepted(false);
    let person = message(&referral, Party::Person);
    let why = text("Asked us in person not to write.");
    let step = NoticeStep::Excepted { why: why.clone() };
    let changes = referral.step_notice(&senior(monday()), person, step, &county()).unwrap();
    assert_eq!(kinds(&changes), [EventKind::NoticeExcepted, EventKind::Closed]);
    assert_eq!(changes.events()[0].why, Some(why));
}

#[test]
fn it_does_not_close_while_the_duty_call_is_owed() {
    let referral = triaged(monday(), flagged(by_call(), false), Category::E);
    let referral = after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap());
    let person = message(&referral, Party::Person);
    let told = sent(referral, person, NoticeStep::ToldByPhone { needs: None });
    assert_eq!(told.kind(), StateKind::Telling);
    let tried = after(told.record_contact(&senior(monday()), contact(monday(), false)).unwrap());
    assert_eq!(tried.kind(), StateKind::Telling);
    let call = tried.record_contact(&staff(Role::CrisisTeam, monday()), contact(monday(), true)).unwrap();
    assert_eq!(kinds(&call), [EventKind::ContactRecorded, EventKind::Closed]);
}

#[test]
fn whoever_may_record_the_last_thing_may_cause_the_closing() {
    for kind in [EventKind::ContactRecorded, EventKind::NoticePosted, EventKind::ToldByPhone, EventKind::Died]
    {
        for role in kind.action().roles() {
            assert!(EventKind::Closed.action().roles().contains(role), "{role:?} after {kind:?}");
        }
    }
}

#[test]
fn a_failure_after_closing_makes_a_task_until_somebody_was_really_told() {
    let referral = accepted(false);
    let person = message(&referral, Party::Person);
    let closed = sent(referral, person, handed());
    assert_eq!(closed.kind(), StateKind::Closed);
    let bounced = sent(closed, person, failed());
    assert_eq!(bounced.kind(), StateKind::Closed);
    assert!(has_open(&bounced, TaskKind::NotTold));
    let again = sent(bounced, person, spooled());
    assert!(has_open(&again, TaskKind::NotTold), "putting it in the spool again tells nobody");
    let told = sent(again, person, NoticeStep::ToldByPhone { needs: None });
    assert!(!has_open(&told, TaskKind::NotTold));
}

#[test]
fn a_failure_before_the_decision_makes_a_task_too() {
    let referral = arrived(monday(), request(by_email(), false));
    let receipt = message(&referral, Party::Person);
    let bounced = sent(referral, receipt, failed());
    assert!(has_open(&bounced, TaskKind::NotTold));
    let told = sent(bounced, receipt, handed());
    assert!(!has_open(&told, TaskKind::NotTold));
}

#[test]
fn a_receipt_that_never_arrived_does_not_matter_once_they_know_the_decision() {
    let referral = arrived(monday(), request(by_email(), false));
    let receipt = message(&referral, Party::Person);
    let referral = sent(referral, receipt, failed());
    let later = senior(monday().checked_add(HOUR).unwrap());
    let referral = after(referral.withdraw(&later, crate::fixtures::withdrawal(), &county()).unwrap());
    assert!(!has_open(&referral, TaskKind::NotTold) && has_open(&referral, TaskKind::Tell));
    let decision = message(&referral, Party::Person);
    let closed = sent(referral, decision, handed());
    assert_eq!(closed.kind(), StateKind::Closed);
    let delivered = sent(closed, decision, NoticeStep::Delivered { answer: text("delivered") });
    assert!(delivered.tasks().iter().all(|task| !task.is_open() || task.kind == TaskKind::Allocate));
}

#[test]
fn the_acknowledgement_stops_when_the_receipt_was_handed_over() {
    let referral = arrived(monday(), request(by_email(), false));
    let receipt = message(&referral, Party::Person);
    let running = |referral: &Referral| {
        referral.clocks().iter().any(|clock| clock.kind == ClockKind::RefAck && clock.is_running())
    };
    let spooled = sent(referral, receipt, spooled());
    assert!(running(&spooled));
    assert!(!running(&sent(spooled, receipt, handed())));
}

#[test]
fn a_message_that_is_not_there_or_cannot_take_the_step_changes_nothing() {
    let referral = arrived(monday(), request(by_letter(), false));
    let (ctx, county) = (worker(monday()), county());
    let nobody = referral.clone().step_notice(&ctx, uuid::Uuid::nil().into(), handed(), &county);
    assert_eq!(nobody.err(), Some(Refused::NoSuchPart));
    let letter = message(&referral, Party::Person);
    assert_eq!(referral.step_notice(&ctx, letter, handed(), &county).err(), Some(Refused::NoticeStep));
}

// A message that may not say who it is from cannot say what was decided (hazards H05, H18).
#[test]
fn a_message_that_may_not_say_the_decision_leaves_the_telling_to_a_human() {
    let referral = triaged(monday(), crate::fixtures::request(by_email(), false), Category::E);
    let referral = after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap());
    let person = message(&referral, Party::Person);
    let referral = sent(referral, person, handed());
    assert_eq!(referral.kind(), StateKind::Telling, "asked to get in touch is not told");
    assert!(has_open(&referral, TaskKind::Tell));
    let referral = sent(referral, person, NoticeStep::ToldByPhone { needs: None });
    assert_eq!(referral.kind(), StateKind::Closed);
}

#[test]
fn a_code_goes_to_what_the_person_may_be_written_to_and_to_nothing_that_others_gave() {
    let goes = |request: SelfReferral| arrived(monday(), request).code_addresses(monday()).len();
    assert_eq!(goes(request(by_email(), true)), 1);
    assert_eq!(goes(request(by_call(), true)), 0, "a number to be rung on is none to be written to");
    assert_eq!(goes(request(by_letter(), true)), 0);
    assert_eq!(goes(for_someone(by_email(), agreed(), None)), 0, "a carer gave it");
    let mut through = request(by_email(), true);
    through.contact.through_asker = true;
    assert_eq!(goes(through), 0, "it is somebody else's");
    let mut both = request(by_email(), true);
    both.contact.also = vec![by_call(), by_letter()];
    assert_eq!(goes(both), 1);
}

#[test]
fn a_way_that_the_person_gave_themselves_takes_a_code_whoever_asked_for_them() {
    let referral = arrived(monday(), for_someone(by_call(), agreed(), None));
    let person = as_actor(Actor::Person(holder()), monday());
    let change = Change::Contact(SafeContact::by(by_email()));
    let referral = after(referral.change(&person, change, &county()).unwrap());
    assert_eq!(referral.code_addresses(monday()).len(), 1);
}
