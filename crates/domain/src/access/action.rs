//! What can be done, and the staff roles that may do it.

use crate::actor::Role;

/// Everything that can be done. A route names one, an event names one, a read names one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Action {
    /// Read one's own draft.
    DraftRead,
    /// Save one's own draft.
    DraftWrite,
    /// Come back to a draft with its phrase or a code.
    DraftReturn,
    /// Remove a form that ran out: a draft, or what staff began to write down.
    DraftPurge,
    /// Ask for a one-time code.
    CodeAsk,
    /// Type a one-time code.
    CodeUse,
    /// Hand one-time codes to providers, and remove what is left of them.
    CodeSend,
    /// Ask for help.
    ReferralSubmit,
    /// See the worklist of the single point of access.
    Worklist,
    /// See reports: counts, never a person.
    ReportRead,
    /// See one's own day.
    MyDay,
    /// Read a referral.
    ReferralRead,
    /// Write down a request for a person, and hand it over.
    EntryWrite,
    /// Look for earlier requests of somebody who is in touch again, and say where they are.
    PersonFind,
    /// Say that it is somebody we know, or nobody, and take that back.
    PersonMatch,
    /// Read a file that came with a referral.
    FileRead,
    /// Open a file that no scanner looked at.
    FileOpenUnscanned,
    /// Add a file, or take one off a form that was not sent.
    FileAdd,
    /// Keep what a scanner said of a file.
    FileScan,
    /// Open a referral for screening.
    ReferralScreen,
    /// Ask once for what is missing.
    EnquiryMake,
    /// Answer that, or write down an answer.
    EnquiryAnswer,
    /// Decide how soon somebody is seen.
    ReferralTriage,
    /// Write down what was learned for the matching rules.
    SignsRecord,
    /// Accept, advise, link a duplicate, record a death.
    ReferralDecide,
    /// Ask a service to take a person over, once the person was asked.
    HandoverOffer,
    /// Accept or decline a handover.
    HandoverAnswer,
    /// Introduce the person to the service that accepted, and record that they met.
    HandoverCarry,
    /// Take a handover back that nobody answered or met in time.
    HandoverBounce,
    /// Record what a "no wrong door" panel decided.
    PanelHold,
    /// Record that the person withdrew.
    ReferralWithdraw,
    /// Close a referral once everybody was told.
    ReferralClose,
    /// Record a contact or an attempt.
    ContactRecord,
    /// Name the key worker of an episode.
    EpisodeAllocate,
    /// See who waits for a key worker, and how full everybody is.
    CaseloadRead,
    /// See the counts of a team: who waits, how full it is, who is away.
    CapacityRead,
    /// Ask the team's manager where nobody covers for a key worker.
    CoverSeek,
    /// Record a follow-up check.
    FollowUpRecord,
    /// Hand messages to providers.
    NoticeSend,
    /// Print, post, tell by phone, or record why somebody is not told.
    NoticeTell,
    /// End a task with a reason.
    TaskEnd,
    /// Give what is to be done to a colleague by name, or back to the team.
    TaskGive,
    /// Send an overdue task one level up.
    TaskEscalate,
    /// Explain a missed target.
    BreachExplain,
    /// Answer a duty page by name.
    DutyAcknowledge,
    /// Send an unanswered duty page one rung up.
    DutyEscalate,
    /// See the county's settings.
    CountyRead,
    /// Change the county's settings: crisis numbers, hours, rota.
    CountyWrite,
    /// See the texts for the public with their drafts and editions.
    ContentRead,
    /// Write texts for the public and hand them in.
    ContentWrite,
    /// Sign off a text that somebody else wrote, or give it back.
    ContentSignOff,
    /// Take a text away from the public at once.
    ContentWithdraw,
    /// See the matching rules with their draft, test cases and editions.
    RulesRead,
    /// Write a draft of the matching rules, ask for a dry run, and hand it in.
    RulesWrite,
    /// Sign off rules that somebody else wrote, give them back, or bring back an earlier edition.
    RulesSignOff,
    /// Go on with a dry run of a draft.
    DryRunGoOn,
    /// See how often suggestions were followed, as counts.
    OverridesRead,
    /// Look for services in the directory.
    ServiceRead,
    /// Write, change and check services of the directory, and take them off it.
    ServiceWrite,
    /// Take in a feed of services, and see what came of it.
    ServiceImport,
    /// See the names of teams, organisations and colleagues.
    Directory,
    /// See accounts: who has which role, who can sign in.
    StaffRead,
    /// Invite, give roles, end access.
    StaffWrite,
    /// Write what one can do and when one is away; a manager, for those of their teams.
    WorkerWrite,
    /// Look up somebody's registration.
    RegistrationCheck,
    /// Make and change teams and organisations.
    TeamWrite,
    /// See, write down and end agreements with partners.
    AgreementWrite,
    /// See the agreement of one's own organisation, and set its own words.
    PartnerOwn,
    /// Ask for a new second factor for somebody.
    FactorResetAsk,
    /// Approve somebody else's request for a new second factor.
    FactorResetApprove,
    /// Sign in or use a one-time link.
    SignIn,
    /// Lock, unlock, sign out, set one's own password and second factor.
    OwnSession,
    /// Prove that one holds a referral: its reference, with a phrase or a code.
    TrackBegin,
    /// See where one's own referral is.
    OwnRead,
    /// Change how one is reached, and what one needs.
    OwnChange,
    /// Add something to one's own referral.
    OwnAdd,
    /// Ask for one's own referral to end.
    OwnWithdraw,
    /// Say that things got worse.
    OwnWorse,
    /// Keep a return phrase for one's own referral.
    PhraseKeep,
    /// Say that one has read what the person said since.
    NewRead,
    /// Take back the link that shows whoever asked where it stands, or make a new one.
    StatusLink,
    /// Open a one-time link, and say who one is.
    LinkOpen,
    /// Record that a practice has read the letter of advice, or why nobody says so.
    GpAnswer,
    /// See where the requests stand that one's own organisation sent, and keep one in that list.
    SentRead,
}

