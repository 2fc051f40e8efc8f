//! Taking in a feed: begun, gone on with, finished. What was taken lies aside until the whole feed has been read; then the
//! directory changes at once.
//!
//! The position is kept with every batch, so that an import that was cut goes on where it stopped.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::read::{Broken, Mistake};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{ImportId, ServiceId};
use crate::refused::Refused;
use crate::value::Line;

/// How far an import has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Position {
    /// The page that is being read, counted from 1; 1 for a file.
    pub page: u32,
    /// Records of it that were taken or refused.
    pub in_page: u64,
    /// Records of the whole feed that were taken or refused.
    pub records: u64,
}

/// What became of the services when an import was finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// Not known here before.
    pub added: u64,
    /// Different from what was known.
    pub changed: u64,
    /// The same as what was known.
    pub same: u64,
    /// Changed in the feed, while people read what an editor here wrote.
    pub kept: u64,
    /// Not in the feed any more.
    pub retired: u64,
}

/// Why services that are not in the feed were left as they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotRetired {
    /// The feed did not hold as many records as it said, or said different numbers.
    Unsteady,
    /// More than half of its services would go at once.
    TooMany,
}

/// One import of one feed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Counts every batch.
    pub version: i64,
    /// The name of the feed: its services are known by it.
    pub feed: Line,
    /// What the file held, as a hash; none for an address.
    pub digest: Option<String>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was finished or given up.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub at: Position,
    /// How many records the feed says it has.
    pub told: Option<u64>,
    /// Whether the feed has said the same number on every page.
    pub steady: bool,
    /// Records that were taken.
    pub taken: u64,
    /// Records that were not.
    pub broken: u64,
    /// What came of it; none while it runs, and of one that was given up.
    pub outcome: Option<Outcome>,
    /// Why nothing was retired.
    pub not_retired: Option<NotRetired>,
}

/// A record that was not taken, for whoever looks after the feed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// Which record of the feed, counted from 1.
    pub position: u64,
    /// On which page.
    pub page: u32,
    /// Which service, where that could be read.
    pub id: Option<ServiceId>,
    /// Everything that is wrong with it.
    pub mistakes: Vec<Mistake>,
}

/// Some records that were read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Batch {
    /// Those that are whole, with their position.
    pub entries: Vec<(u64, ServiceId, Entry)>,
    /// Those that are not.
    pub problems: Vec<Problem>,
    /// Where the reading is after them.
    pub at: Position,
}

impl Batch {
    /// The most records of one batch.
    pub const MOST: usize = 500;

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.entries.len() + self.problems.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the next record.
    pub fn push(&mut self, record: Result<(ServiceId, Entry), Broken>) {
        self.at.records += 1;
        self.at.in_page += 1;
        match record {
            Ok((id, entry)) => self.entries.push((self.at.records, id, entry)),
            Err(Broken { id, mistakes }) => {
                self.problems.push(Problem { position: self.at.records, page: self.at.page, id, mistakes });
            }
        }
    }

    /// Turns whatever `wrong` says something of into a problem.
    pub fn refuse(&mut self, wrong: impl Fn(ServiceId) -> Option<Mistake>) {
        let page = self.at.page;
        let (whole, broken): (Vec<_>, Vec<_>) = self
            .entries
            .drain(..)
            .map(|(at, id, entry)| (at, id, entry, wrong(id)))
            .partition(|it| it.3.is_none());
        self.entries = whole.into_iter().map(|(at, id, entry, _)| (at, id, entry)).collect();
        self.problems.extend(broken.into_iter().map(|(position, id, _, mistake)| Problem {
            position,
            page,
            id: Some(id),
            mistakes: mistake.into_iter().collect(),
        }));
        self.problems.sort_by_key(|problem| problem.position);
    }
}

impl Import {
    /// Begins one.
    pub fn begin(ctx: &Ctx, id: ImportId, feed: Line, digest: Option<String>) -> (Self, Changes) {
        let import = Self {
            id,
            version: 0,
            feed,
            digest,
            began_at: ctx.now,
            ended_at: None,
            at: Position { page: 1, in_page: 0, records: 0 },
            told: None,
            steady: true,
            taken: 0,
            broken: 0,
            outcome: None,
            not_retired: None,
        };
        let changes = import.clone().put(ctx, EventKind::ImportBegan);
        (Self { version: 1, ..import }, changes)
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it is gone on with: it runs, it is of the same file, and what lies aside is not a day old.
    pub fn goes_on(&self, ctx: &Ctx, digest: Option<&str>) -> bool {
        let age = ctx.now.duration_since(self.began_at);
        self.is_running() && self.digest.as_deref() == digest && age < SignedDuration::from_hours(24)
    }

    /// A page began, and said how many records the feed has.
    pub fn page(&mut self, number: u32, told: Option<u64>) {
        if self.told.is_some() && told != self.told {
            self.steady = false;
        }
        self.told = told.or(self.told);
        if number != self.at.page {
            self.at = Position { page: number, in_page: 0, records: self.at.records };
        }
    }

    /// Lays a batch aside.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when it has ended.
    pub fn take(&mut self, ctx: &Ctx, batch: Batch) -> Result<Changes, Refused> {
        if !self.is_running() {
            return Err(Refused::NotFromHere);
        }
        self.at = batch.at;
        self.taken += u64::try_from(batch.entries.len()).unwrap_or(u64::MAX);
        self.broken += u64::try_from(batch.problems.len()).unwrap_or(u64::MAX);
        let subject = Subject { noun: Noun::Import, id: self.id.into() };
        let write = Write::ImportBatch(Box::new(self.clone()), Box::new(batch));
        self.version += 1;
        Ok(Changes::one(ctx, EventKind::ImportWentOn, subject, None, write))
    }

    /// Finishes it: the directory becomes what was laid aside, in one piece.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when it has ended.
    pub fn finish(mut self, ctx: &Ctx, retire_many: bool) -> Result<Changes, Refused> {
        if !self.is_running() {
            return Err(Refused::NotFromHere);
        }
        self.ended_at = Some(ctx.now);
        let all = self.told.is_none_or(|told| told == self.at.records);
        self.not_retired = (!self.steady || !all).then_some(NotRetired::Unsteady);
        let subject = Subject { noun: Noun::Import, id: self.id.into() };
        let write = Write::ImportFinished(Box::new(self), retire_many);
        Ok(Changes::one(ctx, EventKind::ImportFinished, subject, None, write))
    }

    /// Gives it up: what was laid aside is dropped, and the directory stays as it is.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when it has ended.
    pub fn give_up(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        if !self.is_running() {
            return Err(Refused::NotFromHere);
        }
        self.ended_at = Some(ctx.now);
        Ok(self.put(ctx, EventKind::ImportGivenUp))
    }

    /// Whether so many of so many services of the feed may go at once.
    pub fn may_retire(going: u64, of: u64, retire_many: bool) -> bool {
        // A handful is no accident of a page.
        retire_many || going <= 20 || going * 2 <= of
    }

    fn put(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = Subject { noun: Noun::Import, id: self.id.into() };
        Changes::one(ctx, kind, subject, None, Write::Import(Box::new(self)))
    }
}
