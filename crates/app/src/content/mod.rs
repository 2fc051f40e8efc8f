//! Pages of words for the public, and the room in which they are written, signed off and taken away.
//!
//! Must not decide who may publish what (the domain does), and must not put anything an editor typed on a page except
//! through typed blocks.

pub mod builtin;
pub mod edit;
pub mod list;
pub mod page;
pub mod render;
pub mod sign;
pub mod view;

use onedoor_domain::content::{Content, Place, Stage};
use onedoor_domain::ids::ContentId;

use crate::ui::{Tag, TagColour};
use crate::web::Problem;
use crate::words::{self, Lang};

/// The list of texts, for those who write and sign off.
pub const LIST: &str = "/content";

fn id(text: &str) -> Result<ContentId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// A page of a text: `edit`, or with `?done=saved` its own.
fn path(id: ContentId, step: &str) -> String {
    let slash = if step.is_empty() || step.starts_with('?') { "" } else { "/" };
    format!("{LIST}/{id}{slash}{step}")
}

/// Where a text stands, in words: `families, English, Easy Read`.
fn place_words(lang: Lang, place: &Place) -> String {
    let form = lang.t(form_words(place.form));
    let language = words::name_of(place.language.as_str());
    lang.tr("content-place", &[("slug", place.slug.to_string()), ("language", language), ("form", form)])
}

fn form_words(form: onedoor_domain::content::Form) -> &'static str {
    match form {
        onedoor_domain::content::Form::Standard => "content-form-standard",
        onedoor_domain::content::Form::EasyRead => "content-form-easy-read",
    }
}

fn stage_tag(lang: Lang, content: &Content) -> Tag {
    let (colour, key) = match content.stage() {
        Stage::Draft => (TagColour::Grey, "content-stage-draft"),
        Stage::Submitted => (TagColour::Yellow, "content-stage-submitted"),
        Stage::Published => (TagColour::Green, "content-stage-published"),
        Stage::Withdrawn => (TagColour::White, "content-stage-withdrawn"),
    };
    Tag::new(colour, lang.t(key))
}
