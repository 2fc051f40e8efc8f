//! Coming back to a draft from another browser: by its phrase, or by a code to the address it is kept under.
//!
//! The pages say the same whether or not anything is known: a phrase that was never given out, one of a draft that was
//! removed, and a wrong word look alike, and so do addresses.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::actor::VisitorKey;
use onedoor_domain::change::Changes;
use onedoor_domain::code::Purpose;
use onedoor_domain::door::Draft;
use onedoor_domain::ids::CodeId;
use onedoor_domain::value::{PhraseError, ReturnPhrase};
use onedoor_store::{StoreError, Tx};

use super::keep::{code_id, is_sent, phrase_key};
use super::kept;
use crate::code::{
    ADDRESS, Asked, DIGITS, DigitsPage, Typed, address_input, ask, may_try, typed, typed_address,
    typed_digits,
};
use crate::session::token;
use crate::ui::{BackLink, Button, ErrorSummary, Field, FormPage, Frame, Link, Markup, NotePage, TextInput};
use crate::web::address::client_address;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::Cookie;
use crate::web::{Answer, App, Problem, Public, page, redirect, static_page};
use crate::words;

/// The field of the words.
const PHRASE: &str = "phrase";
/// What this browser holds.
const YOURS: &str = "/return/yours";

#[derive(Template)]
#[template(path = "door/return.html")]
struct ReturnPage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    /// This browser may hold something already.
    yours: Option<Link>,
    address: TextInput,
    send: Button,
    phrase: TextInput,
    find: Button,
}

#[derive(Template)]
#[template(path = "door/yours.html")]
struct YoursPage {
    frame: Frame,
    back: BackLink,
    drafts: Vec<Link>,
}

/// Asks how they want to come back.
///
/// # Errors
/// [`Problem::Render`].
pub async fn show(public: Public) -> Result<Answer, Problem> {
    let shown = return_page(&public, &RawForm::default(), &FormErrors::default()).await;
    static_page(StatusCode::OK, &shown)
}

/// Sends a code, if anything is kept under the address; nobody can tell.
///
/// # Errors
/// [`Problem`].
pub async fn send(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let (status, wrong) = match typed_address(&raw) {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Ok(address) => match ask(&app, &public, &client, &address, Purpose::ReturnToDraft).await? {
            Asked::Made(done, code) => return Ok(redirect(done, &code_path(code))),
            Asked::TooOften => (StatusCode::TOO_MANY_REQUESTS, FieldError::new(ADDRESS, "code-too-often")),
        },
    };
    static_page(status, &return_page(&public, &raw, &vec![wrong].into()).await)
}

/// Asks for the code.
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

/// Takes the code, and brings everything that is kept under the address to this browser.
///
/// # Errors
/// [`Problem`].
pub async fn by_code(
    State(app): State<App>,
    public: Public,
    Path(code): Path<String>,
    request: Request,
) -> Result<Answer, Problem> {
    let code = code_id(&code)?;
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let purpose = Purpose::ReturnToDraft;
    let (status, wrong) = match typed_digits(&raw) {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Ok(digits) => match typed(&app, &public.ctx, &client, (code, |it| it == purpose), &digits).await? {
            Typed::Right(mut tx, proof, used) => {
                let drafts = tx.drafts_by_address(&proof).await?;
                return bring(&app, &public, *tx, drafts, Some(used)).await;
            }
            Typed::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, FieldError::new(DIGITS, "code-wrong")),
            Typed::TooOften => (StatusCode::TOO_MANY_REQUESTS, FieldError::new(DIGITS, "code-tried-often")),
        },
    };
    static_page(status, &code_page(&app, &public, code, &vec![wrong].into()).await)
}

/// Takes the phrase.
///
/// # Errors
/// [`Problem`].
pub async fn by_phrase(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let client = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let again = async |status, key| {
        let errors = vec![FieldError::new(PHRASE, key)].into();
        static_page(status, &return_page(&public, &raw, &errors).await)
    };
    let phrase: ReturnPhrase = match raw.text(PHRASE).parse() {
        Ok(phrase) => phrase,
        Err(wrong) => return again(StatusCode::UNPROCESSABLE_ENTITY, phrase_words(wrong)).await,
    };
    if !may_try(&app, &public.ctx, &client).await? {
        return again(StatusCode::TOO_MANY_REQUESTS, "code-tried-often").await;
    }
    let mut tx = public.begin().await?;
    match tx.draft_by_phrase(phrase_key(&app, public.ctx.tenant, &phrase)).await? {
        Some(draft) => bring(&app, &public, tx, vec![draft], None).await,
        None => match tx.refuse(Action::DraftReturn, None).await {
            StoreError::Refused(_) => again(StatusCode::UNPROCESSABLE_ENTITY, "return-phrase-unknown").await,
            error => Err(error.into()),
        },
    }
}

