//! Handing in, signing off, giving back, bringing back: what puts rules in force is always somebody else than the writer.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use onedoor_domain::access::Action;
use onedoor_domain::change::Changes;
use onedoor_domain::matching::{Draft, DryRun, Rule, Rulebook, Stage};
use onedoor_domain::refused::Refused;
use onedoor_domain::value::Text;
use onedoor_store::Tx;

use super::book::{edition_page, press, rule_facts};
use super::{LIST, conflict, finish, run, version};
use crate::referral::record::Bullets;
use crate::team::text_key;
use crate::ui::{BackLink, Button, ButtonKind, ErrorSummary, Field, Frame, Markup, NotePage, Textarea};
use crate::web::form::{FormErrors, RawForm, read_form};
use crate::web::{Answer, Problem, Staff, page, page_with};
use crate::words::Lang;

#[derive(Template)]
#[template(path = "matching/sign.html")]
struct SignPage {
    frame: Frame,
    back: BackLink,
    errors: Option<ErrorSummary>,
    version: i64,
    changes: Markup,
    run: Markup,
    rules: Vec<Markup>,
    why: Textarea,
    sign: Button,
    give_back: Textarea,
    give: Button,
}

/// POST `/rules/submit`.
///
/// # Errors
/// [`Problem`].
pub async fn submit(staff: Staff, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesWrite).await?;
    let newest = tx.newest_dry_run().await?;
    let changes = book.submit(&staff.ctx, version(&raw), newest.as_ref());
    answer(&staff, tx, (changes, "submitted"), Vec::new()).await
}

/// What may be wrong beside what any step may meet: not ready, or one's own.
async fn answer(
    staff: &Staff,
    mut tx: Tx,
    (changes, done): (Result<Changes, Refused>, &str),
    kept: Vec<(String, String)>,
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let (key, status) = match changes {
        Err(Refused::OwnApproval) => ("rules-own", StatusCode::FORBIDDEN),
        Err(Refused::RulesWrong) => ("rules-not-right", StatusCode::CONFLICT),
        Err(Refused::DryRunNeeded) => ("rules-not-tried", StatusCode::CONFLICT),
        other => return finish(staff, tx, (other, done), kept).await,
    };
    let frame = staff.frame(&mut tx, lang.t("rules-sign-title"), LIST).await?;
    let said = std::iter::once(lang.t(key))
        .chain(kept.into_iter().map(|(label, typed)| format!("{label}: {typed}")));
    let note = NotePage::new(frame, said).back(LIST);
    page_with(status, tx.close().await?, &note)
}

/// GET `/rules/sign-off`: what would change, what the dry run found, and the two answers.
///
/// # Errors
/// [`Problem::Store`].
pub async fn show(staff: Staff) -> Result<Answer, Problem> {
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesSignOff).await?;
    let newest = tx.newest_dry_run().await?;
    let Some(draft) = book.draft.clone().filter(|_| book.stage() == Stage::Submitted) else {
        return conflict(&staff, tx, Vec::new()).await;
    };
    if draft.writers.contains_key(&staff.member.user) {
        return answer(&staff, tx, (Err(Refused::OwnApproval), ""), Vec::new()).await;
    }
    let frame = staff.frame(&mut tx, staff.lang.t("rules-sign-title"), LIST).await?;
    let shown =
        sign_page(frame, (&book, &draft, newest.as_ref()), &RawForm::default(), &FormErrors::default());
    page(tx.close().await?, &shown)
}

/// POST `/rules/sign-off`.
///
/// # Errors
/// [`Problem`].
pub async fn sign_off(staff: Staff, request: Request) -> Result<Answer, Problem> {
    decide(staff, request, "why").await
}

/// POST `/rules/give-back`.
///
/// # Errors
/// [`Problem`].
pub async fn give_back(staff: Staff, request: Request) -> Result<Answer, Problem> {
    decide(staff, request, "back").await
}

