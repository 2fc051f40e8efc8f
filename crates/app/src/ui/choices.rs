//! Radios and checkboxes, with their conditional parts.

use super::field::Field;
use super::markup::Markup;
use askama::Template;
use askama::filters::HtmlSafe;

/// How a checkbox acts on the others (with JavaScript; the server must decide again).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// "None of these": clears the others.
    Exclusive,
    /// "All of these": ticks the others; hidden without JavaScript.
    Inclusive,
}

impl Behaviour {
    fn name(self) -> &'static str {
        match self {
            Self::Exclusive => "exclusive",
            Self::Inclusive => "inclusive",
        }
    }
}

/// One answer of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub text: Markup,
    /// Help for this answer.
    pub hint: Option<Markup>,
    /// Shown when this answer is chosen (always shown without JavaScript).
    pub conditional: Option<Markup>,
    /// A word above this answer, such as "or".
    pub divider: Option<Markup>,
    /// For checkboxes.
    pub behaviour: Option<Behaviour>,
    /// Posted under this name instead of the group's; checkboxes only.
    pub name: Option<String>,
}

impl Choice {
    /// An answer without extras.
    pub fn new(value: &str, text: impl Into<Markup>) -> Self {
        Self { value: value.to_owned(), text: text.into(), ..Self::default() }
    }

    /// Adds help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Markup>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Shows a part when this answer is chosen.
    #[must_use]
    pub fn reveals(mut self, part: impl Into<Markup>) -> Self {
        self.conditional = Some(part.into());
        self
    }

    /// Puts a word such as "or" above this answer.
    #[must_use]
    pub fn after(mut self, divider: impl Into<Markup>) -> Self {
        self.divider = Some(divider.into());
        self
    }

    fn hidden_unscripted(&self) -> bool {
        self.behaviour == Some(Behaviour::Inclusive)
    }
}

/// The first answer has the group's id, so that the error summary's link lands on it. Dividers count as published.
fn ids<'a>(field: &'a Field, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
    let mut at = 0;
    let mut found = Vec::new();
    for choice in choices {
        at += 1 + usize::from(choice.divider.is_some());
        let id = if at == 1 { field.id.clone() } else { format!("{}-{at}", field.id) };
        found.push((id, choice));
    }
    found
}

/// Choose one.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/radios.html")]
pub struct Radios {
    /// Name, legend, hint, error.
    pub field: Field,
    /// The answers.
    pub choices: Vec<Choice>,
    /// The chosen value.
    pub value: String,
    /// Side by side, for two short answers.
    pub inline: bool,
    /// For dense staff pages.
    pub small: bool,
}

impl Radios {
    fn items(&self) -> Vec<(String, &Choice)> {
        ids(&self.field, &self.choices)
    }

    fn checked(&self, choice: &Choice) -> bool {
        !self.value.is_empty() && self.value == choice.value
    }
}

impl HtmlSafe for Radios {}

/// Choose any.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/checkboxes.html")]
pub struct Checkboxes {
    /// Name, legend, hint, error.
    pub field: Field,
    /// The answers.
    pub choices: Vec<Choice>,
    /// The chosen values.
    pub values: Vec<String>,
    /// For dense staff pages.
    pub small: bool,
}

impl Checkboxes {
    fn items(&self) -> Vec<(String, &Choice)> {
        ids(&self.field, &self.choices)
    }

    fn checked(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value)
    }
}

impl HtmlSafe for Checkboxes {}
