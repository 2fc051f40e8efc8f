//! Arrival: what a person sent becomes a referral, its clocks, its first task, the duty page and the acknowledgement.

use jiff::Timestamp;

use super::triage::end_of_day;
use super::{Head, Person, Referral, Since, State};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Tracked};
use crate::clock::ClockKind;
use crate::county::County;
use crate::door::{
    Draft, DraftState, ForWhom, Given, Identity, Origin, Put, Question, SafetyAnswers, SelfReferral, Sent,
    Told,
};
use crate::duty::{Cover, Page};
use crate::entry::joined;
use crate::ids::{NoticeId, PageId, ReferralId, TeamId};
use crate::notice::{Message, Notice, NoticeState, Party, Route};
use crate::refused::Refused;
use crate::section::{Receipt, Unstaffed};
use crate::task::TaskKind;
use crate::value::Reference;

/// A referral that has just arrived, the changes that store it, and what the sender sees.
#[derive(Debug)]
pub struct Arrival {
    /// What to write.
    pub changes: Changes,
    /// What the sender sees.
    pub receipt: Receipt,
}

impl Referral {
    /// Receives a request by the person, or for them. The ids are made when the form is rendered, so that sending twice is the same as
    /// sending once.
    ///
    /// # Errors
    /// [`Refused::AlreadySent`] when the draft was sent before.
    pub fn receive(
        ctx: &Ctx,
        draft: Draft,
        sent: SelfReferral,
        reference: Reference,
        (county, spoa): (&County, TeamId),
    ) -> Result<Arrival, Refused> {
        if draft.state != DraftState::Open {
            return Err(Refused::AlreadySent);
        }
        let id = ReferralId(draft.id.into());
        let (changes, receipt) = Self::enter(ctx, id, sent, reference, (county, spoa));
        let changes = changes.and(draft.sent(ctx, id, receipt.clone()));
        Ok(Arrival { changes, receipt })
    }

    /// Receives what a member of staff wrote down. The entry it comes from says whether that happened before.
    pub(crate) fn enter(
        ctx: &Ctx,
        id: ReferralId,
        sent: SelfReferral,
        reference: Reference,
        (county, spoa): (&County, TeamId),
    ) -> (Changes, Receipt) {
        let by = sent.contact.way.kind();
        let whom = match &sent.origin {
            Origin::Own => ForWhom::Me,
            Origin::Someone(_) => ForWhom::Someone,
            Origin::Professional(_) => ForWhom::Professional,
        };
        let reach = sent.origin.behalf().and_then(|behalf| behalf.referrer.reach.as_ref());
        let asker_by = reach.map(|reach| reach.way.kind());
        let mut referral = Self::arrived(ctx, id, sent, reference.clone(), spoa);
        let read_by = referral.start_clock(ctx, ClockKind::RefTriage, ctx.now, county);
        referral.start_clock(ctx, ClockKind::RefAck, ctx.now, county);
        referral.start_four_weeks(ctx, county);
        referral.add_task(ctx, TaskKind::Triage, read_by);
        if referral.head.told.earlier.is_some() {
            // Who comes back is looked at the same day (pathway §9).
            referral.add_task(ctx, TaskKind::LookAgain, end_of_day(ctx.now).min(read_by));
        }
        let cover = county.cover(ctx.now);
        let call_by = referral.is_flagged().then(|| referral.page_duty(ctx, &cover, county));
        referral.acknowledge_receipt(ctx, read_by, county);
        let unstaffed = match cover {
            Cover::Staffed { .. } => None,
            Cover::Unstaffed { next } => Some(Unstaffed { next }),
        };
        let received_at = ctx.now;
        let call_asked = None;
        let receipt =
            Receipt { reference, received_at, by, read_by, call_by, unstaffed, whom, asker_by, call_asked };
        let mut events = vec![(EventKind::Received, None)];
        if referral.is_flagged() {
            events.push((EventKind::DutyPaged, None));
        }
        (referral.finish(ctx, &events), receipt)
    }

    /// What was written down after "danger now" went out goes on to the same referral: what changed with the answer to this
    /// question, and nothing else. What the person or a colleague changed here meanwhile stays, unless this answer was
    /// given knowing that. Dangers that were said stay said, and what was not sent yet goes where they now want it.
    pub(crate) fn take_entry(
        mut self,
        ctx: &Ctx,
        question: Question,
        (before, after): (&SelfReferral, SelfReferral),
    ) -> Changes {
        let asked = |this| question == this;
        if asked(Question::Contact) || before.contact != after.contact {
            self.reach_by(after.contact);
        }
        let person = self.person.edit();
        take_identity(&mut person.identity, &before.identity, after.identity);
        if asked(Question::Needs) || before.needs != after.needs {
            person.needs = after.needs;
        }
        let head = self.head.edit();
        take(&mut head.story, &before.why_now, after.why_now);
        take(&mut head.permissions, &before.permissions, after.permissions);
        head.safety.dangers = joined(std::mem::take(&mut head.safety.dangers), after.dangers);
        take_told(&mut head.told, question, &before.told, after.told);
        self.finish(ctx, &[(EventKind::EntryAdded, None)])
    }

