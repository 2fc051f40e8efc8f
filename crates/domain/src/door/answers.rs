//! What has been answered so far. Every part may still be missing; parts are typed, never free-form.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Age, Back, Behalf, Caring, Danger, ForWhom, Given, Help, Knowing, Needs, Origin, Practical, Put,
    Question, Referrer, SafeContact, Signal, Source, Told,
};
use crate::access::Revealed;
use crate::ids::ReferralId;
use crate::section::Section;
use crate::value::{DateOfBirth, EthnicCategory, Line, NhsNumber, Postcode, Reference, Text};

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
    /// The ethnic group they say they belong to.
    #[serde(default)]
    pub ethnic: Option<EthnicCategory>,
}

impl Identity {
    /// How old they are on a day: from the date of birth where it is known, else as they said.
    pub fn age_on(&self, day: jiff::civil::Date) -> Option<Age> {
        match self.born_on.map(|born| born.age_on(day)) {
            Some(years) if years < 16 => Some(Age::UnderSixteen),
            Some(16 | 17) => Some(Age::SixteenSeventeen),
            Some(_) => Some(Age::Adult),
            None => self.age,
        }
    }

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
            ethnic: None,
        }
    }
}

/// The request somebody comes back from, and what they answered there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// The referral.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// What was answered there, by whom, when.
    pub given: Vec<Given>,
    /// How often they had been asked again before.
    pub repeats: u32,
    /// The questions they answered anew since they came back.
    #[serde(default)]
    pub anew: Vec<Question>,
}

impl Earlier {
    /// Who answered a question, and when, where the earlier answer still stands.
    pub fn stands(&self, question: Question) -> Option<&Given> {
        let anew = self.anew.contains(&question) || question.is_about_now();
        self.given.iter().find(|given| given.question == question).filter(|_| !anew)
    }

    /// A question was answered on this form: with the earlier answer in view.
    pub fn answered(&mut self, question: Question) {
        if !self.anew.contains(&question) {
            self.anew.push(question);
        }
    }
}

/// What has been answered so far. Every part may still be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Who it is for.
    pub for_whom: Option<ForWhom>,
    /// Who asks for somebody else; how to reach them stands apart.
    pub asker: Option<Referrer>,
    /// How to reach whoever asks for somebody else.
    pub asker_contact: Option<SafeContact>,
    /// What the person knows of it and agrees to.
    pub knowing: Option<Knowing>,
    /// How soon, in a professional's words.
    pub urgency: Option<Text>,
    /// What has been tried.
    pub tried: Option<Text>,
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
    /// Ethnic group.
    pub ethnic: Option<EthnicCategory>,
    /// The request they come back from: what they said there is shown, with its date, and not asked again.
    pub earlier: Option<Earlier>,
}

impl Answers {
    /// Whom the help is for; until they say, themselves.
    pub fn whom(&self) -> ForWhom {
        self.for_whom.unwrap_or_default()
    }

    /// Whether this question was answered, if only with "none of these".
    pub fn has(&self, question: Question) -> bool {
        match question {
            Question::ForWhom => self.for_whom.is_some(),
            Question::Asker => self.asker.is_some(),
            Question::AskerContact => self.asker_contact.is_some(),
            Question::Knows => self.knowing.is_some(),
            Question::Tried => self.urgency.is_some() || self.tried.is_some(),
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
                    || self.ethnic.is_some()
            }
        }
    }

    /// The questions that must still be answered before the whole form is sent.
    pub fn missing(&self) -> Vec<Question> {
        let whom = self.whom();
        let asked = whom.questions().iter().copied();
        asked.filter(|question| question.is_required(whom) && !self.has(*question)).collect()
    }

    /// The questions that were answered.
    pub fn answered(&self) -> Vec<Question> {
        self.whom().questions().iter().copied().filter(|question| self.has(*question)).collect()
    }

    /// Where the request comes from.
    pub(super) fn origin(&self) -> Origin {
        let behalf = || {
            Box::new(Behalf {
                referrer: Referrer {
                    reach: self.asker_contact.clone(),
                    ..self.asker.clone().unwrap_or_default()
                },
                knowing: self.knowing.clone().unwrap_or_default(),
                urgency: self.urgency.clone(),
                tried: self.tried.clone(),
            })
        };
        match self.whom() {
            ForWhom::Me => Origin::Own,
            ForWhom::Someone => Origin::Someone(behalf()),
            ForWhom::Professional => Origin::Professional(behalf()),
        }
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
            ethnic: self.ethnic,
        }
    }

    /// The form of somebody who comes back: what they may see of what they said before, to be looked at again. How things
    /// are now is asked anew.
    pub fn again(revealed: &Revealed) -> Option<Self> {
        let mut answers = Self { for_whom: Some(ForWhom::Me), ..Self::default() };
        let (mut from, mut said) = (None, Told::default());
        for section in &revealed.shown {
            if let Section::Identity(identity) = &**section {
                answers.recall(identity);
            } else if let Section::Contact(contact) = &**section {
                answers.contact = Some(contact.clone());
            } else if let Section::Needs(needs) = &**section {
                answers.needs = Some(needs.clone());
            } else if let Section::Permissions(permissions) = &**section {
                answers.permissions = Some(permissions.clone());
            } else if let Section::Told(told) = &**section {
                said = told.clone();
            } else if let Section::Whereabouts(place) = &**section {
                from = Some((place.referral, place.reference.clone()));
            } else if let Section::Known(known) = &**section {
                from = Some((known.referral, known.reference.clone()));
            }
        }
        let (referral, reference) = from?;
        let Told { help, caring, practical, before, given, repeats, .. } = said;
        (answers.help, answers.caring) = (help, caring);
        (answers.practical, answers.before) = (practical, before);
        answers.earlier = Some(Earlier { referral, reference, given, repeats, anew: Vec::new() });
        Some(answers)
    }

    fn recall(&mut self, identity: &Identity) {
        let Identity {
            called,
            age,
            full_name,
            born_on,
            nhs_number,
            gp_practice,
            postcode,
            no_fixed_address,
            ethnic,
        } = identity.clone();
        self.called = Some(called);
        (self.age, self.full_name, self.born_on) = (age, full_name, born_on);
        (self.nhs_number, self.gp_practice, self.postcode) = (nhs_number, gp_practice, postcode);
        (self.no_fixed_address, self.ethnic) = (no_fixed_address, ethnic);
    }

    /// What was answered, by whom and when: what stands from an earlier request keeps its date.
    pub(super) fn told_so_far(&self, source: Source, now: Timestamp) -> Told {
        let Some(earlier) = &self.earlier else {
            let given = |question| Given { question, source, at: now };
            return Told { given: self.answered().into_iter().map(given).collect(), ..Told::default() };
        };
        let before = earlier.given.iter().filter(|given| self.has(given.question)).cloned().collect();
        let mut told = Told { given: before, repeats: earlier.repeats, ..Told::default() };
        for question in self.answered().into_iter().filter(|question| earlier.stands(*question).is_none()) {
            told.note(&Given { question, source, at: now }, Put::Shown);
        }
        let Earlier { referral, reference, repeats, .. } = earlier.clone();
        told.earlier = Some(Back { referral, reference, repeats });
        told
    }
}
