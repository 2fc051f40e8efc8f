//! What each act of a journey is: the transition, the one who may take it, the words that go with it.

use jiff::ToSpan as _;
use onedoor_domain::actor::{Actor, Ctx};
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::EventKind;
use onedoor_domain::door::{Need, Way};
use onedoor_domain::episode::Mode;
use onedoor_domain::ids::TeamId;
use onedoor_domain::matching::{Chosen, Edition, Weighing};
use onedoor_domain::referral::{
    Acceptance, Advice, AdviceBasis, Category, Children, Choice, ContactMade, FollowUp, Heard, Referral,
    TriageForm, Withdrawal,
};
use onedoor_domain::refused::Refused;
use onedoor_domain::task::TaskKind;
use onedoor_domain::unmet::{NeedsMet, Occasion, Wish};
use onedoor_domain::value::Text;
use onedoor_domain::worker::Candidate;

use super::DemoError;
use super::handed::{CAFE, PARTNER};
use super::journeys::{Act, Kind, is_first};
use super::stories::Phrases;
use super::walk::{Walk, receive};
use super::workers;

impl Walk {
    /// Does it, now.
    pub(super) async fn act(&mut self, act: Act) -> Result<(), DemoError> {
        match act {
            Act::Acknowledge => {
                let who = self.cast.on_duty(self.at)?.clone();
                self.change(&who, EventKind::DutyAcknowledged, Referral::acknowledge_page).await
            }
            Act::Open => {
                let who = self.senior()?;
                self.change(&who, EventKind::ScreeningStarted, Referral::open).await
            }
            Act::Triage(category) => self.triage(category, false).await,
            Act::TriageChildren(category) => self.triage(category, true).await,
            Act::Try => self.contact(false).await,
            Act::Reach => self.contact(true).await,
            Act::Accept => self.accept().await,
            Act::Advise => self.advise().await,
            Act::Withdraw => self.withdraw().await,
            Act::Again => Box::pin(self.again()).await,
            Act::Die => self.die().await,
            Act::Allocate => self.allocate().await,
            Act::Better | Act::NotBetter | Act::NoAnswer => self.follow_up(act).await,
            Act::Tell | Act::TellPerson | Act::Spool | Act::Fail | Act::Print | Act::Except => {
                self.notices(act).await
            }
            Act::Explain => self.explain().await,
            Act::ChildrenDone => self.children_done().await,
            Act::HandOver => self.hand_over(PARTNER).await,
            Act::HandOverNear => self.hand_over(if is_first(self.person) { PARTNER } else { CAFE }).await,
            Act::TakeOver | Act::Cannot | Act::Introduce | Act::Meet => self.partner(act).await,
            Act::Enquire => self.enquire().await,
            Act::GpRead => self.gp_read().await,
            Act::OnceMore => self.once_more().await,
        }
    }

    /// One of the two seniors, the same one for the same person.
    pub(super) fn senior(&self) -> Result<Actor, DemoError> {
        let key = if self.person.is_multiple_of(2) { "senior-nurse" } else { "senior-social-worker" };
        self.cast.actor(key).cloned()
    }

    /// One of the sentences for this.
    pub(super) fn phrase(&mut self, of: impl Fn(&Phrases) -> &[Text]) -> Result<Text, DemoError> {
        let cast = self.cast.clone();
        let nothing = || DemoError::step(self.journey.name, "phrase", Refused::ReasonNeeded);
        let found = self.chance.pick(of(&cast.book.phrases)).cloned();
        found.ok_or_else(nothing)
    }

    async fn triage(&mut self, category: Category, urgent: bool) -> Result<(), DemoError> {
        let who = self.senior()?;
        let emergency =
            if category == Category::A { Some(self.phrase(|phrases| &phrases.emergency)?) } else { None };
        let children = match (&self.story.children, urgent) {
            (Some(about), true) => Children::Urgent { about: about.clone() },
            (Some(about), false) => Children::NoConcern { about: about.clone() },
            (None, _) => Children::None,
        };
        let (narrative, safety) = (self.story.narrative.clone(), self.story.safety.clone());
        let competence = None;
        let form = TriageForm { category, narrative, safety, children, emergency, competence };
        let cast = self.cast.clone();
        self.change(&who, EventKind::Triaged, |referral, ctx| referral.triage(ctx, form, &cast.county)).await
    }

