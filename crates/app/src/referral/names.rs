//! The words for what the domain names: states, steps, clocks, tasks, messages. Keys only, one for each variant.

use onedoor_domain::change::EventKind;
use onedoor_domain::clock::{ClockKind, StopWhy};
use onedoor_domain::door::Danger;
use onedoor_domain::episode::Mode;
use onedoor_domain::handover::{DeclineReason, HandoverState, Introduction};
use onedoor_domain::notice::{Message, News, NoticeState, Party, Route};
use onedoor_domain::referral::{Category, Outcome, StateKind};
use onedoor_domain::refused::Refused;
use onedoor_domain::task::TaskKind;

/// Where a referral is.
pub fn state(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Received => "referral-state-received",
        StateKind::Screening => "referral-state-screening",
        StateKind::Triaged => "referral-state-triaged",
        StateKind::Redirecting => "referral-state-redirecting",
        StateKind::Telling => "referral-state-telling",
        StateKind::Closed => "referral-state-closed",
    }
}

/// How soon somebody sees the person: our own words for the response time, no scale's.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::A => "referral-category-a",
        Category::B => "referral-category-b",
        Category::C => "referral-category-c",
        Category::D => "referral-category-d",
        Category::E => "referral-category-e",
        Category::F => "referral-category-f",
        Category::G => "referral-category-g",
    }
}

/// When a category fits and what is done.
pub fn category_hint(category: Category) -> &'static str {
    match category {
        Category::A => "referral-category-a-hint",
        Category::B => "referral-category-b-hint",
        Category::C => "referral-category-c-hint",
        Category::D => "referral-category-d-hint",
        Category::E => "referral-category-e-hint",
        Category::F => "referral-category-f-hint",
        Category::G => "referral-category-g-hint",
    }
}

/// What a person answered yes to.
pub fn danger(danger: Danger) -> &'static str {
    match danger {
        Danger::EndingLife => "referral-danger-ending-life",
        Danger::PlanOrMeans => "referral-danger-plan-or-means",
        Danger::AlreadyHurt => "referral-danger-already-hurt",
        Danger::SomeoneElse => "referral-danger-someone-else",
        Danger::NotSafeFrom => "referral-danger-not-safe-from",
        Danger::ChildrenUnsafe => "referral-danger-children-unsafe",
        Danger::VeryUnwell => "referral-danger-very-unwell",
    }
}

/// What is owed to a person.
pub fn clock(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::RefAck => "referral-clock-ref-ack",
        ClockKind::RefTriage => "referral-clock-ref-triage",
        ClockKind::DutyCall => "referral-clock-duty-call",
        ClockKind::CatB => "referral-clock-cat-b",
        ClockKind::CatC => "referral-clock-cat-c",
        ClockKind::CatD => "referral-clock-cat-d",
        ClockKind::TellHeld => "referral-clock-tell-held",
        ClockKind::FourWeekAdult => "care-clock-four-week-adult",
        ClockKind::FourWeekYoung => "care-clock-four-week-young",
        ClockKind::EdLiaison => "care-clock-ed-liaison",
        ClockKind::UecVeryUrgent => "care-clock-very-urgent",
        ClockKind::UecUrgent => "care-clock-urgent",
    }
}

/// Why a clock stopped.
pub fn stopped(why: StopWhy) -> &'static str {
    match why {
        StopWhy::Done => "referral-stopped-done",
        StopWhy::Replaced => "referral-stopped-replaced",
        StopWhy::Withdrawn => "referral-stopped-withdrawn",
        StopWhy::Duplicate => "referral-stopped-duplicate",
        StopWhy::Died => "referral-stopped-died",
        StopWhy::HeldBack => "referral-stopped-held-back",
        StopWhy::NotReached => "care-stopped-not-reached",
        StopWhy::OtherWait => "care-stopped-other-wait",
    }
}

