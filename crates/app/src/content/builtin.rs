//! The texts the makers wrote: shown where a county has none of its own, and what an editor begins with.
//!
//! A file is `content/<language>/<address>[.easy].txt`: `title:`, perhaps `safety: yes`, an empty line, the text.

use onedoor_domain::content::Form;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A text of the makers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The last part of its address.
    pub slug: &'static str,
    /// Its language.
    pub language: &'static str,
    /// Its form.
    pub form: Form,
    /// Its heading.
    pub title: &'static str,
    /// Whether it tells what to do in danger.
    pub safety: bool,
    /// The text, with an editor's marks.
    pub body: &'static str,
}

/// Every text of the makers, by address.
pub fn all() -> impl Iterator<Item = BuiltIn> {
    EMBEDDED.iter().map(|(language, file, text)| read(language, file, text))
}

/// The text of an address, where there is one.
pub fn find(slug: &str, language: &str, form: Form) -> Option<BuiltIn> {
    all().find(|text| text.slug == slug && text.language == language && text.form == form)
}

fn read(language: &'static str, file: &'static str, text: &'static str) -> BuiltIn {
    let stem = file.strip_suffix(".txt").unwrap_or(file);
    let (slug, form) =
        stem.strip_suffix(".easy").map_or((stem, Form::Standard), |slug| (slug, Form::EasyRead));
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let of = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    BuiltIn {
        slug,
        language,
        form,
        title: of("title:").unwrap_or(slug),
        safety: of("safety:") == Some("yes"),
        body: body.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_domain::content::{Block, Slug, blocks};
    use onedoor_domain::value::{Line, Text};

    #[test]
    fn every_text_of_the_makers_reads_and_has_an_easy_read_one_beside_it() {
        assert!(all().count() >= 10);
        for text in all() {
            assert!(text.slug.parse::<Slug>().is_ok() && text.title.parse::<Line>().is_ok(), "{text:?}");
            assert!(text.body.parse::<Text>().is_ok(), "{}", text.slug);
            let found = blocks(text.body).unwrap_or_else(|mistake| panic!("{} {mistake:?}", text.slug));
            let crisis = found.contains(&Block::Crisis) || text.body.contains("999");
            assert!(!text.safety || crisis, "{}: what to do in danger names a number", text.slug);
            for form in Form::ALL {
                assert!(find(text.slug, text.language, form).is_some(), "{} has no {form:?}", text.slug);
            }
        }
    }
}
