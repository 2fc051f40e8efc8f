//! Somebody is in touch again: the least of a referral that lets them be recognised, what can be said to them aloud, and the
//! keys it is found by. Nothing of what they told us, and nothing that was written about them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Head, Person, PlainOutcome, Referral, StateKind, Whereabouts};
use crate::door::{Question, Way};
use crate::ids::ReferralId;
use crate::person_key::{Because, PersonKey, keys};
use crate::section::Section;
use crate::value::{DateOfBirth, Line, Phone, Reference};

/// The least that lets somebody be recognised: facts that they say and staff compare, never the other way round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// The referral.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// When they asked for help.
    pub received_at: Timestamp,
    /// What to call them.
    pub called: Line,
    /// Their full name.
    pub full_name: Option<Line>,
    /// Date of birth.
    pub born_on: Option<DateOfBirth>,
    /// The last three digits of each number.
    pub numbers: Vec<String>,
    /// The first half of the postcode.
    pub place: Option<String>,
    /// What agreed with what they said.
    pub because: BTreeSet<Because>,
    /// What can be said to them; nothing in a list.
    pub spoken: Option<Spoken>,
}

/// Where it is, as it can be said aloud.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spoken {
    /// Where it is.
    pub state: StateKind,
    /// By when somebody senior has read it, while that is owed.
    pub read_by: Option<Timestamp>,
    /// By when the duty person makes contact, while that is owed.
    pub call_by: Option<Timestamp>,
    /// A named person has said that they make that call.
    pub call_taken: bool,
    /// By when somebody makes first contact, while that is owed.
    pub contact_by: Option<Timestamp>,
    /// By when it is decided where help is, while that is owed.
    pub decide_by: Option<Timestamp>,
    /// They asked for it to end, and by when somebody has thought about it.
    pub ends_by: Option<Timestamp>,
    /// Until when its reference brings them back; none while it is open.
    pub returns_until: Option<Date>,
    /// The service that is asked, who of it gets in touch once it takes them, and by when they have met.
    pub handover: Option<(Line, Option<(Line, Timestamp)>)>,
    /// What was decided, without what was written about it.
    pub outcome: Option<SpokenOutcome>,
}

/// What was decided, without a word that somebody wrote about the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SpokenOutcome {
    /// A team has taken responsibility.
    Accepted {
        /// The team.
        team: Line,
        /// Who to ask for.
        contact: Line,
        /// When the next step is.
        next_on: Date,
    },
    /// Another service takes care of them.
    Redirected {
        /// The service.
        to: Line,
        /// Who to ask for.
        contact: Line,
    },
    /// Advice was given.
    Advised {
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
    /// It ended, and there is nothing to say.
    Ended,
}

impl Spoken {
    /// Whether it is over, so that who comes back starts afresh with what was said before; else it is added to.
    pub fn is_over(&self) -> bool {
        match &self.outcome {
            Some(
                SpokenOutcome::Withdrawn | SpokenOutcome::Advised { .. } | SpokenOutcome::Redirected { .. },
            ) => true,
            Some(SpokenOutcome::Accepted { .. } | SpokenOutcome::Joined { .. }) | None => {
                self.state == StateKind::Closed
            }
            Some(SpokenOutcome::Ended) => false,
        }
    }
}

impl Whereabouts {
    /// As it can be said aloud.
    pub fn spoken(&self) -> Spoken {
        let outcome = self.outcome.as_ref().map(|outcome| match outcome {
            PlainOutcome::Accepted { team, contact, next_on, .. } => {
                SpokenOutcome::Accepted { team: team.clone(), contact: contact.clone(), next_on: *next_on }
            }
            PlainOutcome::Redirected { to, contact, .. } => {
                SpokenOutcome::Redirected { to: to.clone(), contact: contact.clone() }
            }
            PlainOutcome::Advised { follow_up_on, .. } => {
                SpokenOutcome::Advised { follow_up_on: *follow_up_on }
            }
            PlainOutcome::Withdrawn => SpokenOutcome::Withdrawn,
            PlainOutcome::Joined { live } => SpokenOutcome::Joined { live: live.clone() },
            PlainOutcome::Ended => SpokenOutcome::Ended,
        });
        Spoken {
            state: self.state,
            read_by: self.read_by,
            call_by: self.call_by,
            call_taken: self.call_taken,
            contact_by: self.contact_by,
            decide_by: self.decide_by,
            ends_by: self.ends_by,
            returns_until: self.returns_until,
            handover: self.handover.as_ref().map(|it| {
                let promised = it.promised.as_ref();
                (it.to.clone(), promised.map(|(name, _, by)| (name.clone(), *by)))
            }),
            outcome,
        }
    }
}

impl Person {
    /// The least that lets them be recognised, for a list of those who were found.
    pub fn known(
        &self,
        (referral, reference, received_at): (ReferralId, Reference, Timestamp),
        because: BTreeSet<Because>,
    ) -> Known {
        let identity = &self.identity;
        let numbers =
            self.contact.ways().filter(|_| !self.contact.through_asker).filter_map(|way| match way {
                Way::Call { phone, .. } | Way::Text { phone } => Some(ending(phone)),
                Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. } => None,
            });
        let numbers: BTreeSet<String> = numbers.collect();
        let place = identity.postcode.as_ref().filter(|postcode| !postcode.is_pseudo());
        Known {
            referral,
            reference,
            received_at,
            called: identity.called.clone(),
            full_name: identity.full_name.clone(),
            born_on: identity.born_on,
            numbers: numbers.into_iter().collect(),
            place: place.map(|postcode| postcode.outward().to_owned()),
            because,
            spoken: None,
        }
    }
}

/// The last three digits.
fn ending(phone: &Phone) -> String {
    let digits: Vec<char> = phone.as_str().chars().collect();
    digits.iter().skip(digits.len().saturating_sub(3)).collect()
}

impl Head {
    /// The keys of the person this referral brought with it. What staff wrote down without a name has none for the words
    /// that stand in its place.
    pub fn keys_of(&self, person: &Person) -> BTreeSet<PersonKey> {
        keys(person, self.is_named())
    }

    /// Whether what the person is called is a name they gave, and not the words that stand where nobody knows one.
    pub(super) fn is_named(&self) -> bool {
        self.told.entered.is_none() || self.told.given_to(Question::Called).is_some()
    }
}

impl Referral {
    /// The keys its person is found by.
    pub fn keys(&self) -> BTreeSet<PersonKey> {
        self.head.keys_of(&self.person)
    }

    /// What there is for whoever takes a call from somebody who was in touch before: who they are, what can be said, and
    /// what they need not be asked again. Only the seam calls this, and passes it through `reveal`.
    pub fn known_sections(&self) -> Vec<Section> {
        let of = (self.head.id, self.head.reference.clone(), self.head.received_at);
        let known =
            Known { spoken: Some(self.whereabouts().spoken()), ..self.person.known(of, BTreeSet::new()) };
        vec![
            Section::Known(Box::new(known)),
            Section::Identity(self.person.identity.clone()),
            Section::Contact(self.person.contact.clone()),
            Section::Needs(self.person.needs.clone()),
            Section::Permissions(self.head.permissions.clone()),
            Section::Told(self.head.told.clone()),
        ]
    }
}
