//! The steps of a team that took the person, and what must hold of its care: somebody is named or asked to be, the person
//! hears who it is, nothing stays with somebody who is not there, and the four weeks run from the first day.

use super::rules::{Verdict, holds, open, running};
use super::step::{Node, Step};
use crate::actor::{Ctx, Role};
use crate::change::Changes;
use crate::clock::ClockKind;
use crate::county::County;
use crate::episode::{Mode, Part};
use crate::fixtures::{acceptance, choice, contact, staff, team, text, user_of};
use crate::referral::{Acceptance, Category, ContactMade, Outcome, Referral};
use crate::refused::Refused;
use crate::task::{Owner, TaskKind};
use crate::team::{Team, TeamKind};

/// Who is there for the person.
pub(super) const CARE: [Step; 4] =
    [Step::ChangeWorker, Step::CoverMissing, Step::CoverFound, Step::WishWorker];

/// What of the four weeks was done.
pub(super) const PARTS: [Step; 4] = [
    Step::BeWith,
    Step::DoPart(Part::Assessment),
    Step::DoPart(Part::PlanOrIntervention),
    Step::DoPart(Part::Baseline),
];

/// A crisis team takes the person and is with them.
pub(super) const CRISIS: [Step; 5] = [
    Step::AcceptCrisis,
    Step::BeWith,
    Step::Triage { category: Category::B, children: false },
    Step::Triage { category: Category::C, children: false },
    Step::CoverMissing,
];

impl Step {
    pub(super) fn care(self, ctx: &Ctx, referral: Referral, county: &County) -> Result<Changes, Refused> {
        match self {
            Self::AcceptCrisis => {
                let crisis = Team { kind: Some(TeamKind::A02), ..team() };
                referral.accept(ctx, Acceptance { team: crisis, ..acceptance(ctx.now) }, county)
            }
            Self::BeWith => {
                let made = ContactMade { mode: Mode::FaceToFace, ..contact(ctx.now, true) };
                referral.record_contact(&staff(Role::KeyWorker, ctx.now), made)
            }
            Self::ChangeWorker => {
                let now = referral.episode().is_some_and(|it| it.is_with(user_of(Role::KeyWorker)));
                let other = if now { Role::CrisisTeam } else { Role::KeyWorker };
                referral.change_worker(ctx, choice(other), county)
            }
            Self::WishWorker => referral.wish_worker(ctx, text("Somebody nearer my age."), county),
            Self::CoverMissing => {
                let worker = referral.episode().and_then(|it| it.key_worker.clone());
                let (user, _) = worker.ok_or(Refused::NotFromHere)?;
                referral.cover_missing(ctx, user)
            }
            Self::CoverFound => referral.cover_found(ctx),
            Self::DoPart(part) => {
                let kept = text("In the notes of the trust.");
                referral.record_part(ctx, part, (ctx.now, kept))
            }
            Self::Wait { .. }
            | Self::Open
            | Self::Triage { .. }
            | Self::Accept
            | Self::Advise
            | Self::Withdraw
            | Self::Duplicate { .. }
            | Self::Die
            | Self::Acknowledge
            | Self::Ring { .. }
            | Self::EscalatePage
            | Self::Contact { .. }
            | Self::FollowUp(_)
            | Self::GpRead { .. }
            | Self::Enquiry { .. }
            | Self::Heard { .. }
            | Self::HoldBack
            | Self::Waive
            | Self::Allocate
            | Self::Give
            | Self::ReadNew
            | Self::EndTask(_)
            | Self::EscalateTask(_)
            | Self::Notice(..)
            | Self::Explain(_)
            | Self::Propose { .. }
            | Self::Offer
            | Self::TakeOver
            | Self::Decline
            | Self::Introduce
            | Self::WriteIntroduction
            | Self::Meet
            | Self::Bounce
            | Self::TakeBack
            | Self::HoldPanel
            | Self::ByLink(_)
            | Self::Person(_) => Err(Refused::NotFromHere),
        }
    }
}

/// Rules of one step.
pub(super) fn what_follows(step: Step, before: &Node, after: &Node) -> Verdict {
    if step == Step::CoverMissing {
        holds(open(after, TaskKind::Cover), "nobody covers for the key worker and nobody is asked")?;
    }
    if step == Step::Accept || step == Step::AcceptCrisis {
        holds(before.referral.is_agreed(), "a case was made of somebody who had not agreed")?;
    }
    Ok(())
}

/// Rules of one state.
pub(super) fn of_state(node: &Node) -> Verdict {
    somebody_is_there(node)?;
    waits_run_from_the_first_day(node)
}

fn somebody_is_there(node: &Node) -> Verdict {
    let referral = &node.referral;
    let untold = referral.worker_news().is_some_and(|news| !news.state.is_settled());
    holds(
        !untold || open(node, TaskKind::TellWorker),
        "they do not know who is there for them and nobody is asked to tell them",
    )?;
    let outcome = referral.decided().map(|decided| &decided.outcome);
    let worker = referral.episode().and_then(|episode| episode.key_worker.as_ref()).map(|(user, _)| *user);
    if matches!(outcome, Some(Outcome::Accepted { .. })) {
        let asked = open(node, TaskKind::Allocate);
        holds(
            worker.is_some() != asked,
            "taken by a team: neither a key worker nor somebody asked to name one",
        )?;
    }
    let theirs = |owner: Owner| worker.is_some_and(|user| owner == Owner::User(user));
    let mut tasks = referral.tasks().iter().filter(|task| task.is_open());
    let stays = tasks.any(|task| theirs(task.owner));
    holds(!open(node, TaskKind::Cover) || !stays, "something stays with a key worker who is not there")
}

fn waits_run_from_the_first_day(node: &Node) -> Verdict {
    let referral = &node.referral;
    let national = |kind: ClockKind| ClockKind::NATIONAL.contains(&kind);
    let mut clocks = referral.clocks().iter().filter(|clock| national(clock.kind));
    let first_day = clocks.all(|clock| clock.started_at == referral.received_at());
    holds(first_day, "a national wait does not run from when help was asked for")?;
    let outcome = referral.decided().map(|decided| &decided.outcome);
    let accepted = matches!(outcome, Some(Outcome::Accepted { .. }));
    let waits = ClockKind::FOUR_WEEKS.into_iter().any(|kind| running(node, kind));
    holds(outcome.is_some() || waits, "nobody decided yet, and the four weeks do not run")?;
    holds(!waits || outcome.is_none() || accepted, "it ended, and the four weeks still run")?;
    holds((waits && accepted) == open(node, TaskKind::FourWeeks), "the four weeks run and nobody owes them")?;
    let crisis = ClockKind::FACE_TO_FACE.into_iter().any(|kind| running(node, kind));
    holds(crisis == open(node, TaskKind::FaceToFace), "a crisis wait runs and nobody is asked to be there")
}
