//! The reference a person is given: short enough to read out, safe against a slip of tongue or finger.
//!
//! It is a name, not a key: knowing one opens nothing.

use std::fmt;

use super::{Checked, Failure, Rule};

/// Eight characters, shown as two groups of four, stored without the gap.
///
/// **Alphabet.** `3 4 6 7 9 C D F H J K M N P R T W X Y`: no look-alikes (0 O Q, 1 I L, 2 Z, 5 S,
/// 8 B, 6 G, U V) and no vowels, so that chance spells no word on a letter to somebody in distress.
///
/// **Check.** The alphabet has 19 characters, a prime: with places weighted 8, 7, … 1 the sum of a
/// right reference is a multiple of 19. Every single wrong character and every swap of two different
/// characters, neighbours or not, is noticed.
///
/// **Entropy.** Seven free characters: 19⁷ = 893,871,739 references, 29.7 bits. Two alike are an even
/// chance after about 35,000, so the store keeps them unique and asks again on a clash.
pub type Reference = Checked<ReferenceRule>;

const ALPHABET: &str = "34679CDFHJKMNPRTWXY";
const SIZE: u64 = 19;
const LENGTH: usize = 8;

/// What can be wrong with a reference as somebody typed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum ReferenceError {
    /// Nothing was written.
    Empty,
    /// Not eight characters.
    WrongLength,
    /// A character that references do not use.
    BadCharacter,
    /// One character is wrong, or two have changed places.
    CheckCharacter,
}

impl Failure for ReferenceError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::WrongLength => "wrong-length",
            Self::BadCharacter => "bad-character",
            Self::CheckCharacter => "check-character",
        }
    }
}

/// The rule of [`Reference`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReferenceRule;

impl Reference {
    /// Makes a reference from eight bytes, which must come from a cryptographic random source:
    /// the same bytes give the same reference, and bytes in sequence give references in sequence.
    pub fn from_bytes(random: [u8; 8]) -> Self {
        let mut left = u64::from_be_bytes(random);
        let mut places: Vec<u64> = Vec::with_capacity(LENGTH);
        while places.len() < LENGTH - 1 {
            places.push(left % SIZE);
            left /= SIZE;
        }
        places.push((SIZE - weighted(&places)) % SIZE);
        Self::from_normal(places.into_iter().filter_map(character).collect())
    }
}

impl Rule for ReferenceRule {
    type Error = ReferenceError;

    fn parse(typed: &str) -> Result<String, ReferenceError> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if code.is_empty() {
            return Err(ReferenceError::Empty);
        }
        if code.chars().count() != LENGTH {
            return Err(ReferenceError::WrongLength);
        }
        let places: Vec<u64> =
            code.chars().map(place).collect::<Option<_>>().ok_or(ReferenceError::BadCharacter)?;
        if weighted(&places) == 0 { Ok(code) } else { Err(ReferenceError::CheckCharacter) }
    }

    fn show(stored: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = stored.split_at(LENGTH / 2);
        f.pad(&format!("{first} {second}"))
    }
}

fn weighted(places: &[u64]) -> u64 {
    (1..=8_u64).rev().zip(places).map(|(weight, place)| weight * place).sum::<u64>() % SIZE
}

fn place(c: char) -> Option<u64> {
    (0..).zip(ALPHABET.chars()).find(|(_, known)| *known == c).map(|(place, _)| place)
}

fn character(place: u64) -> Option<char> {
    (0..).zip(ALPHABET.chars()).find(|(at, _)| *at == place).map(|(_, c)| c)
}