/// Everything that came back, and everything this browser held, belongs to a new cookie: one that somebody put into the
/// browser before opens nothing.
async fn bring(
    app: &App,
    public: &Public,
    mut tx: Tx,
    back: Vec<Draft>,
    used: Option<Changes>,
) -> Result<Answer, Problem> {
    let to = match &back[..] {
        [one] => kept::come_back(one),
        _ => YOURS.to_owned(),
    };
    let here = tx.own_drafts().await?;
    let back: Vec<Draft> =
        back.into_iter().filter(|draft| here.iter().all(|own| own.id != draft.id)).collect();
    let (token, visitor): (String, VisitorKey) = token();
    let ctx = tx.ctx().clone();
    let by_code = used.is_some();
    let moved = back.into_iter().map(|draft| {
        if by_code { draft.come_back_by_code(&ctx, visitor) } else { draft.come_back(&ctx, visitor) }
    });
    let moved: Vec<Changes> =
        moved.chain(here.into_iter().map(|draft| draft.come_back(&ctx, visitor))).collect();
    let Some(changes) = used.into_iter().chain(moved).reduce(Changes::and) else {
        tx.close().await?;
        return nothing(public).await;
    };
    Ok(redirect(tx.commit(changes).await?, &to).cookie(&Cookie::Visitor.set(app, &token)))
}

/// What this browser holds: when each was used, and nothing that is in it.
///
/// # Errors
/// [`Problem`].
pub async fn yours(public: Public) -> Result<Answer, Problem> {
    let mut tx = public.begin().await?;
    let drafts = tx.own_drafts().await?;
    let done = tx.close().await?;
    if drafts.is_empty() {
        return nothing(&public).await;
    }
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-yours-title")).await;
    frame.no_index = true;
    let link = |draft: &Draft| {
        let key = if is_sent(draft) { "return-yours-sent" } else { "return-yours-open" };
        let when = words::date_time(lang, draft.saved_at);
        Link::new(&kept::come_back(draft), lang.tr(key, &[("when", when)]))
    };
    let drafts = drafts.iter().map(link).collect();
    page(done, &YoursPage { back: BackLink::new(lang, "/return"), frame, drafts })
}

/// There is nothing: removed after thirty days, taken away, or never there.
async fn nothing(public: &Public) -> Result<Answer, Problem> {
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-nothing-title")).await;
    frame.no_index = true;
    let texts = [
        Markup::from(lang.t("return-nothing")),
        Markup::from(lang.t("return-nothing-again")),
        Markup::link("/ask", &lang.t("door-start-button")),
    ];
    static_page(StatusCode::OK, &NotePage::new(frame, texts).back("/return"))
}

async fn return_page(public: &Public, raw: &RawForm, errors: &FormErrors) -> ReturnPage {
    let lang = public.lang;
    let mut frame = public.frame(lang.t("return-title")).await;
    frame.no_index = true;
    frame.errors = !errors.is_empty();
    let field = Field::new(lang, PHRASE, lang.t("return-phrase")).hint(lang.t("return-phrase-hint"));
    ReturnPage {
        back: BackLink::new(lang, "/"),
        summary: frame.errors.then(|| errors.summary(lang)),
        yours: public.visitor.map(|_| Link::new(YOURS, lang.t("return-here"))),
        address: address_input(lang, raw, errors),
        send: Button { prevents_double_click: true, ..Button::new(lang.t("return-send-code")) },
        phrase: TextInput {
            field: field.with(errors),
            value: raw.one(PHRASE).unwrap_or_default().to_owned(),
            autocomplete: Some("off"),
            spellcheck: Some(false),
            ..TextInput::default()
        },
        find: Button { prevents_double_click: true, ..Button::new(lang.t("return-find")) },
        frame,
    }
}

fn code_path(code: CodeId) -> String {
    format!("/return/code/{code}")
}

async fn code_page(app: &App, public: &Public, code: CodeId, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
    let page = DigitsPage {
        action: &code_path(code),
        again: "/return",
        intro: vec![lang.t("code-sent-if-known"), lang.t("code-works")],
    };
    page.show(app, public, code, errors).await
}

fn phrase_words(wrong: PhraseError) -> &'static str {
    match wrong {
        PhraseError::Empty => "return-phrase-empty",
        PhraseError::WrongCount => "return-phrase-count",
        // The same as for a phrase that is nobody's.
        PhraseError::UnknownWord => "return-phrase-unknown",
    }
}
