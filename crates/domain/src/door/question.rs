//! The questions of the public form and their order. What must be answered comes first; the rest can be left out.

use serde::{Deserialize, Serialize};

/// One page of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Who the help is for.
    ForWhom,
    /// The danger questions, early: the sooner they are answered, the sooner somebody is told where help is now.
    Safety,
    /// How old they are: the pages speak to a young person from here.
    Age,
    /// What to call them.
    Called,
    /// How to reach them safely.
    Contact,
    /// Why now.
    WhyNow,
    /// What they allow.
    Permissions,
    /// What would help, and what matters.
    Help,
    /// What helps us to understand each other and meet.
    Needs,
    /// Children and caring.
    Caring,
    /// Practical troubles.
    Practical,
    /// What made help hard to get before.
    Before,
    /// Who they are, all optional.
    AboutYou,
}

impl Question {
    /// Every question, in order.
    pub const ALL: [Self; 13] = [
        Self::ForWhom,
        Self::Safety,
        Self::Age,
        Self::Called,
        Self::Contact,
        Self::WhyNow,
        Self::Permissions,
        Self::Help,
        Self::Needs,
        Self::Caring,
        Self::Practical,
        Self::Before,
        Self::AboutYou,
    ];

    /// The path segment and message prefix.
    pub fn code(self) -> &'static str {
        match self {
            Self::ForWhom => "who",
            Self::Safety => "safety",
            Self::Age => "age",
            Self::Called => "name",
            Self::Contact => "contact",
            Self::WhyNow => "why-now",
            Self::Permissions => "permissions",
            Self::Help => "help",
            Self::Needs => "needs",
            Self::Caring => "caring",
            Self::Practical => "practical",
            Self::Before => "before",
            Self::AboutYou => "about-you",
        }
    }

    /// The question with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.code() == code)
    }

    /// The one asked after it, or `None` when the answers are ready to check.
    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|question| *question == self)?;
        Self::ALL.get(at + 1).copied()
    }

    /// Whether it asks how things are now, so that an earlier answer is no answer: danger, and why now.
    pub fn is_about_now(self) -> bool {
        match self {
            Self::Safety | Self::WhyNow => true,
            Self::ForWhom
            | Self::Age
            | Self::Called
            | Self::Contact
            | Self::Permissions
            | Self::Help
            | Self::Needs
            | Self::Caring
            | Self::Practical
            | Self::Before
            | Self::AboutYou => false,
        }
    }

    /// Whether the whole form cannot be sent without an answer. "Send what I have told you" needs fewer.
    pub fn is_required(self) -> bool {
        match self {
            Self::ForWhom
            | Self::Safety
            | Self::Called
            | Self::Contact
            | Self::WhyNow
            | Self::Permissions => true,
            Self::Age
            | Self::Help
            | Self::Needs
            | Self::Caring
            | Self::Practical
            | Self::Before
            | Self::AboutYou => false,
        }
    }
}
