//! The people of one worker in one team, and handing some or all of them to somebody else: when somebody leaves, or has too
//! many. Each person is a change of their own, with its own place in the history and the audit.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use onedoor_domain::access::{Action, Visible};
use onedoor_domain::ids::{ReferralId, TeamId, UserId};
use onedoor_domain::referral::Choice;
use onedoor_domain::refused::Refused;
use onedoor_domain::section::{Row, Section};
use onedoor_domain::value::Text;
use onedoor_store::{List, StoreError, Tx, WorkerView};

use super::left::{self, Stayed};
use super::queue::{accepting, chosen};
use super::workers::PATH;
use crate::referral::ask;
use crate::task::rows::{self, Columns, team_links};
use crate::ui::{
    BackLink, Button, Checkboxes, Choice as Answer, ErrorSummary, Field, Frame, Markup, Pagination, Radios,
    SubNavigation, Textarea,
};
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer as Response, Problem, Staff, page, page_with};

#[derive(Debug, Template)]
#[template(path = "care/people.html")]
struct PeoplePage {
    frame: Frame,
    back: BackLink,
    errors: Option<ErrorSummary>,
    teams: Option<SubNavigation>,
    empty: Option<String>,
    rows: Markup,
    pages: Option<Pagination>,
    form: Option<HandOver>,
}

#[derive(Debug)]
struct HandOver {
    action: String,
    people: Checkboxes,
    to: Radios,
    why: Textarea,
    button: Button,
}

/// What the address may carry.
type Asked = Query<BTreeMap<String, String>>;

/// GET `/workers/{user}/people`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(id): Path<UserId>, query: Asked) -> Result<Response, Problem> {
    let mut tx = staff.begin().await?;
    let raw = RawForm::default();
    let shown = people_page(&staff, &mut tx, (id, &query), &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &shown)
}

