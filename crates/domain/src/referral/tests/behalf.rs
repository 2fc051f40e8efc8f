//! Requests made for somebody else: who is told what, what becomes a case, and what is owed to the person.

use crate::change::EventKind;
use crate::clock::{ClockKind, StopWhy};
use crate::door::{Age, Agrees, Knowing, Origin, ReferralSource, SafeContact, SelfReferral};
use crate::fixtures::{
    DAY, acceptance, advice, after, agreed, arrived, at, by_call, by_email, by_letter, by_professional,
    contact, county, for_someone, kinds, monday, request, senior, text, triage_form, withdrawal, worker,
};
use crate::notice::{Message, News, NoticeState, NoticeStep, Party};
use crate::referral::{Category, ContactMade, Heard, Held, Referral, Stands, StateKind};
use crate::refused::Refused;
use crate::task::TaskKind;

fn mother(knowing: Knowing) -> SelfReferral {
    for_someone(by_call(), knowing, Some(SafeContact::by(by_letter())))
}

fn triaged(sent: SelfReferral) -> Referral {
    let opened = after(arrived(monday(), sent).open(&senior(monday())).unwrap());
    after(opened.triage(&senior(monday()), triage_form(Category::E), &county()).unwrap())
}

fn heard(referral: Referral, agrees: bool, may_tell: bool) -> Referral {
    let heard = Heard { told: true, agrees: Some(agrees), may_tell };
    let made = ContactMade { heard, ..contact(monday(), true) };
    after(referral.record_contact(&senior(monday()), made).unwrap())
}

fn news(referral: &Referral) -> Vec<News> {
    let all = referral.notices().iter().filter(|notice| notice.party == Party::Referrer);
    all.filter_map(|notice| {
        if let Message::ToReferrer { news, .. } = &notice.message { Some(news.clone()) } else { None }
    })
    .collect()
}

fn open(referral: &Referral, kind: TaskKind) -> Option<jiff::Timestamp> {
    referral.tasks().iter().find(|task| task.kind == kind && task.is_open()).map(|task| task.due_at)
}

fn to_person(referral: &Referral) -> usize {
    referral.notices().iter().filter(|notice| notice.party == Party::Person).count()
}

#[test]
fn whoever_asks_hears_that_it_arrived_and_a_person_who_does_not_know_hears_nothing_by_a_machine() {
    let referral = arrived(monday(), mother(Knowing::default()));
    assert!(matches!(news(&referral)[..], [News::Received { .. }]));
    assert_eq!(to_person(&referral), 0);
    let known = arrived(monday(), mother(agreed()));
    assert!(matches!(known.notices()[0].message, Message::AskedFor { .. }));
    let unsafe_to_tell = Knowing { unsafe_to_tell: Some(text("He reads her post.")), ..agreed() };
    assert_eq!(to_person(&arrived(monday(), mother(unsafe_to_tell))), 0);
}

#[test]
fn the_person_is_told_within_a_month_and_the_month_ends_with_its_last_day() {
    let referral = arrived(at("01-31 10:00"), mother(Knowing::default()));
    let due = open(&referral, TaskKind::TellHeld).unwrap();
    assert_eq!(due, at("03-01 00:00").checked_sub(jiff::SignedDuration::from_secs(1)).unwrap());
    let told = heard(triaged(mother(Knowing::default())), false, false);
    assert_eq!(open(&told, TaskKind::TellHeld), None);
    let clock = told.clocks().iter().find(|clock| clock.kind == ClockKind::TellHeld).unwrap();
    assert_eq!(clock.stop_why, Some(StopWhy::Done));
    assert!(open(&arrived(monday(), request(by_email(), false)), TaskKind::TellHeld).is_none());
}

#[test]
fn an_adult_who_does_not_agree_is_offered_contact_and_no_case_is_made() {
    let not = Knowing { knows: true, agrees: Agrees::No, ..Knowing::default() };
    let referral = triaged(mother(not));
    let refused = referral.clone().accept(&senior(monday()), acceptance(monday()), &county());
    assert_eq!(refused.err(), Some(Refused::NotAgreed));
    let still = heard(referral.clone(), false, false);
    let refused = still.clone().accept(&senior(monday()), acceptance(monday()), &county());
    assert_eq!(refused.err(), Some(Refused::NotAgreed));
    assert!(still.withdraw(&senior(monday()), withdrawal(), &county()).is_ok());
    let agrees = heard(referral.clone(), true, false);
    assert!(agrees.accept(&senior(monday()), acceptance(monday()), &county()).is_ok());
    let waived = referral.waive_agreement(&senior(monday()), text("Lacks capacity for this decision today."));
    let waived = waived.unwrap();
    assert_eq!(kinds(&waived), [EventKind::AgreementWaived]);
    assert!(after(waived).accept(&senior(monday()), acceptance(monday()), &county()).is_ok());
}

#[test]
fn nothing_is_decided_about_somebody_who_does_not_know_of_it() {
    let referral = triaged(mother(Knowing::default()));
    let refused = referral.clone().advise(&senior(monday()), advice(monday()), &county());
    assert_eq!(refused.err(), Some(Refused::PersonNotTold));
    let day = crate::calendar::local_date(monday().checked_add(DAY * 14).unwrap());
    let held = after(referral.hold_back(&senior(monday()), text("He reads her post."), day).unwrap());
    assert!(matches!(held.asked_by().held, Some(Held::Unsafe { .. })));
    assert_eq!(open(&held, TaskKind::TellHeld).map(crate::calendar::local_date), day.tomorrow().ok());
    let advised = after(held.advise(&senior(monday()), advice(monday()), &county()).unwrap());
    let person = advised.notices().iter().find(|notice| notice.party == Party::Person).unwrap();
    assert!(matches!(person.state, NoticeState::Excepted { .. }), "nothing is sent while it is not safe");
}

