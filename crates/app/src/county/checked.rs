//! What the pages of crisis numbers and of crisis places share: lists of things that somebody asked about and dated.

use jiff::civil::Date;
use onedoor_domain::value::Line;

use crate::team::text_key;
use crate::ui::{Button, ButtonKind, Column, Frame, Markup, Table};
use crate::web::Problem;
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm};
use crate::words::{self, Lang};

/// The address of one that is to be added.
pub(super) const NEW: &str = "new";

pub(super) const DATE: DateKeys = DateKeys {
    missing: "county-reviewed-missing",
    no_day: "county-reviewed-no-day",
    no_month: "county-reviewed-no-month",
    no_year: "county-reviewed-no-year",
    not_real: "county-reviewed-not-real",
};

/// The page of a list.
#[derive(Debug, askama::Template)]
#[template(path = "county/checked.html")]
pub(super) struct List {
    pub(super) frame: Frame,
    pub(super) about: String,
    pub(super) table: Table,
    pub(super) add: Button,
}

/// The table of such a list, whose rows begin with what each is called.
pub(super) fn table(lang: Lang, heads: [&'static str; 5], rows: Vec<Vec<Markup>>) -> Table {
    Table {
        lang,
        columns: heads.map(|key| Column::new(lang.t(key))).into(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}

/// Who checked it, when, and whether that is recent enough.
pub(super) fn in_words(lang: Lang, on: Date, by: &Line, good: bool) -> Markup {
    let state = if good { "county-reviewed-good" } else { "county-reviewed-old" };
    let reviewed = [("day", words::day_of(lang, on)), ("name", by.to_string())];
    Markup::lines(&format!("{}\n{}", lang.tr("county-reviewed-by", &reviewed), lang.t(state)))
}

/// Which of so many an address means.
pub(super) fn index(place: &str, len: usize) -> Option<usize> {
    place.parse().ok().filter(|at| *at < len)
}

/// Which of a list an address means; none where it is to be added, or was there when an older version was read.
///
/// # Errors
/// [`Problem::NotFound`] where this version has none there.
pub(super) fn meant<T>(place: &str, list: &[T], is_newest: bool) -> Result<Option<usize>, Problem> {
    let at = index(place, list.len());
    if place != NEW && at.is_none() && is_newest { Err(Problem::NotFound) } else { Ok(at) }
}

/// Puts one in its place in a list, or at its end.
pub(super) fn put<T>(list: &mut Vec<T>, at: Option<usize>, one: T) {
    match at.and_then(|at| list.get_mut(at)) {
        Some(known) => *known = one,
        None => list.push(one),
    }
}

/// The check as the fields of a form hold it.
pub(super) fn fields(on: Date, by: &Line) -> [(&'static str, String); 4] {
    [
        ("reviewed[day]", on.day().to_string()),
        ("reviewed[month]", on.month().to_string()),
        ("reviewed[year]", on.year().to_string()),
        ("by", by.to_string()),
    ]
}

/// The day of the check, not in the future, and who checked.
pub(super) fn read(raw: &RawForm, today: Date, errors: &mut FormErrors) -> (Option<Date>, Option<Line>) {
    let on = errors.date(raw, "reviewed", &DATE);
    if on.is_some_and(|day| day > today) {
        errors.push(FieldError::new("reviewed", "county-reviewed-future"));
    }
    (on, errors.keep(raw.parsed::<Line>("by", text_key("county-reviewed-who-missing"))))
}

/// Whether this is a number somebody can ring: the shortest have three figures.
pub(super) fn dials(number: &Line) -> bool {
    number.as_str().chars().filter(char::is_ascii_digit).count() >= 3
}

/// A form of one button that takes something away.
#[derive(Debug, askama::Template)]
#[template(path = "county/remove.html")]
pub(super) struct Remove {
    pub(super) action: String,
    pub(super) version: String,
    pub(super) field: Option<(&'static str, String)>,
    pub(super) button: Button,
}

impl askama::filters::HtmlSafe for Remove {}

impl Remove {
    /// Takes away the one at an address, if nothing has changed since this version.
    pub(super) fn at(action: String, version: &str, text: String) -> Markup {
        let button = Button {
            kind: ButtonKind::Warning,
            name: Some("do"),
            value: Some("remove".to_owned()),
            ..Button::new(text)
        };
        Markup::of(&Self { action, version: version.to_owned(), field: None, button })
    }
}