/// What must be done.
pub fn task(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::DutyCall => "task-kind-duty-call",
        TaskKind::Triage => "task-kind-triage",
        TaskKind::Decide => "task-kind-decide",
        TaskKind::FirstContact => "task-kind-first-contact",
        TaskKind::ChildrenUrgent => "task-kind-children-urgent",
        TaskKind::Tell => "task-kind-tell",
        TaskKind::NotTold => "task-kind-not-told",
        TaskKind::FollowUp => "task-kind-follow-up",
        TaskKind::Allocate => "task-kind-allocate",
        TaskKind::ReadNew => "task-kind-read-new",
        TaskKind::Withdrawal => "task-kind-withdrawal",
        TaskKind::LookAgain => "task-kind-look-again",
        TaskKind::TellHeld => "task-kind-tell-held",
        TaskKind::AskAgreement => "task-kind-ask-agreement",
        TaskKind::HandoverAnswer => "task-kind-handover-answer",
        TaskKind::HandoverMeet => "task-kind-handover-meet",
        TaskKind::Panel => "task-kind-panel",
        TaskKind::GpReceipt => "task-kind-gp-receipt",
        TaskKind::Enquiry => "task-kind-enquiry",
        TaskKind::TellWorker => "task-kind-tell-worker",
        TaskKind::ChangeWorker => "task-kind-change-worker",
        TaskKind::Cover => "task-kind-cover",
        TaskKind::FourWeeks => "task-kind-four-weeks",
        TaskKind::FaceToFace => "task-kind-face-to-face",
    }
}

/// How somebody is introduced.
pub fn introduction(way: Introduction) -> &'static str {
    match way {
        Introduction::ThreeWayCall => "handover-way-three-way-call",
        Introduction::Together => "handover-way-together",
        Introduction::NamedMessage => "handover-way-named-message",
    }
}

/// Why a service cannot take somebody.
pub fn decline_reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Capacity => "handover-reason-capacity",
        DeclineReason::NotAppropriate => "handover-reason-not-appropriate",
        DeclineReason::Eligibility => "handover-reason-eligibility",
        DeclineReason::PersonsChoice => "handover-reason-persons-choice",
        DeclineReason::Distance => "handover-reason-distance",
        DeclineReason::NotReached => "handover-reason-not-reached",
        DeclineReason::NoAppointment => "handover-reason-no-appointment",
        DeclineReason::CannotGoOn => "handover-reason-cannot-go-on",
        DeclineReason::Other => "handover-reason-other",
    }
}

/// Where a handover is.
pub fn handover(state: &HandoverState) -> &'static str {
    match state {
        HandoverState::Proposed => "handover-state-proposed",
        HandoverState::Offered { .. } => "handover-state-offered",
        HandoverState::Accepted { .. } => "handover-state-accepted",
        HandoverState::Introduced { .. } => "handover-state-introduced",
        HandoverState::Met { .. } => "handover-state-met",
        HandoverState::Declined { .. } => "handover-state-declined",
        HandoverState::BouncedBack { .. } => "handover-state-bounced-back",
        HandoverState::Ended { .. } => "handover-state-ended",
    }
}

/// Where a handover is, by its stored code.
pub fn handover_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "offered" => "handover-state-offered",
        "accepted" => "handover-state-accepted",
        "introduced" => "handover-state-introduced",
        "met" => "handover-state-met",
        _ => return None,
    })
}

/// How a contact was made.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::FaceToFace => "referral-mode-face-to-face",
        Mode::Phone => "referral-mode-phone",
        Mode::Video => "referral-mode-video",
        Mode::Written => "referral-mode-written",
    }
}

/// Who is told.
pub fn party(party: Party) -> &'static str {
    match party {
        Party::Person => "referral-party-person",
        Party::Gp => "referral-party-gp",
        Party::Referrer => "referral-party-referrer",
        Party::Receiver => "referral-party-receiver",
    }
}

/// What a message says.
pub fn message(message: &Message) -> &'static str {
    match message {
        Message::Received { .. } | Message::AskedFor { .. } => "referral-message-received",
        Message::Enquiry { .. } => "referral-message-enquiry",
        Message::Accepted { .. } => "referral-message-accepted",
        Message::Advised { .. } => "referral-message-advised",
        Message::Withdrawn { .. } => "referral-message-withdrawn",
        Message::Duplicate { .. } => "referral-message-duplicate",
        Message::HandoverOffered { .. } => "referral-message-handover-offered",
        Message::GpReminder { .. } => "referral-message-gp-reminder",
        Message::HandoverCarry { .. } => "referral-message-handover-carry",
        Message::HandoverAccepted { .. } => "referral-message-handover-accepted",
        Message::Introduction { .. } => "referral-message-introduction",
        Message::IntroductionCopy { .. } => "referral-message-introduction-copy",
        Message::HandoverBack { .. } => "referral-message-handover-back",
        Message::Redirected { .. } => "referral-message-redirected",
        Message::KeyWorker { .. } => "care-message-key-worker",
        Message::ToReferrer { news, .. } => match news {
            News::Received { .. } => "referral-message-received",
            News::Dealt => "referral-message-dealt",
            News::Accepted { .. } => "referral-message-accepted",
            News::Redirected { .. } => "referral-message-redirected",
            News::Advised { .. } => "referral-message-news-advised",
            News::Withdrawn => "referral-message-withdrawn",
            News::Joined => "referral-message-duplicate",
        },
    }
}

