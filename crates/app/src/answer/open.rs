//! Opening a one-time link: who it is for, whether it stands, and who reads. Looking changes nothing, whoever looks: only a
//! name, a role and the word of whoever answers for the service lead on (hazards H03, H06).

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::guest::{Errand, Guest, LinkStands, Visit};
use onedoor_domain::handover::Answered;
use onedoor_domain::ids::TenantId;
use onedoor_domain::referral::{GpAnswer, Referral};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Line;
use onedoor_store::{Done, LinkAbout, Saw, Tx};

use super::{closed, errand_of, frame, once, place};
use crate::once::Once;
use crate::referral::ask;
use crate::session::token;
use crate::ui::{Checkboxes, Choice, Field, FormPage, NotePage, TextInput};
use crate::web::address::client_address;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, page_with, redirect};

/// Seconds until tries are counted anew.
const WAIT: u32 = 900;

type Parts = (String, String, String);

/// GET `/answer/{errand}/{about}/{key}`.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is not ours.
pub async fn show(
    State(app): State<App>,
    public: Public,
    Path(parts): Path<Parts>,
    request: Request,
) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    let system = app.system(public.ctx.tenant, SystemScope::SignIn);
    if !Once::may_look(&app, &system, &client).await? {
        return Err(Problem::TooOften(WAIT));
    }
    let (errand, about, done) = found(&app, public.ctx.tenant, &parts).await?;
    if about.stands != LinkStands::Good {
        return over(&app, &public, &about.stands, done).await;
    }
    let (raw, errors) = (RawForm::default(), FormErrors::default());
    let shown = form(&app, &public, (errand, &about, &parts.2), (&raw, &errors)).await;
    page_with(StatusCode::OK, done, &shown)
}

/// POST `/answer/{errand}/{about}/{key}`: says who reads, and goes on to what is passed on.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is not ours.
pub async fn submit(
    State(app): State<App>,
    public: Public,
    Path(parts): Path<Parts>,
    request: Request,
) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    let tenant = public.ctx.tenant;
    let system = app.system(tenant, SystemScope::SignIn);
    let link = once(tenant, errand_of(&parts.0, &parts.1)?);
    if !link.may_send(&app, &system, &client).await? {
        return Err(Problem::TooOften(WAIT));
    }
    let raw = read_form(request).await?;
    let (errand, about, done) = found(&app, tenant, &parts).await?;
    if about.stands != LinkStands::Good {
        return over(&app, &public, &about.stands, done).await;
    }
    let mut errors = FormErrors::default();
    let Some((name, role)) = read(&raw, &mut errors) else {
        let shown = form(&app, &public, (errand, &about, &parts.2), (&raw, &errors)).await;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &shown);
    };
    let guest = Guest { referral: about.referral, errand, name, role, of: about.of };
    let ctx = app.ctx(tenant, Actor::Guest(Box::new(guest)));
    let mut tx = app.db.begin(&ctx).await?;
    let action = if matches!(errand, Errand::Receipt(_)) { Action::GpAnswer } else { Action::LinkOpen };
    let referral = tx.referral(about.referral, action).await?;
    // It may have been answered or taken back while they typed.
    let stands = referral.link_stands(errand, ctx.now).map_or(LinkStands::Over, |(_, stands)| stands);
    if stands != LinkStands::Good {
        return over(&app, &public, &stands, tx.close().await?).await;
    }
    if let Errand::Receipt(_) = errand {
        return read_letter(&public, tx, referral).await;
    }
    let (token, stored) = token();
    let done = tx.commit(Visit::begin(&ctx, stored)?).await?;
    Ok(redirect(done, &place(errand)).cookie(&Cookie::Guest.set(&app, &token)))
}

