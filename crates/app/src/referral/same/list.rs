//! Who it may be: earlier requests that share a key with this one, each with what agrees and what does not, in words and
//! without a number; and "nobody of these", which is an answer too.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::access::{Action, Visible};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::Candidate;
use onedoor_domain::section::Section;
use onedoor_store::{Candidates, ReferralView, StoreError, Tx};

use super::{agrees, differs, path};
use crate::enter::before::found::{facts, name};
use crate::referral::ask::optional_text;
use crate::referral::kept::Kept;
use crate::referral::record;
use crate::referral::step::{conflict, finish, referral_id, version_of};
use crate::ui::{
    BackLink, Button, Card, ErrorSummary, Field, Frame, Markup, Size, SummaryList, SummaryRow, Textarea,
    WarningCallout,
};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

/// What was typed, for the page of a conflict.
const FIELDS: [(&str, &str); 1] = [("why", "match-nobody-why")];

/// Who it may be.
#[derive(Debug, Template)]
#[template(path = "referral/same.html")]
struct SamePage {
    frame: Frame,
    back: BackLink,
    errors: Option<ErrorSummary>,
    about: Markup,
    intro: String,
    check: Option<WarningCallout>,
    people: Vec<Card>,
    more: Option<String>,
    nobody: Option<String>,
    /// Nobody of these.
    action: String,
    version: i64,
    shown: Vec<String>,
    why: Textarea,
    button: Button,
}

/// GET `/referrals/{id}/same`.
///
/// # Errors
/// [`Problem::Store`] when it may not be seen.
pub async fn show(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let mut tx = staff.begin().await?;
    let shown = same_page(&staff, &mut tx, id, (&RawForm::default(), &FormErrors::default())).await?;
    page(tx.close().await?, &shown)
}

/// POST `/referrals/{id}/same`: nobody of those who were shown.
///
/// # Errors
/// [`Problem::Store`] when it may not be said.
pub async fn nobody(staff: Staff, Path(id): Path<String>, request: Request<Body>) -> Result<Answer, Problem> {
    let id = referral_id(&id)?;
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let why = optional_text(&raw, &mut errors, "why");
    let mut tx = staff.begin().await?;
    let referral = tx.referral(id, Action::PersonMatch).await?;
    let Ok(referral) = referral.shown(version_of(&raw)) else {
        return conflict(&staff, tx, id, Kept::of(&raw, &FIELDS)).await;
    };
    if !errors.is_empty() {
        let shown = same_page(&staff, &mut tx, id, (&raw, &errors)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown);
    }
    // A page of ours names those it showed; what else somebody sends is no request of anybody.
    let of = raw.all("of").filter_map(|of| of.parse().ok()).take(100).collect();
    let changes = referral.match_nobody(&staff.ctx, of, why);
    finish(&staff, tx, changes, (id, "nobody"), Kept::of(&raw, &FIELDS)).await
}

async fn same_page(
    staff: &Staff,
    tx: &mut Tx,
    id: ReferralId,
    typed: (&RawForm, &FormErrors),
) -> Result<SamePage, StoreError> {
    let view = tx.referral_view(id).await?;
    let found = tx.candidates(id).await?;
    let mut frame = staff.frame(tx, staff.lang.t("match-title"), "").await?;
    frame.errors = !typed.1.is_empty();
    Ok(filled(frame, &view, &found, typed))
}

fn filled(
    frame: Frame,
    view: &ReferralView,
    found: &Candidates,
    (raw, errors): (&RawForm, &FormErrors),
) -> SamePage {
    let lang = frame.lang;
    let id = view.id;
    let people: Vec<&Candidate> = found.people.iter().filter_map(candidate).collect();
    let nobody = people.is_empty();
    let why = Field::new(lang, "why", lang.t("match-nobody-why"))
        .sized(Size::S)
        .hint(lang.t("match-nobody-why-hint"))
        .with(errors);
    let button = if nobody { "match-nobody-found-button" } else { "match-nobody-button" };
    SamePage {
        back: BackLink::new(lang, &format!("/referrals/{id}#same")),
        errors: frame.errors.then(|| errors.summary(lang)),
        about: record::about(lang, &view.revealed),
        intro: lang.t("match-intro"),
        check: (!nobody).then(|| check(lang)),
        people: people.iter().map(|one| card(lang, id, one)).collect(),
        more: found.more.then(|| lang.t("match-more")),
        nobody: nobody.then(|| lang.t("match-nobody-found")),
        action: path(id),
        version: view.version,
        shown: people.iter().map(|one| one.known.referral.to_string()).collect(),
        why: Textarea { field: why, value: raw.text("why").to_owned(), rows: Some(3), ..Textarea::default() },
        button: Button { prevents_double_click: true, ..Button::secondary(lang.t(button)) },
        frame,
    }
}

/// Somebody who may be the same person, if the reader may see them.
pub(super) fn candidate(section: &Visible<Section>) -> Option<&Candidate> {
    if let Section::Candidate(candidate) = &**section { Some(candidate) } else { None }
}

/// Different people share names and dates: what a wrong match would do.
pub(super) fn check(lang: Lang) -> WarningCallout {
    let texts = ["match-check-share", "match-check-wrong"].map(|key| lang.t(key));
    WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t("match-check"), Markup::paragraphs(texts)) }
}

fn card(lang: Lang, id: ReferralId, one: &Candidate) -> Card {
    let mut rows = facts(lang, &one.known);
    let row = |key: &str, lines: &[String]| SummaryRow::new(lang.t(key), Markup::lines(&lines.join("\n")));
    rows.push(row("match-row-agrees", &agrees(lang, &one.known.because)));
    let against = differs(lang, &one.apart);
    rows.extend((!against.is_empty()).then(|| row("match-row-differs", &against)));
    rows.extend(one.ruled_out.then(|| row("match-row-ruled-out", &[lang.t("match-ruled-out")])));
    let name = name(lang, &one.known);
    let words = lang.tr("match-compare", &[("name", name.clone())]);
    let on = Button { small: true, ..Button::to(&format!("{}/{}", path(id), one.known.referral), words) };
    let list = SummaryList { rows, no_last_border: true, ..SummaryList::default() };
    Card {
        heading: name.into(),
        content: Markup::all([Markup::of(&list), Markup::of(&on)]),
        ..Card::default()
    }
}
