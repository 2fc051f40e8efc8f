//! What is known of a person for the matching rules, and what a senior made of what they suggested.
//!
//! From the person's own answers, from what staff wrote down, and from the record. A suggestion never moves a referral: the
//! decision does, and takes with it what was shown and chosen.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::{Category, Head, Person, Referral, State};
use crate::actor::Ctx;
use crate::calendar::local_date;
use crate::change::{Changes, EventKind};
use crate::door::{Age, CaringFact, Danger, Question, Signal as Before, Source, Strain};
use crate::ids::MatchId;
use crate::matching::{Edition, MayHelp, Picture, Said, SignNote, Signal, Weighed, Weighing};
use crate::refused::Refused;

/// What is ticked on the page about practical troubles.
const STRAINS: [(Strain, Signal); 9] = [
    (Strain::NoHome, Signal::Housing),
    (Strain::NoHome, Signal::Homeless),
    (Strain::HomeAtRisk, Signal::Housing),
    (Strain::Money, Signal::Money),
    (Strain::Work, Signal::Work),
    (Strain::Alcohol, Signal::Substance),
    (Strain::Drugs, Signal::Substance),
    (Strain::Legal, Signal::Court),
    (Strain::Alone, Signal::Isolation),
];

/// What is ticked on the page about what got in the way before (seeds 78 to 80).
const BEFORE: [(Before, Signal); 9] = [
    (Before::CopingDayToDay, Signal::Skills),
    (Before::PracticalHelp, Signal::PracticalHelp),
    (Before::HardToStart, Signal::HardToStart),
    (Before::TooAnxious, Signal::TooAnxious),
    (Before::MissedOrStopped, Signal::MissedOffer),
    (Before::HardlyOut, Signal::Withdrawn),
    (Before::ToldDidNotFit, Signal::ToldDidNotFit),
    (Before::TherapyNotEnough, Signal::TherapyNotEnough),
    (Before::SeveralOrLong, Signal::SeveralOrLong),
];

impl Head {
    /// What is known on a day: first what was answered, then what the record says by itself, then what staff wrote down,
    /// who spoke with the person since.
    pub fn picture(&self, person: &Person, day: Date) -> Picture {
        let mut picture = Picture::default();
        let told = &self.told;
        if let Some(practical) = &told.practical {
            picture.put_page(&practical.strains, &STRAINS, self.said(Question::Practical));
        }
        if let Some(before) = &told.before {
            picture.put_page(before, &BEFORE, self.said(Question::Before));
        }
        if let Some(caring) = &told.caring {
            let boxes = [(CaringFact::PregnantOrBaby, Signal::Perinatal)];
            // Other boxes of that page may be ticked: only the empty page says that this one is not so.
            let ticked: Vec<_> = caring.facts.clone();
            picture.put_page(&ticked, &boxes, self.said(Question::Caring));
        }
        if self.safety.dangers.contains(&Danger::AlreadyHurt) {
            picture.put(Signal::SelfHarm, true, self.said(Question::Safety));
        }
        put_age(&mut picture, person, day);
        if let Some(triage) = self.last_triage() {
            let urgent = matches!(triage, Category::A | Category::B | Category::C);
            picture.put(Signal::Urgent, urgent, Said::Record);
        }
        picture.put(Signal::SafetyOpen, self.is_safety_open(), Said::Record);
        for note in self.signs_now() {
            match note.answer {
                Some(yes) => picture.put(note.signal, yes, Said::Staff),
                None => picture.forget(note.signal),
            }
        }
        picture
    }

    /// The person themselves, also where staff wrote their answer down; else whoever asked for them.
    fn said(&self, question: Question) -> Said {
        let own = self.origin.behalf().is_none();
        match self.told.given_to(question).map(|given| given.source) {
            Some(Source::Person) => Said::Person,
            Some(Source::Staff) | None if own => Said::Person,
            Some(Source::Carer | Source::Professional | Source::Staff) | None => Said::Other,
        }
    }

    fn last_triage(&self) -> Option<Category> {
        match &self.state {
            State::Triaged { triage } | State::Redirecting { triage } => Some(triage.category),
            State::Received | State::Screening { .. } | State::Telling { .. } | State::Closed { .. } => {
                self.earlier_triages.last().map(|triage| triage.category)
            }
        }
    }

    /// They said that there is danger, and no senior has looked at it since.
    fn is_safety_open(&self) -> bool {
        let arrived = self.safety.is_flagged() && self.last_triage().is_none();
        arrived || self.since.worse.iter().any(|worse| worse.is_flagged() && !worse.triaged)
    }

