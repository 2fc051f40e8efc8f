//! Is this somebody we know? Earlier requests that may be the same person's, and a human's word that they are, or that nobody
//! of those is. A match is a link and rewrites nothing: each request keeps the person it came with, and ending the link gives
//! back exactly what was there before (hazard H03).

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Head, Known, Person, Referral};
use crate::actor::{Author, Ctx};
use crate::change::{Changes, EventKind, Write};
use crate::ids::{PersonId, PersonLinkId, ReferralId};
use crate::person_key::{Apart, Because, Wanted, agreeing, apart, order, worth_a_look};
use crate::refused::Refused;
use crate::value::{Reference, Text};

/// A human's word that two requests are of the same person. Never removed: a wrong one is ended, with a reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PersonLink {
    /// Its id.
    pub id: PersonLinkId,
    /// The request it was said on.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// The person that request came with.
    pub person: PersonId,
    /// The other request.
    pub with: ReferralId,
    /// Its reference.
    pub with_reference: Reference,
    /// The person that one came with.
    pub to: PersonId,
    /// What agreed then.
    pub because: BTreeSet<Because>,
    /// What both had and was not the same.
    pub apart: BTreeSet<Apart>,
    /// What convinced whoever said so.
    pub why: Text,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// It was taken back.
    #[serde(default)]
    pub end: Option<LinkEnd>,
}

/// A match was taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LinkEnd {
    /// Why.
    pub why: Text,
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A human's word that nobody of those who were shown is this person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Nobody {
    /// The requests of those who were shown, also those of earlier times.
    pub of: BTreeSet<ReferralId>,
    /// What told them apart, if it was written down.
    pub why: Option<Text>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Somebody who may be the same person: the least to recognise them by, what agrees and what does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The least to recognise them by, with what agrees.
    pub known: Known,
    /// What both have and is not the same.
    pub apart: BTreeSet<Apart>,
    /// Somebody said of them that it is somebody else.
    pub ruled_out: bool,
}

/// What is known of whether this is somebody we know, for the record page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Matching {
    /// Every word about it that was said on this request or about it, the newest first.
    pub links: Vec<PersonLink>,
    /// Nobody of those who were shown.
    pub nobody: Option<Nobody>,
}

impl Matching {
    /// The links that hold.
    pub fn held(&self) -> impl Iterator<Item = &PersonLink> {
        self.links.iter().filter(|link| link.end.is_none())
    }
}

impl Candidate {
    /// In order: those whom nothing speaks against first, then who agrees in more facts, then in those that say more.
    pub fn ranked(found: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut all: Vec<Self> = found.into_iter().collect();
        all.sort_by_key(|one| (one.is_doubtful(), order(&one.known.because)));
        all
    }

    /// Whether something says loudly that it is somebody else.
    pub fn is_doubtful(&self) -> bool {
        self.ruled_out || self.apart.contains(&Apart::NhsNumber) || self.apart.contains(&Apart::BornOn)
    }
}

impl Head {
    /// A human's word that nobody of those who were shown is this person.
    pub fn nobody(&self) -> Option<&Nobody> {
        self.nobody.as_ref()
    }
}

impl Referral {
    /// The keys that another request of the same person would share.
    pub fn wanted(&self) -> Vec<Wanted> {
        Wanted::of_person(&self.person, self.head.is_named())
    }

    /// Somebody whom a key led to, compared with the person of this request; none where it is not worth a look.
    pub fn candidate(&self, other: &Person, known: Known, wanted: &[Wanted]) -> Option<Candidate> {
        let keys = crate::person_key::keys(other, true);
        let because = agreeing(wanted, &keys);
        let ruled_out = self.head.nobody.as_ref().is_some_and(|nobody| nobody.of.contains(&known.referral));
        worth_a_look(&self.person, other, &because).then(|| Candidate {
            apart: apart(&self.person, other, &because),
            known: Known { because, ..known },
            ruled_out,
        })
    }

    /// The other request, compared with this one, whatever agrees.
    pub fn compared(&self, other: &Self) -> Candidate {
        let because = agreeing(&self.wanted(), &other.keys());
        let of = (other.head.id, other.head.reference.clone(), other.head.received_at);
        let ruled_out = self.head.nobody.as_ref().is_some_and(|nobody| nobody.of.contains(&other.head.id));
        Candidate {
            apart: apart(&self.person, &other.person, &because),
            known: other.person.known(of, because),
            ruled_out,
        }
    }

    /// A human says that this is the same person as in another request. `same` is everybody who is known to be the same
    /// person as this one already.
    ///
    /// # Errors
    /// [`Refused::SamePerson`] where that is known, or for a request and itself.
    pub fn match_person(
        mut self,
        ctx: &Ctx,
        other: &Self,
        same: &BTreeSet<PersonId>,
        why: Text,
    ) -> Result<Changes, Refused> {
        if other.head.id == self.head.id || same.contains(&other.person.id) {
            return Err(Refused::SamePerson);
        }
        let Candidate { known, apart, .. } = self.compared(other);
        let link = PersonLink {
            id: ctx.new_id(),
            referral: self.head.id,
            reference: self.head.reference.clone(),
            person: self.person.id,
            with: other.head.id,
            with_reference: other.head.reference.clone(),
            to: other.person.id,
            because: known.because,
            apart,
            why: why.clone(),
            by: ctx.actor.author(),
            at: ctx.now,
            end: None,
        };
        // Whoever was ruled out before and is the person after all is ruled out no longer.
        if let Some(nobody) = &mut self.head.edit().nobody {
            nobody.of.remove(&other.head.id);
        }
        let mut changes = self.finish(ctx, &[(EventKind::PersonMatched, Some(why))]);
        changes.write(Write::PersonLink(Box::new(link)));
        Ok(changes)
    }

    /// A match that was said on this request is taken back: what was there before is there again.
    ///
    /// # Errors
    /// [`Refused::NoSuchPart`] for a match of another request; [`Refused::AlreadyAnswered`] when it was taken back before.
    pub fn unmatch_person(self, ctx: &Ctx, link: PersonLink, why: Text) -> Result<Changes, Refused> {
        if link.referral != self.head.id {
            return Err(Refused::NoSuchPart);
        }
        if link.end.is_some() {
            return Err(Refused::AlreadyAnswered);
        }
        let end = LinkEnd { why: why.clone(), by: ctx.actor.author(), at: ctx.now };
        let mut changes = self.finish(ctx, &[(EventKind::PersonUnmatched, Some(why))]);
        changes.write(Write::PersonLink(Box::new(PersonLink { end: Some(end), ..link })));
        Ok(changes)
    }

    /// A human says that nobody of those who were shown is this person.
    pub fn match_nobody(mut self, ctx: &Ctx, of: BTreeSet<ReferralId>, why: Option<Text>) -> Changes {
        let before = self.head.nobody.iter().flat_map(|nobody| nobody.of.iter().copied());
        let of = before.chain(of).collect();
        self.head.edit().nobody = Some(Nobody { of, why: why.clone(), by: ctx.actor.author(), at: ctx.now });
        self.finish(ctx, &[(EventKind::NobodyMatched, why)])
    }
}
