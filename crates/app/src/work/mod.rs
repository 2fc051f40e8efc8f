//! The worker: does what was left for later. Messages go out, unanswered duty pages ring the next, overdue tasks go up,
//! drafts run out. Each job is handled in transactions of its own; what it changes, it changes through the domain.
//!
//! Several workers may run. A job is leased: when its worker dies, another one does it again, so everything here happens
//! at least once and is safe to repeat.

mod agreement;
mod code;
mod cover;
mod dry_run;
mod file;
mod gauges;
mod notice;
mod page;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Ctx, SystemScope};
use onedoor_domain::ids::{DraftId, EntryId, HandoverId, ReferralId, TaskId, TenantId};
use onedoor_domain::refused::Refused;
use onedoor_store::StoreError;
use onedoor_store::job::{Job, Lane, Work};

use crate::audit::keep::Keeper;
use crate::health::Heartbeat;
use crate::metrics::Metrics;
use crate::notice::Post;
use crate::serve::Stop;
use crate::web::App;
use crate::words::Lang;

/// From one look for work to the next.
const NAP: Duration = Duration::from_secs(1);
/// The duty lane is expected to look at least this often; slower, and the worker no longer counts as alive.
const DUTY_LIMIT: Duration = Duration::from_secs(20);
/// Minutes after each failed try.
const AGAIN: [i64; 5] = [1, 5, 15, 60, SELDOM];
/// Minutes between tries of a job that only a new version of the program, or a restored record, can do.
const SELDOM: i64 = 180;

/// One worker. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Worker {
    app: App,
    post: Post,
}

/// What came of a job.
enum Outcome {
    /// The commit has moved or removed the job.
    Done,
    /// Nothing is left to do.
    Settled,
    /// Not now.
    Later(Timestamp),
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("an answer that cannot be kept")]
    Answer,
}

/// Works off everything that is due now, once; answers how many jobs were taken.
pub async fn run_due(app: &App) -> usize {
    Worker::new(app).run_due().await
}

impl Worker {
    /// A worker that sends by the ways the settings name.
    pub fn new(app: &App) -> Self {
        Self::with_post(app, Post::of(&app.settings))
    }

    /// A worker that sends by these ways.
    pub fn with_post(app: &App, post: Post) -> Self {
        Self { app: app.clone(), post }
    }

    /// Works off everything that is due now, duty pages first; answers how many jobs were taken.
    pub async fn run_due(&self) -> usize {
        let (_keep, stop) = Stop::new();
        let mut taken = 0;
        for lane in [Lane::Duty, Lane::Codes, Lane::Rest] {
            match self.work_off(lane, &stop, || {}).await {
                Ok(some) => taken += some,
                Err(error) => tracing::warn!(?lane, %error, "the worker waits"),
            }
        }
        taken
    }

    /// Works until told to stop. The heartbeat shows that both lanes move.
    pub async fn run(self, heartbeat: Heartbeat, metrics: Metrics, stop: Stop) {
        let duty = Heartbeat::within(DUTY_LIMIT);
        let pulse = duty.clone();
        let both = || {
            if pulse.is_fresh() {
                heartbeat.beat();
            }
        };
        tokio::join!(
            self.keep_on(Lane::Duty, stop.clone(), || duty.beat()),
            self.keep_on(Lane::Codes, stop.clone(), || {}),
            self.keep_on(Lane::Rest, stop.clone(), both),
            gauges::keep(&self.app, &metrics, stop.clone()),
            Keeper::of(&self.app, &self.post).run(&metrics, stop),
        );
    }

    async fn keep_on(&self, lane: Lane, mut stop: Stop, beat: impl Fn()) {
        loop {
            beat();
            if let Err(error) = self.work_off(lane, &stop, &beat).await {
                tracing::warn!(?lane, %error, "the worker waits");
            }
            tokio::select! {
                () = stop.wait() => return,
                () = tokio::time::sleep(NAP) => {}
            }
        }
    }

    /// Takes one due job after the other. An error means that the database does not answer.
    async fn work_off(&self, lane: Lane, stop: &Stop, beat: impl Fn()) -> Result<usize, StoreError> {
        let mut taken = 0;
        while !stop.is_given() {
            let Some(job) = self.app.db.next_job(lane, self.app.clock.now()).await? else { break };
            taken += 1;
            beat();
            Box::pin(self.one(job)).await?;
        }
        Ok(taken)
    }

