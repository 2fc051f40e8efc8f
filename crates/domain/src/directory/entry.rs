//! What is known of one service, in the words of the published standard (Open Referral UK 3, which is HSDS 3 with a profile).
//!
//! Whatever is here has been read and checked; where it came from is the business of the module above.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::schedule::Schedule;
use crate::duty::HolidayRule;
use crate::value::{Checked, Email, Failure, Line, Postcode, Rule, Text};

/// An address on the web, such as `https://example.org/help`.
pub type Url = Checked<UrlRule>;

/// A number as it is dialled and read out: also short ones such as `116 123`, and "111, option 2".
pub type Number = Checked<NumberRule>;

/// The rule of [`Url`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UrlRule;

/// The rule of [`Number`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NumberRule;

/// Not an address on the web.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not-a-web-address")]
pub struct UrlError;

/// Not a number that can be dialled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not-a-number")]
pub struct NumberError;

impl Failure for UrlError {
    fn key(&self) -> &'static str {
        "not-a-web-address"
    }
}

impl Failure for NumberError {
    fn key(&self) -> &'static str {
        "not-a-number"
    }
}

impl Rule for UrlRule {
    type Error = UrlError;

    fn parse(typed: &str) -> Result<String, UrlError> {
        let typed = typed.trim();
        let whole = if typed.to_ascii_lowercase().starts_with("www.") {
            format!("https://{typed}")
        } else {
            typed.to_owned()
        };
        let lower = whole.to_ascii_lowercase();
        let rest =
            lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).ok_or(UrlError)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        let named = host.contains('.') && host.chars().all(plain) && !host.starts_with(['.', ':']);
        let clean =
            whole.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"\"<>\\^`{|}".contains(c));
        if named && clean && whole.len() <= 500 { Ok(whole) } else { Err(UrlError) }
    }
}

impl Rule for NumberRule {
    type Error = NumberError;

    fn parse(typed: &str) -> Result<String, NumberError> {
        let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let digits = words.chars().filter(char::is_ascii_digit).count();
        let fine = |c: char| c.is_ascii_alphanumeric() || " +()-./,:".contains(c);
        if (3..=20).contains(&digits) && words.len() <= 60 && words.chars().all(fine) {
            Ok(words)
        } else {
            Err(NumberError)
        }
    }
}

impl Number {
    /// What a telephone dials: the digits before any words, such as `01632960123` of "01632 960123 ext 4".
    pub fn dialled(&self) -> String {
        let first =
            self.as_str().split(|c: char| c.is_ascii_alphabetic() || c == ',').next().unwrap_or_default();
        first.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// Whether a service is there, by the words of the standard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It helps people.
    Active,
    /// It does not at present.
    Inactive,
    /// It has ended.
    Defunct,
    /// It will be back.
    TemporarilyClosed,
}

impl Status {
    /// Every one, in form order.
    pub const ALL: [Self; 4] = [Self::Active, Self::TemporarilyClosed, Self::Inactive, Self::Defunct];

    /// The word of the standard.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Defunct => "defunct",
            Self::TemporarilyClosed => "temporarily closed",
        }
    }

    /// The status with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase().replace('_', " ");
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether people are pointed to it.
    pub fn is_listed(self) -> bool {
        match self {
            Self::Active | Self::TemporarilyClosed => true,
            Self::Inactive | Self::Defunct => false,
        }
    }
}

/// Who runs it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Organization {
    /// Its name.
    pub name: Line,
    /// Its own pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Url>,
}

/// A number, and what it is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Phone {
    /// As it is dialled and read out.
    pub number: Number,
    /// Such as "mornings only".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Line>,
}

/// Whom to ask for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// What they do there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// Their address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
}

/// A point on the map, in millionths of a degree.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Point {
    /// North.
    pub latitude: i32,
    /// East.
    pub longitude: i32,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degrees = |millionths: i32| f64::from(millionths) / 1_000_000.0;
        write!(f, "{:.5}, {:.5}", degrees(self.latitude), degrees(self.longitude))
    }
}

/// Where a service is, and when it is open there.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Location {
    /// What the place is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// It is by telephone or on a screen: there is nowhere to go.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_virtual: bool,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Line>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Postcode>,
    /// On the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// What helps people to get in and about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<Line>,
    /// When it is open there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
}

/// What it costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CostOption {
    /// For whom or what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<Line>,
    /// In pence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
    /// Such as "for each session".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_description: Option<Line>,
}

/// One service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// What it is called.
    pub name: Line,
    /// Whether it is there.
    pub status: Status,
    /// What it does, for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Who runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// Something to know at once, such as a change of place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Text>,
    /// Its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Its address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Its numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// Whom to ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// When it is open, wherever it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
    /// What bank holidays change. A feed does not say; then a human must not be promised.
    #[serde(default)]
    pub holidays: HolidayRule,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_at_locations: Vec<Location>,
    /// The areas whose people it helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_areas: Vec<Line>,
    /// From this age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<u8>,
    /// Up to this age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<u8>,
    /// Whom it helps, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<Text>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cost_options: Vec<CostOption>,
    /// What it costs, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Text>,
    /// Languages it speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Line>,
    /// The needs it meets: terms of a taxonomy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxonomy_terms: Vec<Line>,
    /// The day on which somebody made sure that all this is right, as the feed says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assured_date: Option<Date>,
}

impl Entry {
    /// An entry with a name and nothing else.
    pub fn named(name: Line) -> Self {
        Self {
            name,
            status: Status::Active,
            description: None,
            organization: None,
            alert: None,
            url: None,
            email: None,
            phones: Vec::new(),
            contacts: Vec::new(),
            schedules: Vec::new(),
            holidays: HolidayRule::Closed,
            service_at_locations: Vec::new(),
            service_areas: Vec::new(),
            minimum_age: None,
            maximum_age: None,
            eligibility: None,
            cost_options: Vec::new(),
            fees: None,
            languages: Vec::new(),
            taxonomy_terms: Vec::new(),
            assured_date: None,
        }
    }

    /// Every number by which it can be rung, its own first.
    pub fn all_phones(&self) -> impl Iterator<Item = &Phone> {
        self.phones.iter().chain(self.contacts.iter().flat_map(|contact| &contact.phones))
    }

    /// Every schedule, wherever it holds.
    pub fn all_schedules(&self) -> impl Iterator<Item = &Schedule> {
        let there = self.service_at_locations.iter().flat_map(|location| &location.schedules);
        self.schedules.iter().chain(there)
    }
}
