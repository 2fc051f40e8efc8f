//! Entries that nobody has finished, for My day. Names nobody.

use askama::Template;
use askama::filters::HtmlSafe;
use onedoor_domain::access::Action;
use onedoor_store::{StoreError, Tx};

use super::{channel_words, path};
use crate::ui::{Link, Markup};
use crate::web::Staff;
use crate::words;

#[derive(Debug, Template)]
#[template(path = "enter/list.html")]
struct List {
    links: Vec<Link>,
}

impl HtmlSafe for List {}

/// Links to the unfinished entries of one's teams; none where there are none, or the role enters nothing.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn unfinished(staff: &Staff, tx: &mut Tx) -> Result<Option<Markup>, StoreError> {
    if !staff.may(Action::EntryWrite) {
        return Ok(None);
    }
    let lang = staff.lang;
    let entries = tx.unfinished_entries().await?;
    let link = |entry: &onedoor_store::Unfinished| {
        let parts = [
            ("channel", lang.t(channel_words(entry.channel))),
            ("at", words::date_time(lang, entry.begun_at)),
            ("by", entry.by.as_ref().map(ToString::to_string).unwrap_or_default()),
        ];
        let key = if entry.paged { "enter-unfinished-paged" } else { "enter-unfinished-row" };
        Link::new(&path(entry.id, ""), lang.tr(key, &parts))
    };
    let links: Vec<Link> = entries.iter().map(link).collect();
    Ok((!links.is_empty()).then(|| Markup::of(&List { links })))
}
