//! Places and lines of a county that help in a crisis and are not always open: where, when, and what is open now.
//!
//! Says what the opening hours say, never that there is room.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{County, days_later};
use crate::duty::{Hours, Period};
use crate::value::{Line, Text};

/// A crisis café, a drop-in, a line that is answered in the evening.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CrisisPlace {
    /// What it is called.
    pub name: Line,
    /// The part of the county it is in, or for whom it is.
    pub area: Line,
    /// Who may come and how, in a sentence.
    pub about: Option<Line>,
    /// Where it is; none for a line that one rings.
    pub address: Option<Text>,
    /// Its number.
    pub phone: Option<Line>,
    /// When it is open.
    pub hours: Hours,
    /// The day on which somebody asked there and it was right.
    pub reviewed_on: Date,
    /// Who asked.
    pub reviewed_by: Line,
}

/// Whether a place is open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Day and night.
    Always,
    /// Until then.
    OpenUntil(Timestamp),
    /// From then.
    Opens(Timestamp),
    /// Not within the next two weeks.
    Closed,
}

impl Standing {
    /// Whether one can go or ring there now.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Always | Self::OpenUntil(_))
    }

    /// What openings in the order of their beginning say about a moment; what is open up to the horizon is always open.
    pub(crate) fn of(openings: &[Period], now: Timestamp, horizon: Timestamp) -> Self {
        // A day that goes on into the next is one opening.
        let until = openings.iter().fold(None, |until: Option<Timestamp>, opening| {
            let joins = opening.from <= until.unwrap_or(now);
            if joins { until.max(Some(opening.to)) } else { until }
        });
        match (until, openings.iter().map(|opening| opening.from).find(|from| *from > now)) {
            (Some(until), _) if until >= horizon => Self::Always,
            (Some(until), _) => Self::OpenUntil(until),
            (None, Some(opens)) if opens <= horizon => Self::Opens(opens),
            (None, _) => Self::Closed,
        }
    }
}

/// How far ahead an opening is looked for.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

impl CrisisPlace {
    /// Whether somebody asked there in the last 90 days.
    pub fn is_reviewed(&self, today: Date) -> bool {
        self.reviewed_on <= today && today <= days_later(self.reviewed_on, County::REVIEW_DAYS)
    }

    /// Whether it is open at a moment, by the clock in London and the county's bank holidays.
    pub fn standing(&self, now: Timestamp, county: &County) -> Standing {
        let horizon = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
        Standing::of(&self.hours.open_between(now, horizon, &county.calendar), now, horizon)
    }
}

/// The places of one area, the soonest open first.
pub type Area<'a> = (&'a Line, Vec<(&'a CrisisPlace, Standing)>);

impl County {
    /// Every place by area: those that are open now, and the others.
    pub fn places_at(&self, now: Timestamp) -> (Vec<Area<'_>>, Vec<Area<'_>>) {
        let mut all: Vec<(&CrisisPlace, Standing)> =
            self.places.iter().map(|place| (place, place.standing(now, self))).collect();
        all.sort_by(|(left, when), (right, other)| {
            (&left.area, when, &left.name).cmp(&(&right.area, other, &right.name))
        });
        let (open, later) = all.into_iter().partition(|(_, standing)| standing.is_open());
        (grouped(open), grouped(later))
    }
}

fn grouped(places: Vec<(&CrisisPlace, Standing)>) -> Vec<Area<'_>> {
    let mut areas: Vec<Area<'_>> = Vec::new();
    for (place, standing) in places {
        match areas.last_mut() {
            Some((area, members)) if **area == place.area => members.push((place, standing)),
            Some(_) | None => areas.push((&place.area, vec![(place, standing)])),
        }
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::{HolidayRule, Opening};
    use crate::fixtures::{at, county, line};
    use jiff::civil::time;

    fn place(name: &str, area: &str, hours: Hours) -> CrisisPlace {
        CrisisPlace {
            name: line(name),
            area: line(area),
            about: None,
            address: None,
            phone: None,
            hours,
            reviewed_on: jiff::civil::date(2026, 3, 1),
            reviewed_by: line("Ruth"),
        }
    }

    fn evenings() -> Hours {
        let evening = Opening { open: time(17, 0, 0, 0), close: time(23, 0, 0, 0) };
        Hours { saturday: vec![evening], sunday: vec![evening], ..Hours::weekdays(evening) }
    }

    #[test]
    fn a_place_is_open_until_its_time_and_says_when_it_opens_next() {
        let (county, cafe) = (county(), place("Café", "North", evenings()));
        for (now, expected) in [
            ("03-23 16:59", Standing::Opens(at("03-23 17:00"))),
            ("03-23 17:00", Standing::OpenUntil(at("03-23 23:00"))),
            ("03-23 22:59", Standing::OpenUntil(at("03-23 23:00"))),
            ("03-23 23:00", Standing::Opens(at("03-24 17:00"))),
            // Good Friday: closed on bank holidays, so the next opening is on Saturday.
            ("04-03 18:00", Standing::Opens(at("04-04 17:00"))),
        ] {
            assert_eq!(cafe.standing(at(now), &county), expected, "{now}");
        }
        let same = Hours { bank_holidays: HolidayRule::Same, ..evenings() };
        assert!(place("Café", "North", same).standing(at("04-03 18:00"), &county).is_open());
    }

    #[test]
    fn day_and_night_is_no_time_of_day_and_a_night_runs_into_the_morning() {
        let county = county();
        assert_eq!(
            place("Line", "All", Hours::always()).standing(at("03-23 03:00"), &county),
            Standing::Always
        );
        let night = Opening { open: time(22, 0, 0, 0), close: time(8, 0, 0, 0) };
        let line = place("Night line", "All", Hours::weekdays(night));
        assert_eq!(line.standing(at("03-24 03:00"), &county), Standing::OpenUntil(at("03-24 08:00")));
        assert_eq!(
            place("Shut", "All", Hours::default()).standing(at("03-24 03:00"), &county),
            Standing::Closed
        );
    }

    #[test]
    fn what_is_open_comes_first_by_area() {
        let mut county = county();
        county.places = vec![
            place("South café", "South", evenings()),
            place("North line", "North", Hours::always()),
            place("North café", "North", evenings()),
        ];
        let names = |areas: Vec<Area<'_>>| -> Vec<String> {
            let all = areas.into_iter().flat_map(|(area, places)| {
                places.into_iter().map(move |(place, _)| format!("{area}: {}", place.name))
            });
            all.collect()
        };
        let (open, later) = county.places_at(at("03-23 12:00"));
        assert_eq!(names(open), ["North: North line"]);
        assert_eq!(names(later), ["North: North café", "South: South café"]);
        let (open, later) = county.places_at(at("03-23 18:00"));
        assert_eq!(names(open), ["North: North line", "North: North café", "South: South café"]);
        assert!(later.is_empty());
    }

    #[test]
    fn a_place_nobody_asked_for_ninety_days_is_missing_from_the_checklist_no_more() {
        let mut county = county();
        county.places = vec![place("Café", "North", evenings())];
        let missing = |now| {
            let found = county.missing(at(now));
            found.contains(&crate::county::Missing::CrisisPlaceNotReviewed(line("Café")))
        };
        assert!(!missing("05-30 12:00") && missing("05-31 12:00"));
    }
}
