//! Change sets: what a transition did, as events and the rows they change. Only transitions make them.

mod kind;
mod subject;
mod tracked;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::{Author, Ctx};
use crate::code::Code;
use crate::content::Edition;
use crate::county::County;
use crate::directory::{Batch, Import, Service};
use crate::door::Draft;
use crate::entry::Entry;
use crate::file::{Content, File};
use crate::guest::Visit;
use crate::ids::{CodeId, EventId, FileId};
use crate::matching::{DryRun, Rulebook};
use crate::referral::{PersonLink, Referral};
use crate::session::{Parked, Session};
use crate::team::{Invitation, Org, Team, User};
use crate::track::{ReturnKey, SentRequest, StatusKey, Tracking};
use crate::value::Text;
use crate::worker::{Absence, Worker};
use crate::worklist::SavedFilter;

pub use kind::EventKind;
pub use subject::{Noun, Subject};
pub use tracked::Tracked;

/// A fact that happened: what, to which subject, when, by whom, why. Never changed, never removed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// The event's own id.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// The subject's kind and id.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Author,
    /// Why, in the words of the one who did it, where the transition asks for it.
    pub why: Option<Text>,
}

/// One row, or one family of rows, to write.
#[derive(Clone, Debug)]
pub enum Write {
    /// A referral with everything that hangs on it.
    Referral(Box<Referral>),
    /// A draft.
    Draft(Box<Draft>),
    /// A draft to remove, leaving its event.
    RemoveDraft(crate::ids::DraftId),
    /// A request that staff write down.
    Entry(Box<Entry>),
    /// A request that staff wrote down and nobody finished, to remove, leaving its events.
    RemoveEntry(crate::ids::EntryId),
    /// A file that was not there before, and what is in it.
    NewFile(Box<(File, Content)>),
    /// What is known of a file.
    File(Box<File>),
    /// A file to remove.
    RemoveFile(FileId),
    /// A one-time code that was just asked for: earlier ones for the same purpose and address end.
    NewCode(Box<Code>),
    /// A one-time code.
    Code(Box<Code>),
    /// A one-time code to remove, leaving its events.
    RemoveCode(CodeId),
    /// The county's settings, and the version they replace.
    County(Box<County>, i64),
    /// A text for the public, and the edition it now shows when it was just signed off.
    Content(Box<crate::content::Content>, Option<Box<Edition>>),
    /// The matching rules, and the edition that is in force from now on when it was just signed off.
    Rules(Box<Rulebook>, Option<Box<crate::matching::Edition>>),
    /// A dry run of a draft of them.
    DryRun(Box<DryRun>),
    /// An account.
    User(Box<User>),
    /// A team.
    Team(Team),
    /// What somebody is and can do.
    Worker(Box<Worker>),
    /// Somebody's time away.
    Absence(Box<Absence>),
    /// An organisation.
    Org(Org),
    /// An agreement with one.
    Agreement(Box<crate::agreement::Agreement>),
    /// An invitation or other one-time link.
    Invitation(Invitation),
    /// A sign-in.
    Session(Session),
    /// A parked POST.
    Parked(Parked),
    /// A session of somebody who follows a referral.
    Tracking(Tracking),
    /// A visit of somebody who opened a one-time link.
    Visit(Box<Visit>),
    /// What opens a referral from outside.
    ReturnKey(ReturnKey),
    /// What became of the link to where a referral stands.
    StatusKey(StatusKey),
    /// A request in the list of the organisation that sent it.
    SentRequest(SentRequest),
    /// A human's word that two requests are of the same person, or that it was taken back.
    PersonLink(Box<PersonLink>),
    /// A filter that somebody keeps.
    SavedFilter(SavedFilter),
    /// A filter that somebody kept, to remove.
    RemoveSavedFilter(crate::ids::UserId, crate::ids::FilterId),
    /// A service of the directory.
    Service(Box<Service>),
    /// An import: begun or given up.
    Import(Box<Import>),
    /// Some records of an import, to lay aside, and how far it is.
    ImportBatch(Box<Import>, Box<Batch>),
    /// An import whose records become the directory, and whether any number of services may go.
    ImportFinished(Box<Import>, bool),
}

/// What a transition did. Only transitions make one; only `Tx::commit` takes one.
#[derive(Clone, Debug)]
pub struct Changes {
    writes: Vec<Write>,
    events: Vec<Event>,
}

impl Changes {
    pub(crate) fn new() -> Self {
        Self { writes: Vec::new(), events: Vec::new() }
    }

    pub(crate) fn one(ctx: &Ctx, kind: EventKind, subject: Subject, why: Option<Text>, write: Write) -> Self {
        let mut changes = Self::new();
        changes.event(ctx, kind, subject, why);
        changes.writes.push(write);
        changes
    }

    pub(crate) fn event(&mut self, ctx: &Ctx, kind: EventKind, subject: Subject, why: Option<Text>) {
        self.events.push(Event { id: ctx.new_id(), kind, subject, at: ctx.now, by: ctx.actor.author(), why });
    }

    pub(crate) fn write(&mut self, write: Write) {
        self.writes.push(write);
    }

    /// Joins two change sets of one transaction.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.writes.extend(other.writes);
        self.events.extend(other.events);
        self
    }

    /// The rows to write, in order.
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// The events that happened, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }
}
