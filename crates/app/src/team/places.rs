//! Organisations and their teams: the list, and making or changing one.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::ids::{OrgId, TeamId};
use onedoor_domain::team::{Org, OrgKind, Team, TeamKind};
use onedoor_domain::value::Line;
use onedoor_store::{StoreError, Tx};

use super::{org_input, org_of, text_key};
use crate::ui::{
    Button, Cell, Checkboxes, Choice, Column, Field, FormPage, Frame, Radios, Select, SelectOption, Table,
    TextInput,
};
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::Lang;

/// The address of something that is to be made.
const NEW: &str = "new";

#[derive(Debug, askama::Template)]
#[template(path = "team/places.html")]
struct Places {
    frame: Frame,
    teams: Table,
    orgs: Table,
    add: Option<(Button, Button)>,
}

fn kind(lang: Lang, kind: OrgKind) -> String {
    lang.t(match kind {
        OrgKind::Trust => "staff-kind-trust",
        OrgKind::Council => "staff-kind-council",
        OrgKind::GpPractice => "staff-kind-gp-practice",
        OrgKind::Voluntary => "staff-kind-voluntary",
    })
}

/// What a team is, as the national data set counts it.
fn team_kind(kind: TeamKind) -> &'static str {
    match kind {
        TeamKind::A02 => "staff-team-kind-A02",
        TeamKind::A05 => "staff-team-kind-A05",
        TeamKind::A06 => "staff-team-kind-A06",
        TeamKind::A08 => "staff-team-kind-A08",
        TeamKind::A09 => "staff-team-kind-A09",
        TeamKind::A11 => "staff-team-kind-A11",
        TeamKind::A12 => "staff-team-kind-A12",
        TeamKind::A13 => "staff-team-kind-A13",
        TeamKind::A14 => "staff-team-kind-A14",
        TeamKind::A16 => "staff-team-kind-A16",
        TeamKind::A18 => "staff-team-kind-A18",
        TeamKind::A19 => "staff-team-kind-A19",
        TeamKind::A21 => "staff-team-kind-A21",
        TeamKind::C05 => "staff-team-kind-C05",
        TeamKind::C10 => "staff-team-kind-C10",
    }
}

/// GET `/teams`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (orgs, teams) = (tx.orgs().await?, tx.teams().await?);
    let writes = staff.may(Action::TeamWrite);
    let name = |text: String, href: String| Cell { href: writes.then_some(href), ..Cell::from(text) };
    let of =
        |id: OrgId| orgs.iter().find(|org| org.id == id).map(|org| org.name.to_string()).unwrap_or_default();
    let yes = |yes: bool| lang.t(if yes { "staff-yes" } else { "staff-no" });
    let team = |team: &Team| {
        let link = name(team.name.to_string(), format!("/teams/{}", team.id));
        vec![link, of(team.org).into(), yes(team.accepts).into(), yes(team.active).into()]
    };
    let org = |org: &Org| {
        vec![name(org.name.to_string(), format!("/organisations/{}", org.id)), kind(lang, org.kind).into()]
    };
    let places = Places {
        teams: table(
            lang,
            &["staff-team", "staff-org", "staff-team-accepts", "staff-team-active"],
            teams.iter().map(team).collect(),
        ),
        orgs: table(lang, &["staff-org", "staff-kind"], orgs.iter().map(org).collect()),
        add: writes.then(|| {
            let team = Button::to("/teams/new", lang.t("staff-team-add"));
            let org = Button {
                href: Some("/organisations/new".into()),
                ..Button::secondary(lang.t("staff-org-add"))
            };
            (team, org)
        }),
        frame: staff.frame(&mut tx, lang.t("staff-places-title"), "/team").await?,
    };
    page(tx.close().await?, &places)
}

fn table(lang: Lang, heads: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    let columns = heads.iter().map(|key| Column::new(lang.t(key))).collect();
    Table { lang, columns, rows, first_cell_is_header: true, responsive: true, ..Table::default() }
}

