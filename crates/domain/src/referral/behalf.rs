//! Requests that somebody made for another person: what the person says themselves, whether they have been told that we
//! hold this, and how much whoever asked is told (pathway §2, sharing §4, UK GDPR article 14; hazards H05, H06).
//!
//! An adult who has not agreed is offered contact; nothing of it becomes a case until they agree, or a senior writes down
//! why the law lets us go on without.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Guard, Outcome, Referral, State, guard};
use crate::actor::{Author, Ctx};
use crate::calendar::{local_date, start_of_day};
use crate::change::{Changes, EventKind};
use crate::clock::{ClockKind, StopWhy};
use crate::county::County;
use crate::door::{Age, Agrees, Behalf, Origin, Standing};
use crate::notice::{Message, News, NoticeState, Party, Route};
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::{Reference, Text};

/// What the person said themselves, to one of us.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Word {
    /// They agree that we help.
    pub agrees: bool,
    /// Whoever asked may be told what happens.
    pub may_tell: bool,
    /// Who heard it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Whether the person knows that we hold this about them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "held")]
pub enum Held {
    /// They were told.
    Told {
        /// By whom.
        by: Author,
        /// When.
        at: Timestamp,
    },
    /// A senior decided that telling them would not be safe for now.
    Unsafe {
        /// Why.
        why: Text,
        /// When it is looked at again.
        review_on: Date,
        /// By whom.
        by: Author,
        /// When.
        at: Timestamp,
    },
}

/// A senior's reason to go on without the person's agreement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waiver {
    /// What the law allows here, in words.
    pub why: Text,
    /// By whom.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What came up about the request itself when the person was reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Heard {
    /// They were told that somebody asked for them, and what we hold.
    pub told: bool,
    /// Whether they agree; `None` was not talked about.
    pub agrees: Option<bool>,
    /// Whether whoever asked may be told what happens.
    pub may_tell: bool,
}

/// All that is known about who asked, for the record page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedBy {
    /// Who asked, and what they said.
    pub origin: Origin,
    /// What the person said themselves.
    pub word: Option<Word>,
    /// Whether they know.
    pub held: Option<Held>,
    /// Why we go on without their agreement.
    pub waiver: Option<Waiver>,
    /// Nothing of it may become a case yet.
    pub offer_only: bool,
    /// How old the person is, as far as is known.
    pub age: Option<Age>,
}

/// Where a request stands, as whoever made it for somebody else may know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Referred {
    /// The reference.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Where it stands.
    pub stands: Stands,
    /// The person allows more than that it arrived.
    pub may_tell: bool,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// A professional asked, not a relative or a friend.
    pub by_professional: bool,
}

/// How far it has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stands {
    /// Nobody has opened it yet.
    Received,
    /// Somebody looks at it.
    Looked,
    /// It was decided: what may be said of that now.
    Decided(News),
}

impl Referral {
    /// Where it stands, for whoever asked for somebody else: by what the person allows now, not by what was sent then.
    pub fn referred(&self) -> Option<Referred> {
        self.behalf()?;
        let may_tell = self.may_tell_referrer();
        let stands = match &self.head.state {
            State::Received => Stands::Received,
            State::Screening { .. } | State::Triaged { .. } | State::Redirecting { .. } => Stands::Looked,
            State::Telling { decided } | State::Closed { decided, .. } if may_tell => {
                Stands::Decided(news_of(&decided.outcome))
            }
            State::Telling { .. } | State::Closed { .. } => Stands::Decided(News::Dealt),
        };
        let closed_at = if let State::Closed { at, .. } = &self.head.state { Some(*at) } else { None };
        let (reference, received_at) = (self.head.reference.clone(), self.head.received_at);
        let by_professional = matches!(self.head.origin, Origin::Professional(_));
        Some(Referred { reference, received_at, stands, may_tell, closed_at, by_professional })
    }

    /// All that is known about who asked.
    pub fn asked_by(&self) -> AskedBy {
        AskedBy {
            origin: self.head.origin.clone(),
            word: self.head.word.clone(),
            held: self.head.held.clone(),
            waiver: self.head.waiver.clone(),
            offer_only: !self.is_agreed(),
            age: self.person.identity.age_on(local_date(self.head.received_at)),
        }
    }

    fn behalf(&self) -> Option<&Behalf> {
        self.head.origin.behalf()
    }

    /// Whether somebody else asked for the person.
    pub(super) fn is_on_behalf(&self) -> bool {
        self.behalf().is_some()
    }

