//! Passwords that are tried first: known words, walks over the keyboard and repetitions, with little of one's own around
//! them. Says nothing about which characters a password may have.

/// Words that published lists of passwords begin with, what is near at hand in a health service, and what is in season.
const WORDS: &str = "password passwort passwd passw0rd p4ssword welcome letmein changeme trustno love iloveyou iloveme \
    loveyou lovely forever sunshine princess football baseball basketball superman batman spiderman pokemon starwars \
    master monkey dragon shadow flower butterfly chocolate cookie monster freedom whatever nothing computer internet \
    administrator administrador admin administration login logmein guest account access secret private security system \
    manager office default temporary temppassword testing tester example please hello goodbye family mother father \
    brother sister friends babygirl angel jesus heaven london england scotland wales ireland britain liverpool everton \
    chelsea arsenal tottenham manchester manchesterunited manchestercity newcastle sunderland birmingham villa leeds \
    rangers celtic charlie jessica michael ashley daniel thomas george harry oliver william jordan hannah matthew joshua \
    andrew jennifer elizabeth victoria alexander christopher benjamin sebastian summer winter spring autumn christmas \
    january february march april june july august september october november december monday tuesday wednesday thursday \
    friday saturday sunday onedoor nhs hospital mental health mentalhealth nurse doctor ward clinic council wellbeing \
    correcthorsebatterystaple peanut butter justinbieber jamesbond finalfantasy needforspeed leavemealone playstation minecraft transformers counterstrike linkedin facebook google microsoft windows \
    samsung iphone sonyericsson professional international supernatural onedirection";

/// Ways over the keyboard and through the alphabet; each counts backwards too.
const WALKS: [&str; 8] = [
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "asdfghjkl;'#",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
];

/// The shortest piece that counts as known.
const PIECE: usize = 3;
/// So much of one's own is little: a letter counts two, anything else one. A year and a sign after a word are little.
const LITTLE: usize = 6;
/// More words than that are a sentence.
const FEW: usize = 2;

/// Whether a password (in small letters, without spaces) is little more than what everybody tries.
pub(super) fn is_common(plain: &str) -> bool {
    [plain.to_owned(), as_letters(plain)].iter().any(|reading| is_known(reading))
}

/// `p@ssw0rd` as it is meant.
fn as_letters(plain: &str) -> String {
    plain
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

fn is_known(plain: &str) -> bool {
    let letters: Vec<char> = plain.chars().collect();
    let (mut at, mut own, mut words) = (0, 0, 0);
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let word = word(rest);
        let known = walk(rest).max(again(&letters, at));
        let piece = word.max(known);
        words += usize::from(word > known);
        if piece >= PIECE {
            at += piece;
        } else {
            own += if rest.first().is_some_and(|c| c.is_alphabetic()) { 2 } else { 1 };
            at += 1;
        }
    }
    own <= LITTLE && words <= FEW
}

/// How long the word is that `rest` begins with.
fn word(rest: &[char]) -> usize {
    let lengths =
        WORDS.split_whitespace().filter(|word| begins(rest, word.chars())).map(|word| word.chars().count());
    lengths.max().unwrap_or(0)
}

/// How far `rest` goes along the keyboard, or stays on one key.
fn walk(rest: &[char]) -> usize {
    let same = rest.iter().take_while(|c| rest.first() == Some(c)).count();
    let along = |way: Vec<char>| {
        let starts = (0..way.len()).filter_map(|from| way.get(from..));
        starts.map(|way| way.iter().zip(rest).take_while(|(a, b)| a == b).count()).max().unwrap_or(0)
    };
    let ways = WALKS.iter().flat_map(|way| [way.chars().collect(), way.chars().rev().collect()]);
    ways.map(along).max().unwrap_or(0).max(same)
}

/// How much of what follows was there before.
fn again(letters: &[char], at: usize) -> usize {
    let Some(rest) = letters.get(at..) else { return 0 };
    let earlier = (0..at).filter_map(|from| letters.get(from..at));
    earlier.map(|before| before.iter().zip(rest).take_while(|(a, b)| a == b).count()).max().unwrap_or(0)
}

fn begins(rest: &[char], mut word: impl Iterator<Item = char>) -> bool {
    let mut rest = rest.iter();
    word.all(|c| rest.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_common_and_a_sentence_of_ones_own_is_not() {
        for tried in [
            "password1234",
            "password2026!",
            "p@ssw0rd2025",
            "passwordpassword",
            "welcome12345",
            "letmeinletmein",
            "changemeplease",
            "qwertyuiop123",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "1q2w3e4r5t6y",
            "aaaaaaaaaaaaaaaa",
            "123456123456",
            "987654321000",
            "abcabcabcabc",
            "liverpool1234",
            "manchesterunited",
            "summer2026!!!",
            "onedoor12345",
            "nhshospital1",
            "correcthorsebatterystaple",
            "adminadminadmin",
            "hello123hello",
        ] {
            assert!(is_common(tried), "{tried}");
        }
        for own in [
            "sevenbrownherons",
            "correcthorsebatterystable",
            "nadiaokonjolikesherons",
            "plinthgravelmoss",
            "481516234207",
            "mysummerofbeesandrain",
            "x7vq!m2ze9rk",
            "otterottersing",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }
}
