//! The words a person comes back with, and the digits they are sent.

use std::collections::BTreeSet;

use onedoor_domain::value::{CodeDigits, CodeDigitsError, PhraseError, ReturnPhrase};
use proptest::prelude::*;

use crate::seeded;

const LIST: &str = include_str!("../../src/value/phrase/words.txt");

fn words() -> Vec<&'static str> {
    LIST.split_whitespace().collect()
}

fn of(number: u64) -> ReturnPhrase {
    ReturnPhrase::from_bytes(number.to_be_bytes())
}

/// One letter wrong, left out, put in, or two neighbours swapped.
fn one_slip_apart(a: &str, b: &str) -> bool {
    let (short, long) =
        if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    match long.len() - short.len() {
        0 => {
            let wrong: Vec<usize> = (0..long.len()).filter(|at| short[*at] != long[*at]).collect();
            match wrong[..] {
                [_] => true,
                [first, second] => {
                    second == first + 1 && short[first] == long[second] && short[second] == long[first]
                }
                _ => false,
            }
        }
        1 => (0..long.len()).any(|at| [&long[..at], &long[at + 1..]].concat() == short),
        _ => false,
    }
}

#[test]
fn the_list_has_1024_short_plain_words_in_order() {
    let words = words();
    assert_eq!(words.len(), 1_024);
    assert!(words.is_sorted_by(|a, b| a < b), "sorted, each once");
    for word in &words {
        assert!((3..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_lowercase()), "{word}");
    }
}

#[test]
fn no_two_words_can_be_taken_for_each_other() {
    let words = words();
    let beginnings: BTreeSet<&str> = words.iter().map(|word| word.get(..4).unwrap_or(word)).collect();
    assert_eq!(beginnings.len(), words.len(), "four letters are enough");
    for (at, a) in words.iter().enumerate() {
        for b in &words[at + 1..] {
            assert!(!one_slip_apart(a, b), "{a} and {b}");
            assert!(!b.starts_with(a), "{a} begins {b}");
        }
    }
}

#[test]
fn a_phrase_is_read_back_however_it_was_written_down() {
    seeded(&any::<u64>(), |number| {
        let phrase = of(number);
        let words = phrase.words();
        prop_assert_eq!(words.len(), 5);
        let numbered: Vec<String> =
            words.iter().enumerate().map(|(at, word)| format!("{}. {word}", at + 1)).collect();
        for typed in [
            phrase.key(),
            phrase.key().to_uppercase(),
            words.join("-"),
            words.join(", "),
            words.join(" – "),
            format!("  {}.\n", words.join("\n")),
            numbered.join("\n"),
            words.iter().map(|word| word.get(..4).unwrap_or(word)).collect::<Vec<_>>().join(" "),
            words
                .iter()
                .map(|word| if word.len() > 3 { format!("{word}s") } else { (*word).into() })
                .collect::<Vec<_>>()
                .join(" "),
        ] {
            prop_assert_eq!(typed.parse::<ReturnPhrase>(), Ok(phrase.clone()), "{}", typed);
        }
        Ok(())
    });
}

#[test]
fn what_cannot_be_a_phrase_is_refused_with_the_reason_that_helps() {
    for (typed, why) in [
        ("", PhraseError::Empty),
        (" 12 - 3 ", PhraseError::Empty),
        ("acorn", PhraseError::WrongCount),
        ("acorn abbey actor badger bakery basil", PhraseError::WrongCount),
        ("acorn abbey actor badger qwerty", PhraseError::UnknownWord),
        ("acorn abbey actor badger a", PhraseError::UnknownWord),
        ("acorn abbey actor badger catx", PhraseError::UnknownWord),
        ("acorn abbey actor badger été", PhraseError::UnknownWord),
    ] {
        assert_eq!(typed.parse::<ReturnPhrase>(), Err(why), "{typed:?}");
    }
}

#[test]
fn every_word_is_used_and_phrases_do_not_repeat() {
    let different: BTreeSet<String> =
        (0..50_000_u64).map(|n| of(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).key()).collect();
    assert_eq!(different.len(), 50_000);
    let used: BTreeSet<&str> = different.iter().flat_map(|phrase| phrase.split(' ')).collect();
    assert_eq!(used.len(), 1_024);
    assert_eq!(of(0), of(1 << 50), "fifty bits and no more");
    assert_ne!(of(0), of((1 << 50) - 1));
}

#[test]
fn neither_a_phrase_nor_a_code_shows_itself_in_a_log() {
    assert_eq!(format!("{:?} {:?}", of(7), CodeDigits::from_bytes([7; 8])), "(hidden) (hidden)");
}

#[test]
fn a_code_is_read_back_however_it_was_copied() {
    let code = CodeDigits::from_bytes(123_456_u64.to_be_bytes());
    assert_eq!((code.key(), code.shown().as_str()), ("123456", "123 456"));
    for typed in ["123456", "123 456", " 123-456. ", "1 2 3 4 5 6", "123\u{a0}456", "123–456"] {
        assert_eq!(typed.parse::<CodeDigits>(), Ok(code.clone()), "{typed:?}");
    }
    assert_eq!(CodeDigits::from_bytes([0; 8]).key(), "000000", "noughts count");
    assert_eq!("١٢٣٤٥٦".parse::<CodeDigits>().unwrap().key(), "123456", "in the digits a person writes with");
}

#[test]
fn what_cannot_be_a_code_is_refused_with_the_reason_that_helps() {
    for (typed, why) in [
        ("", CodeDigitsError::Empty),
        (" - ", CodeDigitsError::Empty),
        ("12345", CodeDigitsError::WrongLength),
        ("1234567", CodeDigitsError::WrongLength),
        ("12345o", CodeDigitsError::BadCharacter),
    ] {
        assert_eq!(typed.parse::<CodeDigits>(), Err(why), "{typed:?}");
    }
}
