//! What a referral knows of the person, who said it, and what becomes of a choice.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::change::{EventKind, Tracked};
use crate::door::ReferralSource;
use crate::door::{
    Age, Caring, CaringFact, Danger, Given, Practical, Question, SelfReferral, Signal as Before, Source,
    Strain,
};
use crate::fixtures::{
    HOUR, acceptance, advice, after, agreed, arrived, by_call, by_email, by_letter, by_professional, county,
    edition, for_someone, kinds, monday, named, proposal, request, senior, taken, text, triage_form, triaged,
};
use crate::matching::{Chosen, MayHelp, OverrideReason, Said, Signal, Suggestion, Weighing};
use crate::notice::{Notice, Party};
use crate::referral::{Category, Referral};
use crate::refused::Refused;
use crate::section::Section;
use crate::value::DateOfBirth;

fn told(practical: Option<&[Strain]>, before: Option<&[Before]>) -> SelfReferral {
    let mut asked = named(by_email(), false);
    asked.told.practical = practical.map(|strains| Practical { strains: strains.to_vec(), about: None });
    asked.told.before = before.map(<[Before]>::to_vec);
    asked
}

fn matching(referral: &Referral) -> MayHelp {
    referral.matching(&edition(), monday())
}

fn says(asked: SelfReferral, signal: Signal) -> Option<(bool, Said)> {
    matching(&arrived(monday(), asked)).picture.of(signal).map(|known| (known.yes, known.said))
}

#[test]
fn every_box_of_the_door_is_a_signal_and_what_was_not_ticked_is_not_known() {
    let pairs = [
        (Strain::NoHome, Signal::Homeless),
        (Strain::NoHome, Signal::Housing),
        (Strain::HomeAtRisk, Signal::Housing),
        (Strain::Money, Signal::Money),
        (Strain::Work, Signal::Work),
        (Strain::Alcohol, Signal::Substance),
        (Strain::Drugs, Signal::Substance),
        (Strain::Legal, Signal::Court),
        (Strain::Alone, Signal::Isolation),
    ];
    for (strain, signal) in pairs {
        assert_eq!(says(told(Some(&[strain]), None), signal), Some((true, Said::Person)), "{strain:?}");
        assert_eq!(says(told(Some(&[Strain::Gambling]), None), signal), None, "{strain:?}: another box");
        assert_eq!(says(told(Some(&[]), None), signal), Some((false, Said::Person)), "none of these");
        assert_eq!(says(told(None, None), signal), None, "not asked");
    }
    let pairs = [
        (Before::CopingDayToDay, Signal::Skills),
        (Before::PracticalHelp, Signal::PracticalHelp),
        (Before::HardToStart, Signal::HardToStart),
        (Before::TooAnxious, Signal::TooAnxious),
        (Before::MissedOrStopped, Signal::MissedOffer),
        (Before::HardlyOut, Signal::Withdrawn),
        (Before::ToldDidNotFit, Signal::ToldDidNotFit),
        (Before::TherapyNotEnough, Signal::TherapyNotEnough),
        (Before::SeveralOrLong, Signal::SeveralOrLong),
    ];
    for (before, signal) in pairs {
        assert_eq!(says(told(None, Some(&[before])), signal), Some((true, Said::Person)), "{before:?}");
        assert_eq!(says(told(None, Some(&[])), signal), Some((false, Said::Person)), "{before:?}");
    }
    let mut baby = told(None, None);
    baby.told.caring = Some(Caring { facts: vec![CaringFact::PregnantOrBaby], about: None });
    assert_eq!(says(baby.clone(), Signal::Perinatal), Some((true, Said::Person)));
    baby.told.caring = Some(Caring { facts: vec![CaringFact::Children], about: None });
    assert_eq!(says(baby, Signal::Perinatal), None, "another box of that page says nothing about this one");
    let hurt = SelfReferral { dangers: vec![Danger::AlreadyHurt], ..told(None, None) };
    assert_eq!(says(hurt, Signal::SelfHarm), Some((true, Said::Person)));
}