async fn decide(staff: Staff, request: Request, field: &'static str) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesSignOff).await?;
    let newest = tx.newest_dry_run().await?;
    let signs = field == "why";
    let missing = if signs { "rules-sign-why-missing" } else { "rules-give-back-missing" };
    let label = if signs { "rules-sign-why" } else { "rules-give-back-why" };
    let why = match raw.parsed::<Text>(field, text_key(missing)) {
        Ok(why) => why,
        Err(error) => {
            let errors = FormErrors::from(vec![error]);
            let draft = book.draft.clone().filter(|_| book.stage() == Stage::Submitted);
            let Some(draft) = draft else { return conflict(&staff, tx, Vec::new()).await };
            let frame = staff.frame(&mut tx, lang.t("rules-sign-title"), LIST).await?;
            let shown = sign_page(frame, (&book, &draft, newest.as_ref()), &raw, &errors);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown);
        }
    };
    let kept = vec![(lang.t(label), why.to_string())];
    if signs {
        let changes = book.sign_off(&staff.ctx, version(&raw), newest.as_ref(), why);
        answer(&staff, tx, (changes, "signed"), kept).await
    } else {
        let changes = book.give_back(&staff.ctx, version(&raw), why);
        answer(&staff, tx, (changes, "returned"), kept).await
    }
}

fn sign_page(
    mut frame: Frame,
    (book, draft, newest): (&Rulebook, &Draft, Option<&DryRun>),
    raw: &RawForm,
    errors: &FormErrors,
) -> SignPage {
    let lang = frame.lang;
    frame.errors = !errors.is_empty();
    let area = |name: &str, label: &str, hint: &str| {
        let field = Field::new(lang, name, lang.t(label)).hint(lang.t(hint)).with(errors);
        let value = raw.one(name).unwrap_or_default().to_owned();
        Textarea { field, value, rows: Some(3), ..Textarea::default() }
    };
    SignPage {
        back: BackLink::new(lang, LIST),
        errors: (!errors.is_empty()).then(|| errors.summary(lang)),
        version: book.version,
        changes: changes(lang, book, draft),
        run: run::result(lang, book, newest),
        rules: draft.rules.rules.iter().map(|rule| rule_facts(lang, rule)).collect(),
        why: area("why", "rules-sign-why", "rules-sign-why-hint"),
        sign: press(lang, "rules-sign"),
        give_back: area("back", "rules-give-back-why", "rules-give-back-hint"),
        give: Button { kind: ButtonKind::Secondary, ..press(lang, "rules-give-back") },
        frame,
    }
}

/// Which rules are new, gone, written differently or moved against what is in force.
fn changes(lang: Lang, book: &Rulebook, draft: &Draft) -> Markup {
    let (old, new) = (&book.live.rules.rules, &draft.rules.rules);
    let before = |rule: &Rule| old.iter().find(|known| known.id == rule.id).cloned();
    let said = |key: &str, rule: &Rule| lang.tr(key, &[("name", rule.name.to_string())]);
    let mut lines: Vec<String> = new
        .iter()
        .filter_map(|rule| match before(rule) {
            None => Some(said("rules-changed-new", rule)),
            Some(known) if known != *rule => Some(said("rules-changed-words", rule)),
            Some(_) => None,
        })
        .collect();
    let gone = old.iter().filter(|rule| !new.iter().any(|known| known.id == rule.id));
    lines.extend(gone.map(|rule| said("rules-changed-gone", rule)));
    let order = |all: &[Rule], other: &[Rule]| -> Vec<String> {
        let both = all.iter().filter(|rule| other.iter().any(|known| known.id == rule.id));
        both.map(|rule| rule.id.to_string()).collect()
    };
    if order(old, new) != order(new, old) {
        lines.push(lang.t("rules-changed-order"));
    }
    if lines.is_empty() {
        return Markup::paragraphs([lang.t("rules-changed-nothing")]);
    }
    Markup::of(&Bullets { before: lang.t("rules-changed"), lines })
}

/// POST `/rules/editions/{number}/back`: at once, with the reason.
///
/// # Errors
/// [`Problem`].
pub async fn go_back(staff: Staff, Path(number): Path<String>, request: Request) -> Result<Answer, Problem> {
    let raw = read_form(request).await?;
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let book = tx.rulebook(Action::RulesSignOff).await?;
    let edition = tx.rules_edition(number.parse().map_err(|_| Problem::NotFound)?).await?;
    match raw.parsed::<Text>("why", text_key("rules-back-why-missing")) {
        Ok(why) => {
            let kept = vec![(lang.t("rules-back-why"), why.to_string())];
            let changes = book.go_back(&staff.ctx, version(&raw), edition, why);
            answer(&staff, tx, (changes, "went-back"), kept).await
        }
        Err(error) => {
            let errors = FormErrors::from(vec![error]);
            let shown = edition_page(&staff, &mut tx, (&book, &edition), &raw, &errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &shown)
        }
    }
}
