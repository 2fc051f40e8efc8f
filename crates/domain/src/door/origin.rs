//! Where a request came from: the person, somebody who knows them, or a professional; and what the person knows of it
//! and agrees to, as whoever asked said. What the person says themselves is kept apart (`referral::Word`).

use serde::{Deserialize, Serialize};

use super::{ReferralSource, SafeContact, Source};
use crate::value::{Line, Text};

/// What somebody who asks for another person is to them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Husband, wife or partner.
    Partner,
    /// Parent, or in a parent's place.
    Parent,
    /// Son or daughter.
    Child,
    /// Another relative.
    Family,
    /// Looks after them, as family or friend.
    Carer,
    /// A friend.
    Friend,
    /// A neighbour, a colleague, somebody who met them.
    Other,
}

impl Relation {
    /// Every relation, in page order.
    pub const ALL: [Self; 7] =
        [Self::Partner, Self::Parent, Self::Child, Self::Family, Self::Carer, Self::Friend, Self::Other];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Family => "family",
            Self::Carer => "carer",
            Self::Friend => "friend",
            Self::Other => "other",
        }
    }

    /// The relation with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.code() == code)
    }
}

/// What somebody who asks for another person is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "as")]
pub enum Standing {
    /// They did not say.
    #[default]
    NotSaid,
    /// Family, a friend, a carer.
    Relation {
        /// Which.
        relation: Relation,
    },
    /// A service.
    Service {
        /// Which kind.
        source: ReferralSource,
    },
}

/// Who asks for another person: as much as they said. Nobody is turned away for leaving something out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Referrer {
    /// Their name.
    pub name: Option<Line>,
    /// What they are to the person, or which service they are of.
    pub standing: Standing,
    /// Their organisation.
    pub organisation: Option<Line>,
    /// Their role in it.
    pub role: Option<Line>,
    /// How to reach them; `None` where they gave no way or do not want to be told.
    pub reach: Option<SafeContact>,
}

/// Whether the person agrees that help is asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agrees {
    /// They agree.
    Yes,
    /// They do not.
    No,
    /// Nobody has asked them, or nobody knows.
    #[default]
    NotAsked,
}

impl Agrees {
    /// Every answer, in page order.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotAsked];

    /// The code used in forms, messages and storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotAsked => "not-asked",
        }
    }

    /// The answer with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|agrees| agrees.code() == code)
    }
}

/// What the person knows and agrees to, as whoever asked said.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Knowing {
    /// They know that help is asked for.
    pub knows: bool,
    /// Whether they agree.
    pub agrees: Agrees,
    /// Why they did not agree, or were not asked.
    pub why: Option<Text>,
    /// They said that whoever asked may be told what happens.
    pub may_tell: bool,
    /// Why it would not be safe to tell them who asked, or that somebody did.
    pub unsafe_to_tell: Option<Text>,
}

/// A request made for somebody else.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Behalf {
    /// Who asks.
    pub referrer: Referrer,
    /// What the person knows and agrees to.
    pub knowing: Knowing,
    /// How soon help is needed, in the referrer's words.
    pub urgency: Option<Text>,
    /// What has been tried.
    pub tried: Option<Text>,
}

/// Where a request came from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum Origin {
    /// The person asked for themselves.
    #[default]
    Own,
    /// Somebody who knows them: a carer, a relative, a friend.
    Someone(Box<Behalf>),
    /// A professional.
    Professional(Box<Behalf>),
}

impl Origin {
    /// The request made for somebody else, if it was.
    pub fn behalf(&self) -> Option<&Behalf> {
        match self {
            Self::Own => None,
            Self::Someone(behalf) | Self::Professional(behalf) => Some(behalf),
        }
    }

    /// Who answered the questions.
    pub fn source(&self) -> Source {
        match self {
            Self::Own => Source::Person,
            Self::Someone(_) => Source::Carer,
            Self::Professional(_) => Source::Professional,
        }
    }

    /// The national code of where it came from.
    pub fn referral_source(&self) -> ReferralSource {
        match self {
            Self::Own => ReferralSource::B1,
            Self::Someone(_) => ReferralSource::B2,
            Self::Professional(behalf) => match behalf.referrer.standing {
                Standing::Service { source } => source,
                Standing::NotSaid | Standing::Relation { .. } => ReferralSource::M6,
            },
        }
    }
}
