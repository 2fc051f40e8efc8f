//! Cuts SQL text into statements in one plain spelling, and statements into their items.
//! Must not know what a good schema is: that is `schema`.

/// One statement: lower case, single spaces, no comments, nothing inside quotes.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// The line where it begins.
    pub line: usize,
}

/// All statements of a file.
pub fn statements(source: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let (mut text, mut line, mut begun) = (String::new(), 1, 1);
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (length, shown) = piece(rest, first);
        let (taken, after) = rest.split_at(length);
        if text.trim().is_empty() {
            begun = line;
        }
        if shown == ";" {
            found.push(Statement { text: spaced(&text), line: begun });
            text.clear();
        } else {
            text.push_str(shown);
        }
        line += taken.matches('\n').count();
        rest = after;
    }
    if !text.trim().is_empty() {
        found.push(Statement { text: spaced(&text), line: begun });
    }
    found
}

/// Length of the next piece and what of it is kept.
fn piece(rest: &str, first: char) -> (usize, &str) {
    if rest.starts_with("--") {
        return (rest.find('\n').unwrap_or(rest.len()), " ");
    }
    if rest.starts_with("/*") {
        return (rest.find("*/").map_or(rest.len(), |at| at + 2), " ");
    }
    if first == '\'' {
        return (closing(rest, 1, "'"), "''");
    }
    if first == '$'
        && let Some(tag) = dollar_tag(rest)
    {
        return (closing(rest, tag.len(), tag), "$$");
    }
    let length = first.len_utf8();
    (length, rest.get(..length).unwrap_or_default())
}

fn closing(rest: &str, from: usize, end: &str) -> usize {
    let inside = rest.get(from..).unwrap_or_default();
    inside.find(end).map_or(rest.len(), |at| from + at + end.len())
}

fn dollar_tag(rest: &str) -> Option<&str> {
    let name = rest.get(1..)?.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').count();
    rest.get(..name + 2).filter(|tag| tag.ends_with('$'))
}

fn spaced(text: &str) -> String {
    let apart =
        text.to_lowercase().replace('(', " ( ").replace(')', " ) ").replace(',', " , ").replace('"', "");
    apart.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in the first brackets, cut at its top-level commas.
pub fn items(text: &str) -> Vec<&str> {
    let Some(open) = text.find('(') else {
        return Vec::new();
    };
    let (mut depth, mut from, mut found) = (0_usize, open + 1, Vec::new());
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < open) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            found.push(text.get(from..at).unwrap_or_default().trim());
            from = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_cut_outside_quotes_comments_and_bodies() {
        let source =
            "-- a; b\nCREATE TABLE \"A\"(x text DEFAULT 'p;q');\n\nDO $body$ BEGIN x; END $body$;\nSELECT 1";
        let found = statements(source);
        let texts: Vec<&str> = found.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts, ["create table a ( x text default '' )", "do $$", "select 1"]);
        assert_eq!(found.iter().map(|s| s.line).collect::<Vec<_>>(), [2, 4, 5]);
    }

    #[test]
    fn items_keep_inner_brackets_together() {
        assert_eq!(items("t ( a , b ( c , d ) , e ) where ( f )"), ["a", "b ( c , d )", "e"]);
        assert_eq!(items("no brackets"), Vec::<&str>::new());
    }
}
