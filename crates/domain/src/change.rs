//! Change sets: what a transition did, as events and the rows they change. Only transitions make them.

mod subject;
mod tracked;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::{Action, Action as A};
use crate::actor::{Author, Ctx};
use crate::code::Code;
use crate::content::Edition;
use crate::county::County;
use crate::directory::{Batch, Import, Service};
use crate::door::Draft;
use crate::entry::Entry;
use crate::file::{Content, File};
use crate::ids::{CodeId, EventId, FileId};
use crate::referral::Referral;
use crate::session::{Parked, Session};
use crate::team::{Invitation, Org, Team, User};
use crate::track::{ReturnKey, SentRequest, StatusKey, Tracking};
use crate::value::Text;

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

/// What happened. Each kind names the [`Action`] that must be allowed for it: the seam decides again from here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A draft was started or saved.
    DraftSaved,
    /// A way back to a draft was set or replaced.
    DraftKept,
    /// A draft came back, to another browser.
    DraftReturned,
    /// A draft was ended on one computer and can be come back to.
    DraftLeft,
    /// A draft without a way back was ended and removed by its owner.
    DraftRemoved,
    /// A draft ran out and was removed.
    DraftPurged,
    /// A request that staff write down was begun, saved or finished.
    EntrySaved,
    /// What was written down after the duty person was paged went on to the referral.
    EntryAdded,
    /// A request that staff began to write down and nobody finished ran out and was removed.
    EntryPurged,
    /// Staff added a file to what they write down.
    EntryFileAdded,
    /// Staff took a file off what they write down, before it was handed over.
    EntryFileRemoved,
    /// Staff made a return phrase for somebody who was there with them.
    PhraseMade,
    /// A file was added.
    FileAdded,
    /// A file was taken off a form that was not sent.
    FileRemoved,
    /// A scanner was asked about a file.
    FileScanned,
    /// A senior opened a file that no scanner looked at.
    FileOpenedUnscanned,
    /// A one-time code was asked for.
    CodeAsked,
    /// A one-time code left, or lies in the local spool.
    CodeSent,
    /// A one-time code could not be sent.
    CodeFailed,
    /// A one-time code was typed wrongly.
    CodeTried,
    /// A one-time code was right, and is used up.
    CodeUsed,
    /// What was left of a one-time code was removed.
    CodePurged,
    /// A request for help arrived.
    Received,
    /// A danger answer paged the duty person.
    DutyPaged,
    /// The program rang somebody for a page, or tried to.
    DutyRung,
    /// A page went one rung up.
    DutyEscalated,
    /// A named person answered a page.
    DutyAcknowledged,
    /// Somebody at the single point of access opened it.
    ScreeningStarted,
    /// A senior triaged it.
    Triaged,
    /// It was accepted by a team.
    Accepted,
    /// Advice was given.
    Advised,
    /// A senior chose a service to hand the person over to.
    HandoverProposed,
    /// The service was asked.
    HandoverOffered,
    /// It takes the person.
    HandoverAccepted,
    /// It cannot take the person.
    HandoverDeclined,
    /// Somebody introduced them.
    HandoverIntroduced,
    /// They have met.
    HandoverMet,
    /// It did not answer, or meet the person, in time.
    HandoverBounced,
    /// A senior took it back.
    HandoverTakenBack,
    /// A panel named the team that holds the person.
    PanelHeld,
    /// The person withdrew.
    Withdrawn,
    /// It was linked to the live referral of the same person.
    DuplicateLinked,
    /// The person died.
    Died,
    /// Everybody was told and it closed.
    Closed,
    /// It was opened again with its original date.
    Reopened,
    /// A follow-up check was made and the person was better.
    FollowedUp,
    /// A contact, or an attempt at one.
    ContactRecorded,
    /// A key worker was named for the episode.
    Allocated,
    /// A message was written to the local spool.
    NoticeSpooled,
    /// A provider took a message and answered.
    NoticeHanded,
    /// A provider said it was delivered.
    NoticeDelivered,
    /// A message failed.
    NoticeFailed,
    /// A letter was printed.
    NoticePrinted,
    /// A named person posted a letter.
    NoticePosted,
    /// A posted letter came back.
    NoticeCameBack,
    /// A named person told them by phone.
    ToldByPhone,
    /// A party is not told, for a stated reason.
    NoticeExcepted,
    /// A task was ended with a reason.
    TaskEnded,
    /// An overdue task went one level up.
    TaskEscalated,
    /// A breach was explained.
    BreachExplained,
    /// A senior decided that telling the person is not safe for now.
    HeldBack,
    /// A senior wrote down why we go on without the person's agreement.
    AgreementWaived,
    /// The county's settings changed.
    CountyChanged,
    /// A text for the public was written or changed, as a draft.
    ContentSaved,
    /// It was handed in to be signed off.
    ContentSubmitted,
    /// Somebody else signed it off: the public reads it.
    ContentSignedOff,
    /// It was given back to whoever wrote it.
    ContentGivenBack,
    /// It was taken away from the public.
    ContentWithdrawn,
    /// Somebody was invited.
    UserInvited,
    /// An invitation was used.
    InvitationUsed,
    /// Roles or teams of an account changed.
    RolesChanged,
    /// Access ended at once.
    AccessEnded,
    /// A reset of a second factor was asked for.
    FactorResetAsked,
    /// Another person approved the reset.
    FactorResetApproved,
    /// A password or second factor was set.
    CredentialsSet,
    /// A team was made or changed.
    TeamChanged,
    /// An organisation was made or changed.
    OrgChanged,
    /// Signed in.
    SignedIn,
    /// A sign-in was refused.
    SignInRefused,
    /// A session was locked, unlocked or touched.
    SessionChanged,
    /// Signed out.
    SignedOut,
    /// A POST was parked for a locked or ended session, or taken back.
    PostParked,
    /// Somebody proved that they hold a referral, and follows it.
    TrackingBegan,
    /// A reference with a wrong phrase or code.
    TrackingRefused,
    /// Somebody finished following a referral.
    TrackingEnded,
    /// A return phrase was made, in place of an earlier one.
    PhraseKept,
    /// A new link was made to where a referral stands; earlier ones open nothing.
    StatusLinkMade,
    /// The link to where a referral stands was taken back.
    StatusLinkWithdrawn,
    /// A request was kept in the list of the organisation that sent it.
    SentKept,
    /// The person added something.
    PersonAdded,
    /// The person changed how they are reached or what they need, or said that it is still right.
    PersonChanged,
    /// The person asked for it to end.
    WithdrawalAsked,
    /// The person said that things got worse.
    GotWorse,
    /// Staff read what the person said since.
    NewRead,
    /// A service of the directory was written here or changed.
    ServiceSaved,
    /// Somebody asked there, and it was right.
    ServiceChecked,
    /// It was taken off the directory.
    ServiceRetired,
    /// It was put back.
    ServiceBroughtBack,
    /// What was written here was dropped for what the feed says.
    ServiceFollowsFeed,
    /// An import of a feed began.
    ImportBegan,
    /// Some of its records were laid aside.
    ImportWentOn,
    /// The directory became what the feed says.
    ImportFinished,
    /// It was given up.
    ImportGivenUp,
}

