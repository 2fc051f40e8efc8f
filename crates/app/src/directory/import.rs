//! Takes in a feed: reads it piece by piece, checks each record, lays the good ones aside in batches and makes the directory
//! of them at the end. Cut at any moment, the same call goes on where it stopped.
//!
//! A feed is a file or an address. Memory does not grow with it: one batch and one record are held at a time.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::path::PathBuf;

use axum::http::Uri;
use onedoor_domain::actor::Ctx;
use onedoor_domain::directory::pieces::{Piece, Pieces};
use onedoor_domain::directory::raw::{Loose, One, RawPage, RawService};
use onedoor_domain::directory::read::{Broken, Mistake, Wrong, read};
use onedoor_domain::directory::{Batch, Entry, Import};
use onedoor_domain::ids::{ImportId, ServiceId};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Line;
use onedoor_store::{Db, StoreError};
use sha2::{Digest as _, Sha256};

use crate::fetch::{FetchError, Fetcher};

/// Why a feed was not taken in. The directory is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// The address does not give the feed.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The feed ends in the middle of a record.
    #[error(
        "the feed ends in the middle of a record: it was cut short. Fetch it again, or give the same command again"
    )]
    Cut,
    /// Not one service could be read.
    #[error(
        "no service could be read, so nothing was changed. Is this a feed in the format of Open Referral UK 3?"
    )]
    NoService,
    /// Another program takes in the same feed.
    #[error(
        "another import of this feed is going on. Wait until it has ended, or give --from-start when it has not"
    )]
    Elsewhere,
    /// The database did not do it.
    #[error("the database did not do it: {0}")]
    Store(StoreError),
    /// It has ended meanwhile.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Taken => Self::Elsewhere,
            other => Self::Store(other),
        }
    }
}

/// Where a feed is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file: pages one after another, a list, or a record a line.
    File(PathBuf),
    /// The same, inside the program: the feed of the demonstration.
    Held(&'static str),
    /// The address of an interface, or of its list of services.
    Web(Uri),
}

impl Source {
    /// What an operator typed.
    pub fn of(typed: &str) -> Self {
        match typed.parse::<Uri>() {
            Ok(uri) if typed.starts_with("http://") || typed.starts_with("https://") => Self::Web(uri),
            _ => Self::File(PathBuf::from(typed)),
        }
    }

    fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
            Self::Held(text) => Ok(Box::new(text.as_bytes())),
            Self::Web(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// The name a feed has when nobody gives it one: its address without a query, or the name of the file.
    pub fn name(&self) -> String {
        match self {
            Self::Held(_) => "feed".to_owned(),
            Self::File(path) => {
                path.file_name().map_or_else(|| "feed".to_owned(), |name| name.to_string_lossy().into_owned())
            }
            Self::Web(uri) => {
                let host = uri.authority().map_or("", |authority| authority.as_str());
                format!("{host}{}", uri.path()).trim_end_matches('/').to_owned()
            }
        }
    }
}

/// How a feed is taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// Drops what an earlier, unfinished import laid aside.
    pub from_start: bool,
    /// Retires services that are not in the feed, however many.
    pub retire_many: bool,
}

/// Takes in feeds for one county.
pub struct Importer<'a> {
    db: &'a Db,
    ctx: Box<dyn Fn() -> Ctx + Send + Sync + 'a>,
    heard: Box<dyn FnMut(&Import) + Send + 'a>,
}

impl std::fmt::Debug for Importer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Importer")
    }
}

/// One import on its way.
struct Run<'r, 'a> {
    importer: &'r mut Importer<'a>,
    import: Import,
    batch: Batch,
    seen: BTreeSet<ServiceId>,
    /// Records that were read before it was cut.
    skip: u64,
}

impl<'a> Importer<'a> {
    /// For a county; `ctx` says who acts, at each step.
    pub fn new(db: &'a Db, ctx: impl Fn() -> Ctx + Send + Sync + 'a) -> Self {
        Self { db, ctx: Box::new(ctx), heard: Box::new(|_| {}) }
    }

