//! Who may do and see what: one evaluator that the seam, pages, letters and interfaces obey. Pure; default deny.
//!
//! Here it knows role, team and relationship-by-referral (people-and-roles §4); consent and sensitivity join behind the
//! same two calls, [`decide`] and [`reveal`].

mod action;
mod reveal;
mod scope;

use std::collections::BTreeSet;

pub use action::Action;
pub use reveal::{Revealed, Visible, reveal, role_sees};

use crate::actor::{Actor, Role, StaffMember, SystemScope, VisitorKey};
use crate::ids::{OrgId, ReferralId, TeamId, UserId};
use crate::track::Holder;

impl Action {
    fn public_may(self) -> bool {
        matches!(
            self,
            Self::DraftRead
                | Self::DraftWrite
                | Self::DraftReturn
                | Self::CodeAsk
                | Self::CodeUse
                | Self::ReferralSubmit
                | Self::PhraseKeep
                | Self::FileAdd
                // Source: people-and-roles §4.2, row "Directory": the public reads it too.
                | Self::ServiceRead
        )
    }

    fn system_may(self, scope: SystemScope) -> bool {
        match scope {
            SystemScope::SignIn => {
                matches!(
                    self,
                    Self::SignIn
                        | Self::OwnSession
                        | Self::StaffRead
                        | Self::TrackBegin
                        | Self::CodeAsk
                        | Self::CodeUse
                )
            }
            SystemScope::Worker => matches!(
                self,
                Self::DraftPurge
                    | Self::CodeSend
                    | Self::ReferralRead
                    | Self::FileScan
                    | Self::ReferralClose
                    | Self::NoticeSend
                    | Self::TaskEscalate
                    | Self::CoverSeek
                    | Self::HandoverBounce
                    | Self::DutyEscalate
                    | Self::CountyRead
                    | Self::DryRunGoOn
            ),
            SystemScope::Command => true,
        }
    }
}

/// What an action is about, as far as access needs to know.
#[derive(Clone, Debug)]
pub enum Target<'a> {
    /// A list, a setting or the actor's own session: the role alone decides.
    Role,
    /// Records of these teams: a list.
    Record(&'a BTreeSet<TeamId>),
    /// One referral, with the teams that have a relationship to the record by it.
    Referral(ReferralId, &'a BTreeSet<TeamId>),
    /// A public visitor's draft.
    Draft(&'a VisitorKey),
    /// A request that somebody of this team writes down.
    Entry(TeamId),
    /// A request that this organisation sent, as far as whoever asked may know of it.
    Sent(OrgId),
    /// A draft that was found by its phrase, or by an address that a code has proved.
    Proved,
    /// An account.
    Account(UserId),
    /// What is known of a worker of these teams, and when they are away.
    Worker(UserId, &'a BTreeSet<TeamId>),
}

/// The evaluator's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Do it.
    Allowed,
    /// The subject does not exist for this actor: 404.
    Hidden,
    /// The subject may be known, the action is not theirs: 403.
    Refused,
}

/// Decides one action of one actor on one target.
pub fn decide(actor: &Actor, action: Action, target: &Target<'_>) -> Decision {
    match actor {
        Actor::Staff(staff) => decide_staff(staff, action, target),
        Actor::Public(visitor) => decide_public(visitor.as_ref(), action, target),
        Actor::Person(holder) => decide_holder(*holder, action, target),
        Actor::Guest(guest) => decide_holder(guest.holder(), action, target),
        Actor::System(scope) if action.system_may(*scope) => Decision::Allowed,
        Actor::System(_) => Decision::Refused,
    }
}

fn decide_staff(staff: &StaffMember, action: Action, target: &Target<'_>) -> Decision {
    let may = action.roles().iter().any(|role| staff.roles.contains(role));
    match target {
        Target::Draft(_) | Target::Proved => Decision::Hidden,
        Target::Entry(team) if !related(staff, &BTreeSet::from([*team])) => Decision::Hidden,
        Target::Sent(org) if *org != staff.org => Decision::Hidden,
        Target::Record(teams) | Target::Referral(_, teams) if !related(staff, teams) => Decision::Hidden,
        // Separation of duties (people-and-roles §6): nobody decides about their own account; and a sign-in, a password
        // or a kept post is its owner's alone.
        // One's own, or of somebody in a team that one manages.
        Target::Worker(user, teams) if *user != staff.user && !manages(staff, teams) => Decision::Hidden,
        Target::Account(user) if (*user == staff.user) != (action == Action::OwnSession) => Decision::Refused,
        Target::Role
        | Target::Record(_)
        | Target::Referral(..)
        | Target::Entry(_)
        | Target::Sent(_)
        | Target::Worker(..)
        | Target::Account(_) => {
            if may {
                Decision::Allowed
            } else {
                Decision::Refused
            }
        }
    }
}

fn decide_public(visitor: Option<&VisitorKey>, action: Action, target: &Target<'_>) -> Decision {
    match target {
        Target::Draft(owner) if visitor != Some(*owner) => Decision::Hidden,
        // The phrase or the code stands for the cookie, to come back and for nothing else.
        Target::Proved if action == Action::DraftReturn => Decision::Allowed,
        Target::Draft(_) | Target::Role if action.public_may() => Decision::Allowed,
        Target::Draft(_) | Target::Role => Decision::Refused,
        Target::Proved
        | Target::Record(_)
        | Target::Referral(..)
        | Target::Entry(_)
        | Target::Sent(_)
        | Target::Worker(..)
        | Target::Account(_) => Decision::Hidden,
    }
}

/// Whoever holds one referral: anything else does not exist.
fn decide_holder(holder: Holder, action: Action, target: &Target<'_>) -> Decision {
    match target {
        Target::Referral(referral, _) if *referral != holder.referral => Decision::Hidden,
        Target::Referral(..) | Target::Role if holder.scope.may(action) => Decision::Allowed,
        Target::Referral(..) | Target::Role => Decision::Refused,
        Target::Record(_)
        | Target::Draft(_)
        | Target::Proved
        | Target::Entry(_)
        | Target::Sent(_)
        | Target::Worker(..)
        | Target::Account(_) => Decision::Hidden,
    }
}

/// Whether somebody manages a team of these, or a service.
fn manages(staff: &StaffMember, teams: &BTreeSet<TeamId>) -> bool {
    let manager = |role: &Role| matches!(role, Role::TeamManager | Role::ServiceManager);
    staff.roles.iter().any(manager) && related(staff, teams)
}

fn related(staff: &StaffMember, teams: &BTreeSet<TeamId>) -> bool {
    staff.roles.iter().any(|role| role.is_clinical()) && !staff.teams.is_disjoint(teams)
}

#[cfg(test)]
mod tests;
