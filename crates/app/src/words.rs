//! Every word a person reads: message files in `locales/`, one language a folder, embedded at build.
//!
//! It must not hold user-facing text itself. A missing key shows as `⟦key⟧` and is logged; a test finds it first.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The language every other one falls back to, message by message.
const HOME: &str = "en-GB";
/// Made from the home language: accented and a third longer, to find words that are not in message files or do not fit.
const PSEUDO: &str = "en-XA";
/// Made from the home language, shown right to left.
const PSEUDO_RTL: &str = "ar-XB";
const RIGHT_TO_LEFT: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
/// The place whose clock people read, compiled in: a machine without time zone files must not answer in UTC.
static LONDON: TimeZone = jiff::tz::get!("Europe/London");

struct Locale {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let home: &[&str] = EMBEDDED.iter().find(|(tag, _)| *tag == HOME).map_or(&[], |(_, files)| files);
    let mut locales = vec![locale(HOME, home, None)];
    for (tag, files) in EMBEDDED.iter().filter(|(tag, _)| *tag != HOME) {
        locales.push(locale(tag, files, None));
    }
    locales.push(locale(PSEUDO, home, Some(accented)));
    locales.push(locale(PSEUDO_RTL, home, Some(mirrored)));
    locales
});

fn locale(tag: &'static str, files: &[&str], transform: Option<fn(&str) -> Cow<'_, str>>) -> Locale {
    let language = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for file in files {
        let (resource, errors) = match FluentResource::try_new((*file).to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        for error in errors {
            tracing::error!(%tag, %error, "a message cannot be read");
        }
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%tag, ?errors, "a message is written twice");
        }
    }
    Locale { tag, bundle }
}

fn accented(text: &str) -> Cow<'_, str> {
    let mut longer = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        longer.push(match letter {
            'a' => 'á',
            'c' => 'ç',
            'e' => 'é',
            'i' => 'î',
            'n' => 'ñ',
            'o' => 'ö',
            'u' => 'ü',
            'y' => 'ÿ',
            'A' => 'Å',
            'E' => 'É',
            'I' => 'Î',
            'O' => 'Ö',
            'U' => 'Û',
            other => other,
        });
        if matches!(letter, 'e' | 'o') {
            longer.push('~');
        }
    }
    Cow::Owned(longer)
}

fn mirrored(text: &str) -> Cow<'_, str> {
    // Right-to-left override up to its end mark, as a right-to-left script would run.
    Cow::Owned(format!("\u{202e}{text}\u{202c}"))
}

/// A language we have words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Lang(u8);

impl Lang {
    /// The language of a tag such as `en-GB`; the pseudo-languages only by their exact tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let at = LOCALES.iter().position(|locale| locale.tag.eq_ignore_ascii_case(tag))?;
        u8::try_from(at).ok().map(Self)
    }

    /// The choice a person made earlier (cookie) wins over what the browser asks for (`Accept-Language`).
    pub fn from_accept(accept: Option<&str>, cookie: Option<&str>) -> Self {
        if let Some(chosen) = cookie.and_then(Self::from_tag) {
            return chosen;
        }
        let mut asked: Vec<(f32, &str)> = accept.unwrap_or_default().split(',').filter_map(wanted).collect();
        asked.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        asked.into_iter().find_map(|(_, tag)| Self::spoken(tag)).unwrap_or_default()
    }

    /// The real language for a browser's tag: exact, else the same primary language.
    fn spoken(tag: &str) -> Option<Self> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let real = LOCALES.iter().filter(|locale| ![PSEUDO, PSEUDO_RTL].contains(&locale.tag));
        let same = real.clone().find(|locale| locale.tag.eq_ignore_ascii_case(tag));
        let near = || real.clone().find(|locale| primary(locale.tag) == primary(tag));
        Self::from_tag(same.or_else(near)?.tag)
    }

    /// The words of `key`.
    pub fn t(self, key: &str) -> String {
        self.tr(key, &[])
    }

    /// The words of `key` with its places filled. Whole numbers choose plural forms.
    pub fn tr(self, key: &str, args: &[(&'static str, String)]) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(*name, argument(value));
        }
        let own = LOCALES.get(usize::from(self.0));
        own.and_then(|locale| look_up(locale, key, &filled))
            .or_else(|| look_up(LOCALES.first()?, key, &filled))
            .unwrap_or_else(|| {
                tracing::error!(key, "no words for this key");
                format!("⟦{key}⟧")
            })
    }

    /// Whether there are words for `key` (in this language or the home language).
    pub fn has(self, key: &str) -> bool {
        [self.0, 0]
            .iter()
            .filter_map(|at| LOCALES.get(usize::from(*at)))
            .any(|locale| locale.bundle.has_message(key))
    }

    /// For the `lang` attribute.
    pub fn tag(self) -> &'static str {
        LOCALES.get(usize::from(self.0)).map_or(HOME, |locale| locale.tag)
    }

    /// For the `dir` attribute.
    pub fn dir(self) -> &'static str {
        let primary = self.tag().split('-').next().unwrap_or_default();
        if RIGHT_TO_LEFT.contains(&primary) { "rtl" } else { "ltr" }
    }
}

