//! What can happen, as one table: each kind, the action that must be allowed for it, and where a referral may be when it
//! happens. The seam decides again from here.

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::referral::StateKind::{self, Closed, Received, Redirecting, Screening, Telling, Triaged};

/// Before anything was decided.
const UNDECIDED: [StateKind; 4] = [Received, Screening, Triaged, Redirecting];

macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident: $action:ident $(, in $states:expr)?;)+) => {
        /// What happened. Each kind names the [`Action`] that must be allowed for it.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EventKind {
            $($(#[$doc])+ $kind,)+
        }

        impl EventKind {
            /// The action that must be allowed for this to happen.
            #[allow(clippy::match_same_arms, reason = "a table")]
            pub fn action(self) -> Action {
                match self {
                    $(Self::$kind => Action::$action,)+
                }
            }

            /// The states of a referral this may happen in. An empty list: it makes a referral, or is not one of a referral.
            /// Files lie beside the machine, and so do facts for the matching rules: none moves a referral.
            #[allow(clippy::match_same_arms, reason = "a table")]
            pub fn states(self) -> &'static [StateKind] {
                match self {
                    $(Self::$kind => kinds!(@states $($states)?),)+
                }
            }
        }
    };
    (@states) => { &[] };
    (@states $states:expr) => { &$states };
}

