//! Files that come with a request: letters, pictures, a scanned form. Kept as they came, opened by nobody before they were
//! looked at by a scanner, or knowingly by a senior where there is none. It never looks into what a file says.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::actor::{Author, Ctx};
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::door::{Draft, DraftState};
use crate::entry::{Entry, EntryState};
use crate::ids::{FileId, ReferralId};
use crate::referral::Referral;
use crate::value::Text;

mod kind;
mod name;
mod zip;

#[cfg(test)]
mod tests;

pub use kind::FileKind;
pub use name::FileName;

/// The most files one request may bring.
pub const MOST: usize = 5;
/// The largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// Whether a file was looked at by a scanner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "scan")]
pub enum Scan {
    /// Not yet.
    Waiting,
    /// The scanner found nothing.
    Clean {
        /// When.
        at: Timestamp,
    },
    /// The scanner found something: nobody can open it.
    Refused {
        /// When.
        at: Timestamp,
        /// What the scanner said.
        answer: Option<Text>,
    },
    /// It could not be looked at. A senior may open it knowingly.
    NotScanned {
        /// When that was clear.
        at: Timestamp,
        /// Why.
        why: NotScanned,
    },
}

/// Why a file was not looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotScanned {
    /// No scanner is set up.
    NoScanner,
    /// The scanner did not work, however often it was tried.
    ScannerFailed,
}

impl Scan {
    /// The stored code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Clean { .. } => "clean",
            Self::Refused { .. } => "refused",
            Self::NotScanned { .. } => "not-scanned",
        }
    }
}

/// What a scanner answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScanAnswer {
    /// It found nothing.
    Clean,
    /// It found something, in its words.
    Found(Option<Text>),
    /// It was not asked, or gave no answer.
    None(NotScanned),
}

/// What is known of a file, without what is in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct File {
    /// Made when the form is rendered.
    pub id: FileId,
    /// The draft it was added to, and so the referral that this becomes: both have the same id.
    pub of: Uuid,
    /// Its name, as it was given.
    pub name: FileName,
    /// What it really is, whatever it was called.
    pub kind: FileKind,
    /// Bytes.
    pub size: u32,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: Author,
    /// Whether it was looked at.
    pub scan: Scan,
}

/// What is in a file. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Content(Vec<u8>);

impl Content {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to send on.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// A file somebody wants to add.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Made when the form is rendered, so that adding twice is the same as adding once.
    pub id: FileId,
    /// Its name, as it was given.
    pub name: FileName,
    /// What is in it.
    pub content: Content,
}

/// Why a file is not taken. Each has its own message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum NotTaken {
    /// There is nothing in it.
    Empty,
    /// Larger than [`LARGEST`].
    TooLarge,
    /// There are [`MOST`] already.
    TooMany,
    /// A kind that cannot be opened safely, or none that we know.
    OtherKind,
    /// It was added before: the same form, sent twice.
    Before,
    /// The form was sent meanwhile.
    AlreadySent,
}

