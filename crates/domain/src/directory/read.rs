//! The rule for one record of a feed: an entry, or everything that is wrong with it, by the names of its fields.
//!
//! A record is taken whole or not at all. What could mislead somebody who looks for help (a number, a postcode, a time, an
//! age) must be right; a remark that is too long is cut.

mod times;

use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Contact, CostOption, Entry, Location, Organization, Phone, Point, Status};
use super::raw::{Loose, Many, One, RawAtLocation, RawContact, RawCost, RawLocation, RawPhone, RawService};
use crate::ids::ServiceId;
use crate::value::{Failure, Line};

/// What is wrong with a field. Each has its message, which says what to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// It is not JSON, or not an object.
    NotARecord,
    /// Longer than a record may be.
    TooLarge,
    /// It must be there.
    Missing,
    /// No UUID.
    NotAnId,
    /// A list, an object or a value where another of these belongs.
    NotThisKind,
    /// Longer than the field may be.
    TooLong,
    /// Characters that nobody can read.
    BadCharacter,
    /// None of the words of the standard.
    NotAStatus,
    /// Not an address on the web.
    NotAUrl,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a telephone number.
    NotAPhone,
    /// Not a UK postcode.
    NotAPostcode,
    /// Not a point in or near the United Kingdom.
    NotAPoint,
    /// Not a date.
    NotADate,
    /// Not a time of day.
    NotATime,
    /// Not days of the week or of the month.
    NotADay,
    /// Not a way of repeating that is known here.
    NotARepeat,
    /// It ends before it begins.
    EndsFirst,
    /// Not an age, or not in order.
    NotAnAge,
    /// Not an amount of money.
    NotAnAmount,
    /// The same service stood in the feed before.
    Twice,
    /// The service came from another feed, or was written here.
    NotOfThisFeed,
}

impl Wrong {
    /// Every one.
    pub const ALL: [Self; 22] = [
        Self::NotARecord,
        Self::TooLarge,
        Self::Missing,
        Self::NotAnId,
        Self::NotThisKind,
        Self::TooLong,
        Self::BadCharacter,
        Self::NotAStatus,
        Self::NotAUrl,
        Self::NotAnEmail,
        Self::NotAPhone,
        Self::NotAPostcode,
        Self::NotAPoint,
        Self::NotADate,
        Self::NotATime,
        Self::NotADay,
        Self::NotARepeat,
        Self::EndsFirst,
        Self::NotAnAge,
        Self::NotAnAmount,
        Self::Twice,
        Self::NotOfThisFeed,
    ];
}

/// One thing that is wrong with a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mistake {
    /// Which field: `service_at_locations[0].location.addresses[0].postal_code`; empty for the record as a whole.
    pub field: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// A record that was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// Which service it is, where that can be read.
    pub id: Option<ServiceId>,
    /// Everything that is wrong with it.
    pub mistakes: Vec<Mistake>,
}

impl Broken {
    /// A record with one mistake.
    pub fn whole(wrong: Wrong) -> Self {
        Self { id: None, mistakes: vec![Mistake { field: String::new(), wrong }] }
    }
}

/// The most mistakes that are told of one record.
const TOLD: usize = 10;
/// The most of one kind of part that a service has.
const PARTS: usize = 60;

/// An entry, or what is wrong.
///
/// # Errors
/// [`Broken`] with every mistake.
pub fn read(raw: &RawService) -> Result<(ServiceId, Entry), Broken> {
    let mut reader = Reader::default();
    let id = reader.needed::<ServiceId>("id", &raw.id, |_| Wrong::NotAnId);
    let entry = reader.entry(raw);
    match (id, entry) {
        (Some(id), Some(entry)) if reader.mistakes.is_empty() => Ok((id, entry)),
        (id, _) => Err(Broken { id, mistakes: reader.mistakes.into_iter().take(TOLD).collect() }),
    }
}

#[derive(Default)]
struct Reader {
    mistakes: Vec<Mistake>,
}

