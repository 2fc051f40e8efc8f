//! Text that is already HTML, and the icons. The only ways to make `Markup` are escaping and rendering a component.

use askama::filters::{Escaper, Html, HtmlSafe};
use std::fmt::{self, Display};

/// Escaped HTML. A plain string becomes one by being escaped, a component by being rendered; nothing else can.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// A rendered component.
    pub fn of(component: &impl HtmlSafe) -> Self {
        Self(component.to_string())
    }

    /// Several components after each other.
    pub fn all<T: HtmlSafe>(components: impl IntoIterator<Item = T>) -> Self {
        Self(components.into_iter().map(|component| component.to_string()).collect())
    }

    /// Text in which each line is kept as the person typed it.
    pub fn lines(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(|line| Self::from(line).0).collect();
        Self(lines.join("<br>"))
    }

    /// A link with its words.
    pub fn link(href: &str, text: &str) -> Self {
        Self(format!("<a class=\"nhsuk-link\" href=\"{}\">{}</a>", Self::from(href), Self::from(text)))
    }

    /// Paragraphs, one for each text.
    pub fn paragraphs<T: Into<Self>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut html = String::new();
        for text in texts {
            html.push_str("<p>");
            html.push_str(&text.into().0);
            html.push_str("</p>");
        }
        Self(html)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The published fixtures hold HTML: tests only.
    #[cfg(test)]
    pub(super) fn trusted(html: &str) -> Self {
        Self(html.to_owned())
    }
}

impl From<&str> for Markup {
    fn from(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        // Writing into a `String` cannot fail.
        let _ = Html.write_escaped_str(&mut escaped, text);
        Self(escaped)
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl Display for Markup {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// The design system's icons that we use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Back, previous.
    ArrowLeft,
    /// Forward, next.
    ArrowRight,
    /// The action link's arrow.
    ArrowRightCircle,
    /// The primary card's arrow.
    ChevronRightCircle,
    /// Remove, no.
    Cross,
    /// Done, yes.
    Tick,
    /// Fewer.
    Minus,
    /// More.
    Plus,
    /// Find.
    Search,
    /// A person, an account.
    User,
}

impl Icon {
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::ArrowLeft => (
                "arrow-left",
                "M10.7 6.3c.4.4.4 1 0 1.4L7.4 11H19a1 1 0 0 1 0 2H7.4l3.3 3.3c.4.4.4 1 0 1.4a1 1 0 0 1-1.4 0l-5-5A1 1 0 0 1 4 12c0-.3.1-.5.3-.7l5-5a1 1 0 0 1 1.4 0Z",
            ),
            Self::ArrowRight => (
                "arrow-right",
                "m14.7 6.3 5 5c.2.2.3.4.3.7 0 .3-.1.5-.3.7l-5 5a1 1 0 0 1-1.4-1.4l3.3-3.3H5a1 1 0 0 1 0-2h11.6l-3.3-3.3a1 1 0 1 1 1.4-1.4Z",
            ),
            Self::ArrowRightCircle => (
                "arrow-right-circle",
                "M12 2a10 10 0 0 0-10 9h11.7l-4-4a1 1 0 0 1 1.5-1.4l5.6 5.7a1 1 0 0 1 0 1.4l-5.6 5.7a1 1 0 0 1-1.5 0 1 1 0 0 1 0-1.4l4-4H2A10 10 0 1 0 12 2z",
            ),
            Self::ChevronRightCircle => (
                "chevron-right-circle",
                "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm-.3 5.8a1 1 0 1 0-1.5 1.4l2.9 2.8-2.9 2.8a1 1 0 0 0 1.5 1.4l3.5-3.5c.4-.4.4-1 0-1.4Z",
            ),
            Self::Cross => (
                "cross",
                "M17 18.5c-.4 0-.8-.1-1.1-.4l-10-10c-.6-.6-.6-1.6 0-2.1.6-.6 1.5-.6 2.1 0l10 10c.6.6.6 1.5 0 2.1-.3.3-.6.4-1 .4z M7 18.5c-.4 0-.8-.1-1.1-.4-.6-.6-.6-1.5 0-2.1l10-10c.6-.6 1.5-.6 2.1 0 .6.6.6 1.5 0 2.1l-10 10c-.3.3-.6.4-1 .4z",
            ),
            Self::Tick => (
                "tick",
                "M11.4 17.5a2 2 0 0 1-2.7.1h-.1L4 12.8a1.5 1.5 0 0 1 2.1-2L10 14.7l8.1-8.1a1.5 1.5 0 1 1 2.2 2l-8.9 9Z",
            ),
            Self::Minus => ("minus", "M5.5 10.5a1.5 1.5 0 0 0 0 3h13a1.5 1.5 0 0 0 0-3h-13Z"),
            Self::Plus => (
                "plus",
                "M13.5 5.5a1.5 1.5 0 0 0-3 0v5h-5a1.5 1.5 0 0 0 0 3h5v5a1.5 1.5 0 0 0 3 0v-5h5a1.5 1.5 0 0 0 0-3h-5v-5Z",
            ),
            Self::Search => (
                "search",
                "m20.7 18.9-4.1-4.1a7 7 0 1 0-1.4 1.4l4 4.1a1 1 0 0 0 1.5 0c.4-.4.4-1 0-1.4ZM6 10.6a5 5 0 1 1 10 0 5 5 0 0 1-10 0Z",
            ),
            Self::User => (
                "user",
                "M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22Zm0 2a9 9 0 0 0-5 16.5V18a4 4 0 0 1 4-4h2a4 4 0 0 1 4 4v1.5A9 9 0 0 0 12 3Zm0 3a3.5 3.5 0 1 1-3.5 3.5A3.4 3.4 0 0 1 12 6Z",
            ),
        }
    }
}

impl Display for Icon {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, path) = self.parts();
        write!(
            to,
            "<svg class=\"nhsuk-icon nhsuk-icon--{name}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" \
             width=\"16\" height=\"16\" focusable=\"false\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"
        )
    }
}

impl HtmlSafe for Icon {}
