//! What may end a task, and nothing else: docs/states.md shows it, and the search and the walks check both directions.

use crate::change::EventKind;
use crate::task::TaskKind;

/// Who the key worker is was said, or is not to be said.
const TOLD_WHO: &[EventKind] = {
    use EventKind as E;
    &[
        E::NoticeHanded,
        E::NoticePosted,
        E::ToldByPhone,
        E::NoticeExcepted,
        E::ContactRecorded,
        E::HeldBack,
        E::Died,
    ]
};

const NOT_TOLD: &[EventKind] = {
    use EventKind as E;
    &[
        E::NoticeHanded,
        // A letter, after the person asked for letters instead of what failed, or one that came back.
        E::NoticePosted,
        E::ToldByPhone,
        E::NoticeExcepted,
        E::HeldBack,
        E::HandoverProposed,
        E::HandoverAccepted,
        E::HandoverDeclined,
        E::HandoverBounced,
        E::HandoverTakenBack,
        E::HandoverMet,
        E::PanelHeld,
        E::Triaged,
        E::Accepted,
        E::Advised,
        E::Withdrawn,
        E::DuplicateLinked,
        E::Reopened,
        E::GotWorse,
        E::EnquiryAnswered,
        E::Died,
    ]
};

const MET: &[EventKind] = {
    use EventKind as E;
    &[
        E::HandoverMet,
        E::HandoverDeclined,
        E::HandoverBounced,
        E::HandoverTakenBack,
        E::Withdrawn,
        E::DuplicateLinked,
        E::Died,
    ]
};

/// The events that may end a task of a kind; docs/states.md shows them. None but these, and each of these really does.
pub(in crate::referral) fn of(kind: TaskKind) -> &'static [EventKind] {
    use EventKind as E;
    match kind {
        TaskKind::DutyCall => {
            &[E::ContactRecorded, E::HandoverMet, E::Withdrawn, E::DuplicateLinked, E::Died]
        }
        TaskKind::Triage => &[E::Triaged, E::Withdrawn, E::DuplicateLinked, E::Died],
        TaskKind::Decide => {
            &[E::Accepted, E::Advised, E::HandoverProposed, E::Withdrawn, E::DuplicateLinked, E::Died]
        }
        TaskKind::FirstContact => {
            &[E::ContactRecorded, E::HandoverMet, E::Triaged, E::Withdrawn, E::DuplicateLinked, E::Died]
        }
        TaskKind::ChildrenUrgent => &[E::TaskEnded],
        TaskKind::Tell => &[E::Closed, E::Reopened, E::GotWorse, E::Died],
        TaskKind::NotTold => NOT_TOLD,
        TaskKind::FollowUp => &[E::FollowedUp, E::Reopened, E::GotWorse, E::Died],
        TaskKind::Allocate => &[E::Allocated, E::Died],
        TaskKind::ReadNew => &[
            E::NewRead,
            E::Triaged,
            E::HandoverMet,
            E::PanelHeld,
            E::Accepted,
            E::Advised,
            E::Withdrawn,
            E::DuplicateLinked,
            E::Died,
        ],
        TaskKind::Withdrawal => &[
            E::Withdrawn,
            E::GotWorse,
            E::HandoverMet,
            E::Triaged,
            E::PanelHeld,
            E::Accepted,
            E::Advised,
            E::DuplicateLinked,
            E::Died,
        ],
        TaskKind::AskAgreement => {
            &[E::HandoverOffered, E::HandoverTakenBack, E::Withdrawn, E::DuplicateLinked, E::Died]
        }
        TaskKind::HandoverAnswer => &[
            E::HandoverAccepted,
            E::HandoverDeclined,
            E::HandoverBounced,
            E::HandoverTakenBack,
            E::Withdrawn,
            E::DuplicateLinked,
            E::Died,
        ],
        TaskKind::HandoverMeet => MET,
        TaskKind::GpReceipt => &[E::GpAnswered, E::Reopened, E::GotWorse, E::Died],
        TaskKind::Panel => &[E::PanelHeld, E::Accepted, E::Withdrawn, E::DuplicateLinked, E::Died],
        TaskKind::Enquiry => &[E::EnquiryAnswered, E::Triaged, E::Withdrawn, E::DuplicateLinked, E::Died],
        TaskKind::TellWorker => TOLD_WHO,
        TaskKind::ChangeWorker => &[E::KeyWorkerChanged, E::TaskEnded, E::Died],
        TaskKind::Cover => &[E::CoverFound, E::KeyWorkerChanged, E::Died],
        TaskKind::FourWeeks => &[E::WaitPartRecorded, E::ContactRecorded, E::Died],
        TaskKind::FaceToFace => &[E::ContactRecorded, E::Died],
        TaskKind::LookAgain => &[E::ScreeningStarted, E::Withdrawn, E::DuplicateLinked, E::Died],
        TaskKind::TellHeld => &[
            E::ContactRecorded,
            E::NoticeHanded,
            E::NoticePosted,
            E::ToldByPhone,
            E::HeldBack,
            E::Withdrawn,
            E::Died,
        ],
    }
}
