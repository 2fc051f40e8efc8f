//! Accounts, teams and organisations of a county, and who may give what to whom.

mod kind;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actor::{Author, Ctx, Role, StaffMember};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{LinkId, OrgId, TeamId, UserId};
use crate::refused::Refused;
use crate::value::{Email, Line, Phone, Text};

pub use kind::TeamKind;

#[cfg(test)]
mod tests;

/// How long an invitation can be used.
pub const INVITATION_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);

/// An organisation of the system.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: Line,
    /// What it is.
    pub kind: OrgKind,
    /// Its own words, where it has set them.
    #[serde(default)]
    pub words: Option<OrgWords>,
    /// By whom and when they were set or taken back last, if ever.
    #[serde(default)]
    pub words_set: Option<WordsSet>,
}

/// The last time an organisation set its own words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WordsSet {
    /// How often they were set so far: what a form shows, so that nobody writes over a colleague unseen.
    pub version: u32,
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// How an organisation calls its people, and what it says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrgWords {
    /// One of the people it helps, such as "guest".
    pub one: Line,
    /// Several of them.
    pub several: Line,
    /// What it does, in short, for letters that name it.
    pub about: Option<Text>,
}

/// Kinds of organisation. Source: people-and-roles §3, those this release has users of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrgKind {
    /// NHS mental health trust.
    Trust,
    /// Local authority.
    Council,
    /// GP practice.
    GpPractice,
    /// Voluntary, community or social enterprise.
    Voluntary,
}

impl OrgKind {
    /// Every kind, in form order.
    pub const ALL: [Self; 4] = [Self::Trust, Self::Council, Self::GpPractice, Self::Voluntary];

    /// Whether it helps people of this county under an agreement. A trust, a council and a practice do by law.
    pub fn needs_agreement(self) -> bool {
        match self {
            Self::Voluntary => true,
            Self::Trust | Self::Council | Self::GpPractice => false,
        }
    }

    /// The stored code and message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::Council => "council",
            Self::GpPractice => "gp-practice",
            Self::Voluntary => "voluntary",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Org {
    /// Makes or renames an organisation.
    pub fn put(self, ctx: &Ctx) -> Changes {
        let subject = Subject { noun: Noun::Org, id: self.id.into() };
        Changes::one(ctx, EventKind::OrgChanged, subject, None, Write::Org(self))
    }
}

/// A team.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Whose team it is.
    pub org: OrgId,
    /// Its name, as told to people.
    pub name: Line,
    /// Whether it takes referrals that the single point of access accepts for it.
    pub accepts: bool,
    /// Whether it is in use.
    pub active: bool,
    /// What it is, as the national data set counts teams, once somebody has said so.
    #[serde(default)]
    pub kind: Option<TeamKind>,
    /// Who does the work of somebody who is away where nobody else was named.
    #[serde(default)]
    pub deputy: Option<UserId>,
}

impl Team {
    /// Makes or changes a team.
    pub fn put(self, ctx: &Ctx) -> Changes {
        let subject = Subject { noun: Noun::Team, id: self.id.into() };
        Changes::one(ctx, EventKind::TeamChanged, subject, None, Write::Team(self))
    }
}

/// Where an account is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum UserState {
    /// Invited; nobody has signed in yet.
    Invited,
    /// In use.
    Active,
    /// Access ended, at once and everywhere.
    Ended {
        /// When.
        at: Timestamp,
        /// Why.
        why: Text,
    },
}

/// A request for a new second factor, waiting for another person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FactorReset {
    /// Who asked.
    pub asked_by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Text,
}

/// An account of a member of staff or a partner user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Employer.
    pub org: OrgId,
    /// Name shown to colleagues and people.
    pub name: Line,
    /// E-mail, the sign-in name.
    pub email: Email,
    /// What they are, in words ("Senior nurse").
    pub profession: Option<Line>,
    /// A mobile number at which they can be paged.
    pub phone: Option<Phone>,
    /// Roles held.
    pub roles: BTreeSet<Role>,
    /// Teams worked in.
    pub teams: BTreeSet<TeamId>,
    /// Where the account is.
    pub state: UserState,
    /// argon2id PHC string.
    pub password: Option<String>,
    /// The second factor's secret, encrypted by the application.
    pub factor: Option<Vec<u8>>,
    /// The last time step whose code was used: a code opens once.
    pub factor_step: i64,
    /// A waiting request for a new second factor.
    pub reset: Option<FactorReset>,
    /// Counts changes; a form carries the one it showed.
    pub version: i64,
}

