//! One account: roles and teams, a new one-time link, a new second factor with another person's yes, the end of access.

use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::Role;
use onedoor_domain::change::Changes;
use onedoor_domain::ids::{TeamId, UserId};
use onedoor_domain::refused::Refused;
use onedoor_domain::team::{Team, User, UserState};
use onedoor_domain::value::Text;
use onedoor_store::{StoreError, Tx};

use super::list::state_tag;
use super::{LinkPage, roles_input, roles_of, teams_input, teams_of, text_key};
use crate::session::{Ask, token};
use crate::ui::{
    BackLink, Button, ButtonKind, Checkboxes, ConflictPage, ErrorSummary, Field, Frame, Markup, NotePage,
    SummaryList, SummaryRow, Textarea,
};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, App, Problem, Staff, page, page_with, redirect};
use crate::words;

#[derive(Debug, askama::Template)]
#[template(path = "team/user.html")]
struct UserPage {
    frame: Frame,
    back: BackLink,
    id: UserId,
    summary: Option<ErrorSummary>,
    facts: SummaryList,
    roles: Option<RolesForm>,
    again: Option<Button>,
    reset: Reset,
    end: Option<(Textarea, Button)>,
}

#[derive(Debug)]
struct RolesForm {
    was: String,
    roles: Checkboxes,
    teams: Checkboxes,
    save: Button,
}

/// What can be done about the second factor here and now.
#[derive(Debug)]
enum Reset {
    Nothing,
    Ask(Textarea, Button),
    Waiting(String, String),
    Approve(String, Button),
}

/// GET `/team/{user}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(id): Path<UserId>, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    if id == staff.member.user {
        return own(&staff, tx, StatusCode::OK).await;
    }
    let user = tx.user(id, Action::StaffRead).await?;
    let mut shown = render(&staff, &mut tx, &user, None, &FormErrors::default()).await?;
    shown.frame.flash = match ask.done.as_str() {
        "roles" => Some(staff.lang.t("staff-done-roles")),
        "asked" => Some(staff.lang.t("staff-done-asked")),
        _ => None,
    };
    page(tx.close().await?, &shown)
}

/// Nobody decides about their own account: the page says so and where to turn.
async fn own(staff: &Staff, mut tx: Tx, status: StatusCode) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let frame = staff.frame(&mut tx, lang.t("staff-own-title"), "/team").await?;
    let texts = [
        Markup::from(lang.t("staff-own-why")),
        Markup::from(lang.t("staff-own-who")),
        Markup::link("/account", &lang.t("staff-own-account")),
    ];
    page_with(status, tx.close().await?, &NotePage::new(frame, texts).back("/team"))
}

