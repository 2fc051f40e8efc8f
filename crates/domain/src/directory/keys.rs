//! By which words, needs, places and hours a service is found. Each is one short key, compared for equality, because no other
//! comparison may use an index where every row belongs to a county.
//!
//! Folding loses accents, case and endings, so that "counsellor" finds "Counselling"; it must not lose a whole word.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::entry::Entry;
use super::schedule::Day;
use crate::calendar::{Calendar, local};
use crate::value::{Failure as _, Line, Postcode};

/// The key that every listed service has.
pub const ALL: &str = "*";

/// Words that stand in most texts and tell nothing apart.
const COMMON: [&str; 26] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "near", "of", "on",
    "or", "our", "that", "the", "this", "to", "we", "with", "you", "your",
];

/// Endings that say the same word another way, the longest first.
const ENDINGS: [&str; 18] = [
    "nesses", "ments", "ness", "ment", "ings", "ers", "ors", "ies", "ing", "ied", "es", "ed", "er", "or",
    "ly", "s", "y", "e",
];

/// The most words of one service that can be searched for.
const WORDS: usize = 120;
/// How much of the name lists are sorted by.
const SORT: usize = 40;

/// A text as its words: small letters without accents.
fn folded(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = plain(c);
        if !plain.is_empty() {
            if let Some(word) = words.last_mut() {
                word.push_str(plain);
            }
        } else if c.is_alphanumeric() {
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        } else if !matches!(c, '\'' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}') {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter without its accent; nothing for one that has none.
fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        _ => "",
    }
}

/// A word without its endings: at least three letters are left.
fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    for _ in 0..2 {
        let ending = ENDINGS.iter().find(|ending| stem.len() >= ending.len() + 4 && stem.ends_with(**ending));
        let Some(ending) = ending else { break };
        stem.truncate(stem.len() - ending.len());
    }
    // "counsell" of "counselling" is "counsel".
    let mut letters = stem.chars().rev();
    let doubled = letters.next().zip(letters.next()).is_some_and(|(last, before)| {
        last == before && last.is_ascii_alphabetic() && !"aeiou".contains(last)
    });
    if doubled && stem.len() > 4 {
        stem.pop();
    }
    stem
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let telling = |word: &String| word.chars().count() > 1 && !COMMON.contains(&word.as_str());
    folded(text).into_iter().filter(telling).map(|word| stem(&word))
}

/// The key of a need.
pub fn term(name: &Line) -> String {
    format!("t:{}", folded(name.as_str()).join(" "))
}

/// What lists are sorted by: the beginning of the folded name.
pub fn sort(entry: &Entry) -> String {
    folded(entry.name.as_str()).join(" ").chars().take(SORT).collect()
}

/// Every key of an entry.
pub fn of(entry: &Entry) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([ALL.to_owned()]);
    let names = [Some(entry.name.as_str()), entry.organization.as_ref().map(|org| org.name.as_str())];
    let needs = entry.taxonomy_terms.iter().map(Line::as_str);
    let about =
        [entry.description.as_ref().map(AsRef::as_ref), entry.eligibility.as_ref().map(AsRef::as_ref)];
    let texts = names.into_iter().flatten().chain(needs).chain(about.into_iter().flatten());
    let found: Vec<String> = texts.flat_map(words).collect();
    let mut seen = BTreeSet::new();
    for word in found.into_iter().filter(|word| seen.insert(word.clone())).take(WORDS) {
        keys.insert(format!("w:{word}"));
    }
    keys.extend(entry.taxonomy_terms.iter().map(term));
    keys.extend(places(entry));
    keys.extend(hours(entry));
    keys
}

fn places(entry: &Entry) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for location in &entry.service_at_locations {
        if let Some(postcode) = &location.postal_code {
            let outward = postcode.outward();
            let area: String = outward.chars().take_while(char::is_ascii_alphabetic).collect();
            keys.insert(format!("p:{outward}"));
            keys.insert(format!("p:{area}"));
        }
        let named = [location.city.as_ref(), location.name.as_ref(), location.address.as_ref()];
        keys.extend(
            named.into_iter().flatten().flat_map(|name| words(name.as_str())).map(|word| format!("l:{word}")),
        );
    }
    keys.extend(
        entry.service_areas.iter().flat_map(|area| words(area.as_str())).map(|word| format!("l:{word}")),
    );
    keys
}

/// A quarter of a day of the week: `o:MO2` is Monday from twelve to six in the afternoon.
fn quarter(day: Day, hour: i8) -> String {
    format!("o:{}{}", day.code(), hour / 6)
}

/// The quarters in which it can be open. More than are true, never fewer: the schedule itself decides.
fn hours(entry: &Entry) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for schedule in entry.all_schedules() {
        let Some(opening) = schedule.opening else { continue };
        let (open, close) = (opening.open.hour(), opening.close.hour());
        let over_night = opening.close <= opening.open;
        for day in schedule.days() {
            let until = if over_night { 23 } else { close };
            keys.extend((open..=until).map(|hour| quarter(day, hour)));
            let next = Day::ALL.into_iter().cycle().skip_while(|known| *known != day).nth(1);
            if let Some(next) = next.filter(|_| over_night) {
                keys.extend((0..=close).map(|hour| quarter(next, hour)));
            }
        }
    }
    keys
}

/// What somebody looks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    /// Words of the name, of who runs it, of what it does.
    pub words: String,
    /// A need, by its name.
    pub need: Option<Line>,
    /// A postcode or its beginning, a town, an area.
    pub place: String,
    /// Only what is open now.
    pub open_now: bool,
}

impl Search {
    /// The keys that a service must have, all of them. Never empty.
    pub fn keys(&self, now: Timestamp, calendar: &Calendar) -> Vec<String> {
        let mut keys: BTreeSet<String> = words(&self.words).map(|word| format!("w:{word}")).collect();
        keys.extend(self.need.as_ref().map(term));
        keys.extend(self.place_keys());
        let local = local(now);
        if self.open_now && !calendar.is_bank_holiday(local.date()) {
            keys.insert(quarter(Day::of(local.date()), local.hour()));
        }
        if keys.is_empty() {
            keys.insert(ALL.to_owned());
        }
        keys.into_iter().take(12).collect()
    }

    fn place_keys(&self) -> Vec<String> {
        let typed = self.place.trim();
        let short = typed.len() <= 2 && !typed.is_empty() && typed.chars().all(|c| c.is_ascii_alphabetic());
        if short {
            return vec![format!("p:{}", typed.to_ascii_uppercase())];
        }
        match typed.parse::<Postcode>() {
            Ok(postcode) => vec![format!("p:{}", postcode.outward())],
            Err(error) if error.key() == "first-half-only" => {
                let half: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
                vec![format!("p:{}", half.to_ascii_uppercase())]
            }
            Err(_) => words(typed).map(|word| format!("l:{word}")).collect(),
        }
    }
}
