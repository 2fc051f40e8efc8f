//! A request for help that can be sent: the whole form, "call me", or as much as was told so far.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Answers, Caring, Danger, ForWhom, Help, Identity, Needs, Origin, Permissions, Practical, Question,
    SafeContact, Signal, Way,
};
use crate::entry::Entered;
use crate::ids::ReferralId;
use crate::value::{Line, Phone, Reference, Text};

/// How much of the form was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// The whole form.
    #[default]
    Whole,
    /// "Call me": a name and a number, to the duty person at once.
    CallMe,
    /// "Send what I have told you and have someone contact me".
    SoFar,
}

/// Who told us something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The person themselves.
    Person,
    /// Somebody who knows them: a carer, a relative, a friend.
    Carer,
    /// A professional who referred them.
    Professional,
    /// A member of staff who wrote it down for them.
    Staff,
}

/// One question that was answered: nobody needs to ask it again (seed 75).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Given {
    /// The question.
    pub question: Question,
    /// Who answered it.
    pub source: Source,
    /// When.
    pub at: Timestamp,
}

/// How a question that is answered was put.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
    /// As if for the first time: nothing of an earlier answer was shown.
    Plainly,
    /// With the earlier answer, its source and its date: "still right?".
    Shown,
}

/// What else was told, beside the story, the danger answers, the needs and how to reach them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// How much of the form was sent.
    pub sent: Sent,
    /// What would help, what matters.
    pub help: Option<Help>,
    /// Children and caring; `None` was not asked or not answered.
    pub caring: Option<Caring>,
    /// Practical troubles; `None` was not asked or not answered.
    pub practical: Option<Practical>,
    /// What made help hard to get before; `None` was not asked or not answered.
    pub before: Option<Vec<Signal>>,
    /// What was answered, by whom, when.
    pub given: Vec<Given>,
    /// How often this person was asked plainly what they had answered before, here and on earlier requests. Nobody
    /// should have to tell their story twice (seed 75); this says how often they had to.
    pub repeats: u32,
    /// Who wrote it down, where a member of staff did.
    pub entered: Option<Entered>,
    /// The request they come back from.
    pub earlier: Option<Back>,
}

/// The request somebody came back from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Back {
    /// The referral.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// How often they had been asked again by then.
    #[serde(default)]
    pub repeats: u32,
}

impl Told {
    /// Notes an answer in place of an earlier one to the same question. A question that was answered before and was put
    /// as if for the first time counts as repeated; what asks about now never does.
    pub fn note(&mut self, given: &Given, put: Put) {
        let before = self.given.iter_mut().find(|known| known.question == given.question);
        let known = before.is_some();
        match before {
            Some(before) => *before = given.clone(),
            None => self.given.push(given.clone()),
        }
        if known && put == Put::Plainly && !given.question.is_about_now() {
            self.repeats = self.repeats.saturating_add(1);
        }
    }

    /// How often they were asked again here, earlier requests left out.
    pub fn repeats_here(&self) -> u32 {
        self.repeats.saturating_sub(self.earlier.as_ref().map_or(0, |earlier| earlier.repeats))
    }

    /// Who answered a question, and when, if it was answered.
    pub fn given_to(&self, question: Question) -> Option<&Given> {
        self.given.iter().find(|given| given.question == question)
    }
}

/// A request for help that can be sent, by the person or for them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelfReferral {
    /// Who they are, as far as they said.
    pub identity: Identity,
    /// How to reach them safely.
    pub contact: SafeContact,
    /// Why now. Absent only when they did not send the whole form.
    pub why_now: Option<Text>,
    /// The danger questions answered yes.
    pub dangers: Vec<Danger>,
    /// They pressed "I can keep myself safe for now".
    pub safe_for_now: bool,
    /// What they allowed.
    pub permissions: Permissions,
    /// What helps us to understand each other and meet.
    pub needs: Needs,
    /// What else they told us.
    pub told: Told,
    /// Who asked, and what the person knows of it.
    pub origin: Origin,
}

