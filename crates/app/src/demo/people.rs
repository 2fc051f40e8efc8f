//! One invented person: a name, a way to reach them, a story. Numbers come only from the ranges that are kept for tests
//! and drama: NHS numbers of the 999 range, 07700 900xxx, 01632 960xxx, addresses ending in `.example`.

use jiff::civil::Date;
use onedoor_domain::door::{
    Danger, Identity, Needs, Permissions, Practical, SafeContact, SelfReferral, Sent, Told, Way,
};
use onedoor_domain::value::{
    DateOfBirth, Email, EthnicCategory, Line, NhsNumber, Phone, Postcode, Reference, Text,
};

use super::chance::Chance;
use super::journeys::{Act, Journey, Kind};
use super::stories::{Book, By, Phrases, Story};

/// 19 to the power of 7: so many references there are.
const REFERENCES: u64 = 893_871_739;
/// Shares no factor with it: the references of all people are different, and do not look counted.
const SPREAD: u64 = 611_953_007;
/// Second requests take theirs from here.
const SECOND: u64 = 400_000_000;

/// The reference of a person's first or second request.
pub fn reference(person: u32, second: bool) -> Reference {
    let number = u64::from(person) + if second { SECOND } else { 1 };
    Reference::from_bytes((number * SPREAD % REFERENCES).to_be_bytes())
}

/// The story a journey begins with, one that fits its way of contact.
pub(super) fn story<'a>(book: &'a Book, journey: &Journey, chance: &mut Chance) -> Option<&'a Story> {
    let stories = match journey.kind {
        Kind::Danger | Kind::CallMe => &book.danger,
        Kind::Everyday => &book.everyday,
        Kind::Light => &book.light,
    };
    let children = journey.steps.iter().any(|(_, act)| matches!(act, Act::TriageChildren(_)));
    let fits: Vec<&Story> = stories
        .iter()
        .filter(|story| journey.by.is_none() || story.by.is_none() || story.by == journey.by)
        .filter(|story| story.children.is_some() || !children)
        .collect();
    chance.pick(&fits).copied()
}

/// What this person sends, on this day.
pub(super) fn request(
    (person, today): (u32, Date),
    phrases: &Phrases,
    journey: &Journey,
    story: &Story,
    chance: &mut Chance,
) -> Option<SelfReferral> {
    let called = chance.pick(&phrases.called)?.clone();
    let surname = chance.pick(&phrases.surnames)?.clone();
    let unsafe_at_home = story.dangers.contains(&Danger::NotSafeFrom);
    let contact = SafeContact {
        way: way((person, &called, &surname), phrases, by(journey, story, chance), chance)?,
        say_nhs: !unsafe_at_home && !chance.one_in(3),
        safe_times: if unsafe_at_home || chance.one_in(3) {
            chance.pick(&phrases.safe_times).cloned()
        } else {
            None
        },
        also: Vec::new(),
        code_name: None,
        through_asker: false,
    };
    let gp = journey.steps.iter().any(|(_, act)| *act == Act::TellPerson) || !chance.one_in(3);
    let mut identity = Identity {
        gp_practice: gp.then(|| chance.pick(&phrases.practices).cloned()).flatten(),
        ..Identity::called(called.clone())
    };
    if journey.kind == Kind::CallMe {
        return Some(SelfReferral {
            identity: Identity { gp_practice: None, ..identity },
            contact: SafeContact { say_nhs: false, safe_times: None, ..contact },
            why_now: None,
            dangers: Vec::new(),
            safe_for_now: false,
            permissions: Permissions::default(),
            needs: Needs::default(),
            told: Told { sent: Sent::CallMe, ..Told::default() },
            origin: onedoor_domain::door::Origin::Own,
        });
    }
    describe(&mut identity, (person, &surname, today), chance);
    Some(SelfReferral {
        identity,
        contact,
        why_now: Some(why(story, phrases, chance)),
        dangers: story.dangers.clone(),
        safe_for_now: false,
        permissions: Permissions { tell_gp: gp, talk_to: None },
        needs: Needs::default(),
        told: told(story),
        origin: onedoor_domain::door::Origin::Own,
    })
}

/// What they ticked; pages that they left empty were not answered.
fn told(story: &Story) -> Told {
    let practical =
        (!story.strains.is_empty()).then(|| Practical { strains: story.strains.clone(), about: None });
    let before = (!story.before.is_empty()).then(|| story.before.clone());
    Told { practical, before, ..Told::default() }
}

