//! Every row of pathway §7 and every entry of §8, against the rules that come with the software.

use std::collections::BTreeSet;

use crate::fixtures::rules;
use crate::matching::{Mistake, Picture, Place, RuleSet, Said, Signal, TeamType, Wrong};

fn picture(yes: &[Signal], no: &[Signal]) -> Picture {
    let no = no.iter().fold(Picture::default(), |known, signal| known.with(*signal, false, Said::Staff));
    yes.iter().fold(no, |known, signal| known.with(*signal, true, Said::Person))
}

/// The rules that suggest, in order.
fn suggested(yes: &[Signal], no: &[Signal]) -> Vec<String> {
    let found = rules().suggest(&picture(yes, no));
    found.suggestions.into_iter().map(|one| one.rule.to_string()).collect()
}

fn teams(rule: &str) -> BTreeSet<TeamType> {
    let rules = self::rules().rules;
    rules.into_iter().find(|known| known.id.as_str() == rule).unwrap().teams
}

#[test]
fn what_comes_with_the_software_could_be_signed_off() {
    let rules = self::rules();
    assert_eq!(rules.mistakes(), Vec::new());
    assert_eq!(rules.rules.len(), 18);
    assert!(
        serde_json::from_str::<RuleSet>("{\"rules\": [], \"cases\": [], \"score\": 7}").is_err(),
        "nothing unknown is read"
    );
}

// seed: 78
#[test]
fn gap_one_practical_need_and_mild_trouble_is_offered_practical_help() {
    use Signal::{HighDistress, Mild, PracticalHelp, SafetyOpen, Urgent};
    let known = [Urgent, SafetyOpen];
    for need in
        [Signal::Housing, Signal::Money, Signal::Isolation, Signal::Work, Signal::Routine, Signal::Skills]
    {
        assert_eq!(suggested(&[need, PracticalHelp, Mild], &known), ["practical"], "{need:?}");
    }
    assert_eq!(suggested(&[PracticalHelp, Mild], &known), [""; 0], "no main need");
    assert_eq!(suggested(&[Signal::Money, Mild], &known), [""; 0], "nobody asked for practical help");
    assert_eq!(suggested(&[Signal::Money, PracticalHelp, HighDistress], &known), [""; 0]);
    assert_eq!(suggested(&[Signal::Money, PracticalHelp, Mild, Urgent], &[SafetyOpen]), [""; 0], "B or C");
    let offers = [TeamType::Voluntary, TeamType::WellbeingHub, TeamType::PrimaryCare];
    assert_eq!(teams("practical"), BTreeSet::from(offers));
}

// seed: 78
#[test]
fn gap_one_waits_while_a_safety_concern_is_unresolved() {
    use Signal::{Mild, Money, PracticalHelp, SafetyOpen};
    assert_eq!(suggested(&[Money, PracticalHelp, Mild, SafetyOpen], &[]), [""; 0]);
    let unknown = rules().suggest(&picture(&[Money, PracticalHelp, Mild], &[]));
    assert!(unknown.suggestions.is_empty(), "not known is not safe");
    assert_eq!(unknown.worth_asking[0].ask, [SafetyOpen]);
}

// seed: 79
#[test]
fn gap_two_strong_distress_and_a_way_that_is_too_hard_is_offered_somebody_who_comes() {
    for barrier in [Signal::MissedOffer, Signal::TooAnxious, Signal::Withdrawn, Signal::HardToStart] {
        assert_eq!(suggested(&[Signal::HighDistress, barrier], &[]), ["outreach"], "{barrier:?}");
        let found = rules().suggest(&picture(&[barrier], &[]));
        assert!(found.suggestions.is_empty(), "{barrier:?} alone");
        let asks = found.worth_asking.iter().find(|one| one.rule.as_str() == "outreach").unwrap();
        assert_eq!(asks.ask, [Signal::HighDistress], "{barrier:?}: worth asking how strong it is");
    }
    let offers = [TeamType::PrimaryCare, TeamType::Outreach, TeamType::WellbeingHub];
    assert_eq!(teams("outreach"), BTreeSet::from(offers));
}

