//! The six digits of a one-time code.
//!
//! Kept sealed until a provider has them and as a keyed hash afterwards. Must not appear in a log.

use std::fmt;
use std::str::FromStr;

use super::Failure;
use super::decimal::plain_digits;

/// Six digits: short enough to keep in mind between two screens. A million is little, so the number of tries is small.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeDigits(String);

/// Digits in a code.
const LENGTH: usize = 6;

/// What can be wrong with a code as somebody typed it. It never says whether the code is right.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum CodeDigitsError {
    /// Nothing was written.
    Empty,
    /// Something that is not a digit.
    BadCharacter,
    /// Not six digits.
    WrongLength,
}

impl Failure for CodeDigitsError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::BadCharacter => "bad-character",
            Self::WrongLength => "wrong-length",
        }
    }
}

impl CodeDigits {
    /// Makes a code from eight bytes, which must come from a cryptographic random source.
    pub fn from_bytes(random: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_be_bytes(random) % 1_000_000))
    }

    /// What is hashed and sealed. It is the code itself: never stored as it is, never logged.
    pub fn key(&self) -> &str {
        &self.0
    }

    /// In two groups, as people read them out.
    pub fn shown(&self) -> String {
        let (first, second) = self.0.split_at(LENGTH / 2);
        format!("{first} {second}")
    }
}

impl FromStr for CodeDigits {
    type Err = CodeDigitsError;

    /// Reads a code however it was copied: with spaces, hyphens or the full stop of the sentence it stood in.
    fn from_str(typed: &str) -> Result<Self, CodeDigitsError> {
        let between = |c: &char| {
            c.is_whitespace()
                || matches!(c, '-' | '.' | ',' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
        };
        let digits: String = plain_digits(typed).chars().filter(|c| !between(c)).collect();
        if digits.is_empty() {
            Err(CodeDigitsError::Empty)
        } else if !digits.chars().all(|c| c.is_ascii_digit()) {
            Err(CodeDigitsError::BadCharacter)
        } else if digits.len() == LENGTH {
            Ok(Self(digits))
        } else {
            Err(CodeDigitsError::WrongLength)
        }
    }
}

impl fmt::Debug for CodeDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}
