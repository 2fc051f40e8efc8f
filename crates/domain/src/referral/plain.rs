//! What a referral says of itself to the person: where it is, what happens next and by when, and what reached them. Facts
//! only, and none of how staff worked on it; the words are the page's.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{Outcome, Referral, State, StateKind};
use crate::calendar::local_date;
use crate::change::{EventKind, Tracked};
use crate::clock::ClockKind;
use crate::code::Address;
use crate::door::{Origin, Question, Source, Way};
use crate::handover::Handover;
use crate::ids::{NoticeId, ReferralId};
use crate::matching::Signal;
use crate::notice::{Message, Notice, NoticeState, Party, Route};
use crate::task::TaskKind;
use crate::value::{Line, Phone, Reference, Text};

/// Where a referral is, for the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whereabouts {
    /// The referral.
    pub referral: ReferralId,
    /// The reference they keep.
    pub reference: Reference,
    /// Where it is.
    pub state: StateKind,
    /// When they asked for help.
    pub received_at: Timestamp,
    /// By when somebody senior has read it, while that is owed.
    pub read_by: Option<Timestamp>,
    /// By when the duty person makes contact, while that is owed.
    pub call_by: Option<Timestamp>,
    /// A named person has said that they make that call.
    pub call_taken: bool,
    /// By when somebody makes first contact, while that is owed.
    pub contact_by: Option<Timestamp>,
    /// By when help has begun, counted from the day they asked, while that is owed.
    pub help_by: Option<Timestamp>,
    /// Who is there for them.
    pub key_worker: Option<PlainWorker>,
    /// By when it is decided where help is, while that is owed.
    pub decide_by: Option<Timestamp>,
    /// What was decided.
    pub outcome: Option<PlainOutcome>,
    /// What they told us themselves that the decision, or the choice of the service, rests on.
    pub because: Vec<Signal>,
    /// The service that is asked to take them over.
    pub handover: Option<PlainHandover>,
    /// They asked for it to end, and by when somebody has thought about it with them in mind.
    pub ends_by: Option<Timestamp>,
    /// Until when its reference brings them back without starting afresh; none while it is open.
    pub returns_until: Option<Date>,
    /// The steps they can take now.
    pub can: Vec<EventKind>,
}

/// Who is there for the person, as they are told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainWorker {
    /// The name.
    pub name: Line,
    /// What they are, in words.
    pub role: Option<Line>,
    /// The number they are reached on.
    pub number: Option<Phone>,
}

/// What was decided, as far as the person is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlainOutcome {
    /// A team has taken responsibility.
    Accepted {
        /// The team.
        team: Line,
        /// Who to ask for.
        contact: Line,
        /// What happens next.
        next_step: Text,
        /// On which day.
        next_on: Date,
    },
    /// Another service takes care of them.
    Redirected {
        /// The service.
        to: Line,
        /// Who to ask for.
        contact: Line,
        /// What happens next.
        next: Text,
    },
    /// Advice.
    Advised {
        /// The advice.
        advice: Text,
        /// Other places that help.
        options: Text,
        /// When somebody asks how things are.
        follow_up_on: Date,
    },
    /// They did not want to go on.
    Withdrawn,
    /// Joined to another request of theirs.
    Joined {
        /// Its reference.
        live: Reference,
    },
    /// It ended, and there is nothing to tell them.
    Ended,
}

/// A handover on its way, as far as the person is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainHandover {
    /// The service.
    pub to: Line,
    /// Why this one.
    pub why: Text,
    /// By when it answers, while it was asked and has not answered.
    pub answer_by: Option<Timestamp>,
    /// Who gets in touch, how, and by when they have met, once it takes them.
    pub promised: Option<(Line, Text, Timestamp)>,
}

/// A message to the person, as far as they are told of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MessageOut {
    /// What it says: the message suffix of [`crate::notice::Message::code`].
    pub says: &'static str,
    /// By which way: [`crate::notice::Route::code`].
    pub by: &'static str,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether it reached them.
    pub reached: Reached,
}

