//! Walks one person through a journey: every step is a transaction of its own, by the one who may take it, at its own
//! time, through the same seam and the same transitions as in real life. Must not write anything in another way.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::calendar::{local, local_date, start_of_day};
use onedoor_domain::change::{Changes, EventKind, Write};
use onedoor_domain::door::SelfReferral;
use onedoor_domain::duty::{Call, Channel, Page, PageWork, Rang};
use onedoor_domain::ids::{DraftId, ReferralId};
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;
use onedoor_store::{StoreError, to_stored};

use super::cast::Cast;
use super::chance::Chance;
use super::journeys::{Age, Journey, Kind};
use super::{DemoError, behalf, entered, people};
use crate::web::App;

/// One person on their way.
pub(super) struct Walk {
    pub(super) app: App,
    pub(super) cast: Arc<Cast>,
    pub(super) person: u32,
    pub(super) journey: &'static Journey,
    pub(super) story: super::stories::Story,
    pub(super) chance: Chance,
    /// What they sent.
    pub(super) sent: SelfReferral,
    /// The moment of the step that is taken.
    pub(super) at: Timestamp,
    /// The present: no step is taken after it.
    pub(super) now: Timestamp,
    /// The request, as last stored.
    pub(super) known: Referral,
}

/// Makes one person and walks as far as the present allows.
pub(super) async fn walk(app: App, cast: Arc<Cast>, person: u32, now: Timestamp) -> Result<(), DemoError> {
    let journey = super::journeys::of(person);
    let mut chance = Chance::of(person);
    let at = asked_at(&cast, journey, now, &mut chance);
    let nothing = || DemoError::step(journey.name, "story", Refused::NoSuchPart);
    let story = people::story(&cast.book, journey, &mut chance).ok_or_else(nothing)?.clone();
    let who = (person, local_date(at));
    let sent = people::request(who, &cast.book.phrases, journey, &story, &mut chance).ok_or_else(nothing)?;
    let theirs = behalf::instead(&cast.book, journey, person, &sent);
    let (story, sent) = theirs.unwrap_or((story, sent));
    let known = match entered::by(journey, person, &sent) {
        Some(scribe) => entered::enter(&app, &cast, (person, scribe), &sent, at).await?,
        None => receive(&app, &cast, (person, false), sent.clone(), at).await?,
    };
    let mut walk = Walk { app, cast, person, journey, story, chance, sent, at, now, known };
    for (minutes, act) in journey.steps {
        let jitter = walk.chance.between(-minutes / 5, minutes / 5);
        let at = walk.later(minutes + jitter);
        if at > now {
            break;
        }
        walk.catch_up(at).await?;
        walk.at = at;
        walk.act(*act).await?;
    }
    walk.catch_up(now).await?;
    walk.purge().await
}

/// Sends a request, as a visitor of the public pages.
pub(super) async fn receive(
    app: &App,
    cast: &Cast,
    (person, second): (u32, bool),
    sent: SelfReferral,
    at: Timestamp,
) -> Result<Referral, DemoError> {
    let visitor = visitor(person);
    let ctx = Ctx { now: at, ..app.ctx(cast.tenant, Actor::Public(Some(visitor))) };
    let mut tx = app.db.begin(&ctx).await?;
    let draft = tx.draft_or_new(ctx.new_id::<DraftId>(), visitor).await?;
    let reference = people::reference(person, second);
    let arrival = Referral::receive(&ctx, draft, sent, reference, (&cast.county, cast.spoa))
        .map_err(|why| DemoError::step("receive", "receive", why))?;
    let known = written(&arrival.changes)
        .ok_or_else(|| DemoError::step("receive", "receive", Refused::NoSuchPart))?;
    tx.commit(arrival.changes).await?;
    Ok(known)
}

/// The key of a browser that nobody has.
fn visitor(person: u32) -> [u8; 32] {
    crate::web::gate::hash(format!("demonstration {person}").as_bytes())
}

/// When help was asked for: more often by day and in the evening than at night.
fn asked_at(cast: &Cast, journey: &Journey, now: Timestamp, chance: &mut Chance) -> Timestamp {
    let back = |minutes| now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(now);
    let night = cast.open_night(now);
    let (least, most) = match (journey.age, night) {
        (Age::Ago(least, most), _) => (least, most),
        (Age::OpenNight, Some((_, end))) => {
            return end.checked_sub(SignedDuration::from_mins(20)).unwrap_or(end);
        }
        (Age::OpenNight, None) => (9 * 24 * 60, 9 * 24 * 60),
    };
    let mut at = back(chance.between(least, most));
    if most - least >= 2 * 24 * 60 && local(at).hour() < 8 && !chance.one_in(4) {
        let evening = SignedDuration::from_mins(chance.between(9 * 60, 23 * 60));
        at = start_of_day(local_date(at)).saturating_add(evening).unwrap_or(at).min(back(least));
    }
    if night.is_some_and(|(from, to)| from <= at && at < to) {
        // Only that journey is about the night in which nobody would have answered.
        at = at.checked_sub(SignedDuration::from_hours(12)).unwrap_or(at);
    }
    to_stored(at)
}

