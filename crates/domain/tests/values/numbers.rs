//! NHS numbers (999 range only: nobody's) and postcodes.

use onedoor_domain::value::{NhsNumber, NhsNumberError, Postcode, PostcodeError};
use proptest::prelude::*;

use crate::seeded;

#[test]
fn an_nhs_number_is_taken_however_it_is_grouped_and_shown_in_threes() {
    for typed in ["9990000018", "999 000 0018", "999-000-0018", " 999\u{a0}000 00 18 ", "999–000–0018"] {
        let number = NhsNumber::try_from(typed).unwrap();
        assert_eq!(number.as_str(), "9990000018");
        assert_eq!(number.to_string(), "999 000 0018");
        assert!(number.is_test());
    }
}

#[test]
fn an_nhs_number_is_refused_with_the_reason_that_helps() {
    let cases = [
        ("", NhsNumberError::Empty),
        (" - ", NhsNumberError::Empty),
        ("999000001X", NhsNumberError::NotDigits),
        ("I do not know it", NhsNumberError::NotDigits),
        ("999000001", NhsNumberError::WrongLength),
        ("99900000180", NhsNumberError::WrongLength),
        ("9990000019", NhsNumberError::CheckDigit),
        ("9999999999", NhsNumberError::NeverIssued),
        ("0000000000", NhsNumberError::NeverIssued),
    ];
    for (typed, why) in cases {
        assert_eq!(NhsNumber::try_from(typed), Err(why), "{typed:?}");
    }
    assert_eq!(NhsNumber::try_from("٩٩٩٠٠٠٠٠١٨").unwrap().as_str(), "9990000018", "in any digits");
}

#[test]
fn nine_digits_whose_check_would_be_ten_have_no_number() {
    for last in 0..10 {
        let typed = format!("999000000{last}");
        assert_eq!(NhsNumber::try_from(typed.as_str()), Err(NhsNumberError::CheckDigit));
    }
}

#[test]
fn every_wrong_digit_and_every_neighbour_swap_is_noticed() {
    seeded(&(0..1_000_000_u32), |six| {
        let right = (0..10).find_map(|last| format!("999{six:06}{last}").parse::<NhsNumber>().ok());
        let Some(right) = right else { return Ok(()) };
        let digits: Vec<char> = right.as_str().chars().collect();
        for at in 0..10 {
            for other in ('0'..='9').filter(|other| *other != digits[at]) {
                let mut slip = digits.clone();
                slip[at] = other;
                prop_assert!(String::from_iter(slip).parse::<NhsNumber>().is_err());
            }
            if at < 9 && digits[at] != digits[at + 1] {
                let mut slip = digits.clone();
                slip.swap(at, at + 1);
                prop_assert!(String::from_iter(slip).parse::<NhsNumber>().is_err());
            }
        }
        Ok(())
    });
}

#[test]
fn postcodes_of_every_shape_are_taken_in_any_spelling() {
    let cases = [
        ("m1 1ae", "M1 1AE"),
        ("M60 1NW", "M60 1NW"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 1HQ", "W1A 1HQ"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("  ec1a1bb ", "EC1A 1BB"),
        ("E C 1 A 1 B B", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
        ("zz993vz", "ZZ99 3VZ"),
        ("ZZ99 3WZ", "ZZ99 3WZ"),
    ];
    for (typed, kept) in cases {
        let code = Postcode::try_from(typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
        assert_eq!((code.as_str(), code.to_string().as_str()), (kept, kept));
    }
}

#[test]
fn what_is_no_postcode_is_refused_with_the_reason_that_helps() {
    let cases = [
        ("", PostcodeError::Empty),
        ("LS1", PostcodeError::FirstHalfOnly),
        ("EC1A", PostcodeError::FirstHalfOnly),
        ("LS1-4AP", PostcodeError::BadCharacter),
        ("LS1 4ÅP", PostcodeError::BadCharacter),
        ("4AP", PostcodeError::NotAPostcode),
        ("1", PostcodeError::NotAPostcode),
        ("90210", PostcodeError::NotAPostcode),
        ("QA1 1AA", PostcodeError::NotAPostcode),
        ("AJ1 1AA", PostcodeError::NotAPostcode),
        ("W1I 1AA", PostcodeError::NotAPostcode),
        ("EC1C 1BB", PostcodeError::NotAPostcode),
        ("M1 1AC", PostcodeError::NotAPostcode),
        ("M1 1KA", PostcodeError::NotAPostcode),
        ("AA99A 9AA", PostcodeError::NotAPostcode),
        ("LS1 4APX", PostcodeError::NotAPostcode),
        ("ZZ98 3VZ", PostcodeError::NotAPostcode),
    ];
    for (typed, why) in cases {
        assert_eq!(Postcode::try_from(typed), Err(why), "{typed:?}");
    }
}

#[test]
fn somebody_without_an_address_has_a_postcode_but_no_letter_goes_there() {
    let none = Postcode::try_from(Postcode::NO_FIXED_ABODE).unwrap();
    assert!(none.is_no_fixed_abode() && none.is_pseudo());
    let unknown = Postcode::try_from("ZZ99 3WZ").unwrap();
    assert!(!unknown.is_no_fixed_abode() && unknown.is_pseudo());
    let home = Postcode::try_from("LS1 4AP").unwrap();
    assert!(!home.is_no_fixed_abode() && !home.is_pseudo());
    assert_eq!(home.outward(), "LS1");
}