/// Whether a message reached the person, as far as anybody can know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reached {
    /// Not sent yet.
    Waiting,
    /// Sent, or posted.
    Sent,
    /// We asked them to get in touch, because the message may not say more.
    Asked,
    /// It arrived.
    Arrived,
    /// It failed: somebody tells them another way.
    Failed,
    /// Somebody told them.
    Told,
    /// It was not sent, for a reason.
    NotSent,
}

/// Months in which a reference brings somebody back after it closed. Source: pathway §2, §9.
const RETURN_MONTHS: i32 = 12;

/// The steps of the person themselves.
const OWN: [EventKind; 4] =
    [EventKind::PersonAdded, EventKind::PersonChanged, EventKind::WithdrawalAsked, EventKind::GotWorse];

impl Referral {
    /// Until when its reference brings the person back; none while it is open.
    fn returns_until(&self) -> Option<Date> {
        let State::Closed { at, .. } = &self.head.state else { return None };
        local_date(*at).checked_add(RETURN_MONTHS.months()).ok()
    }

    /// Whether it may be followed from outside: while it is open, for twelve months after it closed, and never after a
    /// death.
    pub fn may_be_followed(&self, now: Timestamp) -> bool {
        let died = matches!(self.decided().map(|decided| &decided.outcome), Some(Outcome::Died { .. }));
        !died && self.returns_until().is_none_or(|until| local_date(now) <= until)
    }

    /// The letter that told the person that it ended, and when it was written: the words in it bring them back. None before
    /// it was printed, none that came back, and none while the referral runs.
    pub fn ending_letter(&self, now: Timestamp) -> Option<(NoticeId, Timestamp)> {
        let over = matches!(self.kind(), StateKind::Telling | StateKind::Closed);
        let told = |notice: &&Tracked<Notice>| {
            let ends = matches!(notice.message, Message::Withdrawn { .. } | Message::Advised { .. });
            let out = matches!(notice.state, NoticeState::Printed { .. } | NoticeState::Posted { .. });
            notice.party == Party::Person && matches!(notice.route, Route::Letter { .. }) && ends && out
        };
        let letter = self.notices.iter().rev().find(told)?;
        (over && self.may_be_followed(now)).then_some((letter.id, letter.made_at))
    }

