//! One arrival at the one door, with everything that hangs on it: clocks, tasks, messages, the duty page, the episode.
//!
//! The invariant of the whole product lives here (pathway §2): no referral closes unless it was accepted, advised,
//! withdrawn, joined to the person's live referral, or the person died, and everybody who must be told was told or is
//! excepted with a reason. There is no rejection.

mod behalf;
mod call;
mod care;
mod decide;
mod duty;
mod enquiry;
mod facts;
mod follow;
mod give;
mod guard;
mod handover;
mod introduce;
mod known;
mod link;
mod machine;
mod matching;
mod others;
mod panel;
mod parts;
mod plain;
mod receipt;
mod receive;
mod same;
mod show;
mod since;
mod tell;
mod triage;
mod waits;

#[cfg(test)]
mod no_wrong_door;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use behalf::{AskedBy, Heard, Held, Referred, Stands, Waiver, Word};
pub use call::CallAsked;
pub use care::Choice;
pub use decide::{Acceptance, Advice, Withdrawal};
pub use duty::ContactMade;
pub use enquiry::{Answerer, Enquired, Enquiry, EnquiryAnswer};
pub use facts::{AdviceBasis, Category, Children, Decided, Outcome, Triage};
pub use follow::FollowUp;
pub use give::GivenTo;
pub use guard::Guard;
pub use handover::{Declined, Met, Proposal, Taken};
pub use known::{Known, Spoken, SpokenOutcome};
pub use machine::{StateKind, may_follow};
pub use others::{Beside, Flag, FlagKind, Involved, Other};
pub use panel::{Panel, Sat};
pub use plain::{MessageOut, PlainHandover, PlainOutcome, PlainWorker, Reached, Whereabouts};
pub use receipt::{GpAnswer, GpReceipt};
pub use receive::Arrival;
pub use same::{Candidate, LinkEnd, Matching, Nobody, PersonLink};
pub use since::{Added, Change, GotWorse, Since, WithdrawalAsked, Worse};
pub use triage::TriageForm;

use crate::actor::Author;
use crate::change::Tracked;
use crate::clock::Clock;
use crate::door::{Identity, Needs, Origin, Permissions, SafeContact, SafetyAnswers, Told};
use crate::duty::Page;
use crate::episode::{Contact, Episode};
use crate::handover::Handover;
use crate::ids::{PersonId, ReferralId, TeamId, UserId};
use crate::matching::{SignNote, Weighed};
use crate::notice::Notice;
use crate::task::{Task, TaskKind};
use crate::value::{Reference, Text};

/// The person stub this referral brought with it. Matches to other records are links, never a rewrite.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Who they are, as far as they said.
    pub identity: Identity,
    /// How to reach them safely.
    pub contact: SafeContact,
    /// What helps us to understand each other and meet.
    #[serde(default)]
    pub needs: Needs,
}

/// Where a referral is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum State {
    /// Arrived; nobody has opened it.
    Received,
    /// Somebody has it open.
    Screening {
        /// Who.
        by: Author,
        /// Since when.
        at: Timestamp,
    },
    /// A senior has decided how soon.
    Triaged {
        /// The triage in force.
        triage: Triage,
    },
    /// A senior chose another service; until it has met the person, the single point of access holds them.
    Redirecting {
        /// The triage in force.
        triage: Triage,
    },
    /// Decided; those who must know are being told.
    Telling {
        /// The decision.
        decided: Decided,
    },
    /// Decided, and everybody was told or is excepted with a reason.
    Closed {
        /// The decision.
        decided: Decided,
        /// When it closed.
        at: Timestamp,
    },
}

