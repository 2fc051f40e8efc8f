//! Who works in a team: what each is and can do, for how many people they are there, who is away and who covers. One page for
//! each of them, with what may be done there.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, Request};
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::{AbsenceId, UserId};
use onedoor_domain::worker::{Absence, MeetsAs, Profile, Register, Standing};
use onedoor_store::{TeamWorker, WorkerView};

use super::queue::{accepting, chosen};
use super::{profession_key, skill_key, standing_key};
use crate::session::Ask;
use crate::task::rows::team_links;
use crate::ui::{
    BackLink, Button, Cell, Column, Frame, Link, Markup, SubNavigation, SummaryList, SummaryRow, Table,
};
use crate::web::answer::go;
use crate::web::form::read_form;
use crate::web::{Answer, Problem, Staff, page, redirect};
use crate::words::{self, Lang};

/// Where the list is.
pub const PATH: &str = "/workers";

#[derive(Debug, Template)]
#[template(path = "care/workers.html")]
struct WorkersPage {
    frame: Frame,
    teams: Option<SubNavigation>,
    empty: Option<String>,
    rows: Option<Table>,
}

/// GET `/workers`.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn list(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, lang.t("care-workers-title"), "/waiting").await?;
    let teams = tx.teams().await?;
    let own = accepting(&staff, &teams);
    let Some(team) = chosen(&query, &own)? else {
        let empty = Some(lang.t("task-no-team"));
        return page(tx.close().await?, &WorkersPage { frame, teams: None, empty, rows: None });
    };
    let workers = tx.team_workers(team).await?;
    let day = tx.day();
    let shown = WorkersPage {
        teams: team_links(lang, PATH, &own, team),
        empty: workers.is_empty().then(|| lang.t("care-workers-empty")),
        rows: (!workers.is_empty()).then(|| table(&staff, &workers, day)),
        frame,
    };
    page(tx.close().await?, &shown)
}

