//! Who acts, for which tenant, when: the context every transaction begins with.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::guest::Guest;
use crate::ids::{OrgId, TeamId, TenantId, UserId};
use crate::track::{Holder, Scope};
use crate::value::Line;

/// What a member of staff or a partner user may be. Source: people-and-roles §2; a role is given, never assumed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Call handler or administrator at the single point of access: enters, never decides.
    SpoaAdmin,
    /// Experienced senior clinician *or* social-care professional: triages and decides.
    SpoaSenior,
    /// Key worker: nurse, social worker or occupational therapist of a team.
    KeyWorker,
    /// Crisis and home treatment practitioner.
    CrisisTeam,
    /// Worker of a voluntary partner.
    VcsWorker,
    /// Host of a crisis café.
    CafeHost,
    /// General practitioner, a user of another organisation.
    Gp,
    /// Manages a team's queue, caseload and breaches.
    TeamManager,
    /// Manages a service; the last rung of the duty ladder.
    ServiceManager,
    /// Caldicott guardian or privacy officer.
    Caldicott,
    /// Writes texts for the public, which a senior professional signs off; opens nobody's record.
    ContentEditor,
    /// Looks after the directory of services; opens nobody's record.
    DirectoryEditor,
    /// Users, configuration, backups; no clinical content.
    Sysadmin,
}

impl Role {
    /// Every role, in the order permissions are shown.
    pub const ALL: [Self; 13] = [
        Self::SpoaAdmin,
        Self::SpoaSenior,
        Self::KeyWorker,
        Self::CrisisTeam,
        Self::VcsWorker,
        Self::CafeHost,
        Self::Gp,
        Self::TeamManager,
        Self::ServiceManager,
        Self::Caldicott,
        Self::ContentEditor,
        Self::DirectoryEditor,
        Self::Sysadmin,
    ];

    /// The stored and documented code, e.g. `SPOA_SENIOR`.
    pub fn code(self) -> &'static str {
        match self {
            Self::SpoaAdmin => "SPOA_ADMIN",
            Self::SpoaSenior => "SPOA_SENIOR",
            Self::KeyWorker => "KEY_WORKER",
            Self::CrisisTeam => "CRISIS_TEAM",
            Self::VcsWorker => "VCS_WORKER",
            Self::CafeHost => "CAFE_HOST",
            Self::Gp => "GP",
            Self::TeamManager => "TEAM_MANAGER",
            Self::ServiceManager => "SERVICE_MANAGER",
            Self::Caldicott => "CALDICOTT",
            Self::ContentEditor => "CONTENT_EDITOR",
            Self::DirectoryEditor => "DIRECTORY_EDITOR",
            Self::Sysadmin => "SYSADMIN",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the role opens people's records; a system administrator may not give themselves one (people-and-roles §6.3).
    pub fn is_clinical(self) -> bool {
        match self {
            Self::SpoaAdmin
            | Self::SpoaSenior
            | Self::KeyWorker
            | Self::CrisisTeam
            | Self::VcsWorker
            | Self::CafeHost
            | Self::Gp
            | Self::TeamManager
            | Self::ServiceManager
            | Self::Caldicott => true,
            Self::ContentEditor | Self::DirectoryEditor | Self::Sysadmin => false,
        }
    }
}

/// A signed-in member of staff or partner user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffMember {
    /// The account.
    pub user: UserId,
    /// The name shown to colleagues and people.
    pub name: Line,
    /// The employing organisation.
    pub org: OrgId,
    /// Roles held now.
    pub roles: BTreeSet<Role>,
    /// Teams worked in now.
    pub teams: BTreeSet<TeamId>,
}

/// Which part of the program acts on its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemScope {
    /// Signing in: reads and writes accounts and sessions only.
    SignIn,
    /// Background jobs: notices, duty pages, overdue tasks, purges.
    Worker,
    /// The command line, started by somebody with the machine in hand.
    Command,
}

/// SHA-256 of the random cookie that ties a public visitor to their own draft.
pub type VisitorKey = [u8; 32];

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Signed-in staff or partner user.
    Staff(StaffMember),
    /// A visitor of the public pages; with a cookie, the owner of one draft.
    Public(Option<VisitorKey>),
    /// Somebody from outside who proved that they hold one referral: the person it is about.
    Person(Holder),
    /// Somebody of another organisation who opened a one-time link and said who they are.
    Guest(Box<Guest>),
    /// The program itself.
    System(SystemScope),
}

impl Actor {
    /// How the actor is named on events and audit rows.
    pub fn author(&self) -> Author {
        match self {
            Self::Staff(staff) => Author::Staff { user: staff.user, name: staff.name.clone() },
            Self::Public(_) => Author::Public,
            Self::Person(holder) => match holder.scope {
                Scope::Own => Author::Person,
                Scope::Referrer | Scope::Receiver | Scope::Gp | Scope::Asked => Author::Public,
            },
            Self::Guest(guest) => {
                Author::Guest { name: guest.name.clone(), role: guest.role.clone(), of: guest.of.clone() }
            }
            Self::System(_) => Author::System,
        }
    }

    /// The holder of one referral, if it is one.
    pub fn holder(&self) -> Option<Holder> {
        match self {
            Self::Person(holder) => Some(*holder),
            Self::Guest(guest) => Some(guest.holder()),
            Self::Staff(_) | Self::Public(_) | Self::System(_) => None,
        }
    }

    /// The signed-in member of staff, if it is one.
    pub fn staff(&self) -> Option<&StaffMember> {
        match self {
            Self::Staff(staff) => Some(staff),
            Self::Public(_) | Self::Person(_) | Self::Guest(_) | Self::System(_) => None,
        }
    }
}

/// Who did something, as kept for ever on the event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "who")]
pub enum Author {
    /// A member of staff, by account and by the name they had then.
    Staff {
        /// The account.
        user: UserId,
        /// The name at the time.
        name: Line,
    },
    /// A visitor of the public pages.
    Public,
    /// The person themselves, following their own referral.
    Person,
    /// Somebody of another organisation, by the name they gave when they opened a one-time link.
    Guest {
        /// Their name.
        name: Line,
        /// What they do there.
        role: Line,
        /// The organisation.
        of: Line,
    },
    /// The program.
    System,
}

impl Author {
    /// The account, where a member of staff acted.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Staff { user, .. } => Some(*user),
            Self::Public | Self::Person | Self::Guest { .. } | Self::System => None,
        }
    }

    /// The name shown, where a member of staff or a guest acted.
    pub fn name(&self) -> Option<&Line> {
        match self {
            Self::Staff { name, .. } | Self::Guest { name, .. } => Some(name),
            Self::Public | Self::Person | Self::System => None,
        }
    }
}

/// What every transaction begins with: who, for which tenant, when, and where new ids come from.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The integrated system.
    pub tenant: TenantId,
    /// Who acts.
    pub actor: Actor,
    /// The moment of the request; the domain never reads a clock.
    pub now: Timestamp,
    /// The request, for the audit row and the log.
    pub request: Uuid,
    /// Where new ids come from; the domain never makes one up.
    pub ids: fn() -> Uuid,
}

impl Ctx {
    /// A new id of any kind.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from((self.ids)())
    }
}
