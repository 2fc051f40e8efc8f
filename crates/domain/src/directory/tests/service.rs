//! Editors and imports on one service: who is read, what stays, what goes, and who made sure when.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::{id, named, with};
use crate::actor::{Ctx, Role};
use crate::change::{Changes, EventKind, Write};
use crate::directory::entry::Status;
use crate::directory::{Entry, Listing, Origin, Service, Taken};
use crate::fixtures::{DAY, at, line, monday, staff, text};
use crate::refused::Refused;

fn editor() -> Ctx {
    staff(Role::DirectoryEditor, monday())
}

fn due() -> Date {
    date(2026, 9, 1)
}

/// The service that changes write, as it is stored.
#[expect(clippy::needless_pass_by_value, reason = "what a transition gives is stored, and gone")]
fn stored(changes: Changes) -> Service {
    let writes = changes.writes();
    let [Write::Service(service)] = writes else { panic!("{writes:?}") };
    Service { version: service.version + 1, ..(**service).clone() }
}

fn imported(entry: Entry) -> Service {
    Service { version: 1, ..Service::from_feed(id(), line("County feed"), entry, monday()) }
}

fn changed(taken: Taken) -> Service {
    match taken {
        Taken::Changed(service) | Taken::Kept(service) => *service,
        Taken::Same => panic!("nothing changed"),
    }
}

#[test]
fn an_editor_writes_a_service_and_says_until_when_it_is_right() {
    let service = stored(Service::write(&editor(), id(), named("Lantern"), due()).unwrap());
    assert_eq!((service.version, service.origin(), service.listing()), (1, Origin::Here, Listing::Live));
    let checked = service.checked().unwrap();
    assert_eq!((checked.on, checked.by, checked.due), (date(2026, 3, 23), line("DIRECTORY_EDITOR"), due()));
    assert!(!service.is_overdue(due()) && service.is_overdue(due().tomorrow().unwrap()));
    for wrong in [date(2026, 3, 23), date(2026, 3, 1), date(2027, 3, 25)] {
        let refused = Service::write(&editor(), id(), named("Lantern"), wrong).unwrap_err();
        assert_eq!(refused, Refused::DateInPast, "{wrong}");
    }
}

#[test]
fn two_editors_at_once_the_second_is_told() {
    let service = imported(named("Lantern"));
    let first = service.clone().save(&editor(), 1, named("Lantern house"), due()).unwrap();
    let stale = stored(first).save(&editor(), 1, named("Lantern home"), due()).unwrap_err();
    assert_eq!(stale, Refused::Stale);
    for refused in [
        service.clone().check(&editor(), 0, due()).unwrap_err(),
        service.clone().retire(&editor(), 7, text("Shut")).unwrap_err(),
        service.clone().bring_back(&editor(), 2).unwrap_err(),
        service.follow_feed(&editor(), 2).unwrap_err(),
    ] {
        assert_eq!(refused, Refused::Stale);
    }
}

#[test]
fn what_was_written_here_is_read_on_after_an_import() {
    let service = imported(named("Lantern"));
    let edited = stored(service.save(&editor(), 1, named("Lantern, new door"), due()).unwrap());
    assert_eq!((edited.origin(), edited.entry().name.as_str()), (Origin::Both, "Lantern, new door"));
    assert_eq!(edited.clone().taken(&line("County feed"), named("Lantern"), at("03-24 02:00")), Taken::Same);
    assert!(!edited.feed_moved_on());
    let later = edited.taken(&line("County feed"), named("Lantern of Ashmere"), at("03-24 02:00"));
    assert!(matches!(later, Taken::Kept(_)));
    let later = changed(later);
    assert_eq!(later.entry().name.as_str(), "Lantern, new door");
    assert_eq!(later.feed().unwrap().entry.name.as_str(), "Lantern of Ashmere");
    assert!(later.feed_moved_on() && !later.is_overdue(due()));
    let version = later.version;
    let follows = stored(later.follow_feed(&editor(), version).unwrap());
    assert_eq!((follows.origin(), follows.entry().name.as_str()), (Origin::Feed, "Lantern of Ashmere"));
    assert!(follows.is_overdue(date(2026, 3, 24)), "nobody made sure of the feed's words");
}

