//! What was posted to a locked or ended session: kept encrypted for an hour, offered back to the same person only, sent
//! again by their own hand or thrown away. Must not send anything by itself.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use onedoor_domain::actor::Ctx;
use onedoor_domain::ids::{ParkedId, UserId};
use onedoor_domain::session::Parked;
use onedoor_store::StoreError;

use super::{HOME, tries};
use crate::seal;
use crate::ui::{Button, Frame, Markup, SummaryList, SummaryRow};
use crate::web::form::{RawForm, read_form};
use crate::web::{Answer, App, Problem, Staff, page, redirect};
use crate::words;

/// Never kept: they hold passwords, or mean nothing an hour later.
const NEVER: [&str; 3] = ["/account", "/parked", "/still-here"];

/// The field by which a form that is sent again names what was kept.
const SENT: &str = "parked";

/// Where what was kept is shown.
const PAGE: &str = "/parked";

/// Keeps a post and says where to go after unlocking.
pub(super) async fn keep(app: &App, ctx: &Ctx, path: String, request: Request) -> Result<String, Problem> {
    let Some(staff) = ctx.actor.staff() else { return Ok(HOME.to_owned()) };
    let user = staff.user;
    if NEVER.iter().any(|never| path.starts_with(never))
        || !tries::may_keep(app, ctx, &user.to_string()).await?
    {
        return Ok(HOME.to_owned());
    }
    let form = read_form(request).await?;
    let id: ParkedId = ctx.new_id();
    let fields: Vec<(&str, &str)> = form.fields().collect();
    let plain = serde_json::to_vec(&fields).map_err(|_| Problem::Fault("a form could not be kept"))?;
    let sealed = seal::seal(&app.secret, &about(user, id), &plain)
        .ok_or(Problem::Fault("a form could not be sealed"))?;
    let tx = app.db.begin(ctx).await?;
    tx.commit(Parked::park(ctx, id, user, without_mark(&path), sealed)).await?;
    Ok(PAGE.to_owned())
}

/// A kept post that meets a locked screen again is a new one.
fn without_mark(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mark = format!("{SENT}=");
    let rest: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !part.starts_with(&mark)).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

fn about(user: UserId, id: ParkedId) -> Vec<u8> {
    [b"parked ".as_slice(), user.0.as_bytes(), id.0.as_bytes()].concat()
}

fn open(app: &App, parked: &Parked) -> Option<Vec<(String, String)>> {
    let plain = seal::open(&app.secret, &about(parked.user, parked.id), &parked.sealed)?;
    serde_json::from_slice(&plain).ok()
}

#[derive(Debug, askama::Template)]
#[template(path = "session/parked.html")]
struct ParkedPage {
    frame: Frame,
    kept: Option<Kept>,
}

/// What is offered back.
#[derive(Debug)]
struct Kept {
    when: String,
    typed: SummaryList,
    action: String,
    fields: Vec<(String, String)>,
    id: ParkedId,
    send: Button,
    discard: Button,
}

/// GET `/parked`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(State(app): State<App>, staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, staff.lang.t("session-parked-title"), "/parked").await?;
    let parked = tx.parked(staff.member.user).await?;
    let kept = parked.and_then(|parked| Some((open(&app, &parked)?, parked)));
    let kept = kept.map(|(fields, parked)| offered(&staff, fields, &parked));
    page(tx.close().await?, &ParkedPage { frame, kept })
}

fn offered(staff: &Staff, fields: Vec<(String, String)>, parked: &Parked) -> Kept {
    let lang = staff.lang;
    let joint = if parked.path.contains('?') { '&' } else { '?' };
    let rows = fields
        .iter()
        .filter(|(name, value)| is_typed(name, value))
        .map(|(name, value)| SummaryRow::new(readable(name), Markup::lines(value)));
    Kept {
        when: lang.tr("session-parked-when", &[("when", words::date_time(lang, parked.at))]),
        typed: SummaryList { rows: rows.collect(), ..SummaryList::default() },
        action: format!("{}{joint}{SENT}={}", parked.path, parked.id),
        id: parked.id,
        send: Button { prevents_double_click: true, ..Button::new(lang.t("session-parked-send")) },
        discard: Button::secondary(lang.t("session-parked-discard")),
        fields,
    }
}

/// Hidden parts of a form mean nothing to a reader.
fn is_typed(name: &str, value: &str) -> bool {
    !value.trim().is_empty() && name != "version" && value.parse::<uuid::Uuid>().is_err()
}

fn readable(name: &str) -> String {
    let plain = name.replace(['-', '_', '['], " ").replace(']', "");
    let mut letters = plain.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// POST `/parked`: throws it away.
///
/// # Errors
/// [`Problem::Refused`] when it is gone already.
pub async fn discard(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let form = read_form(request).await?;
    let mut tx = staff.begin().await?;
    match tx.parked(staff.member.user).await? {
        Some(parked) if named(&form) == Some(parked.id) => {
            let changes = parked.take(&staff.ctx)?;
            Ok(redirect(tx.commit(changes).await?, HOME))
        }
        _ => {
            tx.close().await?;
            Ok(crate::web::answer::go("/parked"))
        }
    }
}

fn named(form: &RawForm) -> Option<ParkedId> {
    form.text("id").parse().ok()
}

/// Which kept post this request sends again.
pub fn sent_again(request: &Request) -> Option<ParkedId> {
    if request.method() != Method::POST {
        return None;
    }
    let query = request.uri().query()?;
    query.split('&').find_map(|part| part.strip_prefix(SENT)?.strip_prefix('=')?.parse().ok())
}

/// A kept post arrived on its page: done, or shown there again with every word (409, 422). It is not offered any more.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn arrived(app: &App, staff: &Staff, id: ParkedId, status: StatusCode) -> Result<(), StoreError> {
    let shown = [StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY].contains(&status);
    if !shown && !status.is_redirection() {
        return Ok(());
    }
    let mut tx = app.db.begin(&staff.ctx).await?;
    let parked = tx.parked(staff.member.user).await?.filter(|parked| parked.id == id);
    match parked.and_then(|parked| parked.take(&staff.ctx).ok()) {
        Some(changes) => tx.commit(changes).await.map(drop),
        None => tx.close().await.map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_sent_post_is_not_kept_with_the_next() {
        assert_eq!(without_mark("/county/service"), "/county/service");
        assert_eq!(without_mark("/county/service?parked=1"), "/county/service");
        assert_eq!(without_mark("/a?step=2&parked=1&b=c"), "/a?step=2&b=c");
    }

    #[test]
    fn names_of_fields_read_as_words_and_hidden_parts_are_not_shown() {
        assert_eq!(readable("safety-formulation"), "Safety formulation");
        assert_eq!(readable("reviewed[day]"), "Reviewed day");
        assert!(is_typed("why", "Because"));
        assert!(!is_typed("version", "3") && !is_typed("why", " "));
        assert!(!is_typed("team", "01a20297-bf63-76fb-8c7a-6589cd936e0b"));
    }
}
