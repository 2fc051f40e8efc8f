//! A record of a feed as it was written: every field may be missing, of another kind, or wrong. Nothing here is trusted.
//!
//! Only the shape is here, so that a program with a JSON reader can fill it; [`super::read`] makes an entry of it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One value: text, or a number or a truth as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Loose {
    /// Not there, or null.
    #[default]
    Nothing,
    /// As it was written.
    Is(String),
    /// A list or an object where a value should be.
    Wrong,
}

/// A list; null is an empty one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Many<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// It was no list.
    pub is_wrong: bool,
}

/// An object, or nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum One<T> {
    /// Not there, or null.
    #[default]
    Nothing,
    /// It is there.
    Is(Box<T>),
    /// Something else.
    Wrong,
}

impl<T> Many<T> {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && !self.is_wrong
    }
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self { items: Vec::new(), is_wrong: false }
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Is(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Is(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Is(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Is(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
        Ok(Loose::Is(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Loose, E> {
        Ok(Loose::Is(value))
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose::Wrong)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Loose::Wrong)
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(LooseVisitor)
    }
}

struct ManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
    type Value = Many<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Many<T>, E> {
        Ok(Many { items: Vec::new(), is_wrong: true })
    }

    fn visit_i64<E>(self, _: i64) -> Result<Many<T>, E> {
        Ok(Many { items: Vec::new(), is_wrong: true })
    }

    fn visit_u64<E>(self, _: u64) -> Result<Many<T>, E> {
        Ok(Many { items: Vec::new(), is_wrong: true })
    }

    fn visit_f64<E>(self, _: f64) -> Result<Many<T>, E> {
        Ok(Many { items: Vec::new(), is_wrong: true })
    }

    fn visit_str<E>(self, text: &str) -> Result<Many<T>, E> {
        Ok(Many { items: Vec::new(), is_wrong: !text.is_empty() })
    }

    fn visit_unit<E>(self) -> Result<Many<T>, E> {
        Ok(Many::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many<T>, A::Error> {
        let mut items = Vec::new();
        let mut is_wrong = false;
        while let Some(item) = list.next_element::<One<T>>()? {
            match item {
                One::Is(item) => items.push(*item),
                One::Nothing => {}
                One::Wrong => is_wrong = true,
            }
        }
        Ok(Many { items, is_wrong })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Many<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Many { items: Vec::new(), is_wrong: true })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ManyVisitor(PhantomData))
    }
}

struct OneVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneVisitor<T> {
    type Value = One<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_bool<E>(self, _: bool) -> Result<One<T>, E> {
        Ok(One::Wrong)
    }

    fn visit_i64<E>(self, _: i64) -> Result<One<T>, E> {
        Ok(One::Wrong)
    }

    fn visit_u64<E>(self, _: u64) -> Result<One<T>, E> {
        Ok(One::Wrong)
    }

    fn visit_f64<E>(self, _: f64) -> Result<One<T>, E> {
        Ok(One::Wrong)
    }

    fn visit_str<E>(self, text: &str) -> Result<One<T>, E> {
        Ok(if text.is_empty() { One::Nothing } else { One::Wrong })
    }

    fn visit_unit<E>(self) -> Result<One<T>, E> {
        Ok(One::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<One<T>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(One::Wrong)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<One<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|item| One::Is(Box::new(item)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(OneVisitor(PhantomData))
    }
}

/// `service`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawService {
    pub id: Loose,
    pub name: Loose,
    pub status: Loose,
    pub description: Loose,
    pub url: Loose,
    pub email: Loose,
    pub alert: Loose,
    pub fees: Loose,
    pub minimum_age: Loose,
    pub maximum_age: Loose,
    pub eligibility_description: Loose,
    pub assured_date: Loose,
    pub organization: One<RawOrganization>,
    pub phones: Many<RawPhone>,
    pub contacts: Many<RawContact>,
    pub schedules: Many<RawSchedule>,
    pub service_areas: Many<RawArea>,
    pub service_at_locations: Many<RawAtLocation>,
    pub languages: Many<RawLanguage>,
    pub cost_options: Many<RawCost>,
    pub attributes: Many<RawAttribute>,
}

impl RawService {
    /// Only its own fields: lists of the standard leave the parts out, and they are asked for one by one.
    pub fn is_bare(&self) -> bool {
        let parts = [
            self.phones.is_empty(),
            self.contacts.is_empty(),
            self.schedules.is_empty(),
            self.service_areas.is_empty(),
            self.service_at_locations.is_empty(),
            self.languages.is_empty(),
            self.cost_options.is_empty(),
            self.attributes.is_empty(),
        ];
        parts.into_iter().all(|empty| empty)
    }
}

/// `organization`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawOrganization {
    pub name: Loose,
    pub website: Loose,
}

/// `phone`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawPhone {
    pub number: Loose,
    pub description: Loose,
}

/// `contact`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawContact {
    pub name: Loose,
    pub title: Loose,
    pub email: Loose,
    pub phones: Many<RawPhone>,
}

/// `schedule`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawSchedule {
    pub freq: Loose,
    pub interval: Loose,
    pub byday: Loose,
    pub bymonthday: Loose,
    pub dtstart: Loose,
    pub valid_from: Loose,
    pub valid_to: Loose,
    pub opens_at: Loose,
    pub closes_at: Loose,
    pub description: Loose,
    pub notes: Loose,
}

/// `service_area`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawArea {
    pub name: Loose,
    pub service_area: Loose,
}

/// `service_at_location`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawAtLocation {
    pub location: One<RawLocation>,
    pub schedules: Many<RawSchedule>,
    pub phones: Many<RawPhone>,
    pub contacts: Many<RawContact>,
}

/// `location`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawLocation {
    pub location_type: Loose,
    pub name: Loose,
    pub latitude: Loose,
    pub longitude: Loose,
    pub addresses: Many<RawAddress>,
    pub accessibility: Many<RawAccessibility>,
    pub schedules: Many<RawSchedule>,
    pub phones: Many<RawPhone>,
}

/// `address`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawAddress {
    pub address_1: Loose,
    pub city: Loose,
    pub postal_code: Loose,
}

/// `accessibility`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawAccessibility {
    pub description: Loose,
    pub details: Loose,
}

/// `language`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawLanguage {
    pub name: Loose,
    pub code: Loose,
}

/// `cost_option`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawCost {
    pub option: Loose,
    pub amount: Loose,
    pub amount_description: Loose,
}

/// `attribute`, of which the term is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawAttribute {
    pub taxonomy_term: One<RawTerm>,
}

/// `taxonomy_term`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawTerm {
    pub name: Loose,
}

/// What a page says beside its records.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub struct RawPage {
    pub total_items: Loose,
    pub total_pages: Loose,
    pub page_number: Loose,
    pub last_page: Loose,
}
