//! Every step that can be taken on a referral, by an actor of the right kind, and the moves of time between them.

use jiff::{SignedDuration, Timestamp};

use super::post::{Post, posts};
use super::redirect::{self, Link};
use crate::access::{Action, Decision, Target, decide};
use crate::actor::{Actor, Ctx, Role};
use crate::calendar::local_date;
use crate::change::{Changes, EventKind};
use crate::clock::ClockKind;
use crate::county::County;
use crate::door::{Danger, Origin, SafeContact};
use crate::duty::{Call, Channel, Rang, Rung};
use crate::episode::Part;
use crate::fixtures::{
    DAY, acceptance, advice, arrived, as_actor, by_email, by_letter, children_urgent, choice, contact,
    flagged, line, request, staff, text, triage_form, user_of, withdrawal, worker, written,
};
use crate::notice::NoticeState;
use crate::referral::{Category, Change, ContactMade, FollowUp, GivenTo, GotWorse, Heard, Referral};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::track::{Holder, Scope};

/// What does not change while one referral runs: the county, and two other referrals of the same person.
pub(super) struct World {
    pub(super) county: County,
    pub(super) live: Referral,
    pub(super) live_flagged: Referral,
}

impl World {
    pub(super) fn new(county: County, now: Timestamp) -> Self {
        let live = arrived(now, request(by_email(), false));
        let live_flagged = arrived(now, flagged(by_email(), false));
        Self { county, live, live_flagged }
    }
}

/// One referral at one moment.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) world: usize,
    pub(super) referral: Referral,
    pub(super) now: Timestamp,
    /// Whether the check owed after the advice in force was made.
    pub(super) followed_up: bool,
    /// What the person does themselves on this way: searched from fewer starts, walked from all.
    pub(super) own: &'static [Own],
    /// What another service may be asked on this way, and what it may answer.
    pub(super) redirects: &'static [Step],
}

/// How a follow-up check went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Check {
    Better,
    NotBetter,
    NoAnswer,
}

/// One step. Tasks, messages and clocks are named by their place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Wait {
        minutes: i64,
    },
    Open,
    Triage {
        category: Category,
        children: bool,
    },
    Accept,
    Advise,
    Withdraw,
    Duplicate {
        of_flagged: bool,
    },
    Die,
    Acknowledge,
    Ring {
        reached: bool,
    },
    EscalatePage,
    Contact {
        reached: bool,
    },
    FollowUp(Check),
    Allocate,
    Give,
    /// A crisis team takes the person.
    AcceptCrisis,
    /// The team is with the person, face to face.
    BeWith,
    ChangeWorker,
    WishWorker,
    CoverMissing,
    CoverFound,
    DoPart(Part),
    EndTask(usize),
    EscalateTask(usize),
    Notice(usize, Post),
    Explain(usize),
    Person(Own),
    ReadNew,
    Heard {
        agrees: bool,
        may_tell: bool,
    },
    HoldBack,
    Waive,
    /// A service is chosen: a team here, or one outside; and the person was asked, or is to be asked.
    Propose {
        here: bool,
        asked: bool,
    },
    Offer,
    TakeOver,
    Decline,
    Introduce,
    WriteIntroduction,
    Meet,
    Bounce,
    TakeBack,
    HoldPanel,
    /// What is missing is asked for, or that is answered.
    Enquiry {
        answer: bool,
    },
    /// The service answers by its one-time link.
    ByLink(Link),
    /// Somebody of the practice has read the letter: by its link, or as we were told.
    GpRead {
        link: bool,
    },
}

/// What the person does themselves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Own {
    Add,
    /// To a letter: what waits is sent another way.
    Change,
    Withdraw,
    Worse {
        danger: bool,
    },
}

const ALWAYS: [Step; 27] = [
    Step::Wait { minutes: 15 },
    Step::Wait { minutes: 4 * 60 },
    // From a working day into the night.
    Step::Wait { minutes: 12 * 60 },
    Step::Wait { minutes: 24 * 60 },
    Step::Wait { minutes: 30 * 24 * 60 },
    Step::Open,
    Step::Triage { category: Category::A, children: false },
    Step::Triage { category: Category::B, children: true },
    Step::Triage { category: Category::D, children: false },
    Step::Triage { category: Category::G, children: false },
    Step::Accept,
    Step::Advise,
    Step::Withdraw,
    Step::Duplicate { of_flagged: false },
    Step::Duplicate { of_flagged: true },
    Step::Die,
    Step::Acknowledge,
    Step::Ring { reached: true },
    Step::Ring { reached: false },
    Step::EscalatePage,
    Step::Contact { reached: true },
    Step::Contact { reached: false },
    Step::FollowUp(Check::Better),
    Step::FollowUp(Check::NotBetter),
    Step::FollowUp(Check::NoAnswer),
    Step::Allocate,
    Step::ReadNew,
];

