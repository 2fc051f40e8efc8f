//! A test case on a page: invented answers, and the rules that must suggest for them. It passes or fails beside the rules.

use std::collections::BTreeSet;

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::matching::{Case, Draft, RuleId, Rulebook, Signal};
use onedoor_domain::value::Line;
use onedoor_store::{StoreError, Tx};

use super::rule::{boxes, remove};
use super::{LIST, conflict, finish, name_of, rule_id, version, words};
use crate::team::text_key;
use crate::ui::{Checkboxes, Choice, Field, FormPage, TextInput};
use crate::web::answer::go;
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

/// GET `/rules/cases/new`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn new(staff: Staff) -> Result<Answer, Problem> {
    open(staff, None).await
}

/// GET `/rules/cases/{case}`.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn show(staff: Staff, Path(case): Path<String>) -> Result<Answer, Problem> {
    open(staff, Some(rule_id(&case)?)).await
}

async fn open(staff: Staff, known: Option<RuleId>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let Some(draft) = &book.draft else {
        tx.close().await?;
        return Ok(go(LIST));
    };
    let case = known.as_ref().and_then(|id| find(draft, id));
    if known.is_some() && case.is_none() {
        tx.close().await?;
        return Err(Problem::NotFound);
    }
    let fields = case.map(fields).unwrap_or_default();
    let raw = RawForm::of(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let form = sheet(&staff, &mut tx, (&book, known.as_ref()), &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

fn find<'a>(draft: &'a Draft, id: &RuleId) -> Option<&'a Case> {
    draft.rules.cases.iter().find(|case| case.id == *id)
}

fn fields(case: &Case) -> Vec<(&'static str, String)> {
    let mut fields = vec![("name", case.name.to_string())];
    fields.extend(case.yes.iter().map(|signal| ("yes", signal.code().to_owned())));
    fields.extend(case.no.iter().map(|signal| ("no", signal.code().to_owned())));
    fields.extend(case.expect.iter().map(|rule| ("expect", rule.to_string())));
    fields
}

/// POST `/rules/cases/new`.
///
/// # Errors
/// [`Problem`].
pub async fn create(staff: Staff, request: Request) -> Result<Answer, Problem> {
    put(staff, None, request).await
}

/// POST `/rules/cases/{case}`.
///
/// # Errors
/// [`Problem`].
pub async fn save(staff: Staff, Path(case): Path<String>, request: Request) -> Result<Answer, Problem> {
    put(staff, Some(rule_id(&case)?), request).await
}

async fn put(staff: Staff, known: Option<RuleId>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let kept = kept(staff.lang, &raw, &book);
    let there =
        book.draft.as_ref().is_some_and(|draft| known.as_ref().is_none_or(|id| find(draft, id).is_some()));
    if book.version != version(&raw) || !there {
        return conflict(&staff, tx, kept).await;
    }
    let mut errors = FormErrors::default();
    let case = read(&raw, &mut errors, (&book, known.as_ref()));
    let Some(case) = case.filter(|_| errors.is_empty()) else {
        let form = sheet(&staff, &mut tx, (&book, known.as_ref()), &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let changes = book.put_case(&staff.ctx, version(&raw), case);
    finish(&staff, tx, (changes, "saved"), kept).await
}

fn read(raw: &RawForm, errors: &mut FormErrors, (book, known): (&Rulebook, Option<&RuleId>)) -> Option<Case> {
    let name = errors.keep(raw.parsed::<Line>("name", text_key("rules-case-name-missing")));
    let signals = |name: &str| -> BTreeSet<Signal> { raw.all(name).filter_map(Signal::from_code).collect() };
    let (yes, no) = (signals("yes"), signals("no"));
    if !yes.is_disjoint(&no) {
        errors.push(FieldError::new("no", "rules-case-both"));
    }
    let draft = book.draft.as_ref()?;
    let expect = raw.all("expect").filter_map(|id| id.parse().ok());
    let expect = expect.filter(|id| draft.rules.rules.iter().any(|rule| rule.id == *id)).collect();
    let id = match known {
        Some(id) => id.clone(),
        None => draft.rules.free_id(raw.text("name"))?,
    };
    Some(Case { id, name: name?, yes, no, expect })
}

fn kept(lang: Lang, raw: &RawForm, book: &Rulebook) -> Vec<(String, String)> {
    let signals = |name: &str| -> Vec<Signal> { raw.all(name).filter_map(Signal::from_code).collect() };
    let rules = |id: &str| -> Option<String> {
        let draft = book.draft.as_ref()?;
        name_of(&draft.rules, &id.parse().ok()?)
    };
    let expected: Vec<String> = raw.all("expect").filter_map(rules).collect();
    vec![
        (lang.t("rules-case-name"), raw.text("name").to_owned()),
        (lang.t("rules-case-yes"), words::signals(lang, &signals("yes"))),
        (lang.t("rules-case-no"), words::signals(lang, &signals("no"))),
        (lang.t("rules-case-expect"), expected.join("; ")),
    ]
}

async fn sheet(
    staff: &Staff,
    tx: &mut Tx,
    (book, known): (&Rulebook, Option<&RuleId>),
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let title = if known.is_some() { "rules-case-edit-title" } else { "rules-case-new-title" };
    let frame = staff.frame(tx, lang.t(title), LIST).await?;
    let action = match known {
        Some(id) => format!("{LIST}/cases/{id}"),
        None => format!("{LIST}/cases/new"),
    };
    let typed = raw.text("version").to_owned();
    let shown = if typed.is_empty() { book.version.to_string() } else { typed };
    let name = TextInput {
        field: Field::new(lang, "name", lang.t("rules-case-name"))
            .hint(lang.t("rules-case-name-hint"))
            .with(errors),
        value: raw.one("name").unwrap_or_default().to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let rules = book.draft.iter().flat_map(|draft| &draft.rules.rules);
    let expect = Checkboxes {
        field: Field::new(lang, "expect", lang.t("rules-case-expect")).hint(lang.t("rules-case-expect-hint")),
        choices: rules.map(|rule| Choice::new(rule.id.as_str(), rule.name.to_string())).collect(),
        values: raw.all("expect").map(str::to_owned).collect(),
        small: true,
    };
    let mut form = FormPage::new(frame, &action, lang.t("rules-save"))
        .errors(errors)
        .back(LIST)
        .carry("version", shown)
        .control(&name)
        .control(&boxes(lang, ("yes", "rules-case-yes", "rules-case-yes-hint"), raw, errors))
        .control(&boxes(lang, ("no", "rules-case-no", "rules-case-no-hint"), raw, errors))
        .control(&expect);
    form.after = remove(lang, book, known.map(|id| format!("{LIST}/cases/{id}/remove")), "rules-remove-case");
    Ok(form)
}
