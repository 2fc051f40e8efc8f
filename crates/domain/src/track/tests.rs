//! The short session of somebody who follows a referral: idle, absolute, ended once.

use uuid::Uuid;

use super::{LIMITS, Scope, Tracking, refused};
use crate::actor::{Actor, SystemScope};
use crate::change::{Changes, EventKind, Noun, Write};
use crate::fixtures::{MINUTE, as_actor, holder, kinds, monday};
use crate::session::Standing;

fn written(changes: &Changes) -> Tracking {
    let mut found = changes.writes().iter().filter_map(|write| {
        if let Write::Tracking(tracking) = write { Some(tracking.clone()) } else { None }
    });
    found.next().unwrap()
}

fn begun() -> Tracking {
    let ctx = as_actor(Actor::System(SystemScope::SignIn), monday());
    let changes = Tracking::begin(&ctx, holder(), [3; 32]);
    assert_eq!(kinds(&changes), [EventKind::TrackingBegan]);
    written(&changes)
}

#[test]
fn it_ends_when_left_alone_and_after_two_hours_whatever_happens() {
    let mut tracking = begun();
    assert_eq!(tracking.standing(monday()), Standing::Open);
    let later = |minutes| monday().checked_add(MINUTE * minutes).unwrap();
    assert_eq!(tracking.standing(later(29)), Standing::Open);
    assert_eq!(tracking.standing(later(30)), Standing::Over);
    tracking.seen_at = later(119);
    assert_eq!(tracking.standing(later(119)), Standing::Open);
    assert_eq!(tracking.standing(monday().checked_add(LIMITS.absolute).unwrap()), Standing::Over);
}

#[test]
fn it_is_ended_by_whoever_holds_it_and_stays_ended() {
    let ctx = as_actor(Actor::Person(holder()), monday());
    let changes = begun().end(&ctx);
    assert_eq!(kinds(&changes), [EventKind::TrackingEnded]);
    assert_eq!(written(&changes).standing(monday()), Standing::Over);
}

#[test]
fn a_refused_try_names_the_referral_only_where_there_is_one() {
    let ctx = as_actor(Actor::System(SystemScope::SignIn), monday());
    let (known, unknown) = (refused(&ctx, Some(holder().referral)), refused(&ctx, None));
    assert_eq!(known.events()[0].subject.id, Uuid::from(holder().referral));
    assert_ne!(unknown.events()[0].subject.id, Uuid::from(holder().referral));
    for changes in [known, unknown] {
        assert_eq!((changes.events()[0].kind, changes.writes().len()), (EventKind::TrackingRefused, 0));
        assert_eq!(changes.events()[0].subject.noun, Noun::Tracking);
    }
}

#[test]
fn every_scope_has_one_code() {
    for scope in Scope::ALL {
        assert_eq!(Scope::from_code(scope.code()), Some(scope));
    }
    assert_eq!(Scope::from_code("everything"), None);
}
