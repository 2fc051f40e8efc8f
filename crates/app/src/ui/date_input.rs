//! A date people know by heart, in three boxes. It posts `name[day]`, `name[month]`, `name[year]`.

use super::field::Field;
use crate::web::form::{DatePart, FormErrors, RawForm};
use askama::Template;
use askama::filters::HtmlSafe;

/// What was typed into the three boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateValues {
    /// As typed.
    pub day: String,
    /// As typed.
    pub month: String,
    /// As typed.
    pub year: String,
}

/// Day, month and year.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/date_input.html")]
pub struct DateInput {
    /// Name, legend, hint, error.
    pub field: Field,
    /// What was typed.
    pub values: DateValues,
    /// The boxes at fault; none marked means all, when there is an error.
    pub faults: Vec<DatePart>,
    /// Whether browsers may offer the person's date of birth.
    pub is_birthday: bool,
}

struct DateBox<'a> {
    label: String,
    part: &'static str,
    value: &'a str,
    width: u8,
    is_wrong: bool,
    autocomplete: &'static str,
}

impl DateInput {
    /// A date question showing what was typed before and what is wrong with it.
    pub fn new(field: Field, raw: &RawForm, errors: &FormErrors) -> Self {
        let typed = |part: DatePart| raw.one(&part.name_in(&field.name)).unwrap_or_default().to_owned();
        let values = DateValues {
            day: typed(DatePart::Day),
            month: typed(DatePart::Month),
            year: typed(DatePart::Year),
        };
        let faults = errors.date_part(&field.name).into_iter().collect();
        Self { field: field.with(errors), values, faults, is_birthday: false }
    }

    fn posted(&self, part: &str) -> String {
        if self.field.name.is_empty() { part.to_owned() } else { format!("{}[{part}]", self.field.name) }
    }

    fn boxes(&self) -> [DateBox<'_>; 3] {
        let lang = self.field.lang;
        let wrong =
            |part| self.faults.contains(&part) || (self.field.error.is_some() && self.faults.is_empty());
        let filled = |name| if self.is_birthday { name } else { "" };
        [
            DateBox {
                label: lang.t("ui-day"),
                part: "day",
                value: &self.values.day,
                width: 2,
                is_wrong: wrong(DatePart::Day),
                autocomplete: filled("bday-day"),
            },
            DateBox {
                label: lang.t("ui-month"),
                part: "month",
                value: &self.values.month,
                width: 2,
                is_wrong: wrong(DatePart::Month),
                autocomplete: filled("bday-month"),
            },
            DateBox {
                label: lang.t("ui-year"),
                part: "year",
                value: &self.values.year,
                width: 4,
                is_wrong: wrong(DatePart::Year),
                autocomplete: filled("bday-year"),
            },
        ]
    }
}

impl HtmlSafe for DateInput {}
