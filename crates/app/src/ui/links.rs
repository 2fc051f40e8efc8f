//! Ways to go on: buttons, links, breadcrumb, pagination.

use super::markup::{Icon, Markup};
use crate::words::Lang;
use askama::Template;
use askama::filters::HtmlSafe;

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of a page.
    #[default]
    Primary,
    /// Any other action.
    Secondary,
    /// Any other action, on a coloured background.
    SecondarySolid,
    /// On a dark background.
    Reverse,
    /// Cannot be undone.
    Warning,
    /// In the system's colour.
    Brand,
    /// Signs in.
    Login,
}

impl ButtonKind {
    fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Primary => None,
            Self::Secondary => Some("secondary"),
            Self::SecondarySolid => Some("secondary-solid"),
            Self::Reverse => Some("reverse"),
            Self::Warning => Some("warning"),
            Self::Brand => Some("brand"),
            Self::Login => Some("login"),
        }
    }
}

/// An icon before or after a button's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonIcon {
    /// Before.
    Start(Icon),
    /// After.
    End(Icon),
}

/// A button, or a link that looks like one when `href` is given.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/button.html")]
pub struct Button {
    /// The words.
    pub text: Markup,
    /// How it looks.
    pub kind: ButtonKind,
    /// Less space, for dense pages.
    pub small: bool,
    /// Makes it a link.
    pub href: Option<String>,
    /// Posted with `value`, when a form has several buttons.
    pub name: Option<&'static str>,
    /// See `name`.
    pub value: Option<String>,
    /// Ignores a second click within a second (with JavaScript; the server is safe anyway).
    pub prevents_double_click: bool,
    /// An icon beside the words.
    pub icon: Option<ButtonIcon>,
}

impl Button {
    /// The main action.
    pub fn new(text: impl Into<Markup>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Another action.
    pub fn secondary(text: impl Into<Markup>) -> Self {
        Self { kind: ButtonKind::Secondary, ..Self::new(text) }
    }

    /// The main action, as a link to a page.
    pub fn to(href: &str, text: impl Into<Markup>) -> Self {
        Self { href: Some(href.to_owned()), ..Self::new(text) }
    }

    fn start(&self) -> Option<Icon> {
        match self.icon {
            Some(ButtonIcon::Start(icon)) => Some(icon),
            Some(ButtonIcon::End(_)) | None => None,
        }
    }

    fn end(&self) -> Option<Icon> {
        match self.icon {
            Some(ButtonIcon::End(icon)) => Some(icon),
            Some(ButtonIcon::Start(_)) | None => None,
        }
    }
}

impl HtmlSafe for Button {}

/// A link with words and an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// The words.
    pub text: Markup,
}

impl Link {
    /// A link.
    pub fn new(href: &str, text: impl Into<Markup>) -> Self {
        Self { href: href.to_owned(), text: text.into() }
    }
}

/// A link with a green arrow, to the start of something.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/action_link.html")]
pub struct ActionLink {
    /// Where to.
    pub link: Link,
}

impl HtmlSafe for ActionLink {}

/// "Back", above the page's heading.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/back_link.html")]
pub struct BackLink {
    /// For the word "Back".
    pub lang: Lang,
    /// Where to.
    pub href: String,
    /// Other words.
    pub text: Option<Markup>,
}

impl BackLink {
    /// "Back".
    pub fn new(lang: Lang, href: &str) -> Self {
        Self { lang, href: href.to_owned(), text: None }
    }
}

impl HtmlSafe for BackLink {}

/// Where the page is.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/breadcrumb.html")]
pub struct Breadcrumb {
    /// For the words it adds.
    pub lang: Lang,
    /// From the start page down, without this page.
    pub items: Vec<Link>,
}

impl HtmlSafe for Breadcrumb {}

/// Previous and next page of a list or a guide.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/pagination.html")]
pub struct Pagination {
    /// For the words it adds.
    pub lang: Lang,
    /// The page before; its text names that page and may be empty.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
}

impl HtmlSafe for Pagination {}

/// The first link of every page.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/skip_link.html")]
pub struct SkipLink {
    /// The words.
    pub text: Markup,
    /// The main part's id.
    pub href: String,
}

impl HtmlSafe for SkipLink {}