/// By which route a message goes.
pub fn route(route: &Route) -> &'static str {
    match route {
        Route::Email { .. } => "referral-route-email",
        Route::Text { .. } => "referral-route-text",
        Route::Letter { .. } => "referral-route-letter",
        Route::Call { .. } => "referral-route-call",
        Route::InPerson { .. } => "referral-route-in-person",
    }
}

/// Where a message is. A demonstration sends nothing, and says so.
pub fn notice_state(state: &NoticeState, demo: bool) -> &'static str {
    match state {
        NoticeState::Queued => "referral-notice-queued",
        NoticeState::Spooled { .. } if demo => "referral-notice-spooled-demo",
        NoticeState::Spooled { .. } => "referral-notice-spooled",
        NoticeState::Handed { .. } => "referral-notice-handed",
        NoticeState::Asked { .. } => "referral-notice-asked",
        NoticeState::Delivered { .. } => "referral-notice-delivered",
        NoticeState::Failed { .. } => "referral-notice-failed",
        NoticeState::Printed { .. } => "referral-notice-printed",
        NoticeState::Posted { .. } => "referral-notice-posted",
        NoticeState::ToldByPhone { .. } => "referral-notice-told-by-phone",
        NoticeState::Excepted { .. } => "referral-notice-excepted",
    }
}

/// What was decided.
pub fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted { .. } => "referral-outcome-accepted",
        Outcome::Advised { .. } => "referral-outcome-advised",
        Outcome::Redirected { .. } => "referral-outcome-redirected",
        Outcome::Withdrawn { .. } => "referral-outcome-withdrawn",
        Outcome::Duplicate { .. } => "referral-outcome-duplicate",
        Outcome::Died { .. } => "referral-outcome-died",
    }
}

