//! Giving what is to be done to somebody, for one row or many. Who changed a row since the list was shown is named, and that
//! row is not touched; the others are.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::change::{Changes, Event};
use onedoor_domain::ids::{ReferralId, TeamId};
use onedoor_domain::referral::{GivenTo, Referral};
use onedoor_store::{PAGE, ReferralView, StoreError, Tx};

use super::page::{self, Chosen};
use super::{PATH, Place};
use crate::referral::{names, record};
use crate::task::rows::stack;
use crate::ui::{BackLink, Button, Cell, Column, Frame, Markup, Table};
use crate::web::answer::{Answer, go};
use crate::web::form::{RawForm, read_form};
use crate::web::{Problem, Staff, page_with, redirect};
use crate::words::Lang;

/// What was not given, and why.
#[derive(Debug, Template)]
#[template(path = "worklist/left.html")]
struct LeftPage {
    frame: Frame,
    back: BackLink,
    given: String,
    changed: Option<Table>,
    gone: Option<String>,
    /// Those on whom nothing can be given, with who has them.
    nothing: Option<Table>,
    /// The same form for what was changed, as it is now.
    place: String,
    to: String,
    rows: Vec<String>,
    button: Button,
}

/// One row of the form: which referral, and the version the list showed.
type Asked = (ReferralId, i64);

/// What becomes of the rows.
#[derive(Default)]
struct Sorted {
    changes: Option<Changes>,
    given: usize,
    changed: Vec<Asked>,
    nothing: Vec<Asked>,
}

/// POST `/worklist/give`.
///
/// # Errors
/// [`Problem::Store`] for another team's list.
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let place = Place::carried(raw.text("back"))?;
    let chosen = Chosen {
        rows: raw.all("row").map(str::to_owned).collect(),
        to: raw.text("to").to_owned(),
        ..Chosen::default()
    };
    let mut tx = staff.begin().await?;
    let team = place.chosen(&staff, &mut tx).await?.ok_or(Problem::NotFound)?;
    let wanted = asked(&chosen.rows);
    let to = receiver(&staff, &mut tx, team, &raw).await?;
    let (Some(to), false) = (to, wanted.is_empty()) else {
        return again(&staff, tx, place, chosen).await;
    };
    if let Some(answer) = give(&staff, tx, place, (team, &to, &wanted)).await? {
        return Ok(answer);
    }
    // Somebody changed one of them in the same moment and nothing was given: looked at again, it is named.
    let tx = staff.begin().await?;
    let again = give(&staff, tx, place, (team, &to, &wanted)).await?;
    again.ok_or(Problem::Store(StoreError::Stale))
}

/// What cannot be read is no row of ours.
fn asked(rows: &BTreeSet<String>) -> Vec<Asked> {
    let read = |row: &String| {
        let (id, version) = row.split_once('.')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    };
    rows.iter().filter_map(read).take(usize::try_from(PAGE).unwrap_or(usize::MAX)).collect()
}

/// To whom: a colleague of the team, or the team. Anybody else is nobody.
async fn receiver(
    staff: &Staff,
    tx: &mut Tx,
    team: TeamId,
    raw: &RawForm,
) -> Result<Option<GivenTo>, Problem> {
    let members = tx.team_members(team).await?;
    let to = raw.text("to");
    if to == "team" {
        let teams = tx.teams().await?;
        let found = teams.iter().find(|one| one.id == team);
        return Ok(found.map(|one| GivenTo::Team(one.name.clone())));
    }
    let user = if to == "me" { Some(staff.member.user) } else { to.parse().ok() };
    let found = members.into_iter().find(|one| Some(one.user) == user);
    Ok(found.map(|one| GivenTo::Colleague(one.user, one.name)))
}

/// 422: the list again, with what was chosen.
async fn again(staff: &Staff, mut tx: Tx, place: Place, chosen: Chosen) -> Result<Answer, Problem> {
    let errors = page::incomplete(&asked(&chosen.rows), &chosen.to);
    let shown = page::build(staff, &mut tx, place, &Chosen { errors, ..chosen }).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown)
}

/// Gives what can be given; nothing where somebody else was faster at the very moment.
async fn give(
    staff: &Staff,
    mut tx: Tx,
    place: Place,
    (team, to, asked): (TeamId, &GivenTo, &[Asked]),
) -> Result<Option<Answer>, Problem> {
    let ids: Vec<ReferralId> = asked.iter().map(|(id, _)| *id).collect();
    let referrals = tx.referrals(&ids, Action::TaskGive).await?;
    let gone = asked.len() - referrals.len();
    let mut sorted = sort(staff, referrals, (team, to), asked);
    let all = sorted.changed.is_empty() && sorted.nothing.is_empty() && gone == 0;
    let back = place.address_with("done", &format!("given-{}", sorted.given));
    let left = if all { None } else { Some(left(staff, &mut tx, place, (to, &sorted, gone)).await?) };
    let Some(changes) = sorted.changes.take() else {
        return Ok(Some(match left {
            Some(left) => page_with(StatusCode::CONFLICT, tx.close().await?, &left)?,
            None => go(&back),
        }));
    };
    let proof = match tx.commit(changes).await {
        Ok(proof) => proof,
        Err(StoreError::Stale) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(match left {
        Some(left) => page_with(StatusCode::CONFLICT, proof, &left)?,
        None => redirect(proof, &back),
    }))
}

