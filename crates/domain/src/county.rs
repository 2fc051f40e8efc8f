//! One county's settings that its people depend on, and what is still missing before it may open.
//!
//! Data only: how it is edited and by whom is elsewhere. The words for what is missing are too.

mod places;
mod procedures;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::agreement::Partner;
use crate::calendar::{Calendar, local_date};
use crate::clock::Targets;
use crate::directory::near::District;
use crate::duty::{Cover, Hours, Rota, cover};
use crate::handover::HandoverLimits;
use crate::ids::{TeamId, UserId};
use crate::team::User;
use crate::value::{Email, Line, Phone, Text};
use crate::worker::Absence;

pub use places::{Area, CrisisPlace, Standing};
pub use procedures::{Procedure, Shelf};

/// A number shown on every page, for somebody who cannot wait.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CrisisNumber {
    /// Whose number it is.
    pub label: Line,
    /// As dialled and read: `111, option 2`.
    pub number: Line,
    /// When somebody answers.
    pub hours: Line,
    /// The day on which somebody rang it and it was right.
    pub reviewed_on: Date,
    /// Who rang it.
    pub reviewed_by: Line,
}

/// The settings of one county.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct County {
    /// What people call the service.
    pub name: Line,
    /// A greeting for the first public page.
    pub welcome: Option<Text>,
    /// The crisis numbers, in the order in which they are shown.
    pub crisis: Vec<CrisisNumber>,
    /// Places and lines that help in a crisis at certain hours.
    #[serde(default)]
    pub places: Vec<CrisisPlace>,
    /// Where the local procedures of each organisation are to be read.
    #[serde(default)]
    pub procedures: Vec<Procedure>,
    /// When the single point of access is staffed.
    pub hours: Hours,
    /// Who is on duty.
    pub rota: Rota,
    /// Bank holidays.
    pub calendar: Calendar,
    /// How long each clock may run.
    pub targets: Targets,
    /// Minutes before a call for the duty person goes one rung up.
    pub duty_step_minutes: u16,
    /// The team that owns new referrals.
    pub spoa_team: Option<TeamId>,
    /// Days after an advice before somebody asks whether it helped.
    pub follow_up_days: u16,
    /// The number on which the single point of access answers; the only thing a message names without "say NHS".
    #[serde(default)]
    pub reply_number: Option<Phone>,
    /// Where the crisis line takes an e-mail when nobody of this service is on duty.
    #[serde(default)]
    pub crisis_email: Option<Email>,
    /// The team that young people are handed to, warmly.
    #[serde(default)]
    pub young_team: Option<TeamId>,
    /// How long a service that is asked to take somebody over has.
    #[serde(default)]
    pub handover: HandoverLimits,
    /// Towns and postcode districts with their positions, for distances in the directory.
    #[serde(default)]
    pub districts: Vec<District>,
    /// Teams of partner organisations, as they stand today. No setting: the store fills it in for staff.
    #[serde(skip)]
    pub partners: BTreeMap<TeamId, Partner>,
}

/// What keeps a county from opening its door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// No crisis number at all.
    NoCrisisNumber,
    /// This number (its label) was last rung more than 90 days ago, or on a day yet to come.
    CrisisNumberNotReviewed(Line),
    /// Nobody asked at this place (its name) in the last 90 days.
    CrisisPlaceNotReviewed(Line),
    /// No staffed hours.
    NoStaffedHours,
    /// Nobody is on the rota in the next 7 days.
    EmptyRota,
    /// Somebody is, but not for all staffed hours: the first moment without.
    RotaGap(Timestamp),
    /// No team owns new referrals.
    NoSpoaTeam,
    /// No team stands in for the duty person.
    NoFallbackTeam,
    /// Nobody is the last to be rung.
    NoServiceManager,
    /// The list of bank holidays ends here (none: it is empty), less than 90 days ahead.
    BankHolidaysEnd(Option<Date>),
    /// No team is named for people under 18.
    NoYoungTeam,
}

impl Missing {
    /// The last part of the message's name.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoCrisisNumber => "no-crisis-number",
            Self::CrisisNumberNotReviewed(_) => "crisis-number-not-reviewed",
            Self::CrisisPlaceNotReviewed(_) => "crisis-place-not-reviewed",
            Self::NoStaffedHours => "no-staffed-hours",
            Self::EmptyRota => "empty-rota",
            Self::RotaGap(_) => "rota-gap",
            Self::NoSpoaTeam => "no-spoa-team",
            Self::NoFallbackTeam => "no-fallback-team",
            Self::NoServiceManager => "no-service-manager",
            Self::BankHolidaysEnd(_) => "bank-holidays-end",
            Self::NoYoungTeam => "no-young-team",
        }
    }
}

impl County {
    /// Days for which a review of a crisis number, and the bank-holiday list ahead, must reach.
    pub const REVIEW_DAYS: i32 = 90;

    /// A new county: the agreed defaults, and everything that a human must give still missing.
    pub fn new(name: Line) -> Self {
        Self {
            name,
            welcome: None,
            crisis: Vec::new(),
            places: Vec::new(),
            procedures: Vec::new(),
            hours: Hours::default(),
            rota: Rota::default(),
            calendar: Calendar::england(),
            targets: Targets::default(),
            duty_step_minutes: 5,
            spoa_team: None,
            follow_up_days: 14,
            reply_number: None,
            crisis_email: None,
            young_team: None,
            handover: HandoverLimits::default(),
            districts: Vec::new(),
            partners: BTreeMap::new(),
        }
    }