    /// Before a decision the duty person or a senior; after it the team's worker.
    async fn contact(&mut self, reached: bool) -> Result<(), DemoError> {
        let cast = self.cast.clone();
        let urgent = matches!(self.journey.kind, Kind::Danger | Kind::CallMe);
        let who = if self.known.episode().is_some() {
            cast.actor(cast.team(&self.story.team)?.1)?.clone()
        } else if urgent {
            cast.on_duty(self.at)?.clone()
        } else {
            self.senior()?
        };
        let (by, next) = match (&self.sent.contact.way, reached) {
            (Way::Call { .. }, true) => (Mode::Phone, self.phrase(|phrases| &phrases.rang)?),
            (Way::Text { .. } | Way::Email { .. }, true) if self.chance.one_in(2) => {
                (Mode::Written, self.phrase(|phrases| &phrases.wrote)?)
            }
            (Way::Text { .. } | Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. }, true) => {
                (Mode::FaceToFace, self.phrase(|phrases| &phrases.met)?)
            }
            (_, false) => (Mode::Phone, self.phrase(|phrases| &phrases.attempted)?),
        };
        let needs = self.had_what_they_asked_for(by, reached)?;
        let made = ContactMade { at: self.at, mode: by, reached, next, needs, heard: Heard::default() };
        self.change(&who, EventKind::ContactRecorded, |referral, ctx| referral.record_contact(ctx, made))
            .await
    }

    /// Somebody rung who did not choose calls was rung for a reason; everything else they asked for was there.
    fn had_what_they_asked_for(&mut self, mode: Mode, reached: bool) -> Result<Option<NeedsMet>, DemoError> {
        let wishes = self.known.unmet(Occasion::Contact { mode, reached });
        let rung = |wish: &Wish| matches!(wish, Wish::SafeWay | Wish::Need(Need::NoPhoneCalls));
        if wishes.iter().any(rung) {
            return Ok(Some(NeedsMet::NotMet { why: self.phrase(|phrases| &phrases.rang_all_the_same)? }));
        }
        Ok((!wishes.is_empty()).then_some(NeedsMet::Met))
    }

    async fn accept(&mut self) -> Result<(), DemoError> {
        let who = self.senior()?;
        let cast = self.cast.clone();
        let (team, worker) = cast.team(&self.story.team)?;
        let (_, contact_name) = cast.named(worker)?;
        let days = if self.journey.kind == Kind::Danger { 1 } else { self.chance.between(3, 9) };
        let next_on = local_date(self.at).saturating_add(days.days());
        let next_step = self.story.next_step.clone();
        let acceptance = Acceptance { team: team.clone(), contact_name, next_step, next_on };
        let chosen = Some(acceptance.team.id);
        self.change(&who, EventKind::Accepted, |referral, ctx| {
            weighed(referral, ctx, (EventKind::Accepted, chosen), &cast.rules)?.accept(
                ctx,
                acceptance,
                &cast.county,
            )
        })
        .await
    }

    async fn advise(&mut self) -> Result<(), DemoError> {
        let who = self.senior()?;
        let (Some(advice), Some(options)) = (self.story.advice.clone(), self.story.options.clone()) else {
            return Err(DemoError::step(self.journey.name, "advise", Refused::ReasonNeeded));
        };
        let basis = if self.chance.one_in(2) {
            AdviceBasis::PersonsWish { said: self.phrase(|phrases| &phrases.wish)? }
        } else {
            AdviceBasis::NoTeamNeeded { why: self.phrase(|phrases| &phrases.no_team)? }
        };
        let cast = self.cast.clone();
        let days = i64::from(cast.county.follow_up_days).days();
        let follow_up_on = local_date(self.at).saturating_add(days);
        let given = Advice { advice, options, services: Vec::new(), basis, follow_up_on };
        self.change(&who, EventKind::Advised, |referral, ctx| {
            weighed(referral, ctx, (EventKind::Advised, None), &cast.rules)?.advise(ctx, given, &cast.county)
        })
        .await
    }

    async fn withdraw(&mut self) -> Result<(), DemoError> {
        let who = self.senior()?;
        let why = if self.chance.one_in(4) { None } else { Some(self.phrase(|phrases| &phrases.withdrew)?) };
        let withdrawal = Withdrawal { why, safety: self.phrase(|phrases| &phrases.withdrew_safety)? };
        let cast = self.cast.clone();
        self.change(&who, EventKind::Withdrawn, |referral, ctx| {
            referral.withdraw(ctx, withdrawal, &cast.county)
        })
        .await
    }

    /// The same person writes again; a senior sees that it is the same and joins the two.
    async fn again(&mut self) -> Result<(), DemoError> {
        let first = self.known.clone();
        let who = self.senior()?;
        let cast = self.cast.clone();
        let second = receive(&self.app, &cast, (self.person, true), self.sent.clone(), self.at).await?;
        let id = second.id();
        self.at =
            self.at.saturating_add(jiff::SignedDuration::from_mins(25)).unwrap_or(self.at).min(self.now);
        self.change_of(id, &who, EventKind::ScreeningStarted, Referral::open).await?;
        self.change_of(id, &who, EventKind::DuplicateLinked, |referral, ctx| {
            referral.link_duplicate(ctx, &first, &cast.county)
        })
        .await?;
        self.notices(Act::Tell).await?;
        self.known = first;
        Ok(())
    }

    async fn die(&mut self) -> Result<(), DemoError> {
        let who = self.senior()?;
        let source = self.phrase(|phrases| &phrases.death)?;
        self.change(&who, EventKind::Died, |referral, ctx| referral.record_death(ctx, source)).await
    }

    /// The team's manager names the worker; the council's team names its own.
    async fn allocate(&mut self) -> Result<(), DemoError> {
        let cast = self.cast.clone();
        let worker = cast.team(&self.story.team)?.1;
        let (user, name) = cast.named(worker)?;
        let manager = if self.story.team == "south" { worker } else { "team-manager" };
        let who = cast.actor(manager)?;
        let own = workers::profile(worker, &cast.users())?;
        let role = workers::profession(worker);
        let (caseload, away) = (0, None);
        let worker = Candidate { user, name, role, profile: own, caseload, away, before: false };
        // Whoever names somebody against a wish says why.
        let why = Some(self.phrase(|phrases| &phrases.chosen)?);
        let choice = Choice { worker, why };
        self.change(who, EventKind::Allocated, |referral, ctx| referral.allocate(ctx, choice, &cast.county))
            .await
    }

    async fn follow_up(&mut self, act: Act) -> Result<(), DemoError> {
        let outcome = match act {
            Act::Better => FollowUp::Better { said: self.phrase(|phrases| &phrases.better)? },
            Act::NoAnswer => FollowUp::NoAnswer { tried: self.phrase(|phrases| &phrases.no_answer)? },
            _ => FollowUp::NotBetter { said: self.phrase(|phrases| &phrases.not_better)? },
        };
        let cast = self.cast.clone();
        let who = cast.actor("administrator")?;
        self.change(who, EventKind::FollowedUp, |referral, ctx| {
            referral.follow_up(ctx, outcome, &cast.county)
        })
        .await
    }

    async fn explain(&mut self) -> Result<(), DemoError> {
        let now = self.at;
        let late = self.known.clocks().iter().filter(|clock| clock.is_breached(now)).map(|clock| clock.id);
        for id in late.collect::<Vec<_>>() {
            let why = self.phrase(|phrases| &phrases.late)?;
            let cast = self.cast.clone();
            let who = cast.actor("team-manager")?;
            self.change(who, EventKind::BreachExplained, |referral, ctx| {
                referral.explain_breach(ctx, id, why)
            })
            .await?;
        }
        Ok(())
    }

    async fn children_done(&mut self) -> Result<(), DemoError> {
        let who = self.senior()?;
        let why = self.phrase(|phrases| &phrases.children_done)?;
        let open = |task: &&onedoor_domain::change::Tracked<onedoor_domain::task::Task>| {
            task.kind == TaskKind::ChildrenUrgent && task.is_open()
        };
        let Some(id) = self.known.tasks().iter().find(open).map(|task| task.id) else { return Ok(()) };
        self.change(&who, EventKind::TaskEnded, |referral, ctx| referral.end_task(ctx, id, why)).await
    }
}

/// A senior of the demonstration goes the way of the first suggestion, where there is one.
pub(super) fn weighed(
    referral: Referral,
    ctx: &Ctx,
    (step, team): (EventKind, Option<TeamId>),
    rules: &Edition,
) -> Result<Referral, Refused> {
    let known = referral.matching(rules, ctx.now);
    let shown = known.suggested.suggestions;
    let first = shown.first().map(|one| Chosen::Follows { rule: one.rule.clone() });
    let chosen = first.unwrap_or(Chosen::NothingSuggested);
    referral.weigh(ctx, step, Weighing { edition: known.edition, shown, chosen, team })
}
