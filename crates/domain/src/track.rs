//! Following a request from outside: who holds it, and the short session in which they may look at it and add to it.
//!
//! Whoever holds a referral has no account. What they may do and see is the evaluator's to say, by their scope; how they
//! prove who they are (a reference with a phrase, or a code to the safe contact) is the pages'.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::door::{Draft, DraftState};
use crate::entry::Entry;
use crate::ids::{ReferralId, TrackingId};
use crate::refused::Refused;
use crate::session::{Limits, Standing};

mod sent;

#[cfg(test)]
mod tests;

pub use sent::{SentRequest, StatusKey};

/// As who somebody from outside holds a referral.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The person it is about.
    Own,
    /// Whoever asked for somebody else.
    Referrer,
    /// The service that is asked to take the person over.
    Receiver,
    /// The practice that got a copy of a letter.
    Gp,
    /// Whoever is asked for what is missing, by the link of that question.
    Asked,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [Self::Own, Self::Referrer, Self::Receiver, Self::Gp, Self::Asked];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Referrer => "referrer",
            Self::Receiver => "receiver",
            Self::Gp => "gp",
            Self::Asked => "asked",
        }
    }

    /// The scope with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// Somebody from outside, as far as they proved who they are: one referral, in one scope, and nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holder {
    /// The referral.
    pub referral: ReferralId,
    /// As who.
    pub scope: Scope,
}

/// How long somebody may follow a referral without proving it again. Shared computers: short (hazard H05).
pub const LIMITS: Limits =
    Limits { idle: SignedDuration::from_mins(30), absolute: SignedDuration::from_hours(2) };

/// One session of somebody who follows a referral.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tracking {
    /// Its id.
    pub id: TrackingId,
    /// Who, of what.
    pub holder: Holder,
    /// SHA-256 of the cookie's random token; the token itself is never stored.
    pub token_hash: [u8; 32],
    /// When it began.
    pub began_at: Timestamp,
    /// The last request.
    pub seen_at: Timestamp,
    /// Ended by "Finish" or "Leave this page quickly".
    pub ended_at: Option<Timestamp>,
}

impl Tracking {
    /// Begins after the proof was right. Whoever checks it acts as the sign-in: nobody is known before.
    pub fn begin(ctx: &Ctx, holder: Holder, token_hash: [u8; 32]) -> Changes {
        let tracking = Self {
            id: ctx.new_id(),
            holder,
            token_hash,
            began_at: ctx.now,
            seen_at: ctx.now,
            ended_at: None,
        };
        tracking.changed(ctx, EventKind::TrackingBegan)
    }

    /// Whether it opens pages at `now`. It never locks: who was away proves it again.
    pub fn standing(&self, now: Timestamp) -> Standing {
        let passed = |since: Timestamp, limit: SignedDuration| now.duration_since(since) >= limit;
        let over = self.ended_at.is_some()
            || passed(self.began_at, LIMITS.absolute)
            || passed(self.seen_at, LIMITS.idle);
        if over { Standing::Over } else { Standing::Open }
    }

    /// Ends it.
    pub fn end(mut self, ctx: &Ctx) -> Changes {
        self.ended_at = self.ended_at.or(Some(ctx.now));
        self.changed(ctx, EventKind::TrackingEnded)
    }

    fn changed(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = about(self.holder.referral);
        Changes::one(ctx, kind, subject, None, Write::Tracking(self))
    }
}

/// So long after a request was handed over, whoever wrote it down can make a phrase for the person who is with them. Later
/// it would be a way for staff into what the person says from outside.
pub const MADE_FOR: SignedDuration = SignedDuration::from_hours(12);

/// What opens a referral from outside: the keyed hash of a return phrase. A new one takes the place of the old.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnKey {
    /// The referral.
    pub referral: ReferralId,
    /// As who.
    pub scope: Scope,
    /// The keyed hash; the phrase itself is never stored.
    pub hash: [u8; 32],
    /// When it was made.
    pub made_at: Timestamp,
}

impl ReturnKey {
    /// A new phrase for the referral that somebody follows.
    pub fn keep(ctx: &Ctx, holder: Holder, hash: [u8; 32]) -> Changes {
        let key = Self { referral: holder.referral, scope: holder.scope, hash, made_at: ctx.now };
        let subject = Subject { noun: Noun::Referral, id: holder.referral.into() };
        Changes::one(ctx, EventKind::PhraseKept, subject, None, Write::ReturnKey(key))
    }

    /// A phrase for what a form became, for whoever sent it. The form is the proof.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] while it is not sent, and for a form that was sent for somebody else.
    pub fn of_draft(ctx: &Ctx, draft: &Draft, hash: [u8; 32]) -> Result<Changes, Refused> {
        let DraftState::Sent { referral, holder: Some(scope), .. } = &draft.state else {
            return Err(Refused::NotFromHere);
        };
        let key = Self { referral: *referral, scope: *scope, hash, made_at: ctx.now };
        let subject = Subject { noun: Noun::Draft, id: draft.id.into() };
        Ok(Changes::one(ctx, EventKind::PhraseKept, subject, None, Write::ReturnKey(key)))
    }

    /// Whether staff can make a phrase for what they wrote down: handed over not long ago, by somebody in the room.
    pub fn may_be_made(entry: &Entry, now: Timestamp) -> bool {
        let fresh = |at: Timestamp| now.duration_since(at) < MADE_FOR;
        entry.entered.channel.is_here() && entry.receipt().is_some_and(|receipt| fresh(receipt.received_at))
    }

    /// A phrase for what staff wrote down, for the person who is there with them.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where [`ReturnKey::may_be_made`] says no.
    pub fn of_entry(ctx: &Ctx, entry: &Entry, hash: [u8; 32]) -> Result<Changes, Refused> {
        if !Self::may_be_made(entry, ctx.now) {
            return Err(Refused::NotFromHere);
        }
        let key = Self { referral: entry.referral(), scope: Scope::Own, hash, made_at: ctx.now };
        Ok(Changes::one(ctx, EventKind::PhraseMade, entry.subject(), None, Write::ReturnKey(key)))
    }
}

/// A reference with a wrong phrase or code, for the audit. Whether there is such a reference shows in nothing but the
/// subject of the audit row: one that nobody has leaves a made-up id.
pub fn refused(ctx: &Ctx, referral: Option<ReferralId>) -> Changes {
    let subject = about(referral.unwrap_or_else(|| ctx.new_id()));
    let mut changes = Changes::new();
    changes.event(ctx, EventKind::TrackingRefused, subject, None);
    changes
}

/// These events name the referral, and are none of its own: they change nothing of it.
fn about(referral: ReferralId) -> Subject {
    Subject { noun: Noun::Tracking, id: referral.into() }
}