    /// The duty cover at a moment.
    pub fn cover(&self, at: Timestamp) -> Cover {
        cover(at, &self.hours, &self.rota, &self.calendar)
    }

    /// What is missing at `now`, most urgent first; empty when the door may open.
    pub fn missing(&self, now: Timestamp) -> Vec<Missing> {
        let today = local_date(now);
        let when = |wanting: bool, missing: Missing| wanting.then_some(missing);
        let stale = self.crisis.iter().filter(|number| !number.is_reviewed(today));
        let mut missing: Vec<Missing> =
            when(self.crisis.is_empty(), Missing::NoCrisisNumber).into_iter().collect();
        missing.extend(stale.map(|number| Missing::CrisisNumberNotReviewed(number.label.clone())));
        let old = self.places.iter().filter(|place| !place.is_reviewed(today));
        missing.extend(old.map(|place| Missing::CrisisPlaceNotReviewed(place.name.clone())));
        missing.extend(when(self.hours.is_empty(), Missing::NoStaffedHours));
        missing.extend(self.rota_missing(now));
        missing.extend(when(self.spoa_team.is_none(), Missing::NoSpoaTeam));
        missing.extend(when(self.rota.fallback_team.is_none(), Missing::NoFallbackTeam));
        missing.extend(when(self.rota.service_manager.is_none(), Missing::NoServiceManager));
        missing.extend(when(self.young_team.is_none(), Missing::NoYoungTeam));
        let end = self.calendar.known_until();
        let soon = end.is_none_or(|end| end < days_later(today, Self::REVIEW_DAYS));
        missing.extend(when(soon, Missing::BankHolidaysEnd(end)));
        missing
    }

    fn rota_missing(&self, now: Timestamp) -> Option<Missing> {
        let week = now.checked_add(SignedDuration::from_hours(7 * 24)).unwrap_or(Timestamp::MAX);
        let ahead = crate::duty::Period { from: now, to: week };
        if !self.rota.shifts.iter().any(|shift| shift.period().overlap(ahead).is_some()) {
            return Some(Missing::EmptyRota);
        }
        self.hours
            .open_between(now, week, &self.calendar)
            .into_iter()
            .filter_map(|open| open.overlap(ahead))
            .find_map(|open| {
                let gap = self.first_without_shift(open.from);
                open.contains(gap).then_some(Missing::RotaGap(gap))
            })
    }

    fn first_without_shift(&self, from: Timestamp) -> Timestamp {
        let mut at = from;
        while let Some(shift) = self.rota.shift_at(at) {
            at = shift.to;
        }
        at
    }
}

impl CrisisNumber {
    /// Whether somebody rang it in the last 90 days.
    pub fn is_reviewed(&self, today: Date) -> bool {
        self.reviewed_on <= today && today <= days_later(self.reviewed_on, County::REVIEW_DAYS)
    }
}

fn days_later(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}

impl County {
    /// Replaces the county's settings; the seam refuses it when somebody else changed them since `version`.
    pub fn change(self, ctx: &crate::actor::Ctx, version: i64) -> crate::change::Changes {
        use crate::change::{Changes, EventKind, Noun, Subject, Write};
        let subject = Subject { noun: Noun::County, id: ctx.tenant.into() };
        Changes::one(ctx, EventKind::CountyChanged, subject, None, Write::County(Box::new(self), version))
    }
}

impl County {
    /// Turns of duty yet to come that name somebody who is away then: the rota stays as it is, and says so.
    pub fn away_on_duty<'a>(&self, absences: &'a [Absence], now: Timestamp) -> Vec<(&'a Absence, Timestamp)> {
        let coming = self.rota.shifts.iter().filter(|shift| shift.to > now);
        let named = coming.flat_map(|shift| {
            [Some(shift.duty), shift.deputy].into_iter().flatten().map(|user| (user, shift.from, shift.to))
        });
        let away = |(user, from, to): (UserId, Timestamp, Timestamp)| {
            let last = to.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(to);
            let (first, last) = (local_date(from), local_date(last));
            let found = absences.iter().find(|it| it.who.user == user && it.overlaps(first, last));
            found.map(|absence| (absence, from))
        };
        named.filter_map(away).collect()
    }
}

impl County {
    /// Who is on the duty ladder from now on and could not open what they are rung about: no account in use, no role that
    /// answers a duty page, or not in the team of the single point of access (hazard H01).
    pub fn cannot_answer<'a>(&self, people: &'a [User], now: Timestamp) -> Vec<&'a User> {
        let coming = self.rota.shifts.iter().filter(|shift| shift.to > now);
        let on_shift = coming.flat_map(|shift| [Some(shift.duty), shift.deputy]);
        let ladder: BTreeSet<UserId> = on_shift.chain([self.rota.service_manager]).flatten().collect();
        let answers = Action::DutyAcknowledge.roles();
        let can = |user: &User| {
            user.is_active()
                && user.roles.iter().any(|role| answers.contains(role))
                && self.spoa_team.is_none_or(|team| user.teams.contains(&team))
        };
        people.iter().filter(|user| ladder.contains(&user.id) && !can(user)).collect()
    }
}
