//! The steps of a text after it was written: hand it in, sign it off or give it back, take it away.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use jiff::ToSpan as _;
use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::calendar::local_date;
use onedoor_domain::change::Changes;
use onedoor_domain::content::{Content, SignOff, Stage};
use onedoor_domain::ids::ContentId;
use onedoor_domain::refused::Refused;
use onedoor_domain::value::{Line, Text};
use onedoor_store::{StoreError, Tx};

use super::view::{conflict, wrote};
use super::{LIST, id, path, render};
use crate::team::role::role_name;
use crate::team::text_key;
use crate::ui::{
    Button, ButtonKind, DateInput, Field, FormPage, InsetText, Markup, NotePage, TextInput, Textarea,
};
use crate::web::form::{DateKeys, FieldError, FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with, redirect};
use crate::words::{self, Lang};

const DATE: DateKeys = DateKeys {
    missing: "content-due-missing",
    no_day: "content-due-no-day",
    no_month: "content-due-no-month",
    no_year: "content-due-no-year",
    not_real: "content-due-not-real",
};

const GIVE_BACK: &str = "give-back";

/// The second form of the page, apart so that Enter in the first never gives back.
#[derive(Template)]
#[template(path = "content/give_back.html")]
struct GiveBack {
    title: String,
    action: String,
    version: String,
    why: Textarea,
    button: Button,
}

impl HtmlSafe for GiveBack {}

/// POST `/content/{text}/submit`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentWrite).await?;
    let known = content.id;
    let changes = content.submit(&staff.ctx, version(&raw));
    finish(&staff, tx, known, (changes, "?done=submitted"), Vec::new()).await
}

/// POST `/content/{text}/withdraw`.
///
/// # Errors
/// [`Problem`].
pub async fn withdraw(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentWithdraw).await?;
    let known = content.id;
    let lang = staff.lang;
    match raw.parsed::<Text>("why", text_key("content-withdraw-why-missing")) {
        Ok(why) => {
            let kept = vec![(lang.t("content-withdraw-why"), why.to_string())];
            let changes = content.withdraw(&staff.ctx, version(&raw), why);
            finish(&staff, tx, known, (changes, "?done=withdrawn"), kept).await
        }
        Err(error) => {
            let errors = FormErrors::from(vec![error]);
            let frame = staff.frame(&mut tx, lang.t("content-withdraw-title"), LIST).await?;
            let button = Button { kind: ButtonKind::Warning, ..Button::new(lang.t("content-withdraw")) };
            let field = Field::new(lang, "why", lang.t("content-withdraw-why")).with(&errors);
            let mut form = FormPage::new(frame, &path(known, "withdraw"), Markup::default())
                .errors(&errors)
                .back(&path(known, ""))
                .carry("version", raw.text("version"))
                .control(&Textarea { field, value: raw.text("why").to_owned(), ..Textarea::default() });
            form.button = button;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
        }
    }
}

fn version(raw: &RawForm) -> i64 {
    raw.text("version").parse().unwrap_or(-1)
}

async fn finish(
    staff: &Staff,
    mut tx: Tx,
    known: ContentId,
    (changes, done): (Result<Changes, Refused>, &str),
    kept: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    match changes {
        Ok(changes) => Ok(redirect(tx.commit(changes).await?, &path(known, done))),
        Err(Refused::Stale | Refused::NotFromHere) => conflict(staff, tx, known, kept).await,
        Err(Refused::OwnApproval) => {
            let lang = staff.lang;
            let frame = staff.frame(&mut tx, lang.t("content-sign-title"), LIST).await?;
            let note = NotePage::new(frame, [lang.t("content-own")]).back(&path(known, ""));
            page_with(StatusCode::FORBIDDEN, tx.close().await?, &note)
        }
        Err(refused) => Err(refused.into()),
    }
}

/// GET `/content/{text}/sign-off`: the text as the public would read it, and the two answers to it.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff, Path(text): Path<String>) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentSignOff).await?;
    if content.stage() != Stage::Submitted {
        return conflict(&staff, tx, content.id, Vec::new()).await;
    }
    if wrote(&staff, &content) {
        return finish(&staff, tx, content.id, (Err(Refused::OwnApproval), ""), Vec::new()).await;
    }
    let role = staff.member.roles.iter().next().map(|role| role_name(staff.lang, *role)).unwrap_or_default();
    let half_year = local_date(staff.ctx.now).checked_add(6.months()).unwrap_or(Date::MAX);
    let due = half_year.min(content.longest_review(local_date(staff.ctx.now)));
    let (version, by) = (content.version.to_string(), format!("{}, {role}", staff.member.name));
    let (day, month, year) = (due.day().to_string(), due.month().to_string(), due.year().to_string());
    let raw = RawForm::of([
        ("version", version.as_str()),
        ("reviewer", &by),
        ("due[day]", &day),
        ("due[month]", &month),
        ("due[year]", &year),
    ]);
    let form = sheet(&staff, &mut tx, &content, &raw, &FormErrors::default()).await?;
    page(tx.close().await?, &form)
}

