//! Somebody else was first: what they decided, and everything that was typed here, in the words of the form and never in
//! its codes.

use std::cell::RefCell;

use super::record;
use super::step::{Around, Asked, Step};
use crate::task::rows::stack;
use crate::ui::{Markup, SummaryRow};
use crate::web::form::{FormErrors, RawForm};
use crate::words::Lang;

/// What a form offers to choose from: field, code and words, noted as its controls are made.
#[derive(Debug, Default)]
pub struct Offered(RefCell<Vec<(String, String, Markup)>>);

impl Offered {
    /// Notes the choices of a field.
    pub fn note(&self, field: &str, choices: impl IntoIterator<Item = (String, Markup)>) {
        let noted = choices.into_iter().map(|(code, words)| (field.to_owned(), code, words));
        self.0.borrow_mut().extend(noted);
    }

    fn words(&self, field: &str, code: &str) -> Option<Markup> {
        let offered = self.0.borrow();
        let found = offered.iter().find(|(name, value, _)| (name.as_str(), value.as_str()) == (field, code));
        found.map(|(_, _, words)| words.clone())
    }
}

/// A form as it was typed.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    pub(super) raw: &'a RawForm,
    fields: &'a [(&'static str, &'static str)],
    /// The choices of the form, where it has some.
    offers: Option<fn(Lang, &RawForm, &Around) -> Offered>,
    /// Whether key workers are among them.
    pub(super) key_worker: bool,
}

impl<'a> Kept<'a> {
    /// A form of these fields, each with the key of its label.
    pub fn of(raw: &'a RawForm, fields: &'a [(&'static str, &'static str)]) -> Self {
        Self { raw, fields, offers: None, key_worker: false }
    }

    /// The form of a step.
    pub fn step<S: Step>(raw: &'a RawForm) -> Self {
        Self { raw, fields: S::FIELDS, offers: Some(offers::<S>), key_worker: S::KEY_WORKER }
    }

    /// Everything that was typed and chosen, under the labels of the form.
    pub(super) fn typed(self, lang: Lang, around: &Around) -> Vec<(String, Markup)> {
        let offered = self.offers.map(|offers| offers(lang, self.raw, around)).unwrap_or_default();
        let said = |(name, label): &(&str, &str)| {
            let chosen: Vec<Markup> =
                self.raw.all(name).filter_map(|code| offered.words(name, code)).collect();
            let text = self.text(name);
            let words = if chosen.is_empty() { Markup::lines(&text) } else { stack(chosen) };
            (!text.is_empty()).then(|| (lang.t(label), words))
        };
        self.fields.iter().filter_map(said).collect()
    }

    /// What was typed into a field, a date's three boxes together.
    fn text(self, name: &str) -> String {
        let boxes = format!("{name}[");
        let of_field = |field: &str| field == name || field.starts_with(&boxes);
        let found = self.raw.fields().filter(|(field, value)| of_field(field) && !value.is_empty());
        found.map(|(_, value)| value).collect::<Vec<_>>().join(" ")
    }
}

/// What a step's form offers.
fn offers<S: Step>(lang: Lang, raw: &RawForm, around: &Around) -> Offered {
    let asked = Asked { lang, raw, errors: &FormErrors::default(), around, offered: Offered::default() };
    S::controls(&asked);
    asked.offered
}

/// How soon, and what, as it is decided now: to be read before anybody decides again.
pub(super) fn decided(lang: Lang, around: &Around) -> Markup {
    let parts = record::work(lang, &around.view.revealed).into_iter();
    let rows = parts.filter(|part| matches!(part.id, "decision" | "triage" | "offer"));
    let rows: Vec<SummaryRow> = rows.map(|part| SummaryRow::new(part.heading, part.content)).collect();
    if rows.is_empty() { Markup::default() } else { record::list(rows) }
}
