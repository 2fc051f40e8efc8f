//! How a word of a name sounds, roughly: words that are spelt differently and said alike have one key.
//!
//! Our own and short, so that it never changes without [`super::RULES`]: keys are stored. Vowels count only at the front;
//! letters that English, Polish, Arabic and South Asian names in England interchange count as one. It finds too much rather
//! than too little: it never decides anything alone.

/// Letter groups said as one, the longer before the shorter. At the front of a word first.
const FRONT: [(&str, &str); 9] = [
    ("chr", "kr"),
    ("kn", "n"),
    ("gn", "n"),
    ("pn", "n"),
    ("ps", "s"),
    ("wr", "r"),
    ("wh", "w"),
    ("rh", "r"),
    ("x", "s"),
];

/// Letter groups anywhere. A capital is a sound of its own: the front of "church".
const GROUPS: [(&str, &str); 20] = [
    ("tsch", "C"),
    ("sch", "s"),
    ("tch", "C"),
    ("sh", "s"),
    ("sz", "s"),
    ("ch", "C"),
    ("cz", "C"),
    ("ck", "k"),
    ("ph", "f"),
    ("gh", ""),
    ("th", "t"),
    ("dh", "t"),
    ("kh", "k"),
    ("bh", "b"),
    ("zh", "s"),
    ("rz", "s"),
    ("dg", "j"),
    ("qu", "kw"),
    ("mb", "m"),
    ("x", "ks"),
];

/// The key of one folded word. A word with other letters than a to z stands for itself.
pub(super) fn of(word: &str) -> String {
    if !word.chars().all(|c| c.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let letters = grouped(word);
    let mut key = String::new();
    let mut last = None;
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let said = said(*letter, next, at == 0);
        // The same letter twice, with nothing in between, is said once.
        if let Some(said) = said
            && Some(said) != last
        {
            key.push(said);
        }
        last = said;
    }
    // A word of silent letters only still has a key.
    if key.is_empty() { word.to_owned() } else { key }
}

/// The word with its groups said as one letter. What a group leaves is not looked at again.
fn grouped(word: &str) -> Vec<char> {
    let front = FRONT.iter().find_map(|(group, said)| word.strip_prefix(group).map(|rest| (*said, rest)));
    let (said, mut rest) = front.unwrap_or(("", word));
    let mut letters: Vec<char> = said.chars().collect();
    while let Some(first) = rest.chars().next() {
        let group =
            GROUPS.iter().find_map(|(group, said)| rest.strip_prefix(group).map(|rest| (*said, rest)));
        let heard = letters.is_empty() && rest.starts_with("gh");
        if let Some((said, after)) = group.filter(|_| !heard) {
            letters.extend(said.chars());
            rest = after;
        } else {
            letters.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    letters
}

/// What one letter adds; nothing for a vowel inside a word, and for an h or a w that is hardly heard.
fn said(letter: char, next: Option<&char>, first: bool) -> Option<char> {
    let soft = matches!(next, Some('e' | 'i' | 'y'));
    match letter {
        'a' | 'e' | 'i' | 'o' | 'u' if first => Some('a'),
        'y' | 'j' if first => Some('j'),
        'h' | 'w' if first => Some(letter),
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => None,
        'c' if soft => Some('s'),
        'g' if soft => Some('j'),
        'c' | 'q' => Some('k'),
        'd' => Some('t'),
        'v' => Some('f'),
        'z' => Some('s'),
        other => Some(other),
    }
}
