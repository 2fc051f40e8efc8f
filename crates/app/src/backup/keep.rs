//! A backup every day at the time of the settings, and which old ones go. Nothing goes before a newer one was written and tried out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};
use onedoor_domain::calendar::{LONDON, local, local_date};
use onedoor_store::Options;
use onedoor_store::dump::{Backups, Made, Turn};
use tokio::time::sleep;

use super::write::{How, in_turn};
use super::{BackupError, ENDING, Manifest, scratch};
use crate::metrics::Metrics;
use crate::serve::Stop;
use crate::settings::Settings;
use crate::web::App;

/// From one look at the clock to the next.
const EVERY: Duration = Duration::from_mins(1);
/// After one that failed.
const AGAIN: Duration = Duration::from_mins(15);
/// Every backup of so many days stays.
const DAYS: i32 = 14;
/// After that the last of each week for so many weeks.
const WEEKS: i32 = 8;
/// After that the last of each month for so many months.
const MONTHS: i32 = 12;

impl How {
    /// As the settings say; none where they name no place or nobody who may read it.
    pub fn of(settings: &Settings) -> Option<Self> {
        Some(Self {
            folder: settings.backup_dir.clone()?,
            recipient: settings.backup_recipient.clone()?,
            trial: Some(settings.data.clone()),
        })
    }
}

/// Makes them until told to stop; does nothing where the settings name no place.
pub async fn keep(app: &App, options: &Options, metrics: &Metrics, mut stop: Stop) {
    let Some(keeper) = Keeper::of(app, options) else { return stop.wait().await };
    if let Err(error) = Box::pin(scratch::sweep(&app.settings.data)).await {
        tracing::error!(%error, "what a trial left behind was not removed");
    }
    while !stop.is_given() {
        let well = Box::pin(keeper.look(metrics, &stop)).await;
        tokio::select! {
            () = stop.wait() => return,
            () = sleep(if well { EVERY } else { AGAIN }) => {}
        }
    }
}

/// Makes the backups of an installation, beside any number of others who would.
#[derive(Debug)]
pub struct Keeper {
    app: App,
    options: Options,
    how: How,
    machine: String,
}

impl Keeper {
    /// For an installation; none where its settings name no place.
    pub fn of(app: &App, options: &Options) -> Option<Self> {
        let how = How::of(&app.settings)?;
        let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        Some(Self { app: app.clone(), options: options.clone(), how, machine: name.trim().to_owned() })
    }

    /// One look at the clock: makes a backup where one is due and no other program makes it. Whether all is well.
    pub async fn look(&self, metrics: &Metrics, stop: &Stop) -> bool {
        let made = self.make_if_due(stop).await;
        let now = self.app.clock.now();
        // Where it is not known, the age grows on from what was said last.
        if let Ok(newest) = self.newest().await {
            let since = newest.map_or(Timestamp::UNIX_EPOCH, |newest| newest.at);
            metrics.set_backup_age(now.duration_since(since).as_secs());
        }
        match made {
            Ok(()) => metrics.set_backup_failed(false),
            // It is made at the next start.
            Err(BackupError::Stopped) => {}
            Err(error) => {
                tracing::error!(%error, "no backup was made");
                metrics.set_backup_failed(true);
                return false;
            }
        }
        true
    }