/// A name leads to the page of its worker where the reader may open it: their own, or of a team they manage.
fn table(staff: &Staff, workers: &[TeamWorker], day: Date) -> Table {
    let lang = staff.lang;
    let opens = |user| staff.may(Action::RegistrationCheck) || user == staff.member.user;
    let heads = ["care-worker-name", "care-worker-what", "care-worker-people", "care-worker-there"];
    let row = |worker: &TeamWorker| {
        let colleague = &worker.colleague;
        let name = colleague.name.as_str();
        let name = if opens(colleague.user) {
            Markup::link(&format!("{PATH}/{}", colleague.user), name)
        } else {
            Markup::from(name)
        };
        let what = colleague.profession.as_ref().map(ToString::to_string).unwrap_or_default();
        let standing = lang.t(standing_key(worker.profile.standing()));
        let what: Vec<String> = [what, standing].into_iter().filter(|said| !said.is_empty()).collect();
        vec![
            Cell::from(name),
            Cell::from(Markup::lines(&what.join("\n"))),
            Cell::from(people(lang, worker.caseload, worker.profile.limit)),
            Cell::from(there(lang, worker.away(day))),
        ]
    };
    Table {
        lang,
        columns: heads.iter().map(|key| Column::new(lang.t(key))).collect(),
        rows: workers.iter().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}

/// "12 of 15 people".
pub(super) fn people(lang: Lang, has: u16, limit: Option<u16>) -> String {
    let has = has.to_string();
    match limit {
        Some(limit) => lang.tr("care-worker-has-of", &[("has", has), ("limit", limit.to_string())]),
        None => lang.tr("care-worker-has", &[("has", has)]),
    }
}

/// There, or away until when and who covers.
pub(super) fn there(lang: Lang, away: Option<&Absence>) -> String {
    match away {
        Some(absence) => lang.tr(
            "care-worker-away",
            &[("day", words::day_of(lang, absence.to)), ("name", absence.cover.name.to_string())],
        ),
        None => lang.t("care-worker-is-there"),
    }
}

#[derive(Debug, Template)]
#[template(path = "care/worker.html")]
struct WorkerPage {
    frame: Frame,
    back: BackLink,
    facts: SummaryList,
    steps: Vec<Link>,
    /// Somebody else looks the registration up.
    check: Option<(String, Button)>,
    away: Vec<Away>,
}

/// Time away, and how it is ended early.
#[derive(Debug)]
struct Away {
    words: String,
    action: String,
    id: AbsenceId,
    button: Button,
}

/// GET `/workers/{user}`.
///
/// # Errors
/// [`Problem::Store`] for somebody who is neither the reader nor of a team they manage.
pub async fn show(staff: Staff, Path(id): Path<UserId>, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let found = tx.worker(id, Action::WorkerWrite).await?;
    let mut frame = staff.frame(&mut tx, found.colleague.name.to_string(), "/waiting").await?;
    frame.flash = match ask.done.as_str() {
        "saved" => Some(lang.t("care-worker-saved")),
        "looked-up" => Some(lang.t("care-worker-looked-up")),
        "away" => Some(lang.t("care-worker-away-saved")),
        "back" => Some(lang.t("care-worker-back-saved")),
        _ => None,
    };
    page(tx.close().await?, &worker_page(&staff, frame, &found))
}

fn worker_page(staff: &Staff, frame: Frame, found: &WorkerView) -> WorkerPage {
    let lang = staff.lang;
    let base = format!("{PATH}/{}", found.colleague.user);
    let own = staff.member.user == found.colleague.user;
    let step = |path: &str, key: &str| Link::new(&format!("{base}/{path}"), lang.t(key));
    let waits = found.worker.profile.standing() == Standing::NotChecked;
    let check = (waits && !own && staff.may(Action::RegistrationCheck)).then(|| {
        let button = Button::secondary(lang.t("care-worker-check"));
        (format!("{base}/looked-up"), button)
    });
    let people = staff.may(Action::CaseloadRead).then(|| step("people", "care-worker-do-people"));
    let steps =
        [Some(step("edit", "care-worker-do-edit")), Some(step("away", "care-worker-do-away")), people];
    let away = |absence: &Absence| Away {
        words: lang.tr(
            "care-worker-away-from",
            &[
                ("from", words::day_of(lang, absence.from)),
                ("to", words::day_of(lang, absence.to)),
                ("name", absence.cover.name.to_string()),
            ],
        ),
        action: format!("{base}/back"),
        id: absence.id,
        button: Button { small: true, ..Button::secondary(lang.t("care-worker-back")) },
    };
    WorkerPage {
        back: BackLink::new(lang, PATH),
        facts: facts(lang, found),
        steps: steps.into_iter().flatten().collect(),
        check,
        away: found.absences.iter().map(away).collect(),
        frame,
    }
}

fn facts(lang: Lang, found: &WorkerView) -> SummaryList {
    let profile = &found.worker.profile;
    let none = || lang.t("county-none");
    let row = |key: &str, value: Option<String>| {
        SummaryRow::new(lang.t(key), Markup::lines(&value.unwrap_or_else(none)))
    };
    let skills: Vec<String> = profile.skills.iter().map(|skill| lang.t(skill_key(*skill))).collect();
    let languages: Vec<String> = profile.languages.iter().map(ToString::to_string).collect();
    let joined = |all: Vec<String>| (!all.is_empty()).then(|| all.join("\n"));
    let meets = profile.meets_as.map(|meets| lang.t(meets_key(meets)));
    let rows = vec![
        row("care-worker-profession", profile.profession.map(|known| lang.t(profession_key(known)))),
        row("care-worker-registration", Some(registration(lang, profile))),
        row("care-worker-meets", meets),
        row("care-worker-skills", joined(skills)),
        row("care-worker-languages", joined(languages)),
        row("care-worker-days", Some(days(lang, profile))),
        row("care-worker-limit", profile.limit.map(|limit| limit.to_string())),
        row("care-worker-ask-first", profile.ask_first.as_ref().map(ToString::to_string)),
        row("care-worker-reach", profile.reach.as_ref().map(ToString::to_string)),
        row("care-worker-deputy", profile.deputy.as_ref().map(|deputy| deputy.name.to_string())),
    ];
    SummaryList { rows, ..SummaryList::default() }
}

/// Whom people who asked for a woman or a man meet.
pub(super) fn meets_key(meets: MeetsAs) -> &'static str {
    match meets {
        MeetsAs::Woman => "care-worker-meets-woman",
        MeetsAs::Man => "care-worker-meets-man",
    }
}

