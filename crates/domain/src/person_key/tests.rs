//! Names as people and forms write them, dates the wrong way round, numbers in every shape: who is found, and why.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::door::SafeContact;
use crate::value::{Phone, Text};

/// In the 999 range, which belongs to nobody.
const NHS: &str = "999 000 0018";

fn line(text: &str) -> Line {
    text.parse().unwrap()
}

fn born(year: i16, month: i8, day: i8) -> DateOfBirth {
    DateOfBirth::new(date(year, month, day), date(2026, 11, 30)).unwrap()
}

fn by(ways: Vec<Way>) -> SafeContact {
    let mut ways = ways.into_iter();
    let first = ways.next().unwrap_or(Way::InPerson { place: Text::from(line("By the river")) });
    SafeContact { also: ways.collect(), ..SafeContact::by(first) }
}

fn person(called: &str, full: Option<&str>, born_on: Option<DateOfBirth>) -> Person {
    let identity = Identity { full_name: full.map(line), born_on, ..Identity::called(line(called)) };
    let id = crate::ids::PersonId(uuid::Uuid::from_u128(7));
    Person { id, identity, contact: by(Vec::new()), needs: crate::door::Needs::default() }
}

fn calls(typed: &str) -> Way {
    Way::Call { phone: typed.parse().unwrap(), voicemail: false }
}

/// Whether a search finds somebody, and why.
fn finds(search: &Search, person: &Person) -> Option<Vec<Because>> {
    let wanted = search.wanted();
    let keys = keys(person, true);
    let door = wanted.iter().any(|wanted| wanted.is_door() && keys.contains(&wanted.key));
    let found = ranked(&wanted, [((), keys)]).pop().unwrap();
    (door && search.fits(person, &found.because)).then(|| found.because.into_iter().collect())
}

fn asks(name: &str, born_on: DateOfBirth) -> Search {
    Search::Person { name: line(name), born_on }
}

#[test]
fn a_name_is_the_same_name_however_it_is_written() {
    let alike = [
        ("Zoë Núñez", "zoe nunez"),
        ("INVENTED, Mira", "Mira Invented"),
        ("Mary O’Brien", "O'BRIEN Mary"),
        ("Anna Smith-Jones", "Jones Smith, Anna"),
        ("Dr. Łukasz Kowal", "Lukasz Kowal"),
        ("Jürgen Groß", "jurgen gross"),
        ("Søren  Æbler", "Soren Aebler"),
        ("İpek Işık", "ipek isik"),
        ("ﬁona ＢＥＬＬ", "Fiona Bell"),
    ];
    for (one, other) in alike {
        let key = |name: &str| of_name(&line(name)).into_iter().find(|key| key.kind() == KeyKind::Name);
        assert_eq!(key(one), key(other), "{one} and {other}");
    }
    assert_eq!(fold::words("Mr"), ["mr"], "a name that is only a title is a name");
    assert_eq!(of_name(&line("???")), [], "nothing to compare by");
    assert_eq!(fold::words("Мария 小林"), ["мария", "小林"], "every alphabet is one");
}

#[test]
fn names_that_sound_alike_have_one_key_and_others_have_not() {
    let alike = [
        &["Catherine", "Katherine", "Kathryn", "Catharine"][..],
        &["Stephen", "Steven", "Stefan"],
        &["Mohammed", "Muhammad", "Mohamed", "Mohammad"],
        &["Hussain", "Husain", "Hussein"],
        &["Sean", "Shaun", "Shawn"],
        &["Smith", "Smyth", "Schmidt"],
        &["Geoffrey", "Jeffrey"],
        &["Philip", "Phillip", "Filip"],
        &["Lee", "Leigh"],
        &["Dixon", "Dickson"],
        &["Müller", "Mueller"],
        &["Khan", "Kan"],
        &["Wright", "Right"],
        &["Alexander", "Aleksander"],
    ];
    for names in alike {
        let sounds: BTreeSet<String> =
            names.iter().flat_map(|name| fold::words(name)).map(|word| sound::of(&word)).collect();
        assert_eq!(sounds.len(), 1, "{names:?}: {sounds:?}");
    }
    for (one, other) in [("Mira", "Mona"), ("John", "James"), ("Ali", "Bali"), ("Ng", "Wu")] {
        let of = |name: &str| sound::of(&name.to_lowercase());
        assert_ne!(of(one), of(other), "{one} and {other}");
    }
    assert_eq!(sound::of("мария"), "мария", "what cannot be said here stands for itself");
}

#[test]
fn a_caller_is_found_with_a_name_turned_round_misheard_or_in_part() {
    let mira = person("Mira", Some("Mira Anne Invented"), Some(born(1990, 4, 3)));
    let on = born(1990, 4, 3);
    for (name, because) in [
        ("Invented, Mira Anne", vec![Because::Name, Because::BornOn, Because::Sound, Because::Part]),
        ("Myra Ann Inventid", vec![Because::BornOn, Because::Sound, Because::Part]),
        ("Mira Invented", vec![Because::BornOn, Because::Part]),
        ("Mira Newly-Married", vec![Because::BornOn, Because::Part]),
        ("MIRA", vec![Because::BornOn, Because::Part]),
    ] {
        assert_eq!(finds(&asks(name, on), &mira), Some(because), "{name}");
    }
    assert_eq!(finds(&asks("Jo Somebody", on), &mira), None, "a birthday is shared by many");
    assert_eq!(finds(&asks("Mira Anne Invented", born(1990, 4, 4)), &mira), None, "another date of birth");
}

