//! Who must do what by when. A task is ended only by the event it waits for, or with a reason; overdue goes up.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actor::Author;
use crate::ids::{TaskId, TeamId, UserId};
use crate::refused::Refused;
use crate::value::Text;

#[cfg(test)]
mod tests;

/// What a task is for; each kind waits for one thing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Ring the person who flagged danger. Waits for a contact that reached them.
    DutyCall,
    /// Read it and decide how soon. Waits for triage.
    Triage,
    /// Decide where help is. Waits for a decision.
    Decide,
    /// Make first contact in the time the category gives. Waits for a contact that reached them.
    FirstContact,
    /// Children may need help today. Ended with what was done.
    ChildrenUrgent,
    /// Make sure everybody has been told. Waits for closing.
    Tell,
    /// A message failed after closing. Waits for the party being told.
    NotTold,
    /// Ask how things are after advice. Waits for a follow-up check.
    FollowUp,
    /// Name a key worker. Waits for allocation.
    Allocate,
    /// Read what the person said since. Waits for somebody who says they have, or decides with it in view.
    ReadNew,
    /// The person asked for it to end: consider safety, then record it. Waits for a decision.
    Withdrawal,
    /// Somebody came back: look the same day. Waits for it being opened.
    LookAgain,
    /// Tell a person that somebody asked for them and what we hold. Waits for telling, or a senior's reason not to.
    TellHeld,
    /// A service was chosen: ask the person whether they want it. Waits for it being offered.
    AskAgreement,
    /// A service was asked to take the person over. Waits for its answer.
    HandoverAnswer,
    /// A service takes the person over. Waits for them having met.
    HandoverMeet,
    /// Two services could not take the person. Waits for a panel that names the team that holds them.
    Panel,
    /// The practice got a letter of advice. Waits for somebody there who has read it, or a reason.
    GpReceipt,
    /// What is missing was asked for. Waits for the answer, or for triage with what is known: its time is when nobody waits
    /// any more.
    Enquiry,
    /// Tell the person who their key worker is. Waits for the message, or for the key worker having met them.
    TellWorker,
    /// The person asked for another key worker. Waits for one, or for what was agreed with the person.
    ChangeWorker,
    /// The key worker is away or has left, and nobody covers. Waits for cover, or for another key worker.
    Cover,
    /// Help begins within four weeks. Waits for all parts of it.
    FourWeeks,
    /// See the person face to face within the hours of the crisis standards. Waits for a contact face to face.
    FaceToFace,
}

impl TaskKind {
    /// Every kind.
    pub const ALL: [Self; 24] = [
        Self::DutyCall,
        Self::Triage,
        Self::Decide,
        Self::FirstContact,
        Self::ChildrenUrgent,
        Self::Tell,
        Self::NotTold,
        Self::FollowUp,
        Self::Allocate,
        Self::ReadNew,
        Self::Withdrawal,
        Self::LookAgain,
        Self::TellHeld,
        Self::AskAgreement,
        Self::HandoverAnswer,
        Self::HandoverMeet,
        Self::Panel,
        Self::GpReceipt,
        Self::Enquiry,
        Self::TellWorker,
        Self::ChangeWorker,
        Self::Cover,
        Self::FourWeeks,
        Self::FaceToFace,
    ];

