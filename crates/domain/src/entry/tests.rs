//! What staff write down becomes a request, at once where somebody is in danger, and nothing typed is lost.

use super::{Beginning, Channel, Entry, EntryState, SafeToRing, Unknown, joined};
use crate::actor::{Ctx, Role};
use crate::change::{Changes, EventKind, Write};
use crate::door::{Answers, Danger, Source, Way};
use crate::fixtures::{ELSEWHERE, SPOA, as_actor, county, line, member, monday, text};
use crate::ids::EntryId;
use crate::referral::Referral;
use crate::refused::Refused;
use crate::value::Reference;

fn host() -> Ctx {
    as_actor(crate::actor::Actor::Staff(member(Role::CafeHost, ELSEWHERE)), monday())
}

fn unknown() -> Unknown {
    Unknown { name: line("Name not known"), place: text("With us now.") }
}

fn begun(callback: Option<&str>, safe_to_ring: SafeToRing, place: Option<&str>) -> Entry {
    let first = Beginning {
        callback: callback.map(|phone| phone.parse().unwrap()),
        safe_to_ring,
        channel: Channel::Cafe,
        place: place.map(text),
    };
    Entry::begin(&host(), EntryId(uuid::Uuid::from_u128(5)), ELSEWHERE, first)
}

fn reference() -> Reference {
    Reference::from_bytes([1; 8])
}

fn kinds(changes: &Changes) -> Vec<EventKind> {
    changes.events().iter().map(|event| event.kind).collect()
}

fn referral(changes: &Changes) -> Referral {
    let found = changes.writes().iter().find_map(|write| {
        if let Write::Referral(referral) = write { Some((**referral).clone()) } else { None }
    });
    found.unwrap()
}

fn entry(changes: &Changes) -> Entry {
    let found = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::Entry(entry) = write { Some((**entry).clone()) } else { None });
    found.unwrap()
}

#[test]
fn danger_now_pages_with_nothing_known_and_the_entry_goes_on() {
    let place = "Grey coat, by the window. Says nothing.";
    let start = begun(None, SafeToRing::NotKnown, Some(place));
    let paged = start.danger_now(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
    assert_eq!(kinds(&paged), [EventKind::Received, EventKind::DutyPaged, EventKind::EntrySaved]);
    let arrived = referral(&paged);
    assert!(arrived.is_flagged() && arrived.page().is_some());
    assert_eq!(arrived.person().identity.called, line("Name not known"));
    assert_eq!(arrived.person().contact.way, Way::InPerson { place: text(place) });
    let open = entry(&paged);
    assert!(matches!(open.state, EntryState::Paged { .. }) && open.is_unfinished());
    assert_eq!(arrived.id(), open.referral());
    let again = open.clone().danger_now(&host(), &unknown(), reference(), (&county(), SPOA));
    assert_eq!(again.map(|_| ()), Err(Refused::AlreadySent), "pressing twice pages once");

    let answers = Answers {
        called: Some(line("Sam")),
        dangers: Some(vec![Danger::AlreadyHurt]),
        why_now: Some(text("Took tablets an hour ago.")),
        ..Answers::default()
    };
    let saved = open.save(&host(), answers, (Some(arrived), &unknown())).unwrap();
    assert_eq!(kinds(&saved), [EventKind::EntryAdded, EventKind::EntrySaved]);
    let told = referral(&saved);
    assert_eq!(told.person().identity.called, line("Sam"));
    assert!(told.page().is_some(), "the page stays as it was");
    let finished = entry(&saved).finish(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
    assert_eq!(kinds(&finished), [EventKind::EntrySaved], "it was handed over before");
}

#[test]
fn a_number_that_is_not_safe_is_never_the_way_to_reach_them() {
    for (safe, rings) in [(SafeToRing::Yes, true), (SafeToRing::NotKnown, true), (SafeToRing::No, false)] {
        let sent = begun(Some("07700 900456"), safe, None);
        let sent = sent.finish(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
        let way = referral(&sent).person().contact.way.clone();
        assert_eq!(matches!(way, Way::Call { .. }), rings, "{safe:?}: {way:?}");
        assert!(!matches!(way, Way::Call { voicemail: true, .. }), "nobody allowed a message");
    }
}

#[test]
fn what_was_not_asked_stays_open_and_who_wrote_it_down_is_known() {
    let answers = Answers { called: Some(line("Sam")), ..Answers::default() };
    let begun = begun(Some("07700 900456"), SafeToRing::Yes, None);
    let saved = entry(&begun.save(&host(), answers, (None, &unknown())).unwrap());
    assert!(saved.open_questions().contains(&crate::door::Question::Safety));
    let sent = saved.finish(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
    let arrived = referral(&sent);
    assert!(!arrived.is_flagged() && arrived.page().is_none());
    let told = serde_json::to_value(&**arrived.head()).unwrap()["told"].take();
    let told: crate::door::Told = serde_json::from_value(told).unwrap();
    assert!(told.given.iter().all(|given| given.source == Source::Staff) && !told.given.is_empty());
    assert_eq!(told.entered.as_ref().map(|entered| entered.channel), Some(Channel::Cafe));
    let done = entry(&sent);
    assert_eq!(done.answers, Answers::default(), "the answers live on in the referral only");
    let late = done.clone().save(&host(), Answers::default(), (None, &unknown()));
    assert_eq!(late.map(|_| ()), Err(Refused::AlreadySent));
    let twice = done.finish(&host(), &unknown(), reference(), (&county(), SPOA));
    assert_eq!(twice.map(|_| ()), Err(Refused::AlreadySent));
}

#[test]
fn a_danger_that_was_said_once_stays_said() {
    let before = vec![Danger::EndingLife];
    assert_eq!(joined(before.clone(), vec![]), before);
    assert_eq!(
        joined(before, vec![Danger::EndingLife, Danger::AlreadyHurt]),
        [Danger::EndingLife, Danger::AlreadyHurt]
    );
}
