//! Clocks: what is owed to a person, and by when.
//!
//! A clock is never paused and never deleted; it stops once, for a reason. What starts and stops
//! one is decided by the referral, the task and the contact, not here. Colours and scores: none.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, local_date, start_of_day};
use crate::ids::ClockId;
use crate::value::Text;

/// What a clock measures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ClockKind {
    /// From receipt to an acknowledgement by a human.
    #[serde(rename = "REF-ACK")]
    RefAck,
    /// From receipt to triage by a senior.
    #[serde(rename = "REF-TRIAGE")]
    RefTriage,
    /// From danger answers to a call by the duty person.
    #[serde(rename = "DUTY-CALL")]
    DutyCall,
    /// From triage as category B to first contact.
    #[serde(rename = "CAT-B")]
    CatB,
    /// From triage as category C to first contact.
    #[serde(rename = "CAT-C")]
    CatC,
    /// From triage as category D to first contact.
    #[serde(rename = "CAT-D")]
    CatD,
    /// From a request made for somebody else to telling them that we hold it: one month (UK GDPR article 14).
    #[serde(rename = "TELL-HELD")]
    TellHeld,
}

impl ClockKind {
    /// Every kind, in the order of a person's way through the service.
    pub const ALL: [Self; 7] =
        [Self::RefAck, Self::RefTriage, Self::DutyCall, Self::CatB, Self::CatC, Self::CatD, Self::TellHeld];

    /// The code that is stored, and used in exports and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::RefAck => "REF-ACK",
            Self::RefTriage => "REF-TRIAGE",
            Self::DutyCall => "DUTY-CALL",
            Self::CatB => "CAT-B",
            Self::CatC => "CAT-C",
            Self::CatD => "CAT-D",
            Self::TellHeld => "TELL-HELD",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How long each clock may run: data of a county, because the service agrees it, not the software.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// REF-ACK, in working days.
    pub ref_ack_working_days: u32,
    /// REF-TRIAGE where the danger answers flagged the referral, in hours by the clock.
    pub ref_triage_flagged_hours: u32,
    /// REF-TRIAGE otherwise, in working days.
    pub ref_triage_working_days: u32,
    /// DUTY-CALL, in minutes.
    pub duty_call_minutes: u32,
    /// CAT-B, in hours.
    pub cat_b_hours: u32,
    /// CAT-C, in hours.
    pub cat_c_hours: u32,
    /// CAT-D, in hours.
    pub cat_d_hours: u32,
}

impl Default for Targets {
    fn default() -> Self {
        Self {
            ref_ack_working_days: 1,
            ref_triage_flagged_hours: 4,
            ref_triage_working_days: 1,
            duty_call_minutes: 15,
            cat_b_hours: 4,
            cat_c_hours: 24,
            cat_d_hours: 72,
        }
    }
}

impl Targets {
    /// When a clock of this kind that starts at `at` must have stopped. `flagged` changes REF-TRIAGE
    /// only. Hours and minutes pass nights, weekends and clock changes like any other.
    pub fn due(&self, kind: ClockKind, at: Timestamp, flagged: bool, calendar: &Calendar) -> Timestamp {
        match kind {
            ClockKind::RefAck => calendar.add_working_days(at, self.ref_ack_working_days),
            ClockKind::RefTriage if flagged => later(at, 60, self.ref_triage_flagged_hours),
            ClockKind::RefTriage => calendar.add_working_days(at, self.ref_triage_working_days),
            ClockKind::DutyCall => later(at, 1, self.duty_call_minutes),
            ClockKind::CatB => later(at, 60, self.cat_b_hours),
            ClockKind::CatC => later(at, 60, self.cat_c_hours),
            ClockKind::CatD => later(at, 60, self.cat_d_hours),
            ClockKind::TellHeld => month_later(at),
        }
    }
}

