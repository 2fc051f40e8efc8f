//! People whose request staff wrote down: some who sat in a café, some who rang. And requests that somebody has begun to write
//! down and not finished, as on any day.

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::change::Changes;
use onedoor_domain::door::{Answers, ForWhom, Origin, Question, SelfReferral, Way};
use onedoor_domain::entry::{Beginning, Channel, Entry, SafeToRing};
use onedoor_domain::ids::{EntryId, TeamId};
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Line, Phone, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::cast::Cast;
use super::journeys::{Journey, Kind};
use super::walk::written;
use super::{DemoError, people};
use crate::enter::unknown;
use crate::web::App;
use crate::words::Lang;

/// The journeys that some of these people go.
const JOURNEYS: [&str; 5] = ["new", "rung and open", "triaged, soon", "triaged, three days", "in care"];

/// Every third person of those journeys, and never the ones for whom somebody else asked.
const EVERY: u32 = 3;

/// One that nobody has finished.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Unfinished {
    by: String,
    channel: Channel,
    minutes: i64,
    callback: Option<Phone>,
    safe_to_ring: SafeToRing,
    place: Option<Text>,
    called: Option<Line>,
    why: Option<Text>,
}

/// Whoever wrote it down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scribe {
    key: &'static str,
    channel: Channel,
}

const HOST: Scribe = Scribe { key: "harbour-host", channel: Channel::Cafe };
const DESK: Scribe = Scribe { key: "administrator", channel: Channel::Phone };

/// Who wrote it down, where somebody did.
pub(super) fn by(journey: &Journey, person: u32, sent: &SelfReferral) -> Option<Scribe> {
    let is_own = matches!(sent.origin, Origin::Own);
    let is_one = JOURNEYS.contains(&journey.name) && person % EVERY == 1 && is_own;
    is_one.then_some(if journey.kind == Kind::Danger { HOST } else { DESK })
}

/// The first team of a member of staff.
fn team(actor: &Actor) -> Result<TeamId, DemoError> {
    let team = actor.staff().and_then(|staff| staff.teams.first().copied());
    team.ok_or(DemoError::NotADemonstration)
}

/// What they were asked and answered.
fn answers(sent: &SelfReferral) -> Answers {
    let identity = sent.identity.clone();
    Answers {
        for_whom: Some(ForWhom::Me),
        age: identity.age,
        called: Some(identity.called),
        contact: Some(sent.contact.clone()),
        why_now: sent.why_now.clone(),
        dangers: Some(sent.dangers.clone()),
        permissions: Some(sent.permissions.clone()),
        full_name: identity.full_name,
        born_on: identity.born_on,
        nhs_number: identity.nhs_number,
        gp_practice: identity.gp_practice,
        postcode: identity.postcode,
        ..Answers::default()
    }
}

fn refused(why: Refused) -> DemoError {
    DemoError::step("entered", "write down", why)
}

/// Writes a person's request down and hands it over.
pub(super) async fn enter(
    app: &App,
    cast: &Cast,
    (person, scribe): (u32, Scribe),
    sent: &SelfReferral,
    at: Timestamp,
) -> Result<Referral, DemoError> {
    let actor = cast.actor(scribe.key)?;
    let ctx = Ctx { now: at, ..app.ctx(cast.tenant, actor.clone()) };
    let callback = match &sent.contact.way {
        Way::Call { phone, .. } | Way::Text { phone } => Some(phone.clone()),
        Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
    };
    let first = Beginning { callback, safe_to_ring: SafeToRing::Yes, channel: scribe.channel, place: None };
    let id = EntryId(ctx.new_id());
    begin(app, &ctx, id, first).await?;
    let words = unknown(Lang::default(), scribe.channel).map_err(|_| refused(Refused::NoSuchPart))?;
    let save = |entry: Entry| entry.save(&ctx, (Question::WhyNow, answers(sent)), (None, &words));
    step(app, &ctx, id, save).await?;
    let home = (&*cast.county, cast.spoa);
    let reference = people::reference(person, false);
    let urgent = !sent.dangers.is_empty();
    let mut changes = None;
    if urgent {
        changes =
            Some(step(app, &ctx, id, |entry| entry.danger_now(&ctx, &words, reference.clone(), home)).await?);
    }
    let finished = step(app, &ctx, id, |entry| entry.finish(&ctx, &words, reference.clone(), home)).await?;
    let known = changes.as_ref().and_then(written).or_else(|| written(&finished));
    known.ok_or_else(|| refused(Refused::NoSuchPart))
}

async fn begin(app: &App, ctx: &Ctx, id: EntryId, first: Beginning) -> Result<bool, DemoError> {
    let team = team(&ctx.actor)?;
    let mut tx = app.db.begin(ctx).await?;
    if tx.entry_or_new(id, team).await?.is_some() {
        tx.close().await?;
        return Ok(false);
    }
    tx.commit(Entry::begin(ctx, id, team, first).keep(ctx)).await?;
    Ok(true)
}

async fn step(
    app: &App,
    ctx: &Ctx,
    id: EntryId,
    change: impl FnOnce(Entry) -> Result<Changes, Refused>,
) -> Result<Changes, DemoError> {
    let mut tx = app.db.begin(ctx).await?;
    let changes = change(tx.entry(id).await?).map_err(refused)?;
    tx.commit(changes.clone()).await?;
    Ok(changes)
}

/// The ones that nobody has finished, once.
pub(super) async fn unfinished(app: &App, cast: &Cast, now: Timestamp) -> Result<(), DemoError> {
    for (place, one) in cast.book.unfinished.iter().enumerate() {
        let key = if one.by == HOST.key { HOST.key } else { DESK.key };
        let at = now.checked_sub(SignedDuration::from_mins(one.minutes)).unwrap_or(now);
        let ctx = Ctx { now: at, ..app.ctx(cast.tenant, cast.actor(key)?.clone()) };
        let first = Beginning {
            callback: one.callback.clone(),
            safe_to_ring: one.safe_to_ring,
            channel: one.channel,
            place: one.place.clone(),
        };
        let mark = crate::web::gate::hash(format!("demonstration entry {place}").as_bytes());
        let id = EntryId(Uuid::from_u128(
            mark.iter().take(16).fold(0, |sum, byte| (sum << 8) | u128::from(*byte)),
        ));
        if !begin(app, &ctx, id, first).await? || (one.called.is_none() && one.why.is_none()) {
            continue;
        }
        let words = unknown(Lang::default(), one.channel).map_err(|_| refused(Refused::NoSuchPart))?;
        let said = Answers {
            for_whom: Some(ForWhom::Me),
            called: one.called.clone(),
            why_now: one.why.clone(),
            ..Answers::default()
        };
        step(app, &ctx, id, |entry| entry.save(&ctx, (Question::WhyNow, said), (None, &words))).await?;
    }
    Ok(())
}
