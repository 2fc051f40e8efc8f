//! The persona picker of the demonstration: signs in with one press. Does not exist without `--demo`.

use axum::extract::{Path, State};
use onedoor_domain::actor::SystemScope;
use onedoor_domain::session::{AuthLevel, Session};
use onedoor_domain::value::Email;

use super::{HOME, frame, token};
use crate::demo::{PERSONAS, Persona};
use crate::team::role::{role_does, role_name};
use crate::ui::{Button, Frame};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, redirect, static_page};

#[derive(Debug, askama::Template)]
#[template(path = "session/picker.html")]
struct Picker {
    frame: Frame,
    personas: Vec<Card>,
}

/// One persona to be.
#[derive(Debug)]
struct Card {
    persona: &'static Persona,
    /// Where it says more than the profession.
    role: Option<String>,
    does: String,
    button: Button,
}

/// GET `/demo`.
///
/// # Errors
/// [`Problem::NotFound`] outside a demonstration.
pub async fn show(State(app): State<App>, public: Public) -> Result<Answer, Problem> {
    if !app.settings.demo {
        return Err(Problem::NotFound);
    }
    let lang = public.lang;
    let card = |persona: &'static Persona| {
        let role = persona.roles.first().copied()?;
        let words = lang.tr("session-picker-be", &[("name", persona.name.to_owned())]);
        let button = Button { small: true, ..Button::secondary(words) };
        let named = Some(role_name(lang, role)).filter(|named| named != persona.profession);
        Some(Card { persona, role: named, does: role_does(lang, role), button })
    };
    let personas = PERSONAS.iter().filter_map(card).collect();
    static_page(
        axum::http::StatusCode::OK,
        &Picker { frame: frame(&public, "session-picker-title").await, personas },
    )
}

/// POST `/demo/{persona}`.
///
/// # Errors
/// [`Problem::NotFound`] outside a demonstration, or for nobody we know.
pub async fn pick(
    State(app): State<App>,
    public: Public,
    Path(key): Path<String>,
) -> Result<Answer, Problem> {
    let persona = PERSONAS.iter().find(|persona| persona.key == key).filter(|_| app.settings.demo);
    let email: Email = persona.and_then(|persona| persona.email().parse().ok()).ok_or(Problem::NotFound)?;
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let mut tx = app.db.begin(&ctx).await?;
    let user = tx.user_to_sign_in(&email).await?.filter(onedoor_domain::team::User::is_active);
    let user = user.ok_or(Problem::NotFound)?;
    let kept = tx.parked(user.id).await?.is_some();
    let (token, stored) = token();
    let (_, changes) = Session::begin(&ctx, user.id, stored, AuthLevel::Full);
    let done = tx.commit(changes).await?;
    Ok(redirect(done, if kept { "/parked" } else { HOME }).cookie(&Cookie::Session.set(&app, &token)))
}
