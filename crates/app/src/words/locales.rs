//! Where the words come from: embedded message files, and folders a county adds without code. Must not choose a language.
//!
//! A folder is a language, such as `cy`; `cy-x-easy` holds its Easy Read words. Each file names at its top who reviewed it
//! and when. What nobody reviewed is never shown where safety, consent or the law depend on it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::civil::Date;

use super::dir_of;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The language every other one falls back to, message by message.
pub const HOME: &str = "en-GB";
/// Made from the home language: accented, bracketed and longer, to find words that are not in message files or do not fit.
pub(super) const PSEUDO: &str = "en-XA";
/// Made from the home language, shown right to left.
pub(super) const PSEUDO_RTL: &str = "ar-XB";
/// Ends the tag of Easy Read words.
pub(super) const EASY: &str = "-x-easy";

/// Messages that say what to do in danger, ask for an agreement, or say what the law says. In another language they are
/// shown only from a file that a named person reviewed.
const GUARDED: [&str; 36] = [
    "code-",
    "crisis-",
    "door-access-",
    "door-agrees",
    "door-asker-contact-",
    "door-call-me",
    "door-check-danger",
    "door-contact-",
    "door-code-name",
    "door-crisis-",
    "door-danger-",
    "door-emergency-",
    "door-knows",
    "door-letter-slow",
    "door-nobody-",
    "door-not-",
    "door-permissions-",
    "door-place",
    "door-privacy-",
    "door-safe-",
    "door-say-nhs",
    "door-sent-",
    "door-someone-",
    "door-start-not-emergency",
    "door-start-phone",
    "door-start-reads",
    "door-talk-to",
    "door-tell-gp",
    "door-unsafe",
    "door-voicemail",
    "frame-leave",
    "frame-privacy",
    "places-",
    "reply-",
    "return-",
    "track-",
];

/// Whether a message may be shown only from a reviewed file.
pub(super) fn is_guarded(key: &str) -> bool {
    GUARDED.iter().any(|beginning| key.starts_with(beginning))
}

/// One language, or its Easy Read words.
pub(super) struct Locale {
    pub(super) tag: String,
    bundle: FluentBundle<FluentResource>,
    /// Guarded messages from files that no named person reviewed.
    unreviewed: HashSet<String>,
    pseudo: bool,
    /// Written from right to left.
    mirrored: bool,
}

static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();

/// Every language, those of the program first.
pub(super) fn all() -> &'static [Locale] {
    LOCALES.get_or_init(|| make(&[]))
}

/// Adds the languages of a folder, before the first page is shown. A language of the program is completed by a folder of
/// the same name: what it says wins.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn load(folder: &Path) -> std::io::Result<()> {
    let mut added = Vec::new();
    let mut languages: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    languages.sort_by_key(std::fs::DirEntry::file_name);
    for language in languages.iter().filter(|entry| entry.path().is_dir()) {
        let tag = language.file_name().to_string_lossy().into_owned();
        let mut files: Vec<_> = std::fs::read_dir(language.path())?.collect::<Result<_, _>>()?;
        files.sort_by_key(std::fs::DirEntry::file_name);
        let texts = files.iter().filter(|file| file.path().extension().is_some_and(|kind| kind == "ftl"));
        let texts = texts.map(|file| std::fs::read_to_string(file.path())).collect::<Result<Vec<_>, _>>()?;
        added.push((tag, texts));
    }
    // A second call changes nothing: pages were shown already.
    LOCALES.set(make(&added)).ok();
    Ok(())
}

type Files = (String, Vec<String>);

pub(super) fn make(added: &[Files]) -> Vec<Locale> {
    let embedded =
        |tag: &str| EMBEDDED.iter().find(|(found, _)| *found == tag).map_or(&[][..], |(_, files)| files);
    let own = |tag: &str| added.iter().find(|(found, _)| found == tag).map_or(&[][..], |(_, files)| files);
    let files = |tag: &str| -> Vec<String> {
        let first = embedded(tag).iter().map(|file| (*file).to_owned());
        first.chain(own(tag).iter().cloned()).collect()
    };
    let mut tags: Vec<&str> = vec![HOME];
    tags.extend(EMBEDDED.iter().map(|(tag, _)| *tag).chain(added.iter().map(|(tag, _)| tag.as_str())));
    let mut seen = HashSet::new();
    tags.retain(|tag| seen.insert(*tag) && ![PSEUDO, PSEUDO_RTL].contains(tag));
    let mut locales: Vec<Locale> = tags.iter().map(|tag| locale(tag, &files(tag), None)).collect();
    let home = files(HOME);
    locales.push(locale(PSEUDO, &home, Some(accented)));
    locales.push(locale(PSEUDO_RTL, &home, Some(turned_around)));
    locales
}

