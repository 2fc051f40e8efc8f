//! Accounts: who may give what to whom, one-time links, second factors, the end of access.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Invitation, NewUser, User, UserState};
use crate::actor::Role;
use crate::change::{Changes, EventKind, Write};
use crate::fixtures::{DAY, SPOA, kinds, line, member, monday, staff, text, user_of};
use crate::refused::Refused;

fn user(changes: &Changes) -> User {
    let user = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::User(user) = write { Some(User::clone(user)) } else { None });
    user.unwrap()
}

fn link(changes: &Changes) -> Invitation {
    let link = changes
        .writes()
        .iter()
        .find_map(|write| if let Write::Invitation(link) = write { Some(link.clone()) } else { None });
    link.unwrap()
}

fn invite(role: Role) -> Changes {
    let member = member(role, SPOA);
    let new = NewUser {
        org: member.org,
        name: member.name,
        email: "robin@example.org".parse().unwrap(),
        profession: Some(line("Senior social worker")),
        phone: None,
        roles: member.roles,
        teams: member.teams,
    };
    User::invite(&staff(Role::Sysadmin, monday()), member.user, new, [9; 32])
}

fn active(role: Role) -> User {
    let invited = user(&invite(role));
    user(&invited.set_credentials(&staff(role, monday()), "$argon2id$".to_owned(), vec![1]).unwrap())
}

fn days(count: i32) -> Timestamp {
    monday().checked_add(DAY * count).unwrap()
}

#[test]
fn an_invited_account_opens_with_its_link_only() {
    let changes = invite(Role::SpoaSenior);
    assert_eq!(kinds(&changes), [EventKind::UserInvited]);
    let invited = user(&changes);
    assert_eq!(invited.state, UserState::Invited);
    assert!(!invited.is_active() && invited.password.is_none() && invited.factor.is_none());
    assert!(active(Role::SpoaSenior).is_active());
}

#[test]
fn an_invitation_is_used_once_and_within_a_week() {
    let changes = invite(Role::SpoaSenior);
    let spent = link(&link(&changes).spend(&staff(Role::SpoaSenior, days(6))).unwrap());
    assert_eq!(spent.spend(&staff(Role::SpoaSenior, days(6))).err(), Some(Refused::LinkSpent));
    assert_eq!(link(&changes).spend(&staff(Role::SpoaSenior, days(7))).err(), Some(Refused::LinkSpent));
}

#[test]
fn nobody_gives_themselves_a_clinical_role() {
    let teams = BTreeSet::from([SPOA]);
    for role in Role::ALL {
        let roles = BTreeSet::from([Role::Sysadmin, role]);
        let own =
            active(Role::Sysadmin).set_roles(&staff(Role::Sysadmin, monday()), roles.clone(), teams.clone());
        let expected = role.is_clinical().then_some(Refused::OwnClinicalRole);
        assert_eq!(own.err(), expected, "{role:?}");
        let other = active(Role::KeyWorker).set_roles(&staff(Role::Sysadmin, monday()), roles, teams.clone());
        assert_eq!(kinds(&other.unwrap()), [EventKind::RolesChanged], "{role:?} for somebody else");
    }
}

#[test]
fn a_new_second_factor_needs_two_other_people() {
    let why = text("Lost her phone.");
    let own = active(Role::SpoaSenior).ask_reset(&staff(Role::SpoaSenior, monday()), why.clone());
    assert_eq!(own.err(), Some(Refused::OwnApproval));
    let asked = user(&active(Role::SpoaSenior).ask_reset(&staff(Role::Sysadmin, monday()), why).unwrap());
    assert!(asked.factor.is_some(), "the old one opens until somebody approves");
    for approver in [Role::Sysadmin, Role::SpoaSenior] {
        let refused = asked.clone().approve_reset(&staff(approver, monday()), [3; 32]);
        assert_eq!(refused.err(), Some(Refused::OwnApproval), "{approver:?}");
    }
    let approved = asked.approve_reset(&staff(Role::ServiceManager, monday()), [3; 32]).unwrap();
    assert_eq!(kinds(&approved), [EventKind::FactorResetApproved]);
    assert!(user(&approved).factor.is_none());
    assert_eq!(link(&approved).link_hash, [3; 32]);
    let nothing = user(&approved).approve_reset(&staff(Role::ServiceManager, monday()), [4; 32]);
    assert_eq!(nothing.err(), Some(Refused::NotFromHere));
}

#[test]
fn a_code_opens_once() {
    let ctx = staff(Role::SpoaSenior, monday());
    let used = user(&active(Role::SpoaSenior).use_factor_step(&ctx, 58_000_000).unwrap());
    for step in [58_000_000, 57_999_999] {
        assert_eq!(used.clone().use_factor_step(&ctx, step).err(), Some(Refused::AlreadyAnswered));
    }
    assert!(used.use_factor_step(&ctx, 58_000_001).is_ok());
}

#[test]
fn access_ends_at_once_and_no_link_opens_it_again() {
    let invited = invite(Role::KeyWorker);
    let changes =
        active(Role::KeyWorker).end_access(&staff(Role::Sysadmin, monday()), text("Left the trust."));
    assert_eq!(kinds(&changes), [EventKind::AccessEnded]);
    assert_eq!(changes.events()[0].why, Some(text("Left the trust.")));
    let ended = user(&changes);
    assert!(!ended.is_active() && ended.password.is_none() && ended.factor.is_none());
    assert!(link(&invited).is_usable(monday()));
    let again = ended.set_credentials(&staff(Role::KeyWorker, monday()), "$argon2id$".to_owned(), vec![1]);
    assert_eq!(again.err(), Some(Refused::AccessEnded));
    assert_eq!(user_of(Role::KeyWorker), user(&changes).id);
}

#[test]
fn whoever_is_rung_can_open_what_they_are_rung_about() {
    let county = crate::fixtures::county();
    let able = active(Role::SpoaSenior);
    assert!(county.cannot_answer(std::slice::from_ref(&able), monday()).is_empty());
    let mut elsewhere = able.clone();
    elsewhere.teams = BTreeSet::from([crate::fixtures::ELSEWHERE]);
    let mut other_role = able.clone();
    other_role.roles = BTreeSet::from([Role::SpoaAdmin]);
    let mut gone = able;
    gone.state = UserState::Ended { at: monday(), why: text("Left.") };
    for unable in [elsewhere, other_role, gone] {
        assert_eq!(county.cannot_answer(std::slice::from_ref(&unable), monday()).len(), 1);
    }
    // Somebody who is not on the ladder is nobody's worry here.
    let mut outside = active(Role::SpoaAdmin);
    outside.teams.clear();
    assert!(county.cannot_answer(&[outside], monday()).is_empty());
}
