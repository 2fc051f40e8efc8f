//! `Line`, `Text`, and what every value has in common: storage form, message keys.

use onedoor_domain::value::{
    DateOfBirthError, Email, EmailError, Failure, Line, NhsNumber, NhsNumberError, Phone, PhoneError,
    Postcode, PostcodeError, Reference, ReferenceError, Text, TextError,
};
use proptest::prelude::*;

use crate::seeded;

#[test]
fn a_line_keeps_what_was_written_and_tidies_only_its_spaces() {
    let cases = [
        ("Ama", "Ama"),
        ("  Ama  Osei ", "Ama Osei"),
        ("Ama\tOsei", "Ama Osei"),
        ("Ama\r\nOsei\n", "Ama Osei"),
        ("Ama\u{a0}Osei", "Ama Osei"),
        ("\u{2003}Ama\u{3000}Osei\u{2028}", "Ama Osei"),
        ("\u{feff}Ama\u{200b}", "Ama"),
        ("O’Brien-Łukasz", "O’Brien-Łukasz"),
        ("محمد", "محمد"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("👩\u{200d}👧", "👩\u{200d}👧"),
        ("<b>&amp;", "<b>&amp;"),
    ];
    for (typed, kept) in cases {
        assert_eq!(Line::try_from(typed).unwrap().as_str(), kept, "{typed:?}");
    }
}

#[test]
fn a_line_that_nobody_could_read_is_refused_with_its_own_reason() {
    let long = "a".repeat(201);
    let cases = [
        ("", TextError::Empty),
        (" \n\t\u{a0}", TextError::Empty),
        ("\u{200b}\u{feff}", TextError::Empty),
        ("\u{200d}\u{200e}\u{ad}", TextError::Empty),
        (long.as_str(), TextError::TooLong { over: 1 }),
        ("Ama\0", TextError::ControlCharacter),
        ("Ama\u{1b}[31m", TextError::ControlCharacter),
        ("Ama\u{7f}", TextError::ControlCharacter),
        ("Ama\u{9f}", TextError::ControlCharacter),
        ("photo\u{202e}gpj.exe", TextError::ControlCharacter),
    ];
    for (typed, why) in cases {
        assert_eq!(Line::try_from(typed), Err(why), "{typed:?}");
    }
}

#[test]
fn limits_count_characters_not_bytes_and_after_tidying() {
    let line = format!("  {}  ", "é".repeat(Line::LIMIT));
    assert_eq!(Line::try_from(line.as_str()).unwrap().as_str().chars().count(), 200);
    let text = format!("\n\n{}\n", "é".repeat(Text::LIMIT));
    assert_eq!(Text::try_from(text.as_str()).unwrap().as_str().chars().count(), 10_000);
    assert_eq!(Text::try_from("é".repeat(Text::LIMIT + 1)), Err(TextError::TooLong { over: 1 }));
}

#[test]
fn a_text_keeps_its_lines_and_paragraphs() {
    let cases = [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\u{2029}two\u{2028}three\u{85}four", "one\ntwo\nthree\nfour"),
        ("  one  \n\n  two\t \n", "one\n\n  two"),
        ("\n\n\none\n\n\n", "one"),
        ("a\u{a0}b", "a b"),
        ("- eat\n  - sleep", "- eat\n  - sleep"),
    ];
    for (typed, kept) in cases {
        assert_eq!(Text::try_from(typed).unwrap().as_str(), kept, "{typed:?}");
    }
    assert_eq!(Text::try_from("\r\n \r\n"), Err(TextError::Empty));
    assert_eq!(Text::try_from("one\n\u{8}two"), Err(TextError::ControlCharacter));
}

#[test]
fn whatever_is_typed_reading_it_again_changes_nothing() {
    let alphabet = "[ -~\\n\\r\\t\u{0}\u{85}\u{a0}\u{ad}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{feff}é😀]{0,40}";
    seeded(&(alphabet, any::<String>()), |(dense, any)| {
        for typed in [dense, any] {
            if let Ok(line) = Line::try_from(typed.as_str()) {
                prop_assert!(!line.as_str().chars().any(char::is_control));
                prop_assert_eq!(Line::try_from(line.as_str()), Ok(line));
            }
            if let Ok(text) = Text::try_from(typed.as_str()) {
                prop_assert!(!text.as_str().chars().any(|c| c.is_control() && c != '\n'));
                prop_assert_eq!(Text::try_from(text.as_str()), Ok(text));
            }
        }
        Ok(())
    });
}

#[test]
fn no_bytes_make_any_reader_panic_and_what_it_takes_it_takes_again() {
    fn again<T>(typed: &str) -> proptest::test_runner::TestCaseResult
    where
        T: std::str::FromStr + AsRef<str> + PartialEq + std::fmt::Display,
    {
        if let Ok(value) = typed.parse::<T>() {
            prop_assert!(value.as_ref().parse::<T>().is_ok_and(|second| second == value));
            prop_assert!(value.to_string().parse::<T>().is_ok_and(|shown| shown == value));
        }
        Ok(())
    }
    let near = "[+0-9 ()-]{0,18}|[A-Za-z0-9 ]{0,9}|[a-z.@+-]{0,20}|[34679CDFHJKMNPRTWXY]{8}";
    seeded(&(near, any::<String>()), |(near, any)| {
        for typed in [near, any] {
            again::<NhsNumber>(&typed)?;
            again::<Postcode>(&typed)?;
            again::<Phone>(&typed)?;
            again::<Email>(&typed)?;
            again::<Reference>(&typed)?;
        }
        Ok(())
    });
}

#[test]
fn values_travel_as_plain_strings_and_are_checked_on_arrival() {
    let number: NhsNumber = serde_json::from_str("\"999 000 0018\"").unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), "\"9990000018\"");
    let refused = serde_json::from_str::<NhsNumber>("\"999 000 0019\"").unwrap_err();
    assert!(refused.to_string().starts_with("check-digit"), "{refused}");
    assert!(serde_json::from_str::<Line>("7").is_err());
}

