//! Everybody with an account, by name.

use std::collections::BTreeMap;

use axum::extract::Query;
use onedoor_domain::access::Action;
use onedoor_domain::ids::{OrgId, UserId};
use onedoor_domain::team::{User, UserState};
use serde::Deserialize;

use super::role::role_name;
use crate::ui::{Button, Cell, Column, Frame, Link, Markup, Pagination, Table, Tag, TagColour};
use crate::web::gate::form_encode;
use crate::web::{Answer, Problem, Staff, page};
use crate::words::Lang;

/// A page holds so many.
const PAGE: usize = 50;

/// Where the list goes on, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Place {
    /// The last id shown, then the name.
    after: Option<String>,
    #[serde(default)]
    done: String,
}

impl Place {
    fn cursor(&self) -> Option<(String, UserId)> {
        let (id, name) = self.after.as_deref()?.split_once('~')?;
        Some((name.to_owned(), id.parse().ok()?))
    }
}

#[derive(Debug, askama::Template)]
#[template(path = "team/list.html")]
struct List {
    frame: Frame,
    invite: Option<Button>,
    table: Table,
    next: Option<Pagination>,
}

/// GET `/team`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Query(place): Query<Place>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let users = tx.users(place.cursor()).await?;
    let orgs: BTreeMap<OrgId, String> =
        tx.orgs().await?.into_iter().map(|org| (org.id, org.name.to_string())).collect();
    let mut frame = staff.frame(&mut tx, lang.t("staff-title"), "/team").await?;
    frame.flash = match place.done.as_str() {
        "ended" => Some(lang.t("staff-done-ended")),
        _ => None,
    };
    let next = users.last().filter(|_| users.len() == PAGE).map(|last| {
        let mut href = format!("/team?after={}~", last.id);
        href.extend(form_encode(last.name.as_str()));
        Pagination { lang, previous: None, next: Some(Link::new(&href, "")) }
    });
    let invite = staff.may(Action::StaffWrite).then(|| Button::to("/team/invite", lang.t("staff-invite")));
    let list = List { frame, invite, table: table(lang, &users, &orgs), next };
    page(tx.close().await?, &list)
}

fn table(lang: Lang, users: &[User], orgs: &BTreeMap<OrgId, String>) -> Table {
    let row = |user: &User| {
        let roles: Vec<String> = user.roles.iter().map(|role| role_name(lang, *role)).collect();
        let name = Cell { href: Some(format!("/team/{}", user.id)), ..Cell::from(user.name.to_string()) };
        vec![
            name,
            user.profession.as_ref().map(ToString::to_string).unwrap_or_default().into(),
            orgs.get(&user.org).cloned().unwrap_or_default().into(),
            Markup::lines(&roles.join("\n")).into(),
            state_tag(lang, user).into(),
        ]
    };
    let heads = ["staff-name", "staff-profession", "staff-org", "staff-roles", "staff-state"];
    Table {
        lang,
        columns: heads.map(|key| Column::new(lang.t(key))).into(),
        rows: users.iter().map(row).collect(),
        first_cell_is_header: true,
        responsive: true,
        compact: true,
        ..Table::default()
    }
}

/// Where an account is, in words.
pub(super) fn state_tag(lang: Lang, user: &User) -> Markup {
    if user.is_active() && user.reset.is_none() && user.factor.is_some() {
        return lang.t("staff-state-active").into();
    }
    let (colour, key) = match &user.state {
        UserState::Ended { .. } => (TagColour::Grey, "staff-state-ended"),
        UserState::Invited => (TagColour::Blue, "staff-state-invited"),
        UserState::Active if user.reset.is_some() => (TagColour::Yellow, "staff-state-reset"),
        UserState::Active => (TagColour::Blue, "staff-state-link"),
    };
    Markup::of(&Tag::new(colour, lang.t(key)))
}
