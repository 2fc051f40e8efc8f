//! Text work on the libraries' style sheets: remove what loads from other hosts, change the colours, keep the parts
//! we use. Used by the build script only.

use super::Outcome;

/// Pairs "their colour → our colour", without `#`, from lines `005eb8 0b5d63 what it is for`.
pub fn palette(text: &str) -> Outcome<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(theirs), Some(ours)) = (words.next(), words.next()) else {
            return Err(format!("assets/palette.txt: cannot read {line:?}").into());
        };
        pairs.push((theirs.to_owned(), ours.to_owned()));
    }
    Ok(pairs)
}

pub fn recolour(text: &str, palette: &[(String, String)]) -> String {
    palette.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs.as_str(), ours))
}

/// No remote fonts, no fonts whose licence is not ours to use, no source map.
pub fn clean(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.find("@font-face{") {
        let end =
            text.get(start..).and_then(|rest| rest.find('}')).map_or(text.len(), |length| start + length + 1);
        text.replace_range(start..end, "");
    }
    let text = text.replace("Frutiger W01,", "").replace("GDS Transport,", "");
    text.split("/*# sourceMappingURL")
        .next()
        .unwrap_or_default()
        .trim_start_matches("@charset \"UTF-8\";")
        .to_owned()
}

/// Points `url(/assets/images/x.svg)` at the embedded, hashed icon; an image we do not embed becomes `none`.
pub fn link_images(text: &str, address: impl Fn(&str) -> Option<String>) -> Outcome<String> {
    let mut parts = text.split("url(/assets/images/");
    let mut linked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(')').ok_or("an unclosed url() in a style sheet")?;
        match address(name) {
            Some(address) => linked.extend(["url(", &address, ")"]),
            None => linked.push_str("none"),
        }
        linked.push_str(rest);
    }
    Ok(linked)
}

/// Fails the build when a page would talk to another host. XML namespace names are identifiers, not addresses.
pub fn refuse_remote(name: &str, text: &str) -> Outcome<()> {
    let rest = text.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "");
    for forbidden in ["https://", "http://", "Frutiger", "GDS Transport", "005eb8", "005EB8"] {
        if rest.contains(forbidden) {
            return Err(format!("{name} still contains {forbidden}").into());
        }
    }
    Ok(())
}

/// Only the rules that style one of `blocks` (or an element or modifier of it).
pub fn only(text: &str, blocks: &[&str]) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (prelude, after) = rest.split_at(open);
        let body = block(after);
        rest = after.get(body.len()..).unwrap_or_default();
        let prelude = prelude.rsplit(';').next().unwrap_or_default().trim();
        let inner = body.get(1..body.len().saturating_sub(1)).unwrap_or_default();
        if prelude.starts_with("@media") || prelude.starts_with("@supports") {
            let inner = only(inner, blocks);
            if !inner.is_empty() {
                kept.extend([prelude, "{", &inner, "}"]);
            }
        } else if !prelude.starts_with('@') {
            let selectors: Vec<&str> =
                prelude.split(',').filter(|selector| styles(selector, blocks)).collect();
            if !selectors.is_empty() {
                kept.extend([&selectors.join(","), body]);
            }
        }
    }
    kept
}

fn styles(selector: &str, blocks: &[&str]) -> bool {
    // Printed link addresses: our links say what they are.
    !selector.contains("[href^=")
        && blocks.iter().any(|block| {
            selector.split(&format!(".{block}")).skip(1).any(|after| {
                let next = after.chars().next().unwrap_or(' ');
                after.starts_with("--")
                    || after.starts_with("__")
                    || !(next.is_ascii_alphanumeric() || next == '-' || next == '_')
            })
        })
}

/// The balanced `{…}` at the start of `text`.
fn block(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return text.get(..=at).unwrap_or(text),
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text
}