/// What is theirs already stays theirs, whatever version the list showed: sent twice, it is given once.
fn sort(staff: &Staff, referrals: Vec<Referral>, (team, to): (TeamId, &GivenTo), asked: &[Asked]) -> Sorted {
    let mut sorted = Sorted::default();
    for referral in referrals {
        let id = referral.id();
        let version = asked.iter().find(|(one, _)| *one == id).map_or(-1, |(_, version)| *version);
        if referral.is_given_to(to) {
            sorted.given += 1;
            continue;
        }
        if referral.team() != team {
            sorted.changed.push((id, version));
            continue;
        }
        let Ok(referral) = referral.shown(version) else {
            sorted.changed.push((id, version));
            continue;
        };
        match referral.give(&staff.ctx, to) {
            Ok(changes) => {
                sorted.given += 1;
                sorted.changes = Some(match sorted.changes {
                    Some(before) => before.and(changes),
                    None => changes,
                });
            }
            // A duty call is taken on the duty board; what another service was asked is that service's.
            Err(_) => sorted.nothing.push((id, version)),
        }
    }
    sorted
}

async fn left(
    staff: &Staff,
    tx: &mut Tx,
    place: Place,
    (to, sorted, gone): (&GivenTo, &Sorted, usize),
) -> Result<LeftPage, Problem> {
    let lang = staff.lang;
    let (mut rows, mut again) = (Vec::new(), Vec::new());
    for card in tx.referral_cards(&ids(&sorted.changed)).await? {
        let lines = happened(lang, tx, &card, &sorted.changed).await?;
        rows.push(vec![Cell::from(person(staff, &card)), Cell::from(stack(lines))]);
        again.push(format!("{}.{}", card.id, card.version));
    }
    let mut fixed = Vec::new();
    for card in tx.referral_cards(&ids(&sorted.nothing)).await? {
        let lines = happened(lang, tx, &card, &sorted.nothing).await?;
        let has = std::iter::once(Markup::from(who_has(lang, &card)));
        fixed.push(vec![Cell::from(person(staff, &card)), Cell::from(stack(has.chain(lines)))]);
    }
    let value = match to {
        GivenTo::Colleague(user, _) => user.to_string(),
        GivenTo::Team(_) => "team".to_owned(),
    };
    let words = [("count", sorted.given.to_string()), ("name", to.name().to_string())];
    Ok(LeftPage {
        frame: staff.frame(tx, lang.t("worklist-left-title"), PATH).await?,
        back: BackLink::new(lang, &place.address()),
        given: lang.tr("worklist-left-given", &words),
        changed: table(lang, "worklist-left-changed", rows),
        nothing: table(lang, "worklist-left-who-has", fixed),
        gone: (gone > 0).then(|| lang.tr("worklist-left-gone", &[("count", gone.to_string())])),
        place: place.query(),
        to: value,
        rows: again,
        button: Button::new(lang.tr("worklist-left-again", &[("name", to.name().to_string())])),
    })
}

fn ids(asked: &[Asked]) -> Vec<ReferralId> {
    asked.iter().map(|(id, _)| *id).collect()
}

fn table(lang: Lang, why: &str, rows: Vec<Vec<Cell>>) -> Option<Table> {
    let columns = vec![Column::new(lang.t("task-row-person")), Column::new(lang.t(why))];
    let table =
        Table { lang, columns, rows, first_cell_is_header: true, responsive: true, ..Table::default() };
    (!table.rows.is_empty()).then_some(table)
}

/// What was done since the list showed it, and by whom.
async fn happened(
    lang: Lang,
    tx: &mut Tx,
    card: &ReferralView,
    asked: &[Asked],
) -> Result<Vec<Markup>, StoreError> {
    let shown = asked.iter().find(|(id, _)| *id == card.id).map_or(-1, |(_, version)| *version);
    let events = tx.changes_since(card.id, shown).await?;
    let line = |event: &Event| {
        let by = record::by_at(lang, &event.by, event.at);
        Markup::from(format!("{}: {by}", lang.t(names::event(event.kind))))
    };
    Ok(events.iter().map(line).collect())
}

/// Who has somebody on whom nothing can be given: a key worker, a service that was asked, whoever takes the duty call.
fn who_has(lang: Lang, card: &ReferralView) -> String {
    let progress = record::progress(&card.revealed);
    let worker = progress.and_then(|at| at.key_worker.as_ref()).map(|(_, name)| name);
    let asked = record::handover(&card.revealed).filter(|handover| handover.is_open());
    let page = progress.and_then(|at| at.page.as_ref());
    match (worker, asked, page) {
        (Some(name), _, _) => lang.tr("worklist-left-worker", &[("name", name.to_string())]),
        (None, Some(handover), _) => {
            lang.tr("worklist-left-service", &[("name", handover.to.name().to_string())])
        }
        (None, None, Some(page)) => match &page.acknowledged {
            Some(answer) => lang.tr("worklist-left-call", &[("name", answer.name.to_string())]),
            None => lang.t("worklist-left-board"),
        },
        (None, None, None) => lang.t("worklist-left-nothing"),
    }
}

fn person(staff: &Staff, card: &ReferralView) -> Markup {
    let name = record::called(staff.lang, &card.revealed);
    let link = Markup::link(&format!("/referrals/{}", card.id), &name);
    let reference = record::progress(&card.revealed).map(|at| record::reference(&at.reference));
    stack(std::iter::once(link).chain(reference))
}