    fn arrived(ctx: &Ctx, id: ReferralId, sent: SelfReferral, reference: Reference, spoa: TeamId) -> Self {
        let head = Head {
            id,
            reference,
            received_at: ctx.now,
            spoa,
            story: sent.why_now,
            safety: SafetyAnswers {
                dangers: sent.dangers,
                safe_for_now: sent.safe_for_now,
                call_me: sent.told.sent == Sent::CallMe,
                danger_now: sent.told.entered.as_ref().is_some_and(|entered| entered.danger_now),
            },
            permissions: sent.permissions,
            told: sent.told,
            origin: sent.origin,
            since: Since::default(),
            word: None,
            held: None,
            waiver: None,
            nobody: None,
            gp_receipt: None,
            enquiry: None,
            state: State::Received,
            earlier_triages: Vec::new(),
            earlier_decisions: Vec::new(),
            signs: Vec::new(),
            weighed: Vec::new(),
        };
        let person =
            Person { id: ctx.new_id(), identity: sent.identity, contact: sent.contact, needs: sent.needs };
        Self {
            version: 0,
            head: Tracked::new(head),
            person: Tracked::new(person),
            clocks: Vec::new(),
            tasks: Vec::new(),
            notices: Vec::new(),
            handovers: Vec::new(),
            page: None,
            episode: None,
            contacts: Vec::new(),
        }
    }

    /// Pages the duty person, or the crisis line where nobody is on duty; answers by when somebody rings.
    fn page_duty(&mut self, ctx: &Ctx, cover: &Cover, county: &County) -> Timestamp {
        self.open_page(ctx, cover, county);
        self.promise_call(ctx, cover, county)
    }

    pub(super) fn open_page(&mut self, ctx: &Ctx, cover: &Cover, county: &County) {
        let page = Page::open(ctx.new_id::<PageId>(), cover, ctx.now, county.duty_step_minutes);
        self.page = Some(Tracked::new(page));
    }

    pub(super) fn promise_call(&mut self, ctx: &Ctx, cover: &Cover, county: &County) -> Timestamp {
        // The call is promised from the moment somebody is there to make it; with no rota at all it is owed now, so
        // that it stands on the overdue list at once (hazard H01).
        let from = match cover {
            Cover::Staffed { .. } | Cover::Unstaffed { next: None } => ctx.now,
            Cover::Unstaffed { next: Some(next) } => *next,
        };
        let call_by = self.start_clock(ctx, ClockKind::DutyCall, from, county);
        self.add_task_of(ctx, self.head.spoa, TaskKind::DutyCall, call_by);
        call_by
    }

    fn acknowledge_receipt(&mut self, ctx: &Ctx, read_by: Timestamp, county: &County) {
        if self.is_on_behalf() {
            self.arrive_on_behalf(ctx, read_by, county);
            return;
        }
        let message = Message::Received { reference: self.head.reference.clone(), read_by };
        let route = Route::to_person(&self.person.contact);
        self.add_notice(ctx, Party::Person, route, message);
    }

    pub(super) fn add_notice(&mut self, ctx: &Ctx, party: Party, route: Route, message: Message) {
        let id = ctx.new_id::<NoticeId>();
        let notice = Notice { id, party, route, message, made_at: ctx.now, state: NoticeState::Queued };
        self.notices.push(Tracked::new(notice));
    }
}

/// Takes what changed from one time to the next; what did not change may have been changed here.
fn take<T: PartialEq>(here: &mut T, before: &T, after: T) {
    if *before != after {
        *here = after;
    }
}

fn take_identity(here: &mut Identity, before: &Identity, after: Identity) {
    take(&mut here.called, &before.called, after.called);
    take(&mut here.age, &before.age, after.age);
    take(&mut here.full_name, &before.full_name, after.full_name);
    take(&mut here.born_on, &before.born_on, after.born_on);
    take(&mut here.nhs_number, &before.nhs_number, after.nhs_number);
    take(&mut here.gp_practice, &before.gp_practice, after.gp_practice);
    take(&mut here.postcode, &before.postcode, after.postcode);
    take(&mut here.no_fixed_address, &before.no_fixed_address, after.no_fixed_address);
    take(&mut here.ethnic, &before.ethnic, after.ethnic);
}

/// Who answered what, and when, changes for this question and for those that were open until now.
fn take_told(here: &mut Told, question: Question, before: &Told, after: Told) {
    if after.given_to(question).is_none() {
        here.given.retain(|given| given.question != question);
    }
    let fresh = |given: &&Given| given.question == question || before.given_to(given.question).is_none();
    for given in after.given.iter().filter(fresh) {
        here.note(given, Put::Shown);
    }
    take(&mut here.sent, &before.sent, after.sent);
    take(&mut here.help, &before.help, after.help);
    take(&mut here.caring, &before.caring, after.caring);
    take(&mut here.practical, &before.practical, after.practical);
    take(&mut here.before, &before.before, after.before);
    here.entered = after.entered;
}
