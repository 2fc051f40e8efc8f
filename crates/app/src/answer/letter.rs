//! Answering a letter: its reference and its five words lead to the link that a service with e-mail would have got. An unknown
//! reference, wrong words and an offer that is over give one and the same answer, are counted alike, and are written down.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::guest::LetterLink;
use onedoor_domain::track::refused;
use onedoor_domain::value::{Reference, ReturnPhrase};
use uuid::Uuid;

use super::{LETTER, frame, path, words_of};
use crate::enquiry;
use crate::session::sign_in;
use crate::session::tries::{self, Try};
use crate::track::begin::{bad_phrase, bad_reference, reference_input};
use crate::ui::{Field, FormPage, Textarea};
use crate::web::address::client_address;
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, App, Problem, Public, page_with, static_page};

/// GET `/answer`.
///
/// # Errors
/// [`Problem::Render`].
pub async fn show(public: Public) -> Result<Answer, Problem> {
    static_page(StatusCode::OK, &form(&public, &RawForm::default(), &FormErrors::default()).await)
}

/// POST `/answer`.
///
/// # Errors
/// [`Problem`]; wrong words are a page, not an error.
pub async fn submit(State(app): State<App>, public: Public, request: Request) -> Result<Answer, Problem> {
    let address = client_address(&app, request.headers(), request.extensions());
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let reference = errors.keep(raw.parsed::<Reference>("reference", bad_reference));
    let phrase = errors.keep(raw.parsed::<ReturnPhrase>("phrase", bad_phrase));
    let (Some(reference), Some(phrase)) = (reference, phrase) else {
        return static_page(StatusCode::UNPROCESSABLE_ENTITY, &form(&public, &raw, &errors).await);
    };
    let tenant = public.ctx.tenant;
    let ctx = app.system(tenant, SystemScope::SignIn);
    if let Some(seconds) = tries::count(&app, &ctx, Try::Letter, reference.as_str(), &address).await? {
        let errors = sign_in::too_often("reference", seconds).into();
        return static_page(StatusCode::TOO_MANY_REQUESTS, &form(&public, &raw, &errors).await);
    }
    let mut tx = app.db.begin(&ctx).await?;
    let links = tx.letter_links(&reference).await?;
    // Made also where there is nothing to compare with.
    let fits = |about: Uuid| words_of(&app, tenant, about).key() == phrase.key();
    let opens = links.iter().copied().find(|link| fits(link.about()));
    if links.is_empty() {
        fits((ctx.ids)());
    }
    if let Some(link) = opens {
        tx.close().await?;
        tries::forget(&app, &ctx, Try::Letter, reference.as_str(), &address).await?;
        return Ok(go(&match link {
            LetterLink::Errand(errand) => path(&app, tenant, errand),
            LetterLink::Question(referral, _) => enquiry::path(&app, tenant, referral),
        }));
    }
    let done = tx.commit(refused(&ctx, None)).await?;
    let errors = vec![FieldError::new("reference", "answer-letter-wrong")].into();
    page_with(StatusCode::UNPROCESSABLE_ENTITY, done, &form(&public, &raw, &errors).await)
}

async fn form(public: &Public, raw: &RawForm, errors: &FormErrors) -> FormPage {
    let lang = public.lang;
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
    FormPage::new(frame(public, "answer-letter-title").await, LETTER, lang.t("answer-letter-go"))
        .errors(errors)
        .intro([lang.t("answer-letter-what")])
        .control(&reference_input(lang, raw, errors))
        .control(&phrase)
}
