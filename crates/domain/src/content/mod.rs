//! Texts for the public that a county writes itself: what happens when you ask for help, myths, for families, and more.
//!
//! One text has an address, a language and a form (standard or Easy Read). What the public reads was signed off by a
//! senior professional who did not write it; every edition that was ever shown is kept. Must not know how a page looks.

mod blocks;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::actor::Ctx;
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{ContentId, UserId};
use crate::refused::Refused;
use crate::value::{Checked, Failure, Line, Rule, Text};

pub use blocks::{Block, Mistake, Picture, Span, blocks};

#[cfg(test)]
mod tests;

/// The last part of a page's address: `families`.
pub type Slug = Checked<SlugRule>;

/// The rule of [`Slug`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SlugRule;

/// What can be wrong with the last part of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum SlugError {
    /// Not 2 to 60 small letters, digits and single hyphens.
    Letters,
}

impl Failure for SlugError {
    fn key(&self) -> &'static str {
        match self {
            Self::Letters => "letters",
        }
    }
}

impl Rule for SlugRule {
    type Error = SlugError;

    fn parse(typed: &str) -> Result<String, SlugError> {
        let typed = typed.trim();
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let hyphens = typed.starts_with('-') || typed.ends_with('-') || typed.contains("--");
        let long = (2..=60).contains(&typed.len());
        if long && !hyphens && typed.chars().all(fine) {
            Ok(typed.to_owned())
        } else {
            Err(SlugError::Letters)
        }
    }
}

/// In which form a text is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// As most pages are.
    Standard,
    /// Short sentences with pictures, for people with learning disabilities and for anybody on a bad day.
    EasyRead,
}

impl Form {
    /// Both, in form order.
    pub const ALL: [Self; 2] = [Self::Standard, Self::EasyRead];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::EasyRead => "easy-read",
        }
    }

    /// The form with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// Where a text stands: no two of a county stand at one place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The last part of the address.
    pub slug: Slug,
    /// The language, such as `en-GB`.
    pub language: Line,
    /// The form.
    pub form: Form,
}

/// What a text says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Words {
    /// The heading.
    pub title: Line,
    /// The text, in the few marks of [`blocks`].
    pub body: Text,
}

/// A text that is being written, or waits to be signed off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// What it says.
    pub words: Words,
    /// Everybody who wrote in it: none of them signs it off.
    pub writers: BTreeMap<UserId, Line>,
    /// Whether it waits to be signed off, and since when.
    pub submitted_at: Option<Timestamp>,
    /// Why it came back, in the words of whoever read it.
    pub returned: Option<Text>,
}

/// An edition the public could read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edition {
    /// Counted from 1.
    pub number: u32,
    /// What it says.
    pub words: Words,
    /// Who wrote it.
    pub writers: BTreeMap<UserId, Line>,
    /// The account that signed it off.
    pub signed_by: UserId,
    /// How the public reads who that is: name and profession.
    pub reviewer: Line,
    /// When it was signed off.
    pub reviewed_on: Date,
    /// Until when that holds.
    pub review_due: Date,
    /// When the public could first read it.
    pub published_at: Timestamp,
}

impl Edition {
    /// Whether somebody must look at it again.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.review_due < today
    }
}

/// What signing off says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignOff {
    /// How the public reads who signed it off.
    pub reviewer: Line,
    /// Until when it holds.
    pub review_due: Date,
}

/// Where a text is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Somebody writes it; the public has never read it, or reads the edition before.
    Draft,
    /// It waits to be signed off.
    Submitted,
    /// The public reads it, and nothing else is being written.
    Published,
    /// The public cannot read it any more.
    Withdrawn,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Published, Self::Withdrawn];

    /// The code, and the last part of its message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One text of a county.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Content {
    /// Its id.
    pub id: ContentId,
    /// Counts every change; a form carries the one it showed.
    pub version: i64,
    /// Where it stands.
    pub place: Place,
    /// Who looks after it: a team or a person.
    pub owner: Line,
    /// It tells what to do in danger: without a current review the built-in text is shown instead.
    pub safety: bool,
    /// What the public reads.
    pub live: Option<Edition>,
    /// What is being written.
    pub draft: Option<Draft>,
    /// How many editions there have been.
    pub editions: u32,
}

/// What is typed about a text, for a new one or a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typed {
    /// Who looks after it.
    pub owner: Line,
    /// Whether it tells what to do in danger.
    pub safety: bool,
    /// What it says.
    pub words: Words,
}

impl Content {
    /// The longest a review holds, in days.
    pub const REVIEW_DAYS: i32 = 366;
    /// The longest a review of a text about danger holds, in days.
    pub const SAFETY_REVIEW_DAYS: i32 = 183;

    /// A new text, as a draft.
    pub fn write(ctx: &Ctx, id: ContentId, place: Place, typed: Typed) -> Changes {
        let content = Self {
            id,
            version: 0,
            place,
            owner: typed.owner,
            safety: typed.safety,
            live: None,
            draft: Some(Draft::of(ctx, typed.words, BTreeMap::new())),
            editions: 0,
        };
        content.put(ctx, EventKind::ContentSaved, None, None)
    }

