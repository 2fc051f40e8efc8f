//! What the words promise: no key without words, no words without use, the right language, London's clock.

use super::locales::EMBEDDED;
use super::*;
use fluent_bundle::FluentResource;
use std::collections::BTreeSet;
use std::path::Path;

fn keys_of(text: &str) -> BTreeSet<String> {
    let named = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    named.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        // Published examples and invented people: no pages of ours.
        if path.ends_with("ui/conformance") || path.ends_with("src/demo") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "html" || kind == "rs")
            && !["/tests.rs", "/gallery.rs"].iter().any(|end| name.ends_with(end))
        {
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn our_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    sources(&root.join("src"), &mut found);
    sources(&root.join("templates"), &mut found);
    found
}

/// Codes that begin as some keys do.
const CODES: [&str; 6] =
    ["task-list", "crisis-nurse", "crisis-line", "code-name", "handover-accepted", "handover-back"];

fn looks_like_a_key(literal: &str) -> bool {
    if CODES.contains(&literal) {
        return false;
    }
    let letters = literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    letters && literal.contains('-') && !literal.starts_with('-') && !literal.ends_with('-')
}

/// Keys a file asks for: what `t("…")` and `tr("…")` name and, in Rust, every literal that begins as keys begin.
fn asked<'a>(file: &str, text: &'a str, beginnings: &BTreeSet<String>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for place in [".t(\"", ".tr(\""] {
        found.extend(text.split(place).skip(1).filter_map(|rest| rest.split('"').next()));
    }
    if file.ends_with("rs") {
        let begins =
            |literal: &str| literal.split('-').next().is_some_and(|first| beginnings.contains(first));
        found.extend(text.split('"').filter(|literal| looks_like_a_key(literal) && begins(literal)));
    }
    found.retain(|literal| looks_like_a_key(literal));
    found
}

#[test]
fn every_key_that_code_and_pages_ask_for_has_words() {
    let lang = Lang::default();
    let files = EMBEDDED.iter().find(|(tag, _)| *tag == HOME).unwrap().1;
    let keys = files.iter().flat_map(|file| keys_of(file));
    let beginnings: BTreeSet<String> =
        keys.filter_map(|key| Some(key.split_once('-')?.0.to_owned())).collect();
    let mut missing = Vec::new();
    for (file, text) in our_sources() {
        let unknown = asked(&file, &text, &beginnings).into_iter().filter(|key| !lang.has(key));
        missing.extend(unknown.map(|key| format!("{file}: {key}")));
    }
    assert!(missing.is_empty(), "no words for:\n{}", missing.join("\n"));
}

#[test]
fn every_message_is_used_somewhere() {
    let sources = our_sources();
    let files = EMBEDDED.iter().find(|(tag, _)| *tag == HOME).unwrap().1;
    // A key with the ending of a voice is said where its plain key is asked for.
    let plain = |key: &str| {
        ["-they", "-pro", "-young", "-staff"]
            .iter()
            .find_map(|end| key.strip_suffix(end))
            .unwrap_or(key)
            .to_owned()
    };
    let names = |text: &str, key: &str| text.contains(&format!("\"{key}\""));
    let used = |key: &str| sources.iter().any(|(_, text)| names(text, key) || names(text, &plain(key)));
    let idle: Vec<String> = files.iter().flat_map(|file| keys_of(file)).filter(|key| !used(key)).collect();
    assert!(idle.is_empty(), "nobody shows these messages:\n{}", idle.join("\n"));
}

#[test]
fn message_files_are_well_formed_and_have_no_key_twice() {
    for (tag, files) in EMBEDDED {
        let mut seen = BTreeSet::new();
        for file in *files {
            FluentResource::try_new((*file).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{tag}: {errors:?}"));
            for key in keys_of(file) {
                assert!(seen.insert(key.clone()), "{tag}: {key} is written twice");
            }
        }
    }
}

#[test]
fn a_missing_key_shows_itself_and_does_not_break_the_page() {
    assert_eq!(Lang::default().t("no-such-key"), "⟦no-such-key⟧");
}

#[test]
fn the_pseudo_language_is_longer_and_keeps_what_is_filled_in() {
    let pseudo = Lang::from_tag("en-XA").unwrap();
    let plain = Lang::default().t("ui-skip-link");
    assert!(pseudo.t("ui-skip-link").chars().count() > plain.chars().count());
    assert_ne!(pseudo.t("ui-skip-link"), plain);
    assert!(pseudo.tr("ui-by", &[("name", "Ann Example".into())]).contains("Ann Example"));
    assert_eq!((pseudo.tag(), pseudo.dir()), ("en-XA", "ltr"));
    assert_eq!(Lang::from_tag("ar-XB").unwrap().dir(), "rtl");
}

#[test]
fn a_number_keeps_its_order_where_words_run_from_right_to_left() {
    let mirrored = Lang::from_tag("ar-XB").unwrap();
    assert!(mirrored.t("crisis-samaritans").contains("\u{2066}116 123\u{2069}"));
    let said = mirrored.tr("door-row-call", &[("number", "01632 960 555".into())]);
    assert!(said.contains("\u{2066}01632 960 555\u{2069}"), "{said}");
    assert!(!Lang::default().t("crisis-samaritans").contains('\u{2066}'));
}

#[test]
fn a_person_s_choice_wins_and_browsers_never_get_a_pseudo_language() {
    assert_eq!(Lang::from_accept(Some("cy;q=0.9, en-US;q=0.8"), None).tag(), "en-GB");
    assert_eq!(Lang::from_accept(Some("ar-XB, en-XA"), None).tag(), "en-GB");
    assert_eq!(Lang::from_accept(Some("en-GB"), Some("en-XA")).tag(), "en-XA");
    assert_eq!(Lang::from_accept(Some(";;q=,,q=9"), Some("xx")).tag(), "en-GB");
}

#[test]
fn telephone_numbers_keep_their_nought_and_numbers_stay_plain() {
    let lang = Lang::default();
    assert_eq!(lang.tr("ui-by", &[("name", "01632 960001".into())]), "by 01632 960001");
    assert_eq!(lang.tr("ui-by", &[("name", "0163296".into())]), "by 0163296");
    assert_eq!(
        lang.tr("ui-characters-allowed", &[("count", "4000".into())]),
        "You can enter up to 4000 characters"
    );
}

#[test]
fn dates_and_times_read_as_the_clock_in_london_does() {
    let lang = Lang::default();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(date(lang, at("2026-11-23T14:30:00Z")), "Monday 23 November 2026");
    assert_eq!(date_time(lang, at("2026-11-23T14:30:00Z")), "Monday 23 November 2026 at 2:30pm");
    assert_eq!(time(lang, at("2026-06-01T08:00:00Z")), "9am");
    assert_eq!(date(lang, at("2026-06-30T23:30:00Z")), "Wednesday 1 July 2026");
    assert_eq!(time(lang, at("2026-01-01T12:00:00Z")), "midday");
    assert_eq!(time(lang, at("2026-01-01T00:00:00Z")), "midnight");
    assert_eq!(date_time(lang, at("2026-11-24T00:00:00Z")), "the end of Monday 23 November 2026");
    assert_eq!(time(lang, at("2026-01-01T00:05:00Z")), "12:05am");
    assert_eq!(time(lang, at("2026-03-29T01:00:00Z")), "2am");
}
