//! The public door: what a person tells us, kept as a draft until they send it. Source: pathway §4.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actor::{Ctx, VisitorKey};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{DraftId, ReferralId};
use crate::refused::Refused;
use crate::section::Receipt;
use crate::track::Scope;

mod answers;
mod back;
mod contact;
mod danger;
mod life;
mod needs;
mod origin;
mod question;
mod request;
mod source;
mod who;

#[cfg(test)]
mod tests;

pub use answers::{Answers, Earlier, Identity, Permissions};
pub use back::{Ended, PhraseKey, WaysBack};
pub use contact::{SafeContact, Way, WayKind};
pub use danger::{Danger, SafetyAnswers};
pub use life::{Caring, CaringFact, Help, Practical, Signal, Strain};
pub use needs::{Need, NeedGroup, Needs};
pub use origin::{Agrees, Behalf, Knowing, Origin, Referrer, Relation, Standing};
pub use question::Question;
pub(crate) use request::first_try;
pub use request::{Back, Given, Put, SelfReferral, Sent, Source, Told};
pub use source::ReferralSource;
pub use who::{Age, ForWhom};

/// How long an unsent draft is kept (clock FORM-SAVE).
pub const DRAFT_DAYS: i64 = 30;

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
        /// As who the sender may follow it; none where it was sent for somebody else.
        #[serde(default)]
        holder: Option<Scope>,
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
    /// How it can be come back to from another browser.
    pub back: WaysBack,
}

impl Draft {
    /// An empty draft, not yet stored.
    pub fn begin(id: DraftId, visitor: VisitorKey, now: Timestamp) -> Self {
        let (answers, back) = (Answers::default(), WaysBack::default());
        Self { id, visitor, version: 0, answers, state: DraftState::Open, saved_at: now, back }
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
        let holder = (self.answers.for_whom == Some(ForWhom::Me)).then_some(Scope::Own);
        self.answers = Answers::default();
        self.state = DraftState::Sent { referral, receipt, holder };
        self.saved_at = ctx.now;
        self.changed(ctx, EventKind::DraftSaved)
    }

    /// Whoever sent it asked to be called: the confirmation says so from now on.
    pub(crate) fn call_asked(mut self, ctx: &Ctx, now: Receipt) -> Changes {
        if let DraftState::Sent { receipt, .. } = &mut self.state {
            *receipt = now;
        }
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
