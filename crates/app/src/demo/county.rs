//! The fictional county of Ashmere: organisations, teams, hours, rota, crisis numbers, accounts.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use onedoor_domain::actor::{Ctx, SystemScope};
use onedoor_domain::agreement::{Agreement, Signature, Terms};
use onedoor_domain::calendar::{local_date, start_of_day};
use onedoor_domain::county::{County, CrisisNumber, CrisisPlace, Procedure};
use onedoor_domain::directory::near;
use onedoor_domain::duty::{HolidayRule, Hours, Opening, Rota, Shift};
use onedoor_domain::ids::{OrgId, TeamId, TenantId, UserId};
use onedoor_domain::team::{NewUser, Org, OrgKind, Team, TeamKind, User};
use onedoor_domain::value::{Email, Line};
use onedoor_store::migrate::make_tenant;
use onedoor_store::{StoreError, Tx};

use super::personas::{PERSONAS, Persona};
use super::workers;
use crate::web::App;
use crate::web::app::random;

/// The demonstration's county, by the keys personas use.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The tenant.
    pub tenant: TenantId,
    /// Teams.
    pub teams: BTreeMap<&'static str, TeamId>,
    /// Accounts.
    pub users: BTreeMap<&'static str, UserId>,
}

const ORGS: [(&str, &str, OrgKind); 4] = [
    ("trust", "Ashmere Partnership Trust", OrgKind::Trust),
    ("council", "Ashmere County Council", OrgKind::Council),
    ("lantern", "Lantern Community Support", OrgKind::Voluntary),
    ("practice", "Millbrook Surgery", OrgKind::GpPractice),
];

/// Key, organisation, name, whether it takes referrals.
const TEAMS: [(&str, &str, &str, bool); 8] = [
    ("spoa", "trust", "Single Point of Access", false),
    ("crisis", "trust", "Crisis and Home Treatment Team", true),
    ("north", "trust", "North Ashmere Community Team", true),
    ("south", "council", "South Ashmere Community Team", true),
    ("young", "trust", "Ashmere Young People’s Team", true),
    ("lantern", "lantern", "Lantern Early Help", true),
    ("harbour-cafe", "lantern", "Harbour Crisis Café", true),
    ("orchard-cafe", "lantern", "Orchard Crisis Café", true),
];

/// Two shifts a day, for so many days from the first start.
const ROTA_DAYS: i64 = 60;

/// A text of ours that is known to be good.
fn line(text: &str) -> Result<Line, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("demonstration text"))
}

/// Finds the demonstration's county, if it was made before.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn find(app: &App) -> Result<Option<Demo>, StoreError> {
    let tenant = match app.db.tenant_of("").await {
        Ok(tenant) => tenant,
        Err(StoreError::Hidden) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut tx = app.db.begin(&app.system(tenant, SystemScope::Command)).await?;
    let names: BTreeMap<String, TeamId> =
        tx.teams().await?.iter().map(|team| (team.name.to_string(), team.id)).collect();
    let teams = TEAMS.iter().filter_map(|(key, _, name, _)| names.get(*name).map(|id| (*key, *id))).collect();
    let mut users = BTreeMap::new();
    for persona in &PERSONAS {
        if let Some(user) = tx.user_to_sign_in(&email(persona)?).await? {
            users.insert(persona.key, user.id);
        }
    }
    // The settings are written last: a county without them was interrupted.
    let whole = users.len() == PERSONAS.len() && tx.county().await.is_ok();
    tx.close().await?;
    Ok(whole.then_some(Demo { tenant, teams, users }))
}

