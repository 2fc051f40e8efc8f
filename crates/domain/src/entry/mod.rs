//! Assisted entry: a member of staff writes down what a person says on the telephone, on paper, at the desk or in a café, in
//! the same model as the public form. Nobody in danger waits for a form to be finished: "danger now" hands over what is
//! there at once, and everything typed afterwards goes on to the same referral.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actor::{Author, Ctx};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::county::County;
use crate::door::{Answers, DRAFT_DAYS, Danger, Question, SafeContact, SelfReferral, Sent, Way};
use crate::ids::{EntryId, ReferralId, TeamId};
use crate::referral::Referral;
use crate::refused::Refused;
use crate::section::Receipt;
use crate::value::{Line, Phone, Reference, Text};

#[cfg(test)]
mod tests;

/// How the person came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// They rang.
    Phone,
    /// They came to the desk.
    WalkIn,
    /// They came to a café.
    Cafe,
    /// A form on paper.
    Paper,
}

impl Channel {
    /// Every channel, in page order.
    pub const ALL: [Self; 4] = [Self::Phone, Self::WalkIn, Self::Cafe, Self::Paper];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::WalkIn => "walk-in",
            Self::Cafe => "cafe",
            Self::Paper => "paper",
        }
    }

    /// The channel with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// Whether the person is in the room.
    pub fn is_here(self) -> bool {
        match self {
            Self::WalkIn | Self::Cafe => true,
            Self::Phone | Self::Paper => false,
        }
    }
}

/// Whether it is safe to ring the call-back number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SafeToRing {
    /// They said it is.
    Yes,
    /// They said it is not.
    No,
    /// Nobody could ask.
    NotKnown,
}

impl SafeToRing {
    /// Every answer, in page order.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotKnown];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotKnown => "not-known",
        }
    }

    /// The answer with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|safe| safe.code() == code)
    }
}

/// Who wrote a request down, and how the person came; kept with the request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entered {
    /// How the person came.
    pub channel: Channel,
    /// Who wrote it down.
    pub by: Author,
    /// Whether the call-back number is safe to ring.
    pub safe_to_ring: SafeToRing,
    /// That number, for whoever reads the record: also where it must not be rung.
    #[serde(default)]
    pub callback: Option<Phone>,
    /// Where the person is, or what they look like: for somebody who must find them.
    #[serde(default)]
    pub place: Option<Text>,
    /// They, or whoever wrote it down, said: danger now.
    #[serde(default)]
    pub danger_now: bool,
}

/// Where an entry is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum EntryState {
    /// Being written; nobody else was told.
    Open,
    /// "Danger now": the duty person was paged, and what is typed goes on to the referral.
    Paged {
        /// What the person can be told.
        receipt: Receipt,
    },
    /// Finished.
    Sent {
        /// What the person can be told.
        receipt: Receipt,
    },
}

/// An entry by staff.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Made when the first page is rendered; the referral it becomes has the same.
    pub id: EntryId,
    /// Counts saves; zero means never saved.
    pub version: i64,
    /// Whose entry it is: anybody of the team can go on with it.
    pub team: TeamId,
    /// The call-back number, asked first: if the line breaks, somebody can ring back.
    pub callback: Option<Phone>,
    /// How the person came, and who wrote it down last.
    pub entered: Entered,
    /// What was answered.
    pub answers: Answers,
    /// Where it is.
    pub state: EntryState,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// What the first page asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beginning {
    /// The call-back number, if there is one.
    pub callback: Option<Phone>,
    /// Whether it is safe to ring it.
    pub safe_to_ring: SafeToRing,
    /// How the person came.
    pub channel: Channel,
    /// Where the person is, or what they look like.
    pub place: Option<Text>,
}

/// Words that stand where nothing is known. They come from the message files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// In place of a name.
    pub name: Line,
    /// In place of any way to reach them: where they were met.
    pub place: Text,
}

