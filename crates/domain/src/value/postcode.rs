//! UK postcodes, by shape only: whether one is delivered to is the business of an address service.
//!
//! Pseudo postcodes of the ZZ99 series are taken, so that a person without an address has one.

use super::{Checked, Failure, Rule};

/// A UK postcode in capitals with one space, such as `LS1 4AP`.
pub type Postcode = Checked<PostcodeRule>;

/// What can be wrong with a postcode.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum PostcodeError {
    /// Nothing was written.
    Empty,
    /// Something other than letters, digits and spaces.
    BadCharacter,
    /// Only the first half, such as `LS1`.
    FirstHalfOnly,
    /// Not the shape of a UK postcode.
    NotAPostcode,
}

impl Failure for PostcodeError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::BadCharacter => "bad-character",
            Self::FirstHalfOnly => "first-half-only",
            Self::NotAPostcode => "not-a-postcode",
        }
    }
}

/// The rule of [`Postcode`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PostcodeRule;

impl Postcode {
    /// The pseudo postcode recorded for somebody without a fixed address.
    pub const NO_FIXED_ABODE: &'static str = "ZZ99 3VZ";

    /// Recorded as having no fixed address.
    pub fn is_no_fixed_abode(&self) -> bool {
        self.as_str() == Self::NO_FIXED_ABODE
    }

    /// Any ZZ99 code: stands for "none", "not known" or "abroad", and is no place to send a letter.
    pub fn is_pseudo(&self) -> bool {
        self.outward() == PSEUDO
    }

    /// The first half, such as `LS1`.
    pub fn outward(&self) -> &str {
        self.as_str().split(' ').next().unwrap_or_default()
    }
}

const PSEUDO: &str = "ZZ99";

impl Rule for PostcodeRule {
    type Error = PostcodeError;

    fn parse(typed: &str) -> Result<String, PostcodeError> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if code.is_empty() {
            return Err(PostcodeError::Empty);
        }
        if !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(PostcodeError::BadCharacter);
        }
        let code = code.to_ascii_uppercase();
        if is_outward(&code) {
            return Err(PostcodeError::FirstHalfOnly);
        }
        let cut = code.len().checked_sub(3).ok_or(PostcodeError::NotAPostcode)?;
        let (outward, inward) = code.split_at(cut);
        if fits(outward, inward) {
            Ok(format!("{outward} {inward}"))
        } else {
            Err(PostcodeError::NotAPostcode)
        }
    }
}

fn fits(outward: &str, inward: &str) -> bool {
    if outward == PSEUDO {
        return shape(inward) == "9AA";
    }
    (outward == "GIR" && inward == "0AA") || (is_outward(outward) && is_inward(inward))
}

/// The six shapes of a first half, and the letters each place never has.
fn is_outward(outward: &str) -> bool {
    let shape = shape(outward);
    if !["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&shape.as_str()) {
        return false;
    }
    let letter = |place: usize, none_of: &str| {
        outward.chars().nth(place).is_none_or(|c| c.is_ascii_digit() || !none_of.contains(c))
    };
    let last = if shape == "A9A" { "ILMNOQRVXYZ" } else { "CDFGIJKLOQSTUZ" };
    letter(0, "QVX") && letter(1, "IJZ") && letter(2, last) && letter(3, last)
}

fn is_inward(inward: &str) -> bool {
    shape(inward) == "9AA" && !inward.contains(['C', 'I', 'K', 'M', 'O', 'V'])
}

fn shape(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect()
}