/// Everything the person does.
pub(super) const OWN: [Own; 5] =
    [Own::Add, Own::Change, Own::Withdraw, Own::Worse { danger: false }, Own::Worse { danger: true }];

/// What only a request made for somebody else can bring.
const ON_BEHALF: [Step; 4] = [
    Step::HoldBack,
    Step::Heard { agrees: true, may_tell: true },
    Step::Heard { agrees: false, may_tell: false },
    Step::Waive,
];

/// Every step worth trying here: those of [`ALWAYS`], whether the machine allows them or not, and one for each part that
/// can still move.
pub(super) fn steps(node: &Node) -> Vec<Step> {
    let referral = &node.referral;
    let mut steps = ALWAYS.to_vec();
    steps.extend(node.own.iter().map(|own| Step::Person(*own)));
    steps.extend(node.redirects);
    if referral.gp_receipt().is_some() {
        steps.extend([Step::GpRead { link: true }, Step::GpRead { link: false }]);
    }
    // What the person says is tried where a relative asked: there it opens and shuts the most.
    match referral.origin() {
        Origin::Own => {}
        Origin::Someone(_) => steps.extend(ON_BEHALF),
        Origin::Professional(_) => steps.extend(&ON_BEHALF[..1]),
    }
    // The national waits are explained and rise where a team goes on: searched there, walked from everywhere.
    let goes_on = node.redirects.contains(&Step::BeWith);
    for (place, task) in referral.tasks().iter().enumerate().filter(|(_, task)| task.is_open()) {
        steps.push(Step::EndTask(place));
        let aside = task.kind == TaskKind::FourWeeks && !goes_on;
        if task.is_overdue(node.now) && !aside {
            steps.push(Step::EscalateTask(place));
        }
    }
    for (place, clock) in referral.clocks().iter().enumerate() {
        let aside = ClockKind::NATIONAL.contains(&clock.kind) && !goes_on;
        if clock.is_breached(node.now) && clock.breach_reason.is_none() && !aside {
            steps.push(Step::Explain(place));
        }
    }
    for (place, notice) in referral.notices().iter().enumerate() {
        let is_over = matches!(notice.state, NoticeState::ToldByPhone { .. } | NoticeState::Excepted { .. });
        // Who the key worker is is news of its own: searched where key workers change, walked from everywhere.
        let aside = notice.message.is_of_worker() && !node.redirects.contains(&Step::ChangeWorker);
        if !is_over && !aside {
            steps.extend(posts(&notice.route).iter().map(|post| Step::Notice(place, *post)));
        }
    }
    steps
}

impl Step {
    /// The event it leaves behind; none for time alone.
    pub(super) fn kind(self) -> Option<EventKind> {
        Some(match self {
            Self::Wait { .. } => return None,
            Self::Open => EventKind::ScreeningStarted,
            Self::Triage { .. } => EventKind::Triaged,
            Self::Accept | Self::AcceptCrisis => EventKind::Accepted,
            Self::Advise => EventKind::Advised,
            Self::Withdraw => EventKind::Withdrawn,
            Self::Duplicate { .. } => EventKind::DuplicateLinked,
            Self::Die => EventKind::Died,
            Self::Acknowledge => EventKind::DutyAcknowledged,
            Self::Ring { .. } => EventKind::DutyRung,
            Self::EscalatePage => EventKind::DutyEscalated,
            Self::Contact { .. } | Self::BeWith | Self::Heard { .. } => EventKind::ContactRecorded,
            Self::HoldBack => EventKind::HeldBack,
            Self::Waive => EventKind::AgreementWaived,
            Self::Propose { .. } => EventKind::HandoverProposed,
            Self::Offer => EventKind::HandoverOffered,
            Self::TakeOver | Self::ByLink(Link::TakeOver) => EventKind::HandoverAccepted,
            Self::Decline | Self::ByLink(Link::Decline) => EventKind::HandoverDeclined,
            Self::Introduce | Self::ByLink(Link::Introduce) => EventKind::HandoverIntroduced,
            Self::WriteIntroduction => EventKind::IntroductionWritten,
            Self::Meet | Self::ByLink(Link::Meet) => EventKind::HandoverMet,
            Self::Bounce => EventKind::HandoverBounced,
            Self::TakeBack => EventKind::HandoverTakenBack,
            Self::HoldPanel => EventKind::PanelHeld,
            Self::Enquiry { answer: false } => EventKind::EnquiryMade,
            Self::Enquiry { answer: true } => EventKind::EnquiryAnswered,
            Self::FollowUp(_) => EventKind::FollowedUp,
            Self::GpRead { .. } => EventKind::GpAnswered,
            Self::Allocate => EventKind::Allocated,
            Self::Give => EventKind::Given,
            Self::ChangeWorker => EventKind::KeyWorkerChanged,
            Self::WishWorker => EventKind::WorkerWished,
            Self::CoverMissing => EventKind::CoverMissing,
            Self::CoverFound => EventKind::CoverFound,
            Self::DoPart(_) => EventKind::WaitPartRecorded,
            Self::EndTask(_) => EventKind::TaskEnded,
            Self::EscalateTask(_) => EventKind::TaskEscalated,
            Self::Notice(_, post) => post.step().event(),
            Self::Explain(_) => EventKind::BreachExplained,
            Self::ReadNew => EventKind::NewRead,
            Self::Person(Own::Add) => EventKind::PersonAdded,
            Self::Person(Own::Change) => EventKind::PersonChanged,
            Self::Person(Own::Withdraw) => EventKind::WithdrawalAsked,
            Self::Person(Own::Worse { .. }) => EventKind::GotWorse,
        })
    }