    async fn one(&self, job: Job) -> Result<(), StoreError> {
        let handled = match job.work {
            Work::Notice(referral, id) => self.notice(&job, referral, id).await,
            Work::Page(referral, id) => self.page(&job, referral, id).await,
            Work::Task(referral, id) => self.task(job.tenant, referral, id).await,
            Work::Handover(referral, id) => self.handover(job.tenant, referral, id).await,
            Work::DryRun(id) => self.dry_run(job.tenant, id).await,
            Work::Cover(user) => self.cover(job.tenant, user).await,
            Work::Agreement(id) => self.agreement(job.tenant, id).await,
            Work::Draft(id) => self.draft(job.tenant, id).await,
            Work::Entry(id) => self.entry(job.tenant, id).await,
            Work::File(id) => self.file(&job, id).await,
            Work::Code(id) => self.code(&job, id).await,
        };
        let again_at = match handled {
            Ok(Outcome::Done) => return Ok(()),
            Ok(Outcome::Settled) => None,
            Ok(Outcome::Later(at)) => Some(at),
            Err(Trouble::Store(error @ (StoreError::Down(_) | StoreError::Unknown(_)))) => return Err(error),
            Err(error) => {
                // No names, no words of anybody: the job's kind and id are enough to find it.
                tracing::error!(job = %job.id, work = ?job.work, tries = job.tries, %error, "a job was not done");
                Some(self.again_at(&job).unwrap_or_else(|| self.in_minutes(SELDOM)))
            }
        };
        job.settle(again_at).await
    }

    /// When to try again; none when it was tried often enough.
    fn again_at(&self, job: &Job) -> Option<Timestamp> {
        let tries = usize::try_from(job.tries).unwrap_or_default();
        AGAIN.get(tries).map(|minutes| self.in_minutes(*minutes))
    }

    fn in_minutes(&self, minutes: i64) -> Timestamp {
        let now = self.app.clock.now();
        now.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(now)
    }

    fn ctx(&self, tenant: TenantId) -> Ctx {
        self.app.system(tenant, SystemScope::Worker)
    }

    /// An overdue task goes one level up.
    async fn task(&self, tenant: TenantId, id: ReferralId, task: TaskId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let referral = tx.referral(id, Action::TaskEscalate).await?;
        let rises_at =
            referral.tasks().iter().find(|known| known.id == task).and_then(|task| task.escalates_at());
        let Some(rises_at) = rises_at else {
            tx.close().await?;
            return Ok(Outcome::Settled);
        };
        match referral.escalate_task(&ctx, task) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            // Due at this very moment is not late yet.
            Err(Refused::NotDue) => {
                tx.close().await?;
                Ok(Outcome::Later(rises_at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(rises_at)))
            }
            Err(refused) => Err(refused.into()),
        }
    }

    /// A service that did not answer, or did not meet the person, in time: it comes back to the queue by itself.
    async fn handover(
        &self,
        tenant: TenantId,
        id: ReferralId,
        handover: HandoverId,
    ) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let (county, _) = tx.county().await?;
        let referral = tx.referral(id, Action::HandoverBounce).await?;
        let last = referral.handovers().last().filter(|last| last.id == handover);
        let Some(due) = last.and_then(|last| last.due_at()) else {
            tx.close().await?;
            return Ok(Outcome::Settled);
        };
        let why = Lang::default().t("handover-bounced-why").parse().map_err(|_| Refused::NoSuchPart)?;
        match referral.bounce(&ctx, handover, &why, &county) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            // Due at this very moment is not late yet.
            Err(Refused::NotDue) => {
                tx.close().await?;
                Ok(Outcome::Later(due.saturating_add(SignedDuration::from_secs(1)).unwrap_or(due)))
            }
            Err(refused) => Err(refused.into()),
        }
    }

    /// A draft that ran out is removed; the event of it stays.
    async fn draft(&self, tenant: TenantId, id: DraftId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let draft = match tx.draft(id, Action::DraftPurge).await {
            Ok(draft) => draft,
            Err(StoreError::Hidden) => return Ok(Outcome::Settled),
            Err(error) => return Err(error.into()),
        };
        let expires_at = draft.expires_at();
        match draft.purge(&ctx) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            Err(Refused::NotDue) => {
                tx.close().await?;
                Ok(Outcome::Later(expires_at))
            }
            Err(refused) => Err(refused.into()),
        }
    }

    /// What staff began to write down and nobody finished is removed; the events of it stay. What was handed over never is.
    async fn entry(&self, tenant: TenantId, id: EntryId) -> Result<Outcome, Trouble> {
        let ctx = self.ctx(tenant);
        let mut tx = self.app.db.begin(&ctx).await?;
        let entry = match tx.entry_to_purge(id).await {
            Ok(entry) => entry,
            Err(StoreError::Hidden) => return Ok(Outcome::Settled),
            Err(error) => return Err(error.into()),
        };
        let Some(expires_at) = entry.expires_at() else {
            tx.close().await?;
            return Ok(Outcome::Settled);
        };
        match entry.purge(&ctx) {
            Ok(changes) => {
                tx.commit(changes).await?;
                Ok(Outcome::Done)
            }
            Err(Refused::NotDue) => {
                tx.close().await?;
                Ok(Outcome::Later(expires_at))
            }
            Err(refused) => Err(refused.into()),
        }
    }
}