// seed: 79
#[test]
fn whoever_missed_an_offer_is_never_suggested_less_for_it() {
    // A missed appointment never takes a suggestion away (pathway §10): it only ever adds the way that is easier.
    let others = [Signal::Psychosis, Signal::Eating, Signal::Trauma, Signal::Perinatal, Signal::Homeless];
    for other in others {
        let with = suggested(&[other, Signal::MissedOffer], &[]);
        assert!(suggested(&[other], &[]).iter().all(|rule| with.contains(rule)), "{other:?}");
    }
}

// seed: 80
#[test]
fn gap_three_too_much_for_talking_therapy_and_no_crisis_is_offered_the_core_team() {
    let known = [Signal::Psychosis, Signal::Mania, Signal::Urgent];
    for more in [Signal::SeveralOrLong, Signal::Trauma, Signal::TherapyNotEnough, Signal::ToldDidNotFit] {
        assert_eq!(suggested(&[more], &known), ["core-community"], "{more:?}");
        assert_eq!(suggested(&[more, Signal::Mania], &[Signal::Urgent]), ["mania"], "{more:?}");
        assert_eq!(suggested(&[more, Signal::Urgent], &[]), [""; 0], "{more:?}");
    }
    let offers = [TeamType::PrimaryCare, TeamType::Community, TeamType::Psychological, TeamType::Personality];
    assert_eq!(teams("core-community"), BTreeSet::from(offers));
}

// seed: 77
#[test]
fn each_specific_pathway_is_suggested_at_the_start_by_its_own_signals() {
    use Signal as S;
    let rows: [(&[Signal], &str, &[TeamType]); 14] = [
        (&[S::Crisis], "crisis", &[TeamType::Crisis]),
        (&[S::Psychosis, S::FourteenToSixtyFive], "early-psychosis", &[TeamType::EarlyIntervention]),
        (&[S::Mania], "mania", &[TeamType::Community, TeamType::Crisis]),
        (&[S::Psychosis], "psychosis", &[TeamType::Community]),
        (&[S::Eating], "eating", &[TeamType::Eating]),
        (&[S::SelfHarm], "self-harm", &[TeamType::PrimaryCare, TeamType::Community, TeamType::Crisis]),
        (&[S::Perinatal], "perinatal", &[TeamType::Perinatal]),
        (&[S::Memory], "memory", &[TeamType::Organic, TeamType::Memory]),
        (&[S::SixtyFiveOrOver, S::HighDistress], "older-people", &[TeamType::Community, TeamType::Organic]),
        (&[S::Substance], "substance", &[TeamType::Community, TeamType::Substance]),
        (&[S::Homeless], "homeless", &[TeamType::Voluntary, TeamType::Outreach, TeamType::RoughSleeping]),
        (&[S::Court], "court", &[TeamType::Diversion]),
        (&[S::SeventeenAndAHalf], "moving-to-adult", &[TeamType::Community]),
        (&[S::RepeatedCrises], "personality", &[TeamType::Community, TeamType::Personality]),
    ];
    for (yes, rule, offers) in rows {
        assert_eq!(suggested(yes, &[]), [rule], "{yes:?}");
        assert_eq!(teams(rule), offers.iter().copied().collect(), "{rule}");
    }
    assert_eq!(suggested(&[S::Personality], &[]), ["personality"], "no exclusion by a diagnosis");
}

// seed: 77
#[test]
fn talking_therapies_are_suggested_to_whoever_wants_them_and_can_come_and_no_measure_is_a_bar() {
    use Signal::{CanAttend, CommonAnxietyOrDepression, WantsTalking};
    let wanted = [CommonAnxietyOrDepression, WantsTalking, CanAttend];
    let known = [Signal::Urgent, Signal::SafetyOpen, Signal::Psychosis, Signal::Mania];
    assert_eq!(suggested(&wanted, &known), ["talking-therapies"]);
    for missing in 0..wanted.len() {
        let some: Vec<_> =
            wanted.iter().enumerate().filter(|(n, _)| *n != missing).map(|(_, it)| *it).collect();
        assert_eq!(suggested(&some, &known), [""; 0]);
    }
    for codes in Signal::all().map(Signal::code) {
        assert!(!codes.contains("phq") && !codes.contains("gad") && !codes.contains("score"), "{codes}");
    }
}

