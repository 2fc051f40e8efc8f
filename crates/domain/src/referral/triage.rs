//! Screening and triage: somebody opens it, a senior decides how soon (pathway §5, hazard H08).

use jiff::{SignedDuration, Timestamp};

use super::{Category, Children, Guard, Referral, State, Triage, guard};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind};
use crate::clock::{ClockKind, StopWhy};
use crate::county::County;
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::Text;

/// What a senior records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TriageForm {
    /// How soon.
    pub category: Category,
    /// Why, in words.
    pub narrative: Text,
    /// Safety formulation in words.
    pub safety: Text,
    /// Children in the person's care.
    pub children: Children,
    /// Category A: what was done now, with which service, and its incident number.
    pub emergency: Option<Text>,
    /// Under 16: what the young person understands of what is decided, in words.
    pub competence: Option<Text>,
}

const CATEGORY_CLOCKS: [ClockKind; 3] = [ClockKind::CatB, ClockKind::CatC, ClockKind::CatD];

impl Category {
    /// The clock of a category; A is for emergency services now, E to G have none in this release.
    pub fn clock(self) -> Option<ClockKind> {
        match self {
            Self::B => Some(ClockKind::CatB),
            Self::C => Some(ClockKind::CatC),
            Self::D => Some(ClockKind::CatD),
            Self::A | Self::E | Self::F | Self::G => None,
        }
    }
}

impl Referral {
    /// Refuses a form that showed an older version: somebody else decided meanwhile, and nothing typed is lost.
    ///
    /// # Errors
    /// [`Refused::Stale`].
    pub fn shown(self, version: i64) -> Result<Self, Refused> {
        guard::require(Guard::VersionShown, self.version == version, Refused::Stale)?;
        Ok(self)
    }

    /// Opens it for screening; taking it over from a colleague is explicit and recorded.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] once it was triaged.
    pub fn open(mut self, ctx: &Ctx) -> Result<Changes, Refused> {
        self.step(EventKind::ScreeningStarted)?;
        self.head.edit().state = State::Screening { by: ctx.actor.author(), at: ctx.now };
        self.hand_to(ctx, TaskKind::Triage);
        self.end_tasks(ctx, &[TaskKind::LookAgain]);
        Ok(self.finish(ctx, &[(EventKind::ScreeningStarted, None)]))
    }

    /// Decides how soon the person is seen. May be done again while nothing was decided, and when things got worse after a
    /// team accepted; time waited never counts against them.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`]; [`Refused::EmergencyRecordNeeded`] for category A without a record;
    /// [`Refused::CompetenceNeeded`] under 16.
    pub fn triage(mut self, ctx: &Ctx, form: TriageForm, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::Triaged)?;
        let recorded = form.category != Category::A || form.emergency.is_some();
        guard::require(Guard::EmergencyRecord, recorded, Refused::EmergencyRecordNeeded)?;
        let said = !self.is_under_16() || form.competence.is_some();
        guard::require(Guard::CompetenceInWords, said, Refused::CompetenceNeeded)?;
        let before = self.category_in_force();
        let urgent = matches!(form.children, Children::Urgent { .. });
        let category = form.category;
        self.put_triage(ctx, form);
        self.answer_page(ctx);
        self.stop_clocks(ctx, &[ClockKind::RefTriage], StopWhy::Done);
        self.end_tasks(ctx, &[TaskKind::Triage, TaskKind::ReadNew, TaskKind::Enquiry]);
        self.settle_failures(ctx);
        if before != Some(category) {
            self.restart_category(ctx, category, county);
        }
        if urgent && !self.has_open(TaskKind::ChildrenUrgent) && guard::in_force(Guard::ChildrenTask) {
            // Whoever triages sees to it, also where a team has accepted the person.
            self.add_task_of(ctx, self.head.spoa, TaskKind::ChildrenUrgent, end_of_day(ctx.now));
        }
        if matches!(self.head.state, State::Triaged { .. }) {
            self.ask_to_decide(ctx, county);
        }
        self.hand_to(ctx, TaskKind::Decide);
        if self.is_handed_over() {
            return Ok(self.redirected(ctx, EventKind::Triaged, county));
        }
        let mut events = vec![(EventKind::Triaged, None)];
        self.close_if_told(ctx, &mut events);
        Ok(self.finish(ctx, &events))
    }

    fn category_in_force(&self) -> Option<Category> {
        match &self.head.state {
            State::Triaged { triage } | State::Redirecting { triage } => Some(triage.category),
            State::Received | State::Screening { .. } | State::Telling { .. } | State::Closed { .. } => None,
        }
    }

    fn put_triage(&mut self, ctx: &Ctx, form: TriageForm) {
        let TriageForm { category, narrative, safety, children, emergency, competence } = form;
        let by = ctx.actor.author();
        let at = ctx.now;
        let triage = Triage { category, narrative, safety, children, emergency, competence, by, at };
        let head = self.head.edit();
        for worse in &mut head.since.worse {
            worse.triaged = true;
        }
        // A team that accepted keeps the person: only how soon they are seen is decided again.
        if matches!(head.state, State::Telling { .. } | State::Closed { .. }) {
            head.earlier_triages.push(triage);
            return;
        }
        // A service that was chosen stays chosen: what was asked of it is a senior's to take back.
        let now = match &head.state {
            State::Redirecting { .. } => State::Redirecting { triage },
            State::Received
            | State::Screening { .. }
            | State::Triaged { .. }
            | State::Telling { .. }
            | State::Closed { .. } => State::Triaged { triage },
        };
        let before = std::mem::replace(&mut head.state, now);
        if let State::Triaged { triage } | State::Redirecting { triage } = before {
            head.earlier_triages.push(triage);
        }
    }

    fn restart_category(&mut self, ctx: &Ctx, category: Category, county: &County) {
        self.stop_clocks(ctx, &CATEGORY_CLOCKS, StopWhy::Replaced);
        self.end_tasks(ctx, &[TaskKind::FirstContact]);
        let due = match category.clock() {
            Some(kind) => Some(self.start_clock(ctx, kind, ctx.now, county)),
            // Emergency services have them now; somebody of ours makes sure of it within the hour.
            None if category == Category::A => ctx.now.checked_add(SignedDuration::from_hours(1)).ok(),
            None => None,
        };
        if let Some(due) = due {
            self.add_task(ctx, TaskKind::FirstContact, due);
        }
    }
}

/// The last minute of today in England: "same day".
pub(super) fn end_of_day(now: Timestamp) -> Timestamp {
    let today = crate::calendar::local_date(now);
    let tomorrow = today.tomorrow().unwrap_or(today);
    crate::calendar::start_of_day(tomorrow).checked_sub(SignedDuration::from_mins(1)).unwrap_or(now).max(now)
}
