//! The guards that keep the invariant, each by name. A test-only switch takes one away at a time to show that a named
//! test notices (hazards H06, H08, H18, H24).

use crate::refused::Refused;

/// One guard of the referral machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Guard {
    /// A step follows only from the states that declare it.
    DeclaredStep,
    /// Category A needs a record of what was done now.
    EmergencyRecord,
    /// Urgent concern about children makes a same-day task.
    ChildrenTask,
    /// Advice is not given while a first contact or a duty call is still owed.
    AdviceAfterContact,
    /// Advice leaves a dated follow-up check behind.
    FollowUpKept,
    /// A date given to the person does not lie in the past.
    DateAhead,
    /// Nothing closes before everybody was told or excepted.
    ToldBeforeClosing,
    /// Nothing closes while the duty call is owed.
    CalledBeforeClosing,
    /// Nothing closes while the person said it got worse and no senior has looked.
    TriagedBeforeClosing,
    /// A referral is never a duplicate of itself.
    DuplicateOfAnother,
    /// A task that waits for an event cannot be ticked off.
    TaskWaitsForEvent,
    /// A failed message after closing makes a task.
    FailureNoticed,
    /// A form that showed an older version changes nothing.
    VersionShown,
    /// A page goes up only when its time has come, and keeps going until answered.
    PageAnswered,
    /// What somebody else asked for becomes a case only with the person's agreement, or a senior's written reason.
    AgreementFirst,
    /// Nothing is decided before the person knows that we hold this, or a senior wrote down why not.
    ToldFirst,
    /// Whoever asked is told no more than the person agrees to.
    ReferrerLeast,
    /// Somebody owes the person the news that we hold this.
    HeldTask,
    /// Under 16, triage says in words what the young person understands.
    CompetenceInWords,
    /// No service is asked before the person was, or a reason is written down.
    AskedFirst,
    /// After two services could not take the person, a panel decides and nobody else is asked.
    PanelAfterTwo,
    /// A one-time link does its one thing once, in its time, and nothing after it was taken back.
    LinkStands,
    /// A key worker against whom something speaks is chosen with a reason.
    ChoiceExplained,
    /// Somebody is asked to tell the person who their key worker is.
    WorkerTold,
    /// Somebody is asked the moment nobody covers for a key worker.
    CoverAsked,
}

impl Guard {
    /// Every guard; the test that disables each in turn walks this list.
    pub const ALL: [Self; 25] = [
        Self::DeclaredStep,
        Self::EmergencyRecord,
        Self::ChildrenTask,
        Self::AdviceAfterContact,
        Self::FollowUpKept,
        Self::DateAhead,
        Self::ToldBeforeClosing,
        Self::CalledBeforeClosing,
        Self::TriagedBeforeClosing,
        Self::DuplicateOfAnother,
        Self::TaskWaitsForEvent,
        Self::FailureNoticed,
        Self::VersionShown,
        Self::PageAnswered,
        Self::AgreementFirst,
        Self::ToldFirst,
        Self::ReferrerLeast,
        Self::HeldTask,
        Self::CompetenceInWords,
        Self::AskedFirst,
        Self::PanelAfterTwo,
        Self::LinkStands,
        Self::ChoiceExplained,
        Self::WorkerTold,
        Self::CoverAsked,
    ];
}

#[cfg(test)]
thread_local! {
    static DISABLED: std::cell::Cell<Option<Guard>> = const { std::cell::Cell::new(None) };
}

/// Runs `test` with one guard taken away on this thread.
#[cfg(test)]
pub(crate) fn without<T>(guard: Guard, test: impl FnOnce() -> T) -> T {
    DISABLED.set(Some(guard));
    let result = test();
    DISABLED.set(None);
    result
}

#[cfg(test)]
fn is_disabled(guard: Guard) -> bool {
    DISABLED.get() == Some(guard)
}

#[cfg(not(test))]
const fn is_disabled(_guard: Guard) -> bool {
    false
}

/// Refuses unless the guard holds.
pub(super) fn require(guard: Guard, holds: bool, otherwise: Refused) -> Result<(), Refused> {
    if holds || is_disabled(guard) { Ok(()) } else { Err(otherwise) }
}

/// Whether the guard is in force: for effects that must follow, rather than conditions that must hold.
pub(super) fn in_force(guard: Guard) -> bool {
    !is_disabled(guard)
}
