//! Who stayed where they were when people were handed over to somebody else, by name, and why.

use askama::Template;
use axum::http::StatusCode;
use onedoor_domain::ids::{ReferralId, UserId};
use onedoor_domain::refused::Refused;
use onedoor_store::ReferralView;

use super::workers::PATH;
use crate::referral::{names, record};
use crate::task::rows::stack;
use crate::ui::{BackLink, Cell, Column, Frame, Markup, Table};
use crate::web::{Answer, Problem, Staff, page_with};
use crate::words::Lang;

/// Why somebody was not handed over.
#[derive(Debug)]
pub enum Stayed {
    /// Whoever asks may not open them any more.
    Hidden,
    /// They are somebody else's by now, or nobody's.
    Elsewhere,
    /// Whoever was chosen does not work in the team that has them.
    NotOffered,
    /// The step was refused.
    Refused(Refused),
    /// Somebody changed them in the same moment.
    Stale,
}

impl Stayed {
    fn words(&self, lang: Lang, card: &ReferralView) -> String {
        match self {
            Self::Hidden => lang.t("care-left-hidden"),
            Self::Elsewhere => {
                let with = record::progress(&card.revealed).and_then(|at| at.key_worker.as_ref());
                match with {
                    Some((_, name)) => lang.tr("care-left-with", &[("name", name.to_string())]),
                    None => lang.t("care-left-nobody"),
                }
            }
            Self::NotOffered => lang.t("care-left-not-offered"),
            Self::Refused(refused) => lang.t(names::refused(*refused)),
            Self::Stale => lang.t("care-left-stale"),
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "care/left.html")]
struct LeftPage {
    frame: Frame,
    back: BackLink,
    given: String,
    stayed: Option<Table>,
    /// Those whose name the reader may not see any more: a number.
    hidden: Option<String>,
}

/// 409: how many were handed over, and who was not.
///
/// # Errors
/// [`Problem::Store`].
pub async fn page(
    staff: &Staff,
    (from, team): (UserId, &str),
    given: usize,
    stayed: &[(ReferralId, Stayed)],
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let ids: Vec<ReferralId> = stayed.iter().map(|(id, _)| *id).collect();
    let cards = tx.referral_cards(&ids).await?;
    let mut rows = Vec::with_capacity(cards.len());
    for card in &cards {
        let why = stayed.iter().find(|(id, _)| *id == card.id).map_or(&Stayed::Stale, |(_, why)| why);
        let link = Markup::link(&format!("/referrals/{}", card.id), &record::called(lang, &card.revealed));
        let reference = record::progress(&card.revealed).map(|at| record::reference(&at.reference));
        let person = stack(std::iter::once(link).chain(reference));
        rows.push(vec![Cell::from(person), Cell::from(why.words(lang, card))]);
    }
    let columns = ["task-row-person", "care-left-why"].map(|key| Column::new(lang.t(key))).into();
    let hidden = stayed.len().saturating_sub(cards.len());
    let back = format!("{PATH}/{from}/people?{}", team.trim_start_matches('&'));
    let shown = LeftPage {
        frame: staff.frame(&mut tx, lang.t("care-left-title"), "/waiting").await?,
        back: BackLink::new(lang, &back),
        given: lang.tr("care-left-given", &[("count", given.to_string())]),
        stayed: (!rows.is_empty()).then(|| Table {
            lang,
            columns,
            rows,
            first_cell_is_header: true,
            responsive: true,
            ..Table::default()
        }),
        hidden: (hidden > 0).then(|| lang.tr("care-left-unseen", &[("count", hidden.to_string())])),
    };
    page_with(StatusCode::CONFLICT, tx.close().await?, &shown)
}