/// Makes the county, or the rest of one whose making was interrupted.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn county(app: &App) -> Result<Demo, StoreError> {
    let tenant = match app.db.tenant_of("").await {
        Ok(tenant) => tenant,
        Err(StoreError::Hidden) => {
            let tenant: TenantId = crate::web::app::new_id().into();
            make_tenant(&app.db, &app.system(tenant, SystemScope::Command), None).await?;
            tenant
        }
        Err(error) => return Err(error),
    };
    let ctx = app.system(tenant, SystemScope::Command);
    let (orgs, teams) = places(app, &ctx).await?;
    let mut users = BTreeMap::new();
    for persona in &PERSONAS {
        let mut tx = app.db.begin(&ctx).await?;
        let known = tx.user_to_sign_in(&email(persona)?).await?.map(|user| (user.id, user.is_active()));
        let (id, opened) = known.unwrap_or_else(|| (ctx.new_id(), false));
        if known.is_none() {
            invite(tx, &ctx, id, persona, (&orgs, &teams)).await?;
        }
        if !opened {
            open(app.db.begin(&ctx).await?, &ctx, id).await?;
        }
        users.insert(persona.key, id);
    }
    agreement(app, &ctx, &orgs, &teams).await?;
    workers::profiles(app, &ctx, &users).await?;
    settings(app, &ctx, &teams, &users).await?;
    Ok(Demo { tenant, teams, users })
}

/// What the teams are, as the national data set counts them.
fn kind_of(key: &str) -> Option<TeamKind> {
    match key {
        "spoa" => Some(TeamKind::A18),
        "crisis" => Some(TeamKind::A02),
        "north" | "south" => Some(TeamKind::A06),
        "harbour-cafe" | "orchard-cafe" => Some(TeamKind::A21),
        _ => None,
    }
}

type Places = (BTreeMap<&'static str, OrgId>, BTreeMap<&'static str, TeamId>);

async fn places(app: &App, ctx: &Ctx) -> Result<Places, StoreError> {
    let mut orgs = BTreeMap::new();
    let mut teams = BTreeMap::new();
    let mut changes = Vec::new();
    let mut tx = app.db.begin(ctx).await?;
    let (known_orgs, known_teams) = (tx.orgs().await?, tx.teams().await?);
    for (key, name, kind) in ORGS {
        if let Some(org) = known_orgs.iter().find(|org| org.name.as_str() == name) {
            orgs.insert(key, org.id);
            continue;
        }
        let org = Org { id: ctx.new_id(), name: line(name)?, kind, words: None, words_set: None };
        orgs.insert(key, org.id);
        changes.push(org.put(ctx));
    }
    for (key, org, name, accepts) in TEAMS {
        let Some(org) = orgs.get(org).copied() else { continue };
        if let Some(team) = known_teams.iter().find(|team| team.name.as_str() == name) {
            teams.insert(key, team.id);
            continue;
        }
        let team = Team {
            id: ctx.new_id(),
            org,
            name: line(name)?,
            accepts,
            active: true,
            kind: kind_of(key),
            deputy: None,
        };
        teams.insert(key, team.id);
        changes.push(team.put(ctx));
    }
    let all = changes.into_iter().reduce(onedoor_domain::change::Changes::and);
    if let Some(all) = all {
        tx.commit(all).await?;
    }
    Ok((orgs, teams))
}

/// What the voluntary partner and the county agreed on: it ends in some weeks, so that somebody has to renew it.
async fn agreement(
    app: &App,
    ctx: &Ctx,
    orgs: &BTreeMap<&'static str, OrgId>,
    teams: &BTreeMap<&'static str, TeamId>,
) -> Result<(), StoreError> {
    let bad = || StoreError::Unreadable("demonstration agreement");
    let (Some(org), Some(owner)) = (orgs.get("lantern").copied(), teams.get("south").copied()) else {
        return Ok(());
    };
    let mut tx = app.db.begin(ctx).await?;
    if tx.agreements().await?.iter().any(|it| it.org == org) {
        tx.close().await?;
        return Ok(());
    }
    let today = local_date(ctx.now);
    let day = |days: i64| today.saturating_add(days.days());
    let signed = |name, role| Ok::<_, StoreError>(Signature { name: line(name)?, role: line(role)? });
    let takes = "Adults who want company, practical help, groups, or a calm place in the evening.";
    let sees = "What the person told us, how to reach them, what they need, and what is known about safety in words.";
    let agreed = Terms {
        takes: takes.parse().map_err(|_| bad())?,
        sees: sees.parse().map_err(|_| bad())?,
        from: day(-320),
        until: day(45),
        review_on: day(24),
        reviewed_by: line("Dr Amir Sandhu, Caldicott guardian")?,
        signed_here: signed("Ruth Levene", "Service manager")?,
        signed_there: signed("Wren Halloran", "Director of Lantern Community Support")?,
        owner,
    };
    let written = Agreement::write(ctx, (ctx.new_id(), org), agreed, &[]).map_err(|_| bad())?;
    tx.commit(written).await?;
    Ok(())
}

