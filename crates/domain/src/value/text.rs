//! Words as people write them: one line (`Line`) or many (`Text`), cleaned but never reworded.
//!
//! Must not judge, shorten or translate what was written.

use super::{Checked, Failure, Rule};

/// A non-empty single line of at most 200 characters.
pub type Line = Checked<LineRule>;

/// Non-empty words of at most 10,000 characters, with line breaks as `\n`.
pub type Text = Checked<TextRule>;

/// What can be wrong with a line or a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum TextError {
    /// Nothing that can be seen was written.
    Empty,
    /// More characters than the field keeps.
    TooLong {
        /// So many too many.
        over: usize,
    },
    /// A control character, or one that reverses the reading direction of what follows.
    ControlCharacter,
}

impl Failure for TextError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too-long",
            Self::ControlCharacter => "control-character",
        }
    }
}

/// The rule of [`Line`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineRule;

/// The rule of [`Text`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TextRule;

impl Line {
    /// The most characters a line keeps.
    pub const LIMIT: usize = 200;
}

impl Text {
    /// The most characters a text keeps.
    pub const LIMIT: usize = 10_000;
}

impl Rule for LineRule {
    type Error = TextError;

    fn parse(typed: &str) -> Result<String, TextError> {
        within(one_line(typed)?, Line::LIMIT)
    }
}

impl Rule for TextRule {
    type Error = TextError;

    fn parse(typed: &str) -> Result<String, TextError> {
        let typed = typed.replace("\r\n", "\n");
        let lines = typed.split(is_line_break).map(clean).collect::<Result<Vec<_>, _>>()?.join("\n");
        within(lines.trim_matches(is_edge).to_owned(), Text::LIMIT)
    }
}

/// Any run of white space, line breaks included, becomes one space.
fn one_line(typed: &str) -> Result<String, TextError> {
    let cleaned = clean(typed)?;
    Ok(cleaned.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// White space of every alphabet becomes a plain space; characters without width that serve no
/// script are dropped; the end of the line is trimmed.
fn clean(line: &str) -> Result<String, TextError> {
    let mut cleaned = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_whitespace() {
            cleaned.push(' ');
        } else if is_forbidden(c) {
            return Err(TextError::ControlCharacter);
        } else if !is_stray(c) {
            cleaned.push(c);
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    Ok(cleaned)
}

fn within(text: String, limit: usize) -> Result<String, TextError> {
    if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        return Err(TextError::Empty);
    }
    match text.chars().count().saturating_sub(limit) {
        0 => Ok(text),
        over => Err(TextError::TooLong { over }),
    }
}

/// Every line break of Unicode: LF, VT, FF, CR, NEL, line separator, paragraph separator.
fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_edge(c: char) -> bool {
    c == '\n' || c == ' '
}

/// Controls, and the two overrides that can make `gpj.exe` read as `exe.jpg`.
fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202d}' | '\u{202e}')
}

/// Zero-width space, word joiner, byte-order mark: left behind by copying, of no use to a reader.
fn is_stray(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Joiners, marks and isolates that scripts and emoji need, but that show nothing on their own.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}')
}
