//! Local procedures: the page where everybody who works here finds them, and the pages that keep the list true.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::{County, Procedure};
use onedoor_domain::directory::entry::Url;
use onedoor_domain::value::Line;
use onedoor_store::{StoreError, Tx};

use super::checked::{self, List, NEW, Remove};
use super::{filled, none, save, to_change};
use crate::team::text_key;
use crate::ui::{Button, DateInput, Field, FormPage, Frame, Markup, TextInput};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::{self, Lang};

const TO: &str = "/county/procedures";

/// Where everybody who works here reads them.
pub const PATH: &str = "/procedures";

#[derive(Debug, askama::Template)]
#[template(path = "county/procedures.html")]
struct Shelves {
    frame: Frame,
    by_organisation: Vec<Shelf>,
    /// For whoever keeps the list.
    edit: bool,
}

#[derive(Debug)]
struct Shelf {
    organisation: String,
    procedures: Vec<Shown>,
}

#[derive(Debug)]
struct Shown {
    link: Markup,
    about: Option<String>,
    checked: String,
}

/// GET `/procedures`: every local procedure, by organisation.
///
/// # Errors
/// [`Problem::Store`].
pub async fn read_all(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (county, _) = tx.county().await?;
    let today = local_date(staff.ctx.now);
    let shelves = county.procedures_by_organisation().into_iter().map(|(organisation, all)| Shelf {
        organisation: organisation.to_string(),
        procedures: all.into_iter().map(|one| shown(lang, one, today)).collect(),
    });
    let by_organisation = shelves.collect();
    let frame = staff.frame(&mut tx, lang.t("procedures-title"), PATH).await?;
    page(tx.close().await?, &Shelves { frame, by_organisation, edit: staff.may(Action::CountyWrite) })
}

fn shown(lang: Lang, procedure: &Procedure, today: Date) -> Shown {
    let key = if procedure.is_reviewed(today) { "procedures-checked" } else { "procedures-check-late" };
    Shown {
        link: Markup::link(procedure.link.as_str(), procedure.title.as_str()),
        about: procedure.about.as_ref().map(ToString::to_string),
        checked: lang.tr(key, &[("day", words::day_of(lang, procedure.reviewed_on))]),
    }
}

/// The procedures that nobody opened for a year, each with a sentence that says so.
pub(super) fn late(lang: Lang, county: &County, today: Date) -> Vec<Markup> {
    let late = county.procedures.iter().filter(|one| !one.is_reviewed(today));
    let words = late.map(|one| lang.tr("county-missing-procedure-late", &[("title", one.title.to_string())]));
    words.map(|words| Markup::link(TO, &words)).collect()
}

/// GET `/county/procedures`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn list(staff: Staff) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let (county, _) = tx.county_settings(Action::CountyRead).await?;
    let today = local_date(staff.ctx.now);
    let row = |(at, one): (usize, &Procedure)| {
        let change = lang.tr("county-procedures-edit", &[("title", one.title.to_string())]);
        vec![
            Markup::from(one.title.to_string()),
            Markup::from(one.organisation.to_string()),
            Markup::link(one.link.as_str(), one.link.as_str()),
            opened(lang, one, today),
            Markup::link(&format!("{TO}/{at}"), &change),
        ]
    };
    let heads = [
        "county-procedures-name",
        "county-procedures-organisation",
        "county-procedures-link",
        "county-procedures-opened",
        "county-change",
    ];
    let table = checked::table(lang, heads, county.procedures.iter().enumerate().map(row).collect());
    let add = Button::to(&format!("{TO}/{NEW}"), lang.t("county-procedures-add"));
    let frame = staff.frame(&mut tx, lang.t("county-procedures"), "/county").await?;
    page(tx.close().await?, &List { frame, about: lang.t("county-procedures-about"), table, add })
}

/// Who opened it last, when, and whether that is recent enough.
fn opened(lang: Lang, one: &Procedure, today: Date) -> Markup {
    let key = if one.is_reviewed(today) { "county-procedures-fresh" } else { "county-procedures-late" };
    let by = [("day", words::day_of(lang, one.reviewed_on)), ("name", one.reviewed_by.to_string())];
    Markup::lines(&format!("{}\n{}", lang.tr("county-reviewed-by", &by), lang.t(key)))
}