/// The referral's own facts, written and read as one document.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Head {
    id: ReferralId,
    reference: Reference,
    received_at: Timestamp,
    spoa: TeamId,
    story: Option<Text>,
    safety: SafetyAnswers,
    permissions: Permissions,
    #[serde(default)]
    told: Told,
    #[serde(default)]
    origin: Origin,
    /// What the person said since, following it themselves.
    #[serde(default)]
    since: Since,
    #[serde(default)]
    word: Option<Word>,
    #[serde(default)]
    held: Option<Held>,
    #[serde(default)]
    waiver: Option<Waiver>,
    /// Nobody of those who were shown is this person.
    #[serde(default)]
    nobody: Option<Nobody>,
    #[serde(default)]
    gp_receipt: Option<GpReceipt>,
    /// What was asked for, once.
    #[serde(default)]
    enquiry: Option<Box<Enquiry>>,
    state: State,
    earlier_triages: Vec<Triage>,
    earlier_decisions: Vec<Decided>,
    /// What staff wrote down for the matching rules, oldest first.
    #[serde(default)]
    signs: Vec<SignNote>,
    /// What was made of suggestions, oldest first.
    #[serde(default)]
    weighed: Vec<Weighed>,
}

/// What the store holds of one referral.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Counts human decisions; a form carries the one it showed.
    pub version: i64,
    /// The referral's own facts.
    pub head: Head,
    /// The person.
    pub person: Person,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// Its tasks.
    pub tasks: Vec<Task>,
    /// Its messages.
    pub notices: Vec<Notice>,
    /// Its duty page.
    pub page: Option<Page>,
    /// Services that were asked to take the person over.
    pub handovers: Vec<Handover>,
    /// Its episode.
    pub episode: Option<Episode>,
    /// Contacts and attempts.
    pub contacts: Vec<Contact>,
}

/// One arrival with everything that hangs on it. Fields are private: only transitions change it.
#[derive(Clone, Debug, PartialEq)]
pub struct Referral {
    version: i64,
    head: Tracked<Head>,
    person: Tracked<Person>,
    clocks: Vec<Tracked<Clock>>,
    tasks: Vec<Tracked<Task>>,
    notices: Vec<Tracked<Notice>>,
    handovers: Vec<Tracked<Handover>>,
    page: Option<Tracked<Page>>,
    episode: Option<Tracked<Episode>>,
    contacts: Vec<Tracked<Contact>>,
}

impl From<Parts> for Referral {
    fn from(parts: Parts) -> Self {
        fn stored<T>(values: Vec<T>) -> Vec<Tracked<T>> {
            values.into_iter().map(Tracked::stored).collect()
        }
        Self {
            version: parts.version,
            head: Tracked::stored(parts.head),
            person: Tracked::stored(parts.person),
            clocks: stored(parts.clocks),
            tasks: stored(parts.tasks),
            notices: stored(parts.notices),
            handovers: stored(parts.handovers),
            page: parts.page.map(Tracked::stored),
            episode: parts.episode.map(Tracked::stored),
            contacts: stored(parts.contacts),
        }
    }
}

impl Referral {
    /// Its id.
    pub fn id(&self) -> ReferralId {
        self.head.id
    }

    /// Counts human decisions; zero before it was first stored.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The reference the person keeps.
    pub fn reference(&self) -> &Reference {
        &self.head.reference
    }

    /// Who asked, and what the person knows of it.
    pub fn origin(&self) -> &Origin {
        &self.head.origin
    }

    /// How often the person was asked here, plainly, what they had answered before (seed 75).
    pub fn repeats(&self) -> u32 {
        self.head.told.repeats_here()
    }

    /// When help was asked for. Nothing ever moves this date.
    pub fn received_at(&self) -> Timestamp {
        self.head.received_at
    }

    /// Where it is.
    pub fn state(&self) -> &State {
        &self.head.state
    }

    /// The kind of state.
    pub fn kind(&self) -> StateKind {
        StateKind::of(&self.head.state)
    }

    /// The referral's own facts, for the store.
    pub fn head(&self) -> &Tracked<Head> {
        &self.head
    }

    /// The person stub.
    pub fn person(&self) -> &Tracked<Person> {
        &self.person
    }

    /// Its clocks.
    pub fn clocks(&self) -> &[Tracked<Clock>] {
        &self.clocks
    }

