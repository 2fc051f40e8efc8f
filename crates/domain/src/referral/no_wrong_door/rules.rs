//! What must hold: of every state that can be reached, and of every step between two of them.

use std::collections::BTreeSet;

use super::redirect::Link;
use super::step::{Node, Own, Step, World};
use super::{care, enders};
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Tracked};
use crate::clock::ClockKind;
use crate::fixtures::{DAY, SPOA, after as after_changes, text, worker};
use crate::guest::{Errand, LinkStands};
use crate::handover::{Consent, Handover, HandoverState};
use crate::ids::HandoverId;
use crate::notice::{Message, Notice, NoticeState, Party};
use crate::referral::{Held, Outcome, Referral, StateKind, may_follow};
use crate::task::{Level, TaskKind};

/// The rule that was broken, in words.
pub(super) type Verdict = Result<(), String>;

pub(super) fn holds(rule: bool, words: &str) -> Verdict {
    if rule { Ok(()) } else { Err(words.to_owned()) }
}

/// Rules of one state.
pub(super) fn of_state(node: &Node, world: &World) -> Verdict {
    one_team_and_next_step(node)?;
    the_right_task_is_open(node)?;
    nobody_is_left_untold(node)?;
    whoever_was_asked_for_hears_of_it(node)?;
    duty_is_answered_or_rung(node)?;
    handed_over_warmly(node, world)?;
    the_practice_says_that_it_read(node)?;
    closed_for_a_reason(node)?;
    care::of_state(node)?;
    neglect_is_seen(node, world)
}

fn one_team_and_next_step(node: &Node) -> Verdict {
    let referral = &node.referral;
    let team = referral.team();
    let accepted_by = match referral.decided().map(|decided| &decided.outcome) {
        Some(Outcome::Accepted { team, .. }) => Some(*team),
        Some(
            Outcome::Advised { .. }
            | Outcome::Redirected { .. }
            | Outcome::Withdrawn { .. }
            | Outcome::Duplicate { .. }
            | Outcome::Died { .. },
        )
        | None => None,
    };
    holds(team == accepted_by.unwrap_or(SPOA), "the team responsible is not the one that has it")?;
    holds(referral.teams().contains(&team), "the team responsible cannot read it")?;
    let kinds: Vec<_> = referral.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect();
    let once: BTreeSet<_> = kinds.iter().collect();
    holds(once.len() == kinds.len(), "the same thing is asked of two people")?;
    let readers = referral.teams();
    let known =
        referral.tasks().iter().filter(|task| task.is_open()).all(|task| readers.contains(&task.team));
    holds(known, "a task belongs to a team that cannot read the referral")?;
    holds(!referral.is_open() || referral.next_due().is_some(), "an open referral has no dated next step")
}