#[test]
fn an_age_is_known_from_the_day_of_birth_and_as_far_as_an_age_group_says() {
    use Signal::{FourteenToSixtyFive as Middle, SeventeenAndAHalf as Nearly, SixtyFiveOrOver as Over};
    let born = |day| {
        let mut asked = told(None, None);
        asked.identity.born_on = Some(DateOfBirth::new(day, date(2026, 3, 23)).unwrap());
        asked
    };
    let of = |asked: &SelfReferral| {
        [Nearly, Over, Middle].map(|signal| says(asked.clone(), signal).map(|(yes, _)| yes))
    };
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(of(&born(date(2012, 3, 24))), [no, no, no], "thirteen");
    assert_eq!(of(&born(date(2008, 9, 24))), [no, no, yes], "seventeen, a day short of the half");
    assert_eq!(of(&born(date(2008, 9, 23))), [yes, no, yes], "seventeen and a half");
    assert_eq!(of(&born(date(2008, 3, 23))), [no, no, yes], "eighteen today");
    assert_eq!(of(&born(date(1961, 3, 23))), [no, yes, yes], "sixty-five today");
    assert_eq!(of(&born(date(1950, 1, 1))), [no, yes, no]);
    let mut group = told(None, None);
    for (age, expected) in [
        (None, [None, None, None]),
        (Some(Age::NotSaid), [None, None, None]),
        (Some(Age::Adult), [no, None, None]),
        (Some(Age::SixteenSeventeen), [None, no, yes]),
        (Some(Age::UnderSixteen), [no, no, None]),
    ] {
        group.identity.age = age;
        assert_eq!(of(&group), expected, "{age:?}");
    }
}

#[test]
fn what_somebody_else_said_is_theirs_and_what_staff_wrote_down_for_a_caller_is_the_caller_s() {
    let strains = |mut asked: SelfReferral, source: Option<Source>| {
        asked.told.practical = Some(Practical { strains: vec![Strain::Money], about: None });
        asked.told.given = source
            .map(|source| Given { question: Question::Practical, source, at: monday() })
            .into_iter()
            .collect();
        says(asked, Signal::Money).unwrap().1
    };
    let own = || named(by_email(), false);
    let other = || for_someone(by_call(), agreed(), None);
    assert_eq!(strains(own(), None), Said::Person);
    assert_eq!(strains(own(), Some(Source::Staff)), Said::Person);
    assert_eq!(strains(other(), None), Said::Other);
    assert_eq!(strains(other(), Some(Source::Staff)), Said::Other);
    assert_eq!(strains(other(), Some(Source::Carer)), Said::Other);
    assert_eq!(strains(other(), Some(Source::Person)), Said::Person, "they said it themselves since");
    let gp = by_professional(by_call(), agreed(), (ReferralSource::A1, by_letter()));
    assert_eq!(strains(gp, Some(Source::Professional)), Said::Other);
}

#[test]
fn danger_is_open_until_a_senior_has_looked_and_how_soon_is_known_from_then_on() {
    let asked = SelfReferral { dangers: vec![Danger::EndingLife], ..named(by_email(), false) };
    let referral = arrived(monday(), asked.clone());
    assert_eq!(matching(&referral).picture.says(Signal::SafetyOpen), Some(true));
    assert_eq!(matching(&referral).picture.says(Signal::Urgent), None);
    for (category, urgent) in
        [(Category::B, true), (Category::C, true), (Category::D, false), (Category::E, false)]
    {
        let picture = matching(&triaged(monday(), asked.clone(), category)).picture;
        assert_eq!(picture.says(Signal::SafetyOpen), Some(false), "{category:?}");
        assert_eq!(picture.says(Signal::Urgent), Some(urgent), "{category:?}");
    }
}

fn learned(referral: Referral, answers: &[(Signal, Option<bool>)]) -> Referral {
    let answers: BTreeMap<_, _> = answers.iter().copied().collect();
    after(referral.record_signs(&senior(monday()), &answers).unwrap())
}

// seed: 78
#[test]
fn what_a_senior_learned_joins_what_the_person_said_and_makes_the_suggestion() {
    let asked = told(Some(&[Strain::Money]), Some(&[Before::PracticalHelp]));
    let referral = triaged(monday(), asked, Category::E);
    let open = matching(&referral).suggested;
    assert!(open.suggestions.is_empty());
    assert_eq!(open.worth_asking[0].ask, [Signal::Mild]);
    let referral = learned(referral, &[(Signal::Mild, Some(true)), (Signal::Psychosis, Some(false))]);
    let known = matching(&referral);
    let one = &known.suggested.suggestions[0];
    assert_eq!(one.rule.as_str(), "practical");
    let because: Vec<_> = one.because.iter().map(|why| (why.signal, why.said)).collect();
    let expected =
        [(Signal::Money, Said::Person), (Signal::PracticalHelp, Said::Person), (Signal::Mild, Said::Staff)];
    assert_eq!(because, expected);
    assert_eq!(known.signs.len(), 2);
    assert_eq!(known.signs[0].by.name().unwrap().as_str(), "SPOA_SENIOR");
}

