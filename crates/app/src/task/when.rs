//! Time in words, as people say it: "2 hours left", "40 minutes late", "3 days", each with the exact moment beside it.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::{SignedDuration, Timestamp};
use onedoor_domain::calendar::local_date;

use crate::ui::Markup;
use crate::words::{self, Lang};

/// A moment in words, with the exact time as second line and for machines.
#[derive(Clone, Debug, Template)]
#[template(path = "task/moment.html")]
struct Moment {
    words: String,
    exact: String,
    at: Timestamp,
}

impl HtmlSafe for Moment {}

/// How long until something is due, or how late it is.
pub fn due(lang: Lang, at: Timestamp, now: Timestamp) -> Markup {
    moment(lang, due_words(lang, at, now), at, now)
}

/// The words of [`due`] alone.
pub fn due_words(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let (key, span) = if at < now {
        ("task-time-late", now.duration_since(at))
    } else {
        ("task-time-left", at.duration_since(now))
    };
    lang.tr(key, &[("span", span_words(lang, span))])
}

/// How long ago something happened.
pub fn age(lang: Lang, at: Timestamp, now: Timestamp) -> Markup {
    moment(lang, span_words(lang, now.duration_since(at)), at, now)
}

/// The exact time: today with the clock alone, else the whole date.
pub fn exact(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    if local_date(at) == local_date(now) {
        lang.tr("task-time-today", &[("time", words::time(lang, at))])
    } else {
        words::date_time(lang, at)
    }
}

/// The longest sensible words for a span: minutes up to an hour, both up to four hours, hours up to two days, then days.
pub fn span_words(lang: Lang, span: SignedDuration) -> String {
    let minutes = span.as_mins().max(0);
    let count = |key, number: i64| lang.tr(key, &[("count", number.to_string())]);
    let hours = minutes / 60;
    match minutes {
        0 => lang.t("task-span-moment"),
        1..60 => count("task-span-minutes", minutes),
        60..240 if minutes % 60 > 0 => {
            let parts = [
                ("hours", count("task-span-hours", hours)),
                ("minutes", count("task-span-minutes", minutes % 60)),
            ];
            lang.tr("task-span-both", &parts)
        }
        60..2880 => count("task-span-hours", hours),
        _ => count("task-span-days", hours / 24),
    }
}

fn moment(lang: Lang, words: String, at: Timestamp, now: Timestamp) -> Markup {
    Markup::of(&Moment { words, exact: exact(lang, at, now), at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_people_say_them() {
        let lang = Lang::default();
        let words = |minutes| span_words(lang, SignedDuration::from_mins(minutes));
        assert_eq!(words(-3), "less than a minute");
        assert_eq!(words(1), "1 minute");
        assert_eq!(words(59), "59 minutes");
        assert_eq!(words(60), "1 hour");
        assert_eq!(words(110), "1 hour 50 minutes");
        assert_eq!(words(300), "5 hours");
        assert_eq!(words(47 * 60 + 59), "47 hours");
        assert_eq!(words(72 * 60), "3 days");
    }

    #[test]
    fn what_is_due_is_left_until_its_moment_and_late_after() {
        let lang = Lang::default();
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let at = |text: &str| due_words(lang, text.parse().unwrap(), now);
        assert_eq!(at("2026-11-24T12:00:00Z"), "2 hours left");
        assert_eq!(at("2026-11-24T10:00:00Z"), "less than a minute left");
        assert_eq!(at("2026-11-24T09:20:00Z"), "40 minutes late");
        assert_eq!(exact(lang, "2026-11-24T12:00:00Z".parse().unwrap(), now), "today at midday");
        assert_eq!(
            exact(lang, "2026-11-25T12:30:00Z".parse().unwrap(), now),
            "Wednesday 25 November 2026 at 12:30pm"
        );
    }
}
