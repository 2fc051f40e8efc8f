//! Who carries people here: what they are, what they can do, how many people they can be there for, who covers for them.
//!
//! A profile says what a colleague needs in order to choose. It adds nothing up: who fits a person is said in words
//! ([`fit`]), and a human chooses.

mod absence;
mod fit;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::UserId;
use crate::refused::Refused;
use crate::value::{Line, Phone};

pub use absence::{Absence, Away, Cover, Roster};
pub use fit::{Asked, Candidate, Reason, reasons, sort};

/// What somebody is. Source: people-and-roles §2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profession {
    /// Nurse.
    Nurse,
    /// Social worker.
    SocialWorker,
    /// Occupational therapist.
    OccupationalTherapist,
    /// Psychologist.
    Psychologist,
    /// Doctor.
    Doctor,
    /// Psychological therapist whose title no law protects.
    Therapist,
    /// Peer support worker.
    Peer,
    /// Support worker.
    SupportWorker,
    /// Worker of a voluntary partner.
    CommunityWorker,
}

/// Who keeps the register of a profession.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Register {
    /// Nursing and Midwifery Council.
    Nmc,
    /// Social Work England.
    Swe,
    /// Health and Care Professions Council.
    Hcpc,
    /// General Medical Council.
    Gmc,
}

impl Register {
    /// Its code, also the message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nmc => "nmc",
            Self::Swe => "swe",
            Self::Hcpc => "hcpc",
            Self::Gmc => "gmc",
        }
    }
}

impl Profession {
    /// Every profession, in form order.
    pub const ALL: [Self; 9] = [
        Self::Nurse,
        Self::SocialWorker,
        Self::OccupationalTherapist,
        Self::Psychologist,
        Self::Doctor,
        Self::Therapist,
        Self::Peer,
        Self::SupportWorker,
        Self::CommunityWorker,
    ];

    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nurse => "nurse",
            Self::SocialWorker => "social-worker",
            Self::OccupationalTherapist => "occupational-therapist",
            Self::Psychologist => "psychologist",
            Self::Doctor => "doctor",
            Self::Therapist => "therapist",
            Self::Peer => "peer",
            Self::SupportWorker => "support-worker",
            Self::CommunityWorker => "community-worker",
        }
    }

    /// The profession with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profession| profession.code() == code)
    }

    /// The register it needs; who has none works under a named supervisor (seed 52).
    pub fn register(self) -> Option<Register> {
        match self {
            Self::Nurse => Some(Register::Nmc),
            Self::SocialWorker => Some(Register::Swe),
            Self::OccupationalTherapist | Self::Psychologist => Some(Register::Hcpc),
            Self::Doctor => Some(Register::Gmc),
            Self::Therapist | Self::Peer | Self::SupportWorker | Self::CommunityWorker => None,
        }
    }
}

/// What somebody has done before and does well.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skill {
    /// Hearing voices, unusual beliefs.
    Psychosis,
    /// After something terrible happened.
    Trauma,
    /// Harming oneself.
    SelfHarm,
    /// Eating.
    Eating,
    /// Being pregnant, a new baby.
    Perinatal,
    /// Alcohol and drugs.
    Substances,
    /// Older people.
    OlderPeople,
    /// Young people.
    YoungPeople,
    /// Autism, learning disability.
    Autism,
    /// Families and carers.
    Families,
    /// People without a home.
    Outreach,
    /// Signs BSL.
    Bsl,
}

impl Skill {
    /// Every skill, in form order.
    pub const ALL: [Self; 12] = [
        Self::Psychosis,
        Self::Trauma,
        Self::SelfHarm,
        Self::Eating,
        Self::Perinatal,
        Self::Substances,
        Self::OlderPeople,
        Self::YoungPeople,
        Self::Autism,
        Self::Families,
        Self::Outreach,
        Self::Bsl,
    ];

    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Psychosis => "psychosis",
            Self::Trauma => "trauma",
            Self::SelfHarm => "self-harm",
            Self::Eating => "eating",
            Self::Perinatal => "perinatal",
            Self::Substances => "substances",
            Self::OlderPeople => "older-people",
            Self::YoungPeople => "young-people",
            Self::Autism => "autism",
            Self::Families => "families",
            Self::Outreach => "outreach",
            Self::Bsl => "bsl",
        }
    }

    /// The skill with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|skill| skill.code() == code)
    }
}

/// As whom they meet people who asked for a woman or a man. Said by nobody but themselves or their manager, and optional.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetsAs {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

impl MeetsAs {
    /// The form and message code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Woman => "woman",
            Self::Man => "man",
        }
    }

    /// With this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Woman, Self::Man].into_iter().find(|known| known.code() == code)
    }
}

/// A named colleague.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Named {
    /// The account.
    pub user: UserId,
    /// The name at the time.
    pub name: Line,
}

