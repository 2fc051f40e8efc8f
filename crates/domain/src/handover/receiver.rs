//! Who is asked to take a person over, and by which ways they can be asked.

use serde::{Deserialize, Serialize};

use crate::ids::{ServiceId, TeamId};
use crate::notice::Route;
use crate::value::{Email, Line, Phone, Text};

/// Who is asked to take the person over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Receiver {
    /// A team whose people sign in here and answer on screen.
    Team {
        /// The team.
        team: TeamId,
        /// Its name at the time.
        name: Line,
    },
    /// A service without accounts here: it answers by a one-time link, or on the phone to a named person.
    Outside {
        /// Its name.
        name: Line,
        /// Where the one-time link goes.
        email: Option<Email>,
        /// The number to ring.
        phone: Option<Phone>,
        /// Where a letter goes, if there is nothing else.
        #[serde(default)]
        address: Option<Text>,
        /// The entry of the directory it was chosen from, if it was.
        #[serde(default)]
        service: Option<ServiceId>,
    },
}

impl Receiver {
    /// Its name.
    pub fn name(&self) -> &Line {
        match self {
            Self::Team { name, .. } | Self::Outside { name, .. } => name,
        }
    }

    /// The team, where its people sign in here.
    pub fn team(&self) -> Option<TeamId> {
        match self {
            Self::Team { team, .. } => Some(*team),
            Self::Outside { .. } => None,
        }
    }

    /// How it is told that something waits for it: an e-mail with a one-time link, a call by a named person, a letter with
    /// words that do the same as the link; a team here sees it in its queue. The message says nothing about the person.
    pub fn route(&self) -> Option<Route> {
        match self {
            Self::Outside { email: Some(email), .. } => {
                Some(Route::Email { to: email.clone(), say_nhs: true })
            }
            Self::Outside { phone: Some(phone), .. } => {
                Some(Route::Call { to: phone.clone(), voicemail: false })
            }
            Self::Outside { address: Some(address), .. } => Some(Route::Letter { to: address.clone() }),
            Self::Team { .. } | Self::Outside { email: None, phone: None, address: None, .. } => None,
        }
    }

    /// How it gets the link by which it says that they have met: as it was asked, where it can answer by link at all.
    pub fn link_route(&self) -> Option<Route> {
        self.route().filter(|route| !matches!(route, Route::Call { .. }))
    }

    /// Whether there is any way to ask it.
    pub fn can_be_asked(&self) -> bool {
        matches!(self, Self::Team { .. }) || self.route().is_some()
    }
}
