//! Keys to find a person by: made here from what they said of themselves, compared with plain equality and nothing else.
//!
//! A key that agrees is a reason to look, never a proof: what is found is ranked, each with the keys that agreed, and a human
//! decides (hazard H03). There is no percentage, because nobody knows of what.

mod compare;
mod fold;
mod search;
mod sound;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use compare::{Apart, agreeing, apart, worth_a_look};
pub(crate) use search::order;
pub use search::{Because, Ranked, Search, SearchKind, Wanted, ranked, said};

use crate::door::{Identity, SafeContact, Way};
use crate::referral::Person;
use crate::value::{DateOfBirth, Line};

/// The rules by which keys are made. Raised with every change to them: keys that were made by older rules are made anew when
/// the program starts.
pub const RULES: i16 = 2;

/// What a key says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum KeyKind {
    /// The NHS number, only where it is well formed.
    NhsNumber,
    /// A whole name: capitals, accents, punctuation and the order of its words do not matter.
    Name,
    /// A whole name as it sounds.
    Sound,
    /// One word of a name as it sounds.
    Part,
    /// The date of birth.
    BornOn,
    /// The postcode of a real address.
    Postcode,
    /// A telephone number of theirs.
    Phone,
}

impl KeyKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::NhsNumber, Self::Name, Self::Sound, Self::Part, Self::BornOn, Self::Postcode, Self::Phone];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NhsNumber => "nhs-number",
            Self::Name => "name",
            Self::Sound => "sound",
            Self::Part => "part",
            Self::BornOn => "born-on",
            Self::Postcode => "postcode",
            Self::Phone => "phone",
        }
    }
}

/// One key of a person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonKey {
    kind: KeyKind,
    key: String,
}

/// No key is longer: an index row has its limit, and no name that is told apart by what follows has been seen.
const LONGEST: usize = 200;

impl PersonKey {
    fn new(kind: KeyKind, key: &str) -> Self {
        Self { kind, key: key.chars().take(LONGEST).collect() }
    }

    /// What it says.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key itself, for the store.
    pub fn as_str(&self) -> &str {
        &self.key
    }
}

/// The keys of a person. `named` says whether what they are called is a name they gave, and not the words that stand where
/// nobody knows one: those would make strangers look alike.
pub fn keys(person: &Person, named: bool) -> BTreeSet<PersonKey> {
    let Identity { called, full_name, born_on, nhs_number, postcode, .. } = &person.identity;
    let mut keys: BTreeSet<PersonKey> = full_name.iter().flat_map(of_name).collect();
    keys.extend(of_called(called, full_name.is_some()).filter(|_| named));
    keys.extend(nhs_number.iter().map(|number| PersonKey::new(KeyKind::NhsNumber, number.as_str())));
    keys.extend(born_on.iter().map(|born| of_date(born.date())));
    let postcode = postcode.iter().filter(|postcode| !postcode.is_pseudo());
    keys.extend(postcode.map(|postcode| PersonKey::new(KeyKind::Postcode, postcode.as_str())));
    keys.extend(of_contact(&person.contact));
    keys
}

/// Their own telephone numbers. A number of whoever asked for them is not theirs: who rings from it is somebody else.
fn of_contact(contact: &SafeContact) -> impl Iterator<Item = PersonKey> {
    contact.ways().filter(|_| !contact.through_asker).filter_map(|way| match way {
        Way::Call { phone, .. } | Way::Text { phone } => Some(PersonKey::new(KeyKind::Phone, phone.as_str())),
        Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
    })
}

/// The keys of one name: whole, as it sounds, and each word as it sounds. None for a name without a letter or a digit.
fn of_name(name: &Line) -> Vec<PersonKey> {
    let mut words = fold::words(name.as_str());
    if words.is_empty() {
        return Vec::new();
    }
    words.sort_unstable();
    let mut sounds: Vec<String> = words.iter().map(|word| sound::of(word)).collect();
    sounds.sort_unstable();
    let whole =
        [PersonKey::new(KeyKind::Name, &words.join(" ")), PersonKey::new(KeyKind::Sound, &sounds.join(" "))];
    let parts = sounds.iter().map(|sound| PersonKey::new(KeyKind::Part, sound));
    whole.into_iter().chain(parts).collect()
}

/// The keys of what somebody is called. Beside a full name a first name is a part of it, and never "the whole name": many
/// strangers share one.
fn of_called(called: &Line, beside_full_name: bool) -> impl Iterator<Item = PersonKey> {
    let part = beside_full_name && fold::words(called.as_str()).len() == 1;
    of_name(called).into_iter().filter(move |key| !part || key.kind() == KeyKind::Part)
}

fn of_date(date: Date) -> PersonKey {
    PersonKey::new(KeyKind::BornOn, &date.to_string())
}

/// The date with day and month changed round, where that is another date.
fn swapped(born: DateOfBirth) -> Option<Date> {
    let date = born.date();
    Date::new(date.year(), date.day(), date.month()).ok().filter(|other| *other != date)
}
