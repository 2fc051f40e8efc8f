//! "Save and come back later": by a code to an address that is proved first, or by a return phrase that is shown once.
//!
//! An address is proved before anything is kept under it: one wrong digit would hand the form to a stranger (hazards H05,
//! H27). Neither an address nor a phrase is kept, only their keyed hashes.

use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::code::{Delivery, Purpose};
use onedoor_domain::door::{Draft, DraftState, SafeContact, Way};
use onedoor_domain::ids::{CodeId, DraftId, TenantId};
use onedoor_domain::value::ReturnPhrase;
use serde::Deserialize;
use uuid::Uuid;

use super::ask::without_cookie;
use super::{draft_id, kept, open, path, to_confirmation};
use crate::code::{
    ADDRESS, Asked, DIGITS, DigitsPage, Typed, address_input, ask, typed, typed_address, typed_digits,
};
use crate::ui::{BackLink, Button, ErrorSummary, Frame, Markup, TextInput};
use crate::web::address::client_address;
use crate::web::answer::go;
use crate::web::app::random;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, App, Problem, Public, page, page_with, redirect};

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Just {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "door/save.html")]
struct SavePage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    until: String,
    /// The ways back there are.
    ways: Vec<String>,
    action: String,
    address: TextInput,
    send: Button,
    phrase_action: String,
    phrase: Button,
    end: String,
}

#[derive(Template)]
#[template(path = "door/phrase.html")]
struct PhrasePage {
    frame: Frame,
    words: Vec<&'static str>,
    until: String,
    go_on: Button,
    end: String,
}

/// Shows the ways to save.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(
    public: Public,
    Path(draft): Path<String>,
    Query(just): Query<Just>,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let Some((tx, draft)) = open(&public, id, Action::DraftRead).await? else {
        return Ok(to_confirmation(id));
    };
    let known = known_address(&draft);
    let raw = RawForm::of([(ADDRESS, known.as_str())]);
    let mut shown = save_page(&public, &draft, &raw, &FormErrors::default()).await;
    shown.frame.flash = (just.done == "address").then(|| public.lang.t("return-address-kept"));
    page(tx.close().await?, &shown)
}

/// Sends a code to the address, to prove that it is theirs.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn send(
    State(app): State<App>,
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    if public.visitor.is_none() {
        return without_cookie(&public, &raw).await;
    }
    let Some((tx, draft)) = open(&public, id, Action::DraftWrite).await? else {
        return Ok(to_confirmation(id));
    };
    let done = tx.close().await?;
    let (status, wrong) = match typed_address(&raw) {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Ok(address) => match ask(&app, &public, &client, &address, Purpose::KeepDraft(id)).await? {
            Asked::Made(done, code) => return Ok(redirect(done, &path(id, &format!("save/{code}")))),
            Asked::TooOften => (StatusCode::TOO_MANY_REQUESTS, FieldError::new(ADDRESS, "code-too-often")),
        },
    };
    page_with(status, done, &save_page(&public, &draft, &raw, &vec![wrong].into()).await)
}

/// Asks for the code.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show_code(
    State(app): State<App>,
    public: Public,
    Path((draft, code)): Path<(String, String)>,
) -> Result<Answer, Problem> {
    let (id, code) = (draft_id(&draft)?, code_id(&code)?);
    let Some((mut tx, _)) = open(&public, id, Action::DraftRead).await? else {
        return Ok(to_confirmation(id));
    };
    let sent = tx.code(code, Action::CodeUse).await?.filter(|code| code.purpose == Purpose::KeepDraft(id));
    let failed = sent.is_some_and(|code| matches!(code.delivery, Delivery::Failed { .. }));
    let shown = code_page(&app, &public, (id, code), &FormErrors::default(), failed).await;
    page(tx.close().await?, &shown)
}

/// Takes the code: from now on the draft can be come back to by the address.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn prove(
    State(app): State<App>,
    public: Public,
    Path((draft, code)): Path<(String, String)>,
    request: Request,
) -> Result<Answer, Problem> {
    let (id, code) = (draft_id(&draft)?, code_id(&code)?);
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let Some((tx, _)) = open(&public, id, Action::DraftWrite).await? else {
        return Ok(to_confirmation(id));
    };
    let done = tx.close().await?;
    let purpose = Purpose::KeepDraft(id);
    let (status, wrong) = match typed_digits(&raw) {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Ok(digits) => match typed(&app, &public.ctx, &client, (code, |it| it == purpose), &digits).await? {
            Typed::Right(mut tx, proof, used) => {
                let draft = tx.draft(id, Action::DraftWrite).await?;
                let kept = draft.keep_by_address(tx.ctx(), &proof)?;
                return Ok(redirect(tx.commit(used.and(kept)).await?, &path(id, "save?done=address")));
            }
            Typed::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, FieldError::new(DIGITS, "code-wrong")),
            Typed::TooOften => (StatusCode::TOO_MANY_REQUESTS, FieldError::new(DIGITS, "code-tried-often")),
        },
    };
    let shown = code_page(&app, &public, (id, code), &vec![wrong].into(), false).await;
    page_with(status, done, &shown)
}

