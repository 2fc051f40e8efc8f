//! What somebody from outside may do and see of the one referral they hold, by as who they hold it.

use super::Action;
use crate::section::SectionKind;
use crate::track::Scope;

impl Scope {
    /// What somebody who holds a referral in this scope may do about it.
    pub fn may(self, action: Action) -> bool {
        match self {
            Self::Own => matches!(
                action,
                Action::OwnRead
                    | Action::OwnChange
                    | Action::OwnAdd
                    | Action::OwnWithdraw
                    | Action::OwnWorse
                    | Action::PhraseKeep
            ),
            // To learn where it stands; what that says is `SectionKind::Referred` and nothing else.
            Self::Referrer => action == Action::ReferralRead,
            // Whoever has the letter: to say that it was read, and nothing else.
            Self::Gp => matches!(action, Action::LinkOpen | Action::GpAnswer),
            // Whoever holds the link of a question: to read it, and to answer it.
            Self::Asked => matches!(action, Action::ReferralRead | Action::EnquiryAnswer),
            // Whoever holds the one-time link that went to the service that is asked.
            Self::Receiver => matches!(
                action,
                Action::ReferralRead
                    | Action::LinkOpen
                    | Action::HandoverAnswer
                    | Action::HandoverCarry
                    | Action::ReferralClose
            ),
        }
    }

    /// The parts of it they see. Source: people-and-roles §4.2, column PERSON: what they said themselves, and what was
    /// decided in plain words; not what others said, and not how staff worked on it.
    pub fn sees(self, kind: SectionKind) -> bool {
        match self {
            Self::Own => match kind {
                SectionKind::Identity
                | SectionKind::Contact
                | SectionKind::Needs
                | SectionKind::Story
                | SectionKind::Told
                | SectionKind::Safety
                | SectionKind::Permissions
                | SectionKind::Since
                | SectionKind::Whereabouts
                | SectionKind::Messages
                | SectionKind::Looked => true,
                SectionKind::Row
                | SectionKind::Referred
                | SectionKind::Known
                | SectionKind::Candidate
                | SectionKind::Enquiry
                | SectionKind::Matching
                | SectionKind::Others
                | SectionKind::Involved
                | SectionKind::Flags
                | SectionKind::Offer
                | SectionKind::Handovers
                | SectionKind::Progress
                | SectionKind::Asked
                | SectionKind::Triage
                | SectionKind::MayHelp
                | SectionKind::Decision
                | SectionKind::Contacts
                | SectionKind::Files
                | SectionKind::Tasks
                | SectionKind::Notices
                | SectionKind::History
                | SectionKind::Receipt => false,
            },
            Self::Referrer => kind == SectionKind::Referred,
            // They have the letter; the link shows nothing of it again.
            Self::Gp => false,
            Self::Asked => kind == SectionKind::Enquiry,
            // What is passed on with a handover (pathway §3), and nothing of how staff worked on it.
            Self::Receiver => matches!(
                kind,
                SectionKind::Offer
                    | SectionKind::Identity
                    | SectionKind::Contact
                    | SectionKind::Needs
                    | SectionKind::Story
                    | SectionKind::Told
            ),
        }
    }
}
