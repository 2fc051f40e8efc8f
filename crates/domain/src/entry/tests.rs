//! What staff write down becomes a request, at once where somebody is in danger, and nothing typed is lost.

use super::{Beginning, Channel, Entry, EntryState, SafeToRing, Unknown, joined};
use crate::actor::{Actor, Ctx, Role, SystemScope};
use crate::change::{Changes, EventKind, Write};
use crate::door::{Answers, Danger, Need, Needs, Question, SafeContact, Source, Way};
use crate::file::{File, FileName, NotTaken, Offered};
use crate::fixtures::{ELSEWHERE, SPOA, as_actor, county, line, member, monday, text};
use crate::ids::{EntryId, FileId};
use crate::notice::Route;
use crate::referral::{Change, Referral};
use crate::refused::Refused;
use crate::track::ReturnKey;
use crate::value::Reference;
use jiff::SignedDuration;

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
    let saved = open.save(&host(), (Question::WhyNow, answers), (Some(arrived), &unknown())).unwrap();
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
    let saved = entry(&begun.save(&host(), (Question::Called, answers), (None, &unknown())).unwrap());
    assert!(saved.open_questions().contains(&Question::Safety));
    let sent = saved.finish(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
    let arrived = referral(&sent);
    assert!(!arrived.is_flagged() && arrived.page().is_none());
    let told = serde_json::to_value(&**arrived.head()).unwrap()["told"].take();
    let told: crate::door::Told = serde_json::from_value(told).unwrap();
    assert!(told.given.iter().all(|given| given.source == Source::Staff) && !told.given.is_empty());
    assert_eq!(told.entered.as_ref().map(|entered| entered.channel), Some(Channel::Cafe));
    let done = entry(&sent);
    assert_eq!(done.answers, Answers::default(), "the answers live on in the referral only");
    let late = done.clone().save(&host(), (Question::Called, Answers::default()), (None, &unknown()));
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

fn at(hours: i64) -> Ctx {
    Ctx { now: monday() + SignedDuration::from_hours(hours), ..host() }
}

fn text_to(number: &str) -> SafeContact {
    SafeContact::by(Way::Text { phone: number.parse().unwrap() })
}

/// "Danger now" was pressed: the entry that stays open, and the request.
fn paged() -> (Entry, Referral) {
    let start = begun(Some("07700 900456"), SafeToRing::Yes, None);
    let changes = start.danger_now(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
    (entry(&changes), referral(&changes))
}

#[test]
fn what_the_person_changed_meanwhile_stays_until_staff_answer_that_very_question() {
    let (open, arrived) = paged();
    let theirs = text_to("07700 900999");
    let changed = arrived.change(&at(1), Change::Contact(theirs.clone()), &county()).unwrap();
    let needs = Needs { needs: vec![Need::Interpreter], ..Needs::default() };
    let changed = referral(&changed).change(&at(1), Change::Needs(needs.clone()), &county()).unwrap();
    let now = referral(&changed);
    assert!(open.is_overtaken(Question::Contact, &now, &unknown()));
    assert!(open.is_overtaken(Question::Needs, &now, &unknown()));
    assert!(!open.is_overtaken(Question::WhyNow, &now, &unknown()));

    let answers = Answers { why_now: Some(text("Worse since noon.")), ..open.answers.clone() };
    let saved = open.save(&at(2), (Question::WhyNow, answers), (Some(now), &unknown())).unwrap();
    let (open, now) = (entry(&saved), referral(&saved));
    assert_eq!((&now.person().contact, &now.person().needs), (&theirs, &needs), "nobody wrote over it");
    let told = serde_json::to_value(&**now.head()).unwrap()["told"].take();
    let told: crate::door::Told = serde_json::from_value(told).unwrap();
    assert_eq!(told.given_to(Question::Contact).map(|given| given.source), Some(Source::Person));
    assert_eq!(told.given_to(Question::WhyNow).map(|given| given.source), Some(Source::Staff));

    // The same answer as before, given knowing what the person said: it counts, and what waits goes that way.
    let ours = text_to("07700 900111");
    let answers = Answers { contact: Some(ours.clone()), ..open.answers.clone() };
    let saved = open.save(&at(3), (Question::Contact, answers), (Some(now), &unknown())).unwrap();
    let now = referral(&saved);
    assert_eq!((&now.person().contact, &now.person().needs), (&ours, &needs));
    assert!(!entry(&saved).is_overtaken(Question::Contact, &now, &unknown()));
    assert!(
        now.notices().iter().all(|notice| notice.route == Route::to_person(&ours)),
        "{:?}",
        now.notices()
    );
}

#[test]
fn an_entry_that_nobody_finishes_runs_out_and_one_that_was_handed_over_never_does() {
    let worker = |hours| Ctx { actor: Actor::System(SystemScope::Worker), ..at(hours) };
    let open = begun(None, SafeToRing::NotKnown, None);
    assert_eq!(open.expires_at(), Some(monday() + SignedDuration::from_hours(720)));
    assert_eq!(open.clone().purge(&worker(719)).map(|_| ()), Err(Refused::NotDue));
    let gone = open.clone().purge(&worker(720)).unwrap();
    assert_eq!(kinds(&gone), [EventKind::EntryPurged]);
    assert!(matches!(gone.writes(), [Write::RemoveEntry(id)] if *id == open.id));
    let answers = Answers { called: Some(line("Sam")), ..Answers::default() };
    let saved = entry(&open.save(&at(100), (Question::Called, answers), (None, &unknown())).unwrap());
    assert_eq!(saved.purge(&worker(720)).map(|_| ()), Err(Refused::NotDue), "somebody went on with it");
    let (paged, _) = paged();
    let sent = paged.clone().finish(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap();
    for handed in [paged, entry(&sent)] {
        assert_eq!(handed.expires_at(), None);
        assert_eq!(handed.purge(&worker(100_000)).map(|_| ()), Err(Refused::AlreadySent));
    }
}

#[test]
fn a_phrase_is_made_for_somebody_who_is_there_and_not_long_after() {
    let made =
        |entry: &Entry, hours| ReturnKey::of_entry(&at(hours), entry, [4; 32]).map(|changes| kinds(&changes));
    assert_eq!(
        made(&begun(None, SafeToRing::NotKnown, None), 0),
        Err(Refused::NotFromHere),
        "nothing to follow yet"
    );
    let (cafe, _) = paged();
    assert_eq!(made(&cafe, 11), Ok(vec![EventKind::PhraseMade]));
    assert_eq!(made(&cafe, 12), Err(Refused::NotFromHere), "staff do not come back as the person");
    for (channel, may) in [(Channel::WalkIn, true), (Channel::Phone, false), (Channel::Paper, false)] {
        let mut other = cafe.clone();
        other.entered.channel = channel;
        assert_eq!(made(&other, 0).is_ok(), may, "{channel:?}");
    }
}

#[test]
fn a_file_is_added_until_it_is_finished_and_taken_off_until_it_is_handed_over() {
    let offered = |id| Offered {
        id: FileId(uuid::Uuid::from_u128(id)),
        name: FileName::from_given("form.pdf"),
        content: b"%PDF-1.7".to_vec().into(),
    };
    let open = begun(None, SafeToRing::NotKnown, None);
    let added = File::attach_to_entry(&host(), &open, &[], offered(1)).unwrap();
    assert_eq!(kinds(&added), [EventKind::EntryFileAdded]);
    let found = added
        .writes()
        .iter()
        .find_map(|write| if let Write::NewFile(new) = write { Some(new.0.clone()) } else { None });
    let file = found.unwrap();
    assert_eq!(file.of, uuid::Uuid::from(open.referral()), "it becomes the request's");
    let taken = file.clone().remove_from_entry(&host(), &open).unwrap();
    assert_eq!(kinds(&taken), [EventKind::EntryFileRemoved]);
    let mut other = open.clone();
    other.id = EntryId(uuid::Uuid::from_u128(6));
    assert_eq!(file.clone().remove_from_entry(&host(), &other).map(|_| ()), Err(NotTaken::AlreadySent));

    let (paged, _) = paged();
    assert!(File::attach_to_entry(&host(), &paged, std::slice::from_ref(&file), offered(2)).is_ok());
    assert_eq!(file.remove_from_entry(&host(), &paged).map(|_| ()), Err(NotTaken::AlreadySent));
    let sent = entry(&paged.finish(&host(), &unknown(), reference(), (&county(), SPOA)).unwrap());
    let late = File::attach_to_entry(&host(), &sent, &[], offered(3));
    assert_eq!(late.map(|_| ()), Err(NotTaken::AlreadySent));
}
