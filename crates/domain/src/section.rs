//! Everything that can be shown about a person, as a closed list. Pages take it only as `Visible<Section>`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::change::Event;
use crate::clock::Clock;
use crate::door::{ForWhom, Identity, Needs, Permissions, SafeContact, SafetyAnswers, Told, WayKind};
use crate::duty::Page;
use crate::episode::{Contact, Episode};
use crate::file::File;
use crate::handover::Handover;
use crate::ids::{ReferralId, TeamId, UserId};
use crate::looked::Look;
use crate::matching::MayHelp;
use crate::notice::Notice;
use crate::referral::{
    AskedBy, Candidate, Decided, Enquired, Flag, Involved, Known, Matching, MessageOut, Other, Referred,
    Since, StateKind, Triage, Whereabouts,
};
use crate::task::Task;
use crate::value::{Line, Reference, Text};

/// One thing shown about a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Section {
    /// One row of a list.
    Row(Row),
    /// Where the referral is, its clocks and its duty page.
    Progress(Progress),
    /// Who the person is, as far as they said.
    Identity(Identity),
    /// How to reach them safely.
    Contact(SafeContact),
    /// What helps us to understand each other and meet.
    Needs(Needs),
    /// Who asked for them, and what they know of it and agree to.
    Asked(AskedBy),
    /// Why now, in their own words, or in those of whoever asked for them.
    Story(Option<Text>),
    /// What else they told: help, caring, practical troubles, what got in the way before.
    Told(Told),
    /// The danger questions they answered yes to, and what they were told.
    Safety(SafetyAnswers),
    /// Files that came with it.
    Files(Vec<File>),
    /// What they allowed.
    Permissions(Permissions),
    /// The triage now in force and those before.
    Triage(Vec<Triage>),
    /// What may help and why, and what was made of it.
    MayHelp(Box<MayHelp>),
    /// What was decided.
    Decision(Vec<Decided>),
    /// What is passed on with the handover in force: the offer, and the triage behind it.
    Offer(Option<Box<PassedOn>>),
    /// Every service that was asked, oldest first.
    Handovers(Vec<Handover>),
    /// Contacts and attempts, and the episode.
    Contacts {
        /// The accepted care, if any.
        episode: Option<Episode>,
        /// Contacts and attempts, oldest first.
        contacts: Vec<Contact>,
    },
    /// Open and ended tasks.
    Tasks(Vec<Task>),
    /// Messages out.
    Notices(Vec<Notice>),
    /// What happened, newest first.
    History(Vec<Event>),
    /// What the person said since they asked.
    Since(Since),
    /// Where it is, in plain words, for the person.
    Whereabouts(Box<Whereabouts>),
    /// The messages to the person, and whether they reached them.
    Messages(Vec<MessageOut>),
    /// What a visitor sees after sending: the reference and the dated next steps.
    Receipt(Receipt),
    /// Where it stands, for whoever asked for somebody else: as much as the person allows.
    Referred(Referred),
    /// The least that lets somebody who is in touch again be recognised.
    Known(Box<Known>),
    /// Somebody who may be the same person.
    Candidate(Box<Candidate>),
    /// What was asked for, once.
    Enquiry(Box<Enquired>),
    /// Whether it is somebody we know, and who said so.
    Matching(Box<Matching>),
    /// Other requests of the same person, the newest first.
    Others(Vec<Other>),
    /// Teams that took responsibility for the same person.
    Involved(Vec<Involved>),
    /// What to know before anybody rings or writes, from their other requests.
    Flags(Vec<Flag>),
    /// Who looked at the record or changed it, the newest first.
    Looked(Vec<Look>),
}

/// The kinds of [`Section`], for the evaluator and docs/permissions.md.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SectionKind {
    /// See [`Section::Row`].
    Row,
    /// See [`Section::Progress`].
    Progress,
    /// See [`Section::Identity`].
    Identity,
    /// See [`Section::Contact`].
    Contact,
    /// See [`Section::Needs`].
    Needs,
    /// See [`Section::Asked`].
    Asked,
    /// See [`Section::Story`].
    Story,
    /// See [`Section::Told`].
    Told,
    /// See [`Section::Safety`].
    Safety,
    /// See [`Section::Files`].
    Files,
    /// See [`Section::Permissions`].
    Permissions,
    /// See [`Section::Triage`].
    Triage,
    /// See [`Section::MayHelp`].
    MayHelp,
    /// See [`Section::Decision`].
    Decision,
    /// See [`Section::Offer`].
    Offer,
    /// See [`Section::Handovers`].
    Handovers,
    /// See [`Section::Contacts`].
    Contacts,
    /// See [`Section::Tasks`].
    Tasks,
    /// See [`Section::Notices`].
    Notices,
    /// See [`Section::History`].
    History,
    /// See [`Section::Since`].
    Since,
    /// See [`Section::Whereabouts`].
    Whereabouts,
    /// See [`Section::Messages`].
    Messages,
    /// See [`Section::Receipt`].
    Receipt,
    /// See [`Section::Referred`].
    Referred,
    /// See [`Section::Known`].
    Known,
    /// See [`Section::Candidate`].
    Candidate,
    /// See [`Section::Enquiry`].
    Enquiry,
    /// See [`Section::Matching`].
    Matching,
    /// See [`Section::Others`].
    Others,
    /// See [`Section::Involved`].
    Involved,
    /// See [`Section::Flags`].
    Flags,
    /// See [`Section::Looked`].
    Looked,
}