    /// What staff wrote down, as it stands: the last note of each signal.
    fn signs_now(&self) -> Vec<SignNote> {
        let last: BTreeMap<Signal, &SignNote> = self.signs.iter().map(|note| (note.signal, note)).collect();
        last.into_values().cloned().collect()
    }
}

/// Signals of age: from the date of birth, else as far as the age group says it.
fn put_age(picture: &mut Picture, person: &Person, day: Date) {
    use Signal::{FourteenToSixtyFive, SeventeenAndAHalf, SixtyFiveOrOver};
    let mut put = |signal, yes| picture.put(signal, yes, Said::Record);
    if let Some(born) = person.identity.born_on {
        let years = born.age_on(day);
        let boundary = born.date().checked_add(17.years().months(6)).is_ok_and(|from| from <= day);
        put(SeventeenAndAHalf, years == 17 && boundary);
        put(SixtyFiveOrOver, years >= 65);
        put(FourteenToSixtyFive, (14..=65).contains(&years));
        return;
    }
    match person.identity.age {
        Some(Age::Adult) => put(SeventeenAndAHalf, false),
        Some(Age::SixteenSeventeen) => {
            put(SixtyFiveOrOver, false);
            put(FourteenToSixtyFive, true);
        }
        Some(Age::UnderSixteen) => {
            put(SeventeenAndAHalf, false);
            put(SixtyFiveOrOver, false);
        }
        Some(Age::NotSaid) | None => {}
    }
}

impl Referral {
    /// What is known, what may help and why, and what was made of it.
    pub fn matching(&self, edition: &Edition, now: Timestamp) -> MayHelp {
        let picture = self.head.picture(&self.person, local_date(now));
        MayHelp {
            edition: edition.number,
            suggested: edition.rules.suggest(&picture),
            picture,
            signs: self.head.signs_now(),
            weighed: self.head.weighed.clone(),
        }
    }

    /// Whether facts for the rules may be written down: while a senior looks at it and nothing is decided.
    pub(super) fn may_learn(&self) -> bool {
        match &self.head.state {
            State::Screening { .. } | State::Triaged { .. } | State::Redirecting { .. } => true,
            State::Received | State::Telling { .. } | State::Closed { .. } => false,
        }
    }

    /// What was made of suggestions so far, oldest first.
    pub fn weighed(&self) -> &[Weighed] {
        &self.head.weighed
    }

    /// A senior writes down what they learned: yes, no, or not known any more. Earlier notes stay.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`]; [`Refused::NoSuchPart`] for what the record says by itself.
    pub fn record_signs(
        mut self,
        ctx: &Ctx,
        answers: &BTreeMap<Signal, Option<bool>>,
    ) -> Result<Changes, Refused> {
        self.step(EventKind::SignsRecorded)?;
        if !answers.keys().all(|signal| signal.is_asked()) {
            return Err(Refused::NoSuchPart);
        }
        let now: BTreeMap<Signal, Option<bool>> =
            self.head.signs_now().into_iter().map(|note| (note.signal, note.answer)).collect();
        let by = ctx.actor.author();
        let head = self.head.edit();
        for (signal, answer) in answers {
            if now.get(signal).copied().flatten() != *answer {
                head.signs.push(SignNote { signal: *signal, answer: *answer, by: by.clone(), at: ctx.now });
            }
        }
        Ok(self.finish(ctx, &[(EventKind::SignsRecorded, None)]))
    }

    /// Takes what the senior saw and chose along to the decision that follows at once. Changes nothing by itself.
    ///
    /// # Errors
    /// [`Refused::ReasonNeeded`] when every suggestion is passed over without a reason, or one is followed that was not made.
    pub fn weigh(mut self, ctx: &Ctx, step: EventKind, weighing: Weighing) -> Result<Self, Refused> {
        if !weighing.is_made() {
            return Err(Refused::ReasonNeeded);
        }
        let Weighing { edition, shown, chosen, team } = weighing;
        let (id, by, at) = (ctx.new_id::<MatchId>(), ctx.actor.author(), ctx.now);
        self.head.edit().weighed.push(Weighed { id, step, edition, shown, chosen, team, by, at });
        Ok(self)
    }

    /// What the person told us themselves that this decision rests on, to be said back to them.
    pub(super) fn said_back(&self, step: EventKind) -> Vec<Signal> {
        let last = self.head.weighed.last().filter(|last| last.step == step);
        last.map(Weighed::said_back).unwrap_or_default()
    }
}