/// What an invitation says of the new account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewUser {
    /// Employer.
    pub org: OrgId,
    /// Name.
    pub name: Line,
    /// E-mail.
    pub email: Email,
    /// What they are, in words.
    pub profession: Option<Line>,
    /// A mobile number at which they can be paged.
    pub phone: Option<Phone>,
    /// Roles.
    pub roles: BTreeSet<Role>,
    /// Teams.
    pub teams: BTreeSet<TeamId>,
}

impl User {
    /// Invites somebody; the account opens with the one-time link only.
    pub fn invite(ctx: &Ctx, id: UserId, new: NewUser, link_hash: [u8; 32]) -> Changes {
        let user = Self {
            id,
            org: new.org,
            name: new.name,
            email: new.email,
            profession: new.profession,
            phone: new.phone,
            roles: new.roles,
            teams: new.teams,
            state: UserState::Invited,
            password: None,
            factor: None,
            factor_step: 0,
            reset: None,
            version: 0,
        };
        let link = Invitation { id: ctx.new_id(), user: id, link_hash, made_at: ctx.now, spent: false };
        let mut changes = user.changed(ctx, EventKind::UserInvited, None);
        changes.write(Write::Invitation(link));
        changes
    }

    /// Makes a new one-time link for somebody who has not used theirs.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once the account was opened: from then on two people decide about a new link.
    pub fn invite_again(self, ctx: &Ctx, link_hash: [u8; 32]) -> Result<Changes, Refused> {
        if self.state != UserState::Invited {
            return Err(Refused::NotFromHere);
        }
        let link = Invitation { id: ctx.new_id(), user: self.id, link_hash, made_at: ctx.now, spent: false };
        let mut changes = self.changed(ctx, EventKind::UserInvited, None);
        changes.write(Write::Invitation(link));
        Ok(changes)
    }

    /// Whether a one-time link may set its password and second factor: nobody has, or both were taken away. A link that
    /// was left over from before must not open an account that is in use.
    pub fn awaits_credentials(&self) -> bool {
        self.factor.is_none() && !matches!(self.state, UserState::Ended { .. })
    }

    /// The account as an actor.
    pub fn member(&self) -> StaffMember {
        StaffMember {
            user: self.id,
            name: self.name.clone(),
            org: self.org,
            roles: self.roles.clone(),
            teams: self.teams.clone(),
        }
    }

    /// Whether it may sign in.
    pub fn is_active(&self) -> bool {
        self.state == UserState::Active
    }

    /// Sets roles and teams.
    ///
    /// # Errors
    /// [`Refused::OwnClinicalRole`] when somebody gives themselves a clinical role (people-and-roles §6.3).
    pub fn set_roles(
        mut self,
        ctx: &Ctx,
        roles: BTreeSet<Role>,
        teams: BTreeSet<TeamId>,
    ) -> Result<Changes, Refused> {
        let own = ctx.actor.staff().is_some_and(|staff| staff.user == self.id);
        if own && roles.difference(&self.roles).any(|role| role.is_clinical()) {
            return Err(Refused::OwnClinicalRole);
        }
        self.roles = roles;
        self.teams = teams;
        Ok(self.changed(ctx, EventKind::RolesChanged, None))
    }

    /// Ends access at once; the seam ends every session with it.
    pub fn end_access(mut self, ctx: &Ctx, why: Text) -> Changes {
        self.state = UserState::Ended { at: ctx.now, why: why.clone() };
        self.factor = None;
        self.password = None;
        self.changed(ctx, EventKind::AccessEnded, Some(why))
    }

