//! What of a referral decides what can still happen to it: two referrals with the same key have the same future, as far
//! as the rules look. Times become "late or not"; how high a task has risen, messages that are over, and tasks that
//! ended are left out, because nothing asks for them.

use std::collections::BTreeSet;

use super::step::{Node, Own, World};
use crate::clock::ClockKind;
use crate::door::{Origin, Way};
use crate::duty::{Cover, PageWork, Rung};
use crate::handover::{Consent, Handover};
use crate::notice::{Message, Notice, NoticeState, Party};
use crate::referral::{Category, Held, Referral, StateKind};
use crate::task::TaskKind;

/// A shape, and what of it is late.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) shape: Shape,
    /// A task is late; a clock; a service that was asked; the duty person could be rung instead of the crisis line; a page that begins now would
    /// ring somebody who is there.
    times: [bool; 5],
    /// What the worker has to do about the page now.
    work: Option<PageWork>,
}

/// What there is, without its times.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    state: StateKind,
    outcome: Option<&'static str>,
    category: Option<Category>,
    /// Flagged; and danger answers from the arrival that nobody has triaged, which count again if it is opened again.
    danger: (bool, bool),
    /// Which way, and whether a message may say who it is from.
    way: (u8, bool),
    tell_gp: bool,
    /// Who asked for somebody else, and what the person knows, agrees to and allows.
    behalf: Option<(bool, [bool; 6])>,
    tasks: BTreeSet<TaskKind>,
    clocks: BTreeSet<ClockKind>,
    page: PageKey,
    fallback: bool,
    owed: Vec<(Party, &'static str)>,
    /// One of a kind and "more than one" differ: one of two may fail while the other stands.
    earlier: Vec<(Party, Earlier)>,
    allocated: Option<bool>,
    /// Whether a team here is asked, or who else; and where that is. How many could not take the person.
    handover: Option<(bool, bool, &'static str)>,
    declines: (usize, usize),
    /// What is missing was asked for; and whether it was answered.
    enquiry: Option<bool>,
    own: &'static [Own],
    redirects: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum PageKey {
    None,
    Answered,
    Ringing { world: usize, rung: usize, crisis_line: bool },
}

/// A message that nobody is owed any more can still fail, or still be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Earlier {
    CanFail,
    /// Sent, and yet not told: it can fail, and a death or a new decision excepts it.
    Asked,
    CanBeSent,
}

impl Key {
    pub(super) fn of(node: &Node, world: &World) -> Self {
        let (referral, now) = (&node.referral, node.now);
        let ringing = referral.page().filter(|page| page.acknowledged.is_none());
        let crisis_line = ringing.is_some_and(|page| *page.paged_now() == Rung::CrisisLine);
        let times = [
            referral.tasks().iter().any(|task| task.is_overdue(now)),
            referral.clocks().iter().any(|clock| clock.is_running() && clock.is_breached(now)),
            referral.handover().and_then(Handover::due_at).is_some_and(|due| due < now),
            crisis_line && matches!(world.county.cover(now), Cover::Staffed { .. }),
            node.own.contains(&Own::Worse { danger: true })
                && matches!(world.county.cover(now), Cover::Staffed { .. }),
        ];
        Self { shape: Shape::of(node), times, work: ringing.and_then(|page| page.work(now)) }
    }
}

impl Shape {
    pub(super) fn of(node: &Node) -> Self {
        let referral = &node.referral;
        let open = || referral.tasks().iter().filter(|task| task.is_open());
        let running = || referral.clocks().iter().filter(|clock| clock.is_running());
        let owed: BTreeSet<_> = referral.owed_notices().map(|notice| notice.id).collect();
        let (of_now, before): (Vec<_>, Vec<_>) =
            referral.notices().iter().partition(|notice| owed.contains(&notice.id));
        let undecided = referral.decided().is_none();
        let mut current: Vec<_> = of_now
            .iter()
            .map(|notice| {
                (notice.party, if referral.may_come_back(notice) { "posted" } else { progress(notice) })
            })
            .filter(|(_, at)| *at != OVER)
            .collect();
        current.sort_unstable();
        if undecided {
            current.dedup();
        }
        Self {
            state: referral.kind(),
            outcome: referral.decided().map(|decided| decided.outcome.code()),
            category: if referral.kind() == StateKind::Triaged {
                referral.triage_in_force().map(|triage| triage.category)
            } else {
                None
            },
            danger: (
                referral.is_flagged(),
                referral.head().safety.is_flagged() && referral.triage_in_force().is_none(),
            ),
            way: (way(&referral.person().contact.way), referral.person().contact.say_nhs),
            tell_gp: referral.person().identity.gp_practice.is_some(),
            behalf: behalf(referral),
            tasks: open().map(|task| task.kind).collect(),
            clocks: running().map(|clock| alike(clock.kind)).collect(),
            page: page(node),
            fallback: referral.page().is_some_and(|page| page.teams_rung().next().is_some()),
            owed: current,
            earlier: at_most_two(
                before
                    .iter()
                    .filter(|it| it.message.handover().is_none())
                    // A reminder to a practice and a question are owed to nobody, and nothing asks for them.
                    .filter(|it| !matches!(it.message, Message::GpReminder { .. } | Message::Enquiry { .. }))
                    .filter_map(|notice| earlier(notice).map(|it| (notice.party, it))),
            ),
            allocated: referral.episode().map(|episode| episode.key_worker.is_some()),
            handover: referral.handover().map(|it| {
                (it.to.team().is_some(), matches!(it.consent, Consent::Agrees { .. }), it.state.code())
            }),
            declines: match (referral.declines(), referral.hand_backs()) {
                (2.., _) | (_, 2..) => (2, 0),
                both => both,
            },
            enquiry: referral.enquired().map(|it| it.enquiry.answer.is_some()),
            own: node.own,
            redirects: node.redirects.len(),
        }
    }
}

fn behalf(referral: &Referral) -> Option<(bool, [bool; 6])> {
    referral.origin().behalf()?;
    let asked = referral.asked_by();
    let told = matches!(asked.held, Some(Held::Told { .. }));
    let flags = [
        referral.is_agreed(),
        referral.is_known(),
        referral.is_held_back(),
        referral.may_tell_referrer(),
        told,
        asked.waiver.is_some(),
    ];
    Some((matches!(referral.origin(), Origin::Professional(_)), flags))
}

fn at_most_two(notices: impl Iterator<Item = (Party, Earlier)>) -> Vec<(Party, Earlier)> {
    let mut all: Vec<_> = notices.collect();
    all.sort_unstable();
    let mut kept: Vec<(Party, Earlier)> = Vec::new();
    for notice in all {
        // Nothing but its own state hangs on what whoever asked was told before.
        let most = if notice.0 == Party::Referrer { 1 } else { 2 };
        if kept.iter().filter(|other| **other == notice).count() < most {
            kept.push(notice);
        }
    }
    kept
}

const OVER: &str = "over";

fn progress(notice: &Notice) -> &'static str {
    match notice.state {
        NoticeState::Posted { .. } | NoticeState::ToldByPhone { .. } | NoticeState::Excepted { .. } => OVER,
        NoticeState::Queued
        | NoticeState::Spooled { .. }
        | NoticeState::Handed { .. }
        | NoticeState::Asked { .. }
        | NoticeState::Delivered { .. }
        | NoticeState::Failed { .. }
        | NoticeState::Printed { .. } => notice.state.code(),
    }
}

