//! The directory: services of the county and around it to which somebody can be pointed or handed over.
//!
//! A service comes from a feed in the published format (Open Referral UK 3), or somebody here wrote it, or both: then people
//! read what was written here, and the next import leaves it alone. Each says when somebody last made sure that it is right.
//! Nothing is deleted: a referral may name what has ended. Must not know how a feed is fetched, or how a page looks.

pub mod entry;
mod import;
pub mod keys;
pub mod near;
pub mod pieces;
pub mod raw;
pub mod read;
pub mod schedule;
mod week;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::actor::Ctx;
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::ServiceId;
use crate::refused::Refused;
use crate::value::{Line, Text};

pub use entry::Entry;
pub use import::{Batch, Import, NotRetired, Outcome, Position, Problem};
pub use keys::Search;

#[cfg(test)]
mod tests;

/// What the last import said of a service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FromFeed {
    /// The name of the feed.
    pub feed: Line,
    /// What it says.
    pub entry: Entry,
    /// When an import last found it different.
    pub changed_at: Timestamp,
}

/// What an editor here wrote of a service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Here {
    /// What they wrote.
    pub entry: Entry,
    /// Who.
    pub by: Line,
    /// When.
    pub at: Timestamp,
}

/// Who says what people read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "a page of them is held at most")]
pub enum Said {
    /// The feed alone.
    Feed(FromFeed),
    /// Somebody here alone.
    Here(Here),
    /// Both; people read what was written here.
    Both(FromFeed, Here),
}

/// Where a service comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// A feed.
    Feed,
    /// Somebody here wrote it.
    Here,
    /// A feed, and somebody here changed it.
    Both,
}

impl Origin {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Here => "here",
            Self::Both => "both",
        }
    }
}

/// Somebody made sure that what stands there is right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Review {
    /// On which day.
    pub on: Date,
    /// Who: a person's name, or the feed's.
    pub by: Line,
    /// Until when that holds.
    pub due: Date,
}

impl Review {
    /// Whether somebody must ask there again.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due < today
    }
}

/// Why nobody is pointed to a service any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// An import did not find it.
    NotInFeed,
    /// An editor took it away, and said why.
    Said(Text, Line),
}

/// It is not listed any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retired {
    /// Since when.
    pub on: Date,
    /// Why.
    pub why: Why,
}

/// Whether a service is found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Listing {
    /// It is.
    Live,
    /// It says itself that it is not there: inactive or defunct.
    Off,
    /// It was retired.
    Retired,
}

impl Listing {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Off => "off",
            Self::Retired => "retired",
        }
    }
}

/// One service of the directory.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its id: the feed's, or ours.
    pub id: ServiceId,
    /// Counts every change; a form carries the one it showed.
    pub version: i64,
    /// What is said of it, and by whom.
    pub said: Said,
    /// The last time an editor here made sure.
    pub reviewed: Option<Review>,
    /// Whether it has gone.
    pub retired: Option<Retired>,
}

/// What an import makes of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Taken {
    /// Nothing changed.
    Same,
    /// People read what the feed says now.
    Changed(Box<Service>),
    /// The feed changed, and people read on what was written here.
    Kept(Box<Service>),
}

impl Service {
    /// The longest a review holds, in days.
    pub const REVIEW_DAYS: i32 = 366;
    /// How long a feed's own assurance counts, in days.
    pub const ASSURED_DAYS: i32 = 183;

    /// What people read.
    pub fn entry(&self) -> &Entry {
        match &self.said {
            Said::Feed(feed) => &feed.entry,
            Said::Here(here) | Said::Both(_, here) => &here.entry,
        }
    }

    /// What the feed says, where there is one.
    pub fn feed(&self) -> Option<&FromFeed> {
        match &self.said {
            Said::Feed(feed) | Said::Both(feed, _) => Some(feed),
            Said::Here(_) => None,
        }
    }

    /// What was written here, where somebody did.
    pub fn here(&self) -> Option<&Here> {
        match &self.said {
            Said::Here(here) | Said::Both(_, here) => Some(here),
            Said::Feed(_) => None,
        }
    }

    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        match self.said {
            Said::Feed(_) => Origin::Feed,
            Said::Here(_) => Origin::Here,
            Said::Both(..) => Origin::Both,
        }
    }

    /// Whether it is found.
    pub fn listing(&self) -> Listing {
        match (&self.retired, self.entry().status.is_listed()) {
            (Some(_), _) => Listing::Retired,
            (None, true) => Listing::Live,
            (None, false) => Listing::Off,
        }
    }

    /// The last time anybody made sure that what people read is right: an editor here, or the feed about its own words.
    pub fn checked(&self) -> Option<Review> {
        let assured = match &self.said {
            Said::Feed(feed) => feed.entry.assured_date.map(|on| Review {
                on,
                by: feed.feed.clone(),
                due: on.saturating_add(Self::ASSURED_DAYS.days()),
            }),
            Said::Here(_) | Said::Both(..) => None,
        };
        self.reviewed.clone().into_iter().chain(assured).max_by_key(|review| review.on)
    }

    /// The day after which it may be out of date; the first of all days where nobody ever made sure.
    pub fn review_due(&self) -> Date {
        self.checked().map_or(Date::constant(1, 1, 1), |review| review.due)
    }

    /// Whether it may be out of date.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.review_due() < today
    }

    /// The feed said something else after the words that people read were written here.
    pub fn feed_moved_on(&self) -> bool {
        match &self.said {
            Said::Both(feed, here) => feed.changed_at > here.at,
            Said::Feed(_) | Said::Here(_) => false,
        }
    }
}

/// Who acts, by name.
fn name(ctx: &Ctx) -> Result<Line, Refused> {
    ctx.actor.staff().map(|staff| staff.name.clone()).ok_or(Refused::NotFromHere)
}

