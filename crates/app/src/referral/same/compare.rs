//! Two requests side by side, and a human's word that they are the same person's, with what convinced them. Both are read like
//! records. Nothing is rewritten: the word is a link, and can be taken back.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::door::Identity;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::person_key::{Apart, Because};
use onedoor_domain::referral::{Candidate, Referral};
use onedoor_domain::section::Section;
use onedoor_store::{ReferralView, StoreError, Tx};

use super::list::{candidate, check};
use super::{agrees, differs, path};
use crate::enter::before::found::name;
use crate::referral::ask::text;
use crate::referral::kept::Kept;
use crate::referral::record::{self, find};
use crate::referral::step::{conflict, finish, referral_id, version_of};
use crate::ui::{
    BackLink, Button, Cell, Column, ErrorSummary, Field, Frame, Link, Markup, Size, Table, Textarea,
    WarningCallout,
};
use crate::web::answer::{Answer, go};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with};
use crate::words::{self, Lang};

/// What was typed, for the page of a conflict.
const FIELDS: [(&str, &str); 1] = [("why", "match-why")];

/// Two requests side by side.
#[derive(Debug, Template)]
#[template(path = "referral/compare.html")]
struct ComparePage {
    frame: Frame,
    back: BackLink,
    errors: Option<ErrorSummary>,
    about: Markup,
    check: WarningCallout,
    /// Something says loudly that it is somebody else.
    against: Option<WarningCallout>,
    table: Table,
    action: String,
    version: i64,
    why: Textarea,
    button: Button,
    no: Link,
}

/// GET `/referrals/{id}/same/{other}`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's person.
pub async fn show(staff: Staff, Path((id, other)): Path<(String, String)>) -> Result<Answer, Problem> {
    let (id, other) = (referral_id(&id)?, referral_id(&other)?);
    let mut tx = staff.begin().await?;
    let typed = (&RawForm::default(), &FormErrors::default());
    let Some(shown) = compare_page(&staff, &mut tx, (id, other), typed).await? else {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=already#same")));
    };
    page(tx.close().await?, &shown)
}

/// POST `/referrals/{id}/same/{other}`: it is the same person.
///
/// # Errors
/// [`Problem::NotFound`] for another team's person.
pub async fn confirm(
    staff: Staff,
    Path((id, other)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let (id, other) = (referral_id(&id)?, referral_id(&other)?);
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let why = text(&raw, &mut errors, "why", "match-why-missing");
    let mut tx = staff.begin().await?;
    let (referral, with) = both(&mut tx, id, other).await?;
    let Ok(referral) = referral.shown(version_of(&raw)) else {
        return conflict(&staff, tx, id, Kept::of(&raw, &FIELDS)).await;
    };
    let same = tx.same_as(&referral).await?;
    if let Some(why) = why {
        if let Ok(changes) = referral.match_person(&staff.ctx, &with, &same, why) {
            return finish(&staff, tx, changes, (id, "matched"), Kept::of(&raw, &FIELDS)).await;
        }
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=already#same")));
    }
    if errors.is_empty() {
        errors.push(FieldError::new("why", "match-why-missing"));
    }
    let Some(shown) = compare_page(&staff, &mut tx, (id, other), (&raw, &errors)).await? else {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}?done=already#same")));
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown)
}

/// Locks both, in the order of their ids: two people who match two requests with each other at once must not wait for each
/// other for ever.
async fn both(tx: &mut Tx, id: ReferralId, other: ReferralId) -> Result<(Referral, Referral), StoreError> {
    if other < id {
        let with = tx.referral(other, Action::PersonMatch).await?;
        return Ok((tx.referral(id, Action::PersonMatch).await?, with));
    }
    let referral = tx.referral(id, Action::PersonMatch).await?;
    Ok((referral, tx.referral(other, Action::PersonMatch).await?))
}

/// The page; none where they are known to be the same person.
async fn compare_page(
    staff: &Staff,
    tx: &mut Tx,
    (id, other): (ReferralId, ReferralId),
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<Option<ComparePage>, StoreError> {
    let lang = staff.lang;
    let view = tx.referral_view(id).await?;
    let compared = tx.compare(id, other).await?;
    let (this, that) = (Side::of(&compared.this), Side::of(&compared.other));
    let (Some(this), Some(that), false) = (this, that, compared.same) else { return Ok(None) };
    let mut frame = staff.frame(tx, lang.t("match-compare-title"), "").await?;
    frame.errors = !errors.is_empty();
    Ok(Some(filled(frame, &view, (&this, &that), (raw, errors))))
}

fn filled(
    frame: Frame,
    view: &ReferralView,
    (this, that): (&Side<'_>, &Side<'_>),
    (raw, errors): (&RawForm, &FormErrors),
) -> ComparePage {
    let lang = frame.lang;
    let (id, other) = (view.id, that.candidate.known.referral);
    let why = Field::new(lang, "why", lang.t("match-why"))
        .sized(Size::S)
        .hint(lang.t("match-why-hint"))
        .with(errors);
    ComparePage {
        back: BackLink::new(lang, &path(id)),
        errors: frame.errors.then(|| errors.summary(lang)),
        about: record::about(lang, &view.revealed),
        check: check(lang),
        against: against(lang, that.candidate),
        table: table(lang, this, that),
        action: format!("{}/{other}", path(id)),
        version: view.version,
        why: Textarea { field: why, value: raw.text("why").to_owned(), rows: Some(3), ..Textarea::default() },
        button: Button { prevents_double_click: true, ..Button::new(lang.t("match-button")) },
        no: Link::new(&path(id), lang.t("match-no")),
        frame,
    }
}

/// One side: who they are, and what a candidate is recognised by.
struct Side<'a> {
    candidate: &'a Candidate,
    identity: &'a Identity,
}

