//! What is missing is asked for once, no clock stops, and nobody waits for the answer.

use crate::access::{Decision, Target, decide};
use crate::actor::{Actor, Ctx, Role};
use crate::change::EventKind;
use crate::clock::ClockKind;
use crate::door::{Knowing, ReferralSource, SafeContact, Source};
use crate::fixtures::{
    DAY, HOUR, after, agreed, arrived, as_actor, at, by_call, by_email, by_letter, by_professional, by_text,
    county, for_someone, line, monday, request, senior, staff, text, triage_form, withdrawal,
};
use crate::guest::LetterLink;
use crate::notice::{Message, NoticeState, Party, Route};
use crate::referral::{Answerer, Category, Referral, StateKind};
use crate::refused::Refused;
use crate::section::{Section, SectionKind};
use crate::task::TaskKind;
use crate::track::{Holder, Scope};

fn open(sent: crate::door::SelfReferral) -> Referral {
    after(arrived(monday(), sent).open(&senior(monday())).unwrap())
}

fn asked(sent: crate::door::SelfReferral) -> Referral {
    let ctx = staff(Role::SpoaAdmin, monday());
    after(open(sent).enquire(&ctx, text("Which tablets, and since when?"), &county()).unwrap())
}

/// Whoever holds the link.
fn link(referral: &Referral, now: jiff::Timestamp) -> Ctx {
    as_actor(Actor::Person(Holder { referral: referral.id(), scope: Scope::Asked }), now)
}

fn told(name: &str) -> Answerer {
    Answerer::Told { name: line(name) }
}

fn by_link() -> Answerer {
    Answerer::ByLink { name: line("Dr Vale"), role: line("GP") }
}

fn task(referral: &Referral, kind: TaskKind) -> Option<jiff::Timestamp> {
    referral.tasks().iter().find(|task| task.kind == kind && task.is_open()).map(|task| task.due_at)
}

#[test]
fn asking_stops_no_clock_and_leaves_triage_owed_when_it_was() {
    let before = open(by_professional(by_call(), agreed(), (ReferralSource::A1, by_email())));
    let clocks = before.clocks().to_vec();
    let due = task(&before, TaskKind::Triage);
    let asked = after(before.enquire(&senior(monday()), text("Which tablets?"), &county()).unwrap());
    assert_eq!(asked.clocks(), clocks, "time goes on");
    assert!(asked.clocks().iter().any(|clock| clock.kind == ClockKind::RefTriage && clock.is_running()));
    assert_eq!(task(&asked, TaskKind::Triage), due, "and triage is owed when it was");
    assert_eq!(asked.kind(), StateKind::Screening);
    assert_eq!(task(&asked, TaskKind::Enquiry), Some(at("03-25 10:00")), "two working days");
}

#[test]
fn whoever_asked_for_them_is_asked_and_the_person_only_where_they_asked_themselves() {
    let of = |referral: &Referral| {
        let notice = referral.notices().last().unwrap();
        assert!(matches!(notice.message, Message::Enquiry { .. }), "{:?}", notice.message);
        (notice.party, notice.route.code(), matches!(notice.message, Message::Enquiry { own: true, .. }))
    };
    let professional = asked(by_professional(by_letter(), agreed(), (ReferralSource::A1, by_email())));
    assert_eq!(of(&professional), (Party::Referrer, "email", false));
    assert_eq!(of(&asked(request(by_text(), false))), (Party::Person, "text", true));
    let silent = open(for_someone(by_call(), Knowing::default(), None));
    let refused = silent.enquire(&senior(monday()), text("Which tablets?"), &county());
    assert_eq!(refused.err(), Some(Refused::NobodyToAsk), "the person is not asked behind whoever asked");
    let reach = Some(SafeContact::by(by_call()));
    assert_eq!(of(&asked(for_someone(by_letter(), Knowing::default(), reach))).1, "call");
}

#[test]
fn it_is_asked_once_and_only_while_somebody_has_it_open() {
    let asked = asked(request(by_email(), false));
    assert!(!asked.moves().contains(&EventKind::EnquiryMade));
    let again = asked.clone().enquire(&senior(monday()), text("And this?"), &county());
    assert_eq!(again.err(), Some(Refused::AlreadyAsked));
    let arrived = arrived(monday(), request(by_email(), false));
    assert!(!arrived.moves().contains(&EventKind::EnquiryMade));
    let unopened = arrived.enquire(&senior(monday()), text("Which tablets?"), &county());
    assert_eq!(unopened.err(), Some(Refused::NotFromHere));
    let answered =
        after(asked.answer_enquiry(&senior(monday()), text("None."), Answerer::Own, &county()).unwrap());
    let after_answer = answered.enquire(&senior(monday()), text("And this?"), &county());
    assert_eq!(after_answer.err(), Some(Refused::AlreadyAsked), "an answer does not open it again");
}

