//! The national waits: four weeks from the day help was asked for, and the hours of the crisis standards. All of them run
//! from when help was asked for, none is ever paused, and nothing but what they wait for stops them as reached (pathway
//! §6.1, §6.2, hazard H07).

use jiff::Timestamp;

use super::{Category, Outcome, Referral};
use crate::actor::Ctx;
use crate::calendar::local_date;
use crate::change::{Changes, EventKind};
use crate::clock::{Clock, ClockKind, StopWhy};
use crate::county::County;
use crate::door::{Age, Origin, ReferralSource, Standing};
use crate::episode::{Mode, Part, PartDone};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::team::Team;
use crate::value::Text;

impl Referral {
    /// The four weeks begin when help is asked for. Whoever is opened again waits on from the first day, not anew.
    pub(super) fn start_four_weeks(&mut self, ctx: &Ctx, county: &County) {
        if self.four_weeks().is_none() && self.decided().is_none() {
            let kind = if self.is_young() { ClockKind::FourWeekYoung } else { ClockKind::FourWeekAdult };
            self.start_clock(ctx, kind, self.head.received_at, county);
        }
    }

    /// Under 18 when help was asked for.
    pub(super) fn is_young(&self) -> bool {
        let age = self.person.identity.age_on(local_date(self.head.received_at));
        matches!(age, Some(Age::UnderSixteen | Age::SixteenSeventeen))
    }

    /// The four-week clock that runs.
    pub(super) fn four_weeks(&self) -> Option<&Clock> {
        let running = |clock: &&Clock| clock.is_running() && ClockKind::FOUR_WEEKS.contains(&clock.kind);
        self.clocks.iter().map(|clock| &**clock).find(running)
    }

    /// A team took the person: its waits run from when help was asked for, and somebody owes what stops them.
    pub(super) fn start_team_waits(&mut self, ctx: &Ctx, team: &Team, county: &County) {
        let category = self.triage_in_force().map(|triage| triage.category);
        let waits = team_waits(team, category, &self.head.origin);
        let targets: Vec<_> = waits
            .into_iter()
            .map(|kind| self.start_clock(ctx, kind, self.head.received_at, county))
            .collect();
        if let Some(due) = targets.into_iter().min() {
            self.add_task(ctx, TaskKind::FaceToFace, due);
        }
        if team.kind.is_some_and(|kind| !kind.is_core()) {
            self.stop_clocks(ctx, &[ClockKind::FourWeekAdult], StopWhy::OtherWait);
        }
        if let Some(due) = self.four_weeks().map(|clock| clock.target_at) {
            self.add_task(ctx, TaskKind::FourWeeks, due);
        }
    }

    /// It ends with advice, or with another service: help began for a young person, and an adult's four parts were not all
    /// done. Pointing somebody elsewhere is no part (pathway §6.2).
    pub(super) fn end_four_weeks(&mut self, ctx: &Ctx, outcome: &Outcome) {
        match outcome {
            Outcome::Advised { .. } | Outcome::Redirected { .. } => {
                self.stop_clocks(ctx, &[ClockKind::FourWeekYoung], StopWhy::Done);
                self.stop_clocks(ctx, &[ClockKind::FourWeekAdult], StopWhy::NotReached);
            }
            // The others stop every clock of the queue themselves; acceptance stops none.
            Outcome::Accepted { .. }
            | Outcome::Withdrawn { .. }
            | Outcome::Duplicate { .. }
            | Outcome::Died { .. } => {}
        }
    }

    /// Whether somebody may still write down that a part was done.
    pub(super) fn waits_for_parts(&self) -> bool {
        self.four_weeks().is_some()
    }

    /// The team wrote down that a part was done, when, and where it is kept.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where no part is waited for, or a contact is meant: those are recorded as such;
    /// [`Refused::NotDue`] for a moment yet to come, [`Refused::DateInPast`] for one before help was asked for.
    pub fn record_part(
        mut self,
        ctx: &Ctx,
        part: Part,
        (at, kept): (Timestamp, Text),
    ) -> Result<Changes, Refused> {
        self.step(EventKind::WaitPartRecorded)?;
        if part == Part::Contact {
            return Err(Refused::NotFromHere);
        }
        if at > ctx.now {
            return Err(Refused::NotDue);
        }
        if at < self.head.received_at {
            return Err(Refused::DateInPast);
        }
        self.head.edit();
        self.note_part(ctx, PartDone { part, at, by: ctx.actor.author(), kept: Some(kept.clone()) });
        Ok(self.finish(ctx, &[(EventKind::WaitPartRecorded, Some(kept))]))
    }

