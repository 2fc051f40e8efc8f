//! Casework patterns for staff pages: timeline, badge, alert, side and sub navigation, filters.

use super::field::Heading;
use super::links::Link;
use super::markup::Markup;
use crate::words::{self, Lang};
use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;

/// Something that happened.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// What happened.
    pub title: Markup,
    /// Who did it, with role.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// More about it.
    pub content: Markup,
}

/// What happened, newest first.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/timeline.html")]
pub struct Timeline {
    /// For dates and the word "by".
    pub lang: Lang,
    /// Level of the entries' headings.
    pub level: u8,
    /// The entries.
    pub entries: Vec<TimelineEntry>,
}

impl Timeline {
    fn shown(&self, at: Timestamp) -> String {
        words::date_time(self.lang, at)
    }
}

impl HtmlSafe for Timeline {}

/// A small mark beside a name, such as the count of open tasks.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/badge.html")]
pub struct Badge {
    /// The words.
    pub text: Markup,
}

impl HtmlSafe for Badge {}

/// Kinds of alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// To know.
    Information,
    /// It worked.
    Success,
    /// To mind.
    Warning,
    /// It did not work.
    Error,
}

impl AlertKind {
    fn name(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    fn words(self, lang: Lang) -> String {
        lang.t(match self {
            Self::Information => "ui-alert-information",
            Self::Success => "ui-alert-success",
            Self::Warning => "ui-alert-warning",
            Self::Error => "ui-alert-error",
        })
    }
}

/// A line above the content, about this page.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/alert.html")]
pub struct Alert {
    /// For the hidden name of its kind.
    pub lang: Lang,
    /// Its kind.
    pub kind: AlertKind,
    /// One sentence.
    pub title: String,
    /// More; then the title becomes a heading.
    pub content: Option<Markup>,
}

impl HtmlSafe for Alert {}

/// "Show 3 new" above a live list (with JavaScript; without it, reloading the page shows them).
///
/// `count_href` answers 204 for nothing new, or the button's words as plain text, without personal data.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/show_new.html")]
pub struct ShowNew {
    /// Where to ask; carries what the list already shows.
    pub count_href: String,
    /// Without JavaScript: the list again.
    pub again: Option<Link>,
}

impl HtmlSafe for ShowNew {}

/// A titled group of links.
#[derive(Clone, Debug, Default)]
pub struct SideSection {
    /// The group's title; empty for none.
    pub heading: Markup,
    /// The links, and whether each is this page.
    pub items: Vec<(Link, bool)>,
}

/// Links beside the content.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/side_navigation.html")]
pub struct SideNavigation {
    /// What the navigation is for, for screen readers.
    pub label: String,
    /// The groups.
    pub sections: Vec<SideSection>,
}

impl HtmlSafe for SideNavigation {}

/// Parts of one record, above the content.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/sub_navigation.html")]
pub struct SubNavigation {
    /// What the navigation is for, for screen readers.
    pub label: String,
    /// The links, and whether each is this page.
    pub items: Vec<(Link, bool)>,
}

impl HtmlSafe for SubNavigation {}

/// A filter that is on; the link takes it away.
#[derive(Clone, Debug, Default)]
pub struct SelectedFilter {
    /// The words.
    pub text: Markup,
    /// The same list without it.
    pub href: String,
}

/// Filters beside a list. Without JavaScript, and on a narrow screen, they stand above the list, closed.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/filter_layout.html")]
pub struct FilterLayout {
    /// For the words it adds.
    pub lang: Lang,
    /// Where the form goes (GET).
    pub action: String,
    /// The filters that are on.
    pub selected: Vec<SelectedFilter>,
    /// Heading of the list.
    pub heading: Heading,
    /// The filter controls.
    pub controls: Markup,
    /// The list.
    pub content: Markup,
}

impl HtmlSafe for FilterLayout {}