/// Which register, which number, who looked it up and when; or who answers for them.
fn registration(lang: Lang, profile: &Profile) -> String {
    let mut said = vec![lang.t(standing_key(profile.standing()))];
    if let (Some(register), Some(number)) =
        (profile.profession.and_then(onedoor_domain::worker::Profession::register), &profile.number)
    {
        let register = lang.t(register_key(register));
        said.push(
            lang.tr("care-worker-number-of", &[("register", register), ("number", number.to_string())]),
        );
    }
    if let Some(checked) = &profile.checked {
        let parts = [("name", checked.by.name.to_string()), ("day", words::day_of(lang, checked.on))];
        said.push(lang.tr("care-worker-checked-by", &parts));
    }
    if let Some(supervisor) = &profile.supervisor {
        said.push(lang.tr("care-worker-supervised-by", &[("name", supervisor.name.to_string())]));
    }
    said.join("\n")
}

fn register_key(register: Register) -> &'static str {
    match register {
        Register::Nmc => "care-register-nmc",
        Register::Swe => "care-register-swe",
        Register::Hcpc => "care-register-hcpc",
        Register::Gmc => "care-register-gmc",
    }
}

/// The weekdays, Monday first.
pub(super) const DAYS: [(&str, &str); 7] = [
    ("mon", "care-day-mon"),
    ("tue", "care-day-tue"),
    ("wed", "care-day-wed"),
    ("thu", "care-day-thu"),
    ("fri", "care-day-fri"),
    ("sat", "care-day-sat"),
    ("sun", "care-day-sun"),
];

fn days(lang: Lang, profile: &Profile) -> String {
    let works = DAYS.iter().zip(profile.days).filter(|(_, works)| *works);
    let named: Vec<String> = works.map(|((_, key), _)| lang.t(key)).collect();
    if named.is_empty() { lang.t("care-worker-weekdays") } else { named.join(", ") }
}

/// POST `/workers/{user}/looked-up`: somebody else looked the registration up today.
///
/// # Errors
/// [`Problem::Store`].
pub async fn looked_up(staff: Staff, Path(id): Path<UserId>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let found = tx.worker(id, Action::RegistrationCheck).await?;
    if found.worker.profile.standing() != Standing::NotChecked {
        // Sent twice: it is looked up already.
        tx.close().await?;
        return Ok(go(&format!("{PATH}/{id}")));
    }
    if let Ok(changes) = found.worker.check(&staff.ctx, local_date(staff.ctx.now)) {
        return Ok(redirect(tx.commit(changes).await?, &format!("{PATH}/{id}?done=looked-up")));
    }
    tx.close().await?;
    Ok(go(&format!("{PATH}/{id}")))
}

/// POST `/workers/{user}/back`: they are back today, or will not go.
///
/// # Errors
/// [`Problem::Store`].
pub async fn back(staff: Staff, Path(id): Path<UserId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let found = tx.worker(id, Action::WorkerWrite).await?;
    let wanted: Option<AbsenceId> = raw.text("absence").parse().ok();
    let Some(absence) = found.absences.into_iter().find(|absence| Some(absence.id) == wanted) else {
        // Sent twice: they are back already.
        tx.close().await?;
        return Ok(go(&format!("{PATH}/{id}")));
    };
    let changes = absence.end(&staff.ctx, local_date(staff.ctx.now));
    Ok(redirect(tx.commit(changes).await?, &format!("{PATH}/{id}?done=back")))
}
