//! Values that are right by construction: parse once at the edge, never validate again.
//!
//! Every textual value is a [`Checked`] string under one [`Rule`]. What is stored (and what serde
//! writes) is the normal form, `as_str()`; what people read is `Display`. A failure names itself by
//! a key: the words for it live in the message files, never here.

mod date_of_birth;
mod decimal;
mod digits;
mod email;
mod ethnic;
mod nhs_number;
mod phone;
mod phrase;
mod postcode;
mod reference;
mod text;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use date_of_birth::{DateOfBirth, DateOfBirthError};
pub use digits::{CodeDigits, CodeDigitsError};
pub use email::{Email, EmailError, EmailRule};
pub use ethnic::{EthnicCategory, EthnicGroup};
pub use nhs_number::{NhsNumber, NhsNumberError, NhsNumberRule};
pub use phone::{Phone, PhoneError, PhoneRule};
pub use phrase::{PHRASE_WORDS, PhraseError, ReturnPhrase};
pub use postcode::{Postcode, PostcodeError, PostcodeRule};
pub use reference::{Reference, ReferenceError, ReferenceRule};
pub use text::{Line, LineRule, Text, TextError, TextRule};

/// Why an answer was not taken. One variant, one key, one message on the page.
pub trait Failure: std::error::Error {
    /// The last part of the message's name, such as `too-long`.
    fn key(&self) -> &'static str;
}

/// How one kind of text is read and shown.
pub trait Rule {
    /// What can be wrong with it.
    type Error: Failure;

    /// Reads what a person typed into the one normal form that is stored.
    fn parse(typed: &str) -> Result<String, Self::Error>;

    /// Writes the normal form for people to read.
    fn show(stored: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(stored)
    }
}

/// A text that has passed the rule `R`, in its normal form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checked<R> {
    text: String,
    rule: PhantomData<R>,
}

impl<R: Rule> Checked<R> {
    /// The normal form: what is stored, compared and sent to other programs.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn from_normal(text: String) -> Self {
        Self { text, rule: PhantomData }
    }
}

impl From<Line> for Text {
    /// Every line is a text: it only lacks the line breaks and the room a text may have.
    fn from(line: Line) -> Self {
        Self::from_normal(line.text)
    }
}

impl<R: Rule> FromStr for Checked<R> {
    type Err = R::Error;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        R::parse(typed).map(Self::from_normal)
    }
}

impl<R: Rule> TryFrom<&str> for Checked<R> {
    type Error = R::Error;

    fn try_from(typed: &str) -> Result<Self, Self::Error> {
        typed.parse()
    }
}

impl<R: Rule> TryFrom<String> for Checked<R> {
    type Error = R::Error;

    fn try_from(typed: String) -> Result<Self, Self::Error> {
        typed.parse()
    }
}

impl<R: Rule> From<Checked<R>> for String {
    fn from(value: Checked<R>) -> Self {
        value.text
    }
}

impl<R: Rule> AsRef<str> for Checked<R> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<R: Rule> fmt::Display for Checked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        R::show(&self.text, f)
    }
}

impl<R> fmt::Debug for Checked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<R: Rule> Serialize for Checked<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, R: Rule> Deserialize<'de> for Checked<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(deserializer)?;
        typed.parse().map_err(|failure: R::Error| serde::de::Error::custom(failure.key()))
    }
}
