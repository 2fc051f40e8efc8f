//! One call for the duty person, climbing the ladder until somebody acknowledges it by name.
//!
//! It never ends by itself: on the last rung it is repeated for as long as nobody answers.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Cover, Rung};
use crate::ids::{PageId, TeamId, UserId};
use crate::value::{Line, Text};

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
    /// Whom the program tried to ring, how, and what came of it.
    #[serde(default)]
    pub calls: Vec<Call>,
}

/// Tries to ring one of a rung by one channel, and what came of it. The same result again counts up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Call {
    /// Which rung.
    pub rung: Rung,
    /// Whom, as colleagues see the name; none for the crisis line, or where nobody could be found to ring.
    pub to: Option<Line>,
    /// By what.
    pub channel: Channel,
    /// When, the last time.
    pub at: Timestamp,
    /// How often.
    pub times: u32,
    /// What came of it.
    pub outcome: Rang,
}

/// By what somebody is rung.
#[derive(Clone, Copy, PartialEq, PartialOrd, Ord, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// An e-mail.
    Email,
    /// A text message.
    Text,
    /// A note in the spool, for a human to ring from.
    Note,
}

/// What came of a try.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "came")]
pub enum Rang {
    /// A provider took it.
    Handed {
        /// Its answer, as it came.
        answer: Text,
    },
    /// Written to the local spool: nobody was rung.
    Spooled {
        /// The file's name.
        file: Line,
    },
    /// The channel is down, or there was nobody to ring.
    Failed {
        /// The answer, or why.
        answer: Text,
    },
}

impl Call {
    /// One try at a moment.
    pub fn new(rung: Rung, to: Option<Line>, channel: Channel, at: Timestamp, outcome: Rang) -> Self {
        Self { rung, to, channel, at, times: 1, outcome }
    }

    fn failed(&self) -> bool {
        matches!(self.outcome, Rang::Failed { .. })
    }

    fn same_but_later(&self, other: &Self) -> bool {
        let same = std::mem::discriminant(&self.outcome) == std::mem::discriminant(&other.outcome);
        same && (self.rung, self.channel) == (other.rung, other.channel) && self.to == other.to
    }
}

/// What the program must do about a page now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PageWork {
    /// Ring the rung it is at.
    Ring,
    /// Go one rung up.
    Climb,
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
            calls: Vec::new(),
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

    /// The tries on the rung it is at, since it came there.
    fn tries(&self) -> impl Iterator<Item = &Call> {
        let (rung, since) = (*self.paged_now(), self.rung_since);
        self.calls.iter().filter(move |call| call.rung == rung && call.at >= since)
    }

    /// When the rung is to be rung: at once when it was not, and each minute again while every try failed.
    fn rings_at(&self) -> Option<Timestamp> {
        let last = self.tries().map(|call| call.at).max();
        let again =
            |last: Timestamp| last.checked_add(SignedDuration::from_mins(1)).unwrap_or(Timestamp::MAX);
        match (self.acknowledged.is_some(), last) {
            (false, None) => Some(self.rung_since),
            (false, Some(last)) if self.tries().all(Call::failed) => Some(again(last)),
            (true, _) | (false, Some(_)) => None,
        }
    }

    /// When the program next has something to do about it; none once somebody has the call.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.rings_at().into_iter().chain(self.next_step_at()).min()
    }

    /// What to do about it now. Nobody is passed over: a rung is rung before the page leaves it.
    pub fn work(&self, now: Timestamp) -> Option<PageWork> {
        let is_due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        let unrung = self.tries().next().is_none();
        match (is_due(self.rings_at()), is_due(self.next_step_at())) {
            (true, _) if unrung => Some(PageWork::Ring),
            (_, true) => Some(PageWork::Climb),
            (true, false) => Some(PageWork::Ring),
            (false, false) => None,
        }
    }

    /// Keeps what came of ringing a rung. Its time begins with the first try, so that a late worker shortens nobody's; not
    /// with the moment the try was kept, which is later: that try would not count, and the rung be rung for ever.
    #[must_use]
    pub fn rang(mut self, tried: Vec<Call>) -> Self {
        let first = tried.iter().filter(|call| call.rung == *self.paged_now()).map(|call| call.at).min();
        let unrung = self.tries().next().is_none();
        if let Some(first) = first.filter(|_| unrung) {
            self.rung_since = first;
        }
        for call in tried {
            match self.calls.iter_mut().find(|before| before.same_but_later(&call)) {
                Some(before) => *before = Call { times: before.times.saturating_add(1), ..call },
                None => self.calls.push(call),
            }
        }
        self
    }

    /// The teams that were rung so far, this rung included.
    pub fn teams_rung(&self) -> impl Iterator<Item = TeamId> {
        self.ladder.iter().take(self.at_rung + 1).filter_map(|rung| match rung {
            Rung::FallbackTeam(team) => Some(*team),
            Rung::Duty(_) | Rung::Deputy(_) | Rung::ServiceManager(_) | Rung::CrisisLine => None,
        })
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