kinds! {
    /// A draft was started or saved.
    DraftSaved: DraftWrite;
    /// A way back to a draft was set or replaced.
    DraftKept: DraftWrite;
    /// A draft came back, to another browser.
    DraftReturned: DraftReturn;
    /// A draft was ended on one computer and can be come back to.
    DraftLeft: DraftWrite;
    /// A draft without a way back was ended and removed by its owner.
    DraftRemoved: DraftWrite;
    /// A draft ran out and was removed.
    DraftPurged: DraftPurge;
    /// A request that staff write down was begun, saved or finished.
    EntrySaved: EntryWrite;
    /// What was written down after the duty person was paged went on to the referral.
    EntryAdded: EntryWrite;
    /// A request that staff began to write down and nobody finished ran out and was removed.
    EntryPurged: DraftPurge;
    /// Staff added a file to what they write down.
    EntryFileAdded: EntryWrite;
    /// Staff took a file off what they write down, before it was handed over.
    EntryFileRemoved: EntryWrite;
    /// Staff made a return phrase for somebody who was there with them.
    PhraseMade: EntryWrite;
    /// A file was added.
    FileAdded: FileAdd;
    /// A file was taken off a form that was not sent.
    FileRemoved: FileAdd;
    /// A scanner was asked about a file.
    FileScanned: FileScan;
    /// A senior opened a file that no scanner looked at.
    FileOpenedUnscanned: FileOpenUnscanned;
    /// A one-time code was asked for.
    CodeAsked: CodeAsk;
    /// A one-time code left, or lies in the local spool.
    CodeSent: CodeSend;
    /// A one-time code could not be sent.
    CodeFailed: CodeSend;
    /// A one-time code was typed wrongly.
    CodeTried: CodeUse;
    /// A one-time code was right, and is used up.
    CodeUsed: CodeUse;
    /// What was left of a one-time code was removed.
    CodePurged: CodeSend;
    /// A request for help arrived.
    Received: ReferralSubmit;
    /// A danger answer paged the duty person.
    DutyPaged: ReferralSubmit;
    /// The program rang somebody for a page, or tried to.
    DutyRung: DutyEscalate, in StateKind::ALL;
    /// A page went one rung up.
    DutyEscalated: DutyEscalate, in [Received, Screening, Redirecting, Telling];
    /// A named person answered a page.
    DutyAcknowledged: DutyAcknowledge, in [Received, Screening, Redirecting, Telling];
    /// Somebody at the single point of access opened it.
    ScreeningStarted: ReferralScreen, in [Received, Screening];
    /// A senior triaged it.
    Triaged: ReferralTriage, in [Screening, Triaged, Redirecting, Telling];
    /// What was learned for the matching rules was written down.
    SignsRecorded: SignsRecord;
    /// What is missing was asked for, once.
    EnquiryMade: EnquiryMake, in [Screening];
    /// That was answered, by the link or told to one of us.
    EnquiryAnswered: EnquiryAnswer, in StateKind::ALL;
    /// It was accepted by a team.
    Accepted: ReferralDecide, in [Triaged];
    /// Advice was given.
    Advised: ReferralDecide, in [Triaged];
    /// A senior chose a service to hand the person over to.
    HandoverProposed: ReferralDecide, in [Triaged];
    /// The service was asked.
    HandoverOffered: HandoverOffer, in [Redirecting];
    /// It takes the person.
    HandoverAccepted: HandoverAnswer, in [Redirecting];
    /// It cannot take the person.
    HandoverDeclined: HandoverAnswer, in [Redirecting];
    /// Somebody introduced them.
    HandoverIntroduced: HandoverCarry, in [Redirecting];
    /// A message that introduces them was written; it counts when the person has it.
    IntroductionWritten: HandoverCarry, in [Redirecting];
    /// They have met.
    HandoverMet: HandoverCarry, in [Redirecting];
    /// It did not answer, or meet the person, in time.
    HandoverBounced: HandoverBounce, in [Redirecting];
    /// A senior took it back.
    HandoverTakenBack: ReferralDecide, in [Redirecting];
    /// A panel named the team that holds the person.
    PanelHeld: PanelHold, in [Triaged];
    /// The person withdrew.
    Withdrawn: ReferralWithdraw, in UNDECIDED;
    /// It was linked to the live referral of the same person.
    DuplicateLinked: ReferralDecide, in UNDECIDED;
    /// The person died.
    Died: ReferralDecide, in StateKind::ALL;
    /// Everybody was told and it closed.
    Closed: ReferralClose, in [Telling];
    /// It was opened again with its original date.
    Reopened: FollowUpRecord, in [Telling, Closed];
    /// A follow-up check was made and the person was better.
    FollowedUp: FollowUpRecord, in [Telling, Closed];
    /// A contact, or an attempt at one.
    ContactRecorded: ContactRecord, in StateKind::ALL;
    /// A key worker was named for the episode.
    Allocated: EpisodeAllocate, in [Telling, Closed];
    /// Somebody else became the key worker.
    KeyWorkerChanged: EpisodeAllocate, in [Telling, Closed];
    /// The person said whom they would like as key worker.
    WorkerWished: ContactRecord, in [Telling, Closed];
    /// The key worker is away or has left, and nobody covers.
    CoverMissing: CoverSeek, in [Telling, Closed];
    /// The key worker is back, or somebody covers.
    CoverFound: CoverSeek, in [Telling, Closed];
    /// One of the four parts of the four-week wait was done.
    WaitPartRecorded: ContactRecord, in [Telling, Closed];
    /// A message was written to the local spool.
    NoticeSpooled: NoticeSend, in StateKind::ALL;
    /// A provider took a message and answered.
    NoticeHanded: NoticeSend, in StateKind::ALL;
    /// A provider said it was delivered.
    NoticeDelivered: NoticeSend, in StateKind::ALL;
    /// A message failed.
    NoticeFailed: NoticeSend, in StateKind::ALL;
    /// A letter was printed.
    NoticePrinted: NoticeTell, in StateKind::ALL;
    /// A named person posted a letter.
    NoticePosted: NoticeTell, in StateKind::ALL;
    /// A posted letter came back.
    NoticeCameBack: NoticeTell, in StateKind::ALL;
    /// A named person told them by phone.
    ToldByPhone: NoticeTell, in StateKind::ALL;
    /// A party is not told, for a stated reason.
    NoticeExcepted: NoticeTell, in StateKind::ALL;
    /// A task was ended with a reason.
    TaskEnded: TaskEnd, in StateKind::ALL;
    /// An overdue task went one level up.
    TaskEscalated: TaskEscalate, in StateKind::ALL;
    /// A breach was explained.
    BreachExplained: BreachExplain, in StateKind::ALL;
    /// A senior decided that telling the person is not safe for now.
    HeldBack: ReferralDecide, in StateKind::ALL;
    /// A senior wrote down why we go on without the person's agreement.
    AgreementWaived: ReferralDecide, in [Triaged];
    /// The county's settings changed.
    CountyChanged: CountyWrite;
    /// A text for the public was written or changed, as a draft.
    ContentSaved: ContentWrite;
    /// It was handed in to be signed off.
    ContentSubmitted: ContentWrite;
    /// Somebody else signed it off: the public reads it.
    ContentSignedOff: ContentSignOff;
    /// It was given back to whoever wrote it.
    ContentGivenBack: ContentSignOff;
    /// It was taken away from the public.
    ContentWithdrawn: ContentWithdraw;
    /// A draft of the matching rules was begun or changed.
    RulesSaved: RulesWrite;
    /// It was thrown away.
    RulesDropped: RulesWrite;
    /// It was handed in to be signed off.
    RulesSubmitted: RulesWrite;
    /// Somebody else signed it off: from now on it suggests.
    RulesSignedOff: RulesSignOff;
    /// It was given back to whoever wrote it.
    RulesGivenBack: RulesSignOff;
    /// An earlier edition was brought back.
    RulesWentBack: RulesSignOff;
    /// Somebody asked what a draft would have suggested.
    DryRunBegan: RulesWrite;
    /// Some more referrals were looked at for it.
    DryRunWentOn: DryRunGoOn;
    /// All of them were, or nobody needs the answer any more.
    DryRunFinished: DryRunGoOn;
    /// Somebody was invited.
    UserInvited: StaffWrite;
    /// An invitation was used.
    InvitationUsed: SignIn;
    /// Roles or teams of an account changed.
    RolesChanged: StaffWrite;
    /// Access ended at once.
    AccessEnded: StaffWrite;
    /// A reset of a second factor was asked for.
    FactorResetAsked: FactorResetAsk;
    /// Another person approved the reset.
    FactorResetApproved: FactorResetApprove;
    /// A password or second factor was set.
    CredentialsSet: OwnSession;
    /// What somebody is and can do was written down or changed.
    WorkerSaved: WorkerWrite;
    /// Somebody else looked a registration up.
    RegistrationChecked: RegistrationCheck;
    /// Time away was written down, with who covers.
    AbsencePlanned: WorkerWrite;
    /// Somebody is back early, or never went.
    AbsenceEnded: WorkerWrite;
    /// A team was made or changed.
    TeamChanged: TeamWrite;
    /// An organisation was made or changed.
    OrgChanged: TeamWrite;
    /// An agreement with a partner was written down.
    AgreementMade: AgreementWrite;
    /// An agreement with a partner was ended with a reason.
    AgreementEnded: AgreementWrite;
    /// Somebody has to renew an agreement.
    RenewalAsked: TaskEscalate;
    /// Nobody renewed it in time: one level up.
    RenewalRaised: TaskEscalate;
    /// A partner set its own words.
    OrgWordsSet: PartnerOwn;
    /// Signed in.
    SignedIn: SignIn;
    /// A sign-in was refused.
    SignInRefused: SignIn;
    /// A session was locked, unlocked or touched.
    SessionChanged: OwnSession;
    /// Signed out.
    SignedOut: OwnSession;
    /// A POST was parked for a locked or ended session, or taken back.
    PostParked: OwnSession;
    /// Somebody proved that they hold a referral, and follows it.
    TrackingBegan: TrackBegin;
    /// A reference with a wrong phrase or code.
    TrackingRefused: TrackBegin;
    /// Somebody finished following a referral.
    TrackingEnded: OwnRead;
    /// A return phrase was made, in place of an earlier one.
    PhraseKept: PhraseKeep;
    /// A new link was made to where a referral stands; earlier ones open nothing.
    StatusLinkMade: StatusLink;
    /// The link to where a referral stands was taken back.
    StatusLinkWithdrawn: StatusLink;
    /// Somebody of a service opened its one-time link and said who they are. That is no answer.
    LinkOpened: LinkOpen;
    /// They finished, or what the link was for is done.
    VisitEnded: LinkOpen;
    /// The practice has read the letter of advice, or there is a reason why nobody says so.
    GpAnswered: GpAnswer, in [Telling, Closed];
    /// A request was kept in the list of the organisation that sent it.
    SentKept: SentRead;
    /// The person added something.
    PersonAdded: OwnAdd, in StateKind::ALL;
    /// The person looked at how they are reached or what they need, and left it as it is.
    PersonChanged: OwnChange, in StateKind::ALL;
    /// The person changed how they are reached. As a step it is [`EventKind::PersonChanged`].
    ReachChanged: OwnChange;
    /// The person changed what they need. As a step it is [`EventKind::PersonChanged`].
    NeedsChanged: OwnChange;
    /// The person asked for it to end.
    WithdrawalAsked: OwnWithdraw, in UNDECIDED;
    /// The person said that things got worse.
    GotWorse: OwnWorse, in StateKind::ALL;
    /// What is to be done was given to a colleague by name, or back to the team.
    Given: TaskGive, in StateKind::ALL;
    /// Whoever sent a form asked to be called, after it was sent. As a step it is [`EventKind::GotWorse`].
    CallAsked: ReferralSubmit;
    /// Staff read what the person said since.
    NewRead: NewRead, in StateKind::ALL;
    /// A human said that it is the same person as in another request. Beside the machine: it moves no request.
    PersonMatched: PersonMatch;
    /// That was taken back.
    PersonUnmatched: PersonMatch;
    /// A human said that nobody of those who were shown is this person.
    NobodyMatched: PersonMatch;
    /// Somebody kept a filter of lists, or gave it another name.
    FilterSaved: Worklist;
    /// Somebody removed a filter they kept.
    FilterRemoved: Worklist;
    /// A service of the directory was written here or changed.
    ServiceSaved: ServiceWrite;
    /// Somebody asked there, and it was right.
    ServiceChecked: ServiceWrite;
    /// It was taken off the directory.
    ServiceRetired: ServiceWrite;
    /// It was put back.
    ServiceBroughtBack: ServiceWrite;
    /// What was written here was dropped for what the feed says.
    ServiceFollowsFeed: ServiceWrite;
    /// An import of a feed began.
    ImportBegan: ServiceImport;
    /// Some of its records were laid aside.
    ImportWentOn: ServiceImport;
    /// The directory became what the feed says.
    ImportFinished: ServiceImport;
    /// It was given up.
    ImportGivenUp: ServiceImport;
}