    async fn make_if_due(&self, stop: &Stop) -> Result<(), BackupError> {
        if !self.is_due().await? {
            return Ok(());
        }
        let Some(turn) = Turn::take(&self.options).await? else { return Ok(()) };
        // Whoever had the turn before may have made it.
        let made = match self.is_due().await {
            Ok(true) => self.make(&turn, stop).await,
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        turn.end().await;
        made
    }

    async fn is_due(&self) -> Result<bool, BackupError> {
        let due = due(self.app.clock.now(), self.app.settings.backup_at);
        Ok(self.newest().await?.is_none_or(|newest| newest.at < due))
    }

    /// The newest one that this or another program made. One of this machine whose file is gone is none.
    async fn newest(&self) -> Result<Option<Made>, BackupError> {
        let Some(newest) = Backups::of(&self.app.db).last().await? else { return Ok(None) };
        let ours = newest.machine == self.machine && newest.folder == self.how.folder;
        if ours && !newest.folder.join(&newest.file).is_file() {
            tracing::error!(file = newest.file, "the newest backup is gone");
            return Ok(None);
        }
        Ok(Some(newest))
    }

    async fn make(&self, turn: &Turn, stop: &Stop) -> Result<(), BackupError> {
        let made = Box::pin(in_turn((&self.options, turn), &self.how, &self.app.clock, stop)).await?;
        tracing::info!(file = made.file, bytes = made.bytes, "a backup was made and tried out");
        let (machine, folder) = (self.machine.clone(), self.how.folder.clone());
        let note = Made { at: made.at, machine, folder, file: made.file.clone() };
        Backups::of(&self.app.db).note(&note).await?;
        if let Err(error) = prune(&self.how.folder, &made) {
            tracing::error!(%error, "old backups were not removed");
        }
        Ok(())
    }
}

/// The last moment at which one was due.
fn due(now: Timestamp, time: Time) -> Timestamp {
    let today = local(now).date();
    let on = |day: Date| {
        day.to_datetime(time).to_zoned(LONDON.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    };
    let at = on(today);
    if at <= now { at } else { on(today.saturating_sub(1.day())) }
}

/// Those that are there, oldest first. One whose file is gone is none.
fn manifests(folder: &Path) -> Result<Vec<Manifest>, BackupError> {
    let failed = |error| BackupError::Io(folder.display().to_string(), error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        let named =
            path.to_str().and_then(|name| name.strip_suffix(".json")).filter(|name| name.ends_with(ENDING));
        let Some(file) = named.map(PathBuf::from) else { continue };
        let read = fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
        all.extend(read.filter(|_: &Manifest| file.is_file()));
    }
    all.sort_by_key(|manifest: &Manifest| manifest.at);
    Ok(all)
}

/// Removes what need not stay of the installation whose newest backup this is. One that was never tried out makes no other go.
fn prune(folder: &Path, newest: &Manifest) -> Result<(), BackupError> {
    let (today, mut all) = (local_date(newest.at), manifests(folder)?);
    all.retain(|manifest| is_same_house(manifest, newest));
    let (tried, untried): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|manifest| manifest.tried_at.is_some());
    let days: Vec<Date> = tried.iter().map(|manifest| local_date(manifest.at)).collect();
    let stays = stays(&days, today);
    let old = |manifest: &&Manifest| local_date(manifest.at) <= today.saturating_sub(DAYS.days());
    let goes = tried.iter().enumerate().filter(|(n, _)| !stays.contains(n)).map(|(_, manifest)| manifest);
    for manifest in goes.chain(untried.iter().filter(old)) {
        let path = folder.join(&manifest.file);
        // The backup first: one without its manifest would be found by nobody.
        for path in [path.clone(), PathBuf::from(format!("{}.json", path.display()))] {
            fs::remove_file(&path).map_err(|error| BackupError::Io(path.display().to_string(), error))?;
        }
        tracing::info!(file = manifest.file, "a backup that need not stay was removed");
    }
    Ok(())
}

/// Several installations may write to one folder: whose backup it is, its counties say.
fn is_same_house(one: &Manifest, other: &Manifest) -> bool {
    let counties = |manifest: &Manifest| -> BTreeSet<String> {
        manifest.audit.iter().map(|sealed| sealed.county.0.to_string()).collect()
    };
    let (one, other) = (counties(one), counties(other));
    one == other || !one.is_disjoint(&other)
}

/// Which of these days stay: all of two weeks, the last of each week for eight weeks, the last of each month for a year; and the
/// newest, whatever its age.
fn stays(days: &[Date], today: Date) -> BTreeSet<usize> {
    let mut stays: BTreeSet<usize> = days.len().checked_sub(1).into_iter().collect();
    let (mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new());
    for (n, day) in days.iter().enumerate().rev() {
        let within = |span: jiff::Span| *day > today.saturating_sub(span);
        let week = day.iso_week_date();
        let of_week = weeks.insert((week.year(), week.week())) && within(WEEKS.weeks());
        let of_month = months.insert((day.year(), day.month())) && within(MONTHS.months());
        if within(DAYS.days()) || of_week || of_month {
            stays.insert(n);
        }
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn one_is_due_each_day_at_its_time_also_when_the_clocks_change() {
        let time = jiff::civil::time(2, 30, 0, 0);
        let of = |now: &str| due(now.parse().unwrap(), time).to_string();
        assert_eq!(of("2026-11-30T02:29:59Z"), "2026-11-29T02:30:00Z");
        assert_eq!(of("2026-11-30T02:30:00Z"), "2026-11-30T02:30:00Z");
        assert_eq!(of("2026-07-01T12:00:00Z"), "2026-07-01T01:30:00Z", "by the clock on the wall");
        let before = due("2026-03-29T12:00:00Z".parse().unwrap(), jiff::civil::time(1, 30, 0, 0));
        assert_eq!(local_date(before), date("2026-03-29"), "an hour that does not exist is not waited for");
    }

    #[test]
    fn of_two_years_of_days_two_weeks_eight_weeks_and_twelve_months_stay_and_the_newest_always() {
        let today = date("2026-11-30");
        let days: Vec<Date> = (0..730).rev().map(|back: i32| today.saturating_sub(back.days())).collect();
        let kept: Vec<Date> = stays(&days, today).into_iter().map(|n| days[n]).collect();
        assert!((1..14).all(|back: i32| kept.contains(&today.saturating_sub(back.days()))), "{kept:?}");
        assert!(
            kept.contains(&date("2026-10-11")) && !kept.contains(&date("2026-10-12")),
            "a Sunday of eight weeks"
        );
        assert!(kept.contains(&date("2026-02-28")) && !kept.contains(&date("2026-02-27")));
        assert!(kept.iter().all(|day| *day > date("2025-11-29")), "{kept:?}");
        assert!(kept.len() < 40, "{}", kept.len());
        assert_eq!(stays(&[date("2001-01-01")], today).len(), 1, "the newest stays, however old it is");
        assert!(stays(&[], today).is_empty());
    }
}
