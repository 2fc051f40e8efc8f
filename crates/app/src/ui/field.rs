//! What every form control shares: its name, label, hint and error, rendered in one place, and the fieldset.

use super::markup::Markup;
use crate::web::form::FormErrors;
use crate::words::Lang;
use askama::Template;
use askama::filters::HtmlSafe;

/// Sizes of labels, legends, captions and headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Small.
    S,
    /// Medium.
    M,
    /// Large.
    L,
    /// Extra large.
    Xl,
}

impl Size {
    /// The ending of a class name.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::S => "s",
            Self::M => "m",
            Self::L => "l",
            Self::Xl => "xl",
        }
    }
}

/// A label or legend: its words, its size and whether it is the page's heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The words.
    pub text: Markup,
    /// How large.
    pub size: Option<Size>,
    /// Whether the words are the page's `<h1>`.
    pub is_page_heading: bool,
}

/// One question of a form. All controls hold one, so label, hint and error look and read alike everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// For the words the component adds.
    pub lang: Lang,
    /// The name it posts.
    pub name: String,
    /// The element's id; the error summary links to it.
    pub id: String,
    /// Label or legend.
    pub label: Heading,
    /// Help before answering.
    pub hint: Option<Markup>,
    /// What is wrong and how to mend it.
    pub error: Option<Markup>,
}

impl Field {
    /// A question without hint or error.
    pub fn new(lang: Lang, name: &str, label: impl Into<Markup>) -> Self {
        let label = Heading { text: label.into(), size: None, is_page_heading: false };
        Self { lang, name: name.to_owned(), id: name.to_owned(), label, hint: None, error: None }
    }

    /// Makes the label the page's heading, for pages with one question.
    #[must_use]
    pub fn page_heading(mut self) -> Self {
        self.label.is_page_heading = true;
        self.sized(Size::L)
    }

    /// Sets the label's size.
    #[must_use]
    pub fn sized(mut self, size: Size) -> Self {
        self.label.size = Some(size);
        self
    }

    /// Adds help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Markup>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Takes this field's error, if it has one.
    #[must_use]
    pub fn with(mut self, errors: &FormErrors) -> Self {
        self.error = errors.text(self.lang, &self.name).map(Markup::from);
        self
    }

    pub(super) fn describe(&self, before: &str) -> String {
        let mut ids = Vec::new();
        if !before.is_empty() {
            ids.push(before.to_owned());
        }
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        ids.join(" ")
    }

    pub(super) fn head(&self) -> FieldHead<'_> {
        FieldHead { field: self }
    }
}

/// Label, hint and error of a single control.
#[derive(Template)]
#[template(path = "ui/field_head.html")]
pub(super) struct FieldHead<'a> {
    field: &'a Field,
}

impl HtmlSafe for FieldHead<'_> {}

/// A group of controls under one legend.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/fieldset.html")]
pub struct Fieldset {
    /// What the group asks; empty for none.
    pub legend: Heading,
    /// An ARIA role, for groups of text inputs.
    pub role: Option<&'static str>,
    /// Ids of what describes the group; empty for none.
    pub described_by: String,
    /// The controls.
    pub content: Markup,
}

impl HtmlSafe for Fieldset {}
