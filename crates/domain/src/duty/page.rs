//! One call for the duty person, climbing the ladder until somebody acknowledges it by name.
//!
//! It never ends by itself: on the last rung it is repeated for as long as nobody answers.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Cover, Rung};
use crate::ids::{PageId, UserId};
use crate::value::Line;

/// One call for the duty person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// Its id.
    pub id: PageId,
    /// When it began.
    pub opened_at: Timestamp,
    /// Who is rung, in order.
    pub ladder: Vec<Rung>,
    /// Which of them is being rung.
    pub at_rung: usize,
    /// Since when (or since when again, on the last rung).
    pub rung_since: Timestamp,
    /// How often the last rung has been rung again.
    pub repeats: u32,
    /// Who has it.
    pub acknowledged: Option<Acknowledged>,
    /// Minutes before the next step; at least one.
    pub step_minutes: u16,
}

/// Who took a call, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Acknowledged {
    /// The account.
    pub by: UserId,
    /// The name as others see it.
    pub name: Line,
    /// When.
    pub at: Timestamp,
}

/// It is too early for the next step, or somebody has the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not-due")]
pub struct NotDue {
    /// When the next step is due; none once acknowledged.
    pub next: Option<Timestamp>,
}

/// Somebody else was first; who and when, to be shown.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("already-acknowledged")]
pub struct AlreadyAcknowledged {
    /// The one who has it.
    pub by: UserId,
    /// Their name.
    pub name: Line,
    /// Since when.
    pub at: Timestamp,
}

impl Page {
    /// Begins a call. Where nobody is on duty the crisis line is rung.
    pub fn open(id: PageId, cover: &Cover, at: Timestamp, step_minutes: u16) -> Self {
        let ladder = match cover {
            Cover::Staffed { ladder } if !ladder.is_empty() => ladder.clone(),
            Cover::Staffed { .. } | Cover::Unstaffed { .. } => vec![Rung::CrisisLine],
        };
        Self {
            id,
            opened_at: at,
            ladder,
            at_rung: 0,
            rung_since: at,
            repeats: 0,
            acknowledged: None,
            step_minutes: step_minutes.max(1),
        }
    }

    /// Who is being rung.
    pub fn paged_now(&self) -> &Rung {
        self.ladder.get(self.at_rung).or(self.ladder.last()).unwrap_or(&Rung::CrisisLine)
    }

    /// When the next step is due; none once somebody has the call.
    pub fn next_step_at(&self) -> Option<Timestamp> {
        let step = SignedDuration::from_mins(i64::from(self.step_minutes.max(1)));
        match self.acknowledged {
            Some(_) => None,
            None => Some(self.rung_since.checked_add(step).unwrap_or(Timestamp::MAX)),
        }
    }

    /// Nobody has answered in time: the next rung, or the last one again. A late worker skips
    /// nobody: each rung has its full time from when it is really rung.
    pub fn escalate(self, now: Timestamp) -> Result<Self, NotDue> {
        let next = self.next_step_at();
        if next.is_none_or(|due| now < due) {
            return Err(NotDue { next });
        }
        let is_last = self.at_rung + 1 >= self.ladder.len();
        Ok(if is_last {
            Self { repeats: self.repeats.saturating_add(1), rung_since: now, ..self }
        } else {
            Self { at_rung: self.at_rung + 1, rung_since: now, ..self }
        })
    }

    /// A call that only reached the crisis line is put to the duty person once there is one. Any
    /// other call, and any cover that is no cover, leaves it as it is.
    #[must_use]
    pub fn staffed_again(self, cover: &Cover, now: Timestamp) -> Self {
        match cover {
            Cover::Staffed { ladder } if self.waits_for_staff() && !ladder.is_empty() => {
                Self { ladder: ladder.clone(), at_rung: 0, rung_since: now, repeats: 0, ..self }
            }
            Cover::Staffed { .. } | Cover::Unstaffed { .. } => self,
        }
    }

    /// Somebody says "I have it". The first one has it.
    pub fn acknowledge(self, by: UserId, name: Line, at: Timestamp) -> Result<Self, AlreadyAcknowledged> {
        match self.acknowledged {
            None => Ok(Self { acknowledged: Some(Acknowledged { by, name, at }), ..self }),
            Some(Acknowledged { by, name, at }) => Err(AlreadyAcknowledged { by, name, at }),
        }
    }

    fn waits_for_staff(&self) -> bool {
        self.acknowledged.is_none() && *self.paged_now() == Rung::CrisisLine
    }
}