    /// The stored code and message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::DutyCall => "duty-call",
            Self::Triage => "triage",
            Self::Decide => "decide",
            Self::FirstContact => "first-contact",
            Self::ChildrenUrgent => "children-urgent",
            Self::Tell => "tell",
            Self::NotTold => "not-told",
            Self::FollowUp => "follow-up",
            Self::Allocate => "allocate",
            Self::ReadNew => "read-new",
            Self::Withdrawal => "withdrawal",
            Self::LookAgain => "look-again",
            Self::TellHeld => "tell-held",
            Self::AskAgreement => "ask-agreement",
            Self::HandoverAnswer => "handover-answer",
            Self::HandoverMeet => "handover-meet",
            Self::Panel => "panel",
            Self::GpReceipt => "gp-receipt",
            Self::Enquiry => "enquiry",
            Self::TellWorker => "tell-worker",
            Self::ChangeWorker => "change-worker",
            Self::Cover => "cover",
            Self::FourWeeks => "four-weeks",
            Self::FaceToFace => "face-to-face",
        }
    }

    /// Whether it can be given to a colleague by name. A duty call is taken by whoever answers the page; what another service
    /// is asked is that service's; a panel is several people.
    pub fn is_given(self) -> bool {
        match self {
            Self::Triage
            | Self::Decide
            | Self::FirstContact
            | Self::ChildrenUrgent
            | Self::Tell
            | Self::NotTold
            | Self::FollowUp
            | Self::ReadNew
            | Self::Withdrawal
            | Self::LookAgain
            | Self::TellHeld
            | Self::AskAgreement
            | Self::Enquiry
            | Self::GpReceipt
            | Self::TellWorker
            | Self::FourWeeks
            | Self::FaceToFace => true,
            Self::DutyCall
            | Self::Allocate
            | Self::HandoverAnswer
            | Self::HandoverMeet
            | Self::Panel
            | Self::ChangeWorker
            | Self::Cover => false,
        }
    }

    /// Whether a person may end it with a reason. The rest end only by the event they wait for, so that nobody can
    /// tick a referral off the list.
    pub fn ends_by_reason(self) -> bool {
        match self {
            Self::ChildrenUrgent | Self::ChangeWorker => true,
            Self::DutyCall
            | Self::Triage
            | Self::Decide
            | Self::FirstContact
            | Self::Tell
            | Self::NotTold
            | Self::FollowUp
            | Self::Allocate
            | Self::ReadNew
            | Self::Withdrawal
            | Self::LookAgain
            | Self::TellHeld
            | Self::AskAgreement
            | Self::HandoverAnswer
            | Self::HandoverMeet
            | Self::Panel
            | Self::GpReceipt
            | Self::Enquiry
            | Self::TellWorker
            | Self::Cover
            | Self::FourWeeks
            | Self::FaceToFace => false,
        }
    }
}

/// Who must do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// One named person.
    User(UserId),
    /// A team; anybody of it.
    Team(TeamId),
}

impl Owner {
    /// The person, where it is one.
    pub fn user(self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user),
            Self::Team(_) => None,
        }
    }
}

/// Who sees it as overdue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The owner.
    Owner,
    /// The team's manager.
    TeamManager,
    /// The service manager: there is nobody above to hand it to.
    ServiceManager,
}

/// How a task ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskEnd {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Author,
    /// The reason, where no event ended it.
    pub why: Option<Text>,
}

/// Who must do what by when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What for.
    pub kind: TaskKind,
    /// The team that is responsible, also where one person owns it.
    pub team: TeamId,
    /// Who must do it.
    pub owner: Owner,
    /// When it was made.
    pub made_at: Timestamp,
    /// By when.
    pub due_at: Timestamp,
    /// How far up it has gone.
    pub level: Level,
    /// When it last went up, or was made.
    pub level_since: Timestamp,
    /// How it ended; `None` while open.
    pub end: Option<TaskEnd>,
}

impl Task {
    pub(crate) fn new(id: TaskId, kind: TaskKind, team: TeamId, at: Timestamp, due_at: Timestamp) -> Self {
        let owner = Owner::Team(team);
        Self { id, kind, team, owner, made_at: at, due_at, level: Level::Owner, level_since: at, end: None }
    }

    /// Whether it still waits.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether it is open and late.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_open() && self.due_at < now
    }

    /// When it next goes one level up, while open and below the top.
    pub fn escalates_at(&self) -> Option<Timestamp> {
        let day = jiff::SignedDuration::from_hours(24);
        match (self.is_open(), self.level) {
            (false, _) | (true, Level::ServiceManager) => None,
            (true, Level::Owner) => Some(self.due_at),
            (true, Level::TeamManager) => self.level_since.checked_add(day).ok(),
        }
    }

    pub(crate) fn escalate(&mut self, now: Timestamp) -> Result<(), Refused> {
        if self.escalates_at().is_none_or(|at| now <= at) {
            return Err(Refused::NotDue);
        }
        self.level = match self.level {
            Level::Owner => Level::TeamManager,
            Level::TeamManager | Level::ServiceManager => Level::ServiceManager,
        };
        self.level_since = now;
        Ok(())
    }

    pub(crate) fn end(&mut self, at: Timestamp, by: Author, why: Option<Text>) {
        if self.end.is_none() {
            self.end = Some(TaskEnd { at, by, why });
        }
    }
}
