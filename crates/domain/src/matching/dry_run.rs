//! A dry run: what a draft would have suggested for the referrals of the last ninety days, against the edition in force.
//! Counts only: which suggestions would be new, gone or the same. No person, no reference, and nothing under five.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Picture, RuleId, RuleSet};
use crate::actor::{Author, Ctx};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{DryRunId, ReferralId, RulebookId};
use crate::refused::Refused;

/// How far it looks back.
const DAYS: i64 = 90;
/// A count under this is not shown.
const LEAST: u64 = 5;

/// A count as it may be shown: none below five, except nought.
pub fn shown_count(count: u64) -> Option<u64> {
    (count == 0 || count >= LEAST).then_some(count)
}

/// How many suggestions of one rule would change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Suggested by the draft only.
    pub new: u64,
    /// Suggested by the edition in force only.
    pub gone: u64,
    /// Suggested by both.
    pub same: u64,
}

/// What was compared so far.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Compared {
    /// How many referrals were looked at.
    pub seen: u64,
    /// For how many of them the suggestions would differ.
    pub differ: u64,
    /// How many of them neither suggests anything for.
    pub nothing: u64,
    /// Rule by rule.
    pub rules: BTreeMap<RuleId, Counts>,
}

impl Compared {
    /// One more referral.
    pub fn add(&mut self, picture: &Picture, draft: &RuleSet, live: &RuleSet) {
        let of = |rules: &RuleSet| -> BTreeSet<RuleId> {
            rules.suggest(picture).suggestions.into_iter().map(|one| one.rule).collect()
        };
        let (new, old) = (of(draft), of(live));
        self.seen += 1;
        self.differ += u64::from(new != old);
        self.nothing += u64::from(new.is_empty() && old.is_empty());
        for rule in new.union(&old) {
            let counts = self.rules.entry(rule.clone()).or_default();
            match (new.contains(rule), old.contains(rule)) {
                (true, true) => counts.same += 1,
                (true, false) => counts.new += 1,
                (false, _) => counts.gone += 1,
            }
        }
    }
}

/// Where a dry run is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum DryRunState {
    /// On its way: the last referral that was looked at, by when it arrived.
    Running {
        /// Where it goes on.
        after: Option<(Timestamp, ReferralId)>,
    },
    /// Everything was looked at.
    Finished {
        /// When.
        at: Timestamp,
    },
    /// The draft, or what is in force, changed meanwhile: nobody needs the answer any more.
    GivenUp {
        /// When.
        at: Timestamp,
    },
}

/// One dry run of one state of a draft.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DryRun {
    /// Its id.
    pub id: DryRunId,
    /// Whose draft.
    pub book: RulebookId,
    /// Which state of the draft.
    pub edits: u64,
    /// The edition it is compared with.
    pub live: u32,
    /// Who asked for it.
    pub by: Author,
    /// When.
    pub began_at: Timestamp,
    /// Referrals that arrived from here on.
    pub since: Timestamp,
    /// How many referrals there were to look at.
    pub total: u64,
    /// What was found so far.
    pub compared: Compared,
    /// Where it is.
    pub state: DryRunState,
}

impl DryRun {
    /// A new one.
    pub(super) fn begin(ctx: &Ctx, (book, edits, live): (RulebookId, u64, u32), total: u64) -> Changes {
        let since = Self::looks_back_to(ctx.now);
        let run = Self {
            id: ctx.new_id(),
            book,
            edits,
            live,
            by: ctx.actor.author(),
            began_at: ctx.now,
            since,
            total,
            compared: Compared::default(),
            state: DryRunState::Running { after: None },
        };
        run.put(ctx, EventKind::DryRunBegan)
    }

    /// From when on referrals are looked at.
    pub fn looks_back_to(now: Timestamp) -> Timestamp {
        now.saturating_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now)
    }

    /// Whether everything was looked at.
    pub fn is_finished(&self) -> bool {
        matches!(self.state, DryRunState::Finished { .. })
    }

    /// Whether there is more to look at.
    pub fn is_running(&self) -> bool {
        matches!(self.state, DryRunState::Running { .. })
    }

    /// Some more referrals were looked at, in the order in which they arrived; with the last of them it is finished.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once it has ended.
    pub fn go_on(
        mut self,
        ctx: &Ctx,
        compared: Compared,
        after: Option<(Timestamp, ReferralId)>,
    ) -> Result<Changes, Refused> {
        if !self.is_running() {
            return Err(Refused::NotFromHere);
        }
        self.compared = compared;
        let (state, kind) = match after {
            Some(after) => (DryRunState::Running { after: Some(after) }, EventKind::DryRunWentOn),
            None => (DryRunState::Finished { at: ctx.now }, EventKind::DryRunFinished),
        };
        self.state = state;
        Ok(self.put(ctx, kind))
    }

    /// A draft that changed, or rules that changed under it: nobody needs the answer any more.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once it has ended.
    pub fn give_up(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        if !self.is_running() {
            return Err(Refused::NotFromHere);
        }
        self.state = DryRunState::GivenUp { at: ctx.now };
        Ok(self.put(ctx, EventKind::DryRunFinished))
    }

    fn put(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = Subject { noun: Noun::Rules, id: self.book.into() };
        Changes::one(ctx, kind, subject, None, Write::DryRun(Box::new(self)))
    }
}