#[test]
fn a_note_is_kept_with_those_before_it_and_not_known_takes_it_back() {
    let referral = triaged(monday(), named(by_email(), false), Category::E);
    let referral = learned(referral, &[(Signal::Eating, Some(true)), (Signal::Mania, None)]);
    assert_eq!(matching(&referral).picture.says(Signal::Eating), Some(true));
    let referral = learned(referral, &[(Signal::Eating, Some(true))]);
    let referral = learned(referral, &[(Signal::Eating, None)]);
    assert_eq!(matching(&referral).picture.says(Signal::Eating), None);
    let stored = serde_json::to_value(&**referral.head()).unwrap();
    assert_eq!(
        stored["signs"].as_array().unwrap().len(),
        2,
        "yes, and not known any more; nothing said twice"
    );
    let derived = BTreeMap::from([(Signal::Urgent, Some(false))]);
    assert_eq!(
        referral.record_signs(&senior(monday()), &derived).unwrap_err(),
        Refused::NoSuchPart,
        "how soon is decided by triage"
    );
}

#[test]
fn notes_are_written_while_it_is_looked_at() {
    let answers = BTreeMap::from([(Signal::Mild, Some(true))]);
    let new = arrived(monday(), request(by_email(), false));
    assert_eq!(new.clone().record_signs(&senior(monday()), &answers).unwrap_err(), Refused::NotFromHere);
    let open = after(new.open(&senior(monday())).unwrap());
    let changes = open.record_signs(&senior(monday()), &answers).unwrap();
    assert_eq!(kinds(&changes), [EventKind::SignsRecorded]);
}

fn eating() -> Referral {
    let asked = told(Some(&[Strain::Money]), Some(&[Before::TherapyNotEnough]));
    let referral = triaged(monday(), asked, Category::E);
    learned(referral, &[(Signal::Eating, Some(true))])
}

fn weighing(referral: &Referral, chosen: Chosen) -> Weighing {
    let known = matching(referral);
    Weighing { edition: known.edition, shown: known.suggested.suggestions, chosen, team: None }
}

fn follows(rule: &str) -> Chosen {
    Chosen::Follows { rule: rule.parse().unwrap() }
}

fn differs() -> Chosen {
    Chosen::Differs { reason: OverrideReason::PersonsWish, words: text("Wants to see her own GP first.") }
}

// seed: 77
#[test]
fn passing_over_every_suggestion_needs_a_reason_and_nothing_can_be_followed_that_was_not_made() {
    let weigh = |chosen| {
        let referral = eating();
        let weighing = weighing(&referral, chosen);
        referral.weigh(&senior(monday()), EventKind::Accepted, weighing).map(|_| ())
    };
    assert_eq!(weigh(follows("eating")), Ok(()));
    assert_eq!(weigh(follows("core-community")), Ok(()));
    assert_eq!(weigh(differs()), Ok(()));
    assert_eq!(weigh(Chosen::NothingSuggested), Err(Refused::ReasonNeeded));
    assert_eq!(weigh(follows("crisis")), Err(Refused::ReasonNeeded));
    let plain = triaged(monday(), named(by_email(), false), Category::E);
    let none = weighing(&plain, differs());
    assert_eq!(
        plain.weigh(&senior(monday()), EventKind::Accepted, none).unwrap_err(),
        Refused::ReasonNeeded,
        "where nothing is suggested, nothing is passed over"
    );
}

fn accepted(referral: Referral, chosen: Chosen) -> Referral {
    let ctx = senior(monday());
    let weighing = weighing(&referral, chosen);
    let referral = referral.weigh(&ctx, EventKind::Accepted, weighing).unwrap();
    after(referral.accept(&ctx, acceptance(monday()), &county()).unwrap())
}

