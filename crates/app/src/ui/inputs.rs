//! Controls that take typed text or one choice of a list.

use super::field::Field;
use super::markup::Markup;
use askama::Template;
use askama::filters::HtmlSafe;

/// A single line of text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/text_input.html")]
pub struct TextInput {
    /// Name, label, hint, error.
    pub field: Field,
    /// What was typed.
    pub value: String,
    /// `text` unless said otherwise: `email`, `tel`.
    pub kind: Option<&'static str>,
    /// Fits this many characters: 2, 3, 4, 5, 10, 20 or 30.
    pub width: Option<u8>,
    /// Which keyboard a telephone shows.
    pub inputmode: Option<&'static str>,
    /// What a browser may fill in; `off` for sensitive answers.
    pub autocomplete: Option<&'static str>,
    /// Whether the browser checks spelling.
    pub spellcheck: Option<bool>,
    /// Shown in a typewriter face, for codes.
    pub is_code: bool,
    /// Shown before the input, such as £.
    pub prefix: Option<Markup>,
    /// Shown after the input, such as "per week".
    pub suffix: Option<Markup>,
}

impl HtmlSafe for TextInput {}

/// Several lines of text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/textarea.html")]
pub struct Textarea {
    /// Name, label, hint, error.
    pub field: Field,
    /// What was typed.
    pub value: String,
    /// Visible lines, 5 unless said otherwise.
    pub rows: Option<u8>,
    /// What a browser may fill in; `off` for sensitive answers.
    pub autocomplete: Option<&'static str>,
    /// Whether the browser checks spelling.
    pub spellcheck: Option<bool>,
}

impl HtmlSafe for Textarea {}

/// What a character count counts, and how many are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Characters as JavaScript counts them.
    Characters(u32),
    /// Characters as a reader counts them.
    Graphemes(u32),
}

/// A textarea that says how much room is left.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/character_count.html")]
pub struct CharacterCount {
    /// The textarea.
    pub area: Textarea,
    /// How much may be typed.
    pub limit: Limit,
    /// Shows the count only after this percentage of the limit.
    pub threshold: Option<u8>,
}

impl CharacterCount {
    fn info(&self) -> String {
        format!("{}-info", self.area.field.id)
    }

    fn maximum(&self) -> u32 {
        match self.limit {
            Limit::Characters(count) | Limit::Graphemes(count) => count,
        }
    }

    fn count_type(&self) -> Option<&'static str> {
        match self.limit {
            Limit::Characters(_) => None,
            Limit::Graphemes(_) => Some("characters"),
        }
    }

    fn words(&self, key: &str) -> String {
        // The script puts the number in place of `%{count}`.
        self.area.field.lang.tr(key, &[("count", "%{count}".to_owned())])
    }
}

impl HtmlSafe for CharacterCount {}

/// A password, with a button that shows it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/password_input.html")]
pub struct PasswordInput {
    /// Name, label, hint, error.
    pub field: Field,
    /// `current-password` unless said otherwise.
    pub autocomplete: Option<&'static str>,
    /// Fits this many characters.
    pub width: Option<u8>,
    /// Shown in a typewriter face, for codes.
    pub is_code: bool,
}

impl HtmlSafe for PasswordInput {}

/// A file to send.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/file_upload.html")]
pub struct FileUpload {
    /// Name, label, hint, error.
    pub field: Field,
    /// The endings a browser offers first.
    pub accept: String,
}

impl HtmlSafe for FileUpload {}

/// One entry of a `Select`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub text: String,
}

/// A drop-down list: only where radios would be too many.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/select.html")]
pub struct Select {
    /// Name, label, hint, error.
    pub field: Field,
    /// The entries.
    pub options: Vec<SelectOption>,
    /// The chosen value.
    pub value: String,
}

impl HtmlSafe for Select {}
