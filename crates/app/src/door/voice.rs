//! To whom the pages speak: the person themselves, a young person, or somebody who asks for them. One key, and where a
//! voice needs other words, the same key with its ending.

use onedoor_domain::door::{Age, Answers, ForWhom};

use crate::words::Lang;

/// Who reads the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// The person themselves.
    #[default]
    Own,
    /// The person themselves, under 18.
    Young,
    /// Somebody who asks for a person they know.
    They,
    /// A professional.
    Professional,
    /// A colleague who writes down what the person says: the person's own words, except where they tell what the page does.
    Staff,
}

impl Voice {
    /// The voice that fits what was answered so far.
    pub fn of(answers: &Answers) -> Self {
        match answers.whom() {
            ForWhom::Me if answers.age.is_some_and(Age::is_young) => Self::Young,
            ForWhom::Me => Self::Own,
            ForWhom::Someone => Self::They,
            ForWhom::Professional => Self::Professional,
        }
    }

    /// The voice for these people, before their age is known.
    pub fn for_whom(whom: ForWhom) -> Self {
        match whom {
            ForWhom::Me => Self::Own,
            ForWhom::Someone => Self::They,
            ForWhom::Professional => Self::Professional,
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Own => &[],
            Self::Young => &["-young"],
            Self::They => &["-they"],
            Self::Professional => &["-pro", "-they"],
            Self::Staff => &["-staff"],
        }
    }
}

/// Words in one language and one voice.
#[derive(Clone, Copy, Debug)]
pub struct Say {
    /// The language.
    pub lang: Lang,
    /// The voice.
    pub voice: Voice,
}

impl Say {
    /// To the person themselves.
    pub fn own(lang: Lang) -> Self {
        Self { lang, voice: Voice::Own }
    }

    /// The words of a key in this voice.
    pub fn t(self, key: &str) -> String {
        self.tr(key, &[])
    }

    /// The same with its places filled.
    pub fn tr(self, key: &str, args: &[(&'static str, String)]) -> String {
        let other = self.voice.endings().iter().map(|ending| format!("{key}{ending}"));
        let found = other.into_iter().find(|key| self.lang.has(key));
        self.lang.tr(found.as_deref().unwrap_or(key), args)
    }
}
