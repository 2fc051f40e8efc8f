//! The return phrase: how a person without a phone or an e-mail address comes back to what is theirs.
//!
//! Whoever knows the phrase gets in, so it is shown once and kept only as a keyed hash. Must not appear in a log.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::Failure;

/// Five plain words, such as people can say over a telephone and copy from a wall.
///
/// **Words.** 1,024 of three to six letters, on one page beside this file: gentle, known to a child of nine, nothing
/// about illness, fear, watching or harm. No two sound alike, no two are one slip of a finger apart, and the first four
/// letters of a word belong to it alone, so the end of a word may be misspelt.
///
/// **Entropy.** 1,024⁵ = 2⁵⁰ phrases. At 30 tries in 15 minutes, against a million phrases in use, a guess is right once
/// in a thousand years; the hash is keyed, so that whoever reads the table cannot try them all.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnPhrase(Vec<&'static str>);

/// Words in a phrase.
pub const PHRASE_WORDS: usize = 5;

const SIZE: u64 = 1_024;
/// So many letters tell a word from every other.
const ENOUGH: usize = 4;

static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("phrase/words.txt").split_whitespace().collect());

/// What can be wrong with a phrase as somebody typed it. It never says whether the phrase is anybody's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum PhraseError {
    /// Nothing was written.
    Empty,
    /// Not five words.
    WrongCount,
    /// A word that phrases do not use.
    UnknownWord,
}

impl Failure for PhraseError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::WrongCount => "wrong-count",
            Self::UnknownWord => "unknown-word",
        }
    }
}

impl ReturnPhrase {
    /// Makes a phrase from eight bytes, which must come from a cryptographic random source: the same bytes give the same
    /// phrase.
    pub fn from_bytes(random: [u8; 8]) -> Self {
        let mut left = u64::from_be_bytes(random);
        let places = std::iter::repeat_with(|| {
            let place = left % SIZE;
            left /= SIZE;
            place
        });
        Self(places.take(PHRASE_WORDS).filter_map(word).collect())
    }

    /// The words in order, to be shown once.
    pub fn words(&self) -> &[&'static str] {
        &self.0
    }

    /// What is hashed. It is the phrase itself: never stored, never logged.
    pub fn key(&self) -> String {
        self.0.join(" ")
    }
}

impl FromStr for ReturnPhrase {
    type Err = PhraseError;

    /// Reads a phrase however it was written down: in capitals, with commas, hyphens, numbers or line breaks between the
    /// words, with the end of a word misspelt.
    fn from_str(typed: &str) -> Result<Self, PhraseError> {
        let lower = typed.to_lowercase();
        let typed: Vec<&str> =
            lower.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).collect();
        match typed.len() {
            0 => Err(PhraseError::Empty),
            PHRASE_WORDS => {
                let words: Option<Vec<_>> = typed.into_iter().map(known).collect();
                words.map(Self).ok_or(PhraseError::UnknownWord)
            }
            _ => Err(PhraseError::WrongCount),
        }
    }
}

impl fmt::Debug for ReturnPhrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

fn word(place: u64) -> Option<&'static str> {
    usize::try_from(place).ok().and_then(|place| WORDS.get(place)).copied()
}

/// The word of the list that was meant.
fn known(typed: &str) -> Option<&'static str> {
    let start = beginning(typed);
    let at = WORDS.binary_search_by(|word| beginning(word).cmp(start)).ok()?;
    let found = WORDS.get(at).copied()?;
    // A word of three letters has no end to misspell.
    (found.len() >= ENOUGH || found == typed).then_some(found)
}

fn beginning(word: &str) -> &str {
    word.char_indices().nth(ENOUGH).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}