impl EventKind {
    /// The action that must be allowed for this to happen.
    pub fn action(self) -> Action {
        match self {
            Self::DraftSaved | Self::DraftKept | Self::DraftLeft | Self::DraftRemoved => A::DraftWrite,
            Self::DraftReturned => A::DraftReturn,
            Self::CodeAsked => A::CodeAsk,
            Self::CodeTried | Self::CodeUsed => A::CodeUse,
            Self::CodeSent | Self::CodeFailed | Self::CodePurged => A::CodeSend,
            Self::DraftPurged | Self::EntryPurged => A::DraftPurge,
            Self::EntrySaved
            | Self::EntryAdded
            | Self::EntryFileAdded
            | Self::EntryFileRemoved
            | Self::PhraseMade => A::EntryWrite,
            Self::FileAdded | Self::FileRemoved => A::FileAdd,
            Self::FileScanned => A::FileScan,
            Self::FileOpenedUnscanned => A::FileOpenUnscanned,
            Self::Received | Self::DutyPaged => A::ReferralSubmit,
            Self::DutyRung | Self::DutyEscalated => A::DutyEscalate,
            Self::DutyAcknowledged => A::DutyAcknowledge,
            Self::ScreeningStarted => A::ReferralScreen,
            Self::Triaged => A::ReferralTriage,
            Self::Accepted
            | Self::Advised
            | Self::DuplicateLinked
            | Self::Died
            | Self::HeldBack
            | Self::AgreementWaived
            | Self::HandoverProposed
            | Self::HandoverTakenBack => A::ReferralDecide,
            Self::HandoverOffered => A::HandoverOffer,
            Self::HandoverAccepted | Self::HandoverDeclined => A::HandoverAnswer,
            Self::HandoverIntroduced | Self::HandoverMet => A::HandoverCarry,
            Self::HandoverBounced => A::HandoverBounce,
            Self::PanelHeld => A::PanelHold,
            Self::Withdrawn => A::ReferralWithdraw,
            Self::Closed => A::ReferralClose,
            Self::Reopened | Self::FollowedUp => A::FollowUpRecord,
            Self::ContactRecorded => A::ContactRecord,
            Self::Allocated => A::EpisodeAllocate,
            Self::NoticeSpooled | Self::NoticeHanded | Self::NoticeDelivered | Self::NoticeFailed => {
                A::NoticeSend
            }
            Self::NoticePrinted
            | Self::NoticePosted
            | Self::NoticeCameBack
            | Self::ToldByPhone
            | Self::NoticeExcepted => A::NoticeTell,
            Self::TaskEnded => A::TaskEnd,
            Self::TaskEscalated => A::TaskEscalate,
            Self::BreachExplained => A::BreachExplain,
            Self::CountyChanged => A::CountyWrite,
            Self::ContentSaved | Self::ContentSubmitted => A::ContentWrite,
            Self::ContentSignedOff | Self::ContentGivenBack => A::ContentSignOff,
            Self::ContentWithdrawn => A::ContentWithdraw,
            Self::UserInvited | Self::RolesChanged | Self::AccessEnded => A::StaffWrite,
            Self::FactorResetAsked => A::FactorResetAsk,
            Self::FactorResetApproved => A::FactorResetApprove,
            Self::TeamChanged | Self::OrgChanged => A::TeamWrite,
            Self::InvitationUsed | Self::SignedIn | Self::SignInRefused => A::SignIn,
            Self::CredentialsSet | Self::SessionChanged | Self::SignedOut | Self::PostParked => A::OwnSession,
            Self::TrackingBegan | Self::TrackingRefused => A::TrackBegin,
            Self::TrackingEnded => A::OwnRead,
            Self::PhraseKept => A::PhraseKeep,
            Self::StatusLinkMade | Self::StatusLinkWithdrawn => A::StatusLink,
            Self::SentKept => A::SentRead,
            Self::PersonAdded => A::OwnAdd,
            Self::PersonChanged => A::OwnChange,
            Self::WithdrawalAsked => A::OwnWithdraw,
            Self::GotWorse => A::OwnWorse,
            Self::NewRead => A::NewRead,
            Self::ServiceSaved
            | Self::ServiceChecked
            | Self::ServiceRetired
            | Self::ServiceBroughtBack
            | Self::ServiceFollowsFeed => A::ServiceWrite,
            Self::ImportBegan | Self::ImportWentOn | Self::ImportFinished | Self::ImportGivenUp => {
                A::ServiceImport
            }
        }
    }
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
    /// An account.
    User(Box<User>),
    /// A team.
    Team(Team),
    /// An organisation.
    Org(Org),
    /// An invitation or other one-time link.
    Invitation(Invitation),
    /// A sign-in.
    Session(Session),
    /// A parked POST.
    Parked(Parked),
    /// A session of somebody who follows a referral.
    Tracking(Tracking),
    /// What opens a referral from outside.
    ReturnKey(ReturnKey),
    /// What became of the link to where a referral stands.
    StatusKey(StatusKey),
    /// A request in the list of the organisation that sent it.
    SentRequest(SentRequest),
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
