//! The words for services: when one is open, where, for whom, who made sure, and what is wrong with a record of a feed.

use jiff::Timestamp;
use onedoor_domain::calendar::{Calendar, local_date};
use onedoor_domain::directory::entry::{CostOption, Entry, Location, Phone, Status};
use onedoor_domain::directory::read::{Mistake, Wrong};
use onedoor_domain::directory::schedule::{Day, Repeats, Schedule};
use onedoor_domain::directory::{Retired, Service, Why};
use onedoor_domain::value::Line;

use crate::door::places::standing_words;
use crate::ui::{Markup, Tag, TagColour};
use crate::words::{self, Lang};

/// What is wrong with one field, and what to do about it.
pub fn mistake_words(lang: Lang, mistake: &Mistake) -> String {
    let wrong = lang.t(match mistake.wrong {
        Wrong::NotARecord => "directory-wrong-record",
        Wrong::TooLarge => "directory-wrong-large",
        Wrong::Missing => "directory-wrong-missing",
        Wrong::NotAnId => "directory-wrong-id",
        Wrong::NotThisKind => "directory-wrong-kind",
        Wrong::TooLong => "directory-wrong-long",
        Wrong::BadCharacter => "directory-wrong-character",
        Wrong::NotAStatus => "directory-wrong-status",
        Wrong::NotAUrl => "directory-wrong-url",
        Wrong::NotAnEmail => "directory-wrong-email",
        Wrong::NotAPhone => "directory-wrong-phone",
        Wrong::NotAPostcode => "directory-wrong-postcode",
        Wrong::NotAPoint => "directory-wrong-point",
        Wrong::NotADate => "directory-wrong-date",
        Wrong::NotATime => "directory-wrong-time",
        Wrong::NotADay => "directory-wrong-day",
        Wrong::NotARepeat => "directory-wrong-repeat",
        Wrong::EndsFirst => "directory-wrong-ends-first",
        Wrong::NotAnAge => "directory-wrong-age",
        Wrong::NotAnAmount => "directory-wrong-amount",
        Wrong::Twice => "directory-wrong-twice",
        Wrong::NotOfThisFeed => "directory-wrong-other-feed",
    });
    if mistake.field.is_empty() { wrong } else { format!("{}: {wrong}", mistake.field) }
}

pub(super) fn status_key(status: Status) -> &'static str {
    match status {
        Status::Active => "directory-status-active",
        Status::TemporarilyClosed => "directory-status-closed",
        Status::Inactive => "directory-status-inactive",
        Status::Defunct => "directory-status-defunct",
    }
}

/// Whether it is open now, and what nobody knows.
pub(crate) fn open_words(lang: Lang, entry: &Entry, now: Timestamp, calendar: &Calendar) -> String {
    if entry.status == Status::TemporarilyClosed {
        return lang.t("directory-status-closed");
    }
    match entry.standing(now, calendar) {
        None => lang.t("directory-open-unknown"),
        Some(_) if entry.may_be_closed_today(now, calendar) => lang.t("directory-open-holiday"),
        Some(standing) => standing_words(lang, standing, now),
    }
}

/// Who made sure, and when.
pub(crate) fn checked_words(lang: Lang, service: &Service) -> String {
    match service.checked() {
        Some(review) => {
            let said = [("date", words::day_of(lang, review.on)), ("name", review.by.to_string())];
            lang.tr("directory-checked", &said)
        }
        None => lang.t("directory-never-checked"),
    }
}

/// The mark of what may be out of date, or has gone.
pub(crate) fn mark(lang: Lang, service: &Service, now: Timestamp) -> Option<Tag> {
    if service.retired.is_some() {
        return Some(Tag::new(TagColour::Grey, lang.t("directory-tag-gone")));
    }
    service.is_overdue(local_date(now)).then(|| Tag::new(TagColour::Yellow, lang.t("directory-tag-overdue")))
}

pub(super) fn retired_words(lang: Lang, retired: &Retired) -> String {
    let date = ("date", words::day_of(lang, retired.on));
    match &retired.why {
        Why::NotInFeed => lang.tr("directory-gone-feed", &[date]),
        Why::Said(why, who) => {
            lang.tr("directory-gone-said", &[date, ("name", who.to_string()), ("why", why.to_string())])
        }
    }
}

/// A number that can be pressed, and what it is for.
pub(super) fn phone(phone: &Phone) -> Vec<Markup> {
    let link = Markup::link(&format!("tel:{}", phone.number.dialled()), phone.number.as_str());
    let about = phone.description.as_ref().map(|about| Markup::from(about.as_str()));
    std::iter::once(link).chain(about).collect()
}

