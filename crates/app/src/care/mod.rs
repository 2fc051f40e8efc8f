//! Who is there for people: who waits for a key worker, who could be one and why, who is away and who covers, and how full
//! everybody is. Nothing is weighed or added up: reasons stand beside names, and whoever chooses decides (hazard H22).

pub mod capacity;
pub mod edit;
mod left;
mod part;
pub mod people;
pub mod queue;
pub mod workers;

use std::collections::BTreeSet;

use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::actor::Role;
use onedoor_domain::ids::{ReferralId, TeamId, UserId};
use onedoor_domain::section::Section;
use onedoor_domain::worker::{Asked, Candidate, MeetsAs, Profession, Reason, Skill, Standing, sort};
use onedoor_store::{StoreError, TeamWorker, Tx};

pub use part::{of_record, part_key};

use crate::referral::record::find;
use crate::words::{self, Lang};

/// What the person asked for, as far as the reader may see it.
pub fn asked(revealed: &Revealed) -> Asked {
    let needs =
        find(revealed, |section| if let Section::Needs(needs) = section { Some(needs) } else { None });
    let told = find(revealed, |section| if let Section::Told(told) = section { Some(told) } else { None });
    needs.map(|needs| Asked::of(needs, told)).unwrap_or_default()
}

/// Whom the one who acts may choose for a referral, in the order they are offered: a manager everybody of the team, anybody
/// else themselves.
///
/// # Errors
/// [`StoreError::Hidden`], [`StoreError::Refused`].
pub async fn candidates(
    tx: &mut Tx,
    (referral, team): (ReferralId, TeamId),
    asked: &Asked,
) -> Result<Vec<Candidate>, StoreError> {
    let before = tx.earlier_workers(referral).await?;
    let workers = tx.key_workers(referral, team).await?;
    let own = tx.ctx().actor.staff().filter(|staff| !staff.roles.contains(&Role::TeamManager));
    let own: Option<UserId> = own.map(|staff| staff.user);
    let mine = |worker: &TeamWorker| own.is_none_or(|user| worker.colleague.user == user);
    let day = tx.day();
    let workers = workers.into_iter().filter(mine);
    let mut offered: Vec<Candidate> = workers.map(|worker| candidate(worker, &before, day)).collect();
    sort(asked, &mut offered);
    Ok(offered)
}

fn candidate(worker: TeamWorker, before: &BTreeSet<UserId>, day: jiff::civil::Date) -> Candidate {
    let away = worker.away(day).map(|absence| absence.to);
    let colleague = worker.colleague;
    Candidate {
        user: colleague.user,
        name: colleague.name,
        role: colleague.profession,
        profile: worker.profile,
        caseload: worker.caseload,
        away,
        before: before.contains(&colleague.user),
    }
}

/// One reason, in words.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    let people = |has: u16, limit: u16| [("has", has.to_string()), ("limit", limit.to_string())];
    match reason {
        Reason::Before => lang.t("care-reason-before"),
        Reason::Speaks(language) => lang.tr("care-reason-speaks", &[("language", language.to_string())]),
        Reason::AsAsked(MeetsAs::Woman) => lang.t("care-reason-woman"),
        Reason::AsAsked(MeetsAs::Man) => lang.t("care-reason-man"),
        Reason::Knows(skill) => lang.tr("care-reason-knows", &[("what", lang.t(skill_key(*skill)))]),
        Reason::Room(has, limit) => lang.tr("care-reason-room", &people(*has, *limit)),
        Reason::NotAsAsked(MeetsAs::Woman) => lang.t("care-reason-not-woman"),
        Reason::NotAsAsked(MeetsAs::Man) => lang.t("care-reason-not-man"),
        Reason::Full(has, limit) => lang.tr("care-reason-full", &people(*has, *limit)),
        Reason::Away(until) => lang.tr("care-reason-away", &[("day", words::day_of(lang, *until))]),
        Reason::AskFirst(why) => lang.tr("care-reason-ask-first", &[("why", why.to_string())]),
        Reason::NotChecked => lang.t("care-reason-not-checked"),
        Reason::NoStanding => lang.t("care-reason-no-standing"),
    }
}

/// What somebody does well.
pub fn skill_key(skill: Skill) -> &'static str {
    match skill {
        Skill::Psychosis => "care-skill-psychosis",
        Skill::Trauma => "care-skill-trauma",
        Skill::SelfHarm => "care-skill-self-harm",
        Skill::Eating => "care-skill-eating",
        Skill::Perinatal => "care-skill-perinatal",
        Skill::Substances => "care-skill-substances",
        Skill::OlderPeople => "care-skill-older-people",
        Skill::YoungPeople => "care-skill-young-people",
        Skill::Autism => "care-skill-autism",
        Skill::Families => "care-skill-families",
        Skill::Outreach => "care-skill-outreach",
        Skill::Bsl => "care-skill-bsl",
    }
}

/// What somebody is.
pub fn profession_key(profession: Profession) -> &'static str {
    match profession {
        Profession::Nurse => "care-profession-nurse",
        Profession::SocialWorker => "care-profession-social-worker",
        Profession::OccupationalTherapist => "care-profession-occupational-therapist",
        Profession::Psychologist => "care-profession-psychologist",
        Profession::Doctor => "care-profession-doctor",
        Profession::Therapist => "care-profession-therapist",
        Profession::Peer => "care-profession-peer",
        Profession::SupportWorker => "care-profession-support-worker",
        Profession::CommunityWorker => "care-profession-community-worker",
    }
}

/// How it stands with somebody's registration.
pub fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Checked => "care-standing-checked",
        Standing::NotChecked => "care-standing-not-checked",
        Standing::Supervised => "care-standing-supervised",
        Standing::Unknown => "care-standing-unknown",
    }
}

/// Whether somebody names others, and does not only take people themselves.
pub fn names_others(staff: &crate::web::Staff) -> bool {
    staff.member.roles.contains(&Role::TeamManager) && staff.may(Action::EpisodeAllocate)
}
