//! The short session of somebody who follows a referral: idle, absolute, ended once.

use uuid::Uuid;

use super::{LIMITS, Scope, SentRequest, StatusKey, Tracking, refused};
use crate::actor::{Actor, Role, SystemScope};
use crate::change::{Changes, EventKind, Noun, Write};
use crate::door::ReferralSource;
use crate::fixtures::{
    MINUTE, agreed, arrived, as_actor, by_call, by_email, by_professional, for_someone, holder, kinds,
    monday, request, senior, staff, visitor,
};
use crate::refused::Refused;
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

#[test]
fn a_link_is_taken_back_or_renewed_where_somebody_else_asked() {
    let own = arrived(monday(), request(by_email(), true));
    let ctx = senior(monday());
    assert_eq!(StatusKey::withdraw(&ctx, &own).err(), Some(Refused::NotFromHere));
    assert_eq!(StatusKey::renew(&ctx, &own, [1; 32]).err(), Some(Refused::NotFromHere));
    let sent = by_professional(by_call(), agreed(), (ReferralSource::A1, by_email()));
    let theirs = arrived(monday(), sent);
    let key = |changes: Changes| match changes.writes() {
        [Write::StatusKey(key)] => key.hash,
        other => panic!("{other:?}"),
    };
    assert_eq!(key(StatusKey::withdraw(&ctx, &theirs).unwrap()), None);
    assert_eq!(key(StatusKey::renew(&ctx, &theirs, [1; 32]).unwrap()), Some([1; 32]));
}

#[test]
fn only_what_a_professional_sent_comes_into_the_list_of_an_organisation() {
    let gp = staff(Role::Gp, monday());
    let sent = by_professional(by_call(), agreed(), (ReferralSource::A1, by_email()));
    let theirs = arrived(monday(), sent);
    let stands = theirs.referred().unwrap();
    assert!(SentRequest::keep(&gp, theirs.id(), &stands).is_ok());
    let relative = arrived(monday(), for_someone(by_call(), agreed(), None));
    let refused = SentRequest::keep(&gp, relative.id(), &relative.referred().unwrap());
    assert_eq!(refused.err(), Some(Refused::NotFromHere));
    let nobody = SentRequest::keep(&visitor(monday()), theirs.id(), &stands);
    assert_eq!(nobody.err(), Some(Refused::NotFromHere), "without an organisation there is no list");
}