/// A practice has read the letter: that is all there is to say.
async fn read_letter(public: &Public, tx: Tx, referral: Referral) -> Result<Answer, Problem> {
    let ctx = tx.ctx().clone();
    let answered = Answered::by_link(&ctx, None).ok_or(Refused::NotFromHere)?;
    let done = tx.commit(referral.answer_gp(&ctx, GpAnswer::Read { answered, at: ctx.now })?).await?;
    let frame = frame(public, "answer-thanks-title").await;
    page_with(StatusCode::OK, done, &NotePage::new(frame, [public.lang.t("receipt-thanks")]))
}

/// What a link is about, where its key is right.
async fn found(
    app: &App,
    tenant: TenantId,
    (errand, about, key): &Parts,
) -> Result<(Errand, LinkAbout, Done<Saw>), Problem> {
    let errand = errand_of(errand, about)?;
    if !once(tenant, errand).opens(&app.secret, key) {
        return Err(Problem::NotFound);
    }
    let mut tx = app.db.begin(&app.system(tenant, SystemScope::SignIn)).await?;
    let about = tx.link_about(errand).await?;
    let done = tx.close().await?;
    Ok((errand, about.ok_or(Problem::NotFound)?, done))
}

async fn over(app: &App, public: &Public, stands: &LinkStands, done: Done<Saw>) -> Result<Answer, Problem> {
    let (title, texts) = closed(app, public.ctx.tenant, public.lang, stands).await;
    page_with(StatusCode::OK, done, &NotePage::new(frame(public, title).await, texts))
}

fn read(raw: &RawForm, errors: &mut FormErrors) -> Option<(Line, Line)> {
    let name = ask::line(raw, errors, "name", "answer-name-missing");
    let role = ask::line(raw, errors, "role", "answer-role-missing");
    if raw.text("confirm") != "yes" {
        errors.push(FieldError::new("confirm", "answer-confirm-missing"));
        return None;
    }
    Some((name?, role?))
}

async fn form(
    app: &App,
    public: &Public,
    (errand, about, key): (Errand, &LinkAbout, &str),
    (raw, errors): (&RawForm, &FormErrors),
) -> FormPage {
    let lang = public.lang;
    let county = app.county(public.ctx.tenant).await.ok();
    let of = || ("of", about.of.to_string());
    let parts = [
        ("service", county.map(|county| county.name.to_string()).unwrap_or_default()),
        of(),
        ("reference", about.reference.to_string()),
    ];
    let (title, what) = match errand {
        Errand::Answer(_) => ("answer-open-title", "answer-open-what"),
        Errand::Carry(_) => ("answer-carry-title", "answer-carry-what"),
        Errand::Receipt(_) => ("receipt-open-title", "receipt-open-what"),
    };
    let receipt = matches!(errand, Errand::Receipt(_));
    let confirmed = if receipt { "receipt-confirm-yes" } else { "answer-confirm-yes" };
    let intro = if receipt {
        vec![lang.tr(what, &parts), lang.t("receipt-open-first")]
    } else {
        vec![lang.tr(what, &parts), lang.t("answer-open-first"), lang.t("answer-open-no-answer")]
    };
    let line = |name: &'static str, label: &str, hint: &str, autocomplete| TextInput {
        field: Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors),
        value: raw.text(name).to_owned(),
        autocomplete: Some(autocomplete),
        spellcheck: Some(false),
        ..TextInput::default()
    };
    let confirm = Checkboxes {
        field: Field::new(lang, "confirm", lang.tr("answer-confirm", &[of()])).with(errors),
        choices: vec![Choice::new("yes", lang.tr(confirmed, &[of()]))],
        values: raw.all("confirm").map(str::to_owned).collect(),
        small: false,
    };
    let action = format!("{}/{key}", place(errand));
    FormPage::new(
        frame(public, title).await,
        &action,
        lang.t(if receipt { "answer-send" } else { "answer-open-go" }),
    )
    .errors(errors)
    .intro(intro)
    .control(&line("name", "answer-name", "answer-name-hint", "name"))
    .control(&line("role", "answer-role", "answer-role-hint", "organization-title"))
    .control(&confirm)
}
