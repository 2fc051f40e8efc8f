//! Looking for somebody: what is asked for, and what was found, ranked by the keys that agreed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{KeyKind, PersonKey, agreeing, keys, of_date, of_name, swapped};
use crate::referral::Person;
use crate::value::{DateOfBirth, Line, Phone, Reference};

/// What somebody who is in touch says of themselves, to be found by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Search {
    /// The reference they were given.
    Reference(Reference),
    /// Their name and their date of birth.
    Person {
        /// The name, whole or in part.
        name: Line,
        /// The date of birth.
        born_on: DateOfBirth,
    },
    /// A telephone number of theirs.
    Phone(Phone),
}

/// The kind of a search, for the audit: never what was typed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SearchKind {
    /// By reference.
    Reference,
    /// By name and date of birth.
    Person,
    /// By telephone number.
    Phone,
}

impl SearchKind {
    /// Every kind, in page order.
    pub const ALL: [Self; 3] = [Self::Reference, Self::Person, Self::Phone];

    /// The code used in forms and in the audit.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Person => "person",
            Self::Phone => "phone",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Why somebody was found: what agreed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The reference.
    Reference,
    /// The NHS number.
    NhsNumber,
    /// The whole name.
    Name,
    /// The date of birth.
    BornOn,
    /// A telephone number.
    Phone,
    /// The whole name, as it sounds.
    Sound,
    /// The date of birth, with day and month changed round.
    BornSwapped,
    /// A part of the name.
    Part,
    /// The postcode.
    Postcode,
}

impl Because {
    /// Every reason, the one that says most first.
    pub const ALL: [Self; 9] = [
        Self::Reference,
        Self::NhsNumber,
        Self::Name,
        Self::BornOn,
        Self::Phone,
        Self::Sound,
        Self::BornSwapped,
        Self::Part,
        Self::Postcode,
    ];

    /// The fact it is about: a name that agrees in three ways is one fact.
    pub(super) fn fact(self) -> Fact {
        match self {
            Self::Reference => Fact::Reference,
            Self::NhsNumber => Fact::Number,
            Self::Name | Self::Sound | Self::Part => Fact::Name,
            Self::BornOn | Self::BornSwapped => Fact::Birth,
            Self::Phone => Fact::Phone,
            Self::Postcode => Fact::Place,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    Reference,
    Number,
    Name,
    Birth,
    Phone,
    Place,
}

/// A key to look for, and what it means when somebody has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The key.
    pub key: PersonKey,
    /// What agrees then.
    pub because: Because,
}

impl Wanted {
    fn new(key: PersonKey) -> Self {
        let because = match key.kind() {
            KeyKind::NhsNumber => Because::NhsNumber,
            KeyKind::Name => Because::Name,
            KeyKind::Sound => Because::Sound,
            KeyKind::Part => Because::Part,
            KeyKind::BornOn => Because::BornOn,
            KeyKind::Postcode => Because::Postcode,
            KeyKind::Phone => Because::Phone,
        };
        Self { key, because }
    }

    /// Whether it is looked up: a part of a name and a postcode are shared by too many, and only say more of whom another
    /// key found.
    pub fn is_door(&self) -> bool {
        match self.because {
            Because::NhsNumber
            | Because::Name
            | Because::Sound
            | Because::BornOn
            | Because::BornSwapped
            | Because::Phone => true,
            Because::Reference | Because::Part | Because::Postcode => false,
        }
    }

    /// The keys that a person's record would share with another of theirs, for finding it: theirs, and the date of birth
    /// with day and month changed round.
    pub fn of_person(person: &Person, named: bool) -> Vec<Self> {
        let mut wanted: Vec<Self> = keys(person, named).into_iter().map(Self::new).collect();
        wanted.extend(person.identity.born_on.and_then(Self::swapped));
        wanted
    }

    fn swapped(born: DateOfBirth) -> Option<Self> {
        swapped(born).map(|date| Self { key: of_date(date), because: Because::BornSwapped })
    }
}

impl Search {
    /// Its kind.
    pub fn kind(&self) -> SearchKind {
        match self {
            Self::Reference(_) => SearchKind::Reference,
            Self::Person { .. } => SearchKind::Person,
            Self::Phone(_) => SearchKind::Phone,
        }
    }

    /// The keys it looks for; none for a reference, which is a key of its own.
    pub fn wanted(&self) -> Vec<Wanted> {
        match self {
            Self::Reference(_) => Vec::new(),
            Self::Person { name, born_on } => {
                let name = of_name(name).into_iter().map(Wanted::new);
                let born = [Wanted::new(of_date(born_on.date()))];
                name.chain(born).chain(Wanted::swapped(*born_on)).collect()
            }
            Self::Phone(phone) => vec![Wanted::new(PersonKey::new(KeyKind::Phone, phone.as_str()))],
        }
    }

    /// Whether somebody who agrees in this is an answer. A date of birth alone is nobody's name; and where we know of
    /// another date of birth, a name alone is somebody else.
    pub fn fits(&self, found: &Person, because: &BTreeSet<Because>) -> bool {
        match self {
            Self::Reference(_) | Self::Phone(_) => true,
            Self::Person { .. } => {
                let facts: BTreeSet<Fact> = because.iter().map(|because| because.fact()).collect();
                let whole = because.contains(&Because::Name) || because.contains(&Because::Sound);
                let undated = found.identity.born_on.is_none();
                facts.contains(&Fact::Name) && (facts.contains(&Fact::Birth) || (undated && whole))
            }
        }
    }
}

/// Somebody who was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ranked<T> {
    /// Who.
    pub of: T,
    /// What agreed, the one that says most first.
    pub because: BTreeSet<Because>,
}

/// Puts them in order: who agrees in more facts first, then in those that say more. Nobody is left out, and who agree alike
/// stay in the order they were found.
pub fn ranked<T>(
    wanted: &[Wanted],
    found: impl IntoIterator<Item = (T, BTreeSet<PersonKey>)>,
) -> Vec<Ranked<T>> {
    let mut all: Vec<Ranked<T>> =
        found.into_iter().map(|(of, keys)| Ranked { of, because: agreeing(wanted, &keys) }).collect();
    all.sort_by_key(|one| order(&one.because));
    all
}

/// What agreed, as it is said to a reader: of each fact the one reason that says most, in order.
pub fn said(because: &BTreeSet<Because>) -> Vec<Because> {
    let mut told = BTreeSet::new();
    because.iter().copied().filter(|because| told.insert(because.fact())).collect()
}

/// Smaller is nearer the top: how few facts agree, then which reasons are missing, the one that says most first.
pub(crate) fn order(because: &BTreeSet<Because>) -> (std::cmp::Reverse<usize>, Vec<bool>) {
    let facts: BTreeSet<Fact> = because.iter().map(|because| because.fact()).collect();
    let missing = Because::ALL.into_iter().map(|reason| !because.contains(&reason)).collect();
    (std::cmp::Reverse(facts.len()), missing)
}
