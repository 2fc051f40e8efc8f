//! Crisis places as the public sees them: what is open now, until when, and what opens next. Decides nothing.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;
use jiff::civil::Time;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::{Area, County, CrisisPlace, Standing};
use onedoor_domain::duty::{HolidayRule, Hours, Opening};

use crate::ui::{Details, Markup};
use crate::words::{self, Lang};

/// The places of one area.
#[derive(Template)]
#[template(path = "door/area.html")]
pub(super) struct AreaShown {
    area: String,
    places: Vec<PlaceShown>,
}

impl HtmlSafe for AreaShown {}

struct PlaceShown {
    name: String,
    standing: String,
    about: Option<String>,
    address: Option<Markup>,
    phone: Option<Markup>,
    hours: Details,
    checked: String,
}

/// What is open, and what opens later.
pub(super) fn areas(lang: Lang, county: &County, now: Timestamp) -> (Vec<AreaShown>, Vec<AreaShown>) {
    let (open, later) = county.places_at(now);
    let shown = |areas: Vec<Area<'_>>| areas.into_iter().map(|area| one(lang, area, now)).collect();
    (shown(open), shown(later))
}

fn one(lang: Lang, (area, places): Area<'_>, now: Timestamp) -> AreaShown {
    let places = places.into_iter().map(|(place, standing)| place_shown(lang, place, standing, now));
    AreaShown { area: area.to_string(), places: places.collect() }
}

fn place_shown(lang: Lang, place: &CrisisPlace, standing: Standing, now: Timestamp) -> PlaceShown {
    let dial =
        |number: &str| -> String { number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect() };
    PlaceShown {
        name: place.name.to_string(),
        standing: standing_words(lang, standing, now),
        about: place.about.as_ref().map(ToString::to_string),
        address: place.address.as_ref().map(|address| Markup::lines(address.as_str())),
        phone: place
            .phone
            .as_ref()
            .map(|number| Markup::link(&format!("tel:{}", dial(number.as_str())), number.as_str())),
        hours: Details {
            summary: lang.t("places-hours").into(),
            content: Markup::paragraphs([Markup::lines(&week_words(lang, &place.hours).join("\n"))]),
            is_expander: false,
            open: false,
        },
        checked: lang.tr("places-checked", &[("date", words::day_of(lang, place.reviewed_on))]),
    }
}

pub(crate) fn standing_words(lang: Lang, standing: Standing, now: Timestamp) -> String {
    match standing {
        Standing::Always => lang.t("places-always"),
        Standing::OpenUntil(until) => lang.tr("places-open-until", &[("time", words::time(lang, until))]),
        Standing::Opens(at) if local_date(at) == local_date(now) => {
            lang.tr("places-opens-today", &[("time", words::time(lang, at))])
        }
        Standing::Opens(at) => lang.tr("places-opens", &[("when", words::date_time(lang, at))]),
        Standing::Closed => lang.t("places-closed"),
    }
}

/// A line a day: "Monday: 5pm to 11pm".
fn week_words(lang: Lang, hours: &Hours) -> Vec<String> {
    let days: [(&str, &[Opening]); 7] = [
        ("when-weekday-monday", &hours.monday),
        ("when-weekday-tuesday", &hours.tuesday),
        ("when-weekday-wednesday", &hours.wednesday),
        ("when-weekday-thursday", &hours.thursday),
        ("when-weekday-friday", &hours.friday),
        ("when-weekday-saturday", &hours.saturday),
        ("when-weekday-sunday", &hours.sunday),
    ];
    let holidays = lang.t(match hours.bank_holidays {
        HolidayRule::Closed => "places-holidays-closed",
        HolidayRule::Same => "places-holidays-same",
        HolidayRule::AsSunday => "places-holidays-sunday",
    });
    let line = |(day, openings): (&str, &[Opening])| {
        lang.tr("county-hours-day", &[("day", lang.t(day)), ("hours", day_words(lang, openings))])
    };
    days.into_iter().map(line).chain([holidays]).collect()
}

fn day_words(lang: Lang, openings: &[Opening]) -> String {
    if openings.is_empty() {
        return lang.t("county-hours-closed");
    }
    if openings == [Opening { open: Time::midnight(), close: Time::midnight() }] {
        return lang.t("county-hours-all-day");
    }
    let each = openings.iter().map(|opening| {
        let times =
            [("open", words::clock(lang, opening.open)), ("close", words::clock(lang, opening.close))];
        lang.tr("county-hours-from-to", &times)
    });
    each.collect::<Vec<_>>().join(", ")
}