/// What happened to a referral.
pub fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Received => "referral-event-received",
        EventKind::DutyPaged => "referral-event-duty-paged",
        EventKind::DutyRung => "referral-event-duty-rung",
        EventKind::DutyEscalated => "referral-event-duty-escalated",
        EventKind::DutyAcknowledged => "referral-event-duty-acknowledged",
        EventKind::ScreeningStarted => "referral-event-screening-started",
        EventKind::Triaged => "referral-event-triaged",
        EventKind::SignsRecorded => "matching-event-signs",
        EventKind::EnquiryMade => "enquiry-event-made",
        EventKind::EnquiryAnswered => "enquiry-event-answered",
        EventKind::Accepted => "referral-event-accepted",
        EventKind::Advised => "referral-event-advised",
        EventKind::HandoverProposed => "referral-event-handover-proposed",
        EventKind::HandoverOffered => "referral-event-handover-offered",
        EventKind::HandoverAccepted => "referral-event-handover-accepted",
        EventKind::HandoverDeclined => "referral-event-handover-declined",
        EventKind::HandoverIntroduced => "referral-event-handover-introduced",
        EventKind::IntroductionWritten => "handover-event-introduction-written",
        EventKind::HandoverMet => "referral-event-handover-met",
        EventKind::HandoverBounced => "referral-event-handover-bounced",
        EventKind::HandoverTakenBack => "referral-event-handover-taken-back",
        EventKind::PanelHeld => "referral-event-panel-held",
        EventKind::Withdrawn => "referral-event-withdrawn",
        EventKind::DuplicateLinked => "referral-event-duplicate-linked",
        EventKind::Died => "referral-event-died",
        EventKind::Closed => "referral-event-closed",
        EventKind::Reopened => "referral-event-reopened",
        EventKind::FollowedUp => "referral-event-followed-up",
        EventKind::ContactRecorded => "referral-event-contact-recorded",
        EventKind::Allocated => "referral-event-allocated",
        EventKind::KeyWorkerChanged => "care-event-changed",
        EventKind::WorkerWished => "care-event-wished",
        EventKind::CoverMissing => "care-event-cover-missing",
        EventKind::CoverFound => "care-event-cover-found",
        EventKind::WaitPartRecorded => "care-event-part",
        EventKind::PhraseKept => "referral-event-phrase-kept",
        EventKind::GpAnswered => "referral-event-gp-answered",
        EventKind::LinkOpened => "referral-event-link-opened",
        EventKind::VisitEnded => "referral-event-visit-ended",
        EventKind::StatusLinkMade => "referral-event-link-made",
        EventKind::StatusLinkWithdrawn => "referral-event-link-withdrawn",
        EventKind::PersonAdded => "referral-event-person-added",
        EventKind::PersonChanged => "referral-event-person-changed",
        EventKind::ReachChanged => "referral-event-reach-changed",
        EventKind::NeedsChanged => "referral-event-needs-changed",
        EventKind::WithdrawalAsked => "referral-event-withdrawal-asked",
        EventKind::GotWorse => "referral-event-got-worse",
        EventKind::CallAsked => "referral-event-call-asked",
        EventKind::NewRead => "referral-event-new-read",
        EventKind::PersonMatched => "match-event-matched",
        EventKind::PersonUnmatched => "match-event-unmatched",
        EventKind::NobodyMatched => "match-event-nobody",
        EventKind::NoticeSpooled => "referral-event-notice-spooled",
        EventKind::NoticeHanded => "referral-event-notice-handed",
        EventKind::NoticeDelivered => "referral-event-notice-delivered",
        EventKind::NoticeFailed => "referral-event-notice-failed",
        EventKind::NoticePrinted => "referral-event-notice-printed",
        EventKind::NoticePosted => "referral-event-notice-posted",
        EventKind::NoticeCameBack => "referral-event-notice-came-back",
        EventKind::ToldByPhone => "referral-event-told-by-phone",
        EventKind::NoticeExcepted => "referral-event-notice-excepted",
        EventKind::TaskEnded => "referral-event-task-ended",
        EventKind::Given => "referral-event-given",
        EventKind::TaskEscalated => "referral-event-task-escalated",
        EventKind::EntryAdded => "referral-event-entry-added",
        EventKind::FileAdded => "referral-event-file-added",
        EventKind::FileOpenedUnscanned => "referral-event-file-opened-unscanned",
        EventKind::BreachExplained => "referral-event-breach-explained",
        EventKind::HeldBack => "referral-event-held-back",
        EventKind::AgreementWaived => "referral-event-agreement-waived",
        _ => "referral-event-other",
    }
}

/// Why a step did not happen, and what to do next.
pub fn refused(refused: Refused) -> &'static str {
    match refused {
        Refused::NotFromHere => "referral-refused-not-from-here",
        Refused::NotDue => "referral-refused-future",
        Refused::EmergencyRecordNeeded => "referral-refused-emergency-record",
        Refused::DateInPast => "referral-refused-date-in-past",
        Refused::NoticeStep => "referral-refused-notice-step",
        Refused::TaskStep => "referral-refused-task-step",
        Refused::DuplicateOfItself => "referral-refused-duplicate-of-itself",
        Refused::LiveReferralClosed => "referral-refused-live-closed",
        Refused::TeamNotTaking => "referral-refused-team-not-taking",
        Refused::ContactOwed => "referral-refused-contact-owed",
        Refused::NotBreached => "referral-refused-not-breached",
        Refused::NotAgreed => "referral-refused-not-agreed",
        Refused::PersonNotTold => "referral-refused-person-not-told",
        Refused::AddressNotChecked => "referral-refused-address",
        Refused::NeedsNotSaid => "referral-refused-needs",
        Refused::CompetenceNeeded => "referral-refused-competence",
        Refused::HandoverStep => "handover-refused-step",
        Refused::OtherTeam => "handover-refused-team",
        Refused::BeforeAsked => "handover-refused-before-asked",
        Refused::PanelOfOne => "handover-panel-same-person",
        Refused::AlreadyAsked => "enquiry-refused-asked",
        Refused::NotNamed => "enquiry-told-by-missing",
        Refused::NobodyToAsk => "enquiry-refused-nobody",
        Refused::AlreadySent => "handover-refused-introduction-sent",
        Refused::NoAgreement => "agreement-refused-none",
        Refused::ReasonNeeded => "care-refused-reason",
        Refused::ManagerNames => "care-refused-manager",
        Refused::NoWayToAsk => "handover-refused-no-way",
        _ => "referral-refused-other",
    }
}