/// Street, town and postcode in a line.
pub(crate) fn place(location: &Location) -> String {
    // Many addresses begin with the name of the place.
    let repeats =
        |name: &&Line| location.address.as_ref().is_some_and(|at| at.as_str().starts_with(name.as_str()));
    let parts = [
        location.name.as_ref().filter(|name| !repeats(name)).map(ToString::to_string),
        location.address.as_ref().map(ToString::to_string),
        location.city.as_ref().map(ToString::to_string),
        location.postal_code.as_ref().map(ToString::to_string),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Where it is, in few words.
pub(super) fn whereabouts(lang: Lang, entry: &Entry) -> Vec<String> {
    let there = entry.service_at_locations.iter().filter(|place| !place.is_virtual);
    let mut places: Vec<String> = there
        .map(|location| {
            let town = location.city.as_ref().or(location.name.as_ref()).map(ToString::to_string);
            let code = location.postal_code.as_ref().map(ToString::to_string);
            town.into_iter().chain(code).collect::<Vec<_>>().join(", ")
        })
        .filter(|place| !place.is_empty())
        .take(3)
        .collect();
    if places.is_empty() {
        places.push(lang.t("directory-no-place"));
    }
    places
}

pub(crate) fn ages(lang: Lang, entry: &Entry) -> Option<String> {
    let from = entry.minimum_age.map(|age| ("from", age.to_string()));
    let to = entry.maximum_age.map(|age| ("to", age.to_string()));
    match (from, to) {
        (Some(from), Some(to)) => Some(lang.tr("directory-ages-between", &[from, to])),
        (Some(from), None) => Some(lang.tr("directory-ages-from", &[from])),
        (None, Some(to)) => Some(lang.tr("directory-ages-to", &[to])),
        (None, None) => None,
    }
}

pub(super) fn cost(lang: Lang, cost: &CostOption) -> String {
    let amount = cost.amount.map(|pence| match pence {
        0 => lang.t("directory-cost-free"),
        _ => format!("£{}.{:02}", pence / 100, pence % 100),
    });
    let parts = [
        cost.option.as_ref().map(ToString::to_string),
        amount,
        cost.amount_description.as_ref().map(ToString::to_string),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn day_key(day: Day) -> &'static str {
    match day {
        Day::Mo => "when-weekday-monday",
        Day::Tu => "when-weekday-tuesday",
        Day::We => "when-weekday-wednesday",
        Day::Th => "when-weekday-thursday",
        Day::Fr => "when-weekday-friday",
        Day::Sa => "when-weekday-saturday",
        Day::Su => "when-weekday-sunday",
    }
}

fn days(lang: Lang, days: impl Iterator<Item = Day>) -> String {
    days.map(|day| lang.t(day_key(day))).collect::<Vec<_>>().join(", ")
}

/// One line of opening times in words: "Monday, Friday: 9am to 5pm".
pub(crate) fn schedule(lang: Lang, schedule: &Schedule) -> String {
    let when = match &schedule.repeats {
        Repeats::Once(date) => words::day_of(lang, *date),
        Repeats::Weekly { byday, interval: 0 | 1, .. } => days(lang, byday.iter().copied()),
        Repeats::Weekly { byday, interval, .. } => {
            let said = [("days", days(lang, byday.iter().copied())), ("weeks", interval.to_string())];
            lang.tr("directory-every-weeks", &said)
        }
        Repeats::MonthlyByDay { byday, interval, .. } => {
            let each = byday.iter().map(|(nth, day)| nth_day(lang, *nth, *day));
            monthly(lang, &each.collect::<Vec<_>>().join(", "), *interval)
        }
        Repeats::MonthlyByDate { bymonthday, interval, .. } => {
            let each = bymonthday.iter().map(|date| match date {
                ..0 => lang.tr("directory-date-from-end", &[("n", date.unsigned_abs().to_string())]),
                0.. => lang.tr("directory-date", &[("n", date.to_string())]),
            });
            monthly(lang, &each.collect::<Vec<_>>().join(", "), *interval)
        }
    };
    let hours = match schedule.opening {
        Some(opening) if opening.open == opening.close => lang.t("county-hours-all-day"),
        Some(opening) => {
            let times =
                [("open", words::clock(lang, opening.open)), ("close", words::clock(lang, opening.close))];
            lang.tr("county-hours-from-to", &times)
        }
        None => lang.t("directory-hours-unknown"),
    };
    let mut said = lang.tr("county-hours-day", &[("day", when), ("hours", hours)]);
    let from = schedule.valid_from.map(|day| ("from", words::day_of(lang, day)));
    let to = schedule.valid_to.map(|day| ("to", words::day_of(lang, day)));
    let holds = match (from, to) {
        (Some(from), Some(to)) => Some(lang.tr("directory-holds-between", &[from, to])),
        (Some(from), None) => Some(lang.tr("directory-holds-from", &[from])),
        (None, Some(to)) => Some(lang.tr("directory-holds-to", &[to])),
        (None, None) => None,
    };
    for more in holds.into_iter().chain(schedule.notes.as_ref().map(|notes| format!("({notes})"))) {
        said.push(' ');
        said.push_str(&more);
    }
    said
}

fn monthly(lang: Lang, days: &str, interval: u8) -> String {
    let said = [("days", days.to_owned()), ("months", interval.max(1).to_string())];
    lang.tr("directory-every-months", &said)
}

fn nth_day(lang: Lang, nth: i8, day: Day) -> String {
    let key = match nth {
        1 => "directory-nth-first",
        2 => "directory-nth-second",
        3 => "directory-nth-third",
        4 => "directory-nth-fourth",
        5 => "directory-nth-fifth",
        0 => "directory-nth-every",
        -1 => "directory-nth-last",
        _ => "directory-nth-before-last",
    };
    lang.tr(key, &[("day", lang.t(day_key(day)))])
}