/// Who looks for services. Source: people-and-roles §4.2, row "Directory": everybody who helps people looks, few write.
const LOOKS: [Role; 11] = [
    Role::SpoaAdmin,
    Role::SpoaSenior,
    Role::KeyWorker,
    Role::CrisisTeam,
    Role::VcsWorker,
    Role::CafeHost,
    Role::Gp,
    Role::TeamManager,
    Role::ServiceManager,
    Role::ContentEditor,
    Role::DirectoryEditor,
];

/// Everybody who works with people: they may settle the last thing that a referral owes anybody, and have a profile.
const CLOSES: [Role; 8] = [
    Role::SpoaAdmin,
    Role::SpoaSenior,
    Role::KeyWorker,
    Role::CrisisTeam,
    Role::VcsWorker,
    Role::CafeHost,
    Role::TeamManager,
    Role::ServiceManager,
];

impl Action {
    /// Every action, in the order docs/permissions.md shows them.
    pub const ALL: [Self; 84] = [
        Self::DraftRead,
        Self::DraftWrite,
        Self::DraftReturn,
        Self::DraftPurge,
        Self::CodeAsk,
        Self::CodeUse,
        Self::CodeSend,
        Self::ReferralSubmit,
        Self::Worklist,
        Self::ReportRead,
        Self::MyDay,
        Self::ReferralRead,
        Self::EntryWrite,
        Self::PersonFind,
        Self::PersonMatch,
        Self::FileRead,
        Self::FileOpenUnscanned,
        Self::FileAdd,
        Self::FileScan,
        Self::ReferralScreen,
        Self::EnquiryMake,
        Self::EnquiryAnswer,
        Self::ReferralTriage,
        Self::SignsRecord,
        Self::ReferralDecide,
        Self::HandoverOffer,
        Self::HandoverAnswer,
        Self::HandoverCarry,
        Self::HandoverBounce,
        Self::PanelHold,
        Self::ReferralWithdraw,
        Self::ReferralClose,
        Self::ContactRecord,
        Self::EpisodeAllocate,
        Self::CaseloadRead,
        Self::CapacityRead,
        Self::CoverSeek,
        Self::FollowUpRecord,
        Self::NoticeSend,
        Self::NoticeTell,
        Self::TaskEnd,
        Self::TaskGive,
        Self::TaskEscalate,
        Self::BreachExplain,
        Self::DutyAcknowledge,
        Self::DutyEscalate,
        Self::CountyRead,
        Self::CountyWrite,
        Self::ContentRead,
        Self::ContentWrite,
        Self::ContentSignOff,
        Self::ContentWithdraw,
        Self::RulesRead,
        Self::RulesWrite,
        Self::RulesSignOff,
        Self::DryRunGoOn,
        Self::OverridesRead,
        Self::ServiceRead,
        Self::ServiceWrite,
        Self::ServiceImport,
        Self::Directory,
        Self::StaffRead,
        Self::StaffWrite,
        Self::WorkerWrite,
        Self::RegistrationCheck,
        Self::TeamWrite,
        Self::AgreementWrite,
        Self::PartnerOwn,
        Self::FactorResetAsk,
        Self::FactorResetApprove,
        Self::SignIn,
        Self::OwnSession,
        Self::TrackBegin,
        Self::OwnRead,
        Self::OwnChange,
        Self::OwnAdd,
        Self::OwnWithdraw,
        Self::OwnWorse,
        Self::PhraseKeep,
        Self::NewRead,
        Self::StatusLink,
        Self::LinkOpen,
        Self::GpAnswer,
        Self::SentRead,
    ];

