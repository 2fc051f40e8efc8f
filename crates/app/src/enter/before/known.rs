//! One person who was found: where their request is, in words to say aloud, and what they need not be asked again. Nothing
//! of what they told us, and nothing that was written about them.

use askama::Template;
use axum::extract::Path;
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::door::{Answers, Question, Told};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::{Known, Spoken, SpokenOutcome, StateKind};
use onedoor_domain::section::Section;

use super::PATH;
use super::found::{check, facts, known, name};
use crate::door::controls::title;
use crate::referral::record::{find, reference};
use crate::track::place::{next_words, source};
use crate::ui::{BackLink, Button, Frame, InsetText, Markup, SummaryList, SummaryRow, WarningCallout};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self, Lang};

/// What can be said to somebody who was recognised.
#[derive(Debug, Template)]
#[template(path = "enter/known.html")]
struct KnownPage {
    frame: Frame,
    back: BackLink,
    check: WarningCallout,
    facts: SummaryList,
    say: InsetText,
    reference: Markup,
    told: SummaryList,
    /// To the running request.
    add: Option<Button>,
    /// The request that a new one begins from.
    earlier: Option<String>,
    start: Button,
}

/// GET `/enter/before/{referral}`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's person.
pub async fn show(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id: ReferralId = id.parse().map_err(|_| Problem::NotFound)?;
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let revealed = tx.known(id).await?;
    let (who, spoken) = whom(&revealed).ok_or(Problem::NotFound)?;
    let title = lang.tr("before-known-title", &[("name", name(lang, who))]);
    let frame = staff.frame(&mut tx, title, "/enter").await?;
    let ended = spoken.outcome == Some(SpokenOutcome::Ended);
    let runs = !spoken.is_over() && !ended && staff.may(Action::ContactRecord);
    let add = Button::to(&format!("/referrals/{id}/contact"), lang.t("before-add"));
    let start =
        if runs { Button::secondary(lang.t("before-start-new")) } else { Button::new(lang.t("before-add")) };
    let said = said(lang, spoken).into_iter().chain(next_words(lang, spoken, staff.ctx.now));
    let shown = KnownPage {
        back: BackLink::new(lang, PATH),
        check: check(lang),
        facts: SummaryList { rows: facts(lang, who), ..SummaryList::default() },
        say: InsetText { lang, content: Markup::paragraphs(said) },
        reference: reference(&who.reference),
        told: SummaryList { rows: told(lang, &revealed), ..SummaryList::default() },
        add: runs.then_some(add),
        earlier: (!ended).then(|| id.to_string()),
        start: Button { prevents_double_click: true, ..start },
        frame,
    };
    page(tx.close().await?, &shown)
}

fn whom(revealed: &Revealed) -> Option<(&Known, &Spoken)> {
    let who = find(revealed, known)?;
    who.spoken.as_ref().map(|spoken| (who, spoken))
}

/// Where it is, in the words of the page on which the person follows it themselves.
fn said(lang: Lang, spoken: &Spoken) -> Vec<String> {
    let words = match &spoken.outcome {
        None => match spoken.state {
            StateKind::Received => lang.t("track-state-received"),
            StateKind::Screening => lang.t("track-state-screening"),
            StateKind::Redirecting => asked_of(lang, spoken),
            StateKind::Triaged | StateKind::Telling | StateKind::Closed => lang.t("track-state-triaged"),
        },
        Some(SpokenOutcome::Redirected { to, contact }) => {
            let parts = [("to", to.to_string()), ("name", contact.to_string())];
            lang.tr("track-outcome-redirected", &parts)
        }
        Some(SpokenOutcome::Accepted { team, contact, .. }) => {
            let parts = [("team", team.to_string()), ("name", contact.to_string())];
            lang.tr("track-outcome-accepted", &parts)
        }
        Some(SpokenOutcome::Advised { .. }) => lang.t("before-outcome-advised"),
        Some(SpokenOutcome::Withdrawn) => lang.t("track-outcome-withdrawn"),
        Some(SpokenOutcome::Joined { live }) => {
            lang.tr("track-outcome-joined", &[("reference", live.to_string())])
        }
        Some(SpokenOutcome::Ended) => lang.t("track-outcome-ended"),
    };
    vec![words]
}

/// Which service is asked, and whether it takes them.
fn asked_of(lang: Lang, spoken: &Spoken) -> String {
    match &spoken.handover {
        None | Some((_, None)) => {
            let to = spoken.handover.as_ref().map(|(to, _)| to.to_string()).unwrap_or_default();
            lang.tr("track-handover-asked", &[("to", to)])
        }
        Some((to, Some((name, by)))) => {
            let parts =
                [("to", to.to_string()), ("name", name.to_string()), ("when", words::date_time(lang, *by))];
            lang.tr("track-handover-takes", &parts)
        }
    }
}

/// What was told, by whom and when: never what.
fn told(lang: Lang, revealed: &Revealed) -> Vec<SummaryRow> {
    let told: Option<&Told> =
        find(revealed, |section| if let Section::Told(told) = section { Some(told) } else { None });
    let given = told.into_iter().flat_map(|told| &told.given);
    let asked = given.filter(|given| given.question != Question::ForWhom && !given.question.is_about_now());
    asked.map(|given| SummaryRow::new(lang.t(title(given.question)), source(lang, given))).collect()
}

/// What they told us before, as far as the reader may see it; nothing where there is nobody to come back.
pub(super) fn told_before(revealed: &Revealed) -> Option<Answers> {
    let (_, spoken) = whom(revealed)?;
    Answers::again(revealed).filter(|_| spoken.outcome != Some(SpokenOutcome::Ended))
}