impl File {
    /// Adds a file to a draft that has these files.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn attach_to_draft(
        ctx: &Ctx,
        draft: &Draft,
        there: &[Self],
        offered: Offered,
    ) -> Result<Changes, NotTaken> {
        if draft.state != DraftState::Open {
            return Err(NotTaken::AlreadySent);
        }
        let subject = Subject { noun: Noun::Draft, id: draft.id.into() };
        Self::attach(ctx, (EventKind::FileAdded, subject), there, offered)
    }

    /// Adds a file to a referral that has these files.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn attach_to_referral(
        ctx: &Ctx,
        referral: &Referral,
        there: &[Self],
        offered: Offered,
    ) -> Result<Changes, NotTaken> {
        let subject = Subject { noun: Noun::Referral, id: referral.id().into() };
        Self::attach(ctx, (EventKind::FileAdded, subject), there, offered)
    }

    /// Staff add a file to what they write down: a form on paper, a letter. Once it was handed over as an emergency, it
    /// reaches the referral at once.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn attach_to_entry(
        ctx: &Ctx,
        entry: &Entry,
        there: &[Self],
        offered: Offered,
    ) -> Result<Changes, NotTaken> {
        if !entry.is_unfinished() {
            return Err(NotTaken::AlreadySent);
        }
        Self::attach(ctx, (EventKind::EntryFileAdded, entry.subject()), there, offered)
    }

    fn attach(
        ctx: &Ctx,
        (event, of): (EventKind, Subject),
        there: &[Self],
        offered: Offered,
    ) -> Result<Changes, NotTaken> {
        let Offered { id, name, content } = offered;
        if there.iter().any(|file| file.id == id) {
            return Err(NotTaken::Before);
        }
        if there.len() >= MOST {
            return Err(NotTaken::TooMany);
        }
        let bytes = content.bytes();
        if bytes.is_empty() {
            return Err(NotTaken::Empty);
        }
        let size = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= LARGEST);
        let size = size.ok_or(NotTaken::TooLarge)?;
        let kind = FileKind::of(bytes).ok_or(NotTaken::OtherKind)?;
        let added_by = ctx.actor.author();
        let file = Self { id, of: of.id, name, kind, size, added_at: ctx.now, added_by, scan: Scan::Waiting };
        Ok(Changes::one(ctx, event, of, None, Write::NewFile(Box::new((file, content)))))
    }

    /// Takes a file off a draft that was not sent.
    ///
    /// # Errors
    /// [`NotTaken::AlreadySent`] when the draft was sent meanwhile.
    pub fn remove_from_draft(self, ctx: &Ctx, draft: &Draft) -> Result<Changes, NotTaken> {
        if draft.state != DraftState::Open || self.of != Uuid::from(draft.id) {
            return Err(NotTaken::AlreadySent);
        }
        let subject = Subject { noun: Noun::Draft, id: draft.id.into() };
        Ok(Changes::one(ctx, EventKind::FileRemoved, subject, None, Write::RemoveFile(self.id)))
    }

    /// Takes a file off what staff write down. Once it was handed over, somebody may have seen it: it stays.
    ///
    /// # Errors
    /// [`NotTaken::AlreadySent`] once it was handed over.
    pub fn remove_from_entry(self, ctx: &Ctx, entry: &Entry) -> Result<Changes, NotTaken> {
        if entry.state != EntryState::Open || self.of != Uuid::from(entry.id) {
            return Err(NotTaken::AlreadySent);
        }
        let (kind, write) = (EventKind::EntryFileRemoved, Write::RemoveFile(self.id));
        Ok(Changes::one(ctx, kind, entry.subject(), None, write))
    }

    /// Keeps what the scanner said. A second answer changes nothing.
    ///
    /// # Errors
    /// [`NotTaken::Before`] when it was scanned already.
    pub fn scanned(mut self, ctx: &Ctx, answer: ScanAnswer) -> Result<Changes, NotTaken> {
        if self.scan != Scan::Waiting {
            return Err(NotTaken::Before);
        }
        let at = ctx.now;
        self.scan = match answer {
            ScanAnswer::Clean => Scan::Clean { at },
            ScanAnswer::Found(answer) => Scan::Refused { at, answer },
            ScanAnswer::None(why) => Scan::NotScanned { at, why },
        };
        let subject = Subject { noun: Noun::File, id: self.id.into() };
        Ok(Changes::one(ctx, EventKind::FileScanned, subject, None, Write::File(Box::new(self))))
    }

    /// A senior opens a file that no scanner looked at, knowing that, and says why.
    ///
    /// # Errors
    /// [`NotTaken::OtherKind`] for a file in which a scanner found something, and for one that still waits.
    pub fn open_unscanned(&self, ctx: &Ctx, referral: ReferralId, why: Text) -> Result<Changes, NotTaken> {
        match self.scan {
            Scan::NotScanned { .. } => {}
            Scan::Waiting | Scan::Clean { .. } | Scan::Refused { .. } => return Err(NotTaken::OtherKind),
        }
        let subject = Subject { noun: Noun::Referral, id: referral.into() };
        let mut changes = Changes::new();
        changes.event(ctx, EventKind::FileOpenedUnscanned, subject, Some(why));
        Ok(changes)
    }

    /// Whether anybody who may read it can open it without more ado.
    pub fn is_clean(&self) -> bool {
        matches!(self.scan, Scan::Clean { .. })
    }

    /// The name it is saved under: as it was given, with the ending of what it really is.
    pub fn saved_as(&self) -> String {
        format!("{}.{}", self.name.stem(), self.kind.ending())
    }
}