    /// Calls this after every batch.
    #[must_use]
    pub fn hearing(mut self, heard: impl FnMut(&Import) + Send + 'a) -> Self {
        self.heard = Box::new(heard);
        self
    }

    /// Takes in a feed, or the rest of it.
    ///
    /// # Errors
    /// [`ImportError`]; the directory is then as it was.
    pub async fn take(&mut self, source: &Source, feed: Line, how: How) -> Result<Import, ImportError> {
        let digest = match source {
            Source::File(_) | Source::Held(_) => Some(digest(source)?),
            Source::Web(_) => None,
        };
        let import = self.begin(feed, digest, how).await?;
        let id = import.id;
        let mut run = Run::of(self, import, source);
        match source {
            Source::File(_) | Source::Held(_) => run.file(source).await?,
            Source::Web(uri) => run.web(uri).await?,
        }
        run.flush().await?;
        let import = run.import;
        if import.taken == 0 {
            let ctx = (self.ctx)();
            let changes = import.give_up(&ctx)?;
            self.db.begin(&ctx).await?.commit(changes).await?;
            return Err(ImportError::NoService);
        }
        let ctx = (self.ctx)();
        let changes = import.finish(&ctx, how.retire_many)?;
        self.db.begin(&ctx).await?.commit(changes).await?;
        let ctx = (self.ctx)();
        let mut tx = self.db.begin(&ctx).await?;
        let (import, _) = tx.import(id, u64::MAX).await?;
        tx.close().await?;
        Ok(import)
    }

    /// The import that was cut, if what it laid aside is still good; else a new one.
    async fn begin(&self, feed: Line, digest: Option<String>, how: How) -> Result<Import, ImportError> {
        let ctx = (self.ctx)();
        let mut tx = self.db.begin(&ctx).await?;
        if let Some(running) = tx.running_import(&feed).await? {
            if running.goes_on(&ctx, digest.as_deref()) && !how.from_start {
                tx.close().await?;
                return Ok(running);
            }
            tx.commit(running.give_up(&ctx)?).await?;
            tx = self.db.begin(&ctx).await?;
        }
        let (import, changes) = Import::begin(&ctx, ctx.new_id::<ImportId>(), feed, digest);
        tx.commit(changes).await?;
        Ok(import)
    }
}

impl<'r, 'a> Run<'r, 'a> {
    fn of(importer: &'r mut Importer<'a>, import: Import, source: &Source) -> Self {
        let skip = match source {
            Source::File(_) | Source::Held(_) => import.at.records,
            Source::Web(_) => import.at.in_page,
        };
        let batch = Batch { at: import.at, ..Batch::default() };
        Self { importer, import, batch, seen: BTreeSet::new(), skip }
    }

    async fn file(&mut self, source: &Source) -> Result<(), ImportError> {
        let failed = |error| ImportError::File(source.name(), error);
        let mut file = source.open().map_err(failed)?;
        let (mut knife, mut buffer) = (Pieces::default(), vec![0; 64 * 1024]);
        loop {
            let size = file.read(&mut buffer).map_err(failed)?;
            let Some(bytes) = buffer.get(..size).filter(|bytes| !bytes.is_empty()) else { break };
            for piece in knife.feed(bytes) {
                match piece {
                    Piece::Page(head) => self.import.page(1, page(&head).items),
                    Piece::Record(bytes) => self.record(|| check(&bytes)).await?,
                    Piece::TooLarge => self.record(|| Err(Broken::whole(Wrong::TooLarge))).await?,
                }
            }
        }
        if knife.is_whole() { Ok(()) } else { Err(ImportError::Cut) }
    }

