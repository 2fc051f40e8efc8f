//! One message for each failure of the forms of this room. The words are in the message files.

use onedoor_domain::value::TextError;

/// Words that somebody adds.
pub(super) fn added(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "track-words-empty",
        TextError::TooLong { .. } => "door-words-too-long",
        TextError::ControlCharacter => "door-words-control",
    }
}
