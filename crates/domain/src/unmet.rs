//! What a person asked for and a contact or a letter does not give by itself (hazard H19): whoever records it says that it
//! was there all the same, or why not. It stops nothing that was done: a contact that happened is recorded either way.

use serde::{Deserialize, Serialize};

use crate::door::{Need, Needs, SafeContact, WayKind};
use crate::episode::Mode;
use crate::notice::{Notice, NoticeStep, Party};
use crate::referral::Referral;
use crate::refused::Refused;
use crate::value::Text;

#[cfg(test)]
mod tests;

/// What somebody records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occasion {
    /// A contact, or an attempt at one.
    Contact {
        /// How.
        mode: Mode,
        /// Whether the person was reached.
        reached: bool,
    },
    /// A letter of the program was posted to them.
    Letter,
    /// They were told by phone, or face to face.
    Told,
}

/// Something the person asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// A language other than English.
    Language,
    /// One of the needs.
    Need(Need),
    /// To be reached by the ways they said are safe.
    SafeWay,
}

/// Whether what they asked for was there, said by the one who records it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "needs")]
pub enum NeedsMet {
    /// It was there.
    Met,
    /// Not all of it was.
    NotMet {
        /// Why not.
        why: Text,
    },
}

impl NeedsMet {
    /// Why not all of it was there.
    pub fn why(&self) -> Option<&Text> {
        match self {
            Self::Met => None,
            Self::NotMet { why } => Some(why),
        }
    }
}

/// What they asked for that this does not give by itself, in page order.
pub fn unmet(occasion: Occasion, needs: &Needs, contact: &SafeContact) -> Vec<Wish> {
    let interpreter = needs.needs.contains(&Need::Interpreter);
    let other = needs.language.as_ref().is_some_and(|name| !name.as_str().eq_ignore_ascii_case("english"));
    let language = (other && !interpreter && occasion.touches(Need::Interpreter)).then_some(Wish::Language);
    let touched = needs.needs.iter().filter(|need| occasion.touches(**need)).map(|need| Wish::Need(*need));
    let way = (!occasion.is_safe(contact)).then_some(Wish::SafeWay);
    language.into_iter().chain(touched).chain(way).collect()
}

impl Occasion {
    /// What a step with a message is for the person; nothing for a message to anybody else.
    pub fn of(notice: &Notice, step: &NoticeStep) -> Option<Self> {
        if notice.party != Party::Person {
            return None;
        }
        match step {
            NoticeStep::Posted { .. } => Some(Self::Letter),
            NoticeStep::ToldByPhone { .. } => Some(Self::Told),
            NoticeStep::Spooled { .. }
            | NoticeStep::Handed { .. }
            | NoticeStep::Delivered { .. }
            | NoticeStep::Failed { .. }
            | NoticeStep::Printed
            | NoticeStep::CameBack { .. }
            | NoticeStep::Excepted { .. } => None,
        }
    }

    /// Whether a human must see to this need here. Somebody who was not reached was only rung or written to.
    fn touches(self, need: Need) -> bool {
        let (mode, reached) = match self {
            Self::Contact { mode, reached } => (Some(mode), reached),
            Self::Told => (Some(Mode::Phone), true),
            Self::Letter => (None, true),
        };
        let call = mode == Some(Mode::Phone);
        let meeting = mode == Some(Mode::FaceToFace);
        let spoken = call || meeting || mode == Some(Mode::Video);
        match need {
            Need::NoPhoneCalls => call,
            Need::TextRelay => call && reached,
            Need::Interpreter | Need::Deafblind => reached,
            Need::Bsl | Need::LipReading | Need::Advocate | Need::Woman | Need::Man | Need::MoreTime => {
                spoken && reached
            }
            Need::EasyRead | Need::LargePrint | Need::Braille | Need::Audio => !spoken && reached,
            Need::ElectronicText => mode.is_none(),
            Need::WithSomeone => (meeting || mode == Some(Mode::Video)) && reached,
            Need::QuietPlace | Need::StepFree | Need::AtHome => meeting && reached,
            Need::Reminders => false,
        }
    }

    /// Whether the way is one they said is safe. Messages go that way by themselves; a meeting and a video call are
    /// arranged with them.
    fn is_safe(self, contact: &SafeContact) -> bool {
        let has = |kinds: &[WayKind]| contact.ways().any(|way| kinds.contains(&way.kind()));
        match self {
            Self::Contact { mode: Mode::Phone, .. } => has(&[WayKind::Call]),
            Self::Contact { mode: Mode::Written, .. } => has(&[WayKind::Text, WayKind::Email]),
            Self::Contact { mode: Mode::FaceToFace | Mode::Video, .. } | Self::Letter | Self::Told => true,
        }
    }
}

impl Referral {
    /// What the person asked for that this does not give by itself.
    pub fn unmet(&self, occasion: Occasion) -> Vec<Wish> {
        unmet(occasion, &self.person().needs, &self.person().contact)
    }

    /// The same for a step with a message.
    pub fn unmet_by(&self, notice: &Notice, step: &NoticeStep) -> Vec<Wish> {
        Occasion::of(notice, step).map(|occasion| self.unmet(occasion)).unwrap_or_default()
    }
}

impl NoticeStep {
    /// The step with what is kept of the answer.
    pub(crate) fn answered(self, wishes: &[Wish]) -> Result<Self, Refused> {
        Ok(match self {
            Self::Posted { address_checked, needs } => {
                Self::Posted { address_checked, needs: answered(wishes, needs)? }
            }
            Self::ToldByPhone { needs } => Self::ToldByPhone { needs: answered(wishes, needs)? },
            step @ (Self::Spooled { .. }
            | Self::Handed { .. }
            | Self::Delivered { .. }
            | Self::Failed { .. }
            | Self::Printed
            | Self::CameBack { .. }
            | Self::Excepted { .. }) => step,
        })
    }
}

/// What is kept: every answer, and none only where nothing was to be answered.
pub(crate) fn answered(wishes: &[Wish], said: Option<NeedsMet>) -> Result<Option<NeedsMet>, Refused> {
    match (wishes, said) {
        ([], said) => Ok(said),
        (_, Some(said)) => Ok(Some(said)),
        (_, None) => Err(Refused::NeedsNotSaid),
    }
}
