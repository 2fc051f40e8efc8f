//! The declared machine: which step may follow from which state. It feeds validation, the buttons and docs/states.md.

use serde::{Deserialize, Serialize};

use super::{Outcome, Referral, State};
use crate::change::EventKind;
use crate::task::TaskKind;

/// The kinds of [`State`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// Arrived; nobody has opened it.
    Received,
    /// Somebody has it open.
    Screening,
    /// A senior has decided how soon.
    Triaged,
    /// Another service was chosen, and has not met the person.
    Redirecting,
    /// Decided; being told.
    Telling,
    /// Decided and told.
    Closed,
}

impl StateKind {
    /// Every kind, in order.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Screening, Self::Triaged, Self::Redirecting, Self::Telling, Self::Closed];

    /// The stored code and message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Screening => "screening",
            Self::Triaged => "triaged",
            Self::Redirecting => "redirecting",
            Self::Telling => "telling",
            Self::Closed => "closed",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether nobody has decided yet, or it was opened again.
    pub fn is_undecided(self) -> bool {
        match self {
            Self::Received | Self::Screening | Self::Triaged | Self::Redirecting => true,
            Self::Telling | Self::Closed => false,
        }
    }

    pub(super) fn of(state: &State) -> Self {
        match state {
            State::Received => Self::Received,
            State::Screening { .. } => Self::Screening,
            State::Triaged { .. } => Self::Triaged,
            State::Redirecting { .. } => Self::Redirecting,
            State::Telling { .. } => Self::Telling,
            State::Closed { .. } => Self::Closed,
        }
    }
}

/// Whether a step may be taken from a state.
pub fn may_follow(state: StateKind, kind: EventKind) -> bool {
    kind.states().contains(&state)
}

impl Referral {
    /// The steps a human can take now; a page shows those whose action the actor may do.
    pub fn moves(&self) -> Vec<EventKind> {
        let steps = [
            EventKind::DutyAcknowledged,
            EventKind::ScreeningStarted,
            EventKind::HandoverOffered,
            EventKind::HandoverAccepted,
            EventKind::HandoverMet,
            EventKind::HandoverDeclined,
            EventKind::HandoverIntroduced,
            EventKind::IntroductionWritten,
            EventKind::PanelHeld,
            EventKind::ContactRecorded,
            EventKind::NewRead,
            EventKind::Triaged,
            EventKind::SignsRecorded,
            EventKind::EnquiryMade,
            EventKind::EnquiryAnswered,
            EventKind::Accepted,
            EventKind::Advised,
            EventKind::HandoverProposed,
            EventKind::HandoverTakenBack,
            EventKind::FollowedUp,
            EventKind::GpAnswered,
            EventKind::Allocated,
            EventKind::WaitPartRecorded,
            EventKind::KeyWorkerChanged,
            EventKind::WorkerWished,
            EventKind::AgreementWaived,
            EventKind::HeldBack,
            EventKind::Withdrawn,
            EventKind::DuplicateLinked,
            EventKind::Died,
        ];
        steps.into_iter().filter(|kind| self.may(*kind)).collect()
    }

    /// Steps that need more than the state: what was decided, and what is still owed.
    fn fits(&self, kind: EventKind) -> bool {
        let outcome = self.decided().map(|decided| &decided.outcome);
        let advised = matches!(outcome, Some(Outcome::Advised { .. }));
        let dead = matches!(outcome, Some(Outcome::Died { .. }));
        let unanswered = self.page().is_some_and(|page| page.acknowledged.is_none());
        let only_if = [
            (EventKind::FollowedUp, advised && self.has_open(TaskKind::FollowUp)),
            (EventKind::Reopened, advised && self.has_open(TaskKind::FollowUp)),
            (EventKind::GpAnswered, self.has_open(TaskKind::GpReceipt)),
            (EventKind::Died, !dead),
            (EventKind::DutyAcknowledged, unanswered),
            (EventKind::ContactRecorded, !dead),
            (EventKind::PersonAdded, !dead),
            (EventKind::PersonChanged, !dead),
            (EventKind::GotWorse, !dead),
            (EventKind::WithdrawalAsked, !self.has_open(TaskKind::Withdrawal)),
            (EventKind::NewRead, self.has_open(TaskKind::ReadNew)),
            (EventKind::Given, self.given().next().is_some()),
            (EventKind::Triaged, outcome.is_none() || self.has_open(TaskKind::Triage)),
        ];
        let fits = only_if.iter().all(|(step, holds)| *step != kind || *holds);
        let parts = [Self::fits_enquiry, Self::fits_behalf, Self::fits_handover, Self::fits_care];
        fits && parts.iter().all(|fits| fits(self, kind))
    }

    /// Whether a step may be taken now.
    pub fn may(&self, kind: EventKind) -> bool {
        if kind == EventKind::SignsRecorded {
            return self.may_learn();
        }
        may_follow(self.kind(), kind) && self.fits(kind)
    }
}