async fn people_page(
    staff: &Staff,
    tx: &mut Tx,
    (id, query): (UserId, &BTreeMap<String, String>),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<PeoplePage, Problem> {
    let lang = staff.lang;
    let found = tx.worker(id, Action::WorkerWrite).await?;
    let title = lang.tr("care-people-title", &[("name", found.colleague.name.to_string())]);
    let mut frame = staff.frame(tx, title, "/waiting").await?;
    frame.errors = !errors.is_empty();
    let done = query.get("done").is_some_and(|done| done == "all");
    frame.flash = done.then(|| lang.t("care-people-done"));
    let teams = tx.teams().await?;
    let own = accepting(staff, &teams);
    let mut shown = PeoplePage {
        back: BackLink::new(lang, &format!("{PATH}/{id}")),
        errors: (!errors.is_empty()).then(|| errors.summary(lang)),
        teams: None,
        empty: Some(lang.t("care-people-none")),
        rows: Markup::default(),
        pages: None,
        form: None,
        frame,
    };
    let Some(team) = chosen(query, &own)? else { return Ok(shown) };
    shown.teams = team_links(lang, &format!("{PATH}/{id}/people"), &own, team);
    let after = query.get("after").and_then(|after| rows::read_cursor(after));
    let list = tx.people_of(id, team, after).await?;
    shown.pages = rows::pages(lang, &format!("{PATH}/{id}/people?team={team}"), after, list.next);
    if list.rows.is_empty() {
        return Ok(shown);
    }
    shown.empty = None;
    shown.rows = rows::table(staff, &list.rows, &teams, Columns::Queue);
    if super::names_others(staff) {
        shown.form = Some(form(staff, tx, (&found, team), &list, (raw, errors)).await?);
    }
    Ok(shown)
}

fn row_of(section: &Visible<Section>) -> Option<&Row> {
    if let Section::Row(row) = &**section { Some(row) } else { None }
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    (found, team): (&WorkerView, TeamId),
    list: &List,
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<HandOver, StoreError> {
    let lang = staff.lang;
    let field = |name: &str, label: &str, hint: &str| {
        Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors)
    };
    let people = list.rows.iter().filter_map(row_of).map(|row| {
        let value = row.referral.to_string();
        Answer::new(&value, row.called.as_str()).hint(row.reference.to_string())
    });
    let day = tx.day();
    let others = tx.team_workers(team).await?;
    let others = others.iter().filter(|other| other.colleague.user != found.colleague.user).map(|other| {
        let has = super::workers::people(lang, other.caseload, other.profile.limit);
        let there = super::workers::there(lang, other.away(day));
        let user = other.colleague.user.to_string();
        Answer::new(&user, other.colleague.name.as_str()).hint(Markup::lines(&format!("{has}\n{there}")))
    });
    Ok(HandOver {
        action: format!("{PATH}/{}/people?team={team}", found.colleague.user),
        people: Checkboxes {
            field: field("people", "care-people-who", "care-people-who-hint"),
            choices: people.collect(),
            values: raw.all("people").map(str::to_owned).collect(),
            small: true,
        },
        to: Radios {
            field: field("to", "care-people-to", "care-choose-hint"),
            choices: others.collect(),
            value: raw.text("to").to_owned(),
            ..Radios::default()
        },
        why: Textarea {
            field: field("why", "care-change-why", "care-change-why-hint"),
            value: raw.text("why").to_owned(),
            rows: Some(3),
            autocomplete: Some("off"),
            ..Textarea::default()
        },
        button: Button { prevents_double_click: true, ..Button::new(lang.t("care-people-button")) },
    })
}

/// POST `/workers/{user}/people`: each person is handed over by itself; what somebody else changed meanwhile stays.
///
/// # Errors
/// [`Problem`].
pub async fn hand_over(
    staff: Staff,
    Path(id): Path<UserId>,
    query: Asked,
    request: Request,
) -> Result<Response, Problem> {
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let people: Vec<ReferralId> = raw.all("people").filter_map(|id| id.parse().ok()).collect();
    if people.is_empty() {
        errors.push(FieldError::new("people", "care-people-who-missing"));
    }
    let to: Option<UserId> = raw.text("to").parse().ok().filter(|to| *to != id);
    let to = errors.keep(to.ok_or(FieldError::new("to", "referral-allocate-key-worker-missing")));
    let why = ask::text(&raw, &mut errors, "why", "care-change-why-missing");
    let (Some(to), Some(why), true) = (to, why, errors.is_empty()) else {
        let mut tx = staff.begin().await?;
        let shown = people_page(&staff, &mut tx, (id, &query), &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown);
    };
    let (mut given, mut stayed) = (0, Vec::new());
    for referral in people {
        match one(&staff, (id, to), referral, why.clone()).await? {
            None => given += 1,
            Some(why) => stayed.push((referral, why)),
        }
    }
    let team = query.get("team").map(|team| format!("&team={team}")).unwrap_or_default();
    if stayed.is_empty() {
        return Ok(go(&format!("{PATH}/{id}/people?done=all{team}")));
    }
    left::page(&staff, (id, &team), given, &stayed).await
}

/// Why this one stayed, if they did: one who is somebody else's by now, or in whose team the chosen one does not work.
async fn one(
    staff: &Staff,
    (from, to): (UserId, UserId),
    referral: ReferralId,
    why: Text,
) -> Result<Option<Stayed>, Problem> {
    let mut tx = staff.begin().await?;
    let found = match tx.referral(referral, Action::EpisodeAllocate).await {
        Ok(found) => found,
        Err(StoreError::Hidden | StoreError::Refused(_)) => return Ok(Some(Stayed::Hidden)),
        Err(error) => return Err(error.into()),
    };
    let (county, _) = tx.county().await?;
    let asked = found.asked();
    if !found.is_cared_for_by(from) {
        tx.close().await?;
        return Ok(Some(Stayed::Elsewhere));
    }
    let offered = super::candidates(&mut tx, (referral, found.team()), &asked).await?;
    let Some(worker) = offered.into_iter().find(|worker| worker.user == to) else {
        tx.close().await?;
        // Whoever manages nobody is offered themselves alone.
        let names = super::names_others(staff) || to == staff.member.user;
        return Ok(Some(if names { Stayed::NotOffered } else { Stayed::Refused(Refused::ManagerNames) }));
    };
    let changes = match found.change_worker(&staff.ctx, Choice { worker, why: Some(why) }, &county) {
        Ok(changes) => changes,
        Err(refused) => {
            tx.close().await?;
            return Ok(Some(Stayed::Refused(refused)));
        }
    };
    match tx.commit(changes).await {
        Ok(_) => Ok(None),
        Err(StoreError::Stale) => Ok(Some(Stayed::Stale)),
        Err(error) => Err(error.into()),
    }
}
