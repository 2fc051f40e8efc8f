//! The questions of the public form and their order, for oneself, for somebody else, and for professionals. What must be
//! answered comes first; the rest can be left out.

use serde::{Deserialize, Serialize};

use super::ForWhom;

/// One page of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Who the help is for.
    ForWhom,
    /// Who asks for somebody else.
    Asker,
    /// How to reach whoever asks.
    AskerContact,
    /// The danger questions, early: the sooner they are answered, the sooner somebody is told where help is now.
    Safety,
    /// How old they are: the pages speak to a young person from here.
    Age,
    /// What to call them.
    Called,
    /// What the person knows of it and agrees to.
    Knows,
    /// How to reach them safely.
    Contact,
    /// Why now.
    WhyNow,
    /// How soon, and what has been tried.
    Tried,
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
    pub const ALL: [Self; 17] = [
        Self::ForWhom,
        Self::Asker,
        Self::AskerContact,
        Self::Safety,
        Self::Age,
        Self::Called,
        Self::Knows,
        Self::Contact,
        Self::WhyNow,
        Self::Tried,
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
            Self::Asker => "asker",
            Self::AskerContact => "your-contact",
            Self::Safety => "safety",
            Self::Age => "age",
            Self::Called => "name",
            Self::Knows => "knows",
            Self::Contact => "contact",
            Self::WhyNow => "why-now",
            Self::Tried => "tried",
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

    /// The one asked after it, or `None` when the answers are ready to check. A question that is not asked for these
    /// people leads to their first.
    pub fn next(self, whom: ForWhom) -> Option<Self> {
        let asked = whom.questions();
        match asked.iter().position(|question| *question == self) {
            Some(at) => asked.get(at + 1).copied(),
            None => asked.first().copied(),
        }
    }

    /// Whether it asks how things are now, so that an earlier answer is no answer: danger, and why now.
    pub fn is_about_now(self) -> bool {
        match self {
            Self::Safety | Self::WhyNow => true,
            Self::ForWhom
            | Self::Asker
            | Self::AskerContact
            | Self::Knows
            | Self::Tried
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

    /// Whether the whole form cannot be sent without an answer. "Send what I have told you" needs fewer; a professional's
    /// form never needs more than a name or a description, and a way to find the person.
    pub fn is_required(self, whom: ForWhom) -> bool {
        match self {
            Self::Called | Self::Contact => true,
            Self::ForWhom | Self::Safety | Self::WhyNow => whom != ForWhom::Professional,
            Self::Permissions => whom == ForWhom::Me,
            Self::Asker | Self::Knows => whom == ForWhom::Someone,
            Self::AskerContact
            | Self::Tried
            | Self::Age
            | Self::Help
            | Self::Needs
            | Self::Caring
            | Self::Practical
            | Self::Before
            | Self::AboutYou => false,
        }
    }
}

const FOR_ME: [Question; 13] = [
    Question::ForWhom,
    Question::Safety,
    Question::Age,
    Question::Called,
    Question::Contact,
    Question::WhyNow,
    Question::Permissions,
    Question::Help,
    Question::Needs,
    Question::Caring,
    Question::Practical,
    Question::Before,
    Question::AboutYou,
];

const FOR_SOMEONE: [Question; 15] = [
    Question::ForWhom,
    Question::Safety,
    Question::Asker,
    Question::AskerContact,
    Question::Called,
    Question::Age,
    Question::Knows,
    Question::Contact,
    Question::WhyNow,
    Question::Help,
    Question::Needs,
    Question::Caring,
    Question::Practical,
    Question::Before,
    Question::AboutYou,
];

const BY_PROFESSIONALS: [Question; 15] = [
    Question::Asker,
    Question::Safety,
    Question::AskerContact,
    Question::Called,
    Question::Contact,
    Question::Knows,
    Question::WhyNow,
    Question::Tried,
    Question::Age,
    Question::Help,
    Question::Needs,
    Question::Caring,
    Question::Practical,
    Question::Before,
    Question::AboutYou,
];

impl ForWhom {
    /// What is asked, page by page.
    pub fn questions(self) -> &'static [Question] {
        match self {
            Self::Me => &FOR_ME,
            Self::Someone => &FOR_SOMEONE,
            Self::Professional => &BY_PROFESSIONALS,
        }
    }
}