#[test]
fn whoever_asked_is_told_only_what_the_person_agrees_to() {
    let accept = |referral: Referral| {
        after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap())
    };
    let claimed = accept(triaged(mother(agreed())));
    assert_eq!(news(&claimed).pop(), Some(News::Dealt), "a relative's word about it is not the person's");
    let said = accept(heard(triaged(mother(agreed())), true, true));
    assert!(matches!(news(&said).pop(), Some(News::Accepted { .. })));
    let gp = |knowing| by_professional(by_email(), knowing, (ReferralSource::A1, by_email()));
    assert!(matches!(news(&accept(triaged(gp(agreed())))).pop(), Some(News::Accepted { .. })));
    let silent = Knowing { may_tell: false, ..agreed() };
    assert_eq!(news(&accept(triaged(gp(silent)))).pop(), Some(News::Dealt));
    let taken_back = accept(heard(triaged(gp(agreed())), true, false));
    assert_eq!(news(&taken_back).pop(), Some(News::Dealt), "the person's own word counts");
    let police = by_professional(by_email(), agreed(), (ReferralSource::E1, by_email()));
    assert_eq!(news(&accept(heard(triaged(police), true, true))).pop(), Some(News::Dealt));
}

#[test]
fn it_closes_when_the_person_and_whoever_asked_were_told() {
    let referral = heard(triaged(mother(agreed())), true, true);
    let mut referral = after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap());
    for party in [Party::Referrer, Party::Person] {
        assert_eq!(referral.kind(), StateKind::Telling, "before {party:?}");
        let id = referral.notices().iter().rev().find(|notice| notice.party == party).unwrap().id;
        let step =
            referral.step_notice(&senior(monday()), id, NoticeStep::ToldByPhone { needs: None }, &county());
        referral = after(step.unwrap());
    }
    assert_eq!(referral.kind(), StateKind::Closed);
}

#[test]
fn a_message_that_reached_the_person_is_how_they_were_told() {
    let referral = arrived(monday(), by_professional(by_email(), agreed(), (ReferralSource::C2, by_email())));
    let id = referral.notices().iter().find(|notice| notice.party == Party::Person).unwrap().id;
    let step = NoticeStep::Handed { answer: text("250 queued as 1") };
    let told = after(referral.step_notice(&worker(monday()), id, step, &county()).unwrap());
    assert_eq!(open(&told, TaskKind::TellHeld), None);
    assert!(matches!(told.asked_by().held, Some(Held::Told { .. })));
}

#[test]
fn one_that_is_joined_to_another_still_owes_the_person_the_news() {
    let live = arrived(monday(), request(by_email(), false));
    let referral = arrived(monday(), for_someone(by_call(), Knowing::default(), None));
    let joined = after(referral.link_duplicate(&senior(monday()), &live, &county()).unwrap());
    assert_eq!(joined.kind(), StateKind::Closed, "there is nobody to be told by a message");
    assert!(open(&joined, TaskKind::TellHeld).is_some());
}

#[test]
fn under_16_a_professional_says_in_words_what_the_young_person_understands() {
    let young = |age| {
        let mut sent = request(by_email(), false);
        sent.identity.age = Some(age);
        after(arrived(monday(), sent).open(&senior(monday())).unwrap())
    };
    let refused = young(Age::UnderSixteen).triage(&senior(monday()), triage_form(Category::E), &county());
    assert_eq!(refused.err(), Some(Refused::CompetenceNeeded));
    let mut form = triage_form(Category::E);
    form.competence = Some(text("Explains in her own words what we would do, and wants it."));
    assert!(young(Age::UnderSixteen).triage(&senior(monday()), form, &county()).is_ok());
    let older = young(Age::SixteenSeventeen).triage(&senior(monday()), triage_form(Category::E), &county());
    assert!(older.is_ok(), "16 and 17 are presumed able to decide");
}

// seed: 121
#[test]
fn the_national_code_of_whoever_asked_is_kept() {
    let code = |sent: SelfReferral| arrived(monday(), sent).origin().referral_source().code();
    assert_eq!(code(request(by_email(), false)), "B1");
    assert_eq!(code(mother(agreed())), "B2");
    for source in ReferralSource::ALL.into_iter().filter(|source| source.is_offered()) {
        assert_eq!(code(by_professional(by_email(), agreed(), (source, by_email()))), source.code());
    }
    let nameless = SelfReferral { origin: Origin::Professional(Box::default()), ..mother(agreed()) };
    assert_eq!(code(nameless), "M6");
    assert_eq!(ReferralSource::from_code("Q2"), None, "its meaning is not known");
}

#[test]
fn where_it_stands_says_what_the_person_allows_now() {
    let stands = |referral: &Referral| referral.referred().unwrap().stands;
    assert_eq!(arrived(monday(), request(by_email(), false)).referred(), None, "nobody else asked");
    let referral = arrived(monday(), mother(agreed()));
    assert_eq!(stands(&referral), Stands::Received);
    let referral = triaged(mother(agreed()));
    assert_eq!(stands(&referral), Stands::Looked);
    let accept = |referral: Referral| {
        after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap())
    };
    assert_eq!(stands(&accept(referral.clone())), Stands::Decided(News::Dealt));
    let told = accept(heard(referral, true, true));
    assert!(matches!(stands(&told), Stands::Decided(News::Accepted { .. })));
    assert_eq!(stands(&heard(told, true, false)), Stands::Decided(News::Dealt), "taken back is taken back");
}
