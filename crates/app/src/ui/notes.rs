//! Things to read: error summary, banners, callouts, cards, tags.

use super::field::Size;
use super::lists::RowAction;
use super::markup::{Icon, Markup};
use crate::words::Lang;
use askama::Template;
use askama::filters::HtmlSafe;

/// One line of an error summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorLink {
    /// The control at fault, as `#id`; none where no control is at fault.
    pub href: Option<String>,
    /// The same words as beside the control.
    pub text: Markup,
}

/// What must be put right, at the top of the page; it takes the focus.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/error_summary.html")]
pub struct ErrorSummary {
    /// The heading.
    pub title: Markup,
    /// In page order.
    pub errors: Vec<ErrorLink>,
    /// A sentence before the list.
    pub description: Option<Markup>,
}

impl HtmlSafe for ErrorSummary {}

/// Something to notice in the flow of the text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/inset_text.html")]
pub struct InsetText {
    /// For the hidden word before it.
    pub lang: Lang,
    /// Paragraphs.
    pub content: Markup,
}

impl HtmlSafe for InsetText {}

/// Something a person must not miss.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/warning_callout.html")]
pub struct WarningCallout {
    /// For the hidden word before the heading.
    pub lang: Lang,
    /// The heading.
    pub heading: Markup,
    /// Whether the heading itself says "important", so that it is not said twice.
    pub says_important: bool,
    /// 3 unless the page's order of headings asks for another.
    pub level: u8,
    /// What to know.
    pub content: Markup,
}

impl WarningCallout {
    /// A callout with a third-level heading.
    pub fn new(lang: Lang, heading: impl Into<Markup>, content: impl Into<Markup>) -> Self {
        Self { lang, heading: heading.into(), says_important: false, level: 3, content: content.into() }
    }
}

impl HtmlSafe for WarningCallout {}

/// Help for some readers, closed until asked for. Never hides something everybody needs.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/details.html")]
pub struct Details {
    /// What it is about.
    pub summary: Markup,
    /// The help.
    pub content: Markup,
    /// Larger, with a border.
    pub is_expander: bool,
    /// Open from the start.
    pub open: bool,
}

impl HtmlSafe for Details {}

/// Something happened, or something to know before the page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/notification_banner.html")]
pub struct NotificationBanner {
    /// For the words it adds.
    pub lang: Lang,
    /// Something went well: announced at once and takes the focus.
    pub success: bool,
    /// The message.
    pub heading: Option<Markup>,
    /// More about it.
    pub content: Option<Markup>,
}

impl NotificationBanner {
    fn title(&self) -> String {
        self.lang.t(if self.success { "ui-success" } else { "ui-important" })
    }
}

impl HtmlSafe for NotificationBanner {}

/// The end of a journey.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/panel.html")]
pub struct Panel {
    /// What happened.
    pub title: Markup,
    /// Such as a reference.
    pub content: Option<Markup>,
    /// A stop on the way, in another colour.
    pub is_interruption: bool,
}

impl HtmlSafe for Panel {}

/// Colours of tags. A tag's words carry the meaning; the colour repeats it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TagColour {
    #[default]
    Plain,
    White,
    Grey,
    Green,
    AquaGreen,
    Blue,
    Purple,
    Pink,
    Red,
    Orange,
    Yellow,
}

impl TagColour {
    fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::White => Some("white"),
            Self::Grey => Some("grey"),
            Self::Green => Some("green"),
            Self::AquaGreen => Some("aqua-green"),
            Self::Blue => Some("blue"),
            Self::Purple => Some("purple"),
            Self::Pink => Some("pink"),
            Self::Red => Some("red"),
            Self::Orange => Some("orange"),
            Self::Yellow => Some("yellow"),
        }
    }
}

/// A state, in one or two words.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/tag.html")]
pub struct Tag {
    /// The words.
    pub text: Markup,
    /// Its colour.
    pub colour: TagColour,
    /// Without a border, in tables.
    pub no_border: bool,
}

impl Tag {
    /// A tag in a colour.
    pub fn new(colour: TagColour, text: impl Into<Markup>) -> Self {
        Self { text: text.into(), colour, no_border: false }
    }
}

impl HtmlSafe for Tag {}

/// Kinds of cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardKind {
    /// A box.
    #[default]
    Basic,
    /// A box with a heading on a coloured tab.
    Feature,
    /// A way on, with an arrow.
    Primary,
    /// A way on of less weight.
    Secondary,
}

impl CardKind {
    fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Basic => None,
            Self::Feature => Some("feature"),
            Self::Primary => Some("primary"),
            Self::Secondary => Some("secondary"),
        }
    }
}

/// A box about one thing.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/card.html")]
pub struct Card {
    /// How it looks.
    pub kind: CardKind,
    /// What it is about; empty for none.
    pub heading: Markup,
    /// 2 when 0.
    pub level: u8,
    /// The heading's size.
    pub size: Option<Size>,
    /// Makes the heading a link.
    pub href: Option<String>,
    /// Makes the whole box a link (needs `href`).
    pub clickable: bool,
    /// One sentence.
    pub description: Option<Markup>,
    /// Anything else.
    pub content: Markup,
    /// Links beside the heading.
    pub actions: Vec<RowAction>,
}

impl Card {
    fn heading_tag(&self) -> String {
        format!("h{}", if self.level == 0 { 2 } else { self.level })
    }
}

impl HtmlSafe for Card {}

/// How soon to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Go to A&E, ring 999.
    Emergency,
    /// Today.
    Urgent,
    /// Otherwise.
    NonUrgent,
}

/// What to do and how soon.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/care_card.html")]
pub struct CareCard {
    /// For the hidden words before the heading.
    pub lang: Lang,
    /// How soon.
    pub urgency: Urgency,
    /// What to do.
    pub heading: Markup,
    /// 2 unless the page's order of headings asks for another.
    pub level: u8,
    /// How.
    pub content: Markup,
}

impl CareCard {
    fn parts(&self) -> (&'static str, String) {
        match self.urgency {
            Urgency::Emergency => ("emergency", self.lang.t("ui-emergency-prefix")),
            Urgency::Urgent => ("urgent", self.lang.t("ui-urgent-prefix")),
            Urgency::NonUrgent => ("non-urgent", self.lang.t("ui-non-urgent-prefix")),
        }
    }
}

impl HtmlSafe for CareCard {}
