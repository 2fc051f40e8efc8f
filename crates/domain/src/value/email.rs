//! E-mail addresses, pragmatically: what a mail server in use today would take.
//!
//! That an address looks right does not make it safe to write to: contact wishes are elsewhere.

use super::{Checked, Failure, Rule};

/// An e-mail address; the part after the `@` is stored in lower case.
pub type Email = Checked<EmailRule>;

/// What can be wrong with an e-mail address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum EmailError {
    /// Nothing was written.
    Empty,
    /// More than 254 characters, or more than 64 before the `@`.
    TooLong,
    /// Not exactly one `@`.
    NotOneAt,
    /// A space, an accent or a sign that addresses do not have.
    BadCharacter,
    /// The part before the `@` is missing, or has a dot at an end or two in a row.
    BadName,
    /// The part after the `@` is no domain, such as `example` without `.org`.
    BadDomain,
}

impl Failure for EmailError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::NotOneAt => "not-one-at",
            Self::BadCharacter => "bad-character",
            Self::BadName => "bad-name",
            Self::BadDomain => "bad-domain",
        }
    }
}

/// The rule of [`Email`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EmailRule;

impl Rule for EmailRule {
    type Error = EmailError;

    fn parse(typed: &str) -> Result<String, EmailError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(EmailError::Empty);
        }
        let (name, domain) = typed.split_once('@').ok_or(EmailError::NotOneAt)?;
        if domain.contains('@') {
            return Err(EmailError::NotOneAt);
        }
        if typed.len() > 254 || name.len() > 64 {
            return Err(EmailError::TooLong);
        }
        if !name.chars().all(is_name_char) || !domain.chars().all(is_domain_char) {
            return Err(EmailError::BadCharacter);
        }
        if name.split('.').any(str::is_empty) {
            return Err(EmailError::BadName);
        }
        let domain = domain.to_ascii_lowercase();
        if !is_domain(&domain) {
            return Err(EmailError::BadDomain);
        }
        Ok(format!("{name}@{domain}"))
    }
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn is_domain_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '.'
}

fn is_domain(domain: &str) -> bool {
    let Some((_, last)) = domain.rsplit_once('.') else {
        return false;
    };
    let top = last.len() >= 2 && (last.starts_with("xn--") || last.chars().all(|c| c.is_ascii_alphabetic()));
    top && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
}
