//! Seals the audit every two seconds, signs what grew at most once a minute, and sends a copy of a checkpoint to where the
//! settings say. Where leaves and tiles do not fit each other any more, nothing is sealed on top and the log says so.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use onedoor_domain::ids::TenantId;
use onedoor_store::seal::{Known, SHORT, SealError, Sealed, Sealer, WINDOW};
use tokio::time::sleep;

use super::book::{Book, BookError};
use super::key::{Key, origin};
use crate::fetch::Fetcher;
use crate::metrics::Metrics;
use crate::notice::{Parcel, Post, To};
use crate::serve::Stop;
use crate::web::App;
use crate::words::Lang;

/// From one look to the next.
const EVERY: Duration = Duration::from_secs(2);
/// How often what grew is signed.
const SIGN: Duration = Duration::from_mins(1);
/// How often a look goes back as far as a transaction can live.
const LONG: Duration = Duration::from_mins(1);
/// How often a checkpoint is sent to the web address of `checkpoint_to` at most.
const POST: Duration = Duration::from_hours(1);

/// Keeps the seal of every county of an installation.
#[derive(Debug)]
pub struct Keeper {
    app: App,
    post: Post,
    counties: BTreeMap<TenantId, County>,
}

/// What is known of one county since the start.
#[derive(Debug, Default)]
struct County {
    /// What the last checkpoint in the book covers; none before it was read.
    signed: Option<u64>,
    signed_at: Option<Instant>,
    long_at: Option<Instant>,
    posted_at: Option<Instant>,
    mailed_on: Option<jiff::civil::Date>,
}

/// Why a county's audit was not sealed or signed.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The database, or its seal.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Where checkpoints lie.
    #[error("checkpoint_dir: {0}")]
    Book(#[from] BookError),
    /// A checkpoint could not be made.
    #[error("a checkpoint could not be made")]
    Note,
}

fn due(since: Option<Instant>, every: Duration) -> bool {
    since.is_none_or(|since| since.elapsed() >= every)
}

impl Keeper {
    /// For an installation.
    pub fn of(app: &App, post: &Post) -> Self {
        Self { app: app.clone(), post: post.clone(), counties: BTreeMap::new() }
    }

    /// Seals and signs until told to stop; the last look signs what is there.
    pub async fn run(mut self, metrics: &Metrics, mut stop: Stop) {
        loop {
            self.look(metrics, false).await;
            tokio::select! {
                () = stop.wait() => break,
                () = sleep(EVERY) => {}
            }
        }
        self.look(metrics, true).await;
    }

    /// One look at every county.
    pub async fn look(&mut self, metrics: &Metrics, last: bool) {
        let db = self.app.db.clone();
        let tenants = match Sealer::of(&db).tenants().await {
            Ok(tenants) => tenants,
            Err(error) => return tracing::debug!(%error, "the audit is not sealed"),
        };
        for tenant in tenants {
            match self.county(tenant, metrics, last).await {
                Ok(()) => metrics.set_audit_broken(&origin(tenant), false),
                Err(trouble) => {
                    let broken = matches!(trouble, Trouble::Seal(SealError::Broken));
                    metrics.set_audit_broken(&origin(tenant), broken);
                    tracing::error!(county = %tenant.0, %trouble, "the audit is not sealed and signed");
                }
            }
        }
    }

    async fn county(&mut self, tenant: TenantId, metrics: &Metrics, last: bool) -> Result<(), Trouble> {
        let key = Key::of(&self.app.secret, tenant);
        let book = Book::of(&self.app.settings.checkpoint_dir, tenant);
        let now = self.app.clock.now();
        let county = self.counties.entry(tenant).or_default();
        let signed = match county.signed {
            Some(signed) => signed,
            None => book.last(&key.public())?.map_or(0, |known| known.size),
        };
        county.signed = Some(signed);
        let back = if due(county.long_at, LONG) { WINDOW } else { SHORT };
        let Some((sealed, oldest)) = seal_all(&self.app, tenant, (now, back), signed).await? else {
            return Ok(());
        };
        if back == WINDOW {
            county.long_at = Some(Instant::now());
        }
        metrics.set_audit(sealed.size, oldest.map_or(0, |oldest| lag(now, oldest)));
        if sealed.size == signed || !(last || due(county.signed_at, SIGN)) {
            return Ok(());
        }
        let known = Known { size: sealed.size, root: sealed.root };
        let note = key.sign(known, now).ok_or(Trouble::Note)?;
        let (written, kept) = (note.clone(), book);
        let file = tokio::task::spawn_blocking(move || kept.add(&written, now)).await;
        file.map_err(|_| Trouble::Note)??;
        county.signed = Some(sealed.size);
        county.signed_at = Some(Instant::now());
        self.copy(tenant, &note, now).await;
        Ok(())
    }

    /// A copy to where somebody else keeps it. The book on this machine stands either way.
    async fn copy(&mut self, tenant: TenantId, note: &str, now: Timestamp) {
        let (settings, county) = (&self.app.settings, self.counties.entry(tenant).or_default());
        if let Some(url) = settings.checkpoint_to.url.as_ref().filter(|_| due(county.posted_at, POST)) {
            match Fetcher::default().post(url, note.to_owned().into()).await {
                Ok(()) => county.posted_at = Some(Instant::now()),
                Err(error) => {
                    tracing::warn!(%error, "checkpoint_to: the web address did not take a checkpoint");
                }
            }
        }
        let today = onedoor_domain::calendar::local_date(now);
        if let Some(to) = settings.checkpoint_to.mail.as_ref().filter(|_| county.mailed_on != Some(today)) {
            let parcel = Parcel {
                id: format!("checkpoint-{}-{today}", tenant.0),
                file: format!("checkpoint-{}-{today}", tenant.0),
                at: now,
                to: To::Email(to.clone()),
                named: true,
                subject: Lang::default().t("notice-checkpoint-subject"),
                body: format!("{}\n\n{note}", Lang::default().t("notice-checkpoint-keep")),
            };
            match self.post.send(&parcel).await {
                Ok(_) => county.mailed_on = Some(today),
                Err(error) => {
                    tracing::warn!(?error, "checkpoint_to: the e-mail address did not take a checkpoint");
                }
            }
        }
    }
}

/// Seals until nothing is left: the state after it, and when the oldest of what was sealed had been made.
async fn seal_all(
    app: &App,
    tenant: TenantId,
    reach: (Timestamp, SignedDuration),
    signed: u64,
) -> Result<Option<(Sealed, Option<Timestamp>)>, Trouble> {
    let mut oldest = None;
    loop {
        let Some(sealed) = Sealer::of(&app.db).seal(tenant, reach, signed).await? else { return Ok(None) };
        oldest = oldest.or(sealed.oldest);
        if sealed.is_all() {
            return Ok(Some((sealed, oldest)));
        }
    }
}

/// Whole seconds, never below nothing.
fn lag(now: Timestamp, oldest: Timestamp) -> i64 {
    now.duration_since(oldest).as_secs().max(0)
}