impl SectionKind {
    /// Every kind, in page order.
    pub const ALL: [Self; 33] = [
        Self::Row,
        Self::Progress,
        Self::Identity,
        Self::Contact,
        Self::Needs,
        Self::Asked,
        Self::Story,
        Self::Told,
        Self::Safety,
        Self::Files,
        Self::Permissions,
        Self::Triage,
        Self::MayHelp,
        Self::Decision,
        Self::Offer,
        Self::Handovers,
        Self::Contacts,
        Self::Tasks,
        Self::Notices,
        Self::History,
        Self::Since,
        Self::Whereabouts,
        Self::Messages,
        Self::Receipt,
        Self::Referred,
        Self::Known,
        Self::Candidate,
        Self::Enquiry,
        Self::Matching,
        Self::Others,
        Self::Involved,
        Self::Flags,
        Self::Looked,
    ];
}

impl Section {
    /// Its kind.
    pub fn kind(&self) -> SectionKind {
        match self {
            Self::Row(_) => SectionKind::Row,
            Self::Progress(_) => SectionKind::Progress,
            Self::Identity(_) => SectionKind::Identity,
            Self::Contact(_) => SectionKind::Contact,
            Self::Needs(_) => SectionKind::Needs,
            Self::Asked(_) => SectionKind::Asked,
            Self::Story(_) => SectionKind::Story,
            Self::Told(_) => SectionKind::Told,
            Self::Safety(_) => SectionKind::Safety,
            Self::Files(_) => SectionKind::Files,
            Self::Permissions(_) => SectionKind::Permissions,
            Self::Triage(_) => SectionKind::Triage,
            Self::MayHelp(_) => SectionKind::MayHelp,
            Self::Decision(_) => SectionKind::Decision,
            Self::Offer(_) => SectionKind::Offer,
            Self::Handovers(_) => SectionKind::Handovers,
            Self::Contacts { .. } => SectionKind::Contacts,
            Self::Tasks(_) => SectionKind::Tasks,
            Self::Notices(_) => SectionKind::Notices,
            Self::History(_) => SectionKind::History,
            Self::Since(_) => SectionKind::Since,
            Self::Whereabouts(_) => SectionKind::Whereabouts,
            Self::Messages(_) => SectionKind::Messages,
            Self::Receipt(_) => SectionKind::Receipt,
            Self::Referred(_) => SectionKind::Referred,
            Self::Known(_) => SectionKind::Known,
            Self::Candidate(_) => SectionKind::Candidate,
            Self::Enquiry(_) => SectionKind::Enquiry,
            Self::Matching(_) => SectionKind::Matching,
            Self::Others(_) => SectionKind::Others,
            Self::Involved(_) => SectionKind::Involved,
            Self::Flags(_) => SectionKind::Flags,
            Self::Looked(_) => SectionKind::Looked,
        }
    }
}

/// One row of the worklist, of My day, of the overdue list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The referral.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// What to call the person.
    pub called: Line,
    /// Where it is.
    pub state: StateKind,
    /// Whether a danger question was answered yes and nobody has triaged since.
    pub flagged: bool,
    /// The category in force, A to G.
    pub category: Option<char>,
    /// When help was asked for.
    pub received_at: Timestamp,
    /// The next dated thing: a task, a clock or a page.
    pub next_due: Option<Timestamp>,
    /// What kind of task is next, or the subject of the row's own task.
    pub task: Option<Task>,
    /// Who has it open, and since when.
    pub opened_by: Option<(Line, Timestamp)>,
    /// Who is named on what is to be done.
    pub owners: Vec<UserId>,
    /// Which team is responsible.
    pub team: TeamId,
    /// Counts human decisions; a form carries the one it showed.
    pub version: i64,
}

/// What a service is told when it is asked to take somebody over, besides their own words and what they need.
#[derive(Clone, Debug, PartialEq)]
pub struct PassedOn {
    /// The reference, which is all that a message names.
    pub reference: Reference,
    /// The handover.
    pub handover: Handover,
    /// How soon, why, and the safety formulation, in words.
    pub triage: Option<Triage>,
}

/// Where a referral is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The referral.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// Where it is.
    pub state: StateKind,
    /// When help was asked for.
    pub received_at: Timestamp,
    /// Whether a danger answer is still without triage.
    pub flagged: bool,
    /// The team responsible now.
    pub team: TeamId,
    /// Who has it open, and since when.
    pub opened_by: Option<(Author, Timestamp)>,
    /// Who is there for the person, once named.
    pub key_worker: Option<(UserId, Line)>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// The duty page, if there was one.
    pub page: Option<Page>,
    /// The version a form about it must carry.
    pub version: i64,
}

/// What a visitor sees after sending, as it was promised then: kept with the draft, so that the page never says another
/// time when it is looked at again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// The reference to keep.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: Timestamp,
    /// How the person is reached. The number or address itself is not shown again.
    pub by: WayKind,
    /// By when somebody senior will have read it.
    pub read_by: Timestamp,
    /// By when the duty person will make contact, where a danger answer or "call me" asks for it.
    pub call_by: Option<Timestamp>,
    /// Nobody was on duty when it arrived.
    pub unstaffed: Option<Unstaffed>,
    /// Whom the help is for.
    #[serde(default)]
    pub whom: ForWhom,
    /// How whoever asked for somebody else is told that it arrived, if they gave a way.
    #[serde(default)]
    pub asker_by: Option<WayKind>,
    /// When they asked to be called, after it was sent.
    #[serde(default)]
    pub call_asked: Option<Timestamp>,
}

/// Nobody is on duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unstaffed {
    /// When somebody will be, if that is known.
    pub next: Option<Timestamp>,
}