/// Nobody has to say who they are; most say some of it.
fn describe(identity: &mut Identity, (person, surname, today): (u32, &Line, Date), chance: &mut Chance) {
    if !chance.one_in(4) {
        identity.full_name = format!("{} {surname}", identity.called).parse().ok();
    }
    if !chance.one_in(5) {
        identity.born_on = born_on(today, chance);
    }
    if chance.one_in(2) {
        identity.nhs_number = nhs_number(person);
    }
    if !chance.one_in(4) {
        identity.postcode = postcode(chance);
    }
    if !chance.one_in(3) {
        let any = chance.pick(&EthnicCategory::ALL).copied();
        identity.ethnic = if chance.one_in(2) { Some(EthnicCategory::WhiteBritish) } else { any };
    }
}

fn why(story: &Story, phrases: &Phrases, chance: &mut Chance) -> Text {
    let needs = if chance.one_in(4) { chance.pick(&phrases.needs) } else { None };
    let with_needs = needs.and_then(|needs| format!("{}\n\n{needs}", story.why).parse().ok());
    with_needs.unwrap_or_else(|| story.why.clone())
}

fn by(journey: &Journey, story: &Story, chance: &mut Chance) -> By {
    let usual: &[By] = match journey.kind {
        Kind::Danger | Kind::CallMe => &[By::Call, By::Call, By::Text],
        Kind::Everyday | Kind::Light => &[By::Call, By::Call, By::Text, By::Text, By::Email, By::Letter],
    };
    let chosen = chance.pick(usual).copied().unwrap_or(By::Call);
    journey.by.or(story.by).unwrap_or(chosen)
}

fn way(
    (person, called, surname): (u32, &Line, &Line),
    phrases: &Phrases,
    by: By,
    chance: &mut Chance,
) -> Option<Way> {
    Some(match by {
        By::Call => Way::Call { phone: phone(chance.one_in(4), chance)?, voicemail: chance.one_in(3) },
        By::Text => Way::Text { phone: phone(false, chance)? },
        By::Email => Way::Email { email: email(called, surname, person)? },
        By::Letter => Way::Letter { address: address(phrases, chance)? },
    })
}

fn phone(landline: bool, chance: &mut Chance) -> Option<Phone> {
    let last = chance.between(0, 999);
    let number = if landline { format!("01632 960{last:03}") } else { format!("07700 900{last:03}") };
    number.parse().ok()
}

fn email(called: &Line, surname: &Line, person: u32) -> Option<Email> {
    let letters = |name: &Line| -> String {
        name.as_str().chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
    };
    format!("{}.{}{}@post.example", letters(called), letters(surname), person + 1).parse().ok()
}

fn address(phrases: &Phrases, chance: &mut Chance) -> Option<Text> {
    let number = chance.between(1, 140);
    let street = chance.pick(&phrases.streets)?;
    let place = chance.pick(&phrases.places)?;
    let postcode = postcode(chance)?;
    format!("{number} {street}\n{place}\n{postcode}").parse().ok()
}

/// No real postcode begins with AM. Some people have no address.
fn postcode(chance: &mut Chance) -> Option<Postcode> {
    if chance.one_in(25) {
        return Postcode::NO_FIXED_ABODE.parse().ok();
    }
    let ends = ["AB", "BD", "DE", "HJ", "LN", "PR", "SW", "YZ"];
    let (district, sector) = (chance.between(1, 9), chance.between(1, 9));
    format!("AM{district} {sector}{}", chance.pick(&ends)?).parse().ok()
}

fn born_on(today: Date, chance: &mut Chance) -> Option<DateOfBirth> {
    let years = chance.between(18, 50) + if chance.one_in(3) { chance.between(0, 38) } else { 0 };
    let days = jiff::Span::new().try_days(years * 365 + chance.between(0, 364)).ok()?;
    DateOfBirth::new(today.checked_sub(days).ok()?, today).ok()
}

/// A valid number of the range that is never given to anybody. Of two that follow each other one is always valid.
fn nhs_number(person: u32) -> Option<NhsNumber> {
    let first = u64::from(person) * 7919 % 333_333 * 3;
    (first..first + 3)
        .flat_map(|six| (0..10).map(move |check| format!("999{six:06}{check}")))
        .find_map(|number| number.parse().ok())
}
