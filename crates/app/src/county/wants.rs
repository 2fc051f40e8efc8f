//! The words for what is missing, and the page that mends it.

use jiff::Timestamp;
use onedoor_domain::county::Missing;
use onedoor_domain::team::User;
use onedoor_domain::worker::Absence;

use crate::words::{self, Lang};

/// One sentence that says what is missing.
pub fn words_for(lang: Lang, missing: &Missing) -> String {
    match missing {
        Missing::NoCrisisNumber => lang.t("county-missing-no-crisis-number"),
        Missing::CrisisNumberNotReviewed(label) => {
            lang.tr("county-missing-crisis-number-not-reviewed", &[("label", label.to_string())])
        }
        Missing::CrisisPlaceNotReviewed(name) => {
            lang.tr("county-missing-crisis-place-not-reviewed", &[("name", name.to_string())])
        }
        Missing::NoStaffedHours => lang.t("county-missing-no-staffed-hours"),
        Missing::EmptyRota => lang.t("county-missing-empty-rota"),
        Missing::RotaGap(from) => {
            lang.tr("county-missing-rota-gap", &[("when", words::date_time(lang, *from))])
        }
        Missing::NoSpoaTeam => lang.t("county-missing-no-spoa-team"),
        Missing::NoFallbackTeam => lang.t("county-missing-no-fallback-team"),
        Missing::NoServiceManager => lang.t("county-missing-no-service-manager"),
        Missing::NoYoungTeam => lang.t("county-missing-no-young-team"),
        Missing::BankHolidaysEnd(None) => lang.t("county-missing-no-bank-holidays"),
        Missing::BankHolidaysEnd(Some(day)) => {
            lang.tr("county-missing-bank-holidays-end", &[("day", words::day_of(lang, *day))])
        }
    }
}

/// One sentence about somebody on the duty ladder who could not open what they are rung about.
pub fn cannot_answer(lang: Lang, user: &User) -> String {
    lang.tr("county-missing-cannot-answer", &[("name", user.name.to_string())])
}

/// One sentence about somebody on the rota who is away then.
pub fn away_on_duty(lang: Lang, (absence, at): (&Absence, Timestamp)) -> String {
    let name = ("name", absence.who.name.to_string());
    lang.tr("county-missing-away-on-duty", &[name, ("when", words::date_time(lang, at))])
}

/// Where it is put right; bank holidays come with a new version of the program.
pub(super) fn mended_at(missing: &Missing) -> Option<&'static str> {
    match missing {
        Missing::NoCrisisNumber | Missing::CrisisNumberNotReviewed(_) => Some("/county/crisis"),
        Missing::CrisisPlaceNotReviewed(_) => Some("/county/places"),
        Missing::NoStaffedHours => Some("/county/hours"),
        Missing::EmptyRota | Missing::RotaGap(_) => Some("/county/rota"),
        Missing::NoSpoaTeam | Missing::NoFallbackTeam | Missing::NoServiceManager | Missing::NoYoungTeam => {
            Some("/county/service")
        }
        Missing::BankHolidaysEnd(_) => None,
    }
}
