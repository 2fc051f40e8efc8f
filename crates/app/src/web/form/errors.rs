//! What is wrong with a form: one message for each field and failure, in the order of the page. It must not know any page.

use super::RawForm;
use crate::ui::{ErrorLink, ErrorSummary, Markup};
use crate::words::Lang;
use jiff::civil::Date;

/// One of the three boxes of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    /// Day.
    Day,
    /// Month.
    Month,
    /// Year.
    Year,
}

impl DatePart {
    /// Every box, in order.
    pub const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The name it posts: `dob[day]`.
    pub fn name_in(self, field: &str) -> String {
        format!("{field}[{}]", self.word())
    }
}

/// The messages of a date question.
#[derive(Clone, Copy, Debug)]
pub struct DateKeys {
    /// Nothing was typed.
    pub missing: &'static str,
    /// The day is missing.
    pub no_day: &'static str,
    /// The month is missing.
    pub no_month: &'static str,
    /// The year is missing.
    pub no_year: &'static str,
    /// There is no such day.
    pub not_real: &'static str,
}

/// What is wrong with one field: a message key and what fills its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is also its id.
    pub field: &'static str,
    /// The message.
    pub key: &'static str,
    /// What fills its places.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// A message without places to fill.
    pub fn new(field: &'static str, key: &'static str) -> Self {
        Self { field, key, args: Vec::new() }
    }
}

/// Everything that is wrong with a form, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors {
    errors: Vec<FieldError>,
    /// Date questions at fault, with the box if it is one.
    dates: Vec<(&'static str, Option<DatePart>)>,
}

impl From<Vec<FieldError>> for FormErrors {
    fn from(errors: Vec<FieldError>) -> Self {
        Self { errors, dates: Vec::new() }
    }
}

impl FormErrors {
    /// Whether the form can be used.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// Everything that is wrong, in the order of the page.
    pub fn list(&self) -> &[FieldError] {
        &self.errors
    }

    /// Adds one.
    pub fn push(&mut self, error: FieldError) {
        self.errors.push(error);
    }

    /// Adds one about a date question as a whole; the summary leads to its first box.
    pub fn push_date(&mut self, error: FieldError) {
        self.dates.push((error.field, None));
        self.push(error);
    }

    /// Keeps the error, or gives the answer.
    pub fn keep<T>(&mut self, answer: Result<T, FieldError>) -> Option<T> {
        answer.map_err(|error| self.push(error)).ok()
    }

    /// Reads a date question.
    pub fn date(&mut self, raw: &RawForm, field: &'static str, keys: &DateKeys) -> Option<Date> {
        let typed = DatePart::ALL.map(|part| raw.text(&part.name_in(field)).to_owned());
        let [day, month, year] = &typed;
        let missing: Vec<DatePart> = DatePart::ALL
            .into_iter()
            .zip(&typed)
            .filter(|(_, text)| text.is_empty())
            .map(|(part, _)| part)
            .collect();
        let (part, key) = match missing.as_slice() {
            [] => match real_date(day, month, year) {
                Some(date) => return Some(date),
                None => (None, keys.not_real),
            },
            [DatePart::Day] => (Some(DatePart::Day), keys.no_day),
            [DatePart::Month] => (Some(DatePart::Month), keys.no_month),
            [DatePart::Year] => (Some(DatePart::Year), keys.no_year),
            [_, _, _] => (None, keys.missing),
            _ => (None, keys.not_real),
        };
        self.dates.push((field, part));
        self.push(FieldError::new(field, key));
        None
    }

    /// The first message for a field.
    pub fn text(&self, lang: Lang, field: &str) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field == field)?;
        Some(lang.tr(error.key, &error.args))
    }

    /// The box at fault in a date question, when it is one.
    pub fn date_part(&self, field: &str) -> Option<DatePart> {
        self.dates.iter().find(|(found, _)| *found == field)?.1
    }

    /// The summary for the top of the page, each line linked to its control.
    pub fn summary(&self, lang: Lang) -> ErrorSummary {
        let errors = self.errors.iter().map(|error| ErrorLink {
            href: Some(self.target(error.field)),
            text: Markup::from(lang.tr(error.key, &error.args)),
        });
        ErrorSummary {
            title: lang.t("ui-error-summary-title").into(),
            errors: errors.collect(),
            description: None,
        }
    }

    fn target(&self, field: &str) -> String {
        match self.dates.iter().find(|(found, _)| *found == field) {
            Some((_, part)) => format!("#{field}-{}", part.unwrap_or(DatePart::Day).word()),
            None => format!("#{field}"),
        }
    }
}

fn real_date(day: &str, month: &str, year: &str) -> Option<Date> {
    let number = |text: &str, digits: usize| {
        text.parse::<u16>().ok().filter(|_| text.len() <= digits && !text.starts_with('+'))
    };
    let (day, month, year) =
        (number(day, 2)?, number(month, 2)?, number(year, 4).filter(|_| year.len() == 4)?);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
