//! Accounts, roles, teams and organisations: who works here and what they may do.
//!
//! Must not open anybody's record, and must not let one person change their own access.

pub mod invite;
pub mod list;
pub mod places;
pub mod role;
pub mod user;

use onedoor_domain::actor::Role;
use onedoor_domain::ids::{OrgId, TeamId};
use onedoor_domain::team::{Org, Team};
use onedoor_domain::value::TextError;

use self::role::{role_does, role_name};
use crate::ui::{Button, Checkboxes, Choice, Field, Frame, Select, SelectOption};
use crate::web::form::{FieldError, FormErrors, RawForm};
use crate::web::{App, Staff};
use crate::words::Lang;

/// A one-time link, shown to whoever made it and to nobody again.
#[derive(Debug, askama::Template)]
#[template(path = "team/link.html")]
struct LinkPage {
    frame: Frame,
    about: String,
    link: String,
    done: Button,
}

impl LinkPage {
    async fn new(app: &App, staff: &Staff, name: &str, token: &str) -> Self {
        let lang = staff.lang;
        Self {
            frame: staff.frame_with(lang.t("staff-link-title"), "/team", 0).await,
            about: lang.tr("staff-link-about", &[("name", name.to_owned())]),
            link: format!("{}/invitation/{token}", app.settings.public_url),
            done: Button::to("/team", lang.t("staff-link-done")),
        }
    }
}

/// The message for a text that is missing, too long or holds signs that cannot be shown.
pub(crate) fn text_key(missing: &'static str) -> impl Fn(&TextError) -> &'static str {
    move |error| match error {
        TextError::Empty => missing,
        TextError::TooLong { .. } => "staff-text-long",
        TextError::ControlCharacter => "staff-text-sign",
    }
}

fn roles_input(lang: Lang, raw: &RawForm, errors: &FormErrors) -> Checkboxes {
    let choice = |role: Role| Choice::new(role.code(), role_name(lang, role)).hint(role_does(lang, role));
    Checkboxes {
        field: Field::new(lang, "roles", lang.t("staff-roles")).with(errors),
        choices: Role::ALL.into_iter().map(choice).collect(),
        values: raw.all("roles").map(str::to_owned).collect(),
        small: true,
    }
}

fn teams_input(lang: Lang, teams: &[Team], raw: &RawForm, errors: &FormErrors) -> Checkboxes {
    let choices = teams.iter().filter(|team| team.active);
    Checkboxes {
        field: Field::new(lang, "teams", lang.t("staff-teams")).hint(lang.t("staff-teams-hint")).with(errors),
        choices: choices.map(|team| Choice::new(&team.id.to_string(), team.name.to_string())).collect(),
        values: raw.all("teams").map(str::to_owned).collect(),
        small: true,
    }
}

fn org_input(lang: Lang, orgs: &[Org], raw: &RawForm, errors: &FormErrors) -> Select {
    let none = SelectOption { value: String::new(), text: lang.t("staff-org-choose") };
    let option = |org: &Org| SelectOption { value: org.id.to_string(), text: org.name.to_string() };
    Select {
        field: Field::new(lang, "org", lang.t("staff-org")).hint(lang.t("staff-org-hint")).with(errors),
        options: std::iter::once(none).chain(orgs.iter().map(option)).collect(),
        value: raw.text("org").to_owned(),
    }
}

fn roles_of(raw: &RawForm) -> Result<std::collections::BTreeSet<Role>, FieldError> {
    let roles: std::collections::BTreeSet<Role> = raw.all("roles").filter_map(Role::from_code).collect();
    if roles.is_empty() { Err(FieldError::new("roles", "staff-roles-missing")) } else { Ok(roles) }
}

/// Only teams that exist.
fn teams_of(raw: &RawForm, teams: &[Team]) -> std::collections::BTreeSet<TeamId> {
    let chosen: Vec<TeamId> = raw.all("teams").filter_map(|id| id.parse().ok()).collect();
    teams.iter().map(|team| team.id).filter(|id| chosen.contains(id)).collect()
}

fn org_of(raw: &RawForm, orgs: &[Org]) -> Result<OrgId, FieldError> {
    let chosen: Option<OrgId> = raw.text("org").parse().ok();
    let known = chosen.filter(|id| orgs.iter().any(|org| org.id == *id));
    known.ok_or(FieldError::new("org", "staff-org-missing"))
}
