//! What is still missing is asked for once: of whoever asked for the person, or of the person where they asked themselves
//! (pathway §2). No clock stops, nothing waits: after two working days without an answer it is triaged with what is known, and
//! a senior may do so at any time before.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Added, Outcome, Referral};
use crate::actor::{Author, Ctx};
use crate::change::{Changes, EventKind};
use crate::county::County;
use crate::door::{Origin, Source};
use crate::ids::EnquiryId;
use crate::notice::{Message, Party, Route};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::{Line, Reference, Text};

/// So long an answer is waited for. Source: pathway §2, "info needed".
const ANSWER_WORKING_DAYS: u32 = 2;

/// What was asked for, once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Enquiry {
    /// Its id.
    pub id: EnquiryId,
    /// Who was asked: whoever asked for the person, or the person.
    pub of: Party,
    /// What is missing.
    pub missing: Text,
    /// Who asked.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// Until when it can be answered; then it is triaged with what is known.
    pub answer_by: Timestamp,
    /// The answer.
    pub answer: Option<EnquiryAnswer>,
}

/// The answer to what was asked. Its words stand with what was said since.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EnquiryAnswer {
    /// When.
    pub at: Timestamp,
    /// Who wrote it: whoever holds the link, or the member of staff who was told.
    pub by: Author,
    /// Who answered, as they say or as staff wrote it down; nobody is named where the person answers for themselves.
    pub told_by: Option<Line>,
    /// What they do, where they said so by the link.
    #[serde(default)]
    pub role: Option<Line>,
}

/// Who answers, in their own words: a name that nobody has checked. None for the person, whom the link is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answerer {
    /// The person.
    Own,
    /// Whoever asked for them, by the link.
    ByLink {
        /// Their name.
        name: Line,
        /// What they do, or how they know the person.
        role: Line,
    },
    /// Somebody who told one of us.
    Told {
        /// Who.
        name: Line,
    },
}

impl Answerer {
    fn parts(self) -> (Option<Line>, Option<Line>) {
        match self {
            Self::Own => (None, None),
            Self::ByLink { name, role } => (Some(name), Some(role)),
            Self::Told { name } => (Some(name), None),
        }
    }
}

/// What was asked for, for whoever asked, whoever reads the record, and whoever holds the link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Enquired {
    /// The reference of the request.
    pub reference: Reference,
    /// When the request arrived.
    pub received_at: Timestamp,
    /// What was asked.
    pub enquiry: Enquiry,
    /// It can still be answered, as far as the request itself goes.
    pub open: bool,
    /// A senior has decided how soon, or more, without waiting.
    pub overtaken: bool,
}

impl Enquired {
    /// Whether its time has passed without an answer, and it still waits for triage: with what is known.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.enquiry.answer.is_none() && !self.overtaken && self.enquiry.answer_by < now
    }
}

impl Referral {
    /// Asks for what is missing, once: of whoever asked for the person, or of the person where they asked themselves.
    ///
    /// # Errors
    /// [`Refused::AlreadyAsked`]; [`Refused::NobodyToAsk`] where whoever asked left no way; [`Refused::NotFromHere`] unless
    /// somebody has it open.
    pub fn enquire(mut self, ctx: &Ctx, missing: Text, county: &County) -> Result<Changes, Refused> {
        if self.head.enquiry.is_some() {
            return Err(Refused::AlreadyAsked);
        }
        self.step(EventKind::EnquiryMade)?;
        let (of, route) = self.whom_to_ask().ok_or(Refused::NobodyToAsk)?;
        let answer_by = county.calendar.add_working_days(ctx.now, ANSWER_WORKING_DAYS);
        let (by, at, id) = (ctx.actor.author(), ctx.now, ctx.new_id());
        self.head.edit().enquiry =
            Some(Box::new(Enquiry { id, of, missing, by, at, answer_by, answer: None }));
        let own = of == Party::Person;
        let reference = self.head.reference.clone();
        self.add_notice(ctx, of, route, Message::Enquiry { reference, own, answer_by });
        self.add_task_of(ctx, self.head.spoa, TaskKind::Enquiry, answer_by);
        Ok(self.finish(ctx, &[(EventKind::EnquiryMade, None)]))
    }

    /// Who is asked, and how: the safe way they gave.
    pub fn whom_to_ask(&self) -> Option<(Party, Route)> {
        match self.head.origin.behalf() {
            None => Some((Party::Person, Route::to_person(&self.person.contact))),
            Some(behalf) => {
                let reach = behalf.referrer.reach.as_ref()?;
                Some((Party::Referrer, Route::to_person(reach)))
            }
        }
    }

    /// The answer, by the link or told to one of us. It is added to what was said since, and somebody is asked to read it.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where nothing was asked, or after a death; [`Refused::AlreadyAnswered`];
    /// [`Refused::LinkSpent`] for a link whose time has passed; [`Refused::NotNamed`] where somebody else than the person
    /// answers and does not say who they are.
    pub fn answer_enquiry(
        mut self,
        ctx: &Ctx,
        text: Text,
        answerer: Answerer,
        county: &County,
    ) -> Result<Changes, Refused> {
        let enquiry = self.head.enquiry.as_ref().ok_or(Refused::NotFromHere)?;
        if enquiry.answer.is_some() {
            return Err(Refused::AlreadyAnswered);
        }
        let in_time = ctx.actor.staff().is_some() || ctx.now <= enquiry.answer_by;
        self.step(EventKind::EnquiryAnswered)?;
        if !in_time {
            return Err(Refused::LinkSpent);
        }
        let (told_by, role) = answerer.parts();
        if enquiry.of != Party::Person && told_by.is_none() {
            return Err(Refused::NotNamed);
        }
        let source = match &self.head.origin {
            Origin::Own => Source::Person,
            Origin::Someone(_) => Source::Carer,
            Origin::Professional(_) => Source::Professional,
        };
        let head = self.head.edit();
        if let Some(enquiry) = &mut head.enquiry {
            enquiry.answer = Some(EnquiryAnswer { at: ctx.now, by: ctx.actor.author(), told_by, role });
        }
        head.since.added.push(Added { at: ctx.now, text, source, answers: true });
        self.end_tasks(ctx, &[TaskKind::Enquiry]);
        self.settle_failures(ctx);
        self.ask_to_read(ctx, county);
        Ok(self.finish(ctx, &[(EventKind::EnquiryAnswered, None)]))
    }

    /// What was asked, if anything was.
    pub fn enquired(&self) -> Option<Enquired> {
        let enquiry = Enquiry::clone(self.head.enquiry.as_ref()?);
        Some(Enquired {
            reference: self.head.reference.clone(),
            received_at: self.head.received_at,
            open: self.may(EventKind::EnquiryAnswered),
            overtaken: !self.has_open(TaskKind::Enquiry),
            enquiry,
        })
    }

    /// Whether an answer is waited for: its message is owed to nobody once it is not.
    pub(super) fn awaits_answer(&self) -> bool {
        self.has_open(TaskKind::Enquiry)
    }

    /// Steps that depend on whether something was asked.
    pub(super) fn fits_enquiry(&self, kind: EventKind) -> bool {
        let dead = matches!(self.decided().map(|decided| &decided.outcome), Some(Outcome::Died { .. }));
        let waits = self.head.enquiry.as_ref().is_some_and(|enquiry| enquiry.answer.is_none());
        let only_if = [
            (EventKind::EnquiryMade, self.head.enquiry.is_none()),
            (EventKind::EnquiryAnswered, waits && !dead),
        ];
        only_if.iter().all(|(step, holds)| *step != kind || *holds)
    }
}
