//! A date of birth, checked against the day on which it is given.
//!
//! Once taken it is a plain fact: reading it back from storage checks nothing, because yesterday's
//! record must open tomorrow.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Failure;

/// A date of birth that was not in the future, and not more than 120 years past, when it was given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateOfBirth(Date);

/// What can be wrong with a date of birth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum DateOfBirthError {
    /// Nothing was written.
    Empty,
    /// The day is missing.
    NoDay,
    /// The month is missing.
    NoMonth,
    /// The year is missing.
    NoYear,
    /// The year has not four digits.
    ShortYear,
    /// Not numbers, or no such day, such as 31 February.
    NotADate,
    /// After the day on which it was given.
    InFuture,
    /// More than 120 years before that day.
    TooLongAgo,
}

impl Failure for DateOfBirthError {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoDay => "no-day",
            Self::NoMonth => "no-month",
            Self::NoYear => "no-year",
            Self::ShortYear => "short-year",
            Self::NotADate => "not-a-date",
            Self::InFuture => "in-future",
            Self::TooLongAgo => "too-long-ago",
        }
    }
}

impl DateOfBirth {
    /// Takes a date that was given on `today` (the day in London).
    pub fn new(date: Date, today: Date) -> Result<Self, DateOfBirthError> {
        if date > today {
            Err(DateOfBirthError::InFuture)
        } else if years_between(date, today) > 120 {
            Err(DateOfBirthError::TooLongAgo)
        } else {
            Ok(Self(date))
        }
    }

    /// Reads the three boxes of a form; months are numbers.
    pub fn from_parts(day: &str, month: &str, year: &str, today: Date) -> Result<Self, DateOfBirthError> {
        let (day, month, year) = (day.trim(), month.trim(), year.trim());
        match (day.is_empty(), month.is_empty(), year.is_empty()) {
            (true, true, true) => return Err(DateOfBirthError::Empty),
            (true, _, _) => return Err(DateOfBirthError::NoDay),
            (_, true, _) => return Err(DateOfBirthError::NoMonth),
            (_, _, true) => return Err(DateOfBirthError::NoYear),
            (false, false, false) => {}
        }
        let numeric = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if numeric(year) && year.len() != 4 {
            return Err(DateOfBirthError::ShortYear);
        }
        if !(numeric(day) && numeric(month) && numeric(year)) {
            return Err(DateOfBirthError::NotADate);
        }
        let date = match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
            (Err(_), _, _) | (_, Err(_), _) | (_, _, Err(_)) => None,
        };
        Self::new(date.ok_or(DateOfBirthError::NotADate)?, today)
    }

    /// Reads `YYYY-MM-DD`, as other programs send it.
    pub fn parse(iso: &str, today: Date) -> Result<Self, DateOfBirthError> {
        let iso = iso.trim();
        if iso.is_empty() {
            return Err(DateOfBirthError::Empty);
        }
        let mut parts = iso.split('-');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), Some(day), None) => Self::from_parts(day, month, year, today),
            (_, _, _, Some(_)) | (None, _, _, _) | (_, None, _, _) | (_, _, None, _) => {
                Err(DateOfBirthError::NotADate)
            }
        }
    }

    /// The date itself.
    pub fn date(self) -> Date {
        self.0
    }

    /// Age in whole years on a day. Somebody born on 29 February is a year older on 1 March of a
    /// common year, as the law of England counts it. Nought before birth.
    pub fn age_on(self, day: Date) -> u16 {
        u16::try_from(years_between(self.0, day)).unwrap_or(0)
    }
}

/// ISO form; pages write dates in words through the language's own formatter.
impl fmt::Display for DateOfBirth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn years_between(from: Date, to: Date) -> i16 {
    let had_birthday = (to.month(), to.day()) >= (from.month(), from.day());
    to.year() - from.year() - i16::from(!had_birthday)
}
