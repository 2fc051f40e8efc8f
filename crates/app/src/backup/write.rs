//! Makes a backup. It lies under its name only once it is whole, on the disk and tried out.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use age::x25519::Recipient;
use jiff::Timestamp;
use onedoor_domain::ids::TenantId;
use onedoor_store::dump::{Turn, writer};
use onedoor_store::migrate::place;
use onedoor_store::seal::{Known, Sealer};
use onedoor_store::{Db, Options};

use super::pipe::{self, Ends, Written, hash_of};
use super::program::Programs;
use super::scratch::Scratch;
use super::{BackupError, ENDING, Manifest, Sealed};
use crate::serve::Stop;
use crate::web::Clock;

/// What is not whole yet ends with this.
const UNFINISHED: &str = "unfinished";

/// How a backup is made.
#[derive(Clone, Debug)]
pub struct How {
    /// Where it lies.
    pub folder: PathBuf,
    /// Who can read it: an age key of the form `age1…`.
    pub recipient: String,
    /// Where the trial's server lies meanwhile; none leaves the trial out.
    pub trial: Option<PathBuf>,
}

/// How far each county's audit was sealed before.
pub(super) type Counties = Vec<(TenantId, Known)>;

/// Makes a backup of one moment.
///
/// # Errors
/// [`BackupError`]; then nothing lies under its name.
pub async fn write(
    options: &Options,
    how: &How,
    clock: &Clock,
    stop: &Stop,
) -> Result<Manifest, BackupError> {
    let turn = Turn::take(options).await?.ok_or(BackupError::Busy)?;
    let made = in_turn((options, &turn), how, clock, stop).await;
    turn.end().await;
    made
}

/// The same for whoever has the turn already.
///
/// # Errors
/// [`BackupError`].
pub(super) async fn in_turn(
    (options, turn): (&Options, &Turn),
    how: &How,
    clock: &Clock,
    stop: &Stop,
) -> Result<Manifest, BackupError> {
    let recipient: Recipient = how.recipient.parse().map_err(|why: &'static str| {
        BackupError::Said(format!("backup_recipient: {why}. It begins with age1"))
    })?;
    let mut folder = DirBuilder::new();
    folder.recursive(true).mode(0o700).create(&how.folder).map_err(said(&how.folder))?;
    sweep(&how.folder)?;
    let (schema, now) = (place(options).await?.step, clock.now());
    let known = sealed(options).await?;
    let name = format!("{}.{ENDING}", now.strftime("%Y-%m-%dT%H%M%SZ"));
    if how.folder.join(&name).exists() {
        return Err(BackupError::Said(format!("{name} is there already")));
    }
    let unfinished = how.folder.join(format!("{name}.{UNFINISHED}"));
    let file = begun(&unfinished)?;
    let made = made((turn, &recipient), how, (&unfinished, file), &known, stop).await;
    let done = made.and_then(|written| {
        let manifest = Manifest {
            format: 1,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            step: schema,
            at: now,
            file: name,
            bytes: written.bytes,
            sha256: written.sha256,
            audit: known.iter().map(Sealed::of).collect(),
            tried_at: how.trial.is_some().then(|| clock.now()),
        };
        finish(&how.folder, &unfinished, &manifest).map(|()| manifest)
    });
    if done.is_err() {
        fs::remove_file(&unfinished).ok();
    }
    done
}

fn said(path: &Path) -> impl Fn(std::io::Error) -> BackupError {
    let shown = path.display().to_string();
    move |error| BackupError::Io(shown.clone(), error)
}

/// A file that nobody else can read, held while it is written.
fn begun(path: &Path) -> Result<File, BackupError> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(said(path))?;
    // Where files cannot be held, what a killed program left stays until somebody removes it.
    file.try_lock().ok();
    Ok(file)
}

