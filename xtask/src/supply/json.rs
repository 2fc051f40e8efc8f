//! Reads and writes JSON, as much as lock files and a list of components need. Must not be used for anything of people.

use std::fmt::Write as _;

/// A value. Objects keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A text, read whole.
    pub fn parse(text: &str) -> Result<Json, String> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.blanks();
        if reader.rest.is_empty() { Ok(value) } else { Err(reader.wrong("the end")) }
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The members of an object; none of anything else.
    pub fn members(&self) -> &[(String, Json)] {
        if let Json::Object(members) = self { members } else { &[] }
    }

    /// The items of a list; none of anything else.
    #[cfg(test)]
    pub fn items(&self) -> &[Json] {
        if let Json::List(items) = self { items } else { &[] }
    }

    pub fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// A text to keep.
    pub fn of(text: &str) -> Json {
        Json::Text(text.to_owned())
    }

    /// An object of these members.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// With two blanks for each level, and a new line at the end.
    pub fn written(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text.push('\n');
        text
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
            Json::Number(number) => drop(write!(out, "{number}")),
            Json::Text(text) => quote(out, text),
            Json::List(items) => {
                enclosed(out, depth, ('[', ']'), items, |out, item| item.write(out, depth + 1));
            }
            Json::Object(members) => enclosed(out, depth, ('{', '}'), members, |out, (name, value)| {
                quote(out, name);
                out.push_str(": ");
                value.write(out, depth + 1);
            }),
        }
    }
}

fn enclosed<T>(
    out: &mut String,
    depth: usize,
    (open, close): (char, char),
    items: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (n, item) in items.iter().enumerate() {
        out.push_str(if n == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write(out, item);
    }
    if !items.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Deeper than any lock file.
const DEPTH: usize = 64;

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn wrong(&self, expected: &str) -> String {
        let here: String = self.rest.chars().take(20).collect();
        format!("not JSON: {expected} was expected before `{here}`")
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn takes(&mut self, word: &str) -> bool {
        self.blanks();
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Result<Json, String> {
        if depth > DEPTH {
            return Err(self.wrong("less depth"));
        }
        if self.takes("{") {
            let mut members = Vec::new();
            while !self.takes("}") {
                if !members.is_empty() && !self.takes(",") {
                    return Err(self.wrong("a comma"));
                }
                let name = self.string()?;
                if !self.takes(":") {
                    return Err(self.wrong("a colon"));
                }
                members.push((name, self.value(depth + 1)?));
            }
            return Ok(Json::Object(members));
        }
        if self.takes("[") {
            let mut items = Vec::new();
            while !self.takes("]") {
                if !items.is_empty() && !self.takes(",") {
                    return Err(self.wrong("a comma"));
                }
                items.push(self.value(depth + 1)?);
            }
            return Ok(Json::List(items));
        }
        for (word, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
        {
            if self.takes(word) {
                return Ok(value);
            }
        }
        if self.rest.starts_with('"') { self.string().map(Json::Text) } else { self.number() }
    }

    fn number(&mut self) -> Result<Json, String> {
        let end =
            self.rest.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        let number = text.parse().map_err(|_| self.wrong("a value"))?;
        self.rest = rest;
        Ok(Json::Number(number))
    }

    fn string(&mut self) -> Result<String, String> {
        if !self.takes("\"") {
            return Err(self.wrong("a text"));
        }
        let mut text = String::new();
        loop {
            let mut chars = self.rest.chars();
            let c = chars.next().ok_or_else(|| self.wrong("the end of a text"))?;
            self.rest = chars.as_str();
            match c {
                '"' => return Ok(text),
                '\\' => text.push(self.escape()?),
                c => text.push(c),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let mut chars = self.rest.chars();
        let c = chars.next().ok_or_else(|| self.wrong("an escape"))?;
        self.rest = chars.as_str();
        Ok(match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let digits = self.rest.get(..4).ok_or_else(|| self.wrong("four digits"))?;
                let code = u32::from_str_radix(digits, 16).map_err(|_| self.wrong("four digits"))?;
                self.rest = self.rest.get(4..).unwrap_or_default();
                // Pairs for signs beyond the basic plane do not occur in lock files.
                char::from_u32(code).unwrap_or('\u{fffd}')
            }
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let value = Json::object([
            (
                "a \"b\"\n",
                Json::List(vec![Json::Null, Json::Bool(true), Json::Number(-1.5), Json::of("é\u{1}\\")]),
            ),
            ("empty", Json::Object(Vec::new())),
            ("none", Json::List(Vec::new())),
        ]);
        assert_eq!(Json::parse(&value.written()), Ok(value));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1,]x", "{\"a\" 1}", "\"open", "tru", "{} {}", "[1 2]", &"[".repeat(100)] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        assert_eq!(Json::parse("\"\\u00e9\\t\\/\""), Ok(Json::of("é\t/")));
    }
}