    /// The staff roles that may do it. Source: people-and-roles §4.2 for this record classes.
    #[rustfmt::skip] // a table, not a staircase
    pub fn roles(self) -> &'static [Role] {
        use Role::{
            CafeHost, ContentEditor, CrisisTeam, DirectoryEditor, Gp, KeyWorker, ServiceManager, SpoaAdmin,
            SpoaSenior, Sysadmin, TeamManager, VcsWorker,
        };
        match self {
            Self::MyDay | Self::Directory | Self::OwnSession => &Role::ALL,
            Self::Worklist | Self::TaskGive => &[SpoaAdmin, SpoaSenior, TeamManager, ServiceManager],
            Self::ReferralRead => &[
                SpoaAdmin,
                SpoaSenior,
                KeyWorker,
                CrisisTeam,
                VcsWorker,
                CafeHost,
                TeamManager,
                ServiceManager,
            ],
            // Source: people-and-roles §2: whoever answers a telephone, a desk or a café writes down; deciding is another's.
            Self::EntryWrite | Self::PersonFind | Self::ReferralSubmit => {
                &[SpoaAdmin, SpoaSenior, KeyWorker, CrisisTeam, VcsWorker, CafeHost]
            }
            Self::FileRead => &[SpoaAdmin, SpoaSenior, KeyWorker, CrisisTeam],
            Self::ReferralScreen | Self::EnquiryMake | Self::EnquiryAnswer | Self::PersonMatch | Self::FollowUpRecord
            | Self::StatusLink | Self::HandoverOffer | Self::GpAnswer => &[SpoaAdmin, SpoaSenior],
            // Source: people-and-roles §4.1, REFERRER: where it stands and no more.
            Self::SentRead => &[Gp],
            // The service that is asked answers for itself, a café as much as any other; the single point of access writes down
            // what it says on the phone.
            Self::HandoverAnswer | Self::HandoverCarry => {
                &[SpoaAdmin, SpoaSenior, KeyWorker, CrisisTeam, VcsWorker, CafeHost, TeamManager]
            }
            Self::ReportRead | Self::CapacityRead | Self::RegistrationCheck => &[TeamManager, ServiceManager],
            Self::PanelHold | Self::RulesSignOff => &[SpoaSenior, ServiceManager],
            Self::ReferralTriage
            | Self::SignsRecord
            | Self::ReferralDecide
            | Self::ReferralWithdraw
            | Self::FileOpenUnscanned
            | Self::ContentSignOff => &[SpoaSenior],
            Self::NoticeTell => &[SpoaAdmin, SpoaSenior, KeyWorker],
            Self::ContactRecord => {
                &[SpoaAdmin, SpoaSenior, KeyWorker, CrisisTeam, VcsWorker, CafeHost, ServiceManager]
            }
            // Closing follows by itself from whatever settled the last thing owed. Of oneself everybody of a team writes.
            Self::ReferralClose | Self::WorkerWrite => &CLOSES,
            // Whoever carries people takes one; who names somebody else is the team's manager (`Referral::allocate`).
            Self::EpisodeAllocate => &[TeamManager, KeyWorker, CrisisTeam, VcsWorker, CafeHost],
            Self::CaseloadRead => &[KeyWorker, CrisisTeam, VcsWorker, CafeHost, TeamManager, ServiceManager],
            Self::NewRead => &[SpoaSenior, KeyWorker, CrisisTeam],
            Self::TaskEnd => &[SpoaAdmin, SpoaSenior, KeyWorker, CrisisTeam, TeamManager, ServiceManager],
            Self::BreachExplain => &[SpoaSenior, TeamManager, ServiceManager],
            Self::DutyAcknowledge => &[SpoaSenior, CrisisTeam, ServiceManager],
            Self::CountyRead | Self::CountyWrite | Self::AgreementWrite => &[ServiceManager, Sysadmin],
            Self::PartnerOwn => &[VcsWorker, CafeHost],
            Self::ContentRead | Self::ContentWithdraw | Self::RulesRead => {
                &[ContentEditor, SpoaSenior, ServiceManager]
            }
            Self::OverridesRead => &[ContentEditor, SpoaSenior, TeamManager, ServiceManager],
            Self::ContentWrite | Self::RulesWrite => &[ContentEditor],
            Self::ServiceRead => &LOOKS,
            Self::ServiceWrite => &[SpoaSenior, DirectoryEditor],
            Self::ServiceImport => &[DirectoryEditor],
            Self::StaffRead | Self::FactorResetApprove => &[TeamManager, ServiceManager, Sysadmin],
            Self::StaffWrite | Self::TeamWrite | Self::FactorResetAsk => &[Sysadmin],
            Self::DraftRead | Self::DraftWrite | Self::DraftReturn | Self::DraftPurge | Self::CodeAsk
            | Self::CodeUse | Self::CodeSend | Self::FileAdd | Self::FileScan | Self::NoticeSend
            | Self::TaskEscalate | Self::CoverSeek | Self::HandoverBounce | Self::DutyEscalate | Self::SignIn | Self::TrackBegin
            | Self::OwnRead | Self::OwnChange | Self::OwnAdd | Self::OwnWithdraw | Self::OwnWorse
            | Self::PhraseKeep | Self::LinkOpen | Self::DryRunGoOn => &[],
        }
    }
}
