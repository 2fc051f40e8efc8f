//! Tables, for comparing; sortable by script or by link.

use super::field::Size;
use super::markup::Markup;
use crate::words::Lang;
use askama::Template;
use askama::filters::HtmlSafe;

/// How a sortable column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Can be sorted, is not.
    None,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Sort {
    fn aria(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Ascending => Some("ascending"),
            Self::Descending => Some("descending"),
        }
    }
}

/// A column's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The words.
    pub text: Markup,
    /// Right-aligned figures of equal width.
    pub numeric: bool,
    /// Whether and how it is sorted.
    pub sort: Option<Sort>,
    /// Sorts on the server: the head becomes this link.
    pub href: Option<String>,
    /// More words for screen readers.
    pub hidden: Option<Markup>,
}

impl Column {
    /// A column of words.
    pub fn new(text: impl Into<Markup>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it shows.
    pub content: Markup,
    /// Figures; follows the column when not set.
    pub numeric: bool,
    /// Makes the content a link.
    pub href: Option<String>,
    /// More words for screen readers.
    pub hidden: Option<Markup>,
    /// What sorting by script compares.
    pub sort_value: Option<String>,
}

impl<T: Into<Markup>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// A cell in its place.
struct Placed<'a> {
    element: &'static str,
    class: &'static str,
    role: &'static str,
    numeric: bool,
    /// Repeated before the content where columns fold away.
    head: Option<&'a Column>,
    cell: &'a Cell,
}

/// Rows and columns.
#[expect(clippy::struct_excessive_bools, reason = "each is one published, independent switch")]
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/table.html")]
pub struct Table {
    /// For the words it adds.
    pub lang: Lang,
    /// What the table shows.
    pub caption: Option<Markup>,
    /// The caption's size.
    pub caption_size: Option<Size>,
    /// The caption's id; needed by `scroll`.
    pub caption_id: Option<&'static str>,
    /// The heads.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The first cell names its row.
    pub first_cell_is_header: bool,
    /// Becomes a list of cards on a narrow screen.
    pub responsive: bool,
    /// Scrolls by itself on a narrow screen.
    pub scroll: bool,
    /// Less space.
    pub compact: bool,
    /// Every other row is shaded.
    pub striped: bool,
    /// Without the last line.
    pub no_last_border: bool,
}

impl Table {
    fn is_sortable(&self) -> bool {
        self.columns.iter().any(|column| column.sort.is_some())
    }

    fn sorts_by_script(&self) -> bool {
        self.is_sortable() && !self.columns.iter().any(|column| column.href.is_some())
    }

    fn cells<'a>(&'a self, row: &'a [Cell]) -> Vec<Placed<'a>> {
        let place = |(at, cell): (usize, &'a Cell)| {
            let column = self.columns.get(at);
            let numeric = cell.numeric || column.is_some_and(|column| column.numeric);
            let head = column.filter(|_| self.responsive);
            if self.first_cell_is_header && at == 0 {
                Placed { element: "th", class: "nhsuk-table__header", role: "rowheader", numeric, head, cell }
            } else {
                Placed { element: "td", class: "nhsuk-table__cell", role: "cell", numeric, head, cell }
            }
        };
        row.iter().enumerate().map(place).collect()
    }
}

impl HtmlSafe for Table {}
