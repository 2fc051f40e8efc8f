//! Showing that a request is one's own: its reference and a return phrase. An unknown reference and a wrong phrase give one
//! and the same answer, are counted alike, and are written down (hazard H05).

use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::ids::{NoticeId, ReferralId};
use onedoor_domain::track::{Holder, Scope, Tracking, refused};
use onedoor_domain::value::{PhraseError, Reference, ReferenceError, ReturnPhrase};
use serde::Deserialize;

use super::{PLACE, START, code};
use crate::session::tries::{self, Try};
use crate::session::{sign_in, token};
use crate::ui::{Field, FormPage, Markup, TextInput, Textarea};
use crate::web::address::client_address;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::gate::{Cookie, hash};
use crate::web::{Answer, App, Person, Problem, Public, page_with, redirect, static_page};
use crate::words::Lang;

/// What the address may carry.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Ask {
    /// The page closed by itself.
    #[serde(default)]
    over: String,
}

/// GET `/track`.
///
/// # Errors
/// [`Problem::Render`].
pub async fn show(State(app): State<App>, public: Public, Query(ask): Query<Ask>) -> Result<Answer, Problem> {
    let mut page = form(&app, &public, &RawForm::default(), &FormErrors::default()).await;
    if !ask.over.is_empty() {
        page.intro = Markup::all([Markup::paragraphs([public.lang.t("track-over-what")]), page.intro]);
    }
    static_page(StatusCode::OK, &page)
}

/// POST `/track`.
///
/// # Errors
/// [`Problem`]; a wrong phrase is a page, not an error.
pub async fn submit(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let address = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let reference = errors.keep(raw.parsed("reference", bad_reference));
    let phrase = errors.keep(raw.parsed("phrase", bad_phrase));
    let (Some(reference), Some(phrase)) = (reference, phrase) else {
        return static_page(StatusCode::UNPROCESSABLE_ENTITY, &form(&app, &public, &raw, &errors).await);
    };
    try_it(&app, &public, (&reference, &phrase), &address, &raw).await
}

async fn try_it(
    app: &App,
    public: &Public,
    (reference, phrase): (&Reference, &ReturnPhrase),
    address: &str,
    raw: &RawForm,
) -> Result<Answer, Problem> {
    let ctx = app.system(public.ctx.tenant, SystemScope::SignIn);
    if let Some(seconds) = tries::count(app, &ctx, Try::Phrase, reference.as_str(), address).await? {
        let errors = sign_in::too_often("reference", seconds).into();
        return static_page(StatusCode::TOO_MANY_REQUESTS, &form(app, public, raw, &errors).await);
    }
    let mut tx = app.db.begin(&ctx).await?;
    let key = tx.return_key(reference, Scope::Own).await?;
    let letter = tx.ending_letter(reference).await?;
    // Hashed also where there is nothing to compare with.
    let by_phrase = key.as_ref().map(|key| (key.referral, key.hash));
    let by_letter = letter.map(|(id, notice)| (id, keyed(app, id, &letter_words(app, notice))));
    let nothing = (ctx.new_id(), [0; 32]);
    let right = [by_phrase, by_letter].map(|known| {
        let (id, hash) = known.unwrap_or(nothing);
        (keyed(app, id, phrase) == hash).then_some(id)
    });
    let Some(referral) = right.into_iter().flatten().next() else {
        let whose = key.map(|key| key.referral).or(letter.map(|(id, _)| id));
        let done = tx.commit(refused(&ctx, whose)).await?;
        let errors = vec![FieldError::new("reference", "track-wrong")].into();
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &form(app, public, raw, &errors).await);
    };
    let (token, stored) = token();
    let holder = Holder { referral, scope: Scope::Own };
    let done = tx.commit(Tracking::begin(&ctx, holder, stored)).await?;
    tries::forget(app, &ctx, Try::Phrase, reference.as_str(), address).await?;
    Ok(redirect(done, PLACE).cookie(&Cookie::Track.set(app, &token)))
}

