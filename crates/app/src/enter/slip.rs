//! What the person is told once it is handed over, aloud or on a slip of paper: the reference, what happens next, where help
//! is, and on demand a return phrase. Whoever finds the slip learns nothing of whom it is about, or of what.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Request;
use onedoor_domain::entry::Entry;
use onedoor_domain::section::Receipt;
use onedoor_domain::track::ReturnKey;
use onedoor_domain::value::ReturnPhrase;
use onedoor_store::Tx;

use super::{entry_id, path};
use crate::door::cover;
use crate::referral::record::reference;
use crate::track::START;
use crate::track::begin::keyed;
use crate::ui::{Button, Frame, Markup, WarningCallout};
use crate::web::answer::{Answer, go};
use crate::web::app::random;
use crate::web::form::read_form;
use crate::web::{App, Problem, Staff, page};
use crate::words::{self as say, Lang};

/// What the person is told.
#[derive(Debug, Template)]
#[template(path = "enter/done.html")]
struct DonePage {
    frame: Frame,
    nobody: Option<WarningCallout>,
    /// What to do with this page.
    aloud: String,
    reference: Markup,
    steps: Vec<String>,
    /// The words of a phrase that was just made; empty otherwise.
    words: Vec<&'static str>,
    /// Where reference and phrase are typed.
    address: String,
    /// Makes a phrase, where the person is here.
    phrase_to: String,
    make: Option<Button>,
    more: Button,
}

/// GET `/enter/{entry}/done`: to say aloud, and to print as a slip. It names the reference and nothing else about anybody.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn done(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    let mut tx = staff.begin().await?;
    let entry = tx.entry(id).await?;
    if entry.receipt().is_none() {
        tx.close().await?;
        return Ok(go(&path(id, "")));
    }
    let shown = slip(&app, &staff, &mut tx, (&entry, Vec::new())).await?;
    page(tx.close().await?, &shown)
}

/// POST `/enter/{entry}/phrase`: five words for the person who is here, shown this once. They take the place of earlier ones.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn phrase(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    read_form(request).await?;
    let mut tx = staff.begin().await?;
    let entry = tx.entry(id).await?;
    let phrase = ReturnPhrase::from_bytes(random());
    let hash = keyed(&app, entry.referral(), &phrase);
    let Ok(changes) = ReturnKey::of_entry(&staff.ctx, &entry, hash) else {
        tx.close().await?;
        return Ok(go(&path(id, "done")));
    };
    let shown = slip(&app, &staff, &mut tx, (&entry, phrase.words().to_vec())).await?;
    page(tx.commit(changes).await?, &shown)
}

async fn slip(
    app: &App,
    staff: &Staff,
    tx: &mut Tx,
    (entry, words): (&Entry, Vec<&'static str>),
) -> Result<DonePage, Problem> {
    let lang = staff.lang;
    let Some(receipt) = entry.receipt() else { return Err(Problem::NotFound) };
    let mut frame = staff.frame(tx, lang.t("enter-done-title"), "/enter").await?;
    frame.no_index = true;
    let (more, label) = if entry.is_unfinished() {
        (path(entry.id, ""), "enter-go-on")
    } else {
        ("/enter".to_owned(), "enter-another")
    };
    let again = if words.is_empty() { "enter-phrase-make" } else { "enter-phrase-again" };
    let button = || Button { prevents_double_click: true, ..Button::secondary(lang.t(again)) };
    Ok(DonePage {
        nobody: cover::callout(lang, receipt.unstaffed, staff.ctx.now),
        aloud: lang.t(if words.is_empty() { "enter-done-aloud" } else { "enter-phrase-once" }),
        reference: reference(&receipt.reference),
        steps: steps(lang, receipt),
        words,
        address: format!("{}{START}", app.settings.public_url),
        phrase_to: path(entry.id, "phrase"),
        make: ReturnKey::may_be_made(entry, staff.ctx.now).then(button),
        more: Button { href: Some(more), ..Button::secondary(lang.t(label)) },
        frame,
    })
}

/// What happens next, with dates, in words that name no service. Where nobody knows when somebody will be there, no date is
/// promised.
fn steps(lang: Lang, receipt: &Receipt) -> Vec<String> {
    let dated = |key: &str, at| lang.tr(key, &[("when", say::date_time(lang, at))]);
    let unknown = receipt.unstaffed.is_some_and(|unstaffed| unstaffed.next.is_none());
    let mut steps = vec![dated("enter-slip-received", receipt.received_at)];
    match receipt.call_by {
        Some(_) if unknown => steps.push(lang.t("enter-slip-call-unknown")),
        Some(at) => steps.push(dated("enter-slip-contact-by", at)),
        None => {}
    }
    steps.push(if unknown {
        lang.t("enter-slip-read-unknown")
    } else {
        dated("enter-slip-read-by", receipt.read_by)
    });
    steps
}
