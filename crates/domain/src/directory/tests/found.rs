//! By which keys a service is found, and by which it is not.

use std::collections::BTreeSet;

use super::with;
use crate::calendar::Calendar;
use crate::directory::keys::{self, Search};
use crate::fixtures::{at, line};

fn found_by(search: &Search, moment: &str) -> bool {
    let entry = with(
        r#", "description": "Counselling for older people’s worries about housing", "organization": {"name": "Café Soleil"},
        "attributes": [{"taxonomy_term": {"name": "Money and debt"}}], "service_areas": [{"name": "North Ashmere"}],
        "service_at_locations": [{"location": {"name": "Old Mill", "addresses": [{"city": "Millbrook", "postal_code": "AM12 2AB"}]},
        "schedules": [{"byday": "FR", "opens_at": "22:00", "closes_at": "02:00"}]}]"#,
    )
    .unwrap();
    let keys: BTreeSet<String> = keys::of(&entry);
    search.keys(at(moment), &Calendar::england()).iter().all(|key| keys.contains(key))
}

fn words(words: &str) -> Search {
    Search { words: words.to_owned(), ..Search::default() }
}

fn place(place: &str) -> Search {
    Search { place: place.to_owned(), ..Search::default() }
}

#[test]
fn words_are_found_whatever_their_ending_case_or_accent() {
    for typed in [
        "",
        "lantern",
        "COUNSELLOR",
        "counsellors",
        "counsel",
        "worry",
        "House",
        "houses",
        "cafe",
        "café soleil",
        "people",
        "the housing of people",
        "debts",
        "money & debt",
        "  older,people ",
    ] {
        assert!(found_by(&words(typed), "03-23 12:00"), "{typed}");
    }
    for typed in ["gardening", "lantern gardening", "hous3", "count", "house council"] {
        assert!(!found_by(&words(typed), "03-23 12:00"), "{typed}");
    }
}

#[test]
fn a_place_is_a_postcode_its_beginning_a_town_or_an_area() {
    for typed in
        ["", "AM12 2AB", "am12 9zz", "AM12", "am", "Millbrook", "old mill", "north ashmere", "Ashmere"]
    {
        assert!(found_by(&place(typed), "03-23 12:00"), "{typed}");
    }
    for typed in ["AM1", "BA5", "B", "South Ashmere", "Wells"] {
        assert!(!found_by(&place(typed), "03-23 12:00"), "{typed}");
    }
}

#[test]
fn a_need_is_the_whole_term() {
    let need = |name: &str| Search { need: Some(line(name)), ..Search::default() };
    assert!(found_by(&need("Money and Debt"), "03-23 12:00"));
    assert!(!found_by(&need("Money"), "03-23 12:00"));
}

#[test]
fn hours_narrow_down_without_losing_anything_that_is_open() {
    let now = Search { open_now: true, ..Search::default() };
    for (moment, narrowed) in
        [("03-20 23:00", true), ("03-21 01:59", true), ("03-20 12:00", false), ("03-22 01:00", false)]
    {
        assert_eq!(found_by(&now, moment), narrowed, "{moment}");
    }
    // On a bank holiday any rule of the service may hold: nothing is narrowed.
    assert_eq!(now.keys(at("04-03 12:00"), &Calendar::england()), [keys::ALL]);
}

#[test]
fn nothing_typed_is_everything_and_far_too_much_is_not_too_much() {
    assert_eq!(Search::default().keys(at("03-23 12:00"), &Calendar::england()), [keys::ALL]);
    assert_eq!(words("the of and").keys(at("03-23 12:00"), &Calendar::england()), [keys::ALL]);
    let many = (0..200).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    assert!(words(&many).keys(at("03-23 12:00"), &Calendar::england()).len() <= 12);
}

#[test]
fn lists_are_sorted_by_the_folded_name() {
    let entry = super::named("  Élan – help & support for absolutely everybody in the whole county ");
    assert_eq!(keys::sort(&entry), "elan help support for absolutely everybo");
}