    /// Somebody who may take it: the first role that may, or the worker for what no member of staff does.
    fn ctx(self, node: &Node) -> Ctx {
        let now = node.now;
        if matches!(self, Self::Person(_)) {
            let holder = Holder { referral: node.referral.id(), scope: Scope::Own };
            return as_actor(Actor::Person(holder), now);
        }
        if let Some(ctx) = redirect::by_link(self, node) {
            return ctx;
        }
        let action = self.kind().map_or(Action::ReferralRead, EventKind::action);
        action.roles().first().map_or_else(|| worker(now), |role| staff(*role, now))
    }

    /// Takes it. Time alone is not taken here.
    pub(super) fn take(self, node: &Node, world: &World) -> Result<Changes, Refused> {
        let ctx = self.ctx(node);
        let county = &world.county;
        let referral = node.referral.clone();
        match self {
            Self::Wait { .. } => Err(Refused::NotFromHere),
            Self::Open => referral.open(&ctx),
            Self::Triage { category, children: true } => {
                referral.triage(&ctx, children_urgent(category), county)
            }
            Self::Triage { category, children: false } => {
                referral.triage(&ctx, triage_form(category), county)
            }
            Self::Accept => referral.accept(&ctx, acceptance(node.now), county),
            Self::Advise => referral.advise(&ctx, advice(node.now), county),
            Self::Withdraw => referral.withdraw(&ctx, withdrawal(), county),
            Self::Duplicate { of_flagged: true } => {
                referral.link_duplicate(&ctx, &world.live_flagged, county)
            }
            Self::Duplicate { of_flagged: false } => referral.link_duplicate(&ctx, &world.live, county),
            Self::Die => referral.record_death(&ctx, text("Told by the family.")),
            Self::Acknowledge => referral.acknowledge_page(&ctx),
            Self::Ring { reached } => ring(&ctx, referral, reached),
            Self::EscalatePage => referral.escalate_page(&ctx, county),
            Self::Contact { reached } => referral.record_contact(&ctx, contact(node.now, reached)),
            Self::FollowUp(check) => referral.follow_up(&ctx, check.outcome(), county),
            Self::Give => referral.give(&ctx, &GivenTo::Colleague(user_of(Role::SpoaSenior), line("Robin"))),
            Self::Allocate => referral.allocate(&ctx, choice(Role::KeyWorker), county),
            Self::ReadNew => referral.read_new(&ctx),
            Self::Person(own) => own.take(&ctx, referral, county),
            Self::Heard { agrees, may_tell } => {
                let heard = Heard { told: true, agrees: Some(agrees), may_tell };
                referral.record_contact(&ctx, ContactMade { heard, ..contact(node.now, true) })
            }
            Self::HoldBack => {
                let review = local_date(node.now.checked_add(DAY * 14).unwrap());
                referral.hold_back(&ctx, text("He reads her post."), review)
            }
            Self::Waive => referral.waive_agreement(&ctx, text("Assessment under the Act was asked for.")),
            Self::EndTask(_) | Self::EscalateTask(_) | Self::Notice(..) | Self::Explain(_) => {
                self.take_part(&ctx, referral, county)
            }
            Self::AcceptCrisis
            | Self::BeWith
            | Self::ChangeWorker
            | Self::WishWorker
            | Self::CoverMissing
            | Self::CoverFound
            | Self::DoPart(_) => self.care(&ctx, referral, county),
            Self::Propose { .. }
            | Self::Offer
            | Self::TakeOver
            | Self::Decline
            | Self::Introduce
            | Self::WriteIntroduction
            | Self::Meet
            | Self::Bounce
            | Self::TakeBack
            | Self::HoldPanel
            | Self::Enquiry { .. }
            | Self::ByLink(_)
            | Self::GpRead { .. } => self.hand_over(&ctx, referral, county),
        }
    }

