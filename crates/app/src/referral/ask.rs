//! The controls that forms about a referral share: each shows what was typed and what is wrong with it.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use onedoor_domain::calendar::{LONDON, local, local_date};
use onedoor_domain::value::{Line, Text, TextError};

use super::step::Asked;
use crate::ui::{Choice, DateInput, Field, Markup, Radios, Select, SelectOption, Size, TextInput, Textarea};
use crate::web::form::{DateKeys, DatePart, FieldError, FormErrors, RawForm};

/// The messages of a date that lies ahead.
pub const DATE_KEYS: DateKeys = DateKeys {
    missing: "referral-date-missing",
    no_day: "referral-date-no-day",
    no_month: "referral-date-no-month",
    no_year: "referral-date-no-year",
    not_real: "referral-date-not-real",
};

impl<A> Asked<'_, A> {
    /// A question with its error.
    pub fn field(&self, name: &str, label: &str) -> Field {
        Field::new(self.lang, name, self.lang.t(label)).sized(Size::S).with(self.errors)
    }

    /// What was typed.
    pub fn value(&self, name: &str) -> String {
        self.raw.one(name).unwrap_or_default().to_owned()
    }

    /// Several lines, with help.
    pub fn area(&self, name: &str, label: &str, hint: &str) -> Markup {
        let field = self.field(name, label).hint(self.lang.t(hint));
        Markup::of(&Textarea {
            field,
            value: self.value(name),
            rows: Some(5),
            autocomplete: Some("off"),
            spellcheck: None,
        })
    }

    /// One line, with help.
    pub fn line(&self, name: &str, label: &str, hint: &str) -> Markup {
        let field = self.field(name, label).hint(self.lang.t(hint));
        Markup::of(&TextInput {
            field,
            value: self.value(name),
            autocomplete: Some("off"),
            ..TextInput::default()
        })
    }

    /// A few characters.
    pub fn short(&self, name: &str, label: &str, (hint, width): (&str, u8)) -> Markup {
        let field = self.field(name, label).hint(self.lang.t(hint));
        let width = Some(width);
        let value = self.value(name);
        Markup::of(&TextInput { field, value, width, autocomplete: Some("off"), ..TextInput::default() })
    }

    /// One of several.
    pub fn radios(&self, name: &str, label: &str, choices: Vec<Choice>) -> Markup {
        self.radios_with(self.field(name, label), choices)
    }

    /// One of several, with help before the answers.
    pub fn radios_with(&self, field: Field, choices: Vec<Choice>) -> Markup {
        let value = self.value(&field.name);
        let noted = choices.iter().map(|choice| (choice.value.clone(), choice.text.clone()));
        self.offered.note(&field.name, noted);
        Markup::of(&Radios { field, choices, value, ..Radios::default() })
    }

    /// One of a list; nothing is chosen before somebody chooses.
    pub fn select(&self, name: &str, label: &str, options: Vec<SelectOption>) -> Markup {
        let none = SelectOption { value: String::new(), text: self.lang.t("referral-choose") };
        let noted = options.iter().map(|option| (option.value.clone(), Markup::from(option.text.as_str())));
        self.offered.note(name, noted);
        let options = std::iter::once(none).chain(options).collect();
        Markup::of(&Select { field: self.field(name, label), options, value: self.value(name) })
    }

    /// A day.
    pub fn date(&self, name: &str, label: &str, hint: &str) -> Markup {
        let field = self.field(name, label).hint(self.lang.t(hint));
        Markup::of(&DateInput::new(field, self.raw, self.errors))
    }
}

/// Words that must be there.
pub fn text(
    raw: &RawForm,
    errors: &mut FormErrors,
    field: &'static str,
    missing: &'static str,
) -> Option<Text> {
    errors.keep(raw.parsed(field, |error| text_key(*error, missing)))
}

/// Words that may be left out. The inner `None` says they were; an error is in `errors`.
pub fn optional_text(raw: &RawForm, errors: &mut FormErrors, field: &'static str) -> Option<Text> {
    errors.keep(raw.optional(field, |error| text_key(*error, "referral-text-empty"))).flatten()
}

/// One line that must be there.
pub fn line(
    raw: &RawForm,
    errors: &mut FormErrors,
    field: &'static str,
    missing: &'static str,
) -> Option<Line> {
    errors.keep(raw.parsed(field, |error| text_key(*error, missing)))
}

fn text_key(error: TextError, missing: &'static str) -> &'static str {
    match error {
        TextError::Empty => missing,
        TextError::TooLong { .. } => "referral-text-too-long",
        TextError::ControlCharacter => "referral-text-control",
    }
}

/// A day that may be left out. The inner `None` says it was; an error is in `errors`.
pub fn optional_day(raw: &RawForm, errors: &mut FormErrors, field: &'static str) -> Option<Option<Date>> {
    let empty = DatePart::ALL.iter().all(|part| raw.text(&part.name_in(field)).is_empty());
    if empty { Some(None) } else { errors.date(raw, field, &DATE_KEYS).map(Some) }
}

/// One of several that must be chosen.
pub fn choice<T>(
    (raw, errors): (&RawForm, &mut FormErrors),
    (field, missing): (&'static str, &'static str),
    from_code: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let chosen = from_code(raw.text(field));
    errors.keep(chosen.ok_or_else(|| FieldError::new(field, missing)))
}

/// A day and a time on the London clock, as typed.
pub fn moment(
    raw: &RawForm,
    errors: &mut FormErrors,
    (day, time): (&'static str, &'static str),
) -> Option<Timestamp> {
    let on = errors.date(raw, day, &DATE_KEYS);
    let at =
        errors.keep(read_time(raw.text(time)).ok_or_else(|| FieldError::new(time, "referral-time-wrong")));
    let at = on?.to_datetime(at?).to_zoned(LONDON.clone());
    errors.keep(at.map(|at| at.timestamp()).map_err(|_| FieldError::new(time, "referral-time-wrong")))
}

/// `14:30`, `9:05`, `9.05`; the clock of 24 hours, as records are kept.
fn read_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once([':', '.'])?;
    let number = |text: &str, digits: usize| {
        let plain =
            !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i8>().ok().filter(|_| plain)
    };
    Time::new(number(hour, 2)?, number(minute, 2).filter(|_| minute.len() == 2)?, 0, 0).ok()
}

/// The fields of a day, to fill a form with.
pub fn day_fields(name: &str, day: Date) -> Vec<(String, String)> {
    [("day", i32::from(day.day())), ("month", i32::from(day.month())), ("year", i32::from(day.year()))]
        .map(|(part, number)| (format!("{name}[{part}]"), number.to_string()))
        .into()
}

/// The fields of a moment on the London clock, to fill a form with.
pub fn moment_fields((day, time): (&str, &str), at: Timestamp) -> Vec<(String, String)> {
    let mut fields = day_fields(day, local_date(at));
    let clock = local(at).time();
    fields.push((time.to_owned(), format!("{:02}:{:02}", clock.hour(), clock.minute())));
    fields
}

/// A form filled with these fields.
pub fn filled(fields: &[(String, String)]) -> RawForm {
    RawForm::of(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

#[cfg(test)]
mod tests {
    use super::read_time;

    #[test]
    fn a_time_is_read_as_records_keep_it_and_nothing_else_is_guessed() {
        assert_eq!(read_time("14:30").map(|time| (time.hour(), time.minute())), Some((14, 30)));
        assert_eq!(read_time("9.05").map(|time| (time.hour(), time.minute())), Some((9, 5)));
        for wrong in ["", "24:00", "9", "9:5", "-1:00", "+9:00", "９:00", "9:60", "12:345"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }
}
