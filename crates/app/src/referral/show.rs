//! The record page: the person's own words first, then what is known, what is owed, and what the reader can do now.

use std::collections::BTreeMap;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::Request;
use onedoor_domain::access::Action;
use onedoor_domain::change::EventKind;
use onedoor_domain::clock::{ClockKind, Targets};
use onedoor_domain::section::Progress;
use onedoor_domain::team::Team;
use onedoor_store::ReferralView;

use super::kept::Kept;
use super::owed::{Owed, SmallForm};
use super::record::{self, Part};
use super::ring::Ringing;
use super::step::{conflict, finish, referral_id, version_of};
use super::{asked, done, names, same};
use crate::enquiry;
use crate::file::record::files;
use crate::task::when;
use crate::ui::{
    Alert, AlertKind, BackLink, Button, Details, Frame, Link, Markup, SummaryList, SummaryRow, WarningCallout,
};
use crate::web::answer::{Answer, go};
use crate::web::form::read_form;
use crate::web::{Problem, Staff, page};
use crate::words::Lang;

/// The record page.
#[derive(Debug, Template)]
#[template(path = "referral/record.html")]
struct RecordPage {
    frame: Frame,
    back: BackLink,
    alert: Option<Alert>,
    reference: Markup,
    flagged: Option<WarningCallout>,
    /// An offer of contact and no case yet; a young person.
    callouts: Vec<WarningCallout>,
    person: Vec<Part>,
    facts: SummaryList,
    actions: Vec<Markup>,
    others: Vec<Link>,
    owed: Vec<Part>,
    work: Vec<Part>,
    history: Option<Details>,
    restricted: Option<String>,
}

/// GET `/referrals/{id}`.
///
/// # Errors
/// [`Problem::Store`] when it may not be seen.
pub async fn show(
    staff: Staff,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let view = tx.referral_view(referral_id(&id)?).await?;
    let teams = tx.teams().await?;
    let (county, _) = tx.county().await?;
    let lang = staff.lang;
    let mut frame = staff.frame(&mut tx, record::called(lang, &view.revealed), "").await?;
    let after = query.get("done").and_then(|code| done(code));
    frame.flash = after.filter(|(_, happened)| *happened).map(|(key, _)| lang.t(key));
    let alert = after.filter(|(_, happened)| !*happened).map(|(key, _)| Alert {
        lang,
        kind: AlertKind::Warning,
        title: lang.t(key),
        content: None,
    });
    let proof = tx.close().await?;
    page(proof, &RecordPage { alert, ..record_page(&staff, frame, &view, (&teams, &county.targets)) })
}

fn record_page(
    staff: &Staff,
    frame: Frame,
    view: &ReferralView,
    (teams, targets): (&[Team], &Targets),
) -> RecordPage {
    let lang = staff.lang;
    let revealed = &view.revealed;
    let progress = record::progress(revealed);
    let base = format!("/referrals/{}", view.id);
    let demo = frame.county.demo;
    let owed = Owed { staff, revealed, base: base.clone(), version: view.version, targets, demo };
    let flagged = progress.filter(|at| at.flagged).map(|at| flagged(lang, at, Ringing::of(revealed)));
    let restricted = (revealed.restricted > 0)
        .then(|| lang.tr("referral-restricted", &[("count", revealed.restricted.to_string())]));
    RecordPage {
        back: BackLink::new(lang, if staff.may(Action::Worklist) { "/worklist" } else { "/my-day" }),
        alert: None,
        reference: progress.map(|at| record::reference(&at.reference)).unwrap_or_default(),
        flagged,
        callouts: enquiry::part::late(lang, revealed, staff.ctx.now)
            .into_iter()
            .chain(same::flags(lang, revealed))
            .chain(record::asked_by(revealed).map(|by| asked::callouts(lang, by)).unwrap_or_default())
            .chain(progress.and_then(|at| late(staff, at)))
            .collect(),
        person: record::person(lang, revealed, staff.ctx.now)
            .into_iter()
            .chain(files(staff, revealed, &base))
            .chain(enquiry::part::part(lang, revealed))
            .chain(same::parts(staff, revealed, view.id))
            .collect(),
        facts: facts(staff, progress, teams),
        actions: actions(staff, view, progress, &base),
        others: others(staff, view, &base),
        owed: [owed.of_tasks(), owed.of_clocks(), owed.of_notices()].into_iter().flatten().collect(),
        work: record::work(lang, revealed),
        history: record::history(lang, revealed),
        restricted,
        frame,
    }
}

