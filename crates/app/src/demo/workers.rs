//! Who carries people in Ashmere: what they are and can do, and who is away with whom to cover.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::UserId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Line;
use onedoor_domain::worker::{Absence, MeetsAs, Named, Profession, Profile, Skill};
use onedoor_store::StoreError;

use super::personas::PERSONAS;
use crate::web::App;

/// Somebody who carries people.
struct Carries {
    key: &'static str,
    profession: Profession,
    number: Option<&'static str>,
    supervisor: Option<&'static str>,
    meets_as: Option<MeetsAs>,
    skills: &'static [Skill],
    languages: &'static [&'static str],
    limit: u16,
    reach: &'static str,
}

const CARRY: [Carries; 8] = [
    Carries {
        key: "key-worker",
        profession: Profession::OccupationalTherapist,
        number: Some("OT999001"),
        supervisor: None,
        meets_as: Some(MeetsAs::Man),
        skills: &[Skill::Trauma, Skill::Autism],
        languages: &["Welsh"],
        limit: 40,
        reach: "01632 960301",
    },
    Carries {
        key: "peer-worker",
        profession: Profession::Peer,
        number: None,
        supervisor: Some("team-manager"),
        meets_as: Some(MeetsAs::Woman),
        skills: &[Skill::Substances, Skill::Outreach],
        languages: &["Polish"],
        limit: 8,
        reach: "01632 960302",
    },
    Carries {
        key: "community-nurse",
        profession: Profession::Nurse,
        number: Some("99A9991E"),
        supervisor: None,
        meets_as: Some(MeetsAs::Man),
        skills: &[Skill::Psychosis, Skill::OlderPeople],
        languages: &[],
        limit: 20,
        reach: "01632 960303",
    },
    Carries {
        key: "social-worker",
        profession: Profession::SocialWorker,
        number: Some("SW99901"),
        supervisor: None,
        meets_as: Some(MeetsAs::Woman),
        skills: &[Skill::Families, Skill::YoungPeople],
        languages: &["Welsh"],
        limit: 40,
        reach: "01632 960304",
    },
    Carries {
        key: "crisis-nurse",
        profession: Profession::Nurse,
        number: Some("99A9992E"),
        supervisor: None,
        meets_as: Some(MeetsAs::Man),
        skills: &[Skill::SelfHarm],
        languages: &[],
        limit: 40,
        reach: "01632 960305",
    },
    Carries {
        key: "voluntary-worker",
        profession: Profession::CommunityWorker,
        number: None,
        supervisor: Some("service-manager"),
        meets_as: Some(MeetsAs::Woman),
        skills: &[Skill::Families],
        languages: &["Igbo"],
        limit: 40,
        reach: "01632 960306",
    },
    Carries {
        key: "harbour-host",
        profession: Profession::CommunityWorker,
        number: None,
        supervisor: Some("voluntary-worker"),
        meets_as: None,
        skills: &[Skill::Outreach],
        languages: &[],
        limit: 40,
        reach: "01632 960307",
    },
    Carries {
        key: "orchard-host",
        profession: Profession::CommunityWorker,
        number: None,
        supervisor: Some("voluntary-worker"),
        meets_as: None,
        skills: &[Skill::Outreach],
        languages: &["Portuguese"],
        limit: 40,
        reach: "01632 960308",
    },
];

/// Away, from so many days ago for so many more, and who covers.
const AWAY: [(&str, i64, i64, &str); 1] = [("community-nurse", 1, 9, "key-worker")];

fn bad() -> StoreError {
    StoreError::Unreadable("demonstration profile")
}

fn line(text: &str) -> Result<Line, StoreError> {
    text.parse().map_err(|_| bad())
}

/// What a persona is, as people are told.
pub(super) fn profession(key: &str) -> Option<Line> {
    PERSONAS.iter().find(|persona| persona.key == key).and_then(|persona| persona.profession.parse().ok())
}

fn named(key: &str, users: &BTreeMap<&'static str, UserId>) -> Result<Named, StoreError> {
    let persona = PERSONAS.iter().find(|persona| persona.key == key).ok_or_else(bad)?;
    Ok(Named { user: users.get(key).copied().ok_or_else(bad)?, name: line(persona.name)? })
}

/// What is known of a persona.
pub(super) fn profile(key: &str, users: &BTreeMap<&'static str, UserId>) -> Result<Profile, StoreError> {
    let Some(known) = CARRY.iter().find(|carries| carries.key == key) else { return Ok(Profile::default()) };
    Ok(Profile {
        profession: Some(known.profession),
        number: known.number.map(line).transpose()?,
        supervisor: known.supervisor.map(|key| named(key, users)).transpose()?,
        meets_as: known.meets_as,
        skills: known.skills.iter().copied().collect(),
        languages: known.languages.iter().map(|name| line(name)).collect::<Result<_, _>>()?,
        days: [true, true, true, true, true, false, false],
        limit: Some(known.limit),
        reach: Some(known.reach.parse().map_err(|_| bad())?),
        ..Profile::default()
    })
}

/// Writes down what everybody is, has it looked up by the team's manager, and who is away.
///
/// # Errors
/// [`StoreError::Down`].
pub(super) async fn profiles(
    app: &App,
    ctx: &Ctx,
    users: &BTreeMap<&'static str, UserId>,
) -> Result<(), StoreError> {
    for known in &CARRY {
        let Some(user) = users.get(known.key).copied() else { continue };
        let mut tx = app.db.begin(ctx).await?;
        let worker = tx.worker_to_set_up(user).await?;
        if worker.version > 0 {
            tx.close().await?;
            continue;
        }
        let saved = worker.save(ctx, profile(known.key, users)?).map_err(|_| bad())?;
        tx.commit(saved).await?;
        if known.number.is_some() {
            check(app, ctx, user, users).await?;
        }
    }
    away(app, ctx, users).await
}

async fn check(
    app: &App,
    ctx: &Ctx,
    user: UserId,
    users: &BTreeMap<&'static str, UserId>,
) -> Result<(), StoreError> {
    let Some(manager) = users.get("team-manager").copied() else { return Ok(()) };
    let mut tx = app.db.begin(ctx).await?;
    let member = tx.user(manager, Action::OwnSession).await?.member();
    tx.close().await?;
    let ctx = Ctx { actor: Actor::Staff(member), ..ctx.clone() };
    let mut tx = app.db.begin(&ctx).await?;
    let found = tx.worker(user, Action::RegistrationCheck).await?;
    let checked = found.worker.check(&ctx, local_date(ctx.now));
    let changes = checked.map_err(|_: Refused| bad())?;
    tx.commit(changes).await?;
    Ok(())
}

async fn away(app: &App, ctx: &Ctx, users: &BTreeMap<&'static str, UserId>) -> Result<(), StoreError> {
    let today = local_date(ctx.now);
    for (who, since, more, cover) in AWAY {
        let (who, cover) = (named(who, users)?, named(cover, users)?);
        let mut tx = app.db.begin(ctx).await?;
        let found = tx.worker(who.user, Action::WorkerWrite).await?;
        if !found.absences.is_empty() {
            tx.close().await?;
            continue;
        }
        let (from, to) = (today.saturating_sub(since.days()), today.saturating_add(more.days()));
        let by = ctx.actor.author();
        let absence = Absence { id: ctx.new_id(), who, from, to, cover, by };
        let changes = absence.plan(ctx, &[]).map_err(|_| bad())?;
        tx.commit(changes).await?;
    }
    Ok(())
}
