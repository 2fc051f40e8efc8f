//! Every word a person reads: message files in `locales/`, one language a folder, embedded at build; more languages from a
//! folder a county names.
//!
//! It must not hold user-facing text itself. A missing key shows as `⟦key⟧` and is logged; a test finds it first.

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

mod locales;

use locales::{EASY, Locale};
pub use locales::{HOME, load};

const RIGHT_TO_LEFT: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
/// The place whose clock people read, compiled in: a machine without time zone files must not answer in UTC.
static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// A language we have words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Lang(u8);

impl Lang {
    /// The language of a tag such as `en-GB`; the pseudo-languages only by their exact tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let at = locales::all().iter().position(|locale| locale.tag.eq_ignore_ascii_case(tag))?;
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
        let real = locales::all().iter().filter(|locale| locale.is_real());
        let same = real.clone().find(|locale| locale.tag.eq_ignore_ascii_case(tag));
        let near = || real.clone().find(|locale| primary(&locale.tag) == primary(tag));
        Self::from_tag(&same.or_else(near)?.tag)
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
        self.chain().find_map(|locale| locale.look_up(key, &filled)).unwrap_or_else(|| {
            tracing::error!(key, "no words for this key");
            format!("⟦{key}⟧")
        })
    }

    /// This language, the language its Easy Read words belong to, the home language.
    fn chain(self) -> impl Iterator<Item = &'static Locale> {
        let own = locales::all().get(usize::from(self.0));
        let plain =
            own.filter(|_| self.is_easy()).and_then(|_| locales::all().get(usize::from(self.plain().0)));
        own.into_iter().chain(plain).chain(locales::all().first())
    }

    /// Whether there are words for `key` (in this language or the home language).
    pub fn has(self, key: &str) -> bool {
        self.chain().any(|locale| locale.has(key))
    }

    /// As it is chosen and kept: `cy`, `en-GB-x-easy`.
    pub fn code(self) -> &'static str {
        locales::all().get(usize::from(self.0)).map_or(HOME, |locale| locale.tag.as_str())
    }

    /// For the `lang` attribute.
    pub fn tag(self) -> &'static str {
        self.code().trim_end_matches(EASY)
    }

    /// For the `dir` attribute.
    pub fn dir(self) -> &'static str {
        dir_of(self.tag())
    }

    /// Whether these are Easy Read words.
    pub fn is_easy(self) -> bool {
        self.code().ends_with(EASY)
    }

    /// The same language in Easy Read, where there are such words.
    pub fn easy(self) -> Option<Self> {
        Self::from_tag(&format!("{}{EASY}", self.tag()))
    }

    /// The same language as most people read it.
    #[must_use]
    pub fn plain(self) -> Self {
        Self::from_tag(self.tag()).unwrap_or_default()
    }

    /// Whether texts about safety, consent and the law are shown in the home language instead, because nobody who is
    /// named reviewed them in this one.
    pub fn lacks_reviewed_words(self) -> bool {
        let own = locales::all().get(usize::from(self.plain().0));
        own.is_some_and(|locale| locale.is_real() && locale.tag != HOME && locale.lacks_guarded())
    }
}

/// The direction in which a language is written.
pub fn dir_of(tag: &str) -> &'static str {
    let primary = tag.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&primary) { "rtl" } else { "ltr" }
}

/// Every language people can choose: its tag, and its name in itself.
pub fn languages() -> Vec<(&'static str, String)> {
    let real = locales::all().iter().filter(|locale| locale.is_real());
    real.map(|locale| (locale.tag.as_str(), name_of(&locale.tag))).collect()
}

/// What a language calls itself; its tag, where it does not say.
pub fn name_of(tag: &str) -> String {
    let locale = locales::all().iter().find(|locale| locale.tag == tag);
    locale
        .and_then(|locale| locale.look_up("language-name", &FluentArgs::new()))
        .unwrap_or_else(|| tag.to_owned())
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

/// "November 2026".
pub fn month_of(lang: Lang, day: Date) -> String {
    let parts = [("month", month(lang, day.month())), ("year", day.year().to_string())];
    lang.tr("when-date-month-year", &parts)
}

/// "2:30pm", "2pm", "midday", "midnight", as the clock is in London.
pub fn time(lang: Lang, at: Timestamp) -> String {
    clock(lang, at.to_zoned(LONDON.clone()).time())
}

/// The same of a time of day.
pub fn clock(lang: Lang, clock: Time) -> String {
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
