//! Two pieces of HTML are equal when tags, attributes and words are: order of attributes, kind of quotes and
//! white space at the edges of words do not matter.

/// Tags and words, one an entry.
pub fn normal(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if rest.starts_with('<') {
            let end = tag_end(rest);
            found.push(tag(&rest[..end]));
            rest = &rest[end..];
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let words = rest[..end].split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                found.push(plain(&words));
            }
            rest = &rest[end..];
        }
    }
    found
}

fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn tag(html: &str) -> String {
    let inner = html.trim_start_matches('<').trim_end_matches('>').trim().trim_end_matches('/').trim();
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(name_end);
        let value;
        (value, rest) = match after.strip_prefix('=') {
            Some(after) => {
                let quote = after.chars().next().unwrap();
                after[1..].split_once(quote).unwrap()
            }
            None => ("", after),
        };
        // Words for scripts come from our message files, in every language; examples have them only when changed.
        if !attribute.starts_with("data-i18n.") {
            attributes.push(format!("{attribute}={}", sorted_classes(attribute, value)));
        }
    }
    attributes.sort();
    format!("<{name} {}>", attributes.join(" "))
}

fn sorted_classes(attribute: &str, value: &str) -> String {
    if attribute != "class" {
        return plain(value);
    }
    let mut classes: Vec<&str> = value.split_whitespace().collect();
    classes.sort_unstable();
    classes.join(" ")
}

fn plain(text: &str) -> String {
    [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
