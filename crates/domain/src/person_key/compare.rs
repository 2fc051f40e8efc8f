//! Two records side by side: what agrees, what does not, and whether it is worth a human's look. Never whether it is the same
//! person: that is the human's to say (hazard H03).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Because, PersonKey, Wanted, fold, swapped};
use crate::referral::Person;

/// A fact that both records have, and that is not the same: it says "somebody else" as loudly as an agreement says "the same".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// The NHS numbers.
    NhsNumber,
    /// The dates of birth, also with day and month changed round.
    BornOn,
    /// The names: no part of one sounds like a part of the other.
    Name,
}

impl Apart {
    /// Every fact, the one that says most first.
    pub const ALL: [Self; 3] = [Self::NhsNumber, Self::BornOn, Self::Name];
}

/// What agrees between what is asked for and somebody's keys.
pub fn agreeing(wanted: &[Wanted], keys: &BTreeSet<PersonKey>) -> BTreeSet<Because> {
    wanted.iter().filter(|wanted| keys.contains(&wanted.key)).map(|wanted| wanted.because).collect()
}

/// What both have, and is not the same.
pub fn apart(one: &Person, other: &Person, because: &BTreeSet<Because>) -> BTreeSet<Apart> {
    let (this, that) = (&one.identity, &other.identity);
    let numbers = this.nhs_number.as_ref().zip(that.nhs_number.as_ref());
    let births = this.born_on.zip(that.born_on);
    let named = this.full_name.is_some() && that.full_name.is_some();
    let same_name = [Because::Name, Because::Sound, Because::Part].iter().any(|name| because.contains(name));
    let found = [
        (Apart::NhsNumber, numbers.is_some_and(|(this, that)| this != that)),
        (
            Apart::BornOn,
            births.is_some_and(|(this, that)| this != that && swapped(this) != Some(that.date())),
        ),
        (Apart::Name, named && !same_name),
    ];
    found.into_iter().filter(|(_, differs)| *differs).map(|(fact, _)| fact).collect()
}

/// Whether somebody who agrees in this is worth a look: the NHS number or a telephone number alone, any two facts, or a whole
/// name of two words or more where one of the two dates of birth is not known. A date of birth, a postcode, a first name or a
/// part of a name alone is nobody's.
pub fn worth_a_look(one: &Person, other: &Person, because: &BTreeSet<Because>) -> bool {
    let facts: BTreeSet<_> = because.iter().map(|because| because.fact()).collect();
    let alone = because.contains(&Because::NhsNumber) || because.contains(&Because::Phone);
    let undated = one.identity.born_on.is_none() || other.identity.born_on.is_none();
    let whole = because.contains(&Because::Name) || because.contains(&Because::Sound);
    alone || facts.len() >= 2 || (whole && undated && is_full(one) && is_full(other))
}

/// Whether more than a first name is known.
fn is_full(person: &Person) -> bool {
    person.identity.full_name.is_some() || fold::words(person.identity.called.as_str()).len() >= 2
}
