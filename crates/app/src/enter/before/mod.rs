//! "Have you contacted us before?": whoever takes a call looks for an earlier request, by the reference, a number, or a name
//! and a date of birth. What was typed stays out of addresses and logs: a search is a POST that only reads.

pub mod found;
pub mod known;
pub mod start;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::Request;
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::person_key::{Search, SearchKind};
use onedoor_domain::value::{DateOfBirth, Line, PhoneError, ReferenceError, TextError};

use crate::door::errors;
use crate::referral::steps::reference_key;
use crate::ui::{BackLink, Button, DateInput, ErrorSummary, Field, Frame, Markup, Size, TextInput};
use crate::web::answer::{Answer, go};
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with};
use crate::words::Lang;

/// Where somebody looks.
pub const PATH: &str = "/enter/before";

const BORN_KEYS: DateKeys = DateKeys {
    missing: "before-born-missing",
    no_day: "door-born-no-day",
    no_month: "door-born-no-month",
    no_year: "door-born-no-year",
    not_real: "door-born-not-real",
};

/// One way to look.
#[derive(Debug, Template)]
#[template(path = "enter/by.html")]
struct By {
    code: &'static str,
    heading: String,
    controls: Vec<Markup>,
    button: Button,
}

impl HtmlSafe for By {}

/// The ways to look for somebody.
#[derive(Debug, Template)]
#[template(path = "enter/before.html")]
struct BeforePage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    ways: Vec<By>,
}

/// The question as a link, for the pages where somebody may ask it.
pub fn link(staff: &Staff) -> Option<Markup> {
    let asked = || Markup::paragraphs([Markup::link(PATH, &staff.lang.t("before-title"))]);
    staff.may(Action::PersonFind).then(asked)
}

/// GET `/enter/before`.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let frame = staff.frame(&mut tx, staff.lang.t("before-title"), "/enter").await?;
    page(tx.close().await?, &ways(frame, &RawForm::default(), &FormErrors::default()))
}

/// POST `/enter/before`: who it may be.
///
/// # Errors
/// [`Problem::Store`].
pub async fn search(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    // A page of ours always says by what.
    let Some(kind) = SearchKind::from_code(raw.text("by")) else { return Ok(go(PATH)) };
    let mut errors = FormErrors::default();
    let Some(search) = read(kind, &raw, &mut errors, local_date(staff.ctx.now)) else {
        let mut tx = staff.begin().await?;
        let mut frame = staff.frame(&mut tx, staff.lang.t("before-title"), "/enter").await?;
        frame.errors = true;
        let again = ways(frame, &raw, &errors);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &again);
    };
    found::show(&staff, &search).await
}

fn read(kind: SearchKind, raw: &RawForm, errors: &mut FormErrors, today: Date) -> Option<Search> {
    match kind {
        SearchKind::Reference => {
            let reference = raw.parsed("reference", |error: &ReferenceError| reference_key(error));
            errors.keep(reference).map(Search::Reference)
        }
        SearchKind::Phone => {
            let phone = raw.parsed("phone", |error: &PhoneError| errors::phone(error));
            errors.keep(phone).map(Search::Phone)
        }
        SearchKind::Person => {
            let name = errors.keep(raw.parsed::<Line>("name", name_key));
            let born_on = born_on(raw, errors, today);
            Some(Search::Person { name: name?, born_on: born_on? })
        }
    }
}

fn born_on(raw: &RawForm, errors: &mut FormErrors, today: Date) -> Option<DateOfBirth> {
    let date = errors.date(raw, "born-on", &BORN_KEYS)?;
    match DateOfBirth::new(date, today) {
        Ok(born) => Some(born),
        Err(failure) => {
            errors.push_date(FieldError::new("born-on", errors::born_on(failure)));
            None
        }
    }
}

fn name_key(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "before-name-missing",
        TextError::TooLong { .. } => "door-full-name-too-long",
        TextError::ControlCharacter => "door-full-name-control",
    }
}

fn ways(frame: Frame, raw: &RawForm, errors: &FormErrors) -> BeforePage {
    let lang = frame.lang;
    let by = |kind: SearchKind| By {
        code: kind.code(),
        heading: lang.t(match kind {
            SearchKind::Reference => "before-by-reference",
            SearchKind::Phone => "before-by-phone",
            SearchKind::Person => "before-by-person",
        }),
        controls: controls(kind, (lang, raw, errors)),
        button: Button::new(lang.t(match kind {
            SearchKind::Reference => "before-find-reference",
            SearchKind::Phone => "before-find-phone",
            SearchKind::Person => "before-find-person",
        })),
    };
    BeforePage {
        back: BackLink::new(lang, "/enter"),
        summary: frame.errors.then(|| errors.summary(lang)),
        ways: [SearchKind::Phone, SearchKind::Person, SearchKind::Reference].map(by).into(),
        frame,
    }
}

fn controls(kind: SearchKind, (lang, raw, errors): (Lang, &RawForm, &FormErrors)) -> Vec<Markup> {
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).sized(Size::S).with(errors);
    let line = |name: &str, field: Field, width: u8| TextInput {
        field,
        value: raw.text(name).to_owned(),
        width: Some(width),
        autocomplete: Some("off"),
        spellcheck: Some(false),
        ..TextInput::default()
    };
    match kind {
        SearchKind::Reference => {
            let hint = lang.t("before-reference-hint");
            vec![Markup::of(&line("reference", field("reference", "before-reference").hint(hint), 10))]
        }
        SearchKind::Phone => {
            let input = line("phone", field("phone", "before-phone").hint(lang.t("before-phone-hint")), 20);
            vec![Markup::of(&TextInput { kind: Some("tel"), inputmode: Some("tel"), ..input })]
        }
        SearchKind::Person => {
            let name = line("name", field("name", "before-name").hint(lang.t("before-name-hint")), 30);
            let born = field("born-on", "before-born").hint(lang.t("before-born-hint"));
            vec![Markup::of(&name), Markup::of(&DateInput::new(born, raw, errors))]
        }
    }
}
