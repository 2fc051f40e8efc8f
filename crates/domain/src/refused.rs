//! Why a transition did not happen. Each reason has its own message and says what to do next.

/// Why a transition did not happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum Refused {
    /// The machine has no such step from here.
    NotFromHere,
    /// Somebody else changed it since the form was shown.
    Stale,
    /// It was sent already.
    AlreadySent,
    /// Its time has not come.
    NotDue,
    /// Only a senior clinician or social-care professional decides.
    SeniorOnly,
    /// Category A needs a record of what was done now.
    EmergencyRecordNeeded,
    /// A reason is needed.
    ReasonNeeded,
    /// The date lies in the past.
    DateInPast,
    /// It was answered already.
    AlreadyAnswered,
    /// The notice is settled or cannot take this step.
    NoticeStep,
    /// The task was ended already, or ends only by what it waits for.
    TaskStep,
    /// There is no such part of this referral.
    NoSuchPart,
    /// A referral cannot be a duplicate of itself.
    DuplicateOfItself,
    /// The referral it would be joined to has ended.
    LiveReferralClosed,
    /// The team does not take referrals now.
    TeamNotTaking,
    /// The person has not been reached yet, and that is owed before advice.
    ContactOwed,
    /// Nobody gives themselves a clinical role.
    OwnClinicalRole,
    /// Nobody approves their own request.
    OwnApproval,
    /// The link was used, ran out or never existed.
    LinkSpent,
    /// Access has ended.
    AccessEnded,
    /// The target was not missed, so there is nothing to explain.
    NotBreached,
    /// The session is locked or has ended.
    SessionOver,
    /// The person has not agreed, and nobody wrote down why we go on without.
    NotAgreed,
    /// The person does not know yet that we hold this.
    PersonNotTold,
    /// The address on the envelope was not read against what we were told.
    AddressNotChecked,
    /// They asked for something this does not give by itself, and nobody said whether it was there.
    NeedsNotSaid,
    /// Under 16: what the young person understands must be said in words.
    CompetenceNeeded,
    /// The handover cannot take this step from where it is.
    HandoverStep,
    /// It cannot have been said before it was asked.
    BeforeAsked,
    /// One person alone is no panel.
    PanelOfOne,
    /// Something in the rules is wrong, or a test case fails.
    RulesWrong,
    /// Nobody has looked what this draft would have suggested.
    DryRunNeeded,
    /// The profession keeps a register, and no number was given.
    NumberNeeded,
    /// Who has no register works under a named supervisor.
    SupervisorNeeded,
    /// It ends before it begins.
    DateOrder,
    /// Whoever covers is away themselves.
    CoverAway,
    /// Only the team's manager names somebody else; everybody may take a person themselves.
    ManagerNames,
    /// The offer went to another team, and only that one answers it.
    OtherTeam,
    /// There is no way to ask this service: no account, no e-mail address, no number.
    NoWayToAsk,
    /// The partner has no agreement in force: nobody new is given to it.
    NoAgreement,
    /// The days of the agreement do not fit each other.
    AgreementDates,
    /// They are known to be the same person already, or it is the same request.
    SamePerson,
    /// They were asked once; nobody is asked twice.
    AlreadyAsked,
    /// Whoever asked for them left no way to be asked.
    NobodyToAsk,
    /// Somebody else than the person answers, and does not say who they are.
    NotNamed,
    /// One person keeps so many of these and no more.
    TooMany,
    /// The name is used already.
    NameTaken,
}

impl Refused {
    /// The suffix of its message, `refused-…`.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotFromHere => "refused-not-from-here",
            Self::Stale => "refused-stale",
            Self::AlreadySent => "refused-already-sent",
            Self::NotDue => "refused-not-due",
            Self::SeniorOnly => "refused-senior-only",
            Self::EmergencyRecordNeeded => "refused-emergency-record-needed",
            Self::ReasonNeeded => "refused-reason-needed",
            Self::DateInPast => "refused-date-in-past",
            Self::AlreadyAnswered => "refused-already-answered",
            Self::NoticeStep => "refused-notice-step",
            Self::TaskStep => "refused-task-step",
            Self::NoSuchPart => "refused-no-such-part",
            Self::DuplicateOfItself => "refused-duplicate-of-itself",
            Self::LiveReferralClosed => "refused-live-referral-closed",
            Self::TeamNotTaking => "refused-team-not-taking",
            Self::ContactOwed => "refused-contact-owed",
            Self::OwnClinicalRole => "refused-own-clinical-role",
            Self::OwnApproval => "refused-own-approval",
            Self::LinkSpent => "refused-link-spent",
            Self::AccessEnded => "refused-access-ended",
            Self::NotBreached => "refused-not-breached",
            Self::SessionOver => "refused-session-over",
            Self::NotAgreed => "refused-not-agreed",
            Self::PersonNotTold => "refused-person-not-told",
            Self::AddressNotChecked => "refused-address-not-checked",
            Self::NeedsNotSaid => "refused-needs-not-said",
            Self::CompetenceNeeded => "refused-competence-needed",
            Self::HandoverStep => "refused-handover-step",
            Self::PanelOfOne => "refused-panel-of-one",
            Self::BeforeAsked => "refused-before-asked",
            Self::RulesWrong => "refused-rules-wrong",
            Self::DryRunNeeded => "refused-dry-run-needed",
            Self::NumberNeeded => "refused-number-needed",
            Self::SupervisorNeeded => "refused-supervisor-needed",
            Self::DateOrder => "refused-date-order",
            Self::CoverAway => "refused-cover-away",
            Self::ManagerNames => "refused-manager-names",
            Self::OtherTeam => "refused-other-team",
            Self::NoWayToAsk => "refused-no-way-to-ask",
            Self::NoAgreement => "refused-no-agreement",
            Self::AgreementDates => "refused-agreement-dates",
            Self::SamePerson => "refused-same-person",
            Self::AlreadyAsked => "refused-already-asked",
            Self::NobodyToAsk => "refused-nobody-to-ask",
            Self::NotNamed => "refused-not-named",
            Self::TooMany => "refused-too-many",
            Self::NameTaken => "refused-name-taken",
        }
    }
}
