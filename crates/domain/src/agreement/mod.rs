//! What a partner organisation and the county agreed on: what work it takes, what it may see, from when until when, and who
//! signed (seed 65; pathway §3). Without one in force nobody new is offered to it; whom it has, it keeps.
//!
//! An agreement is not rewritten: it is ended with a reason, and another is written down. Must not decide what its people see:
//! `access` does.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::actor::{Author, Ctx};
use crate::calendar::local_date;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::county::County;
use crate::ids::{AgreementId, OrgId, TeamId};
use crate::refused::Refused;
use crate::team::{Org, OrgWords, WordsSet};
use crate::value::{Line, Text};

mod renewal;

pub use renewal::Renewal;

#[cfg(test)]
mod tests;

/// So many days before its last day somebody is asked to renew it.
pub const RENEW_DAYS: i32 = 56;
/// Nobody signs for longer: what was agreed is looked at again.
pub const MOST_YEARS: i16 = 5;

/// Who signed for one side.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Signature {
    /// Their name.
    pub name: Line,
    /// What they are there.
    pub role: Line,
}

/// What was agreed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// What work it takes, in plain words.
    pub takes: Text,
    /// What its people may see of whom they are asked to help, in plain words.
    pub sees: Text,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// By when it is decided whether it goes on.
    pub review_on: Date,
    /// Who read it before it was signed, such as whoever answers for information.
    pub reviewed_by: Line,
    /// Who signed for the county.
    pub signed_here: Signature,
    /// Who signed for the partner.
    pub signed_there: Signature,
    /// The team that renews it.
    pub owner: TeamId,
}

/// That it was ended before its last day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ended {
    /// The day.
    pub on: Date,
    /// By whom.
    pub by: Author,
    /// Why.
    pub why: Text,
}

/// An agreement of a partner organisation with the county.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// With whom.
    pub org: OrgId,
    /// What was agreed.
    pub terms: Terms,
    /// Who wrote it down.
    pub by: Author,
    /// On which day.
    pub written_on: Date,
    /// Whether it was ended early.
    pub ended: Option<Ended>,
    /// The task to renew it, once it was made.
    #[serde(default)]
    pub renewal: Option<Renewal>,
}

/// Where an agreement is on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Its first day is yet to come.
    Coming,
    /// It is in force.
    InForce,
    /// Its last day has passed.
    Over,
    /// It was ended with a reason.
    Ended,
}

impl Standing {
    /// The message suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::InForce => "in-force",
            Self::Over => "over",
            Self::Ended => "ended",
        }
    }
}

impl Agreement {
    /// Writes down what was signed. Nobody has to renew what it follows on any more.
    ///
    /// # Errors
    /// [`Refused::AgreementDates`] where the last day comes before the first or has passed, it runs for more than five years, or
    /// it is to be looked at after its last day.
    pub fn write(
        ctx: &Ctx,
        (id, org): (AgreementId, OrgId),
        terms: Terms,
        all: &[Self],
    ) -> Result<Changes, Refused> {
        let today = local_date(ctx.now);
        let most = terms.from.saturating_add(MOST_YEARS.years());
        let reviewed = terms.from <= terms.review_on && terms.review_on <= terms.until;
        if terms.until < terms.from || terms.until < today || terms.until > most || !reviewed {
            return Err(Refused::AgreementDates);
        }
        let by = ctx.actor.author();
        let agreement = Self { id, org, terms, by, written_on: today, ended: None, renewal: None };
        let closes = agreement.closes(ctx, all);
        let mut changes = agreement.changed(ctx, EventKind::AgreementMade, None);
        for write in closes {
            changes.write(write);
        }
        Ok(changes)
    }

    /// Ends it today, with a reason. Whom the partner has, it keeps.
    ///
    /// # Errors
    /// [`Refused::AlreadyAnswered`] when it was ended; [`Refused::NotFromHere`] once its last day has passed.
    pub fn end(mut self, ctx: &Ctx, why: Text) -> Result<Changes, Refused> {
        let today = local_date(ctx.now);
        match self.standing(today) {
            Standing::Ended => return Err(Refused::AlreadyAnswered),
            Standing::Over => return Err(Refused::NotFromHere),
            Standing::Coming | Standing::InForce => {}
        }
        self.ended = Some(Ended { on: today, by: ctx.actor.author(), why: why.clone() });
        Ok(self.renewed(ctx).changed(ctx, EventKind::AgreementEnded, Some(why)))
    }

