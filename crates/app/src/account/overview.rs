//! One's own account at a glance: who one is here, where one is signed in, and the way out of everywhere.

use axum::extract::{Query, State};
use onedoor_domain::access::Action;
use onedoor_domain::session::Session;
use onedoor_domain::team::User;

use super::end_sessions;
use crate::session::Ask;
use crate::team::role::role_name;
use crate::ui::{Button, ButtonKind, Column, Frame, Markup, RowAction, SummaryList, SummaryRow, Table};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Staff, answer, page, redirect};
use crate::words;

#[derive(Debug, askama::Template)]
#[template(path = "account/overview.html")]
struct Overview {
    frame: Frame,
    facts: SummaryList,
    sessions: Table,
    lock: Button,
    everywhere: Button,
}

/// GET `/account`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(State(app): State<App>, staff: Staff, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let user = tx.user(staff.member.user, Action::OwnSession).await?;
    let open = tx.own_sessions(user.id).await?;
    let mut frame = staff.frame(&mut tx, lang.t("account-title"), "/account").await?;
    frame.flash = match ask.done.as_str() {
        "password" => Some(lang.t("account-done-password")),
        "factor" => Some(lang.t("account-done-factor")),
        _ => None,
    };
    let overview = Overview {
        frame,
        facts: facts(&staff, &user),
        sessions: sessions(&app, &staff, &open),
        lock: Button::secondary(lang.t("account-lock")),
        everywhere: Button { kind: ButtonKind::Warning, ..Button::new(lang.t("account-everywhere")) },
    };
    page(tx.close().await?, &overview)
}

fn facts(staff: &Staff, user: &User) -> SummaryList {
    let lang = staff.lang;
    let roles = user.roles.iter().map(|role| role_name(lang, *role)).collect::<Vec<_>>().join("\n");
    let change = |href: &str, what: &str| RowAction::new(href, lang.t("account-change"), what);
    let mut rows = vec![
        SummaryRow::new(lang.t("account-name"), user.name.to_string()),
        SummaryRow::new(lang.t("account-email"), user.email.to_string()),
    ];
    if let Some(profession) = &user.profession {
        rows.push(SummaryRow::new(lang.t("account-profession"), profession.to_string()));
    }
    rows.push(SummaryRow::new(lang.t("account-roles"), Markup::lines(&roles)));
    let password = lang.t("account-password");
    let set = lang.t("account-is-set");
    rows.push(SummaryRow::new(password.clone(), set.clone()).action(change("/account/password", &password)));
    let factor = lang.t("account-factor");
    rows.push(SummaryRow::new(factor.clone(), set).action(change("/account/factor", &factor)));
    SummaryList { rows, ..SummaryList::default() }
}

fn sessions(app: &App, staff: &Staff, open: &[Session]) -> Table {
    let lang = staff.lang;
    let now = app.clock.now();
    let row = |session: &Session| {
        let this = session.id == staff.session.id;
        vec![
            words::date_time(lang, session.began_at).into(),
            words::date_time(lang, session.seen_at).into(),
            lang.t(if this { "account-session-this" } else { "account-session-other" }).into(),
        ]
    };
    let over = |session: &&Session| now.duration_since(session.began_at) < app.limits().absolute;
    Table {
        lang,
        caption: Some(lang.t("account-sessions").into()),
        columns: ["account-session-began", "account-session-seen", "account-session-where"]
            .map(|key| Column::new(lang.t(key)))
            .into(),
        rows: open.iter().filter(over).map(row).collect(),
        responsive: true,
        ..Table::default()
    }
}

/// POST `/account/sign-out-everywhere`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn sign_out_everywhere(State(app): State<App>, staff: Staff) -> Result<Answer, Problem> {
    let to = "/sign-in?done=everywhere";
    let mut tx = staff.begin().await?;
    let answer = match end_sessions(&mut tx, staff.member.user, None).await? {
        Some(changes) => redirect(tx.commit(changes).await?, to),
        None => answer::go(to),
    };
    Ok(answer.cookie(&Cookie::Session.clear(&app)))
}