// seed: 81
#[test]
fn a_rule_says_whom_it_helps_and_can_never_say_who_is_turned_away() {
    for rule in rules().rules {
        assert!(rule.helps.as_str().starts_with("People") || rule.helps.as_str().starts_with("Young people"));
    }
    for words in [
        "You are not eligible for this.",
        "People who meet our criteria",
        "Below the threshold",
        "Not suitable for people who drink",
        "We reject nobody but",
        "Excludes people with a personality disorder",
    ] {
        let mut rules = self::rules();
        let place = Place::Rule(rules.rules[0].id.clone());
        rules.rules[0].helps = words.parse().unwrap();
        assert_eq!(rules.mistakes(), [Mistake { place: place.clone(), wrong: Wrong::TurnsAway }], "{words}");
        let mut rules = self::rules();
        rules.rules[0].offers[0] = words.parse().unwrap();
        assert_eq!(rules.mistakes(), [Mistake { place, wrong: Wrong::TurnsAway }], "{words}");
    }
}

#[test]
fn every_mistake_is_named_by_its_place_and_its_reason() {
    type Change = Box<dyn Fn(&mut RuleSet)>;

    let first = || Place::Rule("crisis".parse().unwrap());
    let case = || Place::Case("somebody-within-a-day".parse().unwrap());
    let mut none = RuleSet::default();
    assert_eq!(none.mistakes(), [Mistake { place: Place::Edition, wrong: Wrong::NoRules }]);
    none.cases = vec![rules().cases.remove(0)];
    assert!(none.mistakes().contains(&Mistake { place: case(), wrong: Wrong::NoSuchRule }));
    let wrong = |change: &dyn Fn(&mut RuleSet)| {
        let mut rules = self::rules();
        change(&mut rules);
        rules.mistakes()
    };
    let changes: [(Change, Place, Wrong); 9] = [
        (Box::new(|it| it.rules[0].offers.clear()), first(), Wrong::NoOffers),
        (Box::new(|it| it.rules[0].teams.clear()), first(), Wrong::NoTeams),
        (Box::new(|it| it.rules[0].all.clear()), first(), Wrong::NoSignals),
        (Box::new(|it| it.rules[0].none = it.rules[0].all.clone()), first(), Wrong::Contradicts),
        (Box::new(|it| it.rules[0].guards = it.rules[0].all.clone()), first(), Wrong::Contradicts),
        (Box::new(|it| it.rules.push(it.rules[0].clone())), first(), Wrong::Twice),
        (Box::new(|it| it.cases[0].expect.clear()), first(), Wrong::NoCase),
        (Box::new(|it| it.cases[0].expect.clear()), case(), Wrong::Fails),
        (Box::new(|it| it.cases[0].no = it.cases[0].yes.clone()), case(), Wrong::Contradicts),
    ];
    for (change, place, why) in changes {
        let found = wrong(&*change);
        assert!(found.contains(&Mistake { place, wrong: why }), "{why:?}: {found:?}");
    }
    let many = wrong(&|it| {
        let one = it.cases[0].clone();
        it.cases = (0..=crate::matching::MOST).map(|_| one.clone()).collect();
    });
    assert!(many.contains(&Mistake { place: Place::Edition, wrong: Wrong::TooMany }));
}

#[test]
fn codes_are_unique_and_lead_back() {
    let codes: BTreeSet<_> = Signal::all().map(Signal::code).collect();
    assert_eq!(codes.len(), Signal::all().count());
    for signal in Signal::all() {
        assert_eq!(Signal::from_code(signal.code()), Some(signal));
        assert_eq!(serde_json::to_value(signal).unwrap(), signal.code(), "stored as it is written in forms");
    }
    for kind in TeamType::ALL {
        assert_eq!(TeamType::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
}

#[test]
fn a_new_rule_gets_a_name_in_data_that_nothing_else_has() {
    let rules = self::rules();
    for (words, name) in [
        ("Help with worry at night", "help-with-worry-at-night"),
        ("Memory", "memory-2"),
        ("Sofa", "sofa-2"),
        ("  ÄÖ!  ", "rule"),
        ("a", "rule"),
        (
            "A very long name that goes on and on and on and on for ever and ever and is not done yet",
            "a-very-long-name-that-goes-on-and-on-and",
        ),
    ] {
        assert_eq!(rules.free_id(words).unwrap().as_str(), name, "{words}");
    }
}