/// One `tag;q=0.8` of an `Accept-Language` header; a weight of nothing means "not this one".
fn wanted(part: &str) -> Option<(f32, &str)> {
    let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
    let weight = weight.trim().parse().ok().filter(|weight| (0.001..=1.0).contains(weight))?;
    Some((weight, tag.trim()))
}

/// Only plain whole numbers become numbers: a telephone number keeps its leading nought.
fn argument(value: &str) -> FluentValue<'_> {
    let plain = value.len() <= 9 && !value.starts_with('0') || value == "0";
    match value.parse::<u32>() {
        Ok(number) if plain && value.bytes().all(|byte| byte.is_ascii_digit()) => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

fn look_up(locale: &Locale, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = locale.bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = locale.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    for error in errors {
        tracing::error!(key, %error, "a message has an unfilled place");
    }
    Some(text)
}

/// "Monday 23 November 2026", as the day is in London.
pub fn date(lang: Lang, at: Timestamp) -> String {
    let day = at.to_zoned(LONDON.clone()).date();
    lang.tr(
        "when-date-with-weekday",
        &[("weekday", weekday(lang, day.weekday())), ("date", day_of(lang, day))],
    )
}

/// "23 November 2026".
pub fn day_of(lang: Lang, day: Date) -> String {
    let parts = [
        ("day", day.day().to_string()),
        ("month", month(lang, day.month())),
        ("year", day.year().to_string()),
    ];
    lang.tr("when-date-day-month-year", &parts)
}

/// "2:30pm", "2pm", "midday", "midnight", as the clock is in London.
pub fn time(lang: Lang, at: Timestamp) -> String {
    let clock = at.to_zoned(LONDON.clone()).time();
    let (hour, minute) = (clock.hour(), clock.minute());
    match (hour, minute) {
        (0, 0) => return lang.t("when-time-midnight"),
        (12, 0) => return lang.t("when-time-midday"),
        _ => {}
    }
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let shown = if minute == 0 { twelve.to_string() } else { format!("{twelve}:{minute:02}") };
    lang.tr(if hour < 12 { "when-time-morning" } else { "when-time-afternoon" }, &[("time", shown)])
}

/// "Monday 23 November 2026 at 2:30pm".
///
/// Midnight belongs to the day that ends with it: "by Tuesday at midnight" would be read a day too late.
pub fn date_time(lang: Lang, at: Timestamp) -> String {
    let local = at.to_zoned(LONDON.clone());
    if local.time() == jiff::civil::Time::midnight() {
        let before = at.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(at);
        return lang.tr("when-end-of-day", &[("date", date(lang, before))]);
    }
    lang.tr("when-date-at-time", &[("date", date(lang, at)), ("time", time(lang, at))])
}

fn weekday(lang: Lang, day: Weekday) -> String {
    lang.t(match day {
        Weekday::Monday => "when-weekday-monday",
        Weekday::Tuesday => "when-weekday-tuesday",
        Weekday::Wednesday => "when-weekday-wednesday",
        Weekday::Thursday => "when-weekday-thursday",
        Weekday::Friday => "when-weekday-friday",
        Weekday::Saturday => "when-weekday-saturday",
        Weekday::Sunday => "when-weekday-sunday",
    })
}

fn month(lang: Lang, number: i8) -> String {
    const KEYS: [&str; 12] = [
        "when-month-january",
        "when-month-february",
        "when-month-march",
        "when-month-april",
        "when-month-may",
        "when-month-june",
        "when-month-july",
        "when-month-august",
        "when-month-september",
        "when-month-october",
        "when-month-november",
        "when-month-december",
    ];
    let at = usize::try_from(number - 1).unwrap_or_default();
    lang.t(KEYS.get(at).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests;
