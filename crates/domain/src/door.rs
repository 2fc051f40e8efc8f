//! The public door: what a person tells us, kept as a draft until they send it. Source: pathway §4.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actor::{Ctx, VisitorKey};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{DraftId, ReferralId};
use crate::refused::Refused;
use crate::section::Receipt;
use crate::value::{DateOfBirth, Email, Line, NhsNumber, Phone, Postcode, Text};

#[cfg(test)]
mod tests;

/// How long an unsent draft is kept (clock FORM-SAVE).
pub const DRAFT_DAYS: i64 = 30;

/// A danger question answered yes. Plain facts for a human to act on at once: never counted, weighed or banded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Thoughts of ending their life now.
    EndingLife,
    /// A plan, or the means.
    PlanOrMeans,
    /// Already hurt, or has taken something.
    AlreadyHurt,
    /// Somebody else is in danger.
    SomeoneElse,
    /// Not safe from somebody.
    NotSafeFrom,
    /// Cannot keep children safe.
    ChildrenUnsafe,
    /// Very unwell or confused.
    VeryUnwell,
}

impl Danger {
    /// Every question, in page order.
    pub const ALL: [Self; 7] = [
        Self::EndingLife,
        Self::PlanOrMeans,
        Self::AlreadyHurt,
        Self::SomeoneElse,
        Self::NotSafeFrom,
        Self::ChildrenUnsafe,
        Self::VeryUnwell,
    ];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::EndingLife => "ending-life",
            Self::PlanOrMeans => "plan-or-means",
            Self::AlreadyHurt => "already-hurt",
            Self::SomeoneElse => "someone-else",
            Self::NotSafeFrom => "not-safe-from",
            Self::ChildrenUnsafe => "children-unsafe",
            Self::VeryUnwell => "very-unwell",
        }
    }

    /// The danger with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|danger| danger.code() == code)
    }
}

/// What a person answered to the danger questions. Facts for a human; nothing is ever made of their number.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SafetyAnswers {
    /// The questions answered yes.
    pub dangers: Vec<Danger>,
    /// After the emergency page they chose "I can keep myself safe for now". It never lowers anything: the duty person
    /// is paged all the same.
    pub safe_for_now: bool,
    /// They asked to be called.
    pub call_me: bool,
}

impl SafetyAnswers {
    /// Whether the duty person is paged: any danger answer, or "call me".
    pub fn is_flagged(&self) -> bool {
        self.call_me || !self.dangers.is_empty()
    }
}

/// One way to reach a person safely.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Way {
    /// A call.
    Call {
        /// The number to ring.
        phone: Phone,
        /// Whether a voicemail may be left.
        voicemail: bool,
    },
    /// A text message.
    Text {
        /// The number to text.
        phone: Phone,
    },
    /// An e-mail.
    Email {
        /// The address.
        email: Email,
    },
    /// A letter.
    Letter {
        /// The postal address, as written.
        address: Text,
    },
}

impl Way {
    /// Which way it is, without the number or address.
    pub fn kind(&self) -> WayKind {
        match self {
            Self::Call { .. } => WayKind::Call,
            Self::Text { .. } => WayKind::Text,
            Self::Email { .. } => WayKind::Email,
            Self::Letter { .. } => WayKind::Letter,
        }
    }
}

/// A way to reach a person, without the number or address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// A call.
    Call,
    /// A text message.
    Text,
    /// An e-mail.
    Email,
    /// A letter.
    Letter,
}

impl WayKind {
    /// Every way, in page order.
    pub const ALL: [Self; 4] = [Self::Call, Self::Text, Self::Email, Self::Letter];

    /// The code used in forms and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Text => "text",
            Self::Email => "email",
            Self::Letter => "letter",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// How to reach a person safely (hazard H05).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SafeContact {
    /// The one way they gave.
    pub way: Way,
    /// Whether a message may say it is from the NHS. Without it a message names no service and no subject.
    pub say_nhs: bool,
    /// When it is safe, in their words.
    pub safe_times: Option<Line>,
}

/// What the person allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Permissions {
    /// Whether their GP may be told.
    pub tell_gp: bool,
}

/// Who they are; nothing here is ever required to send.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Identity {
    /// What to call them.
    pub called: Line,
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
}

/// Who the help is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForWhom {
    /// The one who types.
    Me,
}

/// What has been answered so far. Every part may still be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Who it is for.
    pub for_whom: Option<ForWhom>,
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
}

/// The questions, in the order they are asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Question {
    /// Who the help is for.
    ForWhom,
    /// The danger questions, early: the sooner they are answered, the sooner somebody is told where help is now.
    Safety,
    /// What to call them.
    Called,
    /// One way to reach them safely.
    Contact,
    /// Why now.
    WhyNow,
    /// Who they are, all optional.
    AboutYou,
    /// What they allow.
    Permissions,
}

impl Question {
    /// Every question, in order.
    pub const ALL: [Self; 7] = [
        Self::ForWhom,
        Self::Safety,
        Self::Called,
        Self::Contact,
        Self::WhyNow,
        Self::AboutYou,
        Self::Permissions,
    ];

