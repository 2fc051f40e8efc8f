//! What editors look after: services somebody must ask at again, and those that are not listed.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use onedoor_domain::calendar::local_date;
use onedoor_domain::directory::{Origin, Service};
use onedoor_store::{Editing, Services};

use super::find::name_cell;
use super::{LIST, path, words};
use crate::task::rows::stack;
use crate::ui::{BackLink, Cell, Column, Frame, Link, Markup, Pagination, SubNavigation, Table};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self as say, Lang};

#[derive(Template)]
#[template(path = "directory/due.html")]
struct DuePage {
    frame: Frame,
    back: BackLink,
    which: SubNavigation,
    about: String,
    empty: Option<String>,
    table: Option<Table>,
    pages: Option<Pagination>,
}

const WHICH: [(Editing, &str, &str, &str); 3] = [
    (Editing::DueHere, "here", "directory-due-here", "directory-due-here-about"),
    (Editing::Due, "all", "directory-due-all", "directory-due-all-about"),
    (Editing::Gone, "gone", "directory-due-gone", "directory-due-gone-about"),
];

/// GET `/directory/due?which=&after=`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let asked = query.get("which").map(String::as_str);
    let (which, code, _, about) = WHICH.into_iter().find(|(_, code, _, _)| Some(*code) == asked).unwrap_or((
        Editing::DueHere,
        "here",
        "directory-due-here",
        "directory-due-here-about",
    ));
    let after = query.get("after").and_then(|after| after.parse().ok());
    let mut tx = staff.begin().await?;
    let found = tx.services_to_edit(which, after).await?;
    let frame = staff.frame(&mut tx, lang.t("directory-due-title"), LIST).await?;
    let to = format!("{LIST}/due?which={code}");
    let link = |(_, one, key, _): (Editing, &str, &str, &str)| {
        (Link::new(&format!("{LIST}/due?which={one}"), lang.t(key)), one == code)
    };
    let shown = DuePage {
        frame,
        back: BackLink::new(lang, LIST),
        which: SubNavigation { label: lang.t("directory-due-which"), items: WHICH.map(link).into() },
        about: lang.t(about),
        empty: found.services.is_empty().then(|| lang.t("directory-due-none")),
        table: (!found.services.is_empty()).then(|| table(&staff, &found.services)),
        pages: pages(lang, &to, after.is_some(), &found),
    };
    page(tx.close().await?, &shown)
}

fn table(staff: &Staff, services: &[Service]) -> Table {
    let lang = staff.lang;
    let heads = [
        "directory-row-service",
        "directory-row-checked",
        "directory-row-due",
        "directory-row-source",
        "directory-row-do",
    ];
    Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: services.iter().map(|service| row(staff, service)).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}

fn row(staff: &Staff, service: &Service) -> Vec<Cell> {
    let lang = staff.lang;
    let due = match (service.checked(), &service.retired) {
        (_, Some(retired)) => words::retired_words(lang, retired),
        (Some(review), None) => say::day_of(lang, review.due),
        (None, None) => lang.t("directory-due-never"),
    };
    let phones: Vec<Markup> = service.entry().all_phones().take(1).flat_map(words::phone).collect();
    let source = match service.origin() {
        Origin::Feed => service.feed().map(|feed| feed.feed.to_string()).unwrap_or_default(),
        Origin::Here => lang.t("directory-from-here"),
        Origin::Both => lang.t("directory-from-both"),
    };
    let name = service.entry().name.to_string();
    let late = service.retired.is_none() && service.is_overdue(local_date(staff.ctx.now));
    let check = late.then(|| {
        Markup::link(&path(service.id, "check"), &lang.tr("directory-check-which", &[("name", name.clone())]))
    });
    let edit =
        Markup::link(&path(service.id, "edit"), &lang.tr("directory-edit-which", &[("name", name.clone())]));
    let todo = phones.into_iter().chain(check).chain(std::iter::once(edit));
    vec![
        name_cell(staff, service),
        Cell::from(words::checked_words(lang, service)),
        Cell::from(due),
        Cell::from(source),
        Cell::from(stack(todo)),
    ]
}

fn pages(lang: Lang, to: &str, begun: bool, found: &Services) -> Option<Pagination> {
    let first = begun.then(|| Link::new(to, lang.t("task-page-first")));
    let next = found.next.map(|id| Link::new(&format!("{to}&after={id}"), lang.t("task-page-next")));
    (first.is_some() || next.is_some()).then_some(Pagination { lang, previous: first, next })
}