// seed: 75
#[test]
fn the_answer_is_said_since_by_whoever_was_asked_and_somebody_reads_it() {
    let referral = asked(by_professional(by_letter(), agreed(), (ReferralSource::A1, by_email())));
    let ctx = link(&referral, monday().checked_add(HOUR).unwrap());
    let unnamed = referral.clone().answer_enquiry(&ctx, text("None."), Answerer::Own, &county());
    assert_eq!(unnamed.err(), Some(Refused::NotNamed), "a colleague says who they are");
    let changes = referral.answer_enquiry(&ctx, text("Sertraline since May."), by_link(), &county()).unwrap();
    assert_eq!(changes.events()[0].kind, EventKind::EnquiryAnswered);
    let answered = after(changes);
    let added = answered.head().since.added.last().unwrap();
    assert_eq!((added.text.clone(), added.source), (text("Sertraline since May."), Source::Professional));
    assert_eq!(task(&answered, TaskKind::Enquiry), None);
    assert!(task(&answered, TaskKind::ReadNew).is_some() && task(&answered, TaskKind::Triage).is_some());
    let enquired = answered.enquired().unwrap();
    let answer = enquired.enquiry.answer.as_ref().unwrap();
    assert_eq!((&answer.told_by, &answer.role), (&Some(line("Dr Vale")), &Some(line("GP"))));
    assert!(!enquired.open);
    assert!(!enquired.is_late(monday().checked_add(DAY * 9).unwrap()));
    // What somebody else said is not shown to the person who follows their request; what they said themselves is.
    let outside = |referral: &Referral| {
        let mut sections = referral.outside_sections().into_iter();
        let since = sections.find_map(|it| if let Section::Since(since) = it { Some(since) } else { None });
        since.unwrap().added.len()
    };
    assert_eq!((outside(&answered), answered.head().since.added.len()), (0, 1));
    let own = asked(request(by_email(), false));
    let ctx = link(&own, monday());
    let own = after(own.answer_enquiry(&ctx, text("Since May."), Answerer::Own, &county()).unwrap());
    assert_eq!((outside(&own), own.head().since.added[0].source), (1, Source::Person));
}

#[test]
fn a_link_answers_once_within_two_working_days_and_staff_write_down_what_comes_later() {
    let referral = asked(request(by_email(), false));
    let last = at("03-25 10:00");
    let in_time =
        referral.clone().answer_enquiry(&link(&referral, last), text("None."), Answerer::Own, &county());
    let answered = after(in_time.unwrap());
    let twice =
        answered.answer_enquiry(&link(&referral, last), text("Other words."), Answerer::Own, &county());
    assert_eq!(twice.err(), Some(Refused::AlreadyAnswered));
    let late = last.checked_add(HOUR).unwrap();
    let spent =
        referral.clone().answer_enquiry(&link(&referral, late), text("None."), Answerer::Own, &county());
    assert_eq!(spent.err(), Some(Refused::LinkSpent));
    assert!(referral.enquired().unwrap().is_late(late) && !referral.enquired().unwrap().is_late(last));
    let told = referral
        .answer_enquiry(&senior(late), text("None."), told("The surgery's nurse"), &county())
        .unwrap();
    let answer = after(told).enquired().unwrap().enquiry.answer.unwrap();
    assert_eq!(answer.told_by, Some(line("The surgery's nurse")));
    assert_eq!(answer.by.user(), senior(late).actor.staff().map(|staff| staff.user));
    let nothing = arrived(monday(), request(by_email(), false));
    let unasked = nothing.answer_enquiry(&senior(monday()), text("None."), Answerer::Own, &county());
    assert_eq!(unasked.err(), Some(Refused::NotFromHere));
}