    /// The path segment and message prefix.
    pub fn code(self) -> &'static str {
        match self {
            Self::ForWhom => "who",
            Self::Safety => "safety",
            Self::Called => "name",
            Self::Contact => "contact",
            Self::WhyNow => "why-now",
            Self::AboutYou => "about-you",
            Self::Permissions => "permissions",
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
}

impl Answers {
    /// The questions that must still be answered before sending. Optional ones never appear.
    pub fn missing(&self) -> Vec<Question> {
        let asked = [
            (Question::ForWhom, self.for_whom.is_some()),
            (Question::Safety, self.dangers.is_some()),
            (Question::Called, self.called.is_some()),
            (Question::Contact, self.contact.is_some()),
            (Question::WhyNow, self.why_now.is_some()),
            (Question::Permissions, self.permissions.is_some()),
        ];
        asked.into_iter().filter(|(_, answered)| !answered).map(|(question, _)| question).collect()
    }
}

/// A complete request for help by the person themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelfReferral {
    /// Who they are, as far as they said.
    pub identity: Identity,
    /// How to reach them safely.
    pub contact: SafeContact,
    /// Why now. Absent only when they pressed "call me".
    pub why_now: Option<Text>,
    /// The danger questions answered yes.
    pub dangers: Vec<Danger>,
    /// They pressed "call me".
    pub call_me: bool,
    /// They pressed "I can keep myself safe for now".
    pub safe_for_now: bool,
    /// What they allowed.
    pub permissions: Permissions,
}

impl SelfReferral {
    /// From a complete draft.
    ///
    /// # Errors
    /// The questions still to be answered, in page order.
    pub fn from_answers(answers: &Answers) -> Result<Self, Vec<Question>> {
        let complete =
            (&answers.called, &answers.contact, &answers.why_now, &answers.dangers, answers.permissions);
        let (Some(called), Some(contact), Some(why_now), Some(dangers), Some(permissions)) = complete else {
            return Err(answers.missing());
        };
        Ok(Self {
            identity: answers.identity(called.clone()),
            contact: contact.clone(),
            why_now: Some(why_now.clone()),
            dangers: dangers.clone(),
            call_me: false,
            safe_for_now: answers.safe_for_now,
            permissions,
        })
    }

    /// "Call me": a number and a name are enough; whatever else was answered goes with it.
    pub fn call_me(answers: &Answers, called: Line, phone: Phone) -> Self {
        let say_nhs = answers.contact.as_ref().is_some_and(|contact| contact.say_nhs);
        let safe_times = answers.contact.as_ref().and_then(|contact| contact.safe_times.clone());
        Self {
            identity: answers.identity(called),
            contact: SafeContact { way: Way::Call { phone, voicemail: false }, say_nhs, safe_times },
            why_now: answers.why_now.clone(),
            dangers: answers.dangers.clone().unwrap_or_default(),
            call_me: true,
            safe_for_now: answers.safe_for_now,
            permissions: answers.permissions.unwrap_or(Permissions { tell_gp: false }),
        }
    }

    /// Whether the duty person is paged: any danger answer, or "call me".
    pub fn is_flagged(&self) -> bool {
        self.call_me || !self.dangers.is_empty()
    }
}

impl Answers {
    fn identity(&self, called: Line) -> Identity {
        Identity {
            called,
            full_name: self.full_name.clone(),
            born_on: self.born_on,
            nhs_number: self.nhs_number.clone(),
            gp_practice: self.gp_practice.clone(),
            postcode: self.postcode.clone(),
        }
    }
}

/// Where a draft is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum DraftState {
    /// Still being written; nobody watches it.
    Open,
    /// Sent: the answers live on in the referral, here only what the confirmation page shows.
    Sent {
        /// The referral it became.
        referral: ReferralId,
        /// What the confirmation page says, however often it is looked at.
        receipt: Receipt,
    },
}

/// A started form of one visitor. Typed, expiring, resumable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Made when the first page is rendered.
    pub id: DraftId,
    /// Whose it is.
    pub visitor: VisitorKey,
    /// Counts saves; zero means never saved.
    pub version: i64,
    /// What was answered.
    pub answers: Answers,
    /// Where it is.
    pub state: DraftState,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

impl Draft {
    /// An empty draft, not yet stored.
    pub fn begin(id: DraftId, visitor: VisitorKey, now: Timestamp) -> Self {
        Self { id, visitor, version: 0, answers: Answers::default(), state: DraftState::Open, saved_at: now }
    }

    /// When it is removed if nothing more is saved.
    pub fn expires_at(&self) -> Timestamp {
        self.saved_at.saturating_add(SignedDuration::from_hours(24 * DRAFT_DAYS)).unwrap_or(self.saved_at)
    }

    /// Saves new answers.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] when it was sent meanwhile (double submit, back button).
    pub fn save(mut self, ctx: &Ctx, answers: Answers) -> Result<Changes, Refused> {
        if self.state != DraftState::Open {
            return Err(Refused::AlreadySent);
        }
        self.answers = answers;
        self.saved_at = ctx.now;
        Ok(self.changed(ctx, EventKind::DraftSaved))
    }

    /// Marks it sent and forgets the answers, which the referral holds now.
    pub(crate) fn sent(mut self, ctx: &Ctx, referral: ReferralId, receipt: Receipt) -> Changes {
        self.answers = Answers::default();
        self.state = DraftState::Sent { referral, receipt };
        self.saved_at = ctx.now;
        self.changed(ctx, EventKind::DraftSaved)
    }

    /// Removes a draft that ran out; the event remains as the record of the purge.
    ///
    /// # Errors
    /// [`Refused::NotDue`] while it has not run out.
    pub fn purge(self, ctx: &Ctx) -> Result<Changes, Refused> {
        if ctx.now < self.expires_at() {
            return Err(Refused::NotDue);
        }
        let subject = Subject { noun: Noun::Draft, id: self.id.into() };
        Ok(Changes::one(ctx, EventKind::DraftPurged, subject, None, Write::RemoveDraft(self.id)))
    }

    fn changed(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = Subject { noun: Noun::Draft, id: self.id.into() };
        Changes::one(ctx, kind, subject, None, Write::Draft(Box::new(self)))
    }
}