#[test]
fn every_failure_of_a_kind_has_its_own_message() {
    let kinds: [Vec<Box<dyn Failure>>; 7] = [
        boxed([TextError::Empty, TextError::TooLong { over: 1 }, TextError::ControlCharacter]),
        boxed([
            NhsNumberError::Empty,
            NhsNumberError::NotDigits,
            NhsNumberError::WrongLength,
            NhsNumberError::CheckDigit,
            NhsNumberError::NeverIssued,
        ]),
        boxed([
            PostcodeError::Empty,
            PostcodeError::BadCharacter,
            PostcodeError::FirstHalfOnly,
            PostcodeError::NotAPostcode,
        ]),
        boxed([
            PhoneError::Empty,
            PhoneError::BadCharacter,
            PhoneError::Remark,
            PhoneError::TooShort,
            PhoneError::TooLong,
            PhoneError::NoPrefix,
            PhoneError::NotUk,
        ]),
        boxed([
            EmailError::Empty,
            EmailError::TooLong,
            EmailError::NotOneAt,
            EmailError::BadCharacter,
            EmailError::BadName,
            EmailError::BadDomain,
        ]),
        boxed([
            ReferenceError::Empty,
            ReferenceError::WrongLength,
            ReferenceError::BadCharacter,
            ReferenceError::CheckCharacter,
        ]),
        boxed([
            DateOfBirthError::Empty,
            DateOfBirthError::NoDay,
            DateOfBirthError::NoMonth,
            DateOfBirthError::NoYear,
            DateOfBirthError::ShortYear,
            DateOfBirthError::NotADate,
            DateOfBirthError::InFuture,
            DateOfBirthError::TooLongAgo,
        ]),
    ];
    for kind in kinds {
        let keys: std::collections::BTreeSet<_> = kind.iter().map(|failure| failure.key()).collect();
        assert_eq!(keys.len(), kind.len(), "{keys:?}");
        for failure in kind {
            assert_eq!(failure.to_string(), failure.key());
            assert!(failure.key().chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        }
    }
}

fn boxed<F: Failure + 'static, const N: usize>(failures: [F; N]) -> Vec<Box<dyn Failure>> {
    failures.into_iter().map(|failure| Box::new(failure) as Box<dyn Failure>).collect()
}
