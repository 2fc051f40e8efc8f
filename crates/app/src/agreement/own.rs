//! What a partner reads of its own agreement, and the words it sets for itself.

use axum::extract::{Query, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::agreement::{Agreement, in_force, to_renew};
use onedoor_domain::calendar::local_date;
use onedoor_domain::team::{Org, OrgWords};
use onedoor_domain::value::Text;
use onedoor_store::{StoreError, Tx};

use super::list::Before;
use super::summary;
use crate::referral::ask;
use crate::referral::kept::Offered;
use crate::referral::step::Asked;
use crate::ui::{BackLink, Button, ErrorSummary, Frame, Markup, SummaryList, WarningCallout};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::{Lang, day_of};

/// One's own organisation.
pub const PATH: &str = "/our-agreement";

#[derive(Debug, askama::Template)]
#[template(path = "agreement/own.html")]
struct Own {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    /// What the agreement means today.
    means: String,
    /// That it ends soon, or has ended.
    soon: Option<WarningCallout>,
    facts: Option<SummaryList>,
    controls: Vec<Markup>,
    button: Button,
}

/// GET `/our-agreement`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(before): Query<Before>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (org, agreements) = tx.own_org().await?;
    let words = org.words.as_ref();
    let about = words.and_then(|it| it.about.as_ref()).map(Text::as_str);
    let raw = RawForm::of([
        ("one", words.map(|it| it.one.as_str()).unwrap_or_default()),
        ("several", words.map(|it| it.several.as_str()).unwrap_or_default()),
        ("about", about.unwrap_or_default()),
    ]);
    let mut shown = own(&staff, &mut tx, (&org, &agreements), (&raw, &FormErrors::default())).await?;
    shown.frame.flash = before.is("own-words").then(|| staff.lang.t("agreement-done-words"));
    page(tx.close().await?, &shown)
}

/// POST `/our-agreement`: the organisation's own words.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (org, agreements) = tx.own_org().await?;
    let mut errors = FormErrors::default();
    let words = if emptied(&raw) { None } else { read(&raw, &mut errors) };
    if errors.is_empty() {
        let changes = org.set_words(&staff.ctx, words)?;
        return Ok(redirect(tx.commit(changes).await?, &format!("{PATH}?done=own-words")));
    }
    let shown = own(&staff, &mut tx, (&org, &agreements), (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown)
}

/// Whether all boxes were emptied: then the program's own words stand.
fn emptied(raw: &RawForm) -> bool {
    let is_empty = |name: &str| raw.one(name).is_some_and(|typed| typed.trim().is_empty());
    ["one", "several", "about"].into_iter().all(is_empty)
}

fn read(raw: &RawForm, errors: &mut FormErrors) -> Option<OrgWords> {
    let one = ask::line(raw, errors, "one", "agreement-one-missing");
    let several = ask::line(raw, errors, "several", "agreement-several-missing");
    let about = ask::optional_text(raw, errors, "about");
    Some(OrgWords { one: one?, several: several?, about })
}

async fn own(
    staff: &Staff,
    tx: &mut Tx,
    (org, agreements): (&Org, &[Agreement]),
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<Own, StoreError> {
    let (lang, today) = (staff.lang, local_date(staff.ctx.now));
    let teams = tx.teams().await?;
    let now = in_force(agreements, org.id, today);
    let title = lang.tr("agreement-own-title", &[("org", org.name.to_string())]);
    let mut frame = staff.frame(tx, title, "/handovers").await?;
    frame.errors = !errors.is_empty();
    let asked = Asked { lang, raw, errors, around: &(), offered: Offered::default() };
    Ok(Own {
        summary: frame.errors.then(|| errors.summary(lang)),
        back: BackLink::new(lang, "/my-day"),
        means: lang.t(match (org.kind.needs_agreement(), now) {
            (_, Some(_)) => "agreement-own-has",
            (true, None) => "agreement-own-none",
            (false, None) => "agreement-own-not-needed",
        }),
        soon: soon(lang, agreements, today),
        facts: now.map(|it| summary(lang, it, &teams, today)),
        controls: vec![
            asked.line("one", "agreement-one", "agreement-one-hint"),
            asked.line("several", "agreement-several", "agreement-several-hint"),
            asked.area("about", "agreement-about", "agreement-about-hint"),
        ],
        button: Button { prevents_double_click: true, ..Button::new(lang.t("agreement-words-save")) },
        frame,
    })
}

/// That the partner's agreement ends soon, or has run out, in plain words.
pub fn soon(lang: Lang, agreements: &[Agreement], today: Date) -> Option<WarningCallout> {
    let it = to_renew(agreements, today).into_iter().next()?;
    let day = [("day", day_of(lang, it.terms.until))];
    let (title, text) = if it.is_in_force(today) {
        ("agreement-soon-title", [lang.tr("agreement-soon", &day), lang.t("agreement-soon-keep")])
    } else {
        ("agreement-over-title", [lang.tr("agreement-over", &day), lang.t("agreement-soon-keep")])
    };
    Some(WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t(title), Markup::paragraphs(text)) })
}
