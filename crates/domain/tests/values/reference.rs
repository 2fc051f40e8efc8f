//! The reference a person reads out over the telephone.

use std::collections::BTreeSet;

use onedoor_domain::value::{Reference, ReferenceError};
use proptest::prelude::*;

use crate::seeded;

const ALPHABET: &str = "34679CDFHJKMNPRTWXY";

fn of(number: u64) -> Reference {
    Reference::from_bytes(number.to_be_bytes())
}

#[test]
fn a_reference_is_read_back_however_it_is_typed() {
    let reference = of(0x0123_4567_89ab_cdef);
    let shown = reference.to_string();
    assert_eq!((shown.len(), shown.chars().nth(4)), (9, Some(' ')));
    let (first, second) = shown.split_once(' ').unwrap();
    for typed in [
        shown.clone(),
        shown.to_lowercase(),
        format!("{first}{second}"),
        format!("  {first} - {second} "),
        format!("{first}–{second}"),
        reference.as_str().split("").collect::<Vec<_>>().join(" "),
    ] {
        assert_eq!(Reference::try_from(typed.as_str()).as_ref(), Ok(&reference), "{typed}");
    }
}

#[test]
fn a_reference_that_cannot_be_right_is_refused_with_the_reason_that_helps() {
    let right = of(7);
    let cases = [
        ("", ReferenceError::Empty),
        (" - ", ReferenceError::Empty),
        ("346", ReferenceError::WrongLength),
        ("34679CDFH", ReferenceError::WrongLength),
        ("34679CD0", ReferenceError::BadCharacter),
        ("34679CDA", ReferenceError::BadCharacter),
        ("34679CDß", ReferenceError::BadCharacter),
    ];
    for (typed, why) in cases {
        assert_eq!(Reference::try_from(typed), Err(why), "{typed:?}");
    }
    let (start, last) = right.as_str().split_at(7);
    let other = if last == "3" { "4" } else { "3" };
    assert_eq!(Reference::try_from(format!("{start}{other}")), Err(ReferenceError::CheckCharacter));
}

#[test]
fn no_character_can_be_taken_for_another_and_no_word_can_appear() {
    assert_eq!(ALPHABET.chars().collect::<BTreeSet<_>>().len(), 19);
    assert!(!ALPHABET.contains(['0', 'O', 'Q', '1', 'I', 'L', '2', 'Z', '5', 'S', '8', 'B', 'G', 'U', 'V']));
    assert!(!ALPHABET.contains(['A', 'E', 'I', 'O', 'U']));
    let used: BTreeSet<char> = (0..20_000_u64)
        .flat_map(|n| of(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).as_str().chars().collect::<Vec<_>>())
        .collect();
    assert_eq!(used, ALPHABET.chars().collect());
}

#[test]
fn every_single_slip_and_every_swap_is_noticed() {
    seeded(&any::<u64>(), |number| {
        let right = of(number);
        prop_assert_eq!(Reference::try_from(right.as_str()), Ok(right.clone()));
        let characters: Vec<char> = right.as_str().chars().collect();
        for at in 0..8 {
            for other in ALPHABET.chars().filter(|other| *other != characters[at]) {
                let mut slip = characters.clone();
                slip[at] = other;
                let read = Reference::try_from(String::from_iter(slip));
                prop_assert_eq!(read, Err(ReferenceError::CheckCharacter));
            }
            for with in (at + 1..8).filter(|with| characters[*with] != characters[at]) {
                let mut slip = characters.clone();
                slip.swap(at, with);
                let read = Reference::try_from(String::from_iter(slip));
                prop_assert_eq!(read, Err(ReferenceError::CheckCharacter));
            }
        }
        Ok(())
    });
}

#[test]
fn all_seven_free_characters_are_used() {
    let different: BTreeSet<Reference> =
        (0..50_000_u64).map(|n| of(n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    assert!(different.len() > 49_990, "{}", different.len());
    let space = 19_u64.pow(7);
    assert_eq!(of(0), of(space));
    assert_ne!(of(0), of(space - 1));
}
