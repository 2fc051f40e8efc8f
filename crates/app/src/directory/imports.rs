//! What became of the feeds that were taken in: how many records, what changed, and every record that was not taken.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use onedoor_domain::directory::{Import, NotRetired, Problem as Broken};
use onedoor_domain::ids::ImportId;

use super::words::mistake_words;
use super::{LIST, path};
use crate::task::rows::stack;
use crate::ui::{
    BackLink, Cell, Column, Frame, InsetText, Link, Markup, Pagination, SummaryList, SummaryRow, Table,
};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self as say, Lang};

#[derive(Template)]
#[template(path = "directory/imports.html")]
struct ImportsPage {
    frame: Frame,
    back: BackLink,
    empty: Option<String>,
    table: Option<Table>,
}

#[derive(Template)]
#[template(path = "directory/import.html")]
struct ImportPage {
    frame: Frame,
    back: BackLink,
    facts: SummaryList,
    not_retired: Option<InsetText>,
    problems: Option<Table>,
    pages: Option<Pagination>,
}

/// Records of one page.
const PAGE: usize = 50;

fn state(lang: Lang, import: &Import) -> String {
    match (import.ended_at, import.outcome) {
        (None, _) => lang.t("directory-import-running"),
        (Some(_), None) => lang.t("directory-import-given-up"),
        (Some(at), Some(_)) => lang.tr("directory-import-finished", &[("date", say::date_time(lang, at))]),
    }
}

/// GET `/directory/imports`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn list(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let imports = tx.imports().await?;
    let frame = staff.frame(&mut tx, lang.t("directory-imports-title"), LIST).await?;
    let heads = [
        "directory-import-feed",
        "directory-import-began",
        "directory-import-state",
        "directory-import-taken",
        "directory-import-broken",
    ];
    let row = |import: &Import| {
        let link = Markup::link(&format!("{LIST}/imports/{}", import.id), import.feed.as_str());
        vec![
            Cell::from(link),
            Cell::from(say::date_time(lang, import.began_at)),
            Cell::from(state(lang, import)),
            Cell::from(import.taken.to_string()),
            Cell::from(import.broken.to_string()),
        ]
    };
    let table = Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: imports.iter().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    };
    let shown = ImportsPage {
        frame,
        back: BackLink::new(lang, LIST),
        empty: imports.is_empty().then(|| lang.t("directory-imports-none")),
        table: (!imports.is_empty()).then_some(table),
    };
    page(tx.close().await?, &shown)
}

/// GET `/directory/imports/{import}?after=`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(
    staff: Staff,
    Path(import): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let id: ImportId = import.parse().map_err(|_| Problem::NotFound)?;
    let after = query.get("after").and_then(|after| after.parse().ok());
    let mut tx = staff.begin().await?;
    let (import, mut problems) = tx.import(id, after.unwrap_or_default()).await?;
    let frame = staff.frame(&mut tx, import.feed.to_string(), LIST).await?;
    let more = problems.len() > PAGE;
    problems.truncate(PAGE);
    let to = format!("{LIST}/imports/{id}");
    let first = after.map(|_| Link::new(&to, lang.t("task-page-first")));
    let next = problems
        .last()
        .filter(|_| more)
        .map(|last| Link::new(&format!("{to}?after={}", last.position), lang.t("task-page-next")));
    let shown = ImportPage {
        frame,
        back: BackLink::new(lang, &format!("{LIST}/imports")),
        facts: facts(lang, &import),
        not_retired: import.not_retired.map(|why| not_retired(lang, why)),
        problems: (!problems.is_empty()).then(|| table(lang, &problems)),
        pages: (first.is_some() || next.is_some()).then_some(Pagination { lang, previous: first, next }),
    };
    page(tx.close().await?, &shown)
}

fn not_retired(lang: Lang, why: NotRetired) -> InsetText {
    let said = lang.t(match why {
        NotRetired::Unsteady => "directory-not-retired-unsteady",
        NotRetired::TooMany => "directory-not-retired-many",
    });
    InsetText { lang, content: Markup::paragraphs([said]) }
}

fn facts(lang: Lang, import: &Import) -> SummaryList {
    let mut rows = vec![
        SummaryRow::new(lang.t("directory-import-began"), say::date_time(lang, import.began_at)),
        SummaryRow::new(lang.t("directory-import-state"), state(lang, import)),
        SummaryRow::new(lang.t("directory-import-taken"), import.taken.to_string()),
        SummaryRow::new(lang.t("directory-import-broken"), import.broken.to_string()),
    ];
    if let Some(outcome) = import.outcome {
        let counts = [
            ("directory-import-added", outcome.added),
            ("directory-import-changed", outcome.changed),
            ("directory-import-same", outcome.same),
            ("directory-import-kept", outcome.kept),
            ("directory-import-retired", outcome.retired),
        ];
        rows.extend(counts.map(|(key, count)| SummaryRow::new(lang.t(key), count.to_string())));
    }
    SummaryList { rows, ..SummaryList::default() }
}

fn table(lang: Lang, problems: &[Broken]) -> Table {
    let heads = ["directory-problem-position", "directory-problem-service", "directory-problem-what"];
    let row = |problem: &Broken| {
        let service = match problem.id {
            Some(id) => Markup::link(&path(id, ""), &id.to_string()),
            None => lang.t("directory-problem-no-id").into(),
        };
        let what = problem.mistakes.iter().map(|mistake| Markup::from(mistake_words(lang, mistake)));
        vec![Cell::from(problem.position.to_string()), Cell::from(service), Cell::from(stack(what))]
    };
    Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: problems.iter().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}