    /// Where a code that opens it may go: the ways to write that the person called safe, and no others (hazard H05). What
    /// somebody else gave for them is not theirs to open, and a number to be rung on is none to be written to.
    pub fn code_addresses(&self, now: Timestamp) -> Vec<Address> {
        let contact = &self.person.contact;
        let given = self.head.told.given_to(Question::Contact).map(|given| given.source);
        let theirs = match given {
            Some(Source::Person) => true,
            Some(Source::Staff) | None => self.head.origin == Origin::Own,
            Some(Source::Carer | Source::Professional) => false,
        };
        if !theirs || contact.through_asker || !self.may_be_followed(now) {
            return Vec::new();
        }
        let written = |way: &Way| match way {
            Way::Text { phone } => Some(Address::Text(phone.clone())),
            Way::Email { email } => Some(Address::Email(email.clone())),
            Way::Call { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
        };
        contact.ways().filter_map(written).collect()
    }

    pub(super) fn whereabouts(&self) -> Whereabouts {
        Whereabouts {
            referral: self.head.id,
            reference: self.head.reference.clone(),
            state: self.kind(),
            received_at: self.head.received_at,
            read_by: self.due(TaskKind::Triage),
            call_by: self.running(ClockKind::DutyCall),
            call_taken: self.page.as_ref().is_some_and(|page| page.acknowledged.is_some()),
            contact_by: self.due(TaskKind::FirstContact),
            help_by: self.four_weeks().map(|clock| clock.target_at),
            key_worker: self.plain_worker(),
            decide_by: self.due(TaskKind::Decide).or_else(|| self.due(TaskKind::Panel)),
            outcome: self.decided().map(|decided| plain(&decided.outcome)),
            because: self.reasons(),
            handover: self.handover().filter(|handover| handover.is_open()).map(plain_handover),
            ends_by: self.due(TaskKind::Withdrawal),
            returns_until: self.returns_until(),
            can: OWN.into_iter().filter(|step| self.may(*step)).collect(),
        }
    }

    /// Of the decision in force, or of the handover on its way.
    fn reasons(&self) -> Vec<Signal> {
        let step = match self.decided().map(|decided| &decided.outcome) {
            Some(Outcome::Accepted { .. }) => EventKind::Accepted,
            Some(Outcome::Advised { .. }) => EventKind::Advised,
            Some(Outcome::Redirected { .. }) => EventKind::HandoverProposed,
            None if self.handover().is_some_and(Handover::is_open) => EventKind::HandoverProposed,
            Some(Outcome::Withdrawn { .. } | Outcome::Duplicate { .. } | Outcome::Died { .. }) | None => {
                return Vec::new();
            }
        };
        self.said_back(step)
    }

    fn plain_worker(&self) -> Option<PlainWorker> {
        let episode = self.episode.as_ref().filter(|episode| episode.ended_at.is_none())?;
        let (_, name) = episode.key_worker.clone()?;
        let named = episode.named.clone();
        let (role, number) = named.map_or((None, None), |named| (named.role, named.number));
        Some(PlainWorker { name, role, number })
    }

    pub(super) fn messages_out(&self) -> Vec<MessageOut> {
        let theirs = self.notices.iter().filter(|notice| notice.party == Party::Person);
        let out = theirs.map(|notice| MessageOut {
            says: notice.message.code(),
            by: notice.route.code(),
            made_at: notice.made_at,
            reached: reached(&notice.state),
        });
        out.collect()
    }

    pub(super) fn due(&self, kind: TaskKind) -> Option<Timestamp> {
        self.tasks.iter().find(|task| task.kind == kind && task.is_open()).map(|task| task.due_at)
    }

    pub(super) fn running(&self, kind: ClockKind) -> Option<Timestamp> {
        let clock = self.clocks.iter().find(|clock| clock.kind == kind && clock.is_running());
        clock.map(|clock| clock.target_at)
    }
}

fn plain(outcome: &Outcome) -> PlainOutcome {
    match outcome {
        Outcome::Accepted { team_name, contact_name, next_step, next_on, .. } => PlainOutcome::Accepted {
            team: team_name.clone(),
            contact: contact_name.clone(),
            next_step: next_step.clone(),
            next_on: *next_on,
        },
        Outcome::Advised { advice, options, follow_up_on, .. } => PlainOutcome::Advised {
            advice: advice.clone(),
            options: options.clone(),
            follow_up_on: *follow_up_on,
        },
        Outcome::Redirected { to, contact_name, next, .. } => {
            PlainOutcome::Redirected { to: to.clone(), contact: contact_name.clone(), next: next.clone() }
        }
        Outcome::Withdrawn { .. } => PlainOutcome::Withdrawn,
        Outcome::Duplicate { live, .. } => PlainOutcome::Joined { live: live.clone() },
        Outcome::Died { .. } => PlainOutcome::Ended,
    }
}

fn plain_handover(handover: &Handover) -> PlainHandover {
    let promised = handover.state.promise();
    PlainHandover {
        to: handover.to.name().clone(),
        why: handover.why.clone(),
        answer_by: handover.due_at().filter(|_| promised.is_none()),
        promised: promised.map(|it| (it.contact_name.clone(), it.next.clone(), it.meet_by)),
    }
}

fn reached(state: &NoticeState) -> Reached {
    match state {
        NoticeState::Queued | NoticeState::Spooled { .. } | NoticeState::Printed { .. } => Reached::Waiting,
        NoticeState::Handed { .. } | NoticeState::Posted { .. } => Reached::Sent,
        NoticeState::Asked { .. } => Reached::Asked,
        NoticeState::Delivered { .. } => Reached::Arrived,
        NoticeState::Failed { .. } => Reached::Failed,
        NoticeState::ToldByPhone { .. } => Reached::Told,
        NoticeState::Excepted { .. } => Reached::NotSent,
    }
}
