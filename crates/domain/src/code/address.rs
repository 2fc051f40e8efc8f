//! An address that a code can be sent to: one field takes both kinds. Must not be kept anywhere as it was typed.

use std::fmt;
use std::str::FromStr;

use crate::value::{Email, EmailError, Failure, Phone, PhoneError};

/// Where a code can be sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// By e-mail.
    Email(Email),
    /// By text message.
    Text(Phone),
}

/// What can be wrong with an address as somebody typed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum AddressError {
    /// Nothing was written.
    Empty,
    /// It has an `@`, and is no e-mail address.
    Email(EmailError),
    /// It is no telephone number.
    Phone(PhoneError),
    /// It is a UK number that takes no text messages.
    NotMobile,
}

impl Failure for AddressError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Email(failure) => failure.key(),
            Self::Phone(failure) => failure.key(),
            Self::NotMobile => "not-mobile",
        }
    }
}

impl Address {
    /// Its normal form, so that the same address is always found again: mail servers in use do not tell capitals apart.
    pub fn normal(&self) -> String {
        match self {
            Self::Email(email) => email.as_str().to_ascii_lowercase(),
            Self::Text(phone) => phone.as_str().to_owned(),
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// Of numbers in other countries nobody can know whether they take texts.
    fn from_str(typed: &str) -> Result<Self, AddressError> {
        if typed.trim().is_empty() {
            return Err(AddressError::Empty);
        }
        if typed.contains('@') {
            return typed.parse().map(Self::Email).map_err(AddressError::Email);
        }
        let phone: Phone = typed.parse().map_err(AddressError::Phone)?;
        if phone.as_str().starts_with("+44") && !phone.is_uk_mobile() {
            return Err(AddressError::NotMobile);
        }
        Ok(Self::Text(phone))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}
