//! The name of a file as it was given, made safe to show. Says nothing about what the file is.

use serde::{Deserialize, Serialize};

/// A name of at most [`FileName::LIMIT`] characters, without a path, without characters that hide what follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// The most characters that are kept.
    pub const LIMIT: usize = 120;

    /// From whatever a browser says; never fails, because no file is refused for its name.
    pub fn from_given(given: &str) -> Self {
        let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let kept: String = last.chars().filter(|c| !is_hidden(*c)).collect();
        let one_line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        let (stem, ending) = split(&one_line);
        let room = Self::LIMIT - ending.map_or(0, |ending| ending.chars().count() + 1);
        let stem: String = stem.chars().take(room).collect();
        Self(match ending {
            Some(ending) => format!("{stem}.{ending}"),
            None => stem,
        })
    }

    /// As shown; empty where a browser gave none.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without its ending; never empty.
    pub fn stem(&self) -> &str {
        let (stem, _) = split(&self.0);
        if stem.trim_matches(['.', ' ']).is_empty() { "file" } else { stem }
    }
}

/// The name and its ending, where it has one that looks like an ending.
fn split(name: &str) -> (&str, Option<&str>) {
    let short =
        |ending: &str| !ending.is_empty() && ending.len() <= 5 && ending.chars().all(char::is_alphanumeric);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && short(ending) => (stem, Some(ending)),
        Some(_) | None => (name, None),
    }
}

/// Controls, and characters that turn the reading direction or cannot be seen: `exe.fdp` must not read as `pdf.exe`.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