/// The account to change, or the answer that refuses it because it is one's own.
async fn to_change(
    staff: &Staff,
    mut tx: Tx,
    id: UserId,
    action: Action,
) -> Result<Result<(Tx, User), Answer>, Problem> {
    match tx.user(id, action).await {
        Ok(user) => Ok(Ok((tx, user))),
        Err(StoreError::Refused(_)) if id == staff.member.user => {
            Ok(Err(own(staff, tx, StatusCode::FORBIDDEN).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// POST `/team/{user}/roles`.
///
/// # Errors
/// [`Problem`].
pub async fn set_roles(staff: Staff, Path(id): Path<UserId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let (mut tx, user) = match to_change(&staff, staff.begin().await?, id, Action::StaffWrite).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    if raw.text("was") != holds(&user) {
        return conflict(&staff, tx, &user, &raw).await;
    }
    let teams = teams_of(&raw, &tx.teams().await?);
    match roles_of(&raw) {
        Ok(roles) => {
            let changes = user.set_roles(&staff.ctx, roles, teams)?;
            Ok(redirect(tx.commit(changes).await?, &format!("/team/{id}?done=roles")))
        }
        Err(error) => again(&staff, &mut tx, &user, &raw, error).await?.answer(tx).await,
    }
}

/// POST `/team/{user}/end`.
///
/// # Errors
/// [`Problem`].
pub async fn end(staff: Staff, Path(id): Path<UserId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let (mut tx, user) = match to_change(&staff, staff.begin().await?, id, Action::StaffWrite).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    match raw.parsed::<Text>("end-why", text_key("staff-end-why-missing")) {
        Ok(why) => {
            let changes = user.end_access(&staff.ctx, why);
            Ok(redirect(tx.commit(changes).await?, "/team?done=ended"))
        }
        Err(error) => again(&staff, &mut tx, &user, &raw, error).await?.answer(tx).await,
    }
}

/// POST `/team/{user}/ask-reset`.
///
/// # Errors
/// [`Problem`].
pub async fn ask_reset(staff: Staff, Path(id): Path<UserId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let (mut tx, user) = match to_change(&staff, staff.begin().await?, id, Action::FactorResetAsk).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    match raw.parsed::<Text>("reset-why", text_key("staff-reset-why-missing")) {
        Ok(why) => {
            let changes = user.ask_reset(&staff.ctx, why)?;
            Ok(redirect(tx.commit(changes).await?, &format!("/team/{id}?done=asked")))
        }
        Err(error) => again(&staff, &mut tx, &user, &raw, error).await?.answer(tx).await,
    }
}

/// POST `/team/{user}/approve-reset`.
///
/// # Errors
/// [`Problem`].
pub async fn approve_reset(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<UserId>,
) -> Result<Answer, Problem> {
    let tx = staff.begin().await?;
    linked(&app, &staff, tx, (id, Action::FactorResetApprove), |user, link| {
        user.approve_reset(&staff.ctx, link)
    })
    .await
}

/// POST `/team/{user}/invite-again`.
///
/// # Errors
/// [`Problem`].
pub async fn invite_again(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<UserId>,
) -> Result<Answer, Problem> {
    let tx = staff.begin().await?;
    linked(&app, &staff, tx, (id, Action::StaffWrite), |user, link| user.invite_again(&staff.ctx, link)).await
}

/// A step that ends with a new one-time link, shown once.
async fn linked(
    app: &App,
    staff: &Staff,
    tx: Tx,
    (id, action): (UserId, Action),
    step: impl FnOnce(User, [u8; 32]) -> Result<Changes, Refused>,
) -> Result<Answer, Problem> {
    let (mut tx, user) = match to_change(staff, tx, id, action).await? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let (token, stored) = token();
    match step(user.clone(), stored) {
        Ok(changes) => {
            let done = tx.commit(changes).await?;
            page(done, &LinkPage::new(app, staff, user.name.as_str(), &token).await)
        }
        Err(refused) => {
            let key = if refused == Refused::OwnApproval { "staff-reset-own" } else { "staff-nothing-waits" };
            let error = FieldError::new("second-factor", key);
            again(staff, &mut tx, &user, &RawForm::default(), error).await?.answer(tx).await
        }
    }
}

/// The page once more, with what is wrong and all that was typed.
async fn again(
    staff: &Staff,
    tx: &mut Tx,
    user: &User,
    raw: &RawForm,
    error: FieldError,
) -> Result<UserPage, StoreError> {
    render(staff, tx, user, Some(raw), &FormErrors::from(vec![error])).await
}

impl UserPage {
    async fn answer(self, tx: Tx) -> Result<Answer, Problem> {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &self)
    }
}

/// Somebody else changed the roles meanwhile. Signing in changes an account too, so its version does not tell.
async fn conflict(staff: &Staff, mut tx: Tx, user: &User, raw: &RawForm) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let teams = tx.teams().await?;
    let now = SummaryRow::new(lang.t("staff-now"), words_of(staff, &user.roles, &user.teams, &teams));
    let typed_roles = raw.all("roles").filter_map(Role::from_code).collect();
    let typed = words_of(staff, &typed_roles, &teams_of(raw, &teams), &teams);
    let changes = SummaryList { rows: vec![now], ..SummaryList::default() };
    let frame = staff.frame(&mut tx, String::new(), "/team").await?;
    let kept = vec![(lang.t("staff-roles"), typed)];
    let shown = ConflictPage::new(frame, changes, kept, &format!("/team/{}", user.id));
    page_with(ConflictPage::STATUS, tx.close().await?, &shown)
}

type Roles = std::collections::BTreeSet<Role>;
type Teams = std::collections::BTreeSet<TeamId>;

fn words_of(staff: &Staff, roles: &Roles, teams: &Teams, all: &[Team]) -> String {
    let roles = roles.iter().map(|role| super::role::role_name(staff.lang, *role));
    let teams = all.iter().filter(|team| teams.contains(&team.id)).map(|team| team.name.to_string());
    roles.chain(teams).collect::<Vec<_>>().join(", ")
}

/// What the account may do now, as a form carries it.
fn holds(user: &User) -> String {
    let roles: Vec<&str> = user.roles.iter().map(|role| role.code()).collect();
    let teams: Vec<String> = user.teams.iter().map(ToString::to_string).collect();
    format!("{}|{}", roles.join(","), teams.join(","))
}

async fn render(
    staff: &Staff,
    tx: &mut Tx,
    user: &User,
    raw: Option<&RawForm>,
    errors: &FormErrors,
) -> Result<UserPage, StoreError> {
    let lang = staff.lang;
    let teams = tx.teams().await?;
    let org = tx.orgs().await?.into_iter().find(|org| org.id == user.org).map(|org| org.name.to_string());
    let in_use = !matches!(user.state, UserState::Ended { .. });
    let writes = in_use && staff.may(Action::StaffWrite);
    let typed = raw.cloned().unwrap_or_default();
    let mut frame = staff.frame(tx, user.name.to_string(), "/team").await?;
    frame.errors = !errors.is_empty();
    Ok(UserPage {
        frame,
        back: BackLink::new(lang, "/team"),
        id: user.id,
        summary: (!errors.is_empty()).then(|| errors.summary(lang)),
        facts: facts(staff, user, org, &teams),
        roles: writes.then(|| roles_form(staff, user, &teams, raw, errors)),
        again: (writes && user.state == UserState::Invited).then(|| Button::secondary(lang.t("staff-again"))),
        reset: reset(staff, tx, user, &typed, errors).await?,
        end: writes.then(|| {
            let button = Button { kind: ButtonKind::Warning, ..Button::new(lang.t("staff-end")) };
            (why(staff, "end-why", "staff-end-why", &typed, errors), button)
        }),
    })
}

fn roles_form(
    staff: &Staff,
    user: &User,
    teams: &[Team],
    raw: Option<&RawForm>,
    errors: &FormErrors,
) -> RolesForm {
    let lang = staff.lang;
    let posted = raw.filter(|raw| raw.one("was").is_some()).cloned();
    let shown = posted.unwrap_or_else(|| {
        let roles = user.roles.iter().map(|role| ("roles", role.code().to_owned()));
        let teams = user.teams.iter().map(|team| ("teams", team.to_string()));
        let fields: Vec<(&str, String)> = roles.chain(teams).collect();
        RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())))
    });
    RolesForm {
        was: holds(user),
        roles: roles_input(lang, &shown, errors),
        teams: teams_input(lang, teams, &shown, errors),
        save: Button::new(lang.t("staff-roles-save")),
    }
}

