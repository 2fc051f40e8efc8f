//! What of a record anybody sees: sections go in, and only those that passed come out as [`Visible`]. Nothing else makes one.

use crate::actor::{Actor, Role, SystemScope};
use crate::door::Identity;
use crate::section::{Section, SectionKind};

/// A section that passed the evaluator. Templates, letters, lists and exports accept nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Visible<T>(T);

impl<T> std::ops::Deref for Visible<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What of a record may be shown to one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Revealed {
    /// The sections to show, in the order they were given.
    pub shown: Vec<Visible<Section>>,
    /// How many more exist; given to clinical users only ("1 restricted item").
    pub restricted: usize,
}

impl Revealed {
    /// So many more exist, which were not read at all; counted for clinical users only.
    #[must_use]
    pub fn and_hidden(mut self, actor: &Actor, hidden: usize) -> Self {
        self.restricted += if counts(actor) { hidden } else { 0 };
        self
    }
}

/// Keeps the sections this actor may see and counts the rest.
pub fn reveal(actor: &Actor, sections: Vec<Section>) -> Revealed {
    let all = sections.len();
    let seen = sections.into_iter().filter(|section| sees(actor, section.kind()));
    let shown: Vec<_> = seen.map(|section| Visible(least(actor, section))).collect();
    let hidden = all - shown.len();
    Revealed { shown, restricted: if counts(actor) { hidden } else { 0 } }
}

/// Without what this actor does not need: the ethnic group is the person's, and of the teams that care for them. A partner, a
/// café and whoever comes by a link help without it (people-and-roles §4, golden rule "necessary, proportionate").
fn least(actor: &Actor, section: Section) -> Section {
    let needs = match actor {
        Actor::Staff(staff) => staff
            .roles
            .iter()
            .any(|role| clinical(*role) || matches!(role, Role::SpoaAdmin | Role::TeamManager)),
        Actor::Guest(_) | Actor::Public(_) => false,
        Actor::Person(_) | Actor::System(_) => true,
    };
    if let (Section::Identity(who), false) = (&section, needs) {
        return Section::Identity(Identity { ethnic: None, ..who.clone() });
    }
    section
}

fn counts(actor: &Actor) -> bool {
    actor.staff().is_some_and(|staff| staff.roles.iter().any(|role| role.is_clinical()))
}

fn sees(actor: &Actor, kind: SectionKind) -> bool {
    match actor {
        Actor::Staff(staff) => staff.roles.iter().any(|role| role_sees(*role, kind)),
        Actor::Public(_) => matches!(kind, SectionKind::Receipt),
        Actor::Person(holder) => holder.scope.sees(kind),
        Actor::Guest(guest) => guest.errand.scope().sees(kind),
        Actor::System(SystemScope::Worker | SystemScope::Command) => true,
        Actor::System(SystemScope::SignIn) => false,
    }
}

/// The section table of people-and-roles §4.2, for a role that has a relationship to the record.
pub fn role_sees(role: Role, kind: SectionKind) -> bool {
    match kind {
        SectionKind::Row
        | SectionKind::Progress
        | SectionKind::Identity
        | SectionKind::Contact
        | SectionKind::Needs => !matches!(
            role,
            Role::Sysadmin | Role::ContentEditor | Role::DirectoryEditor | Role::Caldicott | Role::Gp
        ),
        SectionKind::Offer => {
            clinical(role)
                || matches!(role, Role::SpoaAdmin | Role::VcsWorker | Role::CafeHost | Role::TeamManager)
        }
        SectionKind::Handovers => {
            clinical(role) || matches!(role, Role::SpoaAdmin | Role::TeamManager | Role::ServiceManager)
        }
        SectionKind::Known
        | SectionKind::Asked
        | SectionKind::Story
        | SectionKind::Told
        | SectionKind::Since
        | SectionKind::Decision
        | SectionKind::Contacts => {
            clinical(role) || matches!(role, Role::SpoaAdmin | Role::VcsWorker | Role::CafeHost)
        }
        SectionKind::Safety => clinical(role) || role == Role::ServiceManager,
        SectionKind::Triage | SectionKind::MayHelp | SectionKind::History => clinical(role),
        SectionKind::Permissions
        | SectionKind::Notices
        | SectionKind::Files
        | SectionKind::Candidate
        | SectionKind::Enquiry
        | SectionKind::Matching
        | SectionKind::Others
        | SectionKind::Involved
        | SectionKind::Flags => clinical(role) || role == Role::SpoaAdmin,
        SectionKind::Tasks => {
            clinical(role) || matches!(role, Role::SpoaAdmin | Role::TeamManager | Role::ServiceManager)
        }
        SectionKind::Referred => role == Role::Gp,
        SectionKind::Receipt | SectionKind::Whereabouts | SectionKind::Messages | SectionKind::Looked => {
            false
        }
    }
}

fn clinical(role: Role) -> bool {
    matches!(role, Role::SpoaSenior | Role::KeyWorker | Role::CrisisTeam)
}

#[cfg(test)]
#[path = "tests/least.rs"]
mod tests;
