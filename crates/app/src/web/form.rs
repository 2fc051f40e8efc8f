//! Reads what a browser posts and turns it into typed answers, with one specific message for each field and failure.
//!
//! What was typed is kept as typed, so that a page can show it again. It must not know any page or any rule.

use axum::body::Body;
use axum::http::{Request, header};
use onedoor_domain::value::{Phone, PhoneError, TextError};
use std::any::Any;
use std::str::FromStr;
use std::time::Duration;

mod errors;

pub use errors::{DateKeys, DatePart, FieldError, FormErrors};

/// The largest body we read.
pub const MAX_BODY: usize = 256 * 1024;
/// How long a form may take to arrive: the largest one in this time is slower than a telephone with one bar.
pub const WITHIN: Duration = Duration::from_mins(2);
/// The longest single answer of a form with files.
pub const MAX_VALUE: usize = 64 * 1024;
/// More fields than any page has.
pub const MAX_FIELDS: usize = 500;

/// Why a body cannot be read at all. Nothing of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormRejected {
    /// Larger than [`MAX_BODY`]. One long answer is none of this: the page gives it back, and says by how much it is too long.
    #[error("the form is too large")]
    TooLarge,
    /// More than [`MAX_FIELDS`].
    #[error("the form has too many fields")]
    TooManyFields,
    /// Text in another character set, or a character no person can type.
    #[error("the form is not UTF-8 text")]
    NotText,
    /// A broken `%` escape.
    #[error("the form has a broken escape")]
    BadEscape,
    /// Not `application/x-www-form-urlencoded`.
    #[error("the body is not a form")]
    WrongType,
    /// The connection ended early.
    #[error("the form did not arrive whole")]
    CutShort,
}

/// The fields of a form as they were typed, in order; a name may occur several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawForm(Vec<(String, String)>);

/// Reads `name=value&…`. Safe for any bytes.
pub fn parse_form(bytes: &[u8]) -> Result<RawForm, FormRejected> {
    if bytes.len() > MAX_BODY {
        return Err(FormRejected::TooLarge);
    }
    let mut fields = Vec::new();
    for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        if fields.len() == MAX_FIELDS {
            return Err(FormRejected::TooManyFields);
        }
        let split = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(split);
        let value = value.strip_prefix(b"=").unwrap_or(value);
        fields.push((decode(name)?, decode(value)?));
    }
    Ok(RawForm(fields))
}

fn decode(bytes: &[u8]) -> Result<String, FormRejected> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        plain.push(match (first, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => {
                rest = after;
                let (high, low) = (digit(*high), digit(*low));
                high.zip(low).map(|(high, low)| high << 4 | low).ok_or(FormRejected::BadEscape)?
            }
            (b'%', _) => return Err(FormRejected::BadEscape),
            (other, _) => *other,
        });
    }
    let text = String::from_utf8(plain).map_err(|_| FormRejected::NotText)?;
    // PostgreSQL cannot store it.
    if text.contains('\0') {
        return Err(FormRejected::NotText);
    }
    // Browsers send a line break as two characters.
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Reads the form of a request.
pub async fn read_form(request: Request<Body>) -> Result<RawForm, FormRejected> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let mut parts = kind.unwrap_or_default().split(';').map(str::trim);
    if !parts.next().unwrap_or_default().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(FormRejected::WrongType);
    }
    let foreign = |part: &str| {
        part.to_ascii_lowercase().strip_prefix("charset=").is_some_and(|set| set.trim_matches('"') != "utf-8")
    };
    if parts.any(foreign) {
        return Err(FormRejected::NotText);
    }
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > MAX_BODY) {
        return Err(FormRejected::TooLarge);
    }
    let body = axum::body::to_bytes(request.into_body(), MAX_BODY);
    let body = tokio::time::timeout(WITHIN, body).await.map_err(|_| FormRejected::CutShort)?;
    parse_form(&body.map_err(|error| cause(&error))?)
}

fn cause(error: &axum::Error) -> FormRejected {
    if error.to_string().contains("limit") { FormRejected::TooLarge } else { FormRejected::CutShort }
}

/// What fills the places of a message: by how many characters a text is too long, what is to be left out beside a number.
fn args(failure: &dyn Any, typed: &str) -> Vec<(&'static str, String)> {
    if let Some(TextError::TooLong { over }) = failure.downcast_ref::<TextError>() {
        return vec![("over", over.to_string())];
    }
    if let Some(PhoneError::Remark) = failure.downcast_ref::<PhoneError>() {
        return vec![("remark", Phone::remark(typed).unwrap_or_default())];
    }
    Vec::new()
}

impl RawForm {
    /// A form from known answers: a draft shown again, or a test.
    pub fn of<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// Everything, in order: to carry or to park a form.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first answer of that name, as typed.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.fields().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Every answer of that name, as typed.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields().filter(move |(found, _)| *found == name).map(|(_, value)| value)
    }

    /// The answer without spaces around it; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.one(name).unwrap_or_default().trim()
    }

    /// Text that must be there.
    pub fn required(&self, field: &'static str, missing: &'static str) -> Result<&str, FieldError> {
        Some(self.text(field)).filter(|text| !text.is_empty()).ok_or_else(|| FieldError::new(field, missing))
    }

    /// A typed answer; each failure of the type has its own message. Blank text goes to the type too.
    pub fn parsed<T: FromStr<Err: 'static>>(
        &self,
        field: &'static str,
        key: impl FnOnce(&T::Err) -> &'static str,
    ) -> Result<T, FieldError> {
        self.text(field).parse().map_err(|failure| FieldError {
            args: args(&failure, self.text(field)),
            ..FieldError::new(field, key(&failure))
        })
    }

    /// A typed answer that may be left out.
    pub fn optional<T: FromStr<Err: 'static>>(
        &self,
        field: &'static str,
        key: impl FnOnce(&T::Err) -> &'static str,
    ) -> Result<Option<T>, FieldError> {
        if self.text(field).is_empty() { Ok(None) } else { self.parsed(field, key).map(Some) }
    }

    /// Every typed answer of a group of checkboxes.
    pub fn each<T: FromStr>(
        &self,
        field: &'static str,
        key: impl Fn(&T::Err) -> &'static str,
    ) -> Result<Vec<T>, FieldError> {
        let parse = |value: &str| value.parse().map_err(|failure| FieldError::new(field, key(&failure)));
        self.all(field).map(parse).collect()
    }
}

#[cfg(test)]
mod tests;
