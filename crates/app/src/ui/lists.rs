//! Summary lists ("check your answers") and task lists.

use super::markup::Markup;
use super::notes::{Card, Tag};
use askama::Template;
use askama::filters::HtmlSafe;

/// A link such as "Change", with hidden words that say what it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "ui/row_action.html")]
pub struct RowAction {
    /// Where to.
    pub href: String,
    /// "Change".
    pub text: Markup,
    /// "name".
    pub hidden: Markup,
    /// The card it stands on, in brackets after the hidden words; empty for none.
    pub card: Markup,
}

impl RowAction {
    /// A link with hidden words.
    pub fn new(href: &str, text: impl Into<Markup>, hidden: impl Into<Markup>) -> Self {
        Self { href: href.to_owned(), text: text.into(), hidden: hidden.into(), card: Markup::default() }
    }

    pub(super) fn in_card(&self, heading: &Markup) -> Self {
        Self { card: heading.clone(), ..self.clone() }
    }
}

impl HtmlSafe for RowAction {}

/// One line: what it is, what was answered, what can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryRow {
    /// What it is.
    pub key: Markup,
    /// What was answered.
    pub value: Markup,
    /// Usually one "Change".
    pub actions: Vec<RowAction>,
}

impl SummaryRow {
    /// A line without actions.
    pub fn new(key: impl Into<Markup>, value: impl Into<Markup>) -> Self {
        Self { key: key.into(), value: value.into(), actions: Vec::new() }
    }

    /// Adds a link such as "Change".
    #[must_use]
    pub fn action(mut self, action: RowAction) -> Self {
        self.actions.push(action);
        self
    }
}

/// Answers to check, or facts about one thing.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/summary_list.html")]
pub struct SummaryList {
    /// The lines.
    pub rows: Vec<SummaryRow>,
    /// Without any lines between.
    pub no_border: bool,
    /// Without the last line.
    pub no_last_border: bool,
    /// The heading of the card it stands on, for the hidden words of actions; empty for none.
    pub card_heading: Markup,
}

impl SummaryList {
    fn has_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.is_empty())
    }

    /// The list on a card, whose heading the hidden words of its actions repeat.
    pub fn on_card(mut self, mut card: Card) -> Card {
        self.card_heading = card.heading.clone();
        card.content = Markup::of(&self);
        card
    }
}

impl HtmlSafe for SummaryList {}

/// How far a task is.
#[derive(Clone, Debug)]
pub enum Status {
    /// Words only: finished, or cannot start yet.
    Words(Markup),
    /// Words only, in green: finished.
    Done(Markup),
    /// To be done.
    Tag(Tag),
}

/// One task of a list.
#[derive(Clone, Debug)]
pub struct Task {
    /// What to do.
    pub title: Markup,
    /// Where; none while it cannot start.
    pub href: Option<String>,
    /// Help.
    pub hint: Option<Markup>,
    /// How far it is.
    pub status: Status,
}

/// What is done and what is left.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/task_list.html")]
pub struct TaskList {
    /// `task-list` unless several stand on one page.
    pub id_prefix: Option<&'static str>,
    /// The tasks.
    pub tasks: Vec<Task>,
}

impl TaskList {
    fn items(&self) -> Vec<(String, &Task)> {
        let prefix = self.id_prefix.unwrap_or("task-list");
        self.tasks.iter().enumerate().map(|(at, task)| (format!("{prefix}-{}", at + 1), task)).collect()
    }
}

impl HtmlSafe for TaskList {}
