//! What of a referral decides what can still happen to it: two referrals with the same key have the same future, as far
//! as the rules look. Times become "late or not"; how high a task has risen, messages that are over, and tasks that
//! ended are left out, because nothing asks for them.

use std::collections::BTreeSet;
use std::mem::Discriminant;

use super::step::{Node, Own, Step, World};
use crate::clock::ClockKind;
use crate::door::{Origin, Way};
use crate::duty::{Cover, PageWork, Rung};
use crate::episode::Part;
use crate::handover::{Consent, Handover};
use crate::notice::{Message, Notice, NoticeState, Party, Route};
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
    owed: Vec<(Party, &'static str, u8)>,
    /// One of a kind and "more than one" differ: one of two may fail while the other stands.
    earlier: Vec<(Party, Earlier, u8)>,
    allocated: Option<bool>,
    /// How far the message is that says who the key worker is; what of the four weeks was done.
    worker_told: Option<&'static str>,
    parts: (bool, usize),
    /// Under 18: another wait runs when it is opened again. Of all starts only one is.
    young: bool,
    /// Whether a team here is asked, or who else; and where that is. How many could not take the person.
    handover: Option<(bool, bool, &'static str)>,
    /// Where the message is that introduces them, while that matters.
    introduction: Option<&'static str>,
    not_taken: usize,
    /// What is missing was asked for; and whether it was answered.
    enquiry: Option<bool>,
    own: &'static [Own],
    redirects: (usize, Option<Discriminant<Step>>),
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

/// What stays the same on a whole way: two starts that differ in it share no key.
#[derive(PartialEq, Eq)]
pub(super) struct Lane {
    own: &'static [Own],
    redirects: (usize, Option<Discriminant<Step>>),
    way: Option<u8>,
    tell_gp: bool,
    young: bool,
    professional: Option<bool>,
}

impl Lane {
    pub(super) fn of(start: &Node) -> Self {
        let Shape { own, redirects, way: (way, _), tell_gp, young, behalf, .. } = Shape::of(start);
        let way = (!own.contains(&Own::Change)).then_some(way);
        Self {
            own,
            redirects,
            way,
            tell_gp,
            young,
            professional: behalf.map(|(professional, _)| professional),
        }
    }
}

impl Key {
    pub(super) fn of(node: &Node, world: &World) -> Self {
        let (referral, now) = (&node.referral, node.now);
        let ringing = referral.page().filter(|page| page.acknowledged.is_none());
        let crisis_line = ringing.is_some_and(|page| *page.paged_now() == Rung::CrisisLine);
        let times = [
            // That four weeks are over changes nothing that is not also so before: it may be explained, and rises.
            referral.tasks().iter().any(|task| task.kind != TaskKind::FourWeeks && task.is_overdue(now)),
            referral.clocks().iter().any(|clock| {
                let weeks = ClockKind::FOUR_WEEKS.contains(&clock.kind);
                !weeks && clock.is_running() && clock.is_breached(now)
            }),
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
                let at = if referral.may_come_back(notice) { "posted" } else { progress(notice) };
                (notice.party, at, route(node, notice))
            })
            .filter(|(_, at, _)| *at != OVER)
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
                    .filter(|it| it.message.handover().is_none() && !it.message.is_of_worker())
                    // A reminder to a practice and a question are owed to nobody, and nothing asks for them.
                    .filter(|it| !matches!(it.message, Message::GpReminder { .. } | Message::Enquiry { .. }))
                    .filter_map(|notice| Some((notice.party, earlier(notice)?, route(node, notice)))),
            ),
            allocated: referral.episode().map(|episode| episode.key_worker.is_some()),
            worker_told: referral
                .worker_news()
                .map(|news| if referral.may_come_back(news) { "posted" } else { progress(news) }),
            parts: parts(node),
            young: referral.is_young(),
            handover: referral.handover().map(|it| {
                (it.to.team().is_some(), matches!(it.consent, Consent::Agrees { .. }), it.state.code())
            }),
            introduction: introduction(referral),
            not_taken: referral.not_taken().min(2),
            enquiry: referral.enquired().map(|it| it.enquiry.answer.is_some()),
            own: node.own,
            // Those of one length differ in the first.
            redirects: (node.redirects.len(), node.redirects.first().map(std::mem::discriminant)),
        }
    }
}

/// Where somebody writes down what of the four weeks was done, and all four are waited for: whether the team was in touch,
/// and how many of the others were done. Which ones does not matter: each can be done, and the last one ends it. For
/// somebody under 18 the first one that counts ends it.
fn parts(node: &Node) -> (bool, usize) {
    let asked = node.redirects.iter().any(|step| matches!(step, Step::DoPart(_)));
    let adult = node.referral.four_weeks().is_some_and(|clock| clock.kind == ClockKind::FourWeekAdult);
    let episode = node.referral.episode().filter(|_| asked && adult);
    let done: BTreeSet<Part> = episode.iter().flat_map(|it| &it.parts).map(|done| done.part).collect();
    let contact = done.contains(&Part::Contact);
    (contact, done.len() - usize::from(contact))
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

fn at_most_two(notices: impl Iterator<Item = (Party, Earlier, u8)>) -> Vec<(Party, Earlier, u8)> {
    let mut all: Vec<_> = notices.collect();
    all.sort_unstable();
    let mut kept: Vec<(Party, Earlier, u8)> = Vec::new();
    for notice in all {
        // Nothing but its own state hangs on what whoever asked was told before.
        let most = if notice.0 == Party::Referrer { 1 } else { 2 };
        if kept.iter().filter(|other| **other == notice).count() < most {
            kept.push(notice);
        }
    }
    kept
}

/// How a message goes, where the person may change how they are reached after it was written.
fn route(node: &Node, notice: &Notice) -> u8 {
    if !node.own.contains(&Own::Change) {
        return 0;
    }
    match notice.route {
        Route::Email { .. } | Route::Text { .. } => 1,
        Route::Letter { .. } => 2,
        Route::Call { .. } | Route::InPerson { .. } => 3,
    }
}

fn introduction(referral: &Referral) -> Option<&'static str> {
    let handover = referral.handover().filter(|it| it.is_open())?;
    let written = referral.notices().iter().rfind(|it| it.message.introduces() == Some(handover.id))?;
    Some(written.state.code())
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
        ClockKind::UecVeryUrgent | ClockKind::UecUrgent | ClockKind::EdLiaison => ClockKind::UecUrgent,
        ClockKind::RefAck
        | ClockKind::RefTriage
        | ClockKind::DutyCall
        | ClockKind::TellHeld
        | ClockKind::FourWeekAdult
        | ClockKind::FourWeekYoung => kind,
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