fn email(persona: &Persona) -> Result<Email, StoreError> {
    persona.email().parse().map_err(|_| StoreError::Unreadable("demonstration e-mail"))
}

async fn invite(
    tx: Tx,
    ctx: &Ctx,
    id: UserId,
    persona: &Persona,
    (orgs, teams): (&BTreeMap<&'static str, OrgId>, &BTreeMap<&'static str, TeamId>),
) -> Result<(), StoreError> {
    let Some(org) = orgs.get(persona.org).copied() else { return Ok(()) };
    let new = NewUser {
        org,
        name: line(persona.name)?,
        email: email(persona)?,
        profession: Some(line(persona.profession)?),
        phone: None,
        roles: persona.roles.iter().copied().collect(),
        teams: persona.teams.iter().filter_map(|key| teams.get(key).copied()).collect(),
    };
    // Nobody holds this link: personas are picked, not invited.
    tx.commit(User::invite(ctx, id, new, random())).await?;
    Ok(())
}

/// Opens the account with a password that no one can type; the picker signs in without one, in demonstrations only.
async fn open(mut tx: Tx, ctx: &Ctx, id: UserId) -> Result<(), StoreError> {
    let user = tx.user(id, onedoor_domain::access::Action::OwnSession).await?;
    let changes = user
        .set_credentials(ctx, "!".to_owned(), Vec::new())
        .map_err(|_| StoreError::Unreadable("demonstration account"))?;
    tx.commit(changes).await?;
    Ok(())
}

async fn settings(
    app: &App,
    ctx: &Ctx,
    teams: &BTreeMap<&'static str, TeamId>,
    users: &BTreeMap<&'static str, UserId>,
) -> Result<(), StoreError> {
    let mut county = County::new(line("Ashmere")?);
    county.crisis = vec![CrisisNumber {
        label: line("Ashmere crisis line")?,
        number: line("01632 960 555")?,
        hours: line("24 hours a day, every day")?,
        reviewed_on: local_date(ctx.now),
        reviewed_by: line("Ruth Levene")?,
    }];
    county.places = crisis_places(ctx)?;
    county.procedures = procedures(ctx)?;
    // Invented places in the sea: nobody's street is shown.
    county.districts = [
        "AM1, 51.400, -4.600",
        "AM2, 51.420, -4.570",
        "AM4, 51.360, -4.520",
        "AM7, 51.480, -4.640",
        "AM9, 51.320, -4.660",
        "Ashmere, 51.400, -4.600",
        "Millbrook, 51.360, -4.520",
    ]
    .into_iter()
    .filter_map(near::read)
    .collect();
    county.hours = Hours::always();
    county.reply_number = "01632 960500".parse().ok();
    county.spoa_team = teams.get("spoa").copied();
    county.young_team = teams.get("young").copied();
    county.rota = Rota {
        shifts: shifts(ctx, users),
        fallback_team: teams.get("crisis").copied(),
        service_manager: users.get("service-manager").copied(),
    };
    app.db.begin(ctx).await?.commit(county.change(ctx, 0)).await?;
    Ok(())
}

/// Where three organisations of the demonstration keep what they have written down: nobody answers at these addresses.
fn procedures(ctx: &Ctx) -> Result<Vec<Procedure>, StoreError> {
    let all = [
        ("Ashmere NHS Trust", "Serious incidents: who to tell", "https://trust.ashmere.example/incidents"),
        (
            "Ashmere Safeguarding Adults Board",
            "Worried about an adult",
            "https://adults.ashmere.example/worried",
        ),
        ("Ashmere Council", "Worried about a child", "https://children.ashmere.example/worried"),
    ];
    let all = all.into_iter().map(|(organisation, title, link)| {
        Ok(Procedure {
            organisation: line(organisation)?,
            title: line(title)?,
            about: None,
            link: link.parse().map_err(|_| StoreError::Unreadable("demonstration address"))?,
            reviewed_on: local_date(ctx.now),
            reviewed_by: line("Ruth Levene")?,
        })
    });
    all.collect()
}