impl SelfReferral {
    /// From a complete draft.
    ///
    /// # Errors
    /// The questions still to be answered, in page order.
    pub fn from_answers(answers: &Answers, now: Timestamp) -> Result<Self, Vec<Question>> {
        let (Some(called), Some(contact), []) = (&answers.called, &answers.contact, &*answers.missing())
        else {
            return Err(answers.missing());
        };
        Ok(Self::from_parts(answers, called.clone(), contact.clone(), (Sent::Whole, now)))
    }

    /// "Send what I have told you and have someone contact me": a name and one way are enough.
    ///
    /// # Errors
    /// Which of the two is missing.
    pub fn so_far(answers: &Answers, now: Timestamp) -> Result<Self, Vec<Question>> {
        match (&answers.called, &answers.contact) {
            (Some(called), Some(contact)) => {
                Ok(Self::from_parts(answers, called.clone(), contact.clone(), (Sent::SoFar, now)))
            }
            (called, contact) => {
                let asked = [(Question::Called, called.is_none()), (Question::Contact, contact.is_none())];
                Err(asked.into_iter().filter(|(_, missing)| *missing).map(|(question, _)| question).collect())
            }
        }
    }

    /// "Call me": a number and a name are enough; whatever else was answered goes with it. Who asks for somebody else is
    /// the one who is rung: then the number is theirs, and `called` is what the person is called.
    pub fn call_me(answers: &Answers, called: Line, phone: Phone, now: Timestamp) -> Self {
        let way = Way::Call { phone, voicemail: false };
        if answers.whom() == ForWhom::Me {
            let contact = first_try(way, answers.contact.as_ref());
            return Self::from_parts(answers, called, contact, (Sent::CallMe, now));
        }
        let theirs = SafeContact { through_asker: true, ..SafeContact::by(way.clone()) };
        let contact = answers.contact.clone().unwrap_or(theirs);
        let asker_contact = Some(first_try(way, answers.asker_contact.as_ref()));
        let answers = Answers { asker_contact, ..answers.clone() };
        Self::from_parts(&answers, called, contact, (Sent::CallMe, now))
    }

    /// As a member of staff wrote it down. Nothing is ever missing: what was not asked is not known.
    pub fn entered(
        answers: &Answers,
        called: Line,
        contact: SafeContact,
        (sent, now, entered): (Sent, Timestamp, Entered),
    ) -> Self {
        let mut request = Self::from_parts(answers, called, contact, (sent, now));
        // What stands from an earlier request was said by whoever said it then.
        let stands =
            |question| answers.earlier.as_ref().is_some_and(|earlier| earlier.stands(question).is_some());
        for given in request.told.given.iter_mut().filter(|given| !stands(given.question)) {
            given.source = Source::Staff;
        }
        request.told.entered = Some(entered);
        request
    }

    fn from_parts(
        answers: &Answers,
        called: Line,
        contact: SafeContact,
        (sent, now): (Sent, Timestamp),
    ) -> Self {
        let origin = answers.origin();
        let source = origin.source();
        Self {
            identity: answers.identity(called),
            contact,
            why_now: answers.why_now.clone(),
            dangers: answers.dangers.clone().unwrap_or_default(),
            safe_for_now: answers.safe_for_now,
            permissions: answers.permissions.clone().unwrap_or_default(),
            needs: answers.needs.clone().unwrap_or_default(),
            told: Told {
                sent,
                help: answers.help.clone(),
                caring: answers.caring.clone(),
                practical: answers.practical.clone(),
                before: answers.before.clone(),
                ..answers.told_so_far(source, now)
            },
            origin,
        }
    }

    /// Whether the duty person is paged: any danger answer, or "call me".
    pub fn is_flagged(&self) -> bool {
        let entered = self.told.entered.as_ref().is_some_and(|entered| entered.danger_now);
        entered || self.told.sent == Sent::CallMe || !self.dangers.is_empty()
    }
}

/// This way before all others that were given.
pub(crate) fn first_try(way: Way, given: Option<&SafeContact>) -> SafeContact {
    match given {
        Some(given) => {
            let also = given.ways().filter(|other| **other != way).cloned().collect();
            SafeContact { way, also, ..given.clone() }
        }
        None => SafeContact::by(way),
    }
}
