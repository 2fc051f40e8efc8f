//! Back to the practice: whoever is given advice and allows it has a copy go to their GP, and somebody there says that they
//! have read it. Asked once, reminded once, then a human rings; the person waits for none of it (seed 36).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Referral;
use crate::actor::{Actor, Author, Ctx};
use crate::change::{Changes, EventKind};
use crate::county::County;
use crate::guest::LinkStands;
use crate::handover::Answered;
use crate::ids::NoticeId;
use crate::notice::{Message, Party, Route};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::{Line, Text};

/// What became of asking a practice whether it has read the letter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GpReceipt {
    /// The letter.
    pub notice: NoticeId,
    /// The practice.
    pub practice: Line,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was asked again.
    pub reminded_at: Option<Timestamp>,
    /// What came of it.
    pub answer: Option<GpAnswer>,
}

/// What came of asking.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum GpAnswer {
    /// A named person there has read it.
    Read {
        /// Who, and how we know.
        answered: Answered,
        /// When.
        at: Timestamp,
    },
    /// Nobody says so, for this reason.
    Excused {
        /// The reason.
        why: Text,
        /// Who gave it.
        by: Author,
        /// When.
        at: Timestamp,
    },
}

impl Referral {
    /// What became of asking the practice, if it was asked.
    pub fn gp_receipt(&self) -> Option<&GpReceipt> {
        self.head.gp_receipt.as_ref()
    }

    /// The practice got the letter of advice: somebody there says that they read it, in the county's time.
    pub(super) fn ask_receipt(&mut self, ctx: &Ctx, practice: Line, county: &County) {
        let Some(notice) = self.notices.last().map(|notice| notice.id) else { return };
        let receipt = GpReceipt { notice, practice, asked_at: ctx.now, reminded_at: None, answer: None };
        self.head.edit().gp_receipt = Some(receipt);
        let due = county.calendar.add_working_days(ctx.now, county.handover.receipt_days.into());
        self.add_task_of(ctx, self.head.spoa, TaskKind::GpReceipt, due);
    }

    /// Its time has passed: a reminder goes to the practice, once; from now on it is on the overdue list, and somebody rings.
    pub(super) fn remind_gp(&mut self, ctx: &Ctx) {
        let waits = self.head.gp_receipt.as_ref();
        let Some(receipt) = waits.filter(|it| it.answer.is_none() && it.reminded_at.is_none()) else {
            return;
        };
        let to = Text::from(receipt.practice.clone());
        if let Some(receipt) = self.head.edit().gp_receipt.as_mut() {
            receipt.reminded_at = Some(ctx.now);
        }
        let message = Message::GpReminder { reference: self.head.reference.clone() };
        self.add_notice(ctx, Party::Gp, Route::Letter { to }, message);
    }

    /// Somebody of the practice has read it, or there is a reason why nobody says so.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when nobody is asked; [`Refused::LinkSpent`] for another letter's link.
    pub fn answer_gp(mut self, ctx: &Ctx, answer: GpAnswer) -> Result<Changes, Refused> {
        self.step(EventKind::GpAnswered)?;
        if let Actor::Guest(guest) = &ctx.actor {
            let own = self.head.gp_receipt.as_ref().is_some_and(|it| it.notice.0 == guest.errand.about());
            if !own {
                return Err(Refused::LinkSpent);
            }
        }
        let why = match &answer {
            GpAnswer::Read { .. } => None,
            GpAnswer::Excused { why, .. } => Some(why.clone()),
        };
        let Some(receipt) = self.head.edit().gp_receipt.as_mut() else { return Err(Refused::NotFromHere) };
        receipt.answer = Some(answer);
        self.end_tasks(ctx, &[TaskKind::GpReceipt]);
        Ok(self.finish(ctx, &[(EventKind::GpAnswered, why)]))
    }

    /// Whether the link of a letter can be used: until somebody answered, or something else was decided.
    pub(super) fn receipt_stands(&self, notice: NoticeId) -> Option<(Line, LinkStands)> {
        let receipt = self.gp_receipt().filter(|receipt| receipt.notice == notice)?;
        let stands = match &receipt.answer {
            None if self.has_open(TaskKind::GpReceipt) => LinkStands::Good,
            None => LinkStands::Over,
            Some(GpAnswer::Read { answered, at }) => {
                LinkStands::Done { by: answered.by().unwrap_or(&receipt.practice).clone(), at: *at }
            }
            Some(GpAnswer::Excused { at, .. }) => LinkStands::Done { by: receipt.practice.clone(), at: *at },
        };
        Some((receipt.practice.clone(), stands))
    }
}
