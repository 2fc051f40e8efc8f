//! Finding a referral by the reference a person reads out. A wrong one, and one that is not for this reader, look alike.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::value::Reference;
use onedoor_store::StoreError;

use super::steps::reference_key;
use crate::ui::{Button, ErrorSummary, Field, Frame, Markup, TextInput};
use crate::web::answer::{Answer, go};
use crate::web::form::{FieldError, FormErrors, RawForm};
use crate::web::{Problem, Staff, page, page_with};
use crate::words::Lang;

/// The search box as a page, and what came of it.
#[derive(Debug, Template)]
#[template(path = "referral/find.html")]
struct FindPage {
    frame: Frame,
    errors: Option<ErrorSummary>,
    form: Markup,
}

/// The search box.
#[derive(Debug, Template)]
#[template(path = "referral/find_box.html")]
struct FindBox {
    input: TextInput,
    button: Button,
}

impl askama::filters::HtmlSafe for FindBox {}

/// The search box, for the pages that carry it.
pub fn search_box(lang: Lang, typed: &str, errors: &FormErrors) -> Markup {
    let field = Field::new(lang, "reference", lang.t("referral-find-label")).with(errors);
    let input = TextInput {
        field,
        value: typed.to_owned(),
        width: Some(10),
        autocomplete: Some("off"),
        spellcheck: Some(false),
        ..TextInput::default()
    };
    Markup::of(&FindBox { input, button: Button::secondary(lang.t("referral-find-button")) })
}

/// GET `/find?reference=`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn find(staff: Staff, Query(query): Query<BTreeMap<String, String>>) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let Some(typed) = query.get("reference") else {
        let frame = staff.frame(&mut tx, lang.t("referral-find-title"), "").await?;
        let form = search_box(lang, "", &FormErrors::default());
        return page(tx.close().await?, &FindPage { frame, errors: None, form });
    };
    let raw = RawForm::of([("reference", typed.as_str())]);
    let key = match raw.parsed::<Reference>("reference", reference_key) {
        Err(error) => error.key,
        Ok(reference) => match tx.referral_id(&reference, Action::ReferralRead).await {
            Ok(id) => match tx.referral_view(id).await {
                Ok(_) => {
                    tx.close().await?;
                    return Ok(go(&format!("/referrals/{id}")));
                }
                Err(StoreError::Hidden | StoreError::Refused(_)) => "referral-reference-unknown",
                Err(error) => return Err(error.into()),
            },
            Err(StoreError::Hidden) => "referral-reference-unknown",
            Err(error) => return Err(error.into()),
        },
    };
    let errors = FormErrors::from(vec![FieldError::new("reference", key)]);
    let mut frame = staff.frame(&mut tx, lang.t("referral-find-title"), "").await?;
    frame.errors = true;
    let form = search_box(lang, typed, &errors);
    let template = FindPage { frame, errors: Some(errors.summary(lang)), form };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &template)
}