/// What is wrong with a text.
fn text_wrong(failure: &impl Failure) -> Wrong {
    match failure.key() {
        "too-long" => Wrong::TooLong,
        "empty" => Wrong::Missing,
        _ => Wrong::BadCharacter,
    }
}

impl Reader {
    fn wrong(&mut self, field: impl Display, wrong: Wrong) {
        self.mistakes.push(Mistake { field: field.to_string(), wrong });
    }

    /// The words of a value; blank ones are none.
    fn value<'a>(&mut self, field: &str, loose: &'a Loose) -> Option<&'a str> {
        match loose {
            Loose::Nothing => None,
            Loose::Is(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Loose::Wrong => {
                self.wrong(field, Wrong::NotThisKind);
                None
            }
        }
    }

    fn given<T: FromStr>(
        &mut self,
        field: &str,
        loose: &Loose,
        wrong: impl Fn(&T::Err) -> Wrong,
    ) -> Option<T> {
        match self.value(field, loose)?.parse() {
            Ok(value) => Some(value),
            Err(failure) => {
                self.wrong(field, wrong(&failure));
                None
            }
        }
    }

    fn needed<T: FromStr>(
        &mut self,
        field: &str,
        loose: &Loose,
        wrong: impl Fn(&T::Err) -> Wrong,
    ) -> Option<T> {
        if *loose != Loose::Wrong && self.value(field, loose).is_none() {
            self.wrong(field, Wrong::Missing);
            return None;
        }
        self.given(field, loose, wrong)
    }

    /// A remark: cut where it is too long, left out where nobody can read it.
    fn remark(&mut self, field: &str, loose: &Loose) -> Option<Line> {
        let typed = self.value(field, loose)?;
        let short: String = if typed.chars().count() > Line::LIMIT {
            typed.chars().take(Line::LIMIT - 1).chain(['…']).collect()
        } else {
            typed.to_owned()
        };
        short.parse().ok()
    }

    fn list<'a, T>(
        &mut self,
        field: &str,
        many: &'a Many<T>,
    ) -> impl Iterator<Item = (String, &'a T)> + use<'a, T> {
        if many.is_wrong {
            self.wrong(field, Wrong::NotThisKind);
        }
        let field = field.to_owned();
        many.items.iter().take(PARTS).enumerate().map(move |(at, item)| (format!("{field}[{at}]"), item))
    }

    fn object<'a, T>(&mut self, field: &str, one: &'a One<T>) -> Option<&'a T> {
        match one {
            One::Nothing => None,
            One::Is(item) => Some(item),
            One::Wrong => {
                self.wrong(field, Wrong::NotThisKind);
                None
            }
        }
    }

    fn entry(&mut self, raw: &RawService) -> Option<Entry> {
        let name = self.needed::<Line>("name", &raw.name, text_wrong);
        let status = self.status(&raw.status);
        let mut entry = Entry::named(name?);
        entry.status = status?;
        entry.description = self.given("description", &raw.description, text_wrong);
        entry.url = self.given("url", &raw.url, |_| Wrong::NotAUrl);
        entry.email = self.given("email", &raw.email, |_| Wrong::NotAnEmail);
        entry.alert = self.given("alert", &raw.alert, text_wrong);
        entry.fees = self.given("fees", &raw.fees, text_wrong);
        entry.eligibility = self.given("eligibility_description", &raw.eligibility_description, text_wrong);
        entry.assured_date = self.date("assured_date", &raw.assured_date);
        entry.organization = self.organization(raw);
        entry.phones = self.phones("phones", &raw.phones);
        entry.contacts = self.contacts("contacts", &raw.contacts);
        entry.schedules = self.schedules("schedules", &raw.schedules);
        self.ages(raw, &mut entry);
        for (field, at) in self.list("service_at_locations", &raw.service_at_locations) {
            self.at_location(&field, at, &mut entry);
        }
        for (field, area) in self.list("service_areas", &raw.service_areas) {
            let named = self.remark(&format!("{field}.name"), &area.name);
            let said = || self.remark(&format!("{field}.service_area"), &area.service_area);
            entry.service_areas.extend(named.or_else(said));
        }
        for (field, language) in self.list("languages", &raw.languages) {
            let named = self.remark(&format!("{field}.name"), &language.name);
            let coded = || self.remark(&format!("{field}.code"), &language.code);
            entry.languages.extend(named.or_else(coded));
        }
        for (field, cost) in self.list("cost_options", &raw.cost_options) {
            entry.cost_options.extend(self.cost(&field, cost));
        }
        for (field, attribute) in self.list("attributes", &raw.attributes) {
            let field = format!("{field}.taxonomy_term");
            if let Some(term) = self.object(&field, &attribute.taxonomy_term) {
                entry.taxonomy_terms.extend(self.remark(&format!("{field}.name"), &term.name));
            }
        }
        entry.taxonomy_terms.sort();
        entry.taxonomy_terms.dedup();
        Some(entry)
    }

    fn status(&mut self, loose: &Loose) -> Option<Status> {
        let Some(word) = self.value("status", loose) else {
            if *loose != Loose::Wrong {
                self.wrong("status", Wrong::Missing);
            }
            return None;
        };
        let status = Status::from_code(word);
        if status.is_none() {
            self.wrong("status", Wrong::NotAStatus);
        }
        status
    }

    fn organization(&mut self, raw: &RawService) -> Option<Organization> {
        let organization = self.object("organization", &raw.organization)?;
        let name = self.given::<Line>("organization.name", &organization.name, text_wrong);
        let website = self.given("organization.website", &organization.website, |_| Wrong::NotAUrl);
        Some(Organization { name: name?, website })
    }

    fn phones(&mut self, field: &str, many: &Many<RawPhone>) -> Vec<Phone> {
        let mut phones = Vec::new();
        for (field, phone) in self.list(field, many) {
            let number = self.needed(&format!("{field}.number"), &phone.number, |_| Wrong::NotAPhone);
            let description = self.remark(&format!("{field}.description"), &phone.description);
            phones.extend(number.map(|number| Phone { number, description }));
        }
        phones
    }

    fn contacts(&mut self, field: &str, many: &Many<RawContact>) -> Vec<Contact> {
        let mut contacts = Vec::new();
        for (field, contact) in self.list(field, many) {
            let read = Contact {
                name: self.remark(&format!("{field}.name"), &contact.name),
                title: self.remark(&format!("{field}.title"), &contact.title),
                email: self.given(&format!("{field}.email"), &contact.email, |_| Wrong::NotAnEmail),
                phones: self.phones(&format!("{field}.phones"), &contact.phones),
            };
            contacts.extend((read != Contact::default()).then_some(read));
        }
        contacts
    }

    fn at_location(&mut self, field: &str, raw: &RawAtLocation, entry: &mut Entry) {
        entry.phones.extend(self.phones(&format!("{field}.phones"), &raw.phones));
        entry.contacts.extend(self.contacts(&format!("{field}.contacts"), &raw.contacts));
        let schedules = self.schedules(&format!("{field}.schedules"), &raw.schedules);
        let under = format!("{field}.location");
        let Some(place) = self.object(&under, &raw.location) else {
            // Times without a place are times all the same.
            entry.schedules.extend(schedules);
            return;
        };
        entry.phones.extend(self.phones(&format!("{under}.phones"), &place.phones));
        let mut location = self.location(&under, place);
        location.schedules.extend(schedules);
        entry.service_at_locations.push(location);
    }

    fn location(&mut self, field: &str, raw: &RawLocation) -> Location {
        let kind = self.value(&format!("{field}.location_type"), &raw.location_type);
        let mut location = Location {
            name: self.remark(&format!("{field}.name"), &raw.name),
            is_virtual: kind.is_some_and(|kind| kind.eq_ignore_ascii_case("virtual")),
            point: self.point(field, raw),
            schedules: self.schedules(&format!("{field}.schedules"), &raw.schedules),
            ..Location::default()
        };
        for (field, address) in self.list(&format!("{field}.addresses"), &raw.addresses).take(1) {
            location.address = self.remark(&format!("{field}.address_1"), &address.address_1);
            location.city = self.remark(&format!("{field}.city"), &address.city);
            let postcode = format!("{field}.postal_code");
            location.postal_code = self.given(&postcode, &address.postal_code, |_| Wrong::NotAPostcode);
        }
        for (field, access) in self.list(&format!("{field}.accessibility"), &raw.accessibility) {
            let said = self.remark(&format!("{field}.description"), &access.description);
            let more = || self.remark(&format!("{field}.details"), &access.details);
            location.accessibility.extend(said.or_else(more));
        }
        location
    }

    fn point(&mut self, field: &str, raw: &RawLocation) -> Option<Point> {
        let latitude = format!("{field}.latitude");
        let north = self.given::<f64>(&latitude, &raw.latitude, |_| Wrong::NotAPoint)?;
        let east = self.given::<f64>(&format!("{field}.longitude"), &raw.longitude, |_| Wrong::NotAPoint)?;
        // Two numbers the wrong way round lie in the Indian Ocean.
        if !(49.0..=61.5).contains(&north) || !(-9.5..=2.5).contains(&east) {
            self.wrong(latitude, Wrong::NotAPoint);
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a degree of the United Kingdom in millionths fits"
        )]
        let millionths = |degrees: f64| (degrees * 1_000_000.0).round() as i32;
        Some(Point { latitude: millionths(north), longitude: millionths(east) })
    }

    fn cost(&mut self, field: &str, raw: &RawCost) -> Option<CostOption> {
        let amount = self.given::<f64>(&format!("{field}.amount"), &raw.amount, |_| Wrong::NotAnAmount);
        let pence = match amount {
            Some(pounds) if (0.0..=1_000_000.0).contains(&pounds) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "checked in the line above"
                )]
                let pence = (pounds * 100.0).round() as u32;
                Some(pence)
            }
            Some(_) => {
                self.wrong(format!("{field}.amount"), Wrong::NotAnAmount);
                None
            }
            None => None,
        };
        let cost = CostOption {
            option: self.remark(&format!("{field}.option"), &raw.option),
            amount: pence,
            amount_description: self.remark(&format!("{field}.amount_description"), &raw.amount_description),
        };
        let empty = cost.option.is_none() && cost.amount.is_none() && cost.amount_description.is_none();
        (!empty).then_some(cost)
    }

    fn ages(&mut self, raw: &RawService, entry: &mut Entry) {
        let age = |reader: &mut Self, field: &str, loose: &Loose| {
            let age = reader.given::<f64>(field, loose, |_| Wrong::NotAnAge)?;
            let whole = (0.0..=130.0).contains(&age);
            if !whole {
                reader.wrong(field, Wrong::NotAnAge);
                return None;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 130")]
            let age = age.floor() as u8;
            Some(age)
        };
        entry.minimum_age = age(self, "minimum_age", &raw.minimum_age);
        entry.maximum_age = age(self, "maximum_age", &raw.maximum_age);
        if entry.minimum_age.zip(entry.maximum_age).is_some_and(|(from, to)| from > to) {
            self.wrong("maximum_age", Wrong::NotAnAge);
        }
    }

    fn date(&mut self, field: &str, loose: &Loose) -> Option<Date> {
        let typed = self.value(field, loose)?;
        // A moment is a date and a time: the date counts.
        let day = typed.get(..10).filter(|_| typed.get(10..11).is_none_or(|next| next == "T" || next == " "));
        let read = day.and_then(|day| day.parse::<Date>().ok());
        if read.is_none() {
            self.wrong(field, Wrong::NotADate);
        }
        read
    }
}
