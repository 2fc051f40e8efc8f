//! Views of Rust text without comments or strings, so that rules find code and nothing else.
//! Must not parse: a view is enough, and it also holds for text that does not compile.

/// What a view of Rust text leaves standing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Code alone: comments and the inside of strings become spaces.
    Code,
    /// Code and strings.
    Strings,
}

/// Rust text with comments (and strings, if so wanted) blanked; lines and columns stay where they were.
pub fn view(source: &str, keep: Keep) -> String {
    let bytes = source.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let (length, is_comment) =
            token(rest, at.checked_sub(1).and_then(|before| bytes.get(before).copied()));
        let blank = is_comment == Some(true) || (is_comment == Some(false) && keep == Keep::Code);
        if blank {
            let inside = out.get_mut(at..at + length).unwrap_or_default();
            inside.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        at += length;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Length of the next piece and whether it is a comment (`true`), a literal (`false`) or plain code.
fn token(rest: &[u8], before: Option<u8>) -> (usize, Option<bool>) {
    if rest.starts_with(b"//") {
        return (until(rest, b"\n").unwrap_or(rest.len()), Some(true));
    }
    if rest.starts_with(b"/*") {
        return (block(rest), Some(true));
    }
    let in_word = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !in_word && let Some(length) = raw_string(rest) {
        return (length, Some(false));
    }
    match rest.first() {
        Some(b'"') => (quoted(rest, b'"'), Some(false)),
        Some(b'\'') => match character(rest) {
            Some(length) => (length, Some(false)),
            None => (1, None),
        },
        _ => (1, None),
    }
}

fn until(rest: &[u8], end: &[u8]) -> Option<usize> {
    rest.windows(end.len()).position(|window| window == end)
}

fn block(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(pair) = rest.get(at..at + 2) {
        match pair {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let start = [&b"br"[..], b"cr", b"r"].iter().find(|p| rest.starts_with(p))?.len();
    let hashes = rest.get(start..)?.iter().take_while(|b| **b == b'#').count();
    let open = start + hashes;
    if rest.get(open) != Some(&b'"') {
        return None;
    }
    let mut end = vec![b'"'];
    end.resize(hashes + 1, b'#');
    let inside = rest.get(open + 1..)?;
    Some(until(inside, &end).map_or(rest.len(), |n| open + 1 + n + end.len()))
}

fn quoted(rest: &[u8], end: u8) -> usize {
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match *byte {
            b'\\' => at += 2,
            b if b == end => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// A character literal and not a lifetime: `'x'`, `'é'`, `'\n'`.
fn character(rest: &[u8]) -> Option<usize> {
    if rest.get(1) == Some(&b'\\') {
        return Some(quoted(rest, b'\''));
    }
    let close = rest.iter().skip(2).take(4).position(|b| *b == b'\'')? + 2;
    let one = std::str::from_utf8(rest.get(1..close)?).ok()?;
    (one.chars().count() == 1).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blanked_and_lines_stay() {
        let source =
            "let a = \"x { // y\"; // z {\n/* { /* } */ */ let b = r#\"{\"\"#;\nlet c = '{'; fn d<'a>() {}";
        let code = view(source, Keep::Code);
        assert_eq!(code.matches('{').count(), 1);
        assert_eq!(code.lines().count(), source.lines().count());
        assert!(code.contains("fn d<'a>() {}"));
    }

    #[test]
    fn strings_can_be_kept_while_comments_go() {
        let text = view("get(\"/ask\") // not \"/gone\"", Keep::Strings);
        assert!(text.contains("/ask") && !text.contains("/gone"));
    }

    #[test]
    fn escapes_and_characters_do_not_confuse_it() {
        let code = view("m('\\'', '\"', \"\\\"{\", b'{', 'é', 'a'); x{", Keep::Code);
        assert_eq!(code.matches('{').count(), 1, "{code}");
    }
}