/// The request a change set stores.
pub(super) fn written(changes: &Changes) -> Option<Referral> {
    changes.writes().iter().find_map(|write| {
        if let Write::Referral(referral) = write { Some(Referral::clone(referral)) } else { None }
    })
}

impl Walk {
    /// So many minutes later. What is not urgent waits for the morning.
    fn later(&self, minutes: i64) -> Timestamp {
        let at = self.at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(self.now);
        if matches!(self.journey.kind, Kind::Danger | Kind::CallMe) {
            return at;
        }
        let today = local_date(at);
        let morning =
            |day| start_of_day(day).saturating_add(SignedDuration::from_mins(9 * 60 + minutes % 50));
        match local(at).hour() {
            ..9 => morning(today).unwrap_or(at).max(self.at),
            9..18 => at,
            _ => morning(today.tomorrow().unwrap_or(today)).unwrap_or(at),
        }
    }

    /// One change of the request, by somebody, now.
    pub(super) async fn change(
        &mut self,
        who: &Actor,
        kind: EventKind,
        change: impl FnOnce(Referral, &Ctx) -> Result<Changes, Refused>,
    ) -> Result<(), DemoError> {
        self.change_of(self.known.id(), who, kind, change).await
    }

    /// One change of this person's first or second request.
    pub(super) async fn change_of(
        &mut self,
        id: ReferralId,
        who: &Actor,
        kind: EventKind,
        change: impl FnOnce(Referral, &Ctx) -> Result<Changes, Refused>,
    ) -> Result<(), DemoError> {
        let ctx = Ctx { now: self.at, ..self.app.ctx(self.cast.tenant, who.clone()) };
        let mut tx = self.app.db.begin(&ctx).await?;
        let referral = tx.referral(id, kind.action()).await?;
        let changes = change(referral, &ctx)
            .map_err(|why| DemoError::step(self.journey.name, &format!("{kind:?}"), why))?;
        if let Some(known) = written(&changes) {
            self.known = known;
        }
        tx.commit(changes).await?;
        // Nobody does two things in the same moment.
        self.at = self.at.saturating_add(SignedDuration::from_secs(20)).unwrap_or(self.at).min(self.now);
        Ok(())
    }

    /// What the program itself did meanwhile: pages and overdue tasks that went up.
    pub(super) async fn catch_up(&mut self, until: Timestamp) -> Result<(), DemoError> {
        let worker = Actor::System(SystemScope::Worker);
        loop {
            let page = self.known.page().and_then(|page| page.wakes_at()).map(|at| (at, None));
            let tasks =
                self.known.tasks().iter().filter_map(|task| Some((task.escalates_at()?, Some(task.id))));
            let next = page.into_iter().chain(tasks).min_by_key(|(at, _)| *at);
            let Some((due, task)) = next else { return Ok(()) };
            let at = due.saturating_add(SignedDuration::from_secs(1)).unwrap_or(due);
            if at >= until {
                return Ok(());
            }
            self.at = at;
            match task {
                None => self.page_on().await?,
                Some(id) => {
                    self.change(&worker, EventKind::TaskEscalated, |referral, ctx| {
                        referral.escalate_task(ctx, id)
                    })
                    .await?;
                }
            }
        }
    }

    /// Rings the rung that the page is at, or goes one up. Nobody was rung: it says so.
    async fn page_on(&mut self) -> Result<(), DemoError> {
        let worker = Actor::System(SystemScope::Worker);
        let cast = self.cast.clone();
        let Some(page) = self.known.page().map(|page| Page::clone(page)) else { return Ok(()) };
        match page.work(self.at) {
            None => Ok(()),
            Some(PageWork::Climb) => {
                let climb = |referral: Referral, ctx: &Ctx| referral.escalate_page(ctx, &cast.county);
                self.change(&worker, EventKind::DutyEscalated, climb).await
            }
            Some(PageWork::Ring) => {
                let rung = *page.paged_now();
                let file = format!("demonstration-{}.txt", page.id);
                let file = file.parse().map_err(|_| StoreError::Unreadable("demonstration text"))?;
                let call = Call::new(rung, cast.rung(rung), Channel::Note, self.at, Rang::Spooled { file });
                let record = |referral: Referral, ctx: &Ctx| referral.record_page_calls(ctx, vec![call]);
                self.change(&worker, EventKind::DutyRung, record).await
            }
        }
    }

    /// A sent draft is kept for thirty days, then only its event remains.
    async fn purge(&self) -> Result<(), DemoError> {
        let ctx = Ctx { now: self.now, ..self.app.system(self.cast.tenant, SystemScope::Worker) };
        let id = DraftId(self.known.id().into());
        let kept = SignedDuration::from_hours(24 * onedoor_domain::door::DRAFT_DAYS);
        let has_draft = entered::by(self.journey, self.person, &self.sent).is_none();
        if !has_draft || self.now.duration_since(self.known.received_at()) <= kept {
            return Ok(());
        }
        let mut tx = self.app.db.begin(&ctx).await?;
        let draft = tx.draft(id, EventKind::DraftPurged.action()).await?;
        let changes = draft.purge(&ctx).map_err(|why| DemoError::step(self.journey.name, "purge", why))?;
        tx.commit(changes).await?;
        Ok(())
    }
}
