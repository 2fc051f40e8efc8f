//! Who looked at one's own record, the newest first: every look and every change, also those that were stopped. Looks of one day by
//! the same person, one after the other, are one row.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use onedoor_domain::access::Visible;
use onedoor_domain::calendar::local_date;
use onedoor_domain::looked::{Look, LookedBy, Looking};
use onedoor_domain::section::Section;

use super::PLACE;
use crate::task::rows::{pages, read_cursor};
use crate::ui::{BackLink, Cell, Column, Frame, Markup, Pagination, Table};
use crate::web::{Answer, App, Person, Problem, page};
use crate::words::{self, Lang};

/// The page.
pub const LOOKED: &str = "/track/looked";

#[derive(Template)]
#[template(path = "track/looked.html")]
struct LookedPage {
    frame: Frame,
    back: BackLink,
    table: Option<Table>,
    pages: Option<Pagination>,
    ring: Option<String>,
}

/// GET `/track/looked`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(
    State(app): State<App>,
    person: Person,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    let lang = person.lang;
    let after = query.get("after").and_then(|after| read_cursor(after));
    let mut tx = person.begin().await?;
    let found = tx.looked(person.holder.referral, after).await?;
    let done = tx.close().await?;
    let number = app.county(person.ctx.tenant).await.ok().and_then(|county| county.reply_number);
    let frame = person.frame(lang.t("looks-title")).await;
    let shown = LookedPage {
        back: BackLink::new(lang, PLACE),
        table: found.looks.as_ref().and_then(|looks| table(lang, looks)),
        pages: pages(lang, LOOKED, after, found.next),
        ring: number.map(|number| lang.tr("track-ring", &[("number", number.to_string())])),
        frame,
    };
    page(done, &shown)
}

fn table(lang: Lang, looks: &Visible<Section>) -> Option<Table> {
    let Section::Looked(looks) = &**looks else { return None };
    let same = |one: &Look, other: &Look| {
        local_date(one.at) == local_date(other.at) && one.by == other.by && one.what == other.what
    };
    let rows: Vec<Vec<Cell>> = looks.chunk_by(same).filter_map(|looks| row(lang, looks)).collect();
    (!rows.is_empty()).then(|| Table {
        lang,
        columns: ["looks-when", "looks-who", "looks-what"]
            .iter()
            .map(|key| Column::new(lang.t(key)))
            .collect(),
        rows,
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    })
}

/// Looks of one day by the same person: the newest of them, and how many.
fn row(lang: Lang, looks: &[Look]) -> Option<Vec<Cell>> {
    let newest = looks.first()?;
    let what = lang.t(what(newest.what));
    let what = match looks.len() {
        1 => what,
        times => format!("{what} {}", lang.tr("looks-times", &[("times", times.to_string())])),
    };
    Some(vec![
        Cell::from(words::date_time(lang, newest.at)),
        Cell::from(who(lang, &newest.by)),
        Cell::from(what),
    ])
}

fn who(lang: Lang, by: &LookedBy) -> Markup {
    match by {
        LookedBy::Staff { name, org } => Markup::lines(&format!("{name}\n{org}")),
        LookedBy::Guest { said } => lang.tr("looks-by-guest", &[("said", said.to_string())]).into(),
        LookedBy::Own => lang.t("looks-by-own").into(),
        LookedBy::Asker => lang.t("looks-by-asker").into(),
    }
}

fn what(what: Looking) -> &'static str {
    match what {
        Looking::Opened => "looks-opened",
        Looking::Listed => "looks-listed",
        Looking::Wrote => "looks-wrote",
        Looking::Stopped => "looks-stopped",
    }
}