#[test]
fn what_is_no_longer_in_the_feed_is_retired_and_comes_back_with_it() {
    let gone = imported(named("Lantern")).missed(at("03-30 02:00"));
    assert_eq!(gone.listing(), Listing::Retired);
    assert_eq!(gone.entry().name.as_str(), "Lantern", "a referral may name it");
    let back = changed(gone.clone().taken(&line("County feed"), named("Lantern"), at("04-06 02:00")));
    assert_eq!(back.listing(), Listing::Live);
    // What an editor took away stays away.
    let taken_away =
        stored(imported(named("Lantern")).retire(&editor(), 1, text("They never answer")).unwrap());
    let after =
        changed(taken_away.clone().taken(&line("County feed"), named("Lantern Trust"), at("04-06 02:00")));
    assert_eq!(after.listing(), Listing::Retired);
    assert_eq!(taken_away.clone().check(&editor(), 2, due()).unwrap_err(), Refused::NotFromHere);
    assert_eq!(taken_away.clone().retire(&editor(), 2, text("Again")).unwrap_err(), Refused::NotFromHere);
    assert_eq!(stored(taken_away.bring_back(&editor(), 2).unwrap()).listing(), Listing::Live);
    let here = stored(Service::write(&editor(), id(), named("Lantern"), due()).unwrap());
    assert_eq!(here.clone().follow_feed(&editor(), 1).unwrap_err(), Refused::NotFromHere);
    assert_eq!(here.bring_back(&editor(), 1).unwrap_err(), Refused::NotFromHere);
}

#[test]
fn what_was_written_here_stays_when_the_feed_drops_it_and_must_be_asked_about() {
    let edited =
        stored(imported(named("Lantern")).save(&editor(), 1, named("Lantern, new door"), due()).unwrap());
    let left = edited.missed(at("03-30 02:00"));
    assert_eq!((left.origin(), left.listing()), (Origin::Here, Listing::Live));
    assert!(left.is_overdue(date(2026, 3, 30)));
}

#[test]
fn who_made_sure_last_counts_and_a_feeds_assurance_runs_out() {
    let assured = |day: &str| with(&format!(", \"assured_date\": \"{day}\"")).unwrap();
    let service = imported(assured("2026-03-01"));
    let checked = service.checked().unwrap();
    assert_eq!(
        (checked.on, checked.by, checked.due),
        (date(2026, 3, 1), line("County feed"), date(2026, 8, 31))
    );
    let asked = stored(service.check(&editor(), 1, due()).unwrap());
    assert_eq!(asked.checked().unwrap().by, line("DIRECTORY_EDITOR"));
    // The feed says something else: what the editor made sure of is not what stands there now.
    let moved =
        changed(asked.taken(&line("County feed"), assured("2026-03-10"), monday().checked_add(DAY).unwrap()));
    assert_eq!(moved.checked().unwrap().on, date(2026, 3, 10));
    assert!(
        imported(named("Lantern")).is_overdue(date(1990, 1, 1).saturating_add(1.day())),
        "nobody ever made sure"
    );
}

#[test]
fn what_says_that_it_is_not_there_is_not_listed() {
    for (status, listing) in [
        (Status::Active, Listing::Live),
        (Status::TemporarilyClosed, Listing::Live),
        (Status::Inactive, Listing::Off),
        (Status::Defunct, Listing::Off),
    ] {
        let mut entry = named("Lantern");
        entry.status = status;
        assert_eq!(imported(entry).listing(), listing, "{status:?}");
    }
}

#[test]
fn every_change_says_what_happened() {
    let service = imported(named("Lantern"));
    let kind = |changes: Changes| changes.events()[0].kind;
    assert_eq!(kind(service.clone().check(&editor(), 1, due()).unwrap()), EventKind::ServiceChecked);
    let retired = service.retire(&editor(), 1, text("Shut")).unwrap();
    assert_eq!(retired.events()[0].why, Some(text("Shut")));
    assert_eq!(kind(retired), EventKind::ServiceRetired);
}