/// A target was missed and nobody has said why: whoever may say so is asked first thing (pathway §6.1).
fn late(staff: &Staff, at: &Progress) -> Option<WarningCallout> {
    let lang = staff.lang;
    let missed =
        at.clocks.iter().any(|clock| clock.is_breached(staff.ctx.now) && clock.breach_reason.is_none());
    let asks = missed && staff.may(Action::BreachExplain);
    asks.then(|| WarningCallout {
        level: 2,
        ..WarningCallout::new(
            lang,
            lang.t("care-late-title"),
            Markup::paragraphs([Markup::link("#clocks", &lang.t("care-late-text"))]),
        )
    })
}

/// Somebody flagged danger: who was not reached yet is rung, or reached another way, before anything else.
fn flagged(lang: Lang, at: &Progress, ringing: Ringing) -> WarningCallout {
    let owed = at.clocks.iter().any(|clock| clock.kind == ClockKind::DutyCall && clock.is_running());
    let (title, text) = match (owed, ringing) {
        (true, Ringing::Yes) => ("referral-flagged-title", "referral-flagged-text"),
        (true, _) => ("referral-flagged-reach-title", "referral-flagged-text"),
        (false, _) => ("referral-flagged-reached-title", "referral-flagged-reached-text"),
    };
    let warning = ringing.warning().filter(|_| owed);
    let content = Markup::paragraphs([text].into_iter().chain(warning).map(|key| lang.t(key)));
    WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t(title), content) }
}

fn facts(staff: &Staff, progress: Option<&Progress>, teams: &[Team]) -> SummaryList {
    let (lang, now) = (staff.lang, staff.ctx.now);
    let Some(at) = progress else { return SummaryList::default() };
    let team = teams.iter().find(|team| team.id == at.team).map(|team| team.name.to_string());
    let mut rows = vec![
        SummaryRow::new(lang.t("referral-fact-state"), lang.t(names::state(at.state))),
        SummaryRow::new(lang.t("referral-fact-received"), when::age(lang, at.received_at, now)),
        SummaryRow::new(lang.t("referral-fact-team"), team.unwrap_or_default()),
    ];
    if let Some((by, since)) = &at.opened_by {
        rows.push(SummaryRow::new(lang.t("referral-fact-opened"), record::by_at(lang, by, *since)));
    }
    if let Some((_, name)) = &at.key_worker {
        rows.push(SummaryRow::new(lang.t("care-fact-worker"), name.to_string()));
    }
    if let Some(page) = &at.page {
        let answered = match &page.acknowledged {
            Some(answer) => {
                let parts = [("name", answer.name.to_string()), ("at", when::exact(lang, answer.at, now))];
                lang.tr("referral-by-at", &parts)
            }
            None => lang.t("referral-fact-page-open"),
        };
        rows.push(SummaryRow::new(lang.t("referral-fact-page"), answered));
    }
    SummaryList { rows, ..SummaryList::default() }
}

