//! Telephone numbers at which a person or a service can be rung: UK national or international.
//!
//! Short codes (999, 111) are refused: they are services' numbers and live in the county's settings.

use std::fmt;

use super::decimal::plain_digits;
use super::{Checked, Failure, Rule};

/// A telephone number, stored as `+` and digits (E.164), shown in the groups people read out.
pub type Phone = Checked<PhoneRule>;

/// What can be wrong with a telephone number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum PhoneError {
    /// Nothing was written.
    Empty,
    /// Letters or signs that numbers do not have.
    BadCharacter,
    /// A good number with a remark before or after it, such as an extension: see [`Phone::remark`].
    Remark,
    /// Too few digits: a short code such as 999, or a number without its area code.
    TooShort,
    /// More digits than any number has.
    TooLong,
    /// Neither a leading 0 nor a country code, so nobody can know which country it is in.
    NoPrefix,
    /// Starts like a UK number but no UK number looks like that.
    NotUk,
}

impl Failure for PhoneError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::BadCharacter => "bad-character",
            Self::Remark => "remark",
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::NoPrefix => "no-prefix",
            Self::NotUk => "not-uk",
        }
    }
}

/// The rule of [`Phone`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PhoneRule;

impl Phone {
    /// What stands before or after a good number and is none of it: "ext 4", "mum".
    pub fn remark(typed: &str) -> Option<String> {
        let typed = plain_digits(typed);
        let of_number = |c: char| c.is_ascii_digit() || c == '+' || is_separator(c);
        let begin = typed.find(|c: char| c.is_ascii_digit() || c == '+')?;
        let (before, rest) = typed.split_at_checked(begin)?;
        let (number, after) = rest.split_at_checked(rest.find(|c| !of_number(c)).unwrap_or(rest.len()))?;
        let edge = |c: char| is_separator(c) || matches!(c, ',' | ';' | ':');
        let remark = [before.trim_matches(edge), after.trim_matches(edge)].join(" ");
        let remark = remark.trim();
        (!remark.is_empty() && number_of(number).is_ok()).then(|| remark.to_owned())
    }

    /// A UK mobile number, to which a text message can be sent (070 and 076 are not mobiles).
    pub fn is_uk_mobile(&self) -> bool {
        self.as_str()
            .strip_prefix("+447")
            .is_some_and(|rest| rest.starts_with("624") || !rest.starts_with(['0', '6']))
    }
}

impl Rule for PhoneRule {
    type Error = PhoneError;

    fn parse(typed: &str) -> Result<String, PhoneError> {
        match number_of(&plain_digits(typed)) {
            Err(PhoneError::BadCharacter) if Phone::remark(typed).is_some() => Err(PhoneError::Remark),
            read => read,
        }
    }

    fn show(stored: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = stored.strip_prefix('+').unwrap_or(stored);
        match digits.strip_prefix("44") {
            Some(national) => f.pad(&grouped(&format!("0{national}"), uk_groups(national))),
            None => f.pad(&format!("+{}", grouped(digits, (country_code_length(digits), 3)))),
        }
    }
}

fn number_of(typed: &str) -> Result<String, PhoneError> {
    let dialled = without_separators(typed);
    if dialled.is_empty() {
        return Err(PhoneError::Empty);
    }
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(PhoneError::BadCharacter);
    }
    if digits.len() < 7 {
        return Err(PhoneError::TooShort);
    }
    if dialled.starts_with('+') {
        international(digits)
    } else if let Some(abroad) = dialled.strip_prefix("00") {
        international(abroad)
    } else if let Some(national) = dialled.strip_prefix('0') {
        uk(national)
    } else {
        Err(PhoneError::NoPrefix)
    }
}

fn international(digits: &str) -> Result<String, PhoneError> {
    if let Some(national) = digits.strip_prefix("44") {
        // +44 0113 … is a common slip with one meaning only.
        return uk(national.strip_prefix('0').unwrap_or(national));
    }
    if digits.starts_with('0') {
        return Err(PhoneError::NoPrefix);
    }
    match digits.len() {
        0..=7 => Err(PhoneError::TooShort),
        8..=15 => Ok(format!("+{digits}")),
        16.. => Err(PhoneError::TooLong),
    }
}

/// `national` is the number without its leading nought.
fn uk(national: &str) -> Result<String, PhoneError> {
    let nine_is_enough = national.starts_with('1') || national.starts_with("800");
    match national.len() {
        0..=8 => Err(PhoneError::TooShort),
        9 if !nine_is_enough => Err(PhoneError::TooShort),
        9 | 10 if national.starts_with(['0', '4', '6']) => Err(PhoneError::NotUk),
        9 | 10 => Ok(format!("+44{national}")),
        11.. => Err(PhoneError::TooLong),
    }
}

/// "+44 (0)113 …" is how many letterheads write it; that nought is not dialled.
fn without_separators(typed: &str) -> String {
    let typed = match typed.split_once("(0)") {
        Some((country, rest)) if country.contains(|c: char| c.is_ascii_digit()) => {
            format!("{country}{rest}")
        }
        Some(_) | None => typed.to_owned(),
    };
    typed.chars().filter(|c| !is_separator(*c)).collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '(' | ')' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}'
        )
}

/// Lengths of the first two groups of a UK number with its nought; the third is what is left.
fn uk_groups(national: &str) -> (usize, usize) {
    let second_is_one = national.starts_with("11") || national.get(2..3) == Some("1");
    match national.get(..1) {
        Some("2") => (3, 4),
        Some("3" | "8" | "9") => (4, 3),
        Some("1") if second_is_one => (4, 3),
        Some(_) | None => (5, 3),
    }
}

/// Country codes form a prefix code: North America and Russia have one digit, the listed ones two.
fn country_code_length(digits: &str) -> usize {
    const TWO: &str = "20 27 30 31 32 33 34 36 39 40 41 43 45 46 47 48 49 51 52 53 54 55 56 57 58 \
                       60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
    if digits.starts_with(['1', '7']) {
        1
    } else if digits.get(..2).is_some_and(|two| TWO.split(' ').any(|code| code == two)) {
        2
    } else {
        3
    }
}

fn grouped(number: &str, (first, second): (usize, usize)) -> String {
    let (head, rest) = number.split_at_checked(first).unwrap_or((number, ""));
    let (middle, tail) = rest.split_at_checked(second).unwrap_or((rest, ""));
    [head, middle, tail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
