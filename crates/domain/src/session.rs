//! A sign-in of one member of staff: idle lock, absolute end, and posts kept for somebody whose session locked.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{ParkedId, SessionId, UserId};
use crate::refused::Refused;

#[cfg(test)]
mod tests;

/// How far a sign-in has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthLevel {
    /// The password was right; the second factor is still to come. Opens nothing.
    Password,
    /// Both were right.
    Full,
}

/// The two limits of a session. Source: assurance §3 (15 minutes idle for staff).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Locks after this long without a request.
    pub idle: SignedDuration,
    /// Ends after this long, whatever happens.
    pub absolute: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(15), absolute: SignedDuration::from_hours(12) }
    }
}

/// Whether a session opens pages now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Pages open.
    Open,
    /// The second factor is still to come.
    HalfWay,
    /// The password opens it again.
    Locked,
    /// Signing in again is the only way.
    Over,
}

/// One sign-in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// SHA-256 of the cookie's random token; the token itself is never stored.
    pub token_hash: [u8; 32],
    /// How far it came.
    pub level: AuthLevel,
    /// When it began.
    pub began_at: Timestamp,
    /// The last request.
    pub seen_at: Timestamp,
    /// Locked by the user.
    pub locked_at: Option<Timestamp>,
    /// Ended by signing out, by "sign out everywhere" or by an end of access.
    pub ended_at: Option<Timestamp>,
}

impl Session {
    /// Begins after a right password.
    pub fn begin(ctx: &Ctx, user: UserId, token_hash: [u8; 32], level: AuthLevel) -> (Self, Changes) {
        let session = Self {
            id: ctx.new_id(),
            user,
            token_hash,
            level,
            began_at: ctx.now,
            seen_at: ctx.now,
            locked_at: None,
            ended_at: None,
        };
        let changes = session.clone().changed(ctx, EventKind::SignedIn);
        (session, changes)
    }

    /// Whether it opens pages at `now`.
    pub fn standing(&self, now: Timestamp, limits: Limits) -> Standing {
        let passed = |since: Timestamp, limit: SignedDuration| now.duration_since(since) >= limit;
        if self.ended_at.is_some() || passed(self.began_at, limits.absolute) {
            Standing::Over
        } else if self.level == AuthLevel::Password {
            Standing::HalfWay
        } else if self.locked_at.is_some() || passed(self.seen_at, limits.idle) {
            Standing::Locked
        } else {
            Standing::Open
        }
    }

    /// The second factor was right. The token changes with the level (session fixation).
    ///
    /// # Errors
    /// [`Refused::SessionOver`] when it is not waiting for one.
    pub fn complete(mut self, ctx: &Ctx, limits: Limits, token_hash: [u8; 32]) -> Result<Changes, Refused> {
        if self.standing(ctx.now, limits) != Standing::HalfWay {
            return Err(Refused::SessionOver);
        }
        self.level = AuthLevel::Full;
        self.token_hash = token_hash;
        self.seen_at = ctx.now;
        Ok(self.changed(ctx, EventKind::SessionChanged))
    }

    /// Locks it now.
    pub fn lock(mut self, ctx: &Ctx) -> Changes {
        self.locked_at = self.locked_at.or(Some(ctx.now));
        self.changed(ctx, EventKind::SessionChanged)
    }

    /// The password was right again. The token changes with it: whoever copied the cookie of before is out.
    ///
    /// # Errors
    /// [`Refused::SessionOver`] when it is neither open nor locked.
    pub fn unlock(mut self, ctx: &Ctx, limits: Limits, token_hash: [u8; 32]) -> Result<Changes, Refused> {
        match self.standing(ctx.now, limits) {
            Standing::Open | Standing::Locked => {}
            Standing::HalfWay | Standing::Over => return Err(Refused::SessionOver),
        }
        self.locked_at = None;
        self.token_hash = token_hash;
        self.seen_at = ctx.now;
        Ok(self.changed(ctx, EventKind::SessionChanged))
    }

    /// Signs out.
    pub fn end(mut self, ctx: &Ctx) -> Changes {
        self.ended_at = self.ended_at.or(Some(ctx.now));
        self.changed(ctx, EventKind::SignedOut)
    }

    fn changed(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = Subject { noun: Noun::Session, id: self.id.into() };
        Changes::one(ctx, kind, subject, None, Write::Session(self))
    }
}

/// A sign-in that was refused, for the audit and the rate limit: never says whether the account exists.
pub fn sign_in_refused(ctx: &Ctx, user: Option<UserId>) -> Changes {
    let id = user.map_or_else(|| ctx.new_id(), uuid::Uuid::from);
    let mut changes = Changes::new();
    changes.event(ctx, EventKind::SignInRefused, Subject { noun: Noun::User, id }, None);
    changes
}

/// How long a parked POST is kept.
pub const PARKED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// A POST that met a locked or ended session, encrypted, offered back to the same user only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parked {
    /// Its id.
    pub id: ParkedId,
    /// Whose.
    pub user: UserId,
    /// The page it was sent to.
    pub path: String,
    /// Nonce and ciphertext of the form.
    pub sealed: Vec<u8>,
    /// When it was parked.
    pub at: Timestamp,
    /// Whether it was taken back or thrown away.
    pub spent: bool,
}

impl Parked {
    /// Keeps a POST.
    pub fn park(ctx: &Ctx, id: ParkedId, user: UserId, path: String, sealed: Vec<u8>) -> Changes {
        Self { id, user, path, sealed, at: ctx.now, spent: false }.changed(ctx)
    }

    /// Takes it back, once.
    ///
    /// # Errors
    /// [`Refused::LinkSpent`] after an hour or a second time.
    pub fn take(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        if self.spent || ctx.now.duration_since(self.at) >= PARKED_FOR {
            return Err(Refused::LinkSpent);
        }
        self.spent = true;
        self.sealed.clear();
        Ok(self.changed(ctx))
    }

    fn changed(self, ctx: &Ctx) -> Changes {
        let subject = Subject { noun: Noun::User, id: self.user.into() };
        Changes::one(ctx, EventKind::PostParked, subject, None, Write::Parked(self))
    }
}