    fn take_part(self, ctx: &Ctx, referral: Referral, county: &County) -> Result<Changes, Refused> {
        match self {
            Self::EndTask(place) => {
                let id = referral.tasks()[place].id;
                referral.end_task(ctx, id, text("Their aunt has them; the council knows."))
            }
            Self::EscalateTask(place) => {
                let id = referral.tasks()[place].id;
                referral.escalate_task(ctx, id)
            }
            Self::Notice(place, post) => {
                let id = referral.notices()[place].id;
                referral.step_notice(ctx, id, post.step(), county)
            }
            Self::Explain(place) => {
                let id = referral.clocks()[place].id;
                referral.explain_breach(ctx, id, text("Three people off sick."))
            }
            Self::Wait { .. }
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
            | Self::Enquiry { .. }
            | Self::ByLink(_)
            | Self::GpRead { .. }
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
            | Self::Heard { .. }
            | Self::HoldBack
            | Self::Waive
            | Self::Allocate
            | Self::Give
            | Self::AcceptCrisis
            | Self::BeWith
            | Self::ChangeWorker
            | Self::WishWorker
            | Self::CoverMissing
            | Self::CoverFound
            | Self::DoPart(_)
            | Self::ReadNew
            | Self::Person(_) => Err(Refused::NotFromHere),
        }
    }

    /// Where it leads, with what it did; `None` when it was refused. Time moves lead somewhere without doing anything.
    pub(super) fn follow(self, node: &Node, world: &World) -> Option<(Node, Option<Changes>)> {
        if let Self::Wait { minutes } = self {
            let now = node.now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
            return Some((Node { now, ..node.clone() }, None));
        }
        let changes = self.take(node, world).ok()?;
        let did = |kind| changes.events().iter().any(|event| event.kind == kind);
        let followed_up = (node.followed_up || did(EventKind::FollowedUp)) && !did(EventKind::Advised);
        let referral = written(&changes);
        Some((Node { referral, followed_up, ..node.clone() }, Some(changes)))
    }

    /// Whether everybody who may take the step may cause all that it did: the seam decides again from every event.
    pub(super) fn all_may(self, node: &Node, changes: &Changes) -> bool {
        let Some(kind) = self.kind() else { return true };
        let roles = kind.action().roles();
        let worker = worker(node.now).actor;
        if let Some(scope) = self.ctx(node).actor.holder().map(|holder| holder.scope) {
            return changes.events().iter().all(|event| scope.may(event.kind.action()));
        }
        changes.events().iter().all(|event| {
            let action = event.kind.action();
            let worker_may = decide(&worker, action, &Target::Role) == Decision::Allowed;
            if roles.is_empty() { worker_may } else { roles.iter().all(|role| action.roles().contains(role)) }
        })
    }
}

fn ring(ctx: &Ctx, referral: Referral, reached: bool) -> Result<Changes, Refused> {
    let rung = referral.page().map_or(Rung::CrisisLine, |page| *page.paged_now());
    let answer = text("Answer of the provider.");
    let outcome = if reached { Rang::Handed { answer } } else { Rang::Failed { answer } };
    let call = Call::new(rung, None, Channel::Email, ctx.now, outcome);
    referral.record_page_calls(ctx, vec![call])
}

impl Own {
    fn take(self, ctx: &Ctx, referral: Referral, county: &County) -> Result<Changes, Refused> {
        match self {
            Self::Add => {
                // Other words each time: the same ones sent twice are one.
                let words = text(&format!("Also this, {}.", referral.head().since.added.len()));
                referral.add(ctx, words, county)
            }
            Self::Change => {
                let contact = SafeContact { way: by_letter(), ..referral.person().contact.clone() };
                referral.change(ctx, Change::Contact(contact), county)
            }
            Self::Withdraw => referral.ask_to_withdraw(ctx, Some(text("I manage.")), None, county),
            Self::Worse { danger } => {
                let dangers = if danger { vec![Danger::EndingLife] } else { Vec::new() };
                let why = text("It got worse.");
                referral.got_worse(ctx, GotWorse { dangers, call: None, words: None, why }, county)
            }
        }
    }
}

impl Check {
    fn outcome(self) -> FollowUp {
        match self {
            Self::Better => FollowUp::Better { said: text("Sleeping again.") },
            Self::NotBetter => FollowUp::NotBetter { said: text("No better.") },
            Self::NoAnswer => FollowUp::NoAnswer { tried: text("Rang twice, sent a text.") },
        }
    }
}
