//! One's own account: password, second factor, sign-ins; and setting it up with a one-time link.
//!
//! Must not change another person's account, and must not show a secret twice.

mod common;
pub mod factor;
pub mod invitation;
pub mod overview;
pub mod password;
pub mod renew;

use onedoor_domain::change::Changes;
use onedoor_domain::ids::UserId;
use onedoor_domain::session::Session;
use onedoor_store::{StoreError, Tx};

use self::factor::Factor;
use crate::session::code::code_input;
use crate::session::hex;
use crate::ui::{Field, FormPage, PasswordInput};
use crate::web::form::{FieldError, FormErrors, RawForm};
use crate::web::{App, Problem};
use crate::words::Lang;

/// Ends every open sign-in of an account, but one.
async fn end_sessions(
    tx: &mut Tx,
    user: UserId,
    but: Option<&Session>,
) -> Result<Option<Changes>, StoreError> {
    let ctx = tx.ctx().clone();
    let open = tx.own_sessions(user).await?;
    let other = open.into_iter().filter(|session| but.is_none_or(|kept| kept.id != session.id));
    Ok(other.map(|session| session.end(&ctx)).reduce(Changes::and))
}

fn and(changes: Changes, more: Option<Changes>) -> Changes {
    match more {
        Some(more) => changes.and(more),
        None => changes,
    }
}

/// A new second factor while it is being set up: its secret travels sealed in the form, and is stored when a code
/// proved that the app has it.
struct NewFactor {
    factor: Factor,
    sealed: Vec<u8>,
}

impl NewFactor {
    fn make(app: &App, user: UserId) -> Result<Self, Problem> {
        let factor = Factor::new().ok_or(Problem::Fault("no second factor could be made"))?;
        let sealed =
            factor.sealed(&app.secret, user).ok_or(Problem::Fault("a secret could not be sealed"))?;
        Ok(Self { factor, sealed })
    }

    /// The one the form carries, if it is one of ours for this account; else a new one to begin again with.
    fn carried(app: &App, user: UserId, raw: &RawForm) -> Result<Self, Problem> {
        let sealed = unhex(raw.text("factor"));
        let known = sealed.and_then(|sealed| Some((Factor::open(&app.secret, user, &sealed)?, sealed)));
        known.map_or_else(|| Self::make(app, user), |(factor, sealed)| Ok(Self { factor, sealed }))
    }

    fn check(&self, app: &App, raw: &RawForm, errors: &mut FormErrors) {
        if raw.text("code").is_empty() {
            errors.push(FieldError::new("code", "session-code-missing"));
        } else if self.factor.step_of(raw.text("code"), app.clock.now()).is_none() {
            errors.push(FieldError::new("code", "account-code-wrong"));
        }
    }

    /// The picture, the secret to type and the box for the first code.
    fn show(&self, page: FormPage, email: &str, errors: &FormErrors) -> FormPage {
        let lang = page.frame.lang;
        let steps = FactorSteps {
            title: lang.t("account-factor-title"),
            about: lang.t("account-factor-about"),
            picture: self.factor.picture(&page.frame.county.name, email),
            alternative: lang.t("account-factor-picture"),
            by_hand: lang.t("account-factor-by-hand"),
            typed: self.factor.typed(),
        };
        let hint = lang.t("account-code-hint");
        let code = code_input(Field::new(lang, "code", lang.t("session-code")).hint(hint).with(errors));
        page.carry("factor", hex(&self.sealed)).control(&steps).control(&code)
    }
}

#[derive(Debug, askama::Template)]
#[template(path = "account/factor.html")]
struct FactorSteps {
    title: String,
    about: String,
    picture: Option<String>,
    alternative: String,
    by_hand: String,
    typed: String,
}

impl askama::filters::HtmlSafe for FactorSteps {}

fn new_password_input(lang: Lang, errors: &FormErrors) -> PasswordInput {
    let hint = lang.tr(
        "account-password-hint",
        &[("shortest", password::SHORTEST.to_string()), ("longest", password::LONGEST.to_string())],
    );
    PasswordInput {
        field: Field::new(lang, "new-password", lang.t("account-password-new")).hint(hint).with(errors),
        autocomplete: Some("new-password"),
        ..PasswordInput::default()
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect()
}