pub(super) fn open(node: &Node, kind: TaskKind) -> bool {
    node.referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

pub(super) fn running(node: &Node, kind: ClockKind) -> bool {
    node.referral.clocks().iter().any(|clock| clock.kind == kind && clock.is_running())
}

fn the_right_task_is_open(node: &Node) -> Verdict {
    let asked = match node.referral.kind() {
        StateKind::Received | StateKind::Screening => open(node, TaskKind::Triage),
        StateKind::Triaged => open(node, TaskKind::Decide) || open(node, TaskKind::Panel),
        StateKind::Redirecting => handover_asks(node),
        // Where everybody was told and it got worse since, somebody is asked to look again.
        StateKind::Telling => [TaskKind::Tell, TaskKind::Triage, TaskKind::DutyCall, TaskKind::NotTold]
            .into_iter()
            .any(|kind| open(node, kind)),
        StateKind::Closed => true,
    };
    holds(asked, "nobody is asked to take the next step")?;
    let waits = node.referral.enquired().is_some_and(|it| it.enquiry.answer.is_none());
    let early = matches!(node.referral.kind(), StateKind::Received | StateKind::Screening);
    // Opened again after a decision: whoever looks again asks for it, or goes on without.
    let again = !node.referral.head().earlier_decisions.is_empty();
    let triaged = node.referral.triage_in_force().is_some();
    let asked = open(node, TaskKind::Enquiry);
    holds(!asked || waits, "an answer is waited for that nobody was asked for, or that came")?;
    holds(
        !waits || !early || again || triaged || asked,
        "somebody was asked and nobody goes on without an answer",
    )?;
    let in_category = [ClockKind::CatB, ClockKind::CatC, ClockKind::CatD];
    let owed = in_category.into_iter().any(|kind| running(node, kind));
    holds(!owed || open(node, TaskKind::FirstContact), "a category clock runs and nobody is asked to ring")?;
    let read = open(node, TaskKind::Triage) == running(node, ClockKind::RefTriage);
    holds(read, "waiting for triage and its clock do not agree")?;
    let theirs =
        |kind| kind == TaskKind::FirstContact || kind == TaskKind::Allocate || kind == TaskKind::Tell;
    let mut tasks = node.referral.tasks().iter().filter(|task| task.is_open() && theirs(task.kind));
    holds(
        tasks.all(|task| task.team == node.referral.team()),
        "the team responsible is not the one that is asked",
    )?;
    let called = open(node, TaskKind::DutyCall) == running(node, ClockKind::DutyCall);
    holds(called, "the duty call and its clock do not agree")
}

fn nobody_is_left_untold(node: &Node) -> Verdict {
    let referral = &node.referral;
    let failed = referral.owed_notices().any(|notice| matches!(notice.state, NoticeState::Failed { .. }));
    let covered = open(node, TaskKind::Tell) || open(node, TaskKind::NotTold);
    holds(!failed || covered, "a message failed and nobody is asked to tell them")?;
    let told = referral.owed_notices().all(|notice| notice.state.is_settled());
    let hinted = referral.owed_notices().any(|notice| {
        let sent = matches!(notice.state, NoticeState::Handed { .. } | NoticeState::Delivered { .. });
        sent && !notice.route.carries(&notice.message)
    });
    holds(!hinted, "a message that does not say the decision counts as telling it")?;
    let closed = referral.kind() == StateKind::Closed;
    holds(!closed || told || open(node, TaskKind::NotTold), "closed, somebody untold, and nobody is asked to")
}

/// Whom somebody else asked for: told that we hold this, or somebody owes it to them (UK GDPR article 14).
fn whoever_was_asked_for_hears_of_it(node: &Node) -> Verdict {
    let referral = &node.referral;
    if referral.origin().behalf().is_none() {
        return Ok(());
    }
    let told = matches!(referral.asked_by().held, Some(Held::Told { .. }));
    let dead = matches!(referral.decided().map(|it| &it.outcome), Some(Outcome::Died { .. }));
    let owed = open(node, TaskKind::TellHeld);
    holds(
        told || dead || owed,
        "somebody asked for them, they do not know, and nobody is asked to tell them",
    )?;
    holds(!told || !owed, "telling them is owed although they were told")?;
    holds(!running(node, ClockKind::TellHeld) || owed, "the month runs and nobody is asked to tell them")?;
    let silent = referral.is_known() || {
        let sent = |notice: &Notice| notice.party == Party::Person && !notice.state.is_settled();
        !referral.notices().iter().any(|notice| sent(notice))
    };
    holds(silent, "a message is on its way to a person who does not know")
}

fn duty_is_answered_or_rung(node: &Node) -> Verdict {
    let referral = &node.referral;
    holds(!referral.is_flagged() || referral.page().is_some(), "a danger answer rang nobody")?;
    let Some(page) = referral.page().filter(|page| page.acknowledged.is_none()) else { return Ok(()) };
    holds(page.next_step_at().is_some(), "an unanswered page has no next step")?;
    // Whoever triages or decides answers it; where a team has accepted it rings while triage is asked for again.
    holds(open(node, TaskKind::Triage), "decided while the duty page rings")
}

fn has_met(node: &Node) -> bool {
    node.referral.handover().is_some_and(|it| matches!(it.state, HandoverState::Met { .. }))
}

fn handover_asks(node: &Node) -> bool {
    let state = node.referral.handover().map(|handover| handover.state.code());
    match state {
        Some("proposed") => open(node, TaskKind::AskAgreement),
        Some("offered") => open(node, TaskKind::HandoverAnswer),
        Some("accepted" | "introduced") => open(node, TaskKind::HandoverMeet),
        // They have met, and it got worse before that: a senior looks first.
        Some("met") => open(node, TaskKind::Triage),
        _ => false,
    }
}

/// No service is asked behind the person's back, none by silence, and nobody is passed round (pathway §3, hazards H03, H06).
fn handed_over_warmly(node: &Node, world: &World) -> Verdict {
    let referral = &node.referral;
    let asked = |it: &&Tracked<Handover>| it.state != HandoverState::Proposed;
    let behind = referral
        .handovers()
        .iter()
        .filter(asked)
        .any(|it| it.consent == Consent::ToAsk && !matches!(it.state, HandoverState::Ended { .. }));
    holds(!behind, "a service was asked before the person was")?;
    let passed_round = referral.kind() == StateKind::Triaged && referral.not_taken() >= 2;
    holds(
        !passed_round || open(node, TaskKind::Panel),
        "two services could not take them and no panel is asked",
    )?;
    let outcome = referral.decided().map(|decided| &decided.outcome);
    let redirected = matches!(outcome, Some(Outcome::Redirected { .. }));
    holds(!redirected || has_met(node), "redirected, and they have not met")?;
    let open_ones = referral.handovers().iter().filter(|handover| handover.is_open()).count();
    let redirecting = referral.kind() == StateKind::Redirecting;
    holds(open_ones <= usize::from(redirecting), "two services are asked at once, or one for nothing")?;
    links_stand_while_they_may(node)?;
    let Some(due) = referral.handover().filter(|_| redirecting).and_then(Handover::due_at) else {
        return Ok(());
    };
    let later = due.checked_add(DAY).unwrap();
    let id = referral.handovers().last().map(|handover| handover.id);
    let back = id.map(|id| referral.clone().bounce(&worker(later), id, &text("Too late."), &world.county));
    let back = back.and_then(Result::ok).map(after_changes);
    let queued = back.is_some_and(|back| {
        let waits = matches!(back.kind(), StateKind::Triaged | StateKind::Received);
        waits && back.team() == SPOA
    });
    holds(queued, "left alone, a handover does not come back")
}

/// Whoever was advised with a copy to their GP: somebody there has read it, or there is a reason, or somebody is asked to ring;
/// and the link of the letter stands as long, and no longer (seed 36).
fn the_practice_says_that_it_read(node: &Node) -> Verdict {
    let referral = &node.referral;
    let outcome = referral.decided().map(|decided| &decided.outcome);
    let owed = open(node, TaskKind::GpReceipt);
    let advised = matches!(outcome, Some(Outcome::Advised { .. }));
    let copied =
        advised && referral.head().permissions.tell_gp && referral.person().identity.gp_practice.is_some();
    let answered = referral.gp_receipt().is_some_and(|receipt| receipt.answer.is_some());
    holds(!copied || answered != owed, "the practice was asked, and nobody is asked to ring it")?;
    holds(!owed || advised, "a practice is asked about advice that does not stand")?;
    let Some(receipt) = referral.gp_receipt() else { return Ok(()) };
    let stands = referral.link_stands(Errand::Receipt(receipt.notice), node.now);
    let good = stands.is_some_and(|(_, stands)| stands == LinkStands::Good);
    holds(good == owed, "the link of a letter and what is asked do not agree")
}

/// A one-time link stands for the service that is asked now, in its time, for one thing; every other opens nothing.
fn links_stand_while_they_may(node: &Node) -> Verdict {
    let (referral, now) = (&node.referral, node.now);
    let good = |errand| {
        let stands = referral.link_stands(errand, now);
        stands.is_some_and(|(_, stands)| stands == LinkStands::Good)
    };
    let last = referral.handovers().last().map(|it| it.id);
    for handover in referral.handovers() {
        let open = [good(Errand::Answer(handover.id)), good(Errand::Carry(handover.id))];
        let asked = handover.is_open() && Some(handover.id) == last;
        let in_time = handover.due_at().is_some_and(|due| now <= due);
        holds(
            open.iter().all(|open| !open) || asked,
            "a link of a service that is not asked any more opens",
        )?;
        holds(open.iter().all(|open| !open) || in_time, "a link opens after its time")?;
        holds(open != [true, true], "one link for two things")?;
        let waits = matches!(handover.state, HandoverState::Offered { .. }) && in_time;
        holds(!waits || open[0], "a service is asked and its link opens nothing")?;
    }
    Ok(())
}

/// Closed only as accepted, advised, withdrawn, joined or after a death, with what each of them leaves behind.
fn closed_for_a_reason(node: &Node) -> Verdict {
    let referral = &node.referral;
    if referral.kind() != StateKind::Closed {
        return Ok(());
    }
    holds(!open(node, TaskKind::DutyCall), "closed while the duty call is owed")?;
    holds(!open(node, TaskKind::Triage), "closed, it got worse, and no senior has looked")?;
    let Some(decided) = referral.decided() else { return Err("closed without a decision".to_owned()) };
    match &decided.outcome {
        Outcome::Accepted { episode, team, .. } => {
            let kept = referral.episode().is_some_and(|it| it.id == *episode && it.team == *team);
            let cared_for = referral.episode().is_some_and(|it| it.key_worker.is_some());
            holds(kept, "accepted without an episode")?;
            holds(cared_for || open(node, TaskKind::Allocate), "nobody is asked to name a key worker")
        }
        Outcome::Advised { .. } => {
            let kept = open(node, TaskKind::FollowUp) || node.followed_up;
            holds(kept, "advised without a follow-up check")
        }
        Outcome::Redirected { .. } => holds(has_met(node), "redirected, and they have not met"),
        Outcome::Duplicate { of, .. } => holds(*of != referral.id(), "joined to itself"),
        Outcome::Withdrawn { .. } | Outcome::Died { .. } => Ok(()),
    }
}

/// Moving only the clock, with the worker's sweeps, puts every open referral on the overdue list and every open task
/// in front of the service manager.
fn neglect_is_seen(node: &Node, world: &World) -> Verdict {
    // A month and a day: the longest that anything may wait.
    let mut later = node.now.checked_add(DAY * 32).unwrap();
    let mut referral = node.referral.clone();
    if referral.page().is_some_and(|page| page.acknowledged.is_none()) {
        let rung = referral.escalate_page(&worker(later), &world.county);
        referral = after_changes(rung.map_err(|_| "an unanswered page stopped".to_owned())?);
    }
    for _ in 0..2 {
        let due: Vec<_> = referral
            .tasks()
            .iter()
            .filter(|task| task.is_open() && task.level < Level::ServiceManager)
            .map(|task| task.id)
            .collect();
        for id in due {
            let up = referral.escalate_task(&worker(later), id);
            referral = after_changes(up.map_err(|_| "an overdue task does not go up".to_owned())?);
        }
        later = later.checked_add(DAY * 2).unwrap();
    }
    holds(!referral.is_open() || referral.is_overdue(later), "left alone, it is on no overdue list")?;
    let seen =
        referral.tasks().iter().filter(|task| task.is_open()).all(|task| task.level == Level::ServiceManager);
    holds(seen, "left alone, a task does not reach the service manager")
}

/// What happened, as the step of the machine that it is: the history says more of it.
pub(super) fn as_step(kind: EventKind) -> EventKind {
    if [EventKind::ReachChanged, EventKind::NeedsChanged].contains(&kind) {
        EventKind::PersonChanged
    } else if kind == EventKind::CallAsked {
        EventKind::GotWorse
    } else {
        kind
    }
}

/// Rules of one step that was taken.
pub(super) fn of_step(before: &Node, step: Step, changes: &Changes, after: &Node) -> Verdict {
    let (old, new) = (&before.referral, &after.referral);
    let same = old.id() == new.id() && old.reference() == new.reference();
    holds(same && old.received_at() == new.received_at(), "its name or the date it arrived changed")?;
    tasks_end_for_cause(old, new, changes)?;
    holds(step.kind().is_none_or(|kind| old.may(kind)), "a step was taken that its state does not declare")?;
    let kinds = || changes.events().iter().map(|event| as_step(event.kind));
    let declared = kinds().all(|kind| may_follow(source(before, kind), kind));
    holds(declared, "an event happened that its state does not declare")?;
    holds(
        step.all_may(before, changes),
        "somebody who may take the step may not cause what follows from it",
    )?;
    nothing_vanishes(old, new)?;
    what_follows(step, before, after)
}

/// The state an event is counted for: closing always happens from telling, also right after a decision; and a service is
/// asked from where it was chosen, also in one step.
pub(super) fn source(before: &Node, kind: EventKind) -> StateKind {
    let instead =
        [(EventKind::Closed, StateKind::Telling), (EventKind::HandoverOffered, StateKind::Redirecting)];
    let found = instead.into_iter().find(|(known, _)| *known == kind);
    found.map_or(before.referral.kind(), |(_, state)| state)
}

fn tasks_end_for_cause(old: &Referral, new: &Referral, changes: &Changes) -> Verdict {
    for (old, new) in old.tasks().iter().zip(new.tasks()).filter(|(old, new)| old.is_open() && !new.is_open())
    {
        let ticked_off = new.end.as_ref().is_some_and(|end| end.why.is_some());
        holds(!ticked_off || old.kind.ends_by_reason(), "a task that waits for an event was ticked off")?;
        let cause = changes.events().iter().any(|event| enders::of(old.kind).contains(&event.kind));
        holds(cause, &format!("a task ({}) ended for no cause", old.kind.code()))?;
    }
    Ok(())
}

fn nothing_vanishes(old: &Referral, new: &Referral) -> Verdict {
    let tasks = old
        .tasks()
        .iter()
        .zip(new.tasks())
        .all(|(old, new)| old.id == new.id && (old.is_open() || !new.is_open()));
    let clocks = old.clocks().iter().zip(new.clocks()).all(|(old, new)| {
        old.id == new.id
            && old.started_at == new.started_at
            && old.target_at == new.target_at
            && (old.is_running() || !new.is_running())
    });
    let notices = old.notices().iter().zip(new.notices()).all(|(old, new)| old.id == new.id);
    let kept = new.tasks().len() >= old.tasks().len()
        && new.clocks().len() >= old.clocks().len()
        && new.notices().len() >= old.notices().len()
        && new.contacts().len() >= old.contacts().len();
    holds(
        tasks && clocks && notices && kept,
        "a task, clock, message or contact was lost, moved or begun again",
    )
}

/// What the person does is seen by staff at once, ends nothing by itself, and never makes anything later.
fn the_person_is_heard(own: Own, before: &Node, after: &Node) -> Verdict {
    let (old, new) = (&before.referral, &after.referral);
    holds(new.version() == old.version(), "a step made up a version")?;
    holds(new.head().is_changed(), "somebody with a form open is not told that the person did something")?;
    holds(new.is_open() || !old.is_open(), "the person closed it, and nobody thought about it")?;
    let soonest = |referral: &Referral, kind| {
        let open = referral.tasks().iter().filter(|task| task.kind == kind && task.is_open());
        open.map(|task| task.due_at).min()
    };
    match own {
        Own::Add => holds(open(after, TaskKind::ReadNew), "nobody is asked to read what was added"),
        Own::Change => {
            let old_way = new.notices().iter().any(|notice| {
                let waits = matches!(notice.state, NoticeState::Queued | NoticeState::Failed { .. });
                waits && notice.party == Party::Person && notice.route.code() != "letter"
            });
            holds(!old_way, "a message still goes the way that may not be safe any more")
        }
        Own::Withdraw => {
            holds(new.kind() == old.kind(), "asked to end, and it ended by itself")?;
            holds(open(after, TaskKind::Withdrawal), "nobody is asked to think about safety")
        }
        Own::Worse { danger } => {
            holds(open(after, TaskKind::Triage), "it got worse and nobody is asked to look again")?;
            let (was, is) = (soonest(old, TaskKind::Triage), soonest(new, TaskKind::Triage));
            holds(is <= was || was.is_none(), "it got worse and is looked at later")?;
            let today = local_date(after.now);
            let soon = is.is_some_and(|due| due <= after.now || local_date(due) <= today || danger);
            holds(soon, "it got worse and nobody looks the same day")?;
            let hours = jiff::SignedDuration::from_hours(4);
            let in_time = is.is_some_and(|due| due <= after.now.checked_add(hours).unwrap());
            holds(!danger || in_time, "a danger answer is not looked at within four hours")?;
            let rung = new.page().is_some_and(|page| page.acknowledged.is_none());
            let called = rung && open(after, TaskKind::DutyCall);
            holds(!danger || called, "a danger answer rang nobody")?;
            holds(!danger || new.is_flagged(), "a danger answer does not stand first on the list")?;
            let kept = [ClockKind::CatB, ClockKind::CatC, ClockKind::CatD, ClockKind::DutyCall];
            let stopped = kept.into_iter().any(|kind| running(before, kind) && !running(after, kind));
            holds(!stopped, "time that was waited was lost")
        }
    }
}

fn what_follows(step: Step, before: &Node, after: &Node) -> Verdict {
    let closed_now =
        after.referral.kind() == StateKind::Closed && before.referral.kind() != StateKind::Closed;
    let told = after.referral.owed_notices().all(|notice| notice.state.is_settled());
    holds(!closed_now || told, "closed before everybody was told")?;
    if let Step::Person(own) = step {
        the_person_is_heard(own, before, after)?;
    }
    if step == Step::Advise {
        let owed = open(before, TaskKind::FirstContact) || open(before, TaskKind::DutyCall);
        holds(!owed, "advice was given while a call was owed")?;
    }
    care::what_follows(step, before, after)?;
    if step == Step::Accept || step == Step::Advise {
        let told = before.referral.is_known() || before.referral.is_held_back();
        holds(told, "decided about somebody who does not know of it")?;
    }
    let was = before.referral.notices().len();
    let mut made = after.referral.notices().iter().skip(was);
    let more = made.any(|notice| match &notice.message {
        Message::ToReferrer { news, .. } => !news.is_least() && !before.referral.may_tell_referrer(),
        Message::Received { .. }
        | Message::Accepted { .. }
        | Message::Advised { .. }
        | Message::Withdrawn { .. }
        | Message::Duplicate { .. }
        | Message::HandoverOffered { .. }
        | Message::HandoverCarry { .. }
        | Message::GpReminder { .. }
        | Message::HandoverAccepted { .. }
        | Message::HandoverBack { .. }
        | Message::KeyWorker { .. }
        | Message::Introduction { .. }
        | Message::IntroductionCopy { .. }
        | Message::Redirected { .. }
        | Message::AskedFor { .. } => notice.party == Party::Referrer,
        // It asks, and says nothing of anybody.
        Message::Enquiry { .. } => false,
    });
    holds(!more, "whoever asked was told more than the person agreed to")?;
    if matches!(step, Step::ByLink(_)) {
        let last = before.referral.handovers().last();
        let id = last.map_or(HandoverId(uuid::Uuid::nil()), |it| it.id);
        let was = [Errand::Answer(id), Errand::Carry(id)].map(|errand| {
            before.referral.link_stands(errand, before.now).is_some_and(|(_, it)| it == LinkStands::Good)
        });
        holds(was.contains(&true), "a service answered by a link that opened nothing")?;
        let again = after.referral.link_stands(Errand::Answer(id), after.now);
        let dead = again.is_some_and(|(_, it)| it != LinkStands::Good);
        holds(dead, "a link can be answered twice")?;
    }
    if matches!(step, Step::Decline | Step::ByLink(Link::Decline) | Step::Bounce | Step::TakeBack) {
        let category = |node: &Node| node.referral.triage_in_force().map(|triage| triage.category);
        holds(category(before) == category(after), "coming back changed how soon they are seen")?;
    }
    if step == (Step::Duplicate { of_flagged: false }) {
        let kept = !open(before, TaskKind::DutyCall) || open(after, TaskKind::DutyCall);
        holds(kept, "joining cancelled a call that was promised")?;
    }
    if matches!(step, Step::Enquiry { .. }) {
        let runs = |node: &Node| node.referral.clocks().iter().filter(|clock| clock.is_running()).count();
        holds(runs(before) == runs(after), "asking for what is missing stopped a clock")?;
    }
    if step == Step::Die {
        let silent = after.referral.notices().iter().all(|notice| notice.state.is_settled());
        holds(silent, "something is still to be sent to a person who died")?;
    }
    if matches!(step, Step::Triage { children: true, .. }) {
        let today = local_date(after.now);
        let asked = after.referral.tasks().iter().any(|task| {
            task.kind == TaskKind::ChildrenUrgent && task.is_open() && local_date(task.due_at) <= today
        });
        holds(asked, "children may need help today and nobody is asked to act today")?;
    }
    Ok(())
}