/// The two cafés of the demonstration and a line of the evening.
fn crisis_places(ctx: &Ctx) -> Result<Vec<CrisisPlace>, StoreError> {
    let opening = |open: i8, close: i8| -> Result<Opening, StoreError> {
        let at = |hour| Time::new(hour, 0, 0, 0).map_err(|_| StoreError::Unreadable("demonstration time"));
        Ok(Opening { open: at(open)?, close: at(close)? })
    };
    let every_day = |day: Opening| Hours {
        saturday: vec![day],
        sunday: vec![day],
        bank_holidays: HolidayRule::Same,
        ..Hours::weekdays(day)
    };
    let place = |name: &str, area: &str, about: &str, hours: Hours| -> Result<CrisisPlace, StoreError> {
        Ok(CrisisPlace {
            name: line(name)?,
            area: line(area)?,
            about: Some(line(about)?),
            address: None,
            phone: None,
            hours,
            reviewed_on: local_date(ctx.now),
            reviewed_by: line("Ruth Levene")?,
        })
    };
    let mut harbour = place(
        "Harbour Crisis Café",
        "North Ashmere",
        "For anybody from 16. You can walk in, and you do not need a letter.",
        every_day(opening(17, 23)?),
    )?;
    harbour.address = "Old Net Loft\nQuay Lane\nAshmere".parse().ok();
    harbour.phone = Some(line("01632 960 561")?);
    let mut orchard = place(
        "Orchard Crisis Café",
        "South Ashmere",
        "For anybody from 16. Families and carers can come too.",
        Hours { sunday: vec![opening(12, 20)?], ..Hours::weekdays(opening(10, 16)?) },
    )?;
    orchard.address = "3 Orchard Row\nMillbrook".parse().ok();
    orchard.phone = Some(line("01632 960 562")?);
    let mut listening = place(
        "Lantern listening line",
        "All of Ashmere",
        "Volunteers who have been through hard times themselves.",
        every_day(opening(19, 1)?),
    )?;
    listening.phone = Some(line("01632 960 563")?);
    Ok(vec![harbour, orchard, listening])
}

/// The rota begins so many days back, so that people who asked then were heard by somebody.
const ROTA_BACK: i64 = 45;
/// So many days ago one night was left open: the demonstration shows what a person is told then.
const OPEN_NIGHT: i64 = 9;

/// Eight in the morning in London, so many days from today.
fn eight(now: Timestamp, days: i64) -> Timestamp {
    let day = local_date(now).saturating_add(days.days());
    start_of_day(day).saturating_add(SignedDuration::from_hours(8)).unwrap_or(now)
}

/// The senior nurse by day, the crisis nurse by night, each the other's deputy.
fn shifts(ctx: &Ctx, users: &BTreeMap<&'static str, UserId>) -> Vec<Shift> {
    let (Some(nurse), Some(crisis)) = (users.get("senior-nurse"), users.get("crisis-nurse")) else {
        return Vec::new();
    };
    let half = SignedDuration::from_hours(12);
    let open = eight(ctx.now, -OPEN_NIGHT).saturating_add(half).unwrap_or(ctx.now);
    (-ROTA_BACK..ROTA_DAYS)
        .flat_map(|day| {
            let (morning, next) = (eight(ctx.now, day), eight(ctx.now, day + 1));
            let evening = morning.saturating_add(half).unwrap_or(next);
            [(morning, evening, *nurse, *crisis), (evening, next, *crisis, *nurse)]
        })
        .filter(|(from, ..)| *from != open)
        .map(|(from, to, duty, deputy)| Shift { id: ctx.new_id(), from, to, duty, deputy: Some(deputy) })
        .collect()
}
