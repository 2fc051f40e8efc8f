//! A county's rules over time: the edition in force, the draft being written, and every edition before.
//!
//! A content editor writes; a senior or a service manager who did not write it signs it off, after every test case has
//! passed and a dry run of exactly this draft has been looked at. Two editors at once: the second is told, and loses no word.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Case, DryRun, Mistake, Rule, RuleId, RuleSet};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{RulebookId, UserId};
use crate::refused::Refused;
use crate::value::{Line, Text};

/// An edition that is, or was, in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edition {
    /// Counted from 1; 0 is what came with the software.
    pub number: u32,
    /// Its rules and test cases.
    pub rules: RuleSet,
    /// Who wrote it.
    pub writers: BTreeMap<UserId, Line>,
    /// Who signed it off, by account and by name; nobody did where it came with the software.
    pub signed_by: Option<(UserId, Line)>,
    /// Since when; none where it came with the software.
    pub signed_at: Option<Timestamp>,
    /// The edition it brought back, if it did.
    pub back_to: Option<u32>,
    /// Why, in the words of whoever signed it.
    pub why: Option<Text>,
}

impl Edition {
    /// What came with the software.
    pub fn built_in(rules: RuleSet) -> Self {
        Self {
            number: 0,
            rules,
            writers: BTreeMap::new(),
            signed_by: None,
            signed_at: None,
            back_to: None,
            why: None,
        }
    }
}

/// What is being written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// Its rules and test cases.
    pub rules: RuleSet,
    /// The edition it began from.
    pub from: u32,
    /// Everybody who wrote in it: none of them signs it off.
    pub writers: BTreeMap<UserId, Line>,
    /// Counts its changes over all drafts: a dry run counts for one state of one draft.
    pub edits: u64,
    /// Whether it waits to be signed off, and since when.
    pub submitted_at: Option<Timestamp>,
    /// Why it came back, in the words of whoever read it.
    pub returned: Option<Text>,
}

/// Where a county's rules are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Nothing is being written.
    InForce,
    /// Somebody writes.
    Draft,
    /// A draft waits to be signed off.
    Submitted,
}

impl Stage {
    /// The message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
        }
    }
}

/// A county's rules.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rulebook {
    /// Its id: the county's own.
    pub id: RulebookId,
    /// Counts every change; a form carries the one it showed.
    pub version: i64,
    /// What is in force.
    pub live: Edition,
    /// What is being written.
    pub draft: Option<Draft>,
    /// How many editions there have been, besides what came with the software.
    pub editions: u32,
    /// How often a draft was changed.
    pub edits: u64,
}

impl Rulebook {
    /// The rules of a county that has never written any: what came with the software is in force.
    pub fn new(tenant: Uuid, live: Edition) -> Self {
        Self { id: RulebookId(tenant), version: 0, live, draft: None, editions: 0, edits: 0 }
    }

    /// Where it is.
    pub fn stage(&self) -> Stage {
        match &self.draft {
            None => Stage::InForce,
            Some(draft) if draft.submitted_at.is_some() => Stage::Submitted,
            Some(_) => Stage::Draft,
        }
    }