    /// Where it is.
    pub fn stage(&self) -> Stage {
        match (&self.draft, &self.live) {
            (Some(draft), _) if draft.submitted_at.is_some() => Stage::Submitted,
            (Some(_), _) => Stage::Draft,
            (None, Some(_)) => Stage::Published,
            (None, None) => Stage::Withdrawn,
        }
    }

    /// What an editor goes on from: the draft, else what the public reads.
    pub fn words(&self) -> Option<&Words> {
        self.draft.as_ref().map(|draft| &draft.words).or(self.live.as_ref().map(|live| &live.words))
    }

    /// Whether the public may read the live edition today. A text about danger without a current review is not shown:
    /// the built-in text with its numbers is.
    pub fn is_shown(&self, today: Date) -> bool {
        self.live.as_ref().is_some_and(|live| !(self.safety && live.is_overdue(today)))
    }

    /// The last day on which a review made today may end.
    pub fn longest_review(&self, today: Date) -> Date {
        let days = if self.safety { Self::SAFETY_REVIEW_DAYS } else { Self::REVIEW_DAYS };
        today.checked_add(days.days()).unwrap_or(today)
    }

    /// Saves a draft. What waits to be signed off goes back to being a draft: nobody signs what changed meanwhile.
    ///
    /// # Errors
    /// [`Refused::Stale`].
    pub fn save(mut self, ctx: &Ctx, shown: i64, typed: Typed) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        let writers = self.draft.take().map(|draft| draft.writers).unwrap_or_default();
        self.owner = typed.owner;
        self.safety = typed.safety;
        self.draft = Some(Draft::of(ctx, typed.words, writers));
        Ok(self.put(ctx, EventKind::ContentSaved, None, None))
    }

    /// Asks for it to be signed off.
    ///
    /// # Errors
    /// [`Refused::Stale`], [`Refused::NotFromHere`].
    pub fn submit(mut self, ctx: &Ctx, shown: i64) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        let draft = self.draft.as_mut().filter(|draft| draft.submitted_at.is_none());
        draft.ok_or(Refused::NotFromHere)?.submitted_at = Some(ctx.now);
        Ok(self.put(ctx, EventKind::ContentSubmitted, None, None))
    }

    /// Signs it off: from now on the public reads it.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`]; [`Refused::OwnApproval`] for anybody who wrote in it;
    /// [`Refused::DateInPast`] for a review that ends before it begins or later than it may.
    pub fn sign_off(mut self, ctx: &Ctx, shown: i64, sign_off: SignOff) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        let today = local_date(ctx.now);
        let draft = self.draft.take().filter(|draft| draft.submitted_at.is_some());
        let draft = draft.ok_or(Refused::NotFromHere)?;
        let signed_by = ctx.actor.author().user().ok_or(Refused::SeniorOnly)?;
        if draft.writers.contains_key(&signed_by) {
            return Err(Refused::OwnApproval);
        }
        if sign_off.review_due <= today || sign_off.review_due > self.longest_review(today) {
            return Err(Refused::DateInPast);
        }
        let edition = Edition {
            number: self.editions + 1,
            words: draft.words,
            writers: draft.writers,
            signed_by,
            reviewer: sign_off.reviewer,
            reviewed_on: today,
            review_due: sign_off.review_due,
            published_at: ctx.now,
        };
        self.editions = edition.number;
        self.live = Some(edition.clone());
        Ok(self.put(ctx, EventKind::ContentSignedOff, None, Some(edition)))
    }

    /// Gives it back to whoever wrote it.
    ///
    /// # Errors
    /// [`Refused::Stale`], [`Refused::NotFromHere`].
    pub fn give_back(mut self, ctx: &Ctx, shown: i64, why: Text) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        let draft = self.draft.as_mut().filter(|draft| draft.submitted_at.is_some());
        let draft = draft.ok_or(Refused::NotFromHere)?;
        draft.submitted_at = None;
        draft.returned = Some(why.clone());
        Ok(self.put(ctx, EventKind::ContentGivenBack, Some(why), None))
    }

    /// Takes it away from the public at once. Where the makers wrote a text for its place, that one is shown again.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] when the public cannot read it.
    pub fn withdraw(mut self, ctx: &Ctx, shown: i64, why: Text) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        self.live.take().ok_or(Refused::NotFromHere)?;
        Ok(self.put(ctx, EventKind::ContentWithdrawn, Some(why), None))
    }

    fn fresh(&self, shown: i64) -> Result<(), Refused> {
        if self.version == shown { Ok(()) } else { Err(Refused::Stale) }
    }

    fn put(self, ctx: &Ctx, kind: EventKind, why: Option<Text>, edition: Option<Edition>) -> Changes {
        let subject = Subject { noun: Noun::Content, id: self.id.into() };
        Changes::one(ctx, kind, subject, why, Write::Content(Box::new(self), edition.map(Box::new)))
    }
}

impl Draft {
    fn of(ctx: &Ctx, words: Words, mut writers: BTreeMap<UserId, Line>) -> Self {
        if let Some(staff) = ctx.actor.staff() {
            writers.insert(staff.user, staff.name.clone());
        }
        Self { words, writers, submitted_at: None, returned: None }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
