//! One-time codes: six digits sent to an e-mail address or a mobile number, to prove that somebody reads what goes there.
//!
//! The digits are nowhere kept: the installation's key makes them anew from the code's id, and only the keyed hash of the
//! address stays once the message has left. Whoever adds a purpose adds a variant to [`Purpose`] and what a right code
//! leads to; asking, sending, trying and limits are the same for all.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{CodeId, DraftId, ReferralId};
use crate::refused::Refused;
use crate::track::refused;
use crate::value::{Line, Text};

mod address;

#[cfg(test)]
mod tests;

pub use address::{Address, AddressError};

/// How long a code works.
pub const CODE_MINUTES: i64 = 15;
/// How often it may be typed wrongly, counting the last try.
pub const CODE_TRIES: i16 = 5;
/// How long what became of a message is kept, for whoever runs the service; then the row is removed.
pub const CODE_KEPT_HOURS: i64 = 24;

/// The keyed hash of an address in its normal form. From the hash alone nobody finds the address, not even by trying all
/// telephone numbers: the key is not in the database.
pub type AddressKey = [u8; 32];

/// What a code is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// To prove an address, so that this draft can be come back to by it.
    KeepDraft(DraftId),
    /// To come back to whatever is kept under the address.
    ReturnToDraft,
    /// To open this referral from outside; a made-up one where there is none to be opened.
    OpenReferral(ReferralId),
}

impl Purpose {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::KeepDraft(_) => "keep-draft",
            Self::ReturnToDraft => "return-to-draft",
            Self::OpenReferral(_) => "open-referral",
        }
    }

    /// What it is about, where it is about one thing.
    pub fn subject(self) -> Option<Uuid> {
        match self {
            Self::KeepDraft(draft) => Some(draft.into()),
            Self::ReturnToDraft => None,
            Self::OpenReferral(referral) => Some(referral.into()),
        }
    }

    /// The referral it opens.
    pub fn referral(self) -> Option<ReferralId> {
        match self {
            Self::OpenReferral(referral) => Some(referral),
            Self::KeepDraft(_) | Self::ReturnToDraft => None,
        }
    }

    /// The purpose with this code and subject.
    pub fn of(code: &str, subject: Option<Uuid>) -> Option<Self> {
        match (code, subject) {
            ("keep-draft", Some(draft)) => Some(Self::KeepDraft(DraftId(draft))),
            ("return-to-draft", None) => Some(Self::ReturnToDraft),
            ("open-referral", Some(referral)) => Some(Self::OpenReferral(ReferralId(referral))),
            _ => None,
        }
    }
}

/// What became of the message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Delivery {
    /// Waits for the worker. The address is sealed: only this installation can read it.
    Queued {
        /// The sealed address.
        sealed: Vec<u8>,
    },
    /// Nothing is known under the address, so nothing was sent. Nobody outside can tell.
    Nobody,
    /// Written to the local spool: nobody has it.
    Spooled {
        /// When.
        at: Timestamp,
        /// The spool file's name.
        file: Line,
    },
    /// A provider took it and answered.
    Handed {
        /// When.
        at: Timestamp,
        /// The provider's answer, as it came.
        answer: Text,
    },
    /// It did not leave.
    Failed {
        /// When.
        at: Timestamp,
        /// The provider's answer, or ours.
        answer: Text,
    },
}

impl Delivery {
    /// The stored code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Queued { .. } => "queued",
            Self::Nobody => "nobody",
            Self::Spooled { .. } => "spooled",
            Self::Handed { .. } => "handed",
            Self::Failed { .. } => "failed",
        }
    }
}

/// A code that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// Its id; the digits come from it.
    pub id: CodeId,
    /// What for.
    pub purpose: Purpose,
    /// Who can read it.
    pub address: AddressKey,
    /// When it was asked for.
    pub made_at: Timestamp,
    /// How often it was typed wrongly.
    pub tries: i16,
    /// When it stopped working before its time: used, tried too often, or followed by a newer one.
    pub ended_at: Option<Timestamp>,
    /// What became of the message.
    pub delivery: Delivery,
}

/// Proof that somebody reads what goes to an address: only a right code makes one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddressProof(AddressKey, Purpose);

impl AddressProof {
    /// The address, as its keyed hash.
    pub fn key(&self) -> AddressKey {
        self.0
    }

    /// The referral it was asked for.
    pub fn referral(&self) -> Option<ReferralId> {
        self.1.referral()
    }
}