#[test]
fn strangers_who_are_called_the_same_do_not_agree_in_their_whole_name() {
    let (one, other) = (person("Dot", Some("Dot Mbeki-Shaw"), None), person("Dot", Some("Dot Yeo"), None));
    let because = agreeing(&Wanted::of_person(&one, true), &keys(&other, true));
    assert_eq!(because, BTreeSet::from([Because::Part]));
    assert!(!worth_a_look(&one, &other, &because), "a first name alone is nobody's");
}

#[test]
fn day_and_month_changed_round_are_found_and_said_to_be() {
    let mira = person("Mira", Some("Mira Invented"), Some(born(1990, 4, 3)));
    let because = finds(&asks("Mira Invented", born(1990, 3, 4)), &mira).unwrap();
    assert!(because.contains(&Because::BornSwapped) && !because.contains(&Because::BornOn), "{because:?}");
    for (born_on, other) in
        [(born(1990, 4, 13), None), (born(1990, 4, 4), None), (born(1990, 12, 1), Some(1))]
    {
        assert_eq!(swapped(born_on).map(jiff::civil::Date::month), other, "{born_on}");
    }
}

#[test]
fn somebody_whose_date_of_birth_we_do_not_know_is_found_by_the_whole_name() {
    let on = born(1990, 4, 3);
    assert!(finds(&asks("Mira Invented", on), &person("Mira Invented", None, None)).is_some());
    assert!(finds(&asks("Myra Inventid", on), &person("Mira Invented", None, None)).is_some());
    assert_eq!(finds(&asks("Mira Invented", on), &person("Mira", None, None)), None, "a first name alone");
}

#[test]
fn a_number_is_one_number_however_it_is_typed_and_only_their_own() {
    let mut mira = person("Mira", None, None);
    mira.contact = by(vec![calls("07700 900456"), Way::Text { phone: "07700900457".parse().unwrap() }]);
    for typed in ["+44 7700 900456", "0044 7700 900 456", "07700-900-456", "(07700) 900457"] {
        let search = Search::Phone(typed.parse::<Phone>().unwrap());
        assert_eq!(finds(&search, &mira), Some(vec![Because::Phone]), "{typed}");
    }
    assert_eq!(finds(&Search::Phone("07700 900458".parse().unwrap()), &mira), None);
    mira.contact.through_asker = true;
    assert_eq!(finds(&Search::Phone("07700 900456".parse().unwrap()), &mira), None, "the asker's number");
}

#[test]
fn words_that_stand_where_no_name_is_known_are_no_key_and_a_pseudo_postcode_is_no_place() {
    let mut nobody = person("Name not known", None, Some(born(1990, 4, 3)));
    nobody.identity.postcode = "ZZ99 3VZ".parse().ok();
    nobody.identity.nhs_number = Some(NHS.parse().unwrap());
    let kinds = |named| -> Vec<KeyKind> { keys(&nobody, named).iter().map(PersonKey::kind).collect() };
    assert_eq!(kinds(false), [KeyKind::NhsNumber, KeyKind::BornOn]);
    assert!(kinds(true).contains(&KeyKind::Name));
}

#[test]
fn who_agrees_in_more_facts_stands_first_and_nobody_is_left_out() {
    let asked = Person {
        identity: Identity {
            postcode: "LS1 4AP".parse().ok(),
            ..person("Mira Invented", None, Some(born(1990, 4, 3))).identity
        },
        contact: by(vec![calls("07700 900456")]),
        ..person("Mira", None, None)
    };
    let wanted = Wanted::of_person(&asked, true);
    let mut all = asked.clone();
    all.identity.full_name = Some(line("Invented Mira"));
    let name_and_birth = person("Mira Invented", None, Some(born(1990, 4, 3)));
    let sound_and_birth = person("Myra Inventid", None, Some(born(1990, 4, 3)));
    let swapped = person("Mira Invented", None, Some(born(1990, 3, 4)));
    let name = person("Mira Invented", None, None);
    let nothing = person("Jo Somebody", None, None);
    let found = [
        ("nothing", &nothing),
        ("name", &name),
        ("swapped", &swapped),
        ("sound and birth", &sound_and_birth),
        ("name and birth", &name_and_birth),
        ("all", &all),
    ];
    let order: Vec<&str> = ranked(&wanted, found.map(|(what, person)| (what, keys(person, true))))
        .into_iter()
        .map(|one| one.of)
        .collect();
    assert_eq!(order, ["all", "name and birth", "swapped", "sound and birth", "name", "nothing"]);
}

#[test]
fn a_key_is_never_longer_than_an_index_row_may_be() {
    let long = "ﷺ".repeat(200);
    for key in of_name(&line(&long)) {
        assert!(key.as_str().chars().count() <= LONGEST && key.as_str().len() <= 4 * LONGEST);
    }
}

#[test]
fn codes_are_their_own_and_lead_back() {
    let codes: BTreeSet<&str> = KeyKind::ALL.into_iter().map(KeyKind::code).collect();
    assert_eq!(codes.len(), KeyKind::ALL.len());
    for kind in SearchKind::ALL {
        assert_eq!(SearchKind::from_code(kind.code()), Some(kind));
    }
}
