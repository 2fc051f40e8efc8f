//! What has been answered so far. Every part may still be missing; parts are typed, never free-form.

use serde::{Deserialize, Serialize};

use super::{Age, Caring, Danger, ForWhom, Help, Needs, Practical, Question, SafeContact, Signal};
use crate::value::{DateOfBirth, Line, NhsNumber, Postcode, Text};

/// What the person allowed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Permissions {
    /// Whether their GP may be told.
    pub tell_gp: bool,
    /// Somebody we may talk to about it, in their words: a friend, a relative, a carer. `None` is nobody.
    #[serde(default)]
    pub talk_to: Option<Line>,
}

/// Who they are; nothing here is ever required to send.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Identity {
    /// What to call them.
    pub called: Line,
    /// How old they are, where the date of birth was not given.
    #[serde(default)]
    pub age: Option<Age>,
    /// Their full name.
    pub full_name: Option<Line>,
    /// Date of birth.
    pub born_on: Option<DateOfBirth>,
    /// NHS number as given, untraced.
    pub nhs_number: Option<NhsNumber>,
    /// GP practice as given.
    pub gp_practice: Option<Line>,
    /// Postcode.
    pub postcode: Option<Postcode>,
    /// No fixed address; never the same as a postcode left out.
    #[serde(default)]
    pub no_fixed_address: bool,
}

impl Identity {
    /// A name and nothing more.
    pub fn called(called: Line) -> Self {
        Self {
            called,
            age: None,
            full_name: None,
            born_on: None,
            nhs_number: None,
            gp_practice: None,
            postcode: None,
            no_fixed_address: false,
        }
    }
}

/// What has been answered so far. Every part may still be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Who it is for.
    pub for_whom: Option<ForWhom>,
    /// How old they are.
    pub age: Option<Age>,
    /// What to call them.
    pub called: Option<Line>,
    /// How to reach them safely.
    pub contact: Option<SafeContact>,
    /// Why now, in their own words.
    pub why_now: Option<Text>,
    /// Danger questions answered yes; `None` until the page was answered.
    pub dangers: Option<Vec<Danger>>,
    /// After the emergency block they said they can keep themselves safe for now.
    pub safe_for_now: bool,
    /// What they allowed.
    pub permissions: Option<Permissions>,
    /// What would help, what matters.
    pub help: Option<Help>,
    /// What helps us to understand each other and meet.
    pub needs: Option<Needs>,
    /// Children and caring.
    pub caring: Option<Caring>,
    /// Practical troubles.
    pub practical: Option<Practical>,
    /// What made help hard to get before; an empty list is an answer.
    pub before: Option<Vec<Signal>>,
    /// Optional facts about who they are.
    pub full_name: Option<Line>,
    /// Date of birth.
    pub born_on: Option<DateOfBirth>,
    /// NHS number.
    pub nhs_number: Option<NhsNumber>,
    /// GP practice.
    pub gp_practice: Option<Line>,
    /// Postcode.
    pub postcode: Option<Postcode>,
    /// No fixed address.
    pub no_fixed_address: bool,
}

impl Answers {
    /// Whether this question was answered, if only with "none of these".
    pub fn has(&self, question: Question) -> bool {
        match question {
            Question::ForWhom => self.for_whom.is_some(),
            Question::Safety => self.dangers.is_some(),
            Question::Age => self.age.is_some(),
            Question::Called => self.called.is_some(),
            Question::Contact => self.contact.is_some(),
            Question::WhyNow => self.why_now.is_some(),
            Question::Permissions => self.permissions.is_some(),
            Question::Help => self.help.as_ref().is_some_and(|help| !help.is_empty()),
            Question::Needs => self.needs.as_ref().is_some_and(|needs| !needs.is_empty()),
            Question::Caring => self.caring.is_some(),
            Question::Practical => self.practical.is_some(),
            Question::Before => self.before.is_some(),
            Question::AboutYou => {
                self.full_name.is_some()
                    || self.born_on.is_some()
                    || self.nhs_number.is_some()
                    || self.gp_practice.is_some()
                    || self.postcode.is_some()
                    || self.no_fixed_address
            }
        }
    }

    /// The questions that must still be answered before the whole form is sent.
    pub fn missing(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|question| question.is_required() && !self.has(*question)).collect()
    }

    /// The questions that were answered.
    pub fn answered(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|question| self.has(*question)).collect()
    }

    pub(super) fn identity(&self, called: Line) -> Identity {
        Identity {
            called,
            age: self.age,
            full_name: self.full_name.clone(),
            born_on: self.born_on,
            nhs_number: self.nhs_number.clone(),
            gp_practice: self.gp_practice.clone(),
            postcode: self.postcode.clone(),
            no_fixed_address: self.no_fixed_address,
        }
    }
}
