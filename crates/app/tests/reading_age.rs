//! The reading age of everything the public reads: each message of twelve words or more, each part of a message file
//! taken together, each page of words. Nothing above eleven, except what is listed with a reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Message files of pages that the public reads.
const PUBLIC: [&str; 10] =
    ["door", "errors", "file", "find", "frame", "looks", "notice", "reply", "return", "track"];
/// Messages of a public file that only staff read.
const STAFF: [&str; 10] = [
    "crisis-staff",
    "error-conflict",
    "error-forbidden",
    "frame-lock",
    "frame-duty",
    "file-part",
    "file-scan",
    "file-open",
    "file-why",
    "notice-page",
];
/// Fewer words than this say nothing about how hard a text is.
const FEW: usize = 12;
const OLDEST: f64 = 11.0;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Vowel groups, without a silent e at the end: the usual estimate.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: char| "aeiouyàáâéèêíóöúü".contains(c);
    let mut groups = 0;
    let mut before = false;
    for letter in &letters {
        let now = vowel(*letter);
        groups += usize::from(now && !before);
        before = now;
    }
    let text: String = letters.iter().collect();
    let silent = text.ends_with('e') && !text.ends_with("le")
        || (text.ends_with("es") || text.ends_with("ed")) && !text.ends_with("ted") && !text.ends_with("ded");
    (groups - usize::from(silent && groups > 1)).max(1)
}

/// Words and the sentences they stand in. Lines and the parts of a list end a sentence too.
fn measure(text: &str) -> (usize, usize, usize) {
    let text = text.replace("e.g.", "eg").replace("A&E", "AE");
    let sentences: Vec<&str> = text
        .split(['.', '?', '!', ':', ';', '\n'])
        .filter(|sentence| sentence.chars().any(char::is_alphabetic))
        .collect();
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '/' || c == '–')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let beats =
        words.iter().map(|word| if word.chars().any(char::is_alphabetic) { syllables(word) } else { 1 });
    (words.len(), sentences.len().max(1), beats.sum())
}

/// Flesch and Kincaid's grade, and five years before school.
fn age(text: &str) -> f64 {
    let (words, sentences, beats) = measure(text);
    let [words, sentences, beats] =
        [words, sentences, beats].map(|count| f64::from(u32::try_from(count).unwrap()));
    (0.39 * words / sentences + 11.8 * beats / words - 15.59) + 5.0
}

fn words(text: &str) -> usize {
    measure(text).0
}

/// What a reader reads of a message: places become a short word, plural forms each a text.
fn shown(message: &str) -> String {
    let mut plain = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        let (_, after) = after.split_once('}').unwrap_or(("", after));
        plain.push_str(before);
        plain.push_str("Monday");
        rest = after;
    }
    plain + rest
}

/// Name and text of every message, and the messages of each part of the file together.
fn messages(file: &str, texts: &mut BTreeMap<String, String>) {
    let source = fs::read_to_string(root().join(format!("locales/en-GB/{file}.ftl"))).unwrap();
    let (mut part, mut last) = (format!("{file}: top"), String::new());
    for line in source.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            part = format!("{file}: {title}");
        }
        let named = line.starts_with(|c: char| c.is_ascii_lowercase());
        let form = line.trim_start().trim_start_matches('*').strip_prefix('[');
        let (key, text) =
            match (line.split_once(" = ").filter(|_| named), form.and_then(|form| form.split_once("] "))) {
                (Some((key, text)), _) => {
                    key.clone_into(&mut last);
                    (key.to_owned(), text)
                }
                (None, Some((form, text))) => (format!("{last}[{form}]"), text),
                (None, None) => continue,
            };
        if STAFF.iter().any(|staff| key.starts_with(staff)) || text.contains("->") {
            continue;
        }
        let text = shown(text);
        let whole = texts.entry(part.clone()).or_default();
        whole.push_str(&text);
        whole.push('\n');
        texts.insert(key, text);
    }
}