/// POST `/track/finish`: nothing of it can be opened in this browser any more.
///
/// # Errors
/// [`Problem::Store`].
pub async fn finish(State(app): State<App>, person: Person, request: Request) -> Result<Answer, Problem> {
    read_form(request).await?;
    let done = person.begin().await?.commit(person.tracking.clone().end(&person.ctx)).await?;
    Ok(redirect(done, "/").cookie(&Cookie::Track.clear(&app)))
}

/// The five words of the letter that told how a referral ended. Made anew from the letter's id by the installation's key, so
/// that they are stored nowhere, however often the letter is printed.
pub(crate) fn letter_words(app: &App, letter: NoticeId) -> ReturnPhrase {
    let made = app.secret.keyed("words of a letter", &[letter.0.as_bytes()]);
    ReturnPhrase::from_bytes(made.first_chunk().copied().unwrap_or_default())
}

/// What is stored of a phrase: its hash, under the installation's key, for one referral only.
pub(crate) fn keyed(app: &App, referral: ReferralId, phrase: &ReturnPhrase) -> [u8; 32] {
    let key = phrase.key();
    let secret = app.secret.bytes().as_slice();
    let parts = [secret, b"follow", referral.0.as_bytes().as_slice(), key.as_bytes()];
    hash(&parts.concat())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a form hands every failure over by reference")]
pub(crate) fn bad_reference(failure: &ReferenceError) -> &'static str {
    match failure {
        ReferenceError::Empty => "track-reference-empty",
        ReferenceError::WrongLength | ReferenceError::BadCharacter | ReferenceError::CheckCharacter => {
            "track-reference-wrong"
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a form hands every failure over by reference")]
pub(crate) fn bad_phrase(failure: &PhraseError) -> &'static str {
    match failure {
        PhraseError::Empty => "track-phrase-empty",
        PhraseError::WrongCount => "track-phrase-count",
        PhraseError::UnknownWord => "track-phrase-word",
    }
}

async fn form(app: &App, public: &Public, raw: &RawForm, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
    let mut frame = public.frame(lang.t("track-title")).await;
    frame.no_index = true;
    let reference = reference_input(lang, raw, errors);
    let phrase = Textarea {
        field: Field::new(lang, "phrase", lang.t("track-phrase"))
            .hint(lang.t("track-phrase-hint"))
            .with(errors),
        // What was wrong is not shown again: somebody may look over a shoulder.
        value: String::new(),
        rows: Some(2),
        autocomplete: Some("off"),
        spellcheck: Some(false),
    };
    let cards = frame.crisis_cards();
    let lost = lost(app, public).await;
    let mut page = FormPage::new(frame, START, lang.t("track-show"))
        .errors(errors)
        .back("/")
        .intro([lang.t("track-what")])
        .control(&reference)
        .control(&phrase);
    let words = Markup::paragraphs([
        Markup::from(lang.t("track-no-phrase")),
        Markup::link(code::ASK, &lang.t("track-code-instead")),
        Markup::from(lang.t("track-lost")),
        Markup::from(lost),
        Markup::link("/ask", &lang.t("track-ask-anew")),
    ]);
    page.after = Markup::all([words, Markup::of(&cards)]);
    page
}

/// The field of the reference.
pub(crate) fn reference_input(lang: Lang, raw: &RawForm, errors: &FormErrors) -> TextInput {
    TextInput {
        field: Field::new(lang, "reference", lang.t("track-reference"))
            .hint(lang.t("track-reference-hint"))
            .with(errors),
        value: raw.text("reference").to_owned(),
        autocomplete: Some("off"),
        spellcheck: Some(false),
        width: Some(20),
        ..TextInput::default()
    }
}

/// For whoever has nothing that opens it: whom to ring.
pub(super) async fn lost(app: &App, public: &Public) -> String {
    let number = app.county(public.ctx.tenant).await.ok().and_then(|county| county.reply_number);
    match number {
        Some(number) => public.lang.tr("track-lost-ring", &[("number", number.to_string())]),
        None => public.lang.t("track-lost-111"),
    }
}