/// Why a clock stopped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopWhy {
    /// What it waited for has happened.
    Done,
    /// Another clock took its place: triaged again into another category.
    Replaced,
    /// The person no longer wants it.
    Withdrawn,
    /// The same request had arrived before and runs there.
    Duplicate,
    /// The person has died.
    Died,
    /// A senior decided that telling them is not safe for now, with a day to look again.
    HeldBack,
}

impl StopWhy {
    /// Every reason.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::Replaced, Self::Withdrawn, Self::Duplicate, Self::Died, Self::HeldBack];

    /// The code that is stored, and ends the message's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
            Self::Died => "died",
            Self::HeldBack => "held-back",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// One clock of one referral.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Clock {
    /// Its id.
    pub id: ClockId,
    /// What it measures.
    pub kind: ClockKind,
    /// When it started: the event's own time, not when somebody looked.
    pub started_at: Timestamp,
    /// The last moment that still counts as in time.
    pub target_at: Timestamp,
    /// When it stopped.
    pub stopped_at: Option<Timestamp>,
    /// Why it stopped.
    pub stop_why: Option<StopWhy>,
    /// Why the target was missed, in somebody's words.
    pub breach_reason: Option<Text>,
}

/// How a clock stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Left {
    /// Running, with this much time left (nought at the target itself).
    Remaining(SignedDuration),
    /// Running, late by this much.
    Over(SignedDuration),
    /// Stopped.
    Stopped {
        /// After its target.
        breached: bool,
    },
}

/// A reason for a breach was given where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not-breached")]
pub struct NotBreached;

impl Clock {
    /// Starts a clock at the time of the event that starts it.
    pub fn start(
        id: ClockId,
        kind: ClockKind,
        at: Timestamp,
        flagged: bool,
        targets: &Targets,
        calendar: &Calendar,
    ) -> Self {
        Self {
            id,
            kind,
            started_at: at,
            target_at: targets.due(kind, at, flagged, calendar),
            stopped_at: None,
            stop_why: None,
            breach_reason: None,
        }
    }

    /// Stops it. A clock that has stopped stays as it first stopped: a second contact changes nothing.
    #[must_use]
    pub fn stop(self, at: Timestamp, why: StopWhy) -> Self {
        if self.is_running() { Self { stopped_at: Some(at), stop_why: Some(why), ..self } } else { self }
    }

    /// Not stopped yet.
    pub fn is_running(&self) -> bool {
        self.stopped_at.is_none()
    }

    /// Stopped after its target, or running past it at `now`.
    pub fn is_breached(&self, now: Timestamp) -> bool {
        self.stopped_at.unwrap_or(now) > self.target_at
    }

    /// How it stands at `now`.
    pub fn left(&self, now: Timestamp) -> Left {
        if !self.is_running() {
            Left::Stopped { breached: self.is_breached(now) }
        } else if self.is_breached(now) {
            Left::Over(now.duration_since(self.target_at))
        } else {
            Left::Remaining(self.target_at.duration_since(now))
        }
    }

    /// Records why the target was missed; a later reason replaces an earlier one (events keep both).
    pub fn give_breach_reason(self, reason: Text, now: Timestamp) -> Result<Self, NotBreached> {
        if self.is_breached(now) {
            Ok(Self { breach_reason: Some(reason), ..self })
        } else {
            Err(NotBreached)
        }
    }
}

/// An elapsed time later, whatever the clocks on the wall do meanwhile.
fn later(at: Timestamp, minutes: i64, times: u32) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes.saturating_mul(i64::from(times))))
        .unwrap_or(Timestamp::MAX)
}

/// The same day of the next month, to the end of it: a month as the law counts it. Never a county's setting.
fn month_later(at: Timestamp) -> Timestamp {
    let day = local_date(at).checked_add(1.month().days(1)).unwrap_or(Date::MAX);
    start_of_day(day).checked_sub(SignedDuration::from_secs(1)).unwrap_or(at)
}