    /// Its tasks.
    pub fn tasks(&self) -> &[Tracked<Task>] {
        &self.tasks
    }

    /// Its messages.
    pub fn notices(&self) -> &[Tracked<Notice>] {
        &self.notices
    }

    /// Its duty page.
    pub fn page(&self) -> Option<&Tracked<Page>> {
        self.page.as_ref()
    }

    /// Its episode.
    pub fn episode(&self) -> Option<&Tracked<Episode>> {
        self.episode.as_ref()
    }

    /// Contacts and attempts.
    pub fn contacts(&self) -> &[Tracked<Contact>] {
        &self.contacts
    }

    /// Whether this member of staff is the one who has it open.
    pub fn is_open_with(&self, user: UserId) -> bool {
        matches!(&self.head.state, State::Screening { by, .. } if by.user() == Some(user))
    }

    /// The decision in force, if one was made.
    pub fn decided(&self) -> Option<&Decided> {
        match &self.head.state {
            State::Telling { decided } | State::Closed { decided, .. } => Some(decided),
            State::Received | State::Screening { .. } | State::Triaged { .. } | State::Redirecting { .. } => {
                None
            }
        }
    }

    /// The last triage, whether in force or followed by a decision.
    pub fn triage_in_force(&self) -> Option<&Triage> {
        match &self.head.state {
            State::Triaged { triage } | State::Redirecting { triage } => Some(triage),
            State::Received | State::Screening { .. } | State::Telling { .. } | State::Closed { .. } => {
                self.head.earlier_triages.last()
            }
        }
    }

    /// Whether a danger answer, or "call me", still waits for triage: from the arrival, or from when it got worse.
    pub fn is_flagged(&self) -> bool {
        let early = matches!(self.head.state, State::Received | State::Screening { .. });
        let arrived = self.head.safety.is_flagged() && early && self.triage_in_force().is_none();
        let worse = self.head.since.worse.iter().any(|worse| worse.is_flagged() && !worse.triaged);
        arrived || (worse && (early || self.has_open(TaskKind::Triage)))
    }

    /// Who is rung, and who triages: the single point of access, also when another team has accepted.
    pub fn spoa(&self) -> TeamId {
        self.head.spoa
    }

    /// The one team responsible now: the team that accepted, else the single point of access.
    pub fn team(&self) -> TeamId {
        match self.decided().map(|decided| &decided.outcome) {
            Some(Outcome::Accepted { team, .. }) => *team,
            Some(
                Outcome::Advised { .. }
                | Outcome::Redirected { .. }
                | Outcome::Withdrawn { .. }
                | Outcome::Duplicate { .. }
                | Outcome::Died { .. },
            )
            | None => self.head.spoa,
        }
    }

    /// The teams with a relationship by referral: the single point of access, the team responsible, and a fallback team
    /// that was rung for the duty page, until the call is made: who is rung must be able to open it (hazard H01); and a team
    /// that is asked to take the person over, or did.
    pub fn teams(&self) -> BTreeSet<TeamId> {
        let waits = |page: &Page| page.acknowledged.is_none() || self.has_open(TaskKind::DutyCall);
        let page = self.page.iter().filter(|page| waits(page));
        let rung = page.flat_map(|page| page.teams_rung());
        let asked = self.handovers.iter().filter_map(|handover| handover.team());
        [self.head.spoa, self.team()].into_iter().chain(rung).chain(asked).collect()
    }

    /// The next dated thing somebody must do: the earliest open task, running clock or unanswered page.
    pub fn next_due(&self) -> Option<Timestamp> {
        let tasks = self.tasks.iter().filter(|task| task.is_open()).map(|task| task.due_at);
        let clocks = self.clocks.iter().filter(|clock| clock.is_running()).map(|clock| clock.target_at);
        let page = self.page.iter().filter_map(|page| page.next_step_at());
        tasks.chain(clocks).chain(page).min()
    }

    /// Whether anything on it is late.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.next_due().is_some_and(|due| due < now)
    }
}