    /// Whether it may become a case: the person agrees, or a senior wrote down why we go on without. Under 16 a
    /// professional's words about what the young person understands stand in the triage, and they may still say no.
    pub fn is_agreed(&self) -> bool {
        let Some(behalf) = self.behalf() else { return true };
        let said = match &self.head.word {
            Some(word) => word.agrees,
            None => behalf.knowing.agrees == Agrees::Yes || self.is_under_16(),
        };
        said || self.head.waiver.is_some()
    }

    /// Whether the person knows that we hold this.
    pub fn is_known(&self) -> bool {
        let Some(behalf) = self.behalf() else { return true };
        let claimed = behalf.knowing.knows && behalf.knowing.unsafe_to_tell.is_none();
        match &self.head.held {
            Some(Held::Told { .. }) => true,
            Some(Held::Unsafe { .. }) => false,
            None => claimed,
        }
    }

    /// Whether a senior decided that telling them is not safe for now.
    pub fn is_held_back(&self) -> bool {
        matches!(self.head.held, Some(Held::Unsafe { .. }))
    }

    /// Whether whoever asked may be told more than that it arrived. A relative's word about it is not enough: the person
    /// tells us themselves. A professional may pass the person's word on. The police are never told more (pathway §2).
    pub fn may_tell_referrer(&self) -> bool {
        let Some(behalf) = self.behalf() else { return false };
        if matches!(behalf.referrer.standing, Standing::Service { source } if source.is_minimal()) {
            return false;
        }
        let passed_on = matches!(self.head.origin, Origin::Professional(_)) && behalf.knowing.may_tell;
        self.head.word.as_ref().map_or(passed_on, |word| word.may_tell)
    }

    /// Whether the person is under 16, as far as is known: then triage says what they understand.
    pub fn is_under_16(&self) -> bool {
        let age = self.person.identity.age_on(local_date(self.head.received_at));
        age == Some(Age::UnderSixteen)
    }

    /// What arrival of such a request brings: the person is told only where they know, agree and it is safe; whoever asked
    /// hears that it arrived; and somebody owes the person the news within a month (UK GDPR article 14).
    pub(super) fn arrive_on_behalf(&mut self, ctx: &Ctx, read_by: Timestamp, county: &County) {
        let Some(behalf) = self.behalf().cloned() else { return };
        let reference = self.head.reference.clone();
        let open = behalf.knowing.knows
            && behalf.knowing.agrees == Agrees::Yes
            && behalf.knowing.unsafe_to_tell.is_none()
            && !self.person.contact.through_asker;
        if open {
            let message = Message::AskedFor { reference, read_by };
            self.add_notice(ctx, Party::Person, Route::to_person(&self.person.contact), message);
        }
        self.tell_referrer(ctx, News::Received { read_by });
        if guard::in_force(Guard::HeldTask) {
            let due = self.start_clock(ctx, ClockKind::TellHeld, ctx.now, county);
            self.add_task(ctx, TaskKind::TellHeld, due);
        }
    }

    /// A message to whoever asked, if they gave a way: as much as the person agrees to.
    pub(super) fn tell_referrer(&mut self, ctx: &Ctx, news: News) {
        let Some(reach) = self.behalf().and_then(|behalf| behalf.referrer.reach.clone()) else { return };
        let free = news.is_least() || self.may_tell_referrer() || !guard::in_force(Guard::ReferrerLeast);
        let news = if free { news } else { News::Dealt };
        let message = Message::ToReferrer { reference: self.head.reference.clone(), news };
        self.add_notice(ctx, Party::Referrer, Route::to_person(&reach), message);
    }

    /// What was said about the request when the person was reached.
    pub(super) fn hear(&mut self, ctx: &Ctx, heard: Heard) {
        if !self.is_on_behalf() {
            return;
        }
        if heard.told || heard.agrees.is_some() {
            self.note_told(ctx);
        }
        if let Some(agrees) = heard.agrees {
            let by = ctx.actor.author();
            self.head.edit().word = Some(Word { agrees, may_tell: heard.may_tell, by, at: ctx.now });
        }
    }

    /// The person was told, by a message that reached them or by one of us.
    pub(super) fn note_told(&mut self, ctx: &Ctx) {
        if !self.is_on_behalf() || matches!(self.head.held, Some(Held::Told { .. })) {
            return;
        }
        self.head.edit().held = Some(Held::Told { by: ctx.actor.author(), at: ctx.now });
        self.stop_clocks(ctx, &[ClockKind::TellHeld], StopWhy::Done);
        self.end_tasks(ctx, &[TaskKind::TellHeld]);
    }

