//! Leaving a draft and coming back to it: by a phrase, by a code, and ending it on a computer that others use.

use super::{Draft, DraftState};
use crate::actor::{Ctx, VisitorKey};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::code::{AddressKey, AddressProof};
use crate::refused::Refused;

#[cfg(test)]
mod tests;

/// The keyed hash of a return phrase.
pub type PhraseKey = [u8; 32];

/// The ways back that the person chose; without one, a draft belongs to one browser and ends with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WaysBack {
    /// By a code to an address that a code has proved.
    pub address: Option<AddressKey>,
    /// By a return phrase.
    pub phrase: Option<PhraseKey>,
}

impl WaysBack {
    /// Whether there is any way back.
    pub fn is_there(&self) -> bool {
        self.address.is_some() || self.phrase.is_some()
    }
}

/// What ending a draft on this computer did to it.
#[derive(Debug)]
pub enum Ended {
    /// It can be come back to from elsewhere.
    Kept(Changes),
    /// There was no way back, so it was removed.
    Removed(Changes),
}

impl Draft {
    /// A new return phrase; an earlier one stops working.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`].
    pub fn keep_by_phrase(mut self, ctx: &Ctx, phrase: PhraseKey) -> Result<Changes, Refused> {
        self.back.phrase = Some(phrase);
        self.kept(ctx)
    }

    /// An address that a right code has just proved; an earlier one stops working.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`].
    pub fn keep_by_address(mut self, ctx: &Ctx, proof: &AddressProof) -> Result<Changes, Refused> {
        self.back.address = Some(proof.key());
        self.kept(ctx)
    }

    /// Comes back: from now on it belongs to this browser and to no other.
    pub fn come_back(mut self, ctx: &Ctx, visitor: VisitorKey) -> Changes {
        self.visitor = visitor;
        self.saved_at = ctx.now;
        self.changed(ctx, EventKind::DraftReturned)
    }

    /// Comes back by a code. Of a form that was sent it opens the confirmation and no more: six digits without a reference
    /// prove less than the phrase to follow a request does, so none is made from here (hazard H26).
    pub fn come_back_by_code(mut self, ctx: &Ctx, visitor: VisitorKey) -> Changes {
        if let DraftState::Sent { holder, .. } = &mut self.state {
            *holder = None;
        }
        self.come_back(ctx, visitor)
    }

    /// Ends it on a computer that others use. The cookie that opened it opens nothing any more, even if somebody kept it:
    /// `nobody` is a key that no browser has. What was sent is never removed.
    pub fn end_here(mut self, ctx: &Ctx, nobody: VisitorKey) -> Ended {
        let sent = self.state != DraftState::Open;
        if sent || self.back.is_there() {
            self.visitor = nobody;
            return Ended::Kept(self.changed(ctx, EventKind::DraftLeft));
        }
        let subject = Subject { noun: Noun::Draft, id: self.id.into() };
        let removed = Changes::one(ctx, EventKind::DraftRemoved, subject, None, Write::RemoveDraft(self.id));
        Ended::Removed(removed)
    }

    fn kept(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        if self.state != DraftState::Open {
            return Err(Refused::AlreadySent);
        }
        self.saved_at = ctx.now;
        Ok(self.changed(ctx, EventKind::DraftKept))
    }
}