impl Entry {
    /// An entry that is begun; not yet stored.
    pub fn begin(ctx: &Ctx, id: EntryId, team: TeamId, first: Beginning) -> Self {
        let Beginning { callback, safe_to_ring, channel, place } = first;
        let by = ctx.actor.author();
        let entered = Entered { channel, by, safe_to_ring, callback: None, place, danger_now: false };
        Self {
            id,
            version: 0,
            team,
            callback,
            entered,
            answers: Answers { for_whom: Some(crate::door::ForWhom::Me), ..Answers::default() },
            state: EntryState::Open,
            begun_at: ctx.now,
            saved_at: ctx.now,
        }
    }

    /// The same, with what is known before the first question.
    #[must_use]
    pub fn knowing(self, answers: Answers) -> Self {
        Self { answers, ..self }
    }

    /// The referral it becomes, or became.
    pub fn referral(&self) -> ReferralId {
        ReferralId(self.id.into())
    }

    /// What the person can be told, once it was handed over.
    pub fn receipt(&self) -> Option<&Receipt> {
        match &self.state {
            EntryState::Open => None,
            EntryState::Paged { receipt } | EntryState::Sent { receipt } => Some(receipt),
        }
    }

    /// Whether it is still being written.
    pub fn is_unfinished(&self) -> bool {
        match self.state {
            EntryState::Open | EntryState::Paged { .. } => true,
            EntryState::Sent { .. } => false,
        }
    }

    /// Saves it for the first time.
    pub fn keep(self, ctx: &Ctx) -> Changes {
        self.changed(ctx)
    }