/// Makes a return phrase and shows it once; asking again replaces it.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn phrase(
    State(app): State<App>,
    public: Public,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let raw = read_form(request).await?;
    if public.visitor.is_none() {
        return without_cookie(&public, &raw).await;
    }
    let Some((tx, draft)) = open(&public, id, Action::DraftWrite).await? else {
        return Ok(to_confirmation(id));
    };
    let phrase = ReturnPhrase::from_bytes(random());
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-phrase-title")).await;
    frame.no_index = true;
    let shown = PhrasePage {
        frame,
        words: phrase.words().to_vec(),
        until: kept::until(lang, &draft),
        go_on: Button::to(&kept::go_on(&draft), lang.t("return-go-on")),
        end: path(id, "end"),
    };
    let changes = draft.keep_by_phrase(tx.ctx(), phrase_key(&app, public.ctx.tenant, &phrase))?;
    page(tx.commit(changes).await?, &shown)
}

/// The words are not shown a second time: whoever looks for them is led to where there are new ones.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn no_phrase(public: Public, Path(draft): Path<String>) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let Some((tx, _)) = open(&public, id, Action::DraftRead).await? else {
        return Ok(to_confirmation(id));
    };
    tx.close().await?;
    Ok(go(&path(id, "save")))
}

/// The keyed hash by which a draft is found again.
pub(super) fn phrase_key(app: &App, tenant: TenantId, phrase: &ReturnPhrase) -> [u8; 32] {
    app.secret.keyed("return phrase of a draft", &[tenant.0.as_bytes(), phrase.key().as_bytes()])
}

/// The code a path names. Anything else is no page of ours.
pub(crate) fn code_id(text: &str) -> Result<CodeId, Problem> {
    Uuid::try_parse(text).map(CodeId).map_err(|_| Problem::NotFound)
}

/// What they gave already need not be typed again.
fn known_address(draft: &Draft) -> String {
    let address = |way: &Way| match way {
        Way::Email { email } => Some(email.to_string()),
        Way::Text { phone } => Some(phone.to_string()),
        Way::Call { phone, .. } => phone.is_uk_mobile().then(|| phone.to_string()),
        Way::Letter { .. } | Way::InPerson { .. } => None,
    };
    draft.answers.contact.iter().flat_map(SafeContact::ways).find_map(address).unwrap_or_default()
}

async fn save_page(public: &Public, draft: &Draft, raw: &RawForm, errors: &FormErrors) -> SavePage {
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-save")).await;
    frame.no_index = true;
    frame.errors = !errors.is_empty();
    SavePage {
        back: BackLink {
            text: Some(Markup::from(lang.t("return-go-on"))),
            ..BackLink::new(lang, &kept::go_on(draft))
        },
        summary: frame.errors.then(|| errors.summary(lang)),
        until: kept::until(lang, draft),
        ways: ways(draft).map(|key| lang.t(key)).collect(),
        action: path(draft.id, "save"),
        address: address_input(lang, raw, errors),
        send: Button { prevents_double_click: true, ..Button::new(lang.t("return-send-code")) },
        phrase_action: path(draft.id, "phrase"),
        phrase: Button {
            prevents_double_click: true,
            ..Button::secondary(lang.t(if draft.back.phrase.is_some() {
                "return-new-phrase"
            } else {
                "return-show-phrase"
            }))
        },
        end: path(draft.id, "end"),
        frame,
    }
}

/// The ways back there are, in words.
pub(super) fn ways(draft: &Draft) -> impl Iterator<Item = &'static str> {
    let by_code = draft.back.address.map(|_| "return-by-code");
    by_code.into_iter().chain(draft.back.phrase.map(|_| "return-by-phrase"))
}

async fn code_page(
    app: &App,
    public: &Public,
    (id, code): (DraftId, CodeId),
    errors: &FormErrors,
    failed: bool,
) -> crate::ui::FormPage {
    let lang = public.lang;
    let intro = if failed { "code-failed" } else { "code-sent-to-prove" };
    let page = DigitsPage {
        action: &path(id, &format!("save/{code}")),
        again: &path(id, "save"),
        intro: vec![lang.t(intro), lang.t("code-works")],
    };
    page.show(app, public, code, errors).await
}

/// Whether a draft was sent.
pub(super) fn is_sent(draft: &Draft) -> bool {
    draft.state != DraftState::Open
}
