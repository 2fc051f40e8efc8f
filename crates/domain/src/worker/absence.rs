//! Being away, and who does the work meanwhile. Whose work it is does not change: who covers sees it as well (hazard H32).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Named;
use crate::actor::{Author, Ctx};
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{AbsenceId, UserId};
use crate::refused::Refused;

/// Somebody is away from a day to a day, both included, and somebody else covers. Why they are away is nobody's business.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Absence {
    /// Its id, made when the form is shown.
    pub id: AbsenceId,
    /// Who is away.
    pub who: Named,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Who covers.
    pub cover: Named,
    /// Who wrote it down.
    pub by: Author,
}

impl Absence {
    /// Whether a day lies in it.
    pub fn includes(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether two have a day in common.
    pub fn overlaps(&self, from: Date, to: Date) -> bool {
        self.from <= to && from <= self.to
    }

    /// Writes it down. `others` are the absences of the team from that day on.
    ///
    /// # Errors
    /// [`Refused::DateOrder`] when it ends before it begins, [`Refused::DateInPast`] when it is over already;
    /// [`Refused::CoverAway`] when whoever covers is the same person, or away themselves on one of the days.
    pub fn plan(self, ctx: &Ctx, others: &[Self]) -> Result<Changes, Refused> {
        if self.to < self.from {
            return Err(Refused::DateOrder);
        }
        if self.to < local_date(ctx.now) {
            return Err(Refused::DateInPast);
        }
        let cover_away = others
            .iter()
            .any(|other| other.who.user == self.cover.user && other.overlaps(self.from, self.to));
        if cover_away || self.cover.user == self.who.user {
            return Err(Refused::CoverAway);
        }
        Ok(self.changed(ctx, EventKind::AbsencePlanned))
    }

    /// They are back early, or never went: the last day they were away is the day before `on`.
    pub fn end(mut self, ctx: &Ctx, on: Date) -> Changes {
        self.to = on.yesterday().unwrap_or(on);
        self.changed(ctx, EventKind::AbsenceEnded)
    }

    fn changed(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = Subject { noun: Noun::Worker, id: self.who.user.into() };
        Changes::one(ctx, kind, subject, None, Write::Absence(Box::new(self)))
    }
}

/// Somebody is away today, and who covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Away {
    /// Who is away.
    pub who: Named,
    /// The last day.
    pub until: Date,
}

/// Who does somebody's work on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cover {
    /// They do.
    There,
    /// Somebody covers.
    By(UserId),
    /// Nobody: it goes to the team's manager.
    Nobody,
}

/// Everybody who works in a team, who is away, and who stands in for whom. Facts of one day or more; decides for one day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Roster {
    /// Accounts in use that can be asked.
    pub working: BTreeSet<UserId>,
    /// Absences, of any day.
    pub absences: Vec<Absence>,
    /// Standing deputies.
    pub deputies: BTreeMap<UserId, UserId>,
    /// Who stands in where nobody else does.
    pub team_deputy: Option<UserId>,
}

impl Roster {
    /// The absence that a day lies in.
    pub fn away(&self, user: UserId, day: Date) -> Option<&Absence> {
        self.absences.iter().find(|absence| absence.who.user == user && absence.includes(day))
    }

    /// Whether somebody is there on a day.
    pub fn is_there(&self, user: UserId, day: Date) -> bool {
        self.working.contains(&user) && self.away(user, day).is_none()
    }

    /// Who does somebody's work on a day: themselves; whoever was named to cover; their deputy; whoever covers for those,
    /// where they are away too; the team's deputy; else nobody. Each is asked once, so that two who cover for each other
    /// and are both away are not asked for ever.
    pub fn cover(&self, user: UserId, day: Date) -> Cover {
        if self.is_there(user, day) {
            return Cover::There;
        }
        // Whoever left for good is covered by nobody: their people are handed over.
        if !self.working.contains(&user) {
            return Cover::Nobody;
        }
        let mut asked = BTreeSet::from([user]);
        let mut next = self.stand_ins(user, day);
        while let Some(stand_in) = (!next.is_empty()).then(|| next.remove(0)) {
            if !asked.insert(stand_in) {
                continue;
            }
            if self.is_there(stand_in, day) {
                return Cover::By(stand_in);
            }
            next.extend(self.stand_ins(stand_in, day));
        }
        match self.team_deputy.filter(|deputy| !asked.contains(deputy) && self.is_there(*deputy, day)) {
            Some(deputy) => Cover::By(deputy),
            None => Cover::Nobody,
        }
    }

    /// Whom this person covers for on a day.
    pub fn covers_for(&self, user: UserId, day: Date) -> Vec<Away> {
        let away = self.absences.iter().filter(|absence| absence.includes(day));
        let theirs = away.filter(|absence| self.cover(absence.who.user, day) == Cover::By(user));
        theirs.map(|absence| Away { who: absence.who.clone(), until: absence.to }).collect()
    }

    fn stand_ins(&self, user: UserId, day: Date) -> Vec<UserId> {
        let named = self.away(user, day).map(|absence| absence.cover.user);
        named.into_iter().chain(self.deputies.get(&user).copied()).collect()
    }
}