    /// When it is removed if nobody goes on with it; none once it was handed over: then a request depends on it.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self.state {
            EntryState::Open => Some(expires_at(self.saved_at)),
            EntryState::Paged { .. } | EntryState::Sent { .. } => None,
        }
    }

    /// Removes one that nobody finished; the events remain as the record of it.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] once it was handed over; [`Refused::NotDue`] while it has not run out.
    pub fn purge(self, ctx: &Ctx) -> Result<Changes, Refused> {
        let Some(expires_at) = self.expires_at() else { return Err(Refused::AlreadySent) };
        if ctx.now < expires_at {
            return Err(Refused::NotDue);
        }
        Ok(Changes::one(ctx, EventKind::EntryPurged, self.subject(), None, Write::RemoveEntry(self.id)))
    }

    /// Whether what this question asks was changed elsewhere since it was handed over: by the person, who follows their
    /// request, or by a colleague who works with the record.
    pub fn is_overtaken(&self, question: Question, referral: &Referral, unknown: &Unknown) -> bool {
        match question {
            Question::Contact => referral.person().contact != self.contact(unknown),
            Question::Needs => referral.person().needs != self.answers.needs.clone().unwrap_or_default(),
            Question::ForWhom
            | Question::Asker
            | Question::AskerContact
            | Question::Safety
            | Question::Age
            | Question::Called
            | Question::Knows
            | Question::WhyNow
            | Question::Tried
            | Question::Permissions
            | Question::Help
            | Question::Caring
            | Question::Practical
            | Question::Before
            | Question::AboutYou => false,
        }
    }

    /// Saves the answer to one question. Where the duty person was paged, it goes on to the referral in the same moment,
    /// and nothing else does: what was changed there meanwhile stays.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] when it was finished meanwhile.
    pub fn save(
        mut self,
        ctx: &Ctx,
        (question, answers): (Question, Answers),
        (referral, unknown): (Option<Referral>, &Unknown),
    ) -> Result<Changes, Refused> {
        if !self.is_unfinished() {
            return Err(Refused::AlreadySent);
        }
        let before = self.request(ctx.now, unknown);
        self.answers = answers;
        self.entered.by = ctx.actor.author();
        self.saved_at = ctx.now;
        let onward = referral.map(|referral| {
            let sent = self.request(ctx.now, unknown);
            referral.take_entry(ctx, question, (&before, sent))
        });
        let saved = self.changed(ctx);
        Ok(match onward {
            Some(onward) => onward.and(saved),
            None => saved,
        })
    }

    /// "Danger now": hands over what is there, pages the duty person, and stays open to be gone on with. A second press
    /// changes nothing.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] when it was handed over before.
    pub fn danger_now(
        mut self,
        ctx: &Ctx,
        unknown: &Unknown,
        reference: Reference,
        home: (&County, TeamId),
    ) -> Result<Changes, Refused> {
        if self.state != EntryState::Open {
            return Err(Refused::AlreadySent);
        }
        self.entered.danger_now = true;
        self.entered.by = ctx.actor.author();
        let sent = self.request(ctx.now, unknown);
        let (changes, receipt) = Referral::enter(ctx, self.referral(), sent, reference, home);
        self.state = EntryState::Paged { receipt };
        self.saved_at = ctx.now;
        Ok(changes.and(self.changed(ctx)))
    }

    /// Finishes it. Nothing is ever missing: what was not asked is not known.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] when it was finished before.
    pub fn finish(
        mut self,
        ctx: &Ctx,
        unknown: &Unknown,
        reference: Reference,
        home: (&County, TeamId),
    ) -> Result<Changes, Refused> {
        match self.state.clone() {
            EntryState::Sent { .. } => Err(Refused::AlreadySent),
            EntryState::Paged { receipt } => {
                self.state = EntryState::Sent { receipt };
                self.saved_at = ctx.now;
                self.answers = Answers::default();
                Ok(self.changed(ctx))
            }
            EntryState::Open => {
                self.entered.by = ctx.actor.author();
                let sent = self.request(ctx.now, unknown);
                let (changes, receipt) = Referral::enter(ctx, self.referral(), sent, reference, home);
                self.state = EntryState::Sent { receipt };
                self.saved_at = ctx.now;
                // They live on in the referral.
                self.answers = Answers::default();
                Ok(changes.and(self.changed(ctx)))
            }
        }
    }

    /// The questions nobody has answered yet.
    pub fn open_questions(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|question| !self.answers.has(*question)).collect()
    }

    /// The request as it stands now.
    fn request(&self, now: Timestamp, unknown: &Unknown) -> SelfReferral {
        let called = self.answers.called.clone().unwrap_or_else(|| unknown.name.clone());
        let sent = if self.answers.missing().is_empty() { Sent::Whole } else { Sent::SoFar };
        let entered = Entered { callback: self.callback.clone(), ..self.entered.clone() };
        SelfReferral::entered(&self.answers, called, self.contact(unknown), (sent, now, entered))
    }

    /// How to reach them: what they said, else the call-back number unless it is not safe, else where they were met.
    fn contact(&self, unknown: &Unknown) -> SafeContact {
        if let Some(contact) = &self.answers.contact {
            return contact.clone();
        }
        match (&self.callback, self.entered.safe_to_ring) {
            (Some(phone), SafeToRing::Yes | SafeToRing::NotKnown) => {
                SafeContact::by(Way::Call { phone: phone.clone(), voicemail: false })
            }
            (Some(_), SafeToRing::No) | (None, _) => {
                let place = self.entered.place.clone().unwrap_or_else(|| unknown.place.clone());
                SafeContact::by(Way::InPerson { place })
            }
        }
    }

    /// What its events are about.
    pub(crate) fn subject(&self) -> Subject {
        Subject { noun: Noun::Entry, id: self.id.into() }
    }

    fn changed(self, ctx: &Ctx) -> Changes {
        Changes::one(ctx, EventKind::EntrySaved, self.subject(), None, Write::Entry(Box::new(self)))
    }
}

/// When an entry that was last saved then, and not handed over, is removed: as a draft is.
pub fn expires_at(saved_at: Timestamp) -> Timestamp {
    saved_at.saturating_add(SignedDuration::from_hours(24 * DRAFT_DAYS)).unwrap_or(saved_at)
}

/// Danger answers are only ever added to: what was said once stays said.
pub(crate) fn joined(mut before: Vec<Danger>, after: Vec<Danger>) -> Vec<Danger> {
    for danger in after {
        if !before.contains(&danger) {
            before.push(danger);
        }
    }
    before
}
