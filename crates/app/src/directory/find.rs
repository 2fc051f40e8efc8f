//! Looking for a service: by words, need, place and what is open now. What is looked for stands in the address.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::Calendar;
use onedoor_domain::directory::{Search, Service};
use onedoor_domain::value::Line;
use onedoor_store::Services;

use super::{LIST, path, words};
use crate::task::rows::stack;
use crate::ui::{
    Button, Cell, Checkboxes, Choice, Column, Field, Frame, Link, Markup, Pagination, Select, SelectOption,
    Table, TextInput,
};
use crate::web::gate::form_encode;
use crate::web::{Answer, Problem, Staff, page};
use crate::words::Lang;

#[derive(Template)]
#[template(path = "directory/find.html")]
struct FindPage {
    frame: Frame,
    words: TextInput,
    place: TextInput,
    need: Select,
    open: Checkboxes,
    button: Button,
    clear: Option<Link>,
    edit: Vec<Link>,
    empty: Vec<String>,
    results: Option<Table>,
    pages: Option<Pagination>,
}

/// What the address says.
pub(super) struct Asked {
    pub(super) search: Search,
    pub(super) query: Vec<(&'static str, String)>,
}

impl Asked {
    pub(super) fn of(query: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| -> String {
            query.get(name).map(|text| text.trim().chars().take(200).collect()).unwrap_or_default()
        };
        let (words, place, need) = (text("words"), text("place"), text("need"));
        let open_now = query.get("open").is_some_and(|open| open == "now");
        let mut kept = vec![("words", words.clone()), ("place", place.clone()), ("need", need.clone())];
        kept.retain(|(_, value)| !value.is_empty());
        kept.extend(open_now.then(|| ("open", "now".to_owned())));
        let search = Search { words, need: need.parse::<Line>().ok(), place, open_now };
        Self { search, query: kept }
    }

