//! The worklist as a tool: in which views a referral stands, by which facts a list is narrowed down, and the address that
//! says both. A view is made of what is open on a referral, never of a flag that somebody sets.
//!
//! Must not rank people by danger: flagged first, then the longest waiting, is all there is.

mod keys;
mod saved;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::door::{ForWhom, Need, NeedGroup};
use crate::ids::UserId;
use crate::referral::Category;

pub use keys::{Key, RULES};
pub use saved::{MOST, SavedFilter};

/// One list of a team. A referral may stand in several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum View {
    /// Everybody who is not finished here.
    #[default]
    All,
    /// A call is owed because somebody flagged danger or asked for one.
    Duty,
    /// Nobody has opened it yet.
    Screening,
    /// Opened, or opened again: a senior decides how soon.
    Triage,
    /// A senior decides where help is, whether to stop, or what a panel said.
    Decisions,
    /// Another service is asked, or takes the person over.
    Handovers,
    /// Advice was given: somebody asks how things are.
    FollowUps,
    /// Something is late.
    Overdue,
}

/// What a view is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Flagged first, then the longest waiting.
    Arrival,
    /// What is due first.
    Due,
}

impl View {
    /// Every view, in page order.
    pub const ALL: [Self; 8] = [
        Self::All,
        Self::Duty,
        Self::Screening,
        Self::Triage,
        Self::Decisions,
        Self::Handovers,
        Self::FollowUps,
        Self::Overdue,
    ];

    /// The code in addresses and keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Duty => "duty",
            Self::Screening => "screening",
            Self::Triage => "triage",
            Self::Decisions => "decisions",
            Self::Handovers => "handovers",
            Self::FollowUps => "follow-ups",
            Self::Overdue => "overdue",
        }
    }

    /// The view with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// What it is sorted by.
    pub fn order(self) -> Order {
        match self {
            Self::All | Self::Duty | Self::Screening | Self::Triage | Self::Decisions | Self::Handovers => {
                Order::Arrival
            }
            Self::FollowUps | Self::Overdue => Order::Due,
        }
    }
}

/// Who is named on what is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Whoever looks.
    Me,
    /// Nobody by name.
    Nobody,
    /// One colleague.
    Colleague(UserId),
}

/// How old the person was when help was asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AgeGroup {
    /// Under 18.
    Child,
    /// 18 or over.
    Adult,
    /// Not said.
    NotKnown,
}

impl AgeGroup {
    /// Every group, in page order.
    pub const ALL: [Self; 3] = [Self::Child, Self::Adult, Self::NotKnown];

    /// The code in addresses and keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adult => "adult",
            Self::NotKnown => "not-known",
        }
    }

    /// The group with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|age| age.code() == code)
    }
}

/// What helps the person to talk and to read with us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Talks {
    /// They named a language.
    Language,
    /// They asked for this.
    Need(Need),
}

impl Talks {
    /// Every choice, in page order.
    pub fn all() -> impl Iterator<Item = Self> {
        let heard = |need: &Need| matches!(need.group(), NeedGroup::Talking | NeedGroup::Reading);
        std::iter::once(Self::Language).chain(Need::ALL.into_iter().filter(heard).map(Self::Need))
    }

    /// The code in addresses and keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Need(need) => need.code(),
        }
    }
}

/// How soon somebody must be seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HowSoon {
    /// Nobody has decided.
    Undecided,
    /// As a senior decided.
    In(Category),
}

impl HowSoon {
    fn category(self) -> Option<Category> {
        match self {
            Self::Undecided => None,
            Self::In(category) => Some(category),
        }
    }
}

/// Which rows of a team's lists are wanted. Its address is the whole of it: a link shows the same to every colleague, but for
/// "me".
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Which list.
    pub view: View,
    /// Who is named on it.
    pub who: Option<Who>,
    /// How old.
    pub age: Option<AgeGroup>,
    /// Who asked.
    pub source: Option<ForWhom>,
    /// How soon somebody must be seen.
    pub category: Option<HowSoon>,
    /// Only those whose danger answer waits for triage.
    pub flagged: bool,
    /// What helps the person to talk and to read with us.
    pub talks: Option<Talks>,
}