/// What the reader can do now: the first is the next step, the others follow.
fn actions(staff: &Staff, view: &ReferralView, progress: Option<&Progress>, base: &str) -> Vec<Markup> {
    let lang = staff.lang;
    let opened_by = progress.and_then(|at| at.opened_by.as_ref()).map(|(by, _)| by);
    let offer_only = record::asked_by(&view.revealed).is_some_and(|asked| asked.offer_only);
    let own = opened_by.is_some_and(|by| by.user() == Some(staff.member.user));
    let mut made = Vec::new();
    for step in &view.moves {
        let first = made.is_empty();
        let button =
            |key: &str| if first { Button::new(lang.t(key)) } else { Button::secondary(lang.t(key)) };
        let link = |path: &str, key: &str| {
            Markup::of(&Button { href: Some(format!("{base}/{path}")), ..button(key) })
        };
        made.push(match step {
            EventKind::DutyAcknowledged => {
                let Some(page) = progress.and_then(|at| at.page.as_ref()) else { continue };
                let action = format!("/duty/{}/acknowledge", page.id);
                Markup::of(&SmallForm::button(action, view.version, button("duty-acknowledge")))
            }
            EventKind::ScreeningStarted if own => continue,
            EventKind::ScreeningStarted => {
                let words =
                    button(if opened_by.is_some() { "referral-do-take-over" } else { "referral-do-open" });
                Markup::of(&SmallForm::button(format!("{base}/open"), view.version, words))
            }
            EventKind::ContactRecorded => link("contact", "referral-do-contact"),
            EventKind::NewRead => {
                let action = format!("{base}/new-read");
                Markup::of(&SmallForm::button(action, view.version, button("referral-do-new-read")))
            }
            EventKind::Triaged if progress.is_some_and(is_triaged) => {
                link("triage", "referral-do-triage-again")
            }
            EventKind::Triaged => link("triage", "referral-do-triage"),
            EventKind::SignsRecorded => link("signs", "matching-do-signs"),
            // Nothing becomes a case before the person agrees, or a senior wrote down why we go on.
            EventKind::EnquiryMade => link("ask-once", "enquiry-do-ask"),
            EventKind::EnquiryAnswered => link("take-answer", "enquiry-do-answer"),
            EventKind::Accepted if offer_only => continue,
            EventKind::Accepted => link("accept", "referral-do-accept"),
            EventKind::Advised => link("advise", "referral-do-advise"),
            EventKind::HandoverProposed => link("hand-over", "handover-do-propose"),
            EventKind::HandoverOffered => link("offer", "handover-do-offer"),
            EventKind::HandoverAccepted => link("take-over", "handover-do-take"),
            EventKind::HandoverDeclined => link("cannot-take", "handover-do-decline"),
            EventKind::HandoverIntroduced => link("introduce", "handover-do-introduce"),
            EventKind::HandoverMet => link("have-met", "handover-do-met"),
            EventKind::PanelHeld => link("panel", "handover-do-panel"),
            EventKind::FollowedUp => link("follow-up", "referral-do-follow-up"),
            EventKind::GpAnswered => link("gp-receipt", "referral-do-gp-receipt"),
            EventKind::Allocated => link("allocate", "referral-do-allocate"),
            EventKind::WaitPartRecorded => link("four-weeks", "care-do-part"),
            _ => continue,
        });
    }
    made
}

/// What is seldom done, and never by a slip: links, after everything else.
fn others(staff: &Staff, view: &ReferralView, base: &str) -> Vec<Link> {
    let link = |step: &EventKind| {
        let (path, key) = match step {
            EventKind::Withdrawn => ("withdraw", "referral-do-withdraw"),
            EventKind::DuplicateLinked => ("duplicate", "referral-do-duplicate"),
            EventKind::HandoverTakenBack => ("take-back", "handover-do-back"),
            EventKind::KeyWorkerChanged => ("change-worker", "care-do-change"),
            EventKind::WorkerWished => ("wish-worker", "care-do-wish"),
            EventKind::Died => ("death", "referral-do-death"),
            EventKind::HeldBack => ("unsafe-to-tell", "referral-do-hold-back"),
            EventKind::AgreementWaived => ("without-agreement", "referral-do-waive"),
            _ => return None,
        };
        Some(Link::new(&format!("{base}/{path}"), staff.lang.t(key)))
    };
    let theirs = record::asked_by(&view.revealed).is_some_and(|asked| asked.origin.behalf().is_some());
    let status = (theirs && staff.may(Action::StatusLink))
        .then(|| Link::new(&format!("{base}/status-link"), staff.lang.t("referral-do-link")));
    view.moves.iter().filter_map(link).chain(status).collect()
}

fn is_triaged(at: &Progress) -> bool {
    at.state == onedoor_domain::referral::StateKind::Triaged
}

/// POST `/referrals/{id}/open`: somebody has it open now; taking it over from a colleague is recorded like this too.
///
/// # Errors
/// [`Problem::Store`] when it may not be opened.
pub async fn open(staff: Staff, Path(id): Path<String>, request: Request<Body>) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::ReferralScreen).await?;
    if referral.is_open_with(staff.member.user) {
        // Sent twice: the second one changes nothing and says the same.
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=opened")));
    }
    let Ok(referral) = referral.shown(version_of(&raw)) else {
        return conflict(&staff, tx, id, Kept::of(&raw, &[])).await;
    };
    let Ok(changes) = referral.open(&staff.ctx) else {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=not-from-here")));
    };
    finish(&staff, tx, changes, (id, "opened"), Kept::of(&raw, &[])).await
}

/// POST `/referrals/{id}/new-read`: somebody has read what the person said since.
///
/// # Errors
/// [`Problem::Store`] when it may not be read.
pub async fn new_read(
    staff: Staff,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::NewRead).await?;
    // What came after this page was shown has not been read.
    let Ok(referral) = referral.shown(version_of(&raw)) else {
        return conflict(&staff, tx, id, Kept::of(&raw, &[])).await;
    };
    let Ok(changes) = referral.read_new(&staff.ctx) else {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=new-read")));
    };
    finish(&staff, tx, changes, (id, "new-read"), Kept::of(&raw, &[])).await
}