/// What came of typing a code.
#[derive(Debug)]
pub enum Answered {
    /// It was right, and is used up.
    Right(AddressProof, Changes),
    /// It was wrong; the try counts.
    Wrong(Changes),
}

impl Code {
    /// Asks for a code. `sealed` is the address for the worker; without it nothing is known there and nothing is sent. An
    /// earlier code for the same purpose and address stops working.
    pub fn ask(
        ctx: &Ctx,
        id: CodeId,
        purpose: Purpose,
        address: AddressKey,
        sealed: Option<Vec<u8>>,
    ) -> Changes {
        let delivery = sealed.map_or(Delivery::Nobody, |sealed| Delivery::Queued { sealed });
        let made_at = ctx.now;
        let code = Self { id, purpose, address, made_at, tries: 0, ended_at: None, delivery };
        Changes::one(ctx, EventKind::CodeAsked, subject(id), None, Write::NewCode(Box::new(code)))
    }

    /// Until when it works if nothing ends it earlier.
    pub fn works_until(&self) -> Timestamp {
        later(self.made_at, SignedDuration::from_mins(CODE_MINUTES))
    }

    /// Whether it works now.
    pub fn works_at(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.works_until()
    }

    /// When the row is removed.
    pub fn expires_at(&self) -> Timestamp {
        later(self.made_at, SignedDuration::from_hours(CODE_KEPT_HOURS))
    }

    /// When the worker has something to do with it.
    pub fn wakes_at(&self) -> Timestamp {
        match self.delivery {
            Delivery::Queued { .. } => self.made_at,
            Delivery::Nobody
            | Delivery::Spooled { .. }
            | Delivery::Handed { .. }
            | Delivery::Failed { .. } => self.expires_at(),
        }
    }

    /// Somebody typed it, rightly or not. A wrong one for a referral is written down with the referral, like a wrong phrase.
    ///
    /// # Errors
    /// [`Refused::LinkSpent`] when it does not work any more, whatever was typed.
    pub fn answer(mut self, ctx: &Ctx, right: bool) -> Result<Answered, Refused> {
        if !self.works_at(ctx.now) {
            return Err(Refused::LinkSpent);
        }
        if right {
            let proof = AddressProof(self.address, self.purpose);
            self.ended_at = Some(ctx.now);
            return Ok(Answered::Right(proof, self.changed(ctx, EventKind::CodeUsed)));
        }
        self.tries += 1;
        if self.tries >= CODE_TRIES {
            self.ended_at = Some(ctx.now);
        }
        let referral = self.purpose.referral();
        let tried = self.changed(ctx, EventKind::CodeTried);
        Ok(Answered::Wrong(match referral {
            Some(_) => tried.and(refused(ctx, referral)),
            None => tried,
        }))
    }

    /// What became of the message; the sealed address is gone with it.
    ///
    /// # Errors
    /// [`Refused::NoticeStep`] when that is known already, or nothing was to be sent.
    pub fn delivered(mut self, ctx: &Ctx, delivery: Delivery) -> Result<Changes, Refused> {
        let kind = match (&self.delivery, &delivery) {
            (Delivery::Queued { .. }, Delivery::Spooled { .. } | Delivery::Handed { .. }) => {
                EventKind::CodeSent
            }
            (Delivery::Queued { .. }, Delivery::Failed { .. }) => EventKind::CodeFailed,
            (
                Delivery::Queued { .. }
                | Delivery::Nobody
                | Delivery::Spooled { .. }
                | Delivery::Handed { .. }
                | Delivery::Failed { .. },
                _,
            ) => return Err(Refused::NoticeStep),
        };
        self.delivery = delivery;
        Ok(self.changed(ctx, kind))
    }

    /// Removes the row; the events remain.
    ///
    /// # Errors
    /// [`Refused::NotDue`] while it is kept.
    pub fn purge(self, ctx: &Ctx) -> Result<Changes, Refused> {
        if ctx.now < self.expires_at() {
            return Err(Refused::NotDue);
        }
        Ok(Changes::one(ctx, EventKind::CodePurged, subject(self.id), None, Write::RemoveCode(self.id)))
    }

    fn changed(self, ctx: &Ctx, kind: EventKind) -> Changes {
        Changes::one(ctx, kind, subject(self.id), None, Write::Code(Box::new(self)))
    }
}

fn subject(id: CodeId) -> Subject {
    Subject { noun: Noun::Code, id: id.into() }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}
