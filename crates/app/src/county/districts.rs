//! The towns and postcode districts of a county with their positions, for distances in the public directory: a line each.

use axum::extract::Request;
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::county::County;
use onedoor_domain::directory::near::{self, District};
use onedoor_store::{StoreError, Tx};

use super::{filled, none, save, to_change};
use crate::ui::{Field, FormPage, Textarea};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};

/// More lines than any county has districts.
const MOST: usize = 400;

/// GET `/county/districts`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let lines: Vec<String> =
        county.districts.iter().map(|district| format!("{}, {}", district.name, district.at)).collect();
    let raw = filled(&[("version", version.to_string()), ("districts", lines.join("\n"))]);
    let form = form(&staff, &mut tx, &raw, &none()).await?;
    page(tx.close().await?, &form)
}

/// POST `/county/districts`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (county, version) = to_change(&mut tx).await?;
    let mut errors = none();
    let Some(districts) = errors.keep(read(&raw)) else {
        let form = form(&staff, &mut tx, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let typed = vec![(staff.lang.t("county-districts"), raw.text("districts").to_owned())];
    let county = County { districts, ..county };
    save(&staff, tx, (county, version), &raw, typed, "/county?done=saved").await
}

/// Every line, or the first that is none.
fn read(raw: &RawForm) -> Result<Vec<District>, FieldError> {
    let lines: Vec<&str> = raw.text("districts").lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() > MOST {
        return Err(FieldError::new("districts", "county-districts-many"));
    }
    let one = |line: &&str| {
        near::read(line).ok_or_else(|| {
            let short: String = line.chars().take(60).collect();
            FieldError { field: "districts", key: "county-districts-wrong", args: vec![("line", short)] }
        })
    };
    lines.iter().map(one).collect()
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("county-districts-title"), "/county").await?;
    let lines = Textarea {
        field: Field::new(lang, "districts", lang.t("county-districts"))
            .hint(lang.t("county-districts-hint"))
            .with(errors),
        value: raw.one("districts").unwrap_or_default().to_owned(),
        rows: Some(12),
        autocomplete: Some("off"),
        spellcheck: Some(false),
    };
    Ok(FormPage::new(frame, "/county/districts", lang.t("county-save"))
        .errors(errors)
        .back("/county")
        .intro([lang.t("county-districts-intro")])
        .carry("version", raw.text("version"))
        .control(&lines))
}
