//! Inviting somebody: an account that opens with a one-time link only.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use onedoor_domain::ids::UserId;
use onedoor_domain::team::{NewUser, Org, Team, User};
use onedoor_domain::value::{Email, EmailError, Line, Phone};
use onedoor_store::{StoreError, Tx};

use super::{LinkPage, org_input, org_of, roles_input, roles_of, teams_input, teams_of, text_key};
use crate::session::token;
use crate::ui::{Field, FormPage, TextInput};
use crate::web::answer::go;
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, App, Problem, Staff, page, page_with};

/// GET `/team/invite`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let places = (tx.orgs().await?, tx.teams().await?);
    let id = new_id().to_string();
    let form =
        form(&staff, &mut tx, &places, &RawForm::of([("id", id.as_str())]), &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/team/invite`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(State(app): State<App>, staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let id: UserId = raw.text("id").parse().map_err(|_| Problem::NotFound)?;
    let mut tx = staff.begin().await?;
    let places = (tx.orgs().await?, tx.teams().await?);
    let mut errors = FormErrors::default();
    let new = read(&raw, &places, &mut errors);
    if let Some(new) = &new
        && let Some(known) = tx.user_with_email(&new.email).await?
    {
        if known == id {
            // Sent twice: the link was shown once, and can be made again on the account's page.
            return Ok(go(&format!("/team/{id}")));
        }
        errors.push(FieldError::new("email", "staff-email-taken"));
    }
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        return ask_again(&staff, tx, &places, &raw, &errors).await;
    };
    let (token, stored) = token();
    let name = new.name.to_string();
    match tx.commit(User::invite(&staff.ctx, id, new, stored)).await {
        Ok(done) => page(done, &LinkPage::new(&app, &staff, &name, &token).await),
        Err(StoreError::Taken) => {
            // Somebody else was invited with this address a moment ago.
            errors.push(FieldError::new("email", "staff-email-taken"));
            ask_again(&staff, staff.begin().await?, &places, &raw, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn ask_again(
    staff: &Staff,
    mut tx: Tx,
    places: &(Vec<Org>, Arc<[Team]>),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<Answer, Problem> {
    let form = form(staff, &mut tx, places, raw, errors).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

fn read(raw: &RawForm, (orgs, teams): &(Vec<Org>, Arc<[Team]>), errors: &mut FormErrors) -> Option<NewUser> {
    let name = errors.keep(raw.parsed::<Line>("name", text_key("staff-name-missing")));
    let email = errors.keep(email_of(raw));
    let profession = errors.keep(raw.optional::<Line>("profession", text_key("staff-name-missing")));
    let phone = errors.keep(raw.optional::<Phone>("phone", |_| "staff-phone-wrong"));
    let org = errors.keep(org_of(raw, orgs));
    let roles = errors.keep(roles_of(raw));
    let teams = teams_of(raw, teams);
    Some(NewUser {
        org: org?,
        name: name?,
        email: email?,
        profession: profession?,
        phone: phone?,
        roles: roles?,
        teams,
    })
}

/// Sign-in names are kept in small letters, so that nobody is two people.
fn email_of(raw: &RawForm) -> Result<Email, FieldError> {
    raw.text("email").to_ascii_lowercase().parse().map_err(|error| {
        let key = if error == EmailError::Empty { "staff-email-missing" } else { "staff-email-wrong" };
        FieldError::new("email", key)
    })
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    (orgs, teams): &(Vec<Org>, Arc<[Team]>),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let input = |name: &str, label: &str| TextInput {
        field: Field::new(lang, name, lang.t(label)).with(errors),
        value: raw.text(name).to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let email = TextInput { kind: Some("email"), spellcheck: Some(false), ..input("email", "staff-email") };
    let profession = input("profession", "staff-profession");
    let hint = lang.t("staff-profession-hint");
    let profession = TextInput { field: profession.field.hint(hint), ..profession };
    let phone = TextInput { kind: Some("tel"), ..input("phone", "staff-phone") };
    let phone = TextInput { field: phone.field.hint(lang.t("staff-phone-hint")), ..phone };
    let frame = staff.frame(tx, lang.t("staff-invite"), "/team").await?;
    Ok(FormPage::new(frame, "/team/invite", lang.t("staff-invite-make"))
        .errors(errors)
        .back("/team")
        .intro([lang.t("staff-invite-about")])
        .carry("id", raw.text("id"))
        .control(&input("name", "staff-name"))
        .control(&email)
        .control(&profession)
        .control(&phone)
        .control(&org_input(lang, orgs, raw, errors))
        .control(&roles_input(lang, raw, errors))
        .control(&teams_input(lang, teams, raw, errors)))
}