fn locale(tag: &str, files: &[String], transform: Option<fn(&str) -> Cow<'_, str>>) -> Locale {
    let language = tag.trim_end_matches(EASY).parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // A name or a number in a text that runs the other way must not mix with the words around it.
    let mirrored = dir_of(tag) == "rtl";
    bundle.set_use_isolating(mirrored);
    bundle.set_transform(transform);
    let pseudo = transform.is_some();
    let ours = pseudo || tag == HOME;
    let mut unreviewed = HashSet::new();
    for file in files {
        if !ours && !is_reviewed(file) {
            unreviewed.extend(keys_of(file).filter(|key| is_guarded(key)).map(str::to_owned));
        }
        let (resource, errors) = match FluentResource::try_new(file.clone()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        for error in errors {
            tracing::error!(%tag, %error, "a message cannot be read");
        }
        bundle.add_resource_overriding(resource);
    }
    Locale { tag: tag.to_owned(), bundle, unreviewed, pseudo, mirrored }
}

/// The messages a file holds.
pub(super) fn keys_of(file: &str) -> impl Iterator<Item = &str> {
    let named = file.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    named.filter_map(|line| Some(line.split_once('=')?.0.trim()))
}

/// Whether a file names its reviewer and the day, in comments at its top.
pub(super) fn is_reviewed(file: &str) -> bool {
    let of = |name: &str| {
        file.lines().find_map(|line| line.trim_start_matches('#').trim().strip_prefix(name)).map(str::trim)
    };
    let day = of("Reviewed on:").and_then(|day| day.parse::<Date>().ok());
    day.is_some() && of("Reviewed by:").is_some_and(|name| name.len() > 3)
}

impl Locale {
    pub(super) fn is_real(&self) -> bool {
        !self.pseudo && !self.tag.ends_with(EASY)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key) && !self.unreviewed.contains(key)
    }

    /// Whether something that keeps people safe is not shown in this language for want of a reviewer, or is not there.
    pub(super) fn lacks_guarded(&self) -> bool {
        !self.has("crisis-title") || !self.has("door-danger-title") || !self.unreviewed.is_empty()
    }

    pub(super) fn look_up(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        if self.unreviewed.contains(key) {
            return None;
        }
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        for error in errors {
            tracing::error!(key, %error, "a message has an unfilled place");
        }
        let text = if self.mirrored { numbers_kept(&text) } else { text };
        // Brackets show where a message begins and ends: what stands outside comes from no message file.
        Some(if self.pseudo { format!("[{text}]") } else { text })
    }
}

/// Accented, and each vowel twice: about 40% longer.
fn accented(text: &str) -> Cow<'_, str> {
    let mut longer = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let other = match letter {
            'a' => 'á',
            'e' => 'é',
            'i' => 'î',
            'o' => 'ö',
            'u' => 'ü',
            'y' => 'ÿ',
            'A' => 'Å',
            'E' => 'É',
            'I' => 'Î',
            'O' => 'Ö',
            'U' => 'Û',
            'c' => 'ç',
            'n' => 'ñ',
            other => other,
        };
        longer.push(other);
        if matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u') {
            longer.push(other);
        }
    }
    Cow::Owned(longer)
}

/// Keeps the groups of a number in their order where words run from right to left: "116 123" must not read "123 116".
fn numbers_kept(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 12);
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(from);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(number.len());
        let (run, after) = number.split_at(end);
        let (digits, spaces) = run.split_at(run.trim_end().len());
        kept.push_str(before);
        if digits.contains(' ') {
            kept.extend(["\u{2066}", digits, "\u{2069}", spaces]);
        } else {
            kept.push_str(run);
        }
        rest = after;
    }
    kept + rest
}

fn turned_around(text: &str) -> Cow<'_, str> {
    // Right-to-left override up to its end mark, as a right-to-left script would run.
    Cow::Owned(format!("\u{202e}{text}\u{202c}"))
}
