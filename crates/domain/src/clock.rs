//! Clocks: what is owed to a person, and by when.
//!
//! A clock is never paused and never deleted; it stops once, for a reason. What starts and stops
//! one is decided by the referral, the task and the contact, not here. Colours and scores: none.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, local_date, start_of_day};
use crate::ids::ClockId;
use crate::value::Text;

mod spell;

pub use spell::{Stay, spells};

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
    /// An adult: from asking for help to contact, assessment, plan or intervention, and baseline outcome.
    #[serde(rename = "4WW-ADULT")]
    FourWeekAdult,
    /// A child or young person: from asking for help to help beginning.
    #[serde(rename = "4WW-CYP")]
    FourWeekYoung,
    /// From an emergency department asking a liaison team to being with the person.
    #[serde(rename = "ED-LIAISON")]
    EdLiaison,
    /// A crisis team, very urgent: from asking for help to being with the person.
    #[serde(rename = "UEC-VU")]
    UecVeryUrgent,
    /// A crisis team, urgent: from asking for help to being with the person.
    #[serde(rename = "UEC-U")]
    UecUrgent,
}

impl ClockKind {
    /// Every kind, in the order of a person's way through the service.
    pub const ALL: [Self; 12] = [
        Self::RefAck,
        Self::RefTriage,
        Self::DutyCall,
        Self::CatB,
        Self::CatC,
        Self::CatD,
        Self::TellHeld,
        Self::FourWeekAdult,
        Self::FourWeekYoung,
        Self::EdLiaison,
        Self::UecVeryUrgent,
        Self::UecUrgent,
    ];

    /// The waits that are counted nationally, and whose name a county may choose (pathway §6.3).
    pub const NATIONAL: [Self; 5] =
        [Self::FourWeekAdult, Self::FourWeekYoung, Self::EdLiaison, Self::UecVeryUrgent, Self::UecUrgent];

    /// The two that run from the day help was asked for, one for adults and one for everybody younger.
    pub const FOUR_WEEKS: [Self; 2] = [Self::FourWeekAdult, Self::FourWeekYoung];

    /// Those that only being with the person stops.
    pub const FACE_TO_FACE: [Self; 3] = [Self::EdLiaison, Self::UecVeryUrgent, Self::UecUrgent];

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
            Self::FourWeekAdult => "4WW-ADULT",
            Self::FourWeekYoung => "4WW-CYP",
            Self::EdLiaison => "ED-LIAISON",
            Self::UecVeryUrgent => "UEC-VU",
            Self::UecUrgent => "UEC-U",
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
    /// 4WW-ADULT and 4WW-CYP, in days.
    pub four_week_days: u32,
    /// ED-LIAISON, in minutes.
    pub ed_liaison_minutes: u32,
    /// UEC-VU, in minutes.
    pub uec_very_urgent_minutes: u32,
    /// UEC-U, in minutes.
    pub uec_urgent_minutes: u32,
    /// The national waits that are standards by now; the others are "expected" (pathway §6.3).
    pub standards: BTreeSet<ClockKind>,
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
            four_week_days: 28,
            ed_liaison_minutes: 60,
            uec_very_urgent_minutes: 240,
            uec_urgent_minutes: 1_440,
            standards: BTreeSet::new(),
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
            ClockKind::FourWeekAdult | ClockKind::FourWeekYoung => days_later(at, self.four_week_days),
            ClockKind::EdLiaison => later(at, 1, self.ed_liaison_minutes),
            ClockKind::UecVeryUrgent => later(at, 1, self.uec_very_urgent_minutes),
            ClockKind::UecUrgent => later(at, 1, self.uec_urgent_minutes),
        }
    }
}

impl Targets {
    /// What a target is called: agreed here, or nationally expected or a standard.
    pub fn called(&self, kind: ClockKind) -> Called {
        if !ClockKind::NATIONAL.contains(&kind) {
            Called::Agreed
        } else if self.standards.contains(&kind) {
            Called::Standard
        } else {
            Called::Expected
        }
    }
}

/// What a target is called. Source: pathway §6.3.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Called {
    /// Agreed in this county, or set by law.
    Agreed,
    /// Reported nationally and expected.
    Expected,
    /// A national standard.
    Standard,
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
    /// It ended another way before what it waited for had happened: that counts as not reached.
    NotReached,
    /// The team that took the person is measured by another wait.
    OtherWait,
}

impl StopWhy {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Replaced,
        Self::Withdrawn,
        Self::Duplicate,
        Self::Died,
        Self::HeldBack,
        Self::NotReached,
        Self::OtherWait,
    ];

    /// The code that is stored, and ends the message's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
            Self::Died => "died",
            Self::HeldBack => "held-back",
            Self::NotReached => "not-reached",
            Self::OtherWait => "other-wait",
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

/// So many days later, to the end of the day: days as the national count takes them. The hours of a night when the clocks
/// change make no day longer or shorter.
fn days_later(at: Timestamp, days: u32) -> Timestamp {
    let after = i64::from(days).saturating_add(1);
    let span = jiff::Span::new().try_days(after);
    let day = span.ok().and_then(|span| local_date(at).checked_add(span).ok()).unwrap_or(Date::MAX);
    start_of_day(day).checked_sub(SignedDuration::from_secs(1)).unwrap_or(at)
}

/// The same day of the next month, to the end of it: a month as the law counts it. Never a county's setting.
fn month_later(at: Timestamp) -> Timestamp {
    let day = local_date(at).checked_add(1.month().days(1)).unwrap_or(Date::MAX);
    start_of_day(day).checked_sub(SignedDuration::from_secs(1)).unwrap_or(at)
}
