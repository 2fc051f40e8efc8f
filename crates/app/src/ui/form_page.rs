//! A whole page with one form: heading, what is wrong, a few words, the controls, one button, what else can be done.

use super::frame::{Frame, TYPED};
use super::links::{BackLink, Button};
use super::markup::Markup;
use super::notes::ErrorSummary;
use crate::web::form::FormErrors;
use askama::Template;

/// A page with one form. The frame's title is its heading.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/form_page.html")]
pub struct FormPage {
    /// The page around it.
    pub frame: Frame,
    /// Where "Back" goes.
    pub back: Option<BackLink>,
    summary: Option<ErrorSummary>,
    /// Before the form.
    pub intro: Markup,
    /// Where it is sent.
    pub action: String,
    /// Whether a file is sent with it.
    pub sends_file: bool,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Markup>,
    /// Sends it.
    pub button: Button,
    /// After the form.
    pub after: Markup,
}

impl FormPage {
    /// A page with an empty form that is sent to `action`.
    pub fn new(frame: Frame, action: &str, button: impl Into<Markup>) -> Self {
        let button = Button { prevents_double_click: true, ..Button::new(button) };
        Self {
            frame,
            back: None,
            summary: None,
            intro: Markup::default(),
            action: action.to_owned(),
            sends_file: false,
            hidden: Vec::new(),
            fields: Vec::new(),
            button,
            after: Markup::default(),
        }
    }

    /// Says at the top what is wrong.
    #[must_use]
    pub fn errors(mut self, errors: &FormErrors) -> Self {
        self.frame.errors = !errors.is_empty();
        self.summary = (!errors.is_empty()).then(|| errors.summary(self.frame.lang));
        self
    }

    /// Adds "Back".
    #[must_use]
    pub fn back(mut self, href: &str) -> Self {
        self.back = Some(BackLink::new(self.frame.lang, href));
        self
    }

    /// Adds paragraphs before the form.
    #[must_use]
    pub fn intro(mut self, texts: impl IntoIterator<Item = String>) -> Self {
        self.intro = Markup::paragraphs(texts);
        self
    }

    /// Carries a value.
    #[must_use]
    pub fn carry(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// Adds a control.
    #[must_use]
    pub fn control(mut self, control: &impl askama::filters::HtmlSafe) -> Self {
        self.fields.push(Markup::of(control));
        self
    }
}

/// A page that only says something.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/note_page.html")]
pub struct NotePage {
    /// The page around it.
    pub frame: Frame,
    /// Where "Back" goes.
    pub back: Option<BackLink>,
    /// What it says.
    pub content: Markup,
}

impl NotePage {
    /// A page with these paragraphs.
    pub fn new<T: Into<Markup>>(frame: Frame, texts: impl IntoIterator<Item = T>) -> Self {
        Self { frame, back: None, content: Markup::paragraphs(texts) }
    }

    /// Adds "Back".
    #[must_use]
    pub fn back(mut self, href: &str) -> Self {
        self.back = Some(BackLink::new(self.frame.lang, href));
        self
    }
}