    async fn web(&mut self, uri: &Uri) -> Result<(), ImportError> {
        let (mut pages, mut parts) = (Fetcher::default(), Fetcher::default());
        loop {
            let number = self.import.at.page;
            let mut answer = pages.get(&page_address(uri, number)?).await?;
            let (mut knife, mut head, mut records) = (Pieces::default(), Head::default(), 0_u64);
            while let Some(bytes) = answer.next().await? {
                for piece in knife.feed(&bytes) {
                    records += u64::from(!matches!(piece, Piece::Page(_)));
                    match piece {
                        Piece::Page(bytes) => head = page(&bytes),
                        Piece::TooLarge => self.record(|| Err(Broken::whole(Wrong::TooLarge))).await?,
                        Piece::Record(bytes) if self.skip > 0 => self.record(|| check(&bytes)).await?,
                        Piece::Record(bytes) => {
                            let whole = whole(&mut parts, uri, &bytes).await?;
                            self.record(|| whole).await?;
                        }
                    }
                }
            }
            if !knife.is_whole() {
                return Err(ImportError::Cut);
            }
            self.flush().await?;
            self.skip = 0;
            self.import.page(number, head.items);
            if records == 0 || head.pages.is_none_or(|last| u64::from(number) >= last) {
                return Ok(());
            }
            self.import.page(number + 1, head.items);
            self.batch.at = self.import.at;
        }
    }

    /// The next record, unless it was read before the import was cut.
    async fn record(
        &mut self,
        record: impl FnOnce() -> Result<(ServiceId, Entry), Broken>,
    ) -> Result<(), ImportError> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        let record = match record() {
            Ok((id, _)) if !self.seen.insert(id) => Err(clash(id, Wrong::Twice)),
            other => other,
        };
        self.batch.push(record);
        if self.batch.len() >= Batch::MOST { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), ImportError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let mut batch = std::mem::take(&mut self.batch);
        self.seen.clear();
        let ctx = (self.importer.ctx)();
        let mut tx = self.importer.db.begin(&ctx).await?;
        let clashes = tx.import_clashes(&self.import, &batch).await?;
        let mistake = |wrong| Some(Mistake { field: "id".to_owned(), wrong });
        batch.refuse(|id| match id {
            id if clashes.twice.contains(&id) => mistake(Wrong::Twice),
            id if clashes.foreign.contains(&id) => mistake(Wrong::NotOfThisFeed),
            _ => None,
        });
        let changes = self.import.take(&ctx, batch)?;
        tx.commit(changes).await?;
        self.batch.at = self.import.at;
        (self.importer.heard)(&self.import);
        Ok(())
    }
}

fn clash(id: ServiceId, wrong: Wrong) -> Broken {
    Broken { id: Some(id), mistakes: vec![Mistake { field: "id".to_owned(), wrong }] }
}

/// The fields of one record. Safe for any bytes.
///
/// # Errors
/// [`Broken`] when it is not JSON, or not an object.
pub fn fields(bytes: &[u8]) -> Result<RawService, Broken> {
    match serde_json::from_slice::<One<RawService>>(bytes) {
        Ok(One::Is(raw)) => Ok(*raw),
        Ok(One::Nothing | One::Wrong) | Err(_) => Err(Broken::whole(Wrong::NotARecord)),
    }
}

/// One record, checked. Safe for any bytes.
///
/// # Errors
/// [`Broken`] with everything that is wrong.
pub fn check(bytes: &[u8]) -> Result<(ServiceId, Entry), Broken> {
    read(&fields(bytes)?)
}

