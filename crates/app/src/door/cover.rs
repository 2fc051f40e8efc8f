//! Whether somebody of this service is there now, in plain words. Promises nobody who is not on the rota.

use jiff::Timestamp;
use onedoor_domain::duty::Cover;
use onedoor_domain::section::Unstaffed;
use onedoor_store::{StoreError, Tx};

use crate::ui::{Markup, WarningCallout};
use crate::words::{self, Lang};

/// Whether nobody is on duty now. A county without settings has nobody.
pub(crate) async fn unstaffed(tx: &mut Tx) -> Result<Option<Unstaffed>, StoreError> {
    match tx.county().await {
        Ok((county, _)) => Ok(match county.cover(tx.ctx().now) {
            Cover::Staffed { .. } => None,
            Cover::Unstaffed { next } => Some(Unstaffed { next }),
        }),
        Err(StoreError::Hidden) => Ok(Some(Unstaffed { next: None })),
        Err(error) => Err(error),
    }
}

/// The callout that says so, and where help is meanwhile; none once somebody is back.
pub(crate) fn callout(lang: Lang, unstaffed: Option<Unstaffed>, now: Timestamp) -> Option<WarningCallout> {
    let until = match unstaffed?.next {
        Some(next) if next <= now => return None,
        Some(next) => lang.tr("door-nobody-until", &[("when", words::date_time(lang, next))]),
        None => lang.t("door-nobody-unknown"),
    };
    let text = Markup::paragraphs([until, lang.t("door-nobody-ring")]);
    Some(WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t("door-nobody-title"), text) })
}
