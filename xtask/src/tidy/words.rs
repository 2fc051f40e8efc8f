//! Words that may not be in the tree: risk scoring, borrowed brands, machine paths, unfinished marks, real NHS numbers.
//! Must not read itself: it has to name what it forbids.

use super::Problem;
use super::tree::{File, Tree};

const RULE: &str = "words";
const SELF: &str = "xtask/src/tidy/words.rs";

/// Words forbidden in some kinds of file, and what to do instead.
struct Forbidden {
    words: &'static [&'static str],
    kinds: &'static [&'static str],
    applies: fn(&File, &str) -> bool,
    fix: &'static str,
}

const SOURCES: &[&str] = &["rs", "html", "ftl", "sql", "ts", "js", "mjs", "css", "svg"];
const TEXTS: &[&str] =
    &["rs", "html", "ftl", "sql", "ts", "js", "mjs", "css", "md", "toml", "json", "sh", "yml", "txt", "run"];

const FORBIDDEN: [Forbidden; 5] = [
    Forbidden {
        words: &[
            "risk score",
            "risk level",
            "risk band",
            "risk rating",
            "high risk",
            "low risk",
            "medium risk",
        ],
        kinds: &["rs", "html", "ftl", "sql", "ts"],
        applies: |_, line| !says_no(line),
        fix: "OneDoor never computes, stores or shows a score, band or level of risk: write a formulation in words",
    },
    Forbidden {
        words: &["#005eb8", "frutiger"],
        kinds: SOURCES,
        // The build strips these from the published style sheets, and tests look for what is left: both name them.
        applies: |file, line| !file.path.starts_with("crates/app/build") && !file.is_test() && !says_no(line),
        fix: "the theme is neutral: no NHS blue, no Frutiger",
    },
    Forbidden {
        words: &["https://"],
        kinds: SOURCES,
        applies: |file, _| file.path.starts_with("crates/app/assets/"),
        fix: "assets load nothing from another site: ship the file",
    },
    Forbidden {
        words: &["/root/", "/home/", "/work/"],
        kinds: TEXTS,
        // Pages have addresses of their own.
        applies: |file, _| !file.path.starts_with("crates/app/") && !file.path.starts_with("e2e/"),
        fix: "no paths of one machine: use a relative path or a setting",
    },
    Forbidden { words: &["fixme"], kinds: TEXTS, applies: |_, _| true, fix: "finish it, or open an issue" },
];

/// Every text file but this one.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.files.iter().filter(|file| file.path != SELF) {
        let generated = file.path.starts_with(".sqlx/") || file.path.ends_with("package-lock.json");
        if generated {
            continue;
        }
        problems.extend(forbidden(file));
        problems.extend(unfinished(file));
        problems.extend(nhs_numbers(file));
    }
    problems
}

fn says_no(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_ascii_alphabetic());
    words
        .map(str::to_ascii_lowercase)
        .any(|word| word == "no" || word == "never" || word == "not" || word.starts_with("forbid"))
}

fn forbidden(file: &File) -> Vec<Problem> {
    let kind = file.path.rsplit(['.', '/']).next().unwrap_or_default();
    let mut problems = Vec::new();
    for (n, line) in file.text.lines().enumerate() {
        let lower = line.to_lowercase();
        for rule in FORBIDDEN.iter().filter(|rule| rule.kinds.contains(&kind)) {
            let found =
                rule.words.iter().find(|word| holds(&lower, word)).filter(|_| (rule.applies)(file, line));
            problems.extend(found.map(|word| {
                Problem::new(RULE, format!("{}:{}", file.path, n + 1), format!("`{word}`"), rule.fix)
            }));
        }
    }
    problems
}

/// A path counts only where it begins there: `docs/home/x` is none.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !word.starts_with('/') || before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"_.-}/$".contains(c))
    })
}

fn unfinished(file: &File) -> Vec<Problem> {
    if file.kind() != "rs" {
        return Vec::new();
    }
    let found = file.code().lines().enumerate().flat_map(|(n, line)| {
        let words = ["todo!(", "unimplemented!(", "dbg!("].into_iter();
        words.filter(|word| line.contains(word)).map(move |word| (n + 1, word))
    });
    let problem = |(n, word)| {
        Problem::new(RULE, format!("{}:{n}", file.path), format!("`{word}`"), "finish it, or open an issue")
    };
    found.map(problem).collect()
}

