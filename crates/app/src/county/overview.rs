//! The set-up at a glance: first what is missing, then what is there.

use axum::extract::Query;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::content::Content;
use onedoor_domain::county::County;
use onedoor_domain::ids::ContentId;
use onedoor_domain::team::Team;
use onedoor_domain::team::User;
use onedoor_store::{StoreError, Tx};

use super::wants::{away_on_duty, cannot_answer, mended_at, words_for};
use super::{hours, procedures, users};
use crate::session::Ask;
use crate::ui::{Frame, Markup, RowAction, SummaryList, SummaryRow};
use crate::web::{Answer, Problem, Staff, page};
use crate::words::{self, Lang};

#[derive(Debug, askama::Template)]
#[template(path = "county/overview.html")]
struct Overview {
    frame: Frame,
    /// What is missing, as links to where it is mended.
    missing: Vec<Markup>,
    facts: SummaryList,
    /// To the agreements with partners, for whoever looks after them.
    agreements: bool,
}

/// GET `/county`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (county, _) = tx.county_settings(Action::CountyRead).await?;
    let (teams, people) = (tx.teams().await?, users(&mut tx).await?);
    let mut frame = staff.frame(&mut tx, lang.t("county-title"), "/county").await?;
    frame.flash = (ask.done == "saved").then(|| lang.t("county-saved"));
    let missing = county.missing(staff.ctx.now);
    let missing = missing.iter().map(|missing| {
        let words = words_for(lang, missing);
        mended_at(missing).map_or_else(|| Markup::from(words.as_str()), |href| Markup::link(href, &words))
    });
    let unable = county.cannot_answer(&people, staff.ctx.now);
    let unable = unable.iter().map(|user| Markup::link("/county/rota", &cannot_answer(lang, user)));
    let absences = tx.absences().await?;
    let away = county.away_on_duty(&absences, staff.ctx.now);
    let away = away.into_iter().map(|turn| Markup::link("/county/rota", &away_on_duty(lang, turn)));
    let missing = missing.chain(unable).chain(away);
    let late = late_texts(&mut tx, staff.ctx.now).await?;
    let opens = staff.may(Action::ContentRead);
    let late = late.into_iter().map(|(id, words)| {
        if opens { Markup::link(&format!("/content/{id}"), &words) } else { words.into() }
    });
    let missing = missing.chain(late).chain(procedures::late(lang, &county, local_date(staff.ctx.now)));
    let overview = Overview {
        frame,
        missing: missing.collect(),
        facts: facts(&staff, &county, &teams, &people),
        agreements: staff.may(Action::AgreementWrite),
    };
    page(tx.close().await?, &overview)
}

/// Texts for the public whose review is late, each with a sentence that says so.
///
/// # Errors
/// [`StoreError::Down`].
pub(crate) async fn late_texts(
    tx: &mut Tx,
    now: jiff::Timestamp,
) -> Result<Vec<(ContentId, String)>, StoreError> {
    let (today, lang) = (local_date(now), Lang::default());
    let late = |content: Content| {
        let live = content.live.filter(|live| live.is_overdue(today))?;
        let said = [("title", live.words.title.to_string()), ("date", words::day_of(lang, live.review_due))];
        Some((content.id, lang.tr("county-missing-text-late", &said)))
    };
    Ok(tx.all_published().await?.into_iter().filter_map(late).collect())
}

/// The four weeks and the hours of the crisis standards, as numbers.
fn waits(lang: Lang, county: &County) -> String {
    let targets = &county.targets;
    let parts = [
        ("days", targets.four_week_days.to_string()),
        ("ed", targets.ed_liaison_minutes.to_string()),
        ("very", targets.uec_very_urgent_minutes.to_string()),
        ("urgent", targets.uec_urgent_minutes.to_string()),
    ];
    lang.tr("county-waits-now", &parts)
}

fn facts(staff: &Staff, county: &County, teams: &[Team], people: &[User]) -> SummaryList {
    let lang = staff.lang;
    let none = || lang.t("county-none");
    let team =
        |id| teams.iter().find(|team| Some(team.id) == id).map_or_else(none, |team| team.name.to_string());
    let person =
        |id| people.iter().find(|user| Some(user.id) == id).map_or_else(none, |user| user.name.to_string());
    let numbers: Vec<String> =
        county.crisis.iter().map(|line| format!("{}: {}", line.label, line.number)).collect();
    let places: Vec<String> =
        county.places.iter().map(|place| format!("{}: {}", place.area, place.name)).collect();
    let shelves = county.procedures_by_organisation();
    let procedures: Vec<String> = shelves
        .iter()
        .flat_map(|(of, all)| all.iter().map(move |one| format!("{of}: {}", one.title)))
        .collect();
    let shifts = county.rota.shifts.iter().filter(|shift| shift.to > staff.ctx.now);
    let until = shifts.clone().map(|shift| shift.to).max().map_or_else(none, |to| words::date_time(lang, to));
    let row = |key: &str, value: Markup, href: &str| {
        let label = lang.t(key);
        SummaryRow::new(label.clone(), value).action(RowAction::new(href, lang.t("county-change"), label))
    };
    let rows = vec![
        row("county-name", county.name.to_string().into(), "/county/service"),
        row("county-crisis", Markup::lines(&numbers.join("\n")), "/county/crisis"),
        row("county-places", Markup::lines(&places.join("\n")), "/county/places"),
        row("county-procedures", Markup::lines(&procedures.join("\n")), "/county/procedures"),
        row("county-hours", Markup::lines(&hours::in_words(lang, &county.hours)), "/county/hours"),
        row("county-rota-until", until.into(), "/county/rota"),
        row("county-spoa-team", team(county.spoa_team).into(), "/county/service"),
        row("county-fallback-team", team(county.rota.fallback_team).into(), "/county/service"),
        row("county-service-manager", person(county.rota.service_manager).into(), "/county/service"),
        row("county-follow-up-days", county.follow_up_days.to_string().into(), "/county/service"),
        row("county-districts-title", district_words(lang, county).into(), "/county/districts"),
        row("county-handover-row", handover_words(lang, county).into(), "/county/handover"),
        row("county-waits-title", waits(lang, county).into(), "/county/waits"),
        row("county-duty-step", county.duty_step_minutes.to_string().into(), "/county/service"),
    ];
    SummaryList { rows, ..SummaryList::default() }
}

fn handover_words(lang: Lang, county: &County) -> String {
    let limits = county.handover;
    let parts = [
        ("urgent", limits.urgent_answer_days),
        ("answer", limits.answer_days),
        ("meet", limits.meet_days),
        ("panel", limits.panel_days),
    ];
    lang.tr("county-handover-in-words", &parts.map(|(name, number)| (name, number.to_string())))
}

fn district_words(lang: Lang, county: &County) -> String {
    match county.districts.len() {
        0 => lang.t("county-districts-none"),
        count => lang.tr("county-districts-count", &[("count", count.to_string())]),
    }
}