#[test]
fn the_words_of_its_letter_lead_to_the_question_while_it_can_be_answered() {
    let referral = asked(request(by_letter(), false));
    let question = LetterLink::Question(referral.id(), referral.enquired().unwrap().enquiry.id);
    assert_eq!(referral.letter_links(monday()), vec![question]);
    assert_eq!(referral.letter_links(at("03-25 10:00")), vec![question], "on the last day");
    assert_eq!(referral.letter_links(at("03-25 10:01")), vec![]);
    let answered = referral.answer_enquiry(&senior(monday()), text("None."), Answerer::Own, &county());
    assert_eq!(after(answered.unwrap()).letter_links(monday()), vec![]);
}

#[test]
fn triage_waits_for_no_answer_and_ends_what_was_waited_for() {
    let referral = asked(request(by_email(), false));
    assert!(referral.moves().contains(&EventKind::Triaged), "at any time");
    let triaged = after(referral.triage(&senior(monday()), triage_form(Category::E), &county()).unwrap());
    assert_eq!(task(&triaged, TaskKind::Enquiry), None);
    let enquired = triaged.enquired().unwrap();
    assert!(enquired.open && enquired.overtaken, "an answer is welcome all the same");
    assert!(!enquired.is_late(monday().checked_add(DAY * 9).unwrap()), "nobody is told to triage again");
    let ctx = link(&triaged, monday());
    let answered = after(triaged.answer_enquiry(&ctx, text("None."), Answerer::Own, &county()).unwrap());
    assert!(task(&answered, TaskKind::ReadNew).is_some(), "somebody reads it all the same");
}

#[test]
fn once_it_is_decided_or_answered_nobody_is_owed_the_question_any_more() {
    let referral = asked(request(by_email(), false));
    let waits = |referral: &Referral| {
        referral.owed_notices().any(|notice| matches!(notice.message, Message::Enquiry { .. }))
    };
    assert!(waits(&referral));
    let answered =
        referral.clone().answer_enquiry(&senior(monday()), text("None."), Answerer::Own, &county());
    assert!(!waits(&after(answered.unwrap())));
    let withdrawn = after(referral.clone().withdraw(&senior(monday()), withdrawal(), &county()).unwrap());
    assert!(!waits(&withdrawn) && task(&withdrawn, TaskKind::Enquiry).is_none());
    let dead = after(referral.record_death(&senior(monday()), text("Told by the family.")).unwrap());
    assert!(dead.notices().iter().all(|notice| notice.state.is_settled()));
    let ctx = link(&dead, monday());
    let answer = dead.answer_enquiry(&ctx, text("None."), Answerer::Own, &county());
    assert_eq!(answer.err(), Some(Refused::NotFromHere));
}

#[test]
fn a_message_that_may_say_nothing_does_not_count_as_having_asked() {
    let message = Message::Enquiry {
        reference: asked(request(by_email(), false)).reference().clone(),
        own: true,
        answer_by: monday(),
    };
    let by = |way, say_nhs| Route::to_person(&SafeContact { say_nhs, ..SafeContact::by(way) });
    for (route, carries) in [
        (by(by_email(), true), true),
        (by(by_email(), false), false),
        (by(by_text(), true), true),
        (by(by_text(), false), false),
        (by(by_call(), false), true),
        (by(by_letter(), false), true),
    ] {
        assert_eq!(route.carries(&message), carries, "{route:?}");
    }
    assert!(!message.is_receipt() && message.code() == "enquiry");
    let asked = asked(request(by_email(), false));
    assert!(matches!(asked.notices().last().unwrap().state, NoticeState::Queued));
}

#[test]
fn whoever_holds_the_link_sees_the_question_and_nothing_of_the_person() {
    let referral = asked(by_professional(by_letter(), agreed(), (ReferralSource::A1, by_email())));
    let seen: Vec<SectionKind> =
        SectionKind::ALL.into_iter().filter(|kind| Scope::Asked.sees(*kind)).collect();
    assert_eq!(seen, [SectionKind::Enquiry]);
    let ctx = link(&referral, monday());
    let teams = referral.teams();
    let may =
        |action| decide(&ctx.actor, action, &Target::Referral(referral.id(), &teams)) == Decision::Allowed;
    let all: Vec<_> = crate::access::Action::ALL.into_iter().filter(|action| may(*action)).collect();
    assert_eq!(all, [crate::access::Action::ReferralRead, crate::access::Action::EnquiryAnswer]);
    let other = arrived(monday(), request(by_email(), false));
    let target = Target::Referral(other.id(), &teams);
    assert_eq!(decide(&ctx.actor, crate::access::Action::EnquiryAnswer, &target), Decision::Hidden);
}