/// The parameters of an address, in the order they stand there.
pub const PARAMETERS: [&str; 7] = ["view", "who", "age", "source", "category", "flagged", "talks"];

/// The code for "nobody" and for "not decided".
const NONE: &str = "none";
const ME: &str = "me";

impl Filter {
    /// A view with nothing taken away.
    pub fn of(view: View) -> Self {
        Self { view, ..Self::default() }
    }

    /// Reads an address. What cannot be read takes nothing away: an old link still shows a list.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        Self {
            view: value("view").and_then(View::from_code).unwrap_or_default(),
            who: value("who").and_then(who),
            age: value("age").and_then(AgeGroup::from_code),
            source: value("source").and_then(ForWhom::from_code),
            category: value("category").and_then(category),
            flagged: value("flagged") == Some("yes"),
            talks: value("talks").and_then(|code| Talks::all().find(|talks| talks.code() == code)),
        }
    }

    /// Reads what [`Filter::query`] wrote.
    pub fn parse(query: &str) -> Self {
        let pairs: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        Self::read(|name| pairs.iter().find(|(found, _)| *found == name).map(|(_, value)| *value))
    }

    /// What stands in the address for a parameter; none where nothing is asked by it.
    pub fn value(&self, name: &str) -> Option<String> {
        match name {
            "view" => (self.view != View::All).then(|| self.view.code().to_owned()),
            "who" => self.who.map(|who| match who {
                Who::Me => ME.to_owned(),
                Who::Nobody => NONE.to_owned(),
                Who::Colleague(user) => user.to_string(),
            }),
            "age" => self.age.map(|age| age.code().to_owned()),
            "source" => self.source.map(|source| source.code().to_owned()),
            "category" => self.category.map(|soon| match soon {
                HowSoon::Undecided => NONE.to_owned(),
                HowSoon::In(category) => category.letter().to_string(),
            }),
            "flagged" => self.flagged.then(|| "yes".to_owned()),
            "talks" => self.talks.map(|talks| talks.code().to_owned()),
            _ => None,
        }
    }

    /// The one way to write it as an address, without a question mark. Codes need no escape.
    pub fn query(&self) -> String {
        let mut query = String::new();
        for name in PARAMETERS {
            if let Some(value) = self.value(name) {
                let joint = if query.is_empty() { "" } else { "&" };
                // Writing into a `String` cannot fail.
                let _ = write!(query, "{joint}{name}={value}");
            }
        }
        query
    }

    /// The same list without one of its parameters.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        match name {
            "view" => self.view = View::All,
            "who" => self.who = None,
            "age" => self.age = None,
            "source" => self.source = None,
            "category" => self.category = None,
            "flagged" => self.flagged = false,
            "talks" => self.talks = None,
            _ => {}
        }
        self
    }

    /// The parameters that take something away, the view left out.
    pub fn narrowed_by(&self) -> Vec<&'static str> {
        PARAMETERS.into_iter().filter(|name| *name != "view" && self.value(name).is_some()).collect()
    }

    /// The keys a row must have, the view's first, for whoever looks.
    pub fn keys(&self, me: UserId) -> Vec<Key> {
        let narrower = [
            self.who.map(|who| match who {
                Who::Me => Key::of_user(me),
                Who::Nobody => Key::nobody(),
                Who::Colleague(user) => Key::of_user(user),
            }),
            self.age.map(Key::age),
            self.source.map(Key::source),
            self.category.map(|soon| Key::category(soon.category())),
            self.flagged.then(Key::flagged),
            self.talks.map(Key::talks),
        ];
        std::iter::once(Key::view(self.view)).chain(narrower.into_iter().flatten()).collect()
    }
}

fn who(code: &str) -> Option<Who> {
    match code {
        ME => Some(Who::Me),
        NONE => Some(Who::Nobody),
        user => user.parse().ok().map(Who::Colleague),
    }
}

fn category(code: &str) -> Option<HowSoon> {
    if code == NONE { Some(HowSoon::Undecided) } else { Category::from_letter(code).map(HowSoon::In) }
}
