//! Showing that a request is one's own by its reference and a code, for whoever has no return phrase. The code goes only to
//! an e-mail address or a number that the person called safe; every page is the same whether or not one was sent.

use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::code::AddressProof;
use onedoor_domain::ids::CodeId;
use onedoor_domain::track::{Holder, Scope, Tracking};
use onedoor_domain::value::Reference;
use onedoor_store::Tx;
use serde::Deserialize;

use super::begin::{bad_reference, lost, reference_input};
use super::{PLACE, START};
use crate::code::{
    ADDRESS, Asked, DIGITS, DigitsPage, Typed, address_input, address_key, ask_for, typed, typed_address,
    typed_digits,
};
use crate::door::keep::code_id;
use crate::session::token;
use crate::ui::{FormPage, Markup};
use crate::web::address::client_address;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, redirect, static_page};

/// Where a code is asked for.
pub const ASK: &str = "/track/code";

/// What the address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct WayBack {
    #[serde(default)]
    reference: String,
}

/// The link back to a request that ended. It carries the reference alone and opens nothing: a code to a safe address does.
pub fn way_back(reference: &Reference) -> String {
    format!("{ASK}?reference={}", reference.as_str())
}

/// GET `/track/code`.
///
/// # Errors
/// [`Problem::Render`].
pub async fn show(
    State(app): State<App>,
    public: Public,
    Query(link): Query<WayBack>,
) -> Result<Answer, Problem> {
    // A link proves nothing: it only saves typing. What is no reference is not shown.
    let given: Option<Reference> = link.reference.parse().ok();
    let given = given.map(|reference| reference.to_string()).unwrap_or_default();
    let raw = RawForm::of([("reference", given.as_str())]);
    let page = form(&app, &public, &raw, &FormErrors::default()).await;
    static_page(StatusCode::OK, &page)
}

/// POST `/track/code`: sends a code, if the reference is that of a request and the address is one of its safe ones.
///
/// # Errors
/// [`Problem`].
pub async fn send(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let reference = errors.keep(raw.parsed("reference", bad_reference));
    let address = errors.keep(typed_address(&raw));
    let (Some(reference), Some(address)) = (reference, address) else {
        return static_page(StatusCode::UNPROCESSABLE_ENTITY, &form(&app, &public, &raw, &errors).await);
    };
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    match ask_for(&app, &ctx, &client, (&reference, &address)).await? {
        Asked::Made(done, code) => Ok(redirect(done, &path(code))),
        Asked::TooOften => {
            let errors = vec![FieldError::new(ADDRESS, "track-code-too-often")].into();
            static_page(StatusCode::TOO_MANY_REQUESTS, &form(&app, &public, &raw, &errors).await)
        }
    }
}

/// GET `/track/code/{code}`: asks for the digits.
///
/// # Errors
/// [`Problem::NotFound`] for what is no code.
pub async fn show_code(
    State(app): State<App>,
    public: Public,
    Path(code): Path<String>,
) -> Result<Answer, Problem> {
    let shown = code_page(&app, &public, code_id(&code)?, &FormErrors::default()).await;
    static_page(StatusCode::OK, &shown)
}

/// POST `/track/code/{code}`: takes the digits, and opens the request in this browser.
///
/// # Errors
/// [`Problem`]; a wrong code is a page, not an error.
pub async fn submit(
    State(app): State<App>,
    public: Public,
    Path(code): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let code = code_id(&code)?;
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    let opens = |purpose: onedoor_domain::code::Purpose| purpose.referral().is_some();
    let (status, wrong) = match typed_digits(&raw) {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Ok(digits) => match typed(&app, &ctx, &client, (code, opens), &digits).await? {
            Typed::Right(mut tx, proof, used) => {
                if let Some(holder) = holder(&app, &mut tx, &proof).await? {
                    let (token, stored) = token();
                    let began = Tracking::begin(&ctx, holder, stored);
                    let done = tx.commit(used.and(began)).await?;
                    return Ok(redirect(done, PLACE).cookie(&Cookie::Track.set(&app, &token)));
                }
                tx.commit(used).await?;
                (StatusCode::UNPROCESSABLE_ENTITY, FieldError::new(DIGITS, "code-wrong"))
            }
            Typed::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, FieldError::new(DIGITS, "code-wrong")),
            Typed::TooOften => (StatusCode::TOO_MANY_REQUESTS, FieldError::new(DIGITS, "code-tried-often")),
        },
    };
    static_page(status, &code_page(&app, &public, code, &vec![wrong].into()).await)
}

/// Whom a right code shows to be there. None where the address is not one of the safe ones any more.
async fn holder(app: &App, tx: &mut Tx, proof: &AddressProof) -> Result<Option<Holder>, Problem> {
    let Some(referral) = proof.referral() else { return Ok(None) };
    let tenant = tx.ctx().tenant;
    let safe = tx.code_addresses_of(referral).await?;
    let still = safe.iter().any(|safe| address_key(app, tenant, safe) == proof.key());
    Ok(still.then_some(Holder { referral, scope: Scope::Own }))
}

fn path(code: CodeId) -> String {
    format!("{ASK}/{code}")
}

async fn form(app: &App, public: &Public, raw: &RawForm, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
    let mut frame = public.frame(lang.t("track-code-title")).await;
    frame.no_index = true;
    let cards = frame.crisis_cards();
    let words = Markup::paragraphs([
        Markup::from(lang.t("track-lost")),
        Markup::from(lost(app, public).await),
        Markup::link("/ask", &lang.t("track-ask-anew")),
    ]);
    let mut page = FormPage::new(frame, ASK, lang.t("track-code-send"))
        .errors(errors)
        .back(START)
        .intro([lang.t("track-code-what"), lang.t("track-code-neutral")])
        .control(&reference_input(lang, raw, errors))
        .control(&address_input(lang, raw, errors));
    page.after = Markup::all([words, Markup::of(&cards)]);
    page
}

async fn code_page(app: &App, public: &Public, code: CodeId, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
    let page = DigitsPage {
        action: &path(code),
        again: ASK,
        intro: vec![lang.t("track-code-sent"), lang.t("code-works")],
    };
    let mut page = page.show(app, public, code, errors).await;
    let cards = page.frame.crisis_cards();
    page.after = Markup::all([std::mem::take(&mut page.after), Markup::of(&cards)]);
    page
}