fn review(ctx: &Ctx, due: Date) -> Result<Review, Refused> {
    let today = local_date(ctx.now);
    let latest = today.saturating_add(Service::REVIEW_DAYS.days());
    if due <= today || due > latest {
        return Err(Refused::DateInPast);
    }
    Ok(Review { on: today, by: name(ctx)?, due })
}

impl Service {
    /// A service that somebody here writes down.
    ///
    /// # Errors
    /// [`Refused::DateInPast`] for a review that ends before it begins or later than it may.
    pub fn write(ctx: &Ctx, id: ServiceId, entry: Entry, due: Date) -> Result<Changes, Refused> {
        let said = Said::Here(Here { entry, by: name(ctx)?, at: ctx.now });
        let service = Self { id, version: 0, said, reviewed: Some(review(ctx, due)?), retired: None };
        Ok(service.put(ctx, EventKind::ServiceSaved, None))
    }

    /// Changes what people read of it. The next import leaves that alone.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::DateInPast`] as for a new one.
    pub fn save(mut self, ctx: &Ctx, shown: i64, entry: Entry, due: Date) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        let here = Here { entry, by: name(ctx)?, at: ctx.now };
        self.reviewed = Some(review(ctx, due)?);
        self.said = match self.said {
            Said::Feed(feed) | Said::Both(feed, _) => Said::Both(feed, here),
            Said::Here(_) => Said::Here(here),
        };
        Ok(self.put(ctx, EventKind::ServiceSaved, None))
    }

    /// Somebody asked there, and everything was right.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] for one that has gone; [`Refused::DateInPast`].
    pub fn check(mut self, ctx: &Ctx, shown: i64, due: Date) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        if self.retired.is_some() {
            return Err(Refused::NotFromHere);
        }
        self.reviewed = Some(review(ctx, due)?);
        Ok(self.put(ctx, EventKind::ServiceChecked, None))
    }

    /// Points nobody to it any more.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] for one that has gone.
    pub fn retire(mut self, ctx: &Ctx, shown: i64, why: Text) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        if self.retired.is_some() {
            return Err(Refused::NotFromHere);
        }
        self.retired = Some(Retired { on: local_date(ctx.now), why: Why::Said(why.clone(), name(ctx)?) });
        Ok(self.put(ctx, EventKind::ServiceRetired, Some(why)))
    }

    /// Lists it again.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] for one that is listed.
    pub fn bring_back(mut self, ctx: &Ctx, shown: i64) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        self.retired.take().ok_or(Refused::NotFromHere)?;
        Ok(self.put(ctx, EventKind::ServiceBroughtBack, None))
    }

    /// Drops what was written here: people read what the feed says again.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] where there is no feed, or nothing was written.
    pub fn follow_feed(mut self, ctx: &Ctx, shown: i64) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        self.said = match self.said {
            Said::Both(feed, _) => Said::Feed(feed),
            Said::Feed(_) | Said::Here(_) => return Err(Refused::NotFromHere),
        };
        // Whoever made sure of the words that are gone made sure of nothing that is left.
        self.reviewed = None;
        Ok(self.put(ctx, EventKind::ServiceFollowsFeed, None))
    }

    fn fresh(&self, shown: i64) -> Result<(), Refused> {
        if self.version == shown { Ok(()) } else { Err(Refused::Stale) }
    }

    fn put(self, ctx: &Ctx, kind: EventKind, why: Option<Text>) -> Changes {
        let subject = Subject { noun: Noun::Service, id: self.id.into() };
        Changes::one(ctx, kind, subject, why, Write::Service(Box::new(self)))
    }
}

/// What an import does, service by service.
impl Service {
    /// A service that nobody here knew.
    pub fn from_feed(id: ServiceId, feed: Line, entry: Entry, now: Timestamp) -> Self {
        let said = Said::Feed(FromFeed { feed, entry, changed_at: now });
        Self { id, version: 0, said, reviewed: None, retired: None }
    }

    /// What the feed says now. One that an import had missed comes back; one that an editor took away stays away.
    pub fn taken(mut self, feed: &Line, entry: Entry, now: Timestamp) -> Taken {
        let returns = matches!(self.retired, Some(Retired { why: Why::NotInFeed, .. }));
        if returns {
            self.retired = None;
        }
        let differs = self.feed().is_none_or(|known| known.entry != entry);
        if !differs && !returns {
            return Taken::Same;
        }
        let fresh = FromFeed { feed: feed.clone(), entry, changed_at: now };
        match self.said {
            Said::Feed(_) => {
                // What an editor made sure of is not what stands there now.
                if differs {
                    self.reviewed = None;
                }
                Taken::Changed(Box::new(Self { said: Said::Feed(fresh), ..self }))
            }
            // One that the feed had dropped, and that stayed because somebody here had changed it, is in the feed again.
            Said::Both(_, here) | Said::Here(here) => {
                Taken::Kept(Box::new(Self { said: Said::Both(fresh, here), ..self }))
            }
        }
    }

    /// The feed does not hold it any more. What was written here stays, and somebody must ask there.
    #[must_use]
    pub fn missed(mut self, now: Timestamp) -> Self {
        let today = local_date(now);
        self.said = match self.said {
            Said::Both(_, here) => {
                let yesterday = today.yesterday().unwrap_or(today);
                let checked = self.reviewed.take();
                self.reviewed = checked.map(|review| Review { due: review.due.min(yesterday), ..review });
                return Self { said: Said::Here(here), ..self };
            }
            said @ (Said::Feed(_) | Said::Here(_)) => said,
        };
        self.retired = Some(Retired { on: today, why: Why::NotInFeed });
        self
    }
}