    fn address(&self, more: Option<(&'static str, String)>) -> String {
        self.address_of(LIST, more)
    }

    /// What is looked for, as an address of this page.
    pub(super) fn address_of(&self, page: &str, more: Option<(&'static str, String)>) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .cloned()
            .chain(more)
            .map(|(name, value)| format!("{name}={}", form_encode(&value).collect::<String>()))
            .collect();
        if pairs.is_empty() { page.to_owned() } else { format!("{page}?{}", pairs.join("&")) }
    }
}

/// GET `/directory?words=&need=&place=&open=now`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let asked = Asked::of(&query);
    let after = query.get("after").and_then(|after| after.parse().ok());
    let mut tx = staff.begin().await?;
    let (county, _) = tx.county().await?;
    let terms = tx.service_terms().await?;
    let found = tx.services(&asked.search, &county.calendar, after).await?;
    let frame = staff.frame(&mut tx, lang.t("directory-title"), LIST).await?;
    let writes = staff.may(Action::ServiceWrite);
    let edit = [
        writes.then(|| Link::new(&format!("{LIST}/new"), lang.t("directory-new"))),
        writes.then(|| Link::new(&format!("{LIST}/due"), lang.t("directory-due-title"))),
        staff
            .may(Action::ServiceImport)
            .then(|| Link::new(&format!("{LIST}/imports"), lang.t("directory-imports-title"))),
    ];
    let shown = FindPage {
        frame,
        words: text(lang, "words", ("directory-words", "directory-words-hint"), &asked.search.words),
        place: text(lang, "place", ("directory-place", "directory-place-hint"), &asked.search.place),
        need: needs(lang, &terms, asked.search.need.as_ref()),
        open: open(lang, asked.search.open_now),
        button: Button::new(lang.t("directory-search")),
        clear: (!asked.query.is_empty()).then(|| Link::new(LIST, lang.t("directory-clear"))),
        edit: edit.into_iter().flatten().collect(),
        empty: empty(lang, &asked, &found),
        results: (!found.services.is_empty()).then(|| table(&staff, &found.services, &county.calendar)),
        pages: pages(lang, &asked, after.is_some(), &found),
    };
    page(tx.close().await?, &shown)
}

pub(super) fn text(lang: Lang, name: &str, (label, hint): (&str, &str), value: &str) -> TextInput {
    TextInput {
        field: Field::new(lang, name, lang.t(label)).hint(lang.t(hint)),
        value: value.to_owned(),
        autocomplete: Some("off"),
        spellcheck: Some(false),
        ..TextInput::default()
    }
}

pub(super) fn needs(lang: Lang, terms: &[Line], chosen: Option<&Line>) -> Select {
    let any = SelectOption { value: String::new(), text: lang.t("directory-need-any") };
    let option = |term: String| SelectOption { value: term.clone(), text: term };
    // A need that no service names any more stays chosen, so that the list says why it is empty.
    let lost = chosen.filter(|chosen| !terms.contains(chosen)).map(ToString::to_string);
    let terms = terms.iter().map(ToString::to_string).chain(lost);
    Select {
        field: Field::new(lang, "need", lang.t("directory-need")).hint(lang.t("directory-need-hint")),
        options: std::iter::once(any).chain(terms.map(option)).collect(),
        value: chosen.map(ToString::to_string).unwrap_or_default(),
    }
}

pub(super) fn open(lang: Lang, open: bool) -> Checkboxes {
    Checkboxes {
        field: Field::new(lang, "open", lang.t("directory-open")),
        choices: vec![Choice::new("now", lang.t("directory-open-now"))],
        values: open.then(|| "now".to_owned()).into_iter().collect(),
        small: true,
    }
}

/// What to do where nothing was found.
fn empty(lang: Lang, asked: &Asked, found: &Services) -> Vec<String> {
    if !found.services.is_empty() {
        return Vec::new();
    }
    if found.next.is_some() {
        return vec![lang.t("directory-look-on")];
    }
    if asked.query.is_empty() {
        return vec![lang.t("directory-empty")];
    }
    let mut said = vec![lang.t("directory-nothing"), lang.t("directory-nothing-try")];
    said.extend((!asked.search.place.is_empty()).then(|| lang.t("directory-nothing-place")));
    said.extend(asked.search.open_now.then(|| lang.t("directory-nothing-open")));
    said
}

fn table(staff: &Staff, services: &[Service], calendar: &Calendar) -> Table {
    let lang = staff.lang;
    let heads = [
        "directory-row-service",
        "directory-row-open",
        "directory-row-where",
        "directory-row-phone",
        "directory-row-checked",
    ];
    Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: services.iter().map(|service| row(staff, service, calendar)).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}

pub(super) fn name_cell(staff: &Staff, service: &Service) -> Cell {
    let entry = service.entry();
    let link = Markup::link(&path(service.id, ""), entry.name.as_str());
    let org = entry.organization.as_ref().map(|org| Markup::from(org.name.as_str()));
    let mark = words::mark(staff.lang, service, staff.ctx.now).map(|tag| Markup::of(&tag));
    Cell::from(stack([Some(link), org, mark].into_iter().flatten()))
}

fn row(staff: &Staff, service: &Service, calendar: &Calendar) -> Vec<Cell> {
    let lang = staff.lang;
    let entry = service.entry();
    let phones: Vec<Markup> = entry.all_phones().take(2).flat_map(words::phone).collect();
    let phones = if phones.is_empty() { vec![Markup::from(lang.t("directory-no-phone"))] } else { phones };
    vec![
        name_cell(staff, service),
        Cell::from(words::open_words(lang, entry, staff.ctx.now, calendar)),
        Cell::from(stack(words::whereabouts(lang, entry).into_iter().map(Markup::from))),
        Cell::from(stack(phones)),
        Cell::from(words::checked_words(lang, service)),
    ]
}

fn pages(lang: Lang, asked: &Asked, begun: bool, found: &Services) -> Option<Pagination> {
    let first = begun.then(|| Link::new(&asked.address(None), lang.t("task-page-first")));
    let next = found
        .next
        .map(|id| Link::new(&asked.address(Some(("after", id.to_string()))), lang.t("task-page-next")));
    (first.is_some() || next.is_some()).then_some(Pagination { lang, previous: first, next })
}
