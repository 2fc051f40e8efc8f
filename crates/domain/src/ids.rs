//! Typed identifiers: one list, so that a referral's id can never be passed where a person's is meant.
//!
//! Every id is a UUIDv7 made by the application (see `Ctx::new_id`); this module never makes one up.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// One integrated system (trust + councils + voluntary partners of one area).
    TenantId,
    /// An organisation of the system: trust, council, GP practice, voluntary partner.
    OrgId,
    /// An agreement of a partner organisation with the county.
    AgreementId,
    /// A team of an organisation.
    TeamId,
    /// A member of staff or a partner user with an account.
    UserId,
    /// A person who asked for help, or about whom help was asked. One per arrival; matches are links.
    PersonId,
    /// One arrival at the one door.
    ReferralId,
    /// Somebody's word that two requests are of the same person.
    PersonLinkId,
    /// A started but unsent form.
    DraftId,
    /// One service asked to take one person over.
    HandoverId,
    /// What was asked for, once.
    EnquiryId,
    /// Who must do what by when.
    TaskId,
    /// A filter of lists that somebody keeps under a name.
    FilterId,
    /// A message out to one party by one channel.
    NoticeId,
    /// A request that a member of staff writes down.
    EntryId,
    /// A file that came with a request.
    FileId,
    /// A running or stopped clock.
    ClockId,
    /// A call for the duty person about someone in danger.
    PageId,
    /// Accepted care of one person by one team.
    EpisodeId,
    /// A contact, or an attempt at one, with a person.
    ContactId,
    /// One fact that happened, kept for ever.
    EventId,
    /// A one-time link.
    LinkId,
    /// One sign-in of one user on one browser.
    SessionId,
    /// One session of somebody who follows a referral from outside.
    TrackingId,
    /// One visit of somebody who opened a one-time link.
    VisitId,
    /// A POST kept for a person whose session locked or ended.
    ParkedId,
    /// A text for the public, in one language and form.
    ContentId,
    /// A row of the duty rota.
    ShiftId,
    /// What a senior made of suggestions, once.
    MatchId,
    /// The matching rules of a county.
    RulebookId,
    /// One dry run of a draft of them.
    DryRunId,
    /// A one-time code.
    CodeId,
    /// A service of the directory.
    ServiceId,
    /// One import of a feed of services.
    ImportId,
    /// Somebody's time away.
    AbsenceId,
}