fn facts(staff: &Staff, user: &User, org: Option<String>, teams: &[Team]) -> SummaryList {
    let lang = staff.lang;
    let mut rows = vec![
        SummaryRow::new(lang.t("staff-state"), state_tag(lang, user)),
        SummaryRow::new(lang.t("staff-email"), user.email.to_string()),
        SummaryRow::new(lang.t("staff-org"), org.unwrap_or_default()),
    ];
    if let Some(phone) = &user.phone {
        rows.push(SummaryRow::new(lang.t("staff-phone"), phone.to_string()));
    }
    if let Some(profession) = &user.profession {
        rows.push(SummaryRow::new(lang.t("staff-profession"), profession.to_string()));
    }
    rows.push(SummaryRow::new(lang.t("staff-holds"), words_of(staff, &user.roles, &user.teams, teams)));
    if let UserState::Ended { at, why } = &user.state {
        rows.push(SummaryRow::new(lang.t("staff-ended-at"), words::date_time(lang, *at)));
        rows.push(SummaryRow::new(lang.t("staff-ended-why"), Markup::lines(why.as_str())));
    }
    SummaryList { rows, ..SummaryList::default() }
}

async fn reset(
    staff: &Staff,
    tx: &mut Tx,
    user: &User,
    typed: &RawForm,
    errors: &FormErrors,
) -> Result<Reset, StoreError> {
    let lang = staff.lang;
    if let Some(asked) = user.reset.clone().filter(|_| user.is_active()) {
        let own = asked.asked_by == staff.member.user;
        let who = if own {
            staff.member.name.clone()
        } else {
            tx.user(asked.asked_by, Action::StaffRead).await?.name
        };
        let parts = [
            ("name", who.to_string()),
            ("when", words::date_time(lang, asked.at)),
            ("why", asked.why.to_string()),
        ];
        let waits = lang.tr("staff-reset-waits", &parts);
        let approves = !own && staff.may(Action::FactorResetApprove);
        return Ok(if approves {
            Reset::Approve(waits, Button::new(lang.t("staff-reset-approve")))
        } else {
            Reset::Waiting(waits, lang.t("staff-reset-other"))
        });
    }
    if user.is_active() && staff.may(Action::FactorResetAsk) {
        let button = Button::secondary(lang.t("staff-reset-ask"));
        return Ok(Reset::Ask(why(staff, "reset-why", "staff-reset-why", typed, errors), button));
    }
    Ok(Reset::Nothing)
}

fn why(staff: &Staff, name: &str, label: &str, typed: &RawForm, errors: &FormErrors) -> Textarea {
    Textarea {
        field: Field::new(staff.lang, name, staff.lang.t(label)).with(errors),
        value: typed.text(name).to_owned(),
        rows: Some(2),
        ..Textarea::default()
    }
}
