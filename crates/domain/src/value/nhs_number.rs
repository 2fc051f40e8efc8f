//! The NHS number: ten digits, the last one a check digit (modulus 11).
//!
//! A well-formed number proves nothing about who somebody is: tracing and matching are elsewhere.

use std::fmt;

use super::decimal::plain_digits;
use super::{Checked, Failure, Rule};

/// A well-formed NHS number; shown in groups of three, three and four.
pub type NhsNumber = Checked<NhsNumberRule>;

/// What can be wrong with an NHS number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum NhsNumberError {
    /// Nothing was written.
    Empty,
    /// Something other than digits, spaces and hyphens.
    NotDigits,
    /// Not ten digits.
    WrongLength,
    /// The last digit does not follow from the others: most often a slip of the finger.
    CheckDigit,
    /// Ten times the same digit: formally right, never given to anybody.
    NeverIssued,
}

impl Failure for NhsNumberError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotDigits => "not-digits",
            Self::WrongLength => "wrong-length",
            Self::CheckDigit => "check-digit",
            Self::NeverIssued => "never-issued",
        }
    }
}

/// The rule of [`NhsNumber`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NhsNumberRule;

impl NhsNumber {
    /// In the 999 range, which is set apart for tests and belongs to nobody.
    pub fn is_test(&self) -> bool {
        self.as_str().starts_with("999")
    }
}

impl Rule for NhsNumberRule {
    type Error = NhsNumberError;

    fn parse(typed: &str) -> Result<String, NhsNumberError> {
        let number: String = plain_digits(typed).chars().filter(|c| !is_separator(*c)).collect();
        if number.is_empty() {
            return Err(NhsNumberError::Empty);
        }
        let digits: Vec<u32> =
            number.chars().map(|c| c.to_digit(10)).collect::<Option<_>>().ok_or(NhsNumberError::NotDigits)?;
        if digits.len() != 10 {
            return Err(NhsNumberError::WrongLength);
        }
        // With the check digit weighted 1, a right number sums to a multiple of 11 (10 never fits).
        let sum: u32 = (1..=10).rev().zip(&digits).map(|(weight, digit)| weight * digit).sum();
        if !sum.is_multiple_of(11) {
            return Err(NhsNumberError::CheckDigit);
        }
        if digits.iter().all(|digit| digits.first() == Some(digit)) {
            return Err(NhsNumberError::NeverIssued);
        }
        Ok(number)
    }

    fn show(stored: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = stored.split_at(3);
        let (second, third) = rest.split_at(3);
        f.pad(&format!("{first} {second} {third}"))
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}')
}