    /// Begins a draft from an edition.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] while there is a draft.
    pub fn begin(mut self, ctx: &Ctx, shown: i64, from: Edition) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        if self.draft.is_some() {
            return Err(Refused::NotFromHere);
        }
        let draft = Draft {
            rules: from.rules,
            from: from.number,
            writers: BTreeMap::new(),
            edits: 0,
            submitted_at: None,
            returned: None,
        };
        self.draft = Some(draft);
        self.edited(ctx)
    }

    /// Writes a rule: in the place of the one with its id, or as the last.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] without a draft.
    pub fn put_rule(mut self, ctx: &Ctx, shown: i64, rule: Rule) -> Result<Changes, Refused> {
        let rules = &mut self.open(shown)?.rules.rules;
        match rules.iter_mut().find(|known| known.id == rule.id) {
            Some(known) => *known = rule,
            None => rules.push(rule),
        }
        self.edited(ctx)
    }

    /// Takes a rule away. Test cases that expect it fail from now on, until somebody changes them.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`]; [`Refused::NoSuchPart`].
    pub fn remove_rule(mut self, ctx: &Ctx, shown: i64, id: &RuleId) -> Result<Changes, Refused> {
        let rules = &mut self.open(shown)?.rules.rules;
        let before = rules.len();
        rules.retain(|rule| rule.id != *id);
        if rules.len() == before {
            return Err(Refused::NoSuchPart);
        }
        self.edited(ctx)
    }

    /// Moves a rule one place up or down: suggestions are shown in this order.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`]; [`Refused::NoSuchPart`] also where there is no place to go.
    pub fn move_rule(mut self, ctx: &Ctx, shown: i64, id: &RuleId, up: bool) -> Result<Changes, Refused> {
        let rules = &mut self.open(shown)?.rules.rules;
        let place = rules.iter().position(|rule| rule.id == *id).ok_or(Refused::NoSuchPart)?;
        let to = if up { place.checked_sub(1) } else { Some(place + 1) };
        let to = to.filter(|to| *to < rules.len()).ok_or(Refused::NoSuchPart)?;
        rules.swap(place, to);
        self.edited(ctx)
    }

    /// Writes a test case: in the place of the one with its id, or as the last.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] without a draft.
    pub fn put_case(mut self, ctx: &Ctx, shown: i64, case: Case) -> Result<Changes, Refused> {
        let cases = &mut self.open(shown)?.rules.cases;
        match cases.iter_mut().find(|known| known.id == case.id) {
            Some(known) => *known = case,
            None => cases.push(case),
        }
        self.edited(ctx)
    }

    /// Takes a test case away.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`]; [`Refused::NoSuchPart`].
    pub fn remove_case(mut self, ctx: &Ctx, shown: i64, id: &RuleId) -> Result<Changes, Refused> {
        let cases = &mut self.open(shown)?.rules.cases;
        let before = cases.len();
        cases.retain(|case| case.id != *id);
        if cases.len() == before {
            return Err(Refused::NoSuchPart);
        }
        self.edited(ctx)
    }

    /// Throws the draft away.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] without a draft.
    pub fn drop_draft(mut self, ctx: &Ctx, shown: i64) -> Result<Changes, Refused> {
        self.open(shown)?;
        self.draft = None;
        Ok(self.put(ctx, EventKind::RulesDropped, None, None))
    }

    /// Asks what the draft would have suggested for `total` referrals of the last ninety days.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] without a draft.
    pub fn dry_run(mut self, ctx: &Ctx, shown: i64, total: u64) -> Result<Changes, Refused> {
        let edits = self.open(shown)?.edits;
        Ok(DryRun::begin(ctx, (self.id, edits, self.live.number), total))
    }

    /// Whether a dry run says what this draft would do, against what is in force now.
    pub fn is_answered_by(&self, run: &DryRun) -> bool {
        let draft = self.draft.as_ref();
        run.is_finished()
            && draft.is_some_and(|draft| draft.edits == run.edits)
            && run.live == self.live.number
    }

    /// Hands it in to be signed off.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`]; [`Refused::RulesWrong`] while anything is wrong;
    /// [`Refused::DryRunNeeded`] without a dry run of this draft.
    pub fn submit(mut self, ctx: &Ctx, shown: i64, run: Option<&DryRun>) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        self.ready(run)?;
        let draft = self.draft.as_mut().filter(|draft| draft.submitted_at.is_none());
        draft.ok_or(Refused::NotFromHere)?.submitted_at = Some(ctx.now);
        Ok(self.put(ctx, EventKind::RulesSubmitted, None, None))
    }

    /// Signs it off: from now on it suggests.
    ///
    /// # Errors
    /// As [`Rulebook::submit`]; [`Refused::OwnApproval`] for anybody who wrote in it.
    pub fn sign_off(
        mut self,
        ctx: &Ctx,
        shown: i64,
        run: Option<&DryRun>,
        why: Text,
    ) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        if self.stage() != Stage::Submitted {
            return Err(Refused::NotFromHere);
        }
        let signer = ctx.actor.staff().ok_or(Refused::SeniorOnly)?;
        let wrote = |draft: &Draft| draft.writers.contains_key(&signer.user);
        if self.draft.as_ref().is_some_and(wrote) {
            return Err(Refused::OwnApproval);
        }
        self.ready(run)?;
        let draft = self.draft.take().ok_or(Refused::NotFromHere)?;
        let edition = Edition {
            number: self.editions + 1,
            rules: draft.rules,
            writers: draft.writers,
            signed_by: Some((signer.user, signer.name.clone())),
            signed_at: Some(ctx.now),
            back_to: None,
            why: Some(why.clone()),
        };
        Ok(self.in_force(ctx, (EventKind::RulesSignedOff, why), edition))
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
        Ok(self.put(ctx, EventKind::RulesGivenBack, Some(why), None))
    }

    /// Brings back an edition that was in force before, at once: it was signed off then, and something is wrong now. A draft
    /// stays; its dry run no longer counts.
    ///
    /// # Errors
    /// [`Refused::Stale`]; [`Refused::NotFromHere`] for the edition in force itself.
    pub fn go_back(self, ctx: &Ctx, shown: i64, to: Edition, why: Text) -> Result<Changes, Refused> {
        self.fresh(shown)?;
        if to.number == self.live.number {
            return Err(Refused::NotFromHere);
        }
        let signer = ctx.actor.staff().ok_or(Refused::SeniorOnly)?;
        let edition = Edition {
            number: self.editions + 1,
            signed_by: Some((signer.user, signer.name.clone())),
            signed_at: Some(ctx.now),
            back_to: Some(to.number),
            why: Some(why.clone()),
            ..to
        };
        Ok(self.in_force(ctx, (EventKind::RulesWentBack, why), edition))
    }

    /// Everything that keeps the draft from being signed off.
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.draft.as_ref().map(|draft| draft.rules.mistakes()).unwrap_or_default()
    }

    fn ready(&self, run: Option<&DryRun>) -> Result<(), Refused> {
        if !self.mistakes().is_empty() {
            return Err(Refused::RulesWrong);
        }
        if run.is_some_and(|run| self.is_answered_by(run)) { Ok(()) } else { Err(Refused::DryRunNeeded) }
    }

    fn fresh(&self, shown: i64) -> Result<(), Refused> {
        if self.version == shown { Ok(()) } else { Err(Refused::Stale) }
    }

    fn open(&mut self, shown: i64) -> Result<&mut Draft, Refused> {
        self.fresh(shown)?;
        self.draft.as_mut().ok_or(Refused::NotFromHere)
    }

    /// The draft changed: who signs it reads it anew.
    fn edited(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        self.edits += 1;
        let edits = self.edits;
        let draft = self.draft.as_mut().ok_or(Refused::NotFromHere)?;
        draft.edits = edits;
        draft.submitted_at = None;
        if let Some(staff) = ctx.actor.staff() {
            draft.writers.insert(staff.user, staff.name.clone());
        }
        Ok(self.put(ctx, EventKind::RulesSaved, None, None))
    }

    fn in_force(mut self, ctx: &Ctx, (kind, why): (EventKind, Text), edition: Edition) -> Changes {
        self.editions = edition.number;
        self.live = edition.clone();
        self.put(ctx, kind, Some(why), Some(edition))
    }

    fn put(self, ctx: &Ctx, kind: EventKind, why: Option<Text>, edition: Option<Edition>) -> Changes {
        let subject = Subject { noun: Noun::Rules, id: self.id.into() };
        Changes::one(ctx, kind, subject, why, Write::Rules(Box::new(self), edition.map(Box::new)))
    }
}
