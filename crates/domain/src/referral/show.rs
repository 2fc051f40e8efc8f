//! What a referral shows of itself, as sections; the evaluator decides which of them anybody sees.

use jiff::Timestamp;

use super::{Referral, State};
use crate::change::{Event, Tracked};
use crate::guest::{Errand, LinkStands};
use crate::section::{PassedOn, Progress, Row, Section};

impl Referral {
    /// Every section of the record page, in page order. Only the seam calls this, and passes it through `reveal`.
    pub fn sections(&self, history: Vec<Event>) -> Vec<Section> {
        let mut triages = self.head.earlier_triages.clone();
        if let State::Triaged { triage } | State::Redirecting { triage } = &self.head.state {
            triages.push(triage.clone());
        }
        let mut decisions = self.head.earlier_decisions.clone();
        decisions.extend(self.decided().cloned());
        let episode = self.episode.as_ref().map(|episode| (**episode).clone());
        vec![
            Section::Progress(self.progress()),
            Section::Identity(self.person.identity.clone()),
            Section::Contact(self.person.contact.clone()),
            Section::Needs(self.person.needs.clone()),
            Section::Asked(self.asked_by()),
            Section::Story(self.head.story.clone()),
            Section::Safety(self.head.safety.clone()),
            Section::Told(self.head.told.clone()),
            Section::Since(self.head.since.clone()),
            Section::Permissions(self.head.permissions.clone()),
            Section::Triage(triages),
            Section::Decision(decisions),
            Section::Offer(self.passed_on()),
            Section::Handovers(values(&self.handovers)),
            Section::Contacts { episode, contacts: values(&self.contacts) },
            Section::Tasks(values(&self.tasks)),
            Section::Notices(values(&self.notices)),
            Section::History(history),
        ]
    }

    /// What there is to show to whoever holds the link of a question. Only the seam calls this, and passes it through
    /// `reveal`.
    pub fn asked_sections(&self) -> Vec<Section> {
        self.enquired().map(|it| Section::Enquiry(Box::new(it))).into_iter().collect()
    }

    /// What there is to show to somebody who follows it from outside. Only the seam calls this, and passes it through
    /// `reveal`.
    pub fn outside_sections(&self) -> Vec<Section> {
        vec![
            Section::Whereabouts(Box::new(self.whereabouts())),
            Section::Messages(self.messages_out()),
            Section::Identity(self.person.identity.clone()),
            Section::Contact(self.person.contact.clone()),
            Section::Needs(self.person.needs.clone()),
            Section::Story(self.head.story.clone()),
            Section::Safety(self.head.safety.clone()),
            Section::Told(self.head.told.clone()),
            Section::Since(self.head.since.of_person()),
            Section::Permissions(self.head.permissions.clone()),
        ]
    }

    /// What there is to show to whoever came by a one-time link: nothing where it does not stand. Only the seam calls this,
    /// and passes it through `reveal`.
    pub fn guest_sections(&self, errand: Errand, now: Timestamp) -> Vec<Section> {
        match self.link_stands(errand, now) {
            Some((_, LinkStands::Good)) => self.receiver_sections(),
            Some((_, LinkStands::Done { .. } | LinkStands::Over)) | None => Vec::new(),
        }
    }

    /// What is passed on with a handover.
    pub(crate) fn receiver_sections(&self) -> Vec<Section> {
        vec![
            Section::Offer(self.passed_on()),
            Section::Identity(self.person.identity.clone()),
            Section::Contact(self.person.contact.clone()),
            Section::Needs(self.person.needs.clone()),
            Section::Story(self.head.story.clone()),
            Section::Told(self.head.told.clone()),
        ]
    }

    fn passed_on(&self) -> Option<Box<PassedOn>> {
        let handover = self.handover()?.clone();
        let reference = self.head.reference.clone();
        Some(Box::new(PassedOn { reference, handover, triage: self.triage_in_force().cloned() }))
    }

    /// Where it is.
    fn progress(&self) -> Progress {
        let opened_by = match &self.head.state {
            State::Screening { by, at } => Some((by.clone(), *at)),
            State::Received
            | State::Triaged { .. }
            | State::Redirecting { .. }
            | State::Telling { .. }
            | State::Closed { .. } => None,
        };
        Progress {
            referral: self.head.id,
            reference: self.head.reference.clone(),
            state: self.kind(),
            received_at: self.head.received_at,
            flagged: self.is_flagged(),
            team: self.team(),
            opened_by,
            key_worker: self.episode.as_ref().and_then(|episode| episode.key_worker.clone()),
            clocks: values(&self.clocks),
            page: self.page.as_ref().map(|page| (**page).clone()),
            version: self.version,
        }
    }

    /// Its row in a list; the store keeps these facts in columns.
    pub fn row(&self) -> Row {
        let opened_by = match &self.head.state {
            State::Screening { by, at } => by.name().map(|name| (name.clone(), *at)),
            State::Received
            | State::Triaged { .. }
            | State::Redirecting { .. }
            | State::Telling { .. }
            | State::Closed { .. } => None,
        };
        Row {
            referral: self.head.id,
            reference: self.head.reference.clone(),
            called: self.person.identity.called.clone(),
            state: self.kind(),
            flagged: self.is_flagged(),
            category: self.triage_in_force().map(|triage| triage.category.letter()),
            received_at: self.head.received_at,
            next_due: self.next_due(),
            task: None,
            opened_by,
            owners: self.owners().into_iter().collect(),
            team: self.team(),
            version: self.version,
        }
    }
}

fn values<T: Clone>(tracked: &[Tracked<T>]) -> Vec<T> {
    tracked.iter().map(|value| (**value).clone()).collect()
}
