//! The plain week of a service, as an editor types it: one list of times a day. What repeats in other ways is kept beside it.

use super::entry::Entry;
use super::schedule::{Day, Repeats, Schedule};
use crate::duty::{Hours, Opening};

impl Schedule {
    /// The same times on the same days of every week, without an end.
    fn is_plain(&self) -> bool {
        match &self.repeats {
            Repeats::Weekly { interval, .. } => {
                *interval <= 1
                    && self.opening.is_some()
                    && self.valid_from.is_none()
                    && self.valid_to.is_none()
            }
            Repeats::Once(_) | Repeats::MonthlyByDay { .. } | Repeats::MonthlyByDate { .. } => false,
        }
    }
}

fn day_of(hours: &mut Hours, day: Day) -> &mut Vec<Opening> {
    match day {
        Day::Mo => &mut hours.monday,
        Day::Tu => &mut hours.tuesday,
        Day::We => &mut hours.wednesday,
        Day::Th => &mut hours.thursday,
        Day::Fr => &mut hours.friday,
        Day::Sa => &mut hours.saturday,
        Day::Su => &mut hours.sunday,
    }
}

impl Entry {
    /// The week an editor can change: the plain times of the service and of its first place.
    pub fn week(&self) -> Hours {
        let mut hours = Hours { bank_holidays: self.holidays, ..Hours::default() };
        let there = self.service_at_locations.first().into_iter().flat_map(|place| &place.schedules);
        for schedule in self.schedules.iter().chain(there).filter(|schedule| schedule.is_plain()) {
            for day in schedule.days() {
                let openings = day_of(&mut hours, day);
                openings.extend(schedule.opening.filter(|opening| !openings.contains(opening)));
            }
        }
        for day in Day::ALL {
            day_of(&mut hours, day).sort_by_key(|opening| (opening.open, opening.close));
        }
        hours
    }

    /// The times that are not part of the plain week.
    pub fn other_times(&self) -> impl Iterator<Item = &Schedule> {
        let there = self.service_at_locations.iter().enumerate().flat_map(|(at, place)| {
            place.schedules.iter().filter(move |schedule| at > 0 || !schedule.is_plain())
        });
        self.schedules.iter().filter(|schedule| !schedule.is_plain()).chain(there)
    }

    /// Puts another week in the place of [`Entry::week`]; other times stay.
    pub fn set_week(&mut self, mut hours: Hours) {
        self.holidays = hours.bank_holidays;
        self.schedules.retain(|schedule| !schedule.is_plain());
        if let Some(first) = self.service_at_locations.first_mut() {
            first.schedules.retain(|schedule| !schedule.is_plain());
        }
        let mut lines: Vec<(Opening, Vec<Day>)> = Vec::new();
        for day in Day::ALL {
            for opening in std::mem::take(day_of(&mut hours, day)) {
                match lines.iter_mut().find(|(known, _)| *known == opening) {
                    Some((_, days)) => days.push(day),
                    None => lines.push((opening, vec![day])),
                }
            }
        }
        self.schedules.extend(lines.into_iter().map(|(opening, days)| Schedule::weekly(days, opening)));
    }
}