    /// The team that took the person reached them: a direct contact is face to face, by phone or by video. Only being with
    /// them stops the crisis waits.
    pub(super) fn note_direct_contact(&mut self, ctx: &Ctx, mode: Mode, at: Timestamp) {
        let accepted_at = self.episode.as_ref().map(|episode| episode.accepted_at);
        // Whoever writes it down says the minute: one in which they were taken on counts.
        let minute = |at: Timestamp| at.as_second().div_euclid(60);
        let by_team =
            accepted_at.is_some_and(|accepted| minute(accepted) <= minute(at)) && self.is_with_team();
        if !by_team {
            return;
        }
        match mode {
            Mode::FaceToFace => {
                self.stop_clocks_at(&ClockKind::FACE_TO_FACE, at);
                self.end_tasks(ctx, &[TaskKind::FaceToFace]);
            }
            Mode::Phone | Mode::Video => {}
            Mode::Written => return,
        }
        let first = self.episode.as_ref().is_some_and(|episode| episode.part(Part::Contact).is_none());
        if first && self.four_weeks().is_some() {
            self.note_part(ctx, PartDone { part: Part::Contact, at, by: ctx.actor.author(), kept: None });
        }
    }

    fn is_with_team(&self) -> bool {
        matches!(self.decided().map(|decided| &decided.outcome), Some(Outcome::Accepted { .. }))
    }

    /// Keeps it, and stops the clock where all that it waits for has happened: at the latest of the four for an adult, at the
    /// first sign that help began for a young person.
    fn note_part(&mut self, ctx: &Ctx, done: PartDone) {
        let Some(episode) = &mut self.episode else { return };
        episode.edit().parts.push(done);
        let at = |part| episode.part(part).map(|done| done.at);
        let all: Option<Vec<_>> = Part::ALL.into_iter().map(at).collect();
        let adult = all.and_then(|all| all.into_iter().max());
        let begins = [Part::Assessment, Part::PlanOrIntervention];
        let young = begins.into_iter().filter_map(at).min();
        let stops = [(ClockKind::FourWeekAdult, adult), (ClockKind::FourWeekYoung, young)];
        for (kind, at) in stops.into_iter().filter_map(|(kind, at)| Some((kind, at?))) {
            self.stop_clocks_at(&[kind], at);
        }
        if self.four_weeks().is_none() {
            self.end_tasks(ctx, &[TaskKind::FourWeeks]);
        }
    }

    /// They stop when it happened, however late that is written down.
    fn stop_clocks_at(&mut self, kinds: &[ClockKind], at: Timestamp) {
        let stops = |clock: &Clock| clock.is_running() && kinds.contains(&clock.kind);
        for clock in self.clocks.iter_mut().filter(|clock| stops(clock)) {
            let stopped = Clock::clone(clock).stop(at.max(clock.started_at), StopWhy::Done);
            *clock.edit() = stopped;
        }
    }
}

/// The crisis waits of a team: by what it is, how soon a senior said, and who asked.
fn team_waits(team: &Team, category: Option<Category>, origin: &Origin) -> Vec<ClockKind> {
    let Some(kind) = team.kind else { return Vec::new() };
    let standing = origin.behalf().map(|behalf| &behalf.referrer.standing);
    let from_ed = matches!(standing, Some(Standing::Service { source: ReferralSource::H1 }));
    let soon = match category {
        Some(Category::B) => Some(ClockKind::UecVeryUrgent),
        Some(Category::C | Category::D) => Some(ClockKind::UecUrgent),
        Some(Category::A | Category::E | Category::F | Category::G) | None => None,
    };
    let crisis = soon.filter(|_| kind.is_crisis());
    let liaison = (kind.is_liaison() && from_ed).then_some(ClockKind::EdLiaison);
    crisis.into_iter().chain(liaison).collect()
}