    /// A senior records why telling the person is not safe, and when that is looked at again.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when the person asked themselves, knows already or has died; [`Refused::DateInPast`].
    pub fn hold_back(mut self, ctx: &Ctx, why: Text, review_on: Date) -> Result<Changes, Refused> {
        self.step(EventKind::HeldBack)?;
        guard::require(Guard::DateAhead, review_on >= local_date(ctx.now), Refused::DateInPast)?;
        let by = ctx.actor.author();
        for notice in self
            .notices
            .iter_mut()
            .filter(|notice| notice.party == Party::Person && !notice.state.is_settled())
        {
            notice.edit().state = NoticeState::Excepted { at: ctx.now, by: by.clone(), why: why.clone() };
        }
        self.head.edit().held = Some(Held::Unsafe { why: why.clone(), review_on, by, at: ctx.now });
        self.stop_clocks(ctx, &[ClockKind::TellHeld], StopWhy::HeldBack);
        self.end_tasks(ctx, &[TaskKind::TellHeld]);
        let due = review_on.tomorrow().map_or(ctx.now, start_of_day);
        self.add_task(ctx, TaskKind::TellHeld, due);
        let mut events = vec![(EventKind::HeldBack, Some(why))];
        self.settle_failures(ctx);
        // What would have said who is there for them is held back as well.
        self.end_tasks(ctx, &[TaskKind::TellWorker]);
        self.close_if_told(ctx, &mut events);
        Ok(self.finish(ctx, &events))
    }

    /// A senior records why the law lets us go on although the person has not agreed.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when there is nothing to go on without.
    pub fn waive_agreement(mut self, ctx: &Ctx, why: Text) -> Result<Changes, Refused> {
        self.step(EventKind::AgreementWaived)?;
        let by = ctx.actor.author();
        self.head.edit().waiver = Some(Waiver { why: why.clone(), by, at: ctx.now });
        Ok(self.finish(ctx, &[(EventKind::AgreementWaived, Some(why))]))
    }

    /// Steps that only such a request has.
    pub(super) fn fits_behalf(&self, kind: EventKind) -> bool {
        let told = matches!(self.head.held, Some(Held::Told { .. }));
        let dead = matches!(self.decided().map(|decided| &decided.outcome), Some(Outcome::Died { .. }));
        let only_if = [
            (EventKind::HeldBack, self.is_on_behalf() && !told && !dead),
            (EventKind::AgreementWaived, !self.is_agreed()),
        ];
        only_if.iter().all(|(step, holds)| *step != kind || *holds)
    }

    /// Nothing is decided about a person who does not know that we hold this, unless a senior wrote down why.
    pub(super) fn require_told(&self) -> Result<(), Refused> {
        let told = self.is_known() || self.is_held_back();
        guard::require(Guard::ToldFirst, told, Refused::PersonNotTold)
    }

    /// The person's own message, sent only where they know; where a senior holds the news back it is excepted at once.
    pub(super) fn tell_person(&mut self, ctx: &Ctx, message: Message) {
        let held = match &self.head.held {
            Some(Held::Unsafe { why, by, at, .. }) => {
                Some(NoticeState::Excepted { at: *at, by: by.clone(), why: why.clone() })
            }
            Some(Held::Told { .. }) | None => None,
        };
        if held.is_none() && !self.is_known() {
            return;
        }
        self.add_notice(ctx, Party::Person, Route::to_person(&self.person.contact), message);
        if let (Some(state), Some(notice)) = (held, self.notices.last_mut()) {
            notice.edit().state = state;
        }
    }
}

/// What a decision is to whoever asked, where the person allows it. Of a death nobody hears from a program.
fn news_of(outcome: &Outcome) -> News {
    match outcome {
        Outcome::Accepted { team_name, contact_name, next_on, .. } => {
            News::Accepted { team: team_name.clone(), contact_name: contact_name.clone(), next_on: *next_on }
        }
        Outcome::Advised { follow_up_on, .. } => News::Advised { follow_up_on: *follow_up_on },
        Outcome::Redirected { to, .. } => News::Redirected { to: to.clone() },
        Outcome::Withdrawn { .. } => News::Withdrawn,
        Outcome::Duplicate { .. } => News::Joined,
        Outcome::Died { .. } => News::Dealt,
    }
}