/// The record with its parts: lists of the standard may leave them out, and each service has an address of its own.
async fn whole(
    parts: &mut Fetcher,
    uri: &Uri,
    bytes: &[u8],
) -> Result<Result<(ServiceId, Entry), Broken>, ImportError> {
    let raw = match fields(bytes) {
        Ok(raw) => raw,
        Err(broken) => return Ok(Err(broken)),
    };
    let id = match &raw.id {
        Loose::Is(id) if raw.is_bare() => id.parse::<ServiceId>().ok(),
        Loose::Is(_) | Loose::Nothing | Loose::Wrong => None,
    };
    let Some(id) = id else { return Ok(read(&raw)) };
    let mut answer = match parts.get(&part_address(uri, id)?).await {
        Ok(answer) => answer,
        // The list names it, and it is not there: what the list says is all there is.
        Err(FetchError::Status(_, status)) if status.is_client_error() => return Ok(read(&raw)),
        Err(error) => return Err(error.into()),
    };
    let (mut knife, mut found) = (Pieces::default(), None);
    while let Some(bytes) = answer.next().await? {
        let mut records = knife.feed(&bytes).into_iter().filter_map(|piece| match piece {
            Piece::Record(bytes) => Some(check(&bytes)),
            Piece::TooLarge => Some(Err(Broken { id: Some(id), ..Broken::whole(Wrong::TooLarge) })),
            Piece::Page(_) => None,
        });
        found = found.or_else(|| records.next());
    }
    Ok(found.unwrap_or_else(|| Err(Broken { id: Some(id), ..Broken::whole(Wrong::NotARecord) })))
}

/// What a page says of the feed.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    items: Option<u64>,
    pages: Option<u64>,
}

fn page(bytes: &[u8]) -> Head {
    let raw: RawPage = serde_json::from_slice(bytes).unwrap_or_default();
    let number = |loose: &Loose| match loose {
        Loose::Is(text) => text.parse().ok(),
        Loose::Nothing | Loose::Wrong => None,
    };
    Head { items: number(&raw.total_items), pages: number(&raw.total_pages) }
}

/// Where the list of services is: an interface is named by its root, or by the list itself.
fn list(uri: &Uri) -> (String, Vec<&str>) {
    let (scheme, host) = (uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |a| a.as_str()));
    let path = uri.path().trim_end_matches('/');
    let file = path.rsplit('/').next().is_some_and(|last| last.contains('.') || last == "services");
    let path = if file { path.to_owned() } else { format!("{path}/services") };
    let kept = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("page=") && !pair.starts_with("per_page="));
    (format!("{scheme}://{host}{path}"), kept.collect())
}

fn page_address(uri: &Uri, number: u32) -> Result<Uri, FetchError> {
    let (mut address, query) = list(uri);
    address.push('?');
    for pair in query {
        let _ = write!(address, "{pair}&");
    }
    let _ = write!(address, "page={number}&per_page=100");
    address.parse().map_err(|_| FetchError::Address(address.clone()))
}

fn part_address(uri: &Uri, id: ServiceId) -> Result<Uri, FetchError> {
    let address = format!("{}/{id}", list(uri).0);
    address.parse().map_err(|_| FetchError::Address(address.clone()))
}

fn digest(source: &Source) -> Result<String, ImportError> {
    let failed = |error| ImportError::File(source.name(), error);
    let mut file = source.open().map_err(failed)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let size = file.read(&mut buffer).map_err(failed)?;
        let Some(bytes) = buffer.get(..size).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interface_is_named_by_its_root_or_by_its_list() {
        for (typed, expected) in [
            ("https://feed.example", "https://feed.example/services?page=2&per_page=100"),
            ("https://feed.example/v3/", "https://feed.example/v3/services?page=2&per_page=100"),
            (
                "http://feed.example/services?taxonomy_id=7&page=9",
                "http://feed.example/services?taxonomy_id=7&page=2&per_page=100",
            ),
            ("http://feed.example/all.json", "http://feed.example/all.json?page=2&per_page=100"),
        ] {
            let Source::Web(uri) = Source::of(typed) else { panic!("{typed}") };
            assert_eq!(page_address(&uri, 2).unwrap().to_string(), expected);
        }
        assert_eq!(Source::of("https://feed.example/v3/?a=1").name(), "feed.example/v3");
        assert_eq!(Source::of("/data/county feed.json").name(), "county feed.json");
    }
}
