//! What a person needs so that we can understand each other and meet: Accessible Information Standard and reasonable
//! adjustments. Source: assessment §9. It never decides who gets help.

use serde::{Deserialize, Serialize};

use crate::value::{Line, Text};

/// What a need is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NeedGroup {
    /// Talking with each other.
    Talking,
    /// Reading what we write.
    Reading,
    /// Meeting.
    Meeting,
}

/// One thing that helps a person to use the service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A spoken-language interpreter.
    Interpreter,
    /// A British Sign Language interpreter.
    Bsl,
    /// A lipspeaker, or somebody who can be lip-read.
    LipReading,
    /// A deafblind communicator.
    Deafblind,
    /// Calls by text relay.
    TextRelay,
    /// Somebody to speak up for them: an advocate.
    Advocate,
    /// Easy Read.
    EasyRead,
    /// Large print.
    LargePrint,
    /// Braille.
    Braille,
    /// Audio.
    Audio,
    /// A screen reader: electronic text.
    ElectronicText,
    /// Somebody they trust is with them.
    WithSomeone,
    /// More time.
    MoreTime,
    /// A quiet place.
    QuietPlace,
    /// Step-free access.
    StepFree,
    /// At home, because going out is hard.
    AtHome,
    /// A woman.
    Woman,
    /// A man.
    Man,
    /// Reminders.
    Reminders,
    /// Phone calls are very hard.
    NoPhoneCalls,
}

impl Need {
    /// Every need, in page order.
    pub const ALL: [Self; 20] = [
        Self::Interpreter,
        Self::Bsl,
        Self::LipReading,
        Self::Deafblind,
        Self::TextRelay,
        Self::Advocate,
        Self::EasyRead,
        Self::LargePrint,
        Self::Braille,
        Self::Audio,
        Self::ElectronicText,
        Self::WithSomeone,
        Self::MoreTime,
        Self::QuietPlace,
        Self::StepFree,
        Self::AtHome,
        Self::Woman,
        Self::Man,
        Self::Reminders,
        Self::NoPhoneCalls,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Interpreter => "interpreter",
            Self::Bsl => "bsl",
            Self::LipReading => "lip-reading",
            Self::Deafblind => "deafblind",
            Self::TextRelay => "text-relay",
            Self::Advocate => "advocate",
            Self::EasyRead => "easy-read",
            Self::LargePrint => "large-print",
            Self::Braille => "braille",
            Self::Audio => "audio",
            Self::ElectronicText => "electronic-text",
            Self::WithSomeone => "with-someone",
            Self::MoreTime => "more-time",
            Self::QuietPlace => "quiet-place",
            Self::StepFree => "step-free",
            Self::AtHome => "at-home",
            Self::Woman => "woman",
            Self::Man => "man",
            Self::Reminders => "reminders",
            Self::NoPhoneCalls => "no-phone-calls",
        }
    }

    /// The need with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.code() == code)
    }

    /// What it is about.
    pub fn group(self) -> NeedGroup {
        match self {
            Self::Interpreter
            | Self::Bsl
            | Self::LipReading
            | Self::Deafblind
            | Self::TextRelay
            | Self::Advocate => NeedGroup::Talking,
            Self::EasyRead | Self::LargePrint | Self::Braille | Self::Audio | Self::ElectronicText => {
                NeedGroup::Reading
            }
            Self::WithSomeone
            | Self::MoreTime
            | Self::QuietPlace
            | Self::StepFree
            | Self::AtHome
            | Self::Woman
            | Self::Man
            | Self::Reminders
            | Self::NoPhoneCalls => NeedGroup::Meeting,
        }
    }
}

/// What a person needs so that we can understand each other and meet.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Needs {
    /// The language they speak best, in their words.
    pub language: Option<Line>,
    /// What helps.
    pub needs: Vec<Need>,
    /// Anything else, in their words.
    pub other: Option<Text>,
}

impl Needs {
    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.language.is_none() && self.needs.is_empty() && self.other.is_none()
    }
}