/// Somebody else looked the registration up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Checked {
    /// Who.
    pub by: Named,
    /// On which day.
    pub on: Date,
}

/// What a colleague needs to know of somebody to choose.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// What they are.
    pub profession: Option<Profession>,
    /// Their number in the profession's register.
    pub number: Option<Line>,
    /// Who looked it up, and when.
    pub checked: Option<Checked>,
    /// Who answers for them, where their profession has no register.
    pub supervisor: Option<Named>,
    /// As whom they meet people who asked for a woman or a man.
    pub meets_as: Option<MeetsAs>,
    /// What they do well.
    pub skills: BTreeSet<Skill>,
    /// What they speak besides English.
    pub languages: Vec<Line>,
    /// The days they work, Monday first.
    pub days: [bool; 7],
    /// For how many people they can be there. Soft: more needs a reason.
    pub limit: Option<u16>,
    /// Ask them before giving them anybody, and why.
    pub ask_first: Option<Line>,
    /// The number at work that people are told.
    pub reach: Option<Phone>,
    /// Who does their work when nobody else was named.
    pub deputy: Option<Named>,
}

/// How it stands with somebody's registration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Registered, and somebody else looked it up.
    Checked,
    /// A number that nobody looked up.
    NotChecked,
    /// Without a register, with a named supervisor.
    Supervised,
    /// Nobody has written down what they are, or who answers for them.
    Unknown,
}

impl Profile {
    /// How it stands with their registration (seed 52).
    pub fn standing(&self) -> Standing {
        match self.profession.map(Profession::register) {
            Some(Some(_)) if self.number.is_some() && self.checked.is_some() => Standing::Checked,
            Some(Some(_)) if self.number.is_some() => Standing::NotChecked,
            Some(None) if self.supervisor.is_some() => Standing::Supervised,
            Some(Some(_) | None) | None => Standing::Unknown,
        }
    }

    /// Whether they work on such a weekday. Nothing said is every day from Monday to Friday.
    pub fn works_on(&self, day: Weekday) -> bool {
        let place = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
        if self.days.iter().any(|works| *works) {
            self.days.get(place).copied().unwrap_or(false)
        } else {
            place < 5
        }
    }
}

/// The profile of one account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worker {
    /// Whose.
    pub user: UserId,
    /// What it says.
    pub profile: Profile,
    /// Counts changes; a form carries the one it showed. Nought before the first.
    pub version: i64,
}

impl Worker {
    /// Writes what they are and can do. Another number has not been looked up yet.
    ///
    /// # Errors
    /// [`Refused::NumberNeeded`] for a profession with a register; [`Refused::SupervisorNeeded`] for one without;
    /// [`Refused::OwnApproval`] where somebody would answer for themselves, or be their own deputy.
    pub fn save(self, ctx: &Ctx, profile: Profile) -> Result<Changes, Refused> {
        let registered = profile.profession.and_then(Profession::register).is_some();
        if registered && profile.number.is_none() {
            return Err(Refused::NumberNeeded);
        }
        if profile.profession.is_some() && !registered && profile.supervisor.is_none() {
            return Err(Refused::SupervisorNeeded);
        }
        let own = |named: &Option<Named>| named.as_ref().is_some_and(|named| named.user == self.user);
        if own(&profile.supervisor) || own(&profile.deputy) {
            return Err(Refused::OwnApproval);
        }
        let same = self.profile.number == profile.number && self.profile.profession == profile.profession;
        let checked = if same && registered { self.profile.checked.clone() } else { None };
        let number = profile.number.filter(|_| registered);
        let supervisor = profile.supervisor.filter(|_| !registered);
        let profile = Profile { number, checked, supervisor, ..profile };
        Ok(Self { profile, ..self }.changed(ctx, EventKind::WorkerSaved))
    }

    /// Somebody else looked the number up in the register.
    ///
    /// # Errors
    /// [`Refused::NumberNeeded`] where there is none; [`Refused::OwnApproval`] for one's own.
    pub fn check(mut self, ctx: &Ctx, on: Date) -> Result<Changes, Refused> {
        let staff = ctx.actor.staff().ok_or(Refused::OwnApproval)?;
        let by = Named { user: staff.user, name: staff.name.clone() };
        if by.user == self.user {
            return Err(Refused::OwnApproval);
        }
        if self.profile.number.is_none() {
            return Err(Refused::NumberNeeded);
        }
        self.profile.checked = Some(Checked { by, on });
        Ok(self.changed(ctx, EventKind::RegistrationChecked))
    }

    fn changed(self, ctx: &Ctx, kind: EventKind) -> Changes {
        let subject = Subject { noun: Noun::Worker, id: self.user.into() };
        Changes::one(ctx, kind, subject, None, Write::Worker(Box::new(self)))
    }
}