    fn changed(self, ctx: &Ctx, kind: EventKind, why: Option<Text>) -> Changes {
        let subject = Subject { noun: Noun::Org, id: self.org.into() };
        Changes::one(ctx, kind, subject, why, Write::Agreement(Box::new(self)))
    }

    /// Where it is on this day.
    pub fn standing(&self, today: Date) -> Standing {
        if self.ended.is_some() {
            Standing::Ended
        } else if self.terms.until < today {
            Standing::Over
        } else if self.terms.from > today {
            Standing::Coming
        } else {
            Standing::InForce
        }
    }

    /// Whether it is in force on this day.
    pub fn is_in_force(&self, today: Date) -> bool {
        self.standing(today) == Standing::InForce
    }

    /// From when on somebody is asked to renew it: eight weeks before its last day, or when it is to be looked at, whichever
    /// is sooner.
    pub fn renew_from(&self) -> Date {
        self.terms.review_on.min(self.terms.until.saturating_sub(RENEW_DAYS.days()))
    }

    /// By when it is decided whether it goes on.
    pub fn decide_by(&self) -> Date {
        self.terms.review_on
    }
}

/// The agreement with this organisation that is in force and lasts longest.
pub fn in_force(all: &[Agreement], org: OrgId, today: Date) -> Option<&Agreement> {
    let ours = all.iter().filter(|it| it.org == org && it.is_in_force(today));
    ours.max_by_key(|it| it.terms.until)
}

/// The last agreement of each organisation that is in force or has run out, and that somebody must renew by now: none follows
/// on it. One that was ended with a reason asks for nothing.
pub fn to_renew(all: &[Agreement], today: Date) -> Vec<&Agreement> {
    let mut last: BTreeMap<OrgId, &Agreement> = BTreeMap::new();
    for one in all.iter().filter(|it| it.ended.is_none()) {
        let longest = last.entry(one.org).or_insert(one);
        if one.terms.until > longest.terms.until {
            *longest = one;
        }
    }
    let ended_since = |it: &Agreement| {
        let after = |end: &Ended| end.on >= it.terms.until;
        all.iter().any(|other| other.org == it.org && other.ended.as_ref().is_some_and(after))
    };
    let mut due: Vec<&Agreement> =
        last.into_values().filter(|it| it.renew_from() <= today && !ended_since(it)).collect();
    due.sort_by_key(|it| (it.terms.until, it.id));
    due
}

/// What a county knows of a team of a partner on one day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Partner {
    /// Whether its organisation has an agreement in force.
    pub agreed: bool,
    /// What its organisation says of itself in letters.
    pub about: Option<Text>,
}

impl County {
    /// Whether this team may be given somebody new.
    pub fn may_be_offered(&self, team: TeamId) -> bool {
        self.partners.get(&team).is_none_or(|partner| partner.agreed)
    }

    /// Refuses to give somebody new to a partner without an agreement.
    pub(crate) fn require_agreement(&self, team: Option<TeamId>) -> Result<(), Refused> {
        if team.is_none_or(|team| self.may_be_offered(team)) { Ok(()) } else { Err(Refused::NoAgreement) }
    }

    /// What the organisation of this team says of itself in letters.
    pub(crate) fn about(&self, team: Option<TeamId>) -> Option<Text> {
        self.partners.get(&team?)?.about.clone()
    }
}

impl Org {
    /// How often its own words were set: a form that showed another number is older than what is stored.
    pub fn words_version(&self) -> u32 {
        self.words_set.as_ref().map_or(0, |set| set.version)
    }

    /// Sets the organisation's own words. `shown` is the version the form showed.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] for the words of another organisation; [`Refused::Stale`] when a colleague was faster.
    pub fn set_words(mut self, ctx: &Ctx, shown: u32, words: Option<OrgWords>) -> Result<Changes, Refused> {
        if ctx.actor.staff().is_none_or(|staff| staff.org != self.id) {
            return Err(Refused::NotFromHere);
        }
        if shown != self.words_version() {
            return Err(Refused::Stale);
        }
        let version = shown.saturating_add(1);
        self.words_set = Some(WordsSet { version, by: ctx.actor.author(), at: ctx.now });
        self.words = words;
        let subject = Subject { noun: Noun::Org, id: self.id.into() };
        Ok(Changes::one(ctx, EventKind::OrgWordsSet, subject, None, Write::Org(self)))
    }
}