fn because_of(referral: &Referral) -> Vec<Signal> {
    let decided = |notice: &&Tracked<Notice>| notice.party == Party::Person && !notice.message.is_receipt();
    referral.notices().iter().rfind(decided).unwrap().message.reasons().to_vec()
}

/// What the person reads on their own page.
fn reasons(referral: &Referral) -> Vec<Signal> {
    let seen = referral.outside_sections();
    let found = seen
        .into_iter()
        .find_map(|section| if let Section::Whereabouts(at) = section { Some(at.because) } else { None });
    found.unwrap()
}

// seed: 77
#[test]
fn what_was_shown_and_chosen_is_kept_with_the_decision() {
    let referral = accepted(eating(), differs());
    let kept = &referral.weighed()[0];
    let shown: Vec<&str> = kept.shown.iter().map(|one: &Suggestion| one.rule.as_str()).collect();
    assert_eq!(shown, ["eating", "core-community"]);
    assert_eq!((kept.edition, kept.step, &kept.chosen), (0, EventKind::Accepted, &differs()));
    assert_eq!(kept.by.name().unwrap().as_str(), "SPOA_SENIOR");
    assert!(because_of(&referral).is_empty(), "what was not followed is not given as the reason");
}

// seed: 80
#[test]
fn the_person_reads_their_own_reasons_and_nobody_elses() {
    let referral = accepted(eating(), follows("core-community"));
    assert_eq!(because_of(&referral), [Signal::TherapyNotEnough]);
    assert_eq!(reasons(&referral), [Signal::TherapyNotEnough]);
    // What a senior wrote down is not said back in a letter.
    assert!(because_of(&accepted(eating(), follows("eating"))).is_empty());
    // Nor is what somebody else said of them, or what was answered on the safety page.
    let mut asked = for_someone(by_email(), agreed(), None);
    asked.told.before = Some(vec![Before::TherapyNotEnough]);
    let theirs = triaged(monday(), asked, Category::E);
    assert!(because_of(&accepted(theirs, follows("core-community"))).is_empty());
    let hurt = SelfReferral { dangers: vec![Danger::AlreadyHurt], ..named(by_letter(), false) };
    let hurt = triaged(monday(), hurt, Category::E);
    assert!(because_of(&accepted(hurt, follows("self-harm"))).is_empty());
}

#[test]
fn advice_and_a_handover_say_their_reasons_too_and_a_later_decision_its_own() {
    let ctx = senior(monday());
    let referral = eating();
    let chosen = weighing(&referral, follows("core-community"));
    let advised = referral.weigh(&ctx, EventKind::Advised, chosen).unwrap();
    let advised = after(advised.advise(&ctx, advice(monday()), &county()).unwrap());
    assert_eq!(because_of(&advised), [Signal::TherapyNotEnough]);

    let referral = eating();
    let chosen = weighing(&referral, follows("core-community"));
    let handed = referral.weigh(&ctx, EventKind::HandoverProposed, chosen).unwrap();
    let handed = after(handed.propose(&ctx, proposal(true, true), &county()).unwrap());
    assert_eq!(reasons(&handed), [Signal::TherapyNotEnough]);
    let handed = after(handed.take_over(&ctx, taken(&ctx), &county()).unwrap());
    assert_eq!(because_of(&handed), [Signal::TherapyNotEnough]);

    // Taken back and decided anew: the first choice is no reason of the second.
    let back = after(handed.take_back(&ctx, text("They moved."), &county()).unwrap());
    assert!(reasons(&back).is_empty());
    let again = after(back.accept(&ctx, acceptance(monday()), &county()).unwrap());
    assert!(reasons(&again).is_empty());
    assert_eq!(again.weighed().len(), 1, "what was chosen then stays on record");
}

#[test]
fn a_suggestion_never_moves_a_referral() {
    let before = triaged(monday(), told(None, Some(&[Before::TherapyNotEnough])), Category::E);
    let now = monday().checked_add(HOUR).unwrap();
    let known = before.matching(&edition(), now);
    assert!(!known.suggested.suggestions.is_empty());
    assert_eq!(before, before.clone(), "reading it changes nothing");
    let again = after(before.clone().triage(&senior(now), triage_form(Category::E), &county()).unwrap());
    assert_eq!(again.kind(), before.kind());
    assert!(again.decided().is_none(), "only a human decides");
}