fn earlier(notice: &Notice) -> Option<Earlier> {
    match notice.state {
        // A receipt that was posted can come back again once the referral is open again.
        NoticeState::Posted { .. } if notice.message.is_receipt() => Some(Earlier::CanFail),
        NoticeState::Posted { .. } | NoticeState::ToldByPhone { .. } | NoticeState::Excepted { .. } => None,
        NoticeState::Handed { .. } | NoticeState::Delivered { .. } => Some(Earlier::CanFail),
        NoticeState::Asked { .. } => Some(Earlier::Asked),
        NoticeState::Queued
        | NoticeState::Spooled { .. }
        | NoticeState::Failed { .. }
        | NoticeState::Printed { .. } => Some(Earlier::CanBeSent),
    }
}

/// The clocks of the categories differ only in length.
fn alike(kind: ClockKind) -> ClockKind {
    match kind {
        ClockKind::CatB | ClockKind::CatC | ClockKind::CatD => ClockKind::CatB,
        ClockKind::RefAck | ClockKind::RefTriage | ClockKind::DutyCall | ClockKind::TellHeld => kind,
    }
}

fn way(way: &Way) -> u8 {
    match way {
        Way::Call { .. } => 0,
        Way::Text { .. } => 1,
        Way::Email { .. } => 2,
        Way::Letter { .. } => 3,
        Way::InPerson { .. } => 4,
    }
}

fn page(node: &Node) -> PageKey {
    match node.referral.page() {
        None => PageKey::None,
        Some(page) if page.acknowledged.is_some() => PageKey::Answered,
        Some(page) => PageKey::Ringing {
            world: node.world,
            rung: page.at_rung,
            crisis_line: *page.paged_now() == Rung::CrisisLine,
        },
    }
}
