//! Which licences may be in what we build and ship under AGPL-3.0-or-later. Must not judge a licence by itself: the list does.

/// Each allowed licence, and why.
const ALLOWED: [(&str, &str); 15] = [
    ("AGPL-3.0-or-later", "our own"),
    ("MIT", "permissive; keep the notice"),
    ("MIT-0", "permissive"),
    ("Apache-2.0", "permissive, with a patent grant; compatible with version 3 of the GPL family"),
    ("BSD-2-Clause", "permissive; keep the notice"),
    ("BSD-3-Clause", "permissive; keep the notice"),
    ("0BSD", "permissive"),
    ("ISC", "permissive; keep the notice"),
    ("Zlib", "permissive; say what was changed"),
    ("BSL-1.0", "permissive"),
    ("Unlicense", "dedicated to the public"),
    ("CC0-1.0", "dedicated to the public"),
    ("Unicode-3.0", "permissive: data of Unicode"),
    ("CDLA-Permissive-2.0", "permissive: the list of certificate authorities"),
    ("MPL-2.0", "file by file; compatible with the GPL family; give the source of changed files"),
];
/// Exceptions only give more rights.
const EXCEPTIONS: [&str; 1] = ["LLVM-exception"];

/// Whether an SPDX expression can be met: of choices one is enough, of what holds together all must be allowed. The slash of
/// older packages is a choice.
pub fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    choice(&mut rest) == Some(true) && rest.is_empty()
}

/// Takes a word that is next.
fn takes(rest: &mut &[&str], word: &str) -> bool {
    match rest.split_first() {
        Some((first, after)) if *first == word => {
            *rest = after;
            true
        }
        _ => false,
    }
}

fn choice(rest: &mut &[&str]) -> Option<bool> {
    let mut allowed = together(rest)?;
    while takes(rest, "OR") {
        allowed |= together(rest)?;
    }
    Some(allowed)
}

fn together(rest: &mut &[&str]) -> Option<bool> {
    let mut allowed = one(rest)?;
    while takes(rest, "AND") {
        allowed &= one(rest)?;
    }
    Some(allowed)
}

fn one(rest: &mut &[&str]) -> Option<bool> {
    if takes(rest, "(") {
        let allowed = choice(rest)?;
        return takes(rest, ")").then_some(allowed);
    }
    let (name, after) = rest.split_first()?;
    *rest = after;
    let mut allowed = ALLOWED.iter().any(|(known, _)| known == name);
    if takes(rest, "WITH") {
        let (exception, after) = rest.split_first()?;
        *rest = after;
        allowed &= EXCEPTIONS.contains(exception);
    }
    Some(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_choice_is_enough_and_all_of_what_holds_together_must_be_allowed() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "GPL-2.0-only OR Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
            "Apache-2.0 AND ISC",
        ] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in [
            "",
            "GPL-2.0-only",
            "MIT AND GPL-2.0-only",
            "SSPL-1.0",
            "Apache-2.0 WITH Some-exception",
            "(MIT",
            "MIT OR",
            "MIT MIT",
            "SEE LICENSE IN FILE",
        ] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }

    #[test]
    fn every_allowed_licence_has_its_reason_once() {
        for (n, (name, why)) in ALLOWED.iter().enumerate() {
            assert!(!why.is_empty() && ALLOWED.iter().skip(n + 1).all(|(other, _)| other != name), "{name}");
        }
    }
}
