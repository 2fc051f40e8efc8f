//! Writing a text: a new one, or the next draft of one. Marks that cannot be read are named with their line.

use axum::extract::{Path, Query, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::content::{Content, Form, Place, Typed, Words, blocks};
use onedoor_domain::ids::ContentId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Line, Text};
use onedoor_store::{StoreError, Tx};
use serde::Deserialize;

use super::view::conflict;
use super::{LIST, builtin, form_words, id, path};
use crate::team::text_key;
use crate::ui::{
    CharacterCount, Checkboxes, Choice, Field, FormPage, Limit, Radios, Select, SelectOption, TextInput,
    Textarea,
};
use crate::web::answer::go;
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::{self, HOME, Lang};

const SAFETY: &str = "safety";

/// Which text of the makers to begin with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    slug: String,
    form: String,
}

/// GET `/content/new`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn new(staff: Staff, Query(from): Query<From>) -> Result<Answer, Problem> {
    let form = Form::from_code(&from.form).unwrap_or(Form::Standard);
    let text = builtin::find(&from.slug, HOME, form);
    let id = new_id().to_string();
    let mut fields = vec![("id", id.as_str()), ("language", HOME), ("form", form.code())];
    if let Some(text) = &text {
        fields.extend([("slug", text.slug), ("title", text.title), ("body", text.body)]);
        fields.extend(text.safety.then_some((SAFETY, SAFETY)));
    }
    let mut tx = staff.begin().await?;
    let form = sheet(&staff, &mut tx, None, &RawForm::of(fields), &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/content/new`.
///
/// # Errors
/// [`Problem`].
pub async fn create(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let mut errors = FormErrors::default();
    let place = place(&raw, &mut errors);
    let typed = typed(&raw, &mut errors);
    let new: ContentId = raw.text("id").parse().unwrap_or_else(|_| ContentId(new_id()));
    let (Some(place), Some(typed)) = (place, typed) else {
        let form = sheet(&staff, &mut tx, None, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    match tx.commit(Content::write(&staff.ctx, new, place, typed)).await {
        Ok(done) => Ok(redirect(done, &path(new, "?done=saved"))),
        // Pressed twice: it is there.
        Err(StoreError::Stale) => Ok(go(&path(new, ""))),
        Err(StoreError::Taken) => {
            errors.push(FieldError::new("slug", "content-slug-taken"));
            let mut tx = staff.begin().await?;
            let form = sheet(&staff, &mut tx, None, &raw, &errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
        }
        Err(error) => Err(error.into()),
    }
}

/// GET `/content/{text}/edit`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(text): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentWrite).await?;
    let version = content.version.to_string();
    let mut fields = vec![("version", version.as_str()), ("owner", content.owner.as_str())];
    fields.extend(content.safety.then_some((SAFETY, SAFETY)));
    if let Some(words) = content.words() {
        fields.extend([("title", words.title.as_str()), ("body", words.body.as_str())]);
    }
    let form = sheet(&staff, &mut tx, Some(content.id), &RawForm::of(fields), &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/content/{text}/edit`.
///
/// # Errors
/// [`Problem`].
pub async fn save(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentWrite).await?;
    let known = content.id;
    let mut errors = FormErrors::default();
    let Some(typed) = typed(&raw, &mut errors) else {
        let form = sheet(&staff, &mut tx, Some(known), &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    match content.save(&staff.ctx, raw.text("version").parse().unwrap_or(-1), typed) {
        Ok(changes) => Ok(redirect(tx.commit(changes).await?, &path(known, "?done=saved"))),
        Err(Refused::Stale) => {
            let lang = staff.lang;
            let kept =
                ["title", "body", "owner"].map(|name| (lang.t(label(name)), raw.text(name).to_owned()));
            conflict(&staff, tx, known, kept.into()).await
        }
        Err(refused) => Err(refused.into()),
    }
}

fn label(name: &str) -> &'static str {
    match name {
        "title" => "content-title",
        "owner" => "content-owner",
        _ => "content-body",
    }
}

fn place(raw: &RawForm, errors: &mut FormErrors) -> Option<Place> {
    let slug = errors.keep(raw.parsed("slug", |_| "content-slug-wrong"));
    let known = words::languages().into_iter().find(|(tag, _)| *tag == raw.text("language"));
    let language = known.and_then(|(tag, _)| tag.parse::<Line>().ok());
    if language.is_none() {
        errors.push(FieldError::new("language", "content-language-missing"));
    }
    let form = Form::from_code(raw.text("form"));
    if form.is_none() {
        errors.push(FieldError::new("form", "content-form-missing"));
    }
    Some(Place { slug: slug?, language: language?, form: form? })
}

fn typed(raw: &RawForm, errors: &mut FormErrors) -> Option<Typed> {
    let owner = errors.keep(raw.parsed::<Line>("owner", text_key("content-owner-missing")));
    let title = errors.keep(raw.parsed::<Line>("title", text_key("content-title-missing")));
    let body = errors.keep(raw.parsed::<Text>("body", text_key("content-body-missing")));
    if let Some(Err(mistake)) = body.as_ref().map(|body| blocks(body.as_str())) {
        let key = match mistake.key() {
            "link" => "content-wrong-link",
            "picture" => "content-wrong-picture",
            "mark" => "content-wrong-mark",
            _ => "content-wrong-html",
        };
        errors.push(FieldError { field: "body", key, args: vec![("line", mistake.line().to_string())] });
    }
    let safety = raw.text(SAFETY) == SAFETY;
    let words = Words { title: title?, body: body? };
    let owner = owner?;
    errors.is_empty().then_some(Typed { owner, safety, words })
}

async fn sheet(
    staff: &Staff,
    tx: &mut Tx,
    known: Option<ContentId>,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let field = |name: &str, label: &str, hint: &str| {
        Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors)
    };
    let line = |name: &str, label: &str, hint: &str| TextInput {
        field: field(name, label, hint),
        value: raw.text(name).to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let title = if known.is_some() { "content-edit-title" } else { "content-new-title" };
    let frame = staff.frame(tx, lang.t(title), LIST).await?;
    let action = known.map_or_else(|| format!("{LIST}/new"), |id| path(id, "edit"));
    let mut form = FormPage::new(frame, &action, lang.t("content-save")).errors(errors);
    form = match known {
        Some(id) => form.back(&path(id, "")).carry("version", raw.text("version")),
        None => places(lang, form.back(LIST).carry("id", raw.text("id")), raw, errors),
    };
    let body = Textarea {
        field: field("body", "content-body", "content-body-hint"),
        value: raw.one("body").unwrap_or_default().to_owned(),
        rows: Some(24),
        spellcheck: Some(true),
        ..Textarea::default()
    };
    let limit = Limit::Characters(u32::try_from(Text::LIMIT).unwrap_or(u32::MAX));
    let safety = Checkboxes {
        field: field(SAFETY, "content-safety", "content-safety-hint"),
        choices: vec![Choice::new(SAFETY, lang.t("content-safety-yes"))],
        values: raw.all(SAFETY).map(str::to_owned).collect(),
        small: true,
    };
    Ok(form
        .control(&line("owner", "content-owner", "content-owner-hint"))
        .control(&safety)
        .control(&line("title", "content-title", "content-title-hint"))
        .control(&CharacterCount { area: body, limit, threshold: Some(75) }))
}

/// Address, language and form: chosen once, when a text begins.
fn places(lang: Lang, form: FormPage, raw: &RawForm, errors: &FormErrors) -> FormPage {
    let slug = TextInput {
        field: Field::new(lang, "slug", lang.t("content-slug"))
            .hint(lang.t("content-slug-hint"))
            .with(errors),
        value: raw.text("slug").to_owned(),
        autocomplete: Some("off"),
        prefix: Some("/help/".into()),
        ..TextInput::default()
    };
    let option = |(tag, name): (&'static str, String)| SelectOption { value: tag.to_owned(), text: name };
    let language = Select {
        field: Field::new(lang, "language", lang.t("content-language")).with(errors),
        options: words::languages().into_iter().map(option).collect(),
        value: raw.text("language").to_owned(),
    };
    let forms = Radios {
        field: Field::new(lang, "form", lang.t("content-form")).with(errors),
        choices: Form::ALL
            .into_iter()
            .map(|form| Choice::new(form.code(), lang.t(form_words(form))))
            .collect(),
        value: raw.text("form").to_owned(),
        ..Radios::default()
    };
    form.control(&slug).control(&language).control(&forms)
}
