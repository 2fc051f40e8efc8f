//! Names without what people and forms write differently: capitals, accents, punctuation, titles.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Words before a name that are not part of it.
const TITLES: [&str; 7] = ["mr", "mrs", "miss", "ms", "mx", "dr", "prof"];

/// More words than this no name is compared by.
const MOST: usize = 12;

/// The words of a name, each folded, in the order they were written.
pub(super) fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let all: Vec<&str> = folded.split_whitespace().collect();
    let named: Vec<&str> = all.iter().copied().filter(|word| !TITLES.contains(word)).collect();
    let kept = if named.is_empty() { all } else { named };
    kept.into_iter().take(MOST).map(str::to_owned).collect()
}

/// Small letters without marks. An apostrophe joins ("O'Brien" is "obrien"), everything else that is no letter and no digit
/// separates ("Smith-Jones" is two words).
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ => folded.push(' '),
        }
    }
    folded
}