/// GET `/teams/{team}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn team_form(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (id, raw) = if id == NEW {
        (TeamId(new_id()), RawForm::of([("team-state", "accepts"), ("team-state", "active")]))
    } else {
        let teams = tx.teams().await?;
        let team = teams.iter().find(|team| team.id.to_string() == id).ok_or(Problem::NotFound)?;
        let org = team.org.to_string();
        let mut fields = vec![("name", team.name.as_str()), ("org", org.as_str())];
        fields.extend(team.accepts.then_some(("team-state", "accepts")));
        fields.extend(team.active.then_some(("team-state", "active")));
        fields.extend(team.kind.map(|kind| ("team-kind", kind.code())));
        (team.id, RawForm::of(fields))
    };
    let form = team_page(&staff, &mut tx, id, &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/teams/{team}`.
///
/// # Errors
/// [`Problem`].
pub async fn put_team(staff: Staff, Path(id): Path<TeamId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let mut errors = FormErrors::default();
    let name = errors.keep(raw.parsed::<Line>("name", text_key("staff-place-name-missing")));
    let org = errors.keep(org_of(&raw, &tx.orgs().await?));
    let (Some(name), Some(org)) = (name, org) else {
        let form = team_page(&staff, &mut tx, id, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let is = |state: &str| raw.all("team-state").any(|chosen| chosen == state);
    let kind = TeamKind::from_code(raw.text("team-kind"));
    // What the form does not ask stays.
    let deputy = tx.teams().await?.iter().find(|team| team.id == id).and_then(|team| team.deputy);
    let team = Team { id, org, name, accepts: is("accepts"), active: is("active"), kind, deputy };
    Ok(redirect(tx.commit(team.put(&staff.ctx)).await?, "/teams"))
}

async fn team_page(
    staff: &Staff,
    tx: &mut Tx,
    id: TeamId,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let orgs = tx.orgs().await?;
    let state = Checkboxes {
        field: Field::new(lang, "team-state", lang.t("staff-team-state")),
        choices: vec![
            Choice::new("accepts", lang.t("staff-team-accepts")).hint(lang.t("staff-team-accepts-hint")),
            Choice::new("active", lang.t("staff-team-active")).hint(lang.t("staff-team-active-hint")),
        ],
        values: raw.all("team-state").map(str::to_owned).collect(),
        small: false,
    };
    let none = SelectOption { value: String::new(), text: lang.t("staff-team-kind-none") };
    let named = TeamKind::ALL
        .map(|kind| SelectOption { value: kind.code().to_owned(), text: lang.t(team_kind(kind)) });
    let kinds = Select {
        field: Field::new(lang, "team-kind", lang.t("staff-team-kind")).hint(lang.t("staff-team-kind-hint")),
        options: std::iter::once(none).chain(named).collect(),
        value: raw.text("team-kind").to_owned(),
    };
    let frame = staff.frame(tx, lang.t("staff-team"), "/team").await?;
    Ok(FormPage::new(frame, &format!("/teams/{id}"), lang.t("staff-save"))
        .errors(errors)
        .back("/teams")
        .control(&name_input(lang, raw, errors, "staff-team-name-hint"))
        .control(&org_input(lang, &orgs, raw, errors))
        .control(&state)
        .control(&kinds))
}

fn name_input(lang: Lang, raw: &RawForm, errors: &FormErrors, hint: &str) -> TextInput {
    TextInput {
        field: Field::new(lang, "name", lang.t("staff-name")).hint(lang.t(hint)).with(errors),
        value: raw.text("name").to_owned(),
        ..TextInput::default()
    }
}

/// GET `/organisations/{org}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn org_form(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (id, raw) = if id == NEW {
        (OrgId(new_id()), RawForm::default())
    } else {
        let org =
            tx.orgs().await?.into_iter().find(|org| org.id.to_string() == id).ok_or(Problem::NotFound)?;
        (org.id, RawForm::of([("name", org.name.as_str()), ("kind", org.kind.code())]))
    };
    let form = org_page(&staff, &mut tx, id, &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/organisations/{org}`.
///
/// # Errors
/// [`Problem`].
pub async fn put_org(staff: Staff, Path(id): Path<OrgId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let mut errors = FormErrors::default();
    let name = errors.keep(raw.parsed::<Line>("name", text_key("staff-place-name-missing")));
    let kind = OrgKind::from_code(raw.text("kind")).ok_or(FieldError::new("kind", "staff-kind-missing"));
    let (Some(name), Some(kind)) = (name, errors.keep(kind)) else {
        let form = org_page(&staff, &mut tx, id, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    // What it calls its people is its own, and stays.
    let known = tx.orgs().await?.into_iter().find(|org| org.id == id);
    let (words, words_set) = known.map(|org| (org.words, org.words_set)).unwrap_or_default();
    let changes = Org { id, name, kind, words, words_set }.put(&staff.ctx);
    Ok(redirect(tx.commit(changes).await?, "/teams"))
}

async fn org_page(
    staff: &Staff,
    tx: &mut Tx,
    id: OrgId,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let kinds = Radios {
        field: Field::new(lang, "kind", lang.t("staff-kind")).with(errors),
        choices: OrgKind::ALL.into_iter().map(|each| Choice::new(each.code(), kind(lang, each))).collect(),
        value: raw.text("kind").to_owned(),
        ..Radios::default()
    };
    let frame = staff.frame(tx, lang.t("staff-org"), "/team").await?;
    Ok(FormPage::new(frame, &format!("/organisations/{id}"), lang.t("staff-save"))
        .errors(errors)
        .back("/teams")
        .control(&name_input(lang, raw, errors, "staff-org-name-hint"))
        .control(&kinds))
}