/// A page of words without its marks.
fn page(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let mut plain = String::new();
    for line in source.lines().filter(|line| !line.starts_with('{') && !line.starts_with("safety:")) {
        let line = line.trim_start_matches("title: ").trim_start_matches(['#', '-', '>', ' ']);
        let line = match line.strip_prefix('!') {
            Some(pictured) => pictured.split_once(' ').map_or("", |(_, words)| words),
            None => line,
        };
        let mut line = line.replace("**", "");
        while let Some((from, to)) = line.find("](").zip(line.find(')')).filter(|(from, to)| from < to) {
            line.replace_range(from..=to, "");
        }
        plain.push_str(&line.replace('[', ""));
        plain.push('\n');
    }
    plain
}

fn texts() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for file in PUBLIC {
        messages(file, &mut texts);
    }
    for entry in fs::read_dir(root().join("content/en-GB")).unwrap() {
        let path = entry.unwrap().path();
        texts.insert(format!("page {}", path.file_name().unwrap().to_str().unwrap()), page(&path));
    }
    texts
}

/// `name: reason`, a line each.
fn exceptions() -> BTreeMap<String, String> {
    let list = fs::read_to_string(root().join("tests/reading_age/exceptions.txt")).unwrap();
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let read = |line: &str| {
        let (name, reason) = line.rsplit_once(" -- ").unwrap_or_else(|| panic!("no reason: {line}"));
        (name.to_owned(), reason.to_owned())
    };
    lines.map(read).collect()
}

// seed: 122
#[test]
fn everything_the_public_reads_has_a_reading_age_of_eleven_or_less_or_a_reason() {
    let (texts, exceptions) = (texts(), exceptions());
    let mut hard = Vec::new();
    let (mut all, mut count) = (String::new(), 0);
    for (name, text) in texts.iter().filter(|(_, text)| words(text) >= FEW) {
        count += 1;
        if !name.contains(": ") {
            all.push_str(text);
            all.push('\n');
        }
        let age = age(text);
        if age > OLDEST {
            let reason = exceptions.get(name);
            println!("{age:4.1}  {name}{}", reason.map(|reason| format!("  ({reason})")).unwrap_or_default());
            hard.extend(reason.is_none().then(|| format!("{age:.1} {name}: {text}")));
        }
    }
    println!("{count} texts; all together {:.1}", age(&all));
    let idle: Vec<&String> =
        exceptions.keys().filter(|name| texts.get(*name).is_none_or(|text| age(text) <= OLDEST)).collect();
    assert!(idle.is_empty(), "no longer needed in exceptions.txt: {idle:?}");
    assert!(hard.is_empty(), "too hard to read:\n{}", hard.join("\n"));
    assert!(age(&all) < 10.0, "all of it together: {:.1}", age(&all));
}

#[test]
fn easy_read_is_easier_than_the_standard_text() {
    let folder = root().join("content/en-GB");
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(slug) = name.strip_suffix(".easy.txt") else { continue };
        let (easy, standard) = (page(&path), page(&folder.join(format!("{slug}.txt"))));
        assert!(age(&easy) < age(&standard), "{slug}: {:.1} {:.1}", age(&easy), age(&standard));
        let (words, sentences, _) = measure(&easy);
        assert!(words / sentences <= 8, "{slug}: {words} words in {sentences} sentences");
    }
}

#[test]
fn the_estimate_knows_easy_words_from_hard_ones() {
    for (word, count) in
        [("help", 1), ("name", 1), ("asked", 1), ("people", 2), ("wanted", 2), ("emergency", 4), ("table", 2)]
    {
        assert_eq!(syllables(word), count, "{word}");
    }
    assert!(age("We can help you. You can ask us.") < 8.0);
    assert!(age("Multidisciplinary professionals facilitate psychological interventions.") > 18.0);
}