    /// Sets password and second factor with an invitation, or after an approved reset.
    ///
    /// # Errors
    /// [`Refused::AccessEnded`] for an account that was ended.
    pub fn set_credentials(
        mut self,
        ctx: &Ctx,
        password: String,
        factor: Vec<u8>,
    ) -> Result<Changes, Refused> {
        if matches!(self.state, UserState::Ended { .. }) {
            return Err(Refused::AccessEnded);
        }
        self.state = UserState::Active;
        self.password = Some(password);
        self.factor = Some(factor);
        self.factor_step = 0;
        self.reset = None;
        Ok(self.changed(ctx, EventKind::CredentialsSet, None))
    }

    /// Sets another password; the second factor stays.
    ///
    /// # Errors
    /// [`Refused::AccessEnded`] for an account that is not in use.
    pub fn set_password(mut self, ctx: &Ctx, password: String) -> Result<Changes, Refused> {
        if !self.is_active() {
            return Err(Refused::AccessEnded);
        }
        self.password = Some(password);
        Ok(self.changed(ctx, EventKind::CredentialsSet, None))
    }

    /// Remembers the time step of a used code, so that it never opens twice.
    ///
    /// # Errors
    /// [`Refused::AlreadyAnswered`] when the step was used.
    pub fn use_factor_step(mut self, ctx: &Ctx, step: i64) -> Result<Changes, Refused> {
        if step <= self.factor_step {
            return Err(Refused::AlreadyAnswered);
        }
        self.factor_step = step;
        Ok(self.changed(ctx, EventKind::SessionChanged, None))
    }

    /// Asks for a new second factor for this account.
    ///
    /// # Errors
    /// [`Refused::OwnApproval`] for one's own account.
    pub fn ask_reset(mut self, ctx: &Ctx, why: Text) -> Result<Changes, Refused> {
        let Some(asked_by) = ctx.actor.staff().map(|staff| staff.user) else {
            return Err(Refused::OwnApproval);
        };
        if asked_by == self.id {
            return Err(Refused::OwnApproval);
        }
        self.reset = Some(FactorReset { asked_by, at: ctx.now, why: why.clone() });
        Ok(self.changed(ctx, EventKind::FactorResetAsked, Some(why)))
    }

    /// Approves a waiting request and sends a new one-time link.
    ///
    /// # Errors
    /// [`Refused::OwnApproval`] when the approver asked for it or owns the account; [`Refused::NotFromHere`] when
    /// nothing waits.
    pub fn approve_reset(mut self, ctx: &Ctx, link_hash: [u8; 32]) -> Result<Changes, Refused> {
        let Some(reset) = self.reset.take() else { return Err(Refused::NotFromHere) };
        let approver = ctx.actor.staff().map(|staff| staff.user);
        if approver.is_none_or(|approver| approver == reset.asked_by || approver == self.id) {
            return Err(Refused::OwnApproval);
        }
        self.factor = None;
        let link = Invitation { id: ctx.new_id(), user: self.id, link_hash, made_at: ctx.now, spent: false };
        let mut changes = self.changed(ctx, EventKind::FactorResetApproved, None);
        changes.write(Write::Invitation(link));
        Ok(changes)
    }

    fn changed(self, ctx: &Ctx, kind: EventKind, why: Option<Text>) -> Changes {
        let subject = Subject { noun: Noun::User, id: self.id.into() };
        Changes::one(ctx, kind, subject, why, Write::User(Box::new(self)))
    }
}

/// A one-time link with which an account sets its password and second factor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// Its id.
    pub id: LinkId,
    /// For which account.
    pub user: UserId,
    /// SHA-256 of the link's random token.
    pub link_hash: [u8; 32],
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether it was used.
    pub spent: bool,
}

impl Invitation {
    /// Whether it can still be used.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        !self.spent && now.duration_since(self.made_at) < INVITATION_FOR
    }

    /// Uses it, once.
    ///
    /// # Errors
    /// [`Refused::LinkSpent`] when it was used or ran out.
    pub fn spend(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        if !self.is_usable(ctx.now) {
            return Err(Refused::LinkSpent);
        }
        self.spent = true;
        let subject = Subject { noun: Noun::User, id: self.user.into() };
        Ok(Changes::one(ctx, EventKind::InvitationUsed, subject, None, Write::Invitation(self)))
    }
}
