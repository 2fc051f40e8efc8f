//! The keys a referral is found by in its team's lists: made here from its facts, compared in the database as they are.

use std::collections::BTreeSet;

use super::{AgeGroup, Talks, View};
use crate::calendar::local_date;
use crate::door::ForWhom;
use crate::door::Origin;
use crate::ids::UserId;
use crate::referral::{Category, Referral, StateKind};
use crate::task::TaskKind;
use crate::value::EthnicCategory;

/// Counts changes of what stands here: keys that were made by older rules are made anew after an update.
pub const RULES: i16 = 2;

/// One fact by which a list is narrowed down.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key(String);

impl Key {
    /// Stands in a view. Of [`View::Overdue`]: has a dated thing next, which may be late.
    pub fn view(view: View) -> Self {
        Self(format!("v:{}", view.code()))
    }

    /// Somebody is named on it.
    pub fn of_user(user: UserId) -> Self {
        Self(format!("w:{user}"))
    }

    /// Nobody is named on it.
    pub fn nobody() -> Self {
        Self("w:none".to_owned())
    }

    /// How old the person was.
    pub fn age(age: AgeGroup) -> Self {
        Self(format!("a:{}", age.code()))
    }

    /// Who asked.
    pub fn source(source: ForWhom) -> Self {
        Self(format!("s:{}", source.code()))
    }

    /// How soon.
    pub fn category(category: Option<Category>) -> Self {
        Self(category.map_or_else(|| "c:none".to_owned(), |it| format!("c:{}", it.letter())))
    }

    /// A danger answer waits for triage.
    pub fn flagged() -> Self {
        Self("f:yes".to_owned())
    }

    /// What helps to talk and to read.
    pub fn talks(talks: Talks) -> Self {
        Self(format!("t:{}", talks.code()))
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Referral {
    /// The views it stands in.
    pub fn views(&self) -> BTreeSet<View> {
        let open =
            |kinds: &[TaskKind]| self.tasks().iter().any(|it| it.is_open() && kinds.contains(&it.kind));
        let rings = self.page().is_some_and(|page| page.acknowledged.is_none());
        let kind = self.kind();
        let received = kind == StateKind::Received;
        let stands = [
            (View::All, kind != StateKind::Closed),
            (View::Duty, rings || open(&[TaskKind::DutyCall])),
            (View::Screening, received),
            (View::Triage, !received && open(&[TaskKind::Triage])),
            (View::Decisions, open(&[TaskKind::Decide, TaskKind::Withdrawal, TaskKind::Panel])),
            (View::Handovers, kind == StateKind::Redirecting || open(&HANDING_OVER)),
            (View::FollowUps, open(&[TaskKind::FollowUp])),
            (View::Overdue, self.next_due().is_some()),
        ];
        stands.into_iter().filter(|(_, holds)| *holds).map(|(view, _)| view).collect()
    }

    /// The people who are named on what is to be done and can be handed to another.
    pub fn owners(&self) -> BTreeSet<UserId> {
        self.given().filter_map(|task| task.owner.user()).collect()
    }

    /// How old the person was when help was asked for.
    pub fn age_group(&self) -> AgeGroup {
        let age = self.person().identity.age_on(local_date(self.received_at()));
        match age {
            Some(age) if age.is_young() => AgeGroup::Child,
            Some(crate::door::Age::Adult) => AgeGroup::Adult,
            Some(_) | None => AgeGroup::NotKnown,
        }
    }

    /// The ethnic group they say they belong to.
    pub fn ethnic(&self) -> Option<EthnicCategory> {
        self.person().identity.ethnic
    }

    /// Who asked.
    pub fn for_whom(&self) -> ForWhom {
        match self.origin() {
            Origin::Own => ForWhom::Me,
            Origin::Someone(_) => ForWhom::Someone,
            Origin::Professional(_) => ForWhom::Professional,
        }
    }

    /// Every key it is found by; none for one that stands in no list any more.
    pub fn list_keys(&self) -> BTreeSet<Key> {
        let views = self.views();
        if views.is_empty() {
            return BTreeSet::new();
        }
        let needs = &self.person().needs;
        let language = needs.language.is_some().then_some(Talks::Language);
        let asked = |talks: &Talks| match talks {
            Talks::Language => false,
            Talks::Need(need) => needs.needs.contains(need),
        };
        let owners = self.owners();
        let nobody = owners.is_empty().then(Key::nobody);
        views
            .into_iter()
            .map(Key::view)
            .chain(owners.into_iter().map(Key::of_user))
            .chain(nobody)
            .chain([Key::age(self.age_group()), Key::source(self.for_whom())])
            .chain([Key::category(self.triage_in_force().map(|triage| triage.category))])
            .chain(self.is_flagged().then(Key::flagged))
            .chain(language.into_iter().chain(Talks::all().filter(asked)).map(Key::talks))
            .collect()
    }
}

const HANDING_OVER: [TaskKind; 3] =
    [TaskKind::AskAgreement, TaskKind::HandoverAnswer, TaskKind::HandoverMeet];