/// GET `/county/procedures/{procedure}`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(at): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let (county, version) = tx.county_settings(Action::CountyRead).await?;
    let mut fields = vec![("version", version.to_string())];
    if at == NEW {
        fields.push(("by", staff.member.name.to_string()));
    } else {
        let at = checked::index(&at, county.procedures.len());
        fields.extend(stored(at.and_then(|at| county.procedures.get(at)).ok_or(Problem::NotFound)?));
    }
    let form = form(&staff, &mut tx, &at, &filled(&fields), &none()).await?;
    page(tx.close().await?, &form)
}

fn stored(one: &Procedure) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("title", one.title.to_string()),
        ("organisation", one.organisation.to_string()),
        ("about", one.about.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("link", one.link.to_string()),
    ];
    fields.extend(checked::fields(one.reviewed_on, &one.reviewed_by));
    fields
}

/// POST `/county/procedures/{procedure}`: saves it, or removes it.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, Path(place): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let (mut county, version) = to_change(&mut tx).await?;
    let fresh = raw.text("version") == version.to_string();
    let at = checked::meant(&place, &county.procedures, fresh)?;
    if raw.text("do") == "remove" {
        if let Some(at) = at {
            county.procedures.remove(at);
        }
        return save(&staff, tx, (county, version), &raw, Vec::new(), TO).await;
    }
    let mut errors = none();
    let Some(read) = read(&raw, local_date(staff.ctx.now), &mut errors) else {
        let form = form(&staff, &mut tx, &place, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    let typed = ["title", "organisation", "about", "link"]
        .map(|name| (staff.lang.t(label(name)), raw.text(name).to_owned()));
    checked::put(&mut county.procedures, at, read);
    save(&staff, tx, (county, version), &raw, typed.into(), TO).await
}

fn read(raw: &RawForm, today: Date, errors: &mut FormErrors) -> Option<Procedure> {
    let title = errors.keep(raw.parsed::<Line>("title", text_key("county-procedures-name-missing")));
    let missing = text_key("county-procedures-organisation-missing");
    let organisation = errors.keep(raw.parsed::<Line>("organisation", missing));
    let about = errors.keep(raw.optional::<Line>("about", text_key("county-procedures-name-missing")));
    let link = errors.keep(raw.parsed::<Url>("link", |_| "county-procedures-link-wrong"));
    let (reviewed_on, reviewed_by) = checked::read(raw, today, errors);
    if !errors.is_empty() {
        return None;
    }
    Some(Procedure {
        organisation: organisation?,
        title: title?,
        about: about?,
        link: link?,
        reviewed_on: reviewed_on?,
        reviewed_by: reviewed_by?,
    })
}

/// What a field is called.
fn label(name: &str) -> &'static str {
    match name {
        "title" => "county-procedures-name",
        "organisation" => "county-procedures-organisation",
        "about" => "county-procedures-say",
        _ => "county-procedures-link",
    }
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    place: &str,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let line = |name: &str, hint: &str| TextInput {
        field: Field::new(lang, name, lang.t(label(name))).hint(lang.t(hint)).with(errors),
        value: raw.text(name).to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let web = TextInput { kind: Some("url"), ..line("link", "county-procedures-link-hint") };
    let reviewed = Field::new(lang, "reviewed", lang.t("county-procedures-checked"))
        .hint(lang.t("county-procedures-checked-hint"));
    let by = TextInput {
        field: Field::new(lang, "by", lang.t("county-procedures-who"))
            .hint(lang.t("county-reviewed-who-hint"))
            .with(errors),
        value: raw.text("by").to_owned(),
        autocomplete: Some("off"),
        ..TextInput::default()
    };
    let frame = staff.frame(tx, lang.t("county-procedures-title"), "/county").await?;
    let mut page = FormPage::new(frame, &format!("{TO}/{place}"), lang.t("county-save"))
        .errors(errors)
        .back(TO)
        .carry("version", raw.text("version"))
        .control(&line("title", "county-procedures-name-hint"))
        .control(&line("organisation", "county-procedures-organisation-hint"))
        .control(&line("about", "county-procedures-say-hint"))
        .control(&web)
        .control(&DateInput::new(reviewed, raw, errors))
        .control(&by);
    if place != NEW {
        let text = lang.t("county-procedures-remove");
        page.after = Remove::at(format!("{TO}/{place}"), raw.text("version"), text);
    }
    Ok(page)
}
