//! What a partner reads of its own agreement, and the words it sets for itself.

use axum::extract::{Query, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::agreement::{Agreement, in_force, to_renew};
use onedoor_domain::calendar::local_date;
use onedoor_domain::refused::Refused;
use onedoor_domain::team::{Org, OrgWords};
use onedoor_domain::value::Text;
use onedoor_store::{StoreError, Tx};

use super::list::Before;
use super::summary;
use crate::referral::kept::Offered;
use crate::referral::step::Asked;
use crate::referral::{ask, record};
use crate::ui::{
    BackLink, Button, ConflictPage, ErrorSummary, Frame, Markup, SummaryList, SummaryRow, WarningCallout,
};
use crate::web::answer::go;
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
    /// The version of the words that the form shows.
    version: String,
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
    let [one, several, about] = said(&org);
    let version = org.words_version().to_string();
    let raw =
        RawForm::of([("version", version.as_str()), ("one", one), ("several", several), ("about", about)]);
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
        let done = format!("{PATH}?done=own-words");
        // Sent twice: they stand already.
        if org.words == words {
            tx.close().await?;
            return Ok(go(&done));
        }
        let shown = raw.text("version").parse().unwrap_or(u32::MAX);
        return match org.clone().set_words(&staff.ctx, shown, words) {
            Ok(changes) => Ok(redirect(tx.commit(changes).await?, &done)),
            Err(Refused::Stale) => conflict(&staff, tx, &org, &raw).await,
            Err(refused) => Err(refused.into()),
        };
    }
    let shown = own(&staff, &mut tx, (&org, &agreements), (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown)
}

/// What the boxes are called, in page order.
const BOXES: [(&str, &str); 3] =
    [("one", "agreement-one"), ("several", "agreement-several"), ("about", "agreement-about")];

/// What an organisation says of itself now, in page order; empty where it says nothing.
fn said(org: &Org) -> [&str; 3] {
    let words = org.words.as_ref();
    [
        words.map(|it| it.one.as_str()).unwrap_or_default(),
        words.map(|it| it.several.as_str()).unwrap_or_default(),
        words.and_then(|it| it.about.as_ref()).map(Text::as_str).unwrap_or_default(),
    ]
}

/// A colleague set them since the form was shown: who and when, how they read now, and every word typed here.
async fn conflict(staff: &Staff, mut tx: Tx, org: &Org, raw: &RawForm) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let by = org
        .words_set
        .as_ref()
        .map(|set| SummaryRow::new(lang.t("county-changed-by"), record::by_at(lang, &set.by, set.at)));
    let now = BOXES.into_iter().zip(said(org)).map(|((_, label), text)| {
        let text = if text.is_empty() { lang.t("county-none").into() } else { Markup::lines(text) };
        SummaryRow::new(lang.t(label), text)
    });
    let changes = SummaryList { rows: by.into_iter().chain(now).collect(), ..SummaryList::default() };
    let typed = BOXES.map(|(name, label)| (lang.t(label), raw.text(name).to_owned())).into();
    let frame = staff.frame(&mut tx, String::new(), "/handovers").await?;
    let shown = ConflictPage::new(frame, changes, typed, PATH);
    page_with(ConflictPage::STATUS, tx.close().await?, &shown)
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
        version: raw.text("version").to_owned(),
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
