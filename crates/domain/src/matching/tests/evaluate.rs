//! The evaluator against chance: whatever the rules and the facts, what it says can be relied on.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::fixtures::{line, rules as built_in, text};
use crate::matching::{Picture, Rule, RuleSet, Said, Signal, TeamType};

const SOME: [Signal; 6] = [
    Signal::Money,
    Signal::Mild,
    Signal::HighDistress,
    Signal::Psychosis,
    Signal::Urgent,
    Signal::SafetyOpen,
];

fn signals() -> impl Strategy<Value = BTreeSet<Signal>> {
    subsequence(SOME.to_vec(), 0..=3).prop_map(BTreeSet::from_iter)
}

fn rules() -> impl Strategy<Value = RuleSet> {
    let rule = (signals(), signals(), signals(), signals());
    prop::collection::vec(rule, 1..5).prop_map(|all| {
        let rule =
            |(n, (all, any, none, guards)): (usize, (BTreeSet<_>, BTreeSet<_>, BTreeSet<_>, BTreeSet<_>))| {
                Rule {
                    id: format!("rule-{n}").parse().unwrap(),
                    name: line("Something"),
                    helps: text("People"),
                    all,
                    any,
                    none,
                    guards,
                    offers: vec![line("Something")],
                    teams: BTreeSet::from([TeamType::Voluntary]),
                }
            };
        let fits = |rule: &Rule| rule.mistakes().is_empty();
        let rules = all.into_iter().enumerate().map(rule).filter(fits).collect();
        RuleSet { rules, cases: Vec::new() }
    })
}

fn facts() -> impl Strategy<Value = Vec<(Signal, Option<bool>)>> {
    prop::collection::vec(select(vec![None, Some(true), Some(false)]), SOME.len())
        .prop_map(|answers| SOME.into_iter().zip(answers).collect())
}

fn picture(facts: &[(Signal, Option<bool>)]) -> Picture {
    facts.iter().fold(Picture::default(), |known, (signal, answer)| match answer {
        Some(yes) => known.with(*signal, *yes, Said::Person),
        None => known,
    })
}

/// Every way in which what is not known could turn out.
fn completions(facts: &[(Signal, Option<bool>)]) -> Vec<Vec<(Signal, Option<bool>)>> {
    let open: Vec<Signal> = facts.iter().filter(|(_, it)| it.is_none()).map(|(signal, _)| *signal).collect();
    let ways = 0..1_u32 << open.len();
    ways.map(|way| {
        let turned = |(signal, answer): &(Signal, Option<bool>)| {
            let place = open.iter().position(|it| it == signal);
            (*signal, answer.or(place.map(|place| way & (1 << place) != 0)))
        };
        facts.iter().map(turned).collect()
    })
    .collect()
}

fn names(rules: &RuleSet, facts: &[(Signal, Option<bool>)]) -> Vec<String> {
    rules.suggest(&picture(facts)).suggestions.into_iter().map(|one| one.rule.to_string()).collect()
}

proptest! {
    #[test]
    fn the_same_facts_always_give_the_same_list_in_the_order_of_the_rules(rules in rules(), facts in facts()) {
        let first = names(&rules, &facts);
        prop_assert_eq!(&first, &names(&rules, &facts));
        let mut backwards = facts.clone();
        backwards.reverse();
        prop_assert_eq!(&first, &names(&rules, &backwards));
        let order: Vec<_> = rules.rules.iter().map(|rule| rule.id.to_string()).filter(|id| first.contains(id)).collect();
        prop_assert_eq!(first, order);
    }

    #[test]
    fn every_suggestion_rests_on_facts_that_are_so(rules in rules(), facts in facts()) {
        let picture = picture(&facts);
        for one in rules.suggest(&picture).suggestions {
            prop_assert!(!one.because.is_empty());
            let rule = rules.rules.iter().find(|rule| rule.id == one.rule).unwrap();
            for why in &one.because {
                prop_assert_eq!(picture.says(why.signal), Some(true));
                prop_assert!(rule.all.contains(&why.signal) || rule.any.contains(&why.signal));
            }
            for signal in &one.not_known {
                prop_assert_eq!(picture.says(*signal), None);
            }
        }
    }

    #[test]
    fn not_known_is_never_taken_for_no_or_for_yes(rules in rules(), facts in facts()) {
        let found = rules.suggest(&picture(&facts));
        for whole in completions(&facts) {
            let then = names(&rules, &whole);
            let turned = picture(&whole);
            for one in &found.suggestions {
                // A suggestion stands, however it turns out, unless something turns up that it names as not known.
                let stopped = one.not_known.iter().any(|signal| turned.says(*signal) == Some(true));
                prop_assert_eq!(then.contains(&one.rule.to_string()), !stopped);
            }
        }
        for rule in &rules.rules {
            let here = rule.holds(&picture(&facts));
            let open: Vec<bool> = completions(&facts).iter().map(|whole| rule.holds(&picture(whole)) == Some(true)).collect();
            match here {
                Some(true) => prop_assert!(open.contains(&true)),
                Some(false) => prop_assert!(!open.contains(&true), "a no stays a no"),
                None => prop_assert!(open.contains(&true) && open.contains(&false), "worth asking"),
            }
        }
    }

    #[test]
    fn what_is_worth_asking_decides_it(rules in rules(), facts in facts()) {
        for one in rules.suggest(&picture(&facts)).worth_asking {
            prop_assert!(!one.ask.is_empty());
            prop_assert!(!one.because.is_empty());
            let known: Vec<_> = facts.iter().map(|(signal, answer)| {
                let rule = rules.rules.iter().find(|rule| rule.id == one.rule).unwrap();
                let wanted = !rule.guards.contains(signal);
                (*signal, if one.ask.contains(signal) { Some(wanted) } else { *answer })
            }).collect();
            prop_assert!(names(&rules, &known).contains(&one.rule.to_string()));
        }
    }
}

/// The evaluator names nothing that can change anything: it gets facts and gives reasons.
#[test]
fn a_suggestion_cannot_change_anything() {
    let evaluator =
        [include_str!("../suggest.rs"), include_str!("../picture.rs"), include_str!("../rule.rs")];
    for source in evaluator {
        for means in ["Ctx", "Changes", "EventKind", "Write", "Referral"] {
            assert!(!source.contains(means), "the evaluator knows {means}");
        }
    }
}

/// No number: what is suggested has no field that could rank or rate anybody.
#[test]
fn a_suggestion_has_reasons_and_no_number() {
    let known = Picture::default().with(Signal::Psychosis, true, Said::Staff);
    let found = built_in().suggest(&known);
    let one = serde_json::to_value(&found.suggestions[0]).unwrap();
    let fields: Vec<_> = one.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["because", "name", "not_known", "offers", "rule", "teams"]);
    assert!(!one.to_string().chars().any(|c| c.is_ascii_digit()), "{one}");
}
