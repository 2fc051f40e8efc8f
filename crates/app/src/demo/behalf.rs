//! People for whom somebody else asked: a parent, a daughter, a school, a practice, a landlord. Most of them agree; half
//! of those that a senior has open do not, and are offered contact.

use onedoor_domain::door::{
    Age, Agrees, Behalf, Identity, Knowing, Origin, Permissions, ReferralSource, Referrer, Relation,
    SafeContact, SelfReferral, Standing, Way,
};
use onedoor_domain::value::{Line, Phone};

use super::journeys::Journey;
use super::stories::{Book, Story};

/// The journeys that some of these people go: none with a danger answer, each with every message told.
const JOURNEYS: [&str; 5] =
    ["new", "open with a senior", "triaged, four weeks", "waits for a key worker", "something is missing"];

/// Every third person of those journeys.
const EVERY: u32 = 3;

/// The story and request of somebody for whom another asked, where this person is one of them.
pub(super) fn instead(
    book: &Book,
    journey: &Journey,
    person: u32,
    sent: &SelfReferral,
) -> Option<(Story, SelfReferral)> {
    if !JOURNEYS.contains(&journey.name) || !person.is_multiple_of(EVERY) {
        return None;
    }
    let place = usize::try_from(person / EVERY).ok()?.checked_rem(book.behalf.len())?;
    let story = book.behalf.get(place)?.clone();
    let asks = story.asked_by.as_deref()?;
    let referrer = referrer(asks, book.phrases.called.get(place)?, person)?;
    let refuses = journey.name == "open with a senior" && person.is_multiple_of(EVERY * 2);
    let agrees = if refuses { Agrees::No } else { Agrees::Yes };
    let knowing = Knowing { knows: true, agrees, may_tell: !refuses, ..Knowing::default() };
    let behalf = Box::new(Behalf { knowing, referrer, ..Behalf::default() });
    let origin = match behalf.referrer.standing {
        Standing::Service { .. } => Origin::Professional(behalf),
        Standing::Relation { .. } | Standing::NotSaid => Origin::Someone(behalf),
    };
    let age = story.age.as_deref().and_then(Age::from_code);
    let born_on = sent.identity.born_on.filter(|_| age.is_none());
    let identity = Identity { age, born_on, gp_practice: None, ..sent.identity.clone() };
    let why_now = Some(story.why.clone());
    let permissions = Permissions::default();
    Some((story, SelfReferral { identity, why_now, permissions, origin, ..sent.clone() }))
}

/// Who asks: a relative by letter-box name, a professional by the national code.
fn referrer(asks: &str, name: &Line, person: u32) -> Option<Referrer> {
    let standing = match Relation::from_code(asks) {
        Some(relation) => Standing::Relation { relation },
        None => Standing::Service { source: ReferralSource::from_code(asks)? },
    };
    let number: Phone = format!("01632 960{:03}", person % 1000).parse().ok()?;
    let way = Way::Call { phone: number, voicemail: false };
    let reach = Some(SafeContact { say_nhs: true, ..SafeContact::by(way) });
    Some(Referrer { name: Some(name.clone()), standing, reach, ..Referrer::default() })
}