/// Removes what a program that was killed left behind. What another writes at this moment stays.
pub(super) fn sweep(folder: &Path) -> Result<(), BackupError> {
    for entry in fs::read_dir(folder).map_err(said(folder))? {
        let path = entry.map_err(said(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.ends_with(UNFINISHED) || !name.contains(ENDING) {
            continue;
        }
        // Gone meanwhile: nothing is left to remove.
        let Ok(file) = File::open(&path) else { continue };
        if file.try_lock().is_ok() {
            fs::remove_file(&path).map_err(said(&path))?;
        }
    }
    Ok(())
}

/// How far each county's audit is sealed now.
async fn sealed(options: &Options) -> Result<Counties, BackupError> {
    let db = Db::connect(options.clone()).await?;
    let sealer = Sealer::of(&db);
    let mut all = Vec::new();
    for tenant in sealer.tenants().await? {
        let known = sealer.known(tenant).await.map_err(|error| BackupError::Said(error.to_string()))?;
        all.push((tenant, known));
    }
    db.close().await;
    Ok(all)
}

async fn made(
    (turn, recipient): (&Turn, &Recipient),
    how: &How,
    (path, file): (&Path, File),
    known: &Counties,
    stop: &Stop,
) -> Result<Written, BackupError> {
    let (reader, recipient, path) = (turn.reader()?, recipient.clone(), path.to_path_buf());
    let work = |trial| {
        move |programs: &Programs| {
            let written = pipe::out(programs, Ends { reader, trial }, file, &recipient)?;
            reread(&path, &written)?;
            Ok(written)
        }
    };
    let Some(trial) = &how.trial else { return carried(work(None), stop).await };
    let scratch = Scratch::new(trial).await?;
    let tried = match writer(&scratch.options) {
        Ok(into) => on_trial(carried(work(Some(into)), stop), &scratch.options, known, stop).await,
        Err(error) => Err(error.into()),
    };
    // What holds personal data and cannot be removed is worse than no backup: whoever looks is told.
    scratch.end().await?;
    tried
}

async fn on_trial(
    carried: impl Future<Output = Result<Written, BackupError>>,
    scratch: &Options,
    known: &Counties,
    stop: &Stop,
) -> Result<Written, BackupError> {
    let written = carried.await?;
    let mut stop = stop.clone();
    tokio::select! {
        same = same(scratch, known) => same.map(|()| written),
        () = stop.wait() => Err(BackupError::Stopped),
    }
}

/// Does the work on a thread of its own, and ends its programs when it is time to stop.
pub(super) async fn carried<T: Send + 'static>(
    work: impl FnOnce(&Programs) -> Result<T, BackupError> + Send + 'static,
    stop: &Stop,
) -> Result<T, BackupError> {
    let (programs, mut stop) = (Programs::default(), stop.clone());
    let running = programs.clone();
    let mut thread = tokio::task::spawn_blocking(move || work(&running));
    tokio::select! {
        done = &mut thread => done.unwrap_or_else(|error| Err(BackupError::Said(error.to_string()))),
        () = stop.wait() => {
            programs.end();
            // What it says now is that its programs were ended.
            thread.await.ok();
            Err(BackupError::Stopped)
        }
    }
}

/// The audit that came back is the one that was sealed, row by row.
pub(super) async fn same(options: &Options, known: &Counties) -> Result<(), BackupError> {
    let db = Db::connect(options.clone()).await?;
    for (tenant, known) in known {
        let report = Sealer::of(&db).verify(*tenant, &[*known], Timestamp::MAX).await?;
        if !report.is_whole() || report.size < known.size {
            db.close().await;
            let said = format!(
                "the audit of county {} has {} faults; run onedoor audit verify",
                tenant.0, report.wrong
            );
            return Err(BackupError::Differs(said));
        }
    }
    db.close().await;
    Ok(())
}

/// What lies there is what was written.
fn reread(path: &Path, written: &Written) -> Result<(), BackupError> {
    if hash_of(path).map_err(said(path))? == written.sha256 {
        return Ok(());
    }
    Err(BackupError::Differs(format!("{} is not what was written to it", path.display())))
}

/// The manifest first: whoever sees the backup finds it. Each is on the disk before it has its name.
fn finish(folder: &Path, unfinished: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let text =
        serde_json::to_string_pretty(manifest).map_err(|error| BackupError::Said(error.to_string()))?;
    let beside = folder.join(format!("{}.json", manifest.file));
    let first = folder.join(format!("{}.json.{UNFINISHED}", manifest.file));
    let named = File::create(&first)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&first, &beside))
        .and_then(|()| fs::rename(unfinished, folder.join(&manifest.file)))
        .and_then(|()| File::open(folder)?.sync_all());
    named.map_err(|error| {
        fs::remove_file(&first).ok();
        fs::remove_file(&beside).ok();
        fs::remove_file(folder.join(&manifest.file)).ok();
        said(folder)(error)
    })
}
