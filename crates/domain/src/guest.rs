//! Somebody of another organisation, without an account, who opened a one-time link and said who they are. One errand, one
//! referral, for as long as the link stands; opening it is never an answer.
//!
//! Must not know how the key of a link is made: what a link opens follows from the facts of the referral alone.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::actor::{Actor, Ctx};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{EnquiryId, HandoverId, NoticeId, ReferralId, VisitId};
use crate::refused::Refused;
use crate::session::Standing;
use crate::track::{Holder, LIMITS, Scope};
use crate::value::Line;

/// What a one-time link is for: one thing, and nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Errand {
    /// Say whether a service takes somebody over.
    Answer(HandoverId),
    /// Say that they were introduced, that they have met, or that it cannot go on after all.
    Carry(HandoverId),
    /// Say that a practice has read the letter it got.
    Receipt(NoticeId),
}

impl Errand {
    /// The stored code, and the part of its address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answer(_) => "answer",
            Self::Carry(_) => "carry",
            Self::Receipt(_) => "receipt",
        }
    }

    /// The errand with this code.
    pub fn from_code(code: &str, about: Uuid) -> Option<Self> {
        match code {
            "answer" => Some(Self::Answer(HandoverId(about))),
            "carry" => Some(Self::Carry(HandoverId(about))),
            "receipt" => Some(Self::Receipt(NoticeId(about))),
            _ => None,
        }
    }

    /// What it is about.
    pub fn about(self) -> Uuid {
        match self {
            Self::Answer(handover) | Self::Carry(handover) => handover.into(),
            Self::Receipt(notice) => notice.into(),
        }
    }

    /// As who somebody on this errand holds the referral.
    pub fn scope(self) -> Scope {
        match self {
            Self::Answer(_) | Self::Carry(_) => Scope::Receiver,
            Self::Receipt(_) => Scope::Gp,
        }
    }
}

/// What the reference and the five words of a letter lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LetterLink {
    /// An errand of a service or a practice.
    Errand(Errand),
    /// The one question that was asked about a request.
    Question(ReferralId, EnquiryId),
}

impl LetterLink {
    /// What the words are made from.
    pub fn about(self) -> Uuid {
        match self {
            Self::Errand(errand) => errand.about(),
            Self::Question(_, enquiry) => enquiry.into(),
        }
    }
}

/// Whether a link can be used now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkStands {
    /// It can.
    Good,
    /// What it was for is done.
    Done {
        /// By whom.
        by: Line,
        /// When.
        at: Timestamp,
    },
    /// It opens nothing any more: its time is over, it was taken back, or somebody else was asked since.
    Over,
}

/// Who opened a link, in their own words. The link proves the organisation; the name is what they say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guest {
    /// The referral.
    pub referral: ReferralId,
    /// What for.
    pub errand: Errand,
    /// Their name.
    pub name: Line,
    /// What they do there.
    pub role: Line,
    /// The organisation that was asked.
    pub of: Line,
}

impl Guest {
    /// What they hold.
    pub fn holder(&self) -> Holder {
        Holder { referral: self.referral, scope: self.errand.scope() }
    }
}

/// Some minutes in which a guest may read what the link opens, and answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// Who, for what.
    pub guest: Guest,
    /// SHA-256 of the cookie's random token; the token itself is never stored.
    pub token_hash: [u8; 32],
    /// When it began.
    pub began_at: Timestamp,
    /// The last request.
    pub seen_at: Timestamp,
    /// Ended by "Finish" or by the answer.
    pub ended_at: Option<Timestamp>,
}

impl Visit {
    /// Begins: the guest said who they are. It is known that they read, and nothing was answered.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] for anybody but a guest.
    pub fn begin(ctx: &Ctx, token_hash: [u8; 32]) -> Result<Changes, Refused> {
        let Actor::Guest(guest) = &ctx.actor else { return Err(Refused::NotFromHere) };
        let visit = Self {
            id: ctx.new_id(),
            guest: Guest::clone(guest),
            token_hash,
            began_at: ctx.now,
            seen_at: ctx.now,
            ended_at: None,
        };
        Ok(visit.changed(ctx, EventKind::LinkOpened, Noun::Referral))
    }

    /// Whether it opens pages at `now`. Who was away says again who they are.
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
        // No event of the referral: it changes nothing of it.
        self.changed(ctx, EventKind::VisitEnded, Noun::Tracking)
    }

    fn changed(self, ctx: &Ctx, kind: EventKind, noun: Noun) -> Changes {
        let subject = Subject { noun, id: self.guest.referral.into() };
        Changes::one(ctx, kind, subject, None, Write::Visit(Box::new(self)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{HOUR, MINUTE, as_actor, guest, monday, senior};

    #[test]
    fn a_visit_is_a_guests_and_short() {
        assert_eq!(Visit::begin(&senior(monday()), [1; 32]).err(), Some(Refused::NotFromHere));
        let someone = guest(ReferralId(Uuid::from_u128(1)), Errand::Answer(HandoverId(Uuid::from_u128(2))));
        let ctx = as_actor(Actor::Guest(Box::new(someone.clone())), monday());
        let changes = Visit::begin(&ctx, [1; 32]).unwrap();
        let [Write::Visit(visit)] = changes.writes() else { panic!("one row") };
        assert_eq!((&visit.guest, visit.ended_at), (&someone, None));
        let minutes = |n: i32| monday().checked_add(MINUTE * n).unwrap();
        assert_eq!(visit.standing(minutes(29)), Standing::Open);
        assert_eq!(visit.standing(minutes(30)), Standing::Over, "who was away says again who they are");
        let busy = Visit { seen_at: monday().checked_add(HOUR * 2).unwrap(), ..Visit::clone(visit) };
        assert_eq!(busy.standing(minutes(120)), Standing::Over);
        let ended = Visit { ended_at: Some(monday()), ..Visit::clone(visit) };
        assert_eq!(ended.standing(monday()), Standing::Over);
    }

    #[test]
    fn an_errand_is_found_again_by_its_code_and_nothing_else_is_one() {
        let about = Uuid::from_u128(7);
        let all = [
            Errand::Answer(HandoverId(about)),
            Errand::Carry(HandoverId(about)),
            Errand::Receipt(NoticeId(about)),
        ];
        for errand in all {
            assert_eq!(Errand::from_code(errand.code(), errand.about()), Some(errand));
        }
        assert_eq!(Errand::from_code("own", about), None);
    }
}