/// POST `/content/{text}/sign-off`.
///
/// # Errors
/// [`Problem`].
pub async fn decide(staff: Staff, Path(text): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let content = tx.content(id(&text)?, Action::ContentSignOff).await?;
    let known = content.id;
    let lang = staff.lang;
    let mut errors = FormErrors::default();
    let kept = ["reviewer", "why"].map(|name| {
        (
            lang.t(if name == "why" { "content-back-why" } else { "content-reviewer" }),
            raw.text(name).to_owned(),
        )
    });
    let step = if raw.text("do") == GIVE_BACK {
        let why = errors.keep(raw.parsed::<Text>("why", text_key("content-back-why-missing")));
        why.map(|why| (content.clone().give_back(&staff.ctx, version(&raw), why), "?done=returned"))
    } else {
        let sign_off = read(lang, &raw, (&content, local_date(staff.ctx.now)), &mut errors);
        sign_off
            .map(|sign_off| (content.clone().sign_off(&staff.ctx, version(&raw), sign_off), "?done=signed"))
    };
    let Some(step) = step else {
        let form = sheet(&staff, &mut tx, &content, &raw, &errors).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form);
    };
    finish(&staff, tx, known, step, kept.into()).await
}

fn read(
    lang: Lang,
    raw: &RawForm,
    (content, today): (&Content, Date),
    errors: &mut FormErrors,
) -> Option<SignOff> {
    let reviewer = errors.keep(raw.parsed::<Line>("reviewer", text_key("content-reviewer-missing")));
    let due = errors.date(raw, "due", &DATE)?;
    let longest = content.longest_review(today);
    if due <= today || due > longest {
        let args = vec![("date", words::day_of(lang, longest))];
        errors.push_date(FieldError { field: "due", key: "content-due-wrong", args });
        return None;
    }
    Some(SignOff { reviewer: reviewer?, review_due: due })
}

async fn sheet(
    staff: &Staff,
    tx: &mut Tx,
    content: &Content,
    raw: &RawForm,
    errors: &FormErrors,
) -> Result<FormPage, StoreError> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("content-sign-title"), LIST).await?;
    let body = content.draft.as_ref().map(|draft| draft.words.body.as_str()).unwrap_or_default();
    let title = content.draft.as_ref().map(|draft| draft.words.title.to_string()).unwrap_or_default();
    let text = Markup::all([Markup::paragraphs([title]), render::text(lang, body, &frame.crisis_cards())]);
    let hint = if content.safety { "content-due-hint-safety" } else { "content-due-hint" };
    let due = Field::new(lang, "due", lang.t("content-due-label")).hint(lang.t(hint));
    let reviewer = TextInput {
        field: Field::new(lang, "reviewer", lang.t("content-reviewer"))
            .hint(lang.t("content-reviewer-hint"))
            .with(errors),
        value: raw.text("reviewer").to_owned(),
        ..TextInput::default()
    };
    let why = Textarea {
        field: Field::new(lang, "why", lang.t("content-back-why")).with(errors),
        value: raw.text("why").to_owned(),
        ..Textarea::default()
    };
    let back = GiveBack {
        title: lang.t("content-back-title"),
        action: path(content.id, "sign-off"),
        version: raw.text("version").to_owned(),
        why,
        button: Button {
            name: Some("do"),
            value: Some(GIVE_BACK.to_owned()),
            ..Button::secondary(lang.t("content-back"))
        },
    };
    let mut form = FormPage::new(frame, &path(content.id, "sign-off"), lang.t("content-sign"))
        .errors(errors)
        .back(&path(content.id, ""))
        .carry("version", raw.text("version"))
        .control(&reviewer)
        .control(&DateInput::new(due, raw, errors));
    form.after = Markup::of(&back);
    form.intro = Markup::all([
        Markup::paragraphs([lang.t("content-sign-about")]),
        Markup::of(&InsetText { lang, content: text }),
    ]);
    Ok(form)
}