impl<'a> Side<'a> {
    fn of(revealed: &'a Revealed) -> Option<Self> {
        let candidate = revealed.shown.iter().find_map(candidate)?;
        let identity =
            find(
                revealed,
                |section| {
                    if let Section::Identity(identity) = section { Some(identity) } else { None }
                },
            )?;
        Some(Self { candidate, identity })
    }
}

fn against(lang: Lang, one: &Candidate) -> Option<WarningCallout> {
    let mut lines = differs(lang, &one.apart);
    lines.extend(one.ruled_out.then(|| lang.t("match-ruled-out")));
    let text = Markup::lines(&lines.join("\n"));
    (!lines.is_empty()).then(|| WarningCallout {
        level: 2,
        ..WarningCallout::new(lang, lang.t("match-against"), Markup::paragraphs([text]))
    })
}

/// Fact by fact, with what can be said of each.
fn table(lang: Lang, this: &Side<'_>, that: &Side<'_>) -> Table {
    let said = |facts: &[Because], apart: Option<Apart>| {
        let because = &that.candidate.known.because;
        let agreed: std::collections::BTreeSet<_> =
            facts.iter().copied().filter(|it| because.contains(it)).collect();
        if apart.is_some_and(|apart| that.candidate.apart.contains(&apart)) {
            return lang.t("match-mark-differs");
        }
        let words = agrees(lang, &agreed);
        if words.is_empty() {
            String::new()
        } else {
            lang.tr("match-mark-agrees", &[("what", words.join(", "))])
        }
    };
    let row = |key: &str, one: Option<String>, other: Option<String>, mark: String| {
        let or_not = |fact: Option<String>| fact.unwrap_or_else(|| lang.t("before-not-known"));
        vec![Cell::from(lang.t(key)), Cell::from(or_not(one)), Cell::from(or_not(other)), Cell::from(mark)]
    };
    let of = |side: &Side<'_>, fact: fn(&Identity) -> Option<String>| fact(side.identity);
    let born = |side: &Side<'_>| side.identity.born_on.map(|born| words::day_of(lang, born.date()));
    let numbers = |side: &Side<'_>| {
        let numbers = &side.candidate.known.numbers;
        (!numbers.is_empty()).then(|| numbers.join(", "))
    };
    let whole = [Because::Name, Because::Sound, Because::Part];
    let identity =
        |key: &str, fact: fn(&Identity) -> Option<String>, facts: &[Because], apart: Option<Apart>| {
            row(key, of(this, fact), of(that, fact), said(facts, apart))
        };
    let asked = |side: &Side<'_>| Some(words::date(lang, side.candidate.known.received_at));
    let named = |side: &Side<'_>| Some(name(lang, &side.candidate.known));
    let births = [Because::BornOn, Because::BornSwapped];
    let reference = |side: &Side<'_>| Some(side.candidate.known.reference.to_string());
    let rows = vec![
        row("match-row-reference", reference(this), reference(that), String::new()),
        row("match-row-name", named(this), named(that), said(&whole, Some(Apart::Name))),
        row("before-row-born", born(this), born(that), said(&births, Some(Apart::BornOn))),
        identity(
            "match-row-nhs-number",
            |who| who.nhs_number.as_ref().map(ToString::to_string),
            &[Because::NhsNumber],
            Some(Apart::NhsNumber),
        ),
        row("before-row-number", numbers(this), numbers(that), said(&[Because::Phone], None)),
        identity(
            "match-row-postcode",
            |who| who.postcode.as_ref().map(ToString::to_string),
            &[Because::Postcode],
            None,
        ),
        identity("match-row-gp", |who| who.gp_practice.as_ref().map(ToString::to_string), &[], None),
        row("before-row-asked", asked(this), asked(that), String::new()),
    ];
    Table {
        lang,
        caption: Some(lang.t("match-table").into()),
        columns: vec![
            Column::new(lang.t("match-column-fact")),
            Column::new(lang.t("match-column-this")),
            Column::new(lang.t("match-column-other")),
            Column::new(lang.t("match-column-says")),
        ],
        rows,
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    }
}
