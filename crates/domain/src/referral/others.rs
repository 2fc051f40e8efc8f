//! What the other requests of the same person say: how each of them ended, who is involved already, and what must be known
//! before anybody rings or writes. Only of requests that a human said are the same person's.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Decided, Held, Outcome, Person, Referral, StateKind};
use crate::door::Way;
use crate::ids::{ReferralId, TeamId};
use crate::value::{Line, Reference};

/// Another request of the same person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Other {
    /// Which one.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Where it is.
    pub state: StateKind,
    /// The team responsible.
    pub team: TeamId,
    /// Somebody works on it: this one may be joined to it.
    pub live: bool,
    /// What was decided.
    pub decided: Option<Decided>,
}

/// A team that took responsibility for the same person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Involved {
    /// The request it came by.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// The team's name at the time.
    pub team: Line,
    /// Who the person asks for.
    pub contact_name: Line,
    /// The key worker, if one is named.
    pub key_worker: Option<Line>,
    /// The day of the next step, as it was told.
    pub next_on: Date,
    /// Since when.
    pub since: Timestamp,
}

/// Something to know before anybody rings or writes, from another request of the same person. Never how dangerous somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flag {
    /// The request it stands on.
    pub referral: ReferralId,
    /// Its reference.
    pub reference: Reference,
    /// What.
    pub what: FlagKind,
}

/// What there is to know.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FlagKind {
    /// A duty page that nobody has answered.
    PageOpen,
    /// Danger was said, and no senior has looked since.
    Danger,
    /// A senior decided that telling the person is not safe, until this day.
    HeldBack(Date),
    /// They do not know yet that somebody asked for them.
    NotTold,
    /// The way to reach them is somebody else's.
    ThroughAsker,
    /// No message may say who it is from.
    NoNames,
    /// No voicemail.
    NoVoicemail,
    /// When it is safe, in their words.
    SafeTimes(Line),
    /// Who we say is calling.
    CodeName(Line),
}

/// What one request says about the person for the others of theirs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside {
    /// The request.
    pub other: Other,
    /// Who is involved by it.
    pub involved: Option<Involved>,
    /// What to know.
    pub flags: Vec<Flag>,
}

impl Referral {
    /// What this request says for the others of the same person. Clocks, tasks and messages may be left out of what was
    /// loaded; `flagged` is whether danger still waits for a senior.
    pub fn beside(&self, flagged: bool) -> Beside {
        let (referral, reference) = (self.head.id, self.head.reference.clone());
        let flags = self.flags(flagged).into_iter();
        Beside {
            other: Other {
                referral,
                reference: reference.clone(),
                received_at: self.head.received_at,
                state: self.kind(),
                team: self.team(),
                live: self.is_live(),
                decided: self.decided().cloned(),
            },
            involved: self.involved(),
            flags: flags.map(|what| Flag { referral, reference: reference.clone(), what }).collect(),
        }
    }

    fn involved(&self) -> Option<Involved> {
        let episode = self.episode.as_ref()?;
        let Some(Outcome::Accepted { team_name, .. }) = self.decided().map(|decided| &decided.outcome) else {
            return None;
        };
        Some(Involved {
            referral: self.head.id,
            reference: self.head.reference.clone(),
            team: team_name.clone(),
            contact_name: episode.contact_name.clone(),
            key_worker: episode.key_worker.as_ref().map(|(_, name)| name.clone()),
            next_on: episode.next_on,
            since: episode.accepted_at,
        })
    }

    fn flags(&self, flagged: bool) -> Vec<FlagKind> {
        let dead = matches!(self.decided().map(|decided| &decided.outcome), Some(Outcome::Died { .. }));
        if dead {
            return Vec::new();
        }
        let rings = self.page.as_ref().is_some_and(|page| page.acknowledged.is_none());
        let held = match &self.head.held {
            Some(Held::Unsafe { review_on, .. }) => Some(FlagKind::HeldBack(*review_on)),
            None if !self.is_known() => Some(FlagKind::NotTold),
            Some(Held::Told { .. }) | None => None,
        };
        let said = [(rings, FlagKind::PageOpen), (flagged, FlagKind::Danger)];
        let said = said.into_iter().filter(|(yes, _)| *yes).map(|(_, what)| what);
        said.chain(held).chain(warnings(&self.person)).collect()
    }
}

/// What is safe about reaching them, as they said on that request.
fn warnings(person: &Person) -> impl Iterator<Item = FlagKind> + '_ {
    let contact = &person.contact;
    let quiet = |way: &Way| matches!(way, Way::Call { voicemail: false, .. });
    let said = [
        (contact.through_asker, FlagKind::ThroughAsker),
        (!contact.say_nhs, FlagKind::NoNames),
        (contact.ways().any(quiet), FlagKind::NoVoicemail),
    ];
    let times = contact.safe_times.clone().map(FlagKind::SafeTimes);
    let name = contact.code_name.clone().map(FlagKind::CodeName);
    said.into_iter().filter(|(yes, _)| *yes).map(|(_, what)| what).chain(times).chain(name)
}
