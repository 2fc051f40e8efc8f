//! Whether the person can be rung, from what they said: every page that speaks of ringing asks here first (hazard H05).
//!
//! Takes what came out of `Visible` sections and nothing else.

use onedoor_domain::access::Revealed;
use onedoor_domain::door::{Need, SafeContact, Told, Way, WayKind};
use onedoor_domain::entry::{Entered, SafeToRing};
use onedoor_domain::section::Section;

use super::record::{asked_by, find};
use crate::ui::SummaryRow;
use crate::words::Lang;

/// Whether the person can be rung.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ringing {
    /// There is a number, and nothing speaks against ringing it.
    Yes,
    /// They said that it is not safe to ring the number there is.
    NotSafe,
    /// Phone calls are very hard for them: another way first.
    Hard,
    /// There is no number to ring.
    NoNumber,
}

impl Ringing {
    /// What the sections that the reader sees say about it.
    pub(crate) fn of(revealed: &Revealed) -> Self {
        let contact =
            find(
                revealed,
                |section| if let Section::Contact(contact) = section { Some(contact) } else { None },
            );
        let Some(contact) = contact else { return Self::NoNumber };
        let told =
            find(revealed, |section| if let Section::Told(told) = section { Some(told) } else { None });
        let hard =
            find(revealed, |section| if let Section::Needs(needs) = section { Some(needs) } else { None })
                .is_some_and(|needs| needs.needs.contains(&Need::NoPhoneCalls));
        match rung_on(contact, told) {
            Self::Yes if hard => Self::Hard,
            // Whoever asked for them can be rung.
            Self::NoNumber if asker_has_number(revealed) => Self::Yes,
            found => found,
        }
    }

    /// What to beware of; nothing where ringing is right.
    pub(crate) fn warning(self) -> Option<&'static str> {
        match self {
            Self::Yes => None,
            Self::NotSafe => Some("referral-ring-not-safe"),
            Self::Hard => Some("referral-ring-hard"),
            Self::NoNumber => Some("referral-ring-no-number"),
        }
    }
}

fn asker_has_number(revealed: &Revealed) -> bool {
    let reach = asked_by(revealed).and_then(|asked| asked.origin.behalf()?.referrer.reach.as_ref());
    reach.is_some_and(|reach| reach.ways().any(|way| way.kind() == WayKind::Call))
}

fn rung_on(contact: &SafeContact, told: Option<&Told>) -> Ringing {
    let unsafe_number =
        told.and_then(|told| told.entered.as_ref()).filter(|it| it.safe_to_ring == SafeToRing::No);
    let theirs = |way: &Way| match (way, unsafe_number) {
        (Way::Call { phone, .. }, Some(entered)) => entered.callback.as_ref() != Some(phone),
        (Way::Call { .. }, None) => true,
        (Way::Text { .. } | Way::Email { .. } | Way::Letter { .. } | Way::InPerson { .. }, _) => false,
    };
    match (contact.ways().any(theirs), unsafe_number) {
        (true, _) => Ringing::Yes,
        (false, Some(_)) => Ringing::NotSafe,
        (false, None) => Ringing::NoNumber,
    }
}

/// The number that staff wrote down, with what was said about ringing it beside it.
pub(super) fn callback(lang: Lang, entered: &Entered) -> Option<SummaryRow> {
    let number = entered.callback.as_ref()?.to_string();
    let said = match entered.safe_to_ring {
        SafeToRing::Yes => return None,
        SafeToRing::No => "referral-callback-not-safe",
        SafeToRing::NotKnown => "referral-callback-not-known",
    };
    Some(SummaryRow::new(lang.t("referral-callback"), lang.tr(said, &[("number", number)])))
}
