//! Idle lock, absolute end, the half-way session, and posts kept for somebody who was locked out.

use jiff::{SignedDuration, Timestamp};

use super::{AuthLevel, Limits, Parked, Session, Standing, sign_in_refused};
use crate::actor::Role;
use crate::change::{Changes, EventKind, Write};
use crate::fixtures::{HOUR, MINUTE, kinds, monday, senior, user_of};
use crate::refused::Refused;

fn later(by: SignedDuration) -> Timestamp {
    monday().checked_add(by).unwrap()
}

fn begun(level: AuthLevel) -> Session {
    Session::begin(&senior(monday()), user_of(Role::SpoaSenior), [1; 32], level).0
}

fn standing(session: &Session, at: Timestamp) -> Standing {
    session.standing(at, Limits::default())
}

fn written(changes: &Changes) -> Session {
    let session = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::Session(session) = write { Some(session.clone()) } else { None });
    session.unwrap()
}

fn parked(changes: &Changes) -> Parked {
    let parked = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::Parked(parked) = write { Some(parked.clone()) } else { None });
    parked.unwrap()
}

#[test]
fn it_locks_after_fifteen_idle_minutes_and_ends_after_twelve_hours() {
    let mut session = begun(AuthLevel::Full);
    assert_eq!(standing(&session, later(MINUTE * 14)), Standing::Open);
    assert_eq!(standing(&session, later(MINUTE * 15)), Standing::Locked);
    session.seen_at = later(HOUR * 12 - MINUTE);
    assert_eq!(standing(&session, later(HOUR * 12 - MINUTE)), Standing::Open);
    assert_eq!(standing(&session, later(HOUR * 12)), Standing::Over, "however busy");
}

#[test]
fn half_way_opens_nothing_until_the_second_factor() {
    let session = begun(AuthLevel::Password);
    for minutes in [0, 5, 20] {
        assert_eq!(standing(&session, later(MINUTE * minutes)), Standing::HalfWay);
    }
    let locked = session.clone().unlock(&senior(monday()), Limits::default(), [9; 32]);
    assert_eq!(locked.err(), Some(Refused::SessionOver), "a password is not enough");
    let full = written(&session.complete(&senior(monday()), Limits::default(), [2; 32]).unwrap());
    assert_eq!(standing(&full, monday()), Standing::Open);
    assert_eq!(full.token_hash, [2; 32], "the token changes with the level");
    let twice = full.complete(&senior(monday()), Limits::default(), [3; 32]);
    assert_eq!(twice.err(), Some(Refused::SessionOver));
}

#[test]
fn locking_and_unlocking() {
    let locked = written(&begun(AuthLevel::Full).lock(&senior(monday())));
    assert_eq!(standing(&locked, monday()), Standing::Locked);
    let idle = later(MINUTE * 40);
    let open = written(&locked.unlock(&senior(idle), Limits::default(), [9; 32]).unwrap());
    assert_eq!(standing(&open, idle), Standing::Open);
}

#[test]
fn an_ended_session_never_opens_again() {
    let changes = begun(AuthLevel::Full).end(&senior(monday()));
    assert_eq!(kinds(&changes), [EventKind::SignedOut]);
    let ended = written(&changes);
    assert_eq!(standing(&ended, monday()), Standing::Over);
    let unlocked = ended.clone().unlock(&senior(monday()), Limits::default(), [9; 32]);
    assert_eq!(unlocked.err(), Some(Refused::SessionOver));
    let completed = ended.complete(&senior(monday()), Limits::default(), [2; 32]);
    assert_eq!(completed.err(), Some(Refused::SessionOver));
    let old = begun(AuthLevel::Full).unlock(&senior(later(HOUR * 12)), Limits::default(), [9; 32]);
    assert_eq!(old.err(), Some(Refused::SessionOver));
}

#[test]
fn a_refused_sign_in_is_an_event_that_looks_the_same_without_an_account() {
    let known = sign_in_refused(&senior(monday()), Some(user_of(Role::Gp)));
    let unknown = sign_in_refused(&senior(monday()), None);
    for changes in [&known, &unknown] {
        assert_eq!(kinds(changes), [EventKind::SignInRefused]);
        assert!(changes.writes().is_empty());
    }
    assert_eq!(known.events()[0].subject.noun, unknown.events()[0].subject.noun);
}

#[test]
fn a_parked_post_is_offered_once_and_for_an_hour() {
    let ctx = senior(monday());
    let park = || {
        let path = "/referral/1/triage".to_owned();
        parked(&Parked::park(&ctx, ctx.new_id(), user_of(Role::SpoaSenior), path, vec![1, 2, 3]))
    };
    let in_time = senior(later(HOUR - MINUTE));
    let taken = parked(&park().take(&in_time).unwrap());
    assert!(taken.spent && taken.sealed.is_empty(), "nothing of what was typed is kept");
    assert_eq!(taken.take(&in_time).err(), Some(Refused::LinkSpent));
    assert_eq!(park().take(&senior(later(HOUR))).err(), Some(Refused::LinkSpent));
}