/// Ten digits with a right check digit may be a living person's, unless they are in the 999 range kept for tests.
fn nhs_numbers(file: &File) -> Vec<Problem> {
    if !TEXTS.contains(&file.kind()) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (n, line) in file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.bytes().filter(u8::is_ascii_digit).count() >= 10)
    {
        for digits in ten_digits(line)
            .into_iter()
            .filter(|digits| is_nhs_number(digits) && !digits.starts_with(&[9, 9, 9]))
        {
            let shown: String = digits.iter().map(u8::to_string).collect();
            let fix = "only numbers that begin with 999 may be in tests, demonstrations and documents";
            problems.push(Problem::new(
                RULE,
                format!("{}:{}", file.path, n + 1),
                format!("NHS number {shown}"),
                fix,
            ));
        }
    }
    problems
}

/// Whole words of ten digits, plain or grouped 3-3-4.
fn ten_digits(line: &str) -> Vec<Vec<u8>> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let plain = words.iter().filter(|word| word.len() == 10).map(|word| (*word).to_owned());
    let grouped = words
        .windows(3)
        .filter(|group| group.iter().map(|word| word.len()).eq([3, 3, 4]))
        .map(<[&str]>::concat);
    plain
        .chain(grouped)
        .filter_map(|word| word.bytes().map(|b| b.is_ascii_digit().then(|| b - b'0')).collect())
        .collect()
}

fn is_nhs_number(digits: &[u8]) -> bool {
    let weighted: u32 =
        digits.iter().zip((2..=10_u32).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = (11 - weighted % 11) % 11;
    // One digit ten times was never given to anybody.
    let one_digit = digits.iter().all(|digit| Some(digit) == digits.first());
    !one_digit && digits.last().is_some_and(|last| u32::from(*last) == check)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|p| p.what).collect()
    }

    #[test]
    fn a_risk_score_is_found_and_a_sentence_against_it_is_not() {
        assert_eq!(whats("crates/app/locales/en-GB/a.ftl", "title = Risk score\n"), ["`risk score`"]);
        assert_eq!(whats("crates/app/src/a.rs", "//! There is no risk score.\n"), Vec::<String>::new());
        assert_eq!(whats("docs/adr/0003-words.md", "We rejected a risk score.\n"), Vec::<String>::new());
    }

    #[test]
    fn brands_and_remote_assets_are_found() {
        assert_eq!(whats("crates/app/assets/own.css", "a { color: #005EB8 }"), ["`#005eb8`"]);
        assert_eq!(whats("crates/app/assets/own.css", "a { font: Frutiger }"), ["`frutiger`"]);
        assert_eq!(whats("crates/app/assets/own.js", "fetch('https://example.org')"), ["`https://`"]);
        assert_eq!(whats("crates/app/src/a.rs", "let a = \"https://example.org\";"), Vec::<String>::new());
    }

    #[test]
    fn machine_paths_are_found_where_a_path_begins() {
        assert_eq!(whats("docs/a.md", "see /home/sam/x"), ["`/home/`"]);
        assert_eq!(whats("xtask/src/a.rs", "const A: &str = \"/root/x\";"), ["`/root/`"]);
        assert_eq!(whats("docs/a.md", "see docs/home/x and $HOME/home/x"), Vec::<String>::new());
        assert_eq!(whats("crates/app/src/routes.rs", "\"/work/{id}\""), Vec::<String>::new());
    }

    #[test]
    fn unfinished_work_is_found_in_code() {
        assert_eq!(whats("crates/store/src/a.rs", "fn a() { todo!() }"), ["`todo!(`"]);
        assert_eq!(whats("crates/store/src/a.rs", "fn a() { unimplemented!(\"x\") }"), ["`unimplemented!(`"]);
        assert_eq!(whats("crates/store/src/a.rs", "// FIXME later"), ["`fixme`"]);
        assert_eq!(whats("crates/store/src/a.rs", "let s = \"todo!(\";"), Vec::<String>::new());
    }

    #[test]
    fn a_real_looking_nhs_number_is_found_in_both_spellings() {
        // Put together here, so that not even this file holds one.
        let (plain, grouped) =
            (format!("n = \"{}{}\";", "40000", "00004"), format!("n = \"400 000 {}\";", "0004"));
        assert_eq!(whats("crates/a/tests/a.rs", &plain).len(), 1);
        assert_eq!(whats("crates/a/tests/a.rs", &grouped), whats("crates/a/tests/a.rs", &plain));
    }

    #[test]
    fn test_range_wrong_check_digits_and_telephone_numbers_pass() {
        let text = "9990000018 999 000 0018 4000000005 0000000000 07700900123 x4000000004";
        assert_eq!(whats("crates/a/tests/a.rs", text), Vec::<String>::new());
    }
}
