//! Entries that nobody has finished, for My day. Names nobody.

use askama::Template;
use askama::filters::HtmlSafe;
use onedoor_domain::access::Action;
use onedoor_domain::entry::expires_at;
use onedoor_store::{StoreError, Tx, UNFINISHED};

use super::{channel_words, path};
use crate::ui::{Link, Markup};
use crate::web::Staff;
use crate::words;

#[derive(Debug, Template)]
#[template(path = "enter/list.html")]
struct List {
    links: Vec<Link>,
    /// There are more than are shown.
    more: Option<String>,
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
        if entry.paged {
            return Link::new(&path(entry.id, ""), lang.tr("enter-unfinished-paged", &parts));
        }
        let goes = words::date(lang, expires_at(entry.saved_at));
        let parts = [&parts[..], &[("goes", goes)]].concat();
        Link::new(&path(entry.id, ""), lang.tr("enter-unfinished-row", &parts))
    };
    let links: Vec<Link> = entries.iter().take(UNFINISHED).map(link).collect();
    let more = (entries.len() > UNFINISHED).then(|| lang.t("enter-unfinished-more"));
    Ok((!links.is_empty()).then(|| Markup::of(&List { links, more })))
}
